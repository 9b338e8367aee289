import { expect, test } from 'vitest'
import { readContestFile } from '../../features/elections/imports/contest-file.ts'
import { nextPrimary } from './next-primary.ts'

test.each([
  ['2026-11-28', '2028-primary.csv', { declared: 8, withdrawn: 2 }],
  ['2028-06-01', '2028-primary.csv', { on_ballot: 8, withdrawn: 1, removed: 1 }],
])('on %s the practice town has %s, as far as a ballot can be', (today, name, states) => {
  const made = nextPrimary(today)
  expect(made?.name).toBe(name)
  const read = readContestFile(made?.text ?? '')
  const candidates = read.ok ? read.rows.flatMap(({ candidate }) => (candidate ? [candidate] : [])) : []
  expect(Object.fromEntries(Object.entries(Object.groupBy(candidates, (each) => each.status ?? '')).map(([status, all]) => [status, all?.length]))).toEqual(states) // prettier-ignore
  expect(candidates.every(({ status_on }) => status_on !== null && status_on <= today)).toBe(true)
})

test('a year without a primary of the Legislature has that of the next; after the calendar there is none', () => {
  expect(nextPrimary('2027-06-01')?.name).toBe('2028-primary.csv')
  expect(nextPrimary('2050-01-01')).toBeNull()
})
