import { levelOf } from '../campaigns/rules.ts'
import type { ContestOffice, ElectionKind } from '../elections/contests/schema.ts'
import type {
  Basis,
  ContributionState,
  FoundBasis,
  GivenThough,
  Level,
  LimitOffice,
  Participation,
  PayerKind,
} from './schema.ts'

export interface Limit {
  level: Level
  /** Where it applies; null: everywhere. */
  state: string | null
  payer_kind: PayerKind
  office: LimitOffice
  elections: readonly string[]
  participation: Participation | null
  basis: Basis
  amount_cents: number | null
  effective_from: string
  effective_to: string | null
  source: string
  confidence: 'high' | 'medium' | 'low'
}

export interface Asked {
  office: ContestOffice
  election: ElectionKind
  /** Where the election is, 'NY'. */
  in_state: string
  payer_kind: PayerKind
  participation: Participation | null
  /** 'YYYY-MM-DD'. */
  on: string
}

const offices: Partial<Record<ContestOffice, LimitOffice>> = {
  governor: 'statewide',
  lieutenant_governor: 'statewide',
  attorney_general: 'statewide',
  state_comptroller: 'statewide',
  state_senator: 'state_senate',
  assembly_member: 'state_assembly',
  mayor: 'citywide',
  public_advocate: 'citywide',
  comptroller: 'citywide',
  borough_president: 'borough_president',
  council_member: 'city_council',
}

/** Whose law a gift stands under: what is neither federal nor of the city is the state's. */
const lawOf = (office: ContestOffice): Level => levelOf(office) ?? 'state'

const isFor = (row: Limit, asked: Asked): boolean =>
  (row.level === 'any' || row.level === lawOf(asked.office)) &&
  (row.state === null || row.state === asked.in_state) &&
  row.payer_kind === asked.payer_kind &&
  (row.office === 'any' || row.office === offices[asked.office]) &&
  row.elections.includes(asked.election) &&
  (row.participation === null || row.participation === asked.participation)

/** Rows that hold for somebody who pays on a day; none: nobody knows, and the row of before is not taken for it. */
export const limitsFor = (rows: readonly Limit[], asked: Asked): Limit[] =>
  rows.filter(
    (row) =>
      isFor(row, asked) &&
      row.effective_from <= asked.on &&
      (row.effective_to === null || asked.on <= row.effective_to),
  )

/** The last that held of what one candidate may get, and holds no more. */
export const pastLimit = (rows: readonly Limit[], asked: Asked): Limit | null =>
  rows
    .filter(
      (row) =>
        isFor(row, asked) && row.amount_cents !== null && row.effective_to !== null && row.effective_to < asked.on,
    )
    .toSorted((one, other) => (one.effective_from < other.effective_from ? 1 : -1))[0] ?? null

/** A political club that gives to a candidate outside federal law is a political committee, and registers first (New York Election Law 14-100(1)). */
export const mustRegister = ({ payer_kind, office, in_state }: Pick<Asked, 'payer_kind' | 'office' | 'in_state'>): boolean =>
  payer_kind === 'club' && in_state === 'NY' && lawOf(office) !== 'federal' // prettier-ignore

/** What counts toward a limit already, refunds taken out. */
export interface Counted {
  given_cents: number
  /** Approved, and not given yet. */
  approved_cents: number
}

/** A limit that somebody looked up where no row holds. */
export interface Finding {
  basis: FoundBasis
  amount_cents: number
  source: string
  found_on: string
}

export interface LimitCheck extends Counted {
  basis: Exclude<Basis, 'prohibited'>
  limit_cents: number
  /** Where it is from: a row, or what somebody found. */
  from: { limit: Limit; finding: null } | { limit: null; finding: Finding }
  left_cents: number
  over_cents: number
}

export interface Verdict {
  /** The first that is so: who may give nothing; over one known limit is over, whatever is not known beside it. */
  kind: 'prohibited' | 'over' | 'unknown' | 'within'
  prohibited: Limit | null
  checks: LimitCheck[]
  /** Does a row say what one candidate may get? */
  is_known: boolean
}

