import { languageNames, languages } from '../../../platform/i18n/languages.ts'
import { dayWritten } from '../../voterfile/rules/dates.ts'
import { hangulOfSurname } from '../../voterfile/community/hangul.ts'
import { nameKey } from '../../voterfile/rules/names.ts'
import { e164 } from '../../voterfile/rules/phones.ts'
import { inOneLine, mailboxKey, placeKeys, wholeAddress, type Place } from '../addresses/rules.ts'
import { spokenLanguages } from '../schema.ts'
import type { MatchKey, Meaning } from './mapping.ts'
import {
  isEndless,
  isMemberColumn,
  knownAfter,
  memberRefusals,
  planMember,
  unknownMember,
  type KnownMember,
  type MemberCells,
  type MemberPlan,
  type MemberSetup,
} from './members.ts'
import { voterMeant, type MeantVoter } from './meant-voter.ts'
import type { Summary } from './schema.ts'
import type { SheetRow } from './sheet.ts'
import { stateOf } from './states.ts'

/** Columns of `person` an import may fill. */
export const personFields = [
  'last_name',
  'first_name',
  'middle_name',
  'name_hangul',
  'preferred_title',
  'birth_year',
  'address',
  'city',
  'zip5',
  'language',
] as const
export type PersonField = (typeof personFields)[number]
type Value = string | number | boolean | null

/** One row of the sheet, understood. */
export interface ReadRow {
  line: number
  person: Partial<Record<PersonField, string | number>>
  custom: Record<string, Value>
  external_id: string | null
  state_voter_id: string | null
  emails: string[]
  phones: string[]
  tags: string[]
  notes: string[]
  /** Where their post goes, if that is not their home. */
  mail?: Place
  /** What it says of membership, dues and office. */
  member?: MemberCells
  /** Values that are none of their kind; the rest of the row stands. */
  left_out?: LeftOut[]
}

const misreadings = ['bad_email', 'bad_phone'] as const

export interface LeftOut {
  column: number
  /** None of its kind; or a voter's id on a line about somebody who is not linked to that voter. */
  problem: (typeof misreadings)[number] | 'voter_not_linked' | 'voter_of_another' | 'linked_to_another'
  value: string
}

export const refusals = [
  'no_name',
  'bad_email',
  'bad_phone',
  'bad_birth_year',
  'no_key',
  'twice_in_file',
  'bad_custom',
  'bad_state',
  'too_long',
  'unknown_voter',
  'other_voter',
  'several_voters',
  ...memberRefusals,
] as const
export type RowRefusal = (typeof refusals)[number]

export interface CustomField {
  key: string
  kind: 'text' | 'number' | 'date' | 'yes_no' | 'choice'
  choices: readonly { value: string; label: Record<string, string> }[]
}

/**
 * Understands a row, or says why not and in which column. `this_year`: nobody was born later. `ox_columns`: those in which
 * X says no (`oxColumns`).
 */
