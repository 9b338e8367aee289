import ICAL from 'ical.js'
import { expect, test } from 'vitest'
import { addDays, timeIn, dateIn } from '../../platform/clock.ts'
import { formatDate } from '../../platform/i18n/formats.ts'
import { makeWorld } from '../../platform/testing/world.ts'
import { createPerson } from '../people/commands.ts'
import { PersonForm } from '../people/schema.ts'
import { addPerson, saveEvent, type EventDraft } from './commands.ts'
import { valuesOf } from './editing.ts'
import { eventById, seriesOf, shiftsOf, signupsOf } from './queries.ts'
import { publicEventRoutes } from './public-routes.tsx'
import { eventRoutes } from './routes.tsx'
import { makeSeries, saveWithLater } from './series-commands.ts'
import { makeEvent } from './testing.ts'

const world = await makeWorld()
const { ours } = world
const { organization_id, organizer } = ours
const { clock } = world.installation
const db = world.database.of(organization_id)
const us = world.as(organizer, [eventRoutes])
const everybody = world.as(null, [publicEventRoutes])
const zone = 'America/New_York'

/** Four days, a week apart, over the night the clocks go back or forward where `hours` says so. */
async function aSeries(hours = 48, more: { capacity?: number } = {}) {
  const event_id = await makeEvent(db, organizer, { hours: [hours], ...more }, clock.now())
  const { starts_at } = (await eventById(db, organization_id, event_id)) ?? never()
  const ends_on = dateIn(zone, new Date(starts_at.getTime() + 22 * 86_400_000))
  const made = await makeSeries(
    db,
    organizer,
    event_id,
    { every: 'week', step: 1, ends_on, from: 'start' },
    clock.now(),
  )
  if (!made.ok) throw new Error(made.problem)
  const { events } = (await seriesOf(db, organization_id, made.series_id)) ?? never()
  return events.map((each) => each.event_id)
}

/** The fields of its form, as a browser sends them: a box that is not ticked is not there. */
async function typedOf(event_id: string): Promise<Record<string, string>> {
  const event = (await eventById(db, organization_id, event_id)) ?? never()
  const values = valuesOf(event, await shiftsOf(db, organization_id, [event_id]), ['en', 'ko'])
  const sent = Object.entries(values).filter(
    ([name, value]) => value !== '' || !/^(is|needs|has|hides)_|^reminder/.test(name),
  )
  return { ...Object.fromEntries(sent), kind: event.kind, act: 'save' }
}

async function facts(event_id: string) {
  const { content, canceled_at } = (await eventById(db, organization_id, event_id)) ?? never()
  const [shift] = await shiftsOf(db, organization_id, [event_id])
  const { place, capacity, starts_at } = shift ?? never()
  return {
    title: content.title.en,
    place: place.name.en,
    capacity,
    at: timeIn(zone, starts_at),
    is_off: canceled_at !== null,
  }
}

test('what is changed on a day and all later ones is changed there, and what a later day has of its own stays', async () => {
  const [first = '', second = '', third = '', fourth = ''] = await aSeries()
  expect(await (await us.get(`/events/${second}/edit`)).text()).toContain('This day and all 2 after it')
  expect(await (await us.get(`/events/${fourth}/edit`)).text()).not.toContain('name="scope"')
  const usual = await facts(first)
  // The third is held elsewhere.
  await us.post(`/events/${third}/edit`, { ...(await typedOf(third)), 'shift.0.place.en': 'School' })
  const who = (await createPerson(db, organizer, { ...PersonForm.parse({ first_name: 'Sun', last_name: 'Yun' }), emails: ['sun@example.org'] }, 'hand')).person_id // prettier-ignore
  await addPerson(db, organizer, fourth, { who, as: 'signed_up', shift_ids: [] }, clock.now())

  const typed = {
    ...(await typedOf(second)),
    'title.en': 'Town hall after lunch',
    'shift.0.from': '13:30',
    'shift.0.to': '15:00',
    scope: 'later',
  }
  expect((await us.post(`/events/${second}/edit`, typed)).status).toBe(303)
  expect(await facts(first)).toEqual(usual)
  const later = { ...usual, title: 'Town hall after lunch', at: '13:30' }
  expect(await facts(second)).toEqual(later)
  expect(await facts(third)).toEqual({ ...later, place: 'School' })
  expect(await facts(fourth)).toEqual(later)
  // They hear that their day has moved.
  const { rows } = await world.database.ownerPool.query(
    "select payload from graphile_worker._private_jobs where payload::text like '%changed%'",
  )
  expect(rows.length).toBeGreaterThan(0)

  // This day alone is the usual.
  await us.post(`/events/${second}/edit`, { ...(await typedOf(second)), 'title.en': 'Alone' })
  expect([(await facts(second)).title, (await facts(third)).title]).toEqual(['Alone', 'Town hall after lunch'])
})

