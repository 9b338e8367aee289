import { numberLimits, parse } from './parse.ts'
import { print, printRange, printTerm } from './print.ts'
import {
  communities,
  parties,
  sexes,
  type Community,
  type DistrictKind,
  type Expression,
  type Party,
  type Sex,
  type Term,
} from './schema.ts'

/*
 * The clicked form of an expression. Whatever can be clicked is taken out of the expression into choices, the rest stays
 * text; put together again they are the same expression.
 */

export const contactChoices = {
  never: '-contacted:ever',
  not_7d: '-contacted:7d',
  not_14d: '-contacted:14d',
  not_30d: '-contacted:30d',
  ever: 'contacted:ever',
  reached: 'reached:ever',
} as const
export type ContactChoice = keyof typeof contactChoices

export const builderDistricts = [
  'congress',
  'senate',
  'assembly',
  'nyc-council',
] as const satisfies readonly DistrictKind[]

export interface Choices {
  party: Party[]
  age_from: string
  age_to: string
  sex: Sex[]
  county: string[]
  district_kind: string
  district_numbers: string
  community: Community | ''
  percent: string
  times: string
  of: string
  election_kind: '' | 'general' | 'primary'
  language: string[]
  tag: string[]
  phone: '' | 'any' | 'mobile'
  contact: ContactChoice | ''
  /** Canonical text of what cannot be clicked. */
  rest: string
}

export const noChoices: Choices = {
  party: [],
  age_from: '',
  age_to: '',
  sex: [],
  county: [],
  district_kind: '',
  district_numbers: '',
  community: '',
  percent: '80',
  times: '',
  of: '4',
  election_kind: '',
  language: [],
  tag: [],
  phone: '',
  contact: '',
  rest: '',
}

export type AgeProblem = 'no_number' | 'no_age' | 'turned'

/** What is wrong with ages as they are typed, at its field; either may be left empty. */
export function ageProblems({
  age_from,
  age_to,
}: Pick<Choices, 'age_from' | 'age_to'>): Partial<Record<'age_from' | 'age_to', AgeProblem>> {
  const [least, most] = numberLimits.age
  const problemOf = (text: string): AgeProblem | null => {
    if (text === '') return null
    if (!/^\d+$/.test(text)) return 'no_number'
    return Number(text) >= least && Number(text) <= most ? null : 'no_age'
  }
  const [from, to] = [problemOf(age_from), problemOf(age_to)]
  const isTurned = !from && !to && age_from !== '' && age_to !== '' && Number(age_from) > Number(age_to)
  const atEnd = isTurned ? 'turned' : to
  return { ...(from && { age_from: from }), ...(atEnd && { age_to: atEnd }) }
}

/** Which choices an expression is, and what is left of it. */
export function choicesOf(expression: Expression): Choices {
  const choices: Choices = { ...noChoices }
  const rest: Expression[] = []
  const seen = new Set<string>()
  for (const part of expression.op === 'and' ? expression.of : [expression]) {
    const found = part.op === 'or' ? null : (contactOf(part) ?? (part.op === 'term' ? choiceOf(part.term) : null))
    const group = found ? Object.keys(found)[0] : undefined
    // A second choice of the same group cannot be clicked: party:dem party:rep.
    if (!found || !group || seen.has(group)) rest.push(part)
    else {
      seen.add(group)
      Object.assign(choices, found)
    }
  }
  return { ...choices, rest: print({ op: 'and', of: rest }) }
}

function contactOf(part: Expression): Partial<Choices> | null {
  const text = print(part)
  const [name] = Object.entries(contactChoices).find(([, written]) => written === text) ?? []
  return name ? { contact: name as ContactChoice } : null
}

