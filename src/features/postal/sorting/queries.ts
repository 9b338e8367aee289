import { sql } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import type { Drop } from '../drops/queries.ts'
import type { Run } from './rules.ts'

/** The pieces there are, in the order they are printed. */
export async function runsOf(
  db: Db,
  { organization_id, drop_id }: Pick<Drop, 'organization_id' | 'drop_id'>,
): Promise<Run[]> {
  const { rows } = await sql<Run>`select zip5, tray, bundle, count(*)::integer as pieces
    from (select zip5, tray, bundle, number, row_number() over (order by number)
        - row_number() over (partition by zip5, tray, bundle order by number) as run
      from postal_piece where organization_id = ${organization_id}::uuid and drop_id = ${drop_id}::uuid) p
    group by zip5, tray, bundle, run order by min(number)`.execute(db)
  return rows
}
