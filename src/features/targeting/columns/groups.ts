/* oxlint-disable no-non-null-assertion -- elements of typed arrays within their length; asking for each would cost as much as the work */

/**
 * Voters who share a household or a mailbox, so that the groups with at least one member in a set can be counted by whole
 * words: see `groups` in kernels.ts. That works for groups that stand together within 64 positions; the few that cross from one
 * word to the next, and those scattered over several places or larger than a word, are listed.
 */
export interface Groups {
  /** The last position of each run. */
  top: Uint8Array
  /** Who belongs to a group counted by words. */
  inner: Uint8Array
  /** First position and length of those that cross, by position. */
  crossing: Uint32Array
  /** Who is in a scattered group, and of each of them, by position, the number of the group. */
  scattered: Uint8Array
  scattered_of: Uint32Array
  scattered_groups: number
  /** Writes to each member how many of its group are so; 255: or more. */
  sizes(is: (position: number) => boolean, into: Uint8Array): void
}

/** `keys`: two halves for each position; positions where `has` is 0 belong to no group. */
export function groupsOf(keys: Uint32Array, has: Uint8Array, set_bytes: number): Groups {
  const top = new Uint8Array(set_bytes)
  const inner = new Uint8Array(set_bytes)
  const crossing: number[] = []
  const starts = runStarts(keys, has)
  const repeated = repeatedKeys(keys, has, starts)
  const scattered = new Map<bigint, number[]>()
  for (let run = 0; run + 1 < starts.length; run++) {
    const [from, to] = [starts[run]!, starts[run + 1]!]
    top[(to - 1) >> 3]! |= 1 << ((to - 1) & 7)
    if (!has[from]) continue
    const key = repeated.size > 0 || to - from > 64 ? keyAt(keys, from) : 0n
    if (to - from > 64 || repeated.has(key)) {
      const members = scattered.get(key) ?? []
      for (let position = from; position < to; position++) members.push(position)
      scattered.set(key, members)
    } else if (from >> 6 !== (to - 1) >> 6) crossing.push(from, to - from)
    else for (let position = from; position < to; position++) inner[position >> 3]! |= 1 << (position & 7)
  }
  const groups = [...scattered.values()]
  const members = groups.reduce((sum, { length }) => sum + length, 0)
  // By position, as the bits are.
  const pairs = new Float64Array(members)
  const inScattered = new Uint8Array(set_bytes)
  let filled = 0
  for (const [group, positions] of groups.entries()) {
    for (const position of positions) {
      pairs[filled++] = position * 2 ** 24 + group
      inScattered[position >> 3]! |= 1 << (position & 7)
    }
  }
  pairs.sort()
  return {
    top,
    inner,
    crossing: Uint32Array.from(crossing),
    scattered: inScattered,
    scattered_of: Uint32Array.from(pairs, (pair) => pair % 2 ** 24),
    scattered_groups: groups.length,
    sizes(is, into) {
      for (let run = 0; run + 1 < starts.length; run++) {
        const [from, to] = [starts[run]!, starts[run + 1]!]
        if (!has[from]) continue
        let size = 0
        for (let position = from; position < to; position++) if (is(position)) size++
        into.fill(Math.min(255, size), from, to)
      }
      for (const members of groups) {
        const size = members.filter(is).length
        for (const position of members) into[position] = Math.min(255, size)
      }
    },
  }
}

const keyAt = (keys: Uint32Array, position: number): bigint =>
  (BigInt(keys[position * 2 + 1]!) << 32n) | BigInt(keys[position * 2]!)

/** Where each run of equal keys begins, and the end. Everybody without a group is a run of one. */
function runStarts(keys: Uint32Array, has: Uint8Array): Uint32Array {
  const count = has.length
  const isStart = (position: number): boolean =>
    position === 0 ||
    !has[position] ||
    !has[position - 1] ||
    keys[position * 2] !== keys[position * 2 - 2] ||
    keys[position * 2 + 1] !== keys[position * 2 - 1]
  let runs = 0
  for (let position = 0; position < count; position++) if (isStart(position)) runs++
  const starts = new Uint32Array(runs + 1)
  let run = 0
  for (let position = 0; position < count; position++) if (isStart(position)) starts[run++] = position
  starts[run] = count
  return starts
}

/** Keys that more than one run has. */
function repeatedKeys(keys: Uint32Array, has: Uint8Array, starts: Uint32Array): Set<bigint> {
  const halves = new Uint32Array((starts.length - 1) * 2)
  let length = 0
  for (let run = 0; run + 1 < starts.length; run++) {
    const at = starts[run]!
    if (!has[at]) continue
    halves[length * 2] = keys[at * 2]!
    halves[length * 2 + 1] = keys[at * 2 + 1]!
    length++
  }
  // The machines we run on store the low half first, as keyAt reads it.
  const sorted = new BigUint64Array(halves.buffer, 0, length).sort()
  const repeated = new Set<bigint>()
  for (let at = 1; at < length; at++) if (sorted[at] === sorted[at - 1]) repeated.add(sorted[at] ?? 0n)
  return repeated
}
