import { lotOf } from './lot.ts'
import { one, Piles } from './piles.ts'
import type { Account, Ballots, Moved, Round, TallyOptions, Tie } from './schema.ts'

type Counted = Pick<Account, 'quota' | 'rounds' | 'winners'>

/** What both kinds of ranked choice share: who is in, the rounds so far, and how ties are broken. */
class Count {
  readonly in: boolean[]
  readonly piles: Piles
  readonly rounds: Round[] = []
  readonly winners: string[] = []
  #ties: Tie[] = []
  #exhausted = 0
  readonly #history: number[][] = []
  readonly #lot: number[]
  readonly #names: readonly string[]
  readonly #elected = new Set<number>()

  constructor(ballots: Ballots, seed: string) {
    this.#names = ballots.candidates
    this.in = ballots.candidates.map(() => true)
    this.piles = new Piles(ballots, this.isIn)
    this.#lot = lotOf(seed, ballots.candidates)
  }

  isIn = (candidate: number): boolean => this.in[candidate] ?? false

  get continuing(): number[] {
    return this.in.flatMap((isIn, at) => (isIn ? [at] : []))
  }

  votesOf = (candidate: number): number => this.piles.votes[candidate] ?? 0

  nameOf = (candidate: number): string => this.#names[candidate] ?? ''

