import { createHash } from 'node:crypto'
import type { Candidate, Contest, Election } from '../../contests/queries.ts'
import { districtIn, isOffice, lineCode } from '../../contests/rules.ts'
import { foldedName } from '../../figures/rules.ts'
import type { KeptChoice, KeptPart } from '../../results/queries.ts'
import { voteKinds, type ChoiceKind, type VotesByKind } from '../../results/schema.ts'
import { contestLabel } from '../plan.ts'
import { told_problems, type RowProblem } from '../schema.ts'
import type { ReadResults, ResultRow } from './result-file.ts'
import type { ChoiceSum, ContestKey, ContestSum, ResultAnswers, ResultQuestion, ResultsReport } from './schema.ts'

export interface Known {
  election: Election
  contests: readonly Contest[]
  candidates: readonly Candidate[]
  /** What files before this one brought. */
  choices: readonly KeptChoice[]
  parts: readonly KeptPart[]
}

export interface PlannedChoice {
  name: string
  kind: ChoiceKind
  candidate_id: number | null
}

export interface PlannedPart {
  contest_id: number
  county: string
  sha256: string
  choices: PlannedChoice[]
  /** `line` of the ballot: code of a party, or the body's own name. */
  votes: (Pick<ResultRow, 'precinct' | 'ad' | 'ed' | 'votes' | 'by_kind'> & { name: string; line: string })[]
}

export type ResultsPlan =
  | { ok: true; parts: PlannedPart[]; report: ResultsReport }
  | { ok: false; problems: RowProblem[] }

/** What a file of results would do: which contest each line is of, and who each name is, or who is to say so. */
export function planResults(
  { rows, columns_left, totals }: Extract<ReadResults, { ok: true }>,
  known: Known,
  answers: ResultAnswers,
): ResultsPlan {
  const groups = new Map<string, { contest: Contest; county: string; rows: ResultRow[] }>()
  const left_out = new Map<string, ResultsReport['left_out'][number]>()
  const found = new Map<string, Contest | null>()
  for (const row of rows) {
    const asked = JSON.stringify([row.office, row.district, row.party, row.county])
    const contest = found.get(asked) ?? (found.has(asked) ? null : contestOf(row, known))
    found.set(asked, contest)
    if (!contest) {
      const { office, district, party } = row
      const key = JSON.stringify([office, district, isPrimary(known.election) ? party : ''])
      const left = left_out.get(key) ?? { office, district, party: isPrimary(known.election) ? party : '', lines: 0 }
      left_out.set(key, { ...left, lines: left.lines + 1 })
      continue
    }
    const key = `${contest.contest_id} ${row.county}`
    const group = groups.get(key) ?? { contest, county: row.county, rows: [] }
    groups.set(key, group)
    group.rows.push(row)
  }
  if (groups.size === 0)
    return { ok: false, problems: [{ code: 'no_contest', line: 2, column: 'office', given: { offices: [...new Set([...left_out.values()].map(({ office }) => office))].slice(0, 10).join(', ') } }] } // prettier-ignore

  const problems: RowProblem[] = []
  const questions = new Map<string, ResultQuestion>()
  const parts: PlannedPart[] = []
  const contests: ContestSum[] = []
  for (const { contest, county, rows: of } of groups.values()) {
    const candidates = known.candidates.filter(({ contest_id }) => contest_id === contest.contest_id)
    const choices = new Map<string, PlannedChoice>()
    const votes = new Map<string, PlannedPart['votes'][number]>()
    for (const row of of) {
      const name = row.kind === 'candidate' ? row.candidate : wordOf[row.kind]
      if (!choices.has(name)) choices.set(name, choiceOf(row, name, contest, candidates, known, answers, questions))
      const line = lineCode(row.party)
      const key = JSON.stringify([row.precinct, name, line])
      const there = votes.get(key)
      // Write-ins stand on a line each; a candidate who stands on one twice is a line gone wrong.
      if (there && row.kind === 'candidate')
        problems.push({ code: 'result_twice', line: row.line, column: 'candidate', given: { name: row.candidate, precinct: row.precinct } }) // prettier-ignore
      const { precinct, ad, ed } = row
      const by_kind = there ? summed(there.by_kind, row.by_kind) : row.by_kind
      votes.set(key, { name, line, precinct, ad, ed, by_kind, votes: row.votes + (there?.votes ?? 0) })
    }
    const sums = [...choices.values()].map((choice): ChoiceSum => ({
      name: choice.name,
      kind: choice.kind,
      candidate: candidates.find(({ candidate_id }) => candidate_id === choice.candidate_id)?.name ?? null,
      votes: sumOf([...votes.values()].filter(({ name }) => name === choice.name)),
    }))
    for (const { name, votes: sum } of sums) {
      const question = questions.get(keyOf(contest, name))
      if (question) question.votes += sum
    }
    const part = { contest_id: contest.contest_id, county, choices: [...choices.values()], votes: [...votes.values()] }
    const sha256 = createHash('sha256').update(JSON.stringify(part)).digest('hex')
    const before = known.parts.find((each) => each.contest_id === contest.contest_id && each.county === county)
    const effect = before ? (before.sha256 === sha256 ? 'same' : 'changed') : 'added'
    parts.push({ ...part, sha256 })
    contests.push({
      ...{
        contest_id: contest.contest_id,
        county,
        label: contestLabel(contest),
        contest: named(contest),
        effect,
        votes: sumOf(part.votes),
      },
      precincts: new Set(of.map(({ precinct }) => precinct)).size,
      choices: sums.toSorted((one, other) => other.votes - one.votes),
      missing: candidates.filter((each) => !part.choices.some(({ candidate_id }) => candidate_id === each.candidate_id)).map(({ name }) => name), // prettier-ignore
    })
  }
  if (problems.length > 0) return { ok: false, problems: problems.slice(0, told_problems) }
  const placed = new Map(parts.flatMap(({ county, votes }) => votes.map(({ precinct, ad }) => [`${county} ${precinct}`, ad] as const))) // prettier-ignore
  const unplaced = [...placed.values()].filter((ad) => ad === null).length
  const report = { contests, questions: [...questions.values()], left_out: [...left_out.values()], columns_left, totals, precincts: placed.size, unplaced } // prettier-ignore
  return { ok: true, parts, report }
}

