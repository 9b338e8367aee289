import { formatDate, formatMoney } from '../../../platform/i18n/formats.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert, Badge, Card, Choices, Figure, Figures, PageHead } from '../../../platform/ui/components.tsx'
import type { Entry } from '../queries.ts'
import { receiptName } from '../rules.ts'
import type { MatchedLine, StoredLine } from './queries.ts'
import type { BankProblem } from './rules.ts'

interface BankPageProps {
  t: Translate
  entries: readonly Entry[]
  lines: readonly StoredLine[]
  matched: readonly MatchedLine[]
  aside: readonly StoredLine[]
  /** What the last file brought. */
  brought: { added: number; matched: number; skipped: number; lines?: readonly string[] | undefined } | null
  problem: { is: BankProblem; headers: readonly string[] } | null
}

const sum = (of: readonly { amount_cents: number }[]): string =>
  formatMoney(of.reduce((all, { amount_cents }) => all + amount_cents, 0))

/** The ledger beside the bank: what is on one side only. */
export function BankPage({ t, entries, lines, matched, aside, brought, problem }: BankPageProps) {
  return (
    <>
      <PageHead
        title={t('ledger.bank.title')}
        lead={t('ledger.bank.lead')}
        back={{ href: '/ledger', label: t('ledger.title') }}
      />
      {problem && (
        <Alert kind="error" title={t(`ledger.bank.problem.${problem.is}`)}>
          {problem.headers.length > 0 && t('ledger.bank.headers', { headers: problem.headers.join(', ') })}
        </Alert>
      )}
      {brought && (
        <Alert kind="success" title={t('ledger.bank.brought', { count: brought.added, matched: brought.matched })}>
          {brought.skipped > 0 && t('ledger.bank.skipped', { count: brought.skipped })}{' '}
          {brought.lines && t('ledger.bank.skipped_lines', { lines: brought.lines.join(', ') })}
        </Alert>
      )}
      <Card title={t('ledger.bank.file')} lead={t('ledger.bank.file_lead')} id="file">
        <form
          method="post"
          action="/ledger/bank"
          encType="multipart/form-data"
          className="flex flex-wrap items-end gap-3"
        >
          <div className="min-w-0 flex-1 basis-64">
            <label htmlFor="csv" className="mb-1 block font-semibold">
              {t('ledger.bank.csv')}
            </label>
            <input id="csv" name="csv" type="file" accept=".csv,text/csv" required className="file-input w-full" />
          </div>
          <button className="btn btn-primary">{t('ledger.bank.take_in')}</button>
        </form>
      </Card>
      <Figures>
        <Figure
          label={t('ledger.bank.only_ledger')}
          value={sum(entries)}
          note={t('ledger.bank.count', { count: entries.length })}
        />
        <Figure
          label={t('ledger.bank.only_bank')}
          value={sum(lines)}
          note={t('ledger.bank.count', { count: lines.length })}
        />
      </Figures>
      <div className="grid items-start gap-x-6 lg:grid-cols-2">
        <Card
          title={t('ledger.bank.only_ledger')}
          lead={t('ledger.bank.only_ledger_lead')}
          id="ledger"
          actions={
            entries.length > 0 &&
            lines.length > 0 && (
              <form method="post" action="/ledger/bank/match">
                <button className="btn btn-sm min-h-11">{t('ledger.bank.again')}</button>
              </form>
            )
          }
        >
          {entries.length === 0 && <p>{t('ledger.bank.all_found')}</p>}
          <ul className="divide-base-300 divide-y">
            {entries.map((entry) => (
              <li key={entry.entry_id} className="flex flex-wrap gap-x-3 py-2">
                <a className="tabular-nums" href={`/ledger/entries/${entry.entry_id}`}>
                  {receiptName(entry)}
                </a>
                <span className="min-w-0 flex-1 break-words">{entry.payer}</span>
                <span className="font-semibold tabular-nums">{formatMoney(entry.amount_cents)}</span>
                <span className="w-full text-sm">{entryText(t, entry)}</span>
              </li>
            ))}
          </ul>
        </Card>
        <Card title={t('ledger.bank.only_bank')} lead={t('ledger.bank.only_bank_lead')} id="bank">
          {lines.length === 0 && (
            <p>{t(matched.length + aside.length === 0 ? 'ledger.bank.no_file' : 'ledger.bank.all_found')}</p>
          )}
          <ul className="divide-base-300 divide-y">
            {lines.map((line) => (
              <li key={line.line_id} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
                <Line t={t} line={line} />
                <a className="btn btn-sm min-h-11" href={`/ledger/bank/lines/${line.line_id}`}>
                  {t('ledger.bank.choose')}
                </a>
                <form method="post" action={`/ledger/bank/lines/${line.line_id}/aside`}>
                  <button className="btn btn-sm min-h-11">{t('ledger.bank.aside')}</button>
                </form>
              </li>
            ))}
          </ul>
        </Card>
      </div>
      <Found t={t} title={t('ledger.bank.matched')} lines={matched} />
      <Found t={t} title={t('ledger.bank.set_aside')} lines={aside} />
    </>
  )
}

