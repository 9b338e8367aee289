import type { ReactNode } from 'react'
import type { FieldErrors } from '../../../platform/http/form.ts'
import { formatAgo } from '../../../platform/i18n/formats.ts'
import { languageNames, languages, localized, type Language } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert, Badge, Card, Choices, Field, PageHead } from '../../../platform/ui/components.tsx'
import { QrCode } from '../../../platform/ui/qr.tsx'
import { NewPasswordField } from '../fields.tsx'
import { roleNames } from '../messages.ts'
import type { AccountUser, Membership, OpenSession } from '../queries.ts'
import { deviceOf } from '../rules.ts'

export type AccountNotice =
  | 'saved'
  | 'password'
  | 'second_factor_on'
  | 'second_factor_off'
  | 'session_ended'
  | 'sessions_ended'

interface AccountPageProps {
  t: Translate
  language: Language
  account: AccountUser
  memberships: readonly Membership[]
  current_organization: string
  is_steward: boolean
  sessions: readonly OpenSession[]
  current_session: string
  now: Date
  typed: Record<string, string>
  errors: FieldErrors
  notice?: AccountNotice
}

export function AccountPage(props: AccountPageProps) {
  const { t, account, notice, typed, errors } = props
  return (
    <div className="max-w-3xl">
      <PageHead title={t('shell.account')} lead={account.email} />
      {notice && <Alert kind="success" title={t(`account.done.${notice}`)} />}
      {Object.keys(errors).length > 0 && <Alert kind="error" title={t('form.check')} />}

      <Card title={t('account.profile')} id="profile">
        <form method="post" action="/account/profile">
          <Field
            t={t}
            label={t('account.name')}
            hint={t('account.name_hint')}
            name="name"
            autoComplete="name"
            required
            value={account.name}
            typed={typed}
            errors={errors}
            maxLength={100}
          />
          <Choices
            legend={t('account.language')}
            hint={t('account.language_hint')}
            t={t}
            name="language"
            kind="radio"
            chosen={[typed.language ?? account.language ?? props.language]}
            options={languages.map((value) => ({ value, label: languageNames[value] ?? value, lang: value }))}
            errors={errors}
          />
          <button className="btn btn-primary">{t('action.save')}</button>
        </form>
      </Card>

      <Organizations {...props} />
      <Password t={t} account={account} errors={errors} />
      <SecondFactor t={t} account={account} errors={errors} />
      <Sessions {...props} />
    </div>
  )
}

function Organizations({ t, language, memberships, current_organization, is_steward }: AccountPageProps) {
  return (
    <Card title={t('account.organizations')} id="organizations">
      {memberships.length === 0 && <p>{t('account.no_organization')}</p>}
      <ul className="divide-base-300 divide-y">
        {memberships.map((each) => (
          <li
            key={each.organization_id}
            className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3 first:pt-0 last:pb-0"
          >
            <div className="min-w-0 flex-1 basis-52">
              <p className="font-semibold">{localized(each.name, language).text}</p>
              <p className="text-sm">{roleNames(t, each.roles)}</p>
            </div>
            {each.organization_id === current_organization ? (
              <Badge kind="success">{t('account.organization_current')}</Badge>
            ) : (
              <form method="post" action="/account/organization">
                <input type="hidden" name="organization_id" value={each.organization_id} />
                <button className="btn btn-outline">{t('account.organization_switch')}</button>
              </form>
            )}
          </li>
        ))}
      </ul>
      {is_steward && (
        <p className="mt-4 text-sm">
          <Badge kind="info">{t('access.role.steward')}</Badge> {t('account.steward')}
        </p>
      )}
    </Card>
  )
}

interface AccountPart {
  t: Translate
  account: AccountUser
  errors: FieldErrors
}

function Password({ t, account, errors }: AccountPart) {
  return (
    <Card
      title={t('access.password')}
      id="password-card"
      lead={account.has_password ? undefined : t('account.no_password')}
    >
      <form method="post" action="/account/password">
        {account.has_password && (
          <Field
            t={t}
            label={t('account.current_password')}
            name="current"
            type="password"
            autoComplete="current-password"
            required
            errors={errors}
          />
        )}
        <NewPasswordField t={t} errors={errors} />
        {account.has_password && <p className="mb-4 text-sm">{t('account.password_ends_others')}</p>}
        <button className="btn btn-primary">
          {account.has_password ? t('account.change_password') : t('account.set_password')}
        </button>
      </form>
    </Card>
  )
}

