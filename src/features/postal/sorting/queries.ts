import { sql } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import type { Drop } from '../drops/queries.ts'

/** Pieces to each ZIP code, in the order of the post. */
export const piecesByZip = (
  db: Db,
  { organization_id, drop_id }: Pick<Drop, 'organization_id' | 'drop_id'>,
): Promise<{ zip5: string; pieces: number }[]> =>
  db
    .selectFrom('postal_piece')
    .select(['zip5', sql<number>`count(*)::integer`.as('pieces')])
    .where('organization_id', '=', organization_id)
    .where('drop_id', '=', drop_id)
    .groupBy('zip5')
    .orderBy('zip5')
    .execute()
