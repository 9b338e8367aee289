import type { EventResponse, EventText } from '../schema.ts'
import type { ResponseReason } from '../tables.ts'
import type { Buyers, PayWay, SentOrder } from './schema.ts'

/*
 * What is sold.
 */

export interface TicketKind {
  ticket_kind_id: string
  name: EventText
  price_cents: number
  most: number | null
  from_on: string | null
  until_on: string | null
  buyers: Buyers
  code: string | null
}

export interface Discount {
  discount_id: string
  /** null: for members, by itself. */
  code: string | null
  percent: number | null
  amount_cents: number | null
  uses_most: number | null
  until_on: string | null
  /** Empty: of all kinds. */
  ticket_kind_ids: readonly string[]
  /** By sign-ups that still stand. */
  uses: number
}

export interface Selling {
  kinds: readonly TicketKind[]
  discounts: readonly Discount[]
}

/** Whether a kind is sold on a day. */
export const saleOn = ({ from_on, until_on }: Pick<TicketKind, 'from_on' | 'until_on'>, day: string) =>
  from_on && day < from_on ? ('not_yet' as const) : until_on && day > until_on ? ('over' as const) : ('on' as const)

/** Kinds a reader sees: those by code once they have typed it. */
export const shownKinds = (kinds: readonly TicketKind[], code: string): TicketKind[] =>
  kinds.filter(({ buyers, code: own }) => buyers !== 'code' || own === code)

/** What can be wrong with what somebody wants to buy, by the field it is said at. */
export type TicketsProblem = 'tickets' | 'too_many_tickets' | 'names' | 'not_on_sale' | 'members'
export type CodeProblem = 'code_unknown' | 'code_over' | 'code_used' | 'code_not_these'

export interface Priced {
  lines: { ticket_kind_id: string; name: EventText; count: number; price_cents: number }[]
  tickets: number
  full_cents: number
  discount_id: string | null
  discount_cents: number
  due_cents: number
}

export type PricedOrNot =
  | { ok: true; order: Priced }
  | { ok: false; at: 'tickets'; problem: TicketsProblem }
  | { ok: false; at: 'code'; problem: CodeProblem }

/** `is_member`: in good standing; null: nobody has said yet who they are. */
export interface Buyer {
  today: string
  is_member: boolean | null
  tickets_most: number
}

/** What somebody's tickets come to. Of two discounts the better one holds, never both; the sum is never below 0. */
export function priceOf(
  { kinds, discounts }: Selling,
  { chosen, code }: Pick<SentOrder, 'chosen' | 'code'>,
  { today, is_member, tickets_most }: Buyer,
): PricedOrNot {
  const lines: Priced['lines'] = []
  for (const { ticket_kind_id, count } of chosen.filter((each) => each.count > 0)) {
    const kind = shownKinds(kinds, code).find((each) => each.ticket_kind_id === ticket_kind_id)
    if (!kind || saleOn(kind, today) !== 'on') return { ok: false, at: 'tickets', problem: 'not_on_sale' }
    if (kind.buyers === 'members' && is_member === false) return { ok: false, at: 'tickets', problem: 'members' }
    lines.push({ ticket_kind_id, name: kind.name, count, price_cents: kind.price_cents })
  }
  const tickets = sumOf(lines.map(({ count }) => count))
  const isOnSale = kinds.some((kind) => saleOn(kind, today) === 'on')
  if (tickets === 0) return { ok: false, at: 'tickets', problem: isOnSale ? 'tickets' : 'not_on_sale' }
  if (tickets > tickets_most) return { ok: false, at: 'tickets', problem: 'too_many_tickets' }

  const full_cents = centsOf(lines)
  const typed = discounts.find((each) => code !== '' && each.code === code)
  if (code !== '' && !typed && !kinds.some((kind) => kind.code === code))
    return { ok: false, at: 'code', problem: 'code_unknown' }
  const problem = typed && discountProblem(typed, lines, today)
  if (problem) return { ok: false, at: 'code', problem }
  const forMembers = is_member ? discounts.filter((each) => each.code === null && !discountProblem(each, lines, today)) : [] // prettier-ignore
  const [best] = [...(typed ? [typed] : []), ...forMembers]
    .map((discount) => ({ discount, off_cents: offOf(discount, lines) }))
    .toSorted((a, b) => b.off_cents - a.off_cents)
  const discount_cents = best?.off_cents ?? 0
  return {
    ok: true,
    order: {
      lines,
      tickets,
      full_cents,
      discount_id: best?.discount.discount_id ?? null,
      discount_cents,
      due_cents: full_cents - discount_cents,
    },
  }
}

