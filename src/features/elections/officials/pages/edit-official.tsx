import type { Translate } from '../../../../platform/i18n/messages.ts'
import type { FieldErrors } from '../../../../platform/http/form.ts'
import { Alert, Card, Choices, Field, PageHead, Select } from '../../../../platform/ui/components.tsx'
import type { FormValues } from '../../../../platform/ui/form-values.ts'
import { Seen } from '../../../../platform/ui/meanwhile.tsx'
import type { Official } from '../queries.ts'
import { officialParties } from '../schema.ts'
import { placeName } from './officials-page.tsx'

const fields = [
  'name',
  'name_hangul',
  'party',
  'since',
  'until',
  'phone',
  'email',
  'website',
  'address',
  'source_url',
] as const

/** As it stands in the fields. */
export const savedOfficial = (official: Official): FormValues =>
  Object.fromEntries(fields.map((name) => [name, official[name] ?? '']))

/** One of fifty council members is known by the district. */
export function correctTitle(t: Translate, official: Official): string {
  const office = [t(`officials.office.${official.office}`), placeName(t, official)]
  return t('officials.correct_title', { office: office.filter((each) => each !== null).join(', ') })
}

export function EditOfficialPage({
  t,
  official,
  back,
  typed,
  errors,
}: {
  t: Translate
  official: Official
  back: { href: string; label: string }
  typed?: Record<string, string>
  errors?: FieldErrors
}) {
  const form = { t, ...(typed ? { typed } : {}), ...(errors ? { errors } : {}) }
  return (
    <>
      <PageHead title={correctTitle(t, official)} lead={t('officials.correct_lead')} back={back} />
      {errors && Object.keys(errors).length > 0 && <Alert kind="error" title={t('form.check')} />}
      <form method="post" action={`/officials/${official.official_id}`} className="max-w-2xl">
        <Seen values={savedOfficial(official)} {...(typed ? { typed } : {})} />
        <Card>
          <Choices
            t={t}
            legend={t('officials.who')}
            name="who"
            kind="radio"
            chosen={[typed?.who ?? 'same']}
            options={[
              { value: 'same', label: t('officials.who.same') },
              { value: 'another', label: t('officials.who.another'), hint: t('officials.who.another_hint') },
            ]}
          />
          <Field {...form} label={t('officials.name')} name="name" value={official.name} required lang="en" />
          <Field
            {...form}
            label={t('officials.name_hangul')}
            hint={t('officials.name_hangul_hint')}
            name="name_hangul"
            value={official.name_hangul}
            lang="ko"
          />
          <Select
            {...form}
            label={t('officials.party')}
            name="party"
            value={official.party ?? ''}
            options={[
              { value: '', label: t('officials.no_party') },
              ...officialParties.map((party) => ({ value: party, label: t(`officials.party.${party}`) })),
            ]}
          />
          <div className="grid gap-x-4 sm:grid-cols-2">
            <Field {...form} label={t('officials.since')} name="since" type="date" value={official.since} />
            <Field {...form} label={t('officials.until')} name="until" type="date" value={official.until} />
          </div>
        </Card>
        <Card>
          <Field {...form} label={t('officials.phone')} name="phone" value={official.phone} inputMode="tel" />
          <Field {...form} label={t('officials.email')} name="email" value={official.email} inputMode="email" />
          <Field {...form} label={t('officials.website')} name="website" type="url" value={official.website} />
          <Field {...form} label={t('officials.address')} name="address" value={official.address} lang="en" />
        </Card>
        <Card>
          <Field
            {...form}
            label={t('officials.source_url')}
            hint={t('officials.source_url_hint')}
            name="source_url"
            type="url"
            required
            value={official.source_url}
          />
          <button className="btn btn-primary">{t('action.save')}</button>
        </Card>
      </form>
    </>
  )
}
