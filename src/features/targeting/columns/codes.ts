import { communities, parties, phoneKinds, registrationSources, sexes, statuses } from '../schema.ts'

/* How values stand in the columns, for the one who writes them and the one who asks. */

/** 1 January 1880 is day 1; 0: not known. Every living voter's birthday and registration fits into 16 bits. */
const dayBefore = Date.UTC(1879, 11, 31) / 86_400_000
export const mostDays = 0xffff
/** Day number of a 'YYYY-MM-DD'; may lie outside 1 … mostDays. */
export const dayOf = (date: string): number => Date.parse(`${date}T00:00:00Z`) / 86_400_000 - dayBefore
/** From PostgreSQL's binary form, days since 2000-01-01. */
export const dayOfPostgres = (days: number): number => days + Date.UTC(2000, 0, 1) / 86_400_000 - dayBefore
export const dateOf = (day: number): string => new Date((day + dayBefore) * 86_400_000).toISOString().slice(0, 10)

/** 1880 is 1; 0: not known. */
export const bornOf = (year: number): number => year - 1879
export const yearOf = (born: number): number => born + 1879
export const mostBorn = 0xff

/** 0: not known, 1: younger than 0, then the years + 2. */
export const ageCode = (age: number): number => Math.max(1, Math.min(255, age + 2))

/** Three bit planes. */
export const statusCodes = [...statuses.filter((status) => status !== 'gone'), 'other'] as const
/** Four. */
export const partyCodes = [...parties, 'other'] as const
/** Two; 0: not known. */
export const sexCodes = ['unknown', ...sexes.filter((sex) => sex !== 'unknown')] as const

/** Three; 0: not known. */
export const sourceCodes = [
  'unknown',
  ...registrationSources.filter((source) => source !== 'unknown'),
  'other',
] as const

/** In the changes of party: nothing is said of the party before. */
export const noParty = 0xff

/** Sections that are bitsets over all voters. */
export const setNames = {
  party: [0, 1, 2, 3].map((plane) => `party${plane}`),
  status: [0, 1, 2].map((plane) => `status${plane}`),
  sex: [0, 1].map((plane) => `sex${plane}`),
  registered_by: [0, 1, 2].map((plane) => `registered_by${plane}`),
  /** Of a city's list alone: the state's file is still to come, or has nobody for them. */
  no_state_id: { waiting: 'waiting', unmatched: 'unmatched' },
  /** Who can vote and is in the newest file: what an expression that says nothing of status means. */
  contactable: 'contactable',
  gone: 'gone',
  phone: 'phone',
  /** Mail can be sent there. */
  mail: 'mail',
  /** A vote of any kind is told of. */
  ever_voted: 'ever_voted',
  phone_kinds: Object.fromEntries(phoneKinds.map((kind) => [kind, `phone_${kind}`])) as Record<
    (typeof phoneKinds)[number],
    string
  >,
  /** Positions of at least `leastPercent`, by percent and then ascending, of each community, and of any last. */
  likely: [...communities.map((name) => `likely_${name}`), 'likely'],
  /** Where in that list each percent begins, from 0 to 101. */
  likely_from: [...communities.map((name) => `likely_from_${name}`), 'likely_from'],
  /** The percent itself, of each community, and of the likeliest last. */
  percent: [...communities.map((name) => `p_${name}`), 'p'],
} as const

/**
 * Ascending positions in few bytes: each as its distance from the one before (the first from -1), seven bits a byte, the lowest
 * first; the highest bit says that more follow.
 */
export function pack(positions: Uint32Array): Uint8Array {
  const bytes = new Uint8Array(positions.length * 4)
  let [at, before] = [0, -1]
  for (const position of positions) {
    let left = position - before
    before = position
    for (; left > 0x7f; left >>>= 7) bytes[at++] = (left & 0x7f) | 0x80
    bytes[at++] = left
  }
  return bytes.subarray(0, at)
}

/** hashint4() of PostgreSQL, by which samples are ordered: the last rounds of Bob Jenkins' lookup3. */
export function sampleOrder(voter_id: number): number {
  const start = (0x9e3779b9 + 4 + 3923095) | 0
  let [a, b, c] = [(start + voter_id) | 0, start, start]
  const turn = (x: number, by: number): number => (x << by) | (x >>> (32 - by))
  c = ((c ^ b) - turn(b, 14)) | 0
  a = ((a ^ c) - turn(c, 11)) | 0
  b = ((b ^ a) - turn(a, 25)) | 0
  c = ((c ^ b) - turn(b, 16)) | 0
  a = ((a ^ c) - turn(c, 4)) | 0
  b = ((b ^ a) - turn(a, 14)) | 0
  return ((c ^ b) - turn(b, 24)) | 0
}
