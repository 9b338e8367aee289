import { dateIn } from '../../../platform/clock.ts'
import { formatAgo, formatDateTime, formatNumber, formatPercent, formatTime } from '../../../platform/i18n/formats.ts'
import { languageNames } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Badge, Bars, Card, Figure, Figures, Table } from '../../../platform/ui/components.tsx'
import { scriptText } from '../../scripts/rules.ts'
import type { Step } from '../../scripts/schema.ts'
import type { CallerRow, RecentAttempt } from '../dashboard.ts'
import { callerState } from '../dashboard.ts'
import { answerName } from './answers.ts'
import type { DashboardProps } from './dashboard-props.ts'
import { Alerts, ContactRates, GroupCharts, Leaderboard, PaceCard } from '../host/pages/live.tsx'
import { resultName } from '../result-codes/queries.ts'
import { isOver, ProgressBar, standingName, standingsWhenOver, VoterName } from './words.tsx'

/** All that moves while people call; sent again whenever it changed. */
export function LiveDashboard(props: DashboardProps) {
  const { t, bank, shown, ever, now, time_zone } = props
  const { totals, last_hour, progress } = shown
  const number = (value: number) => formatNumber(t.language, value)
  const isToday = (at: Date) => dateIn(time_zone, at) === dateIn(time_zone, now)
  const is_over = isOver(bank, dateIn(time_zone, now))
  const { finished, left_over } = standingsWhenOver(shown.standings)
  if (!bank.prepared_at) {
    return (
      <Card title={t('phonebanks.preparing')}>
        <progress className="progress progress-primary w-full" aria-label={t('phonebanks.preparing')} />
        <p className="mt-2">{t('phonebanks.preparing_text')}</p>
      </Card>
    )
  }
  return (
    <>
      <Alerts {...props} />
      <div className="mb-6">
        <ProgressBar t={t} progress={progress} is_over={is_over} />
        {shown.newcomers > 0 && <p className="mt-2">{t('phonebanks.newcomers_left', { count: shown.newcomers })}</p>}
      </div>
      <Figures>
        {is_over ? (
          <Figure label={t('phonebanks.kpi.conversations')} value={number(totals.conversations)} />
        ) : (
          <Figure
            label={t('phonebanks.kpi.per_hour')}
            value={number(last_hour.conversations)}
            note={t('phonebanks.kpi.per_hour_note', { count: last_hour.attempts })}
          />
        )}
        <Figure
          label={t('phonebanks.kpi.rate')}
          value={totals.attempts ? formatPercent(t.language, totals.contacts / totals.attempts) : '–'}
          note={t('phonebanks.kpi.rate_note', { contacts: totals.contacts, attempts: totals.attempts })}
        />
        <Figure label={t('phonebanks.kpi.answered')} value={number(totals.answered)} />
        {is_over ? (
          <Figure label={t('phonebanks.kpi.left_over')} value={number(left_over)} />
        ) : (
          <Figure label={t('phonebanks.kpi.left')} value={number(progress.left)} note={hoursNote(props)} />
        )}
      </Figures>
      <p className="-mt-2 mb-6 max-w-prose text-sm">{t('phonebanks.numbers_mean')}</p>

      <div className="grid gap-x-6 xl:grid-cols-2">
        <Card title={t('phonebanks.results_title')} id="dispositions">
          {shown.dispositions.length === 0 ? (
            <p>{t('phonebanks.no_calls')}</p>
          ) : (
            <Bars
              caption={t('phonebanks.calls', { count: totals.attempts })}
              rows={shown.dispositions.map(({ count, ...row }) => ({
                label: resultName(t, row),
                value: count,
              }))}
              format={number}
            />
          )}
        </Card>
        {shown.by_hour.length > 1 && (
          <Card title={t('phonebanks.by_hour')} id="hours">
            <Bars
              caption={t('phonebanks.contacts', {
                count: shown.by_hour.reduce((sum, { conversations }) => sum + conversations, 0),
              })}
              rows={shown.by_hour.map(({ hour, conversations }) => ({
                label: isToday(hour)
                  ? formatTime(t.language, hour, time_zone)
                  : formatDateTime(t.language, hour, time_zone),
                value: conversations,
              }))}
              format={number}
            />
          </Card>
        )}
        {!is_over && (
          <>
            <PaceCard {...props} />
            <Leaderboard {...props} />
          </>
        )}
      </div>
      <Card
        title={t('phonebanks.callers')}
        id="callers"
        {...(is_over ? {} : { lead: t('phonebanks.callers_now', { count: shown.callers_now }) })}
      >
        <Callers {...props} />
      </Card>

      {shown.answers.length > 0 && (
        <Card title={t('phonebanks.answers')} id="answers">
          <div className="grid items-start gap-8 xl:grid-cols-2">
            {ever.flatMap((step) => {
              const given = shown.answers.filter((answer) => answer.question === step.key)
              if (given.length === 0) return []
              const ordered =
                step.kind === 'support' ? given.toSorted((a, b) => Number(a.value) - Number(b.value)) : given
              // Choices are as many as the script has; of what is typed freely the most frequent.
              const bars = step.kind === 'text' || step.kind === 'number' ? ordered.slice(0, 12) : ordered
              return (
                <div key={step.key}>
                  <Bars
                    caption={scriptText(step.say, t.language, { candidate: bank.candidate }).text}
                    rows={bars.map(({ value, count }) => ({ label: answerName(t, step, value), value: count }))}
                    format={number}
                  />
                  {ordered.length > bars.length && <p className="mt-1 text-sm">{t('phonebanks.answers_most')}</p>}
                </div>
              )
            })}
          </div>
        </Card>
      )}

      <GroupCharts {...props} />
      <ContactRates {...props} />

      <Card
        title={t('phonebanks.remaining')}
        lead={t(is_over ? 'phonebanks.remaining_over_lead' : 'phonebanks.remaining_lead')}
        id="remaining"
      >
        <Table caption={t('phonebanks.remaining_table')} head={[t('phonebanks.standing'), t('phonebanks.how_many')]}>
          {is_over && left_over > 0 && (
            <tr>
              <th scope="row" className="font-normal">
                {t('phonebanks.standing.left_over')}
              </th>
              <td className="tabular-nums">{number(left_over)}</td>
            </tr>
          )}
          {(is_over ? finished : shown.standings).map((row) => (
            <tr key={`${row.state} ${row.why} ${row.is_due}`}>
              <th scope="row" className="font-normal">
                {standingName(t, row)}
                {row.why === 'resting' && (
                  <span className="block text-sm">{t('phonebanks.standing.resting_note')}</span>
                )}
                {row.first_at && (
                  <span className="block text-sm">
                    {t(row.state === 'leased' ? 'phonebanks.leased_until' : 'phonebanks.first_at', {
                      at: formatDateTime(t.language, row.first_at, time_zone),
                    })}
                  </span>
                )}
              </th>
              <td className="tabular-nums">{number(row.count)}</td>
            </tr>
          ))}
          <tr className="font-bold">
            <th scope="row">{t('phonebanks.sum')}</th>
            <td className="tabular-nums">{number(progress.total)}</td>
          </tr>
        </Table>
      </Card>

      {props.may_see_voters && shown.recent.length > 0 && (
        <Card
          title={t('phonebanks.recent')}
          id="recent"
          actions={
            <a className="btn btn-sm" href={`/phonebanks/${bank.phone_bank_id}/results`}>
              {t('phonebanks.all_results')}
            </a>
          }
        >
          <Attempts {...props} attempts={shown.recent} />
        </Card>
      )}
    </>
  )
}

