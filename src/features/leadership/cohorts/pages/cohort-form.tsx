import type { FieldErrors } from '../../../../platform/http/form.ts'
import { languageNames, localized } from '../../../../platform/i18n/languages.ts'
import type { Translate } from '../../../../platform/i18n/messages.ts'
import { Alert, Card, Field, FieldError, PageHead, Select } from '../../../../platform/ui/components.tsx'
import { SavedNow, Seen } from '../../../../platform/ui/meanwhile.tsx'
import '../../messages.ts'
import { criteriaFields } from '../criteria.ts'
import '../messages.ts'
import type { Cohort } from '../queries.ts'
import { mostCriteria } from '../schema.ts'

interface CohortFormPageProps {
  t: Translate
  /** null: a new one. */
  cohort: Cohort | null
  /** What the fields hold; of a cohort what was saved. */
  values: Record<string, string>
  /** Somebody scored by the rubric: its lines and points stay, their words may be put right. */
  is_scored: boolean
  languages: readonly string[]
  forms: readonly { form_id: string; name: string }[]
  typed: Record<string, string>
  errors: FieldErrors
}

/** What a form of a cohort holds. */
export const cohortValues = ({ name, starts_on, ends_on, seats, form_id, criteria }: Pick<Cohort, 'name' | 'starts_on' | 'ends_on' | 'seats' | 'form_id' | 'criteria'>): Record<string, string> => ({
  ...Object.fromEntries(Object.entries(name).map(([language, text]) => [`name_${language}`, text])),
  starts_on,
  ends_on,
  seats: String(seats),
  form_id: form_id ?? '',
  ...criteriaFields(criteria),
}) // prettier-ignore

export function CohortFormPage(props: CohortFormPageProps) {
  const { t, cohort, values, languages, forms, typed, errors } = props
  const shared = { t, typed, errors }
  const back = cohort
    ? { href: `/leadership/cohorts/${cohort.cohort_id}`, label: localized(cohort.name, t.language).text }
    : { href: '/leadership/cohorts', label: t('cohort.title') }
  return (
    <div className="max-w-2xl">
      <PageHead title={t(cohort ? 'cohort.edit' : 'cohort.new')} back={back} />
      {errors[''] && <Alert kind="error" title={t.dynamic(errors[''])} />}
      <form method="post" action={cohort ? `/leadership/cohorts/${cohort.cohort_id}/edit` : '/leadership/cohorts/new'}>
        {cohort && <Seen values={values} typed={typed} />}
        <Card>
          {languages.map((language, at) => (
            <Field
              key={language}
              {...shared}
              label={t('ladder.name_in', { language: languageNames[language] ?? language })}
              name={`name_${language}`}
              lang={language}
              maxLength={80}
              value={values[`name_${language}`] ?? null}
              is_one_of_several={languages.length > 1}
              {...(at === 0 && errors.name ? { errors: { ...errors, [`name_${language}`]: errors.name } } : {})}
            />
          ))}
          <Field
            {...shared}
            label={t('cohort.starts_on')}
            name="starts_on"
            type="date"
            required
            value={values.starts_on ?? null}
          />{' '}
          <Field
            {...shared}
            label={t('cohort.ends_on')}
            name="ends_on"
            type="date"
            required
            value={values.ends_on ?? null}
          />{' '}
          <Field
            {...shared}
            label={t('cohort.seats')}
            name="seats"
            type="number"
            min={1}
            max={500}
            required
            value={values.seats ?? null}
          />
          <Select
            {...shared}
            label={t('cohort.form')}
            hint={t('cohort.form_hint')}
            name="form_id"
            value={values.form_id ?? ''}
            options={[
              { value: '', label: t('cohort.by_hand') },
              ...forms.map(({ form_id, name }) => ({ value: form_id, label: name })),
            ]}
          />
        </Card>
        <Rubric {...props} />
        <button className="btn btn-primary">{t(cohort ? 'action.save' : 'cohort.make')}</button>
      </form>
    </div>
  )
}

const blank_lines = 3

function Rubric({ t, values, is_scored, languages, typed, errors }: CohortFormPageProps) {
  const lines = Array.from({ length: mostCriteria }, (_, at) => at + 1)
  const isFilled = (number: number): boolean =>
    Object.entries({ ...values, ...typed }).some(([name, text]) => name.startsWith(`criterion_${number}_`) && text)
  const last = Math.max(0, ...lines.filter(isFilled))
  const shown = lines.filter((number) => (is_scored ? isFilled(number) : number <= last + blank_lines))
  return (
    <Card
      title={t('cohort.criteria')}
      lead={t(is_scored ? 'cohort.criteria_scored' : 'cohort.criteria_hint')}
      id="criteria"
    >
      <FieldError t={t} name="criteria" errors={errors} />
      <ol className="divide-base-300 divide-y">
        {shown.map((number) => {
          const field = `criterion_${number}`
          return (
            <li key={number} className="py-3">
              <fieldset className="grid gap-x-4 gap-y-2 sm:grid-cols-[1fr_1fr_6rem]">
                <legend className="sr-only">{t('cohort.criterion', { number })}</legend>
                {languages.map((language) => {
                  const name = `${field}_${language}`
                  return (
                    <div key={name} className="min-w-0">
                      <label htmlFor={name} className="mb-1 block text-sm font-semibold">
                        {languageNames[language] ?? language}
                      </label>
                      <input
                        id={name}
                        name={name}
                        lang={language}
                        maxLength={200}
                        defaultValue={typed[name] ?? values[name] ?? ''}
                        className="input w-full text-base"
                      />
                      <SavedNow name={name} />
                    </div>
                  )
                })}
                <div>
                  <label htmlFor={`${field}_most`} className="mb-1 block text-sm font-semibold">
                    {t('cohort.most')}
                  </label>
                  <input
                    id={`${field}_most`}
                    name={`${field}_most`}
                    type="number"
                    min={1}
                    max={10}
                    readOnly={is_scored}
                    defaultValue={typed[`${field}_most`] ?? values[`${field}_most`] ?? ''}
                    className="input w-full text-base"
                  />
                  <SavedNow name={`${field}_most`} />
                </div>
              </fieldset>
            </li>
          )
        })}
      </ol>
    </Card>
  )
}
