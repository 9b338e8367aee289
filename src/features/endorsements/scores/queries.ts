import { sql, type Selectable } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import { candidatesOf, type Candidate } from '../../elections/contests/queries.ts'
import { isRunning } from '../../elections/contests/rules.ts'
import { slotsOf, type Slot } from '../interviews/queries.ts'
import { barring } from '../interviews/rules.ts'
import type { Marks } from './rules.ts'
import './tables.ts'
import type { EndorsementCriterionTable, EndorsementScoringClosedTable } from './tables.ts'

export type Criterion = Selectable<EndorsementCriterionTable>
export type Closed = Selectable<EndorsementScoringClosedTable>

export interface OfContest {
  organization_id: string
  cycle_id: string
  contest_id: number
}

/** The rubric, in order. */
export const criteriaOf = (db: Db, organization_id: string, cycle_id: string): Promise<Criterion[]> =>
  db
    .selectFrom('endorsement_criterion')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('cycle_id', '=', cycle_id)
    .orderBy('position')
    .orderBy('criterion_id')
    .execute()

/** Notes alone are no score. */
export const hasMarks = sql<boolean>`marks <> '{}'::jsonb`

export async function isScored(db: Db, organization_id: string, cycle_id: string): Promise<boolean> {
  const score = await db
    .selectFrom('endorsement_score')
    .select('user_id')
    .where('organization_id', '=', organization_id)
    .where('cycle_id', '=', cycle_id)
    .where(hasMarks)
    .limit(1)
    .executeTakeFirst()
  return score !== undefined
}

export const closedOf = (db: Db, { organization_id, cycle_id, contest_id }: OfContest): Promise<Closed | undefined> =>
  db
    .selectFrom('endorsement_scoring_closed')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('cycle_id', '=', cycle_id)
    .where('contest_id', '=', contest_id)
    .executeTakeFirst()

export type HandInProblem = 'not_over' | 'nobody' | 'incomplete'

export interface Interviewed {
  candidate: Candidate
  slot: Slot
}

/** Who has a time and runs, in the order of their times: they are scored. */
export async function interviewedIn(db: Db, { organization_id, cycle_id, contest_id }: OfContest): Promise<Interviewed[]> {
  const candidates = await candidatesOf(db, contest_id)
  return (await slotsOf(db, organization_id, cycle_id)).flatMap((slot) => {
    const candidate = candidates.find((each) => each.candidate_id === slot.candidate_id && isRunning(each.status))
    return slot.contest_id === contest_id && candidate ? [{ candidate, slot }] : []
  })
} // prettier-ignore

export interface PanelSeat {
  user_id: string
  display_name: string
  has_declared: boolean
  is_barred: boolean
  is_in: boolean
}

/** The panel as the rules of today have it. A panelist whom a tie bars is in nobody's way. */
const seats = ({ organization_id, cycle_id, contest_id }: OfContest) => sql`
  select p.user_id, m.display_name, p.ties is not null as has_declared, p.handed_in_at is not null as is_in,
    exists (select from unnest(p.ties) tie
      where (select r.rules -> 'ties' ->> tie from endorsement_rules r
        where r.organization_id = p.organization_id and r.cycle_id = p.cycle_id order by r.version desc limit 1)
        = any(${[...barring]}::text[])) as is_barred
  from endorsement_panelist p
  join member m on m.organization_id = p.organization_id and m.user_id = p.user_id
  where p.organization_id = ${organization_id}::uuid and p.cycle_id = ${cycle_id}::uuid and p.contest_id = ${contest_id}`

export async function panelSeats(db: Db, of: OfContest): Promise<PanelSeat[]> {
  const { rows } = await sql<PanelSeat>`${seats(of)} order by m.display_name, p.user_id`.execute(db)
  return rows
}

/** Who scores says first, while it is scored, how they are tied to candidates; whom a tie bars reads no answers. */
export async function isKeptFrom(db: Db, of: OfContest, reader: string): Promise<boolean> {
  const panel = await panelSeats(db, of)
  const seat = panel.find(({ user_id }) => user_id === reader)
  if (!seat || (seat.has_declared && !seat.is_barred)) return false
  return seat.is_barred || !(areAllIn(panel) || (await closedOf(db, of)))
}

/** All are in, of those who score. */
export const areAllIn = (panel: readonly Pick<PanelSeat, 'is_barred' | 'is_in'>[]): boolean =>
  panel.some(({ is_in, is_barred }) => is_in && !is_barred) && panel.every(({ is_in, is_barred }) => is_in || is_barred)

export interface Score {
  user_id: string
  display_name: string
  candidate_id: number
  marks: Marks
  notes: string
}

/**
 * Scores and notes `reader` may see, whoever they are: their own; and once all of the panel are in, or the scoring was
 * closed, those that were handed in.
 */
export async function scoresSeenBy(db: Db, of: OfContest, reader: string): Promise<Score[]> {
  const { organization_id, cycle_id, contest_id } = of
  const { rows } = await sql<Score>`
    with seat as (${seats(of)}),
    state as (
      select coalesce(bool_or(is_in and not is_barred) and bool_and(is_in or is_barred), false)
        or exists (select from endorsement_scoring_closed x where x.organization_id = ${organization_id}::uuid
          and x.cycle_id = ${cycle_id}::uuid and x.contest_id = ${contest_id}) as is_over
      from seat)
    select s.user_id, seat.display_name, s.candidate_id, s.marks, s.notes
    from endorsement_score s join seat on seat.user_id = s.user_id cross join state
    where s.organization_id = ${organization_id}::uuid and s.cycle_id = ${cycle_id}::uuid and s.contest_id = ${contest_id}
      and (s.user_id::text = ${reader} or state.is_over and seat.is_in and not seat.is_barred)
    order by seat.display_name, s.user_id, s.candidate_id`.execute(db)
  return rows
}
