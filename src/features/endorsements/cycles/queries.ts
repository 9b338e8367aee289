import type { Selectable } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import { contest, contestsOf, election, electionsKnown } from '../../elections/contests/queries.ts'
import type { Contest, ContestOfElection, Election } from '../../elections/contests/queries.ts'
import { Rules } from './schema.ts'
import './tables.ts'
import type { EndorsementCycleTable, EndorsementRulesTable } from './tables.ts'

export interface RulesVersion extends Omit<Selectable<EndorsementRulesTable>, 'rules'> {
  rules: Rules
}

export interface Cycle extends Selectable<EndorsementCycleTable> {
  /** The latest; null: not written yet. */
  rules: Rules | null
}

const cycleRows = (db: Db, organization_id: string) =>
  db
    .selectFrom('endorsement_cycle as c')
    .selectAll('c')
    .select((eb) =>
      eb
        .selectFrom('endorsement_rules as r')
        .select('r.rules')
        .whereRef('r.organization_id', '=', 'c.organization_id')
        .whereRef('r.cycle_id', '=', 'c.cycle_id')
        .orderBy('r.version', 'desc')
        .limit(1)
        .as('rules'),
    )
    .where('c.organization_id', '=', organization_id)

const parsed = <Row extends { rules: unknown }>(row: Row) => ({
  ...row,
  rules: row.rules === null ? null : Rules.parse(row.rules),
})

/** The latest first. */
export async function cyclesOf(db: Db, organization_id: string): Promise<Cycle[]> {
  const rows = await cycleRows(db, organization_id).orderBy('c.made_at', 'desc').orderBy('c.cycle_id').execute()
  return rows.map(parsed)
}

export async function cycleById(db: Db, organization_id: string, cycle_id: string): Promise<Cycle | undefined> {
  const row = await cycleRows(db, organization_id).where('c.cycle_id', '=', cycle_id).executeTakeFirst()
  return row && parsed(row)
}

/** The run-off that follows a cycle; undefined: there is none, or not yet. */
export async function runoffOf(db: Db, organization_id: string, cycle_id: string): Promise<Cycle | undefined> {
  const row = await cycleRows(db, organization_id).where('c.runoff_of', '=', cycle_id).executeTakeFirst()
  return row && parsed(row)
}

/** Rules as they were, the latest first. */
export async function rulesOf(db: Db, organization_id: string, cycle_id: string): Promise<RulesVersion[]> {
  const rows = await db
    .selectFrom('endorsement_rules')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('cycle_id', '=', cycle_id)
    .orderBy('version', 'desc')
    .execute()
  return rows.map((row) => ({ ...row, rules: Rules.parse(row.rules) }))
}

export interface ContestHeld {
  contest: Contest
  election: Election
}

/** Contests by their numbers, with the election they are decided in; in the order asked for. */
export async function contestsHeld(db: Db, contest_ids: readonly number[]): Promise<ContestHeld[]> {
  const held: ContestHeld[] = []
  for (const contest_id of contest_ids) {
    const found = await contest(db, contest_id)
    const day = found && (await election(db, found.election_id))
    if (found && day) held.push({ contest: found, election: day })
  }
  return held
}

export interface ElectionToChoose extends Election {
  contests: ContestOfElection[]
}

/** Elections still to come that have contests, and those of the contests already chosen; the next one first. */
export async function electionsToChoose(
  db: Db,
  today: string,
  chosen_ids: readonly number[] = [],
): Promise<ElectionToChoose[]> {
  // prettier-ignore
  const chosen = new Set((await contestsHeld(db, chosen_ids)).map((held) => held.election.election_id))
  const offered = (await electionsKnown(db)).filter(
    ({ election_id, held_on, contests }) => chosen.has(election_id) || (held_on >= today && contests > 0),
  )
  const elections: ElectionToChoose[] = []
  for (const each of offered.toReversed()) elections.push({ ...each, contests: await contestsOf(db, each.election_id) })
  return elections
}
