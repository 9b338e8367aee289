import type { Generated } from 'kysely'
import type { EventPart } from '../../targeting/schema.ts'

export interface EventPartTable {
  organization_id: string
  part_id: Generated<string>
  event_id: string
  part: EventPart
  person_id: string | null
  /** Of a guest from outside; null: a person of ours. */
  name: string | null
  made_by: string
  made_at: Date
}

declare module '../../../platform/db/tables.ts' {
  interface Tables {
    event_part: EventPartTable
  }
}
