import { sql, type Selectable } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import type { Figure } from '../figures/queries.ts'
import type { ChoiceKind, VotesByKind } from './schema.ts'
import type { ContestResultTable, ResultChoiceTable } from './tables.ts'

export type KeptPart = Selectable<ContestResultTable>
export type KeptChoice = Selectable<ResultChoiceTable>

/** Where the results of a contest are from, county by county. */
export const partsOf = (db: Db, contest_id: number): Promise<KeptPart[]> =>
  db.selectFrom('contest_result').selectAll().where('contest_id', '=', contest_id).orderBy('county').execute()

export const hasResults = async (db: Db, contest_id: number): Promise<boolean> => (await partsOf(db, contest_id)).length > 0 // prettier-ignore

/** Names in files of an election's results, and where they are from. */
export async function resultsKept(db: Db, election_id: number): Promise<{ choices: KeptChoice[]; parts: KeptPart[] }> {
  const inElection = db.selectFrom('contest').select('contest_id').where('election_id', '=', election_id)
  return {
    choices: await db.selectFrom('result_choice').selectAll().where('contest_id', 'in', inElection).execute(),
    parts: await db.selectFrom('contest_result').selectAll().where('contest_id', 'in', inElection).execute(),
  }
}

/** Whom a vote was for, with all their votes in the contest. */
export interface Choice {
  choice_id: number
  name: string
  kind: ChoiceKind
  /** As we know them; null: as the file writes them. */
  figure: Pick<Figure, 'figure_id' | 'name' | 'names'> | null
  votes: number
  lines: { line: string; votes: number }[]
  by_kind: VotesByKind
}

/** Everybody who was voted for in a contest, the one with the most votes first; write-ins and blanks last. */
export async function choicesOf(db: Db, contest_id: number): Promise<Choice[]> {
  const { rows } = await sql<Choice>`
    with line as (
      select v.choice_id, v.line, sum(v.votes)::integer as votes from result_vote v
      join result_choice c using (choice_id) where c.contest_id = ${contest_id} group by v.choice_id, v.line),
    kind as (
      select v.choice_id, k.key, sum(k.value::integer)::integer as votes from result_vote v
      join result_choice c using (choice_id), jsonb_each_text(v.by_kind) k
      where c.contest_id = ${contest_id} group by v.choice_id, k.key)
    select c.choice_id, c.name, c.kind,
      case when f.figure_id is null then null
        else jsonb_build_object('figure_id', f.figure_id, 'name', f.name, 'names', f.names) end as figure,
      sum(l.votes)::integer as votes,
      jsonb_agg(jsonb_build_object('line', l.line, 'votes', l.votes) order by l.votes desc, l.line) as lines,
      coalesce((select jsonb_object_agg(k.key, k.votes) from kind k where k.choice_id = c.choice_id), '{}') as by_kind
    from result_choice c join line l using (choice_id)
    left join candidate n using (candidate_id) left join public_figure f using (figure_id)
    where c.contest_id = ${contest_id}
    group by c.choice_id, f.figure_id
    order by c.kind in ('write_in', 'blank'), sum(l.votes) desc, c.choice_id`.execute(db)
  return rows
}

export type Area = 'county' | 'assembly' | 'ed' | 'precinct'

/** The votes of one place, by choice. */
export interface PlaceVotes {
  /** 'queens', '40', '40001' (assembly district × 1000 + election district). */
  place: string
  votes: ReadonlyMap<number, number>
  total: number
}

const placeColumns = {
  county: sql`v.county`,
  assembly: sql`v.ad::text`,
  ed: sql`(v.ad::integer * 1000 + v.ed)::text`,
  // An election district of New York City is called by its number; what is none, as its file calls it.
  precinct: sql`case when v.ad is null then v.precinct end`,
}

/** Votes of a contest by place; of election districts, of one assembly district or of all; of precincts, of one county. */
export async function votesByPlace(
  db: Db,
  contest_id: number,
  area: Area,
  { ad = null, county = null }: { ad?: number | null; county?: string | null } = {},
): Promise<PlaceVotes[]> {
  const place = placeColumns[area]
  const { rows } = await sql<{ place: string; choice_id: number; votes: number }>`
    select ${place} as place, v.choice_id, sum(v.votes)::integer as votes
    from result_vote v join result_choice c using (choice_id)
    where c.contest_id = ${contest_id} and ${place} is not null and (${ad}::smallint is null or v.ad = ${ad}::smallint)
      and (${county}::text is null or v.county = ${county}::text)
    group by 1, 2`.execute(db)
  return [...Map.groupBy(rows, (row) => row.place)]
    .map(([name, of]) => ({
      place: name,
      votes: new Map(of.map(({ choice_id, votes }) => [choice_id, votes])),
      total: of.reduce((sum, { votes }) => sum + votes, 0),
    }))
    .toSorted((one, other) => one.place.localeCompare(other.place, 'en', { numeric: true }))
}

/** By county, precincts that are no election district of New York City, and so in no assembly district we know. */
export async function precinctsOf(db: Db, contest_id: number): Promise<{ county: string; precincts: number }[]> {
  const { rows } = await sql<{ county: string; precincts: number }>`
    select v.county, count(distinct v.precinct)::integer as precincts
    from result_vote v join result_choice c using (choice_id) where c.contest_id = ${contest_id} and v.ad is null
    group by v.county order by v.county`.execute(db)
  return rows
}

export interface ResultLine {
  county: string
  precinct: string
  ad: number | null
  ed: number | null
  line: string
  name: string
  candidate: string | null
  votes: number
  by_kind: VotesByKind
}

/** Every line of a contest, to be taken along. A citywide one has some fifty thousand. */
export async function resultLines(db: Db, contest_id: number): Promise<ResultLine[]> {
  return db
    .selectFrom('result_vote as v')
    .innerJoin('result_choice as c', 'c.choice_id', 'v.choice_id')
    .leftJoin('candidate as n', 'n.candidate_id', 'c.candidate_id')
    .leftJoin('public_figure as f', 'f.figure_id', 'n.figure_id')
    .select([
      'v.county',
      'v.precinct',
      'v.ad',
      'v.ed',
      'v.line',
      'c.name',
      'f.name as candidate',
      'v.votes',
      'v.by_kind',
    ])
    .where('c.contest_id', '=', contest_id)
    .orderBy('v.county')
    .orderBy('v.ad')
    .orderBy('v.ed')
    .orderBy('v.precinct')
    .orderBy('c.choice_id')
    .orderBy('v.line')
    .execute()
}
