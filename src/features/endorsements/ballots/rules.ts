import { csvLine } from '../../../platform/csv.ts'
import type { BallotMethod, Rules, TieKind } from '../cycles/schema.ts'
import { marks, words, type Method, type Share } from '../tally/schema.ts'
import type { ContestOnBallot, Facts, RollReason } from './schema.ts'

/** Why a member may not vote by these rules; none: they may. */
export function reasonsAgainst(facts: Facts, rules: Pick<Rules, 'voter_kinds' | 'joined_by_on'>): RollReason[] {
  const isOfKind = facts.kinds.some((kind) => rules.voter_kinds.includes(kind))
  const joinedLate = rules.joined_by_on !== null && (facts.joined_on === null || facts.joined_on > rules.joined_by_on)
  return [
    ...(facts.is_in_good_standing ? [] : (['standing'] as const)),
    ...(facts.is_in_good_standing && !isOfKind ? (['kind'] as const) : []),
    ...(isOfKind && joinedLate ? (['joined'] as const) : []),
    ...(isOfKind && !facts.is_paid ? (['paid'] as const) : []),
    ...(facts.is_deceased ? (['deceased'] as const) : []),
  ]
}

export interface StoodBefore<Decided> {
  may_vote: boolean
  reasons: readonly RollReason[]
  /** The last challenge that was upheld. */
  upheld: Decided | null
}

/**
 * The challenge of a first vote that holds on the roll of its run-off too. Whoever was struck off stays so, unless they stood on
 * the roll a second time and voted there; whoever was admitted stays so against what was decided on, not against what came since.
 */
export function carriedOver<Decided extends { wants: boolean }>(rows: readonly StoodBefore<Decided>[], reasons: readonly RollReason[]): Decided | null {
  const could = rows.filter(({ may_vote }) => may_vote)
  const covers = (row: StoodBefore<Decided>): boolean => reasons.every((each) => row.reasons.includes(each))
  if (could.length > 0)
    return reasons.length === 0 ? null : (could.find((row) => row.upheld?.wants && covers(row))?.upheld ?? null)
  return rows.find(({ upheld }) => upheld && !upheld.wants)?.upheld ?? null
} // prettier-ignore

/** Rules a vote is held by: as they were when its roll was made, with the days as they are now. */
export const rulesOfVote = (then: Rules, now: Rules): Rules => ({
  ...then,
  vote_from_on: now.vote_from_on,
  vote_until_on: now.vote_until_on,
  announced_on: now.announced_on,
  remind_days: now.remind_days,
  runoff: then.runoff && now.runoff,
})

/** The last day on which somebody can still come to meet these rules; null: it is past, or there is none. */
export function joinableUntil({ joined_by_on, paid_by_on }: Pick<Rules, 'joined_by_on' | 'paid_by_on'>, today: string): string | null {
  const last = [joined_by_on ?? '', paid_by_on ?? ''].reduce((one, other) => (one > other ? one : other))
  return last >= today ? last : null
} // prettier-ignore

export type Taking = 'early' | 'open' | 'over'

/** Whether ballots are taken on a day of the organization's calendar. */
export function takingOn({ vote_from_on, vote_until_on }: Rules, today: string): Taking {
  if (today < vote_from_on) return 'early'
  return today <= vote_until_on ? 'open' : 'over'
}

interface OwnBallot {
  vote: { rules: Rules; counted_at: Date | null }
  row: { may_vote: boolean; voted_by: string | null }
}

/** May they cast it today? */
export const isOpenBallot = ({ vote, row }: OwnBallot, today: string): boolean =>
  row.may_vote && !row.voted_by && !vote.counted_at && takingOn(vote.rules, today) === 'open'

export interface Tied {
  contest_id: number
  tie: TieKind
}

/** Contests in which a member votes: not where a tie of theirs keeps them from it. */
export const contestsFor = (slate: readonly ContestOnBallot[], ties: readonly Tied[], rules: Pick<Rules, 'ties'>) =>
  slate.filter(
    ({ contest_id }) =>
      !ties.some(
        (each) => each.contest_id === contest_id && ['no_vote', 'leave_room'].includes(rules.ties[each.tie] ?? ''),
      ),
  )

/** Always on the ballot; in the published list by this name. */
export const noEndorsement = 'No endorsement'

