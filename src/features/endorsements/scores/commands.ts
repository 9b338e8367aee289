import { isDeepStrictEqual } from 'node:util'
import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { Conflict, found } from '../../../platform/errors.ts'
import type { LocalizedText } from '../../../platform/i18n/languages.ts'
import { lockCycle } from '../cycles/commands.ts'
import type { TieKind } from '../cycles/schema.ts'
import { changing, type InContest } from '../interviews/commands.ts'
import { areAllIn, closedOf, criteriaOf, interviewedIn, isScored, panelSeats, scoresSeenBy, type Criterion, type HandInProblem, type Interviewed, type PanelSeat } from './queries.ts' // prettier-ignore
import { isWhole, type Marks } from './rules.ts'

export interface NewCriterion {
  name: LocalizedText
  weight: number
  means_1: LocalizedText
  means_3: LocalizedText
  means_5: LocalizedText
}

export type Written = { ok: true } | { ok: false; problem: 'rubric_fixed' }

/** Adds a criterion at the end, or changes one. */
export const saveCriterion = (db: Db, actor: Actor, cycle_id: string, criterion_id: string | null, criterion: NewCriterion): Promise<Written> =>
  changeRubric(db, actor, cycle_id, async (tx, criteria) => {
    const { organization_id } = actor
    const { name, weight, means_1, means_3, means_5 } = criterion
    const written = {
      name: JSON.stringify(name),
      weight,
      means_1: JSON.stringify(means_1),
      means_3: JSON.stringify(means_3),
      means_5: JSON.stringify(means_5),
    }
    const before = criterion_id === null ? null : found(criteria.find((each) => each.criterion_id === criterion_id))
    if (before)
      await tx
        .updateTable('endorsement_criterion')
        .set(written)
        .where('organization_id', '=', organization_id)
        .where('criterion_id', '=', before.criterion_id)
        .execute()
    else
      await tx
        .insertInto('endorsement_criterion')
        .values({ organization_id, cycle_id, ...written, position: (criteria.at(-1)?.position ?? 0) + 1 })
        .execute()
    await audit(tx, actor, {
      action: before ? 'endorsement.change_criterion' : 'endorsement.add_criterion',
      subject: 'endorsement_cycle',
      subject_id: cycle_id,
      before: before && { name: before.name, weight: before.weight, means_1: before.means_1, means_3: before.means_3, means_5: before.means_5 },
      after: { ...criterion },
    })
  }) // prettier-ignore

export const removeCriterion = (db: Db, actor: Actor, cycle_id: string, criterion_id: string): Promise<Written> =>
  changeRubric(db, actor, cycle_id, async (tx, criteria) => {
    const { name, weight } = found(criteria.find((each) => each.criterion_id === criterion_id))
    await tx
      .deleteFrom('endorsement_criterion')
      .where('organization_id', '=', actor.organization_id)
      .where('criterion_id', '=', criterion_id)
      .execute()
    await audit(tx, actor, { action: 'endorsement.remove_criterion', subject: 'endorsement_cycle', subject_id: cycle_id, before: { name, weight } }) // prettier-ignore
  })

const changeRubric = (
  db: Db,
  actor: Actor,
  cycle_id: string,
  work: (tx: Db, criteria: readonly Criterion[]) => Promise<void>,
): Promise<Written> =>
  inTransaction(db, async (tx): Promise<Written> => {
    await lockCycle(tx, actor, cycle_id)
    if (await isScored(tx, actor.organization_id, cycle_id)) return { ok: false, problem: 'rubric_fixed' }
    await work(tx, await criteriaOf(tx, actor.organization_id, cycle_id))
    return { ok: true }
  })

/** How a panelist is tied to candidates of the contest. Once they or all others handed in, it stays. */
export const declareAsPanelist = (db: Db, actor: Actor, of: InContest, ties: TieKind[]): Promise<void> =>
  onPanel(db, actor, of, async (tx, seat) => {
    const { organization_id } = actor
    const isOver =
      areAllIn(await panelSeats(tx, { organization_id, ...of })) || (await closedOf(tx, { organization_id, ...of }))
    if (seat.is_in || isOver) throw new Conflict('the scores are in')
    await setOwn(tx, actor, of, { ties })
    await audit(tx, actor, { action: 'endorsement.declare', subject: 'endorsement_cycle', subject_id: of.cycle_id, after: { contest_id: of.contest_id, tied_as: ties } }) // prettier-ignore
  })

export interface NewScore {
  candidate_id: number
  marks: Marks
  notes: string
}

/** Keeps what a panelist thinks of candidates so far. The activity log has that they did, not what. */
export const saveScores = (
  db: Db,
  actor: Actor,
  of: InContest,
  scores: readonly NewScore[],
  now: Date,
): Promise<void> =>
  onPanel(db, actor, of, async (tx, seat) => {
    if (!(await mayScore(tx, actor.organization_id, of, seat))) throw new Conflict('scores are not taken from them')
    await keepScores(tx, actor, of, scores, now)
  })

