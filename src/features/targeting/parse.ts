import { isCrosswalkKind } from '../geography/schema.ts'
import { stateOf } from '../people/imports/states.ts'
import { suffixCase } from '../voterfile/rules/names.ts'
import { farthest_meters, mostPoints, nearest_meters, onMap, type Area, type Point } from '../geography/area/rules.ts'
import { newYorkCounties } from '../geography/new-york-counties.ts'
import { ofState, withState } from './of-state.ts'
import {
  type Comparison,
  type ContactTerm,
  type DaysOfYear,
  type DistrictKind,
  type ElectionName,
  type EventFact,
  type Expression,
  type HouseNumbers,
  type Range,
  type Said,
  type Term,
  type TimeOfResult,
  type TypedField,
  type When,
} from './schema.ts'
import {
  beginsGroup,
  channelWords,
  cityWords,
  cohortStateWords,
  communityWords,
  consentStateWords,
  consentWords,
  countyWords,
  delegatedWords,
  eventPartWords,
  districtWords,
  duesWords,
  electionWords,
  eventKindWords,
  eventWords,
  fieldWords,
  fold,
  followUpStateWords,
  followUpWords,
  groupApart,
  isHangul,
  groupWords,
  languageWords,
  meantWord,
  membershipKindWords,
  methodWords,
  monthWords,
  nearest,
  partyWords,
  phoneWords,
  possessionWords,
  printed,
  relationshipWords,
  resultWords,
  sexWords,
  sourceWords,
  stateIdWords,
  standingWords,
  statusWords,
  suppressionWords,
  taskStateWords,
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
    | 'bad_birth_year'
    | 'bad_date'
    | 'bad_turnout'
    | 'bad_election'
    | 'bad_share'
    | 'bad_answer'
    | 'bad_own_field'
    | 'bad_house_number'
    | 'bad_birthday'
    | 'bad_sample'
    | 'bad_split'
    | 'bad_area'
    | 'nested_household'
    | 'no_phone_bank'
    | 'comparison'
    | 'unclosed_quote'
    | 'unclosed_parenthesis'
    | 'unexpected'
    | 'dangling'
    | 'too_deep'
    | 'too_long'
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

/** A page of text is no expression, and should cost nothing. Longer ones are not saved either. */
const longest = 4000

/** Reads the text of an expression. Nothing typed means everyone. */
export function parse(text: string): Parsed {
  try {
    if (text.length > longest) new Reader(text).refuse('too_long', longest, 1)
    return { ok: true, expression: new Reader(asKeyed(text)).all() }
  } catch (problem) {
    if (problem instanceof Refusal) return { ok: false, problem: problem.problem }
    throw problem
  }
}

/**
 * Signs as keyboards of Chinese and Japanese have them, and dashes that programs put into ranges, outside quotation marks;
 * each is one letter, so that places stay.
 */
const asKeyed = (text: string): string =>
  text
    .split(/(["“][^"“”]*["”])/)
    .map((part, at) =>
      at % 2 === 1
        ? part
        : part
            .replace(/[\uff01-\uff5e]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
            .replace(/\u3000/g, ' ')
            .replace(/(?<=\d)[–—−](?=\d)/g, '-'),
    )
    .join('')

const andWords = new Set(['and', '그리고'])
const neverWords = new Set(['never', 'none', 'no', '없음', '안함'])
const orWords = new Set(['or', '또는'])
const notWords = new Set(['not', '아님'])
const isJoining = (word: string): boolean =>
  [andWords, orWords, notWords].some((words) => words.has(word.toLowerCase()))
const deepest = 60

interface Value {
  /** Without quotation marks. */
  text: string
  at: number
  length: number
  quoted: boolean
  /** As typed. */
  raw: string
}

const isQuote = (letter: string | undefined): boolean => letter === '"' || letter === '“' || letter === '”'

function valueOf(raw: string, at: number): Value {
  const quoted = raw.length >= 2 && isQuote(raw[0]) && /^.[^"“”]*.$/su.test(raw) && isQuote(raw.at(-1))
  const text = raw.replace(/["“”]/g, '')
  return { text: text.trim(), at, length: raw.length, quoted, raw }
}

/** Before and after the first `sign` outside quotation marks; null where it does not stand there. */
function cut(value: Value, sign: string): [Value, Value] | null {
  let inside = false
  for (let at = 0; at < value.raw.length; at++) {
    if (isQuote(value.raw[at])) inside = !inside
    else if (!inside && value.raw[at] === sign)
      return [valueOf(value.raw.slice(0, at), value.at), valueOf(value.raw.slice(at + 1), value.at + at + 1)]
  }
  return null
}

/** A list cut at the first `sign`: 'a,b/c,d' is a and b, then c and d. `after` null: it does not stand there. */
function cutList(values: Value[], sign: string): { before: Value[]; after: Value[] | null } {
  for (const [at, value] of values.entries()) {
    const parts = cut(value, sign)
    if (parts) return { before: [...values.slice(0, at), parts[0]], after: [parts[1], ...values.slice(at + 1)] }
  }
  return { before: values, after: null }
}

/** What people write who have used other searches. */
const signs: Readonly<Record<string, string>> = { '&': 'and', '&&': 'and', '|': 'or', '||': 'or' }

/** A condition as databases have it, behind the word for a field: how long it is, and how it is written here, where that can be said. */
function asElsewhere(field: string, text: string): { length: number; ours: string | null } | null {
  const plain = (value: string): string => {
    const bare = value
      .trim()
      .replace(/^'(.*)'$/u, '$1')
      .replaceAll('%', '')
    return /\s/u.test(bare) && !isQuote(bare[0]) ? `"${bare}"` : bare
  }
  const list = /^\s+(not\s+)?in\s*\(([^()]+)\)/iu.exec(text)
  if (list) {
    const values = (list[2] ?? '').split(',').map(plain)
    return { length: list[0].length, ours: `${list[1] ? '-' : ''}${field}:${values.join(',')}` }
  }
  const range = /^\s+between\s+(\d+)\s+and\s+(\d+)(?=[\s)]|$)/iu.exec(text)
  if (range) return { length: range[0].length, ours: `${field}:${range[1]}-${range[2]}` }
  const one = /^\s+(?:is|equals|like|contains)\s+(not\s+)?('[^']*'|["“][^"“”]*["”]|[^\s():]+)(?=[\s)]|$)/iu.exec(text)
  if (!one) return null
  const value = plain(one[2] ?? '')
  const isNothing = value === '' || value.toLowerCase() === 'null'
  return { length: one[0].length, ours: isNothing ? null : `${one[1] ? '-' : ''}${field}:${value}` }
}

const usualFields = {
  en: ['party:', 'age:', 'county:', 'district:', 'voted:', 'language:', 'community:', 'contacted:', 'tag:'],
  ko: ['정당:', '나이:', '카운티:', '선거구:', '투표:', '언어:', '커뮤니티:', '연락:', '태그:'],
}

/** Walks over the text once; `at` is the next character. */
class Reader {
  at = 0
  depth = 0
  /** Where the minus or the word before the next term begins, if it has one. */
  negated: number | null = null
  isInHousehold = false

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
    const parts = [this.and(null)]
    for (;;) {
      this.space()
      const start = this.at
      if (!this.word(orWords)) return join('or', parts)
      parts.push(this.and({ at: start, length: this.at - start }))
    }
  }

  /** `or`: the word it stands behind, which is what nothing stands beside where it is empty. */
  and(or: { at: number; length: number } | null): Expression {
    const parts: Expression[] = []
    for (;;) {
      this.space()
      const start = this.at
      const said = this.word(andWords)
      const end = this.at
      this.space()
      if (this.at >= this.text.length || this.text[this.at] === ')' || this.peek(orWords)) {
        const isEmpty = parts.length === 0 && !(this.at >= this.text.length && this.text.trim() === '')
        if (said) this.refuse('dangling', start, end - start)
        if (isEmpty && or) this.refuse('dangling', or.at, or.length)
        if (isEmpty) {
          this.refuse('dangling', Math.min(this.at, Math.max(0, this.text.length - 1)), Math.max(1, this.peek(orWords)))
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
    const negated = this.negated
    this.negated = null
    // By code point: a letter may be two units.
    const isMinus = /^[-–—−][(\p{L}"“\-–—−]/u.test(this.text.slice(this.at, this.at + 3))
    if (isMinus) this.at++
    if (isMinus || this.word(notWords)) {
      this.space()
      if (this.at >= this.text.length || this.text[this.at] === ')')
        this.refuse('dangling', start, Math.max(1, this.at - start))
      this.deeper(start)
      this.negated = start
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
    return this.term(negated)
  }

  deeper(start: number): void {
    if (++this.depth > deepest) this.refuse('too_deep', start, 1)
  }

  term(negated: number | null): Expression {
    const start = this.at
    const match = /^([\p{L}][\p{L}\p{N}_-]*)(?:(:)|\s*(>=|<=|>|<|=))/u.exec(this.text.slice(this.at))
    if (!match) return this.nameTerm()
    const [whole, word = '', colon, sign] = match
    const field = fieldWords.get(fold(word))
    if (!field) {
      const suggestion = nearest(word, fieldWords.keys())
      this.refuse('unknown_field', start, word.length, {
        found: word,
        expected: suggestion ? [] : isHangul(word) ? usualFields.ko : usualFields.en,
        suggestion,
      })
    }
    this.at += whole.length
    if (field === 'household' && colon && this.text[this.at] === '(') return this.household(start)
    if (!colon) this.space()
    const values = this.values(field, start)
    const [only] = values
    // Who was never contacted is whoever was not: the date one may look for does not exist.
    if (
      (field === 'contacted' || field === 'reached') &&
      values.length === 1 &&
      only &&
      neverWords.has(fold(only.text))
    )
      // With the minus that may stand before it: whoever was not never contacted was contacted.
      this.refuse('bad_date', negated ?? start, this.at - (negated ?? start), {
        field,
        found: this.text.slice(start, this.at),
        suggestion: negated === null ? `-${field}` : field,
      })
    // Said of the wrong field: what was meant has a word of its own.
    const meant =
      values.length !== 1 || !only
        ? null
        : field === 'voted' && neverWords.has(fold(only.text))
          ? { code: 'bad_election' as const, ours: 'never-voted', otherwise: 'last-voted:ever' }
          : field === 'has' && phoneWords.has(fold(only.text))
            ? { code: 'unknown_value' as const, ours: `phone:${only.text}`, otherwise: `-phone:${only.text}` }
            : null
    if (meant)
      this.refuse(meant.code, negated ?? start, this.at - (negated ?? start), {
        field,
        found: this.text.slice(start, this.at),
        suggestion: negated === null ? meant.ours : meant.otherwise,
      })
    return said(field, colon ? null : ((sign ?? '=') as Comparison), values, this)
  }

  /** household:(…): somebody else at the address. */
  household(start: number): Expression {
    if (this.isInHousehold)
      this.refuse('nested_household', start, this.at - start, { field: 'household', expected: ['household:2-4'] })
    const open = this.at
    this.at++
    this.isInHousehold = true
    this.deeper(open)
    const of = this.or()
    this.depth--
    this.isInHousehold = false
    this.space()
    if (this.text[this.at] !== ')')
      this.refuse('unclosed_parenthesis', open, 1, { expected: [')'], field: 'household' })
    this.at++
    return { op: 'term', term: { field: 'household_with', of } }
  }

  /** A word without a field is a group's name or a person's. Several words in a row stay several terms: each must fit. */
  nameTerm(): Expression {
    const start = this.at
    const apart = groupApart(this.text.slice(start))
    if (apart) {
      this.at += apart.length
      return group(apart.word)
    }
    const [value] = this.values('name', start, true)
    if (!value) return this.refuse('unexpected', start, 1)
    if (!value.quoted) {
      const word = fold(value.text)
      if (groupWords.has(word)) return group(word)
      const bare = fieldWords.get(word)
      const elsewhere = bare && asElsewhere(value.text, this.text.slice(this.at))
      if (elsewhere)
        this.refuse('unexpected', start, value.length + elsewhere.length, {
          found: this.text.slice(start, this.at + elsewhere.length),
          suggestion: elsewhere.ours,
        })
      if (bare === 'contacted' || bare === 'reached')
        return { op: 'term', term: { field: bare, when: { is: 'ever' }, channel: null } }
      const fact = bare && eventFactOf[bare]
      if (fact) return { op: 'term', term: { field: fact, kinds: [], events: [], when: { is: 'ever' } } }
      const of = cut(value, '@')
      const asked = of && fieldWords.get(fold(of[0].text))
      if (of && (asked === 'contacted' || asked === 'reached')) {
        const further = this.text[this.at] === ',' && this.at++ >= 0 ? this.values(asked, start) : []
        return said(asked, null, [valueOf(`ever${value.raw.slice(of[0].raw.length)}`, value.at), ...further], this)
      }
      if (!/^\p{L}/u.test(value.text)) {
        const [apart = '', behind] = value.text === '-' ? (/^\s+(\S+)/.exec(this.text.slice(this.at)) ?? []) : []
        this.refuse('unexpected', start, value.length + apart.length, {
          found: value.text,
          suggestion: behind ? `-${behind}` : (signs[value.text] ?? null),
        })
      }
      // A name has letters, and what stands between them: O'Neil, Min-jun, St. John.
      const other = /[^\p{L}\p{M}\p{N}'’.-]/u.exec(value.text)
      if (other) this.refuse('unexpected', start + other.index, other[0].length, { expected: ['name:"…"'] })
    }
    // What could begin a group is printed with its field anyway.
    const is_bare = !value.quoted && meantWord(value.text) !== null && !beginsGroup.has(fold(value.text))
    return { op: 'term', term: { field: 'name', names: [value.text.normalize('NFC')], ...(is_bare && { is_bare }) } }
  }

  /** The word in front of a value: its field, as it was typed. */
  before({ at }: Value): string {
    return /\S*$/.exec(this.text.slice(0, at))?.[0] ?? ''
  }

  values(field: TypedField, termStart: number, single = false): Value[] {
    const values: Value[] = []
    do {
      const start = this.at
      this.pass(field)
      const value = valueOf(this.text.slice(start, this.at), start)
      values.push(value)
      if (value.text === '') {
        const found = this.text.slice(termStart, this.at)
        // A blank after the colon: what stands behind it may be the value.
        const [apart = '', behind] = found.endsWith(':')
          ? (/^[ \t]+([^\s:<>=()"“”]+)(?=[\s)]|$)/u.exec(this.text.slice(this.at)) ?? [])
          : []
        if (behind && !isJoining(behind)) {
          this.refuse('missing_value', termStart, found.length + apart.length, {
            field,
            found,
            expected: examplesOf(field),
            suggestion: `${found}${behind}`,
          })
        }
        this.refuse('missing_value', Math.min(start, Math.max(0, this.text.length - 1)), 1, {
          field,
          found,
          expected: examplesOf(field),
        })
      }
    } while (this.text[this.at] === ',' && !single ? this.at++ >= 0 : false)
    return values
  }

  /** To the end of one value. Quotation marks begin it, or stand after = / @: answer:housing="pays rent", in:"A B". */
  pass(field: TypedField): void {
    const start = this.at
    for (;;) {
      const letter = this.text[this.at]
      if (field === 'age')
        this.at += /^\s+(?:이상|이하)(?![\p{L}\p{N}])/u.exec(this.text.slice(this.at))?.[0].length ?? 0
      if (letter === undefined || /[\s,()]/.test(this.text[this.at] ?? ' ')) return
      if (!isQuote(letter)) {
        this.at++
        continue
      }
      if (this.at > start && !/[=/@]/.test(this.text[this.at - 1] ?? '')) return
      const end = this.text.slice(this.at + 1).search(/["”]/)
      if (end < 0) this.refuse('unclosed_quote', this.at, 1, { expected: ['"'], field })
      this.at += end + 2
      if (!/[/@<>=]/.test(this.text[this.at] ?? '')) return
    }
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

/** What a group's name stands for. */
function group(word: string): Expression {
  return new Reader(groupWords.get(fold(word)) ?? '').all()
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
    first: ['grace', '영희'],
    last: ['kim', '김'],
    middle: ['j', 'soo', '수'],
    suffix: ['Jr', 'Sr', 'II', 'III', 'IV', 'any'],
    status: [...new Set(statusWords.values())].map(printed),
    party: [...new Set(partyWords.values())],
    state: ['NY', 'NJ'],
    county: ['queens', 'kings', 'nassau'],
    district: ['nyc-council/20', 'assembly/40', 'senate/16', 'congress/6', 'ed/40/12'],
    city: ['flushing', '"long island city"'],
    zip: ['11354', '11354-11358'],
    street: ['"northern blvd"', '"northern blvd"/136-01..138-99'],
    area: ['40.7651/-73.8322@800m', '40.77/-73.84,40.77/-73.82,40.76/-73.83', 'unknown'],
    age: ['18-34', '65-', '40'],
    born: ['1950-1965', '1960-03-01..1960-08-31'],
    birthday: ['3', '03-15', '12-20..01-05'],
    sex: ['F', 'M', 'X', 'unknown'],
    voted: ['2024-general', '2025-primary/dem', '2/4'],
    skipped: ['2024-general', '2/4:general'],
    'last-voted': ['2y', '2024', 'ever'],
    method: ['mail', 'early/2024-general'],
    registered: ['6m', '2024', '2024-01-01..2024-06-30'],
    'registered-by': [...new Set(sourceWords.values())],
    'state-id': [...new Set(stateIdWords.values())],
    'first-seen': ['6m', '2025', '2024-01-01..2024-06-30'],
    'last-seen': ['2024', '2024-01-01..2024-06-30', 'ever'],
    phone: ['mobile', 'landline', '718'],
    has: [...new Set(possessionWords.values())],
    consent: ['text', 'refused/email', 'unknown/phone'],
    language: ['ko', 'en', 'zh', 'es'],
    speaks: ['ko', 'es'],
    community: ['korean>=0.8', 'chinese', 'south-asian'],
    tag: ['volunteer'],
    field: ['occupation=nurse', 'rent>=1500', 'occupation'],
    contacted: ['14d', '3m', 'ever', 'phone/14d'],
    reached: ['14d', 'ever'],
    'last-contact': ['30d', '2024'],
    result: ['no-answer', 'phone/refused', 'refused@"Fall calls"'],
    attempts: ['0', '1-2', 'phone/1-2'],
    talks: ['0', '2-'],
    support: ['1-2', '3', '4-5'],
    answer: ['housing=tenant', 'rent>=1500', 'housing'],
    'follow-up': ['ride', 'open/volunteer', 'done', 'any'],
    household: ['1', '2-4', '(party:dem age:65-)'],
    related: [...new Set(relationshipWords.values())].map(printed),
    member: [...new Set(standingWords.values()), 'any'],
    'member-kind': [...new Set(membershipKindWords.values())],
    'member-since': ['2024', '6m', '2024-01-01..2024-06-30'],
    dues: [...new Set(duesWords.values())],
    invited: ['forum', 'forum/90d', 'any>=2:year', '@k3x9a2bc'],
    attended: ['roundtable', 'roundtable/90d', 'roundtable>90d', 'any', '@k3x9a2bc'],
    'signed-up': ['forum', 'forum/14d', 'any', '@k3x9a2bc'],
    'no-show': ['any', 'canvass/90d', 'any>=2:year'],
    hosted: ['any', 'roundtable/1y', 'social>90d', '@k3x9a2bc'],
    partner: ['any', '"Flushing Church"'],
    hours: ['>=10:year', 'service>=5', '>=20:2025'],
    stage: ['any', '"Core member"', '>="Core member"'],
    role: ['any', '"Block captain"'],
    committee: ['any', 'Housing', 'Housing/Chair', 'any/Chair'],
    chapter: ['any', 'Queens'],
    board: ['any', 'any/Treasurer'],
    trained: ['any', '"Phone bank host"'],
    part: [...[...new Set(eventPartWords.values())].map(printed), 'any'],
    delegated: [...[...new Set(delegatedWords.values())].map(printed), 'any'],
    'next-step': [...[...new Set(taskStateWords.values())].map(printed), 'any'],
    task: [...[...new Set(taskStateWords.values())].map(printed), 'any'],
    cohort: ['accepted', '"Forum 2027"', '"Forum 2027"/applied', 'any/alumni'],
    event: [...[...new Set(eventWords.values())].map(printed), 'any'],
    suppressed: [...new Set(suppressionWords.values())].map(printed),
    in: ['"My universe"'],
    sample: ['10%', '10%@fall'],
    split: ['A/2', 'B/2', 'A,B/3@fall'],
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
  'talks',
  'support',
  'household',
  'last-contact',
  'last-voted',
  'first-seen',
  'last-seen',
  'skipped',
  'member-since',
  'invited',
  'attended',
  'signed-up',
  'no-show',
  'hosted',
  'hours',
  'stage',
])

/** Fields that may be asked of one phone bank alone, as in result:refused@"Fall calls". */
const ofContacts: ReadonlySet<TypedField> = new Set([
  'contacted',
  'reached',
  'last-contact',
  'attempts',
  'talks',
  'result',
  'support',
  'answer',
])

function said(field: TypedField, sign: Comparison | null, values: Value[], reader: Reader): Expression {
  const { before, after } = ofContacts.has(field) ? cutList(values, '@') : { before: values, after: null }
  if (!after) return { op: 'term', term: read(field, sign, values, reader) }
  const phone_banks = unique(
    after.map(
      ({ text, at }) =>
        text.normalize('NFC') ||
        reader.refuse('no_phone_bank', Math.max(0, at - 1), 1, { field, expected: [`${field}:…@"Fall calls"`] }),
    ),
  )
  const term = read(field, sign, before, reader)
  // Every term of these fields is one of a contact.
  return { op: 'term', term: { field: 'at_phone_bank', phone_banks, term: term as ContactTerm } }
}

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
  const ranges = ([least, most]: readonly [number, number]): Range[] =>
    sign === null || sign === '='
      ? values.map((value) => range(value, field, least, most, reader))
      : [compared(sign, one(), field, least, most, reader)]

  switch (field) {
    case 'name':
      return { field, names: values.map(({ text }) => text.normalize('NFC')) }
    case 'status':
      return { field, values: known(statusWords) }
    case 'party': {
      const { before, after } = cutList(values, '@')
      const parties = unique(before.map((value) => oneOf(partyWords, value, field, reader)))
      const [on, more] = after ?? []
      if (!on) return { field, values: parties }
      if (more) reader.refuse('unexpected', more.at - 1, more.length + 1, { field, expected: ['dem@2024-06-25'] })
      return { field: 'party_then', values: parties, on: date(on, on.text, field, reader) }
    }
    case 'first':
    case 'last':
    case 'middle':
      return { field, names: unique(values.map(({ text }) => text.normalize('NFC'))) }
    case 'suffix':
      return { field, values: isAny(values) ? [] : unique(values.map((value) => suffix(value, reader))) }
    case 'street':
      return street(values, reader)
    case 'area':
      return { field, area: area(values, reader) }
    case 'birthday':
      return { field, days: values.map((value) => daysOfYear(value, reader)) }
    case 'registered-by':
      return { field: 'registered_by', values: known(sourceWords) }
    case 'state-id':
      return { field: 'state_id', values: known(stateIdWords) }
    case 'related':
      return { field, kinds: isAny(values) ? [] : known(relationshipWords) }
    case 'member': {
      const { before, after } = cutList(values, '/')
      return {
        field,
        standings: isAny(before) ? [] : unique(before.map((value) => oneOf(standingWords, value, field, reader))),
        kinds: unique((after ?? []).map((value) => ownKind(membershipKindWords, value, field, reader))),
      }
    }
    case 'member-kind': {
      const kinds = unique(values.map((value) => ownKind(membershipKindWords, value, field, reader)))
      return { field: 'member', standings: ['active', 'grace'], kinds }
    }
    case 'member-since':
      return { field: 'member_since', when: when(one(), sign, field, reader) }
    case 'dues':
      return { field, states: known(duesWords) }
    case 'invited':
    case 'attended':
    case 'signed-up':
    case 'no-show':
    case 'hosted':
      return atEvents(field, sign, values, reader)
    case 'hours':
      return hours(sign, values, reader)
    case 'stage':
      return stage(sign, values, one, reader)
    case 'role':
    case 'partner':
    case 'trained': {
      const names = isAny(values) ? [] : unique(values.map(({ text }) => text.normalize('NFC')))
      return { field, names }
    }
    case 'committee':
    case 'chapter':
    case 'board': {
      const { before, after } = cutList(values, '/')
      return { field: 'body', kind: field, names: namesIn(before, field, reader), offices: namesIn(after ?? [], field, reader) } // prettier-ignore
    }
    case 'cohort': {
      const { before, after } = cutList(values, '/')
      // A state alone is of any cohort; a cohort that is called so stands in quotation marks.
      const isState = !after && before.every(({ text, quoted }) => !quoted && cohortStateWords.has(fold(text)))
      return {
        field,
        names: isState ? [] : namesIn(before, field, reader),
        states: unique(
          (isState ? before : (after ?? [])).map((value) => oneOf(cohortStateWords, value, field, reader)),
        ),
      }
    }
    case 'next-step':
      return { field: 'next_step', states: isAny(values) ? [] : known(taskStateWords) }
    case 'task':
      return { field, states: isAny(values) ? [] : known(taskStateWords) }
    case 'part':
      return { field, parts: isAny(values) ? [] : known(eventPartWords) }
    case 'delegated':
      return { field, kinds: isAny(values) ? [] : known(delegatedWords) }
    case 'consent': {
      const { before, after } = cutList(values, '/')
      const [state, more] = before
      if (!after || !state) return { field, state: 'given', channels: known(consentWords) }
      if (more) reader.refuse('unexpected', more.at - 1, more.length + 1, { field, expected: examplesOf(field) })
      return {
        field,
        state: oneOf(consentStateWords, state, field, reader),
        channels: unique(after.map((value) => oneOf(consentWords, value, field, reader))),
      }
    }
    case 'method': {
      const { before, after } = cutList(values, '/')
      return {
        field,
        methods: unique(before.map((value) => oneOf(methodWords, value, field, reader))),
        elections: (after ?? []).map((value) => election(value, field, reader)),
      }
    }
    case 'skipped':
      return skipped(sign, values, one, reader)
    case 'last-voted':
      return { field: 'last_voted', when: when(one(), sign, field, reader) }
    case 'speaks':
      return { field, values: unique(values.map((value) => language(value, reader))) }
    case 'field':
      return ownField(values, reader)
    case 'sample':
      return sample(one(), reader)
    case 'split':
      return split(values, reader)
    case 'sex':
      return { field, values: known(sexWords) }
    case 'has':
      return { field, values: known(possessionWords) }
    case 'suppressed':
      return {
        field,
        reasons: isAny(values) ? [] : known(suppressionWords),
      }
    case 'state':
      return {
        field,
        values: unique(
          values.map((value) =>
            /^[A-Za-z]{2}$/.test(value.text)
              ? value.text.toUpperCase()
              : (stateOf(value.text) ?? unknownValue(value, field, ['NY', 'NJ'], reader)),
          ),
        ),
      }
    case 'county':
      return { field, values: unique(values.flatMap((value) => counties(value, reader))) }
    case 'city':
      return {
        field,
        values: unique(
          values.map(
            ({ text }) => cityWords.get(fold(text).replace(/\s/g, '')) ?? text.toLowerCase().replace(/\s+/g, ' '),
          ),
        ),
      }
    case 'zip':
      return { field, ranges: values.map((value) => zip(value, reader)) }
    case 'district':
      return district(values, reader)
    case 'age':
      return { field, ranges: ranges(numberLimits.age) }
    case 'born':
      return /^(>=|<=|>|<)?\d{4}-\d{2}(?!\d)|\.\.\d{4}-\d{2}(?!\d)/.test(first.text)
        ? bornBetween(one(), sign, reader)
        : { field, ranges: ranges(numberLimits.born) }
    case 'attempts': {
      const parts = cut(first, '/')
      if (!parts) return { field, ranges: ranges(numberLimits.attempts) }
      const [on, count] = parts
      return {
        field: 'attempts_on',
        channel: oneOf(channelWords, on, field, reader),
        ranges: [count, ...values.slice(1)].map((value) => range(value, field, ...numberLimits.attempts, reader)),
      }
    }
    case 'talks':
      return { field, ranges: ranges(numberLimits.talks) }
    case 'follow-up': {
      const { before, after } = cutList(values, '/')
      const [state, more] = before
      if (after && state) {
        if (more) reader.refuse('unexpected', more.at - 1, more.length + 1, { field, expected: examplesOf(field) })
        const said = oneOf(followUpStateWords, state, field, reader)
        return { field: 'follow_up', state: said, kinds: isAny(after) ? [] : unique(after.map((value) => oneOf(followUpWords, value, field, reader))) } // prettier-ignore
      }
      const only = more ? undefined : followUpStateWords.get(fold(first.text))
      return { field: 'follow_up', state: only ?? null, kinds: only || isAny(values) ? [] : known(followUpWords) }
    }
    case 'event':
      return { field, states: isAny(values) ? [] : known(eventWords) }
    case 'household':
      return { field, ranges: ranges(numberLimits.household) }
    case 'support':
      return { field, ranges: ranges(numberLimits.support) }
    case 'voted':
      return voted(sign, values, one, reader)
    case 'registered':
      return { field, when: when(one(), sign, field, reader) }
    case 'first-seen':
      return { field: 'first_seen', when: when(one(), sign, field, reader) }
    case 'last-seen':
      return { field: 'last_seen', when: when(one(), sign, field, reader) }
    case 'contacted':
    case 'reached':
    case 'last-contact': {
      const value = one()
      const term = field === 'last-contact' ? 'last_contact' : field
      const slash = value.text.indexOf('/')
      const before = value.text.slice(0, Math.max(0, slash))
      // A word before the slash can only be a channel; a figure is a date written otherwise.
      const prefix = /^\p{L}/u.test(before)
        ? oneOf(channelWords, { ...value, text: before, length: slash }, field, reader)
        : undefined
      const rest = prefix
        ? { ...value, text: value.text.slice(slash + 1), at: value.at + slash + 1, length: value.length - slash - 1 }
        : value
      const only = channelWords.get(fold(rest.text))
      if (only && !prefix) return { field: term, when: { is: 'ever' }, channel: only }
      const contact = { when: when(rest, sign, field, reader), channel: prefix ?? null }
      // One by one: TypeScript tells no more than 25 kinds of a union apart at once.
      if (term === 'contacted') return { field: term, ...contact }
      return term === 'reached' ? { field: term, ...contact } : { field: term, ...contact }
    }
    case 'phone': {
      const digits = first.text.replace(/[^\d]/g, '')
      if (/^[+\d][\d\s().-]*$/.test(first.text) && digits.length >= 3)
        return { field: 'phone_number', digits: (one(), digits) }
      return { field, kinds: isAny(values) || /^yes$/i.test(first.text) ? [] : known(phoneWords) }
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

/** As an organization calls them; none where any will do. */
const namesIn = (values: readonly Value[], field: TypedField, reader: Reader): string[] =>
  isAny(values)
    ? []
    : unique(
        values.map(
          ({ text, at }) =>
            text.normalize('NFC') ||
            reader.refuse('missing_value', Math.max(0, at - 1), 1, { field, expected: examplesOf(field) }),
        ),
      )

const isAny = (values: readonly Value[]): boolean => values.some(({ text }) => /^(any|전체)$/i.test(text))

function oneOf<T extends string>(table: Words<T>, value: Value, field: TypedField, reader: Reader): T {
  return table.get(fold(value.text)) ?? unknownValue(value, field, wordsOf(table, value), reader, table.keys())
}

/** One word for each value there is, in the script of what was typed. */
function wordsOf<T extends string>(table: Words<T>, { text }: Value): string[] {
  const all = [...new Set(table.values())]
  if (!isHangul(text)) return all.map(printed)
  const entries = [...table]
  return all.map((value) => entries.find(([word, of]) => of === value && isHangul(word))?.[0] ?? printed(value))
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

/** New York City is its five counties. */
const boroughs = ['bronx', 'kings', 'new-york', 'queens', 'richmond']

const counties = (value: Value, reader: Reader): string[] =>
  /^(nyc|new york city|뉴욕시)$/i.test(value.text) ? boroughs : [county(value, reader)]

function county(value: Value, reader: Reader): string {
  const slug = fold(value.text).replaceAll(/[\s.]+/g, '-')
  const { state } = ofState(value.text)
  if (state !== null && !newYork.has(slug)) {
    const own = slug.slice(3).replace(/-?county$/, '')
    const named = state === 'NY' ? countyWords.get(own) : undefined
    if (!/^[a-z][a-z-]+$/.test(own)) unknownValue(value, 'county', examplesOf('county'), reader, [])
    return withState(state, named ?? own)
  }
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
  if (isLanguageCode(value.text)) return value.text
  return unknownValue(value, 'language', examplesOf('language'), reader, languageWords.keys())
}

const languageNames = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' })

/** Of the world's languages, also those we have no word for. */
const isLanguageCode = (text: string): boolean => /^[a-z]{2,3}$/.test(text) && languageNames.of(text) !== undefined

/** The least and the most a number of these fields can be. */
export const numberLimits = {
  age: [0, 130],
  born: [1880, 2100],
  attempts: [0, 999],
  talks: [0, 999],
  household: [1, 999],
  support: [1, 5],
} as const satisfies Partial<Record<TypedField, readonly [number, number]>>

function number(value: Value, field: TypedField, least: number, most: number, reader: Reader): number {
  const found = /^\d+$/.test(value.text) ? Number(value.text) : NaN
  if (field === 'born' && !(found >= least && found <= most)) noBirthYear(value, reader)
  if (!(found >= least && found <= most)) {
    reader.refuse('bad_number', value.at, value.length, { field, found: value.text, expected: [`${least}-${most}`] })
  }
  return found
}

/** Mostly an age, or a slip of the finger. */
const noBirthYear = (value: Value, reader: Reader): never =>
  reader.refuse('bad_birth_year', value.at, value.length, {
    field: 'born',
    found: value.text,
    expected: [
      ...examplesOf('born').slice(0, 1),
      ...examplesOf('age')
        .slice(0, 2)
        .map((age) => `${isHangul(reader.before(value)) ? '나이' : 'age'}:${age}`),
    ],
  })

/** What a comparison leaves of the numbers there are. One that leaves none is refused: nobody scores above 5. */
function compared(
  sign: Comparison,
  value: Value,
  field: TypedField,
  least: number,
  most: number,
  reader: Reader,
): Range {
  const bound = /^\d+$/.test(value.text) ? Number(value.text) : NaN
  const [from, to] = {
    '>=': [bound, null],
    '>': [bound + 1, null],
    '<=': [null, bound],
    '<': [null, bound - 1],
    '=': [bound, bound],
  }[sign] as [number | null, number | null] // written above
  const edge = from ?? to ?? NaN
  if (field === 'born' && !(edge >= least && edge <= most)) noBirthYear(value, reader)
  if (!(edge >= least && edge <= most)) {
    const [low, high] = [sign === '<' ? least + 1 : least, sign === '>' ? most - 1 : most]
    reader.refuse('bad_number', value.at, value.length, { field, found: value.text, expected: [`${low}-${high}`] })
  }
  return { from, to }
}

/** '65세 이상' as '65이상', '30대' as '30-39'. */
const inYears = (text: string): string =>
  text
    .replace(/\s+/g, '')
    .replace(/(?<=\d)세/g, '')
    .replace(/^(\d+)0대$/, '$10-$19')

function range(value: Value, field: TypedField, least: number, most: number, reader: Reader): Range {
  const text = field === 'age' ? inYears(value.text) : value.text
  const match =
    /^(\d*)(?:(-|–|—|\.\.|~)(\d*))?$/.exec(text) ?? /^(\d+)(\+|이상)$/.exec(text) ?? /^()()(\d+)이하$/.exec(text)
  const [, sign, bound = ''] = /^(>=|<=|>|<)(\d+)$/.exec(text) ?? []
  if (sign) {
    const after = { ...value, text: bound, at: value.at + sign.length, length: value.length - sign.length }
    return compared(sign as Comparison, after, field, least, most, reader)
  }
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

function zip(value: Value, reader: Reader): { from: string; to: string } {
  const match = /^(\d{5})(?:(?:-|–|—|~|\.\.)(\d{5}))?$/.exec(value.text)
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
    const value = head ?? { text: '', at: reader.at, length: 1, quoted: false, raw: '' }
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
  const [named, first] = cut(head, '/') ?? [head, head]
  const kind = oneOf(districtWords, named, 'district', reader)
  /** Of the election district before: what follows it is of the same assembly district. */
  let assembly: number | null = null
  return {
    field: 'district',
    kind,
    values: [first, ...values.slice(1)].map((value): Range | string => {
      if (value.text === '') {
        return reader.refuse('missing_value', value.at - 1, 1, {
          field: 'district',
          found: head.text,
          expected: [`${kind}/20`],
        })
      }
      // Perhaps in 20, or in whichever: the election district is divided and the crosswalk cannot say.
      if (isCrosswalkKind(kind)) {
        if (/^(?:[1-9]\d{0,2})?\?$/.test(value.text)) return value.text
        const [, state, number] = /^([a-z]{2})-0{0,2}([1-9]\d{0,2})$/i.exec(value.text) ?? []
        return state !== undefined && number !== undefined
          ? withState(state.toUpperCase(), number)
          : range(value, 'district', 1, 999, reader)
      }
      if (kind !== 'ed') return numberOrName(value, kind, reader)
      const parts = cut(value, '/')
      if (parts) assembly = number(parts[0], 'district', 1, 999, reader)
      return electionDistricts(parts?.[1] ?? value, assembly, reader)
    }),
  }
}

/**
 * Election districts by assembly and own number, as the crosswalks have them: 40/12 is 40012. Within an assembly district
 * 40/12- ends with it.
 */
function electionDistricts(value: Value, assembly: number | null, reader: Reader): Range {
  const isWhole = /\d{4}/.test(value.text)
  if (assembly === null || isWhole) {
    if (!isWhole)
      reader.refuse('bad_number', value.at, value.length, {
        field: 'district',
        found: value.text,
        expected: ['ed/40/12', 'ed/40/1-12', 'ed/40/12,13', 'ed/40012'],
      })
    return range(value, 'district', 1001, 999_999, reader)
  }
  const { from, to } = range(value, 'district', 1, 999, reader)
  return { from: assembly * 1000 + (from ?? 1), to: assembly * 1000 + (to ?? 999) }
}

/** Of kinds that may have numbers or names: a number or a range of them, else a name; in quotation marks always a name. */
function numberOrName(value: Value, kind: DistrictKind, reader: Reader): Range | string {
  const { text } = value
  const expected = [`${kind}/25`, `${kind}/25-27`, `${kind}/"25-27 North"`]
  // Precincts are named 01-07 too, and nobody writes a range so.
  const isNamedSo = /^\d+-\d+$/.test(text) && /(^|-)0\d/.test(text)
  if (value.quoted || isNamedSo) return text
  if (/^\d{1,9}$|^\d*(?:-|\.\.|~)\d*$|^(?:>=|<=|>|<)\d+$/.test(text)) {
    const [, from, to] = /^(\d+)-(\d+)$/.exec(text) ?? []
    if (from !== undefined && to !== undefined && Number(from) > Number(to))
      reader.refuse('bad_range', value.at, value.length, {
        field: 'district',
        found: text,
        suggestion: `${to}-${from}`,
        expected: [`${kind}/"${text}"`],
      })
    return range(value, 'district', 0, 999_999_999, reader)
  }
  const sign = /[<>=~?/]|\.\./.exec(text)
  if (sign)
    reader.refuse('bad_number', value.at + sign.index, sign[0].length, { field: 'district', found: text, expected })
  return text
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

/** phone/refused,moved/30d: channel, results, and when; a figure after the last slash is a time. */
function result(typed: Value[], reader: Reader): Term {
  const last = typed.at(-1)
  const cutAt = last?.text.lastIndexOf('/') ?? -1
  const isTimed = last !== undefined && cutAt > 0 && /^[\d.]/.test(last.text.slice(cutAt + 1))
  const values = isTimed ? [...typed.slice(0, -1), { ...last, text: last.text.slice(0, cutAt), length: cutAt }] : typed
  const time = isTimed
    ? when({ ...last, text: last.text.slice(cutAt + 1), at: last.at + cutAt + 1, length: last.length - cutAt - 1 }, null, 'result', reader) // prettier-ignore
    : null
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
          unknownValue(value, 'result', wordsOf(resultWords, value), reader, resultWords.keys())
        }
        return code
      }),
    ),
    when: time?.is === 'within' || time?.is === 'between' ? time : null,
  }
}

/**
 * A word we know, a key of the organization's own unless it looks like a slip, or one of its names. In quotation marks as it
 * stands: its own kinds may be called by words we have for ours ('forum'); ours are then their keys alone.
 */
function ownKind(table: Words<string>, value: Value, field: TypedField, reader: Reader): string {
  const word = fold(value.text)
  const known = table.get(word)
  if (value.quoted && value.text !== '')
    return known === value.text.replaceAll('-', '_') ? known : value.text.normalize('NFC')
  if (known) return known
  const key = word.replaceAll('-', '_')
  const isSlip = !/^[\p{L}\p{N}_-]+$/u.test(value.text) || nearest(word, table.keys()) !== null
  if (isSlip) unknownValue(value, field, wordsOf(table, value), reader, table.keys())
  return /^[a-z][a-z0-9_]*$/.test(key) ? key : value.text.normalize('NFC')
}

/** What each field about events asks of them. */
export const eventFactOf: Partial<Record<TypedField, EventFact>> = {
  invited: 'invited',
  attended: 'attended',
  'signed-up': 'signed_up',
  'no-show': 'no_show',
  hosted: 'hosted',
}

/** The part of a value from `at` on. */
const behind = (value: Value, at: number): Value => ({
  ...value,
  text: value.text.slice(at),
  at: value.at + at,
  length: value.length - at,
})

/** roundtable,social/90d, roundtable>90d, roundtable>=3:year: which, then a sign and when or how often; or @ and events. */
function atEvents(
  field: 'invited' | 'attended' | 'signed-up' | 'no-show' | 'hosted',
  sign: Comparison | null,
  values: Value[],
  reader: Reader,
): Term {
  const state = eventFactOf[field] ?? 'attended'
  const { before, after } = cutList(values, '@')
  if (after) {
    const other = before.find(({ text }) => text !== '')
    if (other || sign !== null)
      reader.refuse('unexpected', other?.at ?? after[0]?.at ?? 0, other?.length ?? 1, { field, expected: [`${field}:@k3x9a2bc`] }) // prettier-ignore
    const events = after.map((value) =>
      /^[a-z0-9]{8}$/.test(value.text) ? value.text : unknownValue(value, field, ['@k3x9a2bc'], reader, []),
    )
    return { field: state, kinds: [], events: unique(events), when: { is: 'ever' } }
  }
  const { kinds, rest } = whichKinds(sign, values, field, reader)
  if (!rest) return { field: state, kinds, events: [], when: { is: 'ever' } }
  const [, times, period] = /^(\d{1,3})(?:(?=:)(.*))?$/.exec(rest.value.text) ?? []
  if (times === undefined) return { field: state, kinds, events: [], when: when(rest.value, rest.sign, field, reader) }
  if (rest.sign === null)
    return reader.refuse('bad_number', rest.value.at, rest.value.length, { field, expected: [`>=${times}`] })
  const count = { ...rest.value, text: times, length: times.length }
  return {
    field: 'event_times',
    state,
    kinds,
    range: compared(rest.sign, count, field, ...numberLimits.attempts, reader),
    when: period === undefined ? null : periodOf(behind(rest.value, times.length + 1), field, reader),
  }
}

/** service,canvass>=10:year */
function hours(sign: Comparison | null, values: Value[], reader: Reader): Term {
  const field = 'hours'
  const { kinds, rest } = whichKinds(sign, values, field, reader)
  const [, amount, period] = /^(\d{1,4})(?:(?=:)(.*))?$/.exec(rest?.value.text ?? '') ?? []
  if (!rest?.sign || amount === undefined) {
    const at = rest?.value ?? values[0]
    return reader.refuse('bad_number', at?.at ?? 0, at?.length ?? 1, { field, expected: examplesOf(field) })
  }
  return {
    field,
    kinds,
    comparison: rest.sign,
    hours: Number(amount),
    when: period === undefined ? null : periodOf(behind(rest.value, amount.length + 1), field, reader),
  }
}

/** Kinds, and what stands behind the sign or slash of the last of them; kinds empty: any. */
function whichKinds(
  sign: Comparison | null,
  values: Value[],
  field: TypedField,
  reader: Reader,
): { kinds: string[]; rest: { sign: Comparison | null; value: Value } | null } {
  const named = (some: Value[]): string[] =>
    some.some(({ text, quoted }) => !quoted && /^(any|전체|ever)$/i.test(text))
      ? []
      : unique(some.map((value) => ownKind(eventKindWords, value, field, reader)))
  const last = values.at(-1)
  const alone = last && values.length === 1 && /^(\d|\.\.)/.test(last.raw)
  if (sign !== null && sign !== '=' && !alone) {
    const [value] = values
    return reader.refuse('bad_number', value?.at ?? 0, value?.length ?? 1, { field, expected: examplesOf(field) })
  }
  if (alone) return { kinds: [], rest: { sign, value: last } }
  const parts = last && atSign(last)
  if (!parts) return { kinds: named(values), rest: null }
  const [head, by, value] = parts
  const before = [...values.slice(0, -1), ...(head.text === '' ? [] : [head])]
  return { kinds: named(before), rest: { sign: by === '/' ? null : by, value } }
}

/** A value cut at its first sign or slash outside quotation marks. */
function atSign(value: Value): [Value, Comparison | '/', Value] | null {
  const [, head, by] = /^((?:["“][^"”]*["”]|[^"“”<>=/])*)(>=|<=|>|<|=|\/)./su.exec(value.raw) ?? []
  if (head === undefined || by === undefined) return null
  const from = head.length + by.length
  return [valueOf(head, value.at), by as Comparison | '/', valueOf(value.raw.slice(from), value.at + from)]
}

/** :year, :90d, :2026, :2026-01-01..2026-06-30 */
function periodOf(value: Value, field: TypedField, reader: Reader): TimeOfResult {
  const unit = { year: 'y', 년: 'y', month: 'm', 월: 'm', week: 'w', 주: 'w' }[value.text.toLowerCase()]
  if (unit) return { is: 'within', amount: 1, unit: unit as 'y' }
  const found = when(value, null, field, reader)
  return found.is === 'within' || found.is === 'between'
    ? found
    : reader.refuse('bad_date', value.at, value.length, { field, found: value.text, expected: ['year', '90d', '2026'] })
}

function stage(sign: Comparison | null, values: Value[], one: () => Value, reader: Reader): Term {
  const [, by = '', name = ''] = /^(>=|<=|>|<)(.+)$/su.exec(values[0]?.quoted ? '' : (values[0]?.text ?? '')) ?? []
  const comparison = sign !== null && sign !== '=' ? sign : by !== '' ? (by as Comparison) : null
  if (comparison === null)
    return { field: 'stage', rungs: isAny(values) ? [] : unique(values.map(({ text }) => text.normalize('NFC'))), comparison } // prettier-ignore
  const value = one()
  const rung = by === '' ? value.text : name
  if (isAny([value]))
    reader.refuse('unknown_value', value.at, value.length, { field: 'stage', expected: examplesOf('stage') })
  return { field: 'stage', rungs: [rung.normalize('NFC')], comparison }
}

function suffix(value: Value, reader: Reader): string {
  const written = suffixCase(value.text)
  return /^[\p{L}\p{N}]{1,10}$/u.test(written)
    ? written
    : unknownValue(value, 'suffix', examplesOf('suffix'), reader, [])
}

/** The last answer, or a field of one's own: the key, then a sign and what must be; the key alone: something. */
function keyed(
  values: Value[],
  code: 'bad_answer' | 'bad_own_field',
  field: TypedField,
  reader: Reader,
): { key: string; said: Said } {
  const [head] = values
  const match = /^([\p{L}\p{N}_-]+)(?:(>=|<=|>|<|=)(.+))?$/su.exec(head?.raw ?? '')
  const [, key = '', sign, rest = ''] = match ?? []
  const refuse = (value: Value | undefined): never =>
    reader.refuse(code, value?.at ?? 0, value?.length ?? 1, {
      field,
      found: value?.text ?? '',
      expected: examplesOf(field),
    })
  if (!head || !match) return refuse(head)
  const second = values[1]
  if (sign === undefined) return second ? refuse(second) : { key, said: { is: 'any' } }
  const value = valueOf(rest, head.at + key.length + sign.length)
  const bound = ({ text, at, length }: Value): string =>
    /^-?\d{1,15}(\.\d{1,6})?$/.test(text) || (/^\d{4}-\d{2}-\d{2}$/.test(text) && period(text) !== null)
      ? text
      : reader.refuse('bad_number', at, length, { field, found: text, expected: ['1500', '2024-06-30'] })
  const part = (text: string, offset: number): string | null =>
    text === '' ? null : bound({ ...value, text, at: value.at + offset, length: text.length })
  if (sign !== '=') {
    if (second) refuse(second)
    if (sign === '<' || sign === '>') return { key, said: { is: 'beyond', comparison: sign, bound: bound(value) } }
    const edge = bound(value)
    return { key, said: { is: 'between', from: sign === '>=' ? edge : null, to: sign === '<=' ? edge : null } }
  }
  const dots = value.quoted ? -1 : value.text.indexOf('..')
  if (dots >= 0 && value.text.length > 2) {
    if (second) refuse(second)
    const [from, to] = [part(value.text.slice(0, dots), 0), part(value.text.slice(dots + 2), dots + 2)]
    const areDays = [from, to].some((each) => each !== null && /^\d{4}-/.test(each))
    const isTurned = from !== null && to !== null && (areDays ? from > to : Number(from) > Number(to))
    if (isTurned)
      reader.refuse('bad_range', value.at, value.length, { field, found: value.text, suggestion: `${to}..${from}` })
    return { key, said: { is: 'between', from, to } }
  }
  const all = [value, ...values.slice(1)]
  return { key, said: { is: 'one_of', values: unique(all.map((each) => each.text.trim() || refuse(each))) } }
}

function answer(values: Value[], reader: Reader): Term {
  const { key: question, said } = keyed(values, 'bad_answer', 'answer', reader)
  return said.is === 'one_of'
    ? { field: 'answer', question, values: said.values }
    : { field: 'answered', question, said }
}

function ownField(values: Value[], reader: Reader): Term {
  const { key, said } = keyed(values, 'bad_own_field', 'field', reader)
  const plain = key.toLowerCase().replaceAll('-', '_')
  if (!/^[a-z][a-z0-9_]*$/.test(plain))
    reader.refuse('bad_own_field', values[0]?.at ?? 0, key.length, {
      field: 'field',
      found: key,
      expected: examplesOf('field'),
    })
  return { field: 'own_field', key: plain, said }
}

/** Streets, then after a slash the house numbers and the side: "northern blvd"/136-01..138-99/odd. */
function street(values: Value[], reader: Reader): Term {
  const { before, after } = cutList(values, '/')
  const streets = unique(
    before.map((value) => {
      const text = value.text.normalize('NFC').toLowerCase().replace(/[.,]/g, ' ').replace(/\s+/g, ' ').trim()
      return /[\p{L}\p{N}]/u.test(text) && text.length <= 60
        ? text
        : unknownValue(value, 'street', examplesOf('street'), reader, [])
    }),
  )
  const [numbers, more] = after ?? []
  if (!numbers) return { field: 'street', streets, numbers: null }
  if (more)
    reader.refuse('unexpected', more.at - 1, more.length + 1, { field: 'street', expected: examplesOf('street') })
  return { field: 'street', streets, numbers: houseNumbers(numbers, reader) }
}

/** Points around it, or one point with how far around it; null: 'unknown'. */
function area(values: Value[], reader: Reader): Area | null {
  const { before, after } = cutList(values, '@')
  const bad = (value: Value | undefined): never =>
    reader.refuse('bad_area', value?.at ?? reader.at, value?.length ?? 1, {
      field: 'area',
      found: value?.text ?? '',
      expected: examplesOf('area'),
    })
  const [first, second] = values
  if (first && !second && /^(unknown|모름)$/i.test(first.text)) return null
  const points = before.map((value): Point => {
    const [, latitude, longitude] = /^(-?\d{1,3}(?:\.\d{1,15})?)\/(-?\d{1,3}(?:\.\d{1,15})?)$/.exec(value.text) ?? []
    return onMap(Number(latitude ?? NaN), Number(longitude ?? NaN)) ?? bad(value)
  })
  const [radius, more] = after ?? []
  if (more) bad(more)
  if (radius) {
    const [center, another] = points
    if (!center || another) return bad(before[1])
    const [, amount, unit = ''] = /^(\d{1,6}(?:\.\d{1,3})?)(m|km|mi|미터|킬로미터|마일)$/i.exec(radius.text) ?? []
    const each = { m: 1, 미터: 1, km: 1000, 킬로미터: 1000, mi: 1609.344, 마일: 1609.344 }[unit.toLowerCase()] ?? NaN
    const meters = Math.round(Number(amount) * each)
    return meters >= nearest_meters && meters <= farthest_meters ? { center, meters } : bad(radius)
  }
  // Whoever draws may close the line; the expression keeps each point once.
  const [start, end] = [points[0], points.at(-1)]
  if (points.length > 3 && start?.latitude === end?.latitude && start?.longitude === end?.longitude) points.pop()
  if (points.length < 3) return bad(before.at(-1))
  return points.length > mostPoints ? bad(before[mostPoints]) : { points }
}

const sides: Readonly<Record<string, 'odd' | 'even'>> = { odd: 'odd', 홀수: 'odd', even: 'even', 짝수: 'even' }

function houseNumbers(value: Value, reader: Reader): HouseNumbers {
  const alone = sides[value.text.toLowerCase()]
  if (alone) return { from: null, to: null, side: alone }
  const [range, side] = cut(value, '/') ?? [value, null]
  const match = /^(\d{1,6}(?:-\d{1,4})?)?(\.\.)?(\d{1,6}(?:-\d{1,4})?)?$/.exec(range.text)
  const [, from, dots, to] = match ?? []
  const known = side === null ? null : (sides[side.text.toLowerCase()] ?? undefined)
  if (!match || known === undefined || (from === undefined && to === undefined)) {
    return reader.refuse('bad_house_number', value.at, value.length, {
      field: 'street',
      found: value.text,
      expected: ['136-01..138-99', '100..200/odd', 'even'],
    })
  }
  const last = dots === undefined ? from : to
  if (from !== undefined && last !== undefined && firstHouse(from) > lastHouse(last))
    reader.refuse('bad_range', range.at, range.length, {
      field: 'street',
      found: range.text,
      suggestion: `${last}..${from}`,
    })
  return { from: from ?? null, to: last ?? null, side: known }
}

/** The first and the last house a number means, as they are compared: schema.ts `HouseNumbers`. */
export const firstHouse = (number: string): number => {
  const [block = 0, house = 0] = number.split('-').map(Number)
  return block * 10_000 + house
}
export const lastHouse = (number: string): number => firstHouse(number) + (number.includes('-') ? 0 : 9_999)

function bornBetween(value: Value, sign: Comparison | null, reader: Reader): Term {
  const found = when(value, sign, 'born', reader)
  if (found.is !== 'between')
    return reader.refuse('bad_date', value.at, value.length, {
      field: 'born',
      found: value.text,
      expected: examplesOf('born'),
    })
  return { field: 'birth_date', from: found.from, to: found.to }
}

const daysIn = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const two = (number: number): string => String(number).padStart(2, '0')

/** '3' is all of March, '02-29' one day, '12-20..01-05' several, over New Year too. */
function daysOfYear(value: Value, reader: Reader): DaysOfYear {
  const bad = (): never =>
    reader.refuse('bad_birthday', value.at, value.length, {
      field: 'birthday',
      found: value.text,
      expected: examplesOf('birthday'),
    })
  const part = (text: string): DaysOfYear => {
    const month = monthWords.get(fold(text))
    if (month !== undefined) return { from: `${two(month)}-01`, to: `${two(month)}-${daysIn[month - 1] ?? 31}` }
    const match = /^(\d{1,2})(?:-|월)(\d{1,2})일?$/.exec(text)
    const [m, d] = [Number(match?.[1]), Number(match?.[2])]
    if (!match || !(m >= 1 && m <= 12) || !(d >= 1 && d <= (daysIn[m - 1] ?? 0))) return bad()
    return { from: `${two(m)}-${two(d)}`, to: `${two(m)}-${two(d)}` }
  }
  const [start = '', end, more] = value.text.split('..')
  if (more !== undefined) return bad()
  return end === undefined ? part(start) : { from: part(start).from, to: part(end).to }
}

function seedOf(value: Value | undefined, field: TypedField, reader: Reader): string | null {
  if (!value) return null
  const seed = value.text.normalize('NFC').toLowerCase().trim()
  return /^[\p{L}\p{N} _.-]{1,40}$/u.test(seed)
    ? seed
    : reader.refuse(field === 'sample' ? 'bad_sample' : 'bad_split', Math.max(0, value.at - 1), value.length + 1, {
        field,
        found: `@${value.text}`,
        expected: examplesOf(field),
      })
}

function sample(value: Value, reader: Reader): Term {
  const [share, seed] = cut(value, '@') ?? [value]
  const match = /^(\d{1,3}(?:\.\d{1,2})?)%$/.exec(share.text)
  const per_10000 = Math.round(Number(match?.[1]) * 100)
  if (!(per_10000 >= 1 && per_10000 <= 10_000))
    reader.refuse('bad_sample', share.at, share.length, {
      field: 'sample',
      found: share.text,
      expected: ['10%', '0.5%'],
    })
  return { field: 'sample', per_10000, seed: seedOf(seed, 'sample', reader) }
}

function split(values: Value[], reader: Reader): Term {
  const { before, after } = cutList(values, '/')
  const bad = (value: Value | undefined): never =>
    reader.refuse('bad_split', value?.at ?? reader.at, value?.length ?? 1, {
      field: 'split',
      found: value?.text ?? '',
      expected: examplesOf('split'),
    })
  const [last, more] = after ?? []
  if (!last) return bad(before[0])
  if (more) return bad(more)
  const [count, seed] = cut(last, '@') ?? [last]
  const of = /^\d{1,2}$/.test(count.text) ? Number(count.text) : 0
  if (!(of >= 2 && of <= 26)) bad(count)
  const parts = before.map((value) => {
    const part = /^[A-Za-z]$/.test(value.text) ? value.text.toUpperCase().charCodeAt(0) - 65 : of
    return part < of ? part : bad(value)
  })
  return { field: 'split', parts: unique(parts).sort((a, b) => a - b), of, seed: seedOf(seed, 'split', reader) }
}

function voted(sign: Comparison | null, values: Value[], one: () => Value, reader: Reader): Term {
  const often = timesOf('voted', sign, values, one, reader)
  if (often) return { field: 'turnout', ...often }
  const [head, more] = values
  if (head && !more && /^(ever|전체|언제나)$/i.test(head.text)) return { field: 'last_voted', when: { is: 'ever' } }
  const { before, after } = cutList(values, '/')
  const elections = before.map((value) => election(value, 'voted', reader))
  return after
    ? {
        field: 'voted_as',
        elections,
        parties: unique(after.map((value) => oneOf(partyWords, value, 'voted', reader))),
      }
    : { field: 'voted', elections }
}

function skipped(sign: Comparison | null, values: Value[], one: () => Value, reader: Reader): Term {
  const often = timesOf('skipped', sign, values, one, reader)
  if (often) return { field: 'skipped_of', ...often }
  return { field: 'skipped', elections: values.map((value) => election(value, 'skipped', reader)) }
}

type TimesOf = Omit<Term & { field: 'turnout' }, 'field'>

/** '2/4', '3/4:general': so many of the last; null where that is not what stands there. */
function timesOf(
  field: 'voted' | 'skipped',
  sign: Comparison | null,
  values: Value[],
  one: () => Value,
  reader: Reader,
): TimesOf | null {
  const [head] = values
  const bad = (value: Value | undefined): never =>
    reader.refuse('bad_turnout', value?.at ?? 0, value?.length ?? 1, {
      field,
      found: value?.text ?? '',
      expected: ['2/4', '3/4:general'],
    })
  if (!head || !/^\d+\//.test(head.text)) return sign !== null && sign !== '=' ? bad(head) : null
  const value = one()
  const match = /^(\d{1,2})\/(\d{1,2})(?::(.+))?$/.exec(value.text)
  const [, times = '', of = '', kind] = match ?? []
  if (!match || Number(of) < 1 || Number(of) > 20 || Number(times) > Number(of)) bad(value)
  const offset = value.text.indexOf(':') + 1
  return {
    comparison: sign ?? '>=',
    times: Number(times),
    of: Number(of),
    kind:
      kind === undefined
        ? null
        : oneOf(electionWords, { ...value, text: kind, at: value.at + offset, length: kind.length }, field, reader),
  }
}

function election(value: Value, field: TypedField, reader: Reader): ElectionName {
  const { text } = value
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return { held_on: date(value, text, field, reader) }
  const ofAnyYear = electionWords.get(fold(text))
  if (ofAnyYear) return { year: null, kind: ofAnyYear }
  const match = /^(?:(\d{4})-([^\d].*)|([^\d].*)-(\d{4}))$/u.exec(text)
  const year = Number(match?.[1] ?? match?.[4])
  if (!match || !(year >= 1950 && year <= 2100)) {
    return reader.refuse('bad_election', value.at, value.length, {
      field,
      found: text,
      expected: ['2024-general', '2025-primary', '2022-08-23'],
      suggestion: /^[\p{L}-]+$/u.test(text) ? nearest(text, electionWords.keys()) : null,
    })
  }
  const word = match[2] ?? match[3] ?? ''
  return {
    year,
    kind: oneOf(
      electionWords,
      { ...value, text: word, at: value.at + text.indexOf(word), length: word.length },
      field,
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
  if (/^(ever|any|전체|언제나|있음)$/i.test(text)) return { is: 'ever' }
  const relative = /^(>=|<=|>|<)?(\d{1,4})(d|w|m|y|일|주|개월|달|년)$/i.exec(text)
  const [, , amount, unit = 'd'] = relative ?? []
  // '2024년' is a year; nobody means two thousand of them.
  const isTooLong = units[unit.toLowerCase()] === 'y' && Number(amount) > 200
  if (relative && !isTooLong) {
    const said = sign ?? (relative[1] as Comparison | undefined) ?? '<='
    return {
      is: said.startsWith('>') ? 'before' : 'within',
      amount: Number(amount),
      unit: units[unit.toLowerCase()] ?? 'd',
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
  const beside = (day: string, days: number): string => period(next(day, days))?.from ?? bad()
  if (sign === '>=') return { is: 'between', from: found.from, to: null }
  if (sign === '>') return { is: 'between', from: beside(found.to, 1), to: null }
  if (sign === '<=') return { is: 'between', from: null, to: found.to }
  if (sign === '<') return { is: 'between', from: null, to: beside(found.from, -1) }
  return { is: 'between', ...found }
}

/** The days of '2024', '2024-06' or '2024-06-23', in the years 1000 to 2999; null where there is no such day. */
function period(text: string): { from: string; to: string } | null {
  const match = /^([12]\d{3})년?(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(text)
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
