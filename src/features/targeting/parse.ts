import { newYorkCounties } from '../geography/new-york-counties.ts'
import {
  type Comparison,
  type ElectionName,
  type Expression,
  type Range,
  type Term,
  type TypedField,
  type When,
} from './schema.ts'
import {
  channelWords,
  communityWords,
  countyWords,
  districtWords,
  electionWords,
  fieldWords,
  fold,
  languageWords,
  nearest,
  partyWords,
  phoneWords,
  possessionWords,
  printed,
  resultWords,
  sexWords,
  statusWords,
  suppressionWords,
  type Words,
} from './words.ts'

/** What is wrong with an expression, and where: shown under the character, in the reader's language. */
export interface Problem {
  code:
    | 'unknown_field'
    | 'unknown_value'
    | 'missing_value'
    | 'bad_number'
    | 'bad_range'
    | 'bad_date'
    | 'bad_turnout'
    | 'bad_election'
    | 'bad_share'
    | 'bad_answer'
    | 'comparison'
    | 'unclosed_quote'
    | 'unclosed_parenthesis'
    | 'unexpected'
    | 'dangling'
    | 'too_deep'
  /** First character and how many, in UTF-16 units of the text. */
  at: number
  length: number
  /** What stands there. */
  found: string
  /** What could stand there: words of the language, not sentences. */
  expected: string[]
  /** The nearest word one may have meant. */
  suggestion: string | null
  field: TypedField | null
}

export type Parsed = { ok: true; expression: Expression } | { ok: false; problem: Problem }

class Refusal extends Error {
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.code)
    this.problem = problem
  }
}

/** Reads the text of an expression. Nothing typed means everyone. */
export function parse(text: string): Parsed {
  try {
    return { ok: true, expression: new Reader(text).all() }
  } catch (problem) {
    if (problem instanceof Refusal) return { ok: false, problem: problem.problem }
    throw problem
  }
}

const andWords = new Set(['and', '그리고'])
const orWords = new Set(['or', '또는'])
const notWords = new Set(['not', '아님'])
const deepest = 60

interface Value {
  text: string
  at: number
  length: number
  quoted: boolean
}

/** Walks over the text once; `at` is the next character. */
class Reader {
  at = 0
  depth = 0

  readonly text: string

  constructor(text: string) {
    this.text = text
  }

  all(): Expression {
    const expression = this.or()
    this.space()
    if (this.at < this.text.length) this.refuse('unexpected', this.at, 1, { expected: ['and', 'or'] })
    return expression
  }

  or(): Expression {
    const parts = [this.and()]
    while (this.word(orWords)) parts.push(this.and())
    return join('or', parts)
  }

  and(): Expression {
    const parts: Expression[] = []
    for (;;) {
      this.space()
      const start = this.at
      const said = this.word(andWords)
      this.space()
      if (this.at >= this.text.length || this.text[this.at] === ')' || this.peek(orWords)) {
        const isEmpty = parts.length === 0 && !(this.at >= this.text.length && this.text.trim() === '')
        if (said || (isEmpty && this.depth === 0) || (isEmpty && this.depth > 0)) {
          this.refuse(
            'dangling',
            said ? start : Math.min(this.at, Math.max(0, this.text.length - 1)),
            said ? this.at - start || 1 : 1,
          )
        }
        return join('and', parts)
      }
      if (said && parts.length === 0) this.refuse('dangling', start, 3)
      parts.push(this.not())
    }
  }

