import { printArea } from '../geography/area/rules.ts'
import { isCrosswalkKind } from '../geography/schema.ts'
import type {
  Comparison,
  DaysOfYear,
  DistrictKind,
  ElectionName,
  Expression,
  HouseNumbers,
  Range,
  Said,
  Term,
  When,
} from './schema.ts'
import {
  beginsGroup,
  cohortStateWords,
  eventKindWords,
  fieldWords,
  fold,
  groupWords,
  meantWord,
  membershipKindWords,
  printed,
  type Words,
} from './words.ts'

/** The expression as canonical text: reading it again gives the same tree. */
export function print(expression: Expression): string {
  return write(expression, 'top')
}

function write(expression: Expression, inside: 'top' | 'and' | 'or' | 'not'): string {
  if (expression.op === 'term') return printTerm(expression.term)
  if (expression.op === 'not') return `-${write(expression.of, 'not')}`
  const [only] = expression.of
  if (expression.of.length === 1 && only) return write(only, inside)
  const text = expression.of.map((each) => write(each, expression.op)).join(expression.op === 'and' ? ' ' : ' or ')
  const needsParentheses = inside === 'not' || (inside === 'and' && expression.op === 'or')
  return needsParentheses ? `(${text})` : text
}

export function printTerm(term: Term): string {
  switch (term.field) {
    case 'name':
      return term.names.length === 1 && isPlainName(term.names[0] ?? '', term.is_bare ?? false)
        ? (term.names[0] ?? '')
        : `name:${term.names.map(quote).join(',')}`
    case 'status':
    case 'party':
    case 'sex':
    case 'has':
      return `${term.field}:${term.values.map(printed).join(',')}`
    case 'state':
    case 'county':
    case 'language':
    case 'speaks':
      return `${term.field}:${term.values.join(',')}`
    case 'first':
    case 'last':
    case 'middle':
      return `${term.field}:${term.names.map(quote).join(',')}`
    case 'suffix':
      return `suffix:${term.values.length > 0 ? term.values.map(quote).join(',') : 'any'}`
    case 'street':
      return `street:${term.streets.map(quote).join(',')}${term.numbers ? `/${printHouseNumbers(term.numbers)}` : ''}`
    case 'birth_date':
      return `born:${term.from ?? ''}..${term.to ?? ''}`
    case 'birthday':
      return `birthday:${term.days.map(printDays).join(',')}`
    case 'registered_by':
      return `registered-by:${term.values.join(',')}`
    case 'state_id':
      return `state-id:${term.values.join(',')}`
    case 'party_then':
      return `party:${term.values.join(',')}@${term.on}`
    case 'voted_as':
      return `voted:${term.elections.map(printElection).join(',')}/${term.parties.join(',')}`
    case 'method':
      return `method:${term.methods.join(',')}${term.elections.length > 0 ? `/${term.elections.map(printElection).join(',')}` : ''}`
    case 'skipped':
      return `skipped:${term.elections.map(printElection).join(',')}`
    case 'skipped_of':
      return `skipped${printTimes(term)}`
    case 'last_voted':
      return `last-voted${printWhen(term.when)}`
    case 'attempts_on':
      return `attempts:${printed(term.channel)}/${term.ranges.map(printRange).join(',')}`
    case 'at_phone_bank':
      return `${printTerm(term.term)}@${term.phone_banks.map(quote).join(',')}`
    case 'answered':
      return `answer:${term.question}${printSaid(term.said)}`
    case 'own_field':
      return `field:${term.key}${printSaid(term.said)}`
    case 'related':
      return `related:${term.kinds.length > 0 ? term.kinds.map(printed).join(',') : 'any'}`
    case 'consent':
      return `consent:${term.state === 'given' ? '' : `${term.state}/`}${term.channels.join(',')}`
    case 'member': {
      const kinds = term.kinds.length > 0 ? `/${printKinds(term.kinds, membershipKindWords)}` : ''
      return `member:${term.standings.length > 0 ? term.standings.join(',') : 'any'}${kinds}`
    }
    case 'member_since':
      return `member-since${printWhen(term.when)}`
    case 'dues':
      return `dues:${term.states.join(',')}`
    case 'invited':
    case 'attended':
    case 'signed_up':
    case 'no_show':
    case 'hosted': {
      if (term.events.length > 0) return `${printed(term.field)}:@${term.events.join(',')}`
      if (term.when.is === 'ever') return `${printed(term.field)}:${printKinds(term.kinds)}`
      return `${printed(term.field)}${printOf(term.kinds, printWhen(term.when))}`
    }
    case 'event_times': {
      const { from, to } = term.range
      const times = from !== null && from === to ? `=${from}` : from !== null ? `>=${from}` : `<=${to ?? ''}`
      return `${printed(term.state)}${printOf(term.kinds, times)}${term.when ? printWhen(term.when) : ''}`
    }
    case 'hours':
      return `hours${printOf(term.kinds, `${term.comparison}${term.hours}`)}${term.when ? printWhen(term.when) : ''}`
    case 'stage': {
      const rungs = term.rungs.length > 0 ? term.rungs.map(quote).join(',') : 'any'
      return `stage${term.comparison ?? ':'}${rungs}`
    }
    case 'role':
    case 'trained':
    case 'partner':
      return `${term.field}:${term.names.length > 0 ? term.names.map(quote).join(',') : 'any'}`
    case 'body': {
      const names = term.names.length > 0 ? term.names.map(quote).join(',') : 'any'
      return `${term.kind}:${names}${term.offices.length > 0 ? `/${term.offices.map(quote).join(',')}` : ''}`
    }
    case 'cohort': {
      const names = term.names.length > 0 ? term.names.map(printCohort).join(',') : 'any'
      return `cohort:${names}${term.states.length > 0 ? `/${term.states.map(printed).join(',')}` : ''}`
    }
    case 'next_step':
    case 'task':
      return `${printed(term.field)}:${term.states.length > 0 ? term.states.map(printed).join(',') : 'any'}`
    case 'part':
      return `part:${term.parts.length > 0 ? term.parts.map(printed).join(',') : 'any'}`
    case 'delegated':
      return `delegated:${term.kinds.length > 0 ? term.kinds.map(printed).join(',') : 'any'}`
    case 'household_with':
      return `household:(${print(term.of)})`
    case 'sample':
      return `sample:${term.per_10000 / 100}%${printSeed(term.seed)}`
    case 'split':
      return `split:${term.parts.map((part) => String.fromCharCode(65 + part)).join(',')}/${term.of}${printSeed(term.seed)}`
    case 'city':
    case 'tag':
      return `${term.field}:${term.values.map(quote).join(',')}`
    case 'zip':
      return `zip:${term.ranges.map(({ from, to }) => (from === to ? from : `${from}-${to}`)).join(',')}`
    case 'district':
      return `district:${term.kind}/${term.values.map((value) => (typeof value === 'string' ? printDistrict(value, term.kind) : printRange(value))).join(',')}`
    case 'age':
    case 'born':
    case 'attempts':
    case 'talks':
    case 'household':
    case 'support':
      return `${term.field}:${term.ranges.map(printRange).join(',')}`
    case 'voted':
      return `voted:${term.elections.map(printElection).join(',')}`
    case 'turnout':
      return `voted${printTimes(term)}`
    case 'first_seen':
    case 'last_seen':
      return `${printed(term.field)}${printWhen(term.when)}`
    case 'follow_up': {
      const kinds = term.kinds.map(printed).join(',')
      return `follow-up:${[term.state, kinds].filter(Boolean).join('/') || 'any'}`
    }
    case 'event':
      return `event:${term.states.length > 0 ? term.states.map(printed).join(',') : 'any'}`
    case 'area':
      return `area:${term.area ? printArea(term.area) : 'unknown'}`
    case 'registered':
      return `registered${printWhen(term.when)}`
    case 'contacted':
    case 'reached':
    case 'last_contact':
      if (!term.channel) return `${printed(term.field)}${printWhen(term.when)}`
      if (term.when.is === 'ever') return `${printed(term.field)}:${printed(term.channel)}`
      return `${printed(term.field)}${printWhen(term.when).replace(/^(:|>)/, `$1${printed(term.channel)}/`)}`
    case 'phone':
      return `phone:${term.kinds.length > 0 ? term.kinds.join(',') : 'any'}`
    case 'phone_number':
      return `phone:${term.digits}`
    case 'community':
      return `community:${term.values.map(printed).join(',')}${term.comparison}${share(term.percent)}`
    case 'result':
      return `result:${term.channel ? `${printed(term.channel)}/` : ''}${term.values.map(printed).join(',')}${term.when ? printWhen(term.when).replace(/^:/, '/') : ''}`
    case 'answer':
      return `answer:${term.question}${printSaid({ is: 'one_of', values: term.values })}`
    case 'in':
      return `in:${term.universes.map(quote).join(',')}`
    case 'suppressed':
      return `suppressed:${term.reasons.length > 0 ? term.reasons.map(printed).join(',') : 'any'}`
    default:
      return term satisfies never
  }
}

