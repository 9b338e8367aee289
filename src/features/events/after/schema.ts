import { z } from 'zod'
import { EventText } from '../schema.ts'

/** Whom thanks go to: other words for whoever had a seat and did not come. */
export const thanked = ['attended', 'missed'] as const
export type Thanked = (typeof thanked)[number]

/** By whom and language; what is empty is said in our words. */
export const Thanks = z.partialRecord(z.enum(thanked), EventText)
export type Thanks = z.infer<typeof Thanks>

/** Why somebody is not thanked by mail. */
export type NotThanked = 'no_mail' | 'refused' | 'done'

/** '' is those of the shift again. */
export const HoursForm = z.object({
  signup: z.uuid(),
  shift: z.uuid(),
  hours: z
    .union([z.literal(''), z.coerce.number('form.number').min(0, 'form.too_small').max(24, 'form.too_large')])
    .default('')
    .transform((hours) => (hours === '' ? null : Math.round(hours * 60))),
  reason: z.string().trim().min(1, 'after.reason_needed').max(300),
})
