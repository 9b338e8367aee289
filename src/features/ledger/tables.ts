import type { ColumnType, Generated } from 'kysely'
import type { entryKinds, purposes, ways } from './schema.ts'

type Instant = ColumnType<Date | null, Date | null | undefined, Date | null>

/** Money that came in or was given back; never changed. */
export interface LedgerEntryTable {
  organization_id: string
  entry_id: string
  year: number
  /** Of the receipt, without gaps within a year. */
  number: number
  kind: (typeof entryKinds)[number]
  /** The payment given back, or recorded by mistake. */
  of_entry: string | null
  purpose: (typeof purposes)[number]
  /** Below 0 where given back. */
  amount_cents: number
  way: (typeof ways)[number]
  reference: string | null
  /** 'YYYY-MM-DD' the money changed hands. */
  on_date: string
  person_id: string
  /** Name on the receipt. */
  payer: string
  /** What it was for, in the words of the receipt. */
  what: ColumnType<Record<string, string>, string, never>
  dues_id: string | null
  /** Of a ticket: what it is for, in the room that sells it. */
  for_id: string | null
  note: string | null
  recorded_by: string
  recorded_at: Generated<Date>
}

/** A line of the bank's own file. */
export interface BankLineTable {
  organization_id: string
  line_id: Generated<string>
  /** 'YYYY-MM-DD' */
  on_date: string
  amount_cents: number
  text: string
  reference: string | null
  /** The reference can be nothing but the number of a check. */
  names_check: boolean
  /** Of several lines alike. */
  nth: number
  file_name: string
  imported_by: string
  imported_at: Generated<Date>
  /** Nothing of ours. */
  set_aside_by: string | null
  set_aside_at: Instant
}

export interface BankMatchTable {
  organization_id: string
  entry_id: string
  line_id: string
  how: 'rule' | 'hand'
  matched_by: string
  matched_at: Generated<Date>
}

/** The organization's account at the service that takes cards. */
export interface CardAccountTable {
  organization_id: string
  secret_key: string
  webhook_secret: string
  api_url: Generated<string>
  set_by: string
  set_at: Generated<Date>
  /** No cards from then on; what was under way is still reported. */
  closed_at: Instant
}

/** Somebody was sent to the service to pay their dues or a ticket. */
export interface CardCheckoutTable {
  organization_id: string
  /** Ours, and the entry's in the ledger. */
  checkout_id: string
  /** The service's; null until it opened its page. */
  session_id: string | null
  person_id: string
  /** Of dues; null: a ticket. */
  kind: string | null
  /** Of a ticket: what it is for, in the room that sells it. */
  for_id: string | null
  /** Of a ticket: what the receipt will say. */
  what: ColumnType<Record<string, string> | null, string | null | undefined, never>
  /** The service's page, while it is open. */
  url: string | null
  /** No payment there from then on. */
  expires_at: Instant
  amount_cents: number
  /** Of reduced dues: why, in the member's words. */
  reason: ColumnType<string | null, string | null | undefined, string | null>
  opened_at: Date
  /** 'held': paid there, but not to be booked by itself. */
  state: Generated<'open' | 'paid' | 'held' | 'settled'>
  problem: string | null
  /** The service's name of the payment. */
  payment_intent: string | null
  /** Of what was held. */
  settled_how: 'recorded' | 'refunded' | null
  settled_by: string | null
  settled_at: Instant
}

/** What the service reported. */
export interface CardEventTable {
  organization_id: string
  event_id: string
  type: string
  received_at: Date
  /** 'waits': of a payment we have not heard of yet. 'failed': for the treasurer to see. */
  state: 'done' | 'waits' | 'ignored' | 'failed'
  payment_intent: string | null
  /** All that was given back until then. */
  refunded_cents: number | null
  /** 'YYYY-MM-DD' */
  on_date: string
}

declare module '../../platform/db/tables.ts' {
  interface Tables {
    ledger_entry: LedgerEntryTable
    bank_line: BankLineTable
    bank_match: BankMatchTable
    card_account: CardAccountTable
    card_checkout: CardCheckoutTable
    card_event: CardEventTable
  }
}
