import { knownNames } from './given-names.ts'
import { givenNames, givenSyllables, surnameSpellings } from './hangul-tables.ts'

/**
 * Between Hangul and the Roman letters Korean Americans write their names in. There is no system: 영 is YOUNG, YUNG,
 * YEONG; CHUNG is 정, 중, 충. So both directions give sets, the likelier first.
 */

/** A Hangul reading with how likely it is among the readings of the same letters, 0-1. */
export interface HangulReading {
  hangul: string
  weight: number
}

interface Syllable {
  hangul: string
  /** Share of names with it as first syllable, as second. */
  first: number
  second: number
  spellings: readonly string[]
}

// A name's commonest spelling is written by most of its bearers, the next by a fifth …
const spellingWeights = [0.62, 0.2, 0.09, 0.05, 0.03, 0.02]
export const spellingWeight = (position: number): number => spellingWeights[position] ?? 0.01

const lines = (table: string): string[][] =>
  table
    .trim()
    .split('\n')
    .map((line) => line.split(' '))

export const surnames: ReadonlyMap<string, { share: number; spellings: readonly string[] }> = new Map(
  lines(surnameSpellings).map(([hangul = '', perThousand, ...spellings]) => [
    hangul,
    { share: Math.max(0.5, Number(perThousand)) / 1000, spellings },
  ]),
)

export const givenSyllableTable: ReadonlyMap<string, Syllable> = new Map(
  lines(givenSyllables).map(([hangul = '', first, second, ...spellings]) => [
    hangul,
    { hangul, first: Number(first) / 1000, second: Number(second) / 1000, spellings },
  ]),
)

/** 남궁, 황보, 제갈, 선우, 사공, 독고. */
export const twoSyllableSurnames: readonly string[] = [...surnames.keys()].filter((hangul) => hangul.length === 2)

/**
 * A whole name in Hangul, cut where the surname ends; null: it is none of a surname and a given name. Of three syllables
 * the surname is the first alone, unless it is written of two in Roman letters (Sunwoo Jin and Sun Woojin are both 선우진).
 */
export function hangulParts(name: string, last_name: string | null): { family: string; given: string } | null {
  const text = name.trim()
  const cut = (at: number) => ({ family: text.slice(0, at), given: text.slice(at).trim() })
  const space = text.indexOf(' ')
  if (space > 0 && surnames.has(text.slice(0, space))) return cut(space)
  if (!/^[가-힣]{2,5}$/.test(text)) return null
  const [of_two] = twoSyllableSurnames.filter((each) => text.startsWith(each) && text.length > 2)
  const isOfTwo = text.length > 3 || (last_name !== null && hangulOfSurname(last_name).some(({ hangul }) => hangul === of_two)) // prettier-ignore
  if (of_two && isOfTwo) return cut(2)
  return surnames.has(text.slice(0, 1)) ? cut(1) : null
}

const usualNames = new Set(
  givenNames
    .trim()
    .split(/\s+/)
    .map((entry) => entry.slice(0, -1)),
)

/** Given names of the United States with the percent of their bearers who are Asian. */
const asianShares = new Map(
  knownNames
    .trim()
    .split(/\s+/)
    .map((entry): [string, number] => {
      const [, name = '', asian = ''] = /^([A-Z]+)(\d*)/.exec(entry) ?? []
      return [name, Number(asian)]
    }),
)

/** Roman letters only, upper case: what all look-ups here go by. */
export const romanKey = (name: string): string =>
  name
    .normalize('NFD')
    .toUpperCase()
    .replace(/[^A-Z]/g, '')

const surnamesByRoman = invert([...surnames].map(([hangul, { share, spellings }]) => ({ hangul, share, spellings })))
const givenByRoman = invert(
  [...givenSyllableTable.values()].map(({ hangul, first, second, spellings }) => ({
    hangul,
    share: first + second,
    spellings,
  })),
)

