import { csvRows } from '../../../platform/csv.ts'
import { CalendarDate } from '../../../platform/dates.ts'
import { languages, type LocalizedText } from '../../../platform/i18n/languages.ts'
import { translator } from '../../../platform/i18n/messages.ts'
import '../../../platform/ui/messages.ts'
import '../contests/messages.ts'
import { lineCode, linesIn } from '../contests/rules.ts'
import {
  candidateStatuses,
  contestMethods,
  contestOffices,
  type CandidateStatus,
  type ContestMethod,
  type ContestOffice,
} from '../contests/schema.ts'
import { isPageAddress, nameLanguages } from '../figures/schema.ts'
import '../officials/messages.ts'
import { officialKinds, officialParties, type OfficialKind, type Party } from '../officials/schema.ts'
import { told_problems, type RowProblem } from './schema.ts'

const nameColumns = nameLanguages.map((language) => `name_${language}` as const)

/** Columns of a file of contests and candidates, in any order; a line has a contest and, where `name` is filled in, who runs. */
export const contestColumns = [
  'state', 'election', 'office', 'title_en', 'title_ko', 'district_kind', 'district', 'party', 'seats', 'method', 'term_from',
  'term_until', 'name', ...nameColumns, 'lines', 'incumbent', 'position', 'status', 'status_on', 'website', 'figure',
  'source_url',
] as const // prettier-ignore
export type ContestColumn = (typeof contestColumns)[number]
export const neededColumns: readonly ContestColumn[] = ['election', 'office', 'source_url']

/** One line as it is understood; null: not said, and what we have stays. */
export interface ContestRow {
  line: number
  state: string
  /** '2027-primary' or a day. */
  election: string
  office: ContestOffice
  title: LocalizedText
  district_kind: OfficialKind | null
  district: string | null
  party: Party | null
  seats: number | null
  method: ContestMethod | null
  term_from: string | null
  term_until: string | null
  source_url: string
  candidate: CandidateRow | null
}

export interface CandidateRow {
  name: string
  names: LocalizedText
  lines: string[] | null
  is_incumbent: boolean | null
  position: number | null
  status: CandidateStatus | null
  status_on: string | null
  website: string | null
  /** Number of somebody we know; 'new': another of that name. */
  figure: number | 'new' | null
}

export type ReadFile = { ok: true; rows: ContestRow[] } | { ok: false; problems: RowProblem[] }

/** Reads a file; what cannot be read is named by its line and column, and then nothing of it is taken. */
export function readContestFile(text: string): ReadFile {
  const problems: RowProblem[] = []
  const fault = (
    code: RowProblem['code'],
    line: number,
    column: string | null,
    given: RowProblem['given'] = {},
  ): null => {
    problems.push({ code, line, column, given })
    return null
  }
  const [head = [], ...body] = csvRows(text)
  const columns = head.map((name) => name.trim().toLowerCase())
  if (text.includes('\0') || columns.length < neededColumns.length) fault('not_csv', 1, null)
  else {
    for (const [at, name] of columns.entries()) {
      if (!(contestColumns as readonly string[]).includes(name)) fault('unknown_column', 1, name.slice(0, 40))
      else if (columns.indexOf(name) < at) fault('column_twice', 1, name)
    }
    for (const name of neededColumns) if (!columns.includes(name)) fault('missing_column', 1, name)
  }
  if (problems.length > 0) return { ok: false, problems: problems.slice(0, told_problems) }

  const rows: ContestRow[] = []
  // A cell with line breaks in it takes several lines.
  let line = 1 + breaksIn(head)
  for (const cells of body) {
    line += 1
    const row = cells.some((cell) => cell.trim() !== '') ? readRow(columns, cells, line, fault) : null
    if (row) rows.push(row)
    line += breaksIn(cells)
    if (problems.length >= told_problems) break
  }
  if (rows.length === 0 && problems.length === 0) fault('empty', 1, null)
  return problems.length > 0 ? { ok: false, problems: problems.slice(0, told_problems) } : { ok: true, rows }
}

const breaksIn = (cells: readonly string[]): number =>
  cells.reduce((sum, cell) => sum + (cell.match(/\n/g)?.length ?? 0), 0)

type Fault = (code: RowProblem['code'], line: number, column: string | null, given?: RowProblem['given']) => null

const longest = 300

