/*
 * The Intelligent Mail barcode by USPS-B-3200, revision G (2015; the steps are those of revision H): 20 digits of tracking
 * and up to 11 of the ZIP code as 65 bars. Compared with the published vectors, and with bwip-js in a test.
 */

/** F: whole bar, A: its upper two thirds, D: its lower two thirds, T: the middle alone. */
export type Bars = string

export interface Barcode {
  /** Barcode identifier (2), service type (3), mailer (6 or 9), serial number (9 or 6). */
  tracking: string
  /** ZIP, with +4, with the delivery point: 0, 5, 9 or 11 digits. */
  routing: string
}

/** `at`: of the letter or digit, counted from 0. */
export interface BarcodeProblem {
  in: 'tracking' | 'routing' | 'bars'
  code: 'not_a_digit' | 'length' | 'identifier' | 'not_a_bar' | 'no_barcode'
  at: number
  found: string
}

export type Encoded = { ok: true; bars: Bars } | { ok: false; problem: BarcodeProblem }
export type Decoded = { ok: true; barcode: Barcode } | { ok: false; problem: BarcodeProblem }

/** What is added to the ZIP code by its digits, so that none has the number of another. */
const offsets: readonly (readonly [digits: number, offset: bigint])[] = [
  [0, 0n],
  [5, 1n],
  [9, 100_001n],
  [11, 1_000_100_001n],
]

/** Of each bar from the left: character and bit of what goes below, character and bit of what goes above. */
const bars =
  `H2E3 B10A0 J12C8 F5G11 I9D1 A1F12 C5B8 E4J11 G3I10 D9H6 F11B4 I5C12 J10A2 H1G7 D6E9 A3I6 G4C7 B1J9 H10F2 E0D8 G2A4 I11B0 J8D12 C6H7 F1E10
  B12G9 H3I0 F8J7 E6C10 D4A5 I4F7 H11B9 G0J6 A6E8 C1D2 F9I12 E11G1 J5H4 D3B2 A7C0 B3E1 G10D5 I7J4 C11F6 A8H12 E2I1 F10D0 J3A9 G5C4 H8B7 F0E5
  C3A10 G12J2 D11B6 I8H9 F4A11 B5C2 J1E12 I3G6 H0D7 E7H5 A12B11 C9J0 G8F3 D10I2`
    .split(/\s+/)
    .map((bar) => {
      const [, low = '', low_bit, high = '', high_bit] = /([A-J])(\d+)([A-J])(\d+)/.exec(bar) ?? []
      return {
        low: low.charCodeAt(0) - 65,
        low_bit: Number(low_bit),
        high: high.charCodeAt(0) - 65,
        high_bit: Number(high_bit),
      }
    })

const allBits = 0x1fff
/** 1,287 characters of 13 bits with five set, then 78 with two. */
const characters: readonly number[] = [...charactersOf(5), ...charactersOf(2)]
const codewords: ReadonlyMap<number, number> = new Map(characters.map((character, codeword) => [character, codeword]))

/** Each beside its mirror image from the front; what is its own mirror image from the back. */
function charactersOf(count: number): number[] {
  const front: number[] = []
  const back: number[] = []
  for (let value = 0; value <= allBits; value++) {
    const bits = value.toString(2).padStart(13, '0')
    if (bits.replaceAll('0', '').length !== count) continue
    const mirrored = parseInt(
      bits.replace(/./g, (_, at: number) => bits[12 - at] ?? ''),
      2,
    )
    if (mirrored === value) back.unshift(value)
    else if (mirrored > value) front.push(value, mirrored)
  }
  return [...front, ...back]
}

export function encode({ tracking, routing }: Barcode): Encoded {
  const problem = problemOf('tracking', tracking, [20]) ?? problemOf('routing', routing, offsets.map(([digits]) => digits)) // prettier-ignore
  if (problem) return { ok: false, problem }
  if (Number(tracking[1]) > 4)
    return { ok: false, problem: { in: 'tracking', code: 'identifier', at: 1, found: tracking[1] ?? '' } }
  const offset = offsets.find(([digits]) => digits === routing.length)?.[1] ?? 0n
  let data = (BigInt(routing || '0') + offset) * 10n + BigInt(tracking.charAt(0))
  data = (data * 5n + BigInt(tracking.charAt(1))) * 10n ** 18n + BigInt(tracking.slice(2))
  const crc = crcOf(data)

  const words: number[] = []
  for (const size of [636n, ...Array.from({ length: 8 }, () => 1365n)]) {
    words.unshift(Number(data % size))
    data /= size
  }
  words.unshift(Number(data) + (crc & 0x400 ? 659 : 0))
  words[9] = (words[9] ?? 0) * 2
  const marks = words.map((word, index) => (characters[word] ?? 0) ^ (crc & (1 << index) ? allBits : 0))
  const isSet = (character: number, bit: number): boolean => ((marks[character] ?? 0) & (1 << bit)) !== 0
  const letters = bars.map(({ low, low_bit, high, high_bit }) => {
    const [below, above] = [isSet(low, low_bit), isSet(high, high_bit)]
    return below && above ? 'F' : above ? 'A' : below ? 'D' : 'T'
  })
  return { ok: true, bars: letters.join('') }
}

