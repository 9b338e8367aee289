import type { Db } from '../../../platform/db/db.ts'
import { preparedIn, type Here, type ToPrepare } from '../writing/prepare.ts'
import type { RenderedMail } from '../writing/render.ts'
import type { MailLinks, MailPerson } from '../writing/schema.ts'

/** A mailing in every language, ready for as many readers as there are. */
export type PreparedMailing = (language: string, person: MailPerson, links: MailLinks) => RenderedMail

export async function readersOf(
  db: Db,
  { languages }: { languages: string[] },
  mailing: ToPrepare,
  here: Here,
): Promise<PreparedMailing> {
  const prepared = await preparedIn(db, mailing, languages, here)
  const [first] = languages
  return (language, person, links) => {
    const own = prepared.get(language) ?? prepared.get(first ?? '')
    if (!own) throw new Error('an organization without a language')
    return own(person, links)
  }
}