test('where one later day cannot be changed so, none is, and the page names it', async () => {
  const [first = '', second = '', third = ''] = await aSeries()
  for (const name of ['Ana', 'Bo']) {
    const { person_id } = await createPerson(
      db,
      organizer,
      PersonForm.parse({ first_name: name, last_name: 'Roh' }),
      'hand',
    )
    await addPerson(db, organizer, third, { who: person_id, as: 'signed_up', shift_ids: [] }, clock.now())
  }
  const before = await facts(second)
  const refused = await us.post(`/events/${first}/edit`, { ...(await typedOf(first)), capacity: '1', scope: 'later' })
  expect(refused.status).toBe(409)
  expect(await refused.text()).toContain('It is so on')
  expect([(await eventById(db, organization_id, first))?.capacity, await facts(second)]).toEqual([null, before])
})

test('times of day stay over the night the clocks change', async () => {
  // The first is before the second Sunday of March.
  const until = (Date.parse('2027-03-10T15:00:00Z') - clock.now().getTime()) / 3_600_000
  const [first = '', second = ''] = await aSeries(until)
  await us.post(`/events/${first}/edit`, {
    ...(await typedOf(first)),
    'shift.0.from': '18:30',
    'shift.0.to': '20:00',
    scope: 'later',
  })
  expect([(await facts(first)).at, (await facts(second)).at]).toEqual(['18:30', '18:30'])
})

test('a day and all later ones are called off together, and those before it are held', async () => {
  const [first = '', second = '', third = '', fourth = ''] = await aSeries()
  const { person_id } = await createPerson(
    db,
    organizer,
    PersonForm.parse({ first_name: 'Cho', last_name: 'Roh' }),
    'hand',
  )
  await addPerson(db, organizer, fourth, { who: person_id, as: 'signed_up', shift_ids: [] }, clock.now())
  expect(await (await us.get(`/events/${second}`)).text()).toContain('Cancel this day and all 2 after it')
  await us.post(`/events/${second}/series/cancel-later`, {})
  const off = await Promise.all([first, second, third, fourth].map(async (each) => (await facts(each)).is_off))
  expect(off).toEqual([false, true, true, true])
  expect((await signupsOf(db, organization_id, fourth)).map(({ response }) => response)).toEqual(['canceled_by_us'])
})

test('a last day far in the future makes no series that ends before it', async () => {
  const event_id = await makeEvent(db, organizer, {}, clock.now())
  const far = { every: 'week', step: '1', from: 'start', ends_on: '2099-12-01' }
  const refused = await us.post(`/events/${event_id}/series`, far)
  expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining('more than 120 days')])
  expect((await us.post(`/events/${event_id}/series`, { ...far, ends_on: '2029-03-07' })).status).toBe(303)
})

test('a series made of a draft is published together; a day that was called off is not', async () => {
  const [first = '', second = '', third = '', fourth = ''] = await aSeries()
  for (const each of [first, second, third, fourth]) await us.post(`/events/${each}/withdraw`, {})
  await us.post(`/events/${fourth}/cancel`, {})
  const page = async (event_id: string) => (await us.get(`/events/${event_id}`)).text()
  expect(await page(second)).toContain('Publish this day and the one after it')
  await us.post(`/events/${first}/publish`, {})
  expect(await page(first)).toContain('Publish all 2 after it too')
  // One without a title waits for it, and is named.
  const [day] = await db.selectFrom('event').select(['content', 'series_on']).where('event_id', '=', third).execute()
  const { content, series_on } = day ?? never()
  const put = (title: object) => db.updateTable('event').set({ content: JSON.stringify({ ...content, title }) }).where('event_id', '=', third).execute() // prettier-ignore
  await put({})
  const some = await us.post(`/events/${second}/series/publish-later`, {})
  const told = await (await us.get(some.headers.get('location') ?? '')).text()
  expect(told).toContain('1 day is published.')
  expect(told).toContain(`because something is missing there: ${formatDate('en', series_on ?? '')}.`)
  await put(content.title)
  const rest = await us.post(`/events/${second}/series/publish-later`, {})
  expect(await (await us.get(rest.headers.get('location') ?? '')).text()).toMatch(
    /1 day is published\.(?!.*is missing there)/s,
  )
  const out = await Promise.all([first, second, third, fourth].map(async (each) => (await eventById(db, organization_id, each))?.published_at)) // prettier-ignore
  expect(out.map(Boolean)).toEqual([true, true, true, false])
  expect(await page(first)).not.toContain('after it too')
})

