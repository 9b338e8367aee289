import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { dateIn } from '../../../platform/clock.ts'
import { formatPhone } from '../../../platform/i18n/formats.ts'
import { Conflict } from '../../../platform/errors.ts'
import { workOff } from '../../../platform/testing/work-off.ts'
import { makeWorld } from '../../../platform/testing/world.ts'
import { shiftBankOf, unconfirmedOf } from '../../events/calls/queries.ts'
import { answeredByPhoneJob } from '../../events/calls/jobs.ts'
import { attendedByCalling } from '../../events/calls/commands.ts'
import { markAttendance } from '../../events/attendance/commands.ts'
import { addPerson, answer, changeEvent, createEvent } from '../../events/commands.ts'
import { tendEvent } from '../../events/seats/commands.ts'
import { sendEventMailJob } from '../../events/jobs.ts'
import { signupPath } from '../../events/links.ts'
import { publicEventRoutes } from '../../events/public-routes.tsx'
import { eventById, seriesOf, shiftsOf, signupsOf } from '../../events/queries.ts'
import { makeSeries } from '../../events/series-commands.ts'
import { dayText } from '../../events/when.ts'
import { createPerson, linkVoter, mark, recordConsent } from '../../people/commands.ts'
import { timelineOf, profileOf } from '../../people/queries.ts'
import { PersonForm } from '../../people/schema.ts'
import { currentVersion } from '../../scripts/queries.ts'
import { isUsable } from '../../targeting/sql.ts'
import { joinPhoneBank } from '../callers/commands.ts'
import { changePhoneBank, undoAttempt } from '../commands.ts'
import { phoneBank, phoneBanks } from '../dashboard.ts'
import { groupsOf } from '../host/groups.ts'
import { prepareJob } from '../jobs.ts'
import { makeNext } from '../rounds/repeating.ts'
import { phoneBankRoutes } from '../routes.tsx'
import type { CallResult } from '../schema.ts'
import { addUniverse, preparePhoneBank } from '../targets/commands.ts'
import { whyOffList } from '../targets/off-list.ts'
import { addTestCaller, addVoters, makeBank, phoneOf } from '../testing.ts'
import { callRoutes } from '../call-routes.tsx'
import { newcomerRoutes } from '../newcomers/routes.tsx'
import { shiftRoutes } from './routes.tsx'

const world = await makeWorld()
const { ours, theirs } = world
const { clock } = world.installation
const { organization_id } = ours
const db = world.database.of(organization_id)
const routes = [publicEventRoutes, shiftRoutes, phoneBankRoutes]
const organizer = world.as(ours.organizer, routes)
const host = world.as(ours.actor(['host']), routes)
const everybody = world.as(null, routes)

const textOf = async (asked: Promise<Response>): Promise<string> => (await asked).text()
const hour = 3_600_000

/** In two hours, for two. */
async function openEvent(
  kind: string,
  capacity: number | null = null,
  begins_in = 2 * hour,
  { also_in = [] }: { also_in?: number[] } = {},
) {
  const starts_at = new Date(clock.now().getTime() + begins_in)
  const shiftAt = (begins: Date, name = 'Library') => ({
    shift_id: null, name: {}, starts_at: begins, ends_at: new Date(begins.getTime() + 2 * hour), capacity: null,
    place: { name: { en: name }, address: '41-17 Main St', city: 'Flushing', zip5: '11355', directions: {} },
  }) // prettier-ignore
  const { event_id } = await createEvent(
    db,
    ours.organizer,
    {
      settings: {
        kind, time_zone: 'America/New_York', online_link: null, capacity, guests_most: 0, accept_hours: 0, is_by_invitation: false,
        needs_approval: false, has_wait_list: true, reminder_hours: [2],
      },
      content: { title: { en: 'Calling {together}', ko: '함께 전화 걸기' }, summary: {}, access: {}, spoken: {}, details: {}, questions: [], consent: {} },
      shifts: [shiftAt(starts_at), ...also_in.map((later) => shiftAt(new Date(clock.now().getTime() + later), 'School'))],
    },
    clock.now(),
  ) // prettier-ignore
  await changeEvent(db, ours.organizer, event_id, 'publish', clock.now())
  const [shift] = await shiftsOf(db, organization_id, [event_id])
  const event = await eventById(db, organization_id, event_id)
  return { event_id, shift_id: shift?.shift_id ?? '', code: event?.code ?? '' }
}

let people = 0
async function somebody(phones: string[], { voter_id }: { voter_id?: number } = {}): Promise<string> {
  const number = ++people
  const facts = PersonForm.parse({ first_name: `Somi${number}`, last_name: 'Yun' })
  const { person_id } = await createPerson(
    db,
    ours.organizer,
    { ...facts, phones, emails: [`somi${number}@example.org`] },
    'test',
  )
  if (voter_id !== undefined) await linkVoter(db, ours.organizer, person_id, voter_id, 'hand')
  return person_id
}

async function signedUp(event_id: string, who: string): Promise<string> {
  const added = await addPerson(db, ours.organizer, event_id, { who, as: 'signed_up', shift_ids: [] }, clock.now())
  if (!added.ok) throw new Error(added.problem)
  return added.signup_id
}

const rowOf = async (event_id: string, signup_id: string) =>
  (await signupsOf(db, organization_id, event_id)).find((row) => row.signup_id === signup_id)

test('whoever has a seat in a phone bank’s shift gets its link, and counts as there once they join in their shift', async () => {
  await addVoters(world.database.owner, [{ voter_id: 1 }])
  const bank = await makeBank(world, ours.organizer, [1])
  const event = await openEvent('phone_bank', 4)
  const [soon, late] = [await somebody([phoneOf(501)]), await somebody([phoneOf(502)])]
  const couple = [await somebody([phoneOf(503)]), await somebody([phoneOf(503)])]
  const first = await signedUp(event.event_id, soon)
  const pair = [await signedUp(event.event_id, couple[0] ?? ''), await signedUp(event.event_id, couple[1] ?? '')]
  const fourth = await signedUp(event.event_id, late)
  const waiting = await signedUp(event.event_id, await somebody([phoneOf(504)]))

  expect((await host.post(`/events/${event.event_id}/calls/bank`, { phone_bank_id: bank.phone_bank_id })).status).toBe(
    403,
  )
  const foreign = await makeBank(world, theirs.organizer, [])
  expect((await organizer.post(`/events/${event.event_id}/calls/bank`, { phone_bank_id: foreign.phone_bank_id })).status).toBe(404) // prettier-ignore
  expect(
    (await organizer.post(`/events/${event.event_id}/calls/bank`, { phone_bank_id: bank.phone_bank_id })).status,
  ).toBe(303)

  const mine = (signup_id: string) =>
    textOf(
      everybody.get(
        signupPath(world.installation.secret, { organization: 'ours', code: event.code, signup_id }, 'page'),
      ),
    )
  expect(await mine(first)).toContain(`/call/${bank.join_code}`)
  expect(await mine(waiting)).not.toContain(bank.join_code)
  await workOff(world, [sendEventMailJob])
  world.mails.length = 0
  clock.advance(5)
  // Reminded two hours before: of one that begins in three.
  const later = await openEvent('phone_bank', null, 3 * hour)
  await organizer.post(`/events/${later.event_id}/calls/bank`, { phone_bank_id: bank.phone_bank_id })
  await signedUp(later.event_id, soon)
  await workOff(world, [sendEventMailJob])
  world.mails.length = 0
  clock.advance(60)
  await tendEvent(db, organization_id, later.event_id, clock.now())
  await workOff(world, [sendEventMailJob])
  expect(world.mails.map(({ text }) => text.includes(`/call/${bank.join_code}`))).toEqual([true])

  // An hour before the shift nobody is there for it; in it, whoever joins with their number is.
  const join = (name: string, phone: string) =>
    joinPhoneBank(world.database.owner, bank.join_code, { name, phone, email: null, languages: ['ko'] }, clock.now())
  await join('Somi', phoneOf(501))
  expect((await rowOf(event.event_id, first))?.attendance).toEqual({})
  clock.advance(60)
  await join('Late Yun', phoneOf(502))
  expect((await rowOf(event.event_id, fourth))?.attendance[event.shift_id]?.attendance).toBe('attended')
  // Two with one number: who of them it is, the host says.
  await join('One of two', phoneOf(503))
  const page = await textOf(host.get(`/events/${event.event_id}/calls`))
  expect(page).toContain('One of two')
  for (const signup_id of pair) expect((await rowOf(event.event_id, signup_id))?.attendance).toEqual({})
  expect((await host.post(`/events/${event.event_id}/calls/here`, { signup: pair[0] ?? '', shift: event.shift_id })).status).toBe(303) // prettier-ignore
  expect(await textOf(host.get(`/events/${event.event_id}/calls`))).toContain('2 of 4 came')

  // A mark that a host took back is not made again.
  const undo = { signup_id: fourth, shift_id: event.shift_id, attendance: 'undo' as const, guests: 0 }
  await markAttendance(db, ours.organizer, event.event_id, undo, clock.now())
  await attendedByCalling(world.database.owner, clock.now())
  expect((await rowOf(event.event_id, fourth))?.attendance).toEqual({})
})

