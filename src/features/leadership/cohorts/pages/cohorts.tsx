import type { FieldErrors } from '../../../../platform/http/form.ts'
import { formatDate } from '../../../../platform/i18n/formats.ts'
import { languageNames, localized } from '../../../../platform/i18n/languages.ts'
import type { Translate } from '../../../../platform/i18n/messages.ts'
import { Badge, Card, EmptyState, Field, OwnText, PageHead, Select } from '../../../../platform/ui/components.tsx'
import '../../messages.ts'
import { exampleCriteria } from '../criteria.ts'
import '../messages.ts'
import type { ListedCohort } from '../queries.ts'

export function CohortsPage({
  t,
  cohorts,
  may_edit,
}: {
  t: Translate
  cohorts: readonly ListedCohort[]
  may_edit: boolean
}) {
  const make = may_edit && (
    <a className="btn btn-primary" href="/leadership/cohorts/new">
      {t('cohort.new')}
    </a>
  )
  return (
    <>
      <PageHead
        title={t('cohort.title')}
        lead={t('cohort.lead')}
        back={{ href: '/leadership', label: t('leadership.title') }}
        actions={cohorts.length > 0 && make}
      />
      {cohorts.length === 0 && (
        <EmptyState icon="team" title={t('cohort.none')} action={make}>
          <p>{t('cohort.none_text')}</p>
        </EmptyState>
      )}
      <ul className="grid gap-3 md:grid-cols-2">
        {cohorts.map((cohort) => (
          <li key={cohort.cohort_id} className="bg-base-100 rounded-box border-base-300 relative border p-5">
            <h2 className="text-lg font-bold">
              <a href={`/leadership/cohorts/${cohort.cohort_id}`} className="after:absolute after:inset-0">
                <OwnText t={t} text={localized(cohort.name, t.language)} language={t.language} />
              </a>
            </h2>
            <p className="mt-1 text-sm">
              {t('leadership.span', {
                from: formatDate(t.language, cohort.starts_on),
                until: formatDate(t.language, cohort.ends_on),
              })}
            </p>
            <p className="mt-2">
              {t('cohort.people', { accepted: cohort.accepted, seats: cohort.seats, applied: cohort.applied })}{' '}
              {cohort.closed_at && <Badge>{t('cohort.closed')}</Badge>}
            </p>
          </li>
        ))}
      </ul>
    </>
  )
}

interface NewCohortPageProps {
  t: Translate
  languages: readonly string[]
  forms: readonly { form_id: string; name: string }[]
  typed: Record<string, string>
  errors: FieldErrors
}

export function NewCohortPage({ t, languages, forms, typed, errors }: NewCohortPageProps) {
  const shared = { t, typed, errors }
  return (
    <div className="max-w-2xl">
      <PageHead title={t('cohort.new')} back={{ href: '/leadership/cohorts', label: t('cohort.title') }} />
      <form method="post" action="/leadership/cohorts/new">
        <Card>
          {languages.map((language, at) => (
            <Field
              key={language}
              {...shared}
              label={t('ladder.name_in', { language: languageNames[language] ?? language })}
              name={`name_${language}`}
              lang={language}
              maxLength={80}
              is_one_of_several={languages.length > 1}
              {...(at === 0 && errors.name ? { errors: { ...errors, [`name_${language}`]: errors.name } } : {})}
            />
          ))}
          <Field {...shared} label={t('cohort.starts_on')} name="starts_on" type="date" required />
          <Field {...shared} label={t('cohort.ends_on')} name="ends_on" type="date" required />
          <Field
            {...shared}
            label={t('cohort.seats')}
            name="seats"
            type="number"
            min={1}
            max={500}
            required
            value={12}
          />
          <Select
            {...shared}
            label={t('cohort.form')}
            hint={t('cohort.form_hint')}
            name="form_id"
            options={[
              { value: '', label: t('cohort.by_hand') },
              ...forms.map(({ form_id, name }) => ({ value: form_id, label: name })),
            ]}
          />
          <Field
            {...shared}
            label={t('cohort.criteria')}
            hint={t('cohort.criteria_hint')}
            name="criteria"
            rows={5}
            required
            maxLength={2000}
            value={exampleCriteria}
          />
          <button className="btn btn-primary">{t('cohort.make')}</button>
        </Card>
      </form>
    </div>
  )
}
