import { expect, test } from 'vitest'
import { beginAnew, isNext } from './reading.ts'

/** What a browser keeps as long as its tab is open. */
function tab() {
  const kept = new Map<string, string>()
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  }
}

test('a piece held before the camera is noted once, also when the page comes back meanwhile', () => {
  const kept = tab()
  expect([isNext(kept, 'abcd2345'), isNext(kept, 'abcd2345')]).toEqual([true, false])
  expect([isNext(kept, 'wxyz6789'), isNext(kept, 'wxyz6789')]).toEqual([true, false])
  // Two lie before it at once and are read by turns.
  expect([isNext(kept, 'abcd2345'), isNext(kept, 'wxyz6789')]).toEqual([false, false])
  // One of long before is held up again.
  for (const other of ['2a', '3b', '4c', '5d']) expect(isNext(kept, other)).toBe(true)
  expect(isNext(kept, 'abcd2345')).toBe(true)
  beginAnew(kept)
  expect(isNext(kept, 'abcd2345')).toBe(true)
})
