import type { ColumnType, Generated } from 'kysely'
import type {
  Basis,
  ContributionState,
  FoundBasis,
  GivenThough,
  Level,
  LimitOffice,
  Method,
  Participation,
  PayerKind,
} from './schema.ts'

type Maybe<T> = ColumnType<T | null, T | null | undefined, T | null>

export interface ContributionLimitTable {
  limit_id: Generated<number>
  level: Level
  /** Where it applies; null: everywhere. */
  state: string | null
  payer_kind: PayerKind
  office: LimitOffice
  elections: string[]
  participation: Participation | null
  basis: Basis
  amount_cents: number | null
  effective_from: string
  effective_to: string | null
  source: string
  confidence: 'high' | 'medium' | 'low'
}

/** What was decided to be given to a candidate. It moves no money. */
export interface ContributionTable {
  organization_id: string
  contribution_id: Generated<string>
  candidate_id: number
  /** The committee that gets it. */
  recipient: string
  cycle_id: string | null
  campaign_id: string | null
  /** The legal entity that pays. */
  payer: string
  payer_kind: PayerKind
  /** Of the candidate, in the city's matching funds. */
  participation: Participation | null
  amount_cents: number
  reason: string
  state: Generated<ContributionState>
  proposed_by: string
  proposed_by_id: string
  proposed_at: Date
  decided_in: Maybe<string>
  decided_on: Maybe<string>
  approved_by: Maybe<string>
  approved_at: Maybe<Date>
  /** Where no limit is known: where somebody found one, how much, what for, and when they looked. */
  checked_limit: Maybe<string>
  checked_limit_cents: Maybe<number>
  checked_basis: Maybe<FoundBasis>
  checked_on: Maybe<string>
  /** The treasurer's. */
  task_id: Maybe<string>
  given_on: Maybe<string>
  method: Maybe<Method>
  reference: Maybe<string>
  given_by: Maybe<string>
  given_at: Maybe<Date>
  /** What speaks against it since it was recorded as given; none once the excess came back. */
  given_though: Maybe<GivenThough>
  /** All that came back, and the last day and number of it; each time is a row of its own. */
  refunded_on: Maybe<string>
  refunded_cents: Maybe<number>
  refund_reference: Maybe<string>
  refunded_by: Maybe<string>
  dropped_by: Maybe<string>
  dropped_at: Maybe<Date>
  drop_reason: Maybe<string>
}

/** One time that something came back. */
export interface ContributionRefundTable {
  organization_id: string
  contribution_id: string
  n: number
  refunded_on: string
  refunded_cents: number
  refund_reference: string
  refunded_by: string
}

declare module '../../platform/db/tables.ts' {
  interface Tables {
    contribution_limit: ContributionLimitTable
    contribution: ContributionTable
    contribution_refund: ContributionRefundTable
  }
}
