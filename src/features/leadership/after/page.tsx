import type { FieldErrors } from '../../../platform/http/form.ts'
import { formatDateTime } from '../../../platform/i18n/formats.ts'
import { languageNames, localized } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert, Badge, Bars, Card, Field, PageHead, Select } from '../../../platform/ui/components.tsx'
import { Seen } from '../../../platform/ui/meanwhile.tsx'
import type { EventAfter, ShiftHours, ToThank } from '../../events/after/queries.ts'
import { hoursText } from '../../events/after/rules.ts'
import { thanked, type NotThanked, type Thanked } from '../../events/after/schema.ts'
import type { Event } from '../../events/queries.ts'
import { nameOf } from '../../events/words.ts'
import type { Form, FormVersion } from '../../forms/queries.ts'
import { questionsOf } from '../../forms/rules.ts'
import type { Training } from '../held/queries.ts'
import type { Present } from '../ladder/queries.ts'
import '../messages.ts'
import { TaskRow } from '../pages/tasks.tsx'
import type { Task } from '../tasks/queries.ts'
import './messages.ts'
import type { EventTraining } from './trainings.ts'

export interface Feedback {
  form: Form
  version: FormVersion
  responses: number
  counts: ReadonlyMap<string, ReadonlyMap<string, number>>
  /** Whole address of its page. */
  url: string
}

export interface AfterPageProps {
  t: Translate
  event: Event
  languages: readonly string[]
  after: EventAfter
  people: readonly ToThank[]
  /** How each mail reads, by whom and language. */
  previews: readonly { which: Thanked; language: string; subject: string; text: string }[]
  feedback: Feedback | null
  items: readonly Task[]
  /** How many of those who did not come have no task of this event. */
  without_task: number
  hours: readonly ShiftHours[]
  trainings: readonly Training[]
  /** What the event teaches, and how many of those who came lack it. */
  taught: (EventTraining & { came: number; lacking: number }) | null
  members: readonly Present[]
  me: string
  may: { edit: boolean; work: boolean; forms: boolean; train: boolean }
  said: { what: string; count: number } | null
  typed: Record<string, string>
  errors: FieldErrors
  today: string
  now: Date
}

export function AfterPage(props: AfterPageProps) {
  const { t, event, said, errors, now } = props
  return (
    <>
      <PageHead
        title={t('after.title')}
        lead={t('after.lead')}
        back={{ href: `/events/${event.event_id}`, label: localized(event.content.title, t.language).text }}
      />
      {said?.what === 'saved' && <Alert kind="success" title={t('after.saved')} />}
      {said?.what === 'sent' && <Alert kind="success" title={t('after.sent', { count: said.count })} />}
      {said?.what === 'mailed' && <Alert kind="success" title={t('after.taken_mailed')} />}
      {said?.what === 'not_mailed' && <Alert kind="warning" title={t('after.taken_not_mailed')} />}
      {said?.what === 'tasks' && <Alert kind="success" title={t('after.tasks_made', { count: said.count })} />}
      {said?.what === 'passed' && (
        <Alert
          kind="success"
          title={said.count === 0 ? t('after.training_all') : t('after.training_passed', { count: said.count })}
        />
      )}
      {Object.keys(errors).length > 0 && (
        <Alert kind="error" title={t(errors.hours ? 'after.hours_invalid' : 'form.check')} />
      )}
      {event.ends_at > now && <Alert kind="info">{t('after.not_over')}</Alert>}
      <div className="grid items-start gap-x-6 lg:grid-cols-2">
        <div className="min-w-0">
          <ThanksCard {...props} />
          <FeedbackCard {...props} />
        </div>
        <div className="min-w-0">
          <ItemsCard {...props} />
          <TrainingCard {...props} />
          <NotesCard {...props} />
          <HoursCard {...props} />
        </div>
      </div>
    </>
  )
}

