import type { LeftOut, SampledVoter } from './queries.ts'
import { bodyKinds, namedDistrictKinds, type BodyKind, type Expression, type Field } from './schema.ts'

/*
 * What the builder asks each time something moves: how many, and what each choice would give. Two places answer it, with the
 * same numbers: the column store, and the database where the column store is not ready.
 */

/** What people did at our events and became with us: one voter may count in several, as with tags. */
export const ourFacetNames = ['attended', 'member', 'stage', 'next_step', 'cohort', ...bodyKinds] as const
export type OurFacetName = (typeof ourFacetNames)[number]
export const isOurFacet = (facet: FacetName): facet is OurFacetName => ourFacetNames.some((each) => each === facet)

export const facetNames = [
  'party',
  'status',
  'age',
  'sex',
  'community',
  'language',
  'turnout',
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
  'phone',
] as const
export type FacetName = (typeof facetNames)[number]

/** Kinds of districts that are counted when they are asked for, and not with each movement. */
export const listedDistricts = ['ed', ...namedDistrictKinds] as const
export type ListedDistrict = (typeof listedDistricts)[number]

/** '25/4', as election districts are counted, is 25004, as maps name them; NaN: no election district. */
export function electionDistrictNumber(value: string): number {
  const [assembly, district] = value.split('/').map(Number)
  return (assembly ?? NaN) * 1000 + (district ?? NaN)
}

export interface FacetValue {
  /**
   * As it is typed in an expression ('dem', '34', 'queens', '20', '1', 'south-asian', sex 'unknown'); '': not known, or
   * none, where the language has no word for it. Values nobody has are left out; in no order. Of several states, counties and
   * districts are told with theirs ('NC-12'); '?' are those whose election district lies in several districts.
   */
  value: string
  /** Voters of this value among those who fit everything the expression says outside this facet. */
  count: number
}

/** One answer, all numbers of the same moment. */
export interface Refresh {
  answered_by: 'columns' | 'database'
  people: number
  /** Addresses at which at least one of them is registered. */
  households: number
  /** People with at least one usable number who have not refused calls. */
  phones: number
  /** Mail pieces if each household gets one: different mailing addresses, else residences; not where all of them refused mail. */
  mailboxes: number
  /** People with a usable e-mail address of ours who have not refused e-mails. */
  emails: number
  /** `has:phone` and `has:email`, whatever they said of calls and e-mails. */
  having: { phone: number; email: number }
  /** Who fits but is left out without saying, by reason. */
  left_out: LeftOut[]
  facets: Record<FacetName, FacetValue[]>
  /** How sure the estimates are, under all conditions but those of community: the six of them, then '' for whichever is likeliest. */
  likelihood: Likelihood[]
  /** Age bands of five years by sex, under all other filters but age and sex. `from`: 15, 20, … 100 (and over); null: not known. */
  pyramid: { from: number | null; F: number; M: number; X: number; unknown: number }[]
  /** Twenty of them, the same each time it is asked. Left out where only numbers are wanted. */
  sample: SampledVoter[]
}

export interface Likelihood {
  /** As it is typed in an expression; '': the likeliest of all. */
  value: string
  /** How many at each percent from 0 to 100, which is who said so themselves. What is below `leastPercent` stands at 0, of '' alone. */
  percents: number[]
}

/** Less likely than this is nothing one would ask for. */
export const leastPercent = 5

/** Where no other is asked for: likelier than not. */
export const usualPercent = 50

const sumOf = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0)

/** The facet of community where at least so many percent are asked for; '' who is so likely in none. */
export const communitiesAt = (likelihood: readonly Likelihood[], percent: number): FacetValue[] =>
  likelihood
    .map(({ value, percents }) => ({
      value,
      count: sumOf(value === '' ? percents.slice(0, percent) : percents.slice(percent)),
    }))
    .filter(({ count }) => count > 0)

