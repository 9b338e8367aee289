import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest'
import { makeWorld } from '../../../../platform/testing/world.ts'
import { cardCode } from '../../../people/membership/card/queries.ts'
import { changeEvent, createEvent, signUp } from '../../commands.ts'
import { doorRoutes } from '../../door/routes.tsx'
import { eventById, headCount, shiftsOf, signupsOf } from '../../queries.ts'
import { DoorDesk } from './door-desk.ts'

/*
 * A phone at the door, its server, and the network between them.
 */

const world = await makeWorld()
const { ours } = world
const { clock, secret } = world.installation
const { organization_id } = ours
const db = world.database.of(organization_id)
const server = world.as(ours.actor(['host']), [doorRoutes])
const nobody = world.as(null, [doorRoutes])

let is_reached = true
/** Who is signed in on the phone. */
let signed_in = server
const desks: DoorDesk[] = []
beforeEach(() => {
  is_reached = true
  signed_in = server
  vi.stubGlobal('fetch', async (path: string, { body }: { body: string }) => {
    if (!is_reached) throw new TypeError('offline')
    return signed_in.postJson(path, JSON.parse(body))
  })
  vi.stubGlobal('EventSource', class extends EventTarget { close = () => undefined }) // prettier-ignore
  vi.stubGlobal('addEventListener', () => undefined)
  vi.stubGlobal('removeEventListener', () => undefined)
})
afterEach(() => {
  for (const desk of desks.splice(0)) desk.stop()
  clock.set('2026-11-23T17:00:00Z')
})
afterAll(() => vi.unstubAllGlobals())

async function openEvent() {
  const settings = {
    kind: 'social', time_zone: 'America/New_York', online_link: null, capacity: null, guests_most: 3, accept_hours: 24, is_by_invitation: false,
    needs_approval: false, has_wait_list: true, reminder_hours: [],
  } // prettier-ignore
  const content = { title: { en: 'Picnic' }, summary: {}, access: {}, spoken: {}, details: {}, questions: [], consent: {} } // prettier-ignore
  const place = { name: {}, address: '', city: '', zip5: '', directions: {} }
  const shifts = [{ shift_id: null, name: {}, starts_at: new Date('2026-12-05T19:00:00Z'), ends_at: new Date('2026-12-05T21:00:00Z'), capacity: null, place }] // prettier-ignore
  const { event_id } = await createEvent(db, ours.organizer, { settings, content, shifts }, clock.now())
  await changeEvent(db, ours.organizer, event_id, 'publish', clock.now())
  const [shift] = await shiftsOf(db, organization_id, [event_id])
  const event = await eventById(db, organization_id, event_id)
  return { event_id, shift_id: shift?.shift_id ?? '', code: event?.code ?? '' }
}
type Opened = Awaited<ReturnType<typeof openEvent>>

async function signedUp({ event_id, shift_id }: Opened, first_name: string, guests = 0) {
  const said = { first_name, last_name: 'Park', name_hangul: null, email: `${first_name.toLowerCase()}@example.org`, phone: null } // prettier-ignore
  const sent = { said, named: [], guests, shift_ids: [shift_id], answers: {}, consents: [], signup_id: randomUUID(), language: 'en', source: 'web' as const } // prettier-ignore
  await signUp(db, ours.organizer, event_id, sent, clock.now())
  const [row] = await signupsOf(db, organization_id, event_id, { only: [sent.signup_id] })
  return { signup_id: sent.signup_id, person_id: row?.person_id ?? '' }
}

async function openDesk({ event_id, shift_id, code }: Opened, until = new Date('2099-01-01T00:00:00Z')) {
  const event = { event_id, organization: 'ours', code, time_zone: 'America/New_York', until: until.toISOString(), shifts: [] } // prettier-ignore
  const desk = new DoorDesk(event, shift_id)
  desks.push(desk)
  await desk.start()
  return desk
}

const here = async ({ event_id, shift_id }: Opened) => (await headCount(db, organization_id, event_id, shift_id)).here

test('what is let in by mistake and undone out of reach leaves alone whom another door let in', async () => {
  const event = await openEvent()
  const { signup_id } = await signedUp(event, 'Soonja')
  const [one, two] = [await openDesk(event), await openDesk(event)]
  is_reached = false
  await one.letIn(signup_id)
  // Of the list, not of the banner.
  await one.takeBack(signup_id)
  is_reached = true
  await two.letIn(signup_id)
  await one.sync()
  expect(one.now().unsent).toEqual([])
  expect(await here(event)).toBe(1)
  clock.advance(1)
  await two.takeBack(signup_id)
  expect(await here(event)).toBe(0)
})

