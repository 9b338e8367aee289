import { createHash } from 'node:crypto'

/** Candidates by lot: the order of SHA-256 of `seed`, a line break and the name. Anybody can recompute it. */
export function lotOf(seed: string, candidates: readonly string[]): number[] {
  const drawn = candidates.map((name) => createHash('sha256').update(`${seed}\n${name}`).digest('hex'))
  const order = candidates.map((_, at) => at).sort((a, b) => ((drawn[a] ?? '') < (drawn[b] ?? '') ? -1 : 1))
  const places = candidates.map(() => 0)
  for (const [place, at] of order.entries()) places[at] = place
  return places
}
