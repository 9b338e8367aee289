import type { NewCandidacy, NewContest } from '../contests/commands.ts'
import { isSameContest } from '../contests/commands.ts'
import type { Candidate, Contest, Election } from '../contests/queries.ts'
import { districtIn, isOffice, kindOfOffice, usualMethod } from '../contests/rules.ts'
import type { KnownFigure } from '../figures/queries.ts'
import { foldedName } from '../figures/rules.ts'
import type { LocalizedText } from '../../../platform/i18n/languages.ts'
import { isSameValue } from '../../../platform/same-value.ts'
import type { CandidateRow, ContestRow } from './contest-file.ts'
import { told_problems, type Change, type Effect, type ReportLine, type RowProblem } from './schema.ts'

/** Everything of ours the rows of a file may mean. */
export interface Known {
  elections: readonly Election[]
  contests: readonly Contest[]
  candidates: readonly Candidate[]
  figures: readonly KnownFigure[]
}

/** Somebody we know, or somebody new: `key` is the same on each line that means them. */
export type Person =
  | { is: 'known'; figure_id: number; names: LocalizedText }
  | { is: 'new'; key: string; name: string; names: LocalizedText; source_url: string; line: number }

export interface PlannedCandidate {
  before: Candidate | null
  person: Person
  told: Omit<NewCandidacy, 'contest_id' | 'figure_id'>
}

export interface PlannedContest {
  before: Contest | null
  told: NewContest
  candidates: PlannedCandidate[]
}

export type Plan = { ok: true; contests: PlannedContest[]; lines: ReportLine[] } | { ok: false; problems: RowProblem[] }

interface Group extends PlannedContest {
  line: number
  /** What the file has said of it so far, by column. */
  said: Map<string, unknown>
}

/** What a file would do: nothing is guessed, what is not clear is a problem of its line. */
export function planContests(rows: readonly ContestRow[], known: Known, today: string): Plan {
  const problems: RowProblem[] = []
  const groups: Group[] = []
  const lines: ReportLine[] = []
  const newcomers = new Map<string, Person>()
  for (const row of rows) {
    if (problems.length >= told_problems) break
    const fault = (code: RowProblem['code'], column: string | null, given: RowProblem['given'] = {}): null => {
      problems.push({ code, line: row.line, column, given })
      return null
    }
    const group = groupOf(row, known, groups, fault)
    if (group && row.candidate) addCandidate(row, row.candidate, group, known, newcomers, today, lines, fault)
  }
  if (problems.length > 0) return { ok: false, problems: problems.slice(0, told_problems) }
  for (const { before, told, line, candidates } of groups) {
    const { office, title, district_kind, district, party } = told
    const contest = { office, title, district_kind, district, party }
    lines.push({ thing: 'contest', effect: effectOf(before, told), line, name: contestLabel(told), taken_for: null, contest, ...changed(before, told) }) // prettier-ignore
    const missing = known.candidates.filter(
      (each) =>
        each.contest_id === before?.contest_id &&
        !candidates.some((one) => one.before?.candidate_id === each.candidate_id),
    )
    for (const { name } of missing)
      lines.push({ thing: 'candidate', effect: 'left', line: null, name, taken_for: null })
  }
  return {
    ok: true,
    contests: groups.map(({ before, told, candidates }) => ({ before, told, candidates })),
    lines: lines.toSorted((one, other) => (one.line ?? Infinity) - (other.line ?? Infinity)),
  }
}

type Fault = (code: RowProblem['code'], column: string | null, given?: RowProblem['given']) => null