function discountProblem(discount: Discount, lines: Priced['lines'], today: string): CodeProblem | null {
  if (discount.until_on && today > discount.until_on) return 'code_over'
  if (discount.uses_most !== null && discount.uses >= discount.uses_most) return 'code_used'
  return takenOff(discount, lines).length === 0 ? 'code_not_these' : null
}

const takenOff = ({ ticket_kind_ids }: Discount, lines: Priced['lines']) =>
  lines.filter((line) => ticket_kind_ids.length === 0 || ticket_kind_ids.includes(line.ticket_kind_id))

/** Half a cent is given. */
function offOf(discount: Discount, lines: Priced['lines']): number {
  const of_cents = centsOf(takenOff(discount, lines))
  return discount.percent === null
    ? Math.min(discount.amount_cents ?? 0, of_cents)
    : Math.round((of_cents * discount.percent) / 100)
}

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, each) => sum + each, 0)
const centsOf = (lines: Priced['lines']): number => sumOf(lines.map(({ count, price_cents }) => count * price_cents))

/** What a page sent: how many of which kind, the code, how it will be paid, and the sum its reader has seen. */
export function readOrder(kinds: readonly TicketKind[], fields: Record<string, string[]>, code: string): SentOrder {
  const number = (name: string, most: number): number | null => {
    const text = fields[name]?.[0] ?? ''
    return new RegExp(`^\\d{1,${most}}$`).test(text) ? Number(text) : null
  }
  return {
    chosen: kinds.map(({ ticket_kind_id }) => ({ ticket_kind_id, count: number(`ticket.${ticket_kind_id}`, 2) ?? 0 })),
    code,
    pays: fields.pays?.[0] === 'door' ? 'door' : 'card',
    sum_cents: number('sum', 9),
  }
}

/*
 * What is paid.
 */

/** Of a sign-up: what it comes to, what was paid, and how it is paid. */
export interface Owing {
  due_cents: number
  /** What counts toward it (`owing.ts`). */
  came_cents: number
  /** What was not given back. */
  paid_cents: number
  pays: PayWay
  /** ISO, as it was when the tickets were chosen. */
  refund_until: string | null
}

export const owesOf = (owing: Owing | null): number => Math.max(0, (owing?.due_cents ?? 0) - (owing?.came_cents ?? 0))

/** A seat that is theirs only once it is paid. */
export const isHeld = ({ accept_by, order }: { accept_by: Date | null; order: Owing | null }): boolean =>
  accept_by !== null && order?.pays === 'card' && owesOf(order) > 0

/** Where an event gives no time to accept a seat, an offer to pay for one lasts as long: it may come at night. */
const offer_hours = 24

/** Until when a seat waits for its payment. Whoever moved up has at least the time to accept it. */
export function payBy(
  event: { hold_minutes: number; accept_hours: number; starts_at: Date; ends_at: Date },
  now: Date,
  { is_offer }: { is_offer: boolean },
): Date {
  const minutes = is_offer ? Math.max(event.hold_minutes, (event.accept_hours || offer_hours) * 60) : event.hold_minutes
  const end = now < event.starts_at ? event.starts_at : event.ends_at
  return new Date(Math.min(now.getTime() + minutes * 60_000, end.getTime()))
}

/** The service keeps a page open for half an hour at least; a minute more, as clocks differ. A seat is held as long. */
const page_minutes = 31
export const pageOpenUntil = (held_until: Date, now: Date): Date =>
  new Date(
    Math.min(Math.max(held_until.getTime(), now.getTime() + page_minutes * 60_000), now.getTime() + 23 * 3_600_000),
  )

/** A payment made as its page closes is heard of a little later. */
export const heldUntil = (page_closes_at: Date): Date => new Date(page_closes_at.getTime() + 5 * 60_000)

/** Last moment to cancel with money back; null: none comes back. */
export const refundUntil = (event: { refund_days: number | null; starts_at: Date }): Date | null =>
  event.refund_days === null ? null : new Date(event.starts_at.getTime() - event.refund_days * 86_400_000)

/** What is to be given back of a sign-up's money. `said_at`: when it last said something. */
export function toGiveBack(
  event: { refund_days: number | null; starts_at: Date },
  signup: { response: EventResponse; why: ResponseReason | null; said_at: Date; order: Owing },
): number {
  const { due_cents, paid_cents, refund_until } = signup.order
  if (signup.response === 'canceled_by_us' || signup.response === 'declined') return Math.max(0, paid_cents)
  const terms = [refundUntil(event), refund_until && new Date(refund_until)]
  const isInTime = terms.some((until) => until && signup.said_at <= until)
  if (signup.response === 'canceled_by_them' && isInTime) return Math.max(0, paid_cents)
  // Whoever canceled too late keeps a claim to what was paid twice alone.
  return Math.max(0, paid_cents - due_cents)
}
