import type { Db } from '../../../platform/db/db.ts'
import { dateIn } from '../../../platform/clock.ts'
import type { Event } from '../queries.ts'
import type { Said } from '../schema.ts'
import { isMember, sellingOf, sells } from './queries.ts'
import { priceOf, refundUntil, type Priced, type PricedOrNot, type Selling } from './rules.ts'
import type { PayWay, SentOrder } from './schema.ts'

/** As many tickets as somebody may sign up with: their own and their guests'. */
export const ticketsMost = ({ guests_most }: { guests_most: number }): number => guests_most + 1

/** Whether a price depends on who somebody is. */
export const asksMembership = ({ kinds, discounts }: Selling): boolean =>
  kinds.some(({ buyers }) => buyers === 'members') || discounts.some(({ code }) => code === null)

/** What it comes to for whoever says this of themselves. Under the event's lock it is true until the lock is given up. */
export async function pricedFor(
  db: Db,
  event: Event,
  selling: Selling,
  { order, said }: { order: SentOrder; said: Said | null },
  now: Date,
): Promise<PricedOrNot> {
  const is_member = asksMembership(selling) ? await isMember(db, event, said, now) : null
  return priceOf(selling, order, { today: dateIn(event.time_zone, now), is_member, tickets_most: ticketsMost(event) })
}

export type Placed = { ok: true; order: Priced | null } | { ok: false; problem: 'order' }

/** Prices what was sent as things stand now. What comes out otherwise than its sender was shown is not taken. */
export async function priceSent(
  tx: Db,
  event: Event,
  { order, said, tickets }: { order: SentOrder | null; said: Said; tickets: number },
  now: Date,
): Promise<Placed> {
  const { organization_id, event_id } = event
  if (!(await sells(tx, organization_id, event_id))) return { ok: true, order: null }
  const selling = await sellingOf(tx, organization_id, event_id)
  if (!order) return { ok: false, problem: 'order' }
  const priced = await pricedFor(tx, event, selling, { order, said }, now)
  const isAsSeen = priced.ok && priced.order.tickets === tickets && priced.order.due_cents === (order.sum_cents ?? 0)
  return isAsSeen ? { ok: true, order: priced.order } : { ok: false, problem: 'order' }
}

/** In the transaction it is given, which has the event's lock. */
export async function insertOrder(
  tx: Db,
  event: Event,
  signup_id: string,
  { lines, full_cents, discount_id, discount_cents }: Priced,
  pays: PayWay,
): Promise<void> {
  const { organization_id } = event
  await tx
    .insertInto('event_order')
    .values({
      organization_id,
      signup_id,
      full_cents,
      discount_id,
      discount_cents,
      pays,
      refund_until: refundUntil(event),
    })
    .execute()
  await tx
    .insertInto('event_order_line')
    .values(
      lines.map(({ ticket_kind_id, count, price_cents }) => ({
        organization_id,
        signup_id,
        ticket_kind_id,
        count,
        price_cents,
      })),
    )
    .execute()
}
