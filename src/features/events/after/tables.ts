import type { ColumnType } from 'kysely'
import type { EventText } from '../schema.ts'
import type { Thanked, Thanks } from './schema.ts'

type Json<T> = ColumnType<T, string | undefined, string>

export interface EventAfterTable {
  organization_id: string
  event_id: string
  thanks: Json<Thanks>
  feedback_form_id: string | null
  notes: Json<EventText>
  notes_published_at: ColumnType<Date | null, Date | null | undefined, Date | null>
  changed_by: string
  changed_at: Date
}

export interface EventThanksTable {
  organization_id: string
  signup_id: string
  which: Thanked
  made_at: Date
  made_by: string
}

export interface EventHoursTable {
  organization_id: string
  hours_id: ColumnType<number, never, never>
  signup_id: string
  shift_id: string
  /** null: those of the shift again. */
  minutes: number | null
  reason: string
  at: Date
  made_by: string
}

declare module '../../../platform/db/tables.ts' {
  interface Tables {
    event_after: EventAfterTable
    event_thanks: EventThanksTable
    event_hours: EventHoursTable
  }
}
