import { formatNumber, formatPercent } from '../../../platform/i18n/formats.ts'
import { languageNames } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Bars, Card, Table } from '../../../platform/ui/components.tsx'
import '../../geography/messages.ts'
import { districtName } from '../../geography/rules.ts'
import '../../voterfile/community/messages.ts'
import { acted_days, courses, groupings, measures, type Course, type DaySum, type Group, type Grouping, type Measure } from './groups.ts' // prettier-ignore
import './messages.ts'

interface GroupsProps {
  t: Translate
  /** null: it took too long to count. */
  groups: readonly Group[] | null
  measure: Measure
  here: string
}

function named(t: Translate, grouping: Grouping, value: string | null): string {
  if (value === null) return t('mail_report.unknown')
  switch (grouping) {
    case 'language':
      return languageNames[value] ?? value
    case 'community':
      return value === 'other' ? t('mail_report.other_community') : t.dynamic(`community.${value}`)
    case 'district':
      return districtName(t, 'assembly', value)
    case 'age':
      return value === '65-' ? t('mail_report.age_over', { from: 65 }) : t('mail_report.age', { from: value.slice(0, 2), until: value.slice(3) }) // prettier-ignore
    case 'member':
      return t(value === 'yes' ? 'mail_report.member' : 'mail_report.no_member')
    default:
      return grouping satisfies never
  }
}

/** What became of it by groups of its readers: one measure at a time, so that bars can be compared. */
export function GroupsCard({ t, groups, measure, here }: GroupsProps) {
  const share = ({ sent, listed, ...group }: Group): number => {
    const of = measure === 'sent' || measure === 'came_back' ? listed : sent
    return of === 0 ? 0 : (measure === 'sent' ? sent : group[measure]) / of
  }
  const shown = groupings.flatMap((grouping) => {
    const rows = (groups ?? []).filter((each) => each.grouping === grouping)
    return rows.some(({ value }) => value !== null) && rows.length > 1 ? [{ grouping, rows }] : []
  })
  if (groups !== null && shown.length === 0) return null
  return (
    <Card title={t('mail_report.groups')} lead={t(groups ? 'mail_report.groups_lead' : 'mail_report.groups_slow')} id="groups">
      {groups && (
        <>
          <nav aria-label={t('mail_report.measure')} className="mb-4 flex flex-wrap gap-2">
            {measures.map((each) => (
              <a
                key={each}
                className={each === measure ? 'btn btn-sm btn-primary min-h-11' : 'btn btn-sm min-h-11'}
                aria-current={each === measure ? 'true' : undefined}
                href={`${here}/report?by=${each}#groups`}
              >
                {t(`mail_report.${each}`)}
              </a>
            ))}
          </nav>
          {measure === 'acted' && <p className="mb-4 text-sm">{t('mail_report.acted_lead', { days: acted_days })}</p>}
          <div className="grid gap-x-8 gap-y-6 md:grid-cols-2">
            {shown.map(({ grouping, rows }) => (
              <div key={grouping}>
                <Bars
                  caption={t(`mail_report.by.${grouping}`)}
                  format={(value) => formatPercent(t.language, value, 1)}
                  rows={rows.map((group) => ({
                    label: `${named(t, grouping, group.value)} (${formatNumber(t.language, group.listed)})`,
                    value: share(group),
                  }))}
                />
              </div>
            ))}
          </div>
        </>
      )}
    </Card>
  )
} // prettier-ignore

const [width, height, edge] = [600, 180, 10]
/** Told apart by how they are drawn, not by color alone. */
const drawn: Record<Course, { stroke: string; dash: string }> = {
  came_back: { stroke: 'stroke-error', dash: '2 5' },
  unsubscribed: { stroke: 'stroke-warning', dash: '10 5' },
  replied: { stroke: 'stroke-primary', dash: '' },
  clicked: { stroke: 'stroke-success', dash: '10 4 2 4' },
  acted: { stroke: 'stroke-secondary', dash: '16 4' },
}

/** What came of it, added up day by day, as lines and as a table. */
export function CourseCard({ t, days }: { t: Translate; days: readonly DaySum[] | null }) {
  if (!days)
    return (
      <Card title={t('mail_report.course')} id="course">
        <p>{t('mail_report.groups_slow')}</p>
      </Card>
    )
  const last = Math.max(0, ...days.map(({ day }) => day))
  if (days.length === 0 || last === 0) return null
  const number = (value: number): string => formatNumber(t.language, value)
  const all = Array.from({ length: last + 1 }, (_, day) => day)
  const lines = courses.flatMap((course) => {
    const own = days.filter((each) => each.course === course)
    if (own.length === 0) return []
    const sums = all.map((day) => own.reduce((sum, each) => sum + (each.day <= day ? each.count : 0), 0))
    return [{ course, sums }]
  })
  const most = Math.max(1, ...lines.flatMap(({ sums }) => sums))
  const x = (day: number): number => edge + ((width - 2 * edge) * day) / last
  const y = (sum: number): number => height - edge - ((height - 2 * edge) * sum) / most
  return (
    <Card title={t('mail_report.course')} lead={t('mail_report.course_lead', { days: acted_days })} id="course">
      <svg role="img" aria-label={lines.map(({ course, sums }) => `${t(`mail_report.${course}`)}: ${number(sums.at(-1) ?? 0)}`).join(', ')} viewBox={`0 0 ${width} ${height}`} className="block h-auto w-full">
        <line x1={edge} x2={width - edge} y1={height - edge} y2={height - edge} className="stroke-base-300" />
        {lines.map(({ course, sums }) => (
          <polyline key={course} fill="none" strokeWidth={3} strokeDasharray={drawn[course].dash} className={drawn[course].stroke} points={sums.map((sum, day) => `${x(day).toFixed(1)},${y(sum).toFixed(1)}`).join(' ')} />
        ))}
      </svg>
      <ul className="mt-2 flex flex-wrap gap-x-5 gap-y-1 text-sm">
        {lines.map(({ course, sums }) => (
          <li key={course} className="flex items-center gap-2">
            <svg width="32" height="8" aria-hidden="true">
              <line x1="0" x2="32" y1="4" y2="4" strokeWidth={3} strokeDasharray={drawn[course].dash} className={drawn[course].stroke} />
            </svg>
            {t(`mail_report.${course}`)}: <strong>{number(sums.at(-1) ?? 0)}</strong>
          </li>
        ))}
      </ul>
      <details className="mt-3">
        <summary className="min-h-8 cursor-pointer text-sm">{t('mail_report.course_table')}</summary>
        <Table caption={t('mail_report.course')} head={[t('mail_report.day'), ...lines.map(({ course }) => t(`mail_report.${course}`))]}>
          {all.map((day) => (
            <tr key={day}>
              <th scope="row" className="font-normal">
                {number(day + 1)}
              </th>
              {lines.map(({ course, sums }) => (
                <td key={course}>{number(sums[day] ?? 0)}</td>
              ))}
            </tr>
          ))}
        </Table>
      </details>
    </Card>
  )
} // prettier-ignore
