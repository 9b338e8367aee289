import { audit } from '../../../platform/audit.ts'
import { dateIn, type Clock } from '../../../platform/clock.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { seal, unseal } from '../../../platform/seal.ts'
import { box_purpose } from './links.ts'
import { hasVotedElsewhere, rollRowByCredential, tiesOf } from './queries.ts'
import { lockVote, voterActor } from './roll-commands.ts'
import { ballotsIn, contestsFor, isSameBallot, takingOn, widthOf, withBallot, type Cast } from './rules.ts'

interface Casting {
  organization_id: string
  time_zone: string
  cycle_id: string
  credential_hash: string
  ballots: readonly (Cast & { contest_id: number })[]
}

/** changed: what may be voted on is not what was; receipt: its number is taken, another one is needed. */
export type CastProblem = 'unknown' | 'early' | 'over' | 'not_on_roll' | 'voted' | 'changed' | 'receipt'
export type CastResult = { ok: true } | { ok: false; problem: CastProblem }

/**
 * Puts a member's ballots into the boxes and notes that they voted, both or neither. The same sent twice is once, and
 * whoever comes a moment after the end, or at the same moment by two ways, is told so: one at a time, by the time it is
 * when their turn has come.
 */
export function castBallots(db: Db, secret: string, clock: Clock, casting: Casting): Promise<CastResult> {
  return inTransaction(db, async (tx): Promise<CastResult> => {
    const { organization_id, cycle_id, ballots } = casting
    const vote = await lockVote(tx, organization_id, cycle_id)
    const row = await rollRowByCredential(tx, vote, casting.credential_hash)
    if (!row) return { ok: false, problem: 'unknown' }
    const boxes = await openBoxes(tx, organization_id, cycle_id, secret)
    const boxOf = (contest_id: number): Cast[] => {
      const contest = vote.slate.find((each) => each.contest_id === contest_id)
      return contest ? ballotsIn(boxes.get(contest_id) ?? '', widthOf(contest, vote.rules.method)) : []
    }
    if (row.voted_by) {
      const lies = (each: Casting['ballots'][number]): boolean =>
        boxOf(each.contest_id).some((cast) => isSameBallot(cast, each))
      return ballots.length > 0 && ballots.every(lies) ? { ok: true } : { ok: false, problem: 'voted' }
    }
    const taking = vote.counted_at ? 'over' : takingOn(vote.rules, dateIn(casting.time_zone, clock.now()))
    if (taking !== 'open') return { ok: false, problem: taking }
    if (!row.may_vote) return { ok: false, problem: 'not_on_roll' }
    if (await hasVotedElsewhere(tx, row)) return { ok: false, problem: 'voted' }
    const contests = contestsFor(vote.slate, await tiesOf(tx, organization_id, row.roll_id), vote.rules)
    const isWhole =
      contests.length > 0 &&
      contests.length === ballots.length &&
      contests.every((contest, at) => {
        const cast = ballots[at]
        return cast?.contest_id === contest.contest_id && cast.cells.length === widthOf(contest, vote.rules.method)
      })
    if (!row.has_declared || !isWhole) return { ok: false, problem: 'changed' }
    if (ballots.some((each) => boxOf(each.contest_id).some(({ receipt }) => receipt === each.receipt)))
      return { ok: false, problem: 'receipt' }
    for (const { contest_id, ...cast } of ballots)
      await putInto(tx, secret, { organization_id, cycle_id, contest_id }, boxes, cast, 0)
    await tx
      .updateTable('endorsement_roll')
      .set({ voted_by: row.way })
      .where('organization_id', '=', organization_id)
      .where('roll_id', '=', row.roll_id)
      .execute()
    // That they voted, and nothing of how.
    await audit(tx, voterActor(row), {
      action: 'endorsement.vote',
      subject: 'endorsement_cycle',
      subject_id: cycle_id,
      after: { person_id: row.person_id, voted_by: row.way },
    })
    return { ok: true }
  })
}

/** The device goes to the next voter: what its pages sent, sent again, tells nothing of this one any more. */
export function endDevice(db: Db, organization_id: string, cycle_id: string, credential_hash: string): Promise<void> {
  return inTransaction(db, async (tx) => {
    const vote = await lockVote(tx, organization_id, cycle_id)
    const row = await rollRowByCredential(tx, vote, credential_hash)
    if (row?.voted_by !== 'device' || row.way !== 'device') return
    await tx
      .deleteFrom('endorsement_credential')
      .where('organization_id', '=', organization_id)
      .where('credential_hash', '=', credential_hash)
      .execute()
    await audit(tx, voterActor(row), {
      action: 'endorsement.hand_back',
      subject: 'endorsement_cycle',
      subject_id: cycle_id,
      after: { person_id: row.person_id },
    })
  })
}

/** By contest, opened. */
export async function openBoxes(tx: Db, organization_id: string, cycle_id: string, secret: string): Promise<Map<number, string>> {
  const rows = await tx
    .selectFrom('endorsement_box')
    .select(['contest_id', 'sealed'])
    .where('organization_id', '=', organization_id)
    .where('cycle_id', '=', cycle_id)
    .execute()
  return new Map(rows.map(({ contest_id, sealed }) => [contest_id, unseal(secret, box_purpose, sealed)]))
} // prettier-ignore

/** One ballot more in a box; `papers`: so many of it came on paper. */
export async function putInto(
  tx: Db,
  secret: string,
  box: { organization_id: string; cycle_id: string; contest_id: number },
  boxes: ReadonlyMap<number, string>,
  cast: Cast,
  papers: 0 | 1,
): Promise<void> {
  const sealed = seal(secret, box_purpose, withBallot(boxes.get(box.contest_id) ?? '', cast))
  await tx
    .insertInto('endorsement_box')
    .values({ ...box, sealed, papers })
    .onConflict((row) =>
      row
        .columns(['organization_id', 'cycle_id', 'contest_id'])
        .doUpdateSet((eb) => ({ sealed, papers: eb('endorsement_box.papers', '+', papers) })),
    )
    .execute()
}
