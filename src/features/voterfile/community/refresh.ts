import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import type { Clock } from '../../../platform/clock.ts'
import { inTransaction, type Database, type Db } from '../../../platform/db/db.ts'
import { importLock } from '../importing/lock.ts'
import { communities, nameShares, nameTablesVersion, percentsInto, tells } from './estimate.ts'
import { electionDistrict, knownPlaces, placeOf, placeTable, type PlaceCount, type PlaceTable } from './places.ts'
import './tables.ts'

/** The places this installation loaded itself. */
export async function loadedPlaces(db: Db): Promise<PlaceCount[]> {
  const rows = await db
    .selectFrom('community_place')
    .selectAll()
    .orderBy('state')
    .orderBy('kind')
    .orderBy('name')
    .execute()
  return rows.map(({ state, kind, name, within, population, other_asian, ...counts }) => ({
    state,
    kind,
    name,
    within,
    population,
    communities: communities.map((community) => counts[community]),
    other_asian,
  }))
}

/** Everything known about places of a state: what came with Hanpyo, over it what was loaded, and its crosswalk if there is one. */
export const placesOf = async (db: Db, state: string): Promise<PlaceTable> =>
  placeTable(state, [...knownPlaces, ...(await loadedPlaces(db))], await crosswalkOf(db, state))

/** As `placesOf` without election districts, which are thousands: for a voter whose council district is known. */
export const placesWithoutElectionDistricts = async (db: Db, state: string): Promise<PlaceTable> =>
  placeTable(state, [...knownPlaces, ...(await loadedPlaces(db))], new Map())

/** Geography's crosswalk from election districts to council districts, where that table exists. */
const hasCrosswalk = async (db: Db): Promise<boolean> => {
  const { rows } = await sql<{ it: boolean }>`select to_regclass('crosswalk_whole') is not null as it`.execute(db)
  return rows[0]?.it ?? false
}

async function crosswalkOf(db: Db, state: string): Promise<ReadonlyMap<number, number>> {
  if (!(await hasCrosswalk(db))) return new Map()
  const { rows } = await sql<{ ad: number; ed: number; district: number }>`
    select ad, ed, district from crosswalk_whole where kind = 'nyc-council' and state = ${state} order by ad, ed`.execute(
    db,
  )
  return new Map(rows.map(({ ad, ed, district }) => [electionDistrict(ad, ed), district]))
}

/** The council district of one voter: as the file says, else by the crosswalk. */
export async function councilOf(
  db: Db,
  { state, ccd, ad, ed }: { state: string; ccd: number | null; ad: number | null; ed: number | null },
): Promise<number | null> {
  if (ccd !== null || ad === null || ed === null || !(await hasCrosswalk(db))) return ccd
  const { rows } = await sql<{ district: number }>`
    select district from crosswalk_whole
    where kind = 'nyc-council' and state = ${state} and ad = ${ad} and ed = ${ed}`.execute(db)
  return rows[0]?.district ?? null
}

/** Names the tables estimates are made with now; changes whenever one of them does. */
export async function tablesVersion(db: Db, state: string): Promise<string> {
  const isIts = (place: PlaceCount) => place.state === state
  const tables = JSON.stringify([
    knownPlaces.filter(isIts),
    (await loadedPlaces(db)).filter(isIts),
    [...(await crosswalkOf(db, state))],
  ])
  return `names ${nameTablesVersion}, places ${createHash('sha256').update(tables).digest('hex').slice(0, 8)}`
}

/**
 * After an import, in its transaction: what became of the state's estimates. `version`: of the tables when the import began,
 * since others may have been loaded while it read.
 */
export async function noteImport(
  db: Db,
  state: string,
  version: string,
  { is_first, joined_council, changed }: { is_first: boolean; joined_council: boolean; changed: boolean },
): Promise<void> {
  if (is_first) {
    await db
      .insertInto('community_estimate')
      .values({ state, version, has_council: joined_council, refreshing: null, refreshed_at: null })
      .onConflict((row) => row.column('state').doNothing())
      .execute()
  } else if (joined_council) {
    await db
      .insertInto('community_estimate')
      .values({ state, version: '', has_council: true, refreshing: null, refreshed_at: null })
      .onConflict((row) => row.column('state').doUpdateSet({ version: '', has_council: true, refreshing: null }))
      .execute()
  } else if (changed) {
    // Rows written anew know the county alone where the council district came from another file.
    await db
      .updateTable('community_estimate')
      .set({ version: '', refreshing: null })
      .where('state', '=', state)
      .where('has_council', '=', true)
      .execute()
  }
}

