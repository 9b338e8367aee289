import type { Db } from '../../../platform/db/db.ts'
import '../tables.ts'

/** Tags callers may put on voters. */
export async function callerTags(db: Db, organization_id: string): Promise<string[]> {
  const rows = await db
    .selectFrom('tag')
    .select('tag')
    .where('organization_id', '=', organization_id)
    .where('is_for_callers', '=', true)
    .orderBy('tag')
    .execute()
  return rows.map((row) => row.tag)
}
