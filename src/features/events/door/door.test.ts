import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { workOff } from '../../../platform/testing/work-off.ts'
import { makeWorld } from '../../../platform/testing/world.ts'
import { delegate } from '../../access/delegations/commands.ts'
import { mayDo } from '../../access/permissions.ts'
import { createPerson } from '../../people/commands.ts'
import { cardCode } from '../../people/membership/card/queries.ts'
import { PersonForm } from '../../people/schema.ts'
import { correctHours } from '../after/commands.ts'
import { hoursOfEvent } from '../after/queries.ts'
import { addPerson, answer, changeEvent, createEvent, signUp, type EventDraft } from '../commands.ts'
import { tendEvent } from '../seats/commands.ts'
import { sendEventMailJob } from '../jobs.ts'
import { publicEventRoutes } from '../public-routes.tsx'
import { eventById, headCount, lastChange, shiftsOf, signupsOf } from '../queries.ts'
import { eventRoutes } from '../routes.tsx'
import { doorsOf, mayCheckIn } from './queries.ts'
import { doorRoutes } from './routes.tsx'
import { spelledTicket } from './rules.ts'
import { SyncOutput, type DoorAct } from './schema.ts'
import { ticketRoutes } from './ticket-routes.tsx'

const world = await makeWorld()
const { ours, theirs } = world
const { clock, secret } = world.installation
const { organization_id } = ours
const db = world.database.of(organization_id)
const routes = [publicEventRoutes, eventRoutes, doorRoutes, ticketRoutes]
const host = world.as(ours.actor(['host']), routes)
const other = world.as(ours.actor(['organizer']), routes)
const everybody = world.as(null, routes)

const hour = (at: string) => new Date(`2026-12-05T${at}:00Z`)
const shift = (from: string, to: string): EventDraft['shifts'][number] => ({
  shift_id: null, name: {}, starts_at: hour(from), ends_at: hour(to), capacity: null, place: { name: { en: 'Library' }, address: '', city: '', zip5: '', directions: {} },
}) // prettier-ignore

async function openEvent(capacity: number | null = null, shifts = [shift('19:00', '21:00')]) {
  const settings = {
    kind: 'social', time_zone: 'America/New_York', online_link: null, capacity, guests_most: 3, accept_hours: 24, is_by_invitation: false,
    needs_approval: false, has_wait_list: true, reminder_hours: [],
  } // prettier-ignore
  const content = { title: { en: 'Picnic', ko: '소풍' }, summary: {}, access: {}, spoken: {}, details: {}, questions: [], consent: {} } // prettier-ignore
  const { event_id } = await createEvent(db, ours.organizer, { settings, content, shifts }, clock.now())
  await changeEvent(db, ours.organizer, event_id, 'publish', clock.now())
  const made = await shiftsOf(db, organization_id, [event_id])
  const event = await eventById(db, organization_id, event_id)
  return { event_id, code: event?.code ?? '', shift_ids: made.map(({ shift_id }) => shift_id) }
}

let people = 0
async function signedUp(event: { event_id: string; shift_ids: string[] }, guests = 0, named: string[] = []) {
  const signup_id = randomUUID()
  const said = { first_name: `Guest${++people}`, last_name: 'Park', name_hangul: null, email: `guest${people}@example.org`, phone: null } // prettier-ignore
  const sent = {
    said, named: named.map((first_name) => ({ first_name, last_name: 'Park' })), guests, shift_ids: event.shift_ids.slice(0, 1), answers: {},
    consents: [], signup_id, language: 'en', source: 'web' as const,
  } // prettier-ignore
  await signUp(db, ours.organizer, event.event_id, sent, clock.now())
  const rows = await signupsOf(db, organization_id, event.event_id)
  const row = rows.find((each) => each.signup_id === signup_id)
  return { signup_id, ticket: row?.ticket ?? '', person_id: row?.person_id ?? '', name: said.first_name }
}

const made = (shift_id: string, more: object): DoorAct =>
  ({ act_id: randomUUID(), shift_id, at: clock.now().toISOString(), ...more }) as DoorAct // the parts of one kind
