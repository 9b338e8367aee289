import { formatDate, formatMoney } from '../../../platform/i18n/formats.ts'
import { localized } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import {
  Badge,
  Card,
  EmptyState,
  Figure,
  Figures,
  PageHead,
  Pagination,
  Table,
} from '../../../platform/ui/components.tsx'
import { Unbroken } from '../../../platform/ui/unbroken.tsx'
import '../cards/messages.ts'
import type { Entry } from '../queries.ts'
import { byMonth, receiptName, type MonthOfWay } from '../rules.ts'

export const ledgerSize = 50

interface LedgerPageProps {
  t: Translate
  year: number
  years: readonly number[]
  sums: readonly MonthOfWay[]
  rows: readonly Entry[]
  total: number
  from: number
  may_edit: boolean
  /** Paid or given back by card and not in the books. */
  held: number
  may_set_up: boolean
}

/** What came in and was given back in a year, by month and way of payment, and every receipt. */
export function LedgerPage({ t, year, years, sums, rows, total, from, may_edit, held, may_set_up }: LedgerPageProps) {
  const table = byMonth(sums)
  return (
    <>
      <PageHead
        title={t('ledger.title')}
        lead={t('ledger.lead')}
        actions={
          <>
            <a className="btn" href="/ledger/tickets">
              {t('ledger.tickets')}
            </a>
            {may_edit && (
              <>
                <a className="btn" href="/ledger/bank">
                  {t('ledger.bank.title')}
                </a>
                {held > 0 && (
                  <a className="btn btn-primary" href="/ledger/held">
                    {t('cards.held_count', { count: held })}
                  </a>
                )}
                {may_set_up && (
                  <a className="btn" href="/ledger/cards">
                    {t('cards.title')}
                  </a>
                )}
                <a className="btn" href={`/ledger/export.csv?year=${year}`}>
                  {t('ledger.export')}
                </a>
              </>
            )}
          </>
        }
      />
      <nav aria-label={t('ledger.year')} className="mb-4 flex flex-wrap gap-2">
        {years.map((each) => (
          <a
            key={each}
            href={`/ledger?year=${each}`}
            aria-current={each === year ? 'page' : undefined}
            className="btn min-h-11 tabular-nums aria-[current=page]:btn-primary"
          >
            {each}
          </a>
        ))}
      </nav>
      {total === 0 ? (
        <EmptyState
          icon="log"
          title={t('ledger.none')}
          action={
            may_edit && (
              <a className="btn btn-primary" href="/membership?show=due">
                {t('ledger.none_action')}
              </a>
            )
          }
        >
          {t('ledger.none_text')}
        </EmptyState>
      ) : (
        <>
          <Figures>
            <Figure label={t('ledger.year_total', { year: String(year) })} value={formatMoney(table.cents)} />
            {table.ways.map((way, at) => (
              <Figure key={way} label={t.dynamic(`ledger.way.${way}`)} value={formatMoney(table.totals[at] ?? 0)} />
            ))}
          </Figures>
          <Card title={t('ledger.by_month')} id="months">
            <Table
              caption={t('ledger.by_month')}
              head={[t('ledger.month'), ...table.ways.map((way) => t.dynamic(`ledger.way.${way}`)), t('ledger.sum')]}
            >
              {table.months.map(({ month, cells, cents }) => (
                <tr key={month}>
                  <th scope="row" className="whitespace-nowrap tabular-nums">
                    {month}
                  </th>
                  {cells.map((cell, at) => (
                    <td key={table.ways[at]} className="whitespace-nowrap tabular-nums">
                      {cell === 0 ? '–' : formatMoney(cell)}
                    </td>
                  ))}
                  <td className="font-semibold whitespace-nowrap tabular-nums">{formatMoney(cents)}</td>
                </tr>
              ))}
            </Table>
          </Card>
          <Table
            caption={t('ledger.entries')}
            head={[t('ledger.receipt'), t('ledger.on_date'), t('ledger.payer'), t('ledger.amount'), t('ledger.what')]}
          >
            {rows.map((entry) => (
              <tr key={entry.entry_id}>
                <th scope="row" className="whitespace-nowrap tabular-nums">
                  <a href={`/ledger/entries/${entry.entry_id}`}>{receiptName(entry)}</a>
                </th>
                <td className="whitespace-nowrap">{formatDate(t.language, entry.on_date, 'short')}</td>
                <td className="min-w-40 break-keep">{entry.payer}</td>
                <td className="whitespace-nowrap tabular-nums">
                  {formatMoney(entry.amount_cents)} {t(`ledger.way.${entry.way}`)}
                  {entry.kind !== 'payment' && (
                    <span className="block">
                      <Badge>{t(`ledger.kind.${entry.kind}`)}</Badge>
                    </span>
                  )}
                </td>
                <td className="min-w-56 text-sm">
                  <Unbroken text={localized(entry.what, t.language).text} />
                </td>
              </tr>
            ))}
          </Table>
          <Pagination
            t={t}
            from={from}
            shown={rows.length}
            total={total}
            size={ledgerSize}
            href={(next) => `/ledger?year=${year}&from=${next}`}
          />
        </>
      )}
    </>
  )
}
