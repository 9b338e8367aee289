import { formatDate } from '../../../../platform/i18n/formats.ts'
import type { Translate } from '../../../../platform/i18n/messages.ts'
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
        <ul className="divide-base-300 divide-y">
          {rows.map((row) => (
            <li key={row.key} className="py-3">
              <p className="max-w-prose">{t.dynamic(`law.${row.key}`)}</p>
              <dl className="mt-2 grid gap-x-6 gap-y-1 text-sm sm:grid-cols-3">
                {[
                  [t('law.for_us'), t(`law.binds.${row.binds}`)],
                  [t('law.since'), inForce(t, row)],
                  [
                    t('law.source'),
                    [
                      row.source,
                      `${t(`law.confidence.${row.confidence}`)} ${t('law.as_of', { date: formatDate(t.language, row.checked_on) })}`,
                    ]
                      .filter(Boolean)
                      .join(' · '),
                  ],
                ].map(([name, text]) => (
                  <div key={name}>
                    <dt className="font-semibold">{name}</dt>
                    <dd>{text}</dd>
                  </div>
                ))}
              </dl>
            </li>
          ))}
        </ul>
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
