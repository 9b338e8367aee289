import { z } from 'zod'

/** 'shift': who signs up for the event calls in it; 'confirming': it asks who signed up whether they come. */
export type EventBankUse = 'shift' | 'confirming'

/** Key of the question in the script, under which the answer is kept. */
export const confirmingQuestion = 'event_confirm'

/** What somebody answers who is asked whether they come; 'message': left with whoever or whatever answered. */
export const confirmings = ['yes', 'no', 'maybe', 'message'] as const
export type Confirming = (typeof confirmings)[number]

/** What a call by hand comes to: an answer, or none. */
export const callOutcomes = [...confirmings, 'no_answer', 'wrong_number', 'do_not_call'] as const
export type CallOutcome = (typeof callOutcomes)[number]

export const ByHandForm = z.object({
  signup: z.uuid(),
  said: z.enum(callOutcomes),
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

/** An event callers may book a voter into, with the shifts that are still to come. */
export const EventToBook = z.object({
  event_id: z.uuid(),
  title: z.record(z.string(), z.string()),
  time_zone: z.string(),
  shifts: z.array(
    z.object({
      shift_id: z.uuid(),
      starts_at: z.iso.datetime(),
      ends_at: z.iso.datetime(),
      name: z.record(z.string(), z.string()),
      place: z.record(z.string(), z.string()),
      address: z.string(),
      /** No seat is left: whoever says yes waits. */
      is_wait_list: z.boolean(),
    }),
  ),
})
export type EventToBook = z.infer<typeof EventToBook>

/** What a yes on the telephone comes to. */
export const Booked = z.enum(['signed_up', 'confirmed', 'wait_listed'])
export type Booked = z.infer<typeof Booked>
