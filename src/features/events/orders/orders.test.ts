import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { routes } from '../../../app/routes.ts'
import { buildApp } from '../../../app/server.ts'
import { found } from '../../../platform/errors.ts'
import { FakeStripe, type SignedReport } from '../../../platform/testing/fake-stripe.ts'
import { workOff } from '../../../platform/testing/work-off.ts'
import { makeWorld } from '../../../platform/testing/world.ts'
import { giveBack } from '../../ledger/commands.ts'
import { createPerson } from '../../people/commands.ts'
import { mergePeople, PaidTwice } from '../../people/merge/commands.ts'
import { recordMembership } from '../../people/membership/commands.ts'
import { PersonForm } from '../../people/schema.ts'
import { addPerson, answer, changeEvent, changeSignUp, createEvent, signUp, takeBackResponse } from '../commands.ts'
import { doAtDoor } from '../door/commands.ts'
import { doorList } from '../door/queries.ts'
import { sendEventMailJob } from '../jobs.ts'
import { addPartner } from '../partners/commands.ts'
import { addItem } from '../program/commands.ts'
import { programOf } from '../program/queries.ts'
import { eventById, seriesOf, shiftsOf, signupsOf } from '../queries.ts'
import type { EventSettings } from '../schema.ts'
import { tendEvent } from '../seats/commands.ts'
import { makeSeries } from '../series-commands.ts'
import {
  addDiscount,
  archiveTicketKind,
  beginPaying,
  payAtDoor,
  saveSelling,
  saveTicketKind,
  takeMoney,
} from './commands.ts'
import { ticketPaidJob } from './jobs.ts'
import { ordersOf, sellingOf } from './queries.ts'
import { DiscountForm, TicketKindForm, type SellingFacts } from './schema.ts'

const world = await makeWorld()
const { ours, theirs } = world
const { clock } = world.installation
const { organization_id, organizer } = ours
const db = world.database.of(organization_id)
const us = world.as(organizer, routes)
const treasurer = world.as(ours.actor(['treasurer']), routes)
const board = world.as(ours.actor(['board']), routes)
const host = world.as(ours.actor(['host']), routes)
const everybody = world.as(null, routes)
const app = buildApp(world.installation, async () => null)
const stripe = await FakeStripe.start()
stripe.now = () => clock.now()
afterAll(() => stripe.stop())

const textOf = async (asked: Response | Promise<Response>): Promise<string> => (await asked).text()
const minutes = (count: number): Date => new Date(clock.now().getTime() + count * 60_000)
const rowsOf = (event_id: string) => signupsOf(db, organization_id, event_id)
const workPaid = () => workOff(world, [ticketPaidJob, sendEventMailJob])

interface Selling {
  settings?: Partial<EventSettings>
  kinds?: Partial<{ name: string; price: string; most: string; buyers: string; code: string }>[]
  discounts?: Record<string, string | string[]>[]
  selling?: Partial<SellingFacts>
}

/** A dinner on December 5, published, that sells tickets. */
async function dinner({ settings = {}, kinds = [{}], discounts = [], selling = {} }: Selling = {}) {
  const { event_id } = await createEvent(
    db,
    organizer,
    {
      settings: {
        kind: 'social', time_zone: 'America/New_York', online_link: null, capacity: null, guests_most: 3, accept_hours: 24, is_by_invitation: false,
        needs_approval: false, has_wait_list: true, reminder_hours: [], ...settings,
      },
      content: { title: { en: 'Dinner', ko: '저녁 모임' }, summary: {}, access: {}, spoken: {}, details: {}, questions: [], consent: {} },
      shifts: [
        {
          shift_id: null, name: {}, starts_at: new Date('2026-12-05T23:00:00Z'), ends_at: new Date('2026-12-06T02:00:00Z'), capacity: null,
          place: { name: { en: 'Hall' }, address: '', city: '', zip5: '', directions: {} },
        },
      ],
    },
    clock.now(),
  ) // prettier-ignore
  for (const { name = 'Adult', price = '40', ...more } of kinds)
    await saveTicketKind(
      db,
      organizer,
      event_id,
      null,
      TicketKindForm.parse({ name_en: name, name_ko: `${name} 표`, price, buyers: 'everybody', ...more }),
      clock.now(),
    )
  for (const each of discounts)
    expect(await addDiscount(db, organizer, event_id, DiscountForm.parse({ for: 'code', ...each }), clock.now())).toBe(true) // prettier-ignore
  const facts = { hold_minutes: 30, pays_at_door: true, refund_days: 3, ...selling }
  await saveSelling(db, organizer, event_id, facts, clock.now())
  await changeEvent(db, organizer, event_id, 'publish', clock.now())
  const sold = await sellingOf(db, organization_id, event_id)
  const event = await eventById(db, organization_id, event_id)
  const [shift] = await shiftsOf(db, organization_id, [event_id])
  const ids = sold.kinds.map(({ ticket_kind_id }) => ticket_kind_id)
  return { event_id, code: event?.code ?? '', shift_id: shift?.shift_id ?? '', ids }
}

let people = 0
const somebody = () => ({ first_name: `Guest${++people}`, last_name: 'Oh', email: `guest${people}@example.org` })

const send = (code: string, fields: Record<string, string | string[]>) =>
  everybody.post(`/e/ours/${code}`, { page_key: randomUUID(), lang: 'en', ...fields })

/** Signs up through the page, the sum seen before; where it leads. */
async function buys(code: string, fields: Record<string, string>): Promise<string> {
  const sent = await send(code, fields)
  expect([sent.status, sent.status === 303 ? '' : await sent.text()]).toEqual([303, ''])
  return sent.headers.get('location') ?? ''
}

