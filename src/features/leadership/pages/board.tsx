import { formatDate, unbroken } from '../../../platform/i18n/formats.ts'
import { localized } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert, Badge, Card, EmptyState, OwnText, PageHead } from '../../../platform/ui/components.tsx'
import { PersonName } from '../../people/pages/person-name.tsx'
import { newcomerLimits, type BoardRow, type Newcomer, type Rung } from '../ladder/queries.ts'
import '../bodies/messages.ts'
import '../messages.ts'
import { nameOfRow, workPath } from '../names.ts'
import { isCoolingOff, isOverdue } from '../rules.ts'
import { boardFilters, type BoardFilter } from '../schema.ts'

export interface BoardProps {
  t: Translate
  rungs: readonly Rung[]
  /** Those of the filter, in their order. */
  rows: readonly BoardRow[]
  newcomers: readonly Newcomer[]
  show: BoardFilter
  /** Days without activity that count as cooling off. */
  days: number
  /** One rung in full. */
  rung: string | null
  today: string
  may_edit: boolean
  moved: boolean
}

/** Cards of a rung shown beside the others. */
const shown_at_once = 30

export function BoardPage(props: BoardProps) {
  const { t, rungs, newcomers, may_edit, rung } = props
  return (
    <>
      <PageHead
        title={t('leadership.title')}
        lead={t('leadership.lead')}
        actions={
          <>
            <a className="btn" href="/my-day">
              {t('my_day.title')}
            </a>
            <a className="btn" href="/leadership/cases">
              {t('case.title')}
            </a>
            <a className="btn" href="/leadership/bodies">
              {t('bodies.title')}
            </a>
            <a className="btn" href="/leadership/cohorts">
              {t('cohort.title')}
            </a>
            <a className="btn" href="/leadership/pipeline">
              {t('pipeline.title')}
            </a>
            {may_edit && (
              <a className="btn" href="/leadership/ladder">
                {t('ladder.title')}
              </a>
            )}
          </>
        }
      />
      {props.moved && <Alert kind="success" title={t('board.moved')} />}
      {rungs.length === 0 ? (
        <EmptyState
          icon="team"
          title={t('ladder.none')}
          action={
            may_edit && (
              <form method="post" action="/leadership/ladder/example">
                <button className="btn btn-primary">{t('ladder.start')}</button>
              </form>
            )
          }
        >
          <p>{may_edit ? t('ladder.none_text') : t('ladder.ask_organizer')}</p>
        </EmptyState>
      ) : (
        <>
          <Filter {...props} />
          {may_edit && (
            <p className="mb-3 text-sm print:hidden" hidden data-moving-hint>
              {t('board.moving_hint')}
            </p>
          )}
          <div
            className="mb-6 grid gap-4 lg:auto-cols-[minmax(10.5rem,1fr)] lg:grid-flow-col lg:overflow-x-auto lg:pb-2"
            tabIndex={0}
            role="group"
            aria-label={t('leadership.title')}
          >
            {rungs
              .filter(({ rung_id }) => rung === null || rung_id === rung)
              .map((each) => (
                <Column key={each.rung_id} {...props} of={each} />
              ))}
          </div>
        </>
      )}
      {rungs.length > 0 && newcomers.length > 0 && <Newcomers {...props} />}
    </>
  )
}

function Filter({ t, show, days }: BoardProps) {
  return (
    <form
      method="get"
      action="/leadership"
      aria-label={t('board.filter')}
      className="mb-6 flex flex-wrap items-end gap-4"
    >
      <div>
        <label htmlFor="show" className="mb-1 block font-semibold">
          {t('board.filter')}
        </label>
        <select id="show" name="show" defaultValue={show} className="select text-base">
          {boardFilters.map((each) => (
            <option key={each} value={each}>
              {t(`board.show.${each}`)}
            </option>
          ))}
        </select>
      </div>
      <div>
        <label htmlFor="days" className="mb-1 block font-semibold">
          {t('board.days')}
        </label>
        <input
          id="days"
          name="days"
          type="number"
          min={7}
          max={730}
          defaultValue={days}
          className="input w-28 text-base"
        />
      </div>
      <button className="btn">{t('action.show')}</button>
    </form>
  )
}

function Column({ of, ...props }: BoardProps & { of: Rung }) {
  const { t, rows, rung, show, days } = props
  const here = rows.filter(({ rung_id }) => rung_id === of.rung_id)
  const cards = rung === null ? here.slice(0, shown_at_once) : here
  const about = localized(of.about, t.language)
  return (
    <section
      aria-labelledby={`rung-${of.rung_id}`}
      data-rung={of.rung_id}
      className="bg-base-300/40 rounded-box min-w-0 p-3"
    >
      <h2 id={`rung-${of.rung_id}`} className="flex items-baseline justify-between gap-2 px-1 font-bold">
        <OwnText t={t} text={localized(of.name, t.language)} language={t.language} />
        <span className="text-sm font-normal whitespace-nowrap">{t('board.people', { count: here.length })}</span>
      </h2>
      {about.text && (
        <p className="mb-2 px-1 text-sm">
          <OwnText t={t} text={about} language={t.language} />
        </p>
      )}
      {here.length === 0 && <p className="px-1 py-2 text-sm">{t('board.nobody')}</p>}
      <ul className="mt-2 space-y-2">
        {cards.map((row) => (
          <PersonCard key={row.person_id} {...props} row={row} />
        ))}
      </ul>
      {cards.length < here.length && (
        <a
          className="btn btn-sm mt-2 min-h-11 w-full"
          href={`/leadership?${new URLSearchParams({ show, days: String(days), rung: of.rung_id })}`}
        >
          {t('board.more', { count: here.length - cards.length })}
        </a>
      )}
    </section>
  )
}