/** What the form of thanks holds. */
export const thanksValues = ({ thanks }: EventAfter, languages: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    thanked.flatMap((which) => languages.map((language) => [`${which}_${language}`, thanks[which]?.[language] ?? ''])),
  )

/** What the form of notes holds. */
export const notesValues = (
  { notes, notes_published_at }: EventAfter,
  languages: readonly string[],
): Record<string, string> => ({
  ...Object.fromEntries(languages.map((language) => [`notes_${language}`, notes[language] ?? ''])),
  published: notes_published_at ? 'on' : '',
})

const reasons: readonly NotThanked[] = ['done', 'no_mail', 'refused']

function ThanksCard({ t, event, languages, after, people, previews, may, typed, now }: AfterPageProps) {
  const texts = thanksValues(after, languages)
  const is_typed = Object.keys(texts).some((name) => name in typed)
  const of = (which: Thanked, why: NotThanked | null): number =>
    people.filter((row) => row.which === which && row.why_not === why).length
  const is_over = event.ends_at <= now && !event.canceled_at
  return (
    <Card title={t('after.thanks')} lead={t('after.thanks_lead')} id="thanks">
      {people.length === 0 && <p className="mb-4">{t('after.nobody_marked')}</p>}
      {people.length > 0 && (
        <ul className="mb-4 space-y-1">
          {thanked.map((which) => (
            <li key={which}>
              <strong>{t(`after.which.${which}`)}:</strong>{' '}
              {[
                t('after.can_be', { count: of(which, null) }),
                ...reasons.flatMap((why) =>
                  of(which, why) > 0 ? [t(`after.why.${why}`, { count: of(which, why) })] : [],
                ),
              ].join(' · ')}
            </li>
          ))}
        </ul>
      )}
      {may.edit && (
        <form method="post" action={`/events/${event.event_id}/after/thanks`}>
          <Seen values={texts} typed={typed} />
          <details className="mb-4" open={is_typed}>
            <summary className="min-h-11 py-2 font-semibold">{t('action.edit')}</summary>
            {thanked.flatMap((which) =>
              languages.map((language) => (
                <Field
                  key={`${which}_${language}`}
                  t={t}
                  label={t('after.text_in', {
                    which: t(`after.which.${which}`),
                    language: languageNames[language] ?? language,
                  })}
                  name={`${which}_${language}`}
                  lang={language}
                  rows={4}
                  maxLength={3000}
                  typed={typed}
                  value={texts[`${which}_${language}`] ?? null}
                />
              )),
            )}
            <button className="btn" name="act" value="save">
              {t('after.save_texts')}
            </button>
          </details>
        </form>
      )}
      <details className="mb-4" open={people.length > 0}>
        <summary className="min-h-11 py-2 font-semibold">{t('after.preview')}</summary>
        <div className="space-y-3">
          {previews.map(({ which, language, subject, text }) => (
            <article
              key={`${which}-${language}`}
              lang={language}
              className="border-base-300 rounded-box border p-3 text-sm"
            >
              <h3 className="font-bold break-words">{subject}</h3>
              <p className="mt-2 break-words whitespace-pre-line">{text}</p>
            </article>
          ))}
        </div>
      </details>
      {may.edit && is_over && people.some(({ why_not }) => why_not === null) && (
        <div className="flex flex-wrap items-start gap-2">
          {thanked
            .filter((which) => of(which, null) > 0)
            .map((which) => (
              <details key={which}>
                <summary className={`btn ${which === 'attended' ? 'btn-primary' : ''}`}>
                  {t(`after.send_${which}`, { count: of(which, null) })}
                </summary>
                <form method="post" action={`/events/${event.event_id}/after/thanks`} className="mt-3">
                  <p className="mb-3 max-w-prose">{t('after.send_sure')}</p>
                  <button className="btn btn-primary" name="act" value={which}>
                    {t(`after.send_${which}`, { count: of(which, null) })}
                  </button>
                </form>
              </details>
            ))}
        </div>
      )}
    </Card>
  )
}

