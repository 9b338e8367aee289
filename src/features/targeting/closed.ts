import { sql } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import type { Db } from '../../platform/db/db.ts'
import { foldName } from './names.ts'
import { parse } from './parse.ts'
import { allTermsOf } from './schema.ts'
import './tables.ts'

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

/** Lists that an actor may not open: those of the other lane, and whatever names them or its phone banks. */
export async function closedUniverses(db: Db, actor: Actor): Promise<Set<string>> {
  const [own, naming] = await Promise.all([closed(db, actor, 'universe'), closedByName(db, actor)])
  return new Set([...own, ...naming.keys()])
}

/** What is closed, where an expression names it. */
export interface ClosedPart {
  kind: 'universe' | 'phone_bank'
  part_id: string
}

/**
 * Lists that are closed because their expression names what is: a closed list, also by way of others, or a closed phone bank.
 * One that belongs to both sides stays open.
 */
export async function closedByName(db: Db, actor: Actor): Promise<Map<string, ClosedPart>> {
  const [away, banks] = await Promise.all([closed(db, actor, 'universe'), closedBanks(db, actor)])
  const by_name = new Map<string, ClosedPart>()
  if (away.size === 0 && banks.size === 0) return by_name
  const { organization_id } = actor
  const [lists, former, shared] = await Promise.all([
    db.selectFrom('universe').select(['universe_id', 'name', 'expression', 'archived_at']).where('organization_id', '=', organization_id).execute(),
    db.selectFrom('universe_former_name').select(['universe_id', 'name']).where('organization_id', '=', organization_id).execute(),
    listsOfBothSides(db, actor),
  ]) // prettier-ignore
  // As `universeMeant`: the later ones of these win.
  const meant = new Map([
    ...lists.filter(({ archived_at }) => archived_at).map((each) => [foldName(each.name), each.universe_id] as const),
    ...former.map((each) => [each.name, each.universe_id] as const),
    ...lists.filter(({ archived_at }) => !archived_at).map((each) => [foldName(each.name), each.universe_id] as const),
  ])
  const partOf = (universe_id: string): ClosedPart | undefined =>
    away.has(universe_id) ? { kind: 'universe', part_id: universe_id } : by_name.get(universe_id)
  const whyClosed = ({ universes, phone_banks }: Named): ClosedPart | undefined => {
    const bank = phone_banks.flatMap((name) => banks.get(name) ?? [])[0]
    if (bank) return { kind: 'phone_bank', part_id: bank }
    return universes.flatMap((name) => partOf(meant.get(name) ?? '') ?? [])[0]
  }
  let open = lists
    .filter(({ universe_id }) => !away.has(universe_id) && !shared.has(universe_id))
    .map(({ universe_id, expression }) => ({ universe_id, named: namedIn(expression) }))
  // Round after round until none is found any more: lists may name each other in a circle.
  for (let before = Infinity; open.length < before;) {
    before = open.length
    open = open.filter(({ universe_id, named }) => {
      const part = whyClosed(named)
      if (part) by_name.set(universe_id, part)
      return !part
    })
  }
  return by_name
}

/** Lists of a campaign that is closed to somebody, and of one that is not. */
async function listsOfBothSides(db: Db, { organization_id, id }: Actor): Promise<Set<string>> {
  const { rows } = await sql<{ part_id: string }>`select part_id from (
      select part_id, exists (select from campaign_walls(organization_id, ${id}::uuid, campaign_id, now())) as is_closed
      from campaign_reach where organization_id = ${organization_id}::uuid and kind = 'universe') linked
    group by part_id having bool_or(is_closed) and not bool_and(is_closed)`.execute(db)
  return new Set(rows.map(({ part_id }) => part_id))
}

interface Named {
  universes: string[]
  phone_banks: string[]
}

/** What a saved text names after `in:` and `@`, as `foldName` writes it. */
function namedIn(text: string): Named {
  const parsed = /in:|@/.test(text) ? parse(text) : null
  const terms = parsed?.ok ? [...allTermsOf(parsed.expression)] : []
  return {
    universes: terms.flatMap((term) => (term.field === 'in' ? term.universes.map(foldName) : [])),
    phone_banks: terms.flatMap((term) => (term.field === 'at_phone_bank' ? term.phone_banks.map(foldName) : [])),
  }
}

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
export const closedBankNames = async (db: Db, actor: Actor): Promise<Set<string>> =>
  new Set((await closedBanks(db, actor)).keys())

async function closedBanks(db: Db, actor: Actor): Promise<Map<string, string>> {
  const away = [...(await closed(db, actor, 'phone_bank'))]
  if (away.length === 0) return new Map()
  const { rows } = await sql<{ name: string; phone_bank_id: string }>`
    select n.value as name, b.phone_bank_id from phone_bank b, jsonb_each_text(b.name) n
    where b.organization_id = ${actor.organization_id}::uuid and b.phone_bank_id = any(${away}::uuid[])
    union select f.name, f.phone_bank_id from phone_bank_former_name f
    where f.organization_id = ${actor.organization_id}::uuid and f.phone_bank_id = any(${away}::uuid[])`.execute(db)
  return new Map(rows.map(({ name, phone_bank_id }) => [foldName(name), phone_bank_id]))
}