function groupOf(row: ContestRow, known: Known, groups: Group[], fault: Fault): Group | null {
  const { office } = row
  if (!isOffice(office) && !row.title.en) return fault('needs_title', 'title_en')
  const district_kind = kindOfOffice(office, row.district_kind)
  if (!district_kind) return fault('missing', 'district_kind')
  const district = districtIn(row.state, district_kind, row.district)
  if (district === null) return fault('no_district', 'district', { value: row.district ?? '' })
  const election = electionOf(row, known.elections, { district_kind, district }, fault)
  if (!election) return null
  const key = {
    election_id: election.election_id,
    office,
    title: isOffice(office) ? {} : row.title,
    district_kind,
    district,
    party: row.party,
  }
  let group = groups.find((each) => isSameContest(each.told, key))
  if (!group) {
    const before = known.contests.find((each) => isSameContest(each, key)) ?? null
    const told: NewContest = {
      ...key,
      title: { ...before?.title, ...key.title },
      seats: before?.seats ?? 1,
      method: before?.method ?? usualMethod(election, office),
      term_from: before?.term_from ?? null,
      term_until: before?.term_until ?? null,
      source_url: before?.source_url ?? row.source_url,
    }
    group = { before, told, candidates: [], line: row.line, said: new Map() }
    groups.push(group)
  }
  // A contest stands on the line of each candidate; what is said of it must be the same on all.
  for (const column of ['seats', 'method', 'term_from', 'term_until'] as const) {
    const value = row[column]
    if (value === null) continue
    if (group.said.has(column) && group.said.get(column) !== value)
      return fault('contest_differs', column, { line: group.line, value })
    group.said.set(column, value)
    Object.assign(group.told, { [column]: value })
  }
  return group
}

function electionOf(
  row: ContestRow,
  elections: readonly Election[],
  where: { district_kind: string; district: string },
  fault: Fault,
): Election | null {
  const fitting = elections.filter(
    (each) =>
      each.state === row.state &&
      [each.held_on, `${each.held_on.slice(0, 4)}-${each.kind}`].includes(row.election) &&
      (each.district_kind === null || (each.district_kind === where.district_kind && each.district === where.district)),
  )
  // One held in this district alone is meant before the whole state's of that name.
  const own = fitting.filter((each) => each.district_kind !== null)
  const [only, another] = own.length > 0 ? own : fitting
  if (!only) return fault('no_election', 'election', { value: row.election, state: row.state })
  return another ? fault('several_elections', 'election', { value: row.election }) : only
}

function addCandidate(
  row: ContestRow,
  said: CandidateRow,
  group: Group,
  known: Known,
  newcomers: Map<string, Person>,
  today: string,
  lines: ReportLine[],
  fault: Fault,
): void {
  const folded = foldedName(said.name)
  const running = known.candidates.filter((each) => each.contest_id === group.before?.contest_id)
  const matched = new Set(group.candidates.map((each) => each.before?.candidate_id))
  const free = running.filter(({ candidate_id }) => !matched.has(candidate_id))
  // Two of one contest may differ by no more than an initial.
  const before =
    typeof said.figure === 'number'
      ? running.find((each) => each.figure_id === said.figure)
      : (free.find((each) => each.name === said.name) ??
        free.find((each) => foldedName(each.name) === folded) ??
        running.find((each) => foldedName(each.name) === folded))
  const person = before
    ? { is: 'known' as const, figure_id: before.figure_id, names: { ...before.names, ...said.names } }
    : personOf(row, said, folded, known, newcomers, fault)
  if (!person) return
  if (group.candidates.some((each) => isSamePerson(each.person, person))) return void fault('twice', 'name', { value: said.name }) // prettier-ignore
  const told = {
    lines: said.lines ?? before?.lines ?? [],
    is_incumbent: said.is_incumbent ?? before?.is_incumbent ?? false,
    position: said.position ?? before?.position ?? null,
    website: said.website ?? before?.website ?? null,
    status: said.status ?? before?.status ?? 'declared',
    // A status that is new without a day is of today.
    status_on:
      said.status_on ?? (before && (said.status ?? before.status) === before.status ? before.status_on : today),
    source_url: row.source_url,
  }
  group.candidates.push({ before: before ?? null, person, told })
  const figure = person.is === 'known' ? known.figures.find((each) => each.figure_id === person.figure_id) : undefined
  const isRenamed = figure !== undefined && !isSameValue(figure.names, person.names)
  // A second line of one newcomer says so: it may be another of that name.
  const first = person.is === 'new' && person.line !== row.line ? person : null
  const taken_for = first ? first.name : before || !figure ? null : `${figure.name}, #${figure.figure_id}`
  lines.push({ thing: 'candidate', effect: effectOf(before ?? null, told), line: row.line, name: said.name, taken_for, ...(first && { taken_line: first.line }), ...changed(before ?? null, told) }) // prettier-ignore
  if (figure)
    lines.push({ thing: 'person', effect: isRenamed ? 'changed' : 'same', line: row.line, name: figure.name, taken_for: null, ...changed({ names: figure.names }, { names: person.names }) }) // prettier-ignore
  else if (person.is === 'new' && newcomers.get(person.key) === person)
    lines.push({ thing: 'person', effect: 'added', line: row.line, name: said.name, taken_for: null })
}