function FeedbackCard({ t, event, feedback, may }: AfterPageProps) {
  return (
    <Card title={t('after.feedback')} lead={t('after.feedback_lead')} id="feedback">
      {!feedback && may.forms && (
        <form method="post" action={`/events/${event.event_id}/after/feedback`}>
          <button className="btn">{t('after.feedback_make')}</button>
        </form>
      )}
      {!feedback && !may.forms && <p>{t('after.no_responses')}</p>}
      {feedback && (
        <>
          {(!feedback.form.published_at || feedback.form.archived_at) && (
            <Alert kind="warning">{t('after.feedback_closed')}</Alert>
          )}
          <p className="mb-3 text-lg font-semibold">
            {feedback.responses === 0 ? t('after.no_responses') : t('after.responses', { count: feedback.responses })}
          </p>
          <Answers t={t} feedback={feedback} />
          <p className="mt-4 flex flex-wrap gap-2">
            <a className="btn" href={`/forms/${feedback.form.form_id}`}>
              {t('after.feedback_form')}
            </a>
            <a className="btn btn-ghost" href={new URL(feedback.url).pathname}>
              {t('after.feedback_page')}
            </a>
          </p>
        </>
      )}
    </Card>
  )
}

function Answers({ t, feedback: { version, counts } }: { t: Translate; feedback: Feedback }) {
  return questionsOf(version.content)
    .filter(({ key, kind }) => (kind === 'choice' || kind === 'yes_no') && counts.has(key))
    .map((question) => {
      const given = counts.get(question.key)
      const options =
        question.kind === 'yes_no'
          ? [
              { key: 'true', label: t('common.yes') },
              { key: 'false', label: t('common.no') },
            ]
          : question.choices.map(({ key, label }) => ({ key, label: localized(label, t.language).text }))
      return (
        <div key={question.key} className="mb-4">
          <Bars
            caption={localized(question.say, t.language).text}
            rows={options.map(({ key, label }) => ({ label, value: given?.get(key) ?? 0 }))}
            format={String}
          />
        </div>
      )
    })
}

function ItemsCard(props: AfterPageProps) {
  const { t, event, items, without_task, people, members, me, may, typed, errors, today } = props
  const missed = people.filter(({ which }) => which === 'missed').length
  const came = people.filter(({ which }) => which === 'attended').map((row) => ({ value: row.person_id, label: nameOf(row) })) // prettier-ignore
  const owners = members.map(({ user_id, display_name }) => ({ value: user_id, label: display_name }))
  return (
    <Card title={t('after.items')} lead={t('after.items_lead')} id="items">
      {items.length === 0 && <p className="mb-4">{t('after.items_none')}</p>}
      <ul className="divide-base-300 mb-4 divide-y">
        {items.map((task) => (
          <li key={task.task_id} className="py-3">
            <TaskRow
              t={t}
              task={task}
              today={today}
              base={may.work ? '/leadership/tasks' : null}
              links
              back={`/events/${event.event_id}/after`}
              members={may.work ? members : []}
            />
          </li>
        ))}
      </ul>
      {may.work && (
        <form method="post" action={`/events/${event.event_id}/after/items`}>
          <Field {...{ t, typed, errors }} label={t('after.item_title')} name="title" required maxLength={200} />
          {came.length > 0 && (
            <Select
              {...{ t, typed, errors }}
              label={t('after.item_who')}
              name="who"
              hint={t('after.item_who_hint')}
              options={[{ value: '', label: t('after.item_nobody') }, ...came]}
            />
          )}
          <div className="grid gap-x-4 sm:grid-cols-2">
            <Select
              {...{ t, typed, errors }}
              label={t('task.owner')}
              name="owner_id"
              required
              value={me}
              options={owners}
            />
            <Field {...{ t, typed, errors }} label={t('task.due_on')} name="due_on" type="date" required />
          </div>
          <button className="btn">{t('after.item_add')}</button>
        </form>
      )}
      {may.work && missed > 0 && (
        <details className="mt-6" id="missed">
          <summary className="min-h-11 py-2 font-semibold">
            {t('after.missed')} ({missed})
          </summary>
          <p className="mb-3 max-w-prose text-sm">{t('after.missed_lead')}</p>
          {without_task === 0 ? (
            <p>{t('after.missed_done')}</p>
          ) : (
            <form
              method="post"
              action={`/events/${event.event_id}/after/missed`}
              className="flex flex-wrap items-end gap-2"
            >
              <div>
                <label htmlFor="missed-owner" className="block text-sm">
                  {t('task.owner')}
                </label>
                <select id="missed-owner" name="owner_id" defaultValue={me} className="select text-base">
                  {owners.map(({ value, label }) => (
                    <option key={value} value={value}>
                      {label}
                    </option>
                  ))}
                </select>
              </div>
              <div>
                <label htmlFor="missed-due" className="block text-sm">
                  {t('task.due_on')}
                </label>
                <input id="missed-due" name="due_on" type="date" required className="input text-base" />
              </div>
              <button className="btn">{t('after.missed_make', { count: without_task })}</button>
            </form>
          )}
        </details>
      )}
    </Card>
  )
}

