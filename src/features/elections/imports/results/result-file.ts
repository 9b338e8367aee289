import { csvRows } from '../../../../platform/csv.ts'
import { languages } from '../../../../platform/i18n/languages.ts'
import { translator } from '../../../../platform/i18n/messages.ts'
import { districtIn } from '../../contests/rules.ts'
import { contestOffices, type ContestOffice } from '../../contests/schema.ts'
import '../../contests/messages.ts'
import '../../officials/messages.ts'
import type { ChoiceKind, VoteKind, VotesByKind } from '../../results/schema.ts'
import { told_problems, type RowProblem } from '../schema.ts'

/** Columns of a file of precincts in the form of OpenElections that are read. */
const neededColumns = ['county', 'precinct', 'office', 'candidate', 'votes'] as const
const otherColumns = ['district', 'party'] as const

/** Names of columns, in files of several states, for how the votes of a line were cast. */
const kindColumns: Readonly<Record<string, VoteKind>> = {
  election_day: 'election_day',
  machine: 'election_day',
  early_voting: 'early_voting',
  early: 'early_voting',
  mail: 'mail',
  mail_in: 'mail',
  early_mail: 'mail',
  absentee: 'absentee',
  absentee_by_mail: 'absentee',
  provisional: 'affidavit',
  affidavit: 'affidavit',
}

export interface ResultRow {
  line: number
  county: string
  precinct: string
  ad: number | null
  ed: number | null
  office: string
  /** What the office may be in our words; empty: none of ours. */
  offices: ContestOffice[]
  district: string
  party: string
  candidate: string
  kind: ChoiceKind
  votes: number
  by_kind: VotesByKind
}

export type ReadResults =
  | { ok: true; rows: ResultRow[]; columns_left: string[]; totals: number }
  | { ok: false; problems: RowProblem[] }

/** Reads a file of results by precinct; what cannot be read is named by line and column. */
export function readResults(text: string): ReadResults {
  const problems: RowProblem[] = []
  const fault = (code: RowProblem['code'], line: number, column: string | null, given: RowProblem['given'] = {}) =>
    void problems.push({ code, line, column, given })
  const [head = [], ...body] = csvRows(text)
  const columns = head.map((name) =>
    name
      .trim()
      .toLowerCase()
      .replaceAll(/[\s-]+/g, '_'),
  )
  if (text.includes('\0') || columns.length < neededColumns.length) fault('not_csv', 1, null)
  else for (const name of neededColumns) if (!columns.includes(name)) fault('missing_column', 1, name)
  if (problems.length > 0) return { ok: false, problems }

  const kinds = columns.flatMap((name, at) => (kindColumns[name] ? [{ name, at, kind: kindColumns[name] }] : []))
  // A file of a city has some fifty thousand lines, and few names of counties and offices.
  const counties = new Map<string, string | null>()
  const offices = new Map<string, ContestOffice[]>()
  const rows: ResultRow[] = []
  let totals = 0
  let line = 1
  for (const cells of body) {
    line += 1
    if (cells.every((cell) => cell.trim() === '')) continue
    if (problems.length >= told_problems) break
    const cell = (name: string): string => (cells[columns.indexOf(name)] ?? '').normalize('NFC').trim().replaceAll(/\s+/g, ' ') // prettier-ignore
    const [precinct, candidate, office] = [cell('precinct'), cell('candidate'), cell('office')]
    if (totalWord.test(precinct) || totalWord.test(candidate)) {
      totals += 1
      continue
    }
    const county = once(counties, cell('county'), (name) => districtIn('NY', 'county', name))
    const votes = countIn(cell('votes'))
    if (county === null) fault('no_district', line, 'county', { value: cell('county').slice(0, 60) })
    for (const [name, value] of Object.entries({ precinct, office, candidate })) {
      if (value === '') fault('missing', line, name)
      if (value.length > longest) fault('too_long', line, name, { most: longest })
    }
    if (votes === null) fault('bad_count', line, 'votes', { value: cell('votes').slice(0, 60) })
    const by_kind: VotesByKind = {}
    for (const { name, at, kind } of kinds) {
      const told = (cells[at] ?? '').trim()
      const count = countIn(told)
      if (told === '') continue
      if (count === null) fault('bad_count', line, name, { value: told.slice(0, 60) })
      else by_kind[kind] = (by_kind[kind] ?? 0) + count
    }
    const sum = Object.values(by_kind).reduce((all, each) => all + each, 0)
    if (votes !== null && sum > votes) fault('kinds_differ', line, 'votes', { votes, sum })
    if (county === null || votes === null) continue
    const place = electionDistrictIn(county, precinct)
    rows.push({
      ...{
        line,
        county,
        precinct,
        office,
        candidate,
        votes,
        by_kind,
        district: cell('district'),
        party: cell('party'),
      },
      ...{
        ad: place?.ad ?? null,
        ed: place?.ed ?? null,
        offices: once(offices, office, officesNamed),
        kind: kindOf(candidate),
      },
    })
  }
  if (rows.length === 0 && problems.length === 0) fault('empty', 1, null)
  if (problems.length > 0) return { ok: false, problems: problems.slice(0, told_problems) }
  const read: readonly string[] = [...neededColumns, ...otherColumns, ...kinds.map(({ name }) => name)]
  return { ok: true, rows, totals, columns_left: columns.filter((name) => name !== '' && !read.includes(name)) }
}

