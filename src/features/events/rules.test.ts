import ICAL from 'ical.js'
import { describe, expect, test } from 'vitest'
import { dateIn, instantIn, timeIn } from '../../platform/clock.ts'
import { icalText, type CalendarEntry } from '../../platform/ical.ts'
import {
  acceptBy,
  answerTo,
  asksMore,
  daysOf,
  isToDrop,
  movedBy,
  nextDue,
  nextUp,
  readSignUp,
  remindersAhead,
  remindersDue,
  sequenceOf,
  tagsOf,
  waitingAhead,
  type Asking,
  type MailedEntry,
  type Room,
  type Rule,
} from './rules.ts'
import { eventKindWords } from '../targeting/words.ts'
import { readProposal } from './hosting/rules.ts'
import { builtInKinds } from './kinds.ts'
import type { Attendance, EventContent } from './schema.ts'

const weekly = { every: 'week', step: 1, weekday: 2, nth: null } as const
const monthly = { every: 'month', step: 1, weekday: 2 } as const

test.each<[string, Partial<Asking>, boolean]>([
  ['nothing but who one is', {}, false],
  ['needs that are the organizer’s', { needs: ['facilitator', 'agenda', 'invitation'] }, false],
  ['one shift', { shifts: [{ shift_id: 'a' }] }, false],
  ['a choice of shifts', { shifts: [{ shift_id: 'a' }, { shift_id: 'b' }] }, true],
  ['guests', { guests_most: 1 }, true],
  ['meals', { needs: ['meals'] }, true],
  ['questions to the panel', { needs: ['questions'] }, true],
  ['a guardian', { needs: ['minors_consent'] }, true],
  ['a question of its own', { content: { ...silent(), questions: [{ key: 'bus', kind: 'yes_no', say: { en: 'Bus?' }, choices: [], is_needed: false }] } }, true],
  ['consent by a channel', { content: { ...silent(), consent: { text: { ko: '문자' } } } }, true],
  ['a channel without words', { content: { ...silent(), consent: { text: { en: '' } } } }, false],
])('signing up that asks %s', (_what, asking, asks) => {
  expect(asksMore({ content: silent(), needs: [], guests_most: 0, shifts: [{ shift_id: 'a' }], ...asking })).toBe(asks)
}) // prettier-ignore
function silent(): EventContent {
  return { title: {}, summary: {}, access: {}, spoken: {}, details: {}, questions: [], consent: {} }
}

test.each<{ what: string; rule: Rule; days: string[] }>([
  {
    what: 'every week, over the change of clocks',
    rule: { ...weekly, starts_on: '2026-10-20', ends_on: '2026-11-10' },
    days: ['2026-10-20', '2026-10-27', '2026-11-03', '2026-11-10'],
  },
  {
    what: 'every third week, into the next year',
    rule: { ...weekly, step: 3, starts_on: '2026-12-01', ends_on: '2027-01-15' },
    days: ['2026-12-01', '2026-12-22', '2027-01-12'],
  },
  {
    what: 'the second Tuesday',
    rule: { ...monthly, nth: 2, starts_on: '2026-12-08', ends_on: '2027-03-09' },
    days: ['2026-12-08', '2027-01-12', '2027-02-09', '2027-03-09'],
  },
  {
    what: 'the last Tuesday, in a short month too',
    rule: { ...monthly, nth: -1, starts_on: '2026-12-29', ends_on: '2027-02-28' },
    days: ['2026-12-29', '2027-01-26', '2027-02-23'],
  },
  {
    what: 'the fifth Tuesday: months without one have none',
    rule: { ...monthly, nth: 5, starts_on: '2026-12-29', ends_on: '2027-06-30' },
    days: ['2026-12-29', '2027-03-30', '2027-06-29'],
  },
  {
    what: 'every second month',
    rule: { ...monthly, step: 2, nth: 1, starts_on: '2026-12-01', ends_on: '2027-05-01' },
    days: ['2026-12-01', '2027-02-02', '2027-04-06'],
  },
  { what: 'nothing after its end', rule: { ...weekly, starts_on: '2026-12-02', ends_on: '2026-12-07' }, days: [] },
])('a series: $what', ({ rule, days }) => {
  expect(daysOf(rule)).toEqual(days)
})

test('a series stays at its time of day when the clocks change', () => {
  const zone = 'America/New_York'
  const moved = movedBy(zone, instantIn(zone, '2026-10-27', '18:30'), 7)
  expect([dateIn(zone, moved), timeIn(zone, moved)]).toEqual(['2026-11-03', '18:30'])
})

