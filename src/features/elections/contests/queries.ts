import { sql, type Selectable } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import '../figures/tables.ts'
import { photosOf, type Figure, type Photo } from '../figures/queries.ts'
import { byOffice, isRunning } from './rules.ts'
import type { CandidateTable, ContestTable, ScheduledElectionTable } from './tables.ts'

export type Election = Selectable<ScheduledElectionTable>
export type Contest = Selectable<ContestTable>
export type Candidacy = Selectable<CandidateTable>

export interface Candidate extends Candidacy {
  name: string
  names: Figure['names']
}

export interface ListedElection extends Election {
  contests: number
}

/** Every election, the latest first, with how many contests of it are known. */
export async function electionsKnown(db: Db): Promise<ListedElection[]> {
  return db
    .selectFrom('scheduled_election as e')
    .selectAll('e')
    .select((eb) =>
      eb
        .selectFrom('contest as c')
        .whereRef('c.election_id', '=', 'e.election_id')
        .select((each) => each.fn.countAll<number>().as('count'))
        .$asScalar()
        .$notNull()
        .as('contests'),
    )
    .orderBy('e.held_on', 'desc')
    .orderBy('e.election_id')
    .execute()
}

export function election(db: Db, election_id: number): Promise<Election | undefined> {
  return db.selectFrom('scheduled_election').selectAll().where('election_id', '=', election_id).executeTakeFirst()
}

export interface ContestOfElection extends Contest {
  candidates: Candidate[]
}

/** Contests of an election as a ballot has them, each with who runs. */
export async function contestsOf(db: Db, election_id: number): Promise<ContestOfElection[]> {
  const contests = await db.selectFrom('contest').selectAll().where('election_id', '=', election_id).execute()
  const candidates = await candidatesIn(
    db,
    contests.map(({ contest_id }) => contest_id),
  )
  return contests
    .toSorted(byOffice)
    .map((each) => ({ ...each, candidates: candidates.filter(({ contest_id }) => contest_id === each.contest_id) }))
}

export function contest(db: Db, contest_id: number): Promise<Contest | undefined> {
  return db.selectFrom('contest').selectAll().where('contest_id', '=', contest_id).executeTakeFirst()
}

/** In the order of the ballot, else of the names; those who no longer run last. */
async function candidatesIn(db: Db, contest_ids: readonly number[]): Promise<Candidate[]> {
  if (contest_ids.length === 0) return []
  const rows = await db
    .selectFrom('candidate as n')
    .innerJoin('public_figure as f', 'f.figure_id', 'n.figure_id')
    .selectAll('n')
    .select(['f.name', 'f.names'])
    .where('n.contest_id', 'in', contest_ids)
    .orderBy(sql`n.position nulls last`)
    .orderBy(sql`split_part(f.name, ' ', -1)`)
    .orderBy('f.name')
    .execute()
  return [...rows.filter(({ status }) => isRunning(status)), ...rows.filter(({ status }) => !isRunning(status))]
}

/** Everybody who ever ran, for a file that is compared with them. */
export function allCandidates(db: Db): Promise<Candidate[]> {
  return db
    .selectFrom('candidate as n')
    .innerJoin('public_figure as f', 'f.figure_id', 'n.figure_id')
    .selectAll('n')
    .select(['f.name', 'f.names'])
    .orderBy('n.candidate_id')
    .execute()
}

export interface CandidateWithPhoto extends Candidate {
  links: string[]
  photo: Photo | null
}

/** Who runs in a contest, side by side. */
export async function candidatesOf(db: Db, contest_id: number): Promise<CandidateWithPhoto[]> {
  const candidates = await candidatesIn(db, [contest_id])
  const figure_ids = candidates.map(({ figure_id }) => figure_id)
  const photos = await photosOf(db, figure_ids)
  const links = figure_ids.length
    ? await db.selectFrom('public_figure').select(['figure_id', 'links']).where('figure_id', 'in', figure_ids).execute()
    : []
  return candidates.map((each) => ({
    ...each,
    links: links.find(({ figure_id }) => figure_id === each.figure_id)?.links ?? [],
    photo: photos.get(each.figure_id) ?? null,
  }))
}

export function candidate(db: Db, candidate_id: number): Promise<Candidate | undefined> {
  return db
    .selectFrom('candidate as n')
    .innerJoin('public_figure as f', 'f.figure_id', 'n.figure_id')
    .selectAll('n')
    .select(['f.name', 'f.names'])
    .where('n.candidate_id', '=', candidate_id)
    .executeTakeFirst()
}

export interface Run {
  candidacy: Candidacy
  contest: Contest
  election: Election
}

/** Every contest somebody ran in, the latest first. */
export async function runsOf(db: Db, figure_id: number): Promise<Run[]> {
  const candidacies = await db.selectFrom('candidate').selectAll().where('figure_id', '=', figure_id).execute()
  const runs: Run[] = []
  for (const candidacy of candidacies) {
    const run = await contest(db, candidacy.contest_id)
    const held = run && (await election(db, run.election_id))
    if (run && held) runs.push({ candidacy, contest: run, election: held })
  }
  return runs.toSorted((one, other) => (one.election.held_on < other.election.held_on ? 1 : -1))
}
