import { sql } from 'kysely'
import type { Db } from '../../platform/db/db.ts'
import type { Channel } from './schema.ts'
import './tables.ts'

/**
 * Of what somebody said of a channel the newest counts; of two at one moment, as when two records were put together, the
 * refusal. For whoever reads `consent`: what stands after `order by`.
 */
export const newestSaid = sql`recorded_at desc, is_given`

/** Said themselves that they want none of it: a page where everybody may write anybody's name does not change that. */
export async function hasOptedOut(
  db: Db,
  organization_id: string,
  person_id: string,
  channel: Channel,
): Promise<boolean> {
  const last = await db
    .selectFrom('consent')
    .select('is_given')
    .where('organization_id', '=', organization_id)
    .where('person_id', '=', person_id)
    .where('channel', '=', channel)
    .orderBy(newestSaid)
    .limit(1)
    .executeTakeFirst()
  return last?.is_given === false
}
