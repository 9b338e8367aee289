import { lotOf } from './lot.ts'
import { instantRunoff, transferableVote } from './rounds.ts'
import { none, words, type Account, type Ballots, type Round, type TallyOptions } from './schema.ts'

/** Counts ballots by a method. Pure: the same ballots in any order, with the same options, give the same account. */
export function tally(ballots: Ballots, options: TallyOptions): Account {
  const { method, seats, seed, threshold, quorum } = options
  let valid = 0
  for (let ballot = 0; ballot < ballots.count; ballot++) valid += ballots.weights[ballot] ?? 0
  const has_no_quorum = quorum !== null && valid + ballots.blank < quorum
  const counted = countBy(ballots, options)
  return {
    method,
    seats,
    seed,
    threshold,
    quorum,
    candidates: [...ballots.candidates],
    ballots: { valid, blank: ballots.blank },
    ...counted,
    winners: has_no_quorum ? [] : counted.winners,
    has_no_quorum,
  }
}

type Counted = Pick<Account, 'quota' | 'rounds' | 'words' | 'winners'>

function countBy(ballots: Ballots, options: TallyOptions): Counted {
  switch (options.method) {
    case 'irv':
      return { ...instantRunoff(ballots, options), words: null }
    case 'stv':
      return { ...transferableVote(ballots, options), words: null }
    case 'approval':
      return byVotes(ballots, options, ballots.width)
    case 'plurality':
      return byVotes(ballots, options, 1)
    case 'threshold':
      return byWords(ballots, options)
    default:
      return options.method satisfies never
  }
}

/** Most votes are elected, if they are a large enough share of the ballots: the first choice of each, or all it names. */
function byVotes(
  { candidates, choices, width, weights, count }: Ballots,
  { seats, seed, threshold }: TallyOptions,
  read: number,
): Counted {
  const votes = new Float64Array(candidates.length)
  for (let ballot = 0; ballot < count; ballot++) {
    for (let at = 0; at < read; at++) {
      const candidate = choices[ballot * width + at] ?? none
      if (candidate === none) break
      votes[candidate] = (votes[candidate] ?? 0) + (weights[ballot] ?? 0)
    }
  }
  const lot = lotOf(seed, candidates)
  const order = candidates
    .map((_, at) => at)
    .sort((a, b) => (votes[b] ?? 0) - (votes[a] ?? 0) || (lot[a] ?? 0) - (lot[b] ?? 0))
  const valid = weights.subarray(0, count).reduce((sum, each) => sum + each, 0)
  const isEnough = (has: number): boolean => threshold === null || has * threshold.of >= threshold.yes * valid
  const standing = order.filter((at) => (votes[at] ?? 0) > 0 && isEnough(votes[at] ?? 0))
  const nameOf = (at: number): string => candidates[at] ?? ''
  const round: Round = {
    round: 1,
    votes: Object.fromEntries(order.map((at) => [nameOf(at), votes[at] ?? 0])),
    exhausted: 0,
    moved: null,
    elected: standing.slice(0, seats).map(nameOf),
    excluded: null,
    ties: drawn(standing, seats, (a, b) => votes[a] === votes[b]).map((among) => ({
      kind: 'elected',
      among: among.map(nameOf),
      round: null,
    })),
  }
  return { quota: null, rounds: [round], words: null, winners: round.elected }
}

/** Those among whom the lot gave the last seat, if it did: equal to each other, and not all of them elected. */
function drawn<T>(standing: readonly T[], seats: number, isEqual: (a: T, b: T) => boolean): T[][] {
  const [last, next] = [standing[seats - 1], standing[seats]]
  return last !== undefined && next !== undefined && isEqual(last, next)
    ? [standing.filter((each) => isEqual(each, last))]
    : []
}

/** Each candidate asked about alone: yes by more than half, or by a share, of those who said yes or no. */
function byWords(
  { candidates, choices, width, weights, count }: Ballots,
  { seats, seed, threshold }: TallyOptions,
): Counted {
  const said = candidates.map(() => [0, 0, 0])
  for (let ballot = 0; ballot < count; ballot++) {
    for (const [at, each] of said.entries()) {
      const word = choices[ballot * width + at] ?? none
      if (word !== none) each[word] = (each[word] ?? 0) + (weights[ballot] ?? 0)
    }
  }
  const lot = lotOf(seed, candidates)
  const rows = candidates.map((name, at) => {
    const [yes = 0, no = 0, abstain = 0] = said[at] ?? []
    const cast = yes + no
    const is_over = cast > 0 && (threshold === null ? yes * 2 > cast : yes * threshold.of >= threshold.yes * cast)
    return { name, at, yes, no, abstain, share: cast > 0 ? yes / cast : null, is_over }
  })
  type Row = (typeof rows)[number]
  const better = (a: Row, b: Row): number => b.yes * (a.yes + a.no) - a.yes * (b.yes + b.no) || b.yes - a.yes
  const standing = rows
    .filter(({ is_over }) => is_over)
    .sort((a, b) => better(a, b) || (lot[a.at] ?? 0) - (lot[b.at] ?? 0))
  const round: Round = {
    round: 1,
    votes: Object.fromEntries(rows.map(({ name, yes }) => [name, yes])),
    exhausted: 0,
    moved: null,
    elected: standing.slice(0, seats).map(({ name }) => name),
    excluded: null,
    ties: drawn(standing, seats, (a, b) => better(a, b) === 0).map((among) => ({
      kind: 'elected',
      among: among.map(({ name }) => name),
      round: null,
    })),
  }
  return {
    quota: null,
    rounds: [round],
    words: Object.fromEntries(
      rows.map(({ name, yes, no, abstain, share, is_over }) => [name, { yes, no, abstain, share, is_over }]),
    ),
    winners: round.elected,
  }
}

/** The place of a word among `words`; null: it is none. */
export function wordAt(text: string): number | null {
  const at = words.indexOf(text.toLowerCase() as (typeof words)[number])
  return at < 0 ? null : at
}
