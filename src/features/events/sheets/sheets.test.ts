import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { routes } from '../../../app/routes.ts'
import { found } from '../../../platform/errors.ts'
import { makeWorld } from '../../../platform/testing/world.ts'
import { createPerson } from '../../people/commands.ts'
import { linesOf } from '../../people/sheets/queries.ts'
import { PersonForm } from '../../people/schema.ts'
import { toThank } from '../after/queries.ts'
import { markAttendance } from '../attendance/commands.ts'
import { changeEvent, createEvent, signUp } from '../commands.ts'
import { headCount, shiftsOf, signupsOf } from '../queries.ts'

const world = await makeWorld()
const { ours, theirs } = world
const { clock } = world.installation
const { organization_id, organizer } = ours
const db = world.database.of(organization_id)
const us = world.as(organizer, routes)
const them = world.as(theirs.organizer, routes)

const place = { name: {}, address: '', city: '', zip5: '', directions: {} }
const shift = (from: string, to: string) => ({ shift_id: null, name: {}, starts_at: new Date(`2026-12-05T${from}:00Z`), ends_at: new Date(`2026-12-05T${to}:00Z`), capacity: null, place }) // prettier-ignore

async function openEvent(shifts = [shift('19:00', '21:00')]) {
  const settings = {
    kind: 'roundtable', time_zone: 'America/New_York', online_link: null, capacity: null, guests_most: 3, accept_hours: 24, is_by_invitation: false,
    needs_approval: false, has_wait_list: true, reminder_hours: [],
  } // prettier-ignore
  const content = { title: { en: 'Housing roundtable', ko: '주거 간담회' }, summary: {}, access: {}, spoken: {}, details: {}, questions: [], consent: {} } // prettier-ignore
  const { event_id } = await createEvent(db, organizer, { settings, content, shifts }, clock.now())
  await changeEvent(db, organizer, event_id, 'publish', clock.now())
  const shift_ids = (await shiftsOf(db, organization_id, [event_id])).map(({ shift_id }) => shift_id)
  return { event_id, shift_ids, at: `/events/${event_id}/sheets` }
}
type Opened = Awaited<ReturnType<typeof openEvent>>

/** The page of a new sheet, as the list of the event has it. */
async function makeSheet({ at, shift_ids }: Opened, nth = 0): Promise<{ sheet: string; lines: string }> {
  const form_key = randomUUID()
  expect((await us.post(at, { form_key, shift: shift_ids[nth] ?? '', lines: '14' })).headers.get('location')).toBe(at)
  expect(await (await us.get(at)).text()).toContain(`href="/people/sheets/${form_key}"`)
  return { sheet: form_key, lines: `${at}/${form_key}/lines` }
}

const line = (number: number, more: Record<string, string | string[]> = {}) => ({
  line: String(number), person_id: '', first_name: 'Sora', last_name: 'Ahn', name_hangul: '', phone: '', email: '', language: '', ...more,
}) // prettier-ignore
const person = async (last_name: string) =>
  (await createPerson(db, organizer, PersonForm.parse({ last_name, first_name: 'A' }), 'test')).person_id
async function signedUp({ event_id, shift_ids }: Opened, first_name: string, guests = 0) {
  const said = { first_name, last_name: 'Park', name_hangul: null, email: `${first_name.toLowerCase()}@example.org`, phone: null } // prettier-ignore
  const sent = { said, named: [], guests, shift_ids: shift_ids.slice(0, 1), answers: {}, consents: [], signup_id: randomUUID(), language: 'en', source: 'web' as const } // prettier-ignore
  await signUp(db, organizer, event_id, sent, clock.now())
  const [row] = await signupsOf(db, organization_id, event_id, { only: [sent.signup_id] })
  return found(row)
}
const heads = ({ event_id, shift_ids }: Opened, nth = 0) => headCount(db, organization_id, event_id, shift_ids[nth] ?? '') // prettier-ignore

test('an event leads to its sheets, and a sheet back to it: printed, typed in and photographed from there', async () => {
  const event = await openEvent([shift('15:00', '17:00'), shift('19:00', '21:00')])
  const page = await (await us.get(`/events/${event.event_id}`)).text()
  expect(page).toContain(`href="${event.at}"`)
  expect(await (await us.get(event.at, { 'accept-language': 'ko' })).text()).toContain('아직 용지가 없습니다')
  expect((await us.post(event.at, { form_key: randomUUID(), shift: event.shift_ids[1] ?? '', lines: '0' })).status).toBe(422) // prettier-ignore
  expect((await us.post(event.at, { form_key: randomUUID(), shift: randomUUID(), lines: '5' })).status).toBe(404)
  const { sheet } = await makeSheet(event, 1)
  const body = new FormData()
  body.append('photo', new File([Buffer.from('ffd8ffe0', 'hex')], 'sheet.jpg', { type: 'image/jpeg' }))
  await us.postFiles(`/people/uploads/sheets/${sheet}`, body)
  const list = await (await us.get(event.at)).text()
  expect(list).toContain('2 PM–4 PM</p>')
  expect(list).toContain(`href="/people/sheets/${sheet}/sheet.pdf"`)
  expect(list).toMatch(new RegExp(`src="/people/sheets/${sheet}/photos/`))
  const own = await (await us.get(`/people/sheets/${sheet}`)).text()
  expect(own).toContain('Housing roundtable · 주거 간담회')
  expect(own).toContain(`href="${event.at}"`)
  expect(own).toContain(`href="/events/${event.event_id}"`)
  for (const path of [event.at, `/people/sheets/${sheet}`]) expect((await them.get(path)).status).toBe(404)
  // Of another event, or of none, it is not there.
  const other = await openEvent()
  expect((await us.post(`${other.at}/${sheet}/lines`, line(1))).status).toBe(404)
  expect((await us.post(`/people/sheets/${sheet}/lines`, line(1))).status).toBe(404)
  expect((await them.post(`${event.at}/${sheet}/lines`, line(1))).status).toBe(404)
  expect(await linesOf(db, organization_id, sheet)).toEqual([])
})

