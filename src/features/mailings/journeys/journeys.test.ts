import { expect, test } from 'vitest'
import { inTransaction } from '../../../platform/db/db.ts'
import { translator } from '../../../platform/i18n/messages.ts'
import { makeWorld } from '../../../platform/testing/world.ts'
import { changeEvent } from '../../events/commands.ts'
import { makeEvent } from '../../events/testing.ts'
import { recordConsent } from '../../people/commands.ts'
import type { Prepare } from '../sending/prepared.ts'
import { sendDue } from '../sending/send.ts'
import { outboxTransport, type BulkTransport } from '../sending/transport.ts'
import { addReaders, planned } from '../testing.ts'
import { changeJourney, changeStep, endJourney, makeJourney, pauseJourney, startJourney } from './commands.ts'
import { journeyById, leftOf, stepsOf } from './queries.ts'
import { journeyRoutes } from './routes.tsx'
import { journeyStarters } from './schema.ts'
import { starterJourney } from './starters.ts'
import { tendJourney } from './tend.ts'

const world = await makeWorld()
const { ours, theirs, installation, database } = world
const { clock, secret, url } = installation
const { organization_id, organizer } = ours
const db = database.of(organization_id)
const browser = world.as(organizer, [journeyRoutes])
const here = () => ({ t: translator('en'), today: '2026-11-01', now: clock.now() })

/** Two steps, three days apart, for a tag; whoever gets the other tag leaves. */
async function journeyFor(tag: string, more: { exits?: string; takes_all?: boolean; rest_hours?: number } = {}) {
  const journey_id = await makeJourney(db, organizer, { starter: 'lapsed', name: tag, event_id: null }, here())
  const form = { name: tag, lane: 'non_partisan' as const, expression: `tag:${tag}`, exits: '', takes_all: true, rest_hours: 0, ...more } // prettier-ignore
  await inTransaction(db, (tx) => changeJourney(tx, organizer, journey_id, form))
  await startJourney(db, organizer, journey_id, clock.now())
  return journey_id
}

/** What falls due now, and its sending. */
async function tend(journey_id: string): Promise<void> {
  await tendJourney({ database, clock }, { organization_id, journey_id })
  await send(journey_id)
}
async function send(journey_id: string): Promise<void> {
  const sending = { database, clock, secret, url, transport: outboxTransport(database.owner), from_address: 'office@example.org' } // prettier-ignore
  for (const { mailing_id } of await stepsOf(db, { organization_id, journey_id }))
    await sendDue(sending, { organization_id, mailing_id }, { for_ms: 60_000, signal: new AbortController().signal })
}
const got = async (tag: string): Promise<Record<string, number>> => {
  const mails = await database.owner.selectFrom('outbox_mail').select('to_address').where('to_address', 'like', `${tag}%`).execute() // prettier-ignore
  const counted: Record<string, number> = {}
  for (const { to_address } of mails) {
    const name = to_address.split('@')[0] ?? ''
    counted[name] = (counted[name] ?? 0) + 1
  }
  return counted
}
const leftFor = async (journey_id: string) =>
  Object.fromEntries((await leftOf(db, { organization_id, journey_id })).map(({ left_for, count }) => [left_for, count])) // prettier-ignore
const tagged = (person_id: string, tag: string) =>
  db.insertInto('person_tag').values({ organization_id, person_id, tag, tagged_by: 'test' }).execute()

test('everybody gets each step once, in their language, however often it is tended', async () => {
  await addReaders(db, organization_id, 2, 'walk')
  const journey_id = await journeyFor('walk')
  await Promise.all([1, 2, 3].map(() => tendJourney({ database, clock }, { organization_id, journey_id })))
  await tend(journey_id)
  expect(await got('walk')).toEqual({ walk1: 1, walk2: 1 })
  clock.advance(20 * 24 * 60)
  await tend(journey_id)
  expect(await got('walk')).toEqual({ walk1: 1, walk2: 1 })
  clock.advance(24 * 60)
  await tend(journey_id)
  await tend(journey_id)
  expect(await got('walk')).toEqual({ walk1: 2, walk2: 2 })
  expect(await leftFor(journey_id)).toEqual({ finished: 2 })
  const mails = await database.owner.selectFrom('outbox_mail').select(['to_address', 'language', 'body_text']).where('to_address', 'like', 'walk%').execute() // prettier-ignore
  expect(mails.filter(({ language }) => language === 'ko').map(({ to_address }) => to_address)).toEqual(['walk1@example.org', 'walk1@example.org']) // prettier-ignore
  expect(mails[0]?.body_text).toContain('/u/')
})