test('further days of a series are called in the same phone bank', async () => {
  await addVoters(world.database.owner, [{ voter_id: 2 }])
  const bank = await makeBank(world, ours.organizer, [2])
  const event = await openEvent('phone_bank')
  await organizer.post(`/events/${event.event_id}/calls/bank`, { phone_bank_id: bank.phone_bank_id })
  const ends_on = dateIn('America/New_York', new Date(clock.now().getTime() + 15 * 24 * hour))
  const made = await makeSeries(db, ours.organizer, event.event_id, { every: 'week', step: 1, ends_on, from: 'start' }, clock.now()) // prettier-ignore
  if (!made.ok) throw new Error(made.problem)
  const { events } = (await seriesOf(db, organization_id, made.series_id)) ?? neverHappens()
  const banks = await Promise.all(events.map(({ event_id }) => shiftBankOf(db, organization_id, event_id)))
  expect(banks.map((each) => each?.phone_bank_id)).toEqual(Array(3).fill(bank.phone_bank_id))
})

test('who has not confirmed becomes a phone bank in one click; what they answer there or by hand sets their seat at once', async () => {
  await addVoters(
    world.database.owner,
    [11, 12, 13, 14].map((voter_id) => ({ voter_id })),
  )
  const event = await openEvent('social', null, 30 * hour)
  const [yes, no, refuses] = [
    await signedUp(event.event_id, await somebody([phoneOf(611)], { voter_id: 11 })),
    await signedUp(event.event_id, await somebody([phoneOf(612)], { voter_id: 12 })),
    await somebody([phoneOf(613)], { voter_id: 13 }),
  ]
  await signedUp(event.event_id, refuses)
  await recordConsent(db, ours.organizer, refuses, { channel: 'phone', is_given: false, evidence: 'said so' })
  const newcomer = await somebody([phoneOf(614)])
  const by_hand = await signedUp(event.event_id, newcomer)
  const numberless = await signedUp(event.event_id, await somebody([]))

  const before = await textOf(organizer.get(`/events/${event.event_id}/calls`))
  expect(before).toContain('Make a phone bank of them')
  expect(before).toContain(`Call ${formatPhone(phoneOf(614))}`)
  expect(before).not.toContain(formatPhone(phoneOf(613)))
  expect((await host.post(`/events/${event.event_id}/calls/confirming`, {})).status).toBe(403)
  expect((await world.as(theirs.organizer, routes).post(`/events/${event.event_id}/calls/confirming`, {})).status).toBe(404) // prettier-ignore

  const made = (await organizer.post(`/events/${event.event_id}/calls/confirming`, {})).headers.get('location') ?? ''
  const again = (await organizer.post(`/events/${event.event_id}/calls/confirming`, {})).headers.get('location')
  expect(again).toBe(made)
  const phone_bank_id = made.split('/').at(-1) ?? ''
  await workOff(world, [prepareJob])
  const targets = async () =>
    (await db.selectFrom('phone_bank_target').select(['voter_id', 'state']).where('phone_bank_id', '=', phone_bank_id).orderBy('voter_id').execute()) // prettier-ignore
  expect((await targets()).map(({ voter_id }) => voter_id)).toEqual([11, 12])

  const bank = await db.selectFrom('phone_bank').select(['phone_bank_id', 'join_code', 'script_id']).where('phone_bank_id', '=', phone_bank_id).executeTakeFirstOrThrow() // prettier-ignore
  const caller = await addTestCaller(world, ours.organizer, bank)
  let { turn } = await caller.next()
  for (let calls = 0; calls < 2; calls++) {
    const [card] = turn.cards
    if (!card) throw new Error('nobody to call')
    const said = card.voter_id === 12 ? 'no' : 'yes'
    const answered = await caller.record(card, { disposition: 'canvassed', answers: { event_confirm: said }, spoke_with: 'voter' }) // prettier-ignore
    turn = answered.turn
  }
  await workOff(world, [answeredByPhoneJob, sendEventMailJob])
  expect(await rowOf(event.event_id, yes)).toMatchObject({ response: 'confirmed' })
  expect(await rowOf(event.event_id, no)).toMatchObject({ response: 'canceled_by_them' })

  const sent = { signup: by_hand, said: 'maybe', key: randomUUID() }
  const saidOf = async (form: Record<string, string>) =>
    new URLSearchParams((await host.post(`/events/${event.event_id}/calls/by-hand`, form)).headers.get('location')?.split(/[?#]/)[1]).get('said') // prettier-ignore
  expect([await saidOf(sent), await saidOf(sent)]).toEqual(['saved', 'saved'])
  expect(await textOf(host.get(`/events/${event.event_id}/calls`))).toContain('Not sure yet,')
  const confirmed = { signup: by_hand, said: 'yes', key: randomUUID() }
  expect([await saidOf(confirmed), await saidOf(confirmed)]).toEqual(['saved', 'saved'])
  // Nothing is said to be saved that was not.
  expect(await saidOf({ ...confirmed, said: 'no', key: randomUUID() })).toBe('quicker')
  expect(await saidOf({ ...confirmed, said: 'no' })).toBe('quicker')
  expect(await saidOf({ signup: by_hand })).toBe('quicker')
  expect(await textOf(host.get(`/events/${event.event_id}/calls?said=quicker`))).toContain('Nothing was saved')
  expect(await rowOf(event.event_id, by_hand)).toMatchObject({ response: 'confirmed' })
  expect(await rowOf(event.event_id, numberless)).toMatchObject({ response: 'signed_up' })

  const profile = await profileOf(db, organization_id, { voter_id: null, person_id: newcomer })
  const { entries } = await timelineOf(db, organization_id, profile ?? neverHappens(), {
    shows_money: false,
    today: '2026-11-23',
  })
  const said = entries.flatMap(({ kind, event: told }) => (kind === 'event' ? (told?.what ?? []) : []))
  expect(said.toSorted()).toEqual(['confirmed', 'signed_up'])
  expect(entries.filter(({ kind }) => kind === 'contact')).toHaveLength(2)
})

const newcomerRoutesAndMore = [...routes, newcomerRoutes, callRoutes]

/** A browser of a caller. */
async function callerOnPhone(
  bank: { phone_bank_id: string; join_code: string },
  name: string,
  languages = ['en', 'ko'],
) {
  const joined = await joinPhoneBank(world.database.owner, bank.join_code, { name, phone: phoneOf(4000 + ++people), email: null, languages }, clock.now()) // prettier-ignore
  if (!joined.ok) throw new Error(joined.problem)
  const browser = world.as(null, newcomerRoutesAndMore)
  const base = `/call/${bank.phone_bank_id}/newcomers`
  const headers = { cookie: `caller_${bank.phone_bank_id.slice(0, 8)}=${joined.token}` }
  const look = async () => (await browser.get(base, headers)).text()
  return {
    headers,
    browser,
    look,
    /** Who is in their hand, by their number. */
    hand: async () => /href="tel:([^"]+)"/.exec(await look())?.[1] ?? null,
    press: async (what: string, form: Record<string, string> = {}) => (await browser.post(`${base}/${what}`, form, headers)).headers.get('location') ?? '', // prettier-ignore
    signup: async () => /name="signup" value="([^"]+)"/.exec(await look())?.[1] ?? '',
  }
}

async function confirmingBank(event_id: string) {
  const made = (await organizer.post(`/events/${event_id}/calls/confirming`, {})).headers.get('location') ?? ''
  await workOff(world, [prepareJob])
  return db.selectFrom('phone_bank').select(['phone_bank_id', 'join_code', 'script_id']).where('phone_bank_id', '=', made.split('/').at(-1) ?? '').executeTakeFirstOrThrow() // prettier-ignore
}

