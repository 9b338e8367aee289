import { convertHangulToQwerty, convertQwertyToAlphabet, convertQwertyToHangul, disassemble } from 'es-hangul'
import { layouts } from '../../voterfile/layouts/all.ts'
import {
  cuts,
  givenSyllableTable,
  guessHangul,
  hangulOfSurname,
  hangulOfSyllable,
  hasHangul,
  initialOf,
  romanQueries,
  surnames,
} from '../../voterfile/community/hangul.ts'
import { stateKey } from '../../voterfile/rules/keys.ts'
import { nameKey } from '../../voterfile/rules/names.ts'
import { readAddress, streetSpellings, type Address } from '../../voterfile/rules/streets.ts'

/** Why a result was found; shown beside it. */
export type FoundBy = 'name' | 'name_alike' | 'name_part' | 'hangul' | 'phone' | 'email' | 'address' | 'state_id'

/** A surname with the beginning of a given name, as keys of rules/names.ts. Surname null: any. */
export interface NamePair {
  last: string | null
  given: string
}

/** One step of the search for names in voter records, the likelier first. */
export interface NameProbe {
  found_by: FoundBy
  pairs: NamePair[]
  /** `last` is the beginning of a surname instead of a whole one. */
  is_last_prefix?: boolean
  /** The given key must begin with one of these as well. None is the beginning of another. */
  given_begins?: string[]
  /** The given key must match this as well: a regular expression. Slow, so only for what the beginnings leave. */
  given_pattern?: string
  /** LIKE patterns over 'SURNAME GIVEN', for names in the middle. */
  contains?: string[]
}

/** What somebody typed into the one search box, read in every way it may be meant. */
export interface SearchQuery {
  text: string
  names: NameProbe[]
  /** Beginnings of keys in person_search. */
  person_keys: { found_by: FoundBy; key: string }[]
  /** Last digits of a phone number, at least four. */
  phone_digits: string | null
  address: Address | null
  /** Ids to compare with state_voter_id, and their numbers. */
  state_ids: { keys: number[]; text: string } | null
}

const mostPairs = 1500
/** Of initials: descents into the index, and spellings sent along. */
const [mostHeads, mostSpellings] = [4000, 8000]

/** Reads the query; null where nothing is left of it. */
export function readQuery(typed: string): SearchQuery | null {
  const text = typed
    .normalize('NFC')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, 200)
  if (!/[\p{L}\p{N}]/u.test(text)) return null
  const query: SearchQuery = { text, names: [], person_keys: [], phone_digits: null, address: null, state_ids: null }
  if (text.includes('@')) {
    query.person_keys.push({ found_by: 'email', key: `e:${text.toLowerCase()}` })
    return query
  }
  const digits = text.replace(/\D/g, '')
  if (digits.length >= 4 && /^[\d\s().+-]+$/.test(text)) {
    query.phone_digits = digits.length === 11 && digits.startsWith('1') ? digits.slice(1) : digits
    query.person_keys.push({ found_by: 'phone', key: `p:${backwards(query.phone_digits)}` })
  }
  if (digits.length >= 5 && !/\s/.test(text)) query.state_ids = stateIds(text)
  const address = readAddress(text)
  if (address?.house) {
    const { house, street } = address
    query.address = address
    const { said, also } = streetSpellings(street)
    query.person_keys.push(
      ...[...said, ...also].map((spelling) => ({ found_by: 'address' as const, key: addressKey(house, spelling) })),
    )
  } else if (hasHangul(text)) {
    addHangulNames(query, text)
  } else if (digits.length === 0) {
    addRomanNames(query, text)
    query.address = address
  } else if (address?.street.type) {
    query.address = address
  }
  return query
}

