import type { FieldErrors } from '../../../platform/http/form.ts'
import { formatDate } from '../../../platform/i18n/formats.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import {
  Alert,
  Badge,
  Card,
  EmptyState,
  Field,
  Figure,
  Figures,
  PageHead,
  Select,
} from '../../../platform/ui/components.tsx'
import { profilePath } from '../../people/rules.ts'
import type { FollowUp } from '../../phonebanks/follow-ups/queries.ts'
import '../../phonebanks/follow-ups/messages.ts'
import '../messages.ts'
import type { Present } from '../ladder/queries.ts'
import { nameOfRow } from '../names.ts'
import type { OneOnOne } from '../one-on-ones/queries.ts'
import { isAsleep, type Task } from '../tasks/queries.ts'
import { Snooze, TaskRow } from './tasks.tsx'

interface MyDayProps {
  t: Translate
  today: string
  tasks: readonly Task[]
  /** Nobody's, or given to others by whoever reads it; none where they may not give. */
  loose: readonly Task[]
  /** Over, the latest first. */
  ended: readonly Task[]
  /** None where the reader may not see them. */
  follow_ups: readonly FollowUp[]
  one_on_ones: readonly OneOnOne[]
  /** Names lead to where one works with people. */
  may_view: boolean
  /** To whom a new task can be given; none: only to oneself. */
  members: readonly Present[]
  me: string
  /** Are they mailed about tasks? Null: no account of the organization. */
  mails: boolean | null
  typed: Record<string, string>
  errors: FieldErrors
  saved: boolean
}

type Due = { due_on: string | null; task?: Task; follow_up?: FollowUp }
const groups = ['late', 'today', 'later', 'no_day', 'asleep'] as const

function groupOf({ due_on, task }: Due, today: string): (typeof groups)[number] {
  if (task && isAsleep(task, today)) return 'asleep'
  if (due_on === null) return 'no_day'
  return due_on < today ? 'late' : due_on === today ? 'today' : 'later'
}

/** Everything that is whoever reads it to do, from all rooms, by its day. */
export function MyDayPage(props: MyDayProps) {
  const { t, today, tasks, follow_ups, ended, may_view, typed, errors } = props
  const all: Due[] = [
    ...tasks.map((task) => ({ due_on: task.due_on, task })),
    ...follow_ups.map((follow_up) => ({ due_on: follow_up.due_on, follow_up })),
  ].sort((a, b) => (a.due_on ?? '9999').localeCompare(b.due_on ?? '9999'))
  const byGroup = Map.groupBy(all, (each) => groupOf(each, today))
  return (
    <>
      <PageHead title={t('my_day.title')} lead={t('my_day.lead')} />
      {props.saved && <Alert kind="success" title={t('leadership.saved')} />}
      {all.length === 0 && (
        <div className="mb-6">
          <EmptyState icon="check" title={t('my_day.none')}>
            <p>{t('my_day.none_text')}</p>
          </EmptyState>
        </div>
      )}
      {groups
        .filter((group) => byGroup.has(group))
        .map((group) => (
          <Card key={group} title={t(`my_day.group.${group}`)} id={group}>
            <ul className="divide-base-300 divide-y">
              {byGroup.get(group)?.map(({ task, follow_up }) =>
                task ? (
                  <li key={task.task_id} className="py-3">
                    <TaskRow t={t} task={task} today={today} base="/my-day/tasks" links={may_view} back="/my-day" />
                  </li>
                ) : (
                  follow_up && (
                    <li key={follow_up.follow_up_id} className="py-3">
                      <FollowUpRow t={t} follow_up={follow_up} today={today} links={may_view} />
                    </li>
                  )
                ),
              )}
            </ul>
          </Card>
        ))}
      <Card title={t('task.new')} id="new">
        <form method="post" action="/my-day/tasks" className="max-w-xl">
          <Field t={t} label={t('task.what')} name="title" required maxLength={200} typed={typed} errors={errors} />
          <Field t={t} label={t('task.due_on')} name="due_on" type="date" typed={typed} errors={errors} />
          {props.members.length > 0 && (
            <Select
              t={t}
              label={t('task.owner')}
              name="owner_id"
              required
              value={props.me}
              options={props.members.map(({ user_id, display_name }) => ({ value: user_id, label: display_name }))}
              typed={typed}
              errors={errors}
            />
          )}
          <button className="btn btn-primary">{t('task.add')}</button>
        </form>
      </Card>
      {props.loose.length > 0 && (
        <Card title={t('my_day.loose')} lead={t('my_day.loose_lead')} id="loose">
          <ul className="divide-base-300 divide-y">
            {props.loose.map((task) => (
              <li key={task.task_id} className="py-3">
                <TaskRow
                  t={t}
                  task={task}
                  today={today}
                  base="/leadership/tasks"
                  links={may_view}
                  back="/my-day"
                  members={props.members}
                />
              </li>
            ))}
          </ul>
        </Card>
      )}
      <OwnOneOnOnes {...props} />
      {ended.length > 0 && (
        <details className="mb-6">
          <summary className="min-h-11 cursor-pointer py-2 font-semibold">{t('my_day.recent')}</summary>
          <ul className="divide-base-300 divide-y">
            {ended.map((task) => (
              <li key={task.task_id} className="py-3">
                <TaskRow t={t} task={task} today={today} base="/my-day/tasks" links={may_view} back="/my-day" />
              </li>
            ))}
          </ul>
        </details>
      )}
      {props.mails !== null && (
        <Card title={t('my_day.mail')} lead={t(props.mails ? 'my_day.mail_on' : 'my_day.mail_off')} id="mail">
          <form method="post" action="/my-day/mail">
            <input type="hidden" name="mails" value={props.mails ? 'no' : 'yes'} />
            <button className="btn">{t(props.mails ? 'my_day.mail_stop' : 'my_day.mail_start')}</button>
          </form>
        </Card>
      )}
    </>
  )
}

