import type { ColumnType, Generated } from 'kysely'
import type { EventText } from '../schema.ts'
import type { Buyers, PayWay } from './schema.ts'

type Instant = ColumnType<Date | null, Date | null | undefined, Date | null>

export interface EventTicketKindTable {
  organization_id: string
  ticket_kind_id: Generated<string>
  event_id: string
  name: ColumnType<EventText, string, string>
  price_cents: number
  /** Sold in all; null: as many as there are seats. */
  most: number | null
  /** 'YYYY-MM-DD', both included. */
  from_on: string | null
  until_on: string | null
  buyers: Buyers
  /** Who has it sees the kind. */
  code: string | null
  /** In the order they were added. */
  added: ColumnType<number, never, never>
  /** Sold no longer. */
  archived_at: Instant
  made_by: string
  made_at: Date
}

export interface EventDiscountTable {
  organization_id: string
  discount_id: Generated<string>
  event_id: string
  /** null: for members in good standing, by itself. */
  code: string | null
  /** Either of the two. */
  percent: number | null
  /** Off the sum of one sign-up. */
  amount_cents: number | null
  uses_most: number | null
  until_on: string | null
  /** Empty: of all kinds. */
  ticket_kind_ids: string[]
  ended_at: Instant
  made_by: string
  made_at: Date
}

/** What a sign-up comes to, as it was when it was sent. Without one nothing is owed. */
export interface EventOrderTable {
  organization_id: string
  signup_id: string
  full_cents: number
  discount_id: string | null
  discount_cents: number
  pays: PayWay
  /** Last moment to cancel with money back, as it was then; a later change only lengthens it. */
  refund_until: Instant
}

export interface EventOrderLineTable {
  organization_id: string
  signup_id: string
  ticket_kind_id: string
  count: number
  price_cents: number
}

declare module '../../../platform/db/tables.ts' {
  interface Tables {
    event_ticket_kind: EventTicketKindTable
    event_discount: EventDiscountTable
    event_order: EventOrderTable
    event_order_line: EventOrderLineTable
  }
}
