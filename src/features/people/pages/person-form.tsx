import type { FieldErrors } from '../../../platform/http/form.ts'
import { languageNames, localized } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert, Card, Field, PageHead, Select } from '../../../platform/ui/components.tsx'
import type { FormValues } from '../../../platform/ui/form-values.ts'
import { Seen } from '../../../platform/ui/meanwhile.tsx'
import type { VoterRecord } from '../../voterfile/queries.ts'
import type { Alike } from '../duplicates/commands.ts'
import type { Person, Profile } from '../queries.ts'
import { addressLine, customName, customText, effectiveName, type CustomField } from '../rules.ts'
import { communityChoices, spokenLanguages } from '../schema.ts'

interface FieldsProps {
  t: Translate
  typed: Record<string, string>
  errors: FieldErrors
  person: Person | null
  voter: VoterRecord | null
  /** Fields of the organization's own. */
  custom_fields: readonly CustomField[]
}

/** What may be said of somebody. Beside each field stands what the state says, where that is another thing. */
function PersonFields({ t, typed, errors, person, voter, custom_fields }: FieldsProps) {
  const shared = { t, typed, errors }
  const states = (
    own: string | number | null | undefined,
    value: string | number | null | undefined,
  ): string | undefined =>
    own !== null && own !== undefined && value && String(own) !== String(value)
      ? t('people.state_says', { value: String(value) })
      : undefined
  const hasOwnName = (person?.last_name ?? person?.first_name ?? person?.middle_name ?? null) !== null
  const named = hasOwnName ? person : voter
  const own = (value: string | null | undefined) => (hasOwnName ? (value ?? '') : null)
  const lives = person?.address
    ? person
    : voter
      ? { address: addressLine(voter), city: voter.city, zip5: voter.zip5 }
      : null
  return (
    <>
      <Card title={t('people.name')} id="name">
        <Field
          {...shared}
          label={t('people.name_hangul')}
          name="name_hangul"
          lang="ko"
          hint={t('people.name_hangul.hint')}
          value={person?.name_hangul ?? null}
          maxLength={40}
        />
        <div className="grid gap-x-4 sm:grid-cols-3">
          <Field
            {...shared}
            label={t('people.last_name')}
            name="last_name"
            lang="en"
            value={named?.last_name ?? null}
            {...hint(states(own(person?.last_name), voter?.last_name))}
            maxLength={80}
          />
          <Field
            {...shared}
            label={t('people.first_name')}
            name="first_name"
            lang="en"
            value={named?.first_name ?? null}
            {...hint(states(own(person?.first_name), voter?.first_name))}
            maxLength={80}
          />
          <Field
            {...shared}
            label={t('people.middle_name')}
            name="middle_name"
            lang="en"
            value={named?.middle_name ?? null}
            {...hint(states(own(person?.middle_name), voter?.middle_name))}
            maxLength={80}
          />
        </div>
        <Field
          {...shared}
          label={t('people.preferred_title')}
          name="preferred_title"
          hint={t('people.preferred_title.hint')}
          value={person?.preferred_title ?? null}
          maxLength={40}
        />
      </Card>
      <Card title={t('people.language')} lead={t('people.language.never_guess')} id="languages">
        <div className="grid gap-x-4 sm:grid-cols-2">
          <Select
            {...shared}
            label={t('people.language')}
            name="language"
            value={person?.language ?? ''}
            options={languageOptions}
          />
          <Select
            {...shared}
            label={t('people.second_language')}
            name="second_language"
            value={person?.second_language ?? ''}
            options={languageOptions}
          />
        </div>
        <Select
          {...shared}
          label={t('people.community')}
          name="community"
          hint={t('people.community.hint')}
          value={person?.community ?? ''}
          options={[
            { value: '', label: '–' },
            ...communityChoices.map((value) => ({
              value,
              label: t.dynamic(value === 'other' ? 'people.community.other' : `community.${value}`),
            })),
          ]}
        />
      </Card>
      <Card title={t('people.known')} id="facts">
        <div className="grid gap-x-4 sm:grid-cols-2">
          <Field
            {...shared}
            label={t('people.birth_year')}
            name="birth_year"
            inputMode="numeric"
            value={person?.birth_year ?? voter?.birth_year ?? null}
            {...hint(states(person?.birth_year, voter?.birth_year))}
            maxLength={4}
          />
          <Select
            {...shared}
            label={t('people.sex')}
            name="sex"
            value={person?.sex ?? voter?.sex ?? ''}
            options={[
              { value: '', label: '–' },
              ...(['F', 'M', 'X'] as const).map((value) => ({ value, label: t.dynamic(`people.sex.${value}`) })),
            ]}
          />
        </div>
        <Field
          {...shared}
          label={t('people.street')}
          name="address"
          lang="en"
          value={lives?.address ?? null}
          {...hint(states(person?.address, voter ? addressLine(voter) : null))}
          maxLength={120}
        />
        <div className="grid gap-x-4 sm:grid-cols-2">
          <Field
            {...shared}
            label={t('people.city')}
            name="city"
            lang="en"
            value={lives?.city ?? null}
            maxLength={60}
          />
          <Field
            {...shared}
            label={t('people.zip5')}
            name="zip5"
            inputMode="numeric"
            value={lives?.zip5 ?? null}
            maxLength={10}
          />
        </div>
      </Card>
      {custom_fields.length > 0 && (
        <Card title={t('people.custom')} id="custom">
          {custom_fields.map((field) => {
            const value = customText(person?.custom[field.key])
            const label = localized(field.label, t.language).text
            const name = customName(field.key)
            if (field.kind === 'choice' || field.kind === 'yes_no') {
              const options =
                field.kind === 'choice'
                  ? field.choices.map((choice) => ({
                      value: choice.value,
                      label: localized(choice.label, t.language).text,
                    }))
                  : [
                      { value: 'yes', label: t('common.yes') },
                      { value: 'no', label: t('common.no') },
                    ]
              return (
                <Select
                  key={name}
                  {...shared}
                  label={label}
                  name={name}
                  value={value}
                  options={[{ value: '', label: '–' }, ...options]}
                />
              )
            }
            return (
              <Field
                key={name}
                {...shared}
                label={label}
                name={name}
                type={field.kind === 'date' ? 'date' : 'text'}
                {...(field.kind === 'number' && { inputMode: 'decimal' as const })}
                value={value}
                maxLength={2000}
              />
            )
          })}
        </Card>
      )}
    </>
  )
}

