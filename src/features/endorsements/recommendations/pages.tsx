import type { FieldErrors } from '../../../platform/http/form.ts'
import { formatDateTime } from '../../../platform/i18n/formats.ts'
import { languageNames } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert, Badge, Card, Choices, Field, PageHead } from '../../../platform/ui/components.tsx'
import { choices, type FormValues } from '../../../platform/ui/form-values.ts'
import { Seen } from '../../../platform/ui/meanwhile.tsx'
import type { Candidate } from '../../elections/contests/queries.ts'
import { isRunning } from '../../elections/contests/rules.ts'
import { candidateName } from '../answers/names.ts'
import type { ContestHeld, Cycle } from '../cycles/queries.ts'
import { heldName } from '../cycles/words.ts'
import { Translated } from '../interviews/translated.tsx'
import { OwnWords } from '../own-words.tsx'
import './messages.ts'
import type { Recommendation } from './queries.ts'

interface SaidProps {
  t: Translate
  recommendation: Recommendation
  candidates: readonly Pick<Candidate, 'candidate_id' | 'name' | 'names'>[]
  is_of_first?: boolean
}

/** What the committee recommends, why, and what its minority says. */
export function Recommended({ t, recommendation, candidates, is_of_first = false }: SaidProps) {
  const { candidate_ids, reasons, minority, minority_by } = recommendation
  const names = candidates.filter(({ candidate_id }) => candidate_ids.includes(candidate_id))
  return (
    <div className="border-primary mb-4 border-l-4 pl-4">
      <p className="font-bold">
        {t('recommendations.committee')}: {names.length === 0 ? t('recommendations.nobody') : names.map((each) => candidateName(t, each)).join(', ')}
      </p>
      {is_of_first && <p className="text-sm">{t('recommendations.of_first')}</p>}
      <p className="mt-2 text-sm font-semibold">{t('recommendations.reasons')}</p>
      <p className="whitespace-pre-line wrap-anywhere"><OwnWords t={t} text={reasons} /></p>
      {Object.keys(minority).length > 0 && (
        <>
          <p className="mt-2 text-sm font-semibold">
            {minority_by ? t('recommendations.minority_of', { names: minority_by }) : t('recommendations.minority')}
          </p>
          <p className="whitespace-pre-line wrap-anywhere"><OwnWords t={t} text={minority} /></p>
        </>
      )}
    </div>
  )
} // prettier-ignore

interface RecommendationPageProps {
  t: Translate
  cycle: Cycle
  held: ContestHeld
  candidates: readonly Candidate[]
  recommendation: Recommendation | null
  languages: readonly string[]
  time_zone: string
  may_edit: boolean
  typed: Record<string, string>
  /** Who was chosen; null: nothing was sent. */
  chosen: readonly string[] | null
  errors: FieldErrors
}

/** What the form holds. */
export const recommendationValues = (
  languages: readonly string[],
  said: Pick<Recommendation, 'candidate_ids' | 'reasons' | 'minority' | 'minority_by'> | null,
): FormValues => ({
  candidates: choices(said?.candidate_ids.map(String) ?? []),
  minority_by: said?.minority_by ?? '',
  ...Object.fromEntries(
    languages.flatMap((language) => [
      [`reasons_${language}`, said?.reasons[language] ?? ''],
      [`minority_${language}`, said?.minority[language] ?? ''],
    ]),
  ),
})

export function RecommendationPage(props: RecommendationPageProps) {
  const { t, cycle, held, candidates, recommendation, languages, time_zone, may_edit, typed, chosen, errors } = props
  const here = `/endorsements/${cycle.cycle_id}/recommendation/${held.contest.contest_id}`
  const isPublic = cycle.rules?.public_parts.includes('recommendation') ?? false
  const own = (name: 'reasons' | 'minority', language: string): string => recommendation?.[name][language] ?? ''
  const texts = (name: 'reasons' | 'minority', error?: string) =>
    languages.map((language, at) => (
      <Field
        key={language}
        t={t}
        label={t(`recommendations.${name}_in`, { language: languageNames[language] ?? language })}
        name={`${name}_${language}`}
        lang={language}
        rows={4}
        maxLength={5000}
        is_one_of_several={name === 'reasons' && languages.length > 1}
        value={own(name, language)}
        typed={typed}
        errors={at === 0 && error ? { [`${name}_${language}`]: error } : {}}
      />
    ))
  return (
    <div className="max-w-3xl">
      <PageHead
        title={t('recommendations.title')}
        lead={heldName(t, held)}
        back={{ href: `/endorsements/${cycle.cycle_id}/interviews`, label: t('interviews.title') }}
      />
      <p className="mb-4">{t('recommendations.lead')}</p>
      <Alert kind="info">{t(isPublic ? 'recommendations.shown_lead' : 'recommendations.not_public')}</Alert>
      {recommendation ? (
        <Card id="said">
          <p className="mb-3">
            {recommendation.shown_at ? (
              <Badge kind="success">{t('recommendations.is_shown', { when: formatDateTime(t.language, recommendation.shown_at, time_zone) })}</Badge>
            ) : (
              <Badge kind="warning">{t('recommendations.is_draft')}</Badge>
            )}
          </p>
          <Translated t={t} languages={languages} texts={[recommendation.reasons, recommendation.minority]} />
          <Recommended {...{ t, recommendation, candidates }} />
        </Card>
      ) : (
        !may_edit && <p>{t('recommendations.nothing')}</p>
      )}
      {may_edit && (
        <form method="post" action={here}>
          <Seen values={recommendationValues(languages, recommendation)} typed={typed} />
          <Card>
            <Choices
              t={t}
              legend={t('recommendations.whom')}
              hint={t('recommendations.none_chosen')}
              name="candidates[]"
              kind="checkbox"
              chosen={chosen ?? recommendation?.candidate_ids.map(String) ?? []}
              options={candidates
                .filter(({ status }) => isRunning(status))
                .map((each) => ({ value: String(each.candidate_id), label: candidateName(t, each) }))}
            />
            {errors.candidates && <p role="alert" className="text-error mb-3 font-semibold">{t('recommendations.too_many', { count: cycle.rules?.endorsements_most ?? 1 })}</p>}
            {texts('reasons', errors.reasons)}
            {texts('minority')}
            <Field t={t} label={t('recommendations.minority_by')} hint={t('recommendations.minority_by_hint')} name="minority_by" maxLength={200} value={recommendation?.minority_by ?? ''} typed={typed} />
            <p className="flex flex-wrap gap-2">
              {!recommendation?.shown_at && <button className="btn" name="act" value="save">{t('recommendations.save')}</button>}
              <button className="btn btn-primary" name="act" value="show">{t(recommendation?.shown_at ? 'action.save' : 'recommendations.show')}</button>
            </p>
          </Card>
        </form>
      )}
    </div>
  )
} // prettier-ignore
