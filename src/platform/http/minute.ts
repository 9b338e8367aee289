import type { Installation } from './room.ts'

const minute_ms = 60_000
/** As many pages as one process keeps; the oldest goes first. */
const most = 300

interface Kept {
  at: number
  page: Promise<string>
}
const kept = new WeakMap<Installation, Map<string, Kept>>()

/**
 * A page that says the same to everybody, made once a minute for whoever asks meanwhile: when a link goes round, hundreds open
 * it in that minute. `key` has all it is made of. What could not be made is not kept.
 */
export function onceAMinute(installation: Installation, key: string, make: () => Promise<string>): Promise<string> {
  let pages = kept.get(installation)
  if (!pages) kept.set(installation, (pages = new Map()))
  const before = pages.get(key)
  if (before && performance.now() - before.at < minute_ms) return before.page
  const page = make()
  pages.delete(key)
  pages.set(key, { at: performance.now(), page })
  page.catch(() => pages.delete(key)) // whoever asked is told; the next one tries again
  const [oldest] = pages.keys()
  if (pages.size > most && oldest !== undefined) pages.delete(oldest)
  return page
}

/** Until when the page of a key stays as it was made, on the clock of `performance`. */
export const keptUntil = (installation: Installation, key: string): number => (kept.get(installation)?.get(key)?.at ?? -minute_ms) + minute_ms // prettier-ignore
