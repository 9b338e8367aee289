import type { Area } from '../geography/area/rules.ts'
import { print } from './print.ts'
import {
  contactValues,
  leastPercent,
  ourFacetNames,
  outside,
  turnoutOf,
  usualPercent,
  type FacetName,
} from './refresh.ts'
import {
  communities,
  namedDistrictKinds,
  parties,
  sexes,
  statuses,
  taskStates,
  type Community,
  type Comparison,
  type Expression,
  type NamedDistrictKind,
  type Range,
  type Term,
} from './schema.ts'
import { standings } from '../people/schema.ts'
import { printed } from './words.ts'

/*
 * Between the expression and what one clicks: which values of a facet it speaks of, and the expression after a click. What
 * a facet cannot show stays as it is, as a chip.
 */

/** Facets whose choice is a set of values. */
export type ListedFacet = Exclude<FacetName, 'age' | 'community' | 'turnout' | 'phone'> | NamedDistrictKind

export interface Chosen {
  values: readonly string[]
  /** All but these. */
  is_left_out: boolean
}

/** null: the expression speaks of it in a way the facet cannot show. */
export type Choice = Chosen | null

const nothing: Chosen = { values: [], is_left_out: false }

/** The terms that stand beside each other. */
export const partsOf = (expression: Expression): readonly Expression[] =>
  expression.op === 'and' ? expression.of : [expression]

const together = (parts: readonly Expression[]): Expression => {
  const [only] = parts
  return parts.length === 1 && only ? only : { op: 'and', of: [...parts] }
}

type AnyFacet = FacetName | NamedDistrictKind

const isEmpty = (expression: Expression): boolean => expression.op === 'and' && expression.of.length === 0
const belongs = (part: Expression, facet: AnyFacet): boolean => !isEmpty(part) && isEmpty(outside(part, facet))
const own = (expression: Expression, facet: AnyFacet): Expression[] =>
  partsOf(expression).filter((part) => belongs(part, facet))

/** Puts a part where the facet's own stood, or at the end; null takes them away. */
function replace(expression: Expression, facet: AnyFacet, by: Expression | null): Expression {
  const parts = partsOf(expression)
  const at = parts.findIndex((part) => belongs(part, facet))
  const rest = parts.filter((part) => !belongs(part, facet))
  if (!by) return together(rest)
  const before = at < 0 ? rest.length : parts.slice(0, at).filter((part) => !belongs(part, facet)).length
  return together([...rest.slice(0, before), by, ...rest.slice(before)])
}

export function chosenIn(expression: Expression, facet: ListedFacet): Choice {
  const parts = own(expression, facet)
  const [part, another] = parts
  if (!part) return nothing
  if (facet === 'contact') return fromSet(contactValues, (value) => all(parts, (term) => isContacted(term, value)))
  if (facet === 'support') return fromSet(supportValues, (value) => all(parts, (term) => hasScore(term, value)))
  if (another) return null
  const is_left_out = part.op === 'not'
  const inner = part.op === 'not' ? part.of : part
  const values = inner.op === 'term' ? valuesOf(inner.term) : null
  return values && { values, is_left_out }
}

/** The expression with exactly these values of the facet. */
export function choose(expression: Expression, facet: ListedFacet, { values, is_left_out }: Chosen): Expression {
  if (values.length === 0) return replace(expression, facet, null)
  if (facet === 'contact') return replace(expression, facet, contacted(values))
  if (facet === 'support') return replace(expression, facet, scored(values))
  const term: Expression = { op: 'term', term: termOf(facet, values) }
  return replace(expression, facet, is_left_out ? { op: 'not', of: term } : term)
}

/** One value more, or one less. */
export function toggle(expression: Expression, facet: ListedFacet, value: string): Expression {
  const { values, is_left_out } = chosenIn(expression, facet) ?? nothing
  return choose(expression, facet, {
    values: values.includes(value) ? values.filter((each) => each !== value) : [...values, value],
    is_left_out,
  })
}