test('newcomers in no voter file are called by the callers of the phone bank made in one click, each in one hand', async () => {
  const event = await openEvent('social', null, 30 * hour)
  const phones = [6101, 6102, 6103, 6104].map(phoneOf)
  const signups = []
  for (const phone of phones) signups.push(await signedUp(event.event_id, await somebody([phone])))
  // Nobody of them is a voter: there still is a phone bank to make.
  expect(await textOf(organizer.get(`/events/${event.event_id}/calls`))).toContain('Make a phone bank of them')
  const bank = await confirmingBank(event.event_id)
  const [ana, bo, korean] = [await callerOnPhone(bank, 'Ana'), await callerOnPhone(bank, 'Bo'), await callerOnPhone(bank, 'Chun', ['ko'])] // prettier-ignore
  expect(await textOf(ana.browser.get(`/call/${bank.phone_bank_id}`, ana.headers))).toContain('4 newcomers to call')
  expect((await world.as(null, newcomerRoutesAndMore).get(`/call/${bank.phone_bank_id}/newcomers`)).status).toBe(303)

  await Promise.all([ana.press('next'), bo.press('next'), korean.press('next')])
  const hands = [await ana.hand(), await bo.hand()]
  expect(new Set(hands).size).toBe(2)
  expect(hands.every((each) => each !== null && phones.includes(each))).toBe(true)
  expect(await korean.hand()).toBeNull()
  expect(await korean.look()).toContain('4 speak a language that is not among yours')
  // The words of the script, with their name in it.
  expect(await ana.look()).toMatch(/Hello, is this Somi\d+ Yun\? My name is Ana/)

  const first = await ana.signup()
  const key = randomUUID()
  expect(await ana.press('result', { signup: first, said: 'yes', key })).toContain('said=saved')
  expect(await ana.press('result', { signup: first, said: 'yes', key })).toContain('said=saved')
  expect(await rowOf(event.event_id, first)).toMatchObject({ response: 'confirmed' })
  // The host reads how many are left beside the list; the caller’s own last call stands there until another.
  expect(await textOf(organizer.get(`/phonebanks/${bank.phone_bank_id}`))).toContain('3 newcomers in no voter file are still to be called') // prettier-ignore
  expect(await textOf(organizer.get('/phonebanks'))).toContain('3 newcomers in no voter file are still to be called')
  expect(await ana.look()).toContain('Your last call here')
  // The next stands there at once; a slip is undone.
  const second = await ana.signup()
  expect(second).not.toBe(first)
  const slip = await ana.press('result', { signup: second, said: 'no', key: randomUUID() })
  expect(await rowOf(event.event_id, second)).toMatchObject({ response: 'canceled_by_them' })
  expect(await ana.press('undo', { attempt: new URLSearchParams(slip.split('?')[1]).get('attempt') ?? '' })).toContain('said=again') // prettier-ignore
  expect((await rowOf(event.event_id, second))?.response).toBe('signed_up')

  // Not answered: they rest. A wrong number, and a no to calls, close what they should.
  const third = await bo.signup()
  await bo.press('result', { signup: third, said: 'no_answer', key: randomUUID() })
  for (const caller of [ana, bo]) await caller.press('next')
  const held = [await ana.signup(), await bo.signup()]
  expect(held).not.toContain(third)
  const [wrong = '', closed = ''] = held.filter((each) => each !== '')
  await ana.press('result', { signup: wrong, said: 'wrong_number', key: randomUUID() })
  await bo.press('result', { signup: closed, said: 'do_not_call', key: randomUUID() })
  const marks = await db.selectFrom('suppression').select(['reason', 'phone']).where('taken_back_at', 'is', null).where('person_id', 'in', db.selectFrom('event_signup').select('person_id').where('signup_id', 'in', [wrong, closed])).execute() // prettier-ignore
  expect(marks.map(({ reason }) => reason).sort()).toEqual(['do_not_call', 'do_not_call', 'wrong_number'])
  const left = await unconfirmedOf(db, organization_id, event.event_id, { since: clock.now(), is_new: true })
  expect(left.find(({ signup_id }) => signup_id === wrong)?.phone).toBeNull()
  expect(left.find(({ signup_id }) => signup_id === closed)?.is_closed).toBe(true)
  for (const caller of [ana, bo]) {
    await caller.press('next')
    expect(await caller.hand()).toBeNull()
  }
  clock.advance(5 * 60)
  await ana.press('next')
  expect(await ana.signup()).toBe(third)
  // Put off, it is for somebody else.
  await ana.press('put-off', { signup: third })
  expect(await ana.hand()).toBeNull()
  await bo.press('next')
  expect(await bo.signup()).toBe(third)
  expect((await timelineOf(db, organization_id, (await profileOf(db, organization_id, { voter_id: null, person_id: left.find(({ signup_id }) => signup_id === third)?.person_id ?? '' })) ?? neverHappens(), { shows_money: false, today: '2026-11-23' })).entries.filter(({ kind }) => kind === 'contact')).toHaveLength(1) // prettier-ignore
})

test('whoever signs up with a number that costs whoever rings it is shown to no caller, and to nobody who calls by hand', async () => {
  await addVoters(world.database.owner, [{ voter_id: 6191 }])
  const event = await openEvent('phone_bank', null, 30 * hour)
  const sent = { page_key: randomUUID(), lang: 'en', first_name: 'Kyu', last_name: 'Ma', email: 'kyu@example.org', phone: '900-555-0101' } // prettier-ignore
  expect((await everybody.post(`/e/ours/${event.code}`, sent)).status).toBe(303)
  const matched = await signedUp(event.event_id, await somebody(['+19005550101'], { voter_id: 6191 }))
  await signedUp(event.event_id, await somebody(['+442079460958']))
  const rows = await unconfirmedOf(db, organization_id, event.event_id, { since: clock.now() })
  expect(rows.map(({ signup_id, phone }) => [signup_id === matched, phone])).toEqual([[false, null], [true, phoneOf(6191)], [false, null]]) // prettier-ignore
  for (const who of [organizer, host]) {
    const page = await textOf(who.get(`/events/${event.event_id}/calls`))
    expect(page).toContain('Kyu Ma')
    for (const number of ['tel:+1900', formatPhone('+19005550101'), '442079460958']) expect(page).not.toContain(number)
  }
  await byHand(host, event.event_id, 'take', { signup: rows[0]?.signup_id ?? '' })
  expect(await textOf(host.get(`/events/${event.event_id}/calls`))).not.toContain('tel:+1900')

  const bank = await confirmingBank(event.event_id)
  const [newcomers, voters] = [await callerOnPhone(bank, 'Ana'), await addTestCaller(world, ours.organizer, bank)]
  await newcomers.press('next')
  expect(await newcomers.hand()).toBeNull()
  const { cards } = (await voters.next()).turn
  expect(cards.map(({ phones }) => phones.map(({ phone }) => phone))).toEqual([[phoneOf(6191)]])
})

test('a number that a newcomer’s caller has in hand is leased by no turn of the queue, nor the other way round', async () => {
  const event = await openEvent('social', null, 30 * hour)
  await addVoters(world.database.owner, [{ voter_id: 4031 }])
  // Mother is a voter, daughter is new: one telephone.
  const line = phoneOf(4031)
  await signedUp(event.event_id, await somebody([line], { voter_id: 4031 }))
  const daughter = await signedUp(event.event_id, await somebody([line]))
  const bank = await confirmingBank(event.event_id)
  const ana = await callerOnPhone(bank, 'Ana')
  await ana.press('next')
  expect(await ana.signup()).toBe(daughter)
  const caller = await addTestCaller(world, ours.organizer, bank)
  expect((await caller.next()).turn.cards).toEqual([])
  await ana.press('put-off', { signup: daughter })
  clock.advance(61)
  expect((await caller.next()).turn.cards.map(({ voter_id }) => voter_id)).toEqual([4031])
  await db
    .updateTable('call_lease')
    .set({ leased_until: new Date(clock.now().getTime() + hour) })
    .execute()
  await ana.press('next')
  expect(await ana.hand()).toBeNull()
})

/** Newcomers of an event of their own, with the phone bank that asks them, and callers of it. */
async function newcomersAt(
  phones: string[],
  names: string[],
  voter: { voter_id: number; phone: string } | null = null,
) {
  const event = await openEvent('social', null, 30 * hour)
  if (voter) await signedUp(event.event_id, await somebody([voter.phone], voter))
  const signups: string[] = []
  for (const phone of phones) signups.push(await signedUp(event.event_id, await somebody([phone])))
  const bank = await confirmingBank(event.event_id)
  const callers = []
  for (const name of names) callers.push(await callerOnPhone(bank, name))
  return { event_id: event.event_id, bank, signups, callers }
}
const attemptIn = (location: string): string => new URLSearchParams(location.split('?')[1]).get('attempt') ?? ''

test('who settles it themselves leaves the hand they were in, and the caller has the next one', async () => {
  const { event_id, signups, callers } = await newcomersAt([7101, 7102].map(phoneOf), ['Ana'])
  const [ana] = callers
  await ana?.press('next')
  expect(await ana?.signup()).toBe(signups[0])
  await answer(db, ours.organizer, event_id, signups[0] ?? '', 'confirm', clock.now())
  expect(await db.selectFrom('newcomer_lease').select('signup_id').where('signup_id', '=', signups[0] ?? '').execute()).toEqual([]) // prettier-ignore
  await ana?.press('next')
  expect(await ana?.signup()).toBe(signups[1])
  // Linked to a voter they are the list's; whoever had them in hand goes on as well.
  await addVoters(world.database.owner, [{ voter_id: 4041 }])
  const third = await signedUp(event_id, await somebody([phoneOf(7103)]))
  const { person_id = '' } = (await rowOf(event_id, signups[1] ?? '')) ?? {}
  await linkVoter(db, ours.organizer, person_id, 4041, 'hand')
  await ana?.press('next')
  expect(await ana?.signup()).toBe(third)
})

test('a slip is corrected by the caller who made it: whom they called is in their hand again, and in nobody else’s', async () => {
  const { event_id, signups, callers } = await newcomersAt([7201, 7202].map(phoneOf), ['Ana', 'Ana'])
  const [ana, namesake] = callers
  await ana?.press('next')
  const slip = await ana?.press('result', { signup: signups[0] ?? '', said: 'no_answer', key: randomUUID() })
  expect(await ana?.signup()).toBe(signups[1])
  // Another caller of that name is another.
  expect(await namesake?.press('undo', { attempt: attemptIn(slip ?? '') })).toContain('said=stays')
  expect(await ana?.press('undo', { attempt: attemptIn(slip ?? '') })).toContain('said=again')
  expect(await ana?.signup()).toBe(signups[0])
  await namesake?.press('next')
  expect(await namesake?.signup()).toBe(signups[1])
  await ana?.press('result', { signup: signups[0] ?? '', said: 'yes', key: randomUUID() })
  expect(await rowOf(event_id, signups[0] ?? '')).toMatchObject({ response: 'confirmed' })
})