/** How many in each band of five, from 5-9 to 95-99 and 100. */
export const bandsOf = ({ percents }: Likelihood): { from: number; to: number; count: number }[] =>
  Array.from({ length: 20 }, (_, band) => {
    const from = leastPercent + band * 5
    const to = Math.min(100, from + 4)
    return { from, to, count: sumOf(percents.slice(from, to + 1)) }
  })

/** Terms that belong to each facet: a facet's own terms do not narrow its own counts. */
export const facetFields: Readonly<Record<FacetName, (term: Expression & { op: 'term' }) => boolean>> = {
  party: of('party'),
  status: of('status'),
  age: of('age', 'born'),
  sex: of('sex'),
  community: of('community'),
  language: of('language'),
  turnout: of('turnout'),
  state: of('state'),
  county: of('county'),
  congress: ofDistrict('congress'),
  senate: ofDistrict('senate'),
  assembly: ofDistrict('assembly'),
  'nyc-council': ofDistrict('nyc-council'),
  contact: of('contacted'),
  support: of('support'),
  tag: of('tag'),
  attended: of('attended'),
  member: of('member'),
  stage: of('stage'),
  next_step: of('next_step'),
  cohort: of('cohort'),
  chapter: ofBody('chapter'),
  committee: ofBody('committee'),
  board: ofBody('board'),
  phone: isPhone,
}

function of(...fields: Field[]): (expression: Expression & { op: 'term' }) => boolean {
  return ({ term }) => fields.includes(term.field)
}

/** What the switches of the builder say; `phone:landline` is a condition like any other. */
function isPhone({ term }: Expression & { op: 'term' }): boolean {
  if (term.field === 'has') return term.values.length === 1 && term.values[0] === 'phone'
  return term.field === 'phone' && (term.kinds.length === 0 || (term.kinds.length === 1 && term.kinds[0] === 'mobile'))
}

function ofDistrict(kind: string): (expression: Expression & { op: 'term' }) => boolean {
  return ({ term }) => term.field === 'district' && term.kind === kind
}

function ofBody(kind: BodyKind): (expression: Expression & { op: 'term' }) => boolean {
  return ({ term }) => term.field === 'body' && term.kind === kind
}

/**
 * The expression without what it says of a facet: its terms, plain or negated, that stand beside the others. One inside an `or`
 * with another field stays, since it is not a choice of this facet alone.
 */
export function outside(expression: Expression, facet: FacetName | ListedDistrict): Expression {
  const isOwn = facet in facetFields ? facetFields[facet as FacetName] : ofDistrict(facet)
  const belongs = (each: Expression): boolean => {
    if (each.op === 'term') return isOwn(each)
    if (each.op === 'not') return belongs(each.of)
    return each.of.length > 0 && each.of.every(belongs)
  }
  if (belongs(expression)) return { op: 'and', of: [] }
  if (expression.op !== 'and') return expression
  return { op: 'and', of: expression.of.filter((each) => !belongs(each)) }
}

/** Values of the turnout facet: how many of the last four regular elections, '0' to '4'. */
export const turnoutOf = 4

/**
 * Values of the contact facet, by the last contact on any channel, each exclusive of those before: within 14, 30, 90 days, longer
 * ago; '' never. Support: the last score '1' to '5', '' none. Language: the person's, '' not known. Community: as likely
 * as the expression asks, else likelier than not, one voter may count in several, '' in none. Status: counted as if the expression spoke of every status, so that each
 * value says what choosing it would give; 'gone' are those missing from the newest file, whatever their status. Tag: one voter may
 * count in several, and in none. Attended: kinds of events one was at; member: standings today; stage: the rung one stands on; next_step: how those agreed on stand; cohort: those one applied to;
 * chapter, committee, board: those one holds an office in; all as tags. Phone: 'any' number that works, 'mobile' one of those; '' without.
 */
export const contactValues = ['14d', '30d', '90d', 'older', ''] as const
