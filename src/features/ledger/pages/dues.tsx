import { formatDate, formatMoney } from '../../../platform/i18n/formats.ts'
import { localized } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import type { FieldErrors } from '../../../platform/http/form.ts'
import { Alert, Card, Choices, ErrorSummary, Field, PageHead } from '../../../platform/ui/components.tsx'
import type { MembershipKind } from '../../people/membership/queries.ts'
import '../cards/messages.ts'
import { settled } from '../schema.ts'

interface DuesPageProps {
  t: Translate
  who: string
  /** Whose dues. */
  name: string
  back: string
  kinds: readonly MembershipKind[]
  kind: MembershipKind
  /** The last day paid for, as far as it is known. */
  paid_until: string | null
  form_key: string
  /** Where this member pays by card; null: cards are not set up. */
  pay_address: string | null
  /** Where a receipt may be mailed to. */
  mailbox: string | null
  typed: Record<string, string>
  errors: FieldErrors
}

/** One short form: how much, how, until when. */
export function DuesPage({
  t,
  who,
  name,
  back,
  kinds,
  kind,
  paid_until,
  pay_address,
  mailbox,
  form_key,
  typed,
  errors,
}: DuesPageProps) {
  const shared = { t, typed, errors }
  const path = `/ledger/dues/${who}`
  return (
    <div className="max-w-2xl">
      <PageHead
        title={t('ledger.dues.title', { name })}
        lead={
          paid_until
            ? t('membership.dues.until', { date: formatDate(t.language, paid_until) })
            : t('ledger.dues.first_time')
        }
        back={{ href: back, label: name }}
      />
      {errors[''] && <Alert kind="error">{t.dynamic(errors[''])}</Alert>}
      <ErrorSummary
        t={t}
        errors={Object.fromEntries(Object.entries(errors).filter(([field]) => field !== ''))}
        labels={{
          amount: t('ledger.amount'),
          reason: t('ledger.dues.reason'),
          paid_on: t('ledger.on_date'),
          from_on: t('ledger.dues.from_on'),
          until_on: t('ledger.dues.until_on'),
          way: t('ledger.way'),
        }}
      />
      <nav aria-label={t('membership.kind')} className="mb-4 flex flex-wrap gap-2">
        {kinds
          .filter(({ archived_at }) => archived_at === null)
          .map((each) => {
            const shown = localized(each.name, t.language)
            return (
              <a
                key={each.kind}
                href={`${path}?kind=${each.kind}`}
                lang={shown.language}
                aria-current={each.kind === kind.kind ? 'page' : undefined}
                className="btn min-h-11 aria-[current=page]:btn-primary"
              >
                {shown.text}
              </a>
            )
          })}
      </nav>
      {pay_address && (
        <p className="mb-4 break-all">
          {t('cards.link')}:{' '}
          <a className="link" href={pay_address}>
            {pay_address}
          </a>
        </p>
      )}
      <form method="post" action={path}>
        <input type="hidden" name="form_key" value={form_key} />
        <input type="hidden" name="kind" value={kind.kind} />
        <Card>
          <Choices
            t={t}
            legend={t('ledger.way')}
            name="way"
            kind="radio"
            chosen={[typed.way ?? 'check']}
            errors={errors}
            options={settled.map((value) => ({ value, label: t(`ledger.settled.${value}`) }))}
          />
          <Field
            {...shared}
            label={t('ledger.amount')}
            name="amount"
            inputMode="decimal"
            hint={
              kind.dues_cents === 0
                ? t('membership.kinds.no_dues')
                : kind.reduced_cents === null
                  ? t('ledger.dues.usual', { amount: formatMoney(kind.dues_cents) })
                  : t('ledger.dues.usual_or_reduced', {
                      amount: formatMoney(kind.dues_cents),
                      reduced: formatMoney(kind.reduced_cents),
                    })
            }
          />
          <Field
            {...shared}
            label={t('ledger.reference')}
            name="reference"
            hint={t('ledger.reference_hint')}
            maxLength={80}
          />
          <Field {...shared} label={t('ledger.on_date')} name="paid_on" type="date" required />
          <div className="grid items-end gap-x-4 sm:grid-cols-2">
            <Field {...shared} label={t('ledger.dues.from_on')} name="from_on" type="date" required />
            <Field
              {...shared}
              label={t('ledger.dues.until_on')}
              name="until_on"
              type="date"
              hint={t('ledger.dues.until_hint')}
            />
          </div>
          <Field
            {...shared}
            label={t('ledger.dues.reason')}
            name="reason"
            hint={t('ledger.dues.reason_hint')}
            maxLength={300}
          />
          {mailbox && (
            <Choices
              t={t}
              name="mails"
              kind="checkbox"
              chosen={typed.form_key && !typed.mails ? [] : ['yes']}
              options={[
                {
                  value: 'yes',
                  label: t('ledger.dues.mails', { address: mailbox }),
                  hint: t('ledger.dues.mails_hint'),
                },
              ]}
            />
          )}
        </Card>
        <button className="btn btn-primary">{t('action.save')}</button>
      </form>
    </div>
  )
}