test('a wrong number is wrong for whom it was noted of: a voter at it keeps it, and a newcomer whose right one it is', async () => {
  const line = phoneOf(7251)
  await addVoters(world.database.owner, [7251, 7252, 7253].map((voter_id) => ({ voter_id, phones: [phoneOf(7250 + (voter_id === 7251 ? 1 : 2))] }))) // prettier-ignore
  const voter = { voter_id: 7251, phone: line }
  const { event_id, signups, callers, bank } = await newcomersAt([line, phoneOf(7252)], ['Ana'], voter)
  const [ana] = callers
  const [daughter = '', park = ''] = signups
  const targetOf = (voter_id: number) => db.selectFrom('phone_bank_target').select(['state', 'phones']).where('phone_bank_id', '=', bank.phone_bank_id).where('voter_id', '=', voter_id).executeTakeFirst() // prettier-ignore
  const isUsableOf = async (voter_id: number) => (await sql`select from voter_phone vp where vp.voter_id = ${voter_id} and ${isUsable(organization_id)}`.execute(db)).rows.length // prettier-ignore
  await ana?.press('next')
  await ana?.press('result', { signup: daughter, said: 'wrong_number', key: randomUUID() })
  const left = await unconfirmedOf(db, organization_id, event_id, { since: clock.now() })
  expect(left.find(({ signup_id }) => signup_id === daughter)?.phone).toBeNull()
  expect(left.find(({ voter_id }) => voter_id === 7251)?.phone).toBe(line)
  expect((await targetOf(7251))?.phones).toEqual([line])
  expect((await targetOf(7251))?.state).not.toBe('finished')
  expect(await isUsableOf(7251)).toBe(1)
  expect((await profileOf(db, organization_id, { voter_id: 7251, person_id: null }))?.marks).toEqual([])
  // Who was closed with them before is given the number back.
  await db.updateTable('phone_bank_target').set({ state: 'finished', why: 'no_number', phones: [] }).where('voter_id', '=', 7251).execute() // prettier-ignore
  await sql.raw(readFileSync('migrations/1221_phonebanks_numbers_given_back.sql', 'utf8')).execute(world.database.owner)
  expect(await targetOf(7251)).toMatchObject({ state: 'waiting', phones: [line] })
  // It may be wrong for the voter too, whose own mark it then is.
  await mark(db, ours.organizer, 'v7251', { reason: 'wrong_number', note: '', phone: line })
  expect((await targetOf(7251))?.state).toBe('finished')
  expect(await isUsableOf(7251)).toBe(0)

  // The number that the file has of a voter belongs to somebody else by now, who has signed up with it.
  await mark(db, ours.organizer, 'v7252', { reason: 'wrong_number', note: '', phone: phoneOf(7252) })
  await ana?.press('next')
  expect(await ana?.signup()).toBe(park)
  // Matched, it is still wrong for the daughter, and hers alone.
  const { person_id = '' } = (await rowOf(event_id, park)) ?? {}
  await mark(db, ours.organizer, person_id, { reason: 'wrong_number', note: '', phone: phoneOf(7252) })
  await linkVoter(db, ours.organizer, person_id, 7253, 'hand')
  const another = await makeBank(world, ours.organizer, [7252, 7253])
  const numbers = await db.selectFrom('phone_bank_target').select('phones').where('phone_bank_id', '=', another.phone_bank_id).orderBy('voter_id').execute() // prettier-ignore
  expect(numbers).toEqual([{ phones: [] }, { phones: [] }])
  expect([await isUsableOf(7252), await isUsableOf(7253)]).toEqual([0, 0])
})

test('a telephone nobody answered rests for everybody who can be reached there, newcomers and voters', async () => {
  const line = phoneOf(7301)
  await addVoters(world.database.owner, [{ voter_id: 7301 }])
  const voter = { voter_id: 7301, phone: line }
  const { signups, callers, bank } = await newcomersAt([line, line], ['Ana', 'Bo'], voter)
  const [ana, bo] = callers
  await ana?.press('next')
  expect(await ana?.signup()).toBe(signups[0])
  await ana?.press('result', { signup: signups[0] ?? '', said: 'no_answer', key: randomUUID() })
  for (const caller of [ana, bo]) {
    await caller?.press('next')
    expect(await caller?.hand()).toBeNull()
  }
  const target = await db.selectFrom('phone_bank_target').select(['state', 'why']).where('phone_bank_id', '=', bank.phone_bank_id).where('voter_id', '=', 7301).executeTakeFirst() // prettier-ignore
  expect(target).toMatchObject({ state: 'waiting' })
  const queue = await addTestCaller(world, ours.organizer, bank)
  expect((await queue.next()).turn.cards).toEqual([])
})

test('a call to a newcomer that is taken back lets the voters at that number go on', async () => {
  const line = phoneOf(7311)
  await addVoters(world.database.owner, [{ voter_id: 7311 }])
  const { signups, callers, bank } = await newcomersAt([line, line], ['Ana'], { voter_id: 7311, phone: line })
  const [first = '', second = ''] = signups
  const [ana] = callers
  const press = async (signup: string) => attemptIn((await ana?.press('result', { signup, said: 'no_answer', key: randomUUID() })) ?? '') // prettier-ignore
  await ana?.press('next')
  const slip = await press(first)
  const standing = () => db.selectFrom('phone_bank_target').select(['state', 'why', 'next_at']).where('phone_bank_id', '=', bank.phone_bank_id).where('voter_id', '=', 7311).executeTakeFirst() // prettier-ignore
  const rested = await standing()
  expect(rested).toMatchObject({ state: 'waiting' })
  await ana?.press('undo', { attempt: slip })
  expect(await standing()).toMatchObject({ state: 'ready', why: null })
  await ana?.press('put-off', { signup: first })
  expect((await (await addTestCaller(world, ours.organizer, bank)).next()).turn.cards).toHaveLength(1)
  // Another call to the number holds them still.
  await db.deleteFrom('call_lease').where('voter_id', '=', 7311).execute()
  await db
    .updateTable('phone_bank_target')
    .set({ state: 'ready', leased_to: null })
    .where('voter_id', '=', 7311)
    .execute()
  await db
    .updateTable('phone_bank')
    .set({ retry_after_hours: 20 })
    .where('phone_bank_id', '=', bank.phone_bank_id)
    .execute()
  clock.advance(1)
  await ana?.press('next')
  await press(second)
  const held = await standing()
  clock.advance(1)
  await press(first)
  const last = await db.selectFrom('contact_attempt').select('attempt_id').where('phone', '=', line).orderBy('attempted_at', 'desc').executeTakeFirst() // prettier-ignore
  expect((await standing())?.next_at).not.toEqual(held?.next_at)
  await ana?.press('undo', { attempt: last?.attempt_id ?? '' })
  expect(await standing()).toEqual(held)
})

test('a wrong number or a “do not call” of a newcomer that the host takes back closes nothing any more', async () => {
  const { event_id, signups, callers, bank } = await newcomersAt([7321, 7322].map(phoneOf), ['Ana'])
  const [wrong = '', closed = ''] = signups
  const [ana] = callers
  await ana?.press('next')
  const attempts: string[] = []
  for (const [signup, said] of [
    [wrong, 'wrong_number'],
    [closed, 'do_not_call'],
  ] as const)
    attempts.push(attemptIn((await ana?.press('result', { signup, said, key: randomUUID() })) ?? ''))
  const asked = async () => {
    const rows = await unconfirmedOf(db, organization_id, event_id, { since: clock.now(), is_new: true })
    return rows.map(({ phone, is_closed }) => phone !== null && !is_closed)
  }
  expect(await asked()).toEqual([false, false])
  for (const attempt of attempts)
    expect((await organizer.post(`/phonebanks/${bank.phone_bank_id}/attempts/${attempt}/undo`, {})).status).toBe(303)
  expect(await asked()).toEqual([true, true])
})

test('a newcomer’s “do not call” closes the number for everybody there until the call is taken back', async () => {
  const line = phoneOf(7331)
  await addVoters(world.database.owner, [{ voter_id: 7331 }])
  const list = await makeBank(world, ours.organizer, [7331])
  const { event_id, signups, callers, bank } = await newcomersAt([line, line], ['Ana'])
  const [ana] = callers
  await ana?.press('next')
  const said = await ana?.press('result', { signup: signups[0] ?? '', said: 'do_not_call', key: randomUUID() })
  const target = () => db.selectFrom('phone_bank_target').select(['state', 'why', 'phones']).where('phone_bank_id', '=', list.phone_bank_id).executeTakeFirst() // prettier-ignore
  const asked = async () => (await unconfirmedOf(db, organization_id, event_id, { since: clock.now(), is_new: true })).map(({ phone, is_closed }) => phone !== null && !is_closed) // prettier-ignore
  const refusals = () => db.selectFrom('consent').select('is_given').where('evidence', '=', `call ${attemptIn(said ?? '')}`).execute() // prettier-ignore
  expect(await target()).toEqual({ state: 'finished', why: 'no_number', phones: [] })
  expect(await asked()).toEqual([false, false])
  expect(await refusals()).toEqual([{ is_given: false }])
  await organizer.post(`/phonebanks/${bank.phone_bank_id}/attempts/${attemptIn(said ?? '')}/undo`, {})
  // Nobody rests for a call that was none.
  expect(await target()).toEqual({ state: 'ready', why: null, phones: [line] })
  expect(await asked()).toEqual([true, true])
  expect(await refusals()).toEqual([])
})

test('a number that was known to be good is so again when a newcomer’s wrong number is taken back', async () => {
  const { event_id, signups, callers, bank } = await newcomersAt([phoneOf(7389)], ['Ana'])
  const [ana] = callers
  const { person_id = '' } = (await rowOf(event_id, signups[0] ?? '')) ?? {}
  await db.updateTable('person_phone').set({ quality: 'good' }).where('person_id', '=', person_id).execute()
  await ana?.press('next')
  const said = await ana?.press('result', { signup: signups[0] ?? '', said: 'wrong_number', key: randomUUID() })
  const quality = () => db.selectFrom('person_phone').select('quality').where('person_id', '=', person_id).executeTakeFirst() // prettier-ignore
  expect(await quality()).toEqual({ quality: 'wrong' })
  await organizer.post(`/phonebanks/${bank.phone_bank_id}/attempts/${attemptIn(said ?? '')}/undo`, {})
  expect(await quality()).toEqual({ quality: 'good' })
})

