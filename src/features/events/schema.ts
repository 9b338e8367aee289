import { z } from 'zod'
import { spokenLanguages } from '../people/schema.ts'
import type { Guardian } from './guardians/schema.ts'

/** One text per language code. */
export const EventText = z.record(z.string().regex(/^[a-z]{2,3}$/), z.string().max(4000))
export type EventText = z.infer<typeof EventText>

/**
 * What a kind of event needs, and what that means for one: 'setting' switches something on, 'text' is asked of the organizer, 'texts' in every language and shown to everybody, 'sign_up' is asked of those who sign up.
 */
export const needRules = {
  invitation: 'setting',
  guests: 'setting',
  shifts: 'setting',
  facilitator: 'text',
  interpreter: 'text',
  note_taker: 'text',
  mentors: 'text',
  press_contact: 'text',
  quorum: 'text',
  agenda: 'texts',
  panel: 'texts',
  visits: 'texts',
  ask: 'texts',
  visuals: 'texts',
  partner_site: 'texts',
  tasks: 'texts',
  skills: 'texts',
  materials: 'texts',
  questions: 'sign_up',
  own_skills: 'sign_up',
  meals: 'sign_up',
  minors_consent: 'setting',
  program: 'setting',
} as const satisfies Record<string, 'setting' | 'text' | 'texts' | 'sign_up'>
export type Need = keyof typeof needRules
export const needs = Object.keys(needRules) as Need[] // keys of the object above
export const needsOf = (asked: readonly Need[], how: (typeof needRules)[Need]): Need[] =>
  asked.filter((need) => needRules[need] === how)

export const KindKey = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/)

/** What somebody said to an event. */
export const responses = [
  'invited',
  'signed_up',
  'confirmed',
  'wait_listed',
  'awaiting_approval',
  'declined',
  'canceled_by_them',
  'canceled_by_us',
] as const
export type EventResponse = (typeof responses)[number]

/** `is_open`: a person has one of these at most for an event. `next`: what may follow. */
export const responseRules: Record<
  EventResponse,
  { holds_seat: boolean; is_open: boolean; next: readonly EventResponse[] }
> = {
  invited: {
    holds_seat: false,
    is_open: true,
    next: ['signed_up', 'wait_listed', 'declined', 'canceled_by_us'],
  },
  signed_up: { holds_seat: true, is_open: true, next: ['confirmed', 'canceled_by_them', 'canceled_by_us'] },
  confirmed: { holds_seat: true, is_open: true, next: ['canceled_by_them', 'canceled_by_us'] },
  wait_listed: { holds_seat: false, is_open: true, next: ['signed_up', 'canceled_by_them', 'canceled_by_us'] },
  awaiting_approval: {
    holds_seat: false,
    is_open: true,
    next: ['signed_up', 'wait_listed', 'canceled_by_them', 'canceled_by_us'],
  },
  declined: { holds_seat: false, is_open: false, next: [] },
  canceled_by_them: { holds_seat: false, is_open: false, next: [] },
  canceled_by_us: { holds_seat: false, is_open: false, next: [] },
}
export const seated = responses.filter((each) => responseRules[each].holds_seat)
export const openResponses = responses.filter((each) => responseRules[each].is_open)

/** What may be done with a guest who has a name, apart from their host: seats are the host's. */
export const isGuestAct = (act: string): boolean => ['cancel', 'refuse', 'remove'].includes(act)

/** Whether somebody was there: not what they had said. */
export const attendances = ['attended', 'walk_in', 'no_show', 'excused'] as const
export type Attendance = (typeof attendances)[number]
export const wasThere: Record<Attendance, boolean> = { attended: true, walk_in: true, no_show: false, excused: false }

export const signupSources = ['web', 'staff', 'door'] as const
export type SignupSource = (typeof signupSources)[number]

export const questionKinds = ['choice', 'several', 'yes_no', 'text'] as const
export type QuestionKind = (typeof questionKinds)[number]

export const EventQuestion = z.object({
  key: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/),
  kind: z.enum(questionKinds),
  say: EventText,
  /** Answers are kept in the words of one, so that the list may be changed. */
  choices: z.array(EventText).max(20),
  is_needed: z.boolean(),
})
export type EventQuestion = z.infer<typeof EventQuestion>

export const consentChannels = ['email', 'text', 'phone'] as const
export type ConsentChannel = (typeof consentChannels)[number]

