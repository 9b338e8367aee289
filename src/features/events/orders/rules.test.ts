import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  isHeld,
  owesOf,
  pageOpenUntil,
  payBy,
  priceOf,
  readOrder,
  refundUntil,
  saleOn,
  shownKinds,
  toGiveBack,
  type Discount,
  type Selling,
  type TicketKind,
} from './rules.ts'
import { DiscountForm, plainCode, TicketKindForm } from './schema.ts'

const kind = (ticket_kind_id: string, price_cents: number, more: Partial<TicketKind> = {}): TicketKind => ({
  ticket_kind_id, name: { en: ticket_kind_id }, price_cents, most: null, from_on: null, until_on: null, buyers: 'everybody', code: null, ...more,
}) // prettier-ignore
const discount = (discount_id: string, more: Partial<Discount>): Discount => ({
  discount_id, code: null, percent: null, amount_cents: null, uses_most: null, until_on: null, ticket_kind_ids: [], uses: 0, ...more,
}) // prettier-ignore

const selling: Selling = {
  kinds: [
    kind('adult', 4000),
    kind('child', 1500),
    kind('baby', 0),
    kind('member', 3000, { buyers: 'members' }),
    kind('guest_of_honor', 100, { buyers: 'code', code: 'HONOR' }),
    kind('early', 2500, { until_on: '2026-11-30' }),
    kind('late', 5000, { from_on: '2026-12-01' }),
  ],
  discounts: [
    discount('half', { code: 'HALF', percent: 50 }),
    discount('third', { code: 'THIRD', percent: 33 }),
    discount('hundred', { code: 'HUNDRED', amount_cents: 10_000 }),
    discount('once', { code: 'ONCE', percent: 10, uses_most: 1 }),
    discount('gone', { code: 'GONE', percent: 10, uses_most: 1, uses: 1 }),
    discount('old', { code: 'OLD', percent: 10, until_on: '2026-11-22' }),
    discount('children', { code: 'KIDS', percent: 100, ticket_kind_ids: ['child'] }),
    discount('ours', { percent: 20 }),
  ],
}
const today = '2026-11-23'

test.each([
  { what: 'two of one kind', chosen: { adult: 2 }, due: 8000 },
  { what: 'two kinds', chosen: { adult: 2, child: 3 }, due: 12_500 },
  { what: 'a free one', chosen: { baby: 1 }, due: 0 },
  { what: 'half off', chosen: { adult: 1, child: 1 }, code: 'HALF', due: 2750 },
  { what: 'a third off, to the cent', chosen: { child: 1 }, code: 'THIRD', due: 1005 },
  { what: 'an amount', chosen: { adult: 3 }, code: 'HUNDRED', due: 2000 },
  { what: 'an amount larger than the sum', chosen: { child: 1 }, code: 'HUNDRED', due: 0 },
  { what: 'off one kind alone', chosen: { adult: 1, child: 2 }, code: 'KIDS', due: 4000 },
  { what: 'the last use', chosen: { adult: 1 }, code: 'ONCE', due: 3600 },
  { what: 'the kind a code opens', chosen: { guest_of_honor: 1 }, code: 'HONOR', due: 100 },
  { what: 'members by themselves', chosen: { adult: 1 }, is_member: true, due: 3200 },
  { what: 'of two discounts the better one', chosen: { adult: 1 }, code: 'HALF', is_member: true, due: 2000 },
  { what: 'also where the members’ is better', chosen: { adult: 1 }, code: 'ONCE', is_member: true, due: 3200 },
  { what: 'a kind for members', chosen: { member: 1 }, is_member: true, due: 2400 },
  { what: 'a kind for members, before they say who they are', chosen: { member: 1 }, is_member: null, due: 3000 },
  { what: 'on its last day', chosen: { early: 1 }, on: '2026-11-30', due: 2500 },
])('$what: $chosen comes to $due', ({ chosen, code = '', is_member = false, on = today, due }) => {
  const priced = priceOf(selling, { chosen: listOf(chosen), code }, { today: on, is_member, tickets_most: 10 })
  expect(priced).toMatchObject({ ok: true, order: { due_cents: due } })
})

test.each([
  { what: 'nothing', chosen: {}, at: 'tickets', problem: 'tickets' },
  { what: 'more than a sign-up may have', chosen: { adult: 11 }, at: 'tickets', problem: 'too_many_tickets' },
  { what: 'what is not sold yet', chosen: { late: 1 }, at: 'tickets', problem: 'not_on_sale' },
  {
    what: 'what was sold until yesterday',
    chosen: { early: 1 },
    on: '2026-12-01',
    at: 'tickets',
    problem: 'not_on_sale',
  },
  { what: 'what nobody sells', chosen: { balcony: 1 }, at: 'tickets', problem: 'not_on_sale' },
  { what: 'what opens by a code, without it', chosen: { guest_of_honor: 1 }, at: 'tickets', problem: 'not_on_sale' },
  { what: 'what is for members', chosen: { member: 1 }, at: 'tickets', problem: 'members' },
  { what: 'a code nobody knows', chosen: { adult: 1 }, code: 'NOPE', at: 'code', problem: 'code_unknown' },
  { what: 'a code of last week', chosen: { adult: 1 }, code: 'OLD', at: 'code', problem: 'code_over' },
  { what: 'a code that is used up', chosen: { adult: 1 }, code: 'GONE', at: 'code', problem: 'code_used' },
  { what: 'a code for other tickets', chosen: { adult: 1 }, code: 'KIDS', at: 'code', problem: 'code_not_these' },
])('$what is refused: $problem', ({ chosen, code = '', on = today, at, problem }) => {
  const priced = priceOf(selling, { chosen: listOf(chosen), code }, { today: on, is_member: false, tickets_most: 10 })
  expect(priced).toEqual({ ok: false, at, problem })
})