/** Letters as they are typed, syllable by syllable. `convertQwertyToHangul` throws at some others: 'howard', 'sonja', 'phoebe'. */
const syllables = /^(?:[ㄱ-ㅎ](?:ㅗ[ㅏㅐㅣ]?|ㅜ[ㅓㅔㅣ]?|ㅡㅣ?|[ㅏㅐㅑㅒㅓㅔㅕㅖㅛㅠㅣ])[ㄱ-ㅎ]{0,2})+$/

/** On no result: the same keys with the other keyboard on. 'rladudgml' → 김영희, 'ㅏㅑㅡ' → kim. Null where it says nothing. */
export function otherKeyboard(text: string): string | null {
  if (/^[a-z\s]{2,}$/i.test(text)) {
    const typed = text.replace(/\s/g, '')
    const hangul = syllables.test(convertQwertyToAlphabet(typed)) ? convertQwertyToHangul(typed) : ''
    return /^[가-힣]{2,}$/.test(hangul) ? hangul : null
  }
  if (/^[ㄱ-ㅎㅏ-ㅣ가-힣\s]{2,}$/.test(text) && /[ㅏ-ㅣ]/.test(text)) return convertHangulToQwerty(text)
  return null
}

/*
 * Roman letters.
 */

function addRomanNames(query: SearchQuery, text: string): void {
  const tokens = text
    .replace(/,/g, ' ')
    .split(/\s+/)
    .map(nameKey)
    .filter((token) => token.length > 0)
    .slice(0, 6)
  const whole = tokens.join('')
  if (!whole) return
  query.person_keys.push({ found_by: 'name', key: `n:${whole}` })
  const [one = ''] = tokens
  if (tokens.length === 1) {
    query.names.push({ found_by: 'name', pairs: [{ last: one, given: '' }] })
    query.names.push({ found_by: 'name', pairs: [{ last: null, given: one }] })
    query.names.push({ found_by: 'name', is_last_prefix: true, pairs: [{ last: one, given: '' }] })
    const alike = [
      ...surnamesAlike(one).map((last): NamePair => ({ last, given: '' })),
      ...(one.length > 3 ? givensAlike(one).map((given): NamePair => ({ last: null, given })) : []),
    ]
    pushAlike(query, alike)
    if (one.length > 3) query.names.push({ found_by: 'name_part', pairs: [], contains: [`% %_${one}%`] })
    for (const { hangul } of hangulOfGiven(one).slice(0, 3)) pushHangulKeys(query, hangul, 'name_alike')
    return
  }
  const splits = splitsOf(tokens)
  query.names.push({ found_by: 'name', pairs: splits })
  // GRACE YOUNGHEE KIM asked for as Younghee Kim; Grace Kim as Grace Younghee Kim.
  query.names.push({
    found_by: 'name_part',
    pairs: [],
    contains: [`${tokens.at(-1) ?? ''} %_${tokens.slice(0, -1).join('')}%`, `${one} %_${tokens.slice(1).join('')}%`],
  })
  pushAlike(
    query,
    splits.flatMap(({ last, given }) => {
      const lasts = surnamesAlike(last ?? '')
      if (lasts.length === 0) return []
      const givens = [given, ...givensAlike(given)]
      return lasts.flatMap((each) => givens.map((beginning) => ({ last: each, given: beginning })))
    }),
  )
  query.names.push({ found_by: 'name', pairs: [{ last: null, given: whole }] })
  if (tokens.length > 2) {
    query.names.push({
      found_by: 'name_part',
      pairs: [
        { last: tokens.at(-1) ?? '', given: one },
        { last: one, given: tokens[1] ?? '' },
      ],
    })
  }
  for (const { last, given } of splits.slice(0, 4)) {
    for (const guess of guessHangul(last ?? '', given, '', 6)) {
      if (guess.given) pushHangulKeys(query, guess.hangul, 'name_alike')
    }
  }
}