/** In a page that was opened while the list was put together. */
export const PreparedNow = ({ t, bank }: Pick<DashboardProps, 't' | 'bank'>) => (
  <Card title={t('phonebanks.prepared')}>
    <a className="btn btn-primary" href={`/phonebanks/${bank.phone_bank_id}`} data-go-on>
      {t('phonebanks.prepared_go')}
    </a>
  </Card>
)

function hoursNote({ t, shown, time_zone }: DashboardProps): string {
  const { hours_left, done_at, progress } = shown
  if (progress.left === 0) return shown.newcomers > 0 ? '' : t('phonebanks.kpi.left_none')
  // Before the first call any number of hours would be a guess.
  if (shown.totals.attempts === 0) return t('phonebanks.kpi.left_early')
  if (hours_left === null) return t('phonebanks.kpi.left_unknown')
  const hours = formatNumber(t.language, hours_left, hours_left < 10 ? 1 : 0)
  return done_at
    ? t('phonebanks.kpi.left_done_at', { hours, at: formatDateTime(t.language, done_at, time_zone) })
    : t('phonebanks.kpi.left_hours', { hours })
}

const most_callers_shown = 60

function Callers(props: DashboardProps) {
  const { t, shown } = props
  if (shown.callers.length === 0) return <p>{t('phonebanks.no_callers')}</p>
  return <CallersTable {...props} callers={shown.callers.slice(0, most_callers_shown)} />
}