function personOf(
  row: ContestRow,
  said: CandidateRow,
  folded: string,
  known: Known,
  newcomers: Map<string, Person>,
  fault: Fault,
): Person | null {
  const knownAs = ({ figure_id, names }: KnownFigure): Person => ({
    is: 'known',
    figure_id,
    names: { ...names, ...said.names },
  })
  if (typeof said.figure === 'number') {
    const figure = known.figures.find((each) => each.figure_id === said.figure)
    return figure ? knownAs(figure) : fault('no_person', 'figure', { value: said.figure })
  }
  const alike = said.figure === 'new' ? [] : known.figures.filter((each) => foldedName(each.name) === folded)
  const [only, another] = alike
  if (another)
    return fault('which_person', 'figure', {
      value: said.name,
      numbers: alike.map(({ figure_id }) => figure_id).join(', '),
    })
  if (only) return knownAs(only)
  // The same name twice in one file is one person, unless it says otherwise.
  const key = said.figure === 'new' ? `${folded} ${row.line}` : folded
  const there = newcomers.get(key)
  if (there?.is === 'new') return { ...there, names: { ...there.names, ...said.names } }
  const { line, source_url } = row
  const person: Person = { is: 'new', key, name: said.name, names: said.names, source_url, line }
  newcomers.set(key, person)
  return person
}

const isSamePerson = (one: Person, other: Person): boolean =>
  one.is === 'known' && other.is === 'known'
    ? one.figure_id === other.figure_id
    : one.is === 'new' && other.is === 'new' && one.key === other.key

const effectOf = <T extends object>(before: T | null, told: Partial<T>): Effect =>
  !before
    ? 'added'
    : (Object.keys(told) as (keyof T)[]).some((key) => !isSameValue(before[key], told[key]))
      ? 'changed'
      : 'same'

/** What differs, to be read beside each line; what is new has nothing before it. */
function changed<T extends object>(before: T | null, told: Partial<T>): { changes?: Change[] } {
  if (!before) return {}
  const changes = (Object.keys(told) as (keyof T & string)[])
    .filter((key) => !isSameValue(before[key], told[key]))
    .flatMap((key) => changesOf(key, before[key], told[key]))
  return changes.length > 0 ? { changes } : {}
}

/** Texts by language stand in columns of their own: name_ko. */
function changesOf(key: string, from: unknown, to: unknown): Change[] {
  if (key !== 'names' && key !== 'title') return [{ column: columnOf(key), from: codeOf(from), to: codeOf(to) }]
  const [old, said] = [from, to].map((each) => (each ?? {}) as Record<string, string>)
  return [...new Set([...Object.keys(old ?? {}), ...Object.keys(said ?? {})])].flatMap((language) =>
    old?.[language] === said?.[language]
      ? []
      : [{ column: `${key === 'names' ? 'name' : key}_${language}`, from: codeOf(old?.[language]), to: codeOf(said?.[language]) }],
  )
} // prettier-ignore

const columnOf = (key: string): string => (key === 'is_incumbent' ? 'incumbent' : key)

function codeOf(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (Array.isArray(value)) return value.map(String).join('; ')
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

/** For a report that is kept, in codes everybody reads: 'council_member nyc-council/20 dem'. */
export const contestLabel = ({
  office,
  title,
  district_kind,
  district,
  party,
}: Pick<NewContest, 'office' | 'title' | 'district_kind' | 'district' | 'party'>): string =>
  [isOffice(office) ? office : title.en, district && `${district_kind}/${district}`, party].filter(Boolean).join(' ')