function valuesOf(term: Term): string[] | null {
  if (term.field === 'party' || term.field === 'sex' || term.field === 'status') return [...term.values]
  if (term.field === 'state' || term.field === 'county' || term.field === 'language' || term.field === 'tag')
    return term.values
  if (term.field === 'attended')
    return term.when.is === 'ever' && term.events.length === 0 && term.kinds.length > 0 ? term.kinds : null
  if (term.field === 'member') return term.kinds.length === 0 && term.standings.length > 0 ? [...term.standings] : null
  if (term.field === 'stage') return term.comparison === null && term.rungs.length > 0 ? term.rungs : null
  if (term.field === 'next_step') return term.states.length > 0 ? [...term.states] : null
  if (term.field === 'cohort') return term.states.length === 0 && term.names.length > 0 ? term.names : null
  if (term.field === 'body') return term.offices.length === 0 && term.names.length > 0 ? term.names : null
  if (term.field !== 'district') return null
  const values: string[] = []
  for (const value of term.values) {
    if (typeof value === 'string') values.push(value)
    else if (value.from === null || value.to === null || value.to - value.from > 300) return null
    else for (let number = value.from; number <= value.to; number++) values.push(String(number))
  }
  return values
}

function termOf(facet: ListedFacet, values: readonly string[]): Term {
  const known = <T extends string>(list: readonly T[]): T[] => list.filter((each) => values.includes(each))
  if (facet === 'party') return { field: 'party', values: known(parties) }
  if (facet === 'sex') return { field: 'sex', values: known(sexes) }
  if (facet === 'status') return { field: 'status', values: known(statuses) }
  if (facet === 'state' || facet === 'county' || facet === 'language' || facet === 'tag')
    return { field: facet, values: [...values] }
  if (facet === 'attended') return { field: facet, kinds: [...values], events: [], when: { is: 'ever' } }
  if (facet === 'member') return { field: facet, standings: known([...standings, 'good'] as const), kinds: [] }
  if (facet === 'stage') return { field: facet, rungs: [...values], comparison: null }
  if (facet === 'next_step') return { field: facet, states: known(taskStates) }
  if (facet === 'cohort') return { field: facet, names: [...values], states: [] }
  if (facet === 'chapter' || facet === 'committee' || facet === 'board')
    return { field: 'body', kind: facet, names: [...values], offices: [] }
  return {
    field: 'district',
    kind: facet as 'congress', // the facets left are the kinds of districts
    values: values
      .map((value): Range | string => (/^\d+$/.test(value) ? { from: Number(value), to: Number(value) } : value))
      .sort((a, b) => (typeof a === 'string' || typeof b === 'string' ? 0 : (a.from ?? 0) - (b.from ?? 0))),
  }
}

/** The area that stands beside the other conditions; one left out or inside an `or` stays a chip. */
export function areaIn(expression: Expression): Area | null {
  for (const part of partsOf(expression))
    if (part.op === 'term' && part.term.field === 'area' && part.term.area) return part.term.area
  return null
}

/** With this area in the place of the other; null: with none. */
export function chooseArea(expression: Expression, area: Area | null): Expression {
  const isArea = (part: Expression): boolean => part.op === 'term' && part.term.field === 'area'
  return putIn(expression, isArea, area && { field: 'area', area })
}

/** Election districts chosen one by one, as assembly district * 1000 + election district; null: said in another way. */
export function electionDistrictsIn(expression: Expression): number[] | null {
  const found = partsOf(expression).filter(isOfElectionDistricts)
  const [part, another] = found
  if (!part) return []
  if (another || part.op !== 'term' || part.term.field !== 'district') return null
  const numbers = part.term.values.map((value) => (typeof value === 'string' || value.from !== value.to ? null : value.from)) // prettier-ignore
  return numbers.every((number) => number !== null) ? numbers : null
}

export function toggleElectionDistrict(expression: Expression, number: number): Expression {
  const chosen = electionDistrictsIn(expression) ?? []
  const numbers = chosen.includes(number) ? chosen.filter((each) => each !== number) : [...chosen, number]
  const values = numbers.sort((a, b) => a - b).map((each) => ({ from: each, to: each }))
  return putIn(expression, isOfElectionDistricts, values.length > 0 ? { field: 'district', kind: 'ed', values } : null)
}

const isOfElectionDistricts = (part: Expression): boolean =>
  part.op === 'term' && part.term.field === 'district' && part.term.kind === 'ed'

function putIn(expression: Expression, isOld: (part: Expression) => boolean, term: Term | null): Expression {
  const parts = partsOf(expression)
  const at = parts.findIndex(isOld)
  const rest = parts.filter((part) => !isOld(part))
  if (!term) return together(rest)
  const before = at < 0 ? rest.length : at
  return together([...rest.slice(0, before), { op: 'term', term }, ...rest.slice(before)])
}