const languageOptions = [
  { value: '', label: '–' },
  ...spokenLanguages.map((value) => ({ value, label: languageNames[value] ?? value, lang: value })),
]

/** exactOptionalPropertyTypes: a hint that is not there must not be passed. */
const hint = (text: string | undefined): { hint?: string } => (text ? { hint: text } : {})

interface EditProps extends FieldsProps {
  name: string
  action: string
  back: string
  saved: FormValues
}

export function EditPersonPage({ t, name, action, back, saved, ...rest }: EditProps) {
  const hasErrors = Object.keys(rest.errors).length > 0
  return (
    <>
      <PageHead
        title={t('people.edit.title', { name })}
        lead={t('people.edit.lead')}
        back={{ href: back, label: name }}
      />
      {hasErrors && <Alert kind="error">{t('form.check')}</Alert>}
      <form method="post" action={action} className="max-w-3xl">
        <Seen values={saved} typed={rest.typed} />
        <PersonFields t={t} {...rest} />
        <Buttons t={t} back={back} />
      </form>
    </>
  )
}

/** As it stands in the fields. */
export function savedPerson({ person, voter, custom_fields }: Profile): FormValues {
  const named = effectiveName(person, voter)
  const lives = person?.address
    ? person
    : { address: voter && addressLine(voter), city: voter?.city, zip5: voter?.zip5 }
  const { last_name, first_name, middle_name } = named
  const { name_hangul, preferred_title, language, second_language, community } = person ?? {}
  const values = {
    ...{ name_hangul, last_name, first_name, middle_name, preferred_title, language, second_language, community },
    birth_year: person?.birth_year ?? voter?.birth_year,
    sex: person?.sex ?? voter?.sex,
    address: lives.address,
    city: lives.city,
    zip5: lives.zip5,
    ...Object.fromEntries(custom_fields.map(({ key }) => [customName(key), customText(person?.custom[key])])),
  }
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value ?? '')]))
}

export function NewPersonPage({
  t,
  typed,
  errors,
  custom_fields,
  alike = [],
}: {
  t: Translate
  typed: Record<string, string>
  errors: FieldErrors
  custom_fields: readonly CustomField[]
  /** Our own people whom it may be. */
  alike?: readonly Alike[]
}) {
  const shared = { t, typed, errors }
  return (
    <>
      <PageHead
        title={t('people.new')}
        lead={t('people.new.lead')}
        back={{ href: '/voters', label: t('people.search.title') }}
      />
      {Object.keys(errors).length > 0 && <Alert kind="error">{t('form.check')}</Alert>}
      {alike.length > 0 && (
        <Alert kind="warning" title={t('people.alike')}>
          <p>{t('people.alike.text')}</p>
          <ul className="mt-1 list-disc pl-5">
            {alike.slice(0, 10).map(({ person_id, voter_id, name, evidence }) => (
              <li key={person_id}>
                <a href={voter_id === null ? `/people/${person_id}` : `/voters/${voter_id}`} className="font-semibold">
                  {name}
                </a>{' '}
                ({evidence.map((each) => t.dynamic(`duplicates.evidence.${each}`)).join(', ')})
              </li>
            ))}
          </ul>
        </Alert>
      )}
      <form method="post" action="/people/new" className="max-w-3xl">
        {alike.length > 0 && <input type="hidden" name="is_new" value="yes" />}
        <PersonFields {...shared} person={null} voter={null} custom_fields={custom_fields} />
        <Card title={t('people.contact')} id="contact">
          <div className="grid gap-x-4 sm:grid-cols-2">
            <Field {...shared} label={t('people.phone')} name="phone" type="tel" inputMode="tel" maxLength={40} />
            <Field
              {...shared}
              label={t('people.channel.email')}
              name="email"
              type="email"
              inputMode="email"
              maxLength={200}
            />
          </div>
        </Card>
        <Buttons t={t} back="/voters" {...(alike.length > 0 && { save: t('people.alike.save') })} />
      </form>
    </>
  )
}

export function Buttons({ t, back, save }: { t: Translate; back: string; save?: string }) {
  return (
    <div className="flex flex-wrap gap-3">
      <button className="btn btn-primary">{save ?? t('action.save')}</button>
      <a className="btn btn-ghost" href={back}>
        {t('action.cancel')}
      </a>
    </div>
  )
}
