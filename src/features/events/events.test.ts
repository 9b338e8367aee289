import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import ICAL from 'ical.js'
import { sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { pageTime } from '../../platform/http/page-time.ts'
import { unbroken } from '../../platform/i18n/formats.ts'
import { translator } from '../../platform/i18n/messages.ts'
import { lackingIn } from '../../platform/print/testing.ts'
import { workOff } from '../../platform/testing/work-off.ts'
import { makeWorld } from '../../platform/testing/world.ts'
import { createPerson, recordConsent } from '../people/commands.ts'
import { removeUntouched } from '../people/imports/apply.ts'
import { mergePeople, undoMerge } from '../people/merge/commands.ts'
import { profileOf, timelineOf } from '../people/queries.ts'
import { saveUniverse } from '../targeting/commands.ts'
import { compilePeople, peopleIds } from '../targeting/people/queries.ts'
import { universes } from '../targeting/queries.ts'
import { PersonForm } from '../people/schema.ts'
import { addPerson, answer, changeEvent, changeSignUp, createEvent, saveEvent, signUp, type EventDraft } from './commands.ts' // prettier-ignore
import { doorList } from './door/queries.ts'
import { tendEvent } from './seats/commands.ts'
import { sendHostMailJob } from './hosting/jobs.ts'
import { publicHostingRoutes } from './hosting/public-routes.tsx'
import { hostingRoutes } from './hosting/routes.tsx'
import { hostingTold } from './hosting/told.ts'
import { sendEventMailJob } from './jobs.ts'
import { invitedLater } from './mails.ts'
import { markAttendance } from './attendance/commands.ts'
import { meetingRoutes } from './meetings/routes.tsx'
import { partnerRoutes } from './partners/routes.tsx'
import { publicEventRoutes } from './public-routes.tsx'
import { eventById, kindsOf, shiftsOf, signupsOf } from './queries.ts'
import { eventKindRoutes, eventRoutes } from './routes.tsx'
import type { EventSettings } from './schema.ts'
import { makeSeries } from './series-commands.ts'

const world = await makeWorld()
const { ours, theirs } = world
const { clock } = world.installation
const { organization_id } = ours
const db = world.database.of(organization_id)
const routes = [
  eventKindRoutes,
  publicHostingRoutes,
  hostingRoutes,
  publicEventRoutes,
  meetingRoutes,
  eventRoutes,
  partnerRoutes,
]
const organizer = world.as(ours.organizer, routes)
const host = world.as(ours.actor(['host']), routes)
const everybody = world.as(null, routes)

const textOf = async (asked: Response | Promise<Response>): Promise<string> => (await asked).text()
const locationOf = async (asked: Promise<Response>): Promise<string> => {
  const { status, headers } = await asked
  expect(status).toBe(303)
  return headers.get('location') ?? ''
}
const rowsOf = (event_id: string) => signupsOf(db, organization_id, event_id)
const codeOf = async (event_id: string): Promise<string> => (await eventById(db, organization_id, event_id))?.code ?? ''

const draft = (settings: Partial<EventSettings> = {}, more: Partial<EventDraft['content']> = {}): EventDraft => ({
  settings: {
    kind: 'social', time_zone: 'America/New_York', online_link: null, capacity: null, guests_most: 0, accept_hours: 24, is_by_invitation: false,
    needs_approval: false, has_wait_list: true, reminder_hours: [24], ...settings,
  },
  content: { title: { en: 'Picnic', ko: '소풍' }, summary: {}, access: {}, spoken: {}, details: {}, questions: [], consent: {}, ...more },
  shifts: [
    {
      shift_id: null, name: {}, starts_at: new Date('2026-12-05T19:00:00Z'), ends_at: new Date('2026-12-05T21:00:00Z'), capacity: null,
      place: { name: { en: 'Kissena Park' }, address: '164-15 Booth Memorial Ave', city: 'Flushing', zip5: '11365', directions: {} },
    },
  ],
}) // prettier-ignore

/** Published, with its only shift. */
async function openEvent(settings: Partial<EventSettings> = {}, more: Partial<EventDraft['content']> = {}) {
  const { event_id } = await createEvent(db, ours.organizer, draft(settings, more), clock.now())
  await changeEvent(db, ours.organizer, event_id, 'publish', clock.now())
  const [shift] = await shiftsOf(db, organization_id, [event_id])
  return { event_id, shift_id: shift?.shift_id ?? '', code: await codeOf(event_id) }
}

let people = 0
const somebody = (last_name: string) => ({
  said: {
    first_name: `Guest${++people}`,
    last_name,
    name_hangul: null,
    email: null,
    phone: `+1718555${1000 + people}`,
  },
  named: [] as { first_name: string; last_name: string }[],
  guests: 0,
  answers: {},
  consents: [],
  signup_id: randomUUID(),
  language: 'en',
  source: 'web' as const,
})

/** Sends the form of an event's page; where it leads. */
async function send(code: string, fields: Record<string, string | string[]>): Promise<string> {
  return locationOf(everybody.post(`/e/ours/${code}`, { page_key: randomUUID(), lang: 'en', ...fields }))
}

test('an organizer makes a roundtable from its kind in the editor, and everybody finds it once it is published', async () => {
  const chooser = await textOf(organizer.get('/events/new'))
  expect(chooser).toContain('/events/new?kind=roundtable')
  const editor = await textOf(organizer.get('/events/new?kind=roundtable'))
  expect(editor).toContain('name="detail.interpreter"')
  expect(editor).toContain('name="detail.agenda.ko"')

  const fields = {
    kind: 'roundtable', time_zone: 'America/New_York', capacity: '12', guests_most: '0', accept_hours: '24', has_wait_list: 'on',
    'reminder.24': 'on', online_link: 'https://meet.example.org/abc', 'title.en': 'School roundtable', 'title.ko': '학교 간담회',
    'summary.ko': '학교 이야기를 나눕니다.', 'spoken.en': 'Korean, interpreted', 'detail.interpreter': 'Grace Park', 'detail.agenda.en': 'Welcome',
    'shift.0.date': '2026-12-08', 'shift.0.from': '18:30', 'shift.0.to': '20:30', 'shift.0.place.en': 'Library', 'shift.0.address': '41-17 Main St',
    'shift.0.city': 'Flushing', 'shift.0.zip5': '11355', 'consent.email.en': 'News please',
  } // prettier-ignore
  const refused = await organizer.post('/events/new', { ...fields, 'shift.0.zip5': '113' })
  expect(refused.status).toBe(422)
  expect(await refused.text()).toContain('value="학교 간담회"')
  expect((await organizer.post('/events/new', { ...fields, 'shift.0.to': '25:99' })).status).toBe(422)
  const more = await textOf(organizer.post('/events/new', { ...fields, act: 'add-shift' }))
  expect(more).toContain('name="shift.1.date"')
  const asked = await textOf(organizer.post('/events/new', { ...fields, act: 'add-question:choice' }))
  expect(asked).toContain('name="question.0.choices.ko"')

  const made = await locationOf(organizer.post('/events/new', { ...fields, act: 'save' }))
  const event_id = made.split('/')[2]?.split('?')[0] ?? ''
  const code = await codeOf(event_id)
  expect((await everybody.get(`/e/ours/${code}`)).status).toBe(404)
  await organizer.post(`/events/${event_id}/publish`, {})
  const html = await textOf(everybody.get(`/e/ours/${code}?lang=ko`))
  expect(html).toContain('학교 간담회')
  expect(html).toContain(unbroken('2026년 12월 8일(화) 오후 6시 30분~밤 8시 30분'))
  expect(html).toContain('<span lang="en">Korean, interpreted</span>')
  expect(html).toContain('q.questions')
  expect(html).not.toContain('meet.example.org')
  expect(html).not.toContain('Grace Park')
  expect(html).not.toMatch(/<script(?! type="application\/ld\+json")/)
  const data: unknown = JSON.parse(/ld\+json">(.*?)<\/script>/.exec(html)?.[1] ?? '')
  expect(data).toMatchObject({
    '@type': 'Event',
    startDate: '2026-12-08T18:30:00-05:00',
    eventStatus: 'https://schema.org/EventScheduled',
    eventAttendanceMode: 'https://schema.org/MixedEventAttendanceMode',
    location: [{ '@type': 'Place', name: 'Library' }, { '@type': 'VirtualLocation' }],
  })
  expect(await textOf(everybody.get('/e/ours?lang=en'))).toContain('School roundtable')
  expect(await textOf(everybody.get('/e/ours?lang=en&kind=social'))).not.toContain('School roundtable')
  expect((await everybody.get('/e/theirs/' + code)).status).toBe(404)

  // Saving it as it is changes nothing; the reader of an old page is told.
  const page = await textOf(organizer.get(`/events/${event_id}/edit`))
  const shift = /name="shift\.0\.id" value="([^"]+)"/.exec(page)?.[1] ?? ''
  const again = { ...fields, act: 'save', 'shift.0.id': shift, 'shift.0.from': '18:00' }
  expect((await organizer.post(`/events/${event_id}/edit`, again)).status).toBe(303)
  const [moved] = await shiftsOf(db, organization_id, [event_id])
  expect(moved).toMatchObject({ shift_id: shift, starts_at: new Date('2026-12-08T23:00:00Z') })
  expect((await eventById(db, organization_id, event_id))?.sequence).toBe(2)
})