test('whoever fitted before it was started is not written to, unless that is asked for', async () => {
  await addReaders(db, organization_id, 2, 'early')
  const journey_id = await journeyFor('early', { takes_all: false })
  await tend(journey_id)
  expect(await got('early')).toEqual({})
  const [late] = await addReaders(db, organization_id, 1, 'latecomer')
  await tagged(late ?? '', 'early')
  await tend(journey_id)
  expect(await got('latecomer')).toEqual({ latecomer1: 1 })
  expect(await leftFor(journey_id)).toEqual({ before: 2 })
})

test('made for others while it is paused, whoever of them fits already is not written to, and its page says how many', async () => {
  await addReaders(db, organization_id, 1, 'narrow')
  await addReaders(db, organization_id, 3, 'wide')
  const journey_id = await journeyFor('narrow', { takes_all: false })
  await tend(journey_id)
  await pauseJourney(db, organizer, journey_id)
  const form = { name: 'narrow', lane: 'non_partisan' as const, expression: 'tag:wide', exits: '', takes_all: false, rest_hours: 0 } // prettier-ignore
  await inTransaction(db, (tx) => changeJourney(tx, organizer, journey_id, form))
  expect(await (await browser.get(`/mail-journeys/${journey_id}`)).text()).toContain('3 people fit now')
  await startJourney(db, organizer, journey_id, clock.now())
  await tend(journey_id)
  expect(await got('wide')).toEqual({})
  const [late] = await addReaders(db, organization_id, 1, 'widened')
  await tagged(late ?? '', 'wide')
  await tend(journey_id)
  expect(await got('widened')).toEqual({ widened1: 1 })
  await pauseJourney(db, organizer, journey_id)
  await inTransaction(db, (tx) => changeJourney(tx, organizer, journey_id, { ...form, takes_all: true }))
  await startJourney(db, organizer, journey_id, clock.now())
  await tend(journey_id)
  expect(await got('wide')).toEqual({ wide1: 1, wide2: 1, wide3: 1, widened1: 1 })
})

test('who left while their e-mail waited on the list does not get it', async () => {
  const [leaving] = await addReaders(db, organization_id, 2, 'stale')
  await db.insertInto('tag').values({ organization_id, tag: 'gone' }).execute()
  const journey_id = await journeyFor('stale', { exits: 'tag:gone' })
  await tendJourney({ database, clock }, { organization_id, journey_id })
  await tagged(leaving ?? '', 'gone')
  await send(journey_id)
  expect(await got('stale')).toEqual({ stale2: 1 })
})

test('reminders that waited are not sent once the event is called off, has begun, or at night', async () => {
  const before = clock.now()
  clock.set('2026-12-21T15:00:00Z')
  const reminded = async (tag: string) => {
    const event_id = await makeEvent(db, organizer, { hours: [80] }, clock.now())
    for (const person_id of await addReaders(db, organization_id, 1, tag))
      await db.insertInto('event_signup').values({ organization_id, event_id, person_id, host_signup_id: null, seats: 1, response: 'signed_up', source: 'staff', language: 'en', said: null, received_at: clock.now() }).execute() // prettier-ignore
    const journey_id = await makeJourney(db, organizer, { starter: 'event', name: tag, event_id }, here())
    await startJourney(db, organizer, journey_id, clock.now())
    await tendJourney({ database, clock }, { organization_id, journey_id })
    return { event_id, journey_id }
  }
  const [off, night] = [await reminded('off'), await reminded('dark')]
  clock.advance(8 * 60)
  for (const { journey_id } of [off, night]) await tendJourney({ database, clock }, { organization_id, journey_id })
  await changeEvent(db, organizer, off.event_id, 'cancel', clock.now())
  await send(off.journey_id)
  expect(await got('off')).toEqual({})
  clock.set('2026-12-22T07:00:00Z')
  await send(night.journey_id)
  expect(await got('dark')).toEqual({})
  clock.set('2026-12-22T14:00:00Z')
  await send(night.journey_id)
  expect(await got('dark')).toEqual({ dark1: 1 })
  clock.set('2026-12-23T23:30:00Z')
  await tendJourney({ database, clock }, { organization_id, journey_id: night.journey_id })
  clock.set('2026-12-24T23:30:00Z')
  await send(night.journey_id)
  expect(await got('dark')).toEqual({ dark1: 1 })
  clock.set(before.toISOString())
})