/** May this be given whole? `countOf`: what counts toward each limit already. */
export function verdictOf(
  limits: readonly Limit[],
  amount_cents: number,
  countOf: (counts: CountsBy) => Counted,
  finding: Finding | null = null,
): Verdict {
  const check = (basis: LimitCheck['basis'], limit_cents: number, from: LimitCheck['from'], by: CountsBy): LimitCheck => {
    const counted = countOf(by)
    const after = counted.given_cents + counted.approved_cents + amount_cents
    return { ...counted, basis, limit_cents, from, left_cents: Math.max(0, limit_cents - after), over_cents: Math.max(0, after - limit_cents) }
  } // prettier-ignore
  const prohibited = limits.find(({ basis }) => basis === 'prohibited') ?? null
  const checks = limits.flatMap((limit) =>
    limit.amount_cents === null || limit.basis === 'prohibited'
      ? []
      : [check(limit.basis, limit.amount_cents, { limit, finding: null }, limit)],
  )
  // A total of the year alone says nothing of what one candidate may get.
  const is_known = checks.some(({ basis }) => basis !== 'per_year_all')
  if (!is_known && !prohibited && finding)
    checks.push(check(finding.basis, finding.amount_cents, { limit: null, finding }, { basis: finding.basis }))
  const isOver = checks.some(({ over_cents }) => over_cents > 0)
  const isOpen = !is_known && !finding
  return { kind: prohibited ? 'prohibited' : isOver ? 'over' : isOpen ? 'unknown' : 'within', prohibited, checks, is_known }
} // prettier-ignore

/** What speaks against recording it as fine; null: nothing. */
export const givenThough = ({ kind }: Verdict): GivenThough | null =>
  kind === 'within' ? null : kind === 'over' ? 'over_limit' : kind === 'unknown' ? 'limit_unknown' : kind

export interface Gift {
  contribution_id: string
  payer: string
  payer_kind: PayerKind
  figure_id: number
  contest_id: number
  office: ContestOffice
  /** Where the election is, and when. */
  in_state: string
  held_on: string
  state: ContributionState
  amount_cents: number
  refunded_cents: number | null
  /** When it was recorded as given. */
  given_at: Date | null
  /** The day it counts on: when it was given, or today. */
  on: string
}

/** A name as it is compared: without case, spaces, and punctuation. */
export function payerKey(name: string): string {
  const letters = name.normalize('NFKC').toLowerCase()
  return letters.replaceAll(/[^\p{L}\p{N}]/gu, '') || letters.trim()
}

/** What a limit adds up: a row's with its days, or what somebody found. */
export type CountsBy =
  | Pick<Limit, 'basis' | 'level' | 'effective_from' | 'effective_to'>
  | { basis: FoundBasis; level?: undefined }

const isGiven = ({ state }: Gift): boolean => state === 'given' || state === 'refunded'

/** Once money has left, only what left before it counts: the one too much is the later one. */
const isBefore = (each: Gift, gift: Gift): boolean => {
  if (!isGiven(gift)) return true
  return isGiven(each) && (each.given_at?.getTime() ?? 0) <= (gift.given_at?.getTime() ?? 0)
}

/** What of all gifts counts toward a limit together with this one, which is not among them. A refund counts back on the day of its gift. */
export function countedToward(by: CountsBy, gift: Gift, others: readonly Gift[]): Counted {
  const isCounted = (each: Gift): boolean => {
    const isTheirs = each.figure_id === gift.figure_id
    if (by.basis === 'per_election') return isTheirs && each.contest_id === gift.contest_id
    if (by.basis === 'per_year_all')
      return (
        lawOf(each.office) !== 'federal' &&
        each.in_state === gift.in_state &&
        each.on.slice(0, 4) === gift.on.slice(0, 4)
      )
    // Found by somebody: the elections of one year for one seat.
    const isInCycle = by.level
      ? each.on >= by.effective_from && each.on <= (by.effective_to ?? each.on)
      : each.held_on.slice(0, 4) === gift.held_on.slice(0, 4)
    return isTheirs && each.office === gift.office && isInCycle
  }
  const theirs = others.filter(
    (each) =>
      each.contribution_id !== gift.contribution_id &&
      payerKey(each.payer) === payerKey(gift.payer) &&
      isBefore(each, gift) &&
      isCounted(each),
  )
  const sum = (state: ContributionState[]): number =>
    theirs
      .filter((each) => state.includes(each.state))
      .reduce((total, each) => total + each.amount_cents - (each.refunded_cents ?? 0), 0)
  return { given_cents: sum(['given', 'refunded']), approved_cents: sum(['approved']) }
}

/** What may become of one in a state. */
export const stepsFrom: Record<ContributionState, readonly ContributionState[]> = {
  proposed: ['approved', 'dropped'],
  approved: ['given', 'dropped'],
  given: ['refunded'],
  refunded: ['refunded'],
  // What was in the mail already.
  dropped: ['given'],
}
