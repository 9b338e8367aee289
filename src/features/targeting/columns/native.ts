import { electionsNamed, lastElections } from '../elections.ts'
import { holds } from '../print.ts'
import { type Range, type Term, type When } from '../schema.ts'
import { contactable, unitsBefore, type Meaning } from '../sql.ts'
import { bornOf, dayOf, mostBorn, mostDays, partyCodes, setNames, sexCodes, statusCodes } from './codes.ts'
import type { LoadedColumns } from './loaded.ts'
import type { SetNode } from './steps.ts'

/*
 * What of a term the file alone can say, as a set; null: only the database can. What organizations know is laid over it
 * by leaves.ts.
 */

/** `ages`: address of the column of ages today. */
export function nativeSet(term: Term, columns: LoadedColumns, meaning: Meaning, ages: number): SetNode | null {
  const { clamped } = columns.header
  // oxlint-disable-next-line switch-exhaustiveness-check -- the database knows the others
  switch (term.field) {
    case 'status':
      return or(
        term.values.map((value) =>
          value === 'gone' ? bits(columns, setNames.gone) : coded(columns, setNames.status, statusCodes.indexOf(value)),
        ),
      )
    case 'party':
      return or(term.values.map((value) => coded(columns, setNames.party, partyCodes.indexOf(value))))
    case 'sex':
      return or(term.values.map((value) => coded(columns, setNames.sex, sexCodes.indexOf(value))))
    case 'state':
      return spansOf(columns, ({ states, state }, segment) => term.values.includes(states[state[segment] ?? -1] ?? ''))
    case 'county':
      return spansOf(columns, ({ counties, county }, segment) =>
        term.values.includes(counties[county[segment] ?? -1] ?? ''),
      )
    case 'district': {
      const { kind } = term
      if (!isNumbered(kind)) return null
      const ranges = term.values.filter((value) => typeof value !== 'string')
      if (ranges.length < term.values.length) return null
      return spansOf(columns, (segments, segment) => within(districtOf(segments, kind, segment), ranges))
    }
    case 'city': {
      const { cities } = columns.header
      return cities && or(term.values.map((value) => valueOf(columns, 'city', cities.indexOf(value) + 1)))
    }
    case 'zip': {
      const { zips } = columns.header
      if (!zips) return null
      const codes = zips.flatMap((zip, index) =>
        term.ranges.some(({ from, to }) => zip >= from && zip <= to) ? [index + 1] : [],
      )
      return codes.length > 64 ? null : or(codes.map((code) => valueOf(columns, 'zip', code)))
    }
    case 'age':
      if (term.ranges.some(({ from, to }) => !isSmall(from) || !isSmall(to))) return null
      if (clamped.length > 0 && term.ranges.some(({ from, to }) => (from ?? 0) > 110 || (to ?? 0) > 110)) return null
      return or(
        term.ranges.map(({ from, to }) => range(ages, from === null ? 1 : from + 2, to === null ? 255 : to + 2, 8)),
      )
    case 'born':
      if (clamped.includes('birth') || clamped.includes('born')) return null
      return or(
        term.ranges.map(({ from, to }) =>
          range(
            columns.address('born'),
            from === null ? 1 : Math.max(1, bornOf(from)),
            to === null ? mostBorn : Math.min(mostBorn, bornOf(to)),
            8,
          ),
        ),
      )
    case 'registered':
      return clamped.includes('registered') ? null : happened(columns.address('registered'), term.when, meaning.today)
    case 'voted':
      return votedIn(
        columns,
        term.elections.flatMap((name) => electionsNamed(name, meaning.elections)).map(({ election_id }) => election_id),
      )
    case 'turnout': {
      const states = statesOf(meaning)
      return or(
        states.map((state) => {
          const days = lastElections(meaning.elections, state, term.kind, term.of, meaning.today)
          const sets = days.map((ids) => votedIn(columns, ids))
          const right = Array.from({ length: sets.length + 1 }, (_, n) => holds(n, term.comparison, term.times))
          const sum: SetNode = sets.length === 0 ? { is: right[0] ? 'all' : 'none' } : { is: 'sum', of: sets, holds: right } // prettier-ignore
          return { is: 'and', of: [ofState(columns, state), sum] }
        }),
      )
    }
    case 'phone':
      return term.kinds.length === 0
        ? bits(columns, setNames.phone)
        : or(term.kinds.map((kind) => bits(columns, setNames.phone_kinds[kind])))
    case 'community':
      return or(
        term.values.map((name) => {
          const [from, to] = percents(term.comparison, term.percent)
          return range(columns.address(`p_${name}`), from, to, 8)
        }),
      )
    case 'household':
      if (term.ranges.some(({ from, to }) => (from ?? 0) > 254 || (to ?? 0) > 254)) return null
      return or(
        term.ranges.map(({ from, to }) =>
          range(columns.address('household_size'), Math.max(1, from ?? 1), to ?? 255, 8),
        ),
      )
    default:
      return null
  }
}

const or = (of: SetNode[]): SetNode => (of.length === 1 && of[0] ? of[0] : { is: 'or', of })

const bits = (columns: LoadedColumns, section: string): SetNode => ({ is: 'bits', at: columns.address(section) })

