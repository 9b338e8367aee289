import { z } from 'zod'
import { MaybeDay, NeededDay } from '../schema.ts'

export const bodyKinds = ['chapter', 'committee', 'board'] as const
export type BodyKind = (typeof bodyKinds)[number]

const maybeNumber = (most: number) =>
  z
    .union([z.literal(''), z.coerce.number().int().min(1).max(most)], 'bodies.number_wrong')
    .default('')
    .transform((number) => number || null)

/** Names by language are read from what was typed. */
export const BodyForm = z.object({ kind: z.enum(bodyKinds, 'form.required') })
export const OfficeForm = z.object({ seats: maybeNumber(200), term_months: maybeNumber(120) })

export const HolderForm = z
  .object({
    who: z.string('bodies.who_needed').trim().min(1, 'bodies.who_needed').max(60),
    from_on: NeededDay,
    until_on: MaybeDay,
  })
  .refine(({ from_on, until_on }) => !until_on || from_on <= until_on, {
    path: ['until_on'],
    message: 'leadership.ends_before',
  })