/** A value as it must stand: quoted where it has spaces or signs of the language, as other keyboards have them too. */
export const quote = (value: string): string =>
  /^[^\s,()"“”<>=:@/\uff01-\uff5e-][^\s,()"“”<>=:@/\uff01-\uff5e]*$/u.test(value) ? value : inQuotes(value)
const inQuotes = (value: string): string => `"${value.replace(/["“”]/g, '')}"`

/** A cohort that is called like a state stands in quotation marks. */
export const printCohort = (name: string): string => (cohortStateWords.has(fold(name)) ? inQuotes(name) : quote(name))

/** A kind every organization has by its word, one of the organization's own, by key or name, in quotation marks. */
export const printKind = (kind: string, ours: Words<string>): string =>
  ours.get(fold(kind)) === kind ? printed(kind) : inQuotes(kind)

/** 'any' where there are none. */
const printKinds = (kinds: readonly string[], ours: Words<string> = eventKindWords): string =>
  kinds.length === 0 ? 'any' : kinds.map((kind) => printKind(kind, ours)).join(',')

/** What is asked of kinds, the sign first: 'roundtable/90d', 'roundtable>90d'; of any kind the sign alone. */
const printOf = (kinds: readonly string[], asked: string): string =>
  kinds.length === 0 ? asked : `:${printKinds(kinds)}${asked.replace(/^:/, '/')}`

