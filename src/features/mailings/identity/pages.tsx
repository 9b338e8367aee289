import type { FieldErrors } from '../../../platform/http/form.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert, Badge, Card, Field, PageHead } from '../../../platform/ui/components.tsx'
import { list } from '../pages.tsx'
import type { Checked } from './dns.ts'
import './messages.ts'
import { domainOf, type Identity } from './queries.ts'

interface IdentityProps {
  t: Translate
  identity: Identity | null
  /** null: not looked yet. */
  checked: readonly Checked[] | null
  installation_address: string
  /** Where each mail system reports to. */
  report_addresses: readonly { from: string; address: string }[]
  typed: Record<string, string>
  errors: FieldErrors
}

const serviceNames: Record<string, string> = { ses: 'Amazon SES (SNS)', postmark: 'Postmark', mailgun: 'Mailgun' }

const looks = { good: 'success', missing: 'warning', wrong: 'error', unused: 'info', untold: 'info' } as const

export function IdentityPage({ t, identity, checked, installation_address, report_addresses, typed, errors }: IdentityProps) {
  const here = `${list}/identity`
  const form = { t, typed, errors }
  return (
    <div className="max-w-3xl">
      <PageHead title={t('identity.title')} lead={t('identity.lead')} back={{ href: list, label: t('mailings.title') }} />
      {errors[''] && <Alert kind="error">{t.dynamic(errors[''])}</Alert>}
      {identity && (
        <Alert kind={identity.is_signing ? 'success' : 'info'}>
          {identity.is_signing ? t('identity.in_use') : t('identity.not_in_use', { address: installation_address })}
        </Alert>
      )}
      <form method="post" action={here}>
        <Card>
          <Field {...form} label={t('identity.from_address')} hint={t('identity.from_hint')} name="from_address" type="email" required value={identity?.from_address ?? ''} />
          <Field {...form} label={t('identity.reply_to')} name="reply_to" type="email" value={identity?.reply_to ?? ''} />
          <button className="btn btn-primary">{t('action.save')}</button>
        </Card>
      </form>
      {identity && (
        <Card title={t('identity.records', { domain: domainOf(identity.from_address) })} lead={t(checked ? 'identity.records_lead' : 'identity.records_before')} id="records">
          <form method="post" action={`${here}/look`} className="mb-4">
            <button className="btn">{t('identity.look')}</button>
          </form>
          {checked && (
            <ul className="mb-4 grid gap-4">
              {checked.map(({ check, result, name, found, wanted, why, at = '' }) => (
                <li key={check} className="border-base-300 rounded-lg border p-3">
                  <p className="flex flex-wrap items-center gap-2 font-bold">
                    {t(`identity.check.${check}`)} <Badge kind={looks[result]}>{t(`identity.result.${result}`)}</Badge>
                  </p>
                  {why && <p className="mt-1 wrap-anywhere">{t(`identity.why.${why}`, { at })}</p>}
                  {result !== 'unused' && (
                    <dl className="mt-2 text-sm">
                      <dt className="font-semibold">{t('identity.name')}</dt>
                      <dd className="font-mono wrap-anywhere">{name}</dd>
                      {found && (
                        <>
                          <dt className="font-semibold">{t('identity.found')}</dt>
                          <dd className="font-mono wrap-anywhere whitespace-pre-line">{found}</dd>
                        </>
                      )}
                      {result !== 'good' && wanted && (
                        <>
                          <dt className="font-semibold">{t('identity.wanted')}</dt>
                          <dd className="font-mono wrap-anywhere whitespace-pre-line">{wanted}</dd>
                        </>
                      )}
                    </dl>
                  )}
                </li>
              ))}
            </ul>
          )}
          <form method="post" action={`${here}/use`}>
            <input type="hidden" name="is_signing" value={identity.is_signing ? 'no' : 'yes'} />
            <button className={identity.is_signing ? 'btn' : 'btn btn-primary'}>{t(identity.is_signing ? 'identity.stop_using' : 'identity.use')}</button>
          </form>
        </Card>
      )}
      <Card title={t('identity.reports')} lead={t('identity.reports_lead')} id="reports">
        <dl className="text-sm">
          {report_addresses.map(({ from, address }) => (
            <div key={from} className="mb-3">
              <dt className="font-semibold">{from === 'mail' ? t('identity.reports_mail') : serviceNames[from]}</dt>
              <dd className="font-mono wrap-anywhere">{address}</dd>
            </div>
          ))}
        </dl>
      </Card>
    </div>
  )
} // prettier-ignore
