/**
 * Number of a state voter id, unique within its state and at most 53 bits: an index over numbers is made several times
 * faster than one over texts that all begin alike. Digits after the state's prefix count as they are (a lost leading zero
 * is the same voter); short ids with letters are read in base 37; anything longer is hashed.
 */
export function stateKey(id: string, prefix: string): number {
  const text = id.trim().toUpperCase()
  const city = provisionalNumber(text)
  if (city !== null) return provisionalKey(city)
  const rest = prefix && text.startsWith(prefix) ? text.slice(prefix.length) : text
  if (/^\d{1,18}$/.test(rest)) {
    const number = Number(rest)
    if (Number.isSafeInteger(number)) return number
  }
  if (/^[0-9A-Z]{1,10}$/.test(text)) {
    let key = 0
    for (let at = 0; at < text.length; at++) key = key * 37 + Number.parseInt(text.charAt(at), 36) + 1
    return -key
  }
  let one = 0x9e3779b9
  let two = 0x85ebca6b
  for (let at = 0; at < text.length; at++) {
    one = Math.imul(one ^ text.charCodeAt(at), 0x01000193)
    two = Math.imul(two ^ text.charCodeAt(at), 0x5bd1e995)
  }
  // Beyond what base 37 reaches.
  return -(5_000_000_000_000_000 + (one >>> 0) * 900_000 + ((two >>> 0) % 900_000))
}

/** Below all that `stateKey` makes of the states' own ids. */
export const provisionalBase = -9_000_000_000_000_000

/** In the place of a state voter id that is not known yet: made of the number the voter has in New York City. */
export const provisionalKey = (number: number): number => provisionalBase - number
export const provisionalId = (number: number): string => `NYC${String(number).padStart(9, '0')}`

/** From here on such ids are of voters whose number the city has given to somebody else: made of their `voter_id`. */
export const withoutNumber = 1_000_000_000_000

/** The number in such an id; null where it is none. */
export function provisionalNumber(id: string): number | null {
  const [, digits] = /^NYC(\d{9,13})$/i.exec(id.trim()) ?? []
  return digits === undefined ? null : Number(digits)
}

/** The number a file of the city gives; -1, which nobody has, where it cannot be one. */
export function cityNumber(text: string): number {
  const number = Number(wholeNumber(text.trim()).replace(/\D/g, ''))
  return number > 0 && number < withoutNumber ? number : -1
}

/** Spreadsheets and statistics programs make 25 into 25.0. */
export const wholeNumber = (text: string): string => text.replace(/^(\d+)\.0$/, '$1')

/** Of several rows of one voter the one with the highest rank counts: best status, then latest registration. */
export const statusRanks: Readonly<Record<string, number>> = {
  purged: 0,
  preregistered: 1,
  inactive: 2,
  federal: 3,
  overseas: 4,
  military: 5,
  active: 6,
}

/** `registered`: days from 2000-01-01. */
export const rankOf = (status: string, registered: number | null): number =>
  (statusRanks[status] ?? 0) * 200_000 + (registered === null ? 0 : registered + 60_000)

/** The same in SQL. */
export const rankSql = `(case status ${Object.entries(statusRanks)
  .map(([status, rank]) => `when '${status}' then ${rank * 200_000}`)
  .join(' ')} else 0 end + coalesce(registered_on - date '2000-01-01' + 60000, 0))`
