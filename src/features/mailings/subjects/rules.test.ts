import { expect, test } from 'vitest'
import { clearest, decide, differs, interval } from './rules.ts'

test.each([
  { sent: 100, hits: 10, low: 0.0552, high: 0.1744 },
  { sent: 20, hits: 0, low: 0, high: 0.1611 },
  { sent: 20, hits: 20, low: 0.8389, high: 1 },
  { sent: 0, hits: 0, low: 0, high: 1 },
])('$hits of $sent: between $low and $high', ({ sent, hits, low, high }) => {
  const [least, most] = interval({ sent, hits })
  expect(least).toBeCloseTo(low, 3)
  expect(most).toBeCloseTo(high, 3)
})

test.each([
  [{ sent: 100, hits: 10 }, { sent: 100, hits: 12 }, false],
  [{ sent: 100, hits: 10 }, { sent: 100, hits: 30 }, true],
  [{ sent: 1000, hits: 100 }, { sent: 1000, hits: 140 }, true],
  [{ sent: 50, hits: 0 }, { sent: 50, hits: 0 }, false],
  [{ sent: 0, hits: 0 }, { sent: 50, hits: 9 }, false],
])('%j and %j differ: %s', (one, other, expected) => {
  expect(differs(one, other)).toBe(expected)
})

test('the larger share wins, of equal ones the first, and of too few nobody', () => {
  expect(decide([{ sent: 50, hits: 2 }, { sent: 60, hits: 6 }], 50)).toEqual({ ok: true, winner: 1, is_equal: false }) // prettier-ignore
  expect(decide([{ sent: 50, hits: 3 }, { sent: 50, hits: 3 }, { sent: 50, hits: 1 }], 50)).toEqual({ ok: true, winner: 0, is_equal: true }) // prettier-ignore
  expect(
    decide(
      [
        { sent: 50, hits: 2 },
        { sent: 49, hits: 6 },
      ],
      50,
    ),
  ).toEqual({ ok: false, problem: 'too_few' })
})

test('a small lead is called chance', () => {
  expect(clearest([{ sent: 100, hits: 5 }, { sent: 100, hits: 8 }])).toBeNull() // prettier-ignore
  expect(clearest([{ sent: 100, hits: 5 }, { sent: 100, hits: 25 }, { sent: 100, hits: 4 }])).toBe(1) // prettier-ignore
})
