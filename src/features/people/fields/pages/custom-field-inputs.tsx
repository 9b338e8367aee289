import { localized, type Language } from '../../../../platform/i18n/languages.ts'
import type { FieldErrors } from '../../../../platform/http/form.ts'
import type { Translate } from '../../../../platform/i18n/messages.ts'
import { Field as TextField, Select } from '../../../../platform/ui/components.tsx'
import type { Field } from '../schema.ts'

/** The organization's own fields inside a form on a person; read them with `customFieldsSchema`. */
export function CustomFieldInputs({
  t,
  language,
  fields,
  values,
  typed,
  errors,
}: {
  t: Translate
  language: Language
  fields: readonly Field[]
  values: Readonly<Record<string, unknown>>
  typed?: Record<string, string>
  errors?: FieldErrors
}) {
  return (
    <>
      {fields.map((field) => {
        const { key, kind, choices } = field
        const value = values[key]
        const shared = {
          t,
          label: localized(field.label, language).text,
          name: `custom_${key}`,
          ...(typed && { typed }),
          ...(errors && { errors }),
        }
        if (kind === 'yes_no' || kind === 'choice') {
          const options =
            kind === 'yes_no'
              ? [
                  { value: 'yes', label: t('common.yes') },
                  { value: 'no', label: t('common.no') },
                ]
              : choices.map((choice) => ({ value: choice.value, label: localized(choice.label, language).text }))
          const said = typeof value === 'boolean' ? (value ? 'yes' : 'no') : textOf(value)
          return (
            <Select
              key={key}
              {...shared}
              value={said}
              options={[{ value: '', label: t('fields.not_said') }, ...options]}
            />
          )
        }
        return (
          <TextField
            key={key}
            {...shared}
            value={textOf(value)}
            type={kind === 'date' ? 'date' : 'text'}
            {...(kind === 'number' && { inputMode: 'decimal' as const })}
          />
        )
      })}
    </>
  )
}

const textOf = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')