function Found({ t, title, lines }: { t: Translate; title: string; lines: readonly (StoredLine | MatchedLine)[] }) {
  if (lines.length === 0) return null
  return (
    <Card title={title}>
      <ul className="divide-base-300 divide-y">
        {lines.map((line) => (
          <li key={line.line_id} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
            <Line t={t} line={line} />
            {'entries' in line && (
              <span className="w-full text-sm">
                {line.entries.map((entry) => (
                  <a key={entry.entry_id} className="mr-3 inline-block" href={`/ledger/entries/${entry.entry_id}`}>
                    {receiptName(entry)} {entry.payer} {formatMoney(entry.amount_cents)}
                  </a>
                ))}
                <Badge>{t(`ledger.bank.how.${line.how}`)}</Badge>
              </span>
            )}
            <form method="post" action={`/ledger/bank/lines/${line.line_id}/open`}>
              <button className="btn btn-sm min-h-11">{t('action.undo')}</button>
            </form>
          </li>
        ))}
      </ul>
    </Card>
  )
}

function Line({ t, line }: { t: Translate; line: StoredLine }) {
  return (
    <span className="min-w-0 flex-1 basis-56">
      <span className="font-semibold tabular-nums">{formatMoney(line.amount_cents)}</span>{' '}
      <span>{formatDate(t.language, line.on_date, 'short')}</span>
      <span className="block text-sm break-words">{[line.text, line.reference].filter(Boolean).join(' · ')}</span>
    </span>
  )
}

const entryText = (t: Translate, entry: Entry): string =>
  [entry.on_date, t(`ledger.way.${entry.way}`), entry.reference].filter(Boolean).join(' · ')

/** Which payments one line is: several, where they were brought to the bank together. */
export function LinePage({
  t,
  line,
  entries,
  chosen,
  error,
}: {
  t: Translate
  line: StoredLine
  entries: readonly Entry[]
  chosen: readonly string[]
  error: string | null
}) {
  return (
    <div className="max-w-3xl">
      <PageHead
        title={t('ledger.bank.which', { amount: formatMoney(line.amount_cents) })}
        lead={[formatDate(t.language, line.on_date), line.text, line.reference].filter(Boolean).join(' · ')}
        back={{ href: '/ledger/bank', label: t('ledger.bank.title') }}
      />
      {error && <Alert kind="error" title={t.dynamic(error)} />}
      {entries.length === 0 ? (
        <p>{t('ledger.bank.nothing_left')}</p>
      ) : (
        <form method="post" action={`/ledger/bank/lines/${line.line_id}`}>
          <Card>
            <Choices
              t={t}
              legend={t('ledger.bank.payments')}
              name="entries[]"
              kind="checkbox"
              chosen={chosen}
              options={entries.map((entry) => ({
                value: entry.entry_id,
                label: `${formatMoney(entry.amount_cents)} · ${entry.payer}`,
                hint: `${receiptName(entry)} · ${entryText(t, entry)}`,
              }))}
            />
          </Card>
          <button className="btn btn-primary">{t('ledger.bank.match')}</button>
        </form>
      )}
    </div>
  )
}
