import { sql, type RawBuilder } from 'kysely'
import type { Db } from '../../platform/db/db.ts'
import { log } from '../../platform/log.ts'
import { districtColumn, districtJoins, inDistrict, straddling } from '../geography/crosswalk.ts'
import { isCrosswalkKind, type MapKind } from '../geography/schema.ts'
import { fromNow, TooSlow } from './bounded.ts'
import { corrected, fileBreakdown, ourCorrections, type Breakdown } from './queries.ts'
import { contactable } from './schema.ts'

/** Kinds of districts that have a page. */
export const pageKinds = [
  'nyc-council',
  'assembly',
  'senate',
  'congress',
  'county',
] as const satisfies readonly MapKind[]
export type PageKind = (typeof pageKinds)[number]

export interface District {
  /** Two letters: 'NY'. */
  state: string
  kind: PageKind
  district: string
}

/** An election as today's voters of the district took part in it. */
export interface DistrictTurnout {
  kind: string
  year: number
  held_on: string | null
  voted: number
}

export interface DistrictFigures {
  /** Everybody on the rolls who can vote; nobody left out for marks of an organization. */
  breakdown: Breakdown
  active: number
  /** Newest first. */
  turnout: DistrictTurnout[]
  /** Everybody of each election district that lies in it wholly or partly, by its number on maps ('40001'). */
  election_districts: ReadonlyMap<string, number>
}

/** Elections shown of a district. */
const shownElections = 8

/** On the rolls, in no organization's eyes. */
export const onTheRolls = sql<boolean>`v.gone_in is null and v.status = any(${[...contactable]}::text[])`

const lies = ({ state, kind, district }: District): RawBuilder<boolean> =>
  isCrosswalkKind(kind)
    ? sql`(v.state = ${state} and ${inDistrict(kind, (value) => sql`${value} = ${Number(district)}`)})`
    : sql`(v.state = ${state} and v.county = ${district})`

/** Voters `v` of a district, for other rooms' queries. */
export const votersOf = (district: District): RawBuilder<boolean> => sql`(${onTheRolls} and ${lies(district)})`

async function countDistrict(db: Db, district: District, today: string): Promise<DistrictFigures> {
  const until = fromNow(longest_ms)
  const condition = votersOf(district)
  const [parts, active, turnout, election_districts] = await Promise.all([
    fileBreakdown(db, { condition }, today, until),
    sql<{
      count: number
    }>`select count(*) as count from voter_record v where v.status = 'active' and ${condition}`.execute(db),
    sql<DistrictTurnout>`
      select e.kind, e.year, e.held_on, sum(taken.count)::integer as voted from (
        select vote >> 3 as election_id, count(*) as count from voter_record v, unnest(v.votes) vote where ${condition} group by 1
      ) taken join election e on e.election_id = taken.election_id
      where e.kind in ('general', 'primary', 'presidential_primary')
      group by e.kind, e.year, e.held_on order by e.year desc, e.held_on desc nulls last limit ${shownElections}`.execute(
      db,
    ),
    countElectionDistricts(db, district),
  ])
  return { breakdown: parts, active: active.rows[0]?.count ?? 0, turnout: turnout.rows, election_districts }
}

/** Those in doubt too: they live there, whichever part it is. */
async function countElectionDistricts(db: Db, of: District): Promise<Map<string, number>> {
  const { state, kind, district } = of
  if (!isCrosswalkKind(kind)) return new Map()
  const { rows } = await sql<{ district: string; count: number }>`
    select (v.ad::integer * 1000 + v.ed)::text as district, count(*) as count from voter_record v
    where v.state = ${state} and v.ad is not null and v.ed is not null and ${onTheRolls}
      and (${lies(of)} or ${straddling(kind, Number(district))}) group by 1`.execute(db)
  return new Map(rows.map(({ district, count }) => [district, count]))
}

/** Voters of every district of a kind. */
async function countDistricts(db: Db, state: string, kind: PageKind): Promise<Map<string, number>> {
  const column = isCrosswalkKind(kind) ? districtColumn(kind) : sql`v.county`
  const { rows } = await sql<{ district: string | null; count: number }>`
    select ${column}::text as district, count(*) as count from voter_record v ${isCrosswalkKind(kind) ? districtJoins : sql``}
    where v.state = ${state} and ${onTheRolls} group by 1`.execute(db)
  return new Map(rows.flatMap(({ district, count }) => (district === null ? [] : [[district, count] as const])))
}

/*
 * Counting a district walks over all voters of the state, so an answer is kept until a voter file or a crosswalk is loaded (or the
 * day changes, for ages). Whoever comes first waits a little, and otherwise comes back: the counting goes on meanwhile.
 */

const longest_ms = 120_000
/** How long a page waits for what is not counted yet. */
const patience_ms = 3000
/** All districts of a state, and the maps. */
const mostKept = 400

const kept = new WeakMap<Db, Map<string, Promise<unknown>>>()

/**
 * null: still being counted. What the files say is counted over the commons and kept for everybody; what the organization was told,
 * of the few it has spoken with, is laid over it each time.
 */
export async function districtFigures(
  { commons, ours }: { commons: Db; ours: Db },
  organization_id: string,
  of: District,
  today: string,
): Promise<DistrictFigures | null> {
  const { state, kind, district } = of
  const figures = await keptAnswer(commons, `${state} ${kind}/${district} ${today}`, () =>
    countDistrict(commons, of, today),
  )
  if (!figures) return null
  const corrections = await ourCorrections(ours, { condition: votersOf(of) }, organization_id, fromNow(longest_ms))
  return { ...figures, breakdown: corrected(figures.breakdown, corrections) }
}

export const districtCounts = (db: Db, state: string, kind: PageKind): Promise<Map<string, number> | null> =>
  keptAnswer(db, `${state} ${kind}`, () => countDistricts(db, state, kind))

async function keptAnswer<T>(db: Db, name: string, count: () => Promise<T>): Promise<T | null> {
  const key = `${name} ${await version(db)}`
  const known = kept.get(db) ?? new Map<string, Promise<unknown>>()
  kept.set(db, known)
  let answer = known.get(key)
  if (!answer) {
    answer = count()
    known.set(key, answer)
    const [oldest] = known.keys()
    if (known.size > mostKept && oldest !== undefined) known.delete(oldest)
    answer.catch((problem: unknown) => {
      known.delete(key) // asked again, counted again
      if (!(problem instanceof TooSlow)) log.warn({ problem, name }, 'a district could not be counted')
    })
  }
  let timer: NodeJS.Timeout | undefined
  const tooLong = new Promise<null>((resolve) => (timer = setTimeout(() => resolve(null), patience_ms)))
  try {
    // Its own key says what kind of answer it is.
    return (await Promise.race([answer, tooLong])) as T | null
  } catch (problem) {
    if (problem instanceof TooSlow) return null
    throw problem
  } finally {
    clearTimeout(timer)
  }
}

/** Changes with every voter file and crosswalk. */
async function version(db: Db): Promise<string> {
  const { rows } = await sql<{ version: string }>`
    select concat_ws(' ', (select max(file_id) from voter_file), (select max(loaded_at) from crosswalk)) as version`.execute(
    db,
  )
  return rows[0]?.version ?? ''
}
