import type { ColumnType, Generated } from 'kysely'
import type { EventText } from '../schema.ts'

export interface EventProgramItemTable {
  organization_id: string
  item_id: string
  event_id: string
  position: number
  minutes: number
  title: ColumnType<EventText, string, string>
  /** Who speaks or sees to it. */
  who: string
  interpreter: string
  /** For the team. */
  note: string
  made_at: Date
  made_by: string
  removed_at: ColumnType<Date | null, Date | null | undefined, Date | null>
}

export interface EventProgramMarkTable {
  organization_id: string
  mark_id: Generated<string>
  event_id: string
  /** null: it is over. */
  item_id: string | null
  at: Date
  made_by: string
}

declare module '../../../platform/db/tables.ts' {
  interface Tables {
    event_program_item: EventProgramItemTable
    event_program_mark: EventProgramMarkTable
  }
}
