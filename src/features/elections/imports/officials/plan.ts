import { foldedName } from '../../figures/rules.ts'
import type { Figure, KnownFigure } from '../../figures/queries.ts'
import { isSameValue } from '../../../../platform/same-value.ts'
import type { Official, Seat } from '../../officials/queries.ts'
import { beginsTooEarly } from '../../officials/rules.ts'
import type { Office } from '../../officials/schema.ts'
import type { RowProblem } from '../schema.ts'
import type { Listed, ListedTerm, ReadList } from './list-file.ts'
import {
  idSchemes,
  termEffects,
  toldFields,
  type Answers,
  type OfficialsReport,
  type Question,
  type TermEffect,
  type TermLine,
  type ToldField,
} from './schema.ts'

/** What we know: everybody, and whoever holds an office today or was elected to one. */
export interface Known {
  figures: readonly KnownFigure[]
  terms: readonly Official[]
}

/** What a steward says of the list. */
export interface Said {
  answers: Answers
  /** Terms of ours that go on although nobody of the list has them. */
  stay: readonly number[]
}

/** A term as the list has it, in the columns we keep. */
export type ToldTerm = Pick<Official, ToldField>

export type PlannedTerm =
  | { does: 'correct'; official_id: number; told: ToldTerm }
  | { does: 'begin'; seat: Seat; told: ToldTerm; leave: number[] }

export interface PlannedPerson {
  /** null: somebody new. */
  figure_id: number | null
  name: string
  ids: Figure['ids']
  source_url: string
  terms: PlannedTerm[]
}

export interface Plan {
  people: PlannedPerson[]
  ends: { official_id: number; left_on: string }[]
  report: OfficialsReport
}

type Read = Extract<ReadList, { ok: true }>

/** What a list would do: nobody is taken for somebody else unasked, and no term ends unsaid. */
export function planOfficials(
  { list, officials, elsewhere }: Read,
  known: Known,
  { answers, stay }: Said,
  today: string,
): { ok: true; plan: Plan } | { ok: false; problems: RowProblem[] } {
  const problems: RowProblem[] = []
  const questions: Question[] = []
  const people: PlannedPerson[] = []
  const lines: TermLine[] = []
  const counted = { added: 0, linked: 0, same: 0 }
  const taken = new Set<number>()
  const followed = new Map<number, string>()
  const claimed = new Map<string, number>()
  for (const listed of officials) {
    const terms = listed.terms.filter(({ until }) => until === null || until >= today)
    const now = latest(terms.filter((each) => each.since === null || each.since <= today))
    const wanted = [...(now ? [now] : []), ...terms.filter((each) => each.since !== null && each.since > today)]
    const [first] = wanted
    if (!first) continue
    const found = personOf(listed, first, known, answers)
    if (found.is === 'asked') {
      questions.push(found.question)
      for (const each of found.question.options)
        for (const term of known.terms) if (term.figure_id === each.figure_id) taken.add(term.official_id)
      continue
    }
    const { figure } = found
    const ids = { ...figure?.ids, ...listed.ids }
    counted[!figure ? 'added' : isSameValue(figure.ids, ids) ? 'same' : 'linked']++
    const person: PlannedPerson = { figure_id: figure?.figure_id ?? null, name: listed.name, ids, source_url: listed.source_url, terms: [] } // prettier-ignore
    for (const term of wanted) {
      const seat = [term.office, term.kind, term.district, term.since !== null && term.since > today].join(' ')
      const earlier = claimed.get(seat)
      if (earlier !== undefined && term.office !== 'us_senator')
        problems.push({ code: 'seat_twice', line: listed.entry, in: 'entry', column: null, given: { name: listed.name, line: earlier } }) // prettier-ignore
      claimed.set(seat, listed.entry)
      const { line, planned, leave } = planTerm(listed, term, found, known, today)
      lines.push(line)
      if (planned) person.terms.push(planned)
      for (const each of leave) {
        if (beginsTooEarly(line.day ?? today, [each]))
          problems.push({ code: 'begins_too_early', line: listed.entry, in: 'entry', column: null, given: { name: listed.name, holder: each.name } }) // prettier-ignore
        if (each.figure_id !== figure?.figure_id) followed.set(each.official_id, line.day ?? today)
      }
      if (planned?.does === 'correct') taken.add(planned.official_id)
      for (const each of known.terms) if (isSeat(each, term) && each.figure_id === figure?.figure_id) taken.add(each.official_id) // prettier-ignore
    }
    people.push(person)
  }
  if (problems.length > 0) return { ok: false, problems }

  const ends: Plan['ends'] = []
  const partly: Office[] = []
  const offices = [...new Set(officials.flatMap((each) => each.terms.map(({ office }) => office)))]
  for (const office of offices) {
    const holders = known.terms.filter((each) => each.office === office && (each.since === null || each.since <= today))
    const gone = holders.filter(({ official_id }) => !taken.has(official_id))
    const missing = gone.filter(({ official_id }) => !followed.has(official_id))
    const isPart = missing.length * 2 > holders.length
    if (isPart) partly.push(office)
    for (const each of gone) {
      const day = followed.get(each.official_id)
      const stays = day === undefined && (isPart || stay.includes(each.official_id))
      if (isPart && day === undefined) continue
      if (!stays && day === undefined) ends.push({ official_id: each.official_id, left_on: endOf(each, officials, today) }) // prettier-ignore
      lines.push({
        ...{ entry: null, name: each.name, office, kind: each.kind, district: each.district, changes: [] },
        ...{ effect: stays ? 'stays' : 'ends', day: stays ? null : (day ?? endOf(each, officials, today)) },
        ...{ official_id: each.official_id, is_followed: day !== undefined, taken_for: null },
      })
    }
  }
  const begun = lines.filter(({ effect }) => effect === 'begins').length
  const terms = Object.fromEntries(
    termEffects.map((effect) => [effect, lines.filter((each) => each.effect === effect).length]),
  ) as Record<TermEffect, number>
  const report: OfficialsReport = {
    ...{ list, terms, people: counted, questions, elsewhere, partly },
    lines: lines.filter(({ effect, taken_for }) => effect !== 'same' || taken_for !== null),
    swaps_most: begun > 1 && followed.size * 2 > lines.filter(({ entry }) => entry !== null).length,
  }
  return { ok: true, plan: { people, ends, report } }
}