const roomOf = (event: number | null, shifts: Record<string, number | null> = { a: null, b: null }): Room => ({
  event,
  shifts: new Map(Object.entries(shifts)),
})
const party = (signup_id: string, seats: number, ...shift_ids: string[]) => ({ signup_id, seats, shift_ids })

test.each([
  { what: 'in order of arrival', room: roomOf(2), waiting: [party('1', 1, 'a'), party('2', 1, 'a'), party('3', 1, 'a')], up: ['1', '2'] },
  { what: 'whoever is too many waits on, the next goes', room: roomOf(2), waiting: [party('1', 3, 'a'), party('2', 2, 'a')], up: ['2'] },
  { what: 'only where their shift has room', room: roomOf(9, { a: 0, b: 1 }), waiting: [party('1', 1, 'a'), party('2', 1, 'b')], up: ['2'] },
  { what: 'all of their shifts', room: roomOf(9, { a: 1, b: 0 }), waiting: [party('1', 1, 'a', 'b')], up: [] },
  { what: 'a shift that is gone has no room', room: roomOf(null, { a: null }), waiting: [party('1', 1, 'gone')], up: [] },
  { what: 'without a limit everybody', room: roomOf(null), waiting: [party('1', 20, 'a', 'b')], up: ['1'] },
])('who moves up: $what', ({ room, waiting, up }) => {
  expect(nextUp(room, waiting).map(({ signup_id }) => signup_id)).toEqual(up)
}) // prettier-ignore

const plain = { is_by_invitation: false, needs_approval: false, has_wait_list: true }
test.each([
  { event: plain, has_room: true, is_invited: false, is: 'signed_up' },
  { event: plain, has_room: false, is_invited: false, is: 'wait_listed' },
  { event: { ...plain, has_wait_list: false }, has_room: false, is_invited: false, is: null },
  { event: { ...plain, needs_approval: true }, has_room: true, is_invited: false, is: 'awaiting_approval' },
  { event: { ...plain, is_by_invitation: true }, has_room: true, is_invited: false, is: 'awaiting_approval' },
  { event: { ...plain, is_by_invitation: true }, has_room: true, is_invited: true, is: 'signed_up' },
  { event: { ...plain, is_by_invitation: true }, has_room: false, is_invited: true, is: 'wait_listed' },
])('whoever signs up (room: $has_room, invited: $is_invited) is $is', ({ event, has_room, is_invited, is }) => {
  expect(answerTo(event, { has_room, is_invited })).toBe(is)
})

const at = (text: string): Date => new Date(`2026-12-0${text}:00Z`)
const zone = 'America/New_York'
const timed = { starts_at: at('5T19:00'), accept_hours: 24, reminder_hours: [96, 24, 2], time_zone: zone }

test('a seat that became free waits as long as was said, at most until it begins', () => {
  expect(acceptBy(timed, at('2T10:00'))).toEqual(at('3T10:00'))
  expect(acceptBy(timed, at('5T12:00'))).toEqual(at('5T19:00'))
  expect(acceptBy({ ...timed, accept_hours: 0 }, at('2T10:00'))).toBeNull()
})

test.each([
  { now: '1T18:00', due: [], next: '1T19:00' },
  { now: '1T19:00', due: [96], next: '4T19:00' },
  { now: '4T20:00', due: [96, 24], next: '5T17:00' },
  { now: '5T18:00', due: [96, 24, 2], next: null },
  { now: '5T19:00', due: [], next: null },
])('at $now these reminders are due: $due', ({ now, due, next }) => {
  expect(remindersDue(timed, timed, at('1T00:00'), at(now))).toEqual(due)
  expect(nextDue(timed, [timed], [], at(now))).toEqual(next && at(next))
})

test('whoever signs up after a reminder’s moment does not get it, and an offer that ends sooner is looked after sooner', () => {
  expect(remindersDue(timed, timed, at('4T19:30'), at('4T20:00'))).toEqual([])
  expect(nextDue(timed, [timed], [at('2T08:00')], at('1T20:00'))).toEqual(at('2T08:00'))
})

