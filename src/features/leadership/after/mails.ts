import type { Installation } from '../../../platform/http/room.ts'
import { isPublicLanguage, localized, type PublicLanguage } from '../../../platform/i18n/languages.ts'
import type { Mail } from '../../../platform/mail/mailer.ts'
import { toThank } from '../../events/after/queries.ts'
import { greetable, nameIn } from '../../events/mails.ts'
import { eventById, organizationById } from '../../events/queries.ts'
import { dayText } from '../../events/when.ts'
import type { MailOf } from '../../people/mail.ts'
import { takenTask, toldOfTask, type TakenTask, type Told } from './queries.ts'
import { newsOf, type TakenNews } from './rules.ts'
import { takenOnWords } from './words.ts'

const subjects = { taken: 'subject', changed: 'subject_changed', off: 'subject_off', again: 'subject_again' } as const
const leads = { taken: 'lead', changed: 'changed', off: 'off', again: 'again' } as const

/** As things stand now, with what they are told by it; null: they know all of it, or want no mail by now. */
export async function takenOnMailOf(
  { database }: Pick<Installation, 'database'>,
  { organization_id, task_id }: { organization_id: string; task_id: string },
): Promise<{ mail: Mail & { of: MailOf }; told: Told } | null> {
  const db = database.of(organization_id)
  const [task, before] = await Promise.all([
    takenTask(db, organization_id, task_id),
    toldOfTask(db, organization_id, task_id),
  ])
  const news = task && newsOf(task, before)
  if (!task || !news) return null
  const { event_id, person_id, title, owner_id, due_on } = task
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
  const mail = {
    of: { organization_id, whom: { person_id } },
    to: row.mail_to,
    language,
    subject: `${w(subjects[news])}: ${of_event}`,
    text: [
      name ? w('hello', { name }) : w('hello_all'),
      w(leads[news], { title: of_event }),
      [title, dueIn(language, task, news, before)].filter(Boolean).join('\n'),
      withWhom(language, task, news, before),
      localized(organization.name, language, organization.languages).text,
      w('stop'),
    ].join('\n\n'),
  }
  return { mail, told: { owner_id, due_on, is_off: news === 'off' } }
}

function dueIn(
  language: PublicLanguage,
  { due_on }: Pick<TakenTask, 'due_on'>,
  news: TakenNews,
  before: Told | undefined,
): string {
  const w = takenOnWords(language)
  const text = (day: string | null) => (day ? dayText(language, day) : w('no_day'))
  if (news === 'off') return ''
  if (news === 'changed' && before && before.due_on !== due_on)
    return w('due_changed', { date: text(due_on), before: text(before.due_on) })
  return due_on ? w('due', { date: text(due_on) }) : ''
}

function withWhom(
  language: PublicLanguage,
  { owner, owner_id }: Pick<TakenTask, 'owner' | 'owner_id'>,
  news: TakenNews,
  before: Told | undefined,
): string {
  const w = takenOnWords(language)
  if (news === 'off') return w('ask_off')
  if (!owner) return w('with_us')
  return w(news === 'changed' && before?.owner_id !== owner_id ? 'with_new' : 'with', { name: owner })
}
