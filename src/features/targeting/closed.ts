import { sql } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import type { Db } from '../../platform/db/db.ts'
import { foldName } from './names.ts'

/**
 * What belongs to a campaign of the other lane, and is closed to somebody by that: campaigns lie above this room, so it
 * asks the database (`closed_parts`), on the database's day.
 */
async function closed(db: Db, { kind, id, organization_id }: Actor, part: 'universe' | 'phone_bank') {
  // Programs and jobs work in no lane.
  if (kind !== 'user' || !/^[0-9a-f-]{36}$/.test(id)) return new Set<string>()
  const { rows } = await sql<{ part_id: string }>`select part_id
    from closed_parts(${organization_id}::uuid, ${id}::uuid, ${part}, now()) part_id`.execute(db)
  return new Set(rows.map(({ part_id }) => part_id))
}

export const closedUniverses = (db: Db, actor: Actor): Promise<Set<string>> => closed(db, actor, 'universe')

/** Those of a list that an actor may open. */
export async function openTo<Row extends { universe_id: string }>(
  db: Db,
  actor: Actor,
  rows: readonly Row[],
): Promise<Row[]> {
  const away = await closedUniverses(db, actor)
  return rows.filter(({ universe_id }) => !away.has(universe_id))
}

/** Names, of today and of before, that mean a phone bank an actor may not open; as `foldName` has them. */
export async function closedBankNames(db: Db, actor: Actor): Promise<Set<string>> {
  const away = [...(await closed(db, actor, 'phone_bank'))]
  if (away.length === 0) return new Set()
  const { rows } = await sql<{ name: string }>`
    select n.value as name from phone_bank b, jsonb_each_text(b.name) n
    where b.organization_id = ${actor.organization_id}::uuid and b.phone_bank_id = any(${away}::uuid[])
    union select f.name from phone_bank_former_name f
    where f.organization_id = ${actor.organization_id}::uuid and f.phone_bank_id = any(${away}::uuid[])`.execute(db)
  return new Set(rows.map(({ name }) => foldName(name)))
}
