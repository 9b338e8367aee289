import type { Generated, JSONColumnType } from 'kysely'
import type { ChoiceKind, VotesByKind } from './schema.ts'

export interface ContestResultTable {
  contest_id: number
  county: string
  file: string
  sha256: string
  source_url: string
  as_of: string
  loaded_at: Date
  loaded_by: string
}

export interface ResultChoiceTable {
  choice_id: Generated<number>
  contest_id: number
  /** As the files write it. */
  name: string
  kind: ChoiceKind
  candidate_id: number | null
}

export interface ResultVoteTable {
  choice_id: number
  county: string
  precinct: string
  /** Of New York City. */
  ad: number | null
  ed: number | null
  /** Party of the ballot line. */
  line: string
  votes: number
  by_kind: JSONColumnType<VotesByKind>
}

declare module '../../../platform/db/tables.ts' {
  interface Tables {
    contest_result: ContestResultTable
    result_choice: ResultChoiceTable
    result_vote: ResultVoteTable
  }
}
