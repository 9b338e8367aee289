import type { FieldErrors } from '../../../platform/http/form.ts'
import { localized, type Language } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Field, Select } from '../../../platform/ui/components.tsx'
import { FormAlert, Gate, GateCard } from '../../../platform/ui/gate.tsx'
import { NewPasswordField } from '../../access/fields.tsx'
import { roleNames } from '../../access/messages.ts'
import '../messages.ts'
import type { Invitation } from '../queries.ts'
import { timeZones } from '../schema.ts'

interface WelcomePageProps {
  t: Translate
  language: Language
  token: string
  invitation: Invitation
  signed_in_as: string | null
  typed: Record<string, string>
  errors: FieldErrors
}

export function WelcomePage({ t, language, token, invitation, signed_in_as, typed, errors }: WelcomePageProps) {
  const organization = localized(invitation.organization, language).text
  if (invitation.state !== 'open') {
    return (
      <Gate title={t(`invitation.${invitation.state}.title`)} lead={t(`invitation.${invitation.state}.text`)}>
        <GateCard>
          <a href="/sign-in" className="btn btn-primary btn-block">
            {t('shell.sign_in')}
          </a>
        </GateCard>
      </Gate>
    )
  }
  const path = `/welcome/${encodeURIComponent(token)}`
  return (
    <Gate
      title={t('invitation.welcome', { organization })}
      lead={t('invitation.as', { roles: roleNames(t, invitation.roles) })}
    >
      <GateCard>
        <FormAlert t={t} errors={errors} />
        {invitation.note && <p className="border-accent mb-5 border-l-4 pl-3">{invitation.note}</p>}
        {signed_in_as !== null ? (
          <>
            <p className="mb-4">{t('invitation.signed_in_as', { name: signed_in_as })}</p>
            <form method="post" action={path}>
              <button className="btn btn-primary btn-block min-h-14 text-lg">{t('invitation.join')}</button>
            </form>
            <form method="post" action="/sign-out" className="mt-3">
              <button className="btn btn-ghost btn-block">{t('invitation.not_me')}</button>
            </form>
          </>
        ) : (
          <>
            <form method="post" action={path}>
              <PersonFields t={t} name="name" typed={typed} errors={errors} />
              <button className="btn btn-primary btn-block min-h-12 text-base">{t('invitation.join_new')}</button>
            </form>
            <div className="divider text-sm">{t('access.sign_in.or')}</div>
            <a href={`/sign-in?back=${encodeURIComponent(path)}`} className="btn btn-outline btn-block min-h-12">
              {t('invitation.have_account')}
            </a>
          </>
        )}
      </GateCard>
    </Gate>
  )
}

function PersonFields({
  t,
  name,
  typed,
  errors,
}: {
  t: Translate
  name: string
  typed: Record<string, string>
  errors: FieldErrors
}) {
  return (
    <>
      <Field
        t={t}
        label={t('account.name')}
        hint={t('account.name_hint')}
        name={name}
        autoComplete="name"
        required
        typed={typed}
        errors={errors}
        maxLength={100}
      />
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
      <NewPasswordField t={t} errors={errors} />
    </>
  )
}

interface SetUpPageProps {
  t: Translate
  typed: Record<string, string>
  errors: FieldErrors
}

export function SetUpPage({ t, typed, errors }: SetUpPageProps) {
  return (
    <Gate title={t('setup.title')} lead={t('setup.lead')}>
      <GateCard>
        <FormAlert t={t} errors={errors} />
        <form method="post" action="/setup">
          <Field
            t={t}
            label={t('setup.code')}
            hint={t('setup.code_hint')}
            name="code"
            autoComplete="off"
            required
            typed={typed}
            errors={errors}
          />
          <h2 className="mt-6 mb-3 text-lg font-bold">{t('setup.organization')}</h2>
          <NameFields t={t} typed={typed} errors={errors} />
          <TimeZoneField t={t} typed={typed} errors={errors} value="America/New_York" />
          <h2 className="mt-6 mb-3 text-lg font-bold">{t('setup.person')}</h2>
          <PersonFields t={t} name="person" typed={typed} errors={errors} />
          <button className="btn btn-primary btn-block min-h-12 text-base">{t('setup.submit')}</button>
        </form>
      </GateCard>
    </Gate>
  )
}

interface NameFieldsProps {
  t: Translate
  typed: Record<string, string>
  errors: FieldErrors
  name?: Record<string, string>
}

/** The organization's name; one of the two is enough. */
export function NameFields({ t, typed, errors, name }: NameFieldsProps) {
  return (
    <>
      <Field
        t={t}
        label={t('settings.name_en')}
        hint={t('settings.name_hint')}
        name="name_en"
        is_one_of_several
        lang="en"
        autoComplete="organization"
        typed={typed}
        value={name?.en ?? ''}
        errors={errors}
        maxLength={120}
      />
      <Field
        t={t}
        label={t('settings.name_ko')}
        name="name_ko"
        is_one_of_several
        lang="ko"
        autoComplete="off"
        typed={typed}
        value={name?.ko ?? ''}
        errors={errors}
        maxLength={120}
      />
    </>
  )
}

export function TimeZoneField({
  t,
  typed,
  errors,
  value,
}: {
  t: Translate
  typed: Record<string, string>
  errors: FieldErrors
  value: string
}) {
  return (
    <Select
      t={t}
      label={t('settings.time_zone')}
      name="time_zone"
      required
      typed={typed}
      value={value}
      options={timeZones.map((zone) => ({ value: zone, label: t(`settings.zone.${zone}`) }))}
      errors={errors}
    />
  )
}
