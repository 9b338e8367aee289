import type { FieldErrors } from '../../../platform/http/form.ts'
import { languageNames, localized, type LocalizedText } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Badge, Field } from '../../../platform/ui/components.tsx'
import type { FormValues } from '../../../platform/ui/form-values.ts'
import '../messages.ts'
import { writtenIn } from '../older.ts'

export const list = '/voterguides'
export const text = (t: Translate, texts: LocalizedText): string => localized(texts, t.language).text
export const nameIn = (language: string): string => languageNames[language] ?? language
export const valuesOf = (field: string, texts: LocalizedText): FormValues =>
  Object.fromEntries(Object.entries(texts).map(([language, said]) => [`${field}_${language}`, said ?? '']))

export interface Form {
  t: Translate
  languages: readonly string[]
  typed: Record<string, string>
  errors: FieldErrors
}

/** One field for each language; what is wrong with all of them stands at the first. */
export function InLanguages({ t, languages, typed, errors, field, label, values, hint, rows, most, is_needed = false }: Form & {
  field: string
  label: (language: string) => string
  values: LocalizedText
  hint?: string
  rows?: number
  most: number
  is_needed?: boolean
}) {
  return languages.map((language, at) => (
    <Field
      key={language}
      t={t}
      label={label(nameIn(language))}
      name={`${field}_${language}`}
      lang={language}
      maxLength={most}
      is_one_of_several={is_needed && languages.length > 1}
      value={values[language] ?? ''}
      typed={typed}
      errors={at === 0 && errors[field] ? { ...errors, [`${field}_${language}`]: errors[field] } : errors}
      {...(hint && at === 0 && { hint })}
      {...(rows && { rows })}
    />
  ))
} // prettier-ignore

/** Whoever corrects a slip in one language need not look at the others. */
export const SaysSame = ({ t, typed }: Pick<Form, 't' | 'typed'>) => (
  <label className="mb-4 flex min-h-11 items-center gap-3">
    <input type="checkbox" className="checkbox" name="is_same" value="yes" defaultChecked={typed.is_same === 'yes'} />
    {t('voterguides.is_same')}
  </label>
)

/** Of a text that is in some language, how far it is in each. */
export function Written({ t, languages, text: of, older }: Pick<Form, 't' | 'languages'> & { text: LocalizedText; older?: readonly string[] | undefined }) {
  const states = languages.flatMap((language) => {
    const state = writtenIn(language, of, older)
    return state ? [{ language, state }] : []
  })
  if (states.length === 0) return null
  return (
    <span className="flex flex-wrap gap-1.5">
      {states.map(({ language, state }) => (
        <Badge key={language} kind={state === 'written' ? 'neutral' : 'warning'}>
          {nameIn(language)}: {t(`voterguides.written.${state}`)}
        </Badge>
      ))}
    </span>
  )
} // prettier-ignore
