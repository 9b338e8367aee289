import { z } from 'zod'

/** 'shift': who signs up for the event calls in it; 'confirming': it asks who signed up whether they come. */
export type EventBankUse = 'shift' | 'confirming'

/** Key of the question in the script, under which the answer is kept. */
export const confirmingQuestion = 'event_confirm'

/** What somebody answers who is asked whether they come; 'message': left with whoever or whatever answered. */
export const confirmings = ['yes', 'no', 'maybe', 'message'] as const
export type Confirming = (typeof confirmings)[number]

export const ByHandForm = z.object({
  signup: z.uuid(),
  said: z.enum(confirmings),
  /** Of the page: a thumb that presses twice called once. */
  key: z.uuid(),
})

export const ShiftBankForm = z.object({
  phone_bank_id: z
    .union([z.literal(''), z.uuid()])
    .default('')
    .transform((id) => id || null),
})

/** How long before a shift somebody who starts to call is there for it. */
export const early_minutes = 30
