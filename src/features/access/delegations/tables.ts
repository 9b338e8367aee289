import type { ColumnType, Generated } from 'kysely'
import type { Delegated } from '../permissions.ts'

/** What a member may do beyond their roles, for a time. */
export interface DelegationTable {
  organization_id: string
  delegation_id: Generated<string>
  user_id: string
  what: Delegated
  /** 'YYYY-MM-DD' in the organization's time zone, included. */
  from_on: string
  /** Included. */
  until_on: string
  granted_by: string
  granted_at: Date
  ended_at: ColumnType<Date | null, Date | null | undefined, Date | null>
  ended_by: string | null
}

/** At which events what is delegated may be done; none: at all. */
export interface DelegationEventTable {
  organization_id: string
  delegation_id: string
  event_id: string
}

declare module '../../../platform/db/tables.ts' {
  interface Tables {
    delegation: DelegationTable
    delegation_event: DelegationEventTable
  }
}