const byCode = (shift_id: string, who: object, is_let_in = false) =>
  made(shift_id, { kind: 'mark', who, guests: null, is_let_in })

async function sync(
  door: typeof host,
  event_id: string,
  acts: readonly DoorAct[],
  { after = null, sent_at = clock.now() }: { after?: string | null; sent_at?: Date } = {},
) {
  const answered = await door.postJson(`/door/${event_id}/sync`, { sent_at: sent_at.toISOString(), after, acts })
  expect(answered.status).toBe(200)
  return SyncOutput.parse(await answered.json())
}
const outcomesOf = async (event_id: string, acts: readonly DoorAct[]) =>
  (await sync(host, event_id, acts)).done.map(({ outcome }) => outcome)
const heads = (event_id: string, shift_id = '') => headCount(db, organization_id, event_id, shift_id)

test('a code lets its owner in with whom they bring, once, however often it is sent', async () => {
  const event = await openEvent()
  const [shift_id = ''] = event.shift_ids
  const soonja = await signedUp(event, 2)
  const act = byCode(shift_id, { ticket: soonja.ticket })
  const first = await sync(host, event.event_id, [act])
  expect(first).toMatchObject({ is_whole: true, done: [{ outcome: 'done', signup_id: soonja.signup_id }] })
  expect(first.people).toMatchObject([{ guests: 2, marks: { [shift_id]: { attendance: 'attended', guests: 2 } } }])
  // Nothing to reach them by is kept on a phone.
  expect(JSON.stringify(first.people)).not.toMatch(/example\.org|phone|email/)
  expect((await sync(host, event.event_id, [act])).done).toMatchObject([{ outcome: 'done' }])
  expect(await heads(event.event_id, shift_id)).toEqual({ here: 3, walk_ins: 0, expected: 0 })
})

test('two doors at once: the first counts, the second is told since when and by whom', async () => {
  const event = await openEvent()
  const [shift_id = ''] = event.shift_ids
  const someone = await signedUp(event, 1)
  const doors = [host, other].map((door) =>
    sync(door, event.event_id, [byCode(shift_id, { signup_id: someone.signup_id })]),
  )
  const done = (await Promise.all(doors)).flatMap((each) => each.done)
  expect(done.map(({ outcome }) => outcome).toSorted()).toEqual(['already', 'done'])
  expect(done.find(({ outcome }) => outcome === 'already')).toMatchObject({
    since: clock.now().toISOString(),
    since_by: expect.stringMatching(/^ours (host|organizer)$/) as string,
  })
  expect(await heads(event.event_id, shift_id)).toMatchObject({ here: 2 })

  // Each hears of the other's in the next answer, and of nothing else.
  const { after } = await sync(host, event.event_id, [])
  await sync(other, event.event_id, [made(shift_id, { kind: 'take_back', signup_id: someone.signup_id })])
  const late = await signedUp(event)
  const heard = await sync(host, event.event_id, [], { after })
  expect(heard.is_whole).toBe(false)
  const news = new Map(heard.people.map((each) => [each.signup_id, each.marks]))
  expect(news.get(someone.signup_id)).toEqual({})
  expect(news.get(late.signup_id)).toEqual({})
  // A list of another time than this database knows is given whole.
  expect((await sync(host, event.event_id, [], { after: '9000000000000000000' })).is_whole).toBe(true)
})

test('what was done without a connection is dated by our clock, however wrong the phone’s is', async () => {
  const event = await openEvent()
  const [shift_id = ''] = event.shift_ids
  const someone = await signedUp(event)
  // The phone believes it is 2019; the act is forty minutes old when it is sent.
  const act = { ...byCode(shift_id, { signup_id: someone.signup_id }), at: '2019-01-01T10:00:00Z' }
  await sync(host, event.event_id, [act], { sent_at: new Date('2019-01-01T10:40:00Z') })
  const { people: listed } = await sync(host, event.event_id, [])
  const really = new Date(clock.now().getTime() - 40 * 60_000).toISOString().replace('.000', '')
  expect(listed[0]?.marks[shift_id]?.at).toBe(really)
})