/** By the command: an order of so many tickets of the first kind. */
function order(
  event: { ids: string[]; shift_id: string },
  tickets: number,
  more: { pays?: 'card' | 'door'; code?: string; sum?: number } = {},
) {
  // prettier-ignore
  const { pays = 'card', code = '', sum = 4000 * tickets } = more
  return {
    said: { first_name: `Guest${++people}`, last_name: 'Oh', name_hangul: null, email: null, phone: `+1718555${1000 + people}` },
    named: [], guests: tickets - 1, shift_ids: [event.shift_id], answers: {}, consents: [], signup_id: randomUUID(), language: 'en', source: 'web' as const,
    order: { chosen: [{ ticket_kind_id: event.ids[0] ?? '', count: tickets }], code, pays, sum_cents: sum },
  } // prettier-ignore
}

const report = ({ body, header }: SignedReport, to = 'ours') =>
  app.request(`/payments/stripe/${to}`, { method: 'POST', body, headers: { 'stripe-signature': header } })
const booked = async (signup_id: string) =>
  (await db.selectFrom('ledger_entry').select('amount_cents').where('for_id', '=', signup_id).orderBy('number').execute()).map(
    ({ amount_cents }) => amount_cents,
  ) // prettier-ignore

/** Presses "pay by card" on one's own page; the service's session. */
async function pays(mine: string): Promise<string> {
  const page = await textOf(everybody.post(mine, { act: 'pay' }))
  return /checkout\.stripe\.com\/c\/pay\/(cs_\w+)/.exec(page)?.[1] ?? ''
}

const signupIn = (mine: string): string => /\/mine\/([0-9a-f-]{36})\//.exec(mine)?.[1] ?? ''

test('without cards a ticket is paid at the door: the sum is shown before anything is sent, and everything typed is kept', async () => {
  const { event_id, code, ids } = await dinner({
    kinds: [{}, { name: 'Child', price: '15' }],
    discounts: [{ code: 'EARLY', of: 'percent', percent: '25' }],
  })
  const page = await textOf(everybody.get(`/e/ours/${code}?lang=en`))
  expect(page).toContain('$40.00')
  expect(page).toContain('With cash or a check at the door.')
  const kim = {
    first_name: 'Young',
    last_name: 'Kim',
    email: 'young@example.org',
    [`ticket.${ids[0]}`]: '2',
    [`ticket.${ids[1]}`]: '1',
  }

  const summed = await textOf(send(code, { ...kim, act: 'sum' }))
  expect(summed).toContain('data-sum="9500"')
  expect(summed).toContain('value="young@example.org"')
  const unknown = await send(code, { ...kim, code: 'erly' })
  expect(unknown.status).toBe(422)
  const told = await unknown.text()
  expect(told).toContain('We do not know this code')
  expect([told.includes('value="Young"'), told.includes('value="erly"')]).toEqual([true, true])

  // Pressing the button without having seen what it comes to shows that first.
  const shown = await send(code, { ...kim, code: 'early' })
  expect(shown.status).toBe(200)
  expect(await shown.text()).toContain('name="sum" value="7125"')
  expect(await rowsOf(event_id)).toEqual([])
  const mine = await buys(code, {
    ...kim,
    code: 'early',
    sum: '7125',
    'guest.0.first_name': 'Min',
    'guest.0.last_name': 'Ho',
  })
  const own = await textOf(everybody.get(mine))
  expect(own).toContain('To pay at the door: $71.25')
  expect(own).not.toContain('by card')
  expect(await rowsOf(event_id)).toMatchObject([
    {
      seats: 3,
      guests: 1,
      response: 'signed_up',
      accept_by: null,
      order: { due_cents: 7125, paid_cents: 0, pays: 'door' },
    },
    { first_name: 'Min', seats: 0, order: null },
  ])
  // No ticket, and more names than tickets.
  expect(await textOf(send(code, { ...somebody() }))).toContain('Please choose at least one ticket.')
  const names = { ...somebody(), [`ticket.${ids[0]}`]: '1', 'guest.0.first_name': 'A', 'guest.0.last_name': 'B' }
  expect(await textOf(send(code, names))).toContain('There are more names than tickets.')
  // A guest stays at home: the ticket is the host's still.
  const guest = (await rowsOf(event_id))[1]
  await answer(db, organizer, event_id, guest?.signup_id ?? '', 'cancel', clock.now())
  expect((await rowsOf(event_id))[0]).toMatchObject({ seats: 3, guests: 2 })
})

test('what costs nothing asks for no payment and no second look', async () => {
  const { event_id, code, ids } = await dinner({ kinds: [{ name: 'Free', price: '0' }] })
  const mine = await buys(code, { ...somebody(), [`ticket.${ids[0]}`]: '1' })
  expect(await textOf(everybody.get(mine))).not.toContain('To pay')
  expect(await rowsOf(event_id)).toMatchObject([{ response: 'signed_up', accept_by: null, order: { due_cents: 0 } }])
})

test('members’ tickets and their discount are for members in good standing, by name and mailbox', async () => {
  const { code, ids } = await dinner({
    kinds: [{}, { name: 'Member', price: '30', buyers: 'members' }],
    discounts: [{ for: 'members', of: 'amount', amount: '5' }],
  })
  const { person_id } = await createPerson(db, organizer, { ...PersonForm.parse({}), first_name: 'Mina', last_name: 'Cho', emails: ['mina@example.org'] }, 'hand') // prettier-ignore
  await recordMembership(db, organizer, person_id, { kind: 'regular', standing: 'active', from_on: '2026-01-01', note: null }) // prettier-ignore
  const stranger = { ...somebody(), [`ticket.${ids[1]}`]: '1' }
  expect(await textOf(send(code, stranger))).toContain('We know no member in good standing')
  const mina = { first_name: 'Mina', last_name: 'Cho', email: 'mina@example.org', [`ticket.${ids[1]}`]: '1' }
  expect(await textOf(send(code, mina))).toContain('name="sum" value="2500"')
  await buys(code, { ...mina, sum: '2500' })
})

