import { nameKey } from '../../voterfile/rules/names.ts'
import type { ReadRow } from './plan.ts'

/** A voter whom an id tells of. `is`: who they are, of ids made of a number that the city may give again; of the state's own null. */
export interface MeantVoter {
  voter_id: number
  is: { last_name: string; first_name: string | null; birth_year: number | null } | null
}

/**
 * Which of them a row means. `other_voter`: two of family name, given name and birth year are another's; `several_voters`: the number
 * was given again, and the row does not tell whose it was when the list was made.
 */
export function voterMeant(
  row: Pick<ReadRow, 'person'>,
  voters: readonly MeantVoter[],
): { voter_id: number } | { problem: 'unknown_voter' | 'other_voter' | 'several_voters' } {
  const [first] = voters
  if (!first) return { problem: 'unknown_voter' }
  if (first.is === null) return first
  const told = voters
    .map((voter) => ({ ...voter, ...comparison(row, voter) }))
    .toSorted((a, b) => a.against - b.against || b.agreeing - a.agreeing)
  const fitting = told.filter(({ against }) => against < 2)
  const [best, second] = fitting
  if (!best) return { problem: 'other_voter' }
  if (second && second.against === best.against && second.agreeing === best.agreeing)
    return { problem: 'several_voters' }
  return best
}

/** How many of family name, given name and birth year agree, and how many speak against it. The names may stand in either order. */
function comparison({ person }: Pick<ReadRow, 'person'>, { is }: MeantVoter): { agreeing: number; against: number } {
  const [last, given] = [String(person.last_name ?? ''), String(person.first_name ?? '')]
  const theirs = [is?.last_name ?? '', is?.first_name ?? ''] as const
  const years = [person.birth_year, is?.birth_year] as const
  const year = years[0] === undefined || typeof years[1] !== 'number' ? null : years[0] === years[1]
  const readings = [
    [last, given],
    [given, last],
  ].map(([a = '', b = '']) => {
    const said = [
      nameKey(a) === '' ? null : isPart(a, theirs[0]),
      nameKey(b) === '' ? null : isPart(b, theirs[1]) || isBegun(b, theirs[1]),
      year,
    ]
    return {
      agreeing: said.filter((each) => each === true).length,
      against: said.filter((each) => each === false).length,
    }
  })
  const [one = { agreeing: 0, against: 0 }, other = one] = readings
  return other.against < one.against ? other : one
}

/** People who married have both names: word for word, for An is no part of Han. */
function isPart(name: string, other: string): boolean {
  const [one, two] = [wordsOf(name), wordsOf(other)]
  const [fewer, more] = one.length < two.length ? [one, two] : [two, one]
  return nameKey(name) === nameKey(other) || (fewer.length > 0 && fewer.every((word) => more.includes(word)))
}

/** A middle name may be written with the first, and the first by its letter alone. */
function isBegun(name: string, other: string): boolean {
  const [one, two] = [nameKey(name), nameKey(other)]
  return one !== '' && two !== '' && (one.startsWith(two) || two.startsWith(one))
}

const wordsOf = (name: string): string[] =>
  name
    .split(/[\s-]+/)
    .map(nameKey)
    .filter(Boolean)
