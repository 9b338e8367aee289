import { z } from 'zod'

export const fieldKinds = ['text', 'number', 'date', 'yes_no', 'choice'] as const
export type FieldKind = (typeof fieldKinds)[number]

export interface Field {
  key: string
  label: Record<string, string>
  kind: FieldKind
  choices: readonly { value: string; label: Record<string, string> }[]
}

export const NewField = z
  .object({
    label_en: z.string().trim().max(80).default(''),
    label_ko: z.string().trim().max(80).default(''),
    kind: z.enum(fieldKinds),
    choices: z.string().max(5000).default(''),
  })
  .superRefine((field, context) => {
    if (!field.label_en && !field.label_ko)
      context.addIssue({ code: 'custom', path: ['label_en'], message: 'fields.label_needed' })
    if (field.kind === 'choice' && choicesOf(field.choices).length < 2)
      context.addIssue({ code: 'custom', path: ['choices'], message: 'fields.choices_needed' })
  })
export type NewField = z.infer<typeof NewField>

/** 'Flushing | 플러싱' a line; the value is what was written first and never changes after. */
export function choicesOf(text: string): { value: string; label: Record<string, string> }[] {
  const lines = text.split('\n').map((line) => line.split('|').map((part) => part.trim()))
  const choices = lines.flatMap(([en = '', ko = '']) =>
    en || ko ? [{ value: en || ko, label: { ...(en && { en }), ...(ko && { ko }) } }] : [],
  )
  return choices.filter((each, at) => choices.findIndex((other) => other.value === each.value) === at)
}

export type CustomValues = Record<string, string | number | boolean | null>

/**
 * What the form of a person holds of own fields, read: values by key, null where empty. Names of the form are `custom_<key>`, and so
 * are those of the errors.
 */
export function customFieldsSchema(fields: readonly Field[]): z.ZodType<CustomValues> {
  const shape = Object.fromEntries(fields.map((field) => [`custom_${field.key}`, valueSchema(field)]))
  return z
    .object(shape)
    .transform((read) =>
      Object.fromEntries(Object.entries(read).map(([name, value]) => [name.slice(7), value ?? null])),
    )
}

function valueSchema({ kind, choices }: Field): z.ZodType<string | number | boolean | null> {
  const empty = z.literal('').transform(() => null)
  const wrong = 'fields.invalid'
  const filled: Record<FieldKind, z.ZodType<string | number | boolean>> = {
    text: z.string().trim().max(1000),
    number: z.coerce.number(wrong),
    date: z.iso.date(wrong),
    yes_no: z.enum(['yes', 'no'], wrong).transform((said) => said === 'yes'),
    choice: z.string().refine((value) => choices.some((choice) => choice.value === value), wrong),
  }
  return z.union([empty, filled[kind]], wrong).default(null)
}