/** What can be chosen in a contest, by its place on a ballot; `candidate`: null is no endorsement. */
export const optionsOf = ({ candidates }: ContestOnBallot, method: BallotMethod) => [
  ...candidates,
  ...(method === 'yes_no' ? [] : [{ candidate_id: null, name: noEndorsement, names: {} }]),
]

/** Cells a ballot has in a contest. */
export const widthOf = (contest: ContestOnBallot, method: BallotMethod): number =>
  method === 'plurality' ? 1 : optionsOf(contest, method).length

/**
 * A ballot in one contest, cell by cell: the place of what was chosen among the options (ranked: by rank; approval and
 * plurality: one after the other), or of the word for each candidate among yes, no and abstain; null: nothing.
 */
export type Cells = readonly (number | null)[]

export const choiceField = (contest_id: number, at: number | null = null): string =>
  at === null ? `choice_${contest_id}` : `choice_${contest_id}_${at}`
/** Of `yes_no`: no to all. */
export const noneField = (contest_id: number): string => `none_${contest_id}`

export type ChoiceProblem = 'twice' | 'none_and_others' | 'none_and_yes' | 'unknown'

type Typed = Readonly<Record<string, string>>
type All = Readonly<Record<string, readonly string[]>>

/** What a form says of one contest. */
export function cellsIn(
  contest: ContestOnBallot,
  method: BallotMethod,
  typed: Typed,
  all: All,
): { cells: Cells; problem: ChoiceProblem | null } {
  const { contest_id } = contest
  const width = widthOf(contest, method)
  const options = optionsOf(contest, method)
  const places = (said: readonly (string | undefined)[], among: number): (number | null)[] =>
    said.map((each) => (each === undefined || each === '' ? null : /^\d{1,3}$/.test(each) && Number(each) < among ? Number(each) : -1)) // prettier-ignore
  const one = (at: number | null): string | undefined => typed[choiceField(contest_id, at)]
  const padded = (cells: readonly (number | null)[]): Cells => Array.from({ length: width }, (_, at) => cells[at] ?? null) // prettier-ignore
  const answer = (cells: Cells, problem: ChoiceProblem | null = null) =>
    cells.includes(-1) ? { cells: padded([]), problem: 'unknown' as const } : { cells, problem }
  switch (method) {
    case 'ranked': {
      const cells = padded(
        places(
          Array.from({ length: width }, (_, at) => one(at)),
          options.length,
        ),
      )
      const named = cells.filter((each) => each !== null)
      return answer(cells, new Set(named).size < named.length ? 'twice' : null)
    }
    case 'plurality':
      return answer(padded(places([one(null)], options.length)))
    case 'approval': {
      const chosen = [...new Set(places(all[choiceField(contest_id)] ?? [], options.length))]
      const cells = padded(chosen.toSorted((a, b) => (a ?? 0) - (b ?? 0)))
      const isNone = chosen.includes(options.length - 1)
      return answer(cells, isNone && chosen.length > 1 ? 'none_and_others' : null)
    }
    case 'yes_no': {
      const said = padded(
        places(
          contest.candidates.map((_, at) => one(at)),
          words.length,
        ),
      )
      if (typed[noneField(contest_id)] !== 'yes') return answer(said)
      const isContrary = said.some((each) => each !== null && each !== no)
      return answer(padded(contest.candidates.map(() => no)), isContrary ? 'none_and_yes' : null)
    }
    default:
      return method satisfies never
  }
}

const no = words.indexOf('no')

/** The fields of a form that says the same. */
export function fieldsOf({ contest_id }: ContestOnBallot, method: BallotMethod, cells: Cells): [string, string][] {
  const listed = method === 'plurality' || method === 'approval'
  const name = (at: number): string =>
    method === 'approval' ? `${choiceField(contest_id)}[]` : choiceField(contest_id, listed ? null : at)
  return cells.flatMap((each, at): [string, string][] => (each === null ? [] : [[name(at), String(each)]]))
}

/** May somebody say that they should be able to vote, who may not? Once at a time, and while it still helps. */
export const mayChallenge = (
  { row, vote }: { row: { may_vote: boolean; voted_by: string | null; is_challenged: boolean }; vote: { rules: Rules; counted_at: Date | null } },
  today: string,
): boolean => !row.may_vote && !row.voted_by && !row.is_challenged && !vote.counted_at && takingOn(vote.rules, today) !== 'over' // prettier-ignore

/*
 * The box. Ballots of a contest are all equally long, so that the length of the box tells how many there are and no more.
 */

/** A ballot as it lies in the box. */
export interface Cast {
  receipt: string
  cells: Cells
}

