import type { Contest } from '../contests/queries.ts'
import type { OfficialsReport } from './officials/schema.ts'
import type { ResultsReport } from './results/schema.ts'

/** What a file is of. */
export const importKinds = ['contests', 'officials', 'results'] as const
export type ImportKind = (typeof importKinds)[number]

/** What becomes of a row of ours. */
export const effects = ['added', 'changed', 'same', 'left'] as const
export type Effect = (typeof effects)[number]

export const importedThings = ['contest', 'candidate', 'person'] as const
export type ImportedThing = (typeof importedThings)[number]

/** One thing the file does, to be read before it is done. */
export interface ReportLine {
  thing: ImportedThing
  effect: Effect
  /** Of the file; null: of ours, and not in the file. */
  line: number | null
  name: string
  /** Somebody we know, whom the file is taken to mean: with how they are written here. */
  taken_for: string | null
  /** Where that is a newcomer of an earlier line. */
  taken_line?: number
  /** Of a contest, what its page is called by. */
  contest?: Pick<Contest, 'office' | 'title' | 'district_kind' | 'district' | 'party'>
  /** What is another than before, by column, in codes as a file has them. */
  changes?: Change[]
}

export interface Change {
  column: string
  from: string
  to: string
}

export interface Report {
  counts: Record<ImportedThing, Record<Effect, number>>
  /** Without those that stay the same. */
  lines: ReportLine[]
}

export type AnyReport = Report | OfficialsReport | ResultsReport

export const rowProblems = [
  'not_utf8',
  'not_csv',
  'not_json',
  'not_yaml',
  'foreign_shape',
  'nobody_here',
  'which_official',
  'which_candidate',
  'no_contest',
  'not_held',
  'bad_count',
  'kinds_differ',
  'result_twice',
  'seat_twice',
  'begins_too_early',
  'empty',
  'too_large',
  'missing_column',
  'unknown_column',
  'column_twice',
  'missing',
  'unknown_code',
  'bad_day',
  'bad_number',
  'bad_address',
  'too_long',
  'no_election',
  'several_elections',
  'no_district',
  'needs_title',
  'ends_before',
  'contest_differs',
  'twice',
  'which_person',
  'no_person',
] as const

export interface RowProblem {
  code: (typeof rowProblems)[number]
  /** Of the file, the head being 1. */
  line: number
  /** Where there are no lines: the number of an entry, from 1. */
  in?: 'entry'
  /** As the head has it, or where in the entry; null: the whole line. */
  column: string | null
  given: Record<string, string | number>
}

/** Problems told at once; a file that is something else altogether has thousands. */
export const told_problems = 20

/** Of a file on the page; ten thousand candidates have two, the members of Congress not yet two. */
export const largest_file_bytes = 4 * 1024 ** 2
