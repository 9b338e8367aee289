import { expect, test } from 'vitest'
import { isAwake, nextStep, whenAwake } from './rules.ts'

const now = new Date('2026-11-28T15:00:00Z')
const steps = [
  { n: 1, wait_hours: 0 },
  { n: 2, wait_hours: 72 },
]

test('each step waits for the one before', () => {
  expect(nextStep(steps, 0, { now, starts_at: null })).toEqual({ n: 1, at: now, last_n: 0 })
  expect(nextStep(steps, 1, { now, starts_at: null })).toEqual({ n: 2, at: new Date('2026-12-01T15:00:00Z'), last_n: 1 })
  expect(nextStep(steps, 2, { now, starts_at: null })).toBeNull()
}) // prettier-ignore

test('a step that was taken out is passed over', () => {
  expect(nextStep([{ n: 1, wait_hours: 0 }, { n: 4, wait_hours: 5 }], 2, { now, starts_at: null })?.n).toBe(4) // prettier-ignore
})

test('of an event, hours are counted back, and what is past is passed over', () => {
  const before = [
    { n: 1, wait_hours: 72 },
    { n: 2, wait_hours: 24 },
  ]
  const starts_at = new Date('2026-11-30T00:00:00Z')
  expect(nextStep(before, 0, { now, starts_at })).toEqual({ n: 2, at: new Date('2026-11-29T00:00:00Z'), last_n: 1 })
  expect(nextStep(before, 0, { now: new Date('2026-11-29T12:00:00Z'), starts_at })).toBeNull()
})

test.each([
  ['07:59', false],
  ['08:00', true],
  ['20:59', true],
  ['21:00', false],
])('at %s mails of journeys go out: %s', (time, expected) => {
  expect(isAwake(time)).toBe(expected)
})

test.each([
  ['2026-12-01T08:19:00Z', '2026-12-01T13:00:00Z'],
  ['2026-12-01T15:00:00Z', '2026-12-01T15:00:00Z'],
  ['2026-12-02T02:30:00Z', '2026-12-02T13:00:00Z'],
  ['2026-12-02T04:30:00Z', '2026-12-02T13:00:00Z'],
])('what is due at %s in New York goes out at %s', (due, goes) => {
  expect(whenAwake(new Date(due), 'America/New_York').toISOString()).toBe(new Date(goes).toISOString())
})
