import { sql } from 'kysely'
import type { Db } from '../../platform/db/db.ts'
import '../people/tables.ts'
import '../voterfile/tables.ts'
import { noHomes, type Homes } from './homes.ts'
import { isMailedHome, voterPost } from './mail.ts'
import { contactable } from './schema.ts'
import { leftHome, suppressed, votersOf } from './sql.ts'

/** On the rolls and old enough, of a voter `v`. */
const isOnRolls = sql<boolean>`(v.gone_in is null and v.status = any(${[...contactable]}::text[]))`

/** What was said by hand; `ids`: of these voters alone. */
async function saidByHand(
  db: Db,
  organization_id: string,
  ids: readonly number[] | null,
): Promise<ReadonlyMap<number, number>> {
  const rows = await db
    .selectFrom('household_member as m')
    .innerJoin('person as p', (join) =>
      join.onRef('p.organization_id', '=', 'm.organization_id').onRef('p.person_id', '=', 'm.person_id'),
    )
    .where('m.organization_id', '=', organization_id)
    .where('m.ended_at', 'is', null)
    .where('p.merged_into', 'is', null)
    .where('p.voter_id', 'is not', null)
    .$if(ids !== null, (query) => query.where(sql<boolean>`p.voter_id = any(${[...(ids ?? [])]}::integer[])`))
    .select(['p.voter_id', 'm.home'])
    .execute()
  return new Map(rows.map(({ voter_id, home }) => [voter_id ?? 0, home]))
}

/** Of voters of whom something changed: is what was said of their homes still the same? */
export async function areHomesAsKnown(
  db: Db,
  organization_id: string,
  { by_hand }: Homes,
  changed: readonly number[],
): Promise<boolean> {
  const now = await saidByHand(db, organization_id, changed)
  return changed.every((voter_id) => now.get(voter_id) === by_hand.get(voter_id))
}

/** Of voters whose post goes elsewhere than the voter file says: 't…' a place we were told, 'door' or 'nowhere'; `ids`: of these alone. */
export async function postElsewhere(
  db: Db,
  organization_id: string,
  ids: readonly number[] | null,
): Promise<ReadonlyMap<number, string>> {
  const { rows } = await sql<{ voter_id: number; goes: string }>`
    select voter_id, case when goes = 'told' then 't' || place else goes end as goes from ${voterPost(organization_id)} post
    where ${ids === null ? sql`true` : sql`voter_id = any(${[...ids]}::integer[])`}`.execute(db)
  return new Map(rows.map(({ voter_id, goes }) => [voter_id, goes]))
}

/** Everybody who by the voter file lives with one of them. */
export async function sharingDoor(db: Db, ids: readonly number[]): Promise<Sharing[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<Sharing>`
    select v.voter_id, v.household_key, ${isMailedHome} as is_mailed_home, ${isOnRolls} as is_on_rolls from voter_record v
    where v.household_key = any(array(select household_key from voter_record where voter_id = any(${[...ids]}::integer[]) and household_key is not null))`.execute(
    db,
  )
  return rows
}

interface Sharing {
  voter_id: number
  household_key: number
  /** Post goes to the door. */
  is_mailed_home: boolean
  is_on_rolls: boolean
}

/** Asks by key: nothing where nobody changed anything, and never for more than the homes concerned. */
export async function homesByHand(db: Db, organization_id: string): Promise<Homes> {
  const moved = await saidByHand(db, organization_id, null)
  if (moved.size === 0) return noHomes
  const records = () =>
    db
      .selectFrom('voter_record as v')
      .select([
        'v.voter_id',
        'v.household_key',
        isMailedHome.as('is_mailed_home'),
        sql<boolean>`${isOnRolls} and (${suppressed(votersOf(organization_id), leftHome)}) is not true`.as('is_living'),
      ])
  const changed = await records()
    .where(sql<boolean>`voter_id = any(${[...moved.keys()]}::integer[])`)
    .execute()
  const keys = new Set([...moved.values(), ...changed.flatMap(({ household_key }) => household_key ?? [])])
  const neighbours = await records()
    .where(sql<boolean>`household_key = any(${[...keys]}::bigint[])`)
    .execute()
  const all = [...new Map([...changed, ...neighbours].map((row) => [row.voter_id, row])).values()]
  return {
    ids: all.map(({ voter_id }) => voter_id),
    // Who was not changed is here because of the key of their home.
    homes: all.map(({ voter_id, household_key }) => moved.get(voter_id) ?? household_key ?? 0),
    is_living: all.map(({ is_living }) => is_living),
    is_mailed_home: all.map(({ is_mailed_home }) => is_mailed_home),
    by_hand: moved,
  }
}
