import { formatDate, formatDateTime, formatMoney } from '../../../platform/i18n/formats.ts'
import { localized } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import type { FieldErrors } from '../../../platform/http/form.ts'
import { Alert, Card, Choices, ErrorSummary, Field, PageHead } from '../../../platform/ui/components.tsx'
import type { MembershipKind } from '../../people/membership/queries.ts'
import type { Checkout, FailedRefund } from './queries.ts'

interface CardsPageProps {
  t: Translate
  account: { set_by: string; set_at: Date; is_practice: boolean } | null
  /** Where the service reports. */
  webhook: string
  errors: FieldErrors
  time_zone: string
}

export function CardsPage({ t, account, webhook, errors, time_zone }: CardsPageProps) {
  return (
    <div className="max-w-2xl">
      <PageHead title={t('cards.title')} lead={t('cards.lead')} back={{ href: '/ledger', label: t('ledger.title') }} />
      <Alert
        kind={account ? 'success' : 'info'}
        title={
          account?.is_practice
            ? t('cards.practice')
            : account
              ? t('cards.on', { name: account.set_by, date: formatDateTime(t.language, account.set_at, time_zone) })
              : t('cards.off')
        }
      />
      {account?.is_practice && <p className="mb-4">{t('cards.practice_text')}</p>}
      <form method="post" action="/ledger/cards" autoComplete="off">
        <ErrorSummary
          t={t}
          errors={errors}
          labels={{ secret_key: t('cards.secret_key'), webhook_secret: t('cards.webhook_secret') }}
        />
        <Card>
          <Field
            t={t}
            errors={errors}
            label={t('cards.secret_key')}
            hint={t('cards.secret_key_hint')}
            name="secret_key"
            type="password"
            autoComplete="off"
            required
          />
          <Field
            t={t}
            errors={errors}
            label={t('cards.webhook_secret')}
            hint={<span className="wrap-anywhere">{t('cards.webhook_hint', { address: webhook })}</span>}
            name="webhook_secret"
            type="password"
            autoComplete="off"
            required
          />
        </Card>
        <button className="btn btn-primary">{t('action.save')}</button>
      </form>
      {account && (
        <form method="post" action="/ledger/cards/remove" className="mt-4">
          <button className="btn">{t('cards.remove')}</button>
        </form>
      )}
    </div>
  )
}

interface HeldPageProps {
  t: Translate
  held: readonly Checkout[]
  refunds: readonly FailedRefund[]
  time_zone: string
}

/** What was paid or given back by card and is not in the books, until the treasurer says what became of it. */
export function HeldPage({ t, held, refunds, time_zone }: HeldPageProps) {
  return (
    <div className="max-w-2xl">
      <PageHead
        title={t('cards.held')}
        lead={t('cards.held_lead')}
        back={{ href: '/ledger', label: t('ledger.title') }}
      />
      {held.length + refunds.length === 0 && <p>{t('cards.held_none')}</p>}
      {held.map((each) => (
        <Card key={each.checkout_id}>
          <p>
            {each.kind === null ? (
              <span>
                {formatMoney(each.amount_cents)} {localized(each.what, t.language).text}
              </span>
            ) : (
              <a href={`/ledger/dues/${each.person_id}?kind=${each.kind}`}>{formatMoney(each.amount_cents)}</a>
            )}{' '}
            {formatDateTime(t.language, each.opened_at, time_zone)} ·{' '}
            {each.problem === 'amount' || each.problem === 'twice'
              ? t(
                  each.problem === 'twice' && each.kind === null
                    ? 'cards.held_twice_ticket'
                    : `cards.held_${each.problem}`,
                )
              : t.dynamic(`ledger.problem.${each.problem ?? ''}`)}
            <span className="block text-sm break-all">{each.payment_intent}</span>
          </p>
          <form method="post" action={`/ledger/held/${each.checkout_id}`} className="mt-2 flex flex-wrap gap-2">
            {(['recorded', 'refunded'] as const).map((how) => (
              <button key={how} className="btn" name="how" value={how}>
                {t(`cards.settle_${how}`)}
              </button>
            ))}
          </form>
        </Card>
      ))}
      {refunds.map((each) => (
        <Card key={each.event_id}>
          <p>
            <a href={`/ledger/entries/${each.checkout_id}`}>{formatMoney(each.refunded_cents ?? 0)}</a>{' '}
            {formatDate(t.language, each.on_date)} · {t('cards.held_refund')}
          </p>
          <form method="post" action={`/ledger/held/refunds/${each.event_id}`} className="mt-2">
            <button className="btn">{t('cards.settle_recorded')}</button>
          </form>
        </Card>
      ))}
    </div>
  )
}

interface PayPageProps {
  t: Translate
  /** null: nothing to pay. */
  kind: MembershipKind | null
  paid_until: string | null
  path: string
  checkout_id: string
  /** The service's page, once it is opened. */
  url: string | null
  /** null: there are none. */
  reduced_cents: number | null
  amount_cents: number
  typed: { amount: 'usual' | 'reduced'; reason: string }
  /** 'often': tried too often from here. 'reason': the reduced dues ask for one. */
  problem: 'away' | 'often' | 'reason' | null
  is_paid: boolean
}

export function PayPage(props: PayPageProps) {
  const { t, kind, paid_until, path, checkout_id, url, reduced_cents, amount_cents, typed, problem, is_paid } = props
  const amount = formatMoney(amount_cents)
  const usual = formatMoney(kind?.dues_cents ?? 0)
  return (
    <>
      <h1 className="mb-3 text-2xl font-bold sm:text-3xl">{t('cards.pay')}</h1>
      {is_paid && <Alert kind="success" title={t('cards.paid')} />}
      {problem && problem !== 'reason' && <Alert kind="error" title={t(`cards.${problem}`)} />}
      {!kind ? (
        <p>{t('cards.nothing')}</p>
      ) : (
        <Card>
          <p className="text-lg font-semibold">
            {t('cards.amount', { kind: localized(kind.name, t.language).text, amount: url ? amount : usual })}
          </p>
          {paid_until && <p>{t('membership.dues.until', { date: formatDate(t.language, paid_until) })}</p>}
          {url ? (
            <>
              <p className="my-3">{t('cards.go_text')}</p>
              <a className="btn btn-primary btn-lg" href={url}>
                {t('cards.go')}
              </a>
            </>
          ) : (
            !is_paid && (
              <form method="post" action={path} className="mt-4">
                <input type="hidden" name="checkout_id" value={checkout_id} />
                <input type="hidden" name="lang" value={t.language} />
                {reduced_cents !== null && (
                  <>
                    <Choices
                      t={t}
                      legend={t('cards.which')}
                      name="amount"
                      kind="radio"
                      chosen={[typed.amount]}
                      options={[
                        { value: 'usual', label: t('cards.usual', { amount: usual }) },
                        {
                          value: 'reduced',
                          label: t('cards.reduced', { amount: formatMoney(reduced_cents) }),
                          hint: t('cards.reduced_hint'),
                        },
                      ]}
                    />
                    <Field
                      t={t}
                      label={t('cards.reason_label')}
                      hint={t('cards.reason_hint')}
                      name="reason"
                      maxLength={300}
                      typed={{ reason: typed.reason }}
                      errors={problem === 'reason' ? { reason: 'cards.reason' } : {}}
                    />
                  </>
                )}
                <button className="btn btn-primary btn-lg">
                  {reduced_cents === null ? t('cards.begin', { amount: usual }) : t('cards.begin_chosen')}
                </button>
              </form>
            )
          )}
        </Card>
      )}
    </>
  )
}