test('whom an organizer looks at first is so again when the mark that closed their number is taken back', async () => {
  const line = phoneOf(7385)
  await addVoters(world.database.owner, [{ voter_id: 7385 }])
  const list = await makeBank(world, ours.organizer, [7385])
  const { signups, callers, bank } = await newcomersAt([line], ['Ana'])
  const [ana] = callers
  await ana?.press('next')
  const target = () => db.selectFrom('phone_bank_target').select(['state', 'why', 'closed_as']).where('phone_bank_id', '=', list.phone_bank_id).executeTakeFirst() // prettier-ignore
  await db.updateTable('phone_bank_target').set({ state: 'waiting', why: 'organizer' }).where('phone_bank_id', '=', list.phone_bank_id).execute() // prettier-ignore
  const said = await ana?.press('result', { signup: signups[0] ?? '', said: 'do_not_call', key: randomUUID() })
  expect(await target()).toEqual({ state: 'finished', why: 'no_number', closed_as: 'organizer' })
  await organizer.post(`/phonebanks/${bank.phone_bank_id}/attempts/${attemptIn(said ?? '')}/undo`, {})
  expect(await target()).toEqual({ state: 'waiting', why: 'organizer', closed_as: null })
})

test('a newcomer’s “do not call” recorded before it closed their number closes it with the update, and opens it when it is undone', async () => {
  const [line, opened] = [phoneOf(7386), phoneOf(7387)]
  await addVoters(world.database.owner, [{ voter_id: 7386 }, { voter_id: 7387 }])
  const list = await makeBank(world, ours.organizer, [7386, 7387])
  const { signups, callers, bank } = await newcomersAt([line, opened], ['Ana'])
  const [ana] = callers
  await ana?.press('next')
  const attempts: string[] = []
  for (const signup of signups)
    attempts.push(attemptIn((await ana?.press('result', { signup, said: 'do_not_call', key: randomUUID() })) ?? ''))
  const [attempt = ''] = attempts
  // As it was recorded then; the other one was opened by hand since.
  await world.database.owner.deleteFrom('suppression').where('phone', 'in', [line, opened]).execute()
  await sql`update contact_attempt set effects = effects || jsonb_build_object('marks', jsonb_build_array(effects -> 'marks' -> 0))
    where attempt_id = any(${attempts}::uuid[])`.execute(db)
  await sql`update suppression set taken_back_at = now() where suppression_id =
    (select (effects -> 'marks' ->> 0)::uuid from contact_attempt where attempt_id = ${attempts[1] ?? ''}::uuid)`.execute(
    db,
  )
  await sql`update phone_bank_target set phones = numbers_to_call(organization_id, voter_id, null), state = 'ready', why = null,
    next_at = '-infinity', closed_as = null where phone_bank_id = ${list.phone_bank_id}::uuid`.execute(db)
  const states = async () => (await db.selectFrom('phone_bank_target').select('state').where('phone_bank_id', '=', list.phone_bank_id).orderBy('voter_id').execute()).map(({ state }) => state) // prettier-ignore
  const update = () => sql.raw(readFileSync('migrations/1261_contacts_newcomers_numbers_closed.sql', 'utf8')).execute(world.database.owner) // prettier-ignore
  expect(await states()).toEqual(['ready', 'ready'])
  await update()
  expect(await states()).toEqual(['finished', 'ready'])
  await update()
  expect(await db.selectFrom('suppression').select('suppression_id').where('phone', '=', line).execute()).toHaveLength(1) // prettier-ignore
  await organizer.post(`/phonebanks/${bank.phone_bank_id}/attempts/${attempt}/undo`, {})
  expect(await states()).toEqual(['ready', 'ready'])
})

test('a call to a newcomer that is taken back takes no mark that another call set, or somebody by hand', async () => {
  const { event_id, signups, callers, bank } = await newcomersAt([7341, 7342].map(phoneOf), ['Ana', 'Bo'])
  const [ana, bo] = callers
  const [first = '', second = ''] = signups
  const say = async (caller: typeof ana, signup: string, said: string) => attemptIn((await caller?.press('result', { signup, said, key: randomUUID() })) ?? '') // prettier-ignore
  const isClosed = async () => (await unconfirmedOf(db, organization_id, event_id, { since: clock.now(), is_new: true })).map(({ phone, is_closed }) => is_closed || phone === null) // prettier-ignore
  const undo = (attempt: string) => organizer.post(`/phonebanks/${bank.phone_bank_id}/attempts/${attempt}/undo`, {})
  // Ana had the first in hand before Bo, and says it later.
  await ana?.press('next')
  await ana?.press('put-off', { signup: first })
  await ana?.press('put-off', { signup: second })
  await bo?.press('next')
  expect(await bo?.signup()).toBe(first)
  const by_bo = await say(bo, first, 'do_not_call')
  await bo?.press('next')
  const by_ana = await say(ana, first, 'do_not_call')
  await undo(by_bo)
  expect(await isClosed()).toEqual([true, false])
  await undo(by_ana)
  expect(await isClosed()).toEqual([false, false])

  expect(await bo?.signup()).toBe(second)
  const call = await say(bo, second, 'wrong_number')
  const { person_id = '' } = (await rowOf(event_id, second)) ?? {}
  const word = { reason: 'wrong_number' as const, note: 'wrote to us', phone: phoneOf(7342) }
  const own = await mark(db, ours.organizer, person_id, word)
  expect(await mark(db, ours.organizer, person_id, word)).toBe(own)
  await undo(call)
  expect(await isClosed()).toEqual([false, true])
  const quality = () => db.selectFrom('person_phone').select('quality').where('person_id', '=', person_id).executeTakeFirst() // prettier-ignore
  expect(await quality()).toEqual({ quality: 'wrong' })
})

