import { expect, test } from 'vitest'
import { peopleAmong, type Recorded } from './rules.ts'

const nobody: Omit<Recorded, 'voter_id'> = {
  first: 'John', middle: null, last: 'Kim', suffix: null, birth_date: null, birth_year: null,
} // prettier-ignore
const people = (records: Partial<Recorded>[], needs_birth = false): number =>
  peopleAmong(records.map((record, at) => ({ ...nobody, voter_id: at + 1, ...record })), { needs_birth }).length // prettier-ignore

test.each([
  ['registered twice', [{ birth_date: '1980-05-01' }, { birth_date: '1980-05-01' }], 1],
  ['of one record the year alone is known', [{ birth_date: '1980-05-01' }, { birth_year: 1980 }], 1],
  ['another day of one year', [{ birth_date: '1980-05-01' }, { birth_date: '1980-06-01' }], 2],
  ['father and son, both born on a known day', [{ birth_date: '1950-05-01', suffix: 'SR' }, { birth_date: '1980-05-01', suffix: 'JR' }], 2],
  ['father and son, of whom nobody wrote which is which', [{ birth_year: 1950 }, { birth_year: 1980 }], 2],
  ['father and son by the suffix alone', [{ suffix: 'Sr.' }, { suffix: 'Jr' }], 2],
  ['a suffix written once, no birth known', [{ suffix: 'JR' }, {}], 2],
  ['a suffix written once, one birth', [{ suffix: 'JR', birth_date: '1980-05-01' }, { birth_date: '1980-05-01' }], 1],
  ['father, son, and a record that could be either’s', [{ birth_year: 1950 }, { birth_year: 1980 }, {}], 2],
  ['twins', [{ birth_date: '1980-05-01' }, { first: 'James', birth_date: '1980-05-01' }], 2],
  ['twins whose names begin alike', [{ first: 'Young', middle: 'Hee', birth_date: '1980-05-01' }, { first: 'Young', middle: 'Soo', birth_date: '1980-05-01' }], 2],
  ['a name of two syllables, however it is written', [{ first: 'Young Hee', birth_year: 1980 }, { first: 'YOUNG-HEE', birth_year: 1980 }, { first: 'Young', middle: 'Hee', birth_year: 1980 }], 1],
  ['a middle initial', [{ middle: 'Albert', birth_year: 1980 }, { middle: 'A.', birth_year: 1980 }], 1],
  ['a middle name once, one birth', [{ middle: 'Albert', birth_year: 1980 }, { birth_year: 1980 }], 1],
  ['a middle name once, no birth known', [{ middle: 'Albert' }, {}], 2],
  ['one name, no birth known', [{}, {}], 1],
  ['one name, one birth known', [{ birth_year: 1980 }, {}], 1],
  ['other surnames', [{}, { last: 'Lee' }], 2],
  ['an accent', [{ first: 'José', birth_year: 1980 }, { first: 'JOSE', birth_year: 1980 }], 1],
  ['names that differ in a number alone', [{ first: 'Given 2', birth_year: 1980 }, { first: 'Given 3', birth_year: 1980 }], 2],
  ['no given name', [{ first: null, birth_year: 1980 }, { first: null, birth_year: 1980 }], 2],
] satisfies [string, Partial<Recorded>[], number][])('%s', (_, records, count) => {
  expect(people(records)).toBe(count)
  expect(people(records.toReversed())).toBe(count)
}) // prettier-ignore

test('in a building nobody is taken for another by their name alone', () => {
  expect(people([{}, {}], true)).toBe(2)
  expect(people([{ birth_year: 1980 }, { birth_year: 1980 }], true)).toBe(1)
})