/** Voters whose bit planes spell a code. */
export function coded(columns: LoadedColumns, planes: readonly string[], code: number): SetNode {
  if (code < 0) return { is: 'none' }
  return {
    is: 'and',
    of: planes.map((plane, index): SetNode => {
      const set = bits(columns, plane)
      return (code >> index) & 1 ? set : { is: 'not', of: set }
    }),
  }
}

function range(column: number, from: number, to: number, size: 8 | 16): SetNode {
  return from > to ? { is: 'none' } : { is: size === 8 ? 'range8' : 'range16', column, from, width: to - from }
}

/** Of a column of codes; 0: there is no such value. */
const valueOf = (columns: LoadedColumns, section: string, code: number): SetNode =>
  code === 0 ? { is: 'none' } : range(columns.address(section), code, code, 16)

const isSmall = (age: number | null): boolean => age === null || (age >= 0 && age < 200)

const within = (value: number | null, ranges: readonly Range[]): boolean =>
  value !== null && ranges.some(({ from, to }) => (from === null || value >= from) && (to === null || value <= to))

const numbered = ['congress', 'senate', 'assembly', 'nyc-council', 'ed'] as const
const isNumbered = (kind: string): kind is (typeof numbered)[number] => (numbered as readonly string[]).includes(kind)

/** The district of a segment. What `district()` in sql.ts says of a voter, said of all voters of a place at once. */
export function districtOf(
  { cd, sd, ad, ed, ccd }: LoadedColumns['header']['segments'],
  kind: (typeof numbered)[number],
  segment: number,
): number | null {
  switch (kind) {
    case 'congress':
      return cd[segment] ?? null
    case 'senate':
      return sd[segment] ?? null
    case 'assembly':
      return ad[segment] ?? null
    case 'nyc-council':
      return ccd[segment] ?? null
    case 'ed': {
      const [assembly, district] = [ad[segment] ?? null, ed[segment] ?? null]
      return assembly === null || district === null ? null : assembly * 1000 + district
    }
    default:
      return kind satisfies never
  }
}

/** Positions of the segments that fit. */
export function spansOf(
  { header: { segments } }: LoadedColumns,
  fits: (segments: LoadedColumns['header']['segments'], segment: number) => boolean,
): SetNode {
  const spans: number[] = []
  for (let segment = 0; segment + 1 < segments.bounds.length; segment++) {
    if (!fits(segments, segment)) continue
    const [from = 0, to = 0] = [segments.bounds[segment], segments.bounds[segment + 1]]
    if (spans.at(-1) === from) spans[spans.length - 1] = to
    else spans.push(from, to)
  }
  return { is: 'spans', spans: Uint32Array.from(spans) }
}

const ofState = (columns: LoadedColumns, wanted: string): SetNode =>
  spansOf(columns, ({ states, state }, segment) => states[state[segment] ?? -1] === wanted)

const statesOf = (meaning: Meaning): string[] =>
  meaning.states.length > 0 ? [...meaning.states] : [...new Set(meaning.elections.map(({ state }) => state))]

function votedIn(columns: LoadedColumns, ids: readonly number[]): SetNode {
  const known = columns.header.elections.filter(({ election_id }) => ids.includes(election_id))
  return or(
    known.map(({ election_id, is_dense }): SetNode => {
      const section = `votes${election_id}`
      return is_dense ? bits(columns, section) : { is: 'list', list: Uint32Array.from(columns.numbers(section)) }
    }),
  )
}

/** Sets of the last `count` regular elections, newest first, for the facet of turnout. */
export function lastVotes(columns: LoadedColumns, meaning: Meaning, count: number): SetNode[] {
  const states = statesOf(meaning)
  const byState = states.map((state) => ({
    state,
    days: lastElections(meaning.elections, state, null, count, meaning.today),
  }))
  return Array.from({ length: count }, (_, day) =>
    or(
      byState.flatMap(({ state, days }): SetNode[] =>
        days[day] ? [{ is: 'and', of: [ofState(columns, state), votedIn(columns, days[day])] }] : [],
      ),
    ),
  )
}

function happened(column: number, when: When, today: string): SetNode {
  const before = (when.is === 'within' || when.is === 'before') && dayOf(unitsBefore(today, when.amount, when.unit))
  const at = (day: number): number => Math.max(1, Math.min(mostDays, day))
  if (when.is === 'ever') return range(column, 1, mostDays, 16)
  if (when.is === 'within') return before !== false && before > mostDays ? { is: 'none' } : range(column, at(Number(before)), mostDays, 16) // prettier-ignore
  if (when.is === 'before') return range(column, 1, Math.min(mostDays, Number(before) - 1), 16)
  if (when.from === null && when.to === null) return { is: 'all' }
  const [from, to] = [when.from === null ? 1 : dayOf(when.from), when.to === null ? mostDays : dayOf(when.to)]
  return from > mostDays ? { is: 'none' } : range(column, at(from), Math.min(mostDays, to), 16)
}

/** Percents that fit, from and to. */
function percents(comparison: '>=' | '<=' | '>' | '<' | '=', percent: number): [number, number] {
  const fits = Array.from({ length: 101 }, (_, each) => each).filter((each) => holds(each, comparison, percent))
  return fits.length === 0 ? [1, 0] : [Math.min(...fits), Math.max(...fits)]
}

/** Statuses of those who can vote. */
export const votingCodes = contactable.map((status) => statusCodes.indexOf(status))
