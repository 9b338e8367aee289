import { directions, streetTypes } from '../../voterfile/rules/addresses.ts'
import {
  militaryStates,
  stateCodes,
  suffixes,
  suffixNames,
  unitDesignators,
} from '../../voterfile/rules/publication-28.ts'
import { endOfStreet, numberWords } from '../../voterfile/rules/streets.ts'
import type { AddressProblem, MailAddress, Standardized, Typed } from './schema.ts'

/*
 * Addresses in the form of USPS Publication 28. That a text has this form does not make it deliverable: only certified
 * software with the post's own data (CASS, DPV) can say so.
 */

/** The lines of an address as they are printed; `longest`: a delivery line that would be longer has its unit above it. */
export function linesOf(address: MailAddress, longest = 40): string[] {
  const { above, delivery, unit, city, state, zip5, zip4 } = address
  const whole = [delivery, unit].filter(Boolean).join(' ')
  // A unit that would be read as a part of the street stands above it as well.
  const isApart = unit !== null && (whole.length > longest || !isReadAs(whole, delivery))
  return [
    ...above,
    ...(isApart ? [unit, delivery] : [whole]),
    `${city} ${state} ${[zip5, zip4].filter(Boolean).join('-')}`,
  ]
}

function isReadAs(line: string, delivery: string): boolean {
  const words = line.split(' ')
  return (specialOf(words)?.line ?? takeUnits(words).rest.join(' ')) === delivery
}

/** An address as somebody types or pastes it, in one line or several. */
export function standardize(original: string): Standardized {
  const read = readPlace(original)
  return read.ok ? standardizeTyped(read.typed, original) : { ...read, original }
}

/** The same of an address whose parts stand apart. */
export function standardizeTyped(typed: Typed, original = inOneLine(typed)): Standardized {
  try {
    return { ok: true, original, address: addressOf(typed) }
  } catch (problem) {
    if (!(problem instanceof Unreadable)) throw problem
    return { ok: false, original, problem: problem.code, found: problem.found }
  }
}

const inOneLine = ({ delivery, unit, city, state, zip }: Typed): string =>
  [delivery, unit, [city, state, zip].filter(Boolean).join(' ')].filter(Boolean).join(', ')

/** Ends the reading wherever it is; never leaves this file. */
class Unreadable extends Error {
  readonly code: AddressProblem
  readonly found: string
  constructor(code: AddressProblem, found = '') {
    super(code)
    this.code = code
    this.found = found
  }
}

/*
 * Words.
 */

const fractions: Readonly<Record<string, string>> = { '½': '1/2', '¼': '1/4', '¾': '3/4' }

