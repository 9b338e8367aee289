import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { workOff } from '../../../platform/testing/work-off.ts'
import { makeWorld } from '../../../platform/testing/world.ts'
import { answeredByPhoneJob } from '../../events/calls/jobs.ts'
import { attendedByCalling } from '../../events/calls/commands.ts'
import { addPerson, changeEvent, createEvent, markAttendance, tendEvent } from '../../events/commands.ts'
import { sendEventMailJob } from '../../events/jobs.ts'
import { signupPath } from '../../events/links.ts'
import { publicEventRoutes } from '../../events/public-routes.tsx'
import { eventById, shiftsOf, signupsOf } from '../../events/queries.ts'
import { createPerson, linkVoter, recordConsent } from '../../people/commands.ts'
import { timelineOf, profileOf } from '../../people/queries.ts'
import { PersonForm } from '../../people/schema.ts'
import { joinPhoneBank } from '../callers/commands.ts'
import { prepareJob } from '../jobs.ts'
import { addTestCaller, addVoters, makeBank, phoneOf } from '../testing.ts'
import { shiftRoutes } from './routes.tsx'

const world = await makeWorld()
const { ours, theirs } = world
const { clock } = world.installation
const { organization_id } = ours
const db = world.database.of(organization_id)
const routes = [publicEventRoutes, shiftRoutes]
const organizer = world.as(ours.organizer, routes)
const host = world.as(ours.actor(['host']), routes)
const everybody = world.as(null, routes)

const textOf = async (asked: Promise<Response>): Promise<string> => (await asked).text()
const hour = 3_600_000

/** In two hours, for two. */
async function openEvent(kind: string, capacity: number | null = null, begins_in = 2 * hour) {
  const starts_at = new Date(clock.now().getTime() + begins_in)
  const { event_id } = await createEvent(
    db,
    ours.organizer,
    {
      settings: {
        kind, time_zone: 'America/New_York', online_link: null, capacity, guests_most: 0, accept_hours: 0, is_by_invitation: false,
        needs_approval: false, has_wait_list: true, reminder_hours: [2],
      },
      content: { title: { en: 'Calling {together}', ko: '함께 전화 걸기' }, summary: {}, access: {}, spoken: {}, details: {}, questions: [], consent: {} },
      shifts: [
        {
          shift_id: null, name: {}, starts_at, ends_at: new Date(starts_at.getTime() + 2 * hour), capacity: null,
          place: { name: { en: 'Library' }, address: '41-17 Main St', city: 'Flushing', zip5: '11355', directions: {} },
        },
      ],
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
  expect(before).toContain(`tel:${phoneOf(614)}`)
  expect(before).not.toContain(`tel:${phoneOf(613)}`)
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
  await host.post(`/events/${event.event_id}/calls/by-hand`, sent)
  await host.post(`/events/${event.event_id}/calls/by-hand`, sent)
  expect(await textOf(host.get(`/events/${event.event_id}/calls`))).toContain('Not sure yet,')
  const confirmed = { signup: by_hand, said: 'yes', key: randomUUID() }
  await host.post(`/events/${event.event_id}/calls/by-hand`, confirmed)
  await host.post(`/events/${event.event_id}/calls/by-hand`, { ...confirmed, said: 'no', key: randomUUID() })
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

test('a caller who corrects a no signs them up again', async () => {
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
  expect(rows.map(({ response }) => response)).toEqual(['canceled_by_them', 'confirmed'])
})

function neverHappens(): never {
  throw new Error('nobody is there')
}