const listOf = (chosen: Partial<Record<string, number>>) =>
  Object.entries(chosen).map(([ticket_kind_id, count]) => ({ ticket_kind_id, count: count ?? 0 }))

test('a sum is whole cents, never below 0, and never above the price', () => {
  const cents = fc.integer({ min: 0, max: 1_000_000 })
  const off = fc.oneof(
    fc.record({ percent: fc.integer({ min: 1, max: 100 }) }),
    fc.record({ amount_cents: fc.integer({ min: 1, max: 2_000_000 }) }),
  )
  fc.assert(
    fc.property(fc.array(fc.tuple(cents, fc.integer({ min: 1, max: 9 })), { minLength: 1, maxLength: 4 }), off, off, (sold, one, other) => {
      const kinds = sold.map(([price], at) => kind(`k${at}`, price))
      const discounts = [discount('typed', { code: 'TYPED', ...one }), discount('ours', other)]
      const chosen = sold.map(([, count], at) => ({ ticket_kind_id: `k${at}`, count }))
      const priced = priceOf({ kinds, discounts }, { chosen, code: 'TYPED' }, { today, is_member: true, tickets_most: 99 })
      if (!priced.ok) throw new Error(priced.problem)
      const { full_cents, discount_cents, due_cents } = priced.order
      expect(full_cents).toBe(sold.reduce((sum, [price, count]) => sum + price * count, 0))
      expect(due_cents).toBe(full_cents - discount_cents)
      expect([due_cents >= 0, due_cents <= full_cents, Number.isInteger(due_cents)]).toEqual([true, true, true])
    }),
  ) // prettier-ignore
})

test('a kind by code is shown to whoever typed it', () => {
  expect(shownKinds(selling.kinds, '').map((each) => each.ticket_kind_id)).not.toContain('guest_of_honor')
  expect(shownKinds(selling.kinds, 'HONOR').map((each) => each.ticket_kind_id)).toContain('guest_of_honor')
})

test.each([
  ['2026-11-30', 'on'],
  ['2026-12-01', 'over'],
])('what is sold until November 30 is on %s: %s', (day, sale) => {
  expect(saleOn({ from_on: null, until_on: '2026-11-30' }, day)).toBe(sale)
})

test('a page is read without trust: no negative number, no other kind, no sum that is none', () => {
  const fields = { 'ticket.adult': ['2'], 'ticket.child': ['-3'], 'ticket.other': ['9'], pays: ['door'], sum: ['1e3'] }
  const order = readOrder([kind('adult', 4000), kind('child', 1500)], fields, 'HALF')
  expect(order).toEqual({
    chosen: [
      { ticket_kind_id: 'adult', count: 2 },
      { ticket_kind_id: 'child', count: 0 },
    ],
    code: 'HALF',
    pays: 'door',
    sum_cents: null,
  })
})

test.each([
  ['early bird', 'EARLYBIRD'],
  ['ＥＡＲＬＹ-10 ', 'EARLY10'],
])('a code typed as “%s” is %s', (typed, code) => {
  expect(plainCode(typed)).toBe(code)
})

const event = {
  hold_minutes: 30,
  accept_hours: 24,
  refund_days: 3 as number | null,
  starts_at: new Date('2026-12-05T19:00:00Z'),
  ends_at: new Date('2026-12-05T22:00:00Z'),
}
const at = (text: string) => new Date(text)

test.each([
  { what: 'half an hour', now: '2026-12-01T12:00:00Z', is_offer: false, until: '2026-12-01T12:30:00Z' },
  { what: 'a day for whoever moved up', now: '2026-12-01T12:00:00Z', is_offer: true, until: '2026-12-02T12:00:00Z' },
  { what: 'not beyond the beginning', now: '2026-12-05T18:45:00Z', is_offer: true, until: '2026-12-05T19:00:00Z' },
  { what: 'while it is on', now: '2026-12-05T19:30:00Z', is_offer: false, until: '2026-12-05T20:00:00Z' },
  { what: 'a day where no time to accept is given', now: '2026-12-01T03:00:00Z', is_offer: true, accept_hours: 0, until: '2026-12-02T03:00:00Z' }, // prettier-ignore
])('a seat is held: $what', ({ now, is_offer, accept_hours = 24, until }) => {
  expect(payBy({ ...event, accept_hours }, at(now), { is_offer })).toEqual(at(until))
})

