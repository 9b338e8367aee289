import type { Comparison, ElectionName, Expression, Range, Term, When } from './schema.ts'
import { fieldWords, fold, printed } from './words.ts'

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
      return term.names.length === 1 && isPlainName(term.names[0] ?? '')
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
      return `${term.field}:${term.values.join(',')}`
    case 'city':
    case 'tag':
      return `${term.field}:${term.values.map(quote).join(',')}`
    case 'zip':
      return `zip:${term.ranges.map(({ from, to }) => (from === to ? from : `${from}-${to}`)).join(',')}`
    case 'district':
      return `district:${term.kind}/${term.values.map((value) => (typeof value === 'string' ? quote(value) : printRange(value))).join(',')}`
    case 'age':
    case 'born':
    case 'attempts':
    case 'household':
    case 'support':
      return `${term.field}:${term.ranges.map(printRange).join(',')}`
    case 'voted':
      return `voted:${term.elections.map(printElection).join(',')}`
    case 'turnout':
      return `voted${term.comparison}${term.times}/${term.of}${term.kind ? `:${term.kind}` : ''}`
    case 'registered':
      return `registered${printWhen(term.when)}`
    case 'contacted':
    case 'reached':
      if (!term.channel) return `${term.field}${printWhen(term.when)}`
      if (term.when.is === 'ever') return `${term.field}:${printed(term.channel)}`
      return `${term.field}${printWhen(term.when).replace(/^(:|>)/, `$1${printed(term.channel)}/`)}`
    case 'phone':
      return `phone:${term.kinds.length > 0 ? term.kinds.join(',') : 'any'}`
    case 'phone_number':
      return `phone:${term.digits}`
    case 'community':
      return `community:${term.values.map(printed).join(',')}${term.comparison}${share(term.percent)}`
    case 'result':
      return `result:${term.channel ? `${printed(term.channel)}/` : ''}${term.values.map(printed).join(',')}`
    case 'answer':
      return `answer:${term.question}=${term.values.map(quote).join(',')}`
    case 'in':
      return `in:${term.universes.map(quote).join(',')}`
    case 'suppressed':
      return `suppressed:${term.reasons.length > 0 ? term.reasons.map(printed).join(',') : 'any'}`
    default:
      return term satisfies never
  }
}

/** A value as it must stand: quoted where it has spaces or signs of the language. */
export const quote = (value: string): string =>
  /^[^\s,()"“”<>=:-][^\s,()"“”<>=:]*$/u.test(value) ? value : `"${value.replace(/["“”]/g, '')}"`

const reserved = new Set(['and', 'or', 'not', '그리고', '또는', '아님'])
const isPlainName = (name: string): boolean =>
  /^[\p{L}][\p{L}\p{N}'’.-]*$/u.test(name) && !reserved.has(name.toLowerCase()) && !fieldWords.has(fold(name))

export const printRange = ({ from, to }: Range): string =>
  from !== null && from === to ? String(from) : `${from ?? ''}-${to ?? ''}`

export const printElection = (election: ElectionName): string =>
  'held_on' in election ? election.held_on : `${election.year}-${election.kind}`

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
