import { formatNumber } from '../../../platform/i18n/formats.ts'
import { localized } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Bars, Card, EmptyState, PageHead, Table } from '../../../platform/ui/components.tsx'
import type { KindHours } from '../../events/after/queries.ts'
import { hoursText } from '../../events/after/rules.ts'
import { kindOf, type ListedKind } from '../../events/queries.ts'
import './messages.ts'

interface HoursPageProps {
  t: Translate
  kinds: readonly ListedKind[]
  rows: readonly KindHours[]
  year: number
  /** Of the calendar, today. */
  this_year: number
}

export const kindName = (t: Translate, kinds: readonly ListedKind[], kind: string): string =>
  localized(kindOf(kinds, kind).name, t.language).text || kind

/** What people gave in a year, by kind of event. No names. */
export function HoursPage({ t, kinds, rows, year, this_year }: HoursPageProps) {
  const minutes = rows.reduce((sum, row) => sum + row.minutes, 0)
  const events = rows.reduce((sum, row) => sum + row.events, 0)
  return (
    <>
      <PageHead
        title={t('after.hours_page')}
        lead={t('after.hours_page_lead')}
        back={{ href: '/events', label: t('events.title') }}
        actions={
          <>
            <a className="btn" href={`/events/hours?year=${year - 1}`}>
              {t('after.year_before', { year: String(year - 1) })}
            </a>
            {year < this_year && (
              <a className="btn" href={`/events/hours?year=${year + 1}`}>
                {t('after.year_after', { year: String(year + 1) })}
              </a>
            )}
          </>
        }
      />
      {rows.length === 0 ? (
        <EmptyState icon="calendar" title={t('after.hours_year_none', { year: String(year) })} />
      ) : (
        <>
          <Card>
            <Bars
              caption={t('after.in_year', { year: String(year) })}
              rows={rows.map((row) => ({ label: kindName(t, kinds, row.kind), value: row.minutes }))}
              format={(value) => t('after.hours_of', { hours: hoursText(t.language, value) })}
            />
          </Card>
          <Table
            caption={t('after.in_year', { year: String(year) })}
            head={[t('after.col_kind'), t('after.col_hours'), t('after.col_events'), t('after.col_people')]}
          >
            {rows.map((row) => (
              <tr key={row.kind}>
                <th scope="row" className="font-normal">
                  {kindName(t, kinds, row.kind)}
                </th>
                <td className="tabular-nums">{hoursText(t.language, row.minutes)}</td>
                <td className="tabular-nums">{formatNumber(t.language, row.events)}</td>
                <td className="tabular-nums">{formatNumber(t.language, row.people)}</td>
              </tr>
            ))}
            <tr className="font-bold">
              <th scope="row">{t('after.all')}</th>
              <td className="tabular-nums">{hoursText(t.language, minutes)}</td>
              <td className="tabular-nums">{formatNumber(t.language, events)}</td>
              <td />
            </tr>
          </Table>
        </>
      )}
    </>
  )
}
