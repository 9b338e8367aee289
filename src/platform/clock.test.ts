import { expect, test } from 'vitest'
import { addMonths, instantIn } from './clock.ts'

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

test.each([
  { zone: 'America/New_York', date: '2026-10-31', time: '14:00', utc: '2026-10-31T18:00:00.000Z' },
  { zone: 'America/New_York', date: '2026-11-01', time: '14:00', utc: '2026-11-01T19:00:00.000Z' },
  { zone: 'America/New_York', date: '2026-11-01', time: '00:30', utc: '2026-11-01T04:30:00.000Z' },
  { zone: 'America/New_York', date: '2027-03-14', time: '09:00', utc: '2027-03-14T13:00:00.000Z' },
  // An hour that comes twice is the first, one that never comes is read by the clock before (RFC 5545 3.3.5).
  { zone: 'America/New_York', date: '2026-11-01', time: '01:30', utc: '2026-11-01T05:30:00.000Z' },
  { zone: 'America/New_York', date: '2026-11-01', time: '02:00', utc: '2026-11-01T07:00:00.000Z' },
  { zone: 'America/New_York', date: '2027-03-14', time: '01:59', utc: '2027-03-14T06:59:00.000Z' },
  { zone: 'America/New_York', date: '2027-03-14', time: '02:30', utc: '2027-03-14T07:30:00.000Z' },
  { zone: 'America/New_York', date: '2027-03-14', time: '03:30', utc: '2027-03-14T07:30:00.000Z' },
  { zone: 'Australia/Sydney', date: '2027-04-04', time: '02:30', utc: '2027-04-03T15:30:00.000Z' },
  { zone: 'Australia/Sydney', date: '2026-10-04', time: '02:30', utc: '2026-10-03T16:30:00.000Z' },
  { zone: 'Asia/Seoul', date: '2026-12-05', time: '09:00', utc: '2026-12-05T00:00:00.000Z' },
  { zone: 'America/Phoenix', date: '2026-07-01', time: '18:00', utc: '2026-07-02T01:00:00.000Z' },
])('$date $time in $zone is $utc', ({ zone, date, time, utc }) => {
  expect(instantIn(zone, date, time).toISOString()).toBe(utc)
})
