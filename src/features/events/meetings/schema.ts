import { z } from 'zod'
import { EventText } from '../schema.ts'

/** `cast`: more yes than no; `two_thirds` of yes and no; `present`: more than half of those in the room who may vote. */
export const majorities = ['cast', 'two_thirds', 'present'] as const
export type Majority = (typeof majorities)[number]

/** Its texts are read apart, one per language of the organization. */
export const MotionForm = z.object({
  page_key: z.uuid(),
  moved_by: z.string().trim().max(120).default(''),
  seconded_by: z.string().trim().max(120).default(''),
  majority: z.enum(majorities),
  amends: z.union([z.literal(''), z.uuid()]).default('').transform((id) => id || null), // prettier-ignore
})

const hands = z
  .string()
  .trim()
  .regex(/^\d{1,9}$/, 'form.number')
  .transform(Number)
  .pipe(z.number().max(100_000, 'form.too_large'))

export const CountForm = z.object({
  yes: hands,
  no: hands,
  abstain: hands,
  present: hands,
  entitled: hands,
  reason: z.string().trim().max(500).default(''),
})

export const MinutesForm = z.object({
  presided_by: z.string().trim().max(120).default(''),
  approved_on: z.union([z.literal(''), z.iso.date('form.invalid')]).default('').transform((day) => day || null), // prettier-ignore
  approved_how: z.string().trim().max(300).default(''),
})

/** What minutes say besides motions and notes, as it was when they were approved. */
export const AsApproved = z.object({
  people: z.int(),
  present: z.int(),
  members: z.int(),
  quorum: z.int().nullable(),
  agenda: z.union([z.string(), EventText]),
})
export type AsApproved = z.infer<typeof AsApproved>
