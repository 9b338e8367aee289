import { sql, type RawBuilder } from 'kysely'
import type { Db } from '../../platform/db/db.ts'
import { crosswalkKinds, type CrosswalkKind } from './schema.ts'
import './tables.ts'

/*
 * Districts a state's file lacks, by the election district the voter is registered in. voter_record stays as the state gave it:
 * what it says itself comes first, the crosswalk fills what is null. Only election districts that lie wholly (99 %) in one district
 * count; the others are marked, never guessed. Election districts of New York City are numbered within their assembly district.
 */

/** Columns of voter_record by kind. */
const ownColumns = { congress: sql`v.cd`, senate: sql`v.sd`, assembly: sql`v.ad`, 'nyc-council': sql`v.ccd` } as const

type Condition = RawBuilder<boolean>

/**
 * Voters `v` whose district of a kind fits. `fits` is asked of the own column and of the crosswalk's. The election districts are
 * resolved first (a hashed subplan of some dozens of rows), then each voter is looked up in them.
 */
export function inDistrict(kind: CrosswalkKind, fits: (district: RawBuilder<unknown>) => Condition): Condition {
  return sql`(${fits(ownColumns[kind])} or ${ownColumns[kind]} is null and (v.state, v.ad, v.ed) in (
    select w.state, w.ad, w.ed from crosswalk_whole w where w.kind = ${kind} and ${fits(sql`w.district`)}))`
}

/** Voters whose district of a kind is not known because their election district lies in several; in `district`, if one is named. */
export function straddling(kind: CrosswalkKind, district: number | null): Condition {
  return sql`(${ownColumns[kind]} is null and (v.state, v.ad, v.ed) in (
    select p.state, p.ad, p.ed from crosswalk_divided p where p.kind = ${kind}
    ${district === null ? sql`` : sql`and p.district = ${district}`}))`
}

/** Joins for a query `from voter_record v`, so that `districtColumn` may stand in it. */
export const districtJoins: RawBuilder<unknown> = sql.join(
  crosswalkKinds.map(
    (kind) =>
      sql`left join crosswalk_whole ${sql.id(`whole_${kind}`)} on ${sql.id(`whole_${kind}`)}.state = v.state
        and ${sql.id(`whole_${kind}`)}.kind = ${kind} and ${sql.id(`whole_${kind}`)}.ad = v.ad and ${sql.id(`whole_${kind}`)}.ed = v.ed`,
  ),
  sql` `,
)

/** The voter's district of a kind; null: not known, or in several. Needs `districtJoins`. */
export const districtColumn = (kind: CrosswalkKind): RawBuilder<number | null> =>
  sql`coalesce(${ownColumns[kind]}, ${sql.id(`whole_${kind}`)}.district)`

/** Every election district that lies wholly in one district, for a store of columns: fill what the own column leaves empty. */
export async function wholeElectionDistricts(
  db: Db,
): Promise<{ state: string; ad: number; ed: number; kind: CrosswalkKind; district: number }[]> {
  return db.selectFrom('crosswalk_whole').select(['state', 'ad', 'ed', 'kind', 'district']).execute()
}

/** Election districts in several districts, part by part, for a store of columns. */
export async function straddlingElectionDistricts(
  db: Db,
): Promise<{ state: string; ad: number; ed: number; kind: CrosswalkKind; district: number; share: number }[]> {
  return db.selectFrom('crosswalk_divided').select(['state', 'ad', 'ed', 'kind', 'district', 'share']).execute()
}

/**
 * Divided election districts of which a crosswalk names not every part, as one that gives each its largest district alone: the
 * rest lies in a district it does not say. Those with a part in `except` are not counted; `state`: of it alone.
 */
export async function partlyNamed(
  db: Db,
  kind: CrosswalkKind,
  except: number | null = null,
  state: string | null = null,
): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from (
    select from crosswalk_part p where p.kind = ${kind} and (${state}::text is null or p.state = ${state}) group by p.state, p.ad, p.ed
    having sum(p.share) < ${nearlyAll} and bool_or(p.district = ${except}) is not true) partly`.execute(db)
  return rows[0]?.count ?? 0
}

/** 0.62 and 0.37 are all of it: shares are rounded. */
const nearlyAll = 0.985

export interface CrosswalkedDistrict {
  kind: CrosswalkKind
  /** The largest first; one of at least 99 % alone. Shares may sum to less than 1: the source may name the largest part only. */
  parts: { district: number; share: number }[]
  as_of: string | null
}

/** What the crosswalks say of one election district. */
export async function districtsOfElectionDistrict(
  db: Db,
  { state, ad, ed }: { state: string; ad: number | null; ed: number | null },
): Promise<CrosswalkedDistrict[]> {
  if (ad === null || ed === null) return []
  const rows = await db
    .selectFrom('crosswalk_part as p')
    .innerJoin('crosswalk as c', (join) => join.onRef('c.state', '=', 'p.state').onRef('c.kind', '=', 'p.kind'))
    .select(['p.kind', 'p.district', 'p.share', 'c.as_of'])
    .where('p.state', '=', state)
    .where('p.ad', '=', ad)
    .where('p.ed', '=', ed)
    .orderBy('p.share', 'desc')
    .execute()
  return crosswalkKinds.flatMap((kind) => {
    const parts = rows.filter((row) => row.kind === kind)
    const [first] = parts
    if (!first) return []
    const kept = first.share >= 0.99 ? [first] : parts
    return [{ kind, as_of: first.as_of, parts: kept.map(({ district, share }) => ({ district, share })) }]
  })
}
