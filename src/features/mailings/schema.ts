import { z } from 'zod'
import type { ContactPurpose } from '../people/schema.ts'

export const mailingStates = ['draft', 'scheduled', 'sending', 'paused', 'sent', 'canceled'] as const
export type MailingState = (typeof mailingStates)[number]

export const mailingLanes = ['member_communication', 'non_partisan', 'independent', 'coordinated'] as const
export type MailingLane = (typeof mailingLanes)[number]

/** For what people are contacted in a lane. */
export const purposeOf: Record<MailingLane, ContactPurpose> = {
  member_communication: 'membership',
  non_partisan: 'news',
  independent: 'campaign',
  coordinated: 'campaign',
}

export const mailingClocks = ['organization', 'reader'] as const
export type MailingClock = (typeof mailingClocks)[number]

const name = z.string().trim().min(1, 'form.required').max(120)

const chosen = z.union([z.literal('').transform(() => null), z.uuid('form.invalid')]).default(null)

export const MailingForm = z.object({
  name,
  lane: z.enum(mailingLanes),
  topic_id: chosen,
  look_id: chosen,
})
export type MailingForm = z.output<typeof MailingForm>

/** Begun from a list of people it is for them. */
export const NewMailingForm = MailingForm.extend({
  expression: z.string().trim().max(4000).default(''),
  /** Cycle and contest whose endorsement it announces. */
  endorsement: z
    .string()
    .regex(/^([0-9a-f-]{36}\/\d{1,9})?$/)
    .default(''),
})

export const TopicForm = z.object({ is_for_all: z.enum(['yes', 'no']).transform((typed) => typed === 'yes') })

/** 'held': until the better subject is known. 'handing': with the mail server at this moment. 'unknown': it may have gone out or not, and is not sent again by itself. */
export const deliveryStates = [
  'waiting',
  'held',
  'handing',
  'sent',
  'deferred',
  'failed',
  'unknown',
  'left_out',
  'bounced',
  'undeliverable',
] as const
export type DeliveryState = (typeof deliveryStates)[number]

/** Why a mail never was with the mail server: it could not be put together for this reader; the server reads no letters beyond ASCII before the @; the address is none. */
export const undeliverableReasons = ['unwritten', 'address_letters', 'address_invalid'] as const
export type UndeliverableReason = (typeof undeliverableReasons)[number]

/** What pauses a mailing beside the mail server's own words: an expression that asks nothing any more; mail after mail whose end is unknown; that it is no longer what was approved; readers for whom it cannot be put together; that it does not say who pays as the law wants it; a mail server whose certificate nobody vouches for. */
export const ownProblems = ['expression', 'unknown', 'changed', 'unwritten', 'law_line', 'certificate'] as const

export const stopReasons = ['unsubscribed', 'complaint', 'hard_bounce', 'soft_bounces'] as const
export type StopReason = (typeof stopReasons)[number]

/** Why somebody an e-mail is meant for does not get it, in the order in which it is asked. */
export const whyNots = [
  'marked',
  'opted_out',
  'paused',
  'not_topic',
  'not_member',
  'no_address',
  'unchecked',
  'bounced',
  'no_consent',
  'same_mailbox',
] as const
export type WhyNot = (typeof whyNots)[number]

export const AudienceForm = z.object({ expression: z.string().trim().max(4000) })

const time = z
  .union([z.literal('').transform(() => null), z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'form.invalid')])
  .default(null)

export const SendForm = z
  .object({
    /** What it was when the page was opened; empty: a program, which saw no page. */
    hash: z.string().default(''),
    /** So many as the page said: whoever sends has read the number. */
    count: z
      .string()
      .trim()
      .transform((typed) => Number(typed.replaceAll(/[,\s]/g, '')) || 0),
    goes_by: z.enum(mailingClocks).default('organization'),
    /** 'YYYY-MM-DDTHH:MM' by that clock; empty: now. */
    at: z
      .union([
        z.literal('').transform(() => null),
        z.iso
          .datetime({ local: true, precision: -1, error: 'form.invalid' })
          .refine((at) => !at.endsWith('Z'), 'form.invalid'),
      ])
      .default(null),
    window_starts: time,
    window_ends: time,
    per_minute: z
      .union([
        z.literal('').transform(() => null),
        z
          .string()
          .regex(/^[1-9]\d{0,4}$/, 'form.number')
          .transform(Number),
      ])
      .default(null),
  })
  .refine(({ window_starts, window_ends }) => (window_starts === null) === (window_ends === null), {
    path: ['window_ends'],
    message: 'sending.window_both',
  })
  .refine(({ window_starts, window_ends }) => window_starts === null || window_starts !== window_ends, {
    path: ['window_ends'],
    message: 'sending.window_same',
  })
export type SendForm = z.output<typeof SendForm>

export const TestForm = z.object({
  to: z.string().trim().toLowerCase().pipe(z.email('form.email')),
  language: z.string().regex(/^[a-z]{2}$/),
})

export const WishForm = z.object({
  language: z.union([z.literal('').transform(() => null), z.string().regex(/^[a-z]{2}$/)]).default(null),
  pause: z.enum(['', '30', '90', 'until']).default(''),
  until: z.iso.date().nullable().catch(null).default(null),
})
