import { languageNames } from '../../../../platform/i18n/languages.ts'
import type { Translate } from '../../../../platform/i18n/messages.ts'
import { Icon } from '../../../../platform/ui/icon.tsx'
import { problemWords } from '../../pages/words.ts'
import { isOfText, type ScriptProblem, type Where } from '../../rules.ts'
import type { ScriptContent, ScriptText } from '../../schema.ts'

/** What every part of the workshop needs. */
export interface Shared {
  t: Translate
  content: ScriptContent
  problems: ScriptProblem[]
  /** Grows when fields have to show something else than was typed. */
  revision: number
  /** `place` names the field one types in; null: an act of its own. */
  onChange: (content: ScriptContent, place: string | null) => void
}

interface TextsProps extends Shared {
  label: string
  place: string
  where: Where
  text: ScriptText
  rows?: number
  onText: (text: ScriptText) => ScriptContent
}

/** One text in every language, side by side; what is missing is marked. Same ids as the plain form: what was typed there is carried over. */
export function Texts({
  t,
  content,
  problems,
  revision,
  onChange,
  label,
  place,
  where,
  text,
  rows,
  onText,
}: TextsProps) {
  const own = problems.filter((problem) => problem.where === where)
  const id = place.replaceAll('.', '-')
  const told = own.filter((problem) => problem.kind !== 'missing_translation' && isOfText(problem))
  return (
    <div className="mb-4 grid gap-3 md:grid-cols-2">
      {content.languages.map((language) => {
        const isMissing = own.some((problem) => problem.kind === 'missing_translation' && problem.detail === language)
        const shared = {
          id: `${id}-${language}`,
          lang: language,
          defaultValue: text[language] ?? '',
          'data-missing': isMissing ? language : undefined,
          'aria-describedby': told.length ? `${id}-problems` : undefined,
          onChange: (event: React.ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) => {
            const { [language]: _old, ...others } = text
            const typed = event.target.value
            onChange(
              onText(typed.trim() ? { ...others, [language]: typed.normalize('NFC') } : others),
              `${place}.${language}`,
            )
          },
        }
        return (
          <label key={`${language} ${revision}`} className="block" htmlFor={shared.id}>
            <span className="mb-1 flex flex-wrap items-center gap-2 text-sm font-semibold">
              <span>
                {label} · <span lang={language}>{languageNames[language] ?? language}</span>
              </span>
              {isMissing && (
                <span className="bg-warning text-warning-content rounded px-2 py-0.5">
                  {t('scripts.not_translated')}
                </span>
              )}
            </span>
            {rows ? (
              <textarea
                {...shared}
                rows={rows}
                maxLength={4000}
                className="textarea field-sizing-content min-h-28 w-full text-base"
              />
            ) : (
              <input {...shared} maxLength={400} className="input w-full text-base" />
            )}
          </label>
        )
      })}
      {told.length > 0 && (
        <div id={`${id}-problems`} className="md:col-span-2">
          {told.map((problem, at) => (
            <ProblemLine key={at} t={t} problem={problem} />
          ))}
        </div>
      )}
    </div>
  )
}

export function ProblemLine({ t, problem }: { t: Translate; problem: ScriptProblem }) {
  return (
    <p className="text-error flex items-start gap-1 text-sm font-semibold">
      <Icon name="warning" size={16} /> {problemWords(t, problem)}
    </p>
  )
}