test('an undo takes back what its own door did or saw, and nothing that another door said since', async () => {
  const event = await openEvent()
  const [shift_id = ''] = event.shift_ids
  const someone = await signedUp(event)
  const minutesAgo = (count: number) => new Date(clock.now().getTime() - count * 60_000).toISOString()
  const who = { signup_id: someone.signup_id }
  // One phone lets in by mistake and undoes it out of reach; meanwhile another lets them in.
  const mistake = { ...byCode(shift_id, who, true), at: minutesAgo(6) }
  const undo = { ...made(shift_id, { kind: 'take_back', ...who, of_act: mistake.act_id }), at: minutesAgo(5) }
  const real = { ...byCode(shift_id, who, true), at: minutesAgo(2) }
  await sync(other, event.event_id, [real])
  expect(await outcomesOf(event.event_id, [mistake, undo])).toEqual(['already', 'done'])
  expect(await heads(event.event_id, shift_id)).toMatchObject({ here: 1 })
  // Without the act, what was said after it stays too.
  const old = { ...made(shift_id, { kind: 'take_back', ...who }), at: minutesAgo(3) }
  expect(await outcomesOf(event.event_id, [old])).toEqual(['done'])
  expect(await heads(event.event_id, shift_id)).toMatchObject({ here: 1 })
  // Taken back and said anew by another, it is another's.
  const own = made(shift_id, { kind: 'take_back', ...who, of_act: real.act_id })
  await sync(other, event.event_id, [own, byCode(shift_id, who, true)])
  await sync(host, event.event_id, [made(shift_id, { kind: 'take_back', ...who, of_act: real.act_id })])
  expect(await heads(event.event_id, shift_id)).toMatchObject({ here: 1 })
  await sync(host, event.event_id, [made(shift_id, { kind: 'take_back', ...who })])
  expect(await heads(event.event_id, shift_id)).toMatchObject({ here: 0 })
})

const walkingIn = (shift_id: string, signup_id: string, { name, email = '' }: { name: string; email?: string }) =>
  made(shift_id, { kind: 'walk_in', signup_id, first_name: name, last_name: 'Park', name_hangul: null, phone: '', email, language: 'en' }) // prettier-ignore

test('who is written down at the door and had signed up counts as every other who did, and is undone by the id made at the door', async () => {
  const event = await openEvent()
  const [shift_id = ''] = event.shift_ids
  const known = await signedUp(event, 2)
  const [at_door, email] = [randomUUID(), known.name.toLowerCase() + '@example.org']
  const come = walkingIn(shift_id, at_door, { name: known.name, email })
  const { done } = await sync(host, event.event_id, [come])
  expect(done).toMatchObject([{ outcome: 'done', signup_id: known.signup_id }])
  // With the guests they had announced.
  expect(await heads(event.event_id, shift_id)).toEqual({ here: 3, walk_ins: 0, expected: 0 })
  const undo = made(shift_id, { kind: 'take_back', signup_id: at_door, of_act: come.act_id })
  expect(await outcomesOf(event.event_id, [undo])).toEqual(['done'])
  expect(await heads(event.event_id, shift_id)).toMatchObject({ here: 0 })
  expect(await outcomesOf(event.event_id, [byCode(shift_id, { signup_id: at_door }, true)])).toEqual(['done'])
  expect(await heads(event.event_id, shift_id)).toMatchObject({ here: 3 })

  // A walk-in undone and written down anew has come unexpected both times; who is invited is expected.
  const [first, again] = [randomUUID(), randomUUID()]
  const walk = walkingIn(shift_id, first, { name: 'Min', email: 'min@example.org' })
  const back = made(shift_id, { kind: 'take_back', signup_id: first, of_act: walk.act_id })
  await sync(host, event.event_id, [walk, back, walkingIn(shift_id, again, { name: 'Min', email: 'min@example.org' })])
  expect(await heads(event.event_id, shift_id)).toMatchObject({ here: 4, walk_ins: 1 })
  const { person_id } = await createPerson(db, ours.organizer, { ...PersonForm.parse({}), last_name: 'Seo', first_name: 'Dana' }, 'hand') // prettier-ignore
  await addPerson(db, ours.organizer, event.event_id, { who: person_id, as: 'invited', shift_ids: [] }, clock.now())
  expect((await host.post(`/events/${event.event_id}/door/walk-in?shift=${shift_id}`, { who: person_id })).status).toBe(303) // prettier-ignore
  expect(await heads(event.event_id, shift_id)).toMatchObject({ here: 5, walk_ins: 1 })
})