function FollowUpRow({
  t,
  follow_up,
  today,
  links,
}: {
  t: Translate
  follow_up: FollowUp
  today: string
  links: boolean
}) {
  const { follow_up_id, kind, name, note, due_on, is_waiting } = follow_up
  const title = `${t(`follow_ups.kind.${kind}`)}: ${name}`
  return (
    <div className="min-w-0">
      <p className="font-semibold break-words">
        {t(`follow_ups.kind.${kind}`)}:{' '}
        {!links || (follow_up.voter_id === null && follow_up.person_id === null) ? (
          name
        ) : (
          <a href={profilePath(follow_up)} className="link">
            {name}
          </a>
        )}
      </p>
      {note && <p className="break-words">{note}</p>}
      <p className="flex flex-wrap items-center gap-x-2 text-sm">
        <a className="link inline-flex min-h-8 items-center" href="/follow-ups">
          {t('my_day.follow_up')}
        </a>
        {due_on && <span>{t('task.due', { date: formatDate(t.language, due_on, 'short') })}</span>}
        {due_on !== null && due_on < today && <Badge kind="error">{t('task.late')}</Badge>}
      </p>
      <div className="mt-2 flex flex-wrap items-end gap-2 print:hidden">
        {is_waiting ? (
          <a className="btn" href="/follow-ups">
            {t('my_day.decide')}
          </a>
        ) : (
          <form
            method="post"
            action={`/my-day/follow-ups/${follow_up_id}/done`}
            className="flex flex-wrap items-end gap-2"
          >
            <div>
              <label htmlFor={`outcome-${follow_up_id}`} className="block text-sm">
                {t('task.outcome')} ({t('common.optional')})
              </label>
              <input id={`outcome-${follow_up_id}`} name="outcome" maxLength={500} className="input w-full text-base" />
            </div>
            <button className="btn btn-outline btn-primary" aria-label={t('task.mark_done', { title })}>
              {t('task.done')}
            </button>
          </form>
        )}
        <Snooze t={t} action={`/my-day/follow-ups/${follow_up_id}/snooze`} title={title} back="/my-day" />
      </div>
    </div>
  )
}

function OwnOneOnOnes({ t, one_on_ones }: MyDayProps) {
  if (one_on_ones.length === 0) return null
  return (
    <Card title={t('my_day.one_on_ones')} lead={t('my_day.one_on_ones_lead')} id="one-on-ones">
      <ul className="divide-base-300 divide-y">
        {one_on_ones.map((each) => (
          <li key={each.one_on_one_id} className="py-3">
            <p className="font-semibold">
              {t('one_on_one.with', {
                writer: each.writer,
                name: nameOfRow(each, t.language).main,
                date: formatDate(t.language, each.met_on),
              })}
            </p>
            {each.body !== null && <p className="break-words whitespace-pre-wrap">{each.body}</p>}
            <p className="text-sm">{each.opened_at ? t('one_on_one.is_open') : t('one_on_one.is_private')}</p>
          </li>
        ))}
      </ul>
    </Card>
  )
}

/** On the start page: what is left to whoever looks. Nothing where there is nothing to do. */
export function MyDayPanel({ t, count }: { t: Translate; count: { open: number; late: number } }) {
  if (count.open === 0) return null
  return (
    <Card title={t('my_day.title')} id="my-day">
      <Figures>
        {[
          { label: t('my_day.open'), value: count.open },
          { label: t('my_day.group.late'), value: count.late },
        ].map(({ label, value }) => (
          <Figure
            key={label}
            label={label}
            value={
              <a href="/my-day" className="link inline-flex min-h-11 items-center">
                {value}
                <span className="sr-only"> {label}</span>
              </a>
            }
          />
        ))}
      </Figures>
    </Card>
  )
}