test('signing up makes people, consents with their words, answers, a page of one’s own, and a mail with a calendar entry', async () => {
  const { event_id, code } = await openEvent(
    { guests_most: 2, online_link: 'https://meet.example.org/x' },
    { consent: { email: { en: 'News by e-mail' } } },
  )
  const soonja = { first_name: 'Soonja', last_name: 'Lee', name_hangul: '이순자', email: 'Soonja@Example.org' }
  const wrong = await everybody.post(`/e/ours/${code}`, { ...soonja, email: '', lang: 'ko' })
  expect(wrong.status).toBe(422)
  expect(await wrong.text()).toContain('value="이순자"')

  // Another language keeps what was typed and signs nobody up.
  expect(await textOf(everybody.post(`/e/ours/${code}`, { ...soonja, to: 'es' }))).toContain('value="이순자"')
  expect(await rowsOf(event_id)).toEqual([])

  world.mails.length = 0
  const mine = await send(code, { ...soonja, consent: 'email', 'q.meals': 'no peanuts', 'guest.0.first_name': 'Min', 'guest.0.last_name': 'Oh', lang: 'ko' }) // prettier-ignore
  const page = await textOf(everybody.get(mine))
  expect(page).toContain('신청되었습니다')
  expect(page).toContain('meet.example.org')
  // Whoever typed it has not shown that the mailbox is theirs.
  expect(page).not.toContain('.ics</a>')
  const [signup, guest] = await rowsOf(event_id)
  expect(signup).toMatchObject({ seats: 2, guests: 0, response: 'signed_up', answers: { meals: 'no peanuts' } })
  expect(guest).toMatchObject({ first_name: 'Min', host_signup_id: signup?.signup_id, seats: 0, response: 'signed_up' })
  const consents = await db
    .selectFrom('consent')
    .selectAll()
    .where('person_id', '=', signup?.person_id ?? '')
    .execute()
  expect(consents).toMatchObject([{ channel: 'email', is_given: true, evidence: 'Picnic: “News by e-mail”' }])

  await workOff(world, [sendEventMailJob])
  expect(world.mails).toMatchObject([{ to: 'soonja@example.org', subject: '참가 신청: 소풍', language: 'ko' }])
  const [mail] = world.mails
  expect(mail?.text).toContain('이순자 님, 안녕하세요.')
  expect(mail?.calendars?.[0]?.method).toBe('REQUEST')
  const [entry] = new ICAL.Component(ICAL.parse(mail?.calendars?.[0]?.text ?? '') as never).getAllSubcomponents('vevent').map((each) => new ICAL.Event(each)) // prettier-ignore
  const ticket = `http://localhost/e/ours/${code}/t/${signup?.ticket}`
  expect(entry).toMatchObject({ summary: '소풍', description: `https://meet.example.org/x\n\n입장 코드: ${ticket}` })

  // The mailed link shows the address of their own calendar; an old one dies when a new one is made.
  const link = new URL(/http:\/\/\S+\/mine\/\S+/.exec(mail?.text ?? '')?.[0] ?? '').pathname
  const feed = /http:\/\/localhost(\/e\/ours\/mine\/[^"<]+\.ics)/.exec(await textOf(everybody.get(link)))?.[1] ?? ''
  expect(await textOf(everybody.get(feed))).toContain('SUMMARY:소풍')
  await everybody.post(link, { act: 'new_address' })
  expect((await everybody.get(feed)).status).toBe(404)
  expect((await everybody.get(link.slice(0, -3) + 'abc')).status).toBe(404)

  // Once more with the same name and mailbox: one sign-up, and nothing of it shown to whoever sent that.
  expect(await send(code, soonja)).toBe(`/e/ours/${code}/before?lang=en`)
  expect(await rowsOf(event_id)).toHaveLength(2)

  // A guest takes no seat of their own, and so gives none back by being confirmed.
  for (const act of ['confirm', 'accept', 'approve'] as const)
    expect(await answer(db, ours.organizer, event_id, guest?.signup_id ?? '', act, clock.now())).toEqual({ ok: false, problem: 'not_now' }) // prettier-ignore
  expect((await rowsOf(event_id))[0]).toMatchObject({ seats: 2 })
  // A guest less: their seat is free, the host's stays.
  const cancel = await answer(db, ours.organizer, event_id, guest?.signup_id ?? '', 'cancel', clock.now())
  expect(cancel).toMatchObject({ ok: true, response: 'canceled_by_them' })
  expect((await rowsOf(event_id))[0]).toMatchObject({ seats: 1, response: 'signed_up' })
  expect(await textOf(everybody.post(`${link}?lang=en`, { act: 'change', guests: '2' }))).toContain('Saved.')
  expect((await rowsOf(event_id))[0]).toMatchObject({ seats: 3, guests: 2 })
  // No mailbox gets more than three an hour, however they came about.
  await workOff(world, [sendEventMailJob])
  await everybody.post(`${link}?lang=en`, { act: 'change', guests: '1' })
  await workOff(world, [sendEventMailJob])
  const toHer = world.mails.filter(({ to }) => to === 'soonja@example.org')
  expect(toHer).toHaveLength(3)
  // Canceling is a second press: the button beside it says that they come.
  expect(await textOf(everybody.get(`${link}?lang=en`))).toMatch(
    /<details><summary[^>]*>Cancel my sign-up<\/summary><p[^>]*>Your seat goes to whoever waits[^<]*<\/p><button[^>]*value="cancel"[^>]*>Yes, cancel/,
  )
  expect(await textOf(everybody.post(`${link}?lang=en`, { act: 'cancel' }))).toContain('Your sign-up is canceled')
})

test('under 18 one needs the word of a guardian: asked on the page, seen at the door, written down from paper', async () => {
  const { event_id, shift_id, code } = await openEvent({ kind: 'community_service' })
  const minor = { first_name: 'Jia', last_name: 'Kim', email: 'jia@example.org', minor: 'on', lang: 'ko' }
  const unticked = await everybody.post(`/e/ours/${code}`, { ...minor, minor: '', guardian_name: 'Sora Kim' })
  expect(unticked.status).toBe(422)
  const refused = await everybody.post(`/e/ours/${code}`, { ...minor, guardian_phone: '71' })
  expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining('보호자가 제 참가에 동의')])
  expect(await rowsOf(event_id)).toEqual([])
  await send(code, { ...minor, guardian_name: 'Sora Kim', guardian_relation: '어머니', guardian_phone: '718-555-0177', guardian_agrees: 'on' }) // prettier-ignore
  // Known to be young by us, though nothing was ticked.
  await send(code, { first_name: 'Teo', last_name: 'Park', email: 'teo@example.org' })
  await send(code, { first_name: 'Old', last_name: 'Enough', email: 'old@example.org' })
  const [jia, teo, old] = await rowsOf(event_id)
  await db
    .updateTable('person')
    .set({ birth_year: 2012 })
    .where('person_id', '=', teo?.person_id ?? '')
    .execute()
  await db
    .updateTable('person')
    .set({ birth_year: 2008 })
    .where('person_id', '=', old?.person_id ?? '')
    .execute()
  const door = `/events/${event_id}/door`
  const listed = await textOf(host.get(door))
  for (const text of ['Under 18, a guardian agreed', 'Sora Kim', 'Under 18 and no guardian agreed']) expect(listed).toContain(text) // prettier-ignore
  const statesOf = async () => (await doorList(db, organization_id, event_id, null, 2026)).people.map(({ minor: state }) => state) // prettier-ignore
  expect(await statesOf()).toEqual(['agreed', 'missing', 'no'])
  const form = `${door}/guardian/${teo?.signup_id}?shift=${shift_id}`
  expect((await host.post(form, { name: '', phone: 'x', how: 'paper' })).status).toBe(422)
  expect((await host.post(form, { name: 'Joon Park', phone: '718-555-0178', relation: 'father', how: 'paper' })).status).toBe(303) // prettier-ignore
  expect(await statesOf()).toEqual(['agreed', 'agreed', 'no'])
  expect((await world.as(theirs.organizer, routes).get(form)).status).toBe(404)
  // An event of another kind asks nobody.
  const other = await openEvent()
  expect(await textOf(everybody.get(`/e/ours/${other.code}`))).not.toContain('guardian_name')
  expect(jia?.answers).toEqual({})
})

test('a page lifts no opt-out, and a robot that fills every box signs nobody up', async () => {
  const { person_id } = await createPerson(db, ours.organizer, { ...PersonForm.parse({}), last_name: 'Choi', first_name: 'Ara', emails: ['ara@example.org'] }, 'hand') // prettier-ignore
  await recordConsent(db, ours.organizer, person_id, { channel: 'email', is_given: false, evidence: 'said so' })
  const { event_id, code } = await openEvent({}, { consent: { email: { en: 'News' } } })
  await send(code, { first_name: 'Bot', last_name: 'Bot', email: 'bot@example.org', website: 'https://spam.example' })
  const page_time = pageTime(world.installation.secret, world.installation.clock.now())
  const soon = await everybody.post(`/e/ours/${code}`, { lang: 'en', first_name: 'Bot', last_name: 'Bot', email: 'bot@example.org', page_time }) // prettier-ignore
  expect([soon.status, (await soon.text()).includes('That came very quickly')]).toEqual([422, true])
  expect(await rowsOf(event_id)).toEqual([])
  await send(code, { first_name: 'Ara', last_name: 'Choi', email: 'ara@example.org', consent: 'email' })
  expect(await rowsOf(event_id)).toMatchObject([{ person_id }])
  const consents = await db.selectFrom('consent').select('is_given').where('person_id', '=', person_id).execute()
  expect(consents).toEqual([{ is_given: false }])
  // Nor does it open a mailbox that somebody who reads it stopped, for whoever is new there.
  await sql`insert into mail_stop (organization_id, address_hash, reason, since, evidence)
    values (${ours.organization_id}, mail_address_hash(${ours.organization_id}, 'home@example.org'), 'unsubscribed', now(), 'one click')`.execute(db)
  await send(code, { first_name: 'Minho', last_name: 'Choi', email: 'home@example.org', consent: 'email' })
  expect(await db.selectFrom('person_email').innerJoin('consent', 'consent.person_id', 'person_email.person_id').select('is_given').where('email', '=', 'home@example.org').execute()).toEqual([])
}) // prettier-ignore

test('of many at once exactly as many as there are seats have one, the others wait in order of arrival', async () => {
  const { event_id, shift_id } = await openEvent({ capacity: 7 })
  const done = await Promise.all(
    Array.from({ length: 24 }, () =>
      signUp(db, ours.organizer, event_id, { ...somebody('Crowd'), shift_ids: [shift_id] }, clock.now()),
    ),
  )
  expect(done.filter((each) => each.ok && each.response === 'signed_up')).toHaveLength(7)
  const rows = await rowsOf(event_id)
  expect(rows.map(({ response }) => response)).toEqual([
    ...Array(7).fill('signed_up'),
    ...Array(17).fill('wait_listed'),
  ])

  // Several leave at once: as many move up, the longest waiting first.
  await Promise.all(
    rows.slice(0, 3).map((row) => answer(db, ours.organizer, event_id, row.signup_id, 'cancel', clock.now())),
  )
  const after = await rowsOf(event_id)
  expect(after.slice(7, 11).map(({ response, why }) => [response, why])).toEqual([
    ['signed_up', 'moved_up'],
    ['signed_up', 'moved_up'],
    ['signed_up', 'moved_up'],
    ['wait_listed', null],
  ])
  // The two accept in time or lose the seat to the next.
  await answer(db, ours.organizer, event_id, after[7]?.signup_id ?? '', 'accept', clock.now())
  const later = new Date(clock.now().getTime() + 25 * 3_600_000)
  expect(await answer(db, ours.organizer, event_id, after[8]?.signup_id ?? '', 'accept', later)).toEqual({ ok: false, problem: 'not_now' }) // prettier-ignore
  await tendEvent(db, organization_id, event_id, later)
  expect((await rowsOf(event_id)).slice(7, 13).map(({ response }) => response)).toEqual(['confirmed', 'canceled_by_us', 'canceled_by_us', 'signed_up', 'signed_up', 'wait_listed']) // prettier-ignore
  // Fewer seats than are taken are refused; more are filled from the wait list.
  const shifts = (await shiftsOf(db, organization_id, [event_id])).map((each) => ({ ...each }))
  const of = (capacity: number) => ({ ...draft({ capacity }), shifts })
  expect(await saveEvent(db, ours.organizer, event_id, of(6), later)).toEqual({ ok: false, problem: 'capacity_below' })
  expect(await saveEvent(db, ours.organizer, event_id, of(9), later)).toEqual({ ok: true })
  expect((await rowsOf(event_id)).filter(({ response }) => response === 'signed_up' || response === 'confirmed')).toHaveLength(9) // prettier-ignore
})