test('a kind by code is shown to whoever types it, and sold once its day has come', async () => {
  const { code, ids } = await dinner({
    kinds: [{}, { name: 'Table of honor', price: '1', buyers: 'code', code: 'HONOR' }],
  })
  expect(await textOf(everybody.get(`/e/ours/${code}?lang=en`))).not.toContain('Table of honor')
  expect(await textOf(send(code, { act: 'sum', code: 'honor' }))).toContain('Table of honor')
  const wanted = { ...somebody(), [`ticket.${ids[1]}`]: '1', sum: '100' }
  expect((await send(code, wanted)).status).toBe(422)
  await buys(code, { ...wanted, code: 'honor' })
})

test('a code for one, used by many at once, is used once; the last ticket of a kind is sold once', async () => {
  const event = await dinner({
    kinds: [{ most: '3' }],
    discounts: [{ code: 'ONE', of: 'percent', percent: '100', uses_most: '1' }],
  })
  const { event_id } = event
  const done = await Promise.all(
    Array.from({ length: 6 }, () =>
      signUp(db, organizer, event_id, order(event, 1, { code: 'ONE', sum: 0 }), clock.now()),
    ),
  )
  expect(done.filter(({ ok }) => ok)).toHaveLength(1)
  expect(done.filter((each) => !each.ok && each.problem === 'order')).toHaveLength(5)
  // Two are left.
  const more = await Promise.all(
    Array.from({ length: 5 }, () => signUp(db, organizer, event_id, order(event, 1, { pays: 'door' }), clock.now())),
  )
  expect(more.map((each) => each.ok && each.response).toSorted()).toEqual(['signed_up', 'signed_up', 'wait_listed', 'wait_listed', 'wait_listed']) // prettier-ignore
  // Canceled, the code may be used again.
  const [first] = await rowsOf(event_id)
  await answer(db, organizer, event_id, first?.signup_id ?? '', 'cancel', clock.now())
  expect((await sellingOf(db, organization_id, event_id)).discounts[0]?.uses).toBe(0)
  expect((await rowsOf(event_id)).filter(({ response }) => response === 'signed_up')).toHaveLength(3)
})

test('a price that changes while somebody types is shown before it is taken', async () => {
  const { event_id, code, ids } = await dinner()
  await saveTicketKind(db, organizer, event_id, ids[0] ?? '', TicketKindForm.parse({ name_en: 'Adult', price: '50', buyers: 'everybody' }), clock.now()) // prettier-ignore
  const late = await send(code, { ...somebody(), [`ticket.${ids[0]}`]: '1', sum: '4000' })
  expect(late.status).toBe(200)
  expect(await late.text()).toContain('name="sum" value="5000"')
  expect(await rowsOf(event_id)).toEqual([])
})

test('with cards a seat is held while it is paid: reported once or often, it is one receipt and one seat', async () => {
  const { secret_key, webhook_secret, api_url } = stripe.account
  await us.post('/ledger/cards', { secret_key, webhook_secret })
  await db.updateTable('card_account').set({ api_url }).execute()
  const { event_id, code, ids } = await dinner({ settings: { capacity: 2 } })
  const mine = await buys(code, { ...somebody(), [`ticket.${ids[0]}`]: '2', pays: 'card', sum: '8000' })
  const signup_id = signupIn(mine)
  expect(await rowsOf(event_id)).toMatchObject([{ response: 'signed_up', accept_by: minutes(30) }])
  const own = await textOf(everybody.get(mine))
  expect(own).toContain('Pay $80.00 by card')
  expect(own).toContain('Your seat is held until')
  // Held, it is not theirs: no code for the door, and no confirming without paying.
  expect(own).not.toContain('Code for the door')
  expect(await textOf(everybody.post(mine, { act: 'confirm' }))).toContain('The seat is yours once it is paid.')

  // Asked twice, also at once, it is one page; the seat is held as long as that is open.
  const [one, two] = await Promise.all([pays(mine), pays(mine)])
  expect([one, await pays(mine)]).toEqual([two, two])
  expect(one).toMatch(/^cs_/)
  expect(await rowsOf(event_id)).toMatchObject([{ accept_by: minutes(31 + 5) }])

  const paid = stripe.paid(one, clock.now())
  expect((await report({ ...paid, body: paid.body.replace('8000', '80') })).status).toBe(400)
  expect((await report(paid, 'theirs')).status).toBe(404)
  expect(await booked(signup_id)).toEqual([])
  const answers = await Promise.all([report(paid), report(paid), report(stripe.paid(one, clock.now(), {}, 'checkout.session.async_payment_succeeded'))]) // prettier-ignore
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
  world.mails.length = 0
  await workPaid()
  expect(await booked(signup_id)).toEqual([8000])
  expect(await rowsOf(event_id)).toMatchObject([
    { response: 'confirmed', accept_by: null, order: { paid_cents: 8000 } },
  ])
  expect(await textOf(everybody.get(mine))).toContain('Thank you for paying.')
  expect(world.mails.at(-1)?.text).toContain('Paid: $80.00')
  expect(await pays(mine)).toBe('')

  // The receipt says what it was for; the seat does not lapse.
  const [entry] = await db.selectFrom('ledger_entry').selectAll().where('for_id', '=', signup_id).execute()
  expect(entry).toMatchObject({ purpose: 'ticket', way: 'card', what: { en: 'Tickets: Dinner, 2026-12-05 (2 × Adult)', ko: '입장권: 저녁 모임, 2026-12-05 (2 × Adult 표)' } }) // prettier-ignore
  await tendEvent(db, organization_id, event_id, minutes(120))
  expect(await rowsOf(event_id)).toMatchObject([{ response: 'confirmed' }])

  // Said before they cancel, too. Canceled in time, the treasurer sees what goes back; given back at the service it is in the books by itself.
  expect(await textOf(everybody.get(mine))).toMatch(/We give you back: \$80\.00<\/p><button[^>]*value="cancel"/)
  await everybody.post(mine, { act: 'cancel' })
  expect(await textOf(everybody.get(mine))).toContain('We give you back: $80.00')
  expect(await textOf(treasurer.get(`/events/${event_id}/payments`))).toContain('$80.00')
  await report(stripe.refunded(one, 8000, clock.now()))
  await workPaid()
  expect(await booked(signup_id)).toEqual([8000, -8000])
  expect(await textOf(everybody.get(mine))).not.toContain('We give you back')
})

