import type { Db } from '../../../platform/db/db.ts'
import type { Here, ToPrepare } from '../writing/prepare.ts'
import { prepareMail, type PreparedMail, type RenderedMail } from '../writing/render.ts'
import { MailContent, type MailLinks, type MailPerson } from '../writing/schema.ts'

/** A mailing in every language, ready for as many readers as there are. */
export type PreparedMailing = (language: string, person: MailPerson, links: MailLinks) => RenderedMail

interface WritingOrganization {
  name: Record<string, string>
  languages: string[]
}

export type Prepare = (
  db: Db,
  organization: WritingOrganization,
  mailing: ToPrepare,
  here: Here,
) => Promise<PreparedMailing>

/** Its own texts alone, without what other rooms show in it: for programs that cannot draw theirs. */
export const ownTextsOf: Prepare = async (_db, organization, { content }, { url }) => {
  const said = MailContent.parse(content)
  const languages = organization.languages.map(
    async (language) => [language, await prepareMail(said, { language, organization, url })] as const,
  )
  return byLanguage(organization, new Map(await Promise.all(languages)))
}

/** Whoever reads none of the languages gets the first one. */
export function byLanguage({ languages: [first] }: Pick<WritingOrganization, 'languages'>, prepared: ReadonlyMap<string, PreparedMail>): PreparedMailing {
  return (language, person, links) => {
    const own = prepared.get(language) ?? prepared.get(first ?? '')
    if (!own) throw new Error('an organization without a language')
    return own(person, links)
  }
} // prettier-ignore
