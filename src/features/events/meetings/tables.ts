import type { ColumnType } from 'kysely'
import type { EventText } from '../schema.ts'
import type { AsApproved, Majority } from './schema.ts'

export interface EventMotionTable {
  organization_id: string
  motion_id: string
  event_id: string
  nth: number
  text: ColumnType<EventText, string, string>
  moved_by: string
  seconded_by: string
  majority: Majority
  amends: string | null
  made_at: Date
  made_by: string
  withdrawn_at: ColumnType<Date | null, Date | null | undefined, Date | null>
  withdrawn_by: ColumnType<string | null, string | null | undefined, string | null>
}

export interface EventMotionCountTable {
  organization_id: string
  count_id: ColumnType<number, never, never>
  motion_id: string
  yes: number
  no: number
  abstain: number
  entitled: number
  present: number
  quorum: number | null
  reason: string
  at: Date
  made_by: string
}

export interface EventMinutesTable {
  organization_id: string
  event_id: string
  presided_by: string
  /** 'YYYY-MM-DD' */
  approved_on: string | null
  approved_how: string
  as_approved: ColumnType<AsApproved | null, string | null | undefined, string | null>
  noted_at: Date
  noted_by: string
}

declare module '../../../platform/db/tables.ts' {
  interface Tables {
    event_motion: EventMotionTable
    event_motion_count: EventMotionCountTable
    event_minutes: EventMinutesTable
  }
}