function TrainingCard({ t, event, trainings, taught, may }: AfterPageProps) {
  const offered = trainings.filter(
    ({ archived_at, training_id }) => !archived_at || training_id === taught?.training_id,
  )
  if (offered.length === 0 || (!may.train && !taught)) return null
  const action = `/events/${event.event_id}/after/training`
  const named = offered.map(({ training_id, name }) => ({ value: training_id, label: localized(name, t.language).text })) // prettier-ignore
  return (
    <Card title={t('after.training')} lead={t('after.training_lead')} id="training">
      {!may.train && <p>{named.find(({ value }) => value === taught?.training_id)?.label}</p>}
      {may.train && (
        <form method="post" action={action} className="mb-4">
          <Select
            t={t}
            label={t('after.training_which')}
            name="training_id"
            value={taught?.training_id ?? ''}
            options={[{ value: '', label: t('after.training_none') }, ...named]}
            typed={{}}
            errors={{}}
          />
          <label className="mb-4 flex min-h-11 cursor-pointer items-center gap-3">
            <input
              type="checkbox"
              name="automatic"
              className="checkbox"
              defaultChecked={taught?.is_automatic ?? false}
            />
            {t('after.training_auto')}
          </label>
          <button className="btn" name="act" value="set">
            {t('action.save')}
          </button>
        </form>
      )}
      {taught && taught.came > 0 && taught.lacking === 0 && <p>{t('after.training_all')}</p>}
      {may.train && taught && taught.lacking > 0 && (
        <form method="post" action={action}>
          <button className="btn" name="act" value="pass">
            {t('after.training_pass', { count: taught.lacking })}
          </button>
        </form>
      )}
    </Card>
  )
}

function NotesCard({ t, event, languages, after, may, typed }: AfterPageProps) {
  const saved = notesValues(after, languages)
  const is_typed = Object.keys(typed).some((name) => name.startsWith('notes_'))
  const written = Object.entries(after.notes).filter(([, text]) => text)
  return (
    <Card title={t('after.notes')} lead={t('after.notes_lead')} id="notes">
      {written.length === 0 && !may.edit && <p>{t('after.notes_none')}</p>}
      {!may.edit &&
        written.map(([language, text]) => (
          <p key={language} lang={language} className="mb-3 break-words whitespace-pre-line">
            {text}
          </p>
        ))}
      {may.edit && (
        <form method="post" action={`/events/${event.event_id}/after/notes`}>
          <Seen values={saved} typed={typed} />
          {languages.map((language) => (
            <Field
              key={language}
              t={t}
              label={t('after.notes_in', { language: languageNames[language] ?? language })}
              name={`notes_${language}`}
              lang={language}
              rows={6}
              maxLength={4000}
              typed={typed}
              value={saved[`notes_${language}`] ?? null}
            />
          ))}
          <label className="mb-4 flex min-h-11 cursor-pointer items-center gap-3">
            <input
              type="checkbox"
              name="published"
              className="checkbox"
              defaultChecked={is_typed ? typed.published === 'on' : after.notes_published_at !== null}
            />
            {t('after.notes_public')}
          </label>
          <button className="btn">{t('action.save')}</button>
        </form>
      )}
    </Card>
  )
}