test('who was offered a seat and is let in keeps it, and hears of no cancelation', async () => {
  const event = await openEvent(1)
  const [shift_id = ''] = event.shift_ids
  const [first, waiting] = [await signedUp(event), await signedUp(event)]
  await answer(db, ours.organizer, event.event_id, first.signup_id, 'cancel', clock.now())
  await workOff(world, [sendEventMailJob])
  world.mails.length = 0
  await sync(host, event.event_id, [byCode(shift_id, { ticket: waiting.ticket })])
  await tendEvent(db, organization_id, event.event_id, new Date(clock.now().getTime() + 25 * 3_600_000))
  await workOff(world, [sendEventMailJob])
  expect(world.mails).toEqual([])
  const rows = await signupsOf(db, organization_id, event.event_id)
  expect(rows.find(({ signup_id }) => signup_id === waiting.signup_id)).toMatchObject({ response: 'signed_up', accept_by: null }) // prettier-ignore
})

test('codes of another event, of nobody, of whoever canceled or waits: each is told apart, and let in only by word', async () => {
  const [event, elsewhere] = [await openEvent(1), await openEvent()]
  const [shift_id = ''] = event.shift_ids
  const seated = await signedUp(event)
  const waiting = await signedUp(event)
  const stranger = await signedUp(elsewhere)
  expect(
    await outcomesOf(event.event_id, [
      byCode(shift_id, { ticket: stranger.ticket }),
      byCode(shift_id, { ticket: 'zzzzzzzzz' }),
      byCode(shift_id, { signup_id: stranger.signup_id }),
      byCode(shift_id, { ticket: waiting.ticket }),
    ]),
  ).toEqual(['other_event', 'unknown_code', 'unknown_code', 'ask'])
  await answer(db, ours.organizer, event.event_id, seated.signup_id, 'cancel', clock.now())
  expect(await outcomesOf(event.event_id, [byCode(shift_id, { ticket: seated.ticket })])).toEqual(['ask'])
  expect(await heads(event.event_id, shift_id)).toMatchObject({ here: 0 })
  expect(await outcomesOf(event.event_id, [byCode(shift_id, { ticket: seated.ticket }, true)])).toEqual(['done'])
  // Without a seat they count as come unexpected, and what they had said stays.
  expect(await heads(event.event_id, shift_id)).toMatchObject({ here: 1, walk_ins: 1 })
  const rows = await signupsOf(db, organization_id, event.event_id)
  expect(rows.find(({ signup_id }) => signup_id === seated.signup_id)?.response).toBe('canceled_by_them')

  // Of another organization nothing is known, not even that there is such a code.
  const theirDoor = world.as(theirs.organizer, routes)
  expect((await theirDoor.postJson(`/door/${event.event_id}/sync`, { sent_at: clock.now().toISOString(), after: null, acts: [] })).status).toBe(404) // prettier-ignore
  expect((await world.as(ours.actor(['board']), routes).get(`/door/${event.event_id}`)).status).toBe(403)
})

test('a member’s card works as well: whoever signed up is in, whoever did not walks in, a made-up card does not open', async () => {
  const event = await openEvent()
  const [shift_id = ''] = event.shift_ids
  const member = await signedUp(event)
  const { person_id } = await createPerson(db, ours.organizer, { ...PersonForm.parse({}), last_name: 'Noh', first_name: 'Hana', language: 'ko' }, 'hand') // prettier-ignore
  const card = (of: string) => ({ person_id: of, card: cardCode(secret, organization_id, of) })
  expect(
    await outcomesOf(event.event_id, [
      byCode(shift_id, card(member.person_id)),
      byCode(shift_id, card(person_id)),
      byCode(shift_id, card(person_id)),
      byCode(shift_id, { person_id, card: 'madeUp' }),
    ]),
  ).toEqual(['done', 'done', 'already', 'card_wrong'])
  expect(await heads(event.event_id, shift_id)).toEqual({ here: 2, walk_ins: 1, expected: 0 })
  // Written to in their own language.
  const rows = await signupsOf(db, organization_id, event.event_id)
  expect(rows.find((row) => row.person_id === person_id)?.language).toBe('ko')
})