test('who gives up their seat and takes one again is reminded of it, and of nothing twice', async () => {
  const before = clock.now()
  clock.set('2026-12-28T15:00:00Z')
  const event_id = await makeEvent(db, organizer, { hours: [80] }, clock.now())
  const [person_id] = await addReaders(db, organization_id, 1, 'again')
  const { signup_id } = await db.insertInto('event_signup').values({ organization_id, event_id, person_id: person_id ?? '', host_signup_id: null, seats: 1, response: 'signed_up', source: 'staff', language: 'en', said: null, received_at: clock.now() }).returning('signup_id').executeTakeFirstOrThrow() // prettier-ignore
  const answers = (response: 'signed_up' | 'canceled_by_them') => db.updateTable('event_signup').set({ response }).where('signup_id', '=', signup_id).execute() // prettier-ignore
  const journey_id = await makeJourney(db, organizer, { starter: 'event', name: 'again', event_id }, here())
  await startJourney(db, organizer, journey_id, clock.now())
  await tend(journey_id)
  clock.advance(9 * 60)
  await tend(journey_id)
  expect(await got('again')).toEqual({ again1: 1 })
  await answers('canceled_by_them')
  await tend(journey_id)
  expect(await leftFor(journey_id)).toEqual({ exit: 1 })
  await answers('signed_up')
  await tend(journey_id)
  expect(await got('again')).toEqual({ again1: 1 })
  clock.set('2026-12-30T23:30:00Z')
  await tend(journey_id)
  expect(await got('again')).toEqual({ again1: 2 })
  expect(await leftFor(journey_id)).toEqual({ finished: 1 })
  clock.set(before.toISOString())
})

test('who leaves or says stop gets no more of it: asked at each step', async () => {
  const [leaving, stopping, staying] = await addReaders(db, organization_id, 3, 'exit')
  await db.insertInto('tag').values({ organization_id, tag: 'renewed' }).execute()
  const journey_id = await journeyFor('exit', { exits: 'tag:renewed' })
  await tend(journey_id)
  expect(await got('exit')).toEqual({ exit1: 1, exit2: 1, exit3: 1 })
  await tagged(leaving ?? '', 'renewed')
  await recordConsent(db, organizer, stopping ?? '', { channel: 'email', is_given: false, evidence: 'told us' })
  clock.advance(22 * 24 * 60)
  await tend(journey_id)
  expect(await got('exit')).toEqual({ exit1: 1, exit2: 1, exit3: 2 })
  expect(await leftFor(journey_id)).toEqual({ exit: 1, opted_out: 1, finished: 1 })
  expect(staying).toBeDefined()
})

test('nobody gets a step while they rest from another e-mail', async () => {
  await addReaders(db, organization_id, 1, 'rest')
  const mailing_id = await planned(db, organizer, 'tag:rest', clock.now())
  const sending = { database, clock, secret, url, transport: outboxTransport(database.owner), from_address: 'office@example.org' } // prettier-ignore
  await sendDue(sending, { organization_id, mailing_id }, { for_ms: 60_000, signal: new AbortController().signal })
  const journey_id = await journeyFor('rest', { rest_hours: 48 })
  await tend(journey_id)
  expect(await got('rest')).toEqual({ rest1: 1 })
  clock.advance(47 * 60)
  await tend(journey_id)
  expect(await got('rest')).toEqual({ rest1: 1 })
  clock.advance(24 * 60)
  await tend(journey_id)
  expect(await got('rest')).toEqual({ rest1: 2 })
})

