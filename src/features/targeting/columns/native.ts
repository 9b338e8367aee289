import { barredFrom } from '../../people/rules.ts'
import {
  dayOf as heldOn,
  electionsNamed,
  everybodyCould,
  lastElections,
  onOneDay,
  type KnownElection,
} from '../elections.ts'
import { saltOf } from '../hash.ts'
import { meansOf, ofState } from '../of-state.ts'
import { holds } from '../print.ts'
import {
  contactable,
  parties,
  voteMethods,
  type DaysOfYear,
  type Party,
  type Range,
  type Term,
  type When,
} from '../schema.ts'
import { unitsBefore, yearsBefore, type Meaning } from '../sql.ts'
import {
  bornOf,
  dateOf,
  dayOf,
  mostBorn,
  mostDays,
  noParty,
  partyCodes,
  setNames,
  sexCodes,
  sourceCodes,
  statusCodes,
} from './codes.ts'
import type { LoadedColumns } from './loaded.ts'
import { shared } from './overlay.ts'
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
      return spansOf(columns, (segments, segment) => term.values.includes(stateOf(segments, segment)))
    case 'county': {
      const named = term.values.map(ofState)
      return spansOf(columns, (segments, segment) => {
        const [state, county] = [stateOf(segments, segment), countyOf(segments, segment)]
        return named.some((each) => meansOf(each, state, county))
      })
    }
    case 'district': {
      const { kind } = term
      if (!isNumbered(kind)) return null
      const ranges = term.values.filter((value) => typeof value !== 'string')
      const named = term.values.filter((value) => typeof value === 'string').map(ofState)
      if (named.some(({ value }) => value.endsWith('?'))) return null
      return spansOf(columns, (segments, segment) => {
        const district = districtOf(segments, kind, segment)
        if (within(district, ranges)) return true
        return named.some((each) => meansOf(each, stateOf(segments, segment), String(district)))
      })
    }
    case 'city': {
      const { cities } = columns.header
      return cities && or(term.values.map((value) => valueOf(columns, 'city', cities.indexOf(value) + 1)))
    }
    case 'zip': {
      const { zips } = columns.header
      if (!zips) return null
      const fits = zips.map((zip) => term.ranges.some(({ from, to }) => zip >= from && zip <= to))
      // Neighbours in one: codes stand in the order of the zips.
      const firsts = fits.flatMap((fit, index) => (fit && !fits[index - 1] ? [index] : []))
      return or(
        firsts.map((first) => {
          const end = fits.indexOf(false, first)
          return range(columns.address('zip'), first + 1, end < 0 ? fits.length : end, 16)
        }),
      )
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
    case 'first_seen':
      return firstSeen(columns, term.when, meaning.today)
    case 'last_seen':
      return lastSeen(columns, term.when, meaning.today)
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
          return inState(columns, state, days.map((ids) => votedIn(columns, ids)), term) // prettier-ignore
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
    case 'birth_date':
      return clamped.includes('birth') || clamped.includes('born') ? null : bornBetween(columns, term.from, term.to)
    case 'birthday':
      if (clamped.includes('birth')) return null
      return { is: 'table16', column: columns.address('birth'), table: birthdays(term.days) }
    case 'registered_by':
      return or(term.values.map((value) => coded(columns, setNames.registered_by, sourceCodes.indexOf(value))))
    case 'state_id': {
      const { waiting, unmatched } = setNames.no_state_id
      const without = or([bits(columns, waiting), bits(columns, unmatched)])
      return or(
        term.values.map((value) =>
          value === 'known' ? { is: 'not', of: without } : bits(columns, setNames.no_state_id[value]),
        ),
      )
    }
    case 'party_then':
      return partyOn(columns, term.values, term.on)
    case 'voted_as':
      return or(
        onOneDay(term.elections.flatMap((name) => electionsNamed(name, meaning.elections))).map(({ day, ids }) => ({
          is: 'and',
          of: [votedIn(columns, ids), partyOn(columns, term.parties, day)],
        })),
      )
    case 'method': {
      const places = term.methods.map((method) => voteMethods.indexOf(method))
      if (term.elections.length === 0)
        return or(
          columns.header.ever_by
            .filter(({ method }) => places.includes(method))
            .map(({ method, kept }) => keptSmall(columns, `ever_by${method}`, kept)),
        )
      const asked = term.elections
        .flatMap((name) => electionsNamed(name, meaning.elections))
        .map(({ election_id }) => election_id)
      return or(asked.flatMap((election_id) => places.map((place) => castBy(columns, election_id, place))))
    }
    case 'skipped':
      if (clamped.length > 0) return null
      return or(
        onOneDay(term.elections.flatMap((name) => electionsNamed(name, meaning.elections))).map((held) =>
          skippedDay(columns, held, meaning),
        ),
      )
    case 'skipped_of': {
      if (clamped.length > 0) return null
      return or(
        statesOf(meaning).map((state) => {
          const last = lastElections(meaning.elections, state, term.kind, term.of, meaning.today)
          const days = last.flatMap((ids) => onOneDay(meaning.elections.filter((each) => ids.includes(each.election_id)))) // prettier-ignore
          return inState(columns, state, days.map((held) => skippedDay(columns, held, meaning)), term) // prettier-ignore
        }),
      )
    }
    case 'last_voted':
      return clamped.includes('last_voted') ? null : lastVoted(columns, term.when, meaning)
    case 'sample': {
      const rests = Uint8Array.from({ length: 10_000 }, (_, rest) => Number(rest < term.per_10000))
      return { is: 'hashed', salt: saltOf('sample', term.seed), rests }
    }
    case 'split': {
      const rests = Uint8Array.from({ length: term.of }, (_, rest) => Number(term.parts.includes(rest)))
      return { is: 'hashed', salt: saltOf('split', term.seed), rests }
    }
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

export const numbered = ['congress', 'senate', 'assembly', 'nyc-council', 'ed'] as const
export type NumberedKind = (typeof numbered)[number]
export const isNumbered = (kind: string): kind is NumberedKind => (numbered as readonly string[]).includes(kind)

/** The district of a segment. What `district()` in sql.ts says of a voter, said of all voters of a place at once. */
export function districtOf(
  { cd, sd, ad, ed, ccd }: LoadedColumns['header']['segments'],
  kind: NumberedKind,
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

export const stateOf = ({ states, state }: LoadedColumns['header']['segments'], segment: number): string =>
  states[state[segment] ?? -1] ?? ''

export const countyOf = ({ counties, county }: LoadedColumns['header']['segments'], segment: number): string =>
  counties[county[segment] ?? -1] ?? ''

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

const livingIn = (columns: LoadedColumns, wanted: string): SetNode =>
  spansOf(columns, ({ states, state }, segment) => states[state[segment] ?? -1] === wanted)

const statesOf = (meaning: Meaning): string[] =>
  meaning.states.length > 0 ? [...meaning.states] : [...new Set(meaning.elections.map(({ state }) => state))]

/** In so many of the sets, of one state's voters. */
function inState(
  columns: LoadedColumns,
  state: string,
  sets: SetNode[],
  { comparison, times }: Pick<Term & { field: 'turnout' }, 'comparison' | 'times'>,
): SetNode {
  const right = Array.from({ length: sets.length + 1 }, (_, n) => holds(n, comparison, times))
  const sum: SetNode = sets.length === 0 ? { is: right[0] ? 'all' : 'none' } : { is: 'sum', of: sets, holds: right }
  return { is: 'and', of: [livingIn(columns, state), sum] }
}

/** A vote cast in one way. */
function castBy(columns: LoadedColumns, election_id: number, place: number): SetNode {
  const election = columns.header.elections.find((each) => each.election_id === election_id)
  const way = election?.methods.find(({ method }) => method === place)
  if (!election || !way) return { is: 'none' }
  const section = `votes${election_id}by${place}`
  if (way.kept !== 'rest') return keptSmall(columns, section, way.kept)
  const others = election.methods.filter(({ method }) => method !== place)
  return {
    is: 'and',
    of: [
      votedIn(columns, [election_id]),
      ...others.map(({ method }): SetNode => ({ is: 'not', of: castBy(columns, election_id, method) })),
    ],
  }
}

const keptSmall = (columns: LoadedColumns, section: string, kept: 'bits' | 'packed'): SetNode =>
  kept === 'bits'
    ? bits(columns, section)
    : { is: 'packed', at: columns.address(section), bytes: columns.bytesOf(section).length }

/** As `partyOn` in sql.ts: what the first file after that day changed it from, else what it is. */
function partyOn(columns: LoadedColumns, wanted: readonly Party[], day: string): SetNode {
  const now = or(wanted.map((party) => coded(columns, setNames.party, partyCodes.indexOf(party))))
  const codes = new Set(wanted.map((party) => partyCodes.indexOf(party)))
  const [voters, days, before] = [columns.numbers('party_changed'), columns.shorts('party_changed_on'), columns.bytesOf('party_before')] // prettier-ignore
  const after = dayOf(day)
  const [within, by]: [number[], number[]] = [[], []]
  for (let at = 0, told = -1; at < voters.length; at++) {
    const voter = voters[at] ?? 0
    if (voter === told || (days[at] ?? 0) <= after) continue
    told = voter
    // Where the file did not say, today's counts.
    if (before[at] === noParty) continue
    within.push(voter)
    if (codes.has(before[at] ?? 0)) by.push(voter)
  }
  return within.length === 0 ? now : { is: 'replace', of: now, within: shared(within), by: shared(by) }
}

/** Where only the year is public, the whole of it must lie between the two days. */
function bornBetween(columns: LoadedColumns, from: string | null, to: string | null): SetNode {
  if (from === null && to === null) return { is: 'all' }
  const [days, years] = [columns.address('birth'), columns.address('born')]
  const yearOf = (day: string): number => Number(day.slice(0, 4))
  const firstYear = from === null ? 0 : yearOf(from) + (from.endsWith('-01-01') ? 0 : 1)
  const lastYear = to === null ? 9999 : yearOf(to) - (to.endsWith('-12-31') ? 0 : 1)
  return or([
    within16(days, from === null ? 1 : dayOf(from), to === null ? mostDays : dayOf(to)),
    {
      is: 'and',
      of: [
        range(days, 0, 0, 16),
        range(years, Math.max(1, bornOf(firstYear)), Math.min(mostBorn, bornOf(lastYear)), 8),
      ],
    },
  ])
}

/** A range of days of which any part may lie outside what the column can hold. */
const within16 = (column: number, from: number, to: number): SetNode =>
  from > mostDays ? { is: 'none' } : range(column, Math.max(1, from), Math.min(mostDays, to), 16)

/** Month and day of each day number, as 1231. */
let daysOfYear: Uint16Array | null = null

function birthdays(wanted: readonly DaysOfYear[]): Uint8Array {
  daysOfYear ??= everyDayOfYear()
  const isWanted = new Uint8Array(1232)
  for (const { from, to } of wanted) {
    const [first, last] = [Number(from.replace('-', '')), Number(to.replace('-', ''))]
    if (first <= last) isWanted.fill(1, first, last + 1)
    else isWanted.fill(1, first).fill(1, 1, last + 1)
  }
  const table = new Uint8Array(mostDays + 1)
  for (let day = 1; day <= mostDays; day++) table[day] = isWanted[daysOfYear[day] ?? 0] ?? 0
  return table
}

/** As 131, 201 and so on; 0 for day 0. */
function everyDayOfYear(): Uint16Array {
  const days = new Uint16Array(mostDays + 1)
  for (let day = 1, year = 1880; day <= mostDays; year++) {
    for (let month = 1; month <= 12; month++) {
      const length = new Date(Date.UTC(year, month, 0)).getUTCDate()
      for (let date = 1; date <= length && day <= mostDays; date++) days[day++] = month * 100 + date
    }
  }
  return days
}

/** As `skippedDay` in sql.ts. */
function skippedDay(
  columns: LoadedColumns,
  { day, elections }: { day: string; elections: readonly KnownElection[] },
  { today, elections: known }: Meaning,
): SetNode {
  const asked = elections.filter(everybodyCould)
  const [one] = asked
  if (!one || day > today) return { is: 'none' }
  const facts = { state: one.state, registered_on: null }
  const thatDay = one.held_on === null ? asked : known.filter(({ state, held_on }) => state === one.state && held_on === day) // prettier-ignore
  const mayVote = parties.filter((party) => asked.some((each) => barredFrom(each, { ...facts, party }) === null))
  const registered = columns.address('registered')
  const [days, years] = [columns.address('birth'), columns.address('born')]
  const grown = bornOf(Number(day.slice(0, 4)) - 18)
  return {
    is: 'and',
    of: [
      livingIn(columns, one.state),
      range(registered, 0, Math.min(mostDays, dayOf(day)), 16),
      or([
        within16(days, 1, dayOf(yearsBefore(day, 18))),
        { is: 'and', of: [range(days, 0, 0, 16), range(years, 0, Math.max(0, Math.min(mostBorn, grown)), 8)] },
      ]),
      ...(mayVote.length === parties.length
        ? []
        : [or(mayVote.map((party) => coded(columns, setNames.party, partyCodes.indexOf(party))))]),
      { is: 'not', of: votedIn(columns, thatDay.map(({ election_id }) => election_id)) },
    ],
  } // prettier-ignore
}

/** As `lastVoted` in sql.ts. */
function lastVoted(columns: LoadedColumns, when: When, { elections, today }: Meaning): SetNode {
  const since = (day: string): SetNode =>
    or([
      within16(columns.address('last_voted'), dayOf(day), mostDays),
      votedIn(columns, elections.filter((each) => heldOn(each) >= day).map(({ election_id }) => election_id)), // prettier-ignore
    ])
  const ever = bits(columns, setNames.ever_voted)
  const notSince = (day: string): SetNode => ({ is: 'not', of: since(day) })
  if (when.is === 'ever') return ever
  if (when.is === 'within') return since(unitsBefore(today, when.amount, when.unit))
  if (when.is === 'before') return { is: 'and', of: [ever, notSince(unitsBefore(today, when.amount, when.unit))] }
  return {
    is: 'and',
    of: [
      when.from === null ? ever : since(when.from),
      ...(when.to === null ? [] : [notSince(unitsBefore(when.to, -1, 'd'))]),
    ],
  }
}

/** Of a day that is known; as `happened` in sql.ts. */
function isThen(day: string, when: When, today: string): boolean {
  if (when.is === 'ever') return true
  if (when.is === 'between') return (when.from === null || day >= when.from) && (when.to === null || day <= when.to)
  const start = unitsBefore(today, when.amount, when.unit)
  return when.is === 'within' ? day >= start : day < start
}

/** Numbers of voters are given out in order, so those a file brought are a range of them. */
function firstSeen(columns: LoadedColumns, when: When, today: string): SetNode {
  const { files, highest_voter_id, voters, set_bytes } = columns.header
  const ranges = files
    .filter(({ on }) => isThen(on, when, today))
    .map(
      ({ first_voter_id, next_voter_id }) => [first_voter_id, Math.min(next_voter_id, highest_voter_id + 1)] as const,
    )
    .filter(([first, next]) => first < next)
    .sort(([a], [b]) => a - b)
  // Where most fit, those between the ranges are fewer to look for.
  const isMost = ranges.reduce((sum, [first, next]) => sum + next - first, 0) * 2 > highest_voter_id
  const between = ranges.map(([, next], index) => [next, ranges[index + 1]?.[0] ?? highest_voter_id + 1] as const)
  const wanted = isMost ? [[0, ranges[0]?.[0] ?? 0] as const, ...between] : ranges
  const bits = new Uint8Array(new SharedArrayBuffer(set_bytes))
  let found = 0
  for (const [first, next] of wanted) {
    for (let id = first; id < next; id++) {
      const position = columns.positionOf(id)
      if (position === null) continue
      found++
      bits[position >> 3] = (bits[position >> 3] ?? 0) | (1 << (position & 7))
    }
  }
  const set: SetNode = found === 0 ? { is: 'none' } : { is: 'foreign', bits }
  if (!isMost) return set
  return found === voters ? { is: 'none' } : { is: 'not', of: set }
}

/** As `lastSeen` in sql.ts: by place for those who are there, by a list for those missing since. */
function lastSeen(columns: LoadedColumns, when: When, today: string): SetNode {
  const { files } = columns.header
  const present = spansOf(columns, (segments, segment) => {
    const [of, place] = [stateOf(segments, segment), countyOf(segments, segment)]
    const days = files
      .filter((file) => file.state === of && (file.counties === null || file.counties.includes(place)))
      .map(({ on }) => on)
    const last = days.reduce((a, b) => (a > b ? a : b), '')
    return last !== '' && isThen(last, when, today)
  })
  const [voters, days] = [columns.numbers('gone_voters'), columns.shorts('gone_seen')]
  const by = voters.filter((_, index) => {
    const day = days[index] ?? 0
    return day > 0 && isThen(dateOf(day), when, today)
  })
  return { is: 'replace', of: present, within: shared(voters), by: shared(by) }
}

/** What goes without saying of status; as in `universeCondition`. */
export function understood(columns: LoadedColumns, speaks: { status: boolean; gone: boolean }): SetNode[] {
  if (!speaks.status && speaks.gone) return [or(votingCodes.map((code) => coded(columns, setNames.status, code)))]
  if (!speaks.status) return [bits(columns, setNames.contactable)]
  return speaks.gone ? [] : [{ is: 'not', of: bits(columns, setNames.gone) }]
}

const setIn = (columns: LoadedColumns, section: string, isDense: boolean): SetNode =>
  isDense ? bits(columns, section) : { is: 'listed', at: columns.address(section), count: columns.entries(section) }

function votedIn(columns: LoadedColumns, ids: readonly number[]): SetNode {
  const known = columns.header.elections.filter(({ election_id }) => ids.includes(election_id))
  return or(known.map(({ election_id, is_dense }) => setIn(columns, `votes${election_id}`, is_dense)))
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
        days[day] ? [{ is: 'and', of: [livingIn(columns, state), votedIn(columns, days[day])] }] : [],
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