test('walk-ins: once however often sent, an unreadable number kept as a note, and moved into the shift they came for', async () => {
  const event = await openEvent(null, [shift('15:00', '17:00'), shift('19:00', '21:00')])
  const [first = '', second = ''] = event.shift_ids
  const signup_id = randomUUID()
  const act = made(first, { kind: 'walk_in', signup_id, first_name: 'Min', last_name: 'Oh', name_hangul: '오민', phone: '718 555', email: '', language: 'ko' }) // prettier-ignore
  await sync(host, event.event_id, [act])
  await sync(host, event.event_id, [act])
  const [row] = await signupsOf(db, organization_id, event.event_id)
  expect(row).toMatchObject({ signup_id, name_hangul: '오민', seats: 0, source: 'door', shift_ids: [first] })
  const notes = await db.selectFrom('note').select('body').where('person_id', '=', row?.person_id ?? '').execute() // prettier-ignore
  expect(notes).toEqual([{ body: '718 555' }])
  const hours = { signup_id, shift_id: first, minutes: 45, reason: 'left early' }
  await correctHours(db, ours.organizer, event.event_id, hours, clock.now())
  expect((await host.post(`/events/${event.event_id}/door/move?shift=${first}`, { signup: signup_id, to: second })).status).toBe(303) // prettier-ignore
  // Hours that somebody corrected go with them.
  expect(await hoursOfEvent(db, organization_id, event.event_id)).toMatchObject([{ shift_id: second, minutes: 45, reason: 'left early' }]) // prettier-ignore
  expect(await heads(event.event_id, first)).toMatchObject({ here: 0 })
  expect(await heads(event.event_id, second)).toMatchObject({ here: 1, walk_ins: 1 })
  const [moved] = await signupsOf(db, organization_id, event.event_id)
  expect(moved?.shift_ids).toEqual([second])
  // What a device cannot have meant is refused as a whole, so that it asks one by one.
  const senseless = { sent_at: clock.now().toISOString(), after: null, acts: [{ ...act, first_name: '' }] }
  expect((await host.postJson(`/door/${event.event_id}/sync`, senseless)).status).toBe(422)
})

test('the code is on one’s own page, in the mail as picture, in the calendar as link; its page names nobody and leads hosts to the door', async () => {
  const event = await openEvent()
  await workOff(world, [sendEventMailJob])
  world.mails.length = 0
  const fields = { page_key: randomUUID(), lang: 'ko', first_name: 'Soonja', last_name: 'Lee', name_hangul: '이순자', email: 's@example.org' } // prettier-ignore
  const more = { 'guest.0.first_name': 'Min', 'guest.0.last_name': 'Oh' }
  const mine = (await everybody.post(`/e/ours/${event.code}`, { ...fields, ...more })).headers.get('location') ?? ''
  const [row, guest] = await signupsOf(db, organization_id, event.event_id)
  const page = await (await everybody.get(mine)).text()
  expect(page).toContain(spelledTicket(row?.ticket ?? '-'))
  expect(page).toContain(spelledTicket(guest?.ticket ?? '-'))
  await workOff(world, [sendEventMailJob])
  const [mail] = world.mails
  const address = `http://localhost/e/ours/${event.code}/t/${row?.ticket}`
  expect(mail?.text).toContain(`입장 코드: ${spelledTicket(row?.ticket ?? '')}\n${address}`)
  expect(Buffer.from(mail?.picture?.png ?? []).subarray(1, 4).toString()).toBe('PNG') // prettier-ignore
  expect(mail?.calendars?.[0]?.text.replaceAll('\r\n ', '')).toContain(address)

  const path = new URL(address).pathname
  const ticket = await (await everybody.get(path)).text()
  expect(ticket).toContain(spelledTicket(row?.ticket ?? '-'))
  expect(ticket).not.toMatch(/Soonja|이순자|\/door/)
  expect(await (await host.get(path)).text()).toContain(`/events/${event.event_id}/door?q=${row?.ticket}`)
  expect(await (await host.get(`/events/${event.event_id}/door?q=${row?.ticket}`)).text()).toContain('이순자')
  expect((await everybody.get(path.replace(/.$/, 'o'))).status).toBe(404)
  expect((await everybody.get(path.replace('/ours/', '/theirs/'))).status).toBe(404)
  await answer(db, ours.organizer, event.event_id, row?.signup_id ?? '', 'cancel', clock.now())
  expect(await (await everybody.get(path)).text()).not.toContain('<svg')
})