test('reminders go out once, to who had signed up by then; a canceled event tells everybody and reminds nobody', async () => {
  const { event_id, code } = await openEvent()
  const jin = { first_name: 'Jin', last_name: 'Han', email: 'jin@example.org', lang: 'ko' }
  await workOff(world, [sendEventMailJob])
  world.mails.length = 0
  await send(code, jin)
  await workOff(world, [sendEventMailJob])
  // Canceled and signed up again: to a calendar each is newer than the last.
  await answer(db, ours.organizer, event_id, (await rowsOf(event_id))[0]?.signup_id ?? '', 'cancel', clock.now())
  await workOff(world, [sendEventMailJob])
  await send(code, jin)
  await workOff(world, [sendEventMailJob])
  expect(world.mails.map(({ calendars }) => [calendars?.[0]?.method, /SEQUENCE:(\d+)/.exec(calendars?.[0]?.text ?? '')?.[1]])).toEqual([['REQUEST', '2'], ['CANCEL', '3'], ['REQUEST', '4']]) // prettier-ignore
  world.mails.length = 0
  const due = new Date('2026-12-04T19:00:00Z')
  await tendEvent(db, organization_id, event_id, due)
  await tendEvent(db, organization_id, event_id, due)
  await workOff(world, [sendEventMailJob])
  expect(world.mails.map(({ subject }) => subject)).toEqual(['행사 안내: 소풍'])
  // Put off by two days, it is reminded of again; of two reminders that come due at once one is sent.
  const shifts = await shiftsOf(db, organization_id, [event_id])
  const moved = shifts.map((each) => ({ ...each, starts_at: new Date('2026-12-07T19:00:00Z'), ends_at: new Date('2026-12-07T21:00:00Z') })) // prettier-ignore
  await saveEvent(db, ours.organizer, event_id, { ...draft({ reminder_hours: [24, 2] }), shifts: moved }, due)
  await tendEvent(db, organization_id, event_id, new Date('2026-12-07T18:00:00Z'))
  await workOff(world, [sendEventMailJob])
  expect(world.mails.splice(1).map(({ subject }) => subject)).toEqual(['변경 안내: 소풍', '행사 안내: 소풍'])
  await organizer.post(`/events/${event_id}/cancel`, {})
  await workOff(world, [sendEventMailJob])
  expect(world.mails[1]).toMatchObject({ subject: '취소 안내: 소풍', calendars: [{ method: 'CANCEL' }] })
  expect(world.mails[1]?.text).toContain('행사가 취소되었습니다')
  const feed = await textOf(everybody.get('/e/ours/events.ics?kind=social'))
  const ours_ = new ICAL.Component(ICAL.parse(feed) as never).getAllSubcomponents('vevent')
  const [shift] = await shiftsOf(db, organization_id, [event_id])
  const canceled = ours_.find((each) => each.getFirstPropertyValue('uid') === `${shift?.shift_id}@hanpyo.ours`)
  expect(canceled?.getFirstPropertyValue('status')).toBe('CANCELLED')
  expect(canceled?.getFirstPropertyValue('sequence')).toBe(3)
  expect(await textOf(everybody.get(`/e/ours/${code}?lang=en`))).toContain('This event is canceled.')
})

/** Saturday in the park and Sunday in the library, at the same time of day, with their seats. */
async function weekend(settings: Partial<EventSettings> = {}, capacities: (number | null)[] = [null, null]) {
  const [saturday] = draft().shifts
  if (!saturday) throw new Error('no shift')
  const library = { ...saturday.place, name: { en: 'Library' }, address: '41-17 Main St' }
  const later = (at: Date): Date => new Date(at.getTime() + 86_400_000)
  const sunday = { ...saturday, starts_at: later(saturday.starts_at), ends_at: later(saturday.ends_at), place: library }
  const shifts = [saturday, sunday].map((shift, at) => ({ ...shift, capacity: capacities[at] ?? null }))
  const { event_id } = await createEvent(db, ours.organizer, { ...draft(settings), shifts }, clock.now())
  await changeEvent(db, ours.organizer, event_id, 'publish', clock.now())
  const [sat, sun] = (await shiftsOf(db, organization_id, [event_id])).map(({ shift_id }) => shift_id)
  return { event_id, code: await codeOf(event_id), sat: sat ?? '', sun: sun ?? '', shifts }
}

/** What each calendar part of a mail says, read by another program: one entry each. */
const entriesIn = (calendars: readonly { text: string }[] = []) =>
  calendars.map(({ text }) => {
    const calendar = new ICAL.Component(ICAL.parse(text) as never)
    const [entry, ...others] = calendar.getAllSubcomponents('vevent').map((each) => new ICAL.Event(each))
    expect(others).toEqual([])
    return { method: String(calendar.getFirstPropertyValue('method')), uid: entry?.uid, sequence: entry?.sequence, place: entry?.location } // prettier-ignore
  })

test('each shift reminds who has it, of its own time and place; moved it reminds at its new time, given up it reminds nobody', async () => {
  const { event_id, code, sat, sun, shifts } = await weekend()
  const come = (first_name: string, shift: string[]) => send(code, { first_name, last_name: 'Ryu', email: `${first_name}@example.org`, shift }) // prettier-ignore
  await come('Both', [sat, sun])
  await come('Sunday', [sun])
  await come('Changes', [sat, sun])
  await workOff(world, [sendEventMailJob])
  const remindedAt = async (moment: string) => {
    world.mails.length = 0
    await tendEvent(db, organization_id, event_id, new Date(moment))
    await workOff(world, [sendEventMailJob])
    const place = (text: string) => ['Kissena Park', 'Library'].filter((name) => text.includes(name)).join('+')
    return world.mails.map(({ to, text, calendars }) => [to.split('@')[0], place(text), calendars?.length]).toSorted()
  }
  const changes = (await rowsOf(event_id)).find(({ first_name }) => first_name === 'Changes')
  await changeSignUp(db, ours.organizer, event_id, changes?.signup_id ?? '', { guests: 0, shift_ids: [sat] }, clock.now()) // prettier-ignore
  await workOff(world, [sendEventMailJob])
  expect(await remindedAt('2026-12-04T18:59:00Z')).toEqual([])
  expect(await remindedAt('2026-12-04T19:00:00Z')).toEqual([['both', 'Kissena Park', 1], ['changes', 'Kissena Park', 1]]) // prettier-ignore
  // Sunday begins four hours later: so does its reminder.
  const [saturday, sunday] = shifts
  if (!saturday || !sunday) throw new Error('no shifts')
  const moved = { ...sunday, shift_id: sun, starts_at: new Date('2026-12-06T23:00:00Z'), ends_at: new Date('2026-12-07T01:00:00Z') } // prettier-ignore
  world.mails.length = 0
  await saveEvent(db, ours.organizer, event_id, { ...draft(), shifts: [{ ...saturday, shift_id: sat }, moved] }, new Date('2026-12-04T20:00:00Z')) // prettier-ignore
  await workOff(world, [sendEventMailJob])
  // Whose shift stays as it was hears nothing of it.
  expect(world.mails.map(({ to, subject }) => [to, subject]).toSorted()).toEqual([['both@example.org', 'Changed: Picnic'], ['sunday@example.org', 'Changed: Picnic']]) // prettier-ignore
  expect(await remindedAt('2026-12-05T19:00:00Z')).toEqual([])
  // Who takes it after that moment is not reminded of what they have just chosen; once they are, it is not done again.
  await changeSignUp(db, ours.organizer, event_id, changes?.signup_id ?? '', { guests: 0, shift_ids: [sun] }, new Date('2026-12-05T23:30:00Z')) // prettier-ignore
  await workOff(world, [sendEventMailJob])
  expect(await remindedAt('2026-12-05T23:30:00Z')).toEqual([
    ['both', 'Library', 1],
    ['sunday', 'Library', 1],
  ])
  expect(await remindedAt('2026-12-06T01:00:00Z')).toEqual([])
})

