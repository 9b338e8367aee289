import type { ColumnType } from 'kysely'
import type { Said } from '../schema.ts'
import type { ProposalState, Sent } from './schema.ts'

type Instant = ColumnType<Date | null, Date | null | undefined, Date | null>
type Json<T> = ColumnType<T, string, string>

/** Who may propose to host what; no row: as `hostingBefore` says. */
export interface EventHostingTable {
  organization_id: string
  kinds: string[]
  /** Everybody, not members with an account alone. */
  is_public: boolean
  changed_at: Date
  changed_by: string
}

export interface EventProposalTable {
  organization_id: string
  proposal_id: string
  kind: string
  /** As it was proposed; what became of it is the event. */
  sent: Json<Sent>
  said: Json<Said>
  mail_to: string
  language: string
  /** Of ours, once it is approved. */
  person_id: ColumnType<string | null, string | null | undefined, string | null>
  /** The member's account that hosts. */
  user_id: string | null
  /** Of whoever had no account when it was approved. */
  invitation_id: ColumnType<string | null, undefined, string | null>
  state: ProposalState
  /** What the organizer wrote to them. */
  reason: ColumnType<string, undefined, string>
  event_id: ColumnType<string | null, undefined, string | null>
  received_at: Date
  decided_at: Instant
  decided_by: ColumnType<string | null, undefined, string | null>
}

declare module '../../../platform/db/tables.ts' {
  interface Tables {
    event_hosting: EventHostingTable
    event_proposal: EventProposalTable
  }
}