const never = (): never => {
  throw new Error('not there')
}

/** When the day is held: date and hours. */
async function whenIs(event_id: string): Promise<string> {
  const [shift] = await shiftsOf(db, organization_id, [event_id])
  const { starts_at, ends_at } = shift ?? never()
  return `${dateIn(zone, starts_at)} ${timeIn(zone, starts_at)}-${timeIn(zone, ends_at)}`
}

test('another hour on this day and all later ones moves none of them to another date', async () => {
  const [first = '', second = '', third = '', fourth = ''] = await aSeries()
  const day = async (event_id: string) => (await whenIs(event_id)).slice(0, 10)
  const [on1, on2, on3, on4] = [await day(first), await day(second), await day(third), await day(fourth)]
  // The third is two days later than the rule says; the first was once put a day later.
  await us.post(`/events/${third}/edit`, { ...(await typedOf(third)), 'shift.0.date': addDays(on3, 2) })
  await us.post(`/events/${first}/edit`, { ...(await typedOf(first)), 'shift.0.date': addDays(on1, 1) })
  const hours = { 'shift.0.from': '19:00', 'shift.0.to': '21:00', scope: 'later' }
  expect((await us.post(`/events/${first}/edit`, { ...(await typedOf(first)), ...hours })).status).toBe(303)
  const held = async () => Promise.all([first, second, third, fourth].map(whenIs))
  expect(await held()).toEqual([addDays(on1, 1), on2, addDays(on3, 2), on4].map((on) => `${on} 19:00-21:00`))

  // Another date is another date for all that are held on the day of the rule.
  const moved = { ...(await typedOf(first)), 'shift.0.date': addDays(on1, 3), scope: 'later' }
  expect((await us.post(`/events/${first}/edit`, moved)).status).toBe(303)
  expect(await held()).toEqual([addDays(on1, 3), addDays(on2, 3), addDays(on3, 2), addDays(on4, 3)].map((on) => `${on} 19:00-21:00`)) // prettier-ignore

  // A shift that is added is added on the day that each is held.
  const typed = await typedOf(first)
  const added = { 'shift.1.date': addDays(on1, 3), 'shift.1.from': '21:00', 'shift.1.to': '22:00', scope: 'later' }
  expect((await us.post(`/events/${first}/edit`, { ...typed, ...added })).status).toBe(303)
  const lasts = await Promise.all([second, third].map(async (id) => (await shiftsOf(db, organization_id, [id])).at(-1) ?? never())) // prettier-ignore
  expect(lasts.map(({ starts_at }) => dateIn(zone, starts_at))).toEqual([addDays(on2, 3), addDays(on3, 2)])
})

test('a place in four languages that stays is the same place: nobody is told, and a later day keeps its own', async () => {
  const [first = '', second = ''] = await aSeries()
  const four = { en: 'Church', ko: '교회', zh: '教堂', es: 'Iglesia' }
  const draftOf = async (event_id: string): Promise<EventDraft> => {
    const { content, ...settings } = (await eventById(db, organization_id, event_id)) ?? never()
    const { kind, time_zone, online_link, capacity, guests_most, accept_hours } = settings
    const { is_by_invitation, needs_approval, has_wait_list, hides_address, reminder_hours } = settings
    const shifts = await shiftsOf(db, organization_id, [event_id])
    return {
      settings: { kind, time_zone, online_link, capacity, guests_most, accept_hours, is_by_invitation, needs_approval, has_wait_list, hides_address, reminder_hours },
      content: { ...content, title: { ...four }, summary: { ...four }, consent: { email: { en: 'Mails?' }, text: { en: 'Texts?' } } },
      shifts: shifts.map((shift) => ({ ...shift, place: { ...shift.place, name: { ...four } } })),
    } // prettier-ignore
  }
  await saveEvent(db, organizer, first, await draftOf(first), clock.now())
  const who = (await createPerson(db, organizer, { ...PersonForm.parse({ first_name: 'Bom', last_name: 'Yun' }), emails: ['bom@example.org'] }, 'hand')).person_id // prettier-ignore
  await addPerson(db, organizer, first, { who, as: 'signed_up', shift_ids: [] }, clock.now())
  const sequence = async () => (await eventById(db, organization_id, first))?.sequence
  const before = [await sequence(), await facts(second)]
  // As the form sends them, and not in the order in which the database gives them back.
  expect(await saveWithLater(db, organizer, first, await draftOf(first), clock.now())).toMatchObject({ ok: true })
  expect([await sequence(), await facts(second)]).toEqual(before)
  expect(Object.keys((await eventById(db, organization_id, second))?.content.consent ?? {})).toEqual([])
})

