import { expect, test } from 'vitest'
import { ageOn, barredFrom, effectiveName, lastElections, shownName } from './rules.ts'

const kim = { last_name: 'Kim', first_name: 'Young', middle_name: 'Hee' }

test('a name is shown in the reader’s script, and the other one beside it', () => {
  expect(shownName(kim, '김영희', 'ko')).toEqual({ main: '김영희', main_language: 'ko', other: 'Young Hee Kim' })
  expect(shownName(kim, '김영희', 'en')).toEqual({ main: 'Young Hee Kim', main_language: 'en', other: '김영희' })
  expect(shownName(kim, null, 'ko').main).toBe('Young Hee Kim')
  expect(shownName({ last_name: null, first_name: null, middle_name: null }, '김영희', 'en').main).toBe('김영희')
})

test('our name stands whole before the state’s, never mixed with it', () => {
  expect(effectiveName({ last_name: 'Lee', first_name: 'Ann', middle_name: null }, kim).middle_name).toBeNull()
  expect(effectiveName({ last_name: null, first_name: null, middle_name: null }, kim)).toEqual(kim)
})

test.each([
  ['2026-11-22', '1958-11-23', 67],
  ['2026-11-23', '1958-11-23', 68],
  ['2026-02-28', '2008-02-29', 17],
])('on %s somebody born %s is %i', (day, birth_date, age) => {
  expect(ageOn(day, { birth_date, birth_year: null })).toBe(age)
})

test('the last elections leave out special ones and those to come', () => {
  const held = [
    { election_id: 1, kind: 'general', year: 2026, held_on: '2026-11-03' },
    { election_id: 2, kind: 'special', year: 2026, held_on: '2026-02-03' },
    { election_id: 3, kind: 'primary', year: 2027, held_on: '2027-06-22' },
    { election_id: 4, kind: 'primary', year: 2025, held_on: '2025-06-24' },
  ]
  expect(lastElections(held, '2026-11-23').map(({ election_id }) => election_id)).toEqual([1, 4])
})

test.each([
  ['NY', 'dem', 'primary', '2025-06-24', null],
  ['NY', 'none', 'primary', '2025-06-24', 'closed_primary'],
  ['NY', 'gre', 'presidential_primary', '2024-04-02', 'closed_primary'],
  ['NY', 'none', 'general', '2024-11-05', null],
  ['NY', 'none', 'general', '2019-11-05', 'too_early'],
  ['NC', 'none', 'primary', '2024-03-05', null],
  ['OH', 'none', 'primary', '2024-03-19', null],
])('%s, %s: %s on %s is barred by %s', (state, party, kind, held_on, barred) => {
  const election = { election_id: 1, kind, year: Number(held_on.slice(0, 4)), held_on }
  expect(barredFrom(election, { state, party, registered_on: '2020-01-01' })).toBe(barred)
})