test('a shift given up is taken out of the calendar by a mail about it alone; chosen again it comes back, newer than before', async () => {
  const { event_id, code, sat, sun } = await weekend()
  const uid = (shift_id: string) => `${shift_id}@hanpyo.ours`
  const told = async () => {
    world.mails.length = 0
    await workOff(world, [sendEventMailJob])
    return world.mails.map(({ subject, calendars }) => [subject, entriesIn(calendars).map(({ method, uid: of, sequence }) => [method, of, sequence])]) // prettier-ignore
  }
  await workOff(world, [sendEventMailJob])
  await send(code, { first_name: 'Nari', last_name: 'Moon', email: 'moon@example.org', shift: [sat, sun] })
  const [nari] = await rowsOf(event_id)
  expect(await told()).toEqual([['Your sign-up: Picnic', [['REQUEST', uid(sat), 2], ['REQUEST', uid(sun), 2]]]]) // prettier-ignore
  const link = new URL(/http:\/\/\S+\/mine\/\S+/.exec(world.mails[0]?.text ?? '')?.[0] ?? '').pathname
  const choose = (shift_ids: string[]) => changeSignUp(db, ours.organizer, event_id, nari?.signup_id ?? '', { guests: 0, shift_ids }, clock.now()) // prettier-ignore
  await choose([sun])
  expect(await told()).toEqual([
    ['Your sign-up: Picnic', [['REQUEST', uid(sun), 2]]],
    ['Shift taken out: Picnic', [['CANCEL', uid(sat), 3]]],
  ])
  expect(world.mails[1]?.text).toContain('Kissena Park')
  expect(world.mails[1]?.text).not.toContain('Library')
  const file = await textOf(everybody.get(/href="(\/e\/[^"]+event\.ics[^"]+)"/.exec(await textOf(everybody.get(link)))?.[1]?.replaceAll('&amp;', '&') ?? '')) // prettier-ignore
  expect([uid(sat), uid(sun)].map((each) => file.includes(each))).toEqual([false, true])
  // Her own calendar says the same.
  const feed = /http:\/\/localhost(\/e\/ours\/mine\/[^"<]+\.ics)/.exec(await textOf(everybody.get(link)))?.[1] ?? ''
  const read = new ICAL.Component(ICAL.parse(await textOf(everybody.get(feed))) as never).getAllSubcomponents('vevent')
  expect(read.map((each) => ['uid', 'status', 'sequence'].map((name) => each.getFirstPropertyValue(name))).toSorted()).toEqual([[uid(sat), 'CANCELLED', 3], [uid(sun), 'CONFIRMED', 2]].toSorted()) // prettier-ignore
  await choose([sat, sun])
  expect(await told()).toEqual([['Your sign-up: Picnic', [['REQUEST', uid(sat), 4], ['REQUEST', uid(sun), 2]]]]) // prettier-ignore

  // Her husband has the same mailbox, so they have one calendar: what he has stays in it when she cancels.
  await send(code, { first_name: 'Taeho', last_name: 'Moon', email: 'moon@example.org', shift: sun })
  await told()
  await answer(db, ours.organizer, event_id, nari?.signup_id ?? '', 'cancel', clock.now())
  expect(await told()).toEqual([['Your sign-up: Picnic', [['CANCEL', uid(sat), 5]]]])
  // The event is called off: nothing stays.
  await changeEvent(db, ours.organizer, event_id, 'cancel', clock.now())
  const [canceled] = await told()
  expect(canceled?.[1]).toEqual([['CANCEL', uid(sun), 4]])
})

test('a mailbox that has had its mails of the hour still has taken out of its calendar what is given up, once', async () => {
  const { event_id, code, sat, sun } = await weekend()
  await workOff(world, [sendEventMailJob])
  world.mails.length = 0
  await send(code, { first_name: 'Bomi', last_name: 'Gil', email: 'gil@example.org', shift: [sat, sun] })
  await workOff(world, [sendEventMailJob])
  const [bomi] = await rowsOf(event_id)
  const visitor = { ...ours.organizer, id: 'event', name: 'web' }
  const act = (what: 'cancel' | 'accept') => answer(db, visitor, event_id, bomi?.signup_id ?? '', what, clock.now())
  const change = (guests: number) => changeSignUp(db, visitor, event_id, bomi?.signup_id ?? '', { guests, shift_ids: [sat, sun] }, clock.now()) // prettier-ignore
  await change(0)
  await change(0)
  await workOff(world, [sendEventMailJob])
  expect(world.mails).toHaveLength(3)
  world.mails.length = 0
  // The fourth: nothing is news, so nothing is said.
  await change(0)
  await workOff(world, [sendEventMailJob])
  expect(world.mails).toEqual([])
  await act('cancel')
  await act('cancel')
  await workOff(world, [sendEventMailJob])
  const taken = world.mails.map(({ calendars }) => entriesIn(calendars).map(({ method, uid }) => [method, uid]))
  expect(taken.toSorted()).toEqual([[['CANCEL', `${sat}@hanpyo.ours`]], [['CANCEL', `${sun}@hanpyo.ours`]]].toSorted())
  world.mails.length = 0
  await act('cancel')
  await workOff(world, [sendEventMailJob])
  expect(world.mails).toEqual([])
})

test('whoever would come for nothing is told first, though many are to be invited', async () => {
  const off = await openEvent()
  await send(off.code, { first_name: 'Comes', last_name: 'Noh', email: 'comes@example.org' })
  await workOff(world, [sendEventMailJob])
  world.mails.length = 0
  const forum = await openEvent()
  for (const name of ['One', 'Two', 'Three']) {
    const facts = { ...PersonForm.parse({ first_name: name, last_name: 'Noh' }), emails: [`${name}@example.org`] }
    const { person_id } = await createPerson(db, ours.organizer, facts, 'test')
    await addPerson(db, ours.organizer, forum.event_id, { who: person_id, as: 'invited', shift_ids: [forum.shift_id] }, clock.now()) // prettier-ignore
  }
  await changeEvent(db, ours.organizer, off.event_id, 'cancel', clock.now())
  await workOff(world, [sendEventMailJob])
  expect(world.mails.map(({ to }) => to.toLowerCase())).toEqual(['comes@example.org', 'one@example.org', 'two@example.org', 'three@example.org']) // prettier-ignore
})

test('who waits for Sunday moves up after Saturday has begun, with time to accept until theirs begins; nobody into one that has', async () => {
  const { event_id, sat, sun, shifts } = await weekend({ accept_hours: 48 }, [1, 1])
  const join = async (name: string, shift_ids: string[]) => {
    const sent = { ...somebody(name), shift_ids }
    await signUp(db, ours.organizer, event_id, sent, clock.now())
    return sent.signup_id
  }
  const [first, second] = [await join('First', [sat]), await join('Second', [sun])]
  const [forSat, forBoth, forSun] = [await join('Sat', [sat]), await join('Both', [sat, sun]), await join('Sun', [sun])]
  const stands = async () => {
    const rows = await rowsOf(event_id)
    return [forSat, forBoth, forSun].map((id) => {
      const row = rows.find(({ signup_id }) => signup_id === id)
      return [row?.response, row?.accept_by?.toISOString() ?? null]
    })
  }
  // An hour after Saturday began.
  const then = new Date('2026-12-05T20:00:00Z')
  await answer(db, ours.organizer, event_id, first, 'cancel', then)
  expect(await stands()).toEqual([['wait_listed', null], ['wait_listed', null], ['wait_listed', null]]) // prettier-ignore
  await answer(db, ours.organizer, event_id, second, 'cancel', then)
  // Of the two shifts of whoever waited longer the one that is still to come.
  expect(await stands()).toEqual([['wait_listed', null], ['signed_up', '2026-12-06T19:00:00.000Z'], ['wait_listed', null]]) // prettier-ignore
  expect((await rowsOf(event_id)).find(({ signup_id }) => signup_id === forBoth)?.shift_ids).toEqual([sun])
  // Sunday begins an hour earlier: so long there is to accept.
  const sooner = shifts.map((shift, at) => ({ ...shift, shift_id: at === 0 ? sat : sun, starts_at: at === 0 ? shift.starts_at : new Date('2026-12-06T18:00:00Z') })) // prettier-ignore
  await saveEvent(db, ours.organizer, event_id, { ...draft({ accept_hours: 48 }), shifts: sooner }, then)
  expect((await stands())[1]).toEqual(['signed_up', '2026-12-06T18:00:00.000Z'])
  await tendEvent(db, organization_id, event_id, new Date('2026-12-06T18:00:00Z'))
  expect((await stands()).map(([response]) => response)).toEqual(['wait_listed', 'canceled_by_us', 'wait_listed'])
})

test('asking for a seat, being approved or refused, being invited and answering', async () => {
  // A meeting asks nothing: whoever is invited says yes in one click.
  const { event_id, code } = await openEvent({ kind: 'meeting', is_by_invitation: true, capacity: 1 })
  const asked = await send(code, { first_name: 'Mia', last_name: 'Yun', email: 'mia@example.org' })
  await send(code, { first_name: 'Ken', last_name: 'Bae', email: 'ken@example.org' })
  const request = await textOf(everybody.get(asked))
  expect(request).toContain('We have your request')
  expect(request).toContain('You take your request back')
  expect(request).not.toContain('You lose your place in line')
  const [mia, ken] = await rowsOf(event_id)
  const act = (signup: string | undefined, name: string) => locationOf(organizer.post(`/events/${event_id}/people`, { signup: signup ?? '', act: name })) // prettier-ignore
  expect(await act(mia?.signup_id, 'approve')).toContain('said=done')
  expect(await act(ken?.signup_id, 'refuse')).toContain('said=done')
  expect(await act(ken?.signup_id, 'approve')).toContain('said=not_now')
  const { person_id } = await createPerson(db, ours.organizer, { ...PersonForm.parse({}), last_name: 'Seo', first_name: 'Dana', emails: ['dana@example.org'] }, 'hand') // prettier-ignore
  expect(await textOf(organizer.get(`/events/${event_id}/people?q=Seo`))).toContain('Dana Seo')
  expect(await locationOf(organizer.post(`/events/${event_id}/people/add`, { who: person_id, as: 'invited' }))).toContain('said=done') // prettier-ignore
  world.mails.length = 0
  await workOff(world, [sendEventMailJob])
  const invitation = world.mails.find(({ to }) => to === 'dana@example.org')
  // In her calendar it stands as not answered.
  expect(invitation?.calendars?.[0]?.text).toContain('PARTSTAT=NEEDS-ACTION')
  expect(invitation?.calendars?.[0]?.method).toBe('REQUEST')
  const link = new URL(/http:\/\/\S+\/mine\/\S+/.exec(invitation?.text ?? '')?.[0] ?? '').pathname
  // A stranger who types her name and knows her number gets nothing of it: it is mailed to her.
  const { mails } = world
  mails.length = 0
  expect(await send(code, { first_name: 'Dana', last_name: 'Seo', email: 'dana@example.org' })).toBe(`/e/ours/${code}/before?lang=en`) // prettier-ignore
  await workOff(world, [sendEventMailJob])
  expect(mails).toMatchObject([{ to: 'dana@example.org', subject: 'Invitation: Picnic' }])
  expect((await rowsOf(event_id)).at(-1)).toMatchObject({ response: 'invited' })
  // The only seat is Mia's: whoever is invited waits for hers, before everybody who is not.
  expect(await textOf(everybody.post(`${link}?lang=en`, { act: 'accept' }))).toContain('You are on the wait list')
  await act(mia?.signup_id, 'cancel')
  expect((await rowsOf(event_id)).at(-1)).toMatchObject({ response: 'signed_up', why: 'moved_up' })
  // Who is invited hears of another place; who declines has it in the calendar no more.
  const { person_id: minho } = await createPerson(db, ours.organizer, { ...PersonForm.parse({}), last_name: 'Seo', first_name: 'Minho', emails: ['minho@example.org'] }, 'hand') // prettier-ignore
  await addPerson(db, ours.organizer, event_id, { who: minho, as: 'invited', shift_ids: [] }, clock.now())
  const [shift] = await shiftsOf(db, organization_id, [event_id])
  const elsewhere = { ...draft({ is_by_invitation: true, capacity: 1 }), shifts: shift ? [{ ...shift, place: { ...shift.place, address: '41-17 Main St' } }] : [] } // prettier-ignore
  await saveEvent(db, ours.organizer, event_id, elsewhere, clock.now())
  await workOff(world, [sendEventMailJob])
  // Of another link alone those hear who come.
  await saveEvent(db, ours.organizer, event_id, { ...elsewhere, settings: { ...elsewhere.settings, online_link: 'https://meet.example.org/picnic' } }, clock.now()) // prettier-ignore
  await workOff(world, [sendEventMailJob])
  await answer(db, ours.organizer, event_id, (await rowsOf(event_id)).at(-1)?.signup_id ?? '', 'decline', clock.now())
  await workOff(world, [sendEventMailJob])
  const toMinho = mails.filter(({ to }) => to === 'minho@example.org')
  expect(toMinho.map(({ subject, calendars }) => [subject, calendars?.[0]?.method])).toEqual([
    ['Invitation: Picnic', 'REQUEST'],
    ['Changed: Picnic', 'REQUEST'],
    ['Your sign-up: Picnic', 'CANCEL'],
  ])
  expect((await host.get(`/events/${event_id}/people`)).status).toBe(200)
  expect((await world.as(theirs.organizer, routes).get(`/events/${event_id}/people`)).status).toBe(404)
})

test('who is invited without a mailbox and fills in the form asks for a seat: with what they say there', async () => {
  const { event_id, code } = await openEvent({ is_by_invitation: true, guests_most: 2 })
  const { person_id } = await createPerson(db, ours.organizer, { ...PersonForm.parse({}), last_name: 'Baek', first_name: 'Jiho', phones: ['+17185550166'] }, 'hand') // prettier-ignore
  const before = { ...draft(), shifts: await shiftsOf(db, organization_id, [event_id]) }
  const [later] = draft().shifts
  await saveEvent(db, ours.organizer, event_id, { ...before, settings: { ...before.settings, is_by_invitation: true, guests_most: 2 }, shifts: [...before.shifts, ...(later ? [{ ...later, starts_at: new Date('2026-12-05T22:00:00Z'), ends_at: new Date('2026-12-05T23:00:00Z') }] : [])] }, clock.now()) // prettier-ignore
  const [first, second] = await shiftsOf(db, organization_id, [event_id])
  await addPerson(db, ours.organizer, event_id, { who: person_id, as: 'invited', shift_ids: [first?.shift_id ?? ''] }, clock.now()) // prettier-ignore
  const [invited] = await rowsOf(event_id)
  expect(invited).toMatchObject({ response: 'invited', mail_to: null })
  await send(code, { first_name: 'Jiho', last_name: 'Baek', phone: '718-555-0166', email: 'jiho@example.org', guests: '1', shift: second?.shift_id ?? '' }) // prettier-ignore
  expect(await rowsOf(event_id)).toMatchObject([
    { signup_id: invited?.signup_id, person_id, response: 'awaiting_approval', mail_to: 'jiho@example.org', seats: 2, guests: 1, source: 'web', shift_ids: [second?.shift_id] },
  ]) // prettier-ignore
  expect(await answer(db, ours.organizer, event_id, invited?.signup_id ?? '', 'approve', clock.now())).toMatchObject({ ok: true }) // prettier-ignore
})

test('who is invited while they want no e-mail gets the invitation on the day that is over, unless the event is', async () => {
  const { person_id } = await createPerson(db, ours.organizer, { ...PersonForm.parse({}), last_name: 'Noh', first_name: 'Paused', emails: ['paused@example.org'] }, 'hand') // prettier-ignore
  const until = (day: string) => sql`insert into mail_wish (organization_id, person_id, paused_until, changed_at) values (${organization_id}, ${person_id}, ${day}, now())
    on conflict (organization_id, person_id) do update set paused_until = excluded.paused_until`.execute(db) // prettier-ignore
  await until('2999-01-01')
  const { event_id } = await openEvent({ is_by_invitation: true })
  await workOff(world, [sendEventMailJob])
  world.mails.length = 0
  expect(await addPerson(db, ours.organizer, event_id, { who: person_id, as: 'invited', shift_ids: [] }, clock.now())).toMatchObject({ ok: true }) // prettier-ignore
  const [invited] = await rowsOf(event_id)
  expect(invited).toMatchObject({ response: 'invited', mail_to: 'paused@example.org' })
  await workOff(world, [sendEventMailJob])
  const waiting = async () =>
    (await sql<{ run_at: Date }>`select run_at from graphile_worker._private_jobs where key = ${`invited ${invited?.signup_id}`}`.execute(world.database.owner)).rows // prettier-ignore
  // The event is long over by then.
  expect([world.mails, await waiting()]).toEqual([[], []])
  await sql`update event_shift set ends_at = '2999-06-01' where event_id = ${event_id}`.execute(world.database.owner)
  await sql`update event set ends_at = '2999-06-01' where event_id = ${event_id}`.execute(world.database.owner)
  const asked = { organization_id, event_id, signup_id: invited?.signup_id ?? '', kind: 'invited' as const }
  const mailNow = () => sendEventMailJob.run(asked, { installation: world.installation } as never)
  await mailNow()
  expect([world.mails, await waiting()]).toEqual([[], [{ run_at: new Date('2999-01-01T14:00:00Z') }]])
  await until('2020-01-01')
  await mailNow()
  expect(world.mails.map(({ to }) => to)).toEqual(['paused@example.org'])
})

test('an invitation after a pause goes out on a morning of the organization, wherever the event is, and never at once', async () => {
  const { person_id } = await createPerson(db, ours.organizer, { ...PersonForm.parse({}), last_name: 'Noh', first_name: 'Guam', emails: ['guam@example.org'] }, 'hand') // prettier-ignore
  await sql`insert into mail_wish (organization_id, person_id, paused_until, changed_at) values (${organization_id}, ${person_id}, '2999-01-01', now())`.execute(db) // prettier-ignore
  const { event_id } = await openEvent({ is_by_invitation: true })
  await sql`update event set time_zone = 'Pacific/Guam', ends_at = '2999-06-01' where event_id = ${event_id}`.execute(world.database.owner) // prettier-ignore
  expect(await addPerson(db, ours.organizer, event_id, { who: person_id, as: 'invited', shift_ids: [] }, clock.now())).toMatchObject({ ok: true }) // prettier-ignore
  const [invited] = await rowsOf(event_id)
  const asked = { organization_id, event_id, signup_id: invited?.signup_id ?? '', kind: 'invited' as const }
  expect(await invitedLater(world.installation, asked)).toEqual(new Date('2999-01-01T14:00:00Z'))
  const before = clock.now().toISOString()
  onTestFinished(() => clock.set(before))
  clock.set('2999-01-01T15:00:00Z')
  expect(await invitedLater(world.installation, asked)).toEqual(new Date('2999-01-01T16:00:00Z'))
})

test('whom we write to first: with a mailbox that is theirs, not against their word, and when they can read of it', async () => {
  const add = (who: string, as: 'invited' | 'signed_up') => addPerson(db, ours.organizer, event_id, { who, as, shift_ids: [] }, clock.now()) // prettier-ignore
  const person = async (first_name: string, more: object) =>
    (await createPerson(db, ours.organizer, { ...PersonForm.parse({}), last_name: 'Noh', first_name, ...more }, 'hand')).person_id // prettier-ignore
  const other = await openEvent()
  const { event_id } = await createEvent(db, ours.organizer, draft(), clock.now())
  // Somebody signs up in Hana's name with a mailbox of their own.
  const hana = await person('Hana', { phones: ['+17185550177'] })
  await send(other.code, { first_name: 'Hana', last_name: 'Noh', phone: '718-555-0177', email: 'stranger@example.org' })
  expect(await rowsOf(other.event_id)).toMatchObject([{ person_id: hana, mail_to: 'stranger@example.org' }])
  const mute = await person('Mute', { emails: ['mute@example.org'] })
  await recordConsent(db, ours.organizer, mute, { channel: 'email', is_given: false, evidence: 'said so' })
  const glad = await person('Glad', { emails: ['glad@example.org'] })
  await workOff(world, [sendEventMailJob])
  world.mails.length = 0
  for (const who of [hana, mute, glad]) await add(who, 'invited')
  expect((await rowsOf(event_id)).map(({ mail_to }) => mail_to)).toEqual([null, null, 'glad@example.org'])
  await workOff(world, [sendEventMailJob])
  expect(world.mails).toEqual([])
  await changeEvent(db, ours.organizer, event_id, 'publish', clock.now())
  await workOff(world, [sendEventMailJob])
  expect(world.mails.map(({ to, subject }) => [to, subject])).toEqual([['glad@example.org', 'Invitation: Picnic']])
  expect(await textOf(organizer.get(`/events/${event_id}/people`))).toContain('call instead')

  // Called off and held after all: everybody stands where they stood.
  await changeEvent(db, ours.organizer, event_id, 'cancel', clock.now())
  expect(await add(await person('Late', {}), 'signed_up')).toEqual({ ok: false, problem: 'closed' })
  expect(await makeSeries(db, ours.organizer, event_id, { every: 'week', step: 1, ends_on: '2027-01-31', from: 'start' }, clock.now())).toEqual({ ok: false, problem: 'closed' }) // prettier-ignore
  await changeEvent(db, ours.organizer, event_id, 'restore', clock.now())
  expect((await rowsOf(event_id)).map(({ response }) => response)).toEqual(['invited', 'invited', 'invited'])
  // Whoever imported them takes back the import: not those who are on a list.
  const { updated_at } = await db.selectFrom('person').select('updated_at').where('person_id', '=', glad).executeTakeFirstOrThrow() // prettier-ignore
  expect(await removeUntouched(db, organization_id, [{ person_id: glad, updated_at: updated_at.toISOString() }])).toBe(0) // prettier-ignore
})

test('two people who are one have one sign-up, and two again when that is taken back', async () => {
  const { event_id, shift_id } = await openEvent({ guests_most: 2 })
  const signedUp = async (guests: number) => {
    const sent = { ...somebody('Twin'), guests, shift_ids: [shift_id] }
    await signUp(db, ours.organizer, event_id, sent, clock.now())
    const row = (await rowsOf(event_id)).find(({ signup_id }) => signup_id === sent.signup_id)
    return row?.person_id ?? ''
  }
  const [one, two, three] = [await signedUp(0), await signedUp(2), await signedUp(0)]
  const stands = async () => (await rowsOf(event_id)).map((row) => [row.person_id, row.response, row.seats, row.why])
  const before = await stands()
  const merge = await mergePeople(db, ours.organizer, one, two, [])
  expect(await stands()).toEqual([[one, 'signed_up', 3, null], [one, 'canceled_by_us', 3, 'merged'], [three, 'signed_up', 1, null]]) // prettier-ignore
  const further = await mergePeople(db, ours.organizer, three, one, [])
  expect((await stands()).map(([person_id, response]) => [person_id, response])).toEqual([[three, 'signed_up'], [three, 'canceled_by_us'], [three, 'canceled_by_us']]) // prettier-ignore
  await undoMerge(db, ours.organizer, further, clock.now())
  await undoMerge(db, ours.organizer, merge, clock.now())
  expect(await stands()).toEqual(before)
})

test.each([
  { stays: {}, goes: { is_minor: true, guardian: 'Mother' }, is: [true, 'Mother'] },
  { stays: { is_minor: true }, goes: {}, is: [true, null] },
  { stays: { is_minor: true, guardian: 'Father' }, goes: { is_minor: true, guardian: 'Mother' }, is: [true, 'Father'] },
  { stays: { is_minor: true }, goes: { is_minor: true, guardian: 'Mother' }, is: [true, 'Mother'] },
  { stays: {}, goes: {}, is: [false, null] },
])('two sign-ups of one person, $stays and $goes, are $is, and each its own again', async ({ stays, goes, is }) => {
  const { event_id, shift_id } = await openEvent()
  const ids: string[] = []
  for (const { is_minor = false, guardian = null } of [stays, goes] as { is_minor?: boolean; guardian?: string }[]) {
    const word = guardian ? { name: guardian, phone: '+17185550100', relation: '' } : null
    const sent = { ...somebody('Teen'), is_minor, guardian: word, shift_ids: [shift_id] }
    await signUp(db, ours.organizer, event_id, sent, clock.now())
    ids.push(sent.signup_id)
  }
  const both = async () => {
    const rows = await db
      .selectFrom('event_signup as s')
      .leftJoin('event_guardian as g', (join) =>
        join.onRef('g.organization_id', '=', 's.organization_id').onRef('g.signup_id', '=', 's.signup_id'),
      ) // prettier-ignore
      .select(['s.signup_id', 's.person_id', 's.is_minor', 'g.name'])
      .where('s.event_id', '=', event_id)
      .execute()
    return ids.map((id) => rows.find(({ signup_id }) => signup_id === id))
  }
  const before = await both()
  const [one, two] = before
  const merge = await mergePeople(db, ours.organizer, one?.person_id ?? '', two?.person_id ?? '', [])
  expect((await both())[0]).toMatchObject({ is_minor: is[0], name: is[1] })
  await undoMerge(db, ours.organizer, merge, clock.now())
  expect(await both()).toEqual(before)
})

test('at the door: found in any spelling, marked, walked in, counted; what was said and who came stay apart', async () => {
  const { event_id, shift_id, code } = await openEvent({ capacity: 1 }, { details: { quorum: '2' } })
  await send(code, { first_name: 'Younghee', last_name: 'Kim', name_hangul: '김영희', email: 'yh@example.org' })
  const door = `/events/${event_id}/door`
  expect(await textOf(host.get(`${door}?q=${encodeURIComponent('영희')}`))).toContain('김영희')
  expect(await textOf(host.get(`${door}?q=kim%20yeonghui`))).toContain('김영희')
  expect(await textOf(host.get(`${door}?q=nobody`))).toContain('Not on the list.')
  const [row] = await rowsOf(event_id)
  await host.post(door, { signup: row?.signup_id ?? '', shift: shift_id, act: 'attended' })
  const refused = await host.post(`${door}/walk-in?shift=${shift_id}`, {
    first_name: 'Paul',
    last_name: 'Ahn',
    phone: '71',
  })
  expect(refused.status).toBe(422)
  await host.post(`${door}/walk-in?shift=${shift_id}`, { first_name: 'Paul', last_name: 'Ahn', phone: '718-555-0199' })
  // The same page once more: the same person came once, another came too.
  const key = randomUUID()
  const walk = (first_name: string) =>
    host.post(`${door}/walk-in?shift=${shift_id}`, { key, first_name, last_name: 'Two' })
  for (const name of ['Ann', 'Ann', 'Ben']) expect((await walk(name)).status).toBe(303)
  const twos = (await rowsOf(event_id)).filter(({ last_name }) => last_name === 'Two')
  expect(twos.map(({ first_name }) => first_name)).toEqual(['Ann', 'Ben'])
  for (const { signup_id } of twos) await host.post(door, { signup: signup_id, shift: shift_id, act: 'undo' })
  const live = await textOf(host.get(door))
  expect(live).toMatch(/Here<\/dt><dd[^>]*>2</)
  // Nobody here is a member in good standing: meetings/meetings.test.ts has some.
  expect(live).toContain('0 / 2')
  // Full as it was: a walk-in takes no seat, and nobody waiting loses theirs.
  expect((await rowsOf(event_id)).map(({ response, seats, attendance }) => [response, seats, attendance[shift_id]?.attendance])).toEqual([
    ['signed_up', 1, 'attended'],
    ['signed_up', 0, 'walk_in'],
    ['signed_up', 0, undefined],
    ['signed_up', 0, undefined],
  ]) // prettier-ignore
  await host.post(door, { signup: row?.signup_id ?? '', shift: shift_id, act: 'undo' })
  await host.post(`${door}/no-shows?shift=${shift_id}`, {})
  expect((await rowsOf(event_id))[0]).toMatchObject({ response: 'signed_up', attendance: { [shift_id]: { attendance: 'no_show' } } }) // prettier-ignore
  // Hangul large and the Roman name below it, of guests and walk-ins too; who was taken back has none.
  for (const [language, words] of [['en', ['Flushing Civic Action', 'Picnic']], ['ko', ['플러싱 시민행동', '소풍']]] as const) {
    const tags = () => organizer.get(`/events/${event_id}/tags`, { 'accept-language': language })
    expect((await tags()).headers.get('content-type')).toBe('application/pdf')
    expect(await lackingIn(await tags(), ['김영희', 'Younghee Kim', 'Paul Ahn', ...words])).toEqual([])
    expect(await lackingIn(await tags(), ['Ann Two', 'Ben Two'])).toEqual(['Ann Two', 'Ben Two'])
  } // prettier-ignore

  // On the timeline, with the mail that went out, also after the record was merged into another.
  await workOff(world, [sendEventMailJob])
  const { person_id } = await createPerson(
    db,
    ours.organizer,
    { ...PersonForm.parse({}), last_name: 'Kim', first_name: 'Young Hee' },
    'hand',
  )
  await mergePeople(db, ours.organizer, person_id, row?.person_id ?? '', [])
  expect((await rowsOf(event_id))[0]).toMatchObject({ person_id })
  const profile = await profileOf(db, organization_id, { voter_id: null, person_id })
  if (!profile) throw new Error('nobody')
  const { entries } = await timelineOf(db, organization_id, profile, { shows_money: false, today: '2026-11-23' })
  expect(entries.flatMap(({ event }) => event?.what ?? []).toSorted()).toEqual(['no_show', 'signed_up'])
  const mailed = { subject: 'Your sign-up: Picnic', sent_to: 'yh@example.org', language: 'en' }
  expect(entries.flatMap(({ mail }) => mail ?? [])).toEqual([mailed])
})

test('a series keeps its time of day over the change of clocks; a day left out is canceled in every calendar and comes back', async () => {
  const drawn = draft({ kind: 'training', hides_address: true }, { title: { en: 'Training' } })
  const shifts = drawn.shifts.map((shift) => ({ ...shift, place: { ...shift.place, name: {} } }))
  const { event_id } = await createEvent(db, ours.organizer, { ...drawn, shifts }, clock.now())
  await changeEvent(db, ours.organizer, event_id, 'publish', clock.now())
  const bad = await organizer.post(`/events/${event_id}/series`, { every: 'week', step: '1', ends_on: '2026-12-06' })
  expect(bad.status).toBe(422)
  await locationOf(organizer.post(`/events/${event_id}/series`, { every: 'week', step: '7', ends_on: '2027-03-31' }))
  const all = await db.selectFrom('event').select(['event_id', 'series_on', 'starts_at', 'published_at', 'hides_address']).where('kind', '=', 'training').orderBy('starts_at').execute() // prettier-ignore
  expect(all.map(({ series_on, starts_at }) => [series_on, starts_at.toISOString()])).toEqual([
    ['2026-12-05', '2026-12-05T19:00:00.000Z'],
    ['2027-01-23', '2027-01-23T19:00:00.000Z'],
    ['2027-03-13', '2027-03-13T19:00:00.000Z'],
  ])
  expect(all.every(({ published_at }) => published_at !== null)).toBe(true)
  // What is told to those with a seat alone is so on every day; all others know the neighborhood.
  expect(all.every(({ hides_address }) => hides_address)).toBe(true)
  const page = await textOf(everybody.get(`/e/ours/${await codeOf(event_id)}`))
  expect(page).not.toContain('Booth Memorial')
  expect(JSON.parse(/ld\+json">(.*?)<\/script>/.exec(page)?.[1] ?? '')).toMatchObject({
    eventAttendanceMode: 'https://schema.org/OfflineEventAttendanceMode',
    location: [{ name: 'Flushing', address: { addressLocality: 'Flushing' } }],
  })
  await locationOf(organizer.post(`/events/${event_id}/series/out`, { day: '2027-01-23' }))
  const statuses = async () =>
    new ICAL.Component(ICAL.parse(await textOf(everybody.get('/e/ours/events.ics?kind=training'))) as never)
      .getAllSubcomponents('vevent')
      .map((each) => each.getFirstPropertyValue('status'))
  expect(await statuses()).toEqual(['CONFIRMED', 'CANCELLED', 'CONFIRMED'])
  await locationOf(organizer.post(`/events/${event_id}/series/in`, { day: '2027-01-23' }))
  expect(await statuses()).toEqual(['CONFIRMED', 'CONFIRMED', 'CONFIRMED'])
})

/** What Young-hee writes, in Korean. */
const around_a_table = {
  lang: 'ko', kind: 'roundtable', title: '우리 집 간담회', about: '학교 이야기를 나눕니다.', date: '2026-12-04', starts: '18:30', ends: '20:30',
  place: '김영희 님 댁', address: '35-12 Union St', city: 'Flushing', zip5: '11354', address_for: 'signed_up', seats: '12', spoken: ['ko', 'en'],
  needs: '의자 여섯 개', first_name: 'Young-hee', last_name: 'Kim', name_hangul: '김영희', email: 'younghee@example.org', phone: '',
} // prettier-ignore
const sendProposal = (more: Record<string, string | string[]> = {}) =>
  everybody.post('/e/ours/host', { page_key: randomUUID(), ...around_a_table, ...more })
const proposals = () =>
  db.selectFrom('event_proposal').selectAll().where('organization_id', '=', organization_id).orderBy('received_at').execute() // prettier-ignore

test('somebody of the community proposes to host, an organizer makes an event of it, and they have its door alone', async () => {
  // Members propose from the start, everybody once the organization says so.
  expect((await everybody.get('/e/ours/host')).status).toBe(404)
  expect((await world.as(ours.actor(['member']), routes).get('/e/ours/host')).status).toBe(200)
  expect((await world.as(theirs.organizer, routes).get('/e/ours/host')).status).toBe(404)
  await organizer.post('/events/proposals/settings', { 'kinds[]': ['roundtable', 'social'], is_public: 'on' })
  expect(await textOf(everybody.get('/e/ours?lang=ko'))).toContain('행사 제안하기')
  const form = await textOf(everybody.get('/e/ours/host?lang=ko'))
  expect(form).toContain('교육 간담회')
  expect(form).not.toContain('전화 캠페인')
  expect(form).not.toContain('<script')

  world.mails.length = 0
  const wrong = await sendProposal({ kind: 'press_event', date: '2026-11-23', seats: '0', email: '' })
  expect(wrong.status).toBe(422)
  const returned = await wrong.text()
  expect(returned).toContain('value="35-12 Union St"')
  for (const name of ['kind', 'date', 'seats', 'email']) expect(returned).toContain(`id="${name}-error"`)
  expect(await textOf(sendProposal({ to: 'en' }))).toContain('value="우리 집 간담회"')
  expect(await locationOf(sendProposal({ website: 'https://example.org' }))).toContain('said=sent')
  expect((await sendProposal({ page_time: pageTime(world.installation.secret, clock.now()) })).status).toBe(422)
  expect(await proposals()).toEqual([])
  const page_key = randomUUID()
  const theirs_page = await locationOf(sendProposal({ page_key }))
  expect(await locationOf(sendProposal({ page_key }))).toBe(theirs_page)
  const [proposal] = await proposals()
  expect(await proposals()).toHaveLength(1)
  expect(proposal).toMatchObject({ state: 'waiting', language: 'ko', event_id: null, person_id: null })
  await workOff(world, [sendHostMailJob])
  expect(world.mails).toMatchObject([{ to: 'younghee@example.org', language: 'ko', subject: '제안을 받았습니다' }])
  expect(await textOf(everybody.get(theirs_page))).toContain('잘 받았습니다')
  expect((await everybody.get(theirs_page.replace(/.\?/, '?'))).status).toBe(404)

  // The organizer finds it on the events page, puts it into English, and approves.
  expect(await textOf(organizer.get('/events'))).toContain('1 proposal waits for your answer')
  expect(await textOf(host.get('/events'))).not.toContain('proposal waits')
  expect(await textOf(organizer.get('/events/proposals'))).toContain('우리 집 간담회')
  const here = `/events/proposals/${proposal?.proposal_id}`
  const page = await textOf(organizer.get(here))
  expect(page).toContain('의자 여섯 개')
  expect(page).toContain('value="English, 한국어"')
  const decided = {
    act: 'approve', kind: 'roundtable', time_zone: 'America/New_York', guests_most: '0', accept_hours: '24', has_wait_list: 'on', 'reminder.24': 'on',
    hides_address: 'on', capacity: '10', 'title.ko': '우리 집 간담회', 'title.en': 'Roundtable at the Kims’', 'shift.0.date': '2026-12-04', 'shift.0.from': '19:00',
    'shift.0.to': '20:30', 'shift.0.place.ko': '김영희 님 댁', 'shift.0.address': '35-12 Union St', 'shift.0.city': 'Flushing', 'shift.0.zip5': '11354',
    note: '7시에 시작하면 어떨까요?',
  } // prettier-ignore
  const refused = await organizer.post(here, { ...decided, capacity: '-1' })
  expect(refused.status).toBe(422)
  expect(await refused.text()).toContain('7시에 시작하면 어떨까요?')
  world.mails.length = 0
  const event_id = (await locationOf(organizer.post(here, decided))).split(/[/?]/)[2] ?? ''
  expect(await locationOf(organizer.post(here, decided))).toContain('said=decided')
  expect(await locationOf(organizer.post(`${here}/decline`, { reason: 'Too late' }))).toContain('said=decided')
  await workOff(world, [sendHostMailJob])
  const [approved] = world.mails
  expect(approved).toMatchObject({ to: 'younghee@example.org', subject: '행사가 확정되었습니다: 우리 집 간담회' })
  expect(approved?.text).toContain('7시에 시작하면 어떨까요?')
  expect(approved?.text).toContain('오후 7시')
  expect(await textOf(organizer.get(`/events/${event_id}`))).toContain('Their invitation is not accepted yet')

  // The street is told to nobody without a seat: not on the page, in its data, in a calendar.
  const code = await codeOf(event_id)
  const shown = await textOf(everybody.get(`/e/ours/${code}?lang=ko`))
  expect(shown).toContain('여는 분: 김영희')
  expect(shown).toContain('자리가 정해지면 주소를 알려 드립니다.')
  for (const text of [
    shown,
    await textOf(everybody.get(`/e/ours/${code}/event.ics`)),
    await textOf(everybody.get('/e/ours')),
  ])
    // prettier-ignore
    expect(text).not.toMatch(/Union St|11354/)
  const mine = await send(code, { first_name: 'Sun-ja', last_name: 'Lee', email: 'sunja@example.org' })
  expect(await textOf(everybody.get(mine))).toContain('35-12 Union St')
  await workOff(world, [sendEventMailJob])
  expect(world.mails.at(-1)?.text).toContain('35-12 Union St')

  // Whoever had no account has the door of this event once they have accepted their invitation, and nothing else.
  const [{ person_id, invitation_id } = { person_id: null, invitation_id: null }] = await proposals()
  expect(person_id).not.toBeNull()
  const younghee = ours.actor(['member'], { delegated: ['door'] })
  await db
    .insertInto('member')
    .values({ organization_id, user_id: younghee.id, display_name: 'Young-hee', roles: ['member'], ended_at: null })
    .execute()
  const asHost = world.as(younghee, routes)
  expect(await textOf(asHost.get('/hosting'))).not.toContain('우리 집 간담회')
  expect((await asHost.get(`/hosting/${event_id}`)).status).toBe(404)
  await world.database.owner
    .updateTable('invitation')
    .set({ accepted_at: clock.now(), accepted_by: younghee.id })
    .where('invitation_id', '=', invitation_id ?? '')
    .execute()
  expect(await textOf(asHost.get('/hosting'))).toContain(`/hosting/${event_id}`)
  const { person_id: asked } = await createPerson(db, ours.organizer, { ...PersonForm.parse({}), last_name: 'Only', first_name: 'Asked' }, 'hand') // prettier-ignore
  await addPerson(db, ours.organizer, event_id, { who: asked, as: 'invited', shift_ids: [] }, clock.now())
  const list = await textOf(asHost.get(`/hosting/${event_id}`))
  expect(list).toContain('Sun-ja Lee')
  expect(list).not.toContain('Asked Only')
  expect(list).not.toContain('sunja@example.org')
  expect((await asHost.get(`/events/${event_id}/door`)).status).toBe(200)
  const other = await openEvent()
  expect((await asHost.get(`/events/${other.event_id}/door`)).status).toBe(404)
  expect((await asHost.get(`/hosting/${other.event_id}`)).status).toBe(404)
  expect((await asHost.get(`/events/${event_id}/people`)).status).toBe(403)

  // Put off by a week, the door stays with them as long.
  const untilOf = () => db.selectFrom('delegation').select('until_on').where('user_id', '=', younghee.id).where('ended_at', 'is', null).execute() // prettier-ignore
  expect((await untilOf()).map(({ until_on }) => until_on)).toContain('2026-12-05')
  const event = await eventById(db, organization_id, event_id)
  const [shift] = await shiftsOf(db, organization_id, [event_id])
  if (!event || !shift) throw new Error('the event is gone')
  const later = { ...shift, starts_at: new Date('2026-12-12T00:00:00Z'), ends_at: new Date('2026-12-12T02:00:00Z') }
  const { kind, time_zone, online_link, capacity, guests_most, accept_hours, is_by_invitation, needs_approval, has_wait_list, reminder_hours } = event // prettier-ignore
  const settings = { kind, time_zone, online_link, capacity, guests_most, accept_hours, is_by_invitation, needs_approval, has_wait_list, reminder_hours } // prettier-ignore
  await saveEvent(db, ours.organizer, event_id, { settings, content: event.content, shifts: [later] }, clock.now())
  expect((await untilOf()).map(({ until_on }) => until_on)).toContain('2026-12-12')
  expect((await eventById(db, organization_id, event_id))?.hides_address).toBe(true)

  // It stands on their timeline, and they have hosted it once it was held.
  const host_id = person_id ?? ''
  const told = async (now: Date) =>
    (await hostingTold(db, organization_id, host_id, translator('en'), { shows_reasons: true, now })).map(({ text, detail }) => (detail ? `${text}: ${detail}` : text)) // prettier-ignore
  const before = ['Proposed to host “우리 집 간담회”', 'Approved as host of “Roundtable at the Kims’”: 7시에 시작하면 어떨까요?'] // prettier-ignore
  expect(await told(clock.now())).toEqual(before)
  expect(await told(later.ends_at)).toEqual([...before, 'Hosted “Roundtable at the Kims’”: Fri, Dec 11, 7 PM'])
  const hosted = async (expression: string, today: string) => {
    const asked = await compilePeople(db, expression, organization_id, today)
    return asked.ok && (await peopleIds(db, asked.people, 'all'))
  }
  expect(await hosted('hosted:roundtable', '2026-12-10')).toEqual([])
  expect(await hosted('hosted:roundtable/30d', '2026-12-11')).toEqual([host_id])
  await changeEvent(db, ours.organizer, event_id, 'cancel', clock.now())
  expect(await hosted('hosted:any', '2026-12-11')).toEqual([])
  expect((await told(later.ends_at)).at(-1)).toMatch(/^Was to host, called off/)
})

test('a proposal that is declined says why in a mail; one that was taken back is not decided; one mailbox waits with five', async () => {
  await organizer.post('/events/proposals/settings', { 'kinds[]': ['roundtable'], is_public: 'on' })
  world.mails.length = 0
  const at = await locationOf(sendProposal({ lang: 'en', email: 'min@example.org', spoken: 'en' }))
  const [waiting] = (await proposals()).filter(({ mail_to }) => mail_to === 'min@example.org')
  const here = `/events/proposals/${waiting?.proposal_id}`
  expect((await organizer.post(`${here}/decline`, { reason: ' ' })).status).toBe(422)
  await organizer.post(`${here}/decline`, { reason: 'The week after would work.' })
  await workOff(world, [sendHostMailJob])
  expect(world.mails).toMatchObject([{ to: 'min@example.org', language: 'en' }])
  expect(world.mails[0]?.text).toContain('The week after would work.')
  expect(await textOf(everybody.get(at))).toContain('The week after would work.')
  expect(await textOf(everybody.post(at, { act: 'withdraw' }))).toContain('This was decided meanwhile.')
  expect((await world.as(theirs.organizer, routes).get(here)).status).toBe(404)

  const back = await locationOf(sendProposal({ lang: 'en', email: 'min@example.org' }))
  expect(await textOf(everybody.post(back, { act: 'withdraw' }))).toContain('You took it back.')
  for (let nth = 0; nth < 5; nth++) await locationOf(sendProposal({ email: 'min@example.org', title: `Nr ${nth}` }))
  expect((await sendProposal({ email: 'min@example.org', title: 'Nr 6' })).status).toBe(409)
  await workOff(world, [sendHostMailJob])
  // The first, the one taken back, and one more: a mailbox gets no more than three an hour that a stranger can bring about.
  expect(world.mails.filter(({ subject }) => subject.includes('제안을 받았습니다')).length).toBeLessThanOrEqual(2)
})

test('partners bring people by links of their own: counted, named as co-hosts, and told of who ticked that alone', async () => {
  const { event_id, shift_id, code } = await openEvent({ guests_most: 3 })
  const add = (fields: Record<string, string>) => locationOf(organizer.post(`/events/${event_id}/partners`, fields))
  expect((await organizer.post(`/events/${event_id}/partners`, { name_en: '', website: 'tenants' })).status).toBe(422)
  expect((await host.post(`/events/${event_id}/partners`, { name_en: 'Tenants' })).status).toBe(403)
  const tenants = (await add({ name_en: 'Tenants Together', name_ko: '세입자연합', website: 'https://tenants.example.org', is_co_host: 'on' })).split('?')[0] ?? '' // prettier-ignore
  const library = (await add({ name_en: 'Library Friends' })).split('?')[0] ?? ''
  const linkOf = async (path: string): Promise<string> => /from=([a-z0-9]{6})/.exec(await textOf(organizer.get(path)))?.[1] ?? '' // prettier-ignore
  const [by_tenants, by_library] = [await linkOf(tenants), await linkOf(library)]

  const page = await textOf(everybody.get(`/e/ours/${code}?lang=ko&from=${by_tenants}`))
  expect(page).toContain('세입자연합')
  expect(page).not.toContain('Library Friends')
  expect(page).toMatch(/name="tell_partner"(?![^>]*checked)/)
  const data: unknown = JSON.parse(/ld\+json">(.*?)<\/script>/.exec(page)?.[1] ?? '')
  expect(data).toMatchObject({ organizer: [{}, { name: '세입자연합', url: 'https://tenants.example.org' }] })
  expect(await textOf(everybody.get(`/e/ours/${code}?from=nobody`))).not.toContain('tell_partner')
  // What comes back keeps whose link it was, in another language too.
  expect(await textOf(everybody.post(`/e/ours/${code}`, { from: by_tenants, to: 'es' }))).toContain(`name="from" value="${by_tenants}"`) // prettier-ignore

  const told = { first_name: 'Ana', last_name: 'Told', email: 'ana@example.org', from: by_tenants, tell_partner: 'on', guests: '1' } // prettier-ignore
  const mine = await send(code, told)
  await send(code, { first_name: 'Bo', last_name: 'Quiet', email: 'bo@example.org', from: by_tenants })
  await send(code, { first_name: 'Cy', last_name: 'Reader', email: 'cy@example.org', from: by_library, 'guest.0.first_name': 'Di', 'guest.0.last_name': 'Reader' }) // prettier-ignore
  await send(code, { first_name: 'Ed', last_name: 'Own', email: 'ed@example.org', tell_partner: 'on' })
  for (const { signup_id, first_name } of await rowsOf(event_id)) {
    if (first_name === 'Ed') continue
    const guests = first_name === 'Ana' ? 1 : 0
    const mark = { signup_id, shift_id, attendance: first_name === 'Bo' ? ('no_show' as const) : ('attended' as const), guests } // prettier-ignore
    await markAttendance(db, ours.organizer, event_id, mark, clock.now())
  }
  const numbers = await textOf(organizer.get(`/events/${event_id}/partners/numbers.csv`))
  expect(numbers.split('\r\n').slice(1, 4)).toEqual([
    'Library Friends,2,0,0,2,0',
    'Tenants Together,3,0,0,2,1',
    'Nobody’s link,1,0,0,0,0',
  ])
  const list = await textOf(organizer.get(`${tenants}/list.csv`))
  expect(list).toContain('ana@example.org')
  expect(list).toContain('You may tell Tenants Together')
  expect(list).not.toMatch(/bo@|cy@|ed@/)
  expect(await textOf(organizer.get(`${library}/list.csv`))).not.toMatch(/cy@/)
  expect((await host.get(`${tenants}/list.csv`)).status).toBe(403)
  expect((await world.as(theirs.organizer, routes).get(`${tenants}/list.csv`)).status).toBe(404)
  const { taken } = await db.selectFrom('audit_entry').select((eb) => eb.fn.countAll<number>().as('taken')).where('action', '=', 'event.partner_list').executeTakeFirstOrThrow() // prettier-ignore
  expect(taken).toBe(2)

  // Who changes their mind is in no list any more, and stays counted.
  expect(await textOf(everybody.get(mine))).toContain('You let us tell Tenants Together')
  await everybody.post(mine, { act: 'untell' })
  expect(await textOf(organizer.get(`${tenants}/list.csv`))).not.toContain('ana@')
  // A partner that is removed keeps what came by it, and its link counts no more.
  await organizer.post(`${tenants}/remove`, {})
  expect(await textOf(everybody.get(`/e/ours/${code}?from=${by_tenants}`))).not.toMatch(/Tenants|tell_partner/)
  await send(code, { first_name: 'Fe', last_name: 'Late', email: 'fe@example.org', from: by_tenants })
  expect(await textOf(organizer.get(`/events/${event_id}/partners/numbers.csv`))).toContain(
    'Tenants Together,3,0,0,2,0',
  )

  // Two who are one are counted once, for the partner who brought either.
  const signups = await rowsOf(event_id)
  const [fe, cy] = ['Fe', 'Cy'].map((name) => signups.find(({ first_name }) => first_name === name)?.person_id ?? '')
  await mergePeople(db, ours.organizer, fe ?? '', cy ?? '', [])
  expect(await textOf(organizer.get(`/events/${event_id}/partners/numbers.csv`))).toContain('Library Friends,2,0,0,2,0')

  // Whom a partner brought is found, by its name in any language.
  // As PostgreSQL does by itself after a while: it plans for two rows otherwise, where there are hundreds.
  await sql`analyze person, event_signup, event_partner, event_signup_partner`.execute(world.database.owner)
  for (const [expression, count] of [
    ['partner:세입자연합', 2],
    ['partner:"Library Friends"', 1],
    ['partner:any', 3],
  ] as const) {
    // prettier-ignore
    const asked = await compilePeople(db, expression, organization_id, '2026-11-23')
    expect([expression, asked.ok && (await peopleIds(db, asked.people, 'all')).length]).toEqual([expression, count])
  }
  // What one of them let us tell, the page of the other takes back.
  const stays = await send(code, { first_name: 'Gi', last_name: 'First', email: 'gi@example.org' })
  await send(code, { first_name: 'Ha', last_name: 'Second', email: 'ha@example.org', from: by_library, tell_partner: 'on' }) // prettier-ignore
  const [gi, ha] = (await rowsOf(event_id)).slice(-2).map(({ person_id }) => person_id)
  await mergePeople(db, ours.organizer, gi ?? '', ha ?? '', [])
  expect(await textOf(organizer.get(`${library}/list.csv`))).toContain('gi@')
  expect(await textOf(everybody.get(stays))).toContain('You let us tell Library Friends')
  await everybody.post(stays, { act: 'untell' })
  expect(await textOf(organizer.get(`${library}/list.csv`))).not.toContain('gi@')
})

test('kinds are the organization’s: renamed, added, offered no longer', async () => {
  await locationOf(
    organizer.post('/events/kinds/new', { name_en: 'Book club', name_ko: '독서 모임', 'needs[]': ['materials'] }),
  )
  await locationOf(organizer.post('/events/kinds/social', { name_en: 'Party', name_ko: '잔치', 'needs[]': ['guests'] }))
  await locationOf(organizer.post('/events/kinds/press_event/archive', {}))
  // A kind called as a page of an event is: its own page, not that of an event 'kinds'.
  expect(await textOf(organizer.get('/events/kinds/meeting'))).toContain('value="quorum"')
  await locationOf(organizer.post('/events/kinds/meeting', { name_en: 'Assembly', name_ko: '총회', 'needs[]': ['quorum'] })) // prettier-ignore
  expect(await textOf(organizer.get('/events/new'))).toContain('Assembly')
  const chooser = await textOf(organizer.get('/events/new'))
  expect(chooser).toContain('Book club')
  expect(chooser).toContain('Party')
  expect(chooser).not.toContain('Press event')
  expect(await textOf(world.as(theirs.organizer, routes).get('/events/new'))).toContain('Press event')
})

test('a kind of its own has no key that means one of ours in an expression', async () => {
  for (const name_en of ['Forum', 'Service', 'Press', 'Social'])
    await locationOf(organizer.post('/events/kinds/new', { name_en, name_ko: '' }))
  const keys = (await kindsOf(db, organization_id)).map(({ kind }) => kind)
  expect(keys).toEqual(expect.arrayContaining(['forum_2', 'service_2', 'press_2', 'social_2']))
  for (const key of ['forum', 'service', 'press']) expect(keys).not.toContain(key)
})

test('a kind that gets another name keeps whoever asks for it in an expression; keys stay', async () => {
  await locationOf(organizer.post('/events/kinds/new', { name_en: 'Pantry', name_ko: '푸드뱅크' }))
  await locationOf(organizer.post('/events/kinds/new', { name_en: 'Soup', name_ko: '' }))
  const expression = 'attended:"Food Line","푸드뱅크"/90d hours:"푸드뱅크">=3 -no-show:"pantry","soup",social'
  const form = { name: 'Pantry people', expression, note: null }
  expect(await saveUniverse(db, ours.organizer, form, clock.now(), '2026-11-23')).toMatchObject({ ok: true })
  const kept = async (): Promise<string | undefined> =>
    (await universes(db, organization_id)).find(({ name }) => name === 'Pantry people')?.expression
  await locationOf(organizer.post('/events/kinds/pantry', { name_en: 'Food line', name_ko: '나눔' }))
  const renamed = 'attended:"Food Line","나눔"/90d hours:"나눔">=3 -no-show:"pantry","soup",social'
  expect(await kept()).toBe(renamed)
  // "soup" is its key as well, and stays; a name that is another's key is followed by its own.
  await locationOf(organizer.post('/events/kinds/soup', { name_en: 'Broth', name_ko: '' }))
  expect(await kept()).toBe(renamed)
  await locationOf(organizer.post('/events/kinds/pantry', { name_en: 'soup', name_ko: '나눔' }))
  expect(await kept()).toBe(renamed.replace('"Food Line"', '"pantry"'))
})

/*
 * The wait list beside a model of it.
 */

interface Modeled {
  seats: number
  is: 'asked' | 'waiting' | 'seated' | 'gone'
  /** Of a seat that became free. */
  until: number | null
}

type Step =
  | { do: 'sign_up'; seats: number }
  | { do: 'cancel' | 'approve' | 'refuse' | 'accept'; which: number }
  | { do: 'wait'; hours: number }
  | { do: 'seats'; capacity: number }

const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('sign_up' as const), seats: fc.integer({ min: 1, max: 3 }) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('cancel' as const, 'approve' as const, 'refuse' as const, 'accept' as const), which: fc.nat(9) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 15 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('seats' as const), capacity: fc.integer({ min: 1, max: 6 }) }) },
) // prettier-ignore

