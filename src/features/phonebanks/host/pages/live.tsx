import { dateIn } from '../../../../platform/clock.ts'
import { formatDateTime, formatNumber, formatPercent, formatTime } from '../../../../platform/i18n/formats.ts'
import type { Translate } from '../../../../platform/i18n/messages.ts'
import { Card } from '../../../../platform/ui/components.tsx'
import { Icon } from '../../../../platform/ui/icon.tsx'
import { quotaName } from '../../calling-rules/words.ts'
import type { DashboardProps } from '../../pages/dashboard-props.ts'
import type { Alert } from '../alerts.ts'
import type { Step } from '../../../scripts/schema.ts'
import { languageIn } from '../../../scripts/walk/texts.tsx'
import { BarChart } from '../../report/pages/bar-chart.tsx'
import { groupName, groupsIn, ratesOf, valueName, valuesOf } from '../../report/words.ts'
import { dimensions, supportOf, type Dimension, type Group } from '../groups.ts'
import { CompareBy } from './compare-by.tsx'

/** Parts of the live page that are the host's: what to look at, the pace, whom we talked with. */

export function Alerts({ t, bank, shown, script, time_zone, may_see_voters }: DashboardProps) {
  if (shown.alerts.length === 0) return null
  return (
    <section aria-labelledby="alerts" className="border-warning bg-base-100 rounded-box mb-6 border-2 p-4">
      <h2 id="alerts" className="mb-2 flex items-center gap-2 font-bold">
        <Icon name="warning" /> {t('host.alerts')}
      </h2>
      <ul className="list-disc space-y-1 pl-6">
        {shown.alerts.map((alert) => (
          <li key={JSON.stringify(alert)}>
            {alertWords(t, alert, time_zone, (nth) =>
              quotaName(t, script, bank, bank.quotas[nth] ?? { question: '', value: null }),
            )}
            {alert.kind === 'hostile' && may_see_voters && (
              <>
                {alert.note && <q className="ml-1">{alert.note}</q>}{' '}
                <a href={`/phonebanks/${bank.phone_bank_id}/voters/${alert.voter_id}`}>{t('host.alert.look')}</a>
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

function alertWords(t: Translate, alert: Alert, time_zone: string, quota: (nth: number) => string): string {
  const at = (instant: Date) => formatTime(t.language, instant, time_zone)
  switch (alert.kind) {
    case 'wrong_numbers':
      return t('host.alert.wrong_numbers', { name: alert.name, count: alert.count })
    case 'no_main_speaker':
      return t('host.alert.no_main_speaker', {
        count: alert.count,
        language: languageIn(t.language, alert.language),
      })
    case 'no_speaker':
      return t(alert.likely > 0 ? 'host.alert.no_likely_speaker' : 'host.alert.no_speaker', {
        language: languageIn(t.language, alert.language),
        count: alert.count,
      })
    case 'running_out':
      return t('host.alert.running_out', { count: alert.count })
    case 'quiet_day':
      return t('host.alert.quiet_day', { day: t.dynamic(`quiet_day.${alert.day}`) })
    case 'hours_ending':
      return t('host.alert.hours_ending', { at: at(alert.at) })
    case 'hostile':
      return t('host.alert.hostile', { name: alert.name, at: at(alert.at) })
    case 'quota':
      return t('host.alert.quota', { answer: quota(alert.nth) })
    default:
      return alert satisfies never
  }
}

export function PaceCard({ t, shown, time_zone, now, may_host }: DashboardProps) {
  const { goal, conversations, per_hour, usual_per_hour, is_list_short, goal_at, by_tonight, tonight } = shown.pace // prettier-ignore
  const isToday = (instant: Date) => dateIn(time_zone, instant) === dateIn(time_zone, now)
  const share = goal ? Math.min(1, conversations / goal) : 0
  return (
    <Card title={t('host.pace')} id="pace">
      {goal === null ? (
        <p className="mb-2 text-sm">{t('host.goal_none')}</p>
      ) : (
        <>
          <p className="mb-1 font-semibold">
            {t('host.goal', { conversations, goal })} · {formatPercent(t.language, share)}
          </p>
          <svg
            width="100%"
            height="16"
            viewBox="0 0 100 16"
            preserveAspectRatio="none"
            className="mb-2 block overflow-hidden rounded-full"
            role="presentation"
          >
            <rect width="100" height="16" className="fill-base-300" />
            <rect width={share * 100} height="16" className="fill-success" />
          </svg>
        </>
      )}
      <p>
        {per_hour > 0
          ? t('host.pace_now', { count: Math.round(per_hour) })
          : usual_per_hour > 0
            ? t('host.pace_usual', { count: Math.round(usual_per_hour) })
            : t('host.pace_unknown')}
      </p>
      {goal !== null && conversations >= goal && <p className="font-semibold">{t('host.goal_done')}</p>}
      {is_list_short && (
        <p className="font-semibold">
          {t('host.list_short', { count: shown.progress.left })} {may_host && t('host.list_short_do')}
        </p>
      )}
      {goal_at && (
        <p>
          {t('host.goal_at', {
            at: isToday(goal_at)
              ? formatTime(t.language, goal_at, time_zone)
              : formatDateTime(t.language, goal_at, time_zone),
          })}
        </p>
      )}
      {goal !== null &&
        conversations < goal &&
        !is_list_short &&
        !(goal_at && isToday(goal_at)) &&
        by_tonight !== null &&
        tonight && (
          <p>{t('host.goal_not_today', { count: by_tonight, at: formatTime(t.language, tonight, time_zone) })}</p>
        )}
    </Card>
  )
}

const most_rows = 8

export function GroupCharts({ t, bank, shown, asked, questions, may_see_voters }: DashboardProps) {
  const talked = shown.groups.filter((group) => group.conversations > 0)
  if (talked.length === 0) return null
  const step = questions.find(({ key }) => key === asked.question)
  const values = step ? valuesOf(step, shown.groups) : []
  return (
    <Card title={t('host.groups')} lead={t('host.groups_lead')} id="groups">
      <CompareBy
        t={t}
        bank={bank}
        action={`/phonebanks/${bank.phone_bank_id}#groups`}
        asked={asked}
        questions={questions}
      />
      {step && (
        <p className="mb-4 flex flex-wrap gap-x-4 gap-y-1 text-sm">
          {values.map((value, index) => (
            <span key={value} className="inline-flex items-center gap-1.5">
              <svg width="14" height="14" role="presentation">
                <rect
                  width="14"
                  height="14"
                  rx="3"
                  className="fill-primary"
                  fillOpacity={shadeOf(index, values.length)}
                />
              </svg>
              {valueName(t, step, value)}
            </span>
          ))}
        </p>
      )}
      <div className="grid items-start gap-8 lg:grid-cols-3">
        {dimensions.map((dimension) => (
          <table key={dimension} className="w-full text-sm">
            <caption className="mb-2 text-left font-semibold">
              {dimension === 'district' ? t(`report.by_district.${asked.district}`) : t(`host.groups.${dimension}`)}
            </caption>
            <tbody>
              {groupsIn(talked, dimension)
                .slice(0, most_rows)
                .map((group) => (
                  <GroupRow
                    key={group.key ?? ''}
                    t={t}
                    group={group}
                    step={step}
                    values={values}
                    most={mostIn(shown.groups, dimension)}
                  />
                ))}
            </tbody>
          </table>
        ))}
      </div>
      <LargestOnly t={t} bank={bank} groups={talked} may_see_report={may_see_voters} />
    </Card>
  )
}

/** Where there are more than are shown, the way to all of them. */
function LargestOnly({
  t,
  bank,
  groups,
  may_see_report,
}: Pick<DashboardProps, 't' | 'bank'> & { groups: readonly Group[]; may_see_report: boolean }) {
  if (dimensions.every((dimension) => groupsIn(groups, dimension).length <= most_rows)) return null
  return (
    <p className="mt-4 text-sm">
      {t('host.groups_largest', { count: most_rows })}{' '}
      {may_see_report && (
        <a className="link" href={`/phonebanks/${bank.phone_bank_id}/report`}>
          {t('host.groups_all')}
        </a>
      )}
    </p>
  )
}

const mostIn = (groups: readonly Group[], dimension: Dimension): number =>
  Math.max(1, ...groupsIn(groups, dimension).map(({ conversations }) => conversations))

/** The first answer is the darkest. */
const shadeOf = (index: number, of: number): number => 1 - (index / Math.max(1, of)) * 0.85

interface GroupRowProps {
  t: Translate
  group: Group
  step: Step | undefined
  values: readonly string[]
  most: number
}

/** Conversations as a bar, what was answered as shares of it, and the numbers in words. */
function GroupRow({ t, group, step, values, most }: GroupRowProps) {
  const given = values.filter((value) => group.answers[value])
  const upTo = (index: number): number =>
    given.slice(0, index).reduce((sum, value) => sum + (group.answers[value] ?? 0), 0)
  return (
    <tr>
      <th scope="row" className="w-2/5 py-1 pr-3 text-left align-top font-normal">
        {groupName(t, group)}
      </th>
      <td className="py-1.5 align-top">
        <svg
          width="100%"
          height="14"
          role="presentation"
          className="block overflow-hidden rounded"
          preserveAspectRatio="none"
          viewBox="0 0 100 14"
        >
          <rect width="100" height="14" className="fill-base-200" />
          <rect width={(group.conversations / most) * 100} height="14" className="fill-base-300" />
          {given.map((value, index) => (
            <rect
              key={value}
              x={(upTo(index) / most) * 100}
              width={((group.answers[value] ?? 0) / most) * 100}
              height="14"
              className="fill-primary"
              fillOpacity={shadeOf(values.indexOf(value), values.length)}
            />
          ))}
        </svg>
        {group.asked > 0 && (
          <span className="text-xs">
            {step?.kind === 'support'
              ? t('host.groups.support', { support: supportOf(group), asked: group.asked })
              : given
                  .map((value) => `${valueName(t, step, value)} ${formatNumber(t.language, group.answers[value] ?? 0)}`)
                  .join(' · ')}
          </span>
        )}
      </td>
      <td className="w-px py-1 pl-3 text-right align-top font-semibold tabular-nums">
        {formatNumber(t.language, group.conversations)}
      </td>
    </tr>
  )
}

/** How many of the calls to each group became a conversation. */
export function ContactRates({ t, bank, shown, asked, may_see_voters }: DashboardProps) {
  if (shown.groups.length === 0) return null
  return (
    <Card title={t('report.rates')} lead={t('report.rates_lead')} id="contact-rates">
      <div className="grid items-start gap-8 lg:grid-cols-3">
        {dimensions.map((dimension) => (
          <BarChart
            key={dimension}
            caption={
              dimension === 'district' ? t(`report.by_district.${asked.district}`) : t(`host.groups.${dimension}`)
            }
            bars={ratesOf(t, shown.groups, dimension).slice(0, most_rows)}
          />
        ))}
      </div>
      <LargestOnly t={t} bank={bank} groups={shown.groups} may_see_report={may_see_voters} />
    </Card>
  )
}

/** Who had the most conversations; shown only where the host wants it. */
export function Leaderboard({ t, bank, shown }: DashboardProps) {
  const first = shown.callers
    .filter(({ conversations }) => conversations > 0)
    .toSorted((a, b) => b.conversations - a.conversations)
  if (!bank.has_leaderboard || first.length === 0) return null
  return (
    <Card title={t('host.board')} id="board">
      <ol className="list-decimal space-y-1 pl-6">
        {first.slice(0, 5).map((caller) => (
          <li key={caller.caller_id}>
            <strong>{caller.name}</strong> {t('host.board_row', { count: caller.conversations })}
          </li>
        ))}
      </ol>
    </Card>
  )
}