/** The digits of a barcode whose bars were read or typed as letters. */
export function decode(typed: Bars): Decoded {
  const letters = typed.toUpperCase().replaceAll(/\s+/g, '')
  const refuse = (code: BarcodeProblem['code'], at: number, found: string): Decoded => ({
    ok: false,
    problem: { in: 'bars', code, at, found },
  })
  const wrong = letters.search(/[^FADT]/)
  if (wrong >= 0) return refuse('not_a_bar', wrong, letters[wrong] ?? '')
  if (letters.length !== 65) return refuse('length', Math.min(letters.length, 65), String(letters.length))
  const marks = Array.from({ length: 10 }, () => 0)
  for (const [at, { low, low_bit, high, high_bit }] of bars.entries()) {
    const letter = letters[at] ?? ''
    if ('FD'.includes(letter)) marks[low] = (marks[low] ?? 0) | (1 << low_bit)
    if ('FA'.includes(letter)) marks[high] = (marks[high] ?? 0) | (1 << high_bit)
  }
  let crc = 0
  const words: number[] = []
  for (const [index, mark] of marks.entries()) {
    const isTurned = !codewords.has(mark)
    const word = codewords.get(isTurned ? mark ^ allBits : mark)
    if (word === undefined) return refuse('no_barcode', 0, '')
    if (isTurned) crc |= 1 << index
    words.push(word)
  }
  const [first = 0] = words
  if (first >= 659) crc |= 0x400
  const last = words[9] ?? 0
  let data = BigInt(first % 659)
  for (const word of words.slice(1, 9)) data = data * 1365n + BigInt(word)
  data = data * 636n + BigInt((last / 2) | 0)
  if (last % 2 !== 0 || first > 1317 || crcOf(data) !== crc) return refuse('no_barcode', 0, '')

  const rest = String(data % 10n ** 18n).padStart(18, '0')
  data /= 10n ** 18n
  const second = String(data % 5n)
  const start = String((data / 5n) % 10n)
  const routing = data / 50n
  // Phones run this too, old ones.
  const [digits, offset] = offsets.filter(([, from]) => routing >= from).at(-1) ?? [0, 0n]
  return {
    ok: true,
    barcode: { tracking: start + second + rest, routing: digits ? String(routing - offset).padStart(digits, '0') : '' },
  }
}

/** Eleven bits over the 102 of the data, the highest first. */
function crcOf(data: bigint): number {
  let register = 0x7ff
  for (let bit = 101n; bit >= 0n; bit--) {
    const isTurned = ((register >> 10) & 1) !== Number((data >> bit) & 1n)
    register = ((register << 1) & 0x7ff) ^ (isTurned ? 0xf35 & 0x7ff : 0)
  }
  return register
}

function problemOf(part: 'tracking' | 'routing', digits: string, lengths: readonly number[]): BarcodeProblem | null {
  const wrong = digits.search(/\D/)
  if (wrong >= 0) return { in: part, code: 'not_a_digit', at: wrong, found: digits[wrong] ?? '' }
  if (lengths.includes(digits.length)) return null
  return { in: part, code: 'length', at: digits.length, found: String(digits.length) }
}

export interface Mailer {
  /** Three digits: class and services (USPS STID table). */
  service_type: string
  /** Six or nine digits, given by the post. */
  mailer_id: string
}

/** The tracking digits of a piece; null where its serial number has more digits than this mailer's pieces may have. */
export function trackingOf({ service_type, mailer_id }: Mailer, serial: number): string | null {
  const digits = 15 - mailer_id.length
  return String(serial).length > digits ? null : `00${service_type}${mailer_id}${String(serial).padStart(digits, '0')}`
}

/** Six digits begin with 0 to 8, nine with 9. */
export const isMailerId = (typed: string): boolean => /^([0-8]\d{5}|9\d{8})$/.test(typed)