export const receipt_length = 16
const receipt = /^[0-9A-HJKMNP-TV-Z]{16}$/
export const isReceipt = (text: string): boolean => receipt.test(text)

/** The number of a ballot from 10 random bytes, in letters and digits nobody mixes up (Crockford's base 32). */
export function receiptOf(bytes: Uint8Array): string {
  const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
  let bits = [...bytes.subarray(0, 10)].reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n)
  let text = ''
  for (let at = 0; at < receipt_length; at++) {
    text = (letters[Number(bits & 31n)] ?? '') + text
    bits >>= 5n
  }
  return text
}

/** 'ABCD EFGH JKMN PQRS' */
export const shownReceipt = (text: string): string => text.replaceAll(/(.{4})(?=.)/g, '$1 ')

const nothing = '--'
const written = ({ receipt: number, cells }: Cast): string =>
  number + cells.map((each) => (each === null ? nothing : each.toString(36).padStart(2, '0'))).join('')

/** The ballots in an opened box. */
export function ballotsIn(box: string, width: number): Cast[] {
  const length = receipt_length + 2 * width
  return Array.from({ length: box.length / length }, (_, at) => {
    const ballot = box.slice(at * length, (at + 1) * length)
    const cells = Array.from({ length: width }, (_each, place) => {
      const cell = ballot.slice(receipt_length + 2 * place, receipt_length + 2 * place + 2)
      return cell === nothing ? null : parseInt(cell, 36)
    })
    return { receipt: ballot.slice(0, receipt_length), cells }
  })
}

/** The box with one ballot more. By the order of their random numbers, nothing tells which came when. */
export function withBallot(box: string, cast: Cast): string {
  const ballots = [...ballotsIn(box, cast.cells.length).map(written), written(cast)]
  return ballots.toSorted((a, b) => (a < b ? -1 : 1)).join('')
}

export const isSameBallot = (one: Cast, other: Cast): boolean => written(one) === written(other)

/*
 * What is published.
 */

/** The list of ballots as `hanpyo tally` reads it (docs/tally.md). */
export function csvOf(contest: ContestOnBallot, method: BallotMethod, ballots: readonly Cast[]): string {
  const options = optionsOf(contest, method)
  const width = widthOf(contest, method)
  const column = { ranked: 'rank', approval: 'choice', plurality: 'choice' } as const
  const head =
    method === 'yes_no'
      ? options.map(({ name }) => name)
      : Array.from({ length: width }, (_, at) => `${column[method]}${at + 1}`)
  const text = (each: number | null): string => {
    if (method === 'yes_no') return each === null ? marks.skipped : (words[each] ?? '')
    return each === null ? '' : (options[each]?.name ?? '')
  }
  return [
    csvLine(['receipt', ...head]),
    ...ballots.map((cast) => csvLine([cast.receipt, ...cast.cells.map(text)])),
  ].join('')
}

/** By which count the rules decide. */
export const methodOf = ({ method, endorsements_most }: Pick<Rules, 'method' | 'endorsements_most'>): Method =>
  method === 'yes_no' ? 'threshold' : method === 'ranked' ? (endorsements_most === 1 ? 'irv' : 'stv') : method

/** The share that elects; null: more than half, or most votes where the rules say so. `valid`: ballots that count, of which more than half is so many exactly. */
export function shareOf({ method, threshold, threshold_percent }: Pick<Rules, 'method' | 'threshold' | 'threshold_percent'>, valid: number): Share | null {
  if (threshold) return threshold === 'most' ? null : threshold
  if (threshold_percent !== 50) return { yes: threshold_percent, of: 100 }
  // The count itself takes more than half of what it asks for here.
  if (method === 'yes_no' || method === 'ranked' || valid === 0) return null
  return { yes: Math.floor(valid / 2) + 1, of: valid }
} // prettier-ignore

/** Names no two candidates of a contest share, nor one with what means something else in the list. */
export function apart<Each extends { name: string }>(candidates: readonly Each[]): Each[] {
  const taken = new Set<string>([...Object.values(marks), noEndorsement, 'receipt', 'count', 'ballot', 'id', 'weight'].map((each) => each.toLowerCase())) // prettier-ignore
  return candidates.map((each) => {
    let name = each.name
    for (let at = 2; taken.has(name.toLowerCase()); at++) name = `${each.name} (${at})`
    taken.add(name.toLowerCase())
    return { ...each, name }
  })
}
