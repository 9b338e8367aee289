/** Deeper than anything anybody means; a walk through it would end the stack. */
const deepest = 64

// Browsers of islands have neither isWellFormed nor toWellFormed; a whole pair is no surrogate to this.
const half = /\p{Surrogate}/u
const halves = /\p{Surrogate}/gu

/** What in the texts of this JSON cannot be kept: U+0000, half of a character that is written as two; or it has no end of levels. */
export function notToKeep(raw: unknown, depth = 0): 'nul' | 'half' | 'deep' | null {
  if (typeof raw === 'string') return raw.includes('\0') ? 'nul' : half.test(raw) ? 'half' : null
  if (typeof raw !== 'object' || raw === null) return null
  if (depth > deepest) return 'deep'
  for (const [name, value] of Object.entries(raw)) {
    const found = notToKeep(name) ?? notToKeep(value, depth + 1)
    if (found) return found
  }
  return null
}

/** The same without what cannot be kept; what is too deep is null. */
export function toKeep(raw: unknown, depth = 0): unknown {
  if (typeof raw === 'string') return raw.replaceAll('\0', '').replace(halves, '\ufffd')
  if (typeof raw !== 'object' || raw === null) return raw
  if (depth > deepest) return null
  if (Array.isArray(raw)) return raw.map((each) => toKeep(each, depth + 1))
  return Object.fromEntries(Object.entries(raw).map(([name, value]) => [toKeep(name), toKeep(value, depth + 1)]))
}

/** The beginning of a text, at most as long as asked (as `length`, zod and browsers count), without half of a character at its end. */
export const cutTo = (text: string, longest: number): string => text.slice(0, longest).replace(/[\ud800-\udbff]$/, '')