function invert(rows: { hangul: string; share: number; spellings: readonly string[] }[]): Map<string, HangulReading[]> {
  const byRoman = new Map<string, HangulReading[]>()
  for (const { hangul, share, spellings } of rows) {
    for (const [position, spelling] of spellings.entries()) {
      const readings = byRoman.get(spelling) ?? []
      readings.push({ hangul, weight: share * spellingWeight(position) })
      byRoman.set(spelling, readings)
    }
  }
  for (const readings of byRoman.values()) rank(readings)
  return byRoman
}

function rank(readings: HangulReading[]): HangulReading[] {
  const total = readings.reduce((sum, { weight }) => sum + weight, 0) || 1
  for (const reading of readings) reading.weight /= total
  return readings.sort((a, b) => b.weight - a.weight)
}

/** 'CHUNG' → 정; 'YU' → 유, 류, 여. */
export const hangulOfSurname = (roman: string): readonly HangulReading[] => surnamesByRoman.get(romanKey(roman)) ?? []

/** One syllable of a given name: 'JUNG' → 정, 중. */
export const hangulOfSyllable = (roman: string): readonly HangulReading[] => givenByRoman.get(romanKey(roman)) ?? []

export const isGivenSyllable = (letters: string): boolean => givenByRoman.has(letters)

/** Ways to cut joined letters into two syllables of a given name: 'YOUNGHEE' → [['YOUNG', 'HEE']]. */
export function cuts(letters: string): [string, string][] {
  const found: [string, string][] = []
  for (let at = 1; at < letters.length; at++) {
    const [first, second] = [letters.slice(0, at), letters.slice(at)]
    if (givenByRoman.has(first) && givenByRoman.has(second)) found.push([first, second])
  }
  return found
}

/** How likely a Korean given name is written with these two syllables, among all Korean given names. */
export function pairDensity(first: string, second: string): number {
  return densityAt(first, 'first') * densityAt(second, 'second')
}

export function densityAt(letters: string, position: 'first' | 'second'): number {
  let density = 0
  for (const { hangul } of givenByRoman.get(letters) ?? []) {
    const syllable = givenSyllableTable.get(hangul)
    if (syllable) density += syllable[position] * spellingWeight(syllable.spellings.indexOf(letters))
  }
  return density
}

export interface HangulGuess {
  /** Surname and given name; only what could be read. */
  hangul: string
  surname: string | null
  given: string | null
  /** Among the guesses for this name, 0-1. */
  weight: number
}

/**
 * Possible Hangul readings of a name in Roman letters, likeliest first, at most `limit`. A reading aid, always to be
 * shown as a guess (추정): only the person knows how the name is written. A Western given name stays unread.
 */
export function guessHangul(last: string, first: string, middle = '', limit = 5): HangulGuess[] {
  const surname = surnameReadings(last)
  const given = givenReadings(first, middle)
  if (surname.length === 0) return []
  if (given.length === 0) {
    return surname.slice(0, limit).map(({ hangul, weight }) => ({ hangul, surname: hangul, given: null, weight }))
  }
  const guesses = surname.flatMap((family) =>
    given.slice(0, 12).map((name) => ({
      hangul: family.hangul + name.hangul,
      surname: family.hangul,
      given: name.hangul,
      weight: family.weight * name.weight,
    })),
  )
  return guesses.sort((a, b) => b.weight - a.weight).slice(0, limit)
}

function surnameReadings(last: string): HangulReading[] {
  const whole = hangulOfSurname(last)
  if (whole.length > 0) return [...whole]
  // Kim-Smith, Park Lee: the first part that is a Korean surname.
  for (const part of last.split(/[\s-]+/)) {
    const readings = hangulOfSurname(part)
    if (readings.length > 0) return [...readings]
  }
  return []
}

