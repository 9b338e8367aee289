import type { Mailing } from '../queries.ts'
import { prepareMail, type PreparedMail, type RenderedMail } from '../writing/render.ts'
import { MailContent, type MailLinks, type MailPerson } from '../writing/schema.ts'

/** A mailing in every language, ready for as many readers as there are. */
export type PreparedMailing = (language: string, person: MailPerson, links: MailLinks) => RenderedMail

export async function readersOf(
  organization: { name: Record<string, string>; languages: string[] },
  mailing: Pick<Mailing, 'content'>,
): Promise<PreparedMailing> {
  const content = MailContent.parse(mailing.content)
  const { languages } = organization
  const prepared = new Map<string, PreparedMail>(
    await Promise.all(
      languages.map(async (language) => [language, await prepareMail(content, { language, organization })] as const),
    ),
  )
  const [first] = languages
  return (language, person, links) => {
    const own = prepared.get(language) ?? prepared.get(first ?? '')
    if (!own) throw new Error('an organization without a language')
    return own(person, links)
  }
}