function readRow(columns: readonly string[], cells: readonly string[], line: number, report: Fault): ContestRow | null {
  let isFaulty = false
  const fault = (code: RowProblem['code'], column: ContestColumn, given?: RowProblem['given']): null => {
    isFaulty = true
    return report(code, line, column, given)
  }
  const cell = (column: ContestColumn): string | null => {
    const at = columns.indexOf(column)
    const text = (at < 0 ? '' : (cells[at] ?? '')).normalize('NFC').trim()
    if (text.length > longest) return fault('too_long', column, { most: longest })
    return text || null
  }
  const needed = (column: ContestColumn): string => cell(column) ?? fault('missing', column) ?? ''
  const code = <Code extends string>(column: ContestColumn, codes: ReadonlyMap<string, Code>): Code | null => {
    const text = cell(column)
    if (text === null) return null
    return codes.get(text.toLowerCase()) ?? fault('unknown_code', column, { value: text.slice(0, 60), codes: [...new Set(codes.values())].join(', ') }) // prettier-ignore
  }
  const day = (column: ContestColumn): string | null => {
    const text = cell(column)
    if (text === null || CalendarDate.safeParse(text).success) return text
    return fault('bad_day', column, { value: text.slice(0, 60) })
  }
  const number = (column: ContestColumn, most: number): number | null => {
    const text = cell(column)
    if (text === null) return null
    const isRight = /^\d{1,3}$/.test(text) && Number(text) >= 1 && Number(text) <= most
    return isRight ? Number(text) : fault('bad_number', column, { value: text.slice(0, 60), most })
  }
  const address = (column: ContestColumn, text: string | null): string | null =>
    text === null || isPageAddress(text) ? text : fault('bad_address', column, { value: text.slice(0, 60) })
  const named = (prefix: 'title' | 'name', codes: readonly string[]): LocalizedText =>
    Object.fromEntries(
      codes.flatMap((language) => {
        const text = cell(`${prefix}_${language}` as ContestColumn)
        return text ? [[language, text]] : []
      }),
    )

  const state = (cell('state') ?? 'NY').toUpperCase()
  const office = code('office', officeWords) ?? (cell('office') === null ? fault('missing', 'office') : null)
  const party = cell('party')
  const partyCode = party === null ? null : (officialParties.find((each) => each === lineCode(party)) ?? null)
  if (party !== null && partyCode === null) fault('unknown_code', 'party', { value: party.slice(0, 60), codes: officialParties.join(', ') }) // prettier-ignore
  const term_from = day('term_from')
  const term_until = day('term_until')
  if (term_from && term_until && term_from > term_until) fault('ends_before', 'term_until')
  const contest = {
    line,
    state,
    election: needed('election'),
    office: office ?? 'other',
    title: named('title', languages),
    district_kind: code('district_kind', codesOf(officialKinds)),
    district: cell('district'),
    party: partyCode,
    seats: number('seats', 100),
    method: code('method', methodWords),
    term_from,
    term_until,
    source_url: address('source_url', needed('source_url') || null) ?? '',
  }
  const name = cell('name')
  const figure = cell('figure')
  if (figure !== null && !/^(new|\d{1,9})$/.test(figure)) fault('bad_number', 'figure', { value: figure.slice(0, 60), most: 999_999_999 }) // prettier-ignore
  const lines = cell('lines')
  const candidate: CandidateRow | null =
    name === null
      ? null
      : {
          name,
          names: named('name', nameLanguages),
          lines: lines === null ? null : linesIn(lines),
          is_incumbent: answers[code('incumbent', yesNo) ?? ''] ?? null,
          position: number('position', 200),
          status: code('status', statusWords),
          status_on: day('status_on'),
          website: address('website', cell('website')),
          figure: figure === null ? null : figure === 'new' ? 'new' : Number(figure),
        }
  // What says something of a candidate without a name is a line gone wrong, not a contest.
  if (
    name === null &&
    (['name_ko', 'lines', 'status', 'position', 'website'] as const).some((each) => cell(each) !== null)
  )
    fault('missing', 'name')
  return isFaulty ? null : { ...contest, candidate }
}

const codesOf = <const Code extends string>(codes: readonly Code[]): Map<string, Code> =>
  new Map(codes.map((each) => [each, each]))

/** Codes by themselves and by how each language says them. */
function wordsOf<const Code extends string>(codes: readonly Code[], key: (code: Code) => string): Map<string, Code> {
  const words = codesOf(codes)
  for (const language of languages) {
    const t = translator(language)
    for (const code of codes) words.set(t.dynamic(key(code)).toLowerCase(), code)
  }
  return words
}

const officeWords: ReadonlyMap<string, ContestOffice> = wordsOf(contestOffices, (code) =>
  code === 'other' ? 'contests.office.other' : `officials.office.${code}`,
)
const methodWords: ReadonlyMap<string, ContestMethod> = wordsOf(contestMethods, (code) => `contests.method.${code}`).set('rcv', 'ranked_choice') // prettier-ignore
const statusWords: ReadonlyMap<string, CandidateStatus> = wordsOf(candidateStatuses, (code) => `candidates.status.${code}`) // prettier-ignore
const yesNo: ReadonlyMap<string, 'yes' | 'no'> = wordsOf(['yes', 'no'], (code) => `common.${code}`)
const answers: Readonly<Record<string, boolean>> = { yes: true, no: false }