function once<Value>(known: Map<string, Value>, name: string, find: (name: string) => Value): Value {
  const there = known.get(name)
  if (there !== undefined) return there
  const value = find(name)
  known.set(name, value)
  return value
}

const longest = 200

/** '1,234' is a number too. */
const countIn = (text: string): number | null =>
  /^(\d{1,8}|\d{1,3}(,\d{3}){1,2})$/.test(text) ? Number(text.replaceAll(',', '')) : null

const totalWord = /^(grand )?totals?( votes)?$|^(county|cumulative) totals?$/i

const notCandidates: readonly [RegExp, ChoiceKind][] = [
  [/^(scatter(ing|ed)?|write[- ]?ins?( votes)?|un(attributable|qualified) write[- ]?ins?( \(.*\))?)$/i, 'write_in'],
  [/^(blanks?|voids?|blank ?[/&] ?void|(over|under)[- ]?votes?)$/i, 'blank'],
]

const kindOf = (name: string): ChoiceKind => notCandidates.find(([words]) => words.test(name))?.[1] ?? 'candidate'

const newYorkCity: readonly string[] = ['bronx', 'kings', 'new-york', 'queens', 'richmond']

/** Ways in which files write an election district of New York City. */
const precinctForms: readonly [RegExp, 'ed_ad' | 'ad_ed'][] = [
  [/^(\d{1,3}) ?[~/] ?(\d{1,3})$/, 'ed_ad'],
  [/^e\.?d\.? ?(\d{1,3})[\s,/-]*a\.?d\.? ?(\d{1,3})$/i, 'ed_ad'],
  [/^a\.?d\.? ?(\d{1,3})[\s,/-]*e\.?d\.? ?(\d{1,3})$/i, 'ad_ed'],
  [/^(\d{2})(\d{3})$/, 'ad_ed'],
]

/** '1~23', '001/23', 'AD 23 ED 1' and '23001' are election district 1 of Assembly District 23. */
export function electionDistrictIn(county: string, precinct: string): { ad: number; ed: number } | null {
  if (!newYorkCity.includes(county)) return null
  for (const [form, order] of precinctForms) {
    const found = form.exec(precinct)
    if (!found) continue
    const [one, other] = [Number(found[1]), Number(found[2])]
    const [ad, ed] = order === 'ad_ed' ? [one, other] : [other, one]
    return ad >= 1 && ad <= 150 && ed >= 1 ? { ad, ed } : null
  }
  return null
}

/** As OpenElections writes offices. In files of the state and of the city a comptroller is another one. */
const officeWords: Readonly<Record<string, ContestOffice[]>> = {
  president: ['president'],
  'u.s. house': ['us_representative'],
  'us house': ['us_representative'],
  'u.s. senate': ['us_senator'],
  'us senate': ['us_senator'],
  'state senate': ['state_senator'],
  'state assembly': ['assembly_member'],
  'state house': ['assembly_member'],
  comptroller: ['state_comptroller', 'comptroller'],
  'city council': ['council_member'],
  'member of the city council': ['council_member'],
  'justice of the supreme court': ['supreme_court_justice'],
  'supreme court justice': ['supreme_court_justice'],
  'judge of the civil court': ['civil_court_judge'],
}

const ownWords = new Map(
  languages.flatMap((language) => {
    const t = translator(language)
    return contestOffices.flatMap((office): [string, ContestOffice][] => office === 'other' ? [] : [[t(`officials.office.${office}`).toLowerCase(), office]]) // prettier-ignore
  }),
)

const officesNamed = (name: string): ContestOffice[] => {
  const word = name.toLowerCase()
  const own = ownWords.get(word)
  return officeWords[word] ?? (own ? [own] : [])
}
