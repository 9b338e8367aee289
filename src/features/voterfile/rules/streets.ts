import { directions, streetTypes, unitTypes } from './addresses.ts'

/**
 * A street in the one form in which two are compared, in lower case: 'West 32nd Street' and 'W 32 St' are both before w,
 * name 32, type st. What nobody said is ''.
 */
export interface Street {
  before: string
  name: string
  type: string
  after: string
}

export interface Address {
  /** Without its hyphen: 4125. Null: only a street was said. */
  house: string | null
  street: Street
}

/** As written, in any way that occurs in print: 'av', 'avenue' and 'ave' → 'ave'. */
const types: ReadonlyMap<string, string> = new Map([
  ...Object.entries(streetTypes).flatMap(([word, type]) => [
    [word, type.toLowerCase()] as const,
    [type.toUpperCase(), type.toLowerCase()] as const,
  ]),
  ['STR', 'st'], ['BLV', 'blvd'], ['AVN', 'ave'], ['PKY', 'pkwy'],
]) // prettier-ignore

/** Types that stand in names of places and of other streets as well: Kew Gardens, College Point Blvd. They end no street. */
const weakTypes = new Set(['anx', 'bnd', 'brg', 'cv', 'xing', 'ext', 'gdns', 'gdn', 'grn', 'grv', 'hts', 'hl', 'jct', 'mnr', 'pt', 'rdg', 'vlg', 'walk']) // prettier-ignore
/** Streets without a type: what follows is the city. */
const namedAlone = new Set(['BROADWAY', 'BOWERY', 'AMERICAS'])
const longDirections = ['north', 'south', 'east', 'west'] as const
export const numberWords = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth', 'eleventh', 'twelfth'] // prettier-ignore
/** Words of a name that are written both ways, at its beginning. */
const heads: Readonly<Record<string, readonly string[]>> = {
  st: ['st', 'saint'],
  ft: ['ft', 'fort'],
  mt: ['mt', 'mount'],
  avenue: ['avenue', 'ave'],
}

const typeOf = (word: string): string | undefined => types.get(word)
const isStrong = (word: string | undefined): boolean => {
  const type = word === undefined ? undefined : typeOf(word)
  return type !== undefined && !weakTypes.has(type)
}
const directionOf = (word: string | undefined): string => (directions[word ?? ''] ?? '').toLowerCase()
const isHouse = (word: string | undefined): boolean =>
  /^\d[\dA-Z/-]*$/.test(word ?? '') && !/^\d+(ST|ND|RD|TH)$/.test(word ?? '')

/**
 * An address as people type or paste it: 'Apt 3B, 41-25 Kissena Blvd., Flushing, NY 11355'. The apartment and what follows
 * the street are let go. Null where there is no street in it.
 */
export function readAddress(text: string): Address | null {
  const segments = text
    .toUpperCase()
    .replace(/[–—]/g, '-')
    .replace(/(\d) ?- ?(?=\d)/g, '$1-')
    .replace(/\b([NS])\.\s?([EW])\.?(?=\s)/g, '$1$2')
    .replaceAll('.', ' ')
    .split(/[,;\n\r]/)
    .map((segment) => withHyphen(withoutUnitBefore(segment.trim().split(/\s+/).filter(Boolean))))
    .filter((words) => words.length > 0)
  const numbered = segments.find((words) => words.length > 1 && isHouse(words[0]))
  const [first = [], second = []] = segments
  const words = numbered ?? (first.length === 1 && isHouse(first[0]) ? [...first, ...second] : first)
  // '38 Ave' alone is the street.
  const hasNumber = words.length > 1 && isHouse(words[0]) && !(words.length === 2 && isStrong(words[1]))
  const fraction = hasNumber && /^\d\/\d$/.test(words[1] ?? '') ? ` ${words[1]}` : ''
  const line = words.slice(hasNumber ? (fraction ? 2 : 1) : 0)
  const said = line.join(' ')
  if (said.length < 3 || !/[A-Z]/.test(said)) return null
  const street = streetOfWords(line)
  return street.name ? { house: hasNumber ? houseKey(words[0] ?? '') + fraction : null, street } : null
}