  not(): Expression {
    this.space()
    const start = this.at
    const isMinus = this.text[this.at] === '-' && /[(\p{L}"“-]/u.test(this.text[this.at + 1] ?? '')
    if (isMinus) this.at++
    if (isMinus || this.word(notWords)) {
      this.space()
      if (this.at >= this.text.length || this.text[this.at] === ')')
        this.refuse('dangling', start, Math.max(1, this.at - start))
      this.deeper(start)
      const of = this.not()
      this.depth--
      return { op: 'not', of }
    }
    if (this.text[this.at] === '(') {
      this.at++
      this.deeper(start)
      const inside = this.or()
      this.depth--
      this.space()
      if (this.text[this.at] !== ')') this.refuse('unclosed_parenthesis', start, 1, { expected: [')'] })
      this.at++
      return inside
    }
    return { op: 'term', term: this.term() }
  }

  deeper(start: number): void {
    if (++this.depth > deepest) this.refuse('too_deep', start, 1)
  }

  term(): Term {
    const start = this.at
    const match = /^([\p{L}][\p{L}\p{N}_-]*)(?:(:)|\s*(>=|<=|>|<|=))/u.exec(this.text.slice(this.at))
    if (!match) return this.nameTerm()
    const [whole, word = '', colon, sign] = match
    const field = fieldWords.get(fold(word))
    if (!field) {
      this.refuse('unknown_field', start, word.length, {
        found: word,
        expected: [],
        suggestion: nearest(word, fieldWords.keys()),
      })
    }
    this.at += whole.length
    if (!colon) this.space()
    const values = this.values(field, start)
    return read(field, colon ? null : ((sign ?? '=') as Comparison), values, this)
  }

  /** A word without a field is a name. Several words in a row stay several terms: each must fit. */
  nameTerm(): Term {
    const start = this.at
    const [value] = this.values('name', start, true)
    if (!value) return this.refuse('unexpected', start, 1)
    if (!value.quoted) {
      const bare = fieldWords.get(fold(value.text))
      if (bare === 'contacted' || bare === 'reached') return { field: bare, when: { is: 'ever' }, channel: null }
      if (!/^\p{L}/u.test(value.text)) this.refuse('unexpected', start, value.length, { found: value.text })
    }
    return { field: 'name', names: [value.text] }
  }

  values(field: TypedField, termStart: number, single = false): Value[] {
    const values: Value[] = []
    do {
      const start = this.at
      const open = this.text[this.at]
      if (open === '"' || open === '“') {
        const end = this.text.slice(this.at + 1).search(/["”]/)
        if (end < 0) this.refuse('unclosed_quote', start, 1, { expected: ['"'], field })
        this.at += end + 2
        values.push({
          text: this.text.slice(start + 1, this.at - 1).trim(),
          at: start,
          length: this.at - start,
          quoted: true,
        })
      } else {
        // answer:housing="pays rent": a quote may begin inside.
        const match = /^[^\s,()"“”]*(?:(?<=[=/])["“][^"”]*["”])?/u.exec(this.text.slice(this.at))
        const text = match?.[0] ?? ''
        this.at += text.length
        values.push({ text: text.replace(/["“”]/g, ''), at: start, length: text.length, quoted: false })
      }
      const last = values.at(-1)
      if (!last || last.text === '') {
        this.refuse('missing_value', Math.min(start, Math.max(0, this.text.length - 1)), 1, {
          field,
          found: this.text.slice(termStart, this.at),
          expected: examplesOf(field),
        })
      }
    } while (this.text[this.at] === ',' && !single ? this.at++ >= 0 : false)
    return values
  }

  space(): void {
    while (/\s/.test(this.text[this.at] ?? '')) this.at++
  }

  peek(words: ReadonlySet<string>): number {
    const match = /^\p{L}+(?![\p{L}\p{N}:<>=_-])/u.exec(this.text.slice(this.at))
    return match && words.has(match[0].toLowerCase()) ? match[0].length : 0
  }

  word(words: ReadonlySet<string>): boolean {
    this.space()
    const length = this.peek(words)
    this.at += length
    return length > 0
  }

  refuse(code: Problem['code'], at: number, length: number, more: Partial<Problem> = {}): never {
    throw new Refusal({
      code,
      at,
      length: Math.max(1, length),
      found: this.text.slice(at, at + length),
      expected: [],
      suggestion: null,
      field: null,
      ...more,
    })
  }
}

/** Nested ands and ors of one kind are one. */
function join(op: 'and' | 'or', parts: Expression[]): Expression {
  const flat = parts.flatMap((part) => (part.op === op ? part.of : [part]))
  const [only] = flat
  return flat.length === 1 && only ? only : { op, of: flat }
}

/** Values shown where one is missing. */
export function examplesOf(field: TypedField): string[] {
  const examples: Record<TypedField, string[]> = {
    name: ['kim', '김영희'],
    status: [...new Set(statusWords.values())].map(printed),
    party: [...new Set(partyWords.values())],
    state: ['NY', 'NJ'],
    county: ['queens', 'kings', 'nassau'],
    district: ['nyc-council/20', 'assembly/40', 'senate/16', 'congress/6'],
    city: ['flushing', '"long island city"'],
    zip: ['11354', '11354-11358'],
    age: ['18-34', '65-', '40'],
    born: ['1950-1965'],
    sex: ['F', 'M', 'X', 'unknown'],
    voted: ['2024-general', '2025-primary', '2/4'],
    registered: ['6m', '2024', '2024-01-01..2024-06-30'],
    phone: ['mobile', 'landline', '718'],
    has: [...new Set(possessionWords.values())],
    language: ['ko', 'en', 'zh', 'es'],
    community: ['korean>=0.8', 'chinese', 'south-asian'],
    tag: ['volunteer'],
    contacted: ['14d', '3m', 'ever', 'phone/14d'],
    reached: ['14d', 'ever'],
    result: ['no-answer', 'refused', 'phone/left-message'],
    attempts: ['0', '1-2'],
    support: ['1-2', '3', '4-5'],
    answer: ['housing=tenant'],
    household: ['1', '2-4'],
    suppressed: [...new Set(suppressionWords.values())].map(printed),
    in: ['"My universe"'],
  }
  return examples[field]
}

/*
 * Values of each field.
 */

const comparable: ReadonlySet<TypedField> = new Set([
  'age',
  'born',
  'voted',
  'registered',
  'contacted',
  'reached',
  'attempts',
  'support',
  'household',
])

function read(field: TypedField, sign: Comparison | null, values: Value[], reader: Reader): Term {
  const [first] = values
  if (!first) return reader.refuse('missing_value', reader.at, 1, { field, expected: examplesOf(field) })
  if (sign !== null && sign !== '=' && !comparable.has(field)) {
    reader.refuse('comparison', first.at - sign.length, sign.length, { field, found: sign, expected: [':'] })
  }
  const one = (): Value => {
    const second = values[1]
    if (second) reader.refuse('unexpected', second.at - 1, second.length + 1, { field, expected: examplesOf(field) })
    return first
  }
  const known = <T extends string>(table: Words<T>): T[] =>
    unique(values.map((value) => oneOf(table, value, field, reader)))
  const ranges = (least: number, most: number): Range[] =>
    sign === null || sign === '='
      ? values.map((value) => range(value, field, least, most, reader))
      : [compared(sign, number(one(), field, least, most, reader))]

  switch (field) {
    case 'name':
      return { field, names: values.map(({ text }) => text) }
    case 'status':
      return { field, values: known(statusWords) }
    case 'party':
      return { field, values: known(partyWords) }
    case 'sex':
      return { field, values: known(sexWords) }
    case 'has':
      return { field, values: known(possessionWords) }
    case 'suppressed':
      return {
        field,
        reasons: values.some(({ text }) => /^(any|전체)$/i.test(text)) ? [] : known(suppressionWords),
      }
    case 'state':
      return {
        field,
        values: unique(
          values.map((value) =>
            /^[A-Za-z]{2}$/.test(value.text)
              ? value.text.toUpperCase()
              : unknownValue(value, field, ['NY', 'NJ'], reader),
          ),
        ),
      }
    case 'county':
      return { field, values: unique(values.map((value) => county(value, reader))) }
    case 'city':
      return { field, values: unique(values.map(({ text }) => text.toLowerCase().replace(/\s+/g, ' '))) }
    case 'zip':
      return { field, ranges: values.map((value) => zip(value, reader)) }
    case 'district':
      return district(values, reader)
    case 'age':
      return { field, ranges: ranges(0, 130) }
    case 'born':
      return { field, ranges: ranges(1880, 2030) }
    case 'attempts':
      return { field, ranges: ranges(0, 999) }
    case 'household':
      return { field, ranges: ranges(1, 999) }
    case 'support':
      return { field, ranges: ranges(1, 5) }
    case 'voted':
      return voted(sign, values, one, reader)
    case 'registered':
      return { field, when: when(one(), sign, field, reader) }
    case 'contacted':
    case 'reached': {
      const value = one()
      const slash = value.text.indexOf('/')
      const prefix = slash > 0 ? channelWords.get(fold(value.text.slice(0, slash))) : undefined
      const rest = prefix
        ? { ...value, text: value.text.slice(slash + 1), at: value.at + slash + 1, length: value.length - slash - 1 }
        : value
      const only = channelWords.get(fold(rest.text))
      if (only && !prefix) return { field, when: { is: 'ever' }, channel: only }
      return { field, when: when(rest, sign, field, reader), channel: prefix ?? null }
    }
    case 'phone': {
      const digits = first.text.replace(/[^\d]/g, '')
      if (/^[+\d][\d\s().-]*$/.test(first.text) && digits.length >= 3)
        return { field: 'phone_number', digits: (one(), digits) }
      return { field, kinds: values.some(({ text }) => /^(any|전체|yes)$/i.test(text)) ? [] : known(phoneWords) }
    }
    case 'language':
      return { field, values: unique(values.map((value) => language(value, reader))) }
    case 'community':
      return community(values, reader)
    case 'tag':
      return { field, values: unique(values.map(({ text }) => text.normalize('NFC'))) }
    case 'result':
      return result(values, reader)
    case 'answer':
      return answer(values, reader)
    case 'in':
      return { field, universes: unique(values.map(({ text }) => text.normalize('NFC'))) }
    default:
      return field satisfies never
  }
}

const unique = <T>(values: T[]): T[] => [...new Set(values)]

function oneOf<T extends string>(table: Words<T>, value: Value, field: TypedField, reader: Reader): T {
  return (
    table.get(fold(value.text)) ??
    unknownValue(value, field, [...new Set(table.values())].map(printed), reader, table.keys())
  )
}

function unknownValue(
  value: Value,
  field: TypedField,
  expected: string[],
  reader: Reader,
  near: Iterable<string> = expected,
): never {
  return reader.refuse('unknown_value', value.at, value.length, {
    found: value.text,
    field,
    expected,
    suggestion: nearest(value.text, near),
  })
}

const newYork = new Set(Object.values(newYorkCounties))

function county(value: Value, reader: Reader): string {
  const slug = fold(value.text).replaceAll(/[\s.]+/g, '-')
  const known = countyWords.get(slug) ?? countyWords.get(slug.replace(/-?(county|카운티)$/, ''))
  if (known) return known
  if (newYork.has(slug)) return slug
  const suggestion = nearest(slug, [...newYork, ...countyWords.keys()])
  // Other states' counties are taken as they are, unless a letter or two make it one of New York's.
  if (suggestion || !/^[a-z][a-z-]+$/.test(slug))
    unknownValue(value, 'county', examplesOf('county'), reader, [...newYork, ...countyWords.keys()])
  return slug
}

function language(value: Value, reader: Reader): string {
  const known = languageWords.get(fold(value.text))
  if (known) return known
  if (/^[a-z]{2,3}$/.test(value.text)) return value.text
  return unknownValue(value, 'language', examplesOf('language'), reader, languageWords.keys())
}

function number(value: Value, field: TypedField, least: number, most: number, reader: Reader): number {
  const found = /^\d+$/.test(value.text) ? Number(value.text) : NaN
  if (!(found >= least && found <= most)) {
    reader.refuse('bad_number', value.at, value.length, { field, found: value.text, expected: [`${least}-${most}`] })
  }
  return found
}

function range(value: Value, field: TypedField, least: number, most: number, reader: Reader): Range {
  const match = /^(\d*)(?:(-|\.\.|~)(\d*))?$/.exec(value.text)
  const sign = /^(>=|<=|>|<)(\d+)$/.exec(value.text)
  if (sign)
    return compared(sign[1] as Comparison, number({ ...value, text: sign[2] ?? '' }, field, least, most, reader))
  const [, low = '', dash, high = ''] = match ?? []
  if (!match || (low === '' && high === '')) {
    return reader.refuse('bad_number', value.at, value.length, {
      field,
      found: value.text,
      expected: examplesOf(field),
    })
  }
  const part = (text: string): number | null =>
    text === '' ? null : number({ ...value, text }, field, least, most, reader)
  const from = part(low)
  const to = dash === undefined ? from : part(high)
  if (from !== null && to !== null && from > to) {
    reader.refuse('bad_range', value.at, value.length, { field, found: value.text, suggestion: `${to}-${from}` })
  }
  return { from, to }
}

function compared(sign: Comparison, value: number): Range {
  if (sign === '>=') return { from: value, to: null }
  if (sign === '>') return { from: value + 1, to: null }
  if (sign === '<=') return { from: null, to: value }
  if (sign === '<') return { from: null, to: value - 1 }
  return { from: value, to: value }
}

function zip(value: Value, reader: Reader): { from: string; to: string } {
  const match = /^(\d{5})(?:(?:-|\.\.)(\d{5}))?$/.exec(value.text)
  const [, from = '', to = from] = match ?? []
  if (!match) return unknownValue(value, 'zip', examplesOf('zip'), reader, [])
  if (from > to)
    reader.refuse('bad_range', value.at, value.length, { field: 'zip', found: value.text, suggestion: `${to}-${from}` })
  return { from, to }
}

function district(values: Value[], reader: Reader): Term {
  const [head] = values
  const slash = head?.text.indexOf('/') ?? -1
  if (!head || slash <= 0) {
    const value = head ?? { text: '', at: reader.at, length: 1, quoted: false }
    const kind = districtWords.get(fold(value.text))
    if (kind) {
      reader.refuse('missing_value', value.at + value.length - 1, 1, {
        field: 'district',
        found: value.text,
        expected: [`${kind}/20`, `${kind}/20,23`],
      })
    }
    return unknownValue(value, 'district', examplesOf('district'), reader, [...districtWords.keys()])
  }
  const kind = oneOf(districtWords, { ...head, text: head.text.slice(0, slash), length: slash }, 'district', reader)
  const rest = [
    { ...head, text: head.text.slice(slash + 1), at: head.at + slash + 1, length: head.length - slash - 1 },
    ...values.slice(1),
  ]
  const isNumbered = ['congress', 'senate', 'assembly', 'nyc-council', 'ed'].includes(kind)
  return {
    field: 'district',
    kind,
    values: rest.map((value) => {
      if (value.text === '') {
        return reader.refuse('missing_value', value.at - 1, 1, {
          field: 'district',
          found: head.text,
          expected: [`${kind}/20`],
        })
      }
      // Election districts by assembly and own number, as the crosswalks have them: 40/12 is 40012.
      if (kind === 'ed' && /^\d{1,3}\/\d{1,3}$/.test(value.text)) {
        const [ad = 0, ed = 0] = value.text.split('/').map(Number)
        return { from: ad * 1000 + ed, to: ad * 1000 + ed }
      }
      return isNumbered ? range(value, 'district', 1, 999_999, reader) : value.text
    }),
  }
}

function community(values: Value[], reader: Reader): Term {
  let comparison: Comparison = '>='
  let percent = 50
  const last = values.at(-1)
  const named = values.map((value) => {
    const match = /^(.*?)(>=|<=|>|<|=)(.*)$/.exec(value.text)
    if (!match || value !== last) return oneOf(communityWords, value, 'community', reader)
    const [, name = '', sign, share = ''] = match
    const amount = /^(0|1|0?\.\d+|1\.0+|0\.\d+)$/.test(share)
      ? Number(share) * 100
      : /^\d{1,3}%$/.test(share)
        ? Number(share.slice(0, -1))
        : NaN
    if (!(amount >= 0 && amount <= 100)) {
      reader.refuse('bad_share', value.at + name.length + (sign?.length ?? 0), share.length, {
        field: 'community',
        found: share,
        expected: ['0.8', '80%'],
      })
    }
    comparison = sign as Comparison
    percent = Math.round(amount)
    return oneOf(communityWords, { ...value, text: name, length: name.length }, 'community', reader)
  })
  return { field: 'community', values: unique(named), comparison, percent }
}

function result(values: Value[], reader: Reader): Term {
  const [head] = values
  const slash = head?.text.indexOf('/') ?? -1
  const channel =
    head && slash > 0
      ? oneOf(channelWords, { ...head, text: head.text.slice(0, slash), length: slash }, 'result', reader)
      : null
  const codes = values.map((value, at) =>
    at === 0 && slash > 0
      ? { ...value, text: value.text.slice(slash + 1), at: value.at + slash + 1, length: value.length - slash - 1 }
      : value,
  )
  return {
    field: 'result',
    channel,
    values: unique(
      codes.map((value) => {
        const known = resultWords.get(fold(value.text))
        if (known) return known
        const code = fold(value.text).replaceAll('-', '_')
        // Codes an organization adds are taken as typed, unless the word looks like a slip.
        if (!/^[a-z][a-z0-9_]*$/.test(code) || nearest(code, resultWords.keys())) {
          unknownValue(value, 'result', [...new Set(resultWords.values())].map(printed), reader, resultWords.keys())
        }
        return code
      }),
    ),
  }
}

function answer(values: Value[], reader: Reader): Term {
  const [head] = values
  const match = /^([^=]+)=(.+)$/.exec(head?.text ?? '')
  const [, question = '', value = ''] = match ?? []
  if (!match || !/^[\p{L}\p{N}_-]+$/u.test(question))
    return reader.refuse('bad_answer', head?.at ?? 0, head?.length ?? 1, {
      field: 'answer',
      found: head?.text ?? '',
      expected: examplesOf('answer'),
    })
  return { field: 'answer', question, values: unique([value.trim(), ...values.slice(1).map(({ text }) => text)]) }
}

function voted(sign: Comparison | null, values: Value[], one: () => Value, reader: Reader): Term {
  const [head] = values
  if (head && /^\d+\//.test(head.text)) {
    const value = one()
    const match = /^(\d{1,2})\/(\d{1,2})(?::(.+))?$/.exec(value.text)
    const [, times = '', of = '', kind] = match ?? []
    if (!match || Number(of) < 1 || Number(of) > 20 || Number(times) > Number(of)) {
      reader.refuse('bad_turnout', value.at, value.length, {
        field: 'voted',
        found: value.text,
        expected: ['2/4', '3/4:general'],
      })
    }
    const offset = value.text.indexOf(':') + 1
    return {
      field: 'turnout',
      comparison: sign ?? '>=',
      times: Number(times),
      of: Number(of),
      kind:
        kind === undefined
          ? null
          : oneOf(electionWords, { ...value, text: kind, at: value.at + offset, length: kind.length }, 'voted', reader),
    }
  }
  if (sign !== null && sign !== '=') {
    reader.refuse('bad_turnout', head?.at ?? 0, head?.length ?? 1, {
      field: 'voted',
      found: head?.text ?? '',
      expected: ['2/4', '3/4:general'],
    })
  }
  return { field: 'voted', elections: values.map((value) => election(value, reader)) }
}

function election(value: Value, reader: Reader): ElectionName {
  const { text } = value
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return { held_on: date(value, text, 'voted', reader) }
  const match = /^(?:(\d{4})-([^\d].*)|([^\d].*)-(\d{4}))$/u.exec(text)
  const year = Number(match?.[1] ?? match?.[4])
  if (!match || !(year >= 1950 && year <= 2100)) {
    return reader.refuse('bad_election', value.at, value.length, {
      field: 'voted',
      found: text,
      expected: examplesOf('voted'),
    })
  }
  const word = match[2] ?? match[3] ?? ''
  return {
    year,
    kind: oneOf(
      electionWords,
      { ...value, text: word, at: value.at + text.indexOf(word), length: word.length },
      'voted',
      reader,
    ),
  }
}

const units: Readonly<Record<string, 'd' | 'w' | 'm' | 'y'>> = {
  d: 'd',
  일: 'd',
  w: 'w',
  주: 'w',
  m: 'm',
  개월: 'm',
  달: 'm',
  y: 'y',
  년: 'y',
}

function when(value: Value, sign: Comparison | null, field: TypedField, reader: Reader): When {
  const { text } = value
  if (/^(ever|any|전체|언제나)$/i.test(text)) return { is: 'ever' }
  const relative = /^(>=|<=|>|<)?(\d{1,4})(d|w|m|y|일|주|개월|달|년)$/i.exec(text)
  if (relative && !(relative[3] === '년' && Number(relative[2]) > 200)) {
    const said = sign ?? (relative[1] as Comparison | undefined) ?? '<='
    return {
      is: said.startsWith('>') ? 'before' : 'within',
      amount: Number(relative[2]),
      unit: units[(relative[3] ?? 'd').toLowerCase()] ?? 'd',
    }
  }
  const bad = (): never =>
    reader.refuse('bad_date', value.at, value.length, { field, found: text, expected: examplesOf(field) })
  const [start = '', end, more] = text.split('..')
  if (more !== undefined) return bad()
  if (end !== undefined) {
    if (start === '' && end === '') return bad()
    const from = start === '' ? null : (period(start)?.from ?? bad())
    const to = end === '' ? null : (period(end)?.to ?? bad())
    if (from && to && from > to)
      reader.refuse('bad_range', value.at, value.length, { field, found: text, suggestion: `${end}..${start}` })
    return { is: 'between', from, to }
  }
  const found = period(text) ?? bad()
  if (sign === '>=') return { is: 'between', from: found.from, to: null }
  if (sign === '>') return { is: 'between', from: next(found.to, 1), to: null }
  if (sign === '<=') return { is: 'between', from: null, to: found.to }
  if (sign === '<') return { is: 'between', from: null, to: next(found.from, -1) }
  return { is: 'between', ...found }
}

/** The days of '2024', '2024-06' or '2024-06-23'; null where there is no such day. */
function period(text: string): { from: string; to: string } | null {
  const match = /^(\d{4})년?(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(text)
  if (!match) return null
  const [, year = '', month, day] = match
  if (month === undefined) return { from: `${year}-01-01`, to: `${year}-12-31` }
  if (Number(month) < 1 || Number(month) > 12) return null
  const days = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate()
  if (day === undefined) return { from: `${year}-${month}-01`, to: `${year}-${month}-${days}` }
  return Number(day) >= 1 && Number(day) <= days ? { from: text, to: text } : null
}

function date(value: Value, text: string, field: TypedField, reader: Reader): string {
  const found = period(text)
  if (!found)
    return reader.refuse('bad_date', value.at, value.length, { field, found: text, expected: examplesOf(field) })
  return found.from
}

function next(day: string, days: number): string {
  const moved = new Date(`${day}T00:00:00Z`)
  moved.setUTCDate(moved.getUTCDate() + days)
  return moved.toISOString().slice(0, 10)
}
