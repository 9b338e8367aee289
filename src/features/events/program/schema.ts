import { z } from 'zod'

const line = z.string().trim().max(200).default('')

/** Its titles are read apart, one per language of the organization. */
export const ItemForm = z.object({
  minutes: z.coerce
    .number('program.minutes_invalid')
    .int('program.minutes_invalid')
    .min(1, 'program.minutes_invalid')
    .max(600, 'program.minutes_invalid'),
  who: line,
  interpreter: line,
  note: z
    .string()
    .trim()
    .max(2000)
    .default('')
    .transform((text) => text.replaceAll('\r\n', '\n')),
})
export const NewItemForm = ItemForm.extend({ page_key: z.uuid() })

/** `seen`: what was on when the page was read. */
const maybeId = z.union([z.literal(''), z.uuid()]).default('').transform((id) => id || null) // prettier-ignore
export const StepForm = z.object({ to: maybeId, seen: maybeId })

export const placeActs = ['up', 'down', 'remove'] as const
export type PlaceAct = (typeof placeActs)[number]