const accept_hours = 12
const hour = 3_600_000

/** What must be so, written the plain way. */
function model(steps: readonly Step[], needs_approval: boolean, start: number, begins: number) {
  const parties: Modeled[] = []
  let capacity = 4
  let now = start
  const free = () => capacity - parties.filter(({ is }) => is === 'seated').reduce((sum, { seats }) => sum + seats, 0)
  const seat = (party: Modeled) => void (party.is = free() >= party.seats ? 'seated' : 'waiting')
  const moveUp = () => {
    for (const party of parties) {
      if (party.is !== 'waiting' || free() < party.seats) continue
      party.is = 'seated'
      party.until = Math.min(now + accept_hours * hour, begins)
    }
  }
  const expire = () => {
    for (const party of parties)
      if (party.until !== null && party.until <= now) Object.assign(party, { is: 'gone', until: null })
    moveUp()
  }
  for (const each of steps) {
    if (each.do === 'sign_up') {
      const party: Modeled = { seats: each.seats, is: 'asked', until: null }
      if (!needs_approval) seat(party)
      parties.push(party)
    } else if (each.do === 'wait') {
      now += each.hours * hour
      expire()
    } else if (each.do === 'seats') {
      if (free() + each.capacity - capacity < 0) continue
      capacity = each.capacity
      moveUp()
    } else {
      const party = parties[each.which]
      if (!party) continue
      if (each.do === 'cancel' && party.is !== 'gone') Object.assign(party, { is: 'gone', until: null })
      if (each.do === 'refuse' && party.is === 'asked') party.is = 'gone'
      if (each.do === 'approve' && party.is === 'asked') seat(party)
      if (each.do === 'accept' && party.is === 'seated') party.until = null
      moveUp()
    }
  }
  return parties.map(({ seats, is, until }) => [seats, is, until])
}