function PersonCard({ t, row, rungs, days, today, may_edit }: BoardProps & { row: BoardRow }) {
  const name = nameOfRow(row, t.language)
  const late = isOverdue(row, today)
  const cooling = isCoolingOff(row, today, days)
  return (
    <li className="bg-base-100 border-base-300 rounded-box border p-3" data-person={row.person_id}>
      <h3 className="font-bold break-words">
        <a href={workPath(row)} className="inline-flex min-h-8 flex-wrap items-center">
          <PersonName name={name} is_quiet />
        </a>
      </h3>
      {row.step ? (
        <>
          <p className="break-words">{row.step.title}</p>
          <p className="text-sm">
            {row.step.owner ?? t('task.nobody')},{' '}
            <span className="whitespace-nowrap">
              {t('task.due', { date: unbroken(formatDate(t.language, row.step.due_on, 'short')) })}
            </span>
          </p>
        </>
      ) : (
        <p>{t('board.no_step')}</p>
      )}
      <p className="text-sm">
        {row.last_on && row.last_kind
          ? t('board.last', {
              what: t(`activity.kind.${row.last_kind}`),
              date: unbroken(formatDate(t.language, row.last_on, 'short')),
            })
          : t('board.no_activity')}
      </p>
      {(late || cooling || !row.was_asked) && (
        <p className="mt-1 flex flex-wrap gap-1">
          {late && <Badge kind="error">{t('task.late')}</Badge>}
          {cooling && <Badge kind="warning">{t('board.cooling')}</Badge>}
          {!row.was_asked && <Badge kind="info">{t('board.never_asked')}</Badge>}
        </p>
      )}
      {may_edit && <Move t={t} row={row} name={name.main} rungs={rungs} today={today} />}
    </li>
  )
}

/** Without script: choose the rung, say why. */
function Move({
  t,
  row,
  name,
  rungs,
  today,
}: Pick<BoardProps, 't' | 'rungs' | 'today'> & { row: BoardRow; name: string }) {
  const [to, why] = [`to-${row.person_id}`, `why-${row.person_id}`]
  return (
    <details className="mt-1 print:hidden">
      <summary className="min-h-8 cursor-pointer text-sm" aria-label={t('board.move_named', { name })}>
        {t('board.move')}
      </summary>
      <form method="post" action={`${workPath(row)}/stage`} className="mt-1 space-y-2">
        <input type="hidden" name="from_on" value={today} />
        <input type="hidden" name="back" value="board" />
        <label htmlFor={to} className="block text-sm">
          {t('board.move_to')}
        </label>
        <select id={to} name="rung_id" defaultValue={row.rung_id} className="select w-full text-base">
          {rungs.map(({ rung_id, name: rung }) => {
            const { text, language } = localized(rung, t.language)
            return (
              <option key={rung_id} value={rung_id} lang={language}>
                {text}
              </option>
            )
          })}
          <option value="">{t('stage.off')}</option>
        </select>
        <label htmlFor={why} className="block text-sm">
          {t('stage.reason')}
        </label>
        <input id={why} name="reason" required maxLength={500} className="input w-full text-base" />
        <button className="btn btn-sm min-h-11">{t('board.move')}</button>
      </form>
    </details>
  )
}

function Newcomers({ t, newcomers, show, today, may_edit }: BoardProps) {
  const which = show === 'never_asked' ? show : 'lately'
  const { most } = newcomerLimits[which]
  return (
    <Card title={t(`board.newcomers.${which}`)} lead={t(`board.newcomers_lead.${which}`)} id="newcomers">
      {newcomers.length === most && <p className="mb-2 text-sm">{t('board.newcomers_most', { count: most })}</p>}
      <ul className="divide-base-300 grid gap-x-6 sm:grid-cols-2">
        {newcomers.map((row) => (
          <li key={row.person_id} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
            <span className="min-w-0 flex-1 basis-40">
              <a href={workPath(row)} className="inline-flex min-h-8 items-center font-semibold">
                <PersonName name={nameOfRow(row, t.language)} is_quiet />
              </a>
              <span className="block text-sm">
                {t(`board.why.${row.why}`)},{' '}
                {formatDate(t.language, row.on_day, row.on_day.slice(0, 4) === today.slice(0, 4) ? 'short' : 'long')}
              </span>
            </span>
            {may_edit && (
              <a className="btn btn-sm min-h-11" href={`${workPath(row)}/stage`}>
                {t('stage.set')}
                <span className="sr-only">: {nameOfRow(row, t.language).main}</span>
              </a>
            )}
          </li>
        ))}
      </ul>
    </Card>
  )
}
