import type { PublicProblem } from '../../platform/i18n/public-words.ts'
import { z } from 'zod'
import { addDays, dateIn, instantIn, timeIn } from '../../platform/clock.ts'
import { localized } from '../../platform/i18n/languages.ts'
import type { Guardian } from './guardians/schema.ts'
import type { CodeProblem, TicketsProblem } from './orders/rules.ts'
import { e164 } from '../voterfile/rules/phones.ts'
import {
  consentChannels,
  needsOf,
  reminderHours,
  responseRules,
  wasThere,
  type Answers,
  type Attendance,
  type EventContent,
  type EventQuestion,
  type EventResponse,
  type Need,
  type Said,
  type SignUp,
  type SignupSource,
} from './schema.ts'

/*
 * Seats.
 */

/** Seats that are left, of the event and of each shift; null: as many as come. */
export interface Room {
  event: number | null
  shifts: ReadonlyMap<string, number | null>
  /** Tickets that are left, by kind; of one that is not here as many as there are seats. */
  tickets?: ReadonlyMap<string, number>
}

/** Seats one more party could take at most in these shifts. */
export function seatsFor(room: Room, shift_ids: readonly string[]): number {
  const left = [room.event, ...shift_ids.map((id) => (room.shifts.has(id) ? (room.shifts.get(id) ?? null) : 0))]
  return Math.min(...left.map((each) => each ?? Number.POSITIVE_INFINITY))
}

export interface Party {
  signup_id: string
  seats: number
  shift_ids: readonly string[]
  /** Of an event that sells tickets. */
  tickets?: readonly { ticket_kind_id: string; count: number }[] | null
}

/** Is there a seat for everybody of a party, and a ticket of its kind? */
export const hasRoom = (room: Room, { seats, shift_ids, tickets }: Omit<Party, 'signup_id'>): boolean =>
  seatsFor(room, shift_ids) >= seats &&
  (tickets ?? []).every(({ ticket_kind_id, count }) => (room.tickets?.get(ticket_kind_id) ?? count) >= count)

/** Who moves up, in order of arrival: each for whom there is room. Whoever is too many for what is left waits on and holds up nobody. */
export function nextUp(room: Room, waiting: readonly Party[]): Party[] {
  let left = room
  return waiting.filter((party) => {
    if (!hasRoom(left, party)) return false
    left = without(left, party)
    return true
  })
}

/** What is left once that party has its seats. */
export const without = (room: Room, { seats, shift_ids, tickets }: Party): Room => ({
  event: room.event === null ? null : room.event - seats,
  shifts: new Map(
    [...room.shifts].map(([id, left]) => [id, left !== null && shift_ids.includes(id) ? left - seats : left]),
  ),
  tickets: new Map(
    [...(room.tickets ?? [])].map(([id, left]) => [
      id,
      left - (tickets?.find(({ ticket_kind_id }) => ticket_kind_id === id)?.count ?? 0),
    ]),
  ),
})

/** What becomes of somebody who signs up; null: there is no seat and no wait list. */
export function answerTo(
  event: { is_by_invitation: boolean; needs_approval: boolean; has_wait_list: boolean },
  { has_room, is_invited }: { has_room: boolean; is_invited: boolean },
): 'signed_up' | 'wait_listed' | 'awaiting_approval' | null {
  if ((event.needs_approval || event.is_by_invitation) && !is_invited) return 'awaiting_approval'
  if (has_room) return 'signed_up'
  return event.has_wait_list ? 'wait_listed' : null
}

export const mayFollow = (before: EventResponse, after: EventResponse): boolean =>
  responseRules[before].next.includes(after)

/** Whoever waits, with what is still ahead of them: for a shift that has begun nobody waits any more. */
export const waitingAhead = (
  waiting: readonly Party[],
  shifts: readonly { shift_id: string; starts_at: Date }[],
  now: Date,
): Party[] =>
  waiting
    .map((party) => ({
      ...party,
      shift_ids: shifts.flatMap(({ shift_id, starts_at }) =>
        party.shift_ids.includes(shift_id) && starts_at > now ? [shift_id] : [],
      ),
    }))
    .filter(({ shift_ids }) => shift_ids.length > 0)

/** Until when a seat that became free waits for its word: not beyond the beginning of its shift. Null: it is theirs. */
export function acceptBy(event: { accept_hours: number; starts_at: Date }, now: Date): Date | null {
  if (event.accept_hours === 0) return null
  return new Date(Math.min(now.getTime() + event.accept_hours * 3_600_000, event.starts_at.getTime()))
}

