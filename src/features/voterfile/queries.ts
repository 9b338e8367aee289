import { sql, type RawBuilder, type Selectable } from 'kysely'
import type { Db } from '../../platform/db/db.ts'
import type { LayoutBook } from './layouts/all.ts'
import type { VoteMethod } from './layouts/layout.ts'
import { voteMethods } from './rules/history.ts'
import { isOfTheCity } from './importing/city-counties.ts'
import { provisionalId, provisionalNumber } from './rules/keys.ts'
import { houseSpellings } from './rules/streets.ts'
import { ImportOptions, type SaidColumns } from './schema.ts'
import type {
  ElectionTable,
  VoterChangeTable,
  VoterFileTable,
  VoterImportTable,
  VoterPhoneTable,
  VoterRecordTable,
} from './tables.ts'

/** Voters of each state that are in use now: in the newest file and not removed by the board. Counts them all: seconds at twenty million. */
export async function votersInUse(db: Db): Promise<Record<string, number>> {
  const { rows } = await sql<{ state: string; voters: number }>`
    select state, count(*)::integer as voters from voter_record where gone_in is null and status <> 'purged' group by state`.execute(
    db,
  )
  return Object.fromEntries(rows.map(({ state, voters }) => [state, voters]))
}

/** Telephone numbers in use, by the list that brought them last, the newest first. Counts them all, as above. */
export async function phonesInUse(db: Db): Promise<PhonesOfList[]> {
  const { rows } = await sql<PhonesOfList>`
    select f.file_id, f.kind, f.names, coalesce(f.received_on, max(p.received_on)) as received_on, count(*)::integer as numbers
    from voter_phone p left join voter_file f using (file_id) group by f.file_id order by f.file_id desc nulls last`.execute(
    db,
  )
  return rows
}

/** `file_id` null: of a list nobody knows any more. */
export interface PhonesOfList {
  file_id: number | null
  kind: VoterFileTable['kind'] | null
  names: string[] | null
  received_on: string
  numbers: number
}

export type VoterRecord = Selectable<VoterRecordTable>
export type VoterPhone = Selectable<VoterPhoneTable>

/** One voter as the state has them, or undefined. */
export function voterRecord(db: Db, voter_id: number): Promise<VoterRecord | undefined> {
  return db.selectFrom('voter_record').selectAll().where('voter_id', '=', voter_id).executeTakeFirst()
}