test('a walk-in who had signed up is undone on the screen and on the server', async () => {
  const event = await openEvent()
  const { signup_id } = await signedUp(event, 'Daeun', 1)
  const desk = await openDesk(event)
  const said = { first_name: 'Daeun', last_name: 'Park', name_hangul: null, phone: '', email: 'daeun@example.org', language: 'en' as const } // prettier-ignore
  await desk.walkIn(said)
  const { seen, people } = desk.now()
  expect(seen).toMatchObject({ is: 'in', signup_id })
  if (seen?.is !== 'in') throw new Error('nobody is in')
  expect(people.get(seen.signup_id)?.first_name).toBe('Daeun')
  expect(await here(event)).toBe(2)
  await desk.changeGuests(seen, 3)
  expect(await here(event)).toBe(4)
  const changed = desk.now().seen
  if (changed?.is !== 'in') throw new Error('nobody is in')
  await desk.takeBack(changed.signup_id, changed.act_id)
  expect(await here(event)).toBe(0)
  expect(desk.now()).toMatchObject({ unsent: [], told: [] })

  // Out of reach as well: what follows goes to whoever they are.
  is_reached = false
  await desk.walkIn(said)
  const again = desk.now().seen
  if (again?.is !== 'in') throw new Error('nobody is in')
  await desk.changeGuests(again, 2)
  is_reached = true
  await desk.sync()
  expect(desk.now()).toMatchObject({ unsent: [], told: [] })
  expect(await here(event)).toBe(3)
})

test('a made-up card lets nobody in, though they are on the list', async () => {
  const event = await openEvent()
  const [soonja, minsoo] = [await signedUp(event, 'Soonja'), await signedUp(event, 'Minsoo', 1)]
  const desk = await openDesk(event)
  const card = (person_id: string, code: string) => `https://vote.example.org/m/ours/card/${person_id}/${code}`
  is_reached = false
  await desk.read(card(soonja.person_id, cardCode(secret, organization_id, soonja.person_id)))
  await desk.read(card(minsoo.person_id, 'madeUpCode'))
  const { seen } = desk.now()
  if (seen?.is !== 'in') throw new Error('nobody is in')
  await desk.changeGuests(seen, 0)
  is_reached = true
  await desk.sync()
  expect(desk.now()).toMatchObject({ seen: null, unsent: [] })
  expect(desk.now().told.map(({ outcome, name }) => [outcome, name])).toEqual([
    ['card_wrong', 'Minsoo Park'],
    ['card_wrong', 'Minsoo Park'],
  ])
  expect(await here(event)).toBe(1)
})

test('what is answered after the event is told by name, though the list is gone', async () => {
  const event = await openEvent()
  const { signup_id } = await signedUp(event, 'Hana')
  const until = new Date(clock.now().getTime() + 60_000)
  vi.spyOn(Date, 'now').mockImplementation(() => clock.now().getTime())
  const [one, two] = [await openDesk(event, until), await openDesk(event)]
  is_reached = false
  await one.letIn(signup_id)
  is_reached = true
  await two.letIn(signup_id)
  clock.advance(2)
  await one.sync()
  vi.restoreAllMocks()
  expect(one.now()).toMatchObject({ is_over: true, unsent: [], told: [{ outcome: 'already', name: 'Hana Park' }] })
  expect(one.now().people.size).toBe(0)
})

test('once nobody is signed in no name is there, not even of what is unsent; whoever signs in sends it and sees all', async () => {
  const event = await openEvent()
  const { signup_id } = await signedUp(event, 'Jiwon')
  const desk = await openDesk(event)
  is_reached = false
  await desk.letIn(signup_id)
  await desk.walkIn({
    first_name: 'Sumin',
    last_name: 'Oh',
    name_hangul: '오수민',
    phone: '',
    email: '',
    language: 'ko',
  })
  expect([...desk.now().people.values()].map(({ first_name }) => first_name)).toEqual(['Jiwon', 'Sumin'])
  is_reached = true
  for (const someone of [
    nobody,
    world.as(ours.actor(['caller']), [doorRoutes]),
    world.as(world.theirs.organizer, [doorRoutes]),
  ]) {
    signed_in = someone
    await desk.sync()
    expect(desk.now()).toMatchObject({ needs_sign_in: true, has_list: false, seen: null, told: [] })
    expect([desk.now().people.size, desk.now().unsent.length]).toEqual([0, 2])
  }
  expect(await here(event)).toBe(0)
  signed_in = server
  await desk.sync()
  expect(desk.now()).toMatchObject({ needs_sign_in: false, has_list: true, unsent: [] })
  expect([...desk.now().people.values()].map(({ first_name }) => first_name)).toEqual(['Jiwon', 'Sumin'])
  expect(await here(event)).toBe(2)
})
