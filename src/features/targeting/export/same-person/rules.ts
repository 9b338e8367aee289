/** A record as far as it tells whether another one is the same human being. */
export interface Recorded {
  voter_id: number
  first: string | null
  middle: string | null
  last: string
  suffix: string | null
  /** 'YYYY-MM-DD' */
  birth_date: string | null
  birth_year: number | null
}

/**
 * Records of one home by the people they are of: somebody who registered anew stands in the file twice. Names alone are
 * enough where no birth is known, unless `needs_birth`. Each group has the record with the most known of it first.
 */
export function peopleAmong<T extends Recorded>(
  records: readonly T[],
  { needs_birth } = { needs_birth: false },
): T[][] {
  const people: T[][] = []
  /** By surname: a shelter or a dormitory has thousands at one door. */
  const alike = new Map<string, T[][]>()
  for (const record of records.toSorted((a, b) => known(b) - known(a) || a.voter_id - b.voter_id)) {
    const { last } = namesOf(record)
    const others = alike.get(last) ?? []
    alike.set(last, others)
    // Each of them is asked: a father and a son do not become one by a third record that could be either's.
    const theirs = others.find((person) => person.every((each) => isOnePerson(each, record, needs_birth)))
    if (theirs) theirs.push(record)
    else {
      const person = [record]
      others.push(person)
      people.push(person)
    }
  }
  return people
}

export function isOnePerson(a: Recorded, b: Recorded, needs_birth: boolean): boolean {
  const [one, other] = [namesOf(a), namesOf(b)]
  if (one.last === '' || one.last !== other.last) return false
  if (one.first === '' || (one.suffix !== '' && other.suffix !== '' && one.suffix !== other.suffix)) return false
  const birth = sameBirth(a, b)
  // Of a father and a son of one name the file often knows the birth of one alone.
  if (birth === null) return !needs_birth && one.full === other.full && one.suffix === other.suffix
  if (!birth || one.full === other.full) return birth
  return one.first === other.first && (one.middle.startsWith(other.middle) || other.middle.startsWith(one.middle))
}

/** null: of one of them no birth is known. */
function sameBirth(a: Recorded, b: Recorded): boolean | null {
  if (a.birth_date !== null && b.birth_date !== null) return a.birth_date === b.birth_date
  const [one, other] = [yearOf(a), yearOf(b)]
  return one === null || other === null ? null : one === other
}

const yearOf = ({ birth_date, birth_year }: Recorded): number | null =>
  birth_date === null ? birth_year : Number(birth_date.slice(0, 4))

const known = (record: Recorded): number => (record.birth_date !== null ? 2 : yearOf(record) !== null ? 1 : 0)

interface Names {
  first: string
  middle: string
  full: string
  last: string
  suffix: string
}

/** Each record is compared with many. */
const namesKnown = new WeakMap<Recorded, Names>()

function namesOf(record: Recorded): Names {
  const there = namesKnown.get(record)
  if (there) return there
  const { first, middle, last, suffix } = record
  const [given, second] = [letters(first ?? ''), letters(middle ?? '')]
  const names = { first: given, middle: second, full: given + second, last: letters(last), suffix: letters(suffix ?? '') } // prettier-ignore
  namesKnown.set(record, names)
  return names
}

const letters = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toUpperCase()