export type Standing = 'draft' | 'canceled' | 'over' | 'open'

export function standingOf(
  event: { published_at: Date | null; canceled_at: Date | null; ends_at: Date },
  now: Date,
): Standing {
  if (event.canceled_at) return 'canceled'
  if (!event.published_at) return 'draft'
  return event.ends_at <= now ? 'over' : 'open'
}

/** When somebody is reminded: whole days before at the same time of day, though the clocks change between. */
const reminderAt = (zone: string, starts_at: Date, hours: number): Date =>
  hours % 24 === 0 ? movedBy(zone, starts_at, -hours / 24) : new Date(starts_at.getTime() - hours * 3_600_000)

/** Reminders of a shift that are due: those whose moment has come, for who had it by then. */
export const remindersDue = (
  { reminder_hours, time_zone }: { reminder_hours: readonly number[]; time_zone: string },
  { starts_at }: { starts_at: Date },
  taken_at: Date,
  now: Date,
): number[] =>
  reminder_hours.filter((hours) => {
    const at = reminderAt(time_zone, starts_at, hours)
    return at <= now && now < starts_at && taken_at < at
  })

/** Reminders of a shift whose moment is still to come. */
export const remindersAhead = (
  { time_zone }: { time_zone: string },
  { starts_at }: { starts_at: Date },
  now: Date,
): number[] => reminderHours.filter((hours) => reminderAt(time_zone, starts_at, hours) > now)

/** When something is next to be done by itself: a reminder of a shift, or a seat nobody accepted. */
export function nextDue(
  { reminder_hours, time_zone }: { reminder_hours: readonly number[]; time_zone: string },
  shifts: readonly { starts_at: Date }[],
  accept_by: readonly Date[],
  now: Date,
): Date | null {
  const moments = [
    ...shifts.flatMap(({ starts_at }) => reminder_hours.map((hours) => reminderAt(time_zone, starts_at, hours))),
    ...accept_by,
  ].filter((at) => at > now)
  return moments.toSorted((one, other) => one.getTime() - other.getTime())[0] ?? null
}

/*
 * Entries of calendars.
 */

/** An entry as somebody has it by mail. */
export interface MailedEntry {
  method: 'REQUEST' | 'CANCEL'
  sequence: number
  /** Of the event at that time. */
  event_sequence: number
}

/** What the calendar behind a mailbox has of an event. */
export interface OwnCalendar {
  /** How often its reader answered the event or was answered: of all their sign-ups, of which each goes on from the last. */
  turns: number
  /** By shift, as they were last mailed to it. */
  mailed: Partial<Record<string, MailedEntry>>
  /** Shifts that somebody else with the same mailbox has: a couple has one calendar. */
  of_others: readonly string[]
}

/** SEQUENCE of an entry as it stands now (RFC 5546 2.1.4): one that says anything new has a higher one than before. */
export function sequenceOf(
  { turns, mailed }: Pick<OwnCalendar, 'turns' | 'mailed'>,
  now: { shift_id: string; method: MailedEntry['method']; event_sequence: number },
): number {
  const own = now.event_sequence + turns
  const before = mailed[now.shift_id]
  if (!before) return own
  const isNews = before.method !== now.method || now.event_sequence > before.event_sequence
  return Math.max(own, before.sequence + (isNews ? 1 : 0))
}

/** Is a shift still in a calendar, and nobody's any more whose calendar it is? `shift_ids`: what its reader has. */
export const isToDrop = ({ mailed, of_others }: OwnCalendar, shift_ids: readonly string[], shift_id: string): boolean =>
  mailed[shift_id]?.method === 'REQUEST' && !of_others.includes(shift_id) && !shift_ids.includes(shift_id)

/*
 * Time.
 */

/** The same times of day, so many days later: across a change of clocks too. */
export function movedBy(zone: string, instant: Date, days: number): Date {
  return instantIn(zone, addDays(dateIn(zone, instant), days), timeIn(zone, instant))
}

export interface Rule {
  every: 'week' | 'month'
  step: number
  /** 0: Sunday. */
  weekday: number
  /** -1: the last of the month. */
  nth: number | null
  starts_on: string
  ends_on: string
}

/** No series has more days; one more is enough to know. */
export const longest = 120

