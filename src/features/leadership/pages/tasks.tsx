import { formatDate } from '../../../platform/i18n/formats.ts'
import { localized } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Badge } from '../../../platform/ui/components.tsx'
import { PersonName } from '../../people/pages/person-name.tsx'
import { casePath, nameOfRow, workPath } from '../names.ts'
import type { Present } from '../ladder/queries.ts'
import { isAsleep, type Task, titleIn } from '../tasks/queries.ts'

interface TaskProps {
  t: Translate
  task: Task
  today: string
  /** '/my-day/tasks' or '/leadership/tasks'; null: nothing can be done with it. */
  base: string | null
  /** Where the name leads; null: the reader may see no more of them. */
  links: boolean
  /** Where the form returns to. */
  back: string
  /** To whom it can be given; none: it stays where it is. */
  members?: readonly Present[]
}

/** Facts in a row, told apart by a dot. */
const dotted = "not-first:before:mr-2 not-first:before:content-['·']"

/** One task with its buttons. */
export function TaskRow({ t, task, today, base, links, back, members = [] }: TaskProps) {
  const { person, due_on, snoozed_until, ended_as } = task
  const title = titleIn(task, t.language)
  // On the page of the help asked for, all of it is about that and whoever asked.
  const isHere = task.case !== null && back === casePath(task.case)
  const name = person && !isHere && nameOfRow(person, t.language)
  return (
    <div className="min-w-0">
      <p className="font-semibold break-words">{title}</p>
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm">
        {person &&
          name &&
          (links ? (
            <a href={workPath(person)} className="link inline-flex min-h-8 items-center">
              <PersonName name={name} is_quiet />
            </a>
          ) : (
            <PersonName name={name} is_quiet />
          ))}
        <span className={dotted}>{t(task.taken_on ? 'task.taken_on' : `task.kind.${task.kind}`)}</span>
        {task.event && (
          <span className={`break-words ${dotted}`}>
            {t('task.of_event', { title: localized(task.event.title, t.language).text })}
          </span>
        )}
        {task.case && !isHere && (
          <span className={`break-words ${dotted}`}>
            {links ? (
              <a href={casePath(task.case)} className="link inline-flex min-h-8 items-center">
                {t('task.of_case', { title: task.case.title })}
              </a>
            ) : (
              t('task.of_case', { title: task.case.title })
            )}
          </span>
        )}
        {task.form && <span className={`break-words ${dotted}`}>{t('task.of_form', { title: task.form })}</span>}
        {task.from_one_on_one && <span className={dotted}>{t('task.from_one_on_one')}</span>}
        <span className={dotted}>{task.owner ?? t('task.nobody')}</span>
        {due_on && <span className={dotted}>{t('task.due', { date: formatDate(t.language, due_on, 'short') })}</span>}
        {!ended_as && due_on !== null && due_on < today && <Badge kind="error">{t('task.late')}</Badge>}
        {!ended_as && snoozed_until && isAsleep(task, today) && (
          <Badge>{t('task.asleep', { date: formatDate(t.language, snoozed_until, 'short') })}</Badge>
        )}
        {ended_as && (
          <Badge kind={ended_as === 'done' ? 'success' : 'neutral'}>
            {t(task.taken_on && ended_as === 'moved_on' ? 'task.called_off' : `task.${ended_as}`)}
          </Badge>
        )}
      </p>
      {task.outcome && <p className="break-words">{task.outcome}</p>}
      {base && !ended_as && <OpenButtons {...{ t, task, base, back, members }} />}
      {base && ended_as && (
        <form method="post" action={`${base}/${task.task_id}/reopen`} className="print:hidden">
          <input type="hidden" name="back" value={back} />
          <button className="btn btn-sm mt-1 min-h-11">
            {t('task.reopen')}
            <span className="sr-only">: {title}</span>
          </button>
        </form>
      )}
    </div>
  )
}

function OpenButtons({
  t,
  task,
  base,
  back,
  members,
}: {
  t: Translate
  task: Task
  base: string
  back: string
  members: readonly Present[]
}) {
  const { task_id } = task
  const title = titleIn(task, t.language)
  const outcome = `outcome-${task_id}`
  return (
    <div className="mt-2 flex flex-wrap items-end gap-2 print:hidden">
      <form method="post" action={`${base}/${task_id}/done`} className="flex min-w-0 flex-wrap items-end gap-2">
        <input type="hidden" name="back" value={back} />
        <div>
          <label htmlFor={outcome} className="block text-sm">
            {t('task.outcome')} ({t('common.optional')})
          </label>
          <input id={outcome} name="outcome" maxLength={500} className="input w-full text-base" />
        </div>
        <button className="btn btn-outline btn-primary" aria-label={t('task.mark_done', { title })}>
          {t('task.done')}
        </button>
        {(task.kind === 'next_step' || task.taken_on) && (
          <button className="btn" formAction={`${base}/${task_id}/leave`}>
            {t(task.taken_on ? 'task.call_off' : 'task.move_on')}
            <span className="sr-only">: {title}</span>
          </button>
        )}
      </form>
      <Snooze t={t} action={`${base}/${task_id}/snooze`} title={title} back={back} />
      {members.length > 0 && <Give {...{ t, task, base, back, members }} />}
    </div>
  )
}

function Give({
  t,
  task,
  base,
  back,
  members,
}: {
  t: Translate
  task: Task
  base: string
  back: string
  members: readonly Present[]
}) {
  const [owner, due] = [`owner-${task.task_id}`, `due-${task.task_id}`]
  return (
    <details>
      <summary className="btn">
        {t('task.give')}
        <span className="sr-only">: {titleIn(task, t.language)}</span>
      </summary>
      <form method="post" action={`${base}/${task.task_id}/assign`} className="mt-2 flex flex-wrap items-end gap-2">
        <input type="hidden" name="back" value={back} />
        <div>
          <label htmlFor={owner} className="block text-sm">
            {t('task.owner')}
          </label>
          <select id={owner} name="owner_id" defaultValue={task.owner_id ?? ''} className="select text-base">
            <option value="">{t('task.nobody')}</option>
            {members.map(({ user_id, display_name }) => (
              <option key={user_id} value={user_id}>
                {display_name}
              </option>
            ))}
          </select>
        </div>
        <div>
          <label htmlFor={due} className="block text-sm">
            {t('task.due_on')}
          </label>
          <input id={due} name="due_on" type="date" defaultValue={task.due_on ?? ''} className="input text-base" />
        </div>
        <button className="btn">{t('action.save')}</button>
      </form>
    </details>
  )
}

export function Snooze({ t, action, title, back }: { t: Translate; action: string; title: string; back: string }) {
  return (
    <details>
      <summary className="btn">
        {t('task.snooze')}
        <span className="sr-only">: {title}</span>
      </summary>
      <form method="post" action={action} className="mt-2 flex flex-wrap gap-2">
        <input type="hidden" name="back" value={back} />
        {(['tomorrow', 'week', 'month'] as const).map((until) => {
          const when = t(`task.snooze.${until}`)
          return (
            <button
              key={until}
              name="until"
              value={until}
              className="btn btn-sm min-h-11"
              aria-label={t('task.snooze_named', { when, title })}
            >
              {when}
            </button>
          )
        })}
      </form>
    </details>
  )
}