/** Several voters, in the order of `ids`; unknown ids are left out. */
export async function voterRecords(db: Db, ids: readonly number[]): Promise<VoterRecord[]> {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('voter_record')
    .selectAll()
    .where('voter_id', '=', sql<number>`any(${[...ids]}::integer[])`)
    .execute()
  const byId = new Map(rows.map((row) => [row.voter_id, row]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

/**
 * Voters whose street begins in one of these ways (`streetSpellings`), of one house or, with null, of the whole street. Each
 * spelling is one descent into the index of addresses.
 */
export async function votersAt(
  db: Db,
  spellings: readonly string[],
  house: string | null,
  most: number,
  only: RawBuilder<unknown> = sql``,
): Promise<number[]> {
  const number = house === null ? sql`` : sql`and house_number = any(${houseSpellings(house)}::text[])`
  const { rows } = await sql<{ voter_id: number }>`
    select distinct hit.voter_id from unnest(${[...spellings]}::text[]) as wanted(street)
    cross join lateral (
      select voter_id from voter_record
      where lower(street) ~>=~ wanted.street and lower(street) ~<~ (wanted.street || ${'\u{10FFFF}'}) ${number} ${only}
      limit ${most}
    ) hit limit ${most}`.execute(db)
  return rows.map(({ voter_id }) => voter_id)
}

export interface VoterChange extends Selectable<VoterChangeTable> {
  /** Date of the file that said so. */
  received_on: string | null
  imported_at: Date
}

/** What changed about a voter from file to file, newest first. */
export function voterChanges(db: Db, voter_id: number): Promise<VoterChange[]> {
  return db
    .selectFrom('voter_change')
    .innerJoin('voter_file', 'voter_file.file_id', 'voter_change.file_id')
    .selectAll('voter_change')
    .select(['voter_file.received_on', 'voter_file.imported_at'])
    .where('voter_change.voter_id', '=', voter_id)
    .orderBy('voter_change.file_id', 'desc')
    .execute()
}

/** Numbers matched to these voters, the best first. */
export async function voterPhones(db: Db, voter_ids: readonly number[]): Promise<VoterPhone[]> {
  if (voter_ids.length === 0) return []
  return db
    .selectFrom('voter_phone')
    .selectAll()
    .where('voter_id', '=', sql<number>`any(${[...voter_ids]}::integer[])`)
    .orderBy('voter_id')
    .orderBy('quality', 'desc')
    .orderBy('received_on', 'desc')
    .orderBy('phone')
    .execute()
}

export interface ReadVote {
  election: Selectable<ElectionTable>
  method: VoteMethod
}

/** A voter's history in words, newest first. */
export async function voterVotes(db: Db, votes: readonly number[]): Promise<ReadVote[]> {
  if (votes.length === 0) return []
  const ids = votes.map((vote) => vote >> 3)
  const rows = await db.selectFrom('election').selectAll().where('election_id', 'in', ids).execute()
  const byId = new Map(rows.map((row) => [row.election_id, row]))
  return votes.flatMap((vote) => {
    const election = byId.get(vote >> 3)
    return election ? [{ election, method: voteMethods[vote & 7] ?? 'other' }] : []
  })
}

/** Elections of a state, newest first. */
export function elections(db: Db, state: string): Promise<Selectable<ElectionTable>[]> {
  return db
    .selectFrom('election')
    .selectAll()
    .where('state', '=', state)
    .orderBy('year', 'desc')
    .orderBy('held_on', 'desc')
    .execute()
}

/** Every file imported, newest first. */
export function voterFiles(db: Db): Promise<Selectable<VoterFileTable>[]> {
  return db.selectFrom('voter_file').selectAll().orderBy('file_id', 'desc').execute()
}

/** The files one import brought, in the order they were read. */
export function filesOfImport(db: Db, import_id: string): Promise<Selectable<VoterFileTable>[]> {
  return db.selectFrom('voter_file').selectAll().where('import_id', '=', import_id).orderBy('file_id').execute()
}

/** Imports, newest first: those waiting, running and done. */
export function voterImports(db: Db, limit = 50): Promise<Selectable<VoterImportTable>[]> {
  return db.selectFrom('voter_import').selectAll().orderBy('requested_at', 'desc').limit(limit).execute()
}

export function voterImport(db: Db, import_id: string): Promise<Selectable<VoterImportTable> | undefined> {
  return db.selectFrom('voter_import').selectAll().where('import_id', '=', import_id).executeTakeFirst()
}

/** What somebody said of the columns of the last list of telephones imported with just these headings. */
export async function columnsSaidBefore(db: Db, headings: readonly string[]): Promise<SaidColumns | undefined> {
  const row = await db
    .selectFrom('voter_import')
    .select('options')
    .where('kind', '=', 'phones')
    .where('state', '=', 'done')
    .where(sql<boolean>`array(select jsonb_object_keys(options -> 'columns') order by 1)
      = array(select distinct unnest(${[...headings]}::text[]) order by 1)`)
    .where(sql<boolean>`jsonb_typeof(options -> 'columns') = 'object'`)
    .orderBy('finished_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && ImportOptions.parse(row.options).columns
}

/** The newest file there is; a preview made before it may no longer be true. */
export async function newestVoterFile(db: Db): Promise<number | null> {
  const row = await db
    .selectFrom('voter_file')
    .select((eb) => eb.fn.max('file_id').as('newest'))
    .executeTakeFirst()
  return row?.newest ?? null
}

export interface DatedFile {
  layout: string
  received_on: string
  /** Of which it speaks; null: of all, or nobody knows. */
  counties: readonly string[] | null
  /** null: of an import that has not begun. */
  import_id: string | null
}

/**
 * The date of a file like this one that is newer by its date and came before it; null: there is none. Alike are two lists
 * of one state's voters by the same id, of whatever layout, that share a county: Florida delivers a file for each. Vote
 * histories add to what is known, in whatever order they come.
 */
export async function laterFile(
  db: Db,
  book: LayoutBook,
  { layout: id, received_on, counties, import_id }: DatedFile,
): Promise<string | null> {
  const layout = book.byId(id)
  if (layout?.kind !== 'registration') return null
  const files = await db
    .selectFrom('voter_file')
    .selectAll()
    .where('state', '=', layout.state)
    .where('kind', '=', 'registration')
    .where('received_on', '>', received_on)
    .$if(import_id !== null, (files) => files.where('import_id', 'is distinct from', import_id))
    // Those imported after it put right what it did.
    .where('file_id', '<', (eb) =>
      eb
        .selectFrom('voter_file as mine')
        .select((mine) => mine.fn.coalesce(mine.fn.min('mine.file_id'), mine.lit(2147483647)).as('first'))
        .where('mine.import_id', '=', import_id),
    )
    .orderBy('received_on', 'desc')
    .execute()
  for (const file of files) {
    const isOfThem = (book.byId(file.layout) ?? layout).key === layout.key
    if (isOfThem && (await sharesCounty(db, file, counties ?? []))) return file.received_on
  }
  return null
}

/** Does the file speak of one of these counties? `counties` empty: of any. */
async function sharesCounty(
  db: Db,
  { state, counties: theirs, first_voter_id, next_voter_id }: Selectable<VoterFileTable>,
  counties: readonly string[],
): Promise<boolean> {
  if (counties.length === 0 || theirs?.length === 0) return true
  if (theirs) return theirs.some((county) => counties.includes(county))
  if (first_voter_id === null || next_voter_id === null) return true
  // Of the first file of a state only its voters tell; mostly one of the first is of the county.
  const { rows } = await sql`select from voter_record where state = ${state} and voter_id >= ${first_voter_id}
    and voter_id < ${next_voter_id} and county = any(${[...counties]}::text[]) limit 1`.execute(db)
  return rows.length > 0
}

/**
 * Whom an id made of a number in the city tells of, by the number: who bears it or bore it until the state's file or the
 * city gave them another; several, where the city has given the number again. Nobody ever having borne it, whose number it
 * is: as the city's lists have it, else as the state says.
 */
export async function votersOfCity(db: Db, typed: readonly number[]): Promise<Map<number, number[]>> {
  // Nought stands where somebody has no number any more.
  const numbers = typed.filter((number) => number > 0)
  const ids = numbers.map(provisionalId)
  const borne = await sql<{ voter_id: number; id: string }>`
    select voter_id, state_voter_id as id from voter_record where state_voter_id = any(${ids}::text[])
    union
    select voter_id, before ->> 'state_voter_id' from voter_change
    where kind = 'other' and before ->> 'state_voter_id' is not null and before ->> 'state_voter_id' = any(${ids}::text[])`.execute(
    db,
  )
  const found = new Map<number, number[]>()
  for (const { voter_id, id } of borne.rows) {
    const number = provisionalNumber(id)
    if (number !== null) found.set(number, [...(found.get(number) ?? []), voter_id])
  }
  const left = numbers.filter((number) => !found.has(number))
  for (const [number, voter_id] of left.length > 0 ? await holdersOf(db, left) : []) found.set(number, [voter_id])
  return found
}

/** The number is asked for as the boards write it, with and without zeros before it, so that its index is used. */
async function holdersOf(db: Db, numbers: readonly number[]): Promise<Map<number, number>> {
  const spellings = numbers.flatMap((number) => [String(number), String(number).padStart(9, '0')])
  // Whoever the city's lists name so comes last, and counts.
  const { rows } = await sql<{ voter_id: number; number: string }>`
    select voter_id, number from (
      select v.voter_id, v.county_voter_id as number, 0 as is_named, v.gone_in from voter_record v
      where v.county_voter_id = any(${spellings}::text[]) and v.city_number is null and ${sql.raw(isOfTheCity)}
      union all
      select v.voter_id, v.city_number::text, 1, v.gone_in from voter_record v where v.city_number = any(${[...numbers]}::bigint[])
    ) holder order by is_named, gone_in nulls last, voter_id`.execute(db)
  return new Map(rows.map(({ voter_id, number }) => [Number(number), voter_id]))
}

/** Of each state: voters who have an id made of their number in the city until the state's file comes, and those it has nobody for. */
export async function votersWithoutStateId(db: Db): Promise<Map<string, { waiting: number; unmatched: number }>> {
  // Few installations have any: the files tell, without a look at the voters.
  const { rows } = await sql<{ state: string; waiting: number; unmatched: number }>`
    select state, count(*) filter (where unmatched_in is null)::integer as waiting, count(unmatched_in)::integer as unmatched
    from voter_record
    where id_kind is not null and gone_in is null and status <> 'purged'
      and exists (select from voter_file where layout = 'us-nyc' and first_voter_id is not null)
    group by state`.execute(db)
  return new Map(rows.map(({ state, ...counts }) => [state, counts]))
}

export const waitingPageSize = 100

export interface VoterWithoutStateId {
  voter_id: number
  last_name: string
  first_name: string | null
  birth_year: number | null
  county_voter_id: string | null
  house_number: string | null
  street: string | null
  unit: string | null
  city: string | null
}

/** Some of them by their `voter_id`, from after one on: those that a state's file has nobody for, or those still to be looked for. */
export async function listWithoutStateId(
  db: Db,
  state: string,
  is_unmatched: boolean,
  after: number,
): Promise<VoterWithoutStateId[]> {
  return db
    .selectFrom('voter_record')
    .select([
      'voter_id',
      'last_name',
      'first_name',
      'birth_year',
      'county_voter_id',
      'house_number',
      'street',
      'unit',
      'city',
    ])
    .where('state', '=', state)
    .where('id_kind', 'is not', null)
    .where('gone_in', 'is', null)
    .where('status', '<>', 'purged')
    .where('unmatched_in', is_unmatched ? 'is not' : 'is', null)
    .where('voter_id', '>', after)
    .orderBy('voter_id')
    .limit(waitingPageSize)
    .execute()
}

export interface PerhapsSame {
  voter_id: number
  last_name: string
  first_name: string | null
  house_number: string | null
  street: string | null
  unit: string | null
  city: string | null
}

/**
 * Voters with the state's id who may be the same as ones without: of one family name and birth date, where one given name
 * begins as the other does. At most three of each.
 */
export async function perhapsSame(db: Db, voter_ids: readonly number[]): Promise<Map<number, PerhapsSame[]>> {
  if (voter_ids.length === 0) return new Map()
  const { rows } = await sql<PerhapsSame & { of: number }>`
    select u.voter_id as of, v.voter_id, v.last_name, v.first_name, v.house_number, v.street, v.unit, v.city
    from voter_record u cross join lateral (
      select * from voter_record v
      where v.last_key = u.last_key and v.given_key ~>=~ left(u.given_key, 2) and v.given_key ~<~ (left(u.given_key, 2) || '\u{10FFFF}')
        and v.state = u.state and v.id_kind is null and v.gone_in is null and v.birth_date = u.birth_date
        and (starts_with(v.given_key, u.given_key) or starts_with(u.given_key, v.given_key) or lower(v.first_name) = lower(u.first_name))
      order by v.voter_id limit 3
    ) v where u.voter_id = any(${[...voter_ids]}::integer[]) order by v.voter_id`.execute(db)
  return Map.groupBy(rows, ({ of }) => of)
}

/** Are voters of any of these states stored? */
export async function hasVotersOf(db: Db, states: readonly string[]): Promise<boolean> {
  if (states.length === 0) return false
  const row = await db
    .selectFrom('voter_file')
    .select('file_id')
    .where('kind', '=', 'registration')
    .where('state', 'in', states)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
