import type { Installation } from '../../../platform/http/room.ts'
import type { Db } from '../../../platform/db/db.ts'
import { isPublicLanguage, localized, type PublicLanguage } from '../../../platform/i18n/languages.ts'
import type { Mail } from '../../../platform/mail/mailer.ts'
import { sql } from 'kysely'
import type { MailOf } from '../../people/mail.ts'
import { greetable, nameIn } from '../mails.ts'
import { publicWords } from '../public-words.ts'
import type { PublicOrganization } from '../../organizations/queries.ts'
import { eventById, organizationById, type Event } from '../queries.ts'
import { afterOf, toThank, type EventAfter, type ToThank } from './queries.ts'
import type { Thanked } from './schema.ts'

export interface Thanking {
  event: Event
  organization: PublicOrganization
  after: EventAfter
  /** Where people say how it was; null: nobody is asked. */
  feedback: string | null
}

export async function thankingOf(
  db: Db,
  { organization_id, event_id, url }: { organization_id: string; event_id: string; url: string },
): Promise<Thanking | null> {
  const [event, organization, after] = await Promise.all([
    eventById(db, organization_id, event_id),
    organizationById(db, organization_id),
    afterOf(db, organization_id, event_id),
  ])
  if (!event) return null
  const slug = after.feedback_form_id && (await openForm(db, organization_id, after.feedback_form_id))
  return { event, organization, after, feedback: slug ? `${url}/f/${organization.slug}/${slug}` : null }
}

/** Last part of the form's address, if people can fill it in. */
async function openForm(db: Db, organization_id: string, form_id: string): Promise<string | null> {
  const { rows } = await sql<{ slug: string }>`
    select slug from form where organization_id = ${organization_id}::uuid and form_id = ${form_id}::uuid
      and published_at is not null and archived_at is null`.execute(db)
  return rows[0]?.slug ?? null
}

/** Subject and text in one language; `name` is '' where nobody in particular is greeted. */
export function thanksIn(
  { event, organization, after, feedback }: Thanking,
  which: Thanked,
  language: PublicLanguage,
  name: string,
): { subject: string; text: string } {
  const w = publicWords(language)
  const title = localized(event.content.title, language, organization.languages).text
  const own = after.thanks[which]?.[language]
  return {
    subject: `${w(`subject.thanks_${which}`)}: ${title}`,
    text: [
      name ? w('mail.hello', { name }) : w('mail.hello_all'),
      own || w(`mail.thanks_${which}`, { title }),
      which === 'attended' && feedback ? `${w('mail.feedback')}\n${feedback}?lang=${language}` : '',
      localized(organization.name, language, organization.languages).text,
      w('mail.thanks_stop'),
    ]
      .filter(Boolean)
      .join('\n\n'),
  }
}

/** As things stand now; null: there is nobody to be thanked any more, or they want no mail by now. */
export async function thanksMailOf(
  { database, url }: Pick<Installation, 'database' | 'url'>,
  { organization_id, event_id, signup_id }: { organization_id: string; event_id: string; signup_id: string },
): Promise<(Mail & { of: MailOf }) | null> {
  const db = database.of(organization_id)
  const [[row], thanking] = await Promise.all([
    toThank(db, organization_id, event_id, { only: signup_id }),
    thankingOf(db, { organization_id, event_id, url }),
  ])
  if (!row?.mail_to || row.is_refused || row.why_not !== 'done' || !thanking) return null
  const language = languageOf(row)
  const of = { organization_id, whom: { person_id: row.person_id } }
  return { of, to: row.mail_to, language, ...thanksIn(thanking, row.which, language, greetable(nameIn(row, language))) }
}

const languageOf = ({ language }: Pick<ToThank, 'language'>): PublicLanguage =>
  isPublicLanguage(language) ? language : 'en'