/** Capitals without accents and points; 'N.Y.' and 'P. O.' are one word each. */
const plain = (text: string): string =>
  text
    .replace(/[½¼¾]/g, (part) => ` ${fractions[part]}`)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .normalize('NFC')
    .toUpperCase()
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/(?<=\d)\s*-\s*(?=\d)/g, '-')
    .replace(/\bP\.?\s*O\b\.?/g, 'PO')
    .replace(/\b([A-Z])\.([A-Z])\b\.?/g, (said, one: string, two: string) => (isInitials(one + two) ? one + two : said))
    .replace(/['’‘`"]/g, '')
    .replace(/[.()]/g, ' ')

const isInitials = (both: string): boolean => directions[both] !== undefined || stateCodes.has(both) || both === 'US'

const wordsOf = (line: string): string[] =>
  line
    .replaceAll('#', ' # ')
    .split(/[^A-Z0-9#&/%-]+/)
    .filter((word) => /[A-Z0-9#&%]/.test(word))

const segmentsOf = (text: string): string[][] =>
  plain(text)
    .split(/[,;\n\r]+/)
    .map(wordsOf)
    .filter((words) => words.length > 0)

const isOrdinal = (word: string): boolean => /^\d+(ST|ND|RD|TH)$/.test(word)
/** 41-25, 123A, 120 and, of the grid of Wisconsin, N6W23001. */
const isHouse = (word = ''): boolean =>
  (/^\d[\dA-Z/-]*$/.test(word) && !isOrdinal(word)) || /^[NSEW]\d+[NSEW]\d+$/.test(word)
/** '7 1/2 MAIN ST' */
const streetFrom = (words: readonly string[]): number => (/^\d\/\d$/.test(words[1] ?? '') ? 2 : 1)
const isNumberLike = (word = ''): boolean => /\d/.test(word) || /^[A-Z]$/.test(word)

/*
 * The last line.
 */

/** Other countries by their English names: not states or territories of ours. */
const foreignNames: ReadonlySet<string> = new Set([
  ...countries(),
  ...['KOREA', 'REPUBLIC OF KOREA', 'S KOREA', 'CHINA', 'PR CHINA', 'HONG KONG', 'UK', 'ENGLAND', 'SCOTLAND'],
])

function countries(): string[] {
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('')
  return letters
    .flatMap((one) => letters.map((two) => names.of(one + two)))
    .flatMap((name) => (name ? plain(name) : []))
    .filter((name) => !stateCodes.has(name) && name !== 'UNITED STATES')
}

const ours = /\s*\b(USA|US|UNITED STATES(?: OF AMERICA)?)$/

function readPlace(
  original: string,
): { ok: true; typed: Typed } | { ok: false; problem: AddressProblem; found: string } {
  const refuse = (problem: AddressProblem, found = '') => ({ ok: false, problem, found }) as const
  const text = plain(original).trim()
  if (!/[\p{L}\p{N}]/u.test(text)) return refuse('empty')
  const foreignLetters = /[^\p{ASCII}\s]*\p{L}[^\p{ASCII}\s]*/gu
  const notLatin = text.match(foreignLetters)?.find((word) => /[^\p{ASCII}]/u.test(word))
  if (notLatin) return refuse('not_latin', notLatin)
  const segments = segmentsOf(text.replace(ours, ''))
  const last = segments.at(-1)
  if (!last) return refuse('empty')
  if (foreignNames.has(last.join(' '))) return refuse('foreign', last.join(' '))
  if (/\b[A-Z]\d[A-Z] ?\d[A-Z]\d$/.test(last.join(' '))) return refuse('foreign', last.slice(-2).join(' '))

  const zip = takeZip(segments)
  if (!zip.ok) return refuse(zip.problem, zip.found)
  const state = takeState(segments)
  if (!state) return refuse('no_state', segments.at(-1)?.slice(-1).join('') ?? '')
  const place = segments.at(-1) ?? []
  if (segments.length > 1) {
    const inUnit = unitDesignators.has(place[0] ?? '') || place[0] === '#' ? 1 + inNumber(place.slice(1)) : 0
    const city = place.slice(inUnit)
    if (city.length === 0) return refuse('no_city')
    segments.splice(-1, 1, ...(inUnit > 0 ? [place.slice(0, inUnit)] : []))
    return { ok: true, typed: typedOf(segments, city) }
  }
  const end = endOfDelivery(place)
  if (end === 0) return refuse(place.length === 0 ? 'empty' : 'city_unclear', place.join(' '))
  if (end >= place.length) return refuse('no_city')
  if (/^\d+$/.test(place[end] ?? '')) return refuse('city_unclear', place.slice(end).join(' '))
  return { ok: true, typed: typedOf([place.slice(0, end)], place.slice(end)) }

  function typedOf(lines: readonly string[][], city: readonly string[]): Typed {
    return { delivery: lines.map((line) => line.join(' ')).join('\n'), city: city.join(' '), state, zip: zip.found }
  }
}

function takeZip(segments: string[][]): { ok: boolean; problem: AddressProblem; found: string } {
  const last = segments.at(-1) ?? []
  const [before = '', word = ''] = last.length > 1 ? last.slice(-2) : ['', ...last]
  const [zip, taken] = /^\d{5}$/.test(before) && /^\d{4}$/.test(word) ? [`${before}-${word}`, 2] : [word, 1]
  if (!/^[\d-]+$/.test(zip)) return { ok: false, problem: 'no_zip', found: '' }
  if (!zipParts(zip)) return { ok: false, problem: 'zip_invalid', found: zip }
  last.splice(-taken)
  if (last.length === 0) segments.pop()
  return { ok: true, problem: 'no_zip', found: zip }
}

function zipParts(zip: string): { zip5: string; zip4: string | null } | null {
  const [, zip5, zip4] = /^(\d{5})-?(\d{4})?$/.exec(zip.trim()) ?? []
  return zip5 === undefined || zip5 === '00000'
    ? null
    : { zip5, zip4: zip4 === undefined || zip4 === '0000' ? null : zip4 }
}

/** Its code; longer names first, so that 'WEST VIRGINIA' is not Virginia. */
function takeState(segments: string[][]): string | null {
  const last = segments.at(-1) ?? []
  for (let count = Math.min(last.length, 4); count > 0; count--) {
    const state = stateCodes.get(last.slice(-count).join(' '))
    if (!state) continue
    last.splice(-count)
    if (last.length === 0) segments.pop()
    return state
  }
  return null
}

/** How many words of a line that goes on with the city belong to the delivery; 0 where nothing says it. */
function endOfDelivery(words: readonly string[]): number {
  const special = specialOf(words)
  if (special) return special.length
  if (!isHouse(words[0])) return 0
  const from = streetFrom(words)
  const street = endOfStreet(words.slice(from))
  if (street === 0) return 0
  let end = from + street
  // 'PARK AVE S NEW YORK', but not 'MAIN ST SOUTH OZONE PARK'.
  if (/^(NE|NW|SE|SW|[NSEW])$/.test(words[end] ?? '')) end += 1
  const designator = unitDesignators.get(words[end] ?? '')
  if (words[end] === '#' || designator)
    end +=
      designator && !designator.needs_number && !isNumberLike(words[end + 1]) ? 1 : 1 + inNumber(words.slice(end + 1))
  else if (/^\d+[A-Z]?$/.test(words[end] ?? '') || inNumber(words.slice(end)) === 2) end += inNumber(words.slice(end))
  return end
}

/*
 * The delivery line and what stands about it.
 */

function addressOf({ delivery, unit, city, state, zip }: Typed): MailAddress {
  const abroad = zip?.trim() ? null : countryIn(delivery, city, state)
  if (abroad) throw new Unreadable('foreign', abroad)
  const place = placeOf(city, state, zip)
  const foreign = /[^\p{ASCII}\s]+/u.exec(plain(`${delivery} ${unit ?? ''}`))
  if (foreign) throw new Unreadable('not_latin', foreign[0])
  const segments = joinHouse(segmentsOf(delivery).flatMap(withUnitApart))
  const at = segments.findLastIndex((words) => specialOf(words) !== null || isDelivery(words))
  const words = segments[at]
  if (!words) throw missing(segments)
  const beside = [...segments.filter((_, index) => index !== at), ...segmentsOf(unit ?? '')]
  const unitLines = beside.filter((line) => unitDesignators.has(line[0] ?? '') || line[0] === '#' || isBareNumber(line) || isFloor(line)) // prettier-ignore
  const above = inOrder(beside.filter((line) => !unitLines.includes(line)).map((line) => line.join(' ')))
  const units = unitLines.map(unitOfLine)

  const special = specialOf(words)
  if (special) {
    const isMilitary = special.kind === 'military'
    if (isMilitary !== militaryStates.has(place.state))
      throw new Unreadable(isMilitary ? 'military_place' : 'not_military', `${place.city} ${place.state}`)
    if (isMilitary && !/^[AFD]PO$/.test(place.city)) throw new Unreadable('military_place', place.city)
    if (special.length < words.length) units.unshift(unitOfLine(words.slice(special.length)))
    return { kind: special.kind, above, delivery: special.line, unit: unitsOf(units), ...place }
  }
  if (militaryStates.has(place.state)) throw new Unreadable('not_military', words.join(' '))
  const taken = takeUnits(words)
  return {
    kind: 'street',
    above,
    delivery: streetLine(taken.rest),
    unit: unitsOf([...taken.units, ...units]),
    ...place,
  }
}

/** Another country at the end of an address without a ZIP code; with one, Jamaica is in Queens and Lebanon in Pennsylvania. */
function countryIn(delivery: string, city: string | null, state: string | null): string | null {
  const ends = [segmentsOf(delivery).at(-1)?.join(' '), ...[city, state].map((part) => wordsOf(plain(part ?? '')).join(' '))] // prettier-ignore
  return ends.find((end) => end !== undefined && foreignNames.has(end)) ?? null
}

function placeOf(
  city: string | null,
  state: string | null,
  zip: string | null,
): Pick<MailAddress, 'city' | 'state' | 'zip5' | 'zip4'> {
  if (!zip?.trim()) throw new Unreadable('no_zip')
  const parts = zipParts(zip)
  if (!parts) throw new Unreadable('zip_invalid', zip)
  const name = wordsOf(plain(city ?? '').replaceAll('-', ' ')).join(' ')
  if (!name) throw new Unreadable('no_city')
  const code = stateCodes.get(wordsOf(plain(state ?? '')).join(' '))
  if (!code) throw state?.trim() ? new Unreadable('state_unknown', state) : new Unreadable('no_state')
  return { city: name, state: code, ...parts }
}

/** No segment is a delivery line: what is the matter with the likeliest. */
function missing(segments: readonly string[][]): Unreadable {
  const [line = []] = segments.toSorted((a, b) => b.length - a.length)
  const text = line.join(' ')
  if (text === '') return new Unreadable('empty')
  if (/^(PO BOX|P O BOX|POB|BOX)\b/.test(text)) return new Unreadable('box_without_number', text)
  if (/^(RR|RFD|RURAL ROUTE|HC|STAR ROUTE)\b/.test(text)) return new Unreadable('route_without_box', text)
  if (line.every((word) => /^\d/.test(word) && !isOrdinal(word))) return new Unreadable('no_street', text)
  return new Unreadable('no_number', text)
}

/** '41-25, KISSENA BLVD' is one line. */
function joinHouse(segments: readonly string[][]): string[][] {
  const joined: string[][] = []
  for (const words of segments) {
    const before = joined.at(-1)
    if (
      before?.length === 1 &&
      isHouse(before[0]) &&
      /^[A-Z]|^\d+(ST|ND|RD|TH)$/.test(words[0] ?? '') &&
      !unitDesignators.has(words[0] ?? '')
    )
      before.push(...words)
    else joined.push([...words])
  }
  return joined
}

/** '# 3B 41-25 KISSENA', 'UNIT 4 120 W 32 ST' and '3B 41-25 KISSENA' begin with the unit; 'UNIT 2050 BOX 4190' does not. */
function withUnitApart(words: string[]): string[][] {
  const [one = '', two = '', three = '', four] = words
  const isUnit = one === '#' || (unitDesignators.has(one) && !unitDesignators.has(two))
  if (isUnit && isInTwo([two, three]) && /^\d+-\d+[A-Z]?$/.test(four ?? '')) return [words.slice(0, 3), words.slice(3)]
  if (isUnit && isHouse(three) && four !== undefined && !unitDesignators.has(four))
    return [words.slice(0, 2), words.slice(2)]
  if (/^(\d+[A-Z]|[A-Z]\d+|\d+)$/.test(one) && /^\d+-\d+[A-Z]?$/.test(two) && words.length > 2)
    return [['#', one], words.slice(1)]
  return [words]
}

/** A house number with a street after it: '38 AVE' is a street. */
function isDelivery(words: readonly string[]): boolean {
  if (!isHouse(words[0]) || words.length < 2 || isFloor(words) || isInTwo(words)) return false
  return !(words.length === 2 && suffixes.has(words[1] ?? '') && /^\d+$/.test(words[0] ?? ''))
}

/** ATTN at the top, C/O nearest to the address. */
function inOrder(lines: readonly string[]): string[] {
  const rank = (line: string): number => (/^ATTN\b/.test(line) ? 0 : /^C\/O\b/.test(line) ? 2 : 1)
  return lines
    .map((line) => line.replace(/^(ATTENTION|ATT|ATTN)\b/, 'ATTN').replace(/^(C\/O|%|CARE OF)\s*/, 'C/O '))
    .toSorted((a, b) => rank(a) - rank(b))
}

/*
 * Boxes, routes, the armed forces.
 */

interface Special {
  kind: Exclude<MailAddress['kind'], 'street'>
  line: string
  /** Words of it. */
  length: number
}

const box = String.raw`BOX (?:# )?([A-Z0-9][A-Z0-9-]*)`
const specials: readonly [kind: Special['kind'], pattern: RegExp, line: (found: readonly string[]) => string][] = [
  ['military', new RegExp(`^(PSC|CMR|UNIT) ([A-Z0-9-]+) ${box}`), ([, head, number, at]) => `${head} ${number} BOX ${at}`],
  ['military', /^(USS|USCGC|USNS) ([A-Z ]+?)(?: FPO)?$/, ([, head, ship]) => `${head} ${ship}`],
  ['route', new RegExp(`^(?:RURAL (?:ROUTE|RT|RTE)|RFD ROUTE|R ?R|RFD|RD|RT|RTE|ROUTE) (?:NO )?(?:# )?0*(\\d+) ${box}`), ([, number, at]) => `RR ${number} BOX ${at}`],
  ['route', new RegExp(`^(?:HIGHWAY CONTRACT(?: ROUTE)?|HCR?|STAR ROUTE|SR) (?:NO )?(?:# )?0*(\\d+) ${box}`), ([, number, at]) => `HC ${number} BOX ${at}`],
  ['box', /^(?:(?:P ?O|POST OFFICE) ?(?:BOX|B|BX|DRAWER|BIN)|POB|BOX|LOCKBOX|LOCK BOX|DRAWER|CALLER|FIRM CALLER|BIN) (?:NO )?(?:# )?([A-Z]{0,2}\d[A-Z0-9-]*|[A-Z])(?= |$)/, ([, at]) => `PO BOX ${at}`],
  ['general', /^(?:GENERAL DELIVERY|GEN DEL)(?= |$)/, () => 'GENERAL DELIVERY'],
] // prettier-ignore

function specialOf(words: readonly string[]): Special | null {
  const text = words.join(' ')
  for (const [kind, pattern, line] of specials) {
    const found = pattern.exec(text)
    if (found) return { kind, line: line(found), length: found[0].split(' ').length }
  }
  return null
}

/*
 * Units.
 */

/** Words of a unit that are parts of streets as well: only with a number after them they are one. */
const alsoStreets = new Set(['KEY', 'LOT', 'PIER', 'SLIP', 'SPC', 'STOP', 'HNGR', 'DEPT', 'TRLR'])

const isFloorWord = (word = ''): boolean => unitDesignators.get(word)?.abbreviation === 'FL'
/** '2ND FL', 'SECOND FLOOR', '2 FLR' */
const isFloor = (words: readonly string[]): boolean =>
  words.length === 2 && isFloorWord(words[1]) && floorNumber(words[0]) !== null

function floorNumber(word = ''): string | null {
  const spelled = numberWords.indexOf(word.toLowerCase())
  return spelled >= 0 ? String(spelled + 1) : (/^(\d+)(ST|ND|RD|TH)?$/.exec(word)?.[1] ?? null)
}

/** Takes the units off the end of a delivery line of house number and street. */
function takeUnits(words: readonly string[]): { rest: readonly string[]; units: string[] } {
  const units: string[] = []
  let rest = words
  for (;;) {
    const unit = lastUnit(rest, units.length > 0)
    if (!unit) return { rest, units }
    units.unshift(unit.text)
    rest = rest.slice(0, unit.at)
  }
}

/** A line that is a unit and nothing else, also a bare '3B'. */
function unitOfLine(line: readonly string[]): string {
  if (isFloor(line)) return `FL ${floorNumber(line[0])}`
  const [word = '', ...more] = line
  if ((line.length === 1 || isInTwo(line)) && isBareNumber(line) && !unitDesignators.has(word))
    return `# ${line.join('')}`
  // As if it stood after a street.
  const { rest, units } = takeUnits(['1', 'MAIN', 'ST', word, ...more])
  if (rest.length > 3 || units.length === 0) throw new Unreadable('unit_unclear', line.join(' '))
  return units.join(' ')
}

/** '3 B' is written 3B, and 'B 41' B41. */
const isInTwo = ([one = '', two = '', ...more]: readonly string[]): boolean =>
  more.length === 0 &&
  ((/^\d+$/.test(one) && /^[A-Z]$/.test(two)) || (/^[A-Z]{1,2}$/.test(one) && /^\d+[A-Z]?$/.test(two)))

/** How many words of a line that goes on are the number of a unit; of '3 E ELMHURST' one. */
const inNumber = (words: readonly string[]): 1 | 2 =>
  isInTwo(words.slice(0, 2)) && (isHouse(words[1]) || directions[words[1] ?? ''] === undefined) ? 2 : 1

/** The number of a unit without its word, or something like it. */
const isBareNumber = (words: readonly string[]): boolean =>
  words.every(isNumberLike) || (isInTwo(words) && !unitDesignators.has(words[0] ?? ''))

/** Several units, read once more as one line: 'LOWR' and '# 3C' are LOWR 3C. */
const unitsOf = (units: readonly string[]): string | null =>
  units.length === 0 ? null : unitOfLine(wordsOf(units.join(' ')))

function lastUnit(words: readonly string[], isBeforeUnit: boolean): { at: number; text: string } | null {
  const last = words.length - 1
  const word = words[last] ?? ''
  const from = streetFrom(words)
  const first = from + 1 // After a number and one word of a street.
  if (last < first) return null
  if (isFloorWord(word) && last - 1 >= first && floorNumber(words[last - 1]) !== null)
    return { at: last - 1, text: `FL ${floorNumber(words[last - 1])}` }
  for (let at = last - 1; at >= Math.max(first, last - 3); at--) {
    const unit = unitAt(words, at, last)
    if (unit) return { at, text: unit }
  }
  const designator = unitDesignators.get(word)
  if (
    designator &&
    !designator.needs_number &&
    (isBeforeUnit || endsStreet(words.slice(from, last)) || lastUnit(words.slice(0, last), true))
  )
    return { at: last, text: designator.abbreviation }
  if (
    word === '#' ||
    (designator?.needs_number && !alsoStreets.has(designator.abbreviation) && endsStreet(words.slice(from, last)))
  )
    throw new Unreadable('unit_without_number', word)
  const street = words.slice(from, last)
  const isBare = /^(\d+[A-Z]?|[A-Z]\d+|\d+-[A-Z\d]+|[A-Z])$/.test(word) && directions[word] === undefined
  if (isBare && !isBeforeUnit && endsStreet(street) && !isRoute(street)) return { at: last, text: `# ${word}` }
  const both = words.slice(last - 1)
  const before = street.slice(0, -1)
  if (!isBeforeUnit && inNumber(both) === 2 && endsStreet(before) && !isRoute(before))
    return { at: last - 1, text: `# ${both.join('')}` }
  return null
}

/** The unit that begins at a word and goes to the end of the line. */
function unitAt(words: readonly string[], at: number, last: number): string | null {
  const head = words[at] ?? ''
  const after = words.slice(at + 1, last + 1).filter((word) => word !== '#')
  if (after.length === 0 || after.some((word) => unitDesignators.has(word) && word !== 'PH')) return null
  if (after.length > 1 && !isInTwo(after)) return null
  const number = after.join('')
  if (head === '#') return unitDesignators.has(words[at - 1] ?? '') ? null : `# ${number}`
  const designator = unitDesignators.get(head)
  if (!designator) return null
  const isSure = designator.needs_number && !alsoStreets.has(designator.abbreviation) && !suffixes.has(number)
  return isSure || (isNumberLike(number) && directions[number] === undefined)
    ? `${designator.abbreviation} ${number}`
    : null
}

/** Do these words end with a street, so that what follows is a unit? */
function endsStreet(street: readonly string[]): boolean {
  const last = street.at(-1) ?? ''
  const names = street.filter((word) => directions[word] === undefined)
  // PARK AVE is a street; AVE alone is none.
  const isNamed = names.length > 1 || names.some((word) => !suffixes.has(word))
  return (isNamed && (suffixes.has(last) || directions[last] !== undefined)) || standsAlone.has(last)
}

const standsAlone = new Set(['BROADWAY', 'BOWERY', 'CONCOURSE', 'AMERICAS'])

/*
 * Streets.
 */

const isRoute = (before: readonly string[]): boolean =>
  before.length > 0 &&
  /^(RD|ROAD|RT|RTE|ROUTE|HWY|HIGHWAY|INTERSTATE)$/.test(before.at(-1) ?? '') &&
  before.slice(0, -1).every((word) => /^(US|STATE|ST|COUNTY|CO|OLD|NY|NJ|CT|PA)$/.test(word) || directions[word])

/** 'RT', 'HWY' and 'CO RD' before a number, as the names of roads have them. */
const routeWords: Readonly<Record<string, string>> = { RT: 'ROUTE', RTE: 'ROUTE', HWY: 'HIGHWAY', RD: 'ROAD', CO: 'COUNTY', ST: 'STATE' } // prettier-ignore

function streetLine(words: readonly string[]): string {
  const from = streetFrom(words)
  const street = words.slice(from)
  if (street.every((word) => !/[A-Z0-9]/.test(word))) throw new Unreadable('no_street', words.join(' '))
  const at = street.findIndex((_, index) => isUnitLeft(street, index))
  if (at >= 0) throw new Unreadable('unit_unclear', street.slice(at).join(' '))
  return [...words.slice(0, from), ...streetWords(street)].join(' ')
}

/** 'APT C1 2' behind a street is no part of it; 'STE' of SAULT STE MARIE AVE is. */
function isUnitLeft(street: readonly string[], at: number): boolean {
  const word = street[at] ?? ''
  if (at === 0) return false
  const designator = unitDesignators.get(word)
  if (!designator?.needs_number || alsoStreets.has(designator.abbreviation)) return word === '#'
  return designator.abbreviation === 'APT' || isNumberLike(street[at + 1]) || endsStreet(street.slice(0, at))
}

function streetWords(street: readonly string[]): string[] {
  const last = street.at(-1) ?? ''
  if (/^\d+[A-Z]?$/.test(last) && isRoute(street.slice(0, -1)))
    return street.map((word, index) =>
      index === street.length - 1 ? word : (routeWords[word] ?? directions[word] ?? word),
    )
  const { before, rest: withAfter } = takeBefore(street)
  const { rest, after } = takeAfter(withAfter)
  const suffix = rest.length > 1 ? suffixes.get(rest.at(-1) ?? '') : undefined
  const name = suffix ? rest.slice(0, -1) : rest
  return [...before, ...nameWords(name, suffix !== undefined), ...(suffix ? [suffix] : []), ...after]
}

/** A direction that is the whole name, as of NORTH AVE, is none. */
function takeBefore(street: readonly string[]): { before: string[]; rest: readonly string[] } {
  const [one = '', two = ''] = street
  const isName = (rest: readonly string[]): boolean => rest.some((word) => !suffixes.has(word)) || rest.length > 1
  const both = combined(one, two)
  if (both && isName(street.slice(2))) return { before: [both], rest: street.slice(2) }
  const direction = directions[one]
  return direction && isName(street.slice(1))
    ? { before: [direction], rest: street.slice(1) }
    : { before: [], rest: street }
}

/** The direction after a name; of AVENUE W it is the name. */
function takeAfter(street: readonly string[]): { rest: readonly string[]; after: string[] } {
  const [one = '', two = ''] = [street.at(-2), street.at(-1)]
  const both = combined(one, two)
  if (both && street.length > 3) return { rest: street.slice(0, -2), after: [both] }
  const direction = directions[two]
  const before = street.slice(0, -1)
  const isNamed = before.length > 1 || (before.length === 1 && !suffixes.has(before[0] ?? ''))
  return direction && isNamed ? { rest: before, after: [direction] } : { rest: street, after: [] }
}

/** 'NORTH EAST' → 'NE'; EAST WEST HWY is a name. */
function combined(one: string, two: string): string | null {
  const [first = '', second = ''] = [directions[one], directions[two]]
  return /^[NS]$/.test(first) && /^[EW]$/.test(second) ? first + second : null
}

const oftenTypes = new Set(Object.values(streetTypes).map((type) => type.toUpperCase()))
const whole: Readonly<Record<string, string>> = { N: 'NORTH', S: 'SOUTH', E: 'EAST', W: 'WEST' }

/** A suffix that is part of the name is spelled out: AVENUE J, KEW GARDENS RD. */
const nameWords = (name: readonly string[], has_suffix: boolean): string[] =>
  name.map((word, index) => {
    if (has_suffix && name.length === 1) return whole[word] ?? word
    const isHead = index === 0 && name.length > 1 && suffixes.get(word) === 'AVE'
    const isLast = has_suffix && index > 0 && index === name.length - 1 && oftenTypes.has(word)
    return isHead || isLast ? (suffixNames.get(suffixes.get(word) ?? '') ?? word) : word
  })

/** Numbered streets are compared by their number: 5 AVE, 5TH AVE and FIFTH AVE are one; so are APT 3B and # 3B. */
export const compared = (line: string): string =>
  line
    .split(' ')
    .map((word) => {
      const spelled = numberWords.indexOf(word.toLowerCase())
      return spelled >= 0 ? String(spelled + 1) : word.replace(/^(\d+)(ST|ND|RD|TH)$/, '$1')
    })
    .join(' ')
