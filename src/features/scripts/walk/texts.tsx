import { localized, type Language } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { scriptText } from '../rules.ts'
import type { PlaceholderValues, ScriptText, Step } from '../schema.ts'

/** A language by the reader's word for it: 한국어, 중국어; Korean, Chinese. */
export const languageIn = (reader: Language, code: string): string =>
  new Intl.DisplayNames([reader], { type: 'language' }).of(code) ?? code

interface SpokenProps {
  t: Translate
  text: ScriptText
  language: string
  values: PlaceholderValues
  isMain?: boolean
}

/** A text to be read aloud, filled in; where it is in another language than asked for, that is said. */
function Spoken({ t, text, language, values, isMain = false }: SpokenProps) {
  const spoken = scriptText(text, language, values)
  return (
    <div className={isMain ? 'mt-3' : 'border-base-300 mt-3 border-l-4 pl-3'}>
      <p
        lang={spoken.language}
        className={isMain ? 'text-2xl leading-relaxed whitespace-pre-line' : 'text-lg whitespace-pre-line xl:text-xl'}
      >
        {spoken.text}
      </p>
      {spoken.text && spoken.language !== language && (
        <p className="mt-1 text-base">
          {t('walk.only_in', {
            language: languageIn(t.language, spoken.language),
            wanted: languageIn(t.language, language),
          })}
        </p>
      )}
    </div>
  )
}

/** In the language of the call; the translation beside it where the screen is wide enough, else beneath. */
export function BothLanguages({ text, other, ...shared }: SpokenProps & { other: string | null }) {
  // Written in one of the two alone, it would stand there twice.
  const isTwice = other !== null && localized(text, other).language === localized(text, shared.language).language
  const beside = isTwice ? null : other
  return (
    <div className={beside ? 'xl:grid xl:grid-cols-2 xl:gap-6' : undefined}>
      <Spoken {...shared} text={text} isMain />
      {beside && <Spoken {...shared} text={text} language={beside} />}
    </div>
  )
}

/** For the caller's eyes: in the language the caller reads, whatever is spoken. */
export function StepNote({ step, reader }: { step: Step; reader: string }) {
  const note = localized(step.note, reader)
  if (!note.text) return null
  return (
    <p className="mt-3 text-base" lang={note.language}>
      ({note.text})
    </p>
  )
}
