import type { ColumnType, Generated } from 'kysely'
import type { TieKind } from '../cycles/schema.ts'
import type { Account } from '../tally/schema.ts'
import type { ContestOnBallot, Facts, RollReason, Way } from './schema.ts'

type Instant = ColumnType<Date | null, Date | null | undefined, Date | null>

export interface EndorsementVoteTable {
  organization_id: string
  cycle_id: string
  /** The vote is held by these rules; later ones move its last day alone. */
  rules_version: number
  slate: ColumnType<ContestOnBallot[], string, never>
  /** Decides ties, public from the beginning. */
  seed: string
  /** The day on which the roll was made, 'YYYY-MM-DD'. */
  as_of_on: string
  made_by: string
  made_at: Date
  counted_by: string | null
  counted_at: Instant
}

/** A member as they stood on that day, also one who may not vote. */
export interface EndorsementRollTable {
  organization_id: string
  roll_id: Generated<string>
  cycle_id: string
  person_id: string
  facts: ColumnType<Facts, string, never>
  /** Why they may not vote. */
  reasons: RollReason[]
  /** After what was decided of challenges. */
  may_vote: boolean
  /** Said how they are tied to candidates, or that they are not. */
  has_declared: Generated<boolean>
  mailed_to: string | null
  /** The last day a link went out, 'YYYY-MM-DD'. */
  mailed_on: string | null
  voted_by: Way | 'paper' | null
}

/** What opens somebody's ballot; of several the first that is used counts. */
export interface EndorsementCredentialTable {
  organization_id: string
  /** SHA-256 */
  credential_hash: string
  roll_id: string
  way: Way
  /** Of a link that is mailed: from that day on it may have gone out. */
  handed_on: ColumnType<string | null, string | null | undefined, string | null>
  /** Did the mail server take it? */
  is_sent: Generated<boolean>
}

export interface EndorsementReminderTable {
  organization_id: string
  roll_id: string
  vote_until_on: string
  days_before: number
}

export interface EndorsementChallengeTable {
  organization_id: string
  challenge_id: Generated<string>
  roll_id: string
  /** That they may vote, or may not. */
  wants: boolean
  reason: string
  raised_by: string
  /** Their account; null: raised before it was kept. */
  raised_by_id: string | null
  raised_at: Date
  is_upheld: boolean | null
  /** Why so. */
  decision: string | null
  decided_by: string | null
  decided_at: Instant
  /** Whoever raised it decided it, too. */
  is_own_decision: Generated<boolean>
}

export interface EndorsementTieTable {
  organization_id: string
  roll_id: string
  contest_id: number
  tie: TieKind
  declared_by: string
}

/** All ballots of a contest, sealed as one text. */
export interface EndorsementBoxTable {
  organization_id: string
  cycle_id: string
  contest_id: number
  sealed: string
  /** How many of them came on paper. */
  papers: Generated<number>
}

/** A paper as one person typed it, until another typed the same. */
export interface EndorsementPaperTable {
  organization_id: string
  cycle_id: string
  /** Printed on it, of no voter. */
  number: string
  entered_by: string
  entered_name: string
  sealed: string
}

export interface EndorsementCountTable {
  organization_id: string
  cycle_id: string
  contest_id: number
  /** CSV as docs/tally.md has it. */
  ballots: string
  account: ColumnType<Account, string, never>
}

declare module '../../../platform/db/tables.ts' {
  interface Tables {
    endorsement_vote: EndorsementVoteTable
    endorsement_roll: EndorsementRollTable
    endorsement_credential: EndorsementCredentialTable
    endorsement_reminder: EndorsementReminderTable
    endorsement_challenge: EndorsementChallengeTable
    endorsement_tie: EndorsementTieTable
    endorsement_box: EndorsementBoxTable
    endorsement_paper: EndorsementPaperTable
    endorsement_count: EndorsementCountTable
  }
}