/** Days of a rule, 'YYYY-MM-DD'. A month without a fifth weekday has none. */
export function daysOf(rule: Rule): string[] {
  const days: string[] = []
  if (rule.every === 'week') {
    const first = addDays(rule.starts_on, (rule.weekday - weekdayOf(rule.starts_on) + 7) % 7)
    for (let day = first; day <= rule.ends_on && days.length <= longest; day = addDays(day, 7 * rule.step))
      days.push(day)
    return days
  }
  const [year = 0, month = 0] = rule.starts_on.split('-').map(Number)
  for (let at = month - 1; days.length <= longest; at += rule.step) {
    if (dateOf(year, at, 1) > rule.ends_on) return days
    const day = nthOf(year, at, rule.weekday, rule.nth ?? 1)
    if (day && day >= rule.starts_on && day <= rule.ends_on) days.push(day)
  }
  return days
}

function nthOf(year: number, month: number, weekday: number, nth: number): string | null {
  if (nth === -1) {
    const last = dateOf(year, month + 1, 0)
    return addDays(last, -((weekdayOf(last) - weekday + 7) % 7))
  }
  const first = dateOf(year, month, 1)
  const day = addDays(first, ((weekday - weekdayOf(first) + 7) % 7) + 7 * (nth - 1))
  return day.slice(0, 7) === first.slice(0, 7) ? day : null
}

const dateOf = (year: number, month: number, day: number): string =>
  new Date(Date.UTC(year, month, day)).toISOString().slice(0, 10)
export const weekdayOf = (date: string): number => new Date(`${date}T12:00:00Z`).getUTCDay()
/** Which of its weekday a day is in its month: 1 to 5. */
export const nthOfMonth = (date: string): number => Math.ceil(Number(date.slice(8)) / 7)

/*
 * Signing up.
 */

export type OwnProblem = 'shift' | 'guests' | TicketsProblem | CodeProblem
export type FieldProblem = PublicProblem | OwnProblem

export type ReadSignUp = { ok: true; signup: SignUp } | { ok: false; errors: Partial<Record<string, FieldProblem>> }

export interface Asking {
  content: EventContent
  /** Of the kind. */
  needs: readonly Need[]
  guests_most: number
  shifts: readonly { shift_id: string }[]
}

/** Questions every event of a kind asks, beside its own. */
export const kindQuestions = (needs: readonly Need[]): Need[] => needsOf(needs, 'sign_up')

/** Whether signing up asks anything beside who one is. */
export const asksMore = ({ content, needs, guests_most, shifts }: Asking): boolean =>
  shifts.length > 1 ||
  guests_most > 0 ||
  kindQuestions(needs).length > 0 ||
  needs.includes('minors_consent') ||
  content.questions.length > 0 ||
  consentChannels.some((channel) => Object.values(content.consent[channel] ?? {}).some(Boolean))

/** Who somebody says they are, as far as they have typed it. */
export function saidIn(fields: Record<string, string[]>): Said {
  const text = (name: string): string => clean(fields[name]?.[0] ?? '')
  const phone = text('phone')
  return {
    first_name: oneLine(text('first_name')),
    last_name: oneLine(text('last_name')),
    name_hangul: oneLine(text('name_hangul')) || null,
    email: text('email').toLowerCase() || null,
    phone: phone ? e164(phone) : null,
  }
}

type Fields = Record<string, string[]>
type Problems<Problem extends string> = Partial<Record<string, Problem | PublicProblem>>

/** One text as it was typed; one that is too long is a problem. */
export function lineIn<Problem extends string>(
  fields: Fields,
  errors: Problems<Problem>,
  name: string,
  most: number,
): string {
  const text = clean(fields[name]?.[0] ?? '')
  if (text.length > most) errors[name] = 'long'
  return text
}

/** Who somebody says they are, with what is wrong about it. */
export function whoIn<Problem extends string>(fields: Fields, errors: Problems<Problem>): Said {
  for (const [name, most] of [['email', 200], ['phone', 40], ['first_name', 80], ['last_name', 80], ['name_hangul', 40]] as const) lineIn(fields, errors, name, most) // prettier-ignore
  const said = saidIn(fields)
  if (!said.first_name) errors.first_name ??= 'needed'
  if (!said.last_name) errors.last_name ??= 'needed'
  if (said.name_hangul && !isHangulName(said.name_hangul)) errors.name_hangul ??= 'hangul'
  if (said.email && !z.email().safeParse(said.email).success) errors.email ??= 'email'
  if (clean(fields.phone?.[0] ?? '') && !said.phone) errors.phone ??= 'phone'
  return said
}