function SecondFactor({ t, account, errors }: AccountPart) {
  const proof = account.has_password && (
    <Field
      t={t}
      label={t('account.current_password')}
      hint={t('account.proof_hint')}
      name="proof"
      type="password"
      autoComplete="current-password"
      required
      errors={errors}
    />
  )
  if (!account.has_second_factor) {
    return (
      <Card title={t('account.second_factor.title')} lead={t('account.second_factor.lead')} id="second-factor">
        <form method="post" action="/account/second-factor">
          {proof}
          <button className="btn btn-primary">{t('account.second_factor.begin')}</button>
        </form>
      </Card>
    )
  }
  return (
    <Card
      title={t('account.second_factor.title')}
      lead={t('account.second_factor.is_on')}
      id="second-factor"
      actions={<Badge kind="success">{t('account.second_factor.on')}</Badge>}
    >
      <form method="post" action="/account/recovery-codes">
        {proof}
        <div className="flex flex-wrap gap-2">
          <button className="btn btn-outline">{t('account.recovery.renew')}</button>
          <button className="btn btn-outline btn-error" formAction="/account/second-factor/off">
            {t('account.second_factor.off')}
          </button>
        </div>
      </form>
    </Card>
  )
}

function Sessions({ t, language, sessions, current_session, now }: AccountPageProps) {
  return (
    <Card
      title={t('account.sessions')}
      lead={t('account.sessions_lead')}
      id="sessions"
      actions={
        sessions.length > 1 && (
          <form method="post" action="/account/sessions/end">
            <button className="btn btn-outline" name="session_id" value="others">
              {t('account.sessions_end_others')}
            </button>
          </form>
        )
      }
    >
      <ul className="divide-base-300 divide-y">
        {sessions.map((each) => {
          const device = deviceOf(each.user_agent) ?? t('account.device_unknown')
          return (
            <li key={each.id} className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3 first:pt-0 last:pb-0">
              <div className="min-w-0 flex-1 basis-52">
                <p className="font-semibold">{device}</p>
                <p className="text-sm">
                  {each.id === current_session
                    ? t('account.session_now')
                    : t('account.session_used', { ago: formatAgo(language, each.last_used_at, now) })}
                  {each.address && <> · {each.address}</>}
                </p>
              </div>
              {each.id === current_session ? (
                <Badge kind="success">{t('account.session_this')}</Badge>
              ) : (
                <form method="post" action="/account/sessions/end">
                  <button
                    className="btn btn-outline"
                    name="session_id"
                    value={each.id}
                    aria-label={t('account.session_end_label', { device })}
                  >
                    {t('shell.sign_out')}
                  </button>
                </form>
              )}
            </li>
          )
        })}
      </ul>
    </Card>
  )
}

interface SecondFactorPageProps {
  t: Translate
  /** otpauth://… */
  uri: string
  /** Recovery codes, by spaces. */
  recovery: string
  errors: FieldErrors
}

export function SecondFactorPage({ t, uri, recovery, errors }: SecondFactorPageProps) {
  const secret = new URL(uri).searchParams.get('secret') ?? ''
  return (
    <div className="max-w-3xl">
      <PageHead
        title={t('account.second_factor.title')}
        lead={t('account.second_factor.steps')}
        back={{ href: '/account', label: t('shell.account') }}
      />
      <Card title={t('account.second_factor.scan')} id="scan">
        <div className="grid items-center gap-6 sm:grid-cols-2">
          <QrCode text={uri} label={t('account.second_factor.qr_label')} />
          <div>
            <p>{t('account.second_factor.scan_text')}</p>
            <p className="mt-4 text-sm">{t('account.second_factor.by_hand')}</p>
            <code className="bg-base-200 mt-1 block rounded-lg p-3" translate="no">
              {secret.match(/.{1,4}/g)?.join(' ')}
            </code>
          </div>
        </div>
      </Card>
      <Card title={t('account.second_factor.keep')} id="keep">
        <Codes t={t} codes={recovery.split(' ')} />
      </Card>
      <Card title={t('account.second_factor.confirm')} id="confirm">
        <form method="post" action="/account/second-factor/confirm">
          <input type="hidden" name="uri" value={uri} />
          <input type="hidden" name="recovery" value={recovery} />
          <Field
            t={t}
            label={t('account.second_factor.code')}
            name="code"
            inputMode="numeric"
            autoComplete="one-time-code"
            required
            errors={errors}
          />
          <button className="btn btn-primary">{t('account.second_factor.finish')}</button>
        </form>
      </Card>
    </div>
  )
}

export function RecoveryCodesPage({ t, codes }: { t: Translate; codes: readonly string[] }) {
  return (
    <div className="max-w-3xl">
      <PageHead title={t('account.recovery.title')} back={{ href: '/account', label: t('shell.account') }} />
      <Card>
        <Codes t={t} codes={codes}>
          <a className="btn btn-primary" href="/account">
            {t('account.recovery.kept')}
          </a>
        </Codes>
      </Card>
    </div>
  )
}

function Codes({ t, codes, children }: { t: Translate; codes: readonly string[]; children?: ReactNode }) {
  return (
    <>
      <p className="mb-4">{t('account.recovery.text')}</p>
      <ul className="bg-base-200 mb-4 grid gap-x-6 gap-y-2 rounded-lg p-4 font-mono sm:grid-cols-2" translate="no">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-2 print:hidden">
        {/* Shown by script where there is one; else the browser's own menu prints. */}
        <button type="button" className="btn btn-outline" data-print hidden>
          {t('action.print')}
        </button>
        {children}
      </div>
    </>
  )
}