/** A day as calendars of others have it, in its own time. */
async function entryOf(event_id: string) {
  const [shift] = await shiftsOf(db, organization_id, [event_id])
  const text = await (await everybody.get('/e/ours/events.ics')).text()
  const entries = new ICAL.Component(ICAL.parse(text) as never).getAllSubcomponents('vevent').filter((each) => each.getFirstPropertyValue('uid') === `${shift?.shift_id}@hanpyo.ours`) // prettier-ignore
  expect(entries).toHaveLength(1)
  const event = new ICAL.Event(entries[0])
  return {
    uid: event.uid,
    sequence: event.sequence,
    status: entries[0]?.getFirstPropertyValue('status'),
    starts: event.startDate.toString(),
    ends: event.endDate.toString(),
    zone: event.startDate.zone?.tzid,
    place: event.location.split(/[\n,]/)[0],
  }
}

type Step = (day: string, days: readonly string[]) => Promise<unknown>
const edit =
  (typed: Record<string, string>): Step =>
  async (day) =>
    us.post(`/events/${day}/edit`, { ...(await typedOf(day)), ...typed })
const turned =
  (way: 'out' | 'in'): Step =>
  async (day) =>
    us.post(`/events/${day}/series/${way}`, { day: '2026-12-09' })
const [out, back] = [turned('out'), turned('in')]
const [another_date, own_hour] = [edit({ 'shift.0.date': '2026-12-11' }), edit({ 'shift.0.from': '16:00', 'shift.0.to': '18:30' })] // prettier-ignore
const own_place = edit({ 'shift.0.place.en': 'School' })
/** On the day before it and all later ones. */
const all_at_seven: Step = (_, days) => edit({ 'shift.0.from': '19:00', 'shift.0.to': '21:00', scope: 'later' })(days[1] ?? '', days) // prettier-ignore
const off = { status: 'CANCELLED' }

test.each<[string, Step[], { on?: string; hours?: [string, string]; place?: string; status?: string; news: number }]>([
  ['as the rule says', [], { news: 0 }],
  ['left out', [out], { ...off, news: 1 }],
  ['left out twice', [out, out], { ...off, news: 1 }],
  ['left out and taken in again', [out, back], { news: 2 }],
  ['on another date', [another_date], { on: '2026-12-11', news: 1 }],
  ['at an hour of its own', [own_hour], { hours: ['16:00', '18:30'], news: 1 }],
  ['at a place of its own', [own_place], { place: 'School', news: 1 }],
  ['saved as it was', [edit({})], { news: 0 }],
  ['at an hour of its own, and left out', [own_hour, out], { ...off, hours: ['16:00', '18:30'], news: 2 }],
  ['on another date, left out and taken in again', [another_date, out, back], { on: '2026-12-11', news: 3 }],
  ['on another date, then all at another hour', [another_date, all_at_seven], { on: '2026-12-11', hours: ['19:00', '21:00'], news: 2 }], // prettier-ignore
  ['at a place of its own, then all at another hour', [own_place, all_at_seven], { place: 'School', hours: ['19:00', '21:00'], news: 2 }], // prettier-ignore
  ['at an hour of its own, then all at another hour', [own_hour, all_at_seven], { hours: ['19:00', '21:00'], news: 2 }],
  ['left out, then all at another hour', [out, all_at_seven], { ...off, news: 1 }],
])('a day of a series in calendars: %s', async (_, steps, is) => {
  clock.set('2026-11-23T17:00:00Z')
  const days = await aSeries()
  const [first = '', , day = '', fourth = ''] = days
  const [before, others] = [await entryOf(day), [await entryOf(first), await entryOf(fourth)]]
  expect(before).toMatchObject({ status: 'CONFIRMED', starts: '2026-12-09T12:00:00', place: 'Library', zone })
  for (const step of steps) await step(day, days)
  const { on = '2026-12-09', hours: [from, to] = ['12:00', '14:00'], place = 'Library', status = 'CONFIRMED', news } = is // prettier-ignore
  expect(await entryOf(day)).toEqual({
    uid: before.uid,
    sequence: before.sequence + news,
    status,
    starts: `${on}T${from}:00`,
    ends: `${on}T${to}:00`,
    zone,
    place,
  })
  // Days before it are as they were, and those after it unless all were changed.
  expect(await entryOf(first)).toEqual(others[0])
  if (!steps.includes(all_at_seven)) expect(await entryOf(fourth)).toEqual(others[1])
})