test('what is paid before the refund of it is heard of, or after, comes to the same', async () => {
  const { code, ids } = await dinner()
  const mine = await buys(code, { ...somebody(), [`ticket.${ids[0]}`]: '1', pays: 'card', sum: '4000' })
  const session = await pays(mine)
  await report(stripe.refunded(session, 4000, clock.now()))
  expect(await booked(signupIn(mine))).toEqual([])
  await report(stripe.paid(session, clock.now()))
  await workPaid()
  expect(await booked(signupIn(mine))).toEqual([4000, -4000])
})

test('a hold that lapses goes to whoever waits, who has time to pay; what is paid too late is a seat again, or goes back', async () => {
  const { event_id, code, ids } = await dinner({ settings: { capacity: 1, accept_hours: 2 } })
  const ticket = { [`ticket.${ids[0]}`]: '1', pays: 'card', sum: '4000' }
  const first = await buys(code, { ...somebody(), ...ticket })
  const session = await pays(first)
  const second = await buys(code, { ...somebody(), ...ticket })
  expect(await rowsOf(event_id)).toMatchObject([
    { response: 'signed_up' },
    { response: 'wait_listed', accept_by: null },
  ])
  expect(await pays(second)).toBe('')

  // Its page has closed; a payment made on it as it did is waited for, no other page is opened.
  await tendEvent(db, organization_id, event_id, minutes(32))
  expect((await rowsOf(event_id))[0]).toMatchObject({ response: 'signed_up' })
  expect(await beginPaying(db, organizer, event_id, signupIn(first), minutes(33))).toEqual({ ok: false })
  await tendEvent(db, organization_id, event_id, minutes(37))
  expect(await rowsOf(event_id)).toMatchObject([
    { response: 'canceled_by_us', why: 'not_paid' },
    { response: 'signed_up', why: 'moved_up', accept_by: minutes(37 + 120) },
  ])
  expect(await textOf(everybody.get(first))).toContain('The time to pay has passed')
  expect(await textOf(everybody.get(second))).toContain('if you pay $40.00 by')

  // The money of the first comes after all; the seat is the other's.
  await report(stripe.paid(session, clock.now()))
  await workPaid()
  expect((await rowsOf(event_id))[0]).toMatchObject({ response: 'canceled_by_us', why: 'paid_late' })
  expect(await textOf(everybody.get(first))).toContain('you get all of it back')
  expect(await booked(signupIn(first))).toEqual([4000])
  expect(await textOf(treasurer.get(`/events/${event_id}/payments`))).toContain(
    'paid when the seat was no longer theirs',
  )

  // The other lets it pass; whoever pays late then, with nobody waiting, has it.
  const late = await pays(second)
  await tendEvent(db, organization_id, event_id, minutes(37 + 126))
  expect((await rowsOf(event_id))[1]).toMatchObject({ response: 'canceled_by_us', why: 'not_paid' })
  await report(stripe.paid(late, clock.now()))
  await workPaid()
  await workPaid()
  expect((await rowsOf(event_id))[1]).toMatchObject({ response: 'confirmed', why: 'paid_late' })
})

test('paid in time, a seat is not given on although nobody has said so yet', async () => {
  const { event_id, code, ids } = await dinner({ settings: { capacity: 1 } })
  const mine = await buys(code, { ...somebody(), [`ticket.${ids[0]}`]: '1', pays: 'card', sum: '4000' })
  await report(stripe.paid(await pays(mine), clock.now()))
  await tendEvent(db, organization_id, event_id, minutes(40))
  expect(await rowsOf(event_id)).toMatchObject([{ response: 'signed_up', accept_by: null }])
  await workPaid()
  expect(await rowsOf(event_id)).toMatchObject([{ response: 'confirmed' }])
})

test('whoever wanted to pay by card may pay at the door instead, where the event allows it', async () => {
  const lax = await dinner()
  const mine = await buys(lax.code, { ...somebody(), [`ticket.${lax.ids[0]}`]: '1', pays: 'card', sum: '4000' })
  expect(await textOf(everybody.post(mine, { act: 'pay_at_door' }))).toContain('To pay at the door: $40.00')
  expect(await rowsOf(lax.event_id)).toMatchObject([
    { response: 'confirmed', accept_by: null, order: { pays: 'door' } },
  ])
  const strict = await dinner({ selling: { pays_at_door: false } })
  expect(await textOf(everybody.get(`/e/ours/${strict.code}?lang=en`))).not.toContain('at the door')
  const held = await buys(strict.code, { ...somebody(), [`ticket.${strict.ids[0]}`]: '1', pays: 'door', sum: '4000' })
  await everybody.post(held, { act: 'pay_at_door' })
  expect(await rowsOf(strict.event_id)).toMatchObject([{ response: 'signed_up', accept_by: minutes(30), order: { pays: 'card' } }]) // prettier-ignore
})

test('where the service is away, nothing was charged, and the next try opens its page', async () => {
  const { code, ids } = await dinner()
  const mine = await buys(code, { ...somebody(), [`ticket.${ids[0]}`]: '1', pays: 'card', sum: '4000' })
  for (const status of [500, 402]) {
    stripe.refusal = status
    expect(await textOf(everybody.post(mine, { act: 'pay' }))).toContain('nothing was charged')
  }
  expect(await pays(mine)).toMatch(/^cs_/)
})

