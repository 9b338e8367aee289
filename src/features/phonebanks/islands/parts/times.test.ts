import { expect, test } from 'vitest'
import { callBackTimes, instantIn } from './times.ts'

const zone = 'America/New_York'

test.each([
  ['2026-11-23', '19:00', '2026-11-24T00:00:00.000Z'],
  ['2026-07-01', '09:30', '2026-07-01T13:30:00.000Z'],
  ['2026-11-01', '12:00', '2026-11-01T17:00:00.000Z'], // the day the clocks go back
  ['2027-03-14', '03:30', '2027-03-14T07:30:00.000Z'], // the day they go forward
])('%s %s in New York is %s', (date, time, instant) => {
  expect(instantIn(zone, date, time).toISOString()).toBe(instant)
})

test.each([
  ['2026-11-23T20:10:00Z', ['2026-11-23 16:15', '2026-11-23 19:00', '2026-11-24 11:00', '2026-11-24 19:00']],
  ['2026-11-23T23:40:00Z', ['2026-11-23 19:45', '2026-11-24 11:00', '2026-11-24 19:00']], // 7 pm is too soon
  ['2026-11-24T01:30:00Z', ['2026-11-24 11:00', '2026-11-24 19:00']], // in an hour it is too late
])('at %s one may suggest %o', (now, expected) => {
  const times = callBackTimes(new Date(now), zone, {
    starts_on: '2026-11-01',
    ends_on: '2026-12-31',
    calling_starts: '09:00',
    calling_ends: '21:00',
  })
  expect(times.map(({ date, time }) => `${date} ${time}`)).toEqual(expected)
})