/** Readings of a given name: YOUNG HEE, YOUNG-HEE, YOUNGHEE, or YOUNG with HEE as middle name. */
export function givenReadings(first: string, middle = ''): HangulReading[] {
  const parts = `${first} ${middle}`
    .split(/[\s-]+/)
    .map(romanKey)
    .filter((part) => part.length > 0)
  const pairs: [string, string][] = []
  const [one = '', two = ''] = parts
  // SUSAN SUNG MI: what is left without the English name.
  const korean = parts.filter((part) => !isEnglish(part))
  for (const [first_part = '', second_part = '', more] of [parts, korean]) {
    const areSyllables = more === undefined && isGivenSyllable(first_part) && isGivenSyllable(second_part)
    // SUE ANN is English, SUE JEAN may be 수진.
    const isRead = korean.length > 0 || isUsual(first_part, second_part)
    if (pairs.length === 0 && areSyllables && isRead) pairs.push([first_part, second_part])
  }
  // A middle name or an initial may follow a whole name written as one, or stand before it: GRACE YOUNGHEE.
  for (const part of korean) {
    if (pairs.length === 0 && part.length > 3) pairs.push(...cuts(part))
  }
  const readings: HangulReading[] = []
  for (const [a, b] of pairs) {
    for (const x of givenByRoman.get(a) ?? []) {
      for (const y of givenByRoman.get(b) ?? []) {
        const hangul = x.hangul + y.hangul
        const known = usualNames.has(hangul) ? 8 : 1
        const first_share = givenSyllableTable.get(x.hangul)?.first ?? 0.001
        const second_share = givenSyllableTable.get(y.hangul)?.second ?? 0.001
        readings.push({ hangul, weight: x.weight * y.weight * known * Math.sqrt(first_share * second_share) })
      }
    }
  }
  if (
    readings.length === 0 &&
    parts.length > 0 &&
    (parts.length === 1 || two.length === 1) &&
    isGivenSyllable(one) &&
    !isEnglish(one) &&
    one.length > 2
  ) {
    readings.push(...hangulOfSyllable(one).map((reading) => ({ ...reading })))
  }
  const merged = new Map<string, number>()
  for (const { hangul, weight } of readings) merged.set(hangul, (merged.get(hangul) ?? 0) + weight)
  return rank([...merged].map(([hangul, weight]) => ({ hangul, weight })))
}

/** Is a Korean given name so written a usual one? */
const isUsual = (first: string, second: string): boolean =>
  hangulOfSyllable(first).some((x) => hangulOfSyllable(second).some((y) => usualNames.has(x.hangul + y.hangul)))

/** SUSAN is not 수산, nor JASON 자선. Of names that many Asians bear some are Korean ones as well: YURI, HANA. */
function isEnglish(name: string): boolean {
  const asian = asianShares.get(name)
  if (asian === undefined || asian >= 45) return false
  return asian < 10 || !cuts(name).some(([first, second]) => isUsual(first, second))
}

/*
 * From a Hangul query to Roman letters, for the people search.
 */

/** What one reading of a Hangul query asks of a Roman name. Each list is a set of spellings, commonest first. */
export interface RomanQuery {
  /** Empty: any surname. */
  surnames: readonly string[]
  /** One set per syllable of the given name, in order; may be met joined, with space or hyphen, or over two columns. */
  given: readonly (readonly string[])[]
}

const initials = 'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ'
const alike: Readonly<Record<string, string>> = {
  재: '제', 제: '재', 혜: '해', 해: '혜', 현: '헌', 헌: '현', 희: '히', 의: '이', 이: '리', 리: '이', 유: '류', 류: '유', 노: '로', 로: '노', 임: '림', 림: '임', 채: '체', 태: '테', 배: '베', 애: '에',
} // prettier-ignore

/** Does the text hold Hangul (syllables or single letters)? */
export const hasHangul = (text: string): boolean => /[ㄱ-ㅎㅏ-ㅣ가-힣]/.test(text)

/**
 * Readings of a Hangul query as Roman spellings: a whole name (김영희), a given name (영희), a surname (김), or initial
 * consonants (ㄱㅇㅎ), mixed too (김ㅇㅎ). Several readings, since nobody says where the surname ends.
 */
export function romanQueries(query: string): RomanQuery[] {
  const letters = Array.from(query.replace(/\s+/g, '')).filter((letter) => hasHangul(letter))
  if (letters.length === 0) return []
  const queries: RomanQuery[] = []
  const push = (surname: readonly string[], rest: readonly string[]): void => {
    const given = rest.map((letter) => givenSpellings(letter))
    if (given.every((set) => set.length > 0)) queries.push({ surnames: surname, given })
  }
  const [one = '', two = ''] = letters
  const double = letters.length >= 2 ? surnameSpellingsOf(one + two) : []
  if (double.length > 0) push(double, letters.slice(2))
  const single = surnameSpellingsOf(one)
  if (single.length > 0) push(single, letters.slice(1))
  if (letters.length <= 2) push([], letters)
  return queries
}