export function readRow(
  row: SheetRow,
  mapping: readonly (Meaning | null)[],
  custom: readonly CustomField[],
  this_year: number,
  ox_columns: ReadonlySet<number> = new Set(),
): { ok: true; row: ReadRow } | { ok: false; problem: RowRefusal; column: number } {
  const read: ReadRow = {
    line: row.line,
    person: {},
    custom: {},
    external_id: null,
    state_voter_id: null,
    emails: [],
    phones: [],
    tags: [],
    notes: [],
  }
  if (isWatermark(row.cells)) return { ok: false, problem: 'no_name', column: 0 }
  const mail: Partial<Record<MailColumn, string>> = {}
  const left_out: LeftOut[] = []
  const member: MemberCells = {}
  for (const [column, meaning] of mapping.entries()) {
    const text = row.cells[column] ?? ''
    if (!meaning || text === '') continue
    const refuse = (problem: RowRefusal) => ({ ok: false as const, problem, column })
    if (text.length > (meaning === 'note' ? 10_000 : 300)) return refuse('too_long')
    if (meaning === 'email') {
      const email = text.toLowerCase()
      if (isUnsaid(text)) continue
      if (!/^[^\s@<>,;"]+@[^\s@<>,;"]+\.[^\s@<>,;"]+$/.test(email))
        left_out.push({ column, problem: 'bad_email', value: text })
      else if (!read.emails.includes(email)) read.emails.push(email)
    } else if (meaning === 'phone') {
      const phone = e164(text)
      if (isUnsaid(text)) continue
      if (!phone) left_out.push({ column, problem: 'bad_phone', value: text })
      else if (!read.phones.includes(phone)) read.phones.push(phone)
    } else if (isMemberColumn(meaning)) {
      if (!isUnsaid(text)) member[meaning] ??= { text, column }
    } else if (meaning === 'birth_year') {
      const year = Number(
        /(?:^|\D)((?:18|19|20)\d\d)(?:\D|$)/.exec(text)?.[1] ??
          (/^(?:18|19|20)\d{6}$/.test(text) ? text.slice(0, 4) : 0),
      )
      if (year < 1895 || year > this_year) return refuse('bad_birth_year')
      read.person.birth_year = year
    } else if (meaning === 'zip5') read.person.zip5 = zip5Of(text)
    else if (meaning === 'mail_zip5') mail.mail_zip5 = zip5Of(text)
    else if (meaning === 'mail_state') {
      const state = stateOf(text)
      if (!state) return refuse('bad_state')
      mail.mail_state = state
    } else if (isMailColumn(meaning)) mail[meaning] = inOneLine(text)
    else if (meaning === 'language') {
      const language = languageOf(text)
      if (language) read.person.language = language
    } else if (meaning === 'tag')
      read.tags.push(
        ...text
          .split(/[,;]/)
          .map(tagOf)
          .filter((tag) => tag !== ''),
      )
    else if (meaning === 'note') read.notes.push(text)
    else if (meaning === 'external_id' || meaning === 'state_voter_id') read[meaning] = text
    else if (meaning === 'full_name') Object.assign(read.person, splitName(text), read.person)
    else if (meaning.startsWith('custom:')) {
      const field = custom.find(({ key }) => key === meaning.slice(7))
      const value = field && customValue(field, text, ox_columns.has(column))
      if (value === undefined) return refuse('bad_custom')
      read.custom[meaning.slice(7)] = value
    } else if (/[가-힣]/.test(text) && (meaning === 'last_name' || meaning === 'first_name')) {
      // 성 and 이름 in Hangul are one Hangul name, not a Roman one.
      const so_far = String(read.person.name_hangul ?? '')
      read.person.name_hangul = meaning === 'last_name' ? text + so_far : so_far + text
    } else read.person[meaning as PersonField] = text
  }
  const { last_name, first_name, name_hangul } = read.person
  if (!last_name && !first_name && !name_hangul && !read.state_voter_id)
    return { ok: false, problem: 'no_name', column: 0 }
  if (isSaid(mail.mail_address)) {
    const place = {
      address: [mail.mail_address, mail.mail_unit].filter(Boolean).join(', '),
      city: mail.mail_city ?? null,
      state: mail.mail_state ?? null,
      zip5: mail.mail_zip5 ?? null,
    }
    if (!isSamePlace(place, placesOf(read.person))) read.mail = place
  }
  if (left_out.length > 0) read.left_out = left_out
  if (Object.keys(member).length > 0) read.member = member
  return { ok: true, row: read }
}

/** The last line of a file of ours, which says whose it is; with names as the key it would be somebody. */
const isWatermark = ([first = '', ...others]: readonly string[]): boolean =>
  /Hanpyo (export|내보내기) [0-9a-f]{8}-[0-9a-f-]{27}/.test(first) && others.every((cell) => cell === '')

const mailColumns = ['mail_address', 'mail_unit', 'mail_city', 'mail_state', 'mail_zip5'] as const
type MailColumn = (typeof mailColumns)[number]
const isMailColumn = (meaning: Meaning): meaning is MailColumn => mailColumns.some((each) => each === meaning)

const zip5Of = (text: string): string => /^\d{4,5}/.exec(text)?.[0].padStart(5, '0') ?? text.slice(0, 5)

/** What people write where there is nothing to write. */
const isUnsaid = (text: string): boolean => /^([-–—.?/]+|#?n[/.]?a\.?|none|no|nil|null|unknown|없음|없다|없습니다|무|미상|모름|해당\s?없음)$/i.test(text.trim()) // prettier-ignore

/** Many lists write the home again, or a word, where post goes there. */
const isSaid = (address: string | undefined): boolean =>
  address !== undefined && !isUnsaid(address) && !/^(same( as.*)?|동일|상동|위와 같음|집과 같음)$/i.test(address)

const isSamePlace = (place: Place, keys: readonly string[]): boolean =>
  placeKeys(place).some((key) => keys.includes(key))

/** The home, as `placeKeys` has it. */
const placesOf = (person: Partial<Record<PersonField, string | number | null>>): string[] =>
  person.address
    ? placeKeys({
        address: text(person.address),
        city: text(person.city) || null,
        state: null,
        zip5: text(person.zip5) || null,
      })
    : []

/** 'Kim, Young Hee', 'Young Hee Kim', '김영희', 'Grace Kim (김영희)'. */
function splitName(text: string): Partial<Record<PersonField, string>> {
  const hangul = /[가-힣][가-힣 ]*/.exec(text)?.[0].replace(/\s+/g, '')
  const roman = text.replace(/\(?[가-힣][가-힣 ]*\)?/g, '').trim()
  const found: Partial<Record<PersonField, string>> = hangul ? { name_hangul: hangul } : {}
  if (!roman) return found
  const [last, first] = roman.split(/\s*,\s*/)
  if (first) return { ...found, last_name: last ?? '', first_name: first }
  const words = roman.split(/\s+/)
  return words.length === 1
    ? { ...found, last_name: roman }
    : { ...found, last_name: words.at(-1) ?? '', first_name: words.slice(0, -1).join(' ') }
}

/** What people call them beside their names. */
const otherWords: Record<string, readonly string[]> = {
  ko: ['kor', '한글', '한국말'],
  en: ['eng'],
  zh: ['chi', 'mandarin', 'cantonese'],
  es: ['spa'],
}
const namesIn = languages.map((each) => new Intl.DisplayNames(each, { type: 'language' }))
const languageWords = new Map(
  spokenLanguages.flatMap((code) =>
    [code, languageNames[code], ...namesIn.map((names) => names.of(code)), ...(otherWords[code] ?? [])].flatMap(
      (word) => (word ? [[word.toLowerCase(), code]] : []),
    ),
  ),
)
const languageOf = (text: string): string | null => languageWords.get(text.toLowerCase()) ?? null

const tagOf = (text: string): string =>
  text
    .trim()
    .replace(/[\s,:()"]+/g, '-')
    .slice(0, 60)

const circle = /^[o○◯⭕ㅇ]$/i
const cross = /^[x×✕✗✘]$/i

/** Columns of yes and no in which these rows write O for yes: there X is no; elsewhere X is the tick on a form. */
export const oxColumns = (
  rows: readonly SheetRow[],
  mapping: readonly (Meaning | null)[],
  custom: readonly CustomField[],
): number[] =>
  [...mapping.keys()].filter(
    (column) =>
      custom.some(({ key, kind }) => kind === 'yes_no' && mapping[column] === `custom:${key}`) &&
      rows.some(({ cells }) => circle.test(cells[column] ?? '')),
  )

/** undefined: does not fit the field. */
export function customValue(field: CustomField, text: string, is_ox: boolean): Value | undefined {
  if (field.kind === 'number') return /^-?[\d,]+(\.\d+)?$/.test(text) ? Number(text.replaceAll(',', '')) : undefined
  if (field.kind === 'date') return dayWritten(text) ?? undefined
  if (field.kind === 'yes_no') {
    if (cross.test(text)) return !is_ox
    if (circle.test(text) || /^(yes|y|true|1|✓|✔|예|네)$/i.test(text)) return true
    return /^(no|n|false|0|아니요|아니오)$/i.test(text) ? false : undefined
  }
  if (field.kind === 'choice') {
    return field.choices.find(({ value, label }) => [value, ...Object.values(label)].includes(text))?.value
  }
  return text
}

/** Somebody already there, as the planning sees them. */
export interface KnownPerson {
  person_id: string
  /** What the row of the organization says. */
  own: Record<PersonField, string | number | null>
  /** Names, birth year and address with the voter record's where ours are empty. */
  shown: Record<PersonField, string | number | null>
  custom: Record<string, unknown>
  external_ids: readonly string[]
  voter_id: number | null
  emails: readonly string[]
  phones: readonly string[]
  tags: readonly string[]
  /** Where post goes if not to the home, in one line; null: we know of no such place. */
  mail: string | null
  /** Every place we know of them, as `placeKeys` has it. */
  places: readonly string[]
  /** Rows of earlier sheets that were decided to be this person. */
  fingerprints: readonly string[]
}

export interface FieldChange {
  field: string
  before: Value
  after: Value
}

export type Effect =
  | { line: number; kind: 'create'; row: ReadRow; voter_id: number | null; like?: string[]; member?: MemberPlan }
  | { line: number; kind: 'update'; row: ReadRow; person_id: string; changes: FieldChange[]; member?: MemberPlan }
  | { line: number; kind: 'unchanged'; person_id: string; left_out?: LeftOut[] }
  /** Somebody whom the row in line `into` is about already; `person_id` null: whom that row makes. */
  | { line: number; kind: 'merge'; into: number; row: ReadRow; person_id: string | null; changes: FieldChange[]; voter_id?: number; member?: MemberPlan } // prettier-ignore
  /** Several may be meant, or the name fits and too little else: nothing is done unless asked for. */
  | { line: number; kind: 'unsure'; row: ReadRow; like: string[] }
  | { line: number; kind: 'refused'; problem: RowRefusal; column: number }

export interface PlanOptions {
  key: MatchKey
  /** Also where we have another value; else only what is empty is filled. */
  overwrite: boolean
  /** Rows that may be somebody we know: add them as new people, to be looked at as possible duplicates. */
  add_unsure: boolean
  /** Of the day the sheet came, so that its preview still holds after New Year. */
  this_year: number
  ox_columns: ReadonlySet<number>
  members: MemberSetup
  /** By person. */
  known_members: ReadonlyMap<string, KnownMember>
}

export interface Planner {
  /** What these rows would do, after all the rows planned before. `voters`: by state voter id, of the ids in the rows. */
  plan(rows: readonly SheetRow[], voters: ReadonlyMap<string, readonly MeantVoter[]>): Effect[]
}

/** Pure: the preview and the import itself plan with the same people. Rows come in pieces, in the order of the sheet. */
export function planner(
  mapping: readonly (Meaning | null)[],
  custom: readonly CustomField[],
  options: PlanOptions,
  known: readonly KnownPerson[],
): Planner {
  // What a row adds to somebody, the rows below find.
  const index = indexOf(known.map((person) => ({ ...person })))
  const told = new Map<KnownPerson, FurtherUp>()
  // Seats given by rows further up are taken.
  const members = { ...options.members, offices: options.members.offices.map((each) => ({ ...each, held: [...each.held] })) } // prettier-ignore
  const known_members = new Map(options.known_members)
  return { plan: (rows, voters) => rows.map((raw) => effectOf(raw, voters)) }

  function effectOf(raw: SheetRow, voters: ReadonlyMap<string, readonly MeantVoter[]>): Effect {
    const read = readRow(raw, mapping, custom, options.this_year, options.ox_columns)
    if (!read.ok) return { line: raw.line, kind: 'refused', problem: read.problem, column: read.column }
    const { row } = read
    // They were to be known by just this.
    const misread = misreadings.find((each) => each === `bad_${options.key}`)
    const wrong = misread && row.left_out?.find(({ problem }) => problem === misread)
    if (misread && wrong && keysOf(row, options.key).length === 0)
      return { line: row.line, kind: 'refused', problem: misread, column: wrong.column }
    const key = keyFor(row, options.key)
    if (keysOf(row, key).length === 0) return { line: row.line, kind: 'refused', problem: 'no_key', column: 0 }
    const meant = row.state_voter_id ? voterMeant(row, voters.get(row.state_voter_id.toUpperCase()) ?? []) : null
    if (meant && 'problem' in meant)
      return { line: row.line, kind: 'refused', problem: meant.problem, column: mapping.indexOf('state_voter_id') }
    const voter_id = meant?.voter_id ?? null
    // Whatever id a sheet has for them, they are that voter.
    const voter = voter_id === null ? [] : [`voter:${voter_id}`]
    const keys = key === 'state_voter_id' ? voter : keysOf(row, key)

    const hits = [...new Set(keys.flatMap((each) => index.get(each) ?? []))]
    // One phone or mailbox, several people: among those who share it the name decides.
    const sameName = hits.filter((person) => isSameName(row, person))
    const byKey = key === 'phone' || key === 'email' ? sameName : hits
    const byVoter = voter.flatMap((each) => index.get(each) ?? [])
    const decided = (index.get(`row:${fingerprintOf(row)}`) ?? []).filter(
      (person) => voter_id === null || person.voter_id === null || person.voter_id === voter_id,
    )
    const certain = [byKey, byVoter, decided].find((each) => each.length > 0) ?? []
    const [match] = certain
    if (match && certain.length === 1) {
      const above = told.get(match)
      const isOtherVoter = voter_id !== null && match.voter_id !== null && voter_id !== match.voter_id
      if (above && (isOtherVoter || !isOneOfThem(row, match, above, certain === byKey ? keys : [])))
        return { line: row.line, kind: 'refused', problem: 'twice_in_file', column: 0 }
      const changes = changesFor(row, match, options.overwrite)
      // Whom a row further up makes is the voter this one names.
      const links = above?.is_made && match.voter_id === null && byVoter.length === 0 ? voter_id : null
      if (links !== null) changes.push({ field: 'state_voter_id', before: null, after: row.state_voter_id })
      if (row.state_voter_id && voter_id !== null && voter_id !== (match.voter_id ?? links)) {
        const problem = match.voter_id !== null ? 'linked_to_another' : byVoter.length > 0 ? 'voter_of_another' : 'voter_not_linked' // prettier-ignore
        const column = mapping.indexOf('state_voter_id')
        row.left_out = [...(row.left_out ?? []), { column, problem, value: row.state_voter_id }]
      }
      const asked = memberOf(row, above?.is_made ? `line ${above.line}` : match.person_id)
      if (!asked.ok) return { line: row.line, kind: 'refused', problem: asked.problem, column: asked.column }
      const is_changed = above?.is_changed || changes.length > 0 || asked.plan !== null
      // Who has everything else already was given the notes of this sheet before.
      const notes = row.notes.filter((note) => is_changed && !above?.notes.includes(note))
      told.set(match, {
        line: above?.line ?? row.line,
        is_made: above?.is_made ?? false,
        is_changed,
        person: { ...row.person, ...above?.person },
        notes: [...(above?.notes ?? []), ...row.notes],
      })
      match.voter_id ??= links
      learn(index, match, row, changes)
      if (above)
        return {
          line: row.line,
          kind: 'merge',
          into: above.line,
          row: { ...row, notes },
          person_id: above.is_made ? null : match.person_id,
          changes,
          ...(links !== null && { voter_id: links }),
          ...(asked.plan && { member: asked.plan }),
        }
      return changes.length === 0 && !asked.plan
        ? {
            line: row.line,
            kind: 'unchanged',
            person_id: match.person_id,
            ...(row.left_out && { left_out: row.left_out }),
          }
        : {
            line: row.line,
            kind: 'update',
            row,
            person_id: match.person_id,
            changes,
            ...(asked.plan && { member: asked.plan }),
          }
    }
    if (certain.length > 1) {
      if (certain.some((person) => told.get(person)?.is_made))
        return { line: row.line, kind: 'refused', problem: 'twice_in_file', column: 0 }
      return { line: row.line, kind: 'unsure', row, like: certain.map((person) => person.person_id) }
    }
    const like = index.get(`alike:${looseName(nameOf(row))}`) ?? []
    const alike = like.filter((person) => !contradicts(row, person)).map((person) => person.person_id)
    if (alike.length > 0 && !options.add_unsure)
      return { line: row.line, kind: 'unsure', row, like: alike.slice(0, mostAlike) }
    const asked = memberOf(row, `line ${row.line}`)
    if (!asked.ok) return { line: row.line, kind: 'refused', problem: asked.problem, column: asked.column }
    const made = knownFrom(row, voter_id)
    told.set(made, { line: row.line, is_made: true, is_changed: true, person: row.person, notes: row.notes })
    putKeys(index, made, keys)
    return {
      line: row.line,
      kind: 'create',
      row,
      voter_id,
      ...(alike.length > 0 && { like: alike.slice(0, mostAlike) }),
      ...(asked.plan && { member: asked.plan }),
    }
  }

  function memberOf(row: ReadRow, who: string): ReturnType<typeof planMember> {
    if (!row.member) return { ok: true, plan: null }
    const theirs = known_members.get(who) ?? unknownMember
    const asked = planMember(row.member, theirs, who, members)
    // Of two rows about one person the second finds what the first brings.
    if (asked.ok && asked.plan) known_members.set(who, knownAfter(theirs, asked.plan, members.today))
    const term = asked.ok ? asked.plan?.term : null
    if (term) members.offices.find(({ office_id }) => office_id === term.office_id)?.held.push({ who, ...term })
    return asked
  }
}

/** The first row of this sheet about somebody, and what the rows about them said so far. */
interface FurtherUp {
  line: number
  /** The row makes them. */
  is_made: boolean
  /** Made, or changed by a row so far. */
  is_changed: boolean
  person: ReadRow['person']
  notes: readonly string[]
}

/**
 * Is a row, found by these keys, about the person of a row further up? Not where name or birth year differ; and a bare name is a
 * key only for whoever shares a telephone or mailbox.
 */
function isOneOfThem(row: ReadRow, match: KnownPerson, { person }: FurtherUp, keys: readonly string[]): boolean {
  const differ = (one: unknown, other: unknown): boolean => Boolean(one) && Boolean(other) && one !== other
  if (differ(row.person.birth_year, person.birth_year)) return false
  const [hangul, theirs] = [row.person, person].map((each) => text(each.name_hangul).replace(/\s/g, ''))
  const isNamed = Boolean(hangul) && hangul === theirs
  const isOther = Boolean(looseRoman(row.person)) && Boolean(looseRoman(person)) && !isSameRoman(row.person, person)
  if (!isNamed && (isOther || differ(hangul, theirs))) return false
  const inOther = (roman: Named, other: string) => other !== '' && looseRoman(roman) !== '' && !isReadBy(roman, other)
  if (!(looseRoman(row.person) && looseRoman(person)) && !(hangul && theirs))
    if (inOther(row.person, theirs ?? '') || inOther(person, hangul ?? '')) return false
  const isBare = keys.length > 0 && keys.every((key) => key.startsWith('n:'))
  return !isBare || row.emails.some((email) => match.emails.includes(email)) || row.phones.some((phone) => match.phones.includes(phone)) // prettier-ignore
}

/** Whom a row makes, as the rows below it find them: by what is certain, never by the bare name. */
function knownFrom(row: ReadRow, voter_id: number | null): KnownPerson {
  const own = Object.fromEntries(personFields.map((field) => [field, row.person[field] ?? null])) as KnownPerson['own']
  return {
    person_id: '',
    own,
    shown: { ...own },
    custom: { ...row.custom },
    external_ids: row.external_id ? [row.external_id] : [],
    voter_id,
    emails: row.emails,
    phones: row.phones,
    tags: row.tags,
    mail: row.mail ? wholeAddress(row.mail) : null,
    places: [...placesOf(row.person), ...(row.mail ? placeKeys(row.mail) : [])],
    fingerprints: [],
  }
}

/** What a row brought to somebody: the next row about them adds only what is not there yet. */
function learn(
  index: Map<string, KnownPerson[]>,
  person: KnownPerson,
  row: ReadRow,
  changes: readonly FieldChange[],
): void {
  if (changes.length === 0) return
  const said = new Map(changes.map(({ field, after }) => [field, after] as const))
  const added = (field: string): string[] =>
    changes.flatMap((each) => (each.field === field ? [String(each.after)] : []))
  const own = { ...person.own }
  const shown = { ...person.shown }
  for (const field of personFields) {
    const after = said.get(field)
    if (after === null || typeof after === 'string' || typeof after === 'number') own[field] = shown[field] = after
  }
  const custom = { ...person.custom }
  for (const [field, after] of said) if (field.startsWith('custom:')) custom[field.slice(7)] = after
  const is_mailed = said.has('mail_address') && row.mail !== undefined
  Object.assign(person, {
    own,
    shown,
    custom,
    emails: [...person.emails, ...added('email')],
    phones: [...person.phones, ...added('phone')],
    tags: [...person.tags, ...added('tag')],
    external_ids: [...person.external_ids, ...added('external_id')],
    mail: is_mailed && row.mail ? wholeAddress(row.mail) : person.mail,
    places: [...person.places, ...placesOf(shown), ...(is_mailed && row.mail ? placeKeys(row.mail) : [])],
  } satisfies Partial<KnownPerson>)
  putKeys(index, person, [])
}

/** People one row is held against; more of one name help nobody to decide. */
const mostAlike = 10

/**
 * What a row says of who it is, so that the same row of the next sheet is found to be the same person. Null where it says
 * nothing but an id or the year: all such rows would be one.
 */
export function fingerprintOf({ person, emails, phones }: ReadRow): string | null {
  const [name, hangul, address] = [strictName(person), text(person.name_hangul), addressKey(person.address)]
  if (!name && !hangul && !address && emails.length === 0 && phones.length === 0) return null
  return JSON.stringify([name, hangul, person.birth_year ?? null, address, emails.toSorted(), phones.toSorted()])
}

function changesFor(row: ReadRow, person: KnownPerson, overwrite: boolean): FieldChange[] {
  const changes: FieldChange[] = []
  const is_elsewhere = isElsewhere(row.person, person.shown)
  for (const field of personFields) {
    const after = row.person[field]
    if (after === undefined || after === person.shown[field]) continue
    const isToFill = person.shown[field] === null && !(is_elsewhere && isOfHome(field))
    if (isToFill || overwrite) changes.push({ field, before: person.own[field], after })
  }
  if (overwrite && isOtherStreet(row.person, person.shown))
    for (const [field, other] of [['city', 'zip5'], ['zip5', 'city']] as const) // what is left of the home before
      if (row.person[field] === undefined && person.own[field] !== null && row.person[other] !== undefined && (person.shown[other] === null || isOtherValue(row.person[other], person.shown[other])))
        changes.push({ field, before: person.own[field], after: null }) // prettier-ignore
  for (const [key, after] of Object.entries(row.custom)) {
    const before = (person.custom[key] ?? null) as Value
    if (before !== after && (before === null || overwrite)) changes.push({ field: `custom:${key}`, before, after })
  }
  if (row.mail && !isSamePlace(row.mail, person.places) && (person.mail === null || overwrite)) {
    changes.push({ field: 'mail_address', before: person.mail, after: wholeAddress(row.mail) })
  }
  const added: [string, readonly string[], readonly string[]][] = [
    ['email', row.emails, person.emails],
    ['phone', row.phones, person.phones],
    ['tag', row.tags, person.tags],
    ['external_id', row.external_id ? [row.external_id] : [], person.external_ids],
  ]
  for (const [field, values, there] of added) {
    for (const after of new Set(values)) if (!there.includes(after)) changes.push({ field, before: null, after })
  }
  return changes
}

const isOfHome = (field: PersonField): boolean => field === 'address' || field === 'city' || field === 'zip5'

/** Is the home a row tells another one than the one we know? Of two no third is put together. */
function isElsewhere(row: ReadRow['person'], shown: KnownPerson['shown']): boolean {
  if (isOtherValue(row.zip5, shown.zip5) || isOtherStreet(row, shown)) return true
  return isOtherValue(row.city, shown.city) && !(row.zip5 && shown.zip5)
}

/** A place may go by two names of its city; its street tells it apart. */
function isOtherStreet(row: ReadRow['person'], shown: KnownPerson['shown']): boolean {
  const [street, other] = [row.address, shown.address].map((address) => mailboxKey({ address: text(address), zip5: null })) // prettier-ignore
  return Boolean(row.address) && Boolean(shown.address) && street !== other
}

/** Both are said, and not the same letters. */
function isOtherValue(one: unknown, other: unknown): boolean {
  const [a, b] = [one, other].map((each) =>
    text(each)
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ''),
  )
  return Boolean(a) && Boolean(b) && a !== b
}

type Named = { last_name?: unknown; first_name?: unknown; middle_name?: unknown; name_hangul?: unknown }
const nameOf = (row: ReadRow): Named => row.person
const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Roman letters joined, or the Hangul name. */
const strictName = (name: Named): string => {
  const roman = nameKey(text(name.last_name)) + nameKey(text(name.first_name)) + nameKey(text(name.middle_name))
  return roman || text(name.name_hangul).replace(/\s/g, '')
}
const looseRoman = (name: Named): string => nameKey(text(name.last_name)) + nameKey(text(name.first_name))
const looseName = (name: Named): string => looseRoman(name) || text(name.name_hangul).replace(/\s/g, '')

function isSameName(row: ReadRow, person: KnownPerson): boolean {
  if (row.person.name_hangul && row.person.name_hangul === person.shown.name_hangul) return true
  const ours = looseName(person.shown)
  return (
    ours !== '' &&
    ((looseName(row.person) === ours && !isOtherMiddle(row.person, person.shown)) ||
      strictName(row.person) === strictName(person.shown))
  )
}

/** May a whole name in Hangul be this one? Not where a Korean surname is another. 'Kim Min Jun' may have it first or last. */
function isReadBy({ last_name, first_name }: Named, hangul: string): boolean {
  const readings = `${text(last_name)} ${text(first_name)}`.split(/[\s-]+/).flatMap(hangulOfSurname)
  return hangul.length < 3 || readings.length === 0 || readings.some((surname) => hangul.startsWith(surname.hangul))
}

const isSameRoman = (one: Named, other: Named): boolean =>
  strictName(one) === strictName(other) || (looseRoman(one) === looseRoman(other) && !isOtherMiddle(one, other))

/** Kim Min with middle name Jun, and with Seo: brothers and sisters share a syllable. An initial may be the whole name. */
function isOtherMiddle(one: Named, other: Named): boolean {
  const [short = '', long = ''] = [one, other]
    .map((each) => nameKey(text(each.middle_name)))
    .toSorted((a, b) => a.length - b.length)
  return short.length === 1 ? !long.startsWith(short) : short !== '' && short !== long
}

const contradicts = (row: ReadRow, person: KnownPerson): boolean =>
  row.person.birth_year !== undefined &&
  person.shown.birth_year !== null &&
  row.person.birth_year !== person.shown.birth_year

const addressKey = (address: unknown): string =>
  text(address)
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')

/** The chosen key; who left the mailbox of a sign-up sheet empty is known by the telephone or the name instead. */
function keyFor(row: ReadRow, chosen: MatchKey): MatchKey {
  if (chosen !== 'email' && chosen !== 'phone') return chosen
  const instead: readonly MatchKey[] = [chosen, 'phone', 'email', 'name_birth_address']
  return instead.find((key) => keysOf(row, key).length > 0) ?? chosen
}

function keysOf(row: ReadRow, key: MatchKey): string[] {
  if (key === 'external_id') return row.external_id ? [`id:${row.external_id}`] : []
  if (key === 'state_voter_id') return row.state_voter_id ? [`voter:${row.state_voter_id.toUpperCase()}`] : []
  if (key === 'email') return row.emails.map((email) => `email:${email}`)
  if (key === 'phone') return row.phones.map((phone) => `phone:${phone}`)
  return nameKeysOf(row.person)
}

/** The name with the birth year, and with the address: either makes it certain. */
function nameKeysOf(person: Partial<Record<PersonField, string | number | null>>): string[] {
  const names = [strictName(person), text(person.name_hangul).replace(/\s/g, '')].filter((name) => name !== '')
  const address = addressKey(person.address)
  const keys = names.flatMap((name) => [
    ...(person.birth_year && address ? [`nba:${name}:${person.birth_year}:${address}`] : []),
    ...(person.birth_year && !address ? [`nb:${name}:${person.birth_year}`] : []),
    ...(!person.birth_year && address ? [`na:${name}:${address}`] : []),
    ...(!person.birth_year && !address ? [`n:${name}`] : []),
  ])
  return [...new Set(keys)]
}

/** A known person stands under every key a less complete row may have. The bare name is none: it only makes "unsure". */
function indexOf(known: readonly KnownPerson[]): Map<string, KnownPerson[]> {
  const index = new Map<string, KnownPerson[]>()
  for (const person of known) {
    const names = new Set([looseName(person.shown), text(person.shown.name_hangul)])
    putKeys(index, person, [
      ...person.fingerprints.map((print) => `row:${print}`),
      ...[...names].flatMap((name) => (name ? [`alike:${name}`] : [])),
    ])
  }
  return index
}

/** Under everything that is certain of them, and these keys. */
function putKeys(index: Map<string, KnownPerson[]>, person: KnownPerson, more: readonly string[]): void {
  const { birth_year, address } = person.shown
  const keys = [
    ...person.external_ids.map((id) => `id:${id}`),
    ...(person.voter_id === null ? [] : [`voter:${person.voter_id}`]),
    ...person.emails.map((email) => `email:${email}`),
    ...person.phones.map((phone) => `phone:${phone}`),
    ...nameKeysOf(person.shown).filter((key) => !key.startsWith('n:')),
    ...(birth_year && address
      ? [...nameKeysOf({ ...person.shown, address: null }), ...nameKeysOf({ ...person.shown, birth_year: null })]
      : []),
    ...more,
  ]
  for (const key of keys) {
    const there = index.get(key)
    if (!there) index.set(key, [person])
    else if (!there.includes(person)) there.push(person)
  }
}

export const emptySummary = (): Summary => ({
  created: 0,
  updated: 0,
  merged: 0,
  unchanged: 0,
  unsure: 0,
  refused: 0,
  left_out: 0,
})

const counted = {
  create: 'created',
  update: 'updated',
  merge: 'merged',
  unchanged: 'unchanged',
  unsure: 'unsure',
  refused: 'refused',
} as const

/** Adds these to the summary. */
export function count(summary: Summary, effects: readonly Effect[]): void {
  for (const effect of effects) {
    summary[counted[effect.kind]]++
    if (leftOutOf(effect).length > 0) summary.left_out++
    const member = memberPlanOf(effect)
    if (!member) continue
    const counts = (summary.members ??= { memberships: 0, dues: 0, dues_cents: 0, booked: 0, terms: 0, endless: 0 })
    if (member.kind) counts.memberships++
    if (isEndless(member)) counts.endless++
    if (member.term) counts.terms++
    if (!member.dues) continue
    counts.dues++
    counts.dues_cents += member.dues.amount_cents
    if (member.dues.how === 'paid') counts.booked++
  }
}

export const memberPlanOf = (effect: Effect): MemberPlan | undefined => ('member' in effect ? effect.member : undefined)

/** Values of a row that stands without them. */
export function leftOutOf(effect: Effect): readonly LeftOut[] {
  if (effect.kind === 'refused') return []
  return (effect.kind === 'unchanged' ? effect.left_out : effect.row.left_out) ?? []
}
