import { expect, test } from 'vitest'
import { callBackTimes, instantIn, standingOf } from './times.ts'

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

const daily = { starts_on: '2026-11-01', ends_on: '2026-12-31', calling_starts: '09:00', calling_ends: '21:00' }

test.each([
  { now: '2026-11-24T01:59:00Z', place: zone, open: true, again: null },
  { now: '2026-11-24T02:00:00Z', place: zone, open: false, again: '2026-11-24T14:00:00.000Z' }, // nine in the evening
  { now: '2026-11-24T02:00:00Z', place: 'America/Los_Angeles', open: true, again: null }, // six there
  { now: '2026-11-26T18:00:00Z', place: `${zone} NY`, open: false, again: '2026-11-27T14:00:00.000Z' }, // Thanksgiving
  { now: '2027-01-01T03:00:00Z', place: zone, open: false, again: null }, // the last evening is over
])('$place at $now: open $open, again $again', ({ now, place, open, again }) => {
  const standing = standingOf(place, { ...daily, quiet_groups: ['family'] }, new Date(now))
  expect(standing.is_open).toBe(open)
  expect(standing.opens_at?.toISOString() ?? null).toBe(again)
})

test('"at seven" is seven where the voter lives, not where the organization is', () => {
  const times = callBackTimes(new Date('2026-11-23T23:40:00Z'), 'America/Los_Angeles', daily)
  expect(times.map(({ date, time }) => `${date} ${time}`)).toContain('2026-11-23 19:00')
})