/** Every place where the surname may end or begin: KIM | YOUNGHEE, YOUNGHEE | KIM, KIMYOUNG | HEE … likelier first. */
function splitsOf(tokens: readonly string[]): NamePair[] {
  const pairs: NamePair[] = []
  for (let at = 1; at < tokens.length; at++) {
    const [before, after] = [tokens.slice(0, at).join(''), tokens.slice(at).join('')]
    const [beforeLast, last] = [tokens.slice(0, -at).join(''), tokens.slice(-at).join('')]
    pairs.push({ last, given: beforeLast }, { last: before, given: after })
  }
  return pairs.filter(
    (pair, index) => pairs.findIndex((other) => other.last === pair.last && other.given === pair.given) === index,
  )
}

function pushAlike(query: SearchQuery, pairs: NamePair[]): void {
  if (pairs.length > 0) query.names.push({ found_by: 'name_alike', pairs: pairs.slice(0, mostPairs) })
}

/** Other spellings of a Korean surname: YI → LEE, RHEE …; none where the letters are no Korean surname. */
export function surnamesAlike(last: string): string[] {
  const readings = hangulOfSurname(last).filter(({ weight }) => weight >= 0.1)
  return unique(readings.flatMap(({ hangul }) => surnames.get(hangul)?.spellings ?? []))
}

/** Other spellings of a Korean given name or its beginning: YUNGHEE → YOUNGHEE, YEONGHEE … */
export function givensAlike(given: string): string[] {
  const spell = (letters: string): string[] =>
    unique(
      hangulOfSyllable(letters)
        .filter(({ weight }) => weight >= 0.04)
        .flatMap(({ hangul }) => givenSyllableTable.get(hangul)?.spellings ?? []),
    )
  const pairs = cuts(given).flatMap(([one, two]) => spell(one).flatMap((a) => spell(two).map((b) => a + b)))
  return unique(pairs.length > 0 ? pairs : spell(given))
}

const hangulOfGiven = (letters: string): { hangul: string }[] =>
  cuts(letters).flatMap(([one, two]) =>
    hangulOfSyllable(one)
      .slice(0, 2)
      .flatMap((a) =>
        hangulOfSyllable(two)
          .slice(0, 2)
          .map((b) => ({ hangul: a.hangul + b.hangul })),
      ),
  )

/*
 * Hangul, whole or initials.
 */

const clusters: Readonly<Record<string, string>> = { ㄳ: 'ㄱㅅ', ㄵ: 'ㄴㅈ', ㄶ: 'ㄴㅎ', ㄺ: 'ㄹㄱ', ㄻ: 'ㄹㅁ', ㄼ: 'ㄹㅂ', ㄽ: 'ㄹㅅ', ㄾ: 'ㄹㅌ', ㄿ: 'ㄹㅍ', ㅀ: 'ㄹㅎ', ㅄ: 'ㅂㅅ' } // prettier-ignore

/** A query in Hangul without spaces; consonants that the input method fused are apart again: ㅄ → ㅂㅅ. */
export const plainHangul = (text: string): string =>
  text.replace(/[^ㄱ-ㅎㅏ-ㅣ가-힣]/g, '').replace(/[ㄳ-ㅄ]/g, (letter) => clusters[letter] ?? letter)

/**
 * The texts somebody may be about to type: 이숨 is 이수ㅁ on the way to 이수민; 김여 will be 김영, 김연, 김여; 흐 will be 희.
 * The text itself stands first.
 */
export function hangulReadings(text: string): string[] {
  const last = text.at(-1) ?? ''
  const before = text.slice(0, -1)
  if (!/[가-힣]/.test(last)) return [text]
  const letters = disassemble(last)
  const hasFinal = (last.charCodeAt(0) - 0xac00) % 28 > 0
  if (hasFinal) {
    const final = letters.at(-1) ?? ''
    const open = String.fromCharCode(last.charCodeAt(0) - ((last.charCodeAt(0) - 0xac00) % 28))
    return final.length === 1 && letters.length <= 4 && before ? [text, before + open + final] : [text]
  }
  const longer = [...givenSyllableTable.keys()].filter((each) => each !== last && disassemble(each).startsWith(letters))
  return [text, ...longer.map((each) => before + each)]
}