/** Reads what somebody sent; `fields` are all values by name. What is not asked is not read. */
export function readSignUp(asking: Asking, fields: Record<string, string[]>, language: string): ReadSignUp {
  const errors: Partial<Record<string, FieldProblem>> = {}
  const line = (name: string, most: number): string => lineIn(fields, errors, name, most)
  const said = whoIn(fields, errors)
  if (!said.email && !said.phone && !errors.phone) errors.email ??= 'either'

  const chosen = fields.shift ?? []
  const shift_ids = asking.shifts.map(({ shift_id }) => shift_id).filter((id) => asking.shifts.length === 1 || chosen.includes(id)) // prettier-ignore
  if (shift_ids.length === 0) errors.shift = 'shift'

  const named: SignUp['named'] = []
  for (let at = 0; at < asking.guests_most; at++) {
    const [first, last] = [oneLine(line(`guest.${at}.first_name`, 80)), oneLine(line(`guest.${at}.last_name`, 80))]
    const hangul = oneLine(line(`guest.${at}.name_hangul`, 40))
    if (!first && !last && !hangul) continue
    if (!first || !last) errors[`guest.${at}.${first ? 'last_name' : 'first_name'}`] = 'needed'
    if (hangul && !isHangulName(hangul)) errors[`guest.${at}.name_hangul`] = 'hangul'
    named.push({ first_name: first, last_name: last, name_hangul: hangul || null })
  }
  const guests = Number(/^\d{1,2}$/.exec(line('guests', 10))?.[0] ?? 0)
  if (named.length + guests > asking.guests_most) errors.guests = 'guests'

  const answers: Answers = {}
  for (const need of kindQuestions(asking.needs)) {
    const text = line(`q.${need}`, 2000)
    if (text) answers[need] = text
  }
  for (const question of asking.content.questions) {
    const { answer, problem } = answerOf(question, fields[`q.${question.key}`] ?? [])
    if (problem) errors[`q.${question.key}`] = problem
    else if (answer !== null) answers[question.key] = answer
  }
  const { is_minor, guardian } = asking.needs.includes('minors_consent')
    ? guardianIn(fields, line, errors)
    : { is_minor: false, guardian: null }
  const consents = consentChannels.flatMap((channel) => {
    const wording = localized(asking.content.consent[channel], language).text
    return wording && fields.consent?.includes(channel) ? [{ channel, wording }] : []
  })
  if (Object.keys(errors).length > 0) return { ok: false, errors }
  return { ok: true, signup: { said, named, guests, shift_ids, answers, is_minor, guardian, consents } }
}

/** Somebody under 18 needs the word of whoever answers for them; whoever is older is asked nothing. */
function guardianIn(
  fields: Record<string, string[]>,
  line: (name: string, most: number) => string,
  errors: Partial<Record<string, FieldProblem>>,
): { is_minor: boolean; guardian: Guardian | null } {
  if (fields.minor?.[0] !== 'on') {
    // Half of an answer is asked about, not thrown away.
    const isBegun = ['guardian_name', 'guardian_phone', 'guardian_relation', 'guardian_agrees'].some((name) =>
      clean(fields[name]?.[0] ?? ''),
    )
    if (isBegun) errors.minor = 'needed'
    return { is_minor: false, guardian: null }
  }
  const [name, relation] = [oneLine(line('guardian_name', 120)), oneLine(line('guardian_relation', 60))]
  const typed = line('guardian_phone', 40)
  const phone = typed ? e164(typed) : null
  if (!name) errors.guardian_name ??= 'needed'
  if (!phone) errors.guardian_phone ??= typed ? 'phone' : 'needed'
  if (fields.guardian_agrees?.[0] !== 'on') errors.guardian_agrees = 'needed'
  return { is_minor: true, guardian: phone && name ? { name, phone, relation } : null }
}