/** What is new of those whose interview began, nothing of others: it may have moved while the page was open. */
async function keepScores(tx: Db, actor: Actor, of: InContest, scores: readonly NewScore[], now: Date): Promise<void> {
  const { organization_id, id: user_id } = actor
  const begun = (await interviewedIn(tx, { organization_id, ...of })).filter(({ slot }) => slot.starts_at <= now)
  const criteria = await criteriaOf(tx, organization_id, of.cycle_id)
  const own = await ownScores(tx, actor, of)
  for (const { candidate_id, marks, notes } of scores) {
    if (!begun.some(({ candidate }) => candidate.candidate_id === candidate_id)) continue
    const known = Object.fromEntries(Object.entries(marks).filter(([id]) => criteria.some(({ criterion_id }) => criterion_id === id))) // prettier-ignore
    const before = own.find((each) => each.candidate_id === candidate_id)
    if (isDeepStrictEqual([before?.marks ?? {}, before?.notes ?? ''], [known, notes])) continue
    const row = { marks: JSON.stringify(known), notes, saved_at: now }
    if (Object.keys(known).length === 0 && notes === '')
      await tx
        .deleteFrom('endorsement_score')
        .where('organization_id', '=', organization_id)
        .where('cycle_id', '=', of.cycle_id)
        .where('contest_id', '=', of.contest_id)
        .where('user_id', '=', user_id)
        .where('candidate_id', '=', candidate_id)
        .execute()
    else
      await tx
        .insertInto('endorsement_score')
        .values({ organization_id, ...of, user_id, candidate_id, ...row })
        .onConflict((on) =>
          on.columns(['organization_id', 'cycle_id', 'contest_id', 'user_id', 'candidate_id']).doUpdateSet(row),
        ) // prettier-ignore
        .execute()
    await audit(tx, actor, { action: 'endorsement.score', subject: 'endorsement_cycle', subject_id: of.cycle_id, after: { contest_id: of.contest_id, candidate_id } }) // prettier-ignore
  }
}

const ownScores = async (tx: Db, { organization_id, id }: Actor, of: InContest) =>
  (await scoresSeenBy(tx, { organization_id, ...of }, id)).filter(({ user_id }) => user_id === id)

const endOf = ({ starts_at, minutes }: Interviewed['slot']): Date => new Date(starts_at.getTime() + minutes * 60_000)

export type HandedIn = { ok: true } | { ok: false; problem: HandInProblem }

/** Keeps `scores`; all of theirs stay from now on, and once all are in everybody of the panel sees all. `is_booking_open`: times may still change. */
export const handInScores = (db: Db, actor: Actor, of: InContest, { scores, is_booking_open }: { scores: readonly NewScore[]; is_booking_open: boolean }, now: Date): Promise<HandedIn> =>
  onPanel(db, actor, of, async (tx, seat): Promise<HandedIn> => {
    const { organization_id } = actor
    if (seat.is_in) return { ok: true }
    if (!(await mayScore(tx, organization_id, of, seat))) throw new Conflict('scores are not taken from them')
    const interviewed = await interviewedIn(tx, { organization_id, ...of })
    if (interviewed.length === 0) return { ok: false, problem: 'nobody' }
    await keepScores(tx, actor, of, scores, now)
    if (is_booking_open || interviewed.some(({ slot }) => endOf(slot) > now)) return { ok: false, problem: 'not_over' }
    const criteria = await criteriaOf(tx, organization_id, of.cycle_id)
    const own = await ownScores(tx, actor, of)
    const isDone = interviewed.every(({ candidate: { candidate_id } }) =>
      own.some((score) => score.candidate_id === candidate_id && isWhole(criteria, score.marks)),
    )
    if (!isDone) return { ok: false, problem: 'incomplete' }
    await setOwn(tx, actor, of, { handed_in_at: now })
    await audit(tx, actor, { action: 'endorsement.hand_in_scores', subject: 'endorsement_cycle', subject_id: of.cycle_id, after: { contest_id: of.contest_id } })
    return { ok: true }
  }) // prettier-ignore

/** Ends the scoring before all are in; what was not handed in does not count. Where all are in there is nothing to close. */
export const closeScoring = (db: Db, actor: Actor, of: InContest, reason: string, now: Date): Promise<void> =>
  changing(db, actor, of, async (tx, { opened_at }) => {
    const { organization_id } = actor
    if (!opened_at) throw new Conflict('nobody scores before the cycle opens')
    if (areAllIn(await panelSeats(tx, { organization_id, ...of }))) return
    const closed = await tx
      .insertInto('endorsement_scoring_closed')
      .values({ organization_id, ...of, reason, closed_by: actor.name, closed_at: now })
      .onConflict((row) => row.doNothing())
      .returning('contest_id')
      .executeTakeFirst()
    if (closed) await audit(tx, actor, { action: 'endorsement.close_scoring', subject: 'endorsement_cycle', subject_id: of.cycle_id, after: { contest_id: of.contest_id, reason } }) // prettier-ignore
  })

/** Who is not on the panel finds nothing. */
const onPanel = <Result>(
  db: Db,
  actor: Actor,
  of: InContest,
  work: (tx: Db, seat: PanelSeat) => Promise<Result>,
): Promise<Result> =>
  changing(db, actor, of, async (tx) => {
    const panel = await panelSeats(tx, { organization_id: actor.organization_id, ...of })
    return work(tx, found(panel.find(({ user_id }) => user_id === actor.id)))
  })

const mayScore = async (tx: Db, organization_id: string, of: InContest, seat: PanelSeat): Promise<boolean> =>
  seat.has_declared && !seat.is_barred && !seat.is_in && !(await closedOf(tx, { organization_id, ...of }))

async function setOwn(
  tx: Db,
  { organization_id, id }: Actor,
  { cycle_id, contest_id }: InContest,
  set: { ties: TieKind[] } | { handed_in_at: Date },
): Promise<void> {
  await tx
    .updateTable('endorsement_panelist')
    .set(set)
    .where('organization_id', '=', organization_id)
    .where('cycle_id', '=', cycle_id)
    .where('contest_id', '=', contest_id)
    .where('user_id', '=', id)
    .execute()
}