test('at the door money is taken once, however often it is sent, and not from whoever has paid', async () => {
  const event = await dinner()
  const { event_id, shift_id } = event
  const sent = order(event, 2, { pays: 'door' })
  await signUp(db, organizer, event_id, sent, clock.now())
  const { signup_id } = sent
  const list = await doorList(db, organization_id, event_id, null)
  expect(list.people).toMatchObject([{ owes_cents: 8000 }])
  const at_door = { event_id, secret: world.installation.secret, sent_at: clock.now().toISOString(), now: clock.now() }
  const pay = (act_id: string) => ({ kind: 'pay' as const, act_id, shift_id, at: clock.now().toISOString(), signup_id, way: 'cash' as const }) // prettier-ignore
  const act_id = randomUUID()
  const door = ours.actor(['host'])
  const done = await Promise.all([1, 2, 3].map(() => doAtDoor(db, door, [pay(act_id)], at_door)))
  expect(done.flat().map(({ outcome }) => outcome)).toEqual(['done', 'done', 'done'])
  expect(await booked(signup_id)).toEqual([8000])
  // A second phone, offline until now.
  expect(await doAtDoor(db, door, [pay(randomUUID())], at_door)).toMatchObject([{ outcome: 'paid_already' }])
  expect(await booked(signup_id)).toEqual([8000])
  // The list of a device hears of it by itself.
  expect((await doorList(db, organization_id, event_id, list.after)).people).toMatchObject([{ owes_cents: 0 }])
  // On the page without a script, too; and by the treasurer by check.
  const other = order(event, 1, { pays: 'door' })
  await signUp(db, organizer, event_id, other, clock.now())
  const page = await textOf(host.get(`/events/${event_id}/door`))
  expect(page).toContain('Not paid: $40.00')
  const entry_id = /name="entry_id" value="([^"]+)"/.exec(page)?.[1] ?? ''
  for (let turn = 0; turn < 2; turn++)
    expect((await host.post(`/events/${event_id}/door/pay`, { entry_id, signup: other.signup_id, way: 'cash' })).status).toBe(303) // prettier-ignore
  expect(await booked(other.signup_id)).toEqual([4000])
  const again = await treasurer.post(`/events/${event_id}/payments`, { entry_id: randomUUID(), signup: other.signup_id, way: 'check', reference: '101' }) // prettier-ignore
  expect(again.headers.get('location')).toContain('said=paid_already')
})

test('a payment written down by mistake is owed again', async () => {
  const event = await dinner()
  const sent = order(event, 1, { pays: 'door' })
  await signUp(db, organizer, event.event_id, sent, clock.now())
  const entry_id = randomUUID()
  const taken = { entry_id, signup_id: sent.signup_id, way: 'check' as const, reference: '7' }
  await takeMoney(db, organizer, event.event_id, taken, clock.now())
  await giveBack(db, organizer, entry_id, { form_key: randomUUID(), kind: 'void', amount: null, way: 'check', reference: null, on_date: today, note: 'wrong person' }, today) // prettier-ignore
  await workPaid()
  expect(await ordersOf(db, organization_id, [event.event_id])).toMatchObject([
    { order: { due_cents: 4000, paid_cents: 0 } },
  ])
})

const paysBy = (event_id: string, signup_id: string, entry_id: string = randomUUID()) =>
  takeMoney(db, organizer, event_id, { entry_id, signup_id, way: 'check', reference: '7' }, clock.now())
const today = '2026-11-23'
const givesBack = (entry_id: string, amount: number) =>
  giveBack(db, organizer, entry_id, { form_key: randomUUID(), kind: 'refund', amount, way: 'check', reference: null, on_date: today, note: 'came late' }, today) // prettier-ignore

test('given back a part, somebody with a seat owes nothing; after canceling they owe it all again', async () => {
  const event = await dinner()
  const sent = order(event, 1, { pays: 'door' })
  const { signup_id } = sent
  await signUp(db, organizer, event.event_id, sent, clock.now())
  const entry_id = randomUUID()
  await paysBy(event.event_id, signup_id, entry_id)
  await givesBack(entry_id, 1000)
  await workPaid()
  const seen = async () => [
    (await rowsOf(event.event_id))[0]?.order,
    (await doorList(db, organization_id, event.event_id, null)).people[0]?.owes_cents,
    await textOf(treasurer.get(`/events/${event.event_id}/payments`)),
  ]
  const [owing, owes_cents, page] = await seen()
  expect([owing, owes_cents]).toMatchObject([{ due_cents: 4000, came_cents: 4000, paid_cents: 3000, pays: 'door' }, 0])
  expect(page).toContain('Everybody with a seat has paid.')
  // Canceled, given back, and a mistake after all: the seat is theirs again, and to be paid.
  await answer(db, organizer, event.event_id, signup_id, 'cancel', clock.now())
  await givesBack(entry_id, 3000)
  const at = (await rowsOf(event.event_id))[0]?.said_at ?? clock.now()
  const mistake = { signup_id, response: 'canceled_by_them' as const, at }
  await takeBackResponse(db, organizer, event.event_id, mistake, clock.now())
  expect((await seen()).slice(0, 2)).toMatchObject([
    { due_cents: 4000, came_cents: 0, paid_cents: 0, pays: 'door' },
    4000,
  ])
})

