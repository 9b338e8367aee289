import { createHash } from 'node:crypto'
import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { Conflict, found } from '../../../platform/errors.ts'
import { seal, unseal } from '../../../platform/seal.ts'
import { openBoxes, putInto } from './cast-commands.ts'
import { paper_purpose } from './links.ts'
import { hasVotedElsewhere, rollRow, tiesOf, votersOnPaper, type Vote } from './queries.ts'
import { endCredentials, lockVote } from './roll-commands.ts'
import { ballotsIn, contestsFor, receiptOf, takingOn, widthOf, type Cells } from './rules.ts'

/** The numbers of a paper's ballots, a number for each contest, of which none leads to another. */
export const paperReceipt = (number: string, contest_id: number): string =>
  receiptOf(createHash('sha256').update(`${number} ${contest_id}`).digest())

export type GivenPaper =
  | { ok: true }
  | { ok: false; problem: 'early' | 'over' | 'not_on_roll' | 'voted' | 'undeclared' }

/** A member votes on paper: any link of theirs opens nothing from now on. */
export function givePaper(db: Db, actor: Actor, cycle_id: string, roll_id: string, today: string): Promise<GivenPaper> {
  return inTransaction(db, async (tx): Promise<GivenPaper> => {
    const vote = await lockVote(tx, actor.organization_id, cycle_id)
    const row = found(await rollRow(tx, vote, roll_id))
    const taking = vote.counted_at ? 'over' : takingOn(vote.rules, today)
    if (row.voted_by || (await hasVotedElsewhere(tx, row))) return { ok: false, problem: 'voted' }
    if (taking !== 'open') return { ok: false, problem: taking }
    if (!row.may_vote) return { ok: false, problem: 'not_on_roll' }
    if (!row.has_declared) return { ok: false, problem: 'undeclared' }
    await endCredentials(tx, actor.organization_id, roll_id)
    await setPaper(tx, vote, roll_id, 'paper')
    await audit(tx, actor, {
      action: 'endorsement.give_paper',
      subject: 'endorsement_cycle',
      subject_id: cycle_id,
      after: { person_id: row.person_id, voted_by: 'paper' },
    })
    return { ok: true }
  })
}

/** The paper came back unused, or was a mistake. Conflict: as many papers were typed in as were given. */
export function takePaperBack(db: Db, actor: Actor, cycle_id: string, roll_id: string): Promise<void> {
  return inTransaction(db, async (tx) => {
    const vote = await lockVote(tx, actor.organization_id, cycle_id)
    const row = found(await rollRow(tx, vote, roll_id))
    if (vote.counted_at || row.voted_by !== 'paper') throw new Conflict('no paper to take back')
    const mine = contestsFor(vote.slate, await tiesOf(tx, actor.organization_id, roll_id), vote.rules)
    const left = await papersLeft(tx, vote)
    if (mine.some(({ contest_id }) => (left.get(contest_id) ?? 0) < 1)) throw new Conflict('all papers are in the box')
    await setPaper(tx, vote, roll_id, null)
    await audit(tx, actor, {
      action: 'endorsement.take_paper_back',
      subject: 'endorsement_cycle',
      subject_id: cycle_id,
      before: { voted_by: 'paper' },
      after: { person_id: row.person_id, voted_by: null },
    })
  })
}

const setPaper = (tx: Db, { organization_id }: Vote, roll_id: string, voted_by: 'paper' | null) =>
  tx
    .updateTable('endorsement_roll')
    .set({ voted_by })
    .where('organization_id', '=', organization_id)
    .where('roll_id', '=', roll_id)
    .execute()

/** By contest: papers that voters have and nobody typed in yet. */
export async function papersLeft(tx: Db, vote: Vote): Promise<Map<number, number>> {
  const given = await votersOnPaper(tx, vote)
  const boxes = await tx
    .selectFrom('endorsement_box')
    .select(['contest_id', 'papers'])
    .where('organization_id', '=', vote.organization_id)
    .where('cycle_id', '=', vote.cycle_id)
    .execute()
  return new Map(
    vote.slate.map(({ contest_id }) => {
      const voters = given.filter((ties) =>
        contestsFor(vote.slate, ties, vote.rules).some((each) => each.contest_id === contest_id),
      )
      return [contest_id, voters.length - (boxes.find((each) => each.contest_id === contest_id)?.papers ?? 0)]
    }),
  )
}

