import { dateIn } from '../../../platform/clock.ts'
import type { Db } from '../../../platform/db/db.ts'
import { cardAccount } from '../../ledger/cards/queries.ts'
import type { Event } from '../queries.ts'
import type { Room } from '../rules.ts'
import { ticketsMost } from './place.ts'
import { sellingOf, sells } from './queries.ts'
import { shownKinds, type Priced, type TicketKind } from './rules.ts'
import { plainCode, type PayWay } from './schema.ts'

/** What a page sells, as its reader sees it. */
export interface Offer {
  kinds: readonly TicketKind[]
  /** There were tickets; none is sold any more, also by no code. */
  is_over: boolean
  /** Tickets that are left, by kind. */
  left: ReadonlyMap<string, number>
  tickets_most: number
  ways: readonly PayWay[]
  /** What was chosen comes to; null: not known yet. */
  priced: Priced | null
  /** It was not asked for, or has changed: it is to be looked at before anything is sent. */
  is_sum_new: boolean
  today: string
}

interface Asked {
  typed: Record<string, string[]>
  priced?: Priced | null
  is_sum_new?: boolean
}

/** What an event sells to whoever typed this; null: it asks for no money. */
export async function offerOf(
  db: Db,
  event: Event,
  room_left: Room,
  { typed, priced = null, is_sum_new = false }: Asked,
  now: Date,
): Promise<Offer | null> {
  const { organization_id, event_id } = event
  if (!(await sells(db, organization_id, event_id))) return null
  const { kinds } = await sellingOf(db, organization_id, event_id)
  return {
    kinds: shownKinds(kinds, codeIn(typed)),
    is_over: kinds.length === 0,
    left: room_left.tickets ?? new Map(),
    tickets_most: ticketsMost(event),
    ways: await waysOf(db, event, priced?.due_cents ?? null),
    priced,
    is_sum_new,
    today: dateIn(event.time_zone, now),
  }
}

/** Stripe takes no smaller payment in dollars: https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts */
const least_cents = 50

/** How money is taken: by card where that is set up, at the door where the event says so or there is no other way. */
export async function waysOf(db: Db, event: Event, due_cents: number | null): Promise<PayWay[]> {
  const account = await cardAccount(db, event.organization_id)
  const has_cards = account?.closed_at === null && (due_cents ?? least_cents) >= least_cents
  return [...(has_cards ? (['card'] as const) : []), ...(event.pays_at_door || !has_cards ? (['door'] as const) : [])]
}

export const codeIn = (fields: Record<string, string[]>): string => plainCode((fields.code?.[0] ?? '').slice(0, 60))
