import { formatDate, formatMoney } from '../../../platform/i18n/formats.ts'
import { languageNames, languages, localized } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import type { FieldErrors } from '../../../platform/http/form.ts'
import { Alert, Badge, Card, Choices, Field, PageHead } from '../../../platform/ui/components.tsx'
import { Unbroken } from '../../../platform/ui/unbroken.tsx'
import type { Entry } from '../queries.ts'
import { receiptName } from '../rules.ts'
import { waysByHand } from '../schema.ts'

interface EntryPageProps {
  t: Translate
  entry: Entry
  /** What was given back of it. */
  back: readonly Entry[]
  /** Its profile, for whoever may open it. */
  person_href: string | null
  /** Its dues hold. */
  has_dues: boolean
  may_edit: boolean
  form_key: string
  typed: Record<string, string>
  errors: FieldErrors
  is_new: boolean
}

/** One receipt: what it says, its print in each language, and giving the money back. */
export function EntryPage(props: EntryPageProps) {
  const { t, entry, back, person_href, may_edit, is_new } = props
  const left_cents = back.reduce((left, each) => left + each.amount_cents, entry.amount_cents)
  return (
    <div className="max-w-3xl">
      <PageHead
        title={t(`ledger.entry.${entry.kind}`, { number: receiptName(entry) })}
        back={{ href: `/ledger?year=${entry.on_date.slice(0, 4)}`, label: t('ledger.title') }}
        actions={languages.map((language) => (
          <a key={language} className="btn" href={`/ledger/entries/${entry.entry_id}/receipt.pdf?in=${language}`}>
            {t('ledger.print', { language: languageNames[language] ?? language })}
          </a>
        ))}
      />
      {is_new && <Alert kind="success" title={t('ledger.entry.saved')} />}
      <Card>
        <dl className="grid gap-x-6 gap-y-2 sm:grid-cols-[auto_1fr]">
          <Line label={t('ledger.payer')} value={person_href ? <a href={person_href}>{entry.payer}</a> : entry.payer} />
          <Line
            label={t('ledger.amount')}
            value={<strong className="text-xl tabular-nums">{formatMoney(entry.amount_cents)}</strong>}
          />
          <Line
            label={t('ledger.way')}
            value={[t(`ledger.way.${entry.way}`), entry.reference].filter(Boolean).join(' · ')}
          />
          <Line label={t('ledger.on_date')} value={formatDate(t.language, entry.on_date)} />
          <Line label={t('ledger.what')} value={<Unbroken text={localized(entry.what, t.language).text} />} />
          {entry.note && <Line label={t('ledger.note')} value={entry.note} />}
          <Line label={t('ledger.recorded_by')} value={entry.recorded_by} />
          {entry.of_entry && (
            <Line
              label={t('ledger.belongs_to')}
              value={<a href={`/ledger/entries/${entry.of_entry}`}>{t('ledger.entry.first')}</a>}
            />
          )}
        </dl>
      </Card>
      {back.length > 0 && (
        <Card title={t('ledger.given_back')} id="back">
          <ul>
            {back.map((each) => (
              <li key={each.entry_id} className="py-1">
                <a href={`/ledger/entries/${each.entry_id}`} className="tabular-nums">
                  {receiptName(each)}
                </a>{' '}
                {formatMoney(each.amount_cents)} · {formatDate(t.language, each.on_date, 'short')}{' '}
                <Badge>{t(`ledger.kind.${each.kind}`)}</Badge>
              </li>
            ))}
          </ul>
        </Card>
      )}
      {may_edit && entry.kind === 'payment' && left_cents > 0 && <BackForm {...props} left_cents={left_cents} />}
    </div>
  )
}

const Line = ({ label, value }: { label: string; value: React.ReactNode }) => (
  <>
    <dt className="font-semibold">{label}</dt>
    <dd className="min-w-0 break-words">{value}</dd>
  </>
)

function BackForm({
  t,
  entry,
  back,
  has_dues,
  form_key,
  typed,
  errors,
  left_cents,
}: EntryPageProps & { left_cents: number }) {
  const shared = { t, typed, errors }
  const isOpen = Object.keys(errors).length > 0
  return (
    <details className="mb-6 print:hidden" open={isOpen}>
      <summary className="btn">{t('ledger.back.open')}</summary>
      <form method="post" action={`/ledger/entries/${entry.entry_id}/back`} className="mt-4">
        {errors[''] && <Alert kind="error">{t.dynamic(errors[''])}</Alert>}
        <input type="hidden" name="form_key" value={form_key} />
        <Card>
          <Choices
            t={t}
            legend={t('ledger.back.what')}
            name="kind"
            kind="radio"
            chosen={[typed.kind ?? 'refund']}
            errors={errors}
            options={[
              { value: 'refund', label: t('ledger.back.refund') },
              ...(back.length === 0
                ? [{ value: 'void', label: t('ledger.back.void'), hint: t('ledger.back.void_hint') }]
                : []),
            ]}
          />
          <Field
            {...shared}
            label={t('ledger.amount')}
            name="amount"
            inputMode="decimal"
            value={(left_cents / 100).toFixed(2)}
          />
          <Choices
            t={t}
            legend={t('ledger.back.way')}
            name="way"
            kind="radio"
            chosen={[typed.way ?? 'check']}
            errors={errors}
            options={waysByHand.map((value) => ({ value, label: t(`ledger.way.${value}`) }))}
          />
          <Field {...shared} label={t('ledger.reference')} name="reference" maxLength={80} />
          <Field {...shared} label={t('ledger.on_date')} name="on_date" type="date" required />
          <Field {...shared} label={t('ledger.back.why')} name="note" required maxLength={300} />
          {has_dues && (
            <Choices
              t={t}
              name="takes_dues_back"
              kind="checkbox"
              chosen={isOpen ? (typed.takes_dues_back ? ['yes'] : []) : ['yes']}
              options={[{ value: 'yes', label: t('ledger.back.takes_dues'), hint: t('ledger.back.takes_dues_hint') }]}
            />
          )}
          <button className="btn btn-primary">{t('ledger.back.save')}</button>
        </Card>
      </form>
    </details>
  )
}
