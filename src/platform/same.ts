import { timingSafeEqual } from 'node:crypto'

/** Whether two texts are the same, in a time that tells nothing about how far they agree. */
export function isSame(expected: string, given: string): boolean {
  // As bytes: letters beyond ASCII are longer than they look.
  const [a, b] = [Buffer.from(expected), Buffer.from(given)]
  return a.length === b.length && timingSafeEqual(a, b)
}