function answerOf(
  question: EventQuestion,
  given: readonly string[],
): { answer: string | string[] | null; problem: FieldProblem | null } {
  const texts = given.map(clean).filter(Boolean)
  const [text] = texts
  if (text === undefined) return { answer: null, problem: question.is_needed ? 'needed' : null }
  if (question.kind === 'text')
    return text.length > 2000 ? { answer: null, problem: 'long' } : { answer: text, problem: null }
  const known =
    question.kind === 'yes_no' ? ['yes', 'no'] : question.choices.map((choice) => localized(choice, 'en').text)
  if (!texts.every((each) => known.includes(each))) return { answer: null, problem: 'choice' }
  return { answer: question.kind === 'several' ? [...new Set(texts)] : text, problem: null }
}

/** Without what turns letters around or cannot be seen. */
export const clean = (text: string): string =>
  text
    .replaceAll('\r\n', '\n')
    // oxlint-disable-next-line no-control-regex -- lines and tabs may stay, nothing else of the kind
    .replaceAll(/[\u0001-\u0008\u000b-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g, '')
    .trim()
const isHangulName = (text: string): boolean => /^[가-힣][가-힣\s·]*$/.test(text)
export const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ')

/*
 * Name tags.
 */

/** 'walk_ins': at the door, when those of all others lie there already. */
export const whoseTags = ['all', 'walk_ins'] as const
export type WhoseTags = (typeof whoseTags)[number]

export interface Tag {
  /** Empty: to be written by hand. */
  large: string
  small: string
  /** Of a guest: whom they came with. */
  guest_of: string
}

interface Tagged {
  signup_id: string
  host_signup_id: string | null
  first_name: string | null
  last_name: string | null
  name_hangul: string | null
  guests: number
  response: EventResponse
  source: SignupSource
  /** By shift. */
  attendance: Partial<Record<string, { attendance: Attendance; guests: number }>>
}

/** A tag for each: whoever has a seat or walked in, their guests with a name, and a blank one for each guest without. */
export function tagsOf(rows: readonly Tagged[], whose: WhoseTags): Tag[] {
  const names = new Map(rows.map((row) => [row.signup_id, tagName(row)]))
  return rows.flatMap((row) => {
    const { large, small } = tagName(row)
    const marks = Object.values(row.attendance)
    const isWalkIn = row.source === 'door'
    const isThere = marks.some((mark) => mark && wasThere[mark.attendance])
    const isMeant = isThere || (!isWalkIn && responseRules[row.response].holds_seat)
    if (!isMeant || (whose === 'walk_ins' && !isWalkIn)) return []
    const host = row.host_signup_id === null ? '' : (names.get(row.host_signup_id)?.large ?? '')
    const guests = Math.max(row.guests, ...marks.map((mark) => mark?.guests ?? 0))
    return [
      { large, small, guest_of: host },
      ...Array.from({ length: guests }, () => ({ large: '', small: '', guest_of: large })),
    ]
  })
}

function tagName({ first_name, last_name, name_hangul }: Tagged): { large: string; small: string } {
  const roman = [first_name, last_name].filter(Boolean).join(' ')
  return { large: name_hangul ?? roman, small: name_hangul ? roman : '' }
}

/*
 * An event by itself.
 */

/** What stands between an event and its readers. */
export type EventProblem = 'title' | 'place' | 'question' | 'choices' | 'past'

export function problemsOf(
  event: { content: EventContent; online_link: string | null; ends_at: Date },
  shifts: readonly { place: { name: Partial<Record<string, string>>; address: string } }[],
  now: Date,
): EventProblem[] {
  const isSaid = (text: Partial<Record<string, string>>): boolean => Object.values(text).some(Boolean)
  const { title, questions } = event.content
  const problems: EventProblem[] = []
  if (!isSaid(title)) problems.push('title')
  if (!event.online_link && shifts.some(({ place }) => !isSaid(place.name) && !place.address)) problems.push('place')
  if (questions.some(({ say }) => !isSaid(say))) problems.push('question')
  if (questions.some(({ kind, choices }) => (kind === 'choice' || kind === 'several') && choices.length < 2))
    problems.push('choices')
  if (event.ends_at <= now) problems.push('past')
  return problems
}

/** Languages of the organization a text that stands in another lacks. */
export function missingTexts(content: EventContent, languages: readonly string[]): string[] {
  const texts = [
    content.title,
    content.summary,
    content.access,
    content.spoken,
    ...Object.values(content.details).flatMap((each) => (typeof each === 'object' ? [each] : [])),
    ...content.questions.flatMap(({ say, choices }) => [say, ...choices]),
  ]
  return languages.filter((language) => texts.some((text) => Object.values(text).some(Boolean) && !text[language]))
}
