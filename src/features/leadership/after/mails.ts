import type { Installation } from '../../../platform/http/room.ts'
import { isPublicLanguage, localized, type PublicLanguage } from '../../../platform/i18n/languages.ts'
import type { Mail } from '../../../platform/mail/mailer.ts'
import { toThank } from '../../events/after/queries.ts'
import { greetable, nameIn } from '../../events/mails.ts'
import { eventById, organizationById } from '../../events/queries.ts'
import { dayText } from '../../events/when.ts'
import type { MailOf } from '../../people/mail.ts'
import { takenTask } from './queries.ts'
import { takenOnWords } from './words.ts'

/** As things stand now; null: it is done or left already, or they want no mail by now. */
export async function takenOnMailOf(
  { database }: Pick<Installation, 'database'>,
  { organization_id, task_id }: { organization_id: string; task_id: string },
): Promise<(Mail & { of: MailOf }) | null> {
  const db = database.of(organization_id)
  const task = await takenTask(db, organization_id, task_id)
  if (!task) return null
  const { event_id, person_id, title, due_on, owner } = task
  const [event, organization, came] = await Promise.all([
    eventById(db, organization_id, event_id),
    organizationById(db, organization_id),
    toThank(db, organization_id, event_id),
  ])
  const row = came.find((each) => each.person_id === person_id)
  if (!event || !row?.mail_to || row.is_refused) return null
  const language: PublicLanguage = isPublicLanguage(row.language) ? row.language : 'en'
  const w = takenOnWords(language)
  const name = greetable(nameIn(row, language))
  const of_event = localized(event.content.title, language, organization.languages).text
  return {
    of: { organization_id, whom: { person_id } },
    to: row.mail_to,
    language,
    subject: `${w('subject')}: ${of_event}`,
    text: [
      name ? w('hello', { name }) : w('hello_all'),
      w('lead', { title: of_event }),
      [title, due_on ? w('due', { date: dayText(language, due_on) }) : ''].filter(Boolean).join('\n'),
      owner ? w('with', { name: owner }) : w('with_us'),
      localized(organization.name, language, organization.languages).text,
      w('stop'),
    ].join('\n\n'),
  }
}
