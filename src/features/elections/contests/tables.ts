import type { Generated, JSONColumnType } from 'kysely'
import type { LocalizedText } from '../../../platform/i18n/languages.ts'
import type { OfficialKind, Party } from '../officials/schema.ts'
import type { CandidateStatus, ContestMethod, ContestOffice, ElectionKind } from './schema.ts'

export interface ScheduledElectionTable {
  election_id: Generated<number>
  state: string
  kind: ElectionKind
  held_on: string
  /** Both null: the whole state. */
  district_kind: OfficialKind | null
  district: string | null
  /** Where it holds for every contest. */
  method: ContestMethod | null
  change_party_by: string | null
  change_address_by: string | null
  register_by: string | null
  ask_for_mail_ballot_by: string | null
  /** Both or none. */
  early_voting_from: string | null
  early_voting_until: string | null
  ask_for_mail_ballot_in_person_by: string | null
  postmark_by: string | null
  mail_ballot_arrives_by: string | null
  source_url: string | null
  as_of: string
}

export interface ContestTable {
  contest_id: Generated<number>
  election_id: number
  office: ContestOffice
  /** Of an office without a word of its own, by language. */
  title: JSONColumnType<LocalizedText>
  district_kind: OfficialKind
  /** Number or county slug as geography names it; empty: the whole city or state. */
  district: string
  /** Whose primary. */
  party: Party | null
  seats: number
  method: ContestMethod
  term_from: string | null
  term_until: string | null
  source_url: string | null
  as_of: string
}

export interface CandidateTable {
  candidate_id: Generated<number>
  contest_id: number
  figure_id: number
  /** Ballot lines in order: codes of parties, or the body's own name. */
  lines: string[]
  is_incumbent: boolean
  /** On the ballot. */
  position: number | null
  website: string | null
  status: CandidateStatus
  status_on: string
  source_url: string | null
  as_of: string
}

declare module '../../../platform/db/tables.ts' {
  interface Tables {
    scheduled_election: ScheduledElectionTable
    contest: ContestTable
    candidate: CandidateTable
  }
}
