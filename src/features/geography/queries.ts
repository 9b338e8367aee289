import { sql, type Selectable } from 'kysely'
import type { Db } from '../../platform/db/db.ts'
import type { CrosswalkTable } from './tables.ts'

/** Maps that are loaded, without their shapes. */
export const mapsLoaded = (db: Db) =>
  db
    .selectFrom('district_map')
    .select(['state', 'kind', 'shapes', 'as_of', 'source', 'loaded_at', 'loaded_by'])
    .orderBy('state')
    .orderBy('kind')
    .execute()

export async function crosswalksLoaded(
  db: Db,
): Promise<(Selectable<CrosswalkTable> & { whole: number; straddling: number })[]> {
  return db
    .selectFrom('crosswalk as c')
    .selectAll('c')
    .select(({ selectFrom }) => [
      selectFrom('crosswalk_whole as w')
        .whereRef('w.state', '=', 'c.state')
        .whereRef('w.kind', '=', 'c.kind')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .$asScalar()
        .$notNull()
        .as('whole'),
      selectFrom('crosswalk_divided as p')
        .whereRef('p.state', '=', 'c.state')
        .whereRef('p.kind', '=', 'c.kind')
        .select(sql<number>`count(distinct (p.ad, p.ed))`.as('count'))
        .$asScalar()
        .$notNull()
        .as('straddling'),
    ])
    .orderBy('c.state')
    .orderBy('c.kind')
    .execute()
}
