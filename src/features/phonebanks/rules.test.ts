import { expect, test } from 'vitest'
import { trueTime } from '../../platform/clock.ts'
import { textForCaller } from './islands/parts/names.ts'
import {
  ageAt,
  attemptsPerHour,
  closesAt,
  hoursToFinish,
  instantOf,
  isOpenIn,
  joinCode,
  nextDayAt,
  opensNextAt,
  placeOf,
} from './rules.ts'

const hours = { starts_on: '2026-11-20', ends_on: '2026-11-30', calling_starts: '09:00', calling_ends: '21:00' }

test.each([
  { at: '2026-11-23T14:00:00Z', zone: 'America/New_York', open: true }, // 9:00 sharp
  { at: '2026-11-23T13:59:59Z', zone: 'America/New_York', open: false },
  { at: '2026-11-24T02:00:00Z', zone: 'America/New_York', open: false }, // 21:00
  { at: '2026-11-24T02:00:00Z', zone: 'America/Los_Angeles', open: true }, // 18:00 there
  { at: '2026-12-01T15:00:00Z', zone: 'America/New_York', open: false }, // a day too late
])('$at in $zone is open: $open', ({ at, zone, open }) => {
  expect(isOpenIn(zone, hours, new Date(at))).toBe(open)
})

test('after the last evening it never opens again; before, at the next morning', () => {
  expect(opensNextAt(['America/New_York'], hours, new Date('2026-12-01T02:30:00Z'))).toBeNull()
  expect(opensNextAt(['America/New_York'], hours, new Date('2026-11-24T03:00:00Z'))?.toISOString()).toBe(
    '2026-11-24T14:00:00.000Z',
  )
})

const tennessee = 'America/Chicago+America/New_York TN'
test.each([
  { at: '2026-11-23T14:30:00Z', open: false }, // 8:30 in Nashville, 9:30 in Knoxville
  { at: '2026-11-23T15:00:00Z', open: true },
  { at: '2026-11-24T01:59:00Z', open: true },
  { at: '2026-11-24T02:30:00Z', open: false }, // 20:30 in Nashville, 21:30 in Knoxville
])('where one of two zones is not known, both must be open: $at $open', ({ at, open }) => {
  expect(isOpenIn(tennessee, hours, new Date(at))).toBe(open)
})

test('two zones open with the later, close with the earlier, and are shown in the likelier', () => {
  const evening = new Date('2026-11-24T02:30:00Z')
  expect(opensNextAt([tennessee], hours, evening)?.toISOString()).toBe('2026-11-24T15:00:00.000Z')
  expect(closesAt([tennessee], hours, new Date('2026-11-24T00:00:00Z'))?.toISOString()).toBe('2026-11-24T02:00:00.000Z')
  expect(nextDayAt(tennessee, evening).toISOString()).toBe('2026-11-24T06:00:00.000Z')
  expect(placeOf(tennessee)).toEqual({ zone: 'America/Chicago', state: 'TN' })
  expect(opensNextAt([tennessee], hours, new Date('2026-12-01T02:30:00Z'))).toBeNull()
  // Half an hour a day leaves nothing that both have in common.
  const short = { ...hours, calling_starts: '09:00', calling_ends: '09:30' }
  expect(opensNextAt([tennessee], short, evening)).toBeNull()
})

test('nine in the morning stays nine on both sides of daylight saving', () => {
  expect(instantOf('America/New_York', '2027-03-13', '09:00').toISOString()).toBe('2027-03-13T14:00:00.000Z')
  expect(instantOf('America/New_York', '2027-03-14', '09:00').toISOString()).toBe('2027-03-14T13:00:00.000Z')
})

test('age by the day, by the year where only that is known', () => {
  expect(ageAt('1960-11-24', 1960, '2026-11-23')).toBe(65)
  expect(ageAt('1960-11-23', 1960, '2026-11-23')).toBe(66)
  expect(ageAt(null, 1960, '2026-11-23')).toBe(66)
  expect(ageAt(null, null, '2026-11-23')).toBeNull()
})