test('while a list of numbers is brought in nobody waits for who asks for a newcomer; a slip is undone meanwhile', async () => {
  const { signups, callers } = await newcomersAt([7371, 7372].map(phoneOf), ['Ana'])
  const [ana] = callers
  await addVoters(world.database.owner, [{ voter_id: 7373 }])
  const queue = await addTestCaller(world, ours.organizer, await makeBank(world, ours.organizer, [7373]))
  await ana?.press('next')
  const slip = await ana?.press('result', { signup: signups[0] ?? '', said: 'no_answer', key: randomUUID() })
  await ana?.press('put-off', { signup: signups[1] ?? '' })
  await world.database.owner.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock_shared(hashtext('newcomer_lease'), hashtext(${organization_id}))`.execute(tx)
    expect(await ana?.press('undo', { attempt: attemptIn(slip ?? '') })).toContain('said=undone')
    expect(await ana?.press('next')).toContain('said=busy')
    expect(await ana?.hand()).toBeNull()
    const [asked, turn] = await Promise.all([ana?.press('next'), queue.next()])
    expect(asked).toContain('said=busy')
    expect(turn.turn.cards).toHaveLength(1)
  })
  expect(await ana?.press('next')).not.toContain('said')
  expect(await ana?.signup()).toBe(signups[0])
})

test('a voter’s further number that a newcomer’s caller has is not shown, and none to go on with once the first is closed', async () => {
  const [line, further] = [7351, 7352].map(phoneOf) as [string, string]
  await addVoters(world.database.owner, [{ voter_id: 7351, phones: [line, further] }])
  const { callers } = await newcomersAt([further], ['Ana'])
  await callers[0]?.press('next')
  expect(await callers[0]?.hand()).toBe(further)
  const bank = await makeBank(world, ours.organizer, [7351])
  const queue = await addTestCaller(world, ours.organizer, bank)
  const { cards } = (await queue.next()).turn
  expect(cards.map(({ phones }) => phones.map(({ phone }) => phone))).toEqual([[line]])
  await db.insertInto('suppression').values({ organization_id, phone: line, reason: 'do_not_call', marked_by: 'office', marked_at: clock.now() }).execute() // prettier-ignore
  const { turn } = await queue.next({ holding: [7351] })
  expect(turn).toMatchObject({ cards: [], withdrawn: [{ voter_id: 7351, why: 'lost' }] })
  expect(await db.selectFrom('phone_bank_target').select(['state', 'why']).where('voter_id', '=', 7351).executeTakeFirst()).toEqual({ state: 'waiting', why: 'elsewhere' }) // prettier-ignore
  expect(await db.selectFrom('call_lease').select('voter_id').where('voter_id', '=', 7351).execute()).toEqual([])
})

test('a newcomer’s number that is a further one of a voter in a hand is in no other', async () => {
  const [line, further] = [7361, 7362].map(phoneOf) as [string, string]
  await addVoters(world.database.owner, [{ voter_id: 7361, phones: [line, further] }])
  const { callers } = await newcomersAt([further], ['Ana'])
  const [ana] = callers
  const queue = await addTestCaller(world, ours.organizer, await makeBank(world, ours.organizer, [7361]))
  expect((await queue.next()).turn.cards).toHaveLength(1)
  // Nobody is offered whom nobody can have.
  expect(await ana?.look()).toContain('Nobody is left here for you')
  expect(await ana?.look()).toContain('in somebody else’s hand')
  await ana?.press('next')
  expect(await ana?.hand()).toBeNull()
  await queue.ask({ want: 0, release: { voter_ids: [7361], why: 'leave' } })
  await ana?.press('next')
  expect(await ana?.hand()).toBe(further)
})

/** Presses a button of the list of calls by hand; what the page says then. */
async function byHand(who: typeof host, event_id: string, what: string, form: Record<string, string>) {
  const location = (await who.post(`/events/${event_id}/calls/${what}`, form)).headers.get('location') ?? ''
  return new URLSearchParams(location.split('#')[0]?.split('?')[1]).get('said')
}

test('whom a caller has in hand nobody of the team rings, nor is anything recorded of them by hand; and the other way round', async () => {
  const { event_id, signups, callers } = await newcomersAt([7501, 7502].map(phoneOf), ['Ana'])
  const [first = '', second = ''] = signups
  const [ana] = callers
  const list = async (who = host) => textOf(who.get(`/events/${event_id}/calls`))
  await ana?.press('next')
  expect(await list()).toContain('Being called by Ana')
  const said = { signup: first, said: 'no', key: randomUUID() }
  expect(await byHand(host, event_id, 'by-hand', said)).toBe('in_hand')
  expect(await byHand(host, event_id, 'take', { signup: first })).toBe('in_hand')
  expect(await textOf(host.get(`/events/${event_id}/calls?said=in_hand`))).toContain(
    'somebody else is calling them just now',
  )
  expect(await rowOf(event_id, first)).toMatchObject({ response: 'signed_up' })

  expect(await byHand(host, event_id, 'take', { signup: second })).toBeNull()
  expect(await list()).toContain(`href="tel:${phoneOf(7502)}"`)
  expect(await list(organizer)).not.toContain(`tel:${phoneOf(7502)}`)
  expect(await byHand(organizer, event_id, 'by-hand', { ...said, signup: second })).toBe('in_hand')
  expect(await ana?.press('result', { signup: first, said: 'no_answer', key: randomUUID() })).toContain('said=saved')
  expect(await ana?.hand()).toBeNull()
  expect(await byHand(host, event_id, 'give-back', { signup: second })).toBeNull()
  await ana?.press('next')
  expect(await ana?.signup()).toBe(second)
  await ana?.press('put-off', { signup: second })
  expect(await byHand(host, event_id, 'by-hand', { ...said, signup: second })).toBe('saved')
  expect(await db.selectFrom('newcomer_lease').select('signup_id').where('signup_id', '=', second).execute()).toEqual(
    [],
  )
})

test('who records an earlier call by hand, or asks for somebody who cannot be had, keeps whom they are talking with', async () => {
  const { event_id, signups, callers } = await newcomersAt([7541, 7542, 7543].map(phoneOf), ['Ana'])
  const [first = '', second = '', third = ''] = signups
  const held = () => db.selectFrom('newcomer_lease').select('signup_id').where('taken_by', 'is not', null).where('leased_until', '>', clock.now()).execute() // prettier-ignore
  await byHand(host, event_id, 'take', { signup: second })
  expect(await byHand(host, event_id, 'by-hand', { signup: third, said: 'no_answer', key: randomUUID() })).toBe('saved')
  expect(await held()).toEqual([{ signup_id: second }])
  await callers[0]?.press('next')
  expect(await byHand(host, event_id, 'take', { signup: first })).toBe('in_hand')
  await answer(db, ours.organizer, event_id, third, 'confirm', clock.now())
  expect(await byHand(host, event_id, 'take', { signup: third })).toBe('quicker')
  expect(await held()).toEqual([{ signup_id: second }])
  await callers[0]?.press('result', { signup: first, said: 'no_answer', key: randomUUID() })
  expect(await byHand(host, event_id, 'take', { signup: first })).toBeNull()
  expect(await held()).toEqual([{ signup_id: first }])
})

test('a voter whom somebody of the team rings by hand is handed out by no phone bank, at whatever number', async () => {
  await addVoters(world.database.owner, [7521, 7522].map((voter_id) => ({ voter_id }))) // prettier-ignore
  const event = await openEvent('social', null, 30 * hour)
  // The list rings the number of the file, the page of the event the one they signed up with.
  const signup = await signedUp(event.event_id, await somebody([], { voter_id: 7521 }))
  await sql`update event_signup set said = jsonb_build_object('phone', ${phoneOf(7529)}::text) where signup_id = ${signup}::uuid`.execute(
    db,
  )
  expect(await byHand(host, event.event_id, 'take', { signup })).toBeNull()
  expect(await textOf(host.get(`/events/${event.event_id}/calls`))).toContain(`tel:${phoneOf(7529)}`)
  const queue = await addTestCaller(world, ours.organizer, await makeBank(world, ours.organizer, [7521, 7522]))
  expect((await queue.next({ want: 2 })).turn.cards.map(({ voter_id }) => voter_id)).toEqual([7522])
  await byHand(host, event.event_id, 'give-back', { signup })
  clock.advance(2)
  expect((await queue.next({ holding: [7522], want: 2 })).turn.cards.map(({ voter_id }) => voter_id)).toEqual([7521])
  expect(await byHand(host, event.event_id, 'take', { signup })).toBe('in_hand')
})

test('over the organization’s number newcomers are not for callers, and the page says whose they are', async () => {
  const { callers, bank } = await newcomersAt([7531].map(phoneOf), ['Ana'])
  const [ana] = callers
  const way = (way_of_calling: 'bridge' | 'practice') =>
    db.updateTable('phone_bank').set({ way_of_calling }).where('phone_bank_id', '=', bank.phone_bank_id).execute()
  for (const [each, words] of [
    ['bridge', 'The hosts call newcomers'],
    ['practice', 'In practice nobody is called'],
  ] as const) {
    await way(each)
    await ana?.press('next')
    expect(await ana?.hand()).toBeNull()
    expect(await ana?.look()).toContain(words)
  }
})

test('calls to newcomers are the phone bank’s and their caller’s: seen by the host, in report and file, within the limit', async () => {
  const { event_id, signups, callers, bank } = await newcomersAt([7401, 7402, 7403].map(phoneOf), ['Ana'])
  await db
    .updateTable('phone_bank')
    .set({ most_per_caller: 2 })
    .where('phone_bank_id', '=', bank.phone_bank_id)
    .execute()
  const [ana] = callers
  const { person_id = '' } = (await rowOf(event_id, signups[0] ?? '')) ?? {}
  await db.updateTable('person').set({ birth_year: 1990 }).where('person_id', '=', person_id).execute()
  await db.updateTable('phone_bank_caller').set({ last_seen_at: new Date(clock.now().getTime() - hour) }).where('phone_bank_id', '=', bank.phone_bank_id).execute() // prettier-ignore
  await ana?.press('next')
  const ours_now = async () => (await phoneBanks(db, organization_id, clock.now())).find((each) => each.phone_bank_id === bank.phone_bank_id) // prettier-ignore
  expect(await ours_now()).toMatchObject({ attempts: 0, callers_now: 1 })
  await ana?.press('result', { signup: signups[0] ?? '', said: 'maybe', key: randomUUID() })
  const second = attemptIn(
    (await ana?.press('result', { signup: signups[1] ?? '', said: 'no', key: randomUUID() })) ?? '',
  )
  await workOff(world, [answeredByPhoneJob, sendEventMailJob])
  expect(await ours_now()).toMatchObject({ attempts: 2, conversations: 2, progress: { total: 0 } })
  expect(await ana?.hand()).toBeNull()
  expect(await ana?.look()).toContain('as many calls as one should in a day')

  const results = await textOf(organizer.get(`/phonebanks/${bank.phone_bank_id}/results`))
  expect(results.match(/>Ana</g)).toHaveLength(2)
  expect(results).toMatch(/href="\/people\/[^"]+"/)
  const file = await textOf(organizer.post(`/phonebanks/${bank.phone_bank_id}/results.csv`, { form: 'codes', law: 'yes' })) // prettier-ignore
  expect(file.split('\n').filter((line) => line.includes('Yun'))).toHaveLength(2)
  const groups = await groupsOf(db, await phoneBank(db, organization_id, bank.phone_bank_id), { question: null, district: 'nyc-council' }, clock.now()) // prettier-ignore
  expect(groups).toContainEqual(expect.objectContaining({ dimension: 'district', key: null, attempts: 2 }))
  expect(groups).toContainEqual(expect.objectContaining({ dimension: 'age', key: '30-44', attempts: 1 }))
  // The host takes one back: they have their seat again.
  expect((await organizer.post(`/phonebanks/${bank.phone_bank_id}/attempts/${second}/undo`, {})).status).toBe(303)
  await workOff(world, [answeredByPhoneJob, sendEventMailJob])
  expect(await ours_now()).toMatchObject({ attempts: 1 })
})

test('a caller who corrects a no gives them their seat again', async () => {
  const event = await openEvent('social', null, 30 * hour)
  await addVoters(world.database.owner, [{ voter_id: 21 }])
  const who = await somebody([phoneOf(621)], { voter_id: 21 })
  await signedUp(event.event_id, who)
  const made = (await organizer.post(`/events/${event.event_id}/calls/confirming`, {})).headers.get('location') ?? ''
  await workOff(world, [prepareJob])
  const bank = await db.selectFrom('phone_bank').select(['phone_bank_id', 'join_code', 'script_id']).where('phone_bank_id', '=', made.split('/').at(-1) ?? '').executeTakeFirstOrThrow() // prettier-ignore
  const caller = await addTestCaller(world, ours.organizer, bank)
  const [card] = (await caller.next()).turn.cards
  if (!card) throw new Error('nobody to call')
  const wrong = randomUUID()
  const said = (event_confirm: string) => ({
    disposition: 'canvassed' as const,
    answers: { event_confirm },
    spoke_with: 'voter' as const,
  })
  await caller.record(card, { ...said('no'), attempt_id: wrong })
  await workOff(world, [answeredByPhoneJob, sendEventMailJob])
  await caller.record(card, { ...said('yes'), instead_of: { attempt_id: wrong, at: clock.now().toISOString() } })
  await workOff(world, [answeredByPhoneJob, sendEventMailJob])
  const rows = await signupsOf(db, organization_id, event.event_id)
  expect(rows.map(({ response }) => response)).toEqual(['confirmed'])
})

test('a no that is a yes in the next call is the same ticket again', async () => {
  const event = await openEvent('social', null, 30 * hour)
  await addVoters(world.database.owner, [{ voter_id: 22 }])
  const signup_id = await signedUp(event.event_id, await somebody([phoneOf(622)], { voter_id: 22 }))
  await db.insertInto('event_order').values({ organization_id, signup_id, full_cents: 4000, discount_id: null, discount_cents: 0, pays: 'door', refund_until: null }).execute() // prettier-ignore
  const caller = await addTestCaller(world, ours.organizer, await confirmingBankOf(event.event_id))
  const [card] = (await caller.next()).turn.cards
  if (!card) throw new Error('nobody to call')
  for (const event_confirm of ['no', 'yes']) {
    await caller.record(card, { disposition: 'canvassed', answers: { event_confirm }, spoke_with: 'voter', attempt_id: randomUUID() }) // prettier-ignore
    await workOff(world, [answeredByPhoneJob, sendEventMailJob])
    clock.advance(5)
  }
  expect(await signupsOf(db, organization_id, event.event_id)).toMatchObject([
    { signup_id, response: 'confirmed', order: { due_cents: 4000 } },
  ])
})

test('a phone bank that asks whether people come calls nobody who signed up elsewhere or has confirmed, however few are left', async () => {
  await addVoters(
    world.database.owner,
    [31, 32, 33].map((voter_id) => ({ voter_id })),
  )
  const event = await openEvent('social', null, 30 * hour)
  const elsewhere = await openEvent('social', null, 30 * hour)
  const asked = await signedUp(event.event_id, await somebody([phoneOf(631)], { voter_id: 31 }))
  const confirmed = await signedUp(event.event_id, await somebody([phoneOf(632)], { voter_id: 32 }))
  await signedUp(elsewhere.event_id, await somebody([phoneOf(633)], { voter_id: 33 }))
  await answer(db, ours.organizer, event.event_id, confirmed, 'confirm', clock.now())
  const phone_bank_id = (await confirmingBankOf(event.event_id)).phone_bank_id
  const listed = async (of = phone_bank_id) =>
    (await db.selectFrom('phone_bank_target').select('voter_id').where('phone_bank_id', '=', of).where('state', '<>', 'suppressed').orderBy('voter_id').execute()).map(({ voter_id }) => voter_id) // prettier-ignore
  expect(await listed()).toEqual([31])

  const page = await textOf(organizer.get(`/phonebanks/${phone_bank_id}`))
  expect(page).toContain('Only those who signed up for this event')
  expect(page).not.toContain('add_universe')
  await expect(addUniverse(db, ours.organizer, phone_bank_id, 'status:active')).rejects.toThrow(Conflict)
  const bank = await phoneBank(db, organization_id, phone_bank_id)
  for (const voter_id of [32, 33])
    expect(await whyOffList(db, bank, voter_id, { today: '2026-11-23', now: clock.now() })).toBe('not_asked')
  expect(await whyOffList(db, bank, 31, { today: '2026-11-23', now: clock.now() })).toBe('not_yet')

  // A copy asks the same people.
  const copy = await makeNext(db, ours.organizer, phone_bank_id, { today: '2026-11-23', now: clock.now() })
  if (!copy.ok) throw new Error(copy.problem)
  await preparePhoneBank(db, ours.organizer, copy.phone_bank_id, clock.now())
  expect(await listed(copy.phone_bank_id)).toEqual([31])

  await answer(db, ours.organizer, event.event_id, asked, 'confirm', clock.now())
  await preparePhoneBank(db, ours.organizer, phone_bank_id, clock.now())
  expect(await listed()).toEqual([])
})

test('of an event with several shifts the script says the days, not somebody else’s time and place', async () => {
  await addVoters(world.database.owner, [{ voter_id: 41 }])
  const event = await openEvent('social', null, 30 * hour, { also_in: [54 * hour] })
  const shifts = await shiftsOf(db, organization_id, [event.event_id])
  const who = await somebody([phoneOf(641)], { voter_id: 41 })
  await addPerson(db, ours.organizer, event.event_id, { who, as: 'signed_up', shift_ids: shifts.map(({ shift_id }) => shift_id) }, clock.now()) // prettier-ignore
  const { script_id } = await confirmingBankOf(event.event_id)
  const said = JSON.stringify((await currentVersion(db, script_id))?.content)
  const days = shifts.map(({ starts_at }) => dayText('en', dateIn('America/New_York', starts_at)))
  expect(said).toContain(days.join('–'))
  expect(said).not.toContain('Main St')
  expect(said).not.toMatch(/\d [AP]M/)
  expect(said).toContain('the time of your shift')
  expect(said).toContain('맡으신 시간')

  // Of one at somebody's home whoever calls reads the place, not the street.
  const home = await openEvent('social', null, 30 * hour)
  await db.updateTable('event').set({ hides_address: true }).where('event_id', '=', home.event_id).execute()
  await addPerson(db, ours.organizer, home.event_id, { who, as: 'signed_up', shift_ids: [home.shift_id] }, clock.now())
  const script = await currentVersion(db, (await confirmingBankOf(home.event_id)).script_id)
  expect(JSON.stringify(script?.content)).toContain('Library')
  expect(JSON.stringify(script?.content)).not.toContain('Main St')
})

/** One that asks whether people come, with somebody to call for it and the calls they record. */
async function confirmingBankOf(event_id: string) {
  const made = (await organizer.post(`/events/${event_id}/calls/confirming`, {})).headers.get('location') ?? ''
  await workOff(world, [prepareJob])
  return db.selectFrom('phone_bank').select(['phone_bank_id', 'join_code', 'script_id']).where('phone_bank_id', '=', made.split('/').at(-1) ?? '').executeTakeFirstOrThrow() // prettier-ignore
}

async function called(event_id: string, event_confirm: string, more: Partial<CallResult> = {}) {
  const bank = await confirmingBankOf(event_id)
  const caller = await addTestCaller(world, ours.organizer, bank)
  const [card] = (await caller.next()).turn.cards
  if (!card) throw new Error('nobody to call')
  const attempt_id = randomUUID()
  await caller.record(card, { disposition: 'canvassed', answers: { event_confirm }, spoke_with: 'voter', attempt_id, ...more }) // prettier-ignore
  return {
    attempt_id,
    undo: async () => {
      await undoAttempt(db, ours.organizer, bank.phone_bank_id, attempt_id, clock.now())
      await workOff(world, [answeredByPhoneJob, sendEventMailJob])
    },
  }
}

test('an answer that is taken back changes nothing: the sign-up stands as before', async () => {
  await addVoters(world.database.owner, [51, 52, 53].map((voter_id) => ({ voter_id }))) // prettier-ignore
  for (const [voter_id, said, response] of [
    [51, 'no', 'canceled_by_them'],
    [52, 'yes', 'confirmed'],
  ] as const) {
    const event = await openEvent('social', 1, 30 * hour)
    const signup = await signedUp(event.event_id, await somebody([phoneOf(600 + voter_id)], { voter_id }))
    clock.advance(5)
    const call = await called(event.event_id, said)
    await workOff(world, [answeredByPhoneJob, sendEventMailJob])
    expect((await rowOf(event.event_id, signup))?.response).toBe(response)
    clock.advance(5)
    await call.undo()
    expect((await rowOf(event.event_id, signup))?.response).toBe('signed_up')
    expect(await textOf(host.get(`/events/${event.event_id}/calls`))).not.toContain('was a mistake and taken back')
  }
  // Before anything followed from it.
  const event = await openEvent('social', 1, 30 * hour)
  const signup = await signedUp(event.event_id, await somebody([phoneOf(653)], { voter_id: 53 }))
  const call = await called(event.event_id, 'no')
  await call.undo()
  expect((await rowOf(event.event_id, signup))?.response).toBe('signed_up')
})

test('where the seat is gone when a no is taken back, the host is told', async () => {
  await addVoters(world.database.owner, [{ voter_id: 54 }])
  const event = await openEvent('social', 1, 30 * hour)
  const signup = await signedUp(event.event_id, await somebody([phoneOf(654)], { voter_id: 54 }))
  const waiting = await signedUp(event.event_id, await somebody([]))
  const call = await called(event.event_id, 'no')
  await workOff(world, [answeredByPhoneJob, sendEventMailJob])
  expect((await rowOf(event.event_id, waiting))?.response).toBe('signed_up')
  clock.advance(5)
  await call.undo()
  expect((await rowOf(event.event_id, signup))?.response).toBe('canceled_by_them')
  expect(await textOf(host.get(`/events/${event.event_id}/calls`))).toContain('was a mistake and taken back')
  await changeEvent(db, ours.organizer, event.event_id, 'cancel', clock.now())
  expect(await textOf(host.get(`/events/${event.event_id}/calls`))).not.toContain('was a mistake and taken back')
})

test('an answer that comes in late does not undo what they said themselves since', async () => {
  await addVoters(world.database.owner, [{ voter_id: 55 }])
  const event = await openEvent('social', null, 30 * hour)
  const signup = await signedUp(event.event_id, await somebody([phoneOf(655)], { voter_id: 55 }))
  clock.advance(5)
  const call = await called(event.event_id, 'no')
  // It has not come to the event yet when they confirm by their page.
  clock.advance(5)
  await answer(db, ours.organizer, event.event_id, signup, 'confirm', clock.now())
  await workOff(world, [answeredByPhoneJob, sendEventMailJob])
  expect((await rowOf(event.event_id, signup))?.response).toBe('confirmed')
  await call.undo()
  expect((await rowOf(event.event_id, signup))?.response).toBe('confirmed')
})

test('of an event of two days who comes on the second is asked after the first has begun, in a voter file or in none', async () => {
  await addVoters(world.database.owner, [42, 43].map((voter_id) => ({ voter_id }))) // prettier-ignore
  const event = await openEvent('social', null, 2 * hour, { also_in: [26 * hour] })
  const [today, tomorrow] = (await shiftsOf(db, organization_id, [event.event_id])).map(({ shift_id }) => shift_id)
  const comes = async (voter_id: number | null, shift_id: string | undefined, phone: string) => {
    const who = await somebody([phone], voter_id === null ? {} : { voter_id })
    await addPerson(db, ours.organizer, event.event_id, { who, as: 'signed_up', shift_ids: [shift_id ?? ''] }, clock.now()) // prettier-ignore
  }
  await comes(42, today, phoneOf(642))
  await comes(43, tomorrow, phoneOf(643))
  await comes(null, today, phoneOf(644))
  await comes(null, tomorrow, phoneOf(645))
  clock.advance(5 * 60)
  const page = await textOf(host.get(`/events/${event.event_id}/calls`))
  expect([643, 645, 642, 644].map((number) => page.includes(formatPhone(phoneOf(number))))).toEqual([true, true, false, false]) // prettier-ignore
  expect(page).toContain(dayText('en', dateIn('America/New_York', new Date(clock.now().getTime() + 21 * hour))))
  clock.advance(12 * 60)
  const { phone_bank_id } = await confirmingBankOf(event.event_id)
  const targets = await db.selectFrom('phone_bank_target').select('voter_id').where('phone_bank_id', '=', phone_bank_id).execute() // prettier-ignore
  expect(targets).toEqual([{ voter_id: 43 }])
})

let days = 0
/** Of the next day on which one may call. */
const atNoon = () => clock.set(`2026-12-0${++days}T17:00:00Z`)

test('a message is no answer: they are rung again after the time of the phone bank', async () => {
  atNoon()
  const { signups, callers, bank } = await newcomersAt([phoneOf(8501)], ['Ana'])
  const [ana] = callers
  await ana?.press('next')
  await ana?.press('result', { signup: signups[0] ?? '', said: 'message', key: randomUUID() })
  expect(await ana?.hand()).toBeNull()
  clock.advance(4 * 60 + 1)
  await ana?.press('next')
  expect(await ana?.signup()).toBe(signups[0])
  // As of a voter: the rules of the phone bank say so, and may say otherwise.
  await db.updateTable('phone_bank').set({ spacing: '{}' }).where('phone_bank_id', '=', bank.phone_bank_id).execute()
  await ana?.press('put-off', { signup: signups[0] ?? '' })
  clock.advance(31)
  await ana?.press('next')
  expect(await ana?.hand()).toBeNull()
})

test('voters who come to the list after the call rest as well: at that number, or the newcomer who is matched meanwhile', async () => {
  atNoon()
  const [line, own] = [phoneOf(8511), phoneOf(8512)]
  await addVoters(world.database.owner, [8511, 8512].map((voter_id) => ({ voter_id }))) // prettier-ignore
  const { event_id, signups, callers, bank } = await newcomersAt([line, own], ['Ana'])
  const [ana] = callers
  for (const signup of signups) {
    await ana?.press('next')
    await ana?.press('result', { signup, said: 'no_answer', key: randomUUID() })
  }
  await signedUp(event_id, await somebody([line], { voter_id: 8511 }))
  const { person_id = '' } = (await rowOf(event_id, signups[1] ?? '')) ?? {}
  await linkVoter(db, ours.organizer, person_id, 8512, 'hand')
  await confirmingBank(event_id)
  const targets = await db.selectFrom('phone_bank_target').select(['voter_id', 'state', 'why']).where('phone_bank_id', '=', bank.phone_bank_id).orderBy('voter_id').execute() // prettier-ignore
  expect(targets).toEqual([
    { voter_id: 8511, state: 'waiting', why: 'household' },
    { voter_id: 8512, state: 'waiting', why: 'resting' },
  ])
})

test('whose telephone is in a hand, or on a printed sheet, is not said to wait; a voter at it called by our own number lets it rest', async () => {
  atNoon()
  const line = phoneOf(8521)
  await addVoters(world.database.owner, [8521, 8522].map((voter_id) => ({ voter_id }))) // prettier-ignore
  const { signups, callers } = await newcomersAt([line, phoneOf(8523)], ['Ana'])
  const [ana] = callers
  const bank = await makeBank(world, ours.organizer, [8521])
  const caller = await addTestCaller(world, ours.organizer, bank)
  expect((await caller.next()).turn.cards.map(({ voter_id }) => voter_id)).toEqual([8521])
  expect(await ana?.look()).toContain('1 person is waiting for a call')
  expect(await ana?.look()).toContain('1 was rung not long ago, or is in somebody else’s hand')
  await ana?.press('next')
  expect(await ana?.signup()).toBe(signups[1])
  await ana?.press('put-off', { signup: signups[1] ?? '' })
  expect(await ana?.look()).toContain('Nobody is left here for you')
  // The number of the second is one that only we know of a voter.
  const mother = await somebody([phoneOf(8523)], { voter_id: 8522 })
  const { event_id } = await openEvent('social', null, 30 * hour)
  const hers = await signedUp(event_id, mother)
  await host.post(`/events/${event_id}/calls/by-hand`, { signup: hers, said: 'maybe', key: randomUUID() })
  clock.advance(31)
  await ana?.press('next')
  expect(await ana?.hand()).toBeNull()
})

test('a caller says what came of a call to whom they had in hand, and of nobody else, also not long after the end', async () => {
  atNoon()
  const { event_id, signups, callers, bank } = await newcomersAt([8531, 8532].map(phoneOf), ['Ana', 'Bo'])
  const [ana, bo] = callers
  const [first = '', second = ''] = signups
  await ana?.press('next')
  expect(await ana?.press('result', { signup: second, said: 'no', key: randomUUID() })).toContain('said=quicker')
  expect((await rowOf(event_id, second))?.response).toBe('signed_up')
  await bo?.press('next')
  // Longer than their turn, it still counts.
  clock.advance(40)
  await changePhoneBank(db, ours.organizer, bank.phone_bank_id, 'end', clock.now())
  expect(await db.selectFrom('newcomer_lease').select('signup_id').where('phone_bank_id', '=', bank.phone_bank_id).execute()).toEqual([]) // prettier-ignore
  clock.advance(10)
  expect(await ana?.press('result', { signup: first, said: 'yes', key: randomUUID() })).toContain('said=saved')
  clock.advance(30)
  expect(await bo?.press('result', { signup: second, said: 'no', key: randomUUID() })).toContain('said=quicker')
  expect((await rowOf(event_id, second))?.response).toBe('signed_up')
})

test('who puts off one after another is shown no new ones; a slip at night is undone, and nobody is shown then', async () => {
  atNoon()
  const { signups, callers } = await newcomersAt(Array.from({ length: 12 }, (_, index) => phoneOf(8540 + index)), ['Ana']) // prettier-ignore
  const [ana] = callers
  await ana?.press('next')
  const slip = await ana?.press('result', { signup: signups[0] ?? '', said: 'no', key: randomUUID() })
  for (const signup of signups.slice(1, 11)) {
    expect(await ana?.signup()).toBe(signup)
    await ana?.press('put-off', { signup })
  }
  expect(await ana?.hand()).toBeNull()
  expect(await ana?.look()).toContain('nobody new is shown to you')
  clock.advance(31)
  await ana?.press('next')
  expect(await ana?.signup()).toBe(signups[1])
  clock.advance(10 * 60)
  expect(await ana?.press('undo', { attempt: attemptIn(slip ?? '') })).toContain('said=undone')
  expect(await ana?.hand()).toBeNull()
})

test('whom others have called since counts no more among those a caller put off', async () => {
  atNoon()
  const { signups, callers } = await newcomersAt(Array.from({ length: 11 }, (_, index) => phoneOf(8560 + index)), ['Ana', 'Bo']) // prettier-ignore
  const [ana, bo] = callers
  await ana?.press('next')
  for (const signup of signups.slice(0, 10)) await ana?.press('put-off', { signup })
  expect(await ana?.hand()).toBeNull()
  await bo?.press('next')
  for (const signup of signups.slice(0, 9)) await bo?.press('result', { signup, said: 'no', key: randomUUID() })
  await ana?.press('next')
  expect(await ana?.signup()).toBe(signups[10])
})

test('whom others rang since without an answer counts no more among those a caller put off either', async () => {
  atNoon()
  const { signups, callers } = await newcomersAt(Array.from({ length: 12 }, (_, index) => phoneOf(8580 + index)), ['Ana', 'Bo']) // prettier-ignore
  const [ana, bo] = callers
  await ana?.press('next')
  for (const signup of signups.slice(0, 10)) await ana?.press('put-off', { signup })
  expect(await ana?.hand()).toBeNull()
  clock.advance(1)
  await bo?.press('next')
  for (const signup of signups.slice(0, 10)) await bo?.press('result', { signup, said: 'no_answer', key: randomUUID() })
  await ana?.press('next')
  expect(await ana?.signup()).toBe(signups[11])
})

function neverHappens(): never {
  throw new Error('nobody is there')
}