/** A name that would be read as a number, a range or a sign stands in quotation marks. */
const printDistrict = (value: string, kind: DistrictKind): string =>
  !isCrosswalkKind(kind) && /^[-\d]|[~?]|\.\./.test(value) ? inQuotes(value) : quote(value)

const reserved = new Set(['and', 'or', 'not', '그리고', '또는', '아님'])
const isPlainName = (name: string, is_bare: boolean): boolean =>
  /^[\p{L}][\p{L}\p{N}'’.-]*$/u.test(name) &&
  !/[\uff01-\uff5e]/.test(name) &&
  !reserved.has(name.toLowerCase()) &&
  (is_bare || !fieldWords.has(fold(name))) &&
  !groupWords.has(fold(name)) &&
  !beginsGroup.has(fold(name)) &&
  (is_bare || meantWord(name) === null)

export const printRange = ({ from, to }: Range): string =>
  from !== null && from === to ? String(from) : `${from ?? ''}-${to ?? ''}`

export const printElection = (election: ElectionName): string =>
  'held_on' in election
    ? election.held_on
    : election.year === null
      ? election.kind
      : `${election.year}-${election.kind}`

const printTimes = ({ comparison, times, of, kind }: Omit<Term & { field: 'turnout' }, 'field'>): string =>
  `${comparison}${times}/${of}${kind ? `:${kind}` : ''}`

const printSeed = (seed: string | null): string => (seed === null ? '' : `@${quote(seed)}`)

/** With the sign before it: '=tenant', '>=1500', '=1000..2000'; nothing where anything will do. */
function printSaid(said: Said): string {
  if (said.is === 'any') return ''
  if (said.is === 'beyond') return `${said.comparison}${said.bound}`
  // Two dots outside quotation marks are a range.
  if (said.is === 'one_of')
    return `=${said.values.map((value) => (value.includes('..') ? inQuotes(value) : quote(value))).join(',')}`
  if (said.to === null) return `>=${said.from ?? ''}`
  return said.from === null ? `<=${said.to}` : `=${said.from}..${said.to}`
}

function printHouseNumbers({ from, to, side }: HouseNumbers): string {
  const numbers = from === null && to === null ? '' : from === to ? (from ?? '') : `${from ?? ''}..${to ?? ''}`
  return [numbers, side].filter(Boolean).join('/')
}

function printDays({ from, to }: DaysOfYear): string {
  if (from === to) return from
  return isWholeMonth({ from, to }) ? String(Number(from.slice(0, 2))) : `${from}..${to}`
}
export const isWholeMonth = ({ from, to }: DaysOfYear): boolean =>
  from.endsWith('-01') && to === monthEnds[Number(from.slice(0, 2)) - 1]
const monthEnds = ['01-31', '02-29', '03-31', '04-30', '05-31', '06-30', '07-31', '08-31', '09-30', '10-31', '11-30', '12-31'] // prettier-ignore

/** 80 → '0.8'. */
export const share = (percent: number): string => String(percent / 100)

/** With the sign before it: ':14d', '>30d', ':2024-01-01..'. */
function printWhen(when: When): string {
  if (when.is === 'ever') return ':ever'
  if (when.is === 'within') return `:${when.amount}${when.unit}`
  if (when.is === 'before') return `>${when.amount}${when.unit}`
  return when.from !== null && when.from === when.to ? `:${when.from}` : `:${when.from ?? ''}..${when.to ?? ''}`
}

/** Does the number satisfy the comparison? */
export function holds(value: number, comparison: Comparison, bound: number): boolean {
  if (comparison === '>=') return value >= bound
  if (comparison === '<=') return value <= bound
  if (comparison === '>') return value > bound
  if (comparison === '<') return value < bound
  return value === bound
}
