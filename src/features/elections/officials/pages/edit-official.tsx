import type { Translate } from '../../../../platform/i18n/messages.ts'
import type { FieldErrors } from '../../../../platform/http/form.ts'
import { Alert, Card, Field, PageHead, Select } from '../../../../platform/ui/components.tsx'
import type { FormValues } from '../../../../platform/ui/form-values.ts'
import { Seen } from '../../../../platform/ui/meanwhile.tsx'
import type { KnownFigure } from '../../figures/queries.ts'
import type { Official } from '../queries.ts'
import { mayTakeBack } from '../rules.ts'
import { officialParties, type OfficialForm } from '../schema.ts'
import { TakeBack } from './take-back.tsx'
import { WhichFigure } from './which-figure.tsx'
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
export function correctTitle(t: Translate, official: Official, who: OfficialForm['who']): string {
  const office = [t(`officials.office.${official.office}`), placeName(t, official)]
  return t(who === 'another' ? 'officials.another_title' : 'officials.correct_title', {
    office: office.filter((each) => each !== null).join(', '),
  })
}

export function EditOfficialPage({
  t,
  official,
  back,
  who,
  known = [],
  typed,
  errors,
}: {
  t: Translate
  official: Official
  back: { href: string; label: string }
  /** The same person is corrected, or another holds it now or will. */
  who: OfficialForm['who']
  /** Whom the name may mean. */
  known?: readonly KnownFigure[]
  typed?: Record<string, string>
  errors?: FieldErrors
}) {
  const form = { t, ...(typed ? { typed } : {}), ...(errors ? { errors } : {}) }
  const isAnother = who === 'another'
  // Nothing of whoever leaves belongs to whoever comes.
  const saved = (name: (typeof fields)[number]): string | null => (isAnother ? null : official[name])
  return (
    <>
      <PageHead
        title={correctTitle(t, official, who)}
        lead={isAnother ? t('officials.another_lead', { name: official.name }) : t('officials.correct_lead')}
        back={back}
        actions={
          !isAnother &&
          official.left_on === null && (
            <a className="btn" href={`/officials/${official.official_id}/edit?who=another`}>
              {t('officials.another')}
            </a>
          )
        }
      />
      {errors && Object.keys(errors).length > 0 && <Alert kind="error" title={t('form.check')} />}
      <form method="post" action={`/officials/${official.official_id}`} className="max-w-2xl">
        <Seen values={savedOfficial(official)} {...(typed ? { typed } : {})} />
        <input type="hidden" name="who" value={who} />
        <Card>
          {known.length > 0 && <WhichFigure t={t} known={known} errors={errors} />}
          <Field {...form} label={t('officials.name')} name="name" value={saved('name')} required lang="en" />
          <Field
            {...form}
            label={t('officials.name_hangul')}
            hint={t('officials.name_hangul_hint')}
            name="name_hangul"
            value={saved('name_hangul')}
            lang="ko"
          />
          <Select
            {...form}
            label={t('officials.party')}
            name="party"
            value={saved('party') ?? ''}
            options={[
              { value: '', label: t('officials.no_party') },
              ...officialParties.map((party) => ({ value: party, label: t(`officials.party.${party}`) })),
            ]}
          />
          <div className="grid gap-x-4 sm:grid-cols-2">
            <Field {...form} label={t('officials.since')} name="since" type="date" value={saved('since')} />
            <Field {...form} label={t('officials.until')} name="until" type="date" value={saved('until')} />
          </div>
        </Card>
        <Card>
          <Field {...form} label={t('officials.phone')} name="phone" value={saved('phone')} inputMode="tel" />
          <Field {...form} label={t('officials.email')} name="email" value={saved('email')} inputMode="email" />
          <Field {...form} label={t('officials.website')} name="website" type="url" value={saved('website')} />
          <Field {...form} label={t('officials.address')} name="address" value={saved('address')} lang="en" />
        </Card>
        <Card>
          <Field
            {...form}
            label={t('officials.source_url')}
            hint={t('officials.source_url_hint')}
            name="source_url"
            type="url"
            required
            value={saved('source_url')}
          />
          <button className="btn btn-primary">{t('action.save')}</button>
        </Card>
      </form>
      {!isAnother && mayTakeBack(official) && (
        <Card lead={t('officials.take_back_lead')}>
          <TakeBack t={t} official={official} />
        </Card>
      )}
    </>
  )
}