export const EventContent = z.object({
  title: EventText,
  summary: EventText,
  /** Steps, lift, parking … */
  access: EventText,
  /** Which languages are spoken, whether somebody interprets. */
  spoken: EventText,
  details: z.partialRecord(z.enum(needs), z.union([z.string().max(4000), EventText])),
  questions: z.array(EventQuestion).max(10),
  /** Shown beside an empty box and kept with every consent; a channel without words is not asked. */
  consent: z.partialRecord(z.enum(consentChannels), EventText),
})
export type EventContent = z.infer<typeof EventContent>

export const Place = z.object({
  name: EventText.default({}),
  address: z.string().default(''),
  city: z.string().default(''),
  zip5: z.string().default(''),
  /** From the subway, where to ring. */
  directions: EventText.default({}),
})
export type Place = z.infer<typeof Place>

export const reminderHours = [96, 24, 2] as const

/** Who somebody said they are. */
export const Said = z.object({
  first_name: z.string(),
  last_name: z.string(),
  name_hangul: z.string().nullable(),
  email: z.string().nullable(),
  /** E.164 */
  phone: z.string().nullable(),
})
export type Said = z.infer<typeof Said>

export const Answers = z.record(z.string(), z.union([z.string(), z.array(z.string())]))
export type Answers = z.infer<typeof Answers>

/** One sign-up as read from a page. */
export interface SignUp {
  said: Said
  /** Named guests: people of their own. */
  named: (Pick<Said, 'first_name' | 'last_name'> & Partial<Pick<Said, 'name_hangul'>>)[]
  /** Guests without a name. */
  guests: number
  shift_ids: string[]
  answers: Answers
  /** Under 18 by their own word. */
  is_minor?: boolean
  guardian?: Guardian | null
  consents: { channel: ConsentChannel; wording: string }[]
}

/** A kind of the organization's own, or one of ours under other words. */
export const KindForm = z.object({
  name_en: z.string().trim().max(80),
  name_ko: z.string().trim().max(80),
  needs: z
    .union([z.string(), z.array(z.string())])
    .default([])
    .transform((given) => needs.filter((need) => [given].flat().includes(need))),
})

/** Whoever stands at the door without having signed up: enough in ten seconds. */
export const WalkInForm = z.object({
  first_name: z.string().trim().min(1, 'form.required').max(80),
  last_name: z.string().trim().min(1, 'form.required').max(80),
  name_hangul: z
    .string()
    .trim()
    .max(40)
    .regex(/^([가-힣][가-힣\s·]*)?$/, 'events.hangul_only')
    .default('')
    .transform((text) => text || null),
  phone: z.string().trim().max(40).default(''),
  email: z.union([z.literal(''), z.email('events.email_wrong').max(200)]).default(''),
  language: z.union([z.literal(''), z.enum(spokenLanguages)]).default(''),
})

const wholeNumber = (least: number, most: number) =>
  z.coerce.number('form.number').int('form.number').min(least, 'form.too_small').max(most, 'form.too_large')
/** '' is none. */
const maybeNumber = (least: number, most: number) =>
  z
    .union([z.literal(''), wholeNumber(least, most)])
    .default('')
    .transform((given) => (given === '' ? null : given))

function isTimeZone(zone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }))
  } catch {
    return false
  }
}

/** Settings of an event; its texts, shifts and reminders are read apart (editing.ts). */
export const SettingsForm = z.object({
  kind: KindKey,
  time_zone: z.string().refine(isTimeZone, 'form.invalid'),
  online_link: z
    .union([z.literal(''), z.url({ protocol: /^https?$/, error: 'events.link_wrong' }).max(500)])
    .default('')
    .transform((text) => text || null),
  capacity: maybeNumber(1, 100_000),
  guests_most: wholeNumber(0, 20).default(0),
  accept_hours: wholeNumber(0, 336).default(24),
  is_by_invitation: z.literal('on').optional().transform(Boolean),
  needs_approval: z.literal('on').optional().transform(Boolean),
  has_wait_list: z.literal('on').optional().transform(Boolean),
  hides_address: z.literal('on').optional().transform(Boolean),
})
export type EventSettings = Omit<z.output<typeof SettingsForm>, 'hides_address'> & {
  reminder_hours: number[]
  /** Without it everybody is told where. */
  hides_address?: boolean
}

export const SeriesForm = z.object({
  every: z.enum(['week', 'month']),
  step: wholeNumber(1, 12).default(1),
  ends_on: z.iso.date('form.invalid'),
  /** Of the month: the same weekday counted from its beginning, or its last one. */
  from: z.enum(['start', 'end']).default('start'),
})