/** null: one of the terms cannot be answered for a value. */
function all(parts: readonly Expression[], holds: (term: Term) => boolean | null): boolean | null {
  const of = (expression: Expression): boolean | null => {
    if (expression.op === 'term') return holds(expression.term)
    if (expression.op === 'not') {
      const inner = of(expression.of)
      return inner === null ? null : !inner
    }
    const each = expression.of.map(of)
    if (each.includes(null)) return null
    return expression.op === 'and' ? each.every(Boolean) : each.some(Boolean)
  }
  return of({ op: 'and', of: [...parts] })
}

function fromSet(values: readonly string[], holds: (value: string) => boolean | null): Choice {
  const answers = values.map(holds)
  if (answers.includes(null)) return null
  return { values: values.filter((_, at) => answers[at]), is_left_out: false }
}

/** Contact: bands by the last time, of which any set can be said. */
const contactDays = [14, 30, 90]

function isContacted(term: Term, value: string): boolean | null {
  if (term.field !== 'contacted' || term.channel) return null
  if (term.when.is === 'ever') return value !== ''
  if (term.when.is === 'between' || term.when.unit !== 'd') return null
  const last = contactDays.indexOf(term.when.amount)
  if (last < 0) return null
  const band = contactValues.findIndex((each) => each === value)
  return term.when.is === 'within' ? band <= last : band > last && value !== ''
}

function contacted(values: readonly string[]): Expression | null {
  const isIn = contactValues.map((value) => values.includes(value))
  const term = (when: (Term & { field: 'contacted' })['when']): Expression => ({
    op: 'term',
    term: { field: 'contacted', when, channel: null },
  })
  const within = (band: number): Expression => term({ is: 'within', amount: contactDays[band] ?? 0, unit: 'd' })
  const before = (band: number): Expression => term({ is: 'before', amount: contactDays[band] ?? 0, unit: 'd' })
  const older = contactValues.length - 2
  const runs: Expression[] = []
  for (let from = 0; from < contactValues.length; from++) {
    if (!isIn[from]) continue
    let to = from
    while (isIn[to + 1]) to += 1
    if (from === 0 && to > older) return null
    if (to > older) runs.push({ op: 'not', of: from > older ? term({ is: 'ever' }) : within(from - 1) })
    else if (from === 0) runs.push(to === older ? term({ is: 'ever' }) : within(to))
    else if (to === older) runs.push(before(from - 1))
    else runs.push({ op: 'and', of: [within(to), before(from - 1)] })
    from = to
  }
  const [only] = runs
  return runs.length === 1 && only ? only : { op: 'or', of: runs }
}

const supportValues = ['1', '2', '3', '4', '5', ''] as const

function hasScore(term: Term, value: string): boolean | null {
  if (term.field !== 'support') return null
  return value !== '' && within(Number(value), term.ranges)
}

/** Those without a score are said as those who have none of the scores not chosen. */
function scored(values: readonly string[]): Expression | null {
  const withNone = values.includes('')
  const scores = [1, 2, 3, 4, 5].filter((score) => values.includes(String(score)) !== withNone)
  if (scores.length === 0) return null
  const ranges: Range[] = []
  for (const score of scores) {
    const last = ranges.at(-1)
    if (last?.to === score - 1) last.to = score
    else ranges.push({ from: score, to: score })
  }
  const term: Expression = { op: 'term', term: { field: 'support', ranges } }
  return withNone ? { op: 'not', of: term } : term
}

const within = (value: number, ranges: readonly Range[]): boolean =>
  ranges.some(({ from, to }) => (from === null || value >= from) && (to === null || value <= to))

/** The range of ages; null where the expression says it in another way. */
export function ageRange(expression: Expression): Range | null {
  const [part, another] = own(expression, 'age')
  if (!part) return { from: null, to: null }
  if (another || part.op !== 'term' || part.term.field !== 'age') return null
  const [range, further] = part.term.ranges
  return range && !further ? range : null
}

export function chooseAge(expression: Expression, { from, to }: Range): Expression {
  if (from === null && to === null) return replace(expression, 'age', null)
  return replace(expression, 'age', { op: 'term', term: { field: 'age', ranges: [{ from, to }] } })
}

export interface LikelyChosen extends Chosen {
  /** At least so likely. */
  percent: number
}

export function communityChosen(expression: Expression): LikelyChosen | null {
  const [part, another] = own(expression, 'community')
  if (!part) return { values: [], is_left_out: false, percent: usualPercent }
  const inner = part.op === 'not' ? part.of : part
  if (another || inner.op !== 'term' || inner.term.field !== 'community' || inner.term.comparison !== '>=') return null
  if (inner.term.percent < leastPercent) return null
  return { values: inner.term.values.map(printed), is_left_out: part.op === 'not', percent: inner.term.percent }
}

