import type { FieldErrors } from '../../../platform/http/form.ts'
import { localized, type Language } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert, Field } from '../../../platform/ui/components.tsx'
import { FormAlert, Gate, GateCard } from '../../../platform/ui/gate.tsx'
import { Icon } from '../../../platform/ui/icon.tsx'
import { NewPasswordField } from '../fields.tsx'
import { roleNames } from '../messages.ts'
import type { Persona } from '../queries.ts'

interface SignInPageProps {
  t: Translate
  language: Language
  back: string
  typed: Record<string, string>
  errors: FieldErrors
  notice?: string
  personas: readonly Persona[]
}

export function SignInPage({ t, language, back, typed, errors, notice, personas }: SignInPageProps) {
  const isPractice = personas.length > 0
  return (
    <Gate title={t('access.sign_in.title')} lead={t('access.sign_in.lead')} wide={isPractice}>
      <div className={isPractice ? 'grid gap-6 lg:grid-cols-2' : ''}>
        {isPractice && <Personas t={t} language={language} back={back} personas={personas} />}
        <GateCard>
          {isPractice && <h2 className="mb-4 text-lg font-bold">{t('access.sign_in.own')}</h2>}
          {notice && <Alert kind="success" title={t.dynamic(notice)} />}
          <FormAlert t={t} errors={errors} />
          <form method="post" action="/sign-in">
            <input type="hidden" name="back" value={back} />
            <Field
              t={t}
              label={t('access.email')}
              name="email"
              type="email"
              autoComplete="username"
              required
              typed={typed}
              errors={errors}
            />
            <Field
              t={t}
              label={t('access.password')}
              name="password"
              type="password"
              autoComplete="current-password"
              required
              errors={errors}
            />
            <button className="btn btn-primary btn-block min-h-12 text-base">{t('access.sign_in.submit')}</button>
            <div className="divider text-sm">{t('access.sign_in.or')}</div>
            <button formAction="/sign-in/link" formNoValidate className="btn btn-outline btn-block min-h-12 text-base">
              <Icon name="mail" /> {t('access.sign_in.link')}
            </button>
            <p className="mt-2 text-center text-sm">{t('access.sign_in.link_hint')}</p>
          </form>
          <p className="mt-6 text-center text-sm">
            <a href="/sign-in/password" className="link inline-flex min-h-8 items-center">
              {t('access.sign_in.forgotten')}
            </a>
          </p>
        </GateCard>
      </div>
      <p className="mt-6 text-center text-sm">{t('access.sign_in.no_account')}</p>
    </Gate>
  )
}

function Personas({ t, language, back, personas }: Pick<SignInPageProps, 't' | 'language' | 'back' | 'personas'>) {
  const organizations = [...new Set(personas.map((each) => localized(each.organization, language).text))]
  return (
    <section aria-labelledby="personas">
      <div className="bg-accent/20 border-accent rounded-box border-2 p-4 sm:p-5">
        <h2 id="personas" className="text-lg font-bold">
          {t('access.personas.title')}
        </h2>
        <p className="mt-1 text-sm">{t('access.personas.lead')}</p>
        {organizations.map((organization) => (
          <div key={organization} className="mt-4">
            <h3 className="mb-2 text-sm font-semibold">{organization}</h3>
            <ul className="space-y-2">
              {personas
                .filter((each) => localized(each.organization, language).text === organization)
                .map((each) => (
                  <li key={`${organization} ${each.user_id}`}>
                    <form method="post" action="/sign-in/persona">
                      <input type="hidden" name="user_id" value={each.user_id} />
                      <input type="hidden" name="back" value={back} />
                      <button className="bg-base-100 border-base-300 hover:border-primary flex min-h-12 w-full cursor-pointer items-center gap-3 rounded-lg border px-3 py-2 text-left">
                        <Icon name="person" />
                        <span className="min-w-0 flex-1">
                          <span className="block font-semibold">{each.name}</span>
                          <span className="block text-sm">{roleNames(t, each.roles)}</span>
                          {each.is_steward && <span className="block text-sm">{t('access.personas.steward')}</span>}
                        </span>
                        <span aria-hidden="true">→</span>
                      </button>
                    </form>
                  </li>
                ))}
            </ul>
          </div>
        ))}
      </div>
    </section>
  )
}

