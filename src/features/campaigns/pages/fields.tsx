import type { FieldErrors } from '../../../platform/http/form.ts'
import { formatDate, formatRange } from '../../../platform/i18n/formats.ts'
import { languageNames, localized, type LocalizedText } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Card, Choices, Field, Select } from '../../../platform/ui/components.tsx'
import { contestName, electionTitle } from '../../elections/contests/pages/words.tsx'
import type { CandidateWithPhoto } from '../../elections/contests/queries.ts'
import type { Dated } from '../../elections/rules.ts'
import type { Held, Somebody } from '../queries.ts'
import { goals } from '../schema.ts'
import '../messages.ts'

export const list = '/campaigns'
export const text = (t: Translate, texts: LocalizedText | null): string => localized(texts, t.language).text

export interface Form {
  t: Translate
  languages: readonly string[]
  typed: Record<string, string>
  errors: FieldErrors
}

export const heldName = (t: Translate, { contest, election }: Held): string =>
  `${contestName(t, contest)} (${electionTitle(t, election)}, ${formatDate(t.language, election.held_on, 'short')})`

function InLanguages({ t, languages, typed, errors, field, values, label, hint, is_needed = false }: Form & {
  field: 'name' | 'candidate'
  values: LocalizedText
  label: (language: string) => string
  hint?: string
  is_needed?: boolean
}) {
  return languages.map((language, at) => (
    <Field
      key={language}
      t={t}
      label={label(languageNames[language] ?? language)}
      name={`${field}_${language}`}
      lang={language}
      maxLength={120}
      is_one_of_several={is_needed && languages.length > 1}
      value={values[language] ?? ''}
      typed={typed}
      errors={at === 0 && errors[field] ? { ...errors, [`${field}_${language}`]: errors[field] } : errors}
      {...(hint && at === 0 && { hint })}
    />
  ))
} // prettier-ignore

interface FieldsProps extends Form {
  held: Held | null
  runners: readonly CandidateWithPhoto[]
  days: readonly Dated[]
  people: readonly Somebody[]
  values: Readonly<Record<string, string>>
  name: LocalizedText
  candidate: LocalizedText
  chosen: readonly number[]
}

/** Name and candidates: in the new form and in the one that changes it. */
export function WhatFields({ runners, name, candidate, chosen, ...form }: FieldsProps) {
  const { t } = form
  return (
    <>
      <InLanguages {...form} field="name" values={name} is_needed label={(language) => t('campaigns.name_in', { language })} hint={t('campaigns.name_hint')} />
      {runners.length > 0 && (
        <Choices
          t={t}
          legend={t('campaigns.candidates')}
          hint={t('campaigns.candidates_hint')}
          name="candidate_ids[]"
          kind="checkbox"
          chosen={chosen.map(String)}
          options={runners.map(({ candidate_id, name: written, names }) => ({
            value: String(candidate_id),
            label: names[t.language] && names[t.language] !== written ? `${names[t.language]} (${written})` : written,
          }))}
          errors={form.errors}
        />
      )}
      <InLanguages {...form} field="candidate" values={candidate} label={(language) => t('campaigns.candidate_in', { language })} />
    </>
  )
} // prettier-ignore

/** Days, goal and owner. */
export function WhenFields({ days, people, values, ...form }: FieldsProps) {
  const { t, typed, errors } = form
  const shared = { t, typed, errors }
  return (
    <Card title={t('campaigns.when')} id="when">
      {days.length > 0 && (
        <>
          <h3 className="font-semibold">{t('campaigns.days_of')}</h3>
          <ul className="mb-4 text-sm">
            {days.map(({ what, on, until }) => (
              <li key={what}>
                {t(`elections.day.${what}`)}: {formatRange(t.language, formatDate(t.language, on, 'short'), until ? formatDate(t.language, until, 'short') : '').replace(/[–~]$/, '')}
              </li>
            ))}
          </ul>
          <datalist id="election-days">
            {[...new Set(days.flatMap(({ on, until }) => (until ? [on, until] : [on])))].map((day) => (
              <option key={day} value={day} />
            ))}
          </datalist>
        </>
      )}
      <div className="grid gap-x-4 sm:grid-cols-2">
        <Field {...shared} label={t('campaigns.starts_on')} name="starts_on" type="date" list="election-days" required value={values.starts_on ?? ''} />
        <Field {...shared} label={t('campaigns.ends_on')} name="ends_on" type="date" list="election-days" required value={values.ends_on ?? ''} />
        <Field {...shared} label={t('campaigns.goal')} name="goal_count" hint={t('campaigns.goal_hint')} inputMode="numeric" value={values.goal_count ?? ''} />
        <Select {...shared} label={t('campaigns.goal_kind')} name="goal" required value={values.goal ?? 'conversations'} options={goals.map((goal) => ({ value: goal, label: t(`campaigns.goal.${goal}`) }))} />
      </div>
      <Select {...shared} label={t('campaigns.owner')} name="owner_id" required value={values.owner_id ?? ''} options={people.map(({ user_id, name }) => ({ value: user_id, label: name }))} />
    </Card>
  )
} // prettier-ignore
