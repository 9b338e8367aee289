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
  tried_as: null,
  line_at: null,
}
const bank = { languages: ['ko'], max_attempts: 3, retry_after_hours: 4, spacing: {}, is_household_once_a_day: true, time_zone: 'America/New_York' } // prettier-ignore

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
  // As of voters: a message ends it, unless the phone bank says otherwise.
  { who: { said: 'message' as const, tries: 1, tried_at: before(9), tried_as: 'left_message' as const }, is: 'done' },
  // The line was busy: not so long.
  { who: { tries: 1, tried_at: before(1.1), tried_as: 'busy' as const }, is: 'ready' },
  { who: { phone: null }, is: 'done' },
  { who: { is_closed: true, language: 'es' }, is: 'done' },
])('$who is $is', ({ who, is }) => {
  expect(standingOfNewcomer({ ...somebody, ...who }, bank, now).is).toBe(is)
})

test('where a message is no end they are tried again, after the time and as often as the phone bank says', () => {
  const patient = { ...bank, spacing: { left_message: { hours: 20, most: null, again: true } } }
  const told = { ...somebody, said: 'message' as const, tries: 1, tried_as: 'left_message' as const }
  const standing = (tried: number, tries = 1) => standingOfNewcomer({ ...told, tries, tried_at: before(tried) }, patient, now).is // prettier-ignore
  expect([standing(19), standing(21), standing(21, 3)]).toEqual(['resting', 'ready', 'done'])
})

test('where a home may be rung again on the same day, who is new there may be too', () => {
  const often = { ...bank, is_household_once_a_day: false }
  expect(standingOfNewcomer({ ...somebody, line_at: before(1) }, often, now).is).toBe('ready')
})