test.each([
  // The clocks go back in the night to November 1, 2026, and forward in that to March 14, 2027.
  { shift: ['2026-11-01', '10:00'], hours: 24, at: ['2026-10-31', '10:00'] },
  { shift: ['2026-11-02', '10:00'], hours: 96, at: ['2026-10-29', '10:00'] },
  { shift: ['2027-03-14', '10:00'], hours: 24, at: ['2027-03-13', '10:00'] },
  { shift: ['2027-03-15', '02:30'], hours: 24, at: ['2027-03-14', '03:30'] }, // half past two there was none
  { shift: ['2026-11-01', '03:00'], hours: 2, at: ['2026-11-01', '01:00'], again: true },
  { shift: ['2027-03-14', '03:30'], hours: 2, at: ['2027-03-14', '00:30'] },
] as const)(
  '$hours hours before $shift in New York is $at',
  ({ shift: [day, begins], hours, at: [date, time], ...more }) => {
    const own = { starts_at: instantIn(zone, day, begins) }
    const moment = new Date(instantIn(zone, date, time).getTime() + ('again' in more ? 3_600_000 : 0))
    const event = { reminder_hours: [hours], time_zone: zone }
    const before = new Date(moment.getTime() - 60_000)
    expect(nextDue(event, [own], [], before)).toEqual(moment)
    expect(remindersDue(event, own, new Date(0), before)).toEqual([])
    expect(remindersDue(event, own, new Date(0), moment)).toEqual([hours])
    expect([remindersAhead(event, own, before).includes(hours), remindersAhead(event, own, moment).includes(hours)]).toEqual([true, false]) // prettier-ignore
  },
)

test('of several shifts each has its own moments: what is next is the soonest that is still to come', () => {
  const sunday = { starts_at: at('6T19:00') }
  const moments = ['1T19:00', '2T19:00', '4T19:00', '5T17:00', '5T19:00', '6T17:00', null]
  let now = at('1T00:00')
  for (const moment of moments) {
    expect(nextDue(timed, [timed, sunday], [], now)).toEqual(moment && at(moment))
    if (moment) now = at(moment)
  }
})

test.each([
  { waits_for: ['sat', 'sun'], now: '4T10:00', ahead: ['sat', 'sun'] },
  { waits_for: ['sat', 'sun'], now: '5T19:00', ahead: ['sun'] },
  { waits_for: ['sat'], now: '5T19:00', ahead: null },
  { waits_for: ['sun'], now: '5T20:00', ahead: ['sun'] },
  { waits_for: ['sun'], now: '6T19:00', ahead: null },
])('at $now whoever waits for $waits_for waits for $ahead', ({ waits_for, now, ahead }) => {
  const shifts = [{ shift_id: 'sat', starts_at: at('5T19:00') }, { shift_id: 'sun', starts_at: at('6T19:00') }] // prettier-ignore
  const party = { signup_id: 'a', seats: 1, shift_ids: waits_for }
  expect(waitingAhead([party], shifts, at(now))).toEqual(ahead ? [{ ...party, shift_ids: ahead }] : [])
})

test.each([
  { before: undefined, method: 'REQUEST', event: 1, turns: 1, is: 2 },
  // Reminded: nothing is new.
  { before: ['REQUEST', 2, 1], method: 'REQUEST', event: 1, turns: 1, is: 2 },
  // Given up for another shift, chosen again, and then moved.
  { before: ['REQUEST', 2, 1], method: 'CANCEL', event: 1, turns: 1, is: 3 },
  { before: ['CANCEL', 3, 1], method: 'REQUEST', event: 1, turns: 1, is: 4 },
  { before: ['REQUEST', 4, 1], method: 'REQUEST', event: 2, turns: 1, is: 5 },
  // Canceled by an answer.
  { before: ['REQUEST', 2, 1], method: 'CANCEL', event: 1, turns: 2, is: 3 },
  // Two people were taken apart again: never lower than it was.
  { before: ['REQUEST', 9, 1], method: 'REQUEST', event: 1, turns: 1, is: 9 },
] as const)(
  'an entry that was $before is told as $method with SEQUENCE $is',
  ({ before, method, event, turns, is }) => {
    const mailed = before && { method: before[0], sequence: before[1], event_sequence: before[2] }
    const own = { turns, mailed: mailed ? { sat: mailed } : {} }
    expect(sequenceOf(own, { shift_id: 'sat', method, event_sequence: event })).toBe(is)
  },
)