test('join codes are ten letters that can be read aloud', () => {
  const codes = Array.from({ length: 256 }, (_, byte) => joinCode(new Uint8Array(10).fill(byte)))
  for (const code of codes) expect(code).toMatch(/^[a-z2-9]{10}$/)
  // No letter is taken for another or for a digit.
  expect(codes.join('')).not.toMatch(/[ilo]/)
  expect(joinCode(new Uint8Array([0, 31, 62, 255, 1, 2, 3, 4, 5, 6, 7]))).toHaveLength(10)
  expect(new Set(codes).size).toBe(31)
})

test.each([
  {
    clock: 'years behind',
    at: '2020-01-01T00:00:00Z',
    sent: '2020-01-01T00:10:00Z',
    really: '2026-11-23T12:00:00.000Z',
  },
  {
    clock: 'nine hours ahead',
    at: '2026-11-23T21:05:00Z',
    sent: '2026-11-23T21:10:00Z',
    really: '2026-11-23T12:05:00.000Z',
  },
  {
    clock: 'set back in between',
    at: '2026-11-23T12:00:00Z',
    sent: '2026-11-23T06:10:00Z',
    really: '2026-11-23T12:10:00.000Z',
  },
  {
    clock: 'set ten years ahead in between',
    at: '2026-11-23T12:00:00Z',
    sent: '2036-11-23T12:10:00Z',
    really: '2026-11-09T12:10:00.000Z',
  },
  {
    clock: 'right, and two days without connection',
    at: '2026-11-21T12:10:00Z',
    sent: '2026-11-23T12:10:00Z',
    really: '2026-11-21T12:10:00.000Z',
  },
])('what a device says of time is measured against its own clock: $clock', ({ at, sent, really }) => {
  expect(trueTime(at, sent, new Date('2026-11-23T12:10:00Z')).toISOString()).toBe(really)
})

test('hours left by the pace of the last hour, else by what callers usually do', () => {
  expect(hoursToFinish(90, 2, { callers: 2, attempts_per_hour: 60 })).toBe(3)
  expect(hoursToFinish(90, 1, { callers: 2, attempts_per_hour: 0 })).toBe(1)
  expect(hoursToFinish(90, 1, { callers: 0, attempts_per_hour: 0 })).toBeNull()
  expect(hoursToFinish(0, 3, { callers: 0, attempts_per_hour: 0 })).toBe(0)
})

test.each([
  { recent: 60, minutes: 60, pace: 60 },
  { recent: 30, minutes: 30, pace: 60 },
  { recent: 30, minutes: 1, pace: 120 }, // a burst is not an evening's pace
  { recent: 3, minutes: 2, pace: 0 }, // too few to say anything
])('$recent calls in $minutes minutes are $pace an hour', ({ recent, minutes, pace }) => {
  const now = new Date('2026-11-23T23:00:00Z')
  expect(attemptsPerHour(recent, new Date(now.getTime() - minutes * 60_000), now)).toBe(pace)
})

test.each([
  { screen: 'en', spoken: ['en', 'zh'], written: { en: 'June', zh: '六月' }, reads: 'en' },
  { screen: 'en', spoken: ['zh'], written: { en: 'June', zh: '六月' }, reads: 'zh' }, // the screen has no Chinese
  { screen: 'ko', spoken: ['ko', 'en'], written: { bn: 'জুন', en: 'June' }, reads: 'en' },
  { screen: 'ko', spoken: ['vi'], written: { bn: 'জুন', en: 'June' }, reads: 'en' }, // none of theirs: English before others
  { screen: 'ko', spoken: ['vi'], written: { bn: 'জুন', ko: '' }, reads: 'bn' },
  { screen: 'ko', spoken: [], written: {}, reads: 'ko' },
] as const)(
  'on a screen in $screen, speaking $spoken, $written is read in $reads',
  ({ screen, spoken, written, reads }) => {
    expect(textForCaller(written, screen, spoken).language).toBe(reads)
  },
)