function addHangulNames(query: SearchQuery, typed: string): void {
  // 영희 김, in the order of English: the surname goes first.
  const turned = /^([가-힣]{2,3}) ([가-힣]{1,2})$/.exec(typed)
  const text = turned && surnames.has(turned[2] ?? '') ? `${turned[2]}${turned[1]}` : typed
  const plain = plainHangul(text)
  if (!plain) return
  pushHangulKeys(query, plain, 'hangul')
  const readings = hangulReadings(plain)
  for (const [index, reading] of readings.entries()) {
    for (const roman of romanQueries(reading)) {
      // Syllables still being typed are asked for together below, only where a surname narrows them.
      if (index > 0 && (roman.surnames.length === 0 || index > 12)) continue
      pushRoman(query, roman)
    }
  }
}

/** One reading of a Hangul query as pairs; where these would be too many, by first syllable and a pattern for all. */
function pushRoman(
  query: SearchQuery,
  { surnames: lasts, given }: { surnames: readonly string[]; given: readonly (readonly string[])[] },
): void {
  const surnamesOrAny: (string | null)[] = lasts.length > 0 ? [...lasts] : [null]
  const count = given.reduce((product, set) => product * set.length, surnamesOrAny.length)
  if (count <= mostPairs) {
    let beginnings = ['']
    for (const set of given) beginnings = beginnings.flatMap((head) => set.map((tail) => head + tail))
    const pairs = surnamesOrAny.flatMap((last) => beginnings.map((beginning) => ({ last, given: beginning })))
    query.names.push({ found_by: 'hangul', pairs })
    return
  }
  // Initials: ㄱㅇㅎ means thousands of spellings. The index is asked for their first letters, the longer the fewer
  // surnames there are, and each name is compared with the set of spellings: a regular expression of that size costs
  // many times the reading of the name.
  const { spelled, syllables, heads } = spelledOut(given, Math.floor(mostHeads / surnamesOrAny.length))
  query.names.push({
    found_by: 'hangul',
    pairs: surnamesOrAny.flatMap((last) => heads.map((beginning) => ({ last, given: beginning }))),
    given_begins: spelled,
    ...(syllables < given.length && { given_pattern: `^${given.map((set) => `(${set.join('|')})`).join('')}` }),
  })
}

interface SpelledOut {
  /** Every spelling of the first syllables, without those that another one begins. */
  spelled: string[]
  /** How many syllables that is; all but for initials of four and more. */
  syllables: number
  heads: string[]
}

/** Some milliseconds of work each, and everybody types the same few. */
const spelledBefore = new Map<string, SpelledOut>()

function spelledOut(given: readonly (readonly string[])[], most: number): SpelledOut {
  const key = JSON.stringify([most, given])
  const before = spelledBefore.get(key)
  if (before) return before
  let spelled = ['']
  let syllables = 0
  for (const set of given) {
    if (spelled.length * set.length > mostSpellings) break
    spelled = spelled.flatMap((head) => set.map((tail) => head + tail))
    syllables += 1
  }
  spelled = shortestBeginnings(spelled)
  const made = { spelled, syllables, heads: shortestHeads(spelled, most) }
  if (spelledBefore.size === 300) spelledBefore.clear()
  spelledBefore.set(key, made)
  return made
}

/** The first letters of all texts, as many as make no more than so many heads; one letter where even two are too many. */
function shortestHeads(texts: readonly string[], most: number): string[] {
  const headsOf = (letters: number): string[] => shortestBeginnings(texts.map((text) => text.slice(0, letters)))
  let heads = headsOf(1)
  for (const letters of [2, 3, 4]) {
    const longer = headsOf(letters)
    if (longer.length > most) break
    heads = longer
  }
  return heads
}

