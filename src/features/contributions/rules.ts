import { levelOf } from '../campaigns/rules.ts'
import type { ContestOffice, ElectionKind } from '../elections/contests/schema.ts'
import type { Basis, ContributionState, Level, LimitOffice, Participation, PayerKind } from './schema.ts'

export interface Limit {
  level: Level
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

/** Rows that hold for somebody who pays on a day; none: nobody knows, and the row of before is not taken for it. */
export function limitsFor(rows: readonly Limit[], asked: Asked): Limit[] {
  const level = levelOf(asked.office)
  return rows.filter(
    (row) =>
      row.level === level &&
      row.payer_kind === asked.payer_kind &&
      (row.office === 'any' || row.office === offices[asked.office]) &&
      row.elections.includes(asked.election) &&
      (row.participation === null || row.participation === asked.participation) &&
      row.effective_from <= asked.on &&
      (row.effective_to === null || asked.on <= row.effective_to),
  )
}

/** What counts toward a limit already, refunds taken out. */
export interface Counted {
  given_cents: number
  /** Approved, and not given yet. */
  approved_cents: number
}

export interface LimitCheck extends Counted {
  limit: Limit & { amount_cents: number; basis: Exclude<Basis, 'prohibited'> }
  left_cents: number
  over_cents: number
}

export type Verdict =
  | { kind: 'prohibited'; limit: Limit }
  | { kind: 'unknown' }
  | { kind: 'limited'; checks: LimitCheck[]; is_over: boolean }

/** May this be given whole? `countOf`: what counts toward each limit already. */
export function verdictOf(limits: readonly Limit[], amount_cents: number, countOf: (limit: Limit) => Counted): Verdict {
  const prohibited = limits.find(({ basis }) => basis === 'prohibited')
  if (prohibited) return { kind: 'prohibited', limit: prohibited }
  const checks = limits.flatMap((limit): LimitCheck[] => {
    const { amount_cents: most, basis } = limit
    if (most === null || basis === 'prohibited') return []
    const counted = countOf(limit)
    const after = counted.given_cents + counted.approved_cents + amount_cents
    return [{ ...counted, limit: { ...limit, amount_cents: most, basis }, left_cents: Math.max(0, most - after), over_cents: Math.max(0, after - most) }] // prettier-ignore
  })
  // A total of the year alone says nothing of what one candidate may get.
  if (!checks.some(({ limit }) => limit.basis !== 'per_year_all')) return { kind: 'unknown' }
  return { kind: 'limited', checks, is_over: checks.some(({ over_cents }) => over_cents > 0) }
}

export interface Gift {
  contribution_id: string
  payer: string
  payer_kind: PayerKind
  figure_id: number
  contest_id: number
  office: ContestOffice
  state: ContributionState
  amount_cents: number
  refunded_cents: number | null
  /** The day it counts on: when it was given, else decided. */
  on: string
}

const isSamePayer = (one: { payer: string }, other: { payer: string }): boolean =>
  one.payer.trim().toLowerCase() === other.payer.trim().toLowerCase()

/** What of all gifts counts toward a limit together with this one, which is not among them. A refund counts back on the day of its gift. */
export function countedToward(limit: Limit, gift: Gift, others: readonly Gift[]): Counted {
  const theirs = others.filter((each) => {
    if (each.contribution_id === gift.contribution_id || !isSamePayer(each, gift)) return false
    if (limit.basis === 'per_year_all')
      return levelOf(each.office) === limit.level && each.on.slice(0, 4) === gift.on.slice(0, 4)
    if (limit.basis === 'per_election') return each.figure_id === gift.figure_id && each.contest_id === gift.contest_id
    const isInCycle = each.on >= limit.effective_from && each.on <= (limit.effective_to ?? each.on)
    return each.figure_id === gift.figure_id && each.office === gift.office && isInCycle
  })
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
  refunded: [],
  dropped: [],
}
