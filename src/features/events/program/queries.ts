import type { Selectable } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import type { Mark } from './rules.ts'
import type { EventProgramItemTable } from './tables.ts'

export type ProgramItem = Selectable<EventProgramItemTable>

/** In their order. */
export const programOf = (db: Db, organization_id: string, event_id: string): Promise<ProgramItem[]> =>
  db
    .selectFrom('event_program_item')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('event_id', '=', event_id)
    .where('removed_at', 'is', null)
    .orderBy('position')
    .orderBy('item_id')
    .execute()

/** Where it stands; null: nobody has said that it began. */
export async function markOf(db: Db, organization_id: string, event_id: string): Promise<Mark | null> {
  const row = await db
    .selectFrom('event_program_mark')
    .select(['item_id', 'at'])
    .where('organization_id', '=', organization_id)
    .where('event_id', '=', event_id)
    .orderBy('mark_id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ?? null
}