test('whoever is typed in was there: as signed up, as a walk-in, or as the door said before; sent twice once', async () => {
  const event = await openEvent()
  const { sheet, lines } = await makeSheet(event)
  const [expected, inside] = [await signedUp(event, 'Hana', 2), await signedUp(event, 'Duri')]
  const [shift_id = ''] = event.shift_ids
  const mark = { signup_id: inside.signup_id, shift_id, attendance: 'attended' as const, guests: 1 }
  await markAttendance(db, organizer, event.event_id, mark, clock.now())
  clock.set('2026-12-07T15:00:00Z')
  expect((await us.post(lines, line(1, { person_id: expected.person_id, first_name: 'Hana' }))).status).toBe(303)
  const twice = line(2, { name_hangul: '안소라', email: 'sora@example.org', language: 'ko' })
  for (const { status } of await Promise.all([us.post(lines, twice), us.post(lines, twice)])) expect(status).toBe(303)
  await us.post(lines, line(3, { person_id: inside.person_id }))
  expect((await us.post(lines, line(4, { phone: '12' }))).status).toBe(422)

  // Whoever came along writes a line of their own; the door had counted one.
  expect(await heads(event)).toEqual({ here: 4, walk_ins: 1, expected: 0 })
  const rows = await signupsOf(db, organization_id, event.event_id)
  expect(rows.map(({ attendance }) => attendance[shift_id]?.attendance)).toEqual(['attended', 'attended', 'walk_in'])
  const [, , sora] = rows
  // Typed in two days after, they were there at the beginning; without a tick nothing goes to the mailbox.
  expect(sora).toMatchObject({ name_hangul: '안소라', language: 'ko', source: 'door', mail_to: null })
  const { at } = await db.selectFrom('event_attendance').select('at').where('signup_id', '=', sora?.signup_id ?? '').executeTakeFirstOrThrow() // prettier-ignore
  expect(at).toEqual(new Date('2026-12-05T19:00:00Z'))
  const ticked = await us.post(lines, line(5, { first_name: 'Bom', email: 'bom@example.org', consents: ['email'] }))
  expect(ticked.headers.get('location')).toBe(`/people/sheets/${sheet}?after=5#first_name`)
  const mails = await db.selectFrom('event_signup').select('mail_to').where('event_id', '=', event.event_id).where('source', '=', 'door').orderBy('arrival').execute() // prettier-ignore
  expect(mails).toEqual([{ mail_to: null }, { mail_to: 'bom@example.org' }])
  const thanked = await toThank(db, organization_id, event.event_id)
  const reach = new Map(thanked.map(({ name_hangul, first_name, mail_to }) => [name_hangul ?? first_name, mail_to]))
  expect([reach.get('안소라'), reach.get('Bom')]).toEqual([null, 'bom@example.org'])
  clock.set('2026-11-23T17:00:00Z')
})

test('a line taken out takes its own mark along, not what the door said', async () => {
  const event = await openEvent()
  const { lines } = await makeSheet(event)
  const inside = await signedUp(event, 'Sena')
  const [shift_id = ''] = event.shift_ids
  const mark = { signup_id: inside.signup_id, shift_id, attendance: 'attended' as const, guests: 0 }
  await markAttendance(db, organizer, event.event_id, mark, clock.now())
  const walked = await person('Walker')
  await us.post(lines, line(1, { person_id: inside.person_id }))
  await us.post(lines, line(2, { person_id: walked, consents: ['phone'] }))
  expect(await heads(event)).toMatchObject({ here: 2, walk_ins: 1 })
  expect((await them.post(`${lines}/2/take-back`, {})).status).toBe(404)
  for (const number of [1, 2]) expect((await us.post(`${lines}/${number}/take-back`, {})).status).toBe(303)
  expect((await us.post(`${lines}/2/take-back`, {})).status).toBe(404)
  expect(await heads(event)).toMatchObject({ here: 1, walk_ins: 0 })
  expect(await db.selectFrom('consent').select('channel').where('person_id', '=', walked).execute()).toEqual([])

  // Said not to have come, then found on paper by mistake: taken out, what was said before holds again.
  const missed = await signedUp(event, 'Miri')
  const didNot = { signup_id: missed.signup_id, shift_id, attendance: 'no_show' as const, guests: 0 }
  await markAttendance(db, organizer, event.event_id, didNot, clock.now())
  await us.post(lines, line(3, { person_id: missed.person_id }))
  const markOfMissed = async () => (await signupsOf(db, organization_id, event.event_id, { only: [missed.signup_id] }))[0]?.attendance[shift_id]?.attendance // prettier-ignore
  expect(await markOfMissed()).toBe('attended')
  await us.post(`${lines}/3/take-back`, {})
  expect(await markOfMissed()).toBe('no_show')

  // Typed again, and undone and done at the door since: that one stays.
  await us.post(lines, line(2, { person_id: walked }))
  const [row] = (await signupsOf(db, organization_id, event.event_id)).filter(({ person_id }) => person_id === walked)
  const again = { ...mark, signup_id: row?.signup_id ?? '' }
  await markAttendance(db, organizer, event.event_id, { ...again, attendance: 'undo' }, clock.now())
  await markAttendance(db, organizer, event.event_id, again, clock.now())
  await us.post(`${lines}/2/take-back`, {})
  expect(await heads(event)).toMatchObject({ here: 2 })
})
