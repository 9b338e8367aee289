import { expect, test } from 'vitest'
import { dateInName, dayThere } from './source.ts'

test.each([
  ['AllNYSVoters_20261101.txt', '2026-11-01'],
  ['/disk of 20200101/voters_11012026.txt', '2026-11-01'],
  ['phones_2026-11-26.csv', '2026-11-26'],
  ['voters_99999999.txt', null],
  ['12-34-2026.csv', null],
])('the date in %s is %s', (name, date) => {
  expect(dateInName(name)).toBe(date)
})

test('numbers that come in the evening are of that day, not of tomorrow', () => {
  expect(dayThere(null, new Date('2026-11-27T02:18:00Z'))).toBe('2026-11-26')
})
