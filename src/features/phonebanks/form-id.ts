import { createHash, randomUUID } from 'node:crypto'

/** The same id for the same words: what is made by it a second time is there already. */
export function idOf(words: string): string {
  const bytes = createHash('sha256').update(words).digest().subarray(0, 16)
  // A UUID of version 8: made as we like.
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/**
 * The id of what a form makes: pressed twice, or sent again after going back, the same; with something else typed, another.
 * `made_for`: by whom and in what. A form without its own id makes something new each time.
 */
export const idByForm = (made_for: readonly string[], typed: Record<string, string[]>): string =>
  typed.form_id?.[0]
    ? idOf(JSON.stringify([...made_for, Object.entries(typed).toSorted(([a], [b]) => (a < b ? -1 : 1))]))
    : randomUUID()