const latest = (terms: readonly ListedTerm[]): ListedTerm | undefined =>
  terms.toSorted((one, other) => (one.since ?? '').localeCompare(other.since ?? '')).at(-1)

const isSeat = (one: Seat, other: Seat): boolean =>
  one.office === other.office && one.kind === other.kind && one.district === other.district

type Found = { is: 'found'; figure: KnownFigure | null; taken_for: string | null } | { is: 'asked'; question: Question }

/** By number in another list first, then by name in the seat; else somebody is asked. */
function personOf(listed: Listed, term: ListedTerm, { figures, terms }: Known, answers: Answers): Found {
  const sure = figures.find(({ ids }) => idSchemes.some((scheme) => ids[scheme] && ids[scheme] === listed.ids[scheme]))
  if (sure) return { is: 'found', figure: sure, taken_for: null }
  // Whoever has another number in that list is somebody else.
  const free = figures.filter(({ ids }) => !idSchemes.some((scheme) => ids[scheme] && listed.ids[scheme]))
  const folded = foldedName(listed.name)
  const seated = new Set(terms.filter((each) => isSeat(each, term)).map(({ figure_id }) => figure_id))
  const inSeat = free.filter(({ figure_id }) => seated.has(figure_id))
  const taken = (figure: KnownFigure): Found => ({
    ...{ is: 'found', figure },
    taken_for: figure.name === listed.name ? null : `${figure.name}, #${figure.figure_id}`,
  })
  const named = inSeat.filter(({ name }) => foldedName(name) === folded)
  const [only, another] = named
  if (only && !another) return taken(only)
  const key = keyOf(listed)
  const answer = answers[key]
  if (answer === 'new') return { is: 'found', figure: null, taken_for: null }
  const options = free.filter(
    ({ figure_id, name }) =>
      foldedName(name) === folded || (seated.has(figure_id) && lastName(foldedName(name)) === lastName(folded)),
  )
  const chosen = options.find(({ figure_id }) => figure_id === answer)
  if (chosen) return taken(chosen)
  if (options.length === 0) return { is: 'found', figure: null, taken_for: null }
  const { office, kind, district } = term
  const told = options.map(({ figure_id, name, names, offices }) => ({ figure_id, name, names, offices }))
  return { is: 'asked', question: { key, entry: listed.entry, name: listed.name, seat: { office, kind, district }, options: told } } // prettier-ignore
}