/** `sends_mail`: this server does; else what it would send lies under Sent mail. */
export function LinkSentPage({ t, email, sends_mail }: { t: Translate; email: string; sends_mail: boolean }) {
  return (
    <Gate
      title={t(sends_mail ? 'access.link_sent.title' : 'access.no_mail.title')}
      lead={t(sends_mail ? 'access.link_sent.lead' : 'access.no_mail.lead', { email })}
    >
      <GateCard>
        <p>{t(sends_mail ? 'access.link_sent.text' : 'access.no_mail.text')}</p>
        <a href="/sign-in" className="btn btn-block mt-5">
          {t('access.back_to_sign_in')}
        </a>
      </GateCard>
    </Gate>
  )
}

export function LinkPage({ t, token, back }: { t: Translate; token: string; back: string }) {
  return (
    <Gate title={t('access.link.title')} lead={t('access.link.lead')}>
      <GateCard>
        <form method="post" action={`/sign-in/link/${encodeURIComponent(token)}`}>
          <input type="hidden" name="back" value={back} />
          <button className="btn btn-primary btn-block min-h-14 text-lg">{t('access.link.submit')}</button>
        </form>
      </GateCard>
    </Gate>
  )
}

export function CodePage({ t, back, errors }: { t: Translate; back: string; errors: FieldErrors }) {
  return (
    <Gate title={t('access.code.title')} lead={t('access.code.lead')}>
      <GateCard>
        <FormAlert t={t} errors={errors} />
        <form method="post" action="/sign-in/code">
          <input type="hidden" name="back" value={back} />
          <Field
            t={t}
            label={t('access.code.label')}
            hint={t('access.code.hint')}
            name="code"
            autoComplete="one-time-code"
            required
            errors={errors}
          />
          <label className="mb-5 flex min-h-11 cursor-pointer items-center gap-3">
            <input type="checkbox" name="trust" value="yes" className="checkbox" />
            <span>{t('access.code.trust')}</span>
          </label>
          <button className="btn btn-primary btn-block min-h-12 text-base">{t('access.sign_in.submit')}</button>
        </form>
        <p className="mt-5 text-center text-sm">
          <a href="/sign-in" className="link inline-flex min-h-8 items-center">
            {t('access.back_to_sign_in')}
          </a>
        </p>
      </GateCard>
    </Gate>
  )
}

interface ForgottenProps {
  t: Translate
  typed: Record<string, string>
  errors: FieldErrors
  is_sent: boolean
  sends_mail: boolean
}

export function PasswordForgottenPage({ t, typed, errors, is_sent, sends_mail }: ForgottenProps) {
  return (
    <Gate title={t('access.forgotten.title')} lead={is_sent ? undefined : t('access.forgotten.lead')}>
      <GateCard>
        {is_sent ? (
          <Alert
            kind={sends_mail ? 'success' : 'info'}
            title={t(sends_mail ? 'access.forgotten.sent' : 'access.no_mail.title')}
          >
            {!sends_mail && `${t('access.no_mail.lead', { email: typed.email ?? '' })} `}
            {t(sends_mail ? 'access.link_sent.text' : 'access.no_mail.text')}
          </Alert>
        ) : (
          <>
            <FormAlert t={t} errors={errors} />
            <form method="post" action="/sign-in/password">
              <Field
                t={t}
                label={t('access.email')}
                name="email"
                type="email"
                autoComplete="username"
                required
                typed={typed}
                errors={errors}
              />
              <button className="btn btn-primary btn-block min-h-12 text-base">{t('access.forgotten.submit')}</button>
            </form>
          </>
        )}
        <a href="/sign-in" className="btn btn-ghost btn-block mt-3">
          {t('access.back_to_sign_in')}
        </a>
      </GateCard>
    </Gate>
  )
}

export function PasswordNewPage({ t, errors }: { t: Translate; errors: FieldErrors }) {
  return (
    <Gate title={t('access.new_password.title')} lead={t('access.new_password.lead')}>
      <GateCard>
        <FormAlert t={t} errors={errors} />
        <form method="post">
          <NewPasswordField t={t} errors={errors} />
          <button className="btn btn-primary btn-block min-h-12 text-base">{t('access.new_password.submit')}</button>
        </form>
      </GateCard>
    </Gate>
  )
}