/** Those who were here longest ago, as of when the page was loaded: what is renewed by itself would close again what was opened. */
export function OtherCallers(props: DashboardProps) {
  const others = props.shown.callers.slice(most_callers_shown)
  if (others.length === 0) return null
  return (
    <details className="mb-6" id="other-callers">
      <summary className="min-h-11 cursor-pointer py-2 font-semibold">
        {props.t('phonebanks.callers_more', { count: others.length })}
      </summary>
      <CallersTable {...props} callers={others} />
    </details>
  )
}

function CallersTable({
  t,
  bank,
  now,
  may_host,
  callers,
}: Pick<DashboardProps, 't' | 'bank' | 'now' | 'may_host'> & { callers: readonly CallerRow[] }) {
  const may_act = may_host && !bank.ended_at
  const now_at = t('phonebanks.caller_state')
  const counts = [t('phonebanks.caller_calls'), t('phonebanks.caller_conversations'), t('host.per_hour')]
  return (
    <Table
      caption={t('phonebanks.callers_table')}
      head={[t('phonebanks.caller_name'), now_at, ...counts, ...(may_act ? [t('phonebanks.caller_access')] : [])]}
      only_wide={[now_at, ...counts]}
    >
      {callers.map((caller) => (
        <tr key={caller.caller_id}>
          <th scope="row" className="font-normal max-sm:pr-1 sm:min-w-36">
            {caller.name}
            <span className="block text-xs">
              {caller.languages.map((each) => languageNames[each] ?? each).join(', ')}
            </span>
            <div className="mt-1 sm:hidden">
              <CallerState t={t} caller={caller} now={now} has_ended={bank.ended_at !== null} />
              <span className="block text-sm">{t('phonebanks.caller_counts', countsOf(t, caller))}</span>
            </div>
          </th>
          <td className="whitespace-nowrap max-sm:hidden">
            <CallerState t={t} caller={caller} now={now} has_ended={bank.ended_at !== null} />
          </td>
          {Object.entries(countsOf(t, caller)).map(([name, count]) => (
            <td key={name} className="max-sm:hidden">
              {count}
            </td>
          ))}
          {may_act && (
            <td>
              {caller.removed_at === null && (
                <a
                  className="btn btn-sm whitespace-nowrap"
                  href={`/phonebanks/${bank.phone_bank_id}/callers/${caller.caller_id}/remove`}
                  aria-label={t('phonebanks.remove_named', { name: caller.name })}
                >
                  {t('phonebanks.remove')}
                </a>
              )}
              {caller.may_come_back && (
                <form method="post" action={`/phonebanks/${bank.phone_bank_id}/callers/${caller.caller_id}/let_in`}>
                  <button
                    className="btn btn-sm whitespace-nowrap"
                    aria-label={t('phonebanks.let_in_named', { name: caller.name })}
                  >
                    {t('phonebanks.let_in')}
                  </button>
                </form>
              )}
            </td>
          )}
        </tr>
      ))}
    </Table>
  )
}

const countsOf = (t: Translate, caller: CallerRow) => ({
  calls: formatNumber(t.language, caller.calls),
  conversations: formatNumber(t.language, caller.conversations),
  last_hour: formatNumber(t.language, caller.conversations_last_hour),
})

interface CallerStateProps {
  t: Translate
  caller: CallerRow
  now: Date
  /** Nobody calls any more, whoever was here a moment ago. */
  has_ended: boolean
}

function CallerState({ t, caller, now, has_ended }: CallerStateProps) {
  const was = callerState(caller, now)
  const state = has_ended && was !== 'removed' && was !== 'on_paper' ? 'away' : was
  const looks = { talking: 'success', on_bridge: 'success', in_hand: 'success', resting: 'warning' } as const
  return (
    <>
      {state === 'away' ? (
        t('phonebanks.caller_away', { ago: formatAgo(t.language, caller.last_seen_at, now) })
      ) : state === 'removed' || state === 'on_paper' ? (
        t(`phonebanks.caller_${state}`)
      ) : (
        <Badge kind={looks[state]}>{t(`phonebanks.caller_${state}`)}</Badge>
      )}
      {caller.last_disposition && (
        <span className="block text-xs">
          {resultName(t, { disposition: caller.last_disposition, result_name: caller.last_result_name })}
        </span>
      )}
    </>
  )
}

/** The call counts, but nobody knows any more whom it reached. */
const isErased = ({ voter_id, name, hangul }: RecentAttempt): boolean => voter_id === null && !name && !hangul

