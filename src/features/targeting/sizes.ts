import { sql } from 'kysely'
import type { Db } from '../../platform/db/db.ts'
import type { Universe } from './queries.ts'

/** Keeps how many voters it answered with, one row a day. */
export async function keepSize(db: Db, saved: Universe, size: number, today: string, now: Date): Promise<void> {
  await db
    .insertInto('universe_size')
    .values({
      organization_id: saved.organization_id,
      universe_id: saved.universe_id,
      day: today,
      size,
      recorded_at: now,
    })
    .onConflict((conflict) =>
      conflict.columns(['organization_id', 'universe_id', 'day']).doUpdateSet({ size, recorded_at: now }),
    )
    .execute()
}

export interface Size {
  /** 'YYYY-MM-DD' */
  day: string
  size: number
}

/** Its size day by day, oldest first. */
export const sizesOf = (db: Db, { organization_id, universe_id }: Universe, days = 400): Promise<Size[]> =>
  db
    .selectFrom((eb) =>
      eb
        .selectFrom('universe_size')
        .select(['day', 'size'])
        .where('organization_id', '=', organization_id)
        .where('universe_id', '=', universe_id)
        .orderBy('day', 'desc')
        .limit(days)
        .as('latest'),
    )
    .select(['day', 'size'])
    .orderBy('day')
    .execute()

/** The last sizes of every universe of the organization, for the list. */
export async function recentSizes(db: Db, organization_id: string, days = 30): Promise<Map<string, Size[]>> {
  const { rows } = await sql<Size & { universe_id: string }>`
    select u.universe_id, s.day, s.size from universe u cross join lateral (
      select day, size from universe_size us where us.organization_id = u.organization_id and us.universe_id = u.universe_id
      order by day desc limit ${days}) s
    where u.organization_id = ${organization_id} order by u.universe_id, s.day`.execute(db)
  const sizes = new Map<string, Size[]>()
  for (const { universe_id, day, size } of rows) {
    const list = sizes.get(universe_id) ?? []
    list.push({ day, size })
    sizes.set(universe_id, list)
  }
  return sizes
}
