import { expect, test } from 'vitest'
import { addMonths } from './clock.ts'

test.each([
  ['2026-01-31', 1, '2026-02-28'],
  ['2027-12-31', 2, '2028-02-29'],
  ['2028-02-29', 12, '2029-02-28'],
  ['2026-12-15', 1, '2027-01-15'],
  ['2026-03-01', 120, '2036-03-01'],
])('%s and %i months are %s', (date, months, then) => {
  expect(addMonths(date, months)).toBe(then)
})

test('where a month was too short, the day that is meant comes back', () => {
  expect(addMonths('2026-02-28', 1, 31)).toBe('2026-03-31')
  expect(addMonths('2026-02-28', 2, 31)).toBe('2026-04-30')
})
