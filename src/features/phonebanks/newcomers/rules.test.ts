import { expect, test } from 'vitest'
import { standingOfNewcomer } from './rules.ts'

const now = new Date('2026-11-23T17:00:00Z')
const before = (hours: number) => new Date(now.getTime() - hours * 3_600_000)
const somebody = { phone: '+17185550100', is_closed: false, language: 'ko', said: null, tries: 0, tried_at: null }
const bank = { languages: ['ko'], max_attempts: 3, retry_after_hours: 4 }

test.each([
  { who: {}, is: 'ready' },
  { who: { tries: 1, tried_at: before(4) }, is: 'ready' },
  { who: { tries: 1, tried_at: before(3.9) }, is: 'resting' },
  // Somebody else at that number was rung.
  { who: { tried_at: before(1) }, is: 'resting' },
  { who: { tries: 3, tried_at: before(9) }, is: 'done' },
  { who: { language: 'es' }, is: 'other_language' },
  { who: { said: 'maybe' as const }, is: 'done' },
  { who: { phone: null }, is: 'done' },
  { who: { is_closed: true, language: 'es' }, is: 'done' },
])('$who is $is', ({ who, is }) => {
  expect(standingOfNewcomer({ ...somebody, ...who }, bank, now).is).toBe(is)
})
