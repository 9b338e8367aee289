import { sql } from 'kysely'
import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { dateIn, type Clock } from '../../../platform/clock.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { Conflict } from '../../../platform/errors.ts'
import type { Rules } from '../cycles/schema.ts'
import { readBallots } from '../tally/reading.ts'
import { tally } from '../tally/rules.ts'
import type { Account } from '../tally/schema.ts'
import { openBoxes } from './cast-commands.ts'
import { papersLeft } from './paper-commands.ts'
import { papersWaiting } from './queries.ts'
import { lockVote } from './roll-commands.ts'
import { ballotsIn, csvOf, methodOf, shareOf, widthOf } from './rules.ts'

export type CountResult = { ok: true } | { ok: false; problem: 'papers' | 'papers_out' }

interface Counting {
  cycle_id: string
  time_zone: string
  secret: string
  /** Papers that were given and not typed in are lost by it: somebody said that they did not come back. */
  is_without_papers: boolean
}

/** Opens the boxes once the last day is over: lists all ballots, counts them, and leaves no box. Counting twice is counting once. */
export function countVote(
  db: Db,
  actor: Actor,
  { cycle_id, time_zone, secret, is_without_papers }: Counting,
  clock: Clock,
): Promise<CountResult> {
  return inTransaction(db, async (tx): Promise<CountResult> => {
    const { organization_id } = actor
    const vote = await lockVote(tx, organization_id, cycle_id)
    const now = clock.now()
    if (vote.counted_at) return { ok: true }
    if (dateIn(time_zone, now) <= vote.rules.vote_until_on) throw new Conflict('the vote is not over')
    if ((await papersWaiting(tx, vote)).length > 0) return { ok: false, problem: 'papers' }
    const papers_out = Math.max(0, ...(await papersLeft(tx, vote)).values())
    if (papers_out > 0 && !is_without_papers) return { ok: false, problem: 'papers_out' }
    const { rules, seed, slate } = vote
    const boxes = await openBoxes(tx, organization_id, cycle_id, secret)
    for (const contest of slate) {
      const cast = ballotsIn(boxes.get(contest.contest_id) ?? '', widthOf(contest, rules.method))
      const ballots = csvOf(contest, rules.method, cast)
      const account = await accountOf(ballots, rules, seed)
      await tx
        .insertInto('endorsement_count')
        .values({
          organization_id,
          cycle_id,
          contest_id: contest.contest_id,
          ballots,
          account: JSON.stringify(account),
        })
        .execute()
    }
    await tx
      .deleteFrom('endorsement_box')
      .where('organization_id', '=', organization_id)
      .where('cycle_id', '=', cycle_id)
      .execute()
    await tx
      .updateTable('endorsement_vote')
      .set({ counted_by: actor.name, counted_at: now })
      .where('organization_id', '=', organization_id)
      .where('cycle_id', '=', cycle_id)
      .execute()
    await audit(tx, actor, {
      action: 'endorsement.count',
      subject: 'endorsement_cycle',
      subject_id: cycle_id,
      after: { contest_ids: slate.map(({ contest_id }) => contest_id), papers_out },
    })
    return { ok: true }
  })
}

/** The count of a published list, as anybody repeats it. */
export async function accountOf(ballots: string, rules: Rules, seed: string): Promise<Account> {
  const method = methodOf(rules)
  const read = await readBallots(inOnePiece(ballots), method)
  const valid = read.weights.reduce((sum, each) => sum + each, 0)
  return tally(read, {
    method,
    seats: rules.endorsements_most,
    seed,
    threshold: shareOf(rules, valid),
    quorum: rules.quorum,
  })
}

async function* inOnePiece(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text)
}

/** Takes what earlier states of the boxes left in their file; nothing else of the database does it at once. */
export async function sweepBoxes(owner: Db): Promise<void> {
  await sql`vacuum (full) endorsement_box`.execute(owner)
}