/** States whose stored estimates were made with other tables than today's. */
export async function staleStates(db: Db): Promise<string[]> {
  const kept = await db.selectFrom('community_estimate').select(['state', 'version']).orderBy('state').execute()
  const stale: string[] = []
  for (const { state, version } of kept) if (version !== (await tablesVersion(db, state))) stale.push(state)
  return stale
}

export interface RefreshProgress {
  state: string
  /** Voters read, of about so many. */
  read: number
  of: number
  changed: number
}

export interface RefreshReport {
  states: { state: string; version: string; read: number; changed: number }[]
}

interface Row {
  voter_id: number
  last_name: string
  first_name: string | null
  middle_name: string | null
  ccd: number | null
  ad: number | null
  ed: number | null
  county: string | null
  kept: number[]
}

/**
 * Makes the stored estimates anew, state by state and batch by batch, each batch in a transaction of its own, and writes
 * only rows whose numbers change. Killed, it goes on from its last batch. Waits for an import, and an import for it.
 */
export async function refreshCommunity(
  { database, clock, actor }: { database: Database; clock: Clock; actor: Actor },
  options: {
    batch_rows?: number
    signal?: AbortSignal
    onProgress?(progress: RefreshProgress): void
  } = {},
): Promise<RefreshReport> {
  const db = database.owner
  const lock = await database.ownerPool.connect()
  try {
    await lock.query('select pg_advisory_lock($1)', [importLock])
    const rows = await db.selectFrom('community_estimate').selectAll().orderBy('state').execute()
    const report: RefreshReport = { states: [] }
    for (const { state, refreshing, refreshed_to, refreshed_changed } of rows) {
      const version = await tablesVersion(db, state)
      const places = await placesOf(db, state)
      const goes_on = refreshing === version
      if (!goes_on)
        await db
          .updateTable('community_estimate')
          .set({ refreshing: version, refreshed_to: 0, refreshed_changed: 0 })
          .where('state', '=', state)
          .execute()
      const { read, changed } = await refreshState(db, state, places, {
        after: goes_on ? refreshed_to : 0,
        changed: goes_on ? refreshed_changed : 0,
        batch_rows: options.batch_rows ?? 20_000,
        ...(options.signal && { signal: options.signal }),
        ...(options.onProgress && { onProgress: options.onProgress }),
      })
      await inTransaction(db, async (tx) => {
        await tx
          .updateTable('community_estimate')
          .set({ version, refreshing: null, refreshed_to: 0, refreshed_changed: 0, refreshed_at: clock.now() })
          .where('state', '=', state)
          .execute()
        await audit(tx, actor, {
          action: 'community.refresh',
          subject: 'community_estimate',
          subject_id: state,
          after: { version, read, changed },
          organization_id: null,
        })
      })
      report.states.push({ state, version, read, changed })
    }
    return report
  } finally {
    // A connection that was lost has given its lock back.
    await lock.query('select pg_advisory_unlock($1)', [importLock]).catch(() => undefined)
    lock.release()
  }
}