/** A table of attempts; a host may take one back. On a telephone when, by whom and the note stand under the voter. */
export function Attempts({
  t,
  bank,
  ever,
  attempts,
  time_zone,
  may_host,
}: Pick<DashboardProps, 't' | 'bank' | 'ever' | 'time_zone' | 'may_host'> & { attempts: readonly RecentAttempt[] }) {
  const [at, caller, note] = [t('phonebanks.col.at'), t('phonebanks.col.caller'), t('phonebanks.col.note')]
  return (
    <Table
      caption={t('phonebanks.attempts_table')}
      head={[at, t('phonebanks.col.voter'), t('phonebanks.col.result'), caller, note]}
      only_wide={[at, caller, note]}
    >
      {attempts.map((each) => (
        <tr key={each.attempt_id} className="max-sm:align-top">
          <td className="whitespace-nowrap max-sm:hidden">{formatDateTime(t.language, each.at, time_zone)}</td>
          <th scope="row" className="font-normal max-sm:pr-1 sm:min-w-40">
            {isErased(each) ? (
              t('phonebanks.erased')
            ) : (
              <a
                href={
                  each.voter_id === null
                    ? `/people/${each.person_id}`
                    : `/phonebanks/${bank.phone_bank_id}/voters/${each.voter_id}`
                }
              >
                <VoterName t={t} name={each.name} hangul={each.hangul} />
              </a>
            )}
            <span className="mt-1 block text-sm break-words sm:hidden">
              {formatDateTime(t.language, each.at, time_zone)} · {each.made_by}
            </span>
            <div className="text-sm break-words sm:hidden">
              <Noted t={t} attempt={each} time_zone={time_zone} />
            </div>
          </th>
          <td>
            <div className="flex flex-wrap items-center justify-between gap-2">
              <span className={`sm:whitespace-nowrap ${each.undone_at ? 'line-through' : ''}`}>
                {resultName(t, each)}
              </span>
              {each.undone_at ? (
                <span className="text-sm">{t('phonebanks.taken_back', { name: each.undone_by ?? '' })}</span>
              ) : (
                may_host && (
                  <form method="post" action={`/phonebanks/${bank.phone_bank_id}/attempts/${each.attempt_id}/undo`}>
                    <button
                      className="btn btn-sm whitespace-nowrap"
                      aria-label={t('phonebanks.take_back_named', {
                        name: isErased(each) ? t('phonebanks.erased') : each.name,
                      })}
                    >
                      {t('phonebanks.take_back')}
                    </button>
                  </form>
                )
              )}
            </div>
            <Answered t={t} bank={bank} ever={ever} attempt={each} />
          </td>
          <td className="min-w-24 max-sm:hidden">{each.made_by}</td>
          <td className="min-w-32 max-sm:hidden">
            <Noted t={t} attempt={each} time_zone={time_zone} />
          </td>
        </tr>
      ))}
    </Table>
  )
}

/** What was answered, in the order of the script, and in which language; the questions behind a press. */
function Answered({
  t,
  bank,
  ever,
  attempt,
}: Pick<DashboardProps, 't' | 'bank' | 'ever'> & { attempt: RecentAttempt }) {
  const given = ever.filter(({ key }) => attempt.answers[key] !== undefined)
  if (given.length === 0) return null
  const said = (step: Step) => answerName(t, step, attempt.answers[step.key] ?? '')
  const language = attempt.language && (languageNames[attempt.language] ?? attempt.language)
  return (
    <details className="mt-1 text-sm">
      <summary className="min-h-8 max-w-80 cursor-pointer break-words">
        {[...given.map(said), language].filter(Boolean).join(' · ')}
      </summary>
      <dl className="max-w-80 space-y-1">
        {given.map((step) => (
          <div key={step.key} className="break-words">
            <dt className="inline">{scriptText(step.say, t.language, { candidate: bank.candidate }).text}</dt>{' '}
            <dd className="inline font-semibold">{said(step)}</dd>
          </div>
        ))}
        {language && (
          <div>
            <dt className="inline">{t('phonebanks.talked_in')}</dt> <dd className="inline font-semibold">{language}</dd>
          </div>
        )}
      </dl>
    </details>
  )
}

const Noted = ({ t, attempt, time_zone }: { t: Translate; attempt: RecentAttempt; time_zone: string }) => (
  <>
    {attempt.note}
    {attempt.call_back_at && (
      <span className="block text-xs">{formatDateTime(t.language, attempt.call_back_at, time_zone)}</span>
    )}
  </>
)
