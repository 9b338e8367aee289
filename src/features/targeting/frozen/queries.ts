import { sql, type RawBuilder, type Selectable } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import { ask, type Until } from '../bounded.ts'
import type { CompiledUniverse, SampledVoter, Universe } from '../queries.ts'
import { contactable } from '../schema.ts'
import { blocking, isMember, suppressed } from '../sql.ts'
import type { UniverseVersionTable } from '../tables.ts'

export type UniverseVersion = Selectable<UniverseVersionTable>

/** Freezes, refreshes and thaws, newest first. */
export function versions(db: Db, { organization_id, universe_id }: Universe): Promise<UniverseVersion[]> {
  return db
    .selectFrom('universe_version')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('universe_id', '=', universe_id)
    .orderBy('version', 'desc')
    .limit(50)
    .execute()
}

/** How far the running one is, 0-1; null: not known yet. */
export async function walkedShare(db: Db, { organization_id, universe_id }: Universe): Promise<number | null> {
  const row = await db
    .selectFrom('universe_walk')
    .select(['walked', 'to_walk'])
    .where('organization_id', '=', organization_id)
    .where('universe_id', '=', universe_id)
    .executeTakeFirst()
  return row && row.to_walk > 0 ? Math.min(1, row.walked / row.to_walk) : null
}

/** Who fits now and is no member; members who fit no more. */
export const sides = ['came', 'went'] as const
export type Side = (typeof sides)[number]

/**
 * What is known to have happened to somebody since the members were taken; the first that holds. It need not be why the
 * expression answers otherwise now, so pages say "since then", not "because".
 */
export const reasons = {
  came: ['registered', 'returned', 'moved', 'party', 'record_changed', 'unmarked', 'contacted', 'other'],
  went: ['record_gone', 'gone', 'off_rolls', 'marked', 'moved', 'party', 'record_changed', 'contacted', 'other'],
} as const satisfies Record<Side, readonly string[]>
export type Reason = (typeof reasons)[Side][number]

/** `since`: when its members were taken. */
function reasonOf(side: Side, organization_id: string, since: Date): RawBuilder<string> {
  const changed = (...kinds: string[]) => sql`exists (select from voter_change ch join voter_file f using (file_id)
    where ch.voter_id = v.voter_id and ch.kind = any(${kinds}::text[]) and f.imported_at > ${since})`
  const contacted = sql`(exists (select from contact_attempt a where a.organization_id = ${organization_id} and a.voter_id = v.voter_id
      and a.undone_at is null and a.recorded_at > ${since})
    or exists (select from person p join contact_attempt a on a.person_id = p.person_id and a.voter_id is null
      where p.organization_id = ${organization_id} and a.organization_id = ${organization_id} and p.voter_id = v.voter_id
        and a.undone_at is null and a.recorded_at > ${since}))`
  const changes = sql`when ${changed('moved')} then 'moved' when ${changed('party')} then 'party'
    when ${changed('status', 'name', 'districts', 'other')} then 'record_changed'`
  if (side === 'went') {
    return sql`case when v.voter_id is null then 'record_gone' when v.gone_in is not null then 'gone'
      when v.status not in (${sql.join([...contactable])}) then 'off_rolls'
      when ${suppressed(organization_id, blocking)} then 'marked' ${changes}
      when ${contacted} then 'contacted' else 'other' end`
  }
  return sql`case when v.registered_on >= ${since}::date then 'registered' when ${changed('returned')} then 'returned' ${changes}
    when exists (select from suppression s where s.organization_id = ${organization_id} and s.voter_id = v.voter_id
      and s.taken_back_at > ${since}) then 'unmarked'
    when ${contacted} then 'contacted' else 'other' end`
}

/** The rows of one side; `fits`: the universe's expression of today; `ids`: who they are, where that is known. */
function rowsOf(
  side: Side,
  { organization_id, universe_id }: Universe,
  fits: CompiledUniverse,
  ids: Uint32Array | undefined,
): RawBuilder<unknown> {
  if (ids) {
    const voters = sql`unnest(${[...ids]}::integer[]) m (voter_id)`
    return side === 'came'
      ? sql`${voters} join voter_record v on v.voter_id = m.voter_id`
      : sql`${voters} left join voter_record v on v.voter_id = m.voter_id`
  }
  if (side === 'came')
    return sql`voter_record v where ${fits.condition} and not ${isMember(organization_id, universe_id)}`
  return sql`universe_member m left join voter_record v on v.voter_id = m.voter_id
    where m.organization_id = ${organization_id} and m.universe_id = ${universe_id} and m.until is null
      and (v.voter_id is null or (${fits.condition}) is not true)`
}

export interface Drift {
  count: number
  reasons: { reason: Reason; count: number }[]
}

/** How many came or went since its members were taken, and what is known of them. */
export async function drift(
  db: Db,
  side: Side,
  saved: Universe,
  fits: CompiledUniverse,
  since: Date,
  until: Until = null,
  ids?: Uint32Array,
): Promise<Drift> {
  const rows = await ask(
    db,
    sql<{ reason: Reason; count: number }>`select reason, count(*) as count from (
      select ${reasonOf(side, saved.organization_id, since)} as reason from ${rowsOf(side, saved, fits, ids)}) changed group by reason`,
    until,
  )
  const order: readonly Reason[] = reasons[side]
  return {
    count: rows.reduce((sum, row) => sum + row.count, 0),
    reasons: rows.sort((a, b) => order.indexOf(a.reason) - order.indexOf(b.reason)),
  }
}

/** `last_name` null: the record itself is gone. */
export type Drifted = Omit<SampledVoter, 'last_name' | 'party'> & {
  last_name: string | null
  party: string | null
  reason: Reason
}

/** One page of them, by id. */
export function drifted(
  db: Db,
  side: Side,
  saved: Universe,
  fits: CompiledUniverse,
  since: Date,
  { from, size }: { from: number; size: number },
  until: Until = null,
  ids?: Uint32Array,
): Promise<Drifted[]> {
  const some = ids?.subarray(from, from + size)
  const id = side === 'came' ? sql`v.voter_id` : sql`m.voter_id`
  return ask(
    db,
    sql<Drifted>`select d.*, p.name_hangul from (
      select ${id} as voter_id, v.last_name, v.first_name, v.middle_name, v.birth_date, v.birth_year, v.sex, v.party, v.county, v.city,
        ${reasonOf(side, saved.organization_id, since)} as reason
      from ${rowsOf(side, saved, fits, some)} order by ${id} limit ${size} offset ${some ? 0 : from}) d
    left join person p on p.organization_id = ${saved.organization_id} and p.voter_id = d.voter_id and p.merged_into is null
    order by d.voter_id`,
    until,
  )
}

/** Its members, whatever became of them. */
export async function countMembers(db: Db, { organization_id, universe_id }: Universe): Promise<number> {
  const { count } = await db
    .selectFrom('universe_member')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('organization_id', '=', organization_id)
    .where('universe_id', '=', universe_id)
    .where('until', 'is', null)
    .executeTakeFirstOrThrow()
  return count
}
