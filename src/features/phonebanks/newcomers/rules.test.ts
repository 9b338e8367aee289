import { expect, test } from 'vitest'
import { standingOfNewcomer } from './rules.ts'

const now = new Date('2026-11-23T17:00:00Z')
const before = (hours: number) => new Date(now.getTime() - hours * 3_600_000)
const somebody = {
  phone: '+17185550100',
  is_closed: false,
  language: 'ko',
  said: null,
  tries: 0,
  tried_at: null,
  line_at: null,
}
const bank = { languages: ['ko'], max_attempts: 3, retry_after_hours: 4, is_household_once_a_day: true, time_zone: 'America/New_York' } // prettier-ignore

test.each([
  { who: {}, is: 'ready' },
  { who: { tries: 1, tried_at: before(4) }, is: 'ready' },
  { who: { tries: 1, tried_at: before(3.9) }, is: 'resting' },
  // Somebody else at that number was rung.
  { who: { tried_at: before(1) }, is: 'resting' },
  // They answered there, for themselves: their home is rung once a day.
  { who: { line_at: before(5) }, is: 'resting' },
  { who: { line_at: before(13) }, is: 'ready' },
  { who: { tries: 3, tried_at: before(9) }, is: 'done' },
  { who: { language: 'es' }, is: 'other_language' },
  { who: { said: 'maybe' as const }, is: 'done' },
  { who: { phone: null }, is: 'done' },
  { who: { is_closed: true, language: 'es' }, is: 'done' },
])('$who is $is', ({ who, is }) => {
  expect(standingOfNewcomer({ ...somebody, ...who }, bank, now).is).toBe(is)
})

test('where a home may be rung again on the same day, who is new there may be too', () => {
  const often = { ...bank, is_household_once_a_day: false }
  expect(standingOfNewcomer({ ...somebody, line_at: before(1) }, often, now).is).toBe('ready')
})