test('the page after signing up names the tickets as was said there, and tells nothing that we know of somebody', async () => {
  const event = await openEvent()
  await createPerson(db, ours.organizer, { ...PersonForm.parse({}), last_name: 'Ryu', first_name: 'Ara', name_hangul: '류아라', phones: ['+17185550188'] }, 'hand') // prettier-ignore
  const fields = { page_key: randomUUID(), lang: 'ko', first_name: 'Ara', last_name: 'Ryu', phone: '718-555-0188', email: 'stranger@example.org' } // prettier-ignore
  const mine = (await everybody.post(`/e/ours/${event.code}`, fields)).headers.get('location') ?? ''
  expect(await signupsOf(db, organization_id, event.event_id)).toMatchObject([{ name_hangul: '류아라' }])
  const page = await (await everybody.get(mine)).text()
  expect(page).toContain('Ara Ryu')
  expect(page).not.toContain('류아라')
})

test('a list of hundreds comes in pages, at the door by name, in the list by arrival and by what was said', async () => {
  const event = await openEvent(60)
  const [shift_id = ''] = event.shift_ids
  const { after: at_first } = await sync(host, event.event_id, [])
  for (let count = 0; count < 65; count++) await signedUp(event)
  const list = `/events/${event.event_id}/people`
  const rowsIn = (html: string) => html.match(/<th scope="row"/g)?.length ?? 0
  expect(rowsIn(await (await other.get(list)).text())).toBe(50)
  expect(rowsIn(await (await other.get(`${list}?from=50`)).text())).toBe(15)
  expect(rowsIn(await (await other.get(`${list}?state=wait_listed`)).text())).toBe(5)
  const door = `/events/${event.event_id}/door?shift=${shift_id}`
  const namesIn = (html: string) => html.match(/id="s-/g)?.length ?? 0
  expect(namesIn(await (await host.get(door)).text())).toBe(50)
  expect(namesIn(await (await host.get(`${door}&from=50`)).text())).toBe(15)

  // Who has so many names given to a device is kept, also where it says that it has them already.
  const looked = async () => {
    const rows = await db.selectFrom('audit_entry').select('after').where('action', '=', 'event.people').where('subject_id', '=', event.event_id).execute() // prettier-ignore
    return rows.length
  }
  const before = await looked()
  const all = await sync(host, event.event_id, [], { after: at_first })
  expect(all).toMatchObject({ is_whole: false })
  expect(all.people).toHaveLength(65)
  expect(await looked()).toBe(before + 1)
  await sync(host, event.event_id, [], { after: all.after })
  expect(await looked()).toBe(before + 1)
})

test('after a backup is brought back a door hears once of everybody, then only of what changes, and the calendar of each change', async () => {
  const event = await openEvent()
  await signedUp(event)
  const two = await signedUp(event)
  const before = await sync(host, event.event_id, [])
  // As a dump leaves it in a database that has not come so far: numbers of transactions that are still to come here.
  const { owner } = world.database
  await owner.transaction().execute(async (tx) => {
    await sql`set local session_replication_role = replica`.execute(tx)
    await sql`update event_signup set changed_in = '9000000000'::xid8 where event_id = ${event.event_id}`.execute(tx)
    await sql`update event set changed_in = '9000000000'::xid8`.execute(tx)
  })
  const [, transaction] = before.after.split(':')
  const calendar = await lastChange(db, organization_id)
  const first = await sync(host, event.event_id, [], { after: `7.1.5:${transaction}` })
  expect([first.is_whole, first.people.length]).toEqual([true, 2])
  const idle = await sync(host, event.event_id, [], { after: first.after })
  expect([idle.is_whole, idle.people]).toEqual([false, []])
  expect(await lastChange(db, organization_id)).toBe(calendar)

  await sync(other, event.event_id, [byCode(event.shift_ids[0] ?? '', { ticket: two.ticket })])
  const next = await sync(host, event.event_id, [], { after: idle.after })
  expect([next.is_whole, next.people.map(({ signup_id }) => signup_id)]).toEqual([false, [two.signup_id]])
  await changeEvent(db, ours.organizer, event.event_id, 'withdraw', clock.now())
  expect(await lastChange(db, organization_id)).not.toBe(calendar)
  expect((await sync(host, event.event_id, [], { after: 'of another time' })).people).toHaveLength(2)
})

test('whoever is delegated the door checks in at the events that are named, in those days, and sees no more', async () => {
  const [event, otherEvent] = [await openEvent(), await openEvent()]
  const [shift_id = ''] = event.shift_ids
  const someone = await signedUp(event)
  const keeper = ours.actor(['member'], { delegated: ['door'] })
  await sql`insert into auth."user" (id, name, email, "emailVerified") values (${keeper.id}::uuid, 'Keeper', 'keeper@example.org', true)`.execute(world.database.owner) // prettier-ignore
  await db.insertInto('member').values({ organization_id, user_id: keeper.id, display_name: 'Keeper', roles: ['member'] }).execute() // prettier-ignore
  const given = { user_id: keeper.id, what: 'door' as const, from_on: '2026-11-20', until_on: '2026-12-06' }
  await delegate(db, ours.organizer, { ...given, event_ids: [event.event_id] }, clock.now())
  const door = world.as(keeper, routes)
  expect((await sync(door, event.event_id, [byCode(shift_id, { ticket: someone.ticket })])).done).toMatchObject([{ outcome: 'done' }]) // prettier-ignore
  // Whoever is not on the list stands in the form for walk-ins as they were looked for.
  const nobody = await (await door.get(`/events/${event.event_id}/door?q=younghee+bang`)).text()
  for (const filled of ['value="Younghee"', 'value="Bang"', 'href="#walk-in"']) expect(nobody).toContain(filled)
  const page = await (await door.get(`/events/${event.event_id}/door?q=Guest`)).text()
  expect([page.includes(someone.name), page.includes('/sheets'), page.includes('no-shows')]).toEqual([true, false, false]) // prettier-ignore
  expect((await door.get(`/door/${otherEvent.event_id}`)).status).toBe(404)
  expect((await door.get(`/events/${otherEvent.event_id}/door`)).status).toBe(404)
  expect((await door.post(`/events/${otherEvent.event_id}/door/walk-in`, { first_name: 'A', last_name: 'B' })).status).toBe(404) // prettier-ignore
  const ids = async () => (await doorsOf(db, keeper, clock.now())).map(({ event_id }) => event_id)
  expect(await ids()).toEqual([event.event_id])

  // Of another event beside it; of all events in place of both.
  await delegate(db, ours.organizer, { ...given, event_ids: [otherEvent.event_id] }, clock.now())
  expect((await ids()).toSorted()).toEqual([event.event_id, otherEvent.event_id].toSorted())
  await delegate(db, ours.organizer, given, clock.now())
  const open = await db.selectFrom('delegation').select('delegation_id').where('user_id', '=', keeper.id).where('ended_at', 'is', null).execute() // prettier-ignore
  expect(open).toHaveLength(1)
  expect((await door.get(`/door/${otherEvent.event_id}`)).status).toBe(200)
  expect(await mayCheckIn(db, keeper, event.event_id, new Date('2026-12-07T06:00:00Z'))).toBe(false)
  for (const what of ['events.view', 'events.people', 'events.door', 'people.view'] as const)
    expect(mayDo(keeper, what)).toBe(false)
})
