import { guessHangul } from '../../voterfile/community/hangul.ts'
import { nameKey } from '../../voterfile/rules/names.ts'

/** What of a person says whether two are one. */
export interface Likeness {
  person_id: string
  last_name: string | null
  first_name: string | null
  middle_name: string | null
  name_hangul: string | null
  birth_year: number | null
  address: string | null
  emails: readonly string[]
  phones: readonly string[]
}

export const evidenceKinds = [
  'email',
  'phone',
  'name',
  'hangul',
  'hangul_reading',
  'birth_year',
  'other_birth_year',
  'address',
  'other_name',
] as const
export type Evidence = (typeof evidenceKinds)[number]

/** Points of each sign; together from `shownFrom` on somebody should look. A shared mailbox or telephone alone is a family. */
const points: Record<Evidence, number> = {
  email: 0.45,
  phone: 0.35,
  name: 0.4,
  hangul: 0.4,
  hangul_reading: 0.25,
  birth_year: 0.25,
  other_birth_year: -0.6,
  address: 0.2,
  other_name: -0.3,
}

export const shownFrom = 0.5

/** How likely two rows are one person, 0-1, and why. */
export function likeness(a: Likeness, b: Likeness): { score: number; evidence: Evidence[] } {
  const evidence: Evidence[] = []
  if (a.emails.some((email) => b.emails.includes(email))) evidence.push('email')
  if (a.phones.some((phone) => b.phones.includes(phone))) evidence.push('phone')
  const sign = nameSign(a, b)
  if (sign) evidence.push(sign)
  if (a.birth_year !== null && b.birth_year !== null) {
    evidence.push(a.birth_year === b.birth_year ? 'birth_year' : 'other_birth_year')
  }
  const [here, there] = [addressKey(a), addressKey(b)]
  if (here && here === there) evidence.push('address')
  const sum = evidence.reduce((total, each) => total + points[each], 0)
  return { score: Math.round(Math.max(0, Math.min(1, sum)) * 100) / 100, evidence }
}

function nameSign(a: Likeness, b: Likeness): Evidence | null {
  const [mine, theirs] = [romanKeys(a), romanKeys(b)]
  if (mine.some((key) => theirs.includes(key))) return 'name'
  const [hangul, other] = [plain(a.name_hangul), plain(b.name_hangul)]
  if (hangul && other) return hangul === other ? 'hangul' : 'other_name'
  // 김영희 and KIM YOUNG HEE; Choi Eun Kyung and Choe Eunkyeong.
  const readings = [hangul ? [hangul] : readingsOf(a), other ? [other] : readingsOf(b)] as const
  if (readings[0].some((reading) => readings[1].includes(reading))) return 'hangul_reading'
  return mine.length > 0 && theirs.length > 0 ? 'other_name' : null
}

/** Surname and given name, joined; either first, with and without the middle name. */
export function romanKeys({ last_name, first_name, middle_name }: Likeness): string[] {
  const [last, first, middle] = [nameKey(last_name ?? ''), nameKey(first_name ?? ''), nameKey(middle_name ?? '')]
  if (!last || !first) return []
  return [...new Set([last + first, first + last, last + first + middle])]
}

/** The likeliest Hangul of a Roman name, whole names only. */
export const readingsOf = ({ last_name, first_name, middle_name }: Likeness): string[] =>
  last_name && first_name
    ? guessHangul(last_name, first_name, middle_name ?? '', 3).flatMap(({ hangul, given }) => (given ? [hangul] : []))
    : []

const plain = (name: string | null): string => (name ?? '').replace(/\s/g, '')
const addressKey = ({ address }: Likeness): string => (address ?? '').toUpperCase().replace(/[^A-Z0-9]/g, '')

/** More rows than this under one key are a shared desk or a joke, not one person. */
const largestGroup = 50

/** So many at once, then whoever waits for this process gets a turn. */
const atOnce = 200

/**
 * All pairs worth showing, the likeliest first. Compares only rows that share a mailbox, telephone or name.
 * `turn` lets others do something in between.
 */
export async function likelyPairs(
  people: readonly Likeness[],
  turn: () => Promise<void>,
): Promise<{ a: string; b: string; score: number; evidence: Evidence[] }[]> {
  const groups = new Map<string, Likeness[]>()
  for (const [at, person] of people.entries()) {
    if (at % atOnce === atOnce - 1) await turn()
    const keys = [
      ...person.emails.map((email) => `e:${email}`),
      ...person.phones.map((phone) => `p:${phone}`),
      ...romanKeys(person).map((key) => `n:${key}`),
      ...(person.name_hangul ? [plain(person.name_hangul)] : readingsOf(person)).map((name) => `h:${name}`),
    ]
    for (const key of new Set(keys)) {
      const group = groups.get(key)
      if (group) group.push(person)
      else groups.set(key, [person])
    }
  }
  const pairs = new Map<string, { a: string; b: string; score: number; evidence: Evidence[] }>()
  let compared = 0
  for (const group of groups.values()) {
    if (group.length > largestGroup) continue
    compared += group.length ** 2
    if (compared > atOnce) {
      compared = 0
      await turn()
    }
    for (const [at, one] of group.entries()) {
      for (const other of group.slice(at + 1)) {
        const [a = '', b = ''] = [one.person_id, other.person_id].sort()
        if (pairs.has(a + b)) continue
        pairs.set(a + b, { a, b, ...likeness(one, other) })
      }
    }
  }
  return [...pairs.values()].filter(({ score }) => score >= shownFrom).sort((x, y) => y.score - x.score)
}
