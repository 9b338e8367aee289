import { expect, test } from 'vitest'
import { callBackTimes, otherTime, standingOf } from './times.ts'

const zone = 'America/New_York'

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

const said = ({ date, time }: { date: string; time: string }) => `${date} ${time}`

test.each([
  [
    '2026-11-23T20:10:00Z',
    ['2026-11-23 16:15', '2026-11-23 19:00', '2026-11-24 11:00', '2026-11-24 19:00'],
    '2026-11-23 19:00',
  ],
  ['2026-11-23T23:40:00Z', ['2026-11-23 19:45', '2026-11-24 11:00', '2026-11-24 19:00'], '2026-11-24 19:00'], // 7 pm is too soon
  ['2026-11-24T00:30:00Z', ['2026-11-23 20:30', '2026-11-24 11:00', '2026-11-24 19:00'], '2026-11-24 19:00'], // and now it is past
  ['2026-11-24T01:30:00Z', ['2026-11-24 11:00', '2026-11-24 19:00'], '2026-11-24 19:00'], // in an hour it is too late
  ['2026-11-24T04:30:00Z', ['2026-11-24 11:00', '2026-11-24 19:00'], '2026-11-24 19:00'], // after the calls, before midnight
  ['2026-11-24T05:30:00Z', ['2026-11-24 19:00', '2026-11-25 11:00', '2026-11-25 19:00'], '2026-11-24 19:00'], // after midnight
  ['2026-11-25T23:30:00Z', ['2026-11-25 19:30', '2026-11-27 11:00', '2026-11-27 19:00'], '2026-11-27 19:00'], // tomorrow is Thanksgiving
  ['2026-12-31T23:10:00Z', ['2026-12-31 19:15'], '2026-12-31 19:15'], // the last evening
  ['2027-01-01T01:32:00Z', [], '2026-12-31 20:35'], // its last half hour
  ['2027-01-01T03:00:00Z', [], '2026-12-31 '], // over
])('at %s one may suggest %j, and for another time %s', (now, times, other) => {
  const thanksgiving = { ...daily, quiet_groups: ['family' as const] }
  expect(callBackTimes(new Date(now), `${zone} NY`, thanksgiving).map(said)).toEqual(times)
  expect(said(otherTime(new Date(now), `${zone} NY`, thanksgiving))).toBe(other)
})

test('where nobody is called in the evening, another time is one of the morning', () => {
  const mornings = { ...daily, calling_starts: '10:00', calling_ends: '12:00' }
  expect(said(otherTime(new Date('2026-11-23T20:10:00Z'), zone, mornings))).toBe('2026-11-24 11:00')
  const early = { ...mornings, calling_ends: '10:30' }
  expect(said(otherTime(new Date('2026-11-23T20:10:00Z'), zone, early))).toBe('2026-11-24 10:00')
})

test('"at seven" is seven where the voter lives, not where the organization is', () => {
  const times = callBackTimes(new Date('2026-11-23T23:40:00Z'), 'America/Los_Angeles', daily)
  expect(times.map(({ date, time }) => `${date} ${time}`)).toContain('2026-11-23 19:00')
})