/** The street of a voter record, or what stands where one is expected. */
export const readStreet = (text: string): Street =>
  streetOfWords(text.toUpperCase().replaceAll('.', ' ').split(/\s+/).filter(Boolean))

/** May these be one street? A direction one of them leaves out is no difference, nor a type where the name says enough. */
export function sameStreet(a: Street, b: Street): boolean {
  const agree = (one: string, other: string): boolean => one === other || one === '' || other === ''
  return (
    a.name !== '' &&
    a.name === b.name &&
    // 41st Ave, 41st Rd, 41st Dr and 41st St lie beside each other.
    (a.type === b.type || (agree(a.type, b.type) && /[a-z]{2}/.test(a.name))) &&
    agree(a.before, b.before) &&
    agree(a.after, b.after)
  )
}

/** Ways in which `lower(street)` of a record may begin: as it was said, and with a direction more or less. */
export function streetSpellings(street: Street): { said: string[]; also: string[] } {
  const names = nameSpellings(street.name).map((name) => `${name} ${street.type}`.trim())
  const [before, after] = [directionSpellings(street.before), directionSpellings(street.after)]
  const spell = (befores: readonly string[], afters: readonly string[]): string[] =>
    befores.flatMap((b) => names.flatMap((name) => afters.map((a) => [b, name, a].filter(Boolean).join(' '))))
  const said = spell(before, after)
  const anyDirection = [...longDirections, 'n', 's', 'e', 'w', 'ne', 'nw', 'se', 'sw']
  const also = [
    ...spell(street.before ? ['', ...before] : before, street.after ? ['', ...after] : after),
    ...(street.before ? [] : spell(anyDirection, after)),
    ...(street.before || street.after || !street.type ? [] : spell(before, anyDirection)),
  ]
  return { said, also: [...new Set(also)].filter((spelling) => !said.includes(spelling)) }
}

/** A number as it may stand in the file: 4125 and, in Queens, 41-25 or 41 25. */
export const houseSpellings = (house: string): string[] => [
  ...new Set([
    house,
    ...['-', ' '].map((mark) => house.replace(/^(\d{1,3})(\d{2}[A-Z]?(?: \d\/\d)?)$/, `$1${mark}$2`)),
  ]),
]

export const houseKey = (house_number: string): string =>
  house_number
    .toUpperCase()
    .replace(/^(\d{1,3}) (?=\d{2}[A-Z]?(?: \d\/\d)?$)/, '$1')
    .replaceAll('-', '')

/** '86 10 Broadway' is number 86-10; '86 10 Ave' is number 86 of 10th Avenue. */
function withHyphen(words: string[]): string[] {
  const [one = '', two = '', three] = words
  const isOneNumber = /^\d{1,3}$/.test(one) && /^\d{2}[A-Z]?$/.test(two) && three !== undefined && !isStrong(three)
  return isOneNumber ? [`${one}-${two}`, ...words.slice(2)] : words
}

/** '#3B 41-25 KISSENA', 'UNIT 4 120 W 32ND ST', '3B 41-25 KISSENA': the apartment may stand first. */
function withoutUnitBefore(words: string[]): string[] {
  const [one = '', two = '', three = ''] = words
  if (one.length > 1 && one.startsWith('#') && isHouse(two)) return words.slice(1)
  if ((one === '#' || unitTypes[one] !== undefined) && isHouse(three)) return words.slice(2)
  if (isHouse(one) && /^\d+-\d+[A-Z]?$/.test(two)) return words.slice(1)
  return words
}

function streetOfWords(line: readonly string[]): Street {
  const words = withoutCity(line)
  const street: Street = { before: '', name: '', type: '', after: '' }
  const [last, before_last] = [words.at(-1) ?? '', words.at(-2) ?? '']
  if (words.length > 2 && directionOf(last) && typeOf(before_last)) street.after = directionOf(words.pop())
  if (words.length > 1 && typeOf(words.at(-1) ?? '')) street.type = typeOf(words.pop() ?? '') ?? ''
  if (words.length > 1 && directionOf(words[0])) street.before = directionOf(words.shift())
  street.name = words.map(nameWord).join(' ')
  return street
}

