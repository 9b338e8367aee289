import type { FieldErrors } from '../../../platform/http/form.ts'
import { languageNames, localized } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert, Badge, Card, Field, PageHead } from '../../../platform/ui/components.tsx'
import { OwnWords } from '../own-words.tsx'
import type { Cycle } from '../cycles/queries.ts'
import '../interviews/messages.ts'
import { Translated } from '../interviews/translated.tsx'
import './messages.ts'
import type { Criterion } from './queries.ts'

interface RubricPageProps {
  t: Translate
  cycle: Cycle
  criteria: readonly Criterion[]
  /** Which one is changed; null: another is added. */
  changed: Criterion | null
  languages: readonly string[]
  is_fixed: boolean
  may_edit: boolean
  typed: Record<string, string>
  errors: FieldErrors
}

/** What is scored, how much it weighs, and what 1, 3 and 5 mean. */
export function RubricPage({ t, cycle, criteria, changed, languages, is_fixed, may_edit, typed, errors }: RubricPageProps) {
  const here = `/endorsements/${cycle.cycle_id}/rubric`
  const isOpen = may_edit && !is_fixed
  return (
    <div className="max-w-3xl">
      <PageHead
        title={t('scores.rubric')}
        lead={t('scores.rubric_lead')}
        back={{ href: `/endorsements/${cycle.cycle_id}/interviews`, label: t('interviews.title') }}
      />
      {is_fixed && <Alert kind="info">{t('scores.rubric_fixed')}</Alert>}
      {criteria.length === 0 ? <p className="mb-4">{t('scores.rubric_none')}</p> : <Translated t={t} languages={languages} texts={criteria.flatMap(({ name, means_1, means_3, means_5 }) => [name, means_1, means_3, means_5])} />}
      <ol className="mb-6 grid gap-3">
        {criteria.map((criterion) => {
          const name = localized(criterion.name, t.language).text
          return (
            <li key={criterion.criterion_id} className="bg-base-100 rounded-box border-base-300 border p-4">
              <p className="flex flex-wrap items-center gap-2">
                <strong><OwnWords t={t} text={criterion.name} /></strong> <Badge>{t('scores.weight_of', { weight: criterion.weight })}</Badge>
              </p>
              <Meanings t={t} criterion={criterion} />
              {isOpen && (
                <form method="post" action={here} className="mt-3 flex flex-wrap gap-2">
                  <a className="btn btn-sm min-h-11" href={`${here}?criterion=${criterion.criterion_id}#form`} aria-label={t('scores.change_of', { name })}>{t('interviews.change')}</a>
                  <input type="hidden" name="criterion" value={criterion.criterion_id} />
                  <button className="btn btn-sm min-h-11" name="act" value="remove" aria-label={t('scores.remove_of', { name })}>{t('interviews.take_out')}</button>
                </form>
              )}
            </li>
          )
        })}
      </ol>
      {isOpen && (
        <Card title={t(changed ? 'scores.criterion_change' : 'scores.criterion_add')} id="form">
          <form method="post" action={here}>
            <input type="hidden" name="criterion" value={changed?.criterion_id ?? ''} />
            {languages.map((language, at) => (
              <Field key={language} t={t} label={t('scores.criterion_in', { language: languageNames[language] ?? language })} name={`name_${language}`} lang={language} maxLength={120} is_one_of_several={languages.length > 1} value={changed?.name[language] ?? ''} typed={typed} errors={at === 0 && errors.name ? { ...errors, [`name_${language}`]: errors.name } : errors} />
            ))}
            <Field t={t} label={t('scores.weight')} name="weight" inputMode="numeric" required value={changed?.weight ?? 1} typed={typed} errors={errors} />
            {([1, 3, 5] as const).flatMap((mark) =>
              languages.map((language) => (
                <Field key={`${mark} ${language}`} t={t} label={t('scores.means_in', { mark, language: languageNames[language] ?? language })} name={`means_${mark}_${language}`} lang={language} maxLength={300} value={changed?.[`means_${mark}`][language] ?? ''} typed={typed} errors={errors} />
              )),
            )}
            <button className="btn btn-primary" name="act" value="save">{t('action.save')}</button>
          </form>
        </Card>
      )}
    </div>
  )
} // prettier-ignore

export function Meanings({ t, criterion }: { t: Translate; criterion: Criterion }) {
  const said = ([1, 3, 5] as const).filter((mark) => Object.keys(criterion[`means_${mark}`]).length > 0)
  return (
    <ul className="text-sm">
      {said.map((mark) => {
        const { text, language } = localized(criterion[`means_${mark}`], t.language)
        return (
          <li key={mark} lang={language}>
            {t('scores.means', { mark, text })}
          </li>
        )
      })}
    </ul>
  )
}
