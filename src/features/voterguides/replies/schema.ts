import { z } from 'zod'
import { CalendarDate } from '../../../platform/dates.ts'
import { languages } from '../../../platform/i18n/languages.ts'

export const words_usual = 100

export const OfferForm = z.object({
  reply_until_on: CalendarDate,
  reply_words_most: z
    .string()
    .regex(/^\d{1,3}$/, 'replies.words_range')
    .transform(Number)
    .pipe(z.int().min(20, 'replies.words_range').max(500, 'replies.words_range')),
})
export type Offer = z.infer<typeof OfferForm>

const candidate = z.coerce.number().pipe(z.int32())
export const LinkForm = z.object({ candidate, act: z.enum(['make', 'revoke']) })
export const ProofMailForm = z.object({
  candidate,
  email: z.string().trim().pipe(z.email()),
  language: z.enum(languages),
})
export type ProofMailForm = z.infer<typeof ProofMailForm>