const wordOf: Record<Exclude<ChoiceKind, 'candidate'>, string> = {
  write_in: 'Write-in',
  blank: 'Blank',
  other: 'Other',
}

const named = ({ office, title, district_kind, district, party }: Contest): ContestKey => ({
  office,
  title,
  district_kind,
  district,
  party,
})

const sumOf = (rows: readonly { votes: number }[]): number => rows.reduce((sum, { votes }) => sum + votes, 0)

const summed = (one: VotesByKind, other: VotesByKind): VotesByKind =>
  Object.fromEntries(
    voteKinds.flatMap((kind) =>
      one[kind] === undefined && other[kind] === undefined ? [] : [[kind, (one[kind] ?? 0) + (other[kind] ?? 0)]],
    ),
  )

const isPrimary = ({ kind }: Election): boolean => kind === 'primary' || kind === 'presidential_primary'

function contestOf(row: ResultRow, { election, contests }: Known): Contest | null {
  const fitting = contests.filter((each) => {
    const isNamed = isOffice(each.office)
      ? row.offices.includes(each.office)
      : each.title.en?.toLowerCase() === row.office.toLowerCase()
    if (!isNamed) return false
    // What a file has as the district of a borough's or the city's office differs; the county says which.
    if (each.district_kind === 'county') return each.district === row.county
    return each.district === '' || each.district === districtIn(election.state, each.district_kind, row.district)
  })
  const party = lineCode(row.party)
  const own = isPrimary(election) ? fitting.filter((each) => each.party === null || each.party === party || row.party === '') : fitting // prettier-ignore
  const [only, another] = own
  return only && !another ? only : null
}

const keyOf = ({ contest_id }: Contest, name: string): string => `${contest_id}:${foldedName(ticketHead(name))}`

/** 'Jane Doe / John Roe' runs as Jane Doe. */
const ticketHead = (name: string): string => name.split(/\s[/&]\s/)[0] ?? name

function choiceOf(
  row: ResultRow,
  name: string,
  contest: Contest,
  candidates: readonly Candidate[],
  { choices }: Known,
  answers: ResultAnswers,
  questions: Map<string, ResultQuestion>,
): PlannedChoice {
  if (row.kind !== 'candidate') return { name, kind: row.kind, candidate_id: null }
  const is = (candidate_id: number): PlannedChoice => ({ name, kind: 'candidate', candidate_id })
  const folded = foldedName(ticketHead(name))
  const [only, another] = candidates.filter((each) => foldedName(each.name) === folded)
  if (only && !another) return is(only.candidate_id)
  const key = keyOf(contest, name)
  const kept = choices.find((each) => each.contest_id === contest.contest_id && each.name === name)
  const answer = answers[key] ?? (kept ? (kept.candidate_id ?? 'none') : undefined)
  if (candidates.some(({ candidate_id }) => candidate_id === answer)) return is(Number(answer))
  if (answer === undefined && candidates.length > 0 && !questions.has(key)) {
    const options = candidates.map((each) => ({ candidate_id: each.candidate_id, name: each.name, names: each.names }))
    questions.set(key, {
      key,
      line: row.line,
      name,
      contest: named(contest),
      label: contestLabel(contest),
      votes: 0,
      options,
    })
  }
  return { name, kind: 'other', candidate_id: null }
}