  /** Of `among` the one with most or fewest votes; of equals, as the last round in which they differed had it; else the lot. */
  pick(among: readonly number[], side: 'most' | 'fewest', kind: Tie['kind']): number {
    const sign = side === 'most' ? -1 : 1
    const best = (of: readonly number[], value: (candidate: number) => number): number[] => {
      const least = Math.min(...of.map((each) => sign * value(each)))
      return of.filter((each) => sign * value(each) === least)
    }
    let left = best(among, this.votesOf)
    const tied = left
    let round: number | null = null
    for (let at = this.#history.length - 1; at >= 0 && left.length > 1; at--) {
      const had = this.#history[at] ?? []
      const fewer = best(left, (each) => had[each] ?? 0)
      if (fewer.length < left.length) round = at + 1
      left = fewer
    }
    const isDrawn = left.length > 1
    // Who is drawn first goes first, to be elected or to be excluded.
    const [chosen = 0] = [...left].sort((a, b) => (this.#lot[a] ?? 0) - (this.#lot[b] ?? 0))
    if (tied.length > 1) this.#ties.push({ kind, among: tied.map(this.nameOf), round: isDrawn ? null : round })
    return chosen
  }

  /** As they are told: most votes first. All of them are elected, so equal ones need no lot but for their order here. */
  inOrder(candidates: readonly number[]): number[] {
    return [...candidates].sort(
      (a, b) => this.votesOf(b) - this.votesOf(a) || (this.#lot[a] ?? 0) - (this.#lot[b] ?? 0),
    )
  }

  elect(candidate: number): void {
    this.in[candidate] = false
    this.#elected.add(candidate)
    this.winners.push(this.nameOf(candidate))
  }

  exclude(candidate: number): void {
    this.in[candidate] = false
  }

  /** Ends a round with what was found in it. */
  close(moved: Moved | null, elected: readonly number[], excluded: number | null): void {
    const before = this.#history.at(-1) ?? []
    const gains = this.piles.votes.map((votes, at) => votes - (before[at] ?? 0))
    const shown = this.#names.map((_, at) => at).filter((at) => this.in[at] || this.#elected.has(at) || at === excluded)
    this.rounds.push({
      round: this.rounds.length + 1,
      votes: Object.fromEntries(shown.map((at) => [this.nameOf(at), this.votesOf(at) / one])),
      exhausted: this.piles.exhausted / one,
      moved: moved && {
        ...moved,
        to: Object.fromEntries(shown.flatMap((at) => ((gains[at] ?? 0) > 0 ? [[this.nameOf(at), (gains[at] ?? 0) / one]] : []))), // prettier-ignore
        to_nobody: (this.piles.exhausted - this.#exhausted) / one,
      },
      elected: elected.map(this.nameOf),
      excluded: excluded === null ? null : this.nameOf(excluded),
      ties: this.#ties,
    })
    this.#history.push([...this.piles.votes])
    this.#exhausted = this.piles.exhausted
    this.#ties = []
  }
}

/**
 * Ranked choice for one seat: whoever has more than half of the votes that are still with somebody is elected; else the one
 * with fewest is excluded, and each of their ballots goes to whom it names next. With a threshold, whoever has that share
 * of them; if neither of the last two has it, nobody is.
 */
export function instantRunoff(
  ballots: Ballots,
  { seed, threshold }: Pick<TallyOptions, 'seed' | 'threshold'>,
): Counted {
  const count = new Count(ballots, seed)
  const isEnough = (votes: number, active: number): boolean =>
    threshold === null ? votes * 2 > active : (votes / one) * threshold.of >= (active / one) * threshold.yes
  let moved: Moved | null = null
  for (;;) {
    const { continuing } = count
    const active = continuing.reduce((sum, each) => sum + count.votesOf(each), 0)
    if (continuing.length === 0 || active === 0) {
      count.close(moved, [], null)
      break
    }
    const first = continuing.find((each) => continuing.length === 1 || isEnough(count.votesOf(each), active))
    if (first !== undefined) {
      count.elect(first)
      count.close(moved, [first], null)
      break
    }
    if (threshold !== null && continuing.length === 2) {
      count.close(moved, [], null)
      break
    }
    const last = count.pick(continuing, 'fewest', 'excluded')
    count.exclude(last)
    count.close(moved, [], last)
    count.piles.move(last, count.isIn, null)
    moved = { from: count.nameOf(last), why: 'excluded' }
  }
  return { quota: null, rounds: count.rounds, winners: count.winners }
}

/**
 * Several seats by the single transferable vote as Scotland's councils count it: The Scottish Local Government Elections
 * Order 2007 (S.S.I. 2007/42), Schedule 1, rules 45 to 52.
 */
export function transferableVote(ballots: Ballots, { seed, seats }: Pick<TallyOptions, 'seed' | 'seats'>): Counted {
  const count = new Count(ballots, seed)
  const people = count.continuing.reduce((sum, each) => sum + count.votesOf(each), 0) / one
  const quota = (Math.floor(people / (seats + 1)) + 1) * one
  const surpluses: number[] = []
  let moved: Moved | null = null
  while (people > 0) {
    const elected: number[] = []
    const over = count.continuing.filter((each) => count.votesOf(each) >= quota)
    for (const next of count.inOrder(over)) {
      count.elect(next)
      elected.push(next)
      if (count.votesOf(next) > quota) surpluses.push(next)
    }
    const free = seats - count.winners.length
    // Rule 52: as many left as there are seats.
    if (free > 0 && count.continuing.length <= free) {
      for (const last of count.inOrder(count.continuing)) {
        count.elect(last)
        elected.push(last)
      }
    }
    if (count.winners.length >= seats || count.continuing.length === 0) {
      count.close(moved, elected, null)
      break
    }
    if (surpluses.length > 0) {
      const largest = count.pick(surpluses, 'most', 'surplus')
      surpluses.splice(surpluses.indexOf(largest), 1)
      count.close(moved, elected, null)
      count.piles.move(largest, count.isIn, { of: count.votesOf(largest) - quota, keeps: quota })
      moved = { from: count.nameOf(largest), why: 'surplus' }
      continue
    }
    const last = count.pick(count.continuing, 'fewest', 'excluded')
    count.exclude(last)
    count.close(moved, elected, last)
    count.piles.move(last, count.isIn, null)
    moved = { from: count.nameOf(last), why: 'excluded' }
  }
  return { quota: quota / one, rounds: count.rounds, winners: count.winners }
}
