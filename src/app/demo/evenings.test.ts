import { expect, test } from 'vitest'
import { eveningsOf } from './calls.ts'

test.each([
  { today: '2026-10-03', days: ['2026-09-28', '2026-09-29', '2026-10-01', '2026-10-02'] },
  { today: '2026-11-28', days: ['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-27'] }, // Thanksgiving two days ago
  { today: '2026-12-26', days: ['2026-12-21', '2026-12-22', '2026-12-23', '2026-12-24'] },
])('seen from $today the volunteers of the practice town called on $days', ({ today, days }) => {
  expect(eveningsOf(today, [], [5, 4, 2, 1, 3, 6], 4).map(({ date }) => date)).toEqual(days)
})
