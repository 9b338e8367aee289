import { sql, type RawBuilder, type Selectable } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import { ask, type Until } from '../bounded.ts'
import type { CompiledUniverse, SampledVoter, Universe } from '../queries.ts'
import { contactable } from '../schema.ts'
import type { Drifted as DriftedIds } from '../columns/describe.ts'
import { notBefore } from '../columns/evaluate.ts'
import { drawnSql, type Draw } from '../hash.ts'
import { blocking, isMember } from '../sql.ts'
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

/** How its members were drawn; null: everybody who fitted was taken. */
export const drawOf = ({ at_most, seed }: Pick<UniverseVersion, 'at_most' | 'seed'>): Draw | null =>
  at_most === null ? null : { at_most, seed }

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
  came: [
    'new_in_file',
    'registered',
    'returned',
    'moved',
    'party',
    'record_changed',
    'unmarked',
    'contacted',
    'tagged',
    'drawn',
    'other',
  ],
  went: [
    'record_gone',
    'undrawn',
    'gone',
    'off_rolls',
    'marked',
    'moved',
    'party',
    'record_changed',
    'contacted',
    'tagged',
    'other',
  ],
} as const satisfies Record<Side, readonly string[]>
export type Reason = (typeof reasons)[Side][number]

/** A frozen universe as its members were taken, and what they would be now. */
export interface Taken {
  saved: Universe
  since: Date
  draw: Draw | null
  /** Its expression of today. */
  fits: CompiledUniverse
  /** Who came and went, where the columns know; null: the database looks for them. */
  ids: DriftedIds | null
}

/** Of more who came or went what happened to each is not counted: their ids would have to be sent to the database. */
const mostTold = 100_000

function reasonOf(
  side: Side,
  { saved: { organization_id }, since, draw, fits, ids }: Taken,
  those: Uint32Array | null,
): RawBuilder<string> {
  const changed = (...kinds: string[]) => sql`exists (select from voter_change ch join voter_file f using (file_id)
    where ch.voter_id = v.voter_id and ch.kind = any(${kinds}::text[]) and f.imported_at > ${since})`
  const contacted = sql`(exists (select from contact_attempt a where a.organization_id = ${organization_id} and a.voter_id = v.voter_id
      and a.undone_at is null and a.recorded_at > ${since})
    or exists (select from person p join contact_attempt a on a.person_id = p.person_id and a.voter_id is null
      where p.organization_id = ${organization_id} and a.organization_id = ${organization_id} and p.voter_id = v.voter_id
        and a.undone_at is null and a.recorded_at > ${since}))`
  // Of a tag taken off nothing is left to see.
  const tagged = sql`exists (select from person p join person_tag pt on pt.organization_id = p.organization_id and pt.person_id = p.person_id
    where p.organization_id = ${organization_id} and p.voter_id = v.voter_id and p.merged_into is null and pt.tagged_at > ${since})`
  const changes = sql`when ${changed('moved')} then 'moved' when ${changed('party')} then 'party'
    when ${changed('status', 'name', 'districts', 'other')} then 'record_changed'`
  const blockedBy = (
    which: RawBuilder<unknown>,
  ) => sql`(exists (select from suppression s where s.organization_id = ${organization_id}
      and s.voter_id = v.voter_id and s.reason = any(${[...blocking]}::text[]) and ${which})
    or exists (select from person p join suppression s on s.person_id = p.person_id and s.voter_id is null
      where p.organization_id = ${organization_id} and s.organization_id = ${organization_id} and p.voter_id = v.voter_id
        and s.reason = any(${[...blocking]}::text[]) and ${which}))`
  if (side === 'went') {
    const undrawn = those && ids ? sql`m.voter_id = any(${listed(both(those, ids.undrawn))})` : fits.condition
    return sql`case when v.voter_id is null then 'record_gone' ${draw ? sql`when ${undrawn} then 'undrawn'` : sql``}
      when exists (select from voter_file f where f.file_id = v.gone_in and f.imported_at > ${since}) then 'gone'
      when v.status not in (${sql.join([...contactable])}) and ${changed('status')} then 'off_rolls'
      when ${blockedBy(sql`s.taken_back_at is null and s.marked_at > ${since}`)}
        or exists (select from person p where p.organization_id = ${organization_id} and p.voter_id = v.voter_id
          and p.merged_into is null and p.deceased_at > ${since}) then 'marked' ${changes}
      when ${contacted} then 'contacted' when ${tagged} then 'tagged' else 'other' end`
  }
  return sql`case when exists (select from voter_file f where v.voter_id >= f.first_voter_id and v.voter_id < f.next_voter_id
      and f.imported_at > ${since}) then 'new_in_file'
    when v.registered_on >= ${since}::date then 'registered' when ${changed('returned')} then 'returned' ${changes}
    when ${blockedBy(sql`s.taken_back_at > ${since}`)} then 'unmarked'
    when ${contacted} then 'contacted' when ${tagged} then 'tagged' else ${draw ? 'drawn' : 'other'}::text end`
}