function HoursCard({ t, event, hours, may, typed }: AfterPageProps) {
  const minutes = hours.reduce((sum, row) => sum + row.minutes, 0)
  const people = new Set(hours.map(({ person_id }) => person_id)).size
  return (
    <Card
      title={t('after.hours')}
      lead={t('after.hours_lead')}
      id="hours"
      actions={
        <a className="btn btn-sm min-h-11" href="/events/hours">
          {t('after.hours_page')}
        </a>
      }
    >
      {hours.length === 0 ? (
        <p>{t('after.hours_none')}</p>
      ) : (
        <p className="mb-3 text-lg font-semibold">
          {t('after.hours_sum', { hours: hoursText(t.language, minutes), count: people })}
        </p>
      )}
      <ul className="divide-base-300 divide-y">
        {hours.map((row) => {
          const id = `hours-${row.signup_id}-${row.shift_id}`
          const again = typed.signup === row.signup_id && typed.shift === row.shift_id
          return (
            <li key={id} className="py-2">
              <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
                <a
                  href={`/people/${row.person_id}`}
                  className="inline-flex min-h-8 min-w-0 flex-1 basis-40 items-center"
                >
                  {nameOf(row)}
                </a>
                <span className="text-sm">{formatDateTime(t.language, row.starts_at, event.time_zone)}</span>
                <strong>{t('after.hours_of', { hours: hoursText(t.language, row.minutes) })}</strong>
              </p>
              {may.work && (
                <p className="text-sm print:hidden">
                  <a
                    href={`/leadership/people/${row.person_id}/next-step`}
                    className="inline-flex min-h-8 items-center"
                  >
                    {t('next_step.set')} <span className="sr-only">: {nameOf(row)}</span>
                  </a>
                </p>
              )}
              {row.reason && (
                <p className="text-sm break-words">
                  <Badge>{t('after.hours_of_shift', { hours: hoursText(t.language, row.shift_minutes) })}</Badge>{' '}
                  {t('after.hours_corrected', { reason: row.reason, by: row.corrected_by ?? '' })}
                </p>
              )}
              {may.edit && (
                <details className="print:hidden" open={again}>
                  <summary className="min-h-8 cursor-pointer text-sm">
                    {t('after.hours_correct')}
                    <span className="sr-only">: {nameOf(row)}</span>
                  </summary>
                  <form
                    method="post"
                    action={`/events/${event.event_id}/after/hours`}
                    className="mt-2 flex flex-wrap items-end gap-2"
                  >
                    <input type="hidden" name="signup" value={row.signup_id} />
                    <input type="hidden" name="shift" value={row.shift_id} />
                    <div>
                      <label htmlFor={id} className="block text-sm">
                        {t('after.hours_new')}
                      </label>
                      <input
                        id={id}
                        name="hours"
                        inputMode="decimal"
                        maxLength={5}
                        defaultValue={again ? typed.hours : String(Math.round(row.minutes / 6) / 10)}
                        className="input w-24 text-base"
                      />
                    </div>
                    <div className="min-w-0 flex-1 basis-40">
                      <label htmlFor={`${id}-why`} className="block text-sm">
                        {t('after.reason')}
                      </label>
                      <input
                        id={`${id}-why`}
                        name="reason"
                        required
                        maxLength={300}
                        defaultValue={again ? typed.reason : undefined}
                        className="input w-full text-base"
                      />
                    </div>
                    <button className="btn">{t('action.save')}</button>
                  </form>
                </details>
              )}
            </li>
          )
        })}
      </ul>
    </Card>
  )
}
