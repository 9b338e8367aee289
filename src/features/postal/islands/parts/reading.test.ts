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
  // The one before is held up again.
  expect(isNext(kept, 'abcd2345')).toBe(true)
  beginAnew(kept)
  expect(isNext(kept, 'abcd2345')).toBe(true)
})
