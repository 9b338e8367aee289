import { formatDate } from '../../../../platform/i18n/formats.ts'
import type { Translate } from '../../../../platform/i18n/messages.ts'
import { Table } from '../../../../platform/ui/components.tsx'
import { lawFrom, type LawRow } from '../law.ts'

/** What the law says of calls, each row with its day and source, for whoever sets the rules. */
export function CallLaw({ t, today }: { t: Translate; today: string }) {
  const rows = lawFrom(today)
  return (
    <details id="law" className="bg-base-100 border-base-300 rounded-box mb-6 border px-4 sm:px-6">
      <summary className="min-h-12 cursor-pointer py-4">
        <h2 className="inline text-lg font-bold">{t('law.title')}</h2>
        <span className="ml-2 text-sm">{t('law.lead')}</span>
      </summary>
      <div className="pb-5">
        <p className="mb-3 max-w-prose text-sm">{t('law.advice')}</p>
        <Table caption={t('law.title')} head={[t('law.says'), t('law.for_us'), t('law.since'), t('law.source')]}>
          {rows.map((row) => (
            <tr key={row.key}>
              <th scope="row" className="min-w-64 font-normal">
                {t.dynamic(`law.${row.key}`)}
              </th>
              <td className="min-w-28">{t(`law.binds.${row.binds}`)}</td>
              <td className="min-w-28">{inForce(t, row)}</td>
              <td className="min-w-48 text-sm">
                {row.source && (
                  <>
                    {row.source}
                    <br />
                  </>
                )}
                {t(`law.confidence.${row.confidence}`)}{' '}
                {t('law.as_of', { date: formatDate(t.language, row.checked_on) })}
              </td>
            </tr>
          ))}
        </Table>
      </div>
    </details>
  )
}

function inForce(t: Translate, { from, to }: LawRow): string {
  const day = (date: string) => formatDate(t.language, date)
  if (from && to) return t('law.from_to', { from: day(from), to: day(to) })
  if (from) return t('law.from', { from: day(from) })
  return to ? t('law.to', { to: day(to) }) : t('law.long')
}