test('whoever is invited chooses tickets by the link of their invitation; booked by an organizer they come free', async () => {
  const { event_id, code, ids } = await dinner({ settings: { is_by_invitation: true } })
  const { person_id } = await createPerson(db, organizer, { ...PersonForm.parse({}), first_name: 'Bora', last_name: 'Ha', emails: ['bora@example.org'] }, 'hand') // prettier-ignore
  world.mails.length = 0
  await addPerson(db, organizer, event_id, { who: person_id, as: 'invited', shift_ids: [] }, clock.now())
  await workPaid()
  const link = new URL(/http:\/\/\S+\/mine\/\S+/.exec(world.mails.at(-1)?.text ?? '')?.[0] ?? '').pathname
  const own = await textOf(everybody.get(link))
  expect([own.includes('Yes, I will come'), own.includes('Choose tickets')]).toEqual([false, true])
  // Sent all the same, it takes no seat.
  expect(await textOf(everybody.post(link, { act: 'accept' }))).toContain('The seat is yours once it is paid.')
  const invitation = /invitation=([\w.-]+)/.exec(own)?.[1] ?? ''
  const form = await textOf(everybody.get(`/e/ours/${code}?lang=en&invitation=${invitation}`))
  expect([form.includes('value="Bora"'), form.includes('Please choose your tickets here.')]).toEqual([true, true])
  const bora = {
    first_name: 'Bora',
    last_name: 'Ha',
    email: 'bora@example.org',
    [`ticket.${ids[0]}`]: '2',
    sum: '8000',
  }
  // By the name alone nobody takes another's invitation.
  expect(await buys(code, { ...bora, pays: 'door' })).toContain('/before')
  const mine = await buys(code, { ...bora, pays: 'door', invitation })
  expect(signupIn(mine)).toBe(signupIn(link))
  expect(await buys(code, { ...bora, pays: 'door', invitation })).toBe(mine)
  expect(await rowsOf(event_id)).toMatchObject([{ person_id, response: 'signed_up', seats: 2, order: { due_cents: 8000 } }]) // prettier-ignore

  const booked_by_hand = await createPerson(db, organizer, { ...PersonForm.parse({}), first_name: 'Sun', last_name: 'Ha' }, 'hand') // prettier-ignore
  await addPerson(db, organizer, event_id, { who: booked_by_hand.person_id, as: 'signed_up', shift_ids: [] }, clock.now()) // prettier-ignore
  const sun = (await rowsOf(event_id)).find((row) => row.person_id === booked_by_hand.person_id)
  expect(sun).toMatchObject({ response: 'signed_up', accept_by: null, order: null })
  const change = { guests: 2, shift_ids: sun?.shift_ids ?? [] }
  expect(await changeSignUp(db, organizer, event_id, sun?.signup_id ?? '', change, clock.now())).toEqual({ ok: false, problem: 'not_now' }) // prettier-ignore
})

test('once the last kind is sold no longer, nobody signs up for nothing', async () => {
  const event = await dinner()
  const { event_id, code, ids } = event
  await archiveTicketKind(db, organizer, event_id, { ticket_kind_id: ids[0] ?? '', is_archived: true }, clock.now())
  const page = await textOf(everybody.get(`/e/ours/${code}?lang=en`))
  expect([page.includes('Tickets are not sold any more.'), page.includes('id="sign-up"')]).toEqual([true, false])
  expect((await send(code, somebody())).status).toBe(422)
  expect(await signUp(db, organizer, event_id, { ...order(event, 1), order: null }, clock.now())).toEqual({
    ok: false,
    problem: 'order',
  })
})

test('the term for money back is that of the day the tickets were bought, or a longer one', async () => {
  const event = await dinner()
  const sent = order(event, 1, { pays: 'door' })
  await signUp(db, organizer, event.event_id, sent, clock.now())
  await paysBy(event.event_id, sent.signup_id)
  await saveSelling(db, organizer, event.event_id, { hold_minutes: 30, pays_at_door: true, refund_days: null }, clock.now()) // prettier-ignore
  await answer(db, organizer, event.event_id, sent.signup_id, 'cancel', clock.now())
  expect(await textOf(treasurer.get(`/events/${event.event_id}/payments`))).toMatch(/To give back[\s\S]*\$40\.00/)
})

test('money that comes after somebody canceled goes back, and they are told; at the door none is taken', async () => {
  const { event_id, code, ids } = await dinner({ selling: { refund_days: null } })
  const mine = await buys(code, { ...somebody(), [`ticket.${ids[0]}`]: '1', pays: 'card', sum: '4000' })
  const session = await pays(mine)
  await everybody.post(mine, { act: 'cancel' })
  expect(await paysBy(event_id, signupIn(mine))).toEqual({ ok: false, problem: 'nothing' })
  await workPaid()
  world.mails.length = 0
  await report(stripe.paid(session, clock.now()))
  await workPaid()
  expect(await rowsOf(event_id)).toMatchObject([{ response: 'canceled_by_us', why: 'paid_late' }])
  expect(world.mails.at(-1)?.text).toContain('We give you back: $40.00')

  // Paid before they canceled, where nothing comes back: so it stays, however late the job runs.
  const paid = await buys(code, { ...somebody(), [`ticket.${ids[0]}`]: '1', pays: 'card', sum: '4000' })
  await report(stripe.paid(await pays(paid), clock.now()))
  await workPaid()
  expect(await textOf(everybody.get(paid))).toMatch(
    /no money comes back if you cancel\.<\/p><button[^>]*value="cancel"/,
  )
  await everybody.post(paid, { act: 'cancel' })
  await workPaid()
  expect((await rowsOf(event_id))[1]).toMatchObject({ response: 'canceled_by_them' })
  expect(await textOf(everybody.get(paid))).toContain('For this event no money comes back if you cancel.')
})

test('two people who are one keep the seat that was paid; where both have paid they are not merged', async () => {
  const event = await dinner()
  const buy = async (is_paid: boolean) => {
    const sent = order(event, 2, { pays: 'door' })
    await signUp(db, organizer, event.event_id, sent, clock.now())
    if (is_paid) await paysBy(event.event_id, sent.signup_id)
    const row = (await rowsOf(event.event_id)).find(({ signup_id }) => signup_id === sent.signup_id)
    return { signup_id: sent.signup_id, person_id: row?.person_id ?? '' }
  }
  const [unpaid, paid, paid_too] = [await buy(false), await buy(true), await buy(true)]
  await mergePeople(db, organizer, unpaid.person_id, paid.person_id, [])
  expect(await rowsOf(event.event_id)).toMatchObject([
    { response: 'canceled_by_us', why: 'merged', order: { paid_cents: 0 } },
    { signup_id: paid.signup_id, person_id: unpaid.person_id, response: 'confirmed', seats: 2, order: { paid_cents: 8000 } },
    {},
  ]) // prettier-ignore
  await expect(mergePeople(db, organizer, unpaid.person_id, paid_too.person_id, [])).rejects.toThrow(PaidTwice)
  expect((await rowsOf(event.event_id))[2]).toMatchObject({ person_id: paid_too.person_id, response: 'confirmed' })
  const { person_id: one } = unpaid
  const page = await us.post(`/people/duplicates/${one}/${paid_too.person_id}/merge`, {})
  expect([page.status, (await page.text()).includes('Both have paid for tickets of the same event.')]).toEqual([409, true]) // prettier-ignore
})