test('a shift is taken out of a calendar once it is in it, and of nobody any more whose calendar it is', () => {
  const mailed = (method: MailedEntry['method']) => ({ sat: { method, sequence: 2, event_sequence: 1 } })
  const own = { turns: 1, mailed: mailed('REQUEST'), of_others: [] }
  expect(isToDrop(own, [], 'sat')).toBe(true)
  expect(isToDrop(own, ['sat'], 'sat')).toBe(false)
  expect(isToDrop({ ...own, of_others: ['sat'] }, [], 'sat')).toBe(false)
  expect(isToDrop({ ...own, mailed: mailed('CANCEL') }, [], 'sat')).toBe(false)
  expect(isToDrop({ ...own, mailed: {} }, [], 'sat')).toBe(false)
})

describe('what somebody sends', () => {
  const content: EventContent = {
    title: { en: 'Roundtable' }, summary: {}, access: {}, spoken: {}, details: {},
    questions: [
      { key: 'lunch', kind: 'choice', say: { en: 'Lunch?' }, choices: [{ en: 'Rice', ko: '밥' }, { en: 'Soup', ko: '국' }], is_needed: true },
      { key: 'note', kind: 'text', say: { en: 'Note' }, choices: [], is_needed: false },
    ],
    consent: { email: { en: 'News by e-mail', ko: '이메일 소식' } },
  } // prettier-ignore
  const asking = { content, needs: ['meals' as const], guests_most: 2, shifts: [{ shift_id: 'a' }, { shift_id: 'b' }] }
  const good = {
    first_name: ['Soonja'],
    last_name: ['Lee'],
    email: ['S@Example.org'],
    shift: ['a'],
    'q.lunch': ['Rice'],
  }

  test('is read as asked, and what is not asked is not read', () => {
    const read = readSignUp(
      asking,
      { ...good, name_hangul: ['이순자'], 'q.meals': ['no nuts'], 'guest.0.first_name': ['Min'], 'guest.0.last_name': ['Oh'], guests: ['1'],
        consent: ['email', 'text'], 'q.other': ['x'] },
      'ko',
    ) // prettier-ignore
    expect(read).toEqual({
      ok: true,
      signup: {
        is_minor: false,
        guardian: null,
        said: { first_name: 'Soonja', last_name: 'Lee', name_hangul: '이순자', email: 's@example.org', phone: null },
        named: [{ first_name: 'Min', last_name: 'Oh', name_hangul: null }],
        guests: 1,
        shift_ids: ['a'],
        answers: { meals: 'no nuts', lunch: 'Rice' },
        consents: [{ channel: 'email', wording: '이메일 소식' }],
      },
    })
  })

  test.each([
    { what: 'no name', fields: { ...good, first_name: [''] }, errors: { first_name: 'needed' } },
    { what: 'no way to reach them', fields: { ...good, email: [''] }, errors: { email: 'either' } },
    { what: 'a mailbox that is none', fields: { ...good, email: ['a@b'] }, errors: { email: 'email' } },
    { what: 'a number too short', fields: { ...good, phone: ['718-55'] }, errors: { phone: 'phone' } },
    { what: 'no shift', fields: { ...good, shift: [] }, errors: { shift: 'shift' } },
    { what: 'a foreign shift', fields: { ...good, shift: ['c'] }, errors: { shift: 'shift' } },
    { what: 'too many guests', fields: { ...good, guests: ['3'] }, errors: { guests: 'guests' } },
    {
      what: 'half a guest',
      fields: { ...good, 'guest.1.last_name': ['Oh'] },
      errors: { 'guest.1.first_name': 'needed' },
    },
    { what: 'no answer', fields: { ...good, 'q.lunch': [] }, errors: { 'q.lunch': 'needed' } },
    { what: 'an answer nobody offered', fields: { ...good, 'q.lunch': ['Beer'] }, errors: { 'q.lunch': 'choice' } },
    { what: 'Latin letters for Hangul', fields: { ...good, name_hangul: ['Lee'] }, errors: { name_hangul: 'hangul' } },
  ])('comes back: $what', ({ fields, errors }) => {
    expect(readSignUp(asking, fields, 'en')).toEqual({ ok: false, errors })
  })
})

/*
 * Calendars, read by another program than wrote them.
 */