export function chooseCommunity(expression: Expression, { values, is_left_out, percent }: LikelyChosen): Expression {
  const wanted: Community[] = communities.filter((name) => values.includes(printed(name)))
  if (wanted.length === 0) return replace(expression, 'community', null)
  const term: Expression = { op: 'term', term: { field: 'community', values: wanted, comparison: '>=', percent } }
  return replace(expression, 'community', is_left_out ? { op: 'not', of: term } : term)
}

/** Of the last four: at least, at most or exactly so many; `comparison` null: not asked. */
export interface TurnoutChosen {
  comparison: '>=' | '<=' | '=' | null
  times: number
}

export function turnoutChosen(expression: Expression): TurnoutChosen | null {
  const [part, another] = own(expression, 'turnout')
  if (!part) return { comparison: null, times: 0 }
  if (another || part.op !== 'term' || part.term.field !== 'turnout') return null
  const { comparison, times, of, kind } = part.term
  if (of !== turnoutOf || kind !== null) return null
  if (comparison === '>') return { comparison: '>=', times: times + 1 }
  if (comparison === '<') return { comparison: '<=', times: times - 1 }
  return { comparison, times }
}

export function chooseTurnout(expression: Expression, { comparison, times }: TurnoutChosen): Expression {
  const isEverybody =
    comparison === null || (comparison === '>=' && times <= 0) || (comparison === '<=' && times >= turnoutOf)
  if (isEverybody) return replace(expression, 'turnout', null)
  const term: Term = { field: 'turnout', comparison: comparison as Comparison, times, of: turnoutOf, kind: null }
  return replace(expression, 'turnout', { op: 'term', term })
}

/** What one can have, each a switch of its own; those of one row exclude each other. */
export const reachSwitches = {
  phone: ['has:phone', 'phone:any'],
  mobile: ['phone:mobile'],
  no_phone: ['-has:phone', '-phone:any'],
  email: ['has:email'],
} as const satisfies Record<string, readonly string[]>
export type ReachSwitch = keyof typeof reachSwitches

const reachTerms: Record<ReachSwitch, Expression> = {
  phone: { op: 'term', term: { field: 'has', values: ['phone'] } },
  mobile: { op: 'term', term: { field: 'phone', kinds: ['mobile'] } },
  no_phone: { op: 'not', of: { op: 'term', term: { field: 'has', values: ['phone'] } } },
  email: { op: 'term', term: { field: 'has', values: ['email'] } },
}

const switchOf = (part: Expression): ReachSwitch | null => {
  const text = print(part)
  const found = Object.entries(reachSwitches).find(([, texts]) => (texts as readonly string[]).includes(text))
  return found ? (found[0] as ReachSwitch) : null // the keys of reachSwitches
}

export const switchesOn = (expression: Expression): ReachSwitch[] =>
  partsOf(expression).flatMap((part) => switchOf(part) ?? [])

export function switchReach(expression: Expression, wanted: ReachSwitch): Expression {
  const isOn = switchesOn(expression).includes(wanted)
  const excluded: readonly (ReachSwitch | null)[] = wanted === 'email' ? ['email'] : ['phone', 'mobile', 'no_phone']
  const rest = partsOf(expression).filter((part) => !excluded.includes(switchOf(part)))
  return together(isOn ? rest : [...rest, reachTerms[wanted]])
}

const listed: readonly ListedFacet[] = [
  'party',
  'status',
  'sex',
  'language',
  'state',
  'county',
  'congress',
  'senate',
  'assembly',
  'nyc-council',
  'contact',
  'support',
  'tag',
  ...ourFacetNames,
  ...namedDistrictKinds,
]

/** What no facet shows, each as text, to be taken away or changed by hand. */
export function chipsOf(expression: Expression): string[] {
  const isShown = (part: Expression): boolean => {
    if (isEmpty(part)) return true
    if (switchOf(part)) return true
    if (belongs(part, 'age')) return ageRange(expression) !== null
    if (belongs(part, 'community')) return communityChosen(expression) !== null
    if (belongs(part, 'turnout')) return turnoutChosen(expression) !== null
    return listed.some((facet) => belongs(part, facet) && chosenIn(expression, facet) !== null)
  }
  return partsOf(expression)
    .filter((part) => !isShown(part))
    .map((part) => print({ op: 'and', of: [part] }))
}

/** Without the chip of this text. */
export const withoutChip = (expression: Expression, chip: string): Expression =>
  together(partsOf(expression).filter((part) => print({ op: 'and', of: [part] }) !== chip))
