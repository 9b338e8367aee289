import { localized, type Language } from '../../../platform/i18n/languages.ts'
import { scriptText } from '../rules.ts'
import type { PlaceholderValues, ScriptText, Step } from '../schema.ts'

/** A language by the reader's word for it: 한국어, 중국어; Korean, Chinese. */
export const languageIn = (reader: Language, code: string): string =>
  new Intl.DisplayNames([reader], { type: 'language' }).of(code) ?? code

interface SpokenProps {
  text: ScriptText
  language: string
  values: PlaceholderValues
  isMain?: boolean
}

/** A text to be read aloud, filled in. */
export function Spoken({ text, language, values, isMain = false }: SpokenProps) {
  const spoken = scriptText(text, language, values)
  return (
    <p
      lang={spoken.language}
      className={
        isMain
          ? 'mt-3 text-2xl leading-relaxed whitespace-pre-line'
          : 'border-base-300 mt-3 border-l-4 pl-3 text-lg whitespace-pre-line xl:text-xl'
      }
    >
      {spoken.text}
    </p>
  )
}

/** In the language of the call; the translation beside it where the screen is wide enough, else beneath. */
export function BothLanguages({ text, language, other, values }: SpokenProps & { other: string | null }) {
  return (
    <div className={other ? 'xl:grid xl:grid-cols-2 xl:gap-6' : undefined}>
      <Spoken text={text} language={language} values={values} isMain />
      {other && <Spoken text={text} language={other} values={values} />}
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