test.each([
  { held: '2026-12-01T12:30:00Z', now: '2026-12-01T12:00:00Z', until: '2026-12-01T12:31:00Z' },
  { held: '2026-12-01T14:00:00Z', now: '2026-12-01T12:00:00Z', until: '2026-12-01T14:00:00Z' },
  { held: '2026-12-03T12:00:00Z', now: '2026-12-01T12:00:00Z', until: '2026-12-02T11:00:00Z' },
])('the page to pay on closes at $until where the seat is held until $held', ({ held, now, until }) => {
  expect(pageOpenUntil(at(held), at(now))).toEqual(at(until))
})

test.each([
  { what: 'they cancel in time', response: 'canceled_by_them', said: '2026-12-02T19:00:00Z', back: 5000 },
  { what: 'they cancel a second later', response: 'canceled_by_them', said: '2026-12-02T19:00:01Z', back: 0 },
  {
    what: 'they cancel where nothing comes back',
    response: 'canceled_by_them',
    said: '2026-11-23T12:00:00Z',
    days: null,
    back: 0,
  },
  {
    what: 'they cancel on the day, where that will do',
    response: 'canceled_by_them',
    said: '2026-12-05T18:00:00Z',
    days: 0,
    back: 5000,
  },
  { what: 'they cancel in the time that held when they bought', response: 'canceled_by_them', said: '2026-12-01T12:00:00Z', days: null, until: '2026-12-02T19:00:00Z', back: 5000 }, // prettier-ignore
  { what: 'we cancel, whenever', response: 'canceled_by_us', said: '2026-12-05T18:00:00Z', days: null, back: 5000 },
  { what: 'they have their seat', response: 'confirmed', said: '2026-11-23T12:00:00Z', back: 0 },
  { what: 'they paid twice', response: 'confirmed', said: '2026-11-23T12:00:00Z', paid: 10_000, back: 5000 },
  {
    what: 'they paid twice and canceled late',
    response: 'canceled_by_them',
    said: '2026-12-05T12:00:00Z',
    paid: 10_000,
    back: 5000,
  },
  { what: 'it went back already', response: 'canceled_by_us', said: '2026-12-01T12:00:00Z', paid: 0, back: 0 },
] as const)('money back where $what: $back', ({ response, said, back, ...more }) => {
  const { days = 3, paid = 5000, until = null } = { days: undefined, paid: undefined, until: undefined, ...more }
  const order = { due_cents: 5000, came_cents: paid, paid_cents: paid, pays: 'card' as const, refund_until: until }
  expect(toGiveBack({ ...event, refund_days: days }, { response, why: null, said_at: at(said), order })).toBe(back)
})

test('what is owed is never below 0, and a seat is held only for a card', () => {
  expect(owesOf({ due_cents: 100, came_cents: 300, paid_cents: 300, pays: 'card', refund_until: null })).toBe(0)
  expect(owesOf(null)).toBe(0)
  const accept_by = at('2026-12-01T12:00:00Z')
  const held = (came_cents: number, pays: 'card' | 'door') =>
    isHeld({ accept_by, order: { due_cents: 100, came_cents, paid_cents: came_cents, pays, refund_until: null } })
  expect([held(0, 'card'), held(0, 'door'), held(100, 'card')]).toEqual([true, false, false])
  // Given back a part of it, somebody with a seat owes nothing.
  expect(owesOf({ due_cents: 100, came_cents: 100, paid_cents: 60, pays: 'card', refund_until: null })).toBe(0)
  expect(refundUntil({ ...event, refund_days: null })).toBeNull()
})

test.each([
  [{ name_en: '', name_ko: '', price: '40', buyers: 'everybody' }, ['name_en']],
  [{ name_en: 'A', price: 'forty', buyers: 'everybody' }, ['price']],
  [{ name_en: 'A', price: '40', buyers: 'code' }, ['code']],
  [{ name_en: 'A', price: '40', buyers: 'everybody', from_on: '2026-12-02', until_on: '2026-12-01' }, ['until_on']],
  [{ name_en: 'A', price: '0', buyers: 'everybody', most: '' }, []],
])('a kind typed as %j is wrong at %j', (typed, wrong) => {
  expect(TicketKindForm.safeParse(typed).error?.issues.map(({ path }) => path[0]) ?? []).toEqual(wrong)
})

test.each([
  [{ for: 'code', code: '', of: 'percent', percent: '10' }, ['code']],
  [{ for: 'code', code: 'A!', of: 'percent', percent: '10' }, ['code']],
  [{ for: 'code', code: 'EARLY', of: 'percent', percent: '101' }, ['percent']],
  [{ for: 'members', of: 'amount', amount: '0' }, ['amount']],
  [{ for: 'members', of: 'amount', amount: '5.50' }, []],
])('a discount typed as %j is wrong at %j', (typed, wrong) => {
  expect(DiscountForm.safeParse(typed).error?.issues.map(({ path }) => path[0]) ?? []).toEqual(wrong)
})
