import { z } from 'zod'
import { cents } from '../people/membership/schema.ts'
import { day, kindKey } from '../people/schema.ts'

/** 'void': a payment that was recorded by mistake; no money moved. */
export const entryKinds = ['payment', 'refund', 'void'] as const
export const purposes = ['dues', 'ticket'] as const
export const ways = ['cash', 'check', 'transfer', 'card'] as const
/** Ways somebody types in; a card is written by the service that took it. */
export const waysByHand = ['cash', 'check', 'transfer'] as const
/** How dues are settled: by money, or without any. */
export const settled = [...waysByHand, 'waived', 'elsewhere'] as const

const text = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .transform((typed) => typed || null)
    .nullable()
    .default(null)

const emptyDay = z.union([z.literal('').transform(() => null), day], 'people.day_invalid')

export const DuesForm = z.object({
  /** Made with the form: what is sent twice is one. */
  form_key: z.uuid(),
  kind: kindKey,
  way: z.enum(settled),
  amount: z.union([z.literal('').transform(() => 0), cents], 'membership.amount_wrong').default(0),
  reference: text(80),
  paid_on: day,
  from_on: day,
  /** Empty: for life. */
  until_on: emptyDay,
  reason: text(300),
  /** The receipt goes to the member. */
  mails: z.literal('yes').optional(),
})
export type DuesSettled = z.output<typeof DuesForm>

export const BackForm = z.object({
  form_key: z.uuid(),
  kind: z.enum(['refund', 'void']),
  amount: z.union([z.literal('').transform(() => null), cents], 'membership.amount_wrong').default(null),
  way: z.enum(waysByHand).default('cash'),
  reference: text(80),
  on_date: day,
  note: z.string('form.required').trim().min(1, 'form.required').max(300),
  takes_dues_back: z.literal('yes').optional(),
})
export type GivenBack = z.output<typeof BackForm>