export interface PaperSays {
  number: string
  /** By contest, in the order of the ballot; null: struck out on this paper. */
  cells: readonly (Cells | null)[]
}
/** first: another person types it too; differs: the two do not say the same. */
export type Entered = { ok: true; state: 'first' | 'differs' | 'agreed' } | { ok: false; problem: 'taken' | 'too_many' | 'over' } // prettier-ignore

/** Types in a paper. Once two people typed the same it lies in the boxes, and what they typed is gone. */
export function enterPaper(db: Db, secret: string, actor: Actor, cycle_id: string, { number, cells }: PaperSays): Promise<Entered> {
  return inTransaction(db, async (tx): Promise<Entered> => {
    const { organization_id } = actor
    const vote = await lockVote(tx, organization_id, cycle_id)
    if (vote.counted_at) return { ok: false, problem: 'over' }
    const on = vote.slate.flatMap((contest, at) => {
      const said = cells[at]
      return said ? [{ contest, cast: { receipt: paperReceipt(number, contest.contest_id), cells: said } }] : []
    })
    const boxes = await openBoxes(tx, organization_id, cycle_id, secret)
    const lies = vote.slate.some((contest) =>
      ballotsIn(boxes.get(contest.contest_id) ?? '', widthOf(contest, vote.rules.method)).some(
        ({ receipt }) => receipt === paperReceipt(number, contest.contest_id),
      ),
    )
    if (lies) return { ok: false, problem: 'taken' }
    const typed = JSON.stringify(cells)
    const earlier = await tx
      .selectFrom('endorsement_paper')
      .select(['entered_by', 'sealed'])
      .where('organization_id', '=', organization_id)
      .where('cycle_id', '=', cycle_id)
      .where('number', '=', number)
      .where('entered_by', '<>', actor.id)
      .execute()
    const agrees = earlier.some(({ sealed }) => unseal(secret, paper_purpose, sealed) === typed)
    if (agrees) {
      const left = await papersLeft(tx, vote)
      if (on.some(({ contest }) => (left.get(contest.contest_id) ?? 0) < 1)) return { ok: false, problem: 'too_many' }
      for (const { contest, cast } of on)
        await putInto(tx, secret, { organization_id, cycle_id, contest_id: contest.contest_id }, boxes, cast, 1)
      await discard(tx, vote, number)
    } else {
      const sealed = seal(secret, paper_purpose, typed)
      await tx
        .insertInto('endorsement_paper')
        .values({ organization_id, cycle_id, number, entered_by: actor.id, entered_name: actor.name, sealed })
        .onConflict((row) => row.columns(['organization_id', 'cycle_id', 'number', 'entered_by']).doUpdateSet({ sealed }))
        .execute()
    }
    await audit(tx, actor, { action: 'endorsement.enter_paper', subject: 'endorsement_cycle', subject_id: cycle_id })
    return { ok: true, state: agrees ? 'agreed' : earlier.length > 0 ? 'differs' : 'first' }
  })
} // prettier-ignore

/** Forgets what was typed of a paper that is not in the box, for a number typed wrongly. */
export function discardPaper(db: Db, actor: Actor, cycle_id: string, number: string): Promise<void> {
  return inTransaction(db, async (tx) => {
    const vote = await lockVote(tx, actor.organization_id, cycle_id)
    await discard(tx, vote, number)
    await audit(tx, actor, { action: 'endorsement.discard_paper', subject: 'endorsement_cycle', subject_id: cycle_id })
  })
}

const discard = (tx: Db, { organization_id, cycle_id }: Vote, number: string) =>
  tx
    .deleteFrom('endorsement_paper')
    .where('organization_id', '=', organization_id)
    .where('cycle_id', '=', cycle_id)
    .where('number', '=', number)
    .execute()
