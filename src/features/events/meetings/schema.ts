import { z } from 'zod'

/** `cast`: more yes than no; `two_thirds` of yes and no; `present`: more than half of the members in the room. */
export const majorities = ['cast', 'two_thirds', 'present'] as const
export type Majority = (typeof majorities)[number]

/** Its texts are read apart, one per language of the organization. */
export const MotionForm = z.object({
  motion_id: z.uuid(),
  moved_by: z.string().trim().max(120).default(''),
  seconded_by: z.string().trim().max(120).default(''),
  majority: z.enum(majorities),
  amends: z.union([z.literal(''), z.uuid()]).default('').transform((id) => id || null), // prettier-ignore
})

const hands = z.coerce.number('form.number').int('form.number').min(0, 'form.too_small').max(100_000, 'form.too_large')

export const CountForm = z.object({
  yes: hands,
  no: hands,
  abstain: hands,
  entitled: hands,
  reason: z.string().trim().max(500).default(''),
})

export const MinutesForm = z.object({
  presided_by: z.string().trim().max(120).default(''),
  approved_on: z.union([z.literal(''), z.iso.date('form.invalid')]).default('').transform((day) => day || null), // prettier-ignore
  approved_how: z.string().trim().max(300).default(''),
})