const entry = (more: Partial<Extract<CalendarEntry, { time_zone: string }>> = {}): CalendarEntry => ({
  uid: 'shift-1@hanpyo.ours',
  sequence: 3,
  changed_at: new Date('2026-11-23T17:00:00Z'),
  starts_at: instantIn('America/New_York', '2026-12-05', '14:00'),
  ends_at: instantIn('America/New_York', '2026-12-05', '16:00'),
  time_zone: 'America/New_York',
  title: '교육 간담회: 학교, 집; \\ 그리고 투표 — 함께 이야기 나누는 자리에 여러분을 초대합니다',
  text: 'First line\nSecond, line; with signs',
  place: '퀸즈도서관, 41-17 Main St, Flushing 11355',
  url: 'http://localhost/e/ours/abcdefgh',
  is_canceled: false,
  ...more,
})

const eventsIn = (text: string) =>
  new ICAL.Component(ICAL.parse(text) as never).getAllSubcomponents('vevent').map((each) => new ICAL.Event(each))

test('a calendar is read by another program as it was meant: Hangul, signs, long lines', () => {
  const text = icalText({ name: '플러싱 시민행동', entries: [entry()] })
  expect(Math.max(...text.split('\r\n').map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75)
  const [event] = eventsIn(text)
  expect(event).toMatchObject({
    uid: 'shift-1@hanpyo.ours',
    sequence: 3,
    summary: entry().title,
    description: entry().text,
    location: entry().place,
  })
  expect(event?.startDate.zone?.tzid).toBe('America/New_York')
  expect(event?.component.getFirstPropertyValue('status')).toBe('CONFIRMED')
})

test.each([
  { zone: 'America/New_York', date: '2026-10-31', time: '14:00' },
  { zone: 'America/New_York', date: '2026-11-01', time: '00:30' },
  { zone: 'America/New_York', date: '2026-11-01', time: '01:30' },
  { zone: 'America/New_York', date: '2026-11-01', time: '14:00' },
  { zone: 'America/New_York', date: '2027-03-13', time: '23:30' },
  { zone: 'America/New_York', date: '2027-03-14', time: '02:30' },
  { zone: 'America/New_York', date: '2027-03-14', time: '03:30' },
  { zone: 'America/New_York', date: '2027-07-04', time: '10:00' },
  { zone: 'Australia/Sydney', date: '2026-12-05', time: '09:00' },
  { zone: 'Europe/Dublin', date: '2026-12-05', time: '09:00' },
  { zone: 'Asia/Seoul', date: '2026-12-05', time: '09:00' },
  { zone: 'America/Phoenix', date: '2026-07-01', time: '18:00' },
])('$date $time in $zone is the same instant there', ({ zone, date, time }) => {
  const starts_at = instantIn(zone, date, time)
  const [event] = eventsIn(
    icalText({
      name: 'x',
      entries: [entry({ time_zone: zone, starts_at, ends_at: new Date(starts_at.getTime() + 3_600_000) })],
    }),
  )
  expect(event?.startDate.toUnixTime()).toBe(starts_at.getTime() / 1000)
  expect(event?.endDate.toUnixTime()).toBe(starts_at.getTime() / 1000 + 3600)
})

test('of an hour that comes twice a calendar is told which', () => {
  const first = Date.parse('2026-11-01T05:30:00Z')
  const at = (start: number) => ({ starts_at: new Date(start), ends_at: new Date(start + 3_600_000) })
  const text = icalText({ name: 'x', entries: [entry(at(first)), entry(at(first + 3_600_000))] })
  const [one, two] = eventsIn(text)
  expect([one?.startDate.toUnixTime(), two?.startDate.toUnixTime()]).toEqual([first / 1000, first / 1000 + 3600])
  expect(text.match(/DTSTART:20261101T0[56]3000Z/g)).toHaveLength(2)
})

test('an invitation in a mail names both sides, its end is a cancellation of the same entry', () => {
  const people = { organizer: { name: 'Flushing "Civic" Action', email: 'office@example.org' }, attendee: { name: '이순자', email: 's@example.org', has_accepted: true } } // prettier-ignore
  const text = icalText({
    name: 'x',
    entries: [entry({ is_canceled: true })],
    invitation: { method: 'CANCEL', ...people },
  })
  const calendar = new ICAL.Component(ICAL.parse(text) as never)
  expect(calendar.getFirstPropertyValue('method')).toBe('CANCEL')
  const [event] = eventsIn(text)
  expect(event?.organizer).toBe('mailto:office@example.org')
  expect(event?.attendees[0]?.getFirstValue()).toBe('mailto:s@example.org')
  expect(event?.component.getFirstPropertyValue('status')).toBe('CANCELLED')
})

test('targeting has words for every kind every organization begins with, and counts hours of those that have shifts', () => {
  expect(new Set(eventKindWords.values())).toEqual(new Set(builtInKinds.map(({ kind }) => kind)))
  // As the view service_time names them.
  expect(builtInKinds.filter(({ needs }) => needs.includes('shifts')).map(({ kind }) => kind)).toEqual([
    'community_service',
    'phone_bank',
    'canvass',
  ])
})

const tagged = (signup_id: string, more: Partial<Parameters<typeof tagsOf>[0][number]>) => ({
  signup_id, host_signup_id: null, first_name: 'Ara', last_name: 'Oh', name_hangul: null, guests: 0, response: 'signed_up' as const,
  source: 'web' as const, attendance: {}, ...more,
}) // prettier-ignore
const here = (attendance: Attendance, guests = 0) => ({ s1: { attendance, guests } })

test('everybody with a seat or at the door has a name tag, and each of their guests, with a name or without', () => {
  const rows = [
    tagged('1', { name_hangul: '이순자', first_name: 'Soonja', last_name: 'Lee', guests: 1, attendance: here('attended', 2) }), // prettier-ignore
    tagged('2', { host_signup_id: '1', first_name: 'Tom', last_name: 'Lee' }),
    tagged('3', { response: 'canceled_by_them' }),
    tagged('4', { source: 'door', first_name: 'Walk', last_name: 'In', guests: 0, attendance: here('walk_in', 1) }),
    tagged('5', { source: 'door', first_name: 'Taken', last_name: 'Back' }),
    tagged('6', { response: 'wait_listed', first_name: 'Came', last_name: 'Anyway', attendance: here('attended') }),
  ]
  const blank = (guest_of: string) => ({ large: '', small: '', guest_of })
  const walkIns = [{ large: 'Walk In', small: '', guest_of: '' }, blank('Walk In')]
  expect(tagsOf(rows, 'walk_ins')).toEqual(walkIns)
  expect(tagsOf(rows, 'all')).toEqual([
    { large: '이순자', small: 'Soonja Lee', guest_of: '' },
    blank('이순자'),
    blank('이순자'),
    { large: 'Tom Lee', small: '', guest_of: '이순자' },
    ...walkIns,
    { large: 'Came Anyway', small: '', guest_of: '' },
  ])
})

const proposed = {
  kind: ['social'], title: ['Tea'], date: ['2026-12-04'], starts: ['18:30'], ends: ['20:30'], address: ['35-12 Union St'], city: ['Flushing'],
  address_for: ['signed_up'], seats: ['12'], spoken: ['ko'], first_name: ['Ana'], last_name: ['Diaz'], email: ['Ana@Example.org'],
} // prettier-ignore
const readProposed = (more: Record<string, string[]> = {}) =>
  readProposal({ ...proposed, ...more }, { kinds: ['social'], today: '2026-12-03' })

test('a proposal to host is read whole', () => {
  const { seats, hides_address, spoken, zip5 } = { seats: 12, hides_address: true, spoken: ['ko'], zip5: '' }
  expect(readProposed()).toMatchObject({
    ok: true,
    proposal: { kind: 'social', sent: { seats, hides_address, spoken, zip5 }, said: { email: 'ana@example.org' } },
  })
  expect(readProposed({ address_for: ['everybody'] })).toMatchObject({ proposal: { sent: { hides_address: false } } })
})

test.each([
  ['kind', 'canvass', 'choice'],
  ['date', '2026-12-03', 'date'], // today
  ['date', '2027-12-04', 'date'], // more than a year ahead
  ['date', '2026-13-01', 'date'],
  ['date', '2027-02-29', 'date'],
  ['starts', '25:00', 'time'],
  ['ends', '18:30', 'time'], // when it begins
  ['seats', '0', 'seats'],
  ['seats', '501', 'seats'],
  ['seats', 'twelve', 'seats'],
  ['zip5', '1135', 'zip'],
  ['spoken', 'tlh', 'needed'],
  ['address_for', 'nobody', 'choice'],
  ['address', ' ', 'needed'],
  ['email', '', 'needed'],
  ['email', 'ana@', 'email'],
  ['name_hangul', 'Kim', 'hangul'],
  ['title', 'x'.repeat(121), 'long'],
])('a proposal whose %s is %j is asked about it: %s', (field, text, problem) => {
  expect(readProposed({ [field]: [text] })).toEqual({ ok: false, errors: { [field]: problem } })
})