test('paused, what was listed waits and can be written anew; ended, nobody gets any more', async () => {
  await addReaders(db, organization_id, 2, 'hold')
  const journey_id = await journeyFor('hold')
  await tendJourney({ database, clock }, { organization_id, journey_id })
  await pauseJourney(db, organizer, journey_id)
  await send(journey_id)
  expect(await got('hold')).toEqual({})
  await startJourney(db, organizer, journey_id, clock.now())
  await send(journey_id)
  expect(await got('hold')).toEqual({ hold1: 1, hold2: 1 })
  await endJourney(db, organizer, journey_id, clock.now())
  clock.advance(30 * 24 * 60)
  await tend(journey_id)
  expect(await got('hold')).toEqual({ hold1: 1, hold2: 1 })
  expect(await leftFor(journey_id)).toEqual({ ended: 2 })
})

test('of a step taken out, or of a journey that ended, nobody stands as waiting for good', async () => {
  await addReaders(db, organization_id, 2, 'over')
  const journey_id = await journeyFor('over')
  await tendJourney({ database, clock }, { organization_id, journey_id })
  const standing = async () =>
    db.selectFrom('mail_delivery as d').innerJoin('mailing as m', 'm.mailing_id', 'd.mailing_id').select(['d.state', 'd.left_out_for', 'm.finished_at']).where('m.journey_id', '=', journey_id).execute() // prettier-ignore
  expect((await standing()).map(({ state }) => state)).toEqual(['waiting', 'waiting'])
  await endJourney(db, organizer, journey_id, clock.now())
  const left = { state: 'left_out', left_out_for: 'left_journey', finished_at: clock.now() }
  expect(await standing()).toEqual([left, left])

  await addReaders(db, organization_id, 1, 'out')
  const other = await journeyFor('out')
  await tendJourney({ database, clock }, { organization_id, journey_id: other })
  const listed = () =>
    db.selectFrom('mail_delivery as d').innerJoin('mailing as m', 'm.mailing_id', 'd.mailing_id').select(['d.mailing_id', 'd.state', 'm.finished_at']).where('m.journey_id', '=', other).executeTakeFirstOrThrow() // prettier-ignore
  const { mailing_id, state } = await listed()
  expect(state).toBe('waiting')
  await pauseJourney(db, organizer, other)
  await changeStep(db, organizer, other, mailing_id, null, clock.now())
  expect(await listed()).toEqual({ mailing_id, state: 'left_out', finished_at: clock.now() })
})

test('where the mail server will not have a step, the whole journey stops and says why', async () => {
  await addReaders(db, organization_id, 1, 'barred')
  const journey_id = await journeyFor('barred')
  await tendJourney({ database, clock }, { organization_id, journey_id })
  const [first] = await stepsOf(db, { organization_id, journey_id })
  const transport: BulkTransport = { ...outboxTransport(database.owner), send: async () => ({ result: 'barred', answer: '535 5.7.8 who are you?' }) } // prettier-ignore
  await sendDue({ database, clock, secret, url, transport, from_address: 'office@example.org' }, { organization_id, mailing_id: first?.mailing_id ?? '' }, { for_ms: 60_000, signal: new AbortController().signal }) // prettier-ignore
  expect(await journeyById(db, organization_id, journey_id)).toMatchObject({ state: 'paused', problem: '535 5.7.8 who are you?' }) // prettier-ignore
  expect(await tendJourney({ database, clock }, { organization_id, journey_id })).toBeNull()
  const page = await (await browser.get(`/mail-journeys/${journey_id}`)).text()
  expect(page).toContain('535 5.7.8 who are you?')
  expect(page).toMatch(/<summary[^>]*>End for good<\/summary>.*gets no more, ever.*Yes, end it for good/s)
  expect(page).not.toContain('While it is paused')
  expect((await browser.post(`/mail-journeys/${journey_id}/start`, {})).status).toBe(303)
  clock.advance(2)
  await send(journey_id)
  expect(await got('barred')).toEqual({ barred1: 1 })
})