const modeled = {
  signed_up: 'seated',
  confirmed: 'seated',
  wait_listed: 'waiting',
  awaiting_approval: 'asked',
} as const

test('signing up, canceling, approving, expiring and moving up are as the model says, and no seat is given twice', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 16 }), fc.boolean(), async (steps, needs_approval) => {
      let now = new Date('2026-11-23T17:00:00Z').getTime()
      const start = now
      const { event_id, shift_id } = await openEvent({ capacity: 4, guests_most: 2, accept_hours, needs_approval })
      const begins = new Date('2026-12-05T19:00:00Z').getTime()
      const ids: string[] = []
      const at = () => new Date(now)
      for (const each of steps) {
        if (each.do === 'sign_up') {
          const sent = { ...somebody('Model'), guests: each.seats - 1, shift_ids: [shift_id] }
          await signUp(db, ours.organizer, event_id, sent, at())
          ids.push(sent.signup_id)
        } else if (each.do === 'wait') {
          now += each.hours * hour
          await tendEvent(db, organization_id, event_id, at())
        } else if (each.do === 'seats') {
          const shifts = await shiftsOf(db, organization_id, [event_id])
          const settings = { capacity: each.capacity, guests_most: 2, accept_hours, needs_approval }
          await saveEvent(db, ours.organizer, event_id, { ...draft(settings), shifts }, at())
        } else {
          const id = ids[each.which]
          if (id) await answer(db, ours.organizer, event_id, id, each.do, at())
        }
        const { rows } = await sql<{ taken: number; capacity: number }>`
          select coalesce(sum(s.seats) filter (where s.response in ('signed_up', 'confirmed')), 0)::integer as taken, e.capacity
          from event e left join event_signup s on s.event_id = e.event_id where e.event_id = ${event_id}::uuid group by e.capacity`.execute(
          db,
        )
        expect(rows[0]?.taken).toBeLessThanOrEqual(rows[0]?.capacity ?? 0)
      }
      const rows = await rowsOf(event_id)
      expect(rows.map(({ seats, response, accept_by }) => [seats, response in modeled ? modeled[response as keyof typeof modeled] : 'gone', accept_by?.getTime() ?? null])).toEqual(model(steps, needs_approval, start, begins)) // prettier-ignore
    }),
    { numRuns: 15 },
  )
}, 60_000)