/** The same in every later list. */
function keyOf({ ids, name }: Listed): string {
  const scheme = idSchemes.find((each) => ids[each])
  return scheme ? `${scheme}:${ids[scheme] ?? ''}` : name
}

const lastName = (folded: string): string => folded.split(' ').at(-1) ?? ''

interface PlannedLine {
  line: TermLine
  planned: PlannedTerm | null
  leave: Official[]
}

function planTerm(
  listed: Listed,
  term: ListedTerm,
  { figure, taken_for }: Extract<Found, { is: 'found' }>,
  { terms }: Known,
  today: string,
): PlannedLine {
  const { office, kind, district } = term
  const isToCome = term.since !== null && term.since > today
  const inSeat = terms.filter((each) => isSeat(each, term))
  const own = inSeat.filter((each) => figure !== null && each.figure_id === figure.figure_id)
  const same = own.find(({ since }) => since === term.since) ?? (isToCome ? undefined : own.find(({ since }) => since === null || since <= today)) // prettier-ignore
  const ends = same?.until ?? null
  const isAgain = ends !== null && term.since !== null && term.since >= ends && same?.since !== term.since
  const line: TermLine = {
    ...{ entry: listed.entry, name: listed.name, office, kind, district, taken_for, changes: [] },
    ...{ effect: 'begins', day: term.since, official_id: null, is_followed: false },
  }
  if (same && !isAgain) {
    const told = toldOf(term, same, today)
    const changes = toldFields.flatMap((field) =>
      same[field] === told[field] ? [] : [{ field, from: textOf(same[field]), to: textOf(told[field]) }],
    )
    if (changes.length === 0) return { line: { ...line, effect: 'same' }, planned: null, leave: [] }
    const planned = { does: 'correct' as const, official_id: same.official_id, told }
    return { line: { ...line, effect: 'changed', day: null, changes }, planned, leave: [] }
  }
  // Of a seat there is one of, whoever holds it leaves; of the two senators of a state a list says who is gone.
  const others = office === 'us_senator' ? own : inSeat
  const leave = others.filter(({ since, left_on }) => (since === null || since <= today) && left_on === null)
  const planned = { does: 'begin' as const, seat: { office, kind, district }, told: toldOf(term, null, today), leave: leave.map(({ official_id }) => official_id) } // prettier-ignore
  return { line, planned, leave }
}

/** What the list does not say stays; a page of the official's that it still has stays too. */
function toldOf(term: ListedTerm, before: Official | null, today: string): ToldTerm {
  const { websites } = term
  const page = before?.website ?? null
  const ends = before?.until ?? null
  // A list without an end says that the one we knew of has not come.
  const isBeyond = term.until === null && ends !== null && ends < today
  return {
    party: term.party ?? before?.party ?? null,
    phone: term.phone ?? before?.phone ?? null,
    email: term.email ?? before?.email ?? null,
    website: page !== null && websites.includes(page) ? page : (websites[0] ?? page),
    address: term.address ?? before?.address ?? null,
    since: term.since ?? before?.since ?? null,
    until: isBeyond ? null : (term.until ?? ends),
    is_checked: true,
  }
}

const textOf = (value: string | boolean | null): string | null => (value === null ? null : String(value))

/** The day the list has for the end of somebody's last term in the seat; else today. */
function endOf(official: Official, officials: readonly Listed[], today: string): string {
  const folded = foldedName(official.name)
  const ended = officials
    .filter(({ name }) => foldedName(name) === folded)
    .flatMap(({ terms }) => terms.filter((each) => isSeat(each, official)).flatMap(({ until }) => until ?? []))
    .filter((until) => until < today && (official.since === null || until > official.since))
  return ended.toSorted().at(-1) ?? today
}