async function refreshState(
  db: Db,
  state: string,
  places: PlaceTable,
  options: {
    after: number
    changed: number
    batch_rows: number
    signal?: AbortSignal
    onProgress?(progress: RefreshProgress): void
  },
): Promise<{ read: number; changed: number }> {
  let { after, changed } = options
  let read = 0
  const last = await sql<{ last: number | null }>`
    select max(voter_id) as last from voter_record where state = ${state}`.execute(db)
  const to = last.rows[0]?.last ?? 0
  const telling = { surname: new Map<string, boolean>(), given: new Map<string, boolean>() }
  const now = new Int16Array(6)
  while (after < to) {
    options.signal?.throwIfAborted()
    await inTransaction(db, async (tx) => {
      const { rows } = await sql<Row>`
        select voter_id, last_name, first_name, middle_name, ccd, ad, ed, county,
          array[p_korean, p_chinese, p_south_asian, p_vietnamese, p_filipino, p_japanese] as kept
        from voter_record where state = ${state} and voter_id > ${after}
        order by voter_id limit ${options.batch_rows}`.execute(tx)
      const different: number[][] = [[], [], [], [], [], [], []]
      for (const row of rows) {
        percentsOf(row, places, telling, now)
        if (row.kept.every((percent, at) => percent === now[at])) continue
        different[0]?.push(row.voter_id)
        for (let at = 0; at < 6; at++) different[at + 1]?.push(now[at] ?? 0)
      }
      const [ids = [], ...percents] = different
      if (ids.length > 0) {
        const [korean, chinese, south_asian, vietnamese, filipino, japanese] = percents
        await sql`
          update voter_record v set p_korean = u.korean, p_chinese = u.chinese, p_south_asian = u.south_asian,
            p_vietnamese = u.vietnamese, p_filipino = u.filipino, p_japanese = u.japanese
          from unnest(${ids}::integer[], ${korean}::smallint[], ${chinese}::smallint[], ${south_asian}::smallint[],
            ${vietnamese}::smallint[], ${filipino}::smallint[], ${japanese}::smallint[])
            as u (voter_id, korean, chinese, south_asian, vietnamese, filipino, japanese)
          where v.state = ${state} and v.voter_id = u.voter_id`.execute(tx)
      }
      read += rows.length
      changed += ids.length
      after = rows.at(-1)?.voter_id ?? to
      await tx
        .updateTable('community_estimate')
        .set({ refreshed_to: after, refreshed_changed: changed })
        .where('state', '=', state)
        .execute()
    })
    options.onProgress?.({ state, read: after, of: to, changed })
  }
  return { read, changed }
}

const keep = 500_000

/** As the import does it: names that say nothing on their own are not worked out. */
function percentsOf(
  { last_name, first_name, middle_name, ccd, ad, ed, county }: Row,
  places: PlaceTable,
  telling: { surname: Map<string, boolean>; given: Map<string, boolean> },
  into: Int16Array,
): void {
  const first = first_name ?? ''
  const middle = (middle_name ?? '').length > 1 ? (middle_name ?? '') : ''
  if (
    !known(telling.surname, last_name, true) &&
    !known(telling.given, first, false) &&
    !known(telling.given, middle, false)
  ) {
    into.fill(0)
    return
  }
  const council = ccd ?? (ad === null || ed === null ? null : places.electionDistricts.get(electionDistrict(ad, ed)))
  percentsInto(nameShares(last_name, first, middle), placeOf(places, county, council ?? null), into)
}

function known(map: Map<string, boolean>, name: string, isSurname: boolean): boolean {
  const found = map.get(name)
  if (found !== undefined) return found
  if (map.size >= keep) map.clear()
  const said = tells(name, isSurname)
  map.set(name, said)
  return said
}

/** Takes over counts of people by place, all or none; a place that is there already gets the new counts. */
export async function storePlaces(
  db: Db,
  actor: Actor,
  clock: Clock,
  places: readonly PlaceCount[],
  source: string,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    for (const { state, kind, name, within, population, other_asian, communities: counts } of places) {
      const values = {
        within,
        population,
        other_asian,
        ...(Object.fromEntries(communities.map((community, at) => [community, counts[at] ?? 0])) as Record<
          (typeof communities)[number],
          number
        >), // made from the list of them
        source,
        loaded_at: clock.now(),
        loaded_by: actor.name,
      }
      await tx
        .insertInto('community_place')
        .values({ state, kind, name, ...values })
        .onConflict((row) => row.columns(['state', 'kind', 'name']).doUpdateSet(values))
        .execute()
    }
    await audit(tx, actor, {
      action: 'community.places',
      subject: 'community_place',
      subject_id: null,
      after: { places: places.length, source },
      organization_id: null,
    })
  })
}

/** Back to the places that came with Hanpyo. */
export async function dropPlaces(db: Db, actor: Actor): Promise<number> {
  return inTransaction(db, async (tx) => {
    const { numDeletedRows } = await tx.deleteFrom('community_place').executeTakeFirst()
    await audit(tx, actor, {
      action: 'community.places_dropped',
      subject: 'community_place',
      subject_id: null,
      after: { places: Number(numDeletedRows) },
      organization_id: null,
    })
    return Number(numDeletedRows)
  })
}