/** The rows of one side; `those`: who they are, where that is known. */
function rowsOf(side: Side, { saved, fits, draw }: Taken, those: Uint32Array | null): RawBuilder<unknown> {
  const { organization_id, universe_id } = saved
  if (those) {
    const voters = sql`unnest(${listed(those)}) m (voter_id)`
    return side === 'came'
      ? sql`${voters} join voter_record v on v.voter_id = m.voter_id`
      : sql`${voters} left join voter_record v on v.voter_id = m.voter_id`
  }
  const target = draw && drawnSql(fits.condition, draw)
  if (side === 'came')
    return target
      ? sql`(${target}) d join voter_record v on v.voter_id = d.voter_id where not ${isMember(organization_id, universe_id)}`
      : sql`voter_record v where ${fits.condition} and not ${isMember(organization_id, universe_id)}`
  const goes = target
    ? sql`not exists (select from (${target}) d where d.voter_id = m.voter_id)`
    : sql`(v.voter_id is null or (${fits.condition}) is not true)`
  return sql`universe_member m left join voter_record v on v.voter_id = m.voter_id
    where m.organization_id = ${organization_id} and m.universe_id = ${universe_id} and m.until is null
      and ${goes}`
}

/** Written out here: an array of numbers the driver would write one by one, while nobody else is served. */
export const listed = (ids: Uint32Array): RawBuilder<number[]> => sql`${`{${ids.join()}}`}::integer[]`

/** Those of the first that are in the second, which is ascending. */
const both = (ids: Uint32Array, others: Uint32Array): Uint32Array =>
  ids.filter((id) => others[notBefore(others, id)] === id)

export interface Drift {
  count: number
  /** null: too many. */
  reasons: { reason: Reason; count: number }[] | null
}

/** How many came or went since its members were taken, and what is known of them. */
export async function drift(db: Db, side: Side, taken: Taken, until: Until = null, most = mostTold): Promise<Drift> {
  const those = taken.ids?.[side] ?? null
  if (those && those.length > most) return { count: those.length, reasons: null }
  const rows = await ask(
    db,
    sql<{ reason: Reason; count: number }>`select reason, count(*) as count from (
      select ${reasonOf(side, taken, those)} as reason from ${rowsOf(side, taken, those)}) changed group by reason`,
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
  taken: Taken,
  { from, size }: { from: number; size: number },
  until: Until = null,
): Promise<Drifted[]> {
  const those = taken.ids?.[side].subarray(from, from + size) ?? null
  const id = side === 'came' ? sql`v.voter_id` : sql`m.voter_id`
  return ask(
    db,
    sql<Drifted>`select d.*, p.name_hangul from (
      select ${id} as voter_id, v.last_name, v.first_name, v.middle_name, v.birth_date, v.birth_year, v.sex, v.party, v.county, v.city,
        ${reasonOf(side, taken, those)} as reason
      from ${rowsOf(side, taken, those)} order by ${id} limit ${size} offset ${those ? 0 : from}) d
    left join person p on p.organization_id = ${taken.saved.organization_id} and p.voter_id = d.voter_id and p.merged_into is null
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