/** Roman spellings of a surname in Hangul; of an initial consonant: of all surnames that begin with it. */
export function surnameSpellingsOf(hangul: string): readonly string[] {
  const known = surnames.get(hangul)
  if (known) {
    const other = alike[hangul] ? surnames.get(alike[hangul]) : undefined
    return other ? [...new Set([...known.spellings, ...other.spellings])] : known.spellings
  }
  if (!initials.includes(hangul) || hangul.length !== 1) return []
  return [
    ...new Set([...surnames].filter(([name]) => initialOf(name) === hangul).flatMap(([, { spellings }]) => spellings)),
  ]
}

/** Roman spellings of one syllable of a given name, or of all syllables with this initial consonant. */
export function givenSpellings(letter: string): readonly string[] {
  if (initials.includes(letter)) {
    return [
      ...new Set(
        [...givenSyllableTable.values()]
          .filter(({ hangul }) => initialOf(hangul) === letter)
          .flatMap(({ spellings }) => spellings),
      ),
    ]
  }
  if (!/[가-힣]/.test(letter)) return []
  const known = givenSyllableTable.get(letter)
  const other = alike[letter] ? givenSyllableTable.get(alike[letter]) : undefined
  const spellings = known ? [...known.spellings] : spellSyllable(letter)
  return [...new Set([...spellings, ...(other?.spellings ?? [])])]
}

/** A name as a voter file would have it: in Hangul, its commonest spelling; any other as it is. */
export function commonRoman(name: string, isSurname: boolean): string {
  const letters = name.normalize('NFC').trim()
  if (!/^[가-힣\s]+$/.test(letters)) return name
  const surname = isSurname ? surnameSpellingsOf(letters)[0] : undefined
  return surname ?? Array.from(letters.replace(/\s/g, ''), (letter) => givenSpellings(letter)[0] ?? '').join(' ')
}

/** The initial consonant of a syllable: 김 → ㄱ. */
export function initialOf(hangul: string): string {
  const code = hangul.charCodeAt(0) - 0xac00
  return code >= 0 && code < 11172 ? (initials[Math.floor(code / 588)] ?? '') : ''
}

// Letter by letter, for syllables no table has. Order of the Unicode block.
const romanInitials = [
  'G K',
  'KK GG',
  'N',
  'D T',
  'TT DD',
  'R L N',
  'M',
  'B P',
  'BB PP',
  'S',
  'SS S',
  ' ',
  'J CH',
  'JJ',
  'CH',
  'K',
  'T',
  'P',
  'H',
]
const romanVowels = ['A AH', 'AE AI E AY', 'YA', 'YAE YE', 'EO U O UH', 'E AE', 'YEO YU YOU YO', 'YE YAE', 'O OH', 'WA', 'WAE', 'OE WE', 'YO', 'U OO OU', 'WO', 'WE', 'WI', 'YU YOO', 'EU U OO', 'UI EUI EE HI', 'I EE'] // prettier-ignore
const romanFinals = [' ', 'K G', 'K', 'K', 'N', 'N', 'N', 'T D', 'L', 'L', 'M', 'L', 'L', 'L', 'L', 'L', 'M', 'P B', 'P', 'T S', 'T', 'NG', 'T', 'T', 'K', 'T', 'P', 'T'] // prettier-ignore

function spellSyllable(hangul: string): string[] {
  const code = hangul.charCodeAt(0) - 0xac00
  const initial = (romanInitials[Math.floor(code / 588)] ?? '').split(' ')
  const vowel = (romanVowels[Math.floor((code % 588) / 28)] ?? '').split(' ')
  const final = (romanFinals[code % 28] ?? '').split(' ')
  const spellings = initial.flatMap((a) => vowel.flatMap((b) => final.map((c) => a + b + c)))
  return [...new Set(spellings)].filter((spelling) => spelling.length > 0)
}
