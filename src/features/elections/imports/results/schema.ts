import type { LocalizedText } from '../../../../platform/i18n/languages.ts'
import type { Contest } from '../../contests/queries.ts'
import type { ChoiceKind } from '../../results/schema.ts'
import type { Effect } from '../schema.ts'

export interface ChoiceSum {
  name: string
  kind: ChoiceKind
  /** Who of the contest it is; null: nobody there. */
  candidate: string | null
  votes: number
}

/** What a contest is called by. */
export type ContestKey = Pick<Contest, 'office' | 'title' | 'district_kind' | 'district' | 'party'>

/** One contest in one county, as the file has it. */
export interface ContestSum {
  contest_id: number
  county: string
  contest: ContestKey
  /** In codes: 'council_member nyc-council/20 dem'. */
  label: string
  effect: Extract<Effect, 'added' | 'changed' | 'same'>
  precincts: number
  votes: number
  choices: ChoiceSum[]
  /** Of the contest, and nowhere in the file. */
  missing: string[]
}

/** Who of a contest a name of the file is. */
export interface ResultQuestion {
  /** '12:jane doe' */
  key: string
  /** Of the file, where it stands first. */
  line: number
  name: string
  contest: ContestKey
  label: string
  votes: number
  options: { candidate_id: number; name: string; names: LocalizedText }[]
}

export interface ResultsReport {
  contests: ContestSum[]
  questions: ResultQuestion[]
  /** Contests of the file that are not entered here. */
  left_out: { office: string; district: string; party: string; lines: number }[]
  /** Columns that say nothing of a candidate's votes. */
  columns_left: string[]
  /** Lines of totals, which are not counted again. */
  totals: number
  /** Of all contests and counties; each is counted once. */
  precincts: number
  /** Precincts that are no election district of New York City. */
  unplaced: number
}

/** Who a name is, as a steward says: the number of a candidate, or 'none'. */
export type ResultAnswers = Readonly<Record<string, number | 'none'>>
