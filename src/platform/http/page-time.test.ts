import { expect, test } from 'vitest'
import { pageTime, pageTimeAgain, paceOf } from './page-time.ts'

const secret = 'a'.repeat(64)
const made = new Date('2026-06-23T14:00:00Z')
const given = pageTime(secret, made)
const after = (seconds: number): Date => new Date(made.getTime() + seconds * 1000)

test.each([
  { seconds: 0, pace: 'fast' },
  { seconds: 2.999, pace: 'fast' },
  { seconds: 3, pace: 'usual' },
  { seconds: 60, pace: 'usual' },
  { seconds: 26 * 3600, pace: 'usual' },
  { seconds: 26 * 3600 + 1, pace: 'unknown' },
  // Of a server whose clock was ahead.
  { seconds: -5, pace: 'fast' },
])('a form sent $seconds seconds after its page was made: $pace', ({ seconds, pace }) => {
  expect(paceOf(secret, given, after(seconds))).toBe(pace)
})

test.each([undefined, '', 'x', '.', `${given}x`, given.replace(/^./, '1'), pageTime('b'.repeat(64), made)])(
  'nobody makes a time of their own: %s',
  (forged) => {
    expect(paceOf(secret, forged, after(60))).toBe('unknown')
    expect(pageTimeAgain(secret, forged, after(60))).toBe(pageTime(secret, after(60)))
  },
)

test('a page that is sent back keeps its time, until that is too old', () => {
  expect(pageTimeAgain(secret, given, after(1))).toBe(given)
  expect(pageTimeAgain(secret, given, after(30 * 3600))).not.toBe(given)
})