/** Without those that another one begins: [YOUNG, YO, YOO] → [YO]. */
export function shortestBeginnings(texts: readonly string[]): string[] {
  const sorted = unique([...texts]).sort()
  const kept: string[] = []
  for (const text of sorted) {
    const head = kept.at(-1) // sorted: what begins this one stands right before it, or the one that begins both
    if (head === undefined || !text.startsWith(head)) kept.push(text)
  }
  return kept
}

function pushHangulKeys(query: SearchQuery, hangul: string, found_by: FoundBy): void {
  const isInitials = /^[ㄱ-ㅎ]+$/.test(hangul)
  const isMixed = !isInitials && /[ㄱ-ㅎ](?=.)/.test(hangul)
  const keys = isInitials
    ? [`c:${hangul}`, `d:${hangul}`]
    : isMixed
      ? [
          `c:${Array.from(hangul)
            .map((letter) => initialOf(letter) || letter)
            .join('')}`,
        ]
      : [`h:${disassemble(hangul)}`, `g:${disassemble(hangul)}`]
  for (const key of keys) {
    if (!query.person_keys.some((other) => other.key === key)) query.person_keys.push({ found_by, key })
  }
}

/*
 * Numbers and addresses.
 */

const backwards = (text: string): string => Array.from(text).reverse().join('')

function stateIds(text: string): { keys: number[]; text: string } | null {
  const id = text.toUpperCase()
  if (!/^[A-Z]{0,3}\d{5,20}[A-Z0-9]{0,4}$/.test(id)) return null
  return { keys: [...new Set(layouts.map((layout) => stateKey(id, layout.id_prefix)))], text: id }
}

const addressKey = (house: string, street: string): string => `a:${house} ${street}`

/** What of a person the search box looks at. */
export interface SearchablePerson {
  first_name: string | null
  middle_name: string | null
  last_name: string | null
  name_hangul: string | null
  address: string | null
  /** Further ones. */
  addresses: readonly string[]
  phones: readonly string[]
  emails: readonly string[]
}

/** Every key by which a person is found; `readQuery` makes the other half. */
export function searchKeys(person: SearchablePerson): string[] {
  const [last, first, middle] = [person.last_name, person.first_name, person.middle_name].map((name) =>
    nameKey(name ?? ''),
  )
  const [l, f, m] = [last ?? '', first ?? '', middle ?? '']
  const keys: string[] = []
  const roman = unique([l + f + m, f + m + l, l + f, f + l, f + m, m + l, l].filter((key) => key.length > 0))
  keys.push(...roman.map((key) => `n:${key}`))
  const hangul = plainHangul(person.name_hangul ?? '')
  if (hangul) {
    const given = hangul.slice(hangul.length > 3 ? 2 : 1)
    for (const text of unique([hangul, given].filter(Boolean))) {
      keys.push(`h:${disassemble(text)}`, `c:${Array.from(text).map(initialOf).join('')}`)
    }
  } else if (l && f) {
    for (const guess of guessHangul(person.last_name ?? '', person.first_name ?? '', person.middle_name ?? '', 6)) {
      if (!guess.given) continue
      for (const text of [guess.hangul, guess.given]) {
        keys.push(`g:${disassemble(text)}`, `d:${Array.from(text).map(initialOf).join('')}`)
      }
    }
  }
  keys.push(...person.phones.map((phone) => `p:${backwards(phone.replace(/\D/g, ''))}`))
  keys.push(...person.emails.map((email) => `e:${email.toLowerCase()}`))
  for (const written of [person.address ?? '', ...person.addresses]) {
    const address = readAddress(written)
    const [spelling] = address ? streetSpellings(address.street).said : []
    if (address?.house && spelling) keys.push(addressKey(address.house, spelling))
  }
  return unique(keys)
}

const unique = <T>(values: readonly T[]): T[] => [...new Set(values)]