function choiceOf(term: Term): Partial<Choices> | null {
  if (term.field === 'party') return { party: term.values }
  if (term.field === 'sex') return { sex: term.values }
  if (term.field === 'county') return { county: term.values }
  if (term.field === 'language') return { language: term.values }
  if (term.field === 'tag') return { tag: term.values }
  if (term.field === 'has') return term.values.join() === 'phone' ? { phone: 'any' } : null
  if (term.field === 'phone') {
    if (term.kinds.length === 0) return { phone: 'any' }
    return term.kinds.join() === 'mobile' ? { phone: 'mobile' } : null
  }
  if (term.field === 'age') {
    const [only, second] = term.ranges
    return only && !second ? { age_from: String(only.from ?? ''), age_to: String(only.to ?? '') } : null
  }
  if (term.field === 'district') {
    if (!(builderDistricts as readonly string[]).includes(term.kind)) return null
    const numbers = term.values.map((value) => (typeof value === 'string' ? value : printRange(value)))
    return { district_kind: term.kind, district_numbers: numbers.join(',') }
  }
  if (term.field === 'community') {
    const [community, another] = term.values
    const isListed = ['50', '70', '80', '90'].includes(String(term.percent))
    return community && !another && term.comparison === '>=' && isListed
      ? { community, percent: String(term.percent) }
      : null
  }
  if (term.field === 'turnout') {
    if (term.comparison !== '>=' || term.times < 1 || term.times > 6 || term.of > 6) return null
    if (term.kind !== null && term.kind !== 'general' && term.kind !== 'primary') return null
    return { times: String(term.times), of: String(term.of), election_kind: term.kind ?? '' }
  }
  return null
}

/** The expression as text; may not be readable where numbers were typed wrong, which the page then shows. */
export function textOf(choices: Choices): string {
  const parts: string[] = []
  const list = (field: string, values: readonly string[]): void => {
    if (values.length > 0) parts.push(`${field}:${values.join(',')}`)
  }
  list('party', choices.party)
  if (choices.age_from || choices.age_to) parts.push(`age:${choices.age_from}-${choices.age_to}`)
  list('sex', choices.sex)
  list('county', choices.county)
  if (choices.district_kind && choices.district_numbers)
    parts.push(`district:${choices.district_kind}/${choices.district_numbers.replace(/\s+/g, '')}`)
  if (choices.community) parts.push(`community:${choices.community}>=${choices.percent}%`)
  if (choices.times)
    parts.push(`voted>=${choices.times}/${choices.of}${choices.election_kind ? `:${choices.election_kind}` : ''}`)
  list('language', choices.language)
  if (choices.tag.length > 0) parts.push(printTerm({ field: 'tag', values: choices.tag }))
  if (choices.phone) parts.push(`phone:${choices.phone}`)
  if (choices.contact) parts.push(contactChoices[choices.contact])
  const rest = parse(choices.rest)
  if (choices.rest) parts.push(rest.ok && rest.expression.op === 'or' ? `(${choices.rest})` : choices.rest)
  const text = parts.join(' ')
  const parsed = parse(text)
  return parsed.ok ? print(parsed.expression) : text
}

/** Choices from the fields of the posted or linked form. */
export function choicesFrom(query: URLSearchParams): Choices {
  const one = (name: string): string => (query.get(name) ?? '').trim()
  const known = <T extends string>(name: string, values: readonly T[]): T[] =>
    query.getAll(name).filter((value): value is T => values.some((each) => each === value))
  const contact = one('contact')
  return {
    party: known('party', parties),
    age_from: one('age_from'),
    age_to: one('age_to'),
    sex: known('sex', sexes),
    county: query.getAll('county').filter(Boolean),
    district_kind: one('district_kind'),
    district_numbers: one('district_numbers'),
    community: known('community', communities)[0] ?? '',
    percent: one('percent') || noChoices.percent,
    times: one('times'),
    of: one('of') || noChoices.of,
    election_kind: known('election_kind', ['general', 'primary'])[0] ?? '',
    language: query.getAll('language').filter(Boolean),
    tag: query.getAll('tag').filter(Boolean),
    phone: known('phone', ['any', 'mobile'])[0] ?? '',
    contact: contact in contactChoices ? (contact as ContactChoice) : '',
    rest: one('rest'),
  }
}