test('where a step cannot be put together for somebody the journey stops before it forgets them; started again, they get it', async () => {
  await addReaders(db, organization_id, 2, 'torn')
  const journey_id = await journeyFor('torn')
  await tendJourney({ database, clock }, { organization_id, journey_id })
  const [first] = await stepsOf(db, { organization_id, journey_id })
  const sending = { database, clock, secret, url, transport: outboxTransport(database.owner), from_address: 'office@example.org' } // prettier-ignore
  const torn: Prepare = async () => () => {
    throw new Error('nothing can be written to them')
  }
  const which = { organization_id, mailing_id: first?.mailing_id ?? '' }
  const turn = { for_ms: 60_000, signal: new AbortController().signal }
  expect(await sendDue({ ...sending, prepare: torn }, which, turn)).toBeNull()
  expect(await journeyById(db, organization_id, journey_id)).toMatchObject({ state: 'paused', problem: 'unwritten' })
  expect(await got('torn')).toEqual({})
  await startJourney(db, organizer, journey_id, clock.now())
  await tend(journey_id)
  expect(await got('torn')).toEqual({ torn1: 1, torn2: 1 })
})

test('at night nothing goes out', async () => {
  await addReaders(db, organization_id, 1, 'night')
  const before = clock.now()
  clock.set('2026-12-20T07:00:00Z')
  const journey_id = await journeyFor('night')
  await tend(journey_id)
  expect(await got('night')).toEqual({})
  clock.set('2026-12-20T14:00:00Z')
  await tend(journey_id)
  expect(await got('night')).toEqual({ night1: 1 })
  clock.set(before.toISOString())
})

test.each(journeyStarters)('a journey begun with %s is made, shown and written in both languages', async (starter) => {
  const event_id = crypto.randomUUID()
  for (const { content } of starterJourney(starter, event_id, '2026-11-01').steps) {
    expect(Object.keys(content.subject).toSorted()).toEqual(['en', 'ko'])
    expect(content.blocks.length).toBeGreaterThan(1)
  }
  if (starter === 'event') return
  const made = await browser.post('/mail-journeys/new', { starter, name: `From ${starter}` })
  expect(made.status).toBe(303)
  const shown = await browser.get(made.headers.get('location') ?? '')
  expect(shown.status).toBe(200)
  // What ours say goes out as it is; an empty one says what is missing.
  const started = await browser.post(`${made.headers.get('location')}/start`, {})
  expect(started.status).toBe(starter === 'empty' ? 422 : 303)
})

test('an event reminder wants its event, and nobody else’s journey opens', async () => {
  expect((await browser.post('/mail-journeys/new', { starter: 'event', name: 'Reminder' })).status).toBe(422)
  expect((await browser.post('/mail-journeys/new', { starter: 'event', name: 'Reminder', event_id: crypto.randomUUID() })).status).toBe(404) // prettier-ignore
  const journey_id = await makeJourney(db, organizer, { starter: 'welcome', name: 'Ours', event_id: null }, here())
  const stranger = world.as(theirs.organizer, [journeyRoutes])
  expect((await stranger.get(`/mail-journeys/${journey_id}`)).status).toBe(404)
  expect((await stranger.post(`/mail-journeys/${journey_id}/end`, {})).status).toBe(404)
  expect((await journeyById(db, organization_id, journey_id))?.state).toBe('draft')
})

test('what cannot be asked is refused where it is typed', async () => {
  const journey_id = await makeJourney(db, organizer, { starter: 'empty', name: 'Typed', event_id: null }, here())
  const form = { name: 'Typed', lane: 'non_partisan', expression: 'member:', exits: '', rest_hours: '24' }
  expect((await browser.post(`/mail-journeys/${journey_id}/edit`, form)).status).toBe(422)
  expect((await browser.post(`/mail-journeys/${journey_id}/edit`, { ...form, expression: 'member:good' })).status).toBe(303) // prettier-ignore
  expect((await browser.post(`/mail-journeys/${journey_id}/steps`, { wait: '2', unit: 'days' })).status).toBe(303)
  const [step] = await stepsOf(db, { organization_id, journey_id })
  expect(step?.wait_hours).toBe(48)
  const at = `/mail-journeys/${journey_id}/steps/${step?.mailing_id}`
  expect((await browser.post(at, { wait: 'soon', unit: 'days' })).status).toBe(422)
  expect((await browser.post(at, { wait: '5', unit: 'hours' })).status).toBe(303)
  expect((await stepsOf(db, { organization_id, journey_id }))[0]?.wait_hours).toBe(5)
  expect((await browser.post(`${at}/remove`, {})).status).toBe(303)
  expect(await stepsOf(db, { organization_id, journey_id })).toEqual([])
})