/** Up to its type and a direction after it; where no type ends it, up to an apartment, a state or a ZIP code. */
function withoutCity(line: readonly string[]): string[] {
  const end = endOfStreet(line)
  if (end > 0) return line.slice(0, directionOf(line[end]) ? end + 1 : end)
  const unit = line.findIndex(
    (word, index) => index > 0 && (word.startsWith('#') || (unitTypes[word] !== undefined && line.length - index <= 3)),
  )
  const words = unit > 0 ? line.slice(0, unit) : [...line]
  if (words.length > 1 && /^\d{5}(-\d{4})?$/.test(words.at(-1) ?? '')) {
    words.pop()
    if (words.length > 1 && /^[A-Z]{2}$/.test(words.at(-1) ?? '') && !directionOf(words.at(-1))) words.pop()
  }
  return words
}

/** How many words belong to the street with certainty; 0 where nothing says where it ends. */
export function endOfStreet(words: readonly string[]): number {
  if (typeOf(words[0] ?? '') === 'ave' && /^([A-Z]|\d{1,2})$/.test(words[1] ?? '')) return 2
  for (const [index, word] of words.entries()) {
    if (namedAlone.has(word) && !typeOf(words[index + 1] ?? '')) return index + 1
    if (index === 0 || !isStrong(word) || isStrong(words[index + 1])) continue
    const before = words.slice(0, index)
    // 'N ST ANDREWS DR' is of Saint Andrew.
    if (before.every((each) => directionOf(each)) && words.slice(index + 1).some(isStrong)) continue
    // 'COUNTY ROAD 12', 'US HWY 9'
    const isRoute = before.every((each) => /^(US|STATE|COUNTY|CO|OLD|INTERSTATE)$/.test(each) || directionOf(each))
    return isRoute && /^\d+[A-Z]?$/.test(words[index + 1] ?? '') ? index + 2 : index + 1
  }
  return 0
}

/** One word of a name in its one form: '38TH' → '38', 'FIFTH' → '5', 'SAINT' → 'st' where it begins the name. */
function nameWord(word: string, index: number, all: readonly string[]): string {
  const lower = word.toLowerCase()
  const number = /^(\d+)(st|nd|rd|th)$/.exec(lower)?.[1]
  if (number) return number
  const spelled = numberWords.indexOf(lower)
  if (spelled >= 0) return String(spelled + 1)
  if (all.length === 1) return directionOf(word) || lower
  const head = index === 0 ? Object.entries(heads).find(([, ways]) => ways.includes(lower)) : undefined
  return head?.[0] ?? lower
}

function nameSpellings(name: string): string[] {
  const words = name.split(' ')
  const ways = words.map((word, index): readonly string[] => {
    if (/^\d+$/.test(word)) return [ordinal(word), word, ...numberWords.slice(Number(word) - 1, Number(word))]
    if (words.length === 1)
      return directionSpellings(word.length <= 2 ? word : '')
        .filter(Boolean)
        .concat(word)
    return (index === 0 ? heads[word] : undefined) ?? [word]
  })
  const spellings = ways.reduce<string[]>(
    (before, each) => before.flatMap((start) => each.map((word) => `${start} ${word}`.trim())),
    [''],
  )
  return [...new Set(spellings)].slice(0, 6)
}

const directionSpellings = (direction: string): string[] => {
  const long = longDirections.find((each) => each.startsWith(direction) && direction.length === 1)
  if (long) return [direction, long]
  const both = /^([ns])([ew])$/.exec(direction)
  if (!both) return direction === '' ? [''] : []
  const [north, east] = [both[1], both[2]].map((letter) => longDirections.find((each) => each[0] === letter) ?? '')
  return [direction, `${north}${east}`]
}

/** '38' is 38th to everybody who lives there. */
const ordinal = (number: string): string => {
  const last = /1[123]$/.test(number) ? 'th' : ({ 1: 'st', 2: 'nd', 3: 'rd' }[number.at(-1) ?? ''] ?? 'th')
  return `${number}${last}`
}
