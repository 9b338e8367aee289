import type { Rules } from '../cycles/schema.ts'
import type { Account } from '../tally/schema.ts'
import { noEndorsement } from './rules.ts'
import type { ContestOnBallot, OnBallot } from './schema.ts'

/**
 * Who goes into a run-off, by the rules fixed beforehand: one more than can be endorsed, those with most votes at the end of
 * the count, and whoever ties with the last of them. Nobody, where the quorum was missed, somebody or “no endorsement” won, or
 * fewer than two have a vote.
 */
export function runoffIn(
  rules: Pick<Rules, 'runoff' | 'endorsements_most'>,
  contest: ContestOnBallot,
  account: Account,
): OnBallot[] {
  if (!rules.runoff || account.has_no_quorum || account.winners.length > 0) return []
  const order = ranking(account)
  const last = order[rules.endorsements_most]
  if (!last) return []
  const names = order.filter((each, at) => at <= rules.endorsements_most || isTied(each, last)).map(({ name }) => name)
  return contest.candidates.filter(({ name }) => names.includes(name))
}

interface Placed {
  name: string
  /** The round up to which they were in. */
  round: number
  votes: number
}

const isTied = (one: Placed, other: Placed): boolean => one.round === other.round && one.votes === other.votes

/** Those still in at the end by their votes, then who was excluded, the last one first. */
function ranking({ rounds }: Account): Placed[] {
  const placed = new Map<string, Placed>()
  for (const { round, votes } of rounds.toReversed())
    for (const [name, each] of Object.entries(votes))
      if (!placed.has(name) && name !== noEndorsement && each > 0) placed.set(name, { name, round, votes: each })
  return [...placed.values()].toSorted((one, other) => other.round - one.round || other.votes - one.votes)
}

/** Rules of the run-off itself: between a few, by who has most votes, at the same threshold; no other follows it. */
export function rulesOfRunoff(rules: Rules, contest_ids: readonly number[]): Rules | null {
  const { runoff, endorsements_most } = rules
  if (!runoff) return null
  return { ...rules, ...runoff, contest_ids: [...contest_ids], method: endorsements_most === 1 ? 'plurality' : 'approval', runoff: null } // prettier-ignore
}