test('the board sees that there are codes, not which', async () => {
  const { event_id } = await dinner({
    kinds: [{ name: 'Honor', buyers: 'code', code: 'SECRET1' }],
    discounts: [{ code: 'SECRET2', of: 'percent', percent: '10' }],
  })
  const codesIn = async (asked: Response | Promise<Response>) => (await textOf(asked)).match(/SECRET\d/g) ?? []
  expect(await codesIn(us.get(`/events/${event_id}/tickets`))).toEqual(['SECRET1', 'SECRET2', 'SECRET2'])
  for (const who of [board, host]) expect(await codesIn(who.get(`/events/${event_id}/tickets`))).toEqual([])
})

test('in a hall seventy look at the sum from one network', async () => {
  const { code, ids } = await dinner()
  const look = { act: 'sum', first_name: 'Han', last_name: 'Oh', [`ticket.${ids[0]}`]: '1' }
  const looks = await Promise.all(Array.from({ length: 70 }, () => send(code, look)))
  expect(new Set(looks.map(({ status }) => status))).toEqual(new Set([200]))
  expect((await send(code, { ...look, code: 'GUESS' })).status).toBe(422)
})

test('an organizer sets up what is sold; the board sees numbers, the treasurer names; neighbours see nothing', async () => {
  const { event_id } = await dinner()
  const path = `/events/${event_id}/tickets`
  const wrong = await us.post(`${path}/kinds`, { name_en: 'Late', price: 'many', buyers: 'everybody' })
  expect(wrong.status).toBe(422)
  expect(await wrong.text()).toContain('value="Late"')
  expect((await us.post(`${path}/kinds`, { name_en: 'Late', name_ko: '늦은 표', price: '55.50', most: '20', buyers: 'everybody' })).status).toBe(303) // prettier-ignore
  expect((await us.post(`${path}/discounts`, { for: 'code', code: 'spring', of: 'amount', amount: '5' })).status).toBe(
    303,
  )
  const twice = await us.post(`${path}/discounts`, { for: 'code', code: 'Spring', of: 'amount', amount: '6' })
  expect(await twice.text()).toContain('There is one already.')
  expect((await us.post(`${path}/selling`, { hold_minutes: '5', refund_days: '' })).status).toBe(422)
  expect((await us.post(`${path}/selling`, { hold_minutes: '45', refund_days: '7' })).status).toBe(303)
  const { kinds, discounts } = await sellingOf(db, organization_id, event_id)
  expect(kinds[1]).toMatchObject({ price_cents: 5550, most: 20 })
  expect(await eventById(db, organization_id, event_id)).toMatchObject({
    hold_minutes: 45,
    pays_at_door: false,
    refund_days: 7,
  })
  expect((await us.post(`${path}/kinds/${kinds[1]?.ticket_kind_id}/archive`, {})).status).toBe(303)
  expect((await us.post(`${path}/discounts/${discounts[0]?.discount_id}/end`, {})).status).toBe(303)
  expect(await sellingOf(db, organization_id, event_id)).toMatchObject({ kinds: [{}], discounts: [] })

  const seen = await textOf(board.get(path))
  expect(seen).toContain('Adult')
  expect([seen.includes('<form method="post" action="/events'), (await board.get(`/events/${event_id}/payments`)).status]).toEqual([false, 403]) // prettier-ignore
  expect((await treasurer.get('/ledger/tickets')).status).toBe(200)
  const them = world.as(theirs.organizer, routes)
  expect([(await them.get(path)).status, (await them.get(`/events/${event_id}/payments`)).status]).toEqual([404, 404])
  expect(await sellingOf(world.database.of(theirs.organization_id), organization_id, event_id)).toEqual({ kinds: [], discounts: [] }) // prettier-ignore
})

/*
 * Seats, holds and payments beside a model of them.
 */

interface Modeled {
  seats: number
  is: 'waiting' | 'seated' | 'gone'
  until: number | null
  is_paid: boolean
  by: 'card' | 'door'
  /** Lost its seat by not paying: paid late it may come back. */
  is_lapsed: boolean
}

type Step =
  | { do: 'sign_up'; seats: number; by: 'card' | 'door' }
  | { do: 'cancel' | 'pay' | 'to_door'; which: number }
  | { do: 'wait'; minutes: number }

const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('sign_up' as const), seats: fc.integer({ min: 1, max: 3 }), by: fc.constantFrom('card' as const, 'card' as const, 'door' as const) }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constantFrom('cancel' as const, 'pay' as const, 'pay' as const, 'to_door' as const), which: fc.nat(9) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('wait' as const), minutes: fc.integer({ min: 5, max: 50 }) }) },
) // prettier-ignore

const capacity = 4
const hold = 30 * 60_000
const offer = 60 * 60_000

/** What must be so, written the plain way. Every second after a step, what is due is done. */
function model(steps: readonly Step[], start: number) {
  const parties: Modeled[] = []
  let now = start
  const free = () => capacity - parties.filter(({ is }) => is === 'seated').reduce((sum, { seats }) => sum + seats, 0)
  const moveUp = () => {
    for (const party of parties) {
      if (party.is !== 'waiting' || free() < party.seats) continue
      Object.assign(party, { is: 'seated', until: now + offer })
    }
  }
  for (const each of steps) {
    if (each.do === 'sign_up') {
      const is = free() >= each.seats ? ('seated' as const) : ('waiting' as const)
      parties.push({ seats: each.seats, is, by: each.by, until: is === 'seated' && each.by === 'card' ? now + hold : null, is_paid: false, is_lapsed: false }) // prettier-ignore
    } else if (each.do === 'wait') {
      now += each.minutes * 60_000
      for (const party of parties)
        if (party.is === 'seated' && party.until !== null && party.until <= now)
          Object.assign(party, { is: 'gone', until: null, is_lapsed: party.by === 'card' })
      moveUp()
    } else {
      const party = parties[each.which]
      if (!party) continue
      if (each.do === 'cancel' && party.is !== 'gone') {
        Object.assign(party, { is: 'gone', until: null })
        moveUp()
      }
      if (each.do === 'pay' && !party.is_paid && (party.is === 'seated' || party.is_lapsed)) {
        party.is_paid = true
        if (party.is === 'seated') party.until = null
        else if (free() >= party.seats) Object.assign(party, { is: 'seated', is_lapsed: false })
      }
      if (
        each.do === 'to_door' &&
        party.is === 'seated' &&
        party.by === 'card' &&
        party.until !== null &&
        !party.is_paid
      )
        Object.assign(party, { by: 'door', until: null })
    }
  }
  return parties.map(({ seats, is, until, is_paid }) => [seats, is, until, is_paid ? 4000 * seats : 0])
}

const modeled: Partial<Record<string, Modeled['is']>> = { signed_up: 'seated', confirmed: 'seated', wait_listed: 'waiting' } // prettier-ignore

test('holding, paying, lapsing, paying late, canceling and moving up are as the model says, and no seat is sold twice', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 16 }), async (steps) => {
      const start = new Date('2026-11-23T17:00:00Z').getTime()
      let now = start
      const at = () => new Date(now)
      const event = await dinner({ settings: { capacity, accept_hours: 1 } })
      const { event_id } = event
      const ids: string[] = []
      for (const each of steps) {
        const signup_id = 'which' in each ? ids[each.which] : undefined
        if (each.do === 'sign_up') {
          const sent = order(event, each.seats, { pays: each.by })
          await signUp(db, organizer, event_id, sent, at())
          ids.push(sent.signup_id)
        } else if (each.do === 'wait') {
          now += each.minutes * 60_000
          await tendEvent(db, organization_id, event_id, at())
        } else if (signup_id && each.do === 'cancel') {
          await answer(db, organizer, event_id, signup_id, 'cancel', at())
        } else if (signup_id && each.do === 'to_door') {
          await payAtDoor(db, organizer, event_id, signup_id, at())
        } else if (signup_id) {
          const before = (await rowsOf(event_id)).find((row) => row.signup_id === signup_id)
          const isLapsed = before?.response === 'canceled_by_us' && before.why === 'not_paid'
          if (before?.response === 'signed_up' || before?.response === 'confirmed' || isLapsed)
            await takeMoney(db, organizer, event_id, { entry_id: randomUUID(), signup_id, way: 'cash', reference: null, is_in_hand: true }, at()) // prettier-ignore
        }
        const { rows } = await sql<{ taken: number }>`
          select coalesce(sum(seats), 0)::integer as taken from event_signup
          where event_id = ${event_id}::uuid and response in ('signed_up', 'confirmed')`.execute(db)
        expect(rows[0]?.taken).toBeLessThanOrEqual(capacity)
      }
      const rows = await rowsOf(event_id)
      expect(rows.map(({ seats, response, accept_by, order: owing }) => [seats, modeled[response] ?? 'gone', accept_by?.getTime() ?? null, owing?.paid_cents])).toEqual(model(steps, start)) // prettier-ignore
    }),
    { numRuns: 12 },
  )
}, 60_000)

test('further days of a series sell what the first sells, with its dates moved along, its program and its partners', async () => {
  const { event_id, ids } = await dinner({
    kinds: [{ name: 'Adult' }, { name: 'Child', price: '10' }],
    discounts: [{ code: 'EARLY', of: 'percent', percent: '10', until_on: '2026-12-01' }],
    selling: { hold_minutes: 45, refund_days: 5 },
  })
  expect(ids).toHaveLength(2)
  await addItem(db, organizer, event_id, { item_id: randomUUID(), title: { en: 'Welcome' }, minutes: 10, who: '', interpreter: '', note: '' }, clock.now()) // prettier-ignore
  await addPartner(db, organizer, event_id, { name_en: 'Library', name_ko: '', website: '', contact: '', email: '', is_co_host: true }, clock.now()) // prettier-ignore
  const made = await makeSeries(db, organizer, event_id, { every: 'week', step: 1, ends_on: '2026-12-19', from: 'start' }, clock.now()) // prettier-ignore
  if (!made.ok) throw new Error(made.problem)
  const { events } = found(await seriesOf(db, organization_id, made.series_id))
  expect(events.map(({ series_on }) => series_on)).toEqual(['2026-12-05', '2026-12-12', '2026-12-19'])
  for (const [nth, day] of events.entries()) {
    const { kinds, discounts } = await sellingOf(db, organization_id, day.event_id)
    expect(kinds.map(({ name, price_cents }) => [name.en, price_cents])).toEqual([['Adult', 4000], ['Child', 1000]]) // prettier-ignore
    expect(discounts).toMatchObject([{ code: 'EARLY', percent: 10, until_on: ['2026-12-01', '2026-12-08', '2026-12-15'][nth] }]) // prettier-ignore
    expect(await eventById(db, organization_id, day.event_id)).toMatchObject({ hold_minutes: 45, refund_days: 5 })
    expect(await programOf(db, organization_id, day.event_id)).toMatchObject([{ title: { en: 'Welcome' } }])
  }
  const partners = await db.selectFrom('event_partner').select(['event_id', 'is_co_host']).where('is_co_host', '=', true).execute() // prettier-ignore
  expect(new Set(partners.map((each) => each.event_id))).toEqual(new Set(events.map((each) => each.event_id)))
})
