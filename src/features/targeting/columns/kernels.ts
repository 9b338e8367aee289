/* oxlint-disable no-non-null-assertion -- elements of typed arrays within their length; asking for each would cost as much as the work */

import { voterHash } from '../hash.ts'
import { kernelBytes } from './kernel-bytes.ts'
import type { Memory } from './steps.ts'

/**
 * What is done to bits and columns. Everything lies in one shared memory; arguments are byte addresses in it, multiples of 16,
 * and `bytes` a multiple of 16. Sets are bitsets by position; bit i of byte k is position 8 k + i.
 */
export interface Kernels {
  and(into: number, other: number, bytes: number): void
  or(into: number, other: number, bytes: number): void
  andnot(into: number, other: number, bytes: number): void
  xor(into: number, other: number, bytes: number): void
  /** Writes who is in both sets; in the first and not in the other. */
  both(into: number, one: number, other: number, bytes: number): void
  without(into: number, one: number, other: number, bytes: number): void
  not(into: number, bytes: number): void
  copy(into: number, from: number, bytes: number): void
  fill(into: number, value: number, bytes: number): void
  count(set: number, bytes: number): number
  countAnd(set: number, other: number, bytes: number): number
  /** Groups of neighbouring positions of which at least one is in the set; `top` marks the last of each, `inner` who counts. */
  groups(set: number, top: number, inner: number, bytes: number): number
  /**
   * Of `count` listed groups (first position and length, 32 bits each) how many have a member in the set; each crosses from one
   * word of 64 to the next, and no further.
   */
  crossings(set: number, pairs: number, count: number): number
  /** Adds who of such groups has another one of the set in it. */
  crossingOthers(into: number, set: number, pairs: number, count: number): void
  /** carry becomes plane and carry, plane becomes plane xor carry: one digit of adding one to a counter in bit planes. */
  halfAdd(plane: number, carry: number, bytes: number): void
  /** Whose value in three bit planes is one of those that `values` has a bit for. */
  spelled(into: number, plane0: number, plane1: number, plane2: number, values: number, bytes: number): void
  /** Writes who has another one of the set in its group. */
  others(into: number, set: number, top: number, inner: number, bytes: number): void
  /** Adds to out[0..7] (32 bits each) how many of the set have each value that three bit planes spell. */
  planes(set: number, plane0: number, plane1: number, plane2: number, bytes: number, out: number): void
  /** from ≤ value ≤ from + width, of a column of bytes; `bytes` are those of the bitset. */
  range8(into: number, column: number, from: number, width: number, bytes: number): void
  /** The same of a column of 16 bits. */
  range16(into: number, column: number, from: number, width: number, bytes: number): void
  /** Adds to out[0..255] how often each byte of the column occurs in the set. */
  histogram(set: number, column: number, bytes: number, out: number): void
  /** Adds `count` listed positions (32 bits each). */
  setListed(set: number, list: number, count: number): void
  /** How many of `count` listed positions (32 bits each) are in the set. */
  countListed(set: number, list: number, count: number): number
  /** The same for each value that two bit planes spell: adds to out[256 · value + byte]. */
  pyramid(set: number, plane0: number, plane1: number, column: number, bytes: number, out: number): void
  /**
   * Sets bit g of `marks` for each of the set that is `listed` (a bitset); their g, 32 bits each, stand at `of` one after the
   * other. All from the beginning of the part.
   */
  mark(set: number, listed: number, bytes: number, of: number, marks: number): void
  /** As `mark` into `once`, and bit g of `twice` where it was marked before. */
  markTwice(set: number, listed: number, bytes: number, of: number, once: number, twice: number): void
  /** Adds the listed of whose group somebody else is in the set: bit g of `one` says one is, of `two` that two are. */
  spread(into: number, set: number, listed: number, bytes: number, of: number, one: number, two: number): void
  /** Whose `voterHash`, divided by `rests` (at most 65,536), leaves a rest of which the table (bytes 0 and 1) says 1; `ids` of 32 bits. */
  hashed(into: number, ids: number, salt: number, rests: number, table: number, bytes: number): void
  /** The same where the rest is from ≤ rest ≤ from + width. */
  hashedIn(into: number, ids: number, salt: number, rests: number, from: number, width: number, bytes: number): void
  /** Of whose value in a column of 16 bits the table (bytes 0 and 1) says 1. */
  table16(into: number, column: number, table: number, bytes: number): void
  /** Adds the positions from ≤ p < to that `pack` in codes.ts wrote between two addresses. */
  packed(set: number, at: number, end: number, from: number, to: number): void
  /** Adds to out[i] how many of segment i are in the set, of positions from ≤ p < to. */
  segments(set: number, bounds: number, first: number, last: number, from: number, to: number, out: number): void
  /** daily[day], or yearly[year] where the day is 0, for `count` voters. */
  ages(into: number, days: number, years: number, daily: number, yearly: number, count: number): void
}

/** Does this machine take the module? Not where WebAssembly is switched off, or the processor has no SIMD. */
export function takesWasm(bytes: string = kernelBytes): boolean {
  // An environment may have none at all, whatever the types say.
  const wasm = (globalThis as { WebAssembly?: typeof WebAssembly }).WebAssembly
  return wasm !== undefined && wasm.validate(Buffer.from(bytes, 'base64'))
}

/** In WebAssembly with SIMD. */
export function wasmKernels(memory: WebAssembly.Memory): Kernels {
  const module = new WebAssembly.Module(Buffer.from(kernelBytes, 'base64'))
  const { exports } = new WebAssembly.Instance(module, { store: { memory } })
  return exports as unknown as Kernels // the module is ours and a test holds both implementations against each other
}

/** The same in plain JavaScript, where WebAssembly is not to be had. */
export function plainKernels(memory: Memory): Kernels {
  const bytes8 = new Uint8Array(memory.buffer)
  const words16 = new Uint16Array(memory.buffer)
  const words = new Uint32Array(memory.buffer)
  /** For each bit of a word: adds one to the count of the byte the column has there. */
  const countBits = (word: number, column: number, out: number): void => {
    for (let left = word; left !== 0; left &= left - 1)
      words[(out >>> 2) + bytes8[column + 31 - Math.clz32(left & -left)]!]!++
  }
  return {
    and(into, other, bytes) {
      for (let i = into >>> 2, o = other >>> 2, end = (into + bytes) >>> 2; i < end; i++, o++) words[i]! &= words[o]!
    },
    or(into, other, bytes) {
      for (let i = into >>> 2, o = other >>> 2, end = (into + bytes) >>> 2; i < end; i++, o++) words[i]! |= words[o]!
    },
    andnot(into, other, bytes) {
      for (let i = into >>> 2, o = other >>> 2, end = (into + bytes) >>> 2; i < end; i++, o++) words[i]! &= ~words[o]!
    },
    xor(into, other, bytes) {
      for (let i = into >>> 2, o = other >>> 2, end = (into + bytes) >>> 2; i < end; i++, o++) words[i]! ^= words[o]!
    },
    both(into, one, other, bytes) {
      for (let at = 0; at < bytes; at += 4)
        words[(into + at) >>> 2] = words[(one + at) >>> 2]! & words[(other + at) >>> 2]!
    },
    without(into, one, other, bytes) {
      for (let at = 0; at < bytes; at += 4)
        words[(into + at) >>> 2] = words[(one + at) >>> 2]! & ~words[(other + at) >>> 2]!
    },
    not(into, bytes) {
      for (let i = into >>> 2, end = (into + bytes) >>> 2; i < end; i++) words[i] = ~words[i]!
    },
    copy(into, from, bytes) {
      bytes8.copyWithin(into, from, from + bytes)
    },
    fill(into, value, bytes) {
      bytes8.fill(value, into, into + bytes)
    },
    count(set, bytes) {
      let sum = 0
      for (let i = set >>> 2, end = (set + bytes) >>> 2; i < end; i++) sum += ones(words[i]!)
      return sum
    },
    countAnd(set, other, bytes) {
      let sum = 0
      for (let i = set >>> 2, o = other >>> 2, end = (set + bytes) >>> 2; i < end; i++, o++)
        sum += ones(words[i]! & words[o]!)
      return sum
    },
    groups(set, top, inner, bytes) {
      // Each member adds its group unless one before it did: walks over what is set, groups are short.
      let sum = 0
      for (let i = 0; i < bytes; i += 8) {
        let open = false
        for (let half = 0; half < 2; half++) {
          const at = i + half * 4
          const inside = words[(set + at) >>> 2]! & words[(inner + at) >>> 2]!
          const tops = words[(top + at) >>> 2]!
          if (inside === 0 && !open) continue
          for (let bit = 0; bit < 32; bit++) {
            if ((inside >>> bit) & 1) open = true
            if ((tops >>> bit) & 1) {
              if (open) sum++
              open = false
            }
          }
        }
      }
      return sum
    },
    crossings(set, pairs, count) {
      let sum = 0
      for (let pair = pairs >>> 2, end = pair + count * 2; pair < end; pair += 2) {
        let position = words[pair]!
        const last = position + words[pair + 1]! - 1
        while (position < last && !((words[(set >>> 2) + (position >>> 5)]! >>> (position & 31)) & 1)) position++
        sum += (words[(set >>> 2) + (position >>> 5)]! >>> (position & 31)) & 1
      }
      return sum
    },
    crossingOthers(into, set, pairs, count) {
      for (let pair = pairs >>> 2, end = pair + count * 2; pair < end; pair += 2) {
        const [first, last] = [words[pair]!, words[pair]! + words[pair + 1]!]
        let [members, only] = [0, 0]
        for (let position = first; position < last; position++)
          if ((words[(set >>> 2) + (position >>> 5)]! >>> (position & 31)) & 1) {
            members++
            only = position
          }
        if (members === 0) continue
        for (let position = first; position < last; position++)
          if (members > 1 || position !== only) words[(into >>> 2) + (position >>> 5)]! |= 1 << (position & 31)
      }
    },
    halfAdd(plane, carry, bytes) {
      for (let p = plane >>> 2, c = carry >>> 2, end = (plane + bytes) >>> 2; p < end; p++, c++) {
        const both = words[p]! & words[c]!
        words[p]! ^= words[c]!
        words[c] = both
      }
    },
    spelled(into, plane0, plane1, plane2, values, bytes) {
      for (let at = 0; at < bytes; at += 4) {
        const [p0, p1, p2] = [words[(plane0 + at) >>> 2]!, words[(plane1 + at) >>> 2]!, words[(plane2 + at) >>> 2]!]
        let found = 0
        for (let value = 0; value < 8; value++)
          if ((values >>> value) & 1) found |= (value & 1 ? p0 : ~p0) & (value & 2 ? p1 : ~p1) & (value & 4 ? p2 : ~p2)
        words[(into + at) >>> 2] = found
      }
    },
    others(into, set, top, inner, bytes) {
      // Each group twice: who is the only one of it, then everybody else.
      for (let i = 0; i < bytes; i += 8) {
        const found = [0, 0]
        for (let first = 0, bit = 0, members = 0, only = 0; bit < 64; bit++) {
          const [at, mask] = [i + (bit >>> 5) * 4, 1 << (bit & 31)]
          if (words[(set + at) >>> 2]! & words[(inner + at) >>> 2]! & mask) {
            members++
            only = bit
          }
          if (bit < 63 && !(words[(top + at) >>> 2]! & mask)) continue
          if (members > 0)
            for (let each = first; each <= bit; each++)
              if (members > 1 || each !== only) found[each >>> 5]! |= 1 << (each & 31)
          first = bit + 1
          members = 0
        }
        for (const half of [0, 1]) words[((into + i) >>> 2) + half] = found[half]! & words[((inner + i) >>> 2) + half]!
      }
    },
    planes(set, plane0, plane1, plane2, bytes, out) {
      for (let at = 0; at < bytes; at += 4) {
        const s = words[(set + at) >>> 2]!
        if (s === 0) continue
        const [p0, p1, p2] = [words[(plane0 + at) >>> 2]!, words[(plane1 + at) >>> 2]!, words[(plane2 + at) >>> 2]!]
        for (let value = 0; value < 8; value++)
          words[(out >>> 2) + value]! += ones(
            s & (value & 1 ? p0 : ~p0) & (value & 2 ? p1 : ~p1) & (value & 4 ? p2 : ~p2),
          )
      }
    },
    range8(into, column, from, width, bytes) {
      for (let at = 0; at < bytes; at++) {
        let byte = 0
        for (let bit = 0; bit < 8; bit++)
          if (((bytes8[column + at * 8 + bit]! - from) & 0xff) <= width) byte |= 1 << bit
        bytes8[into + at] = byte
      }
    },
    range16(into, column, from, width, bytes) {
      for (let at = 0; at < bytes; at++) {
        let byte = 0
        for (let bit = 0; bit < 8; bit++)
          if (((words16[(column >>> 1) + at * 8 + bit]! - from) & 0xffff) <= width) byte |= 1 << bit
        bytes8[into + at] = byte
      }
    },
    histogram(set, column, bytes, out) {
      for (let at = 0; at < bytes; at += 4) countBits(words[(set + at) >>> 2]!, column + at * 8, out)
    },
    setListed(set, list, count) {
      for (let at = list >>> 2, end = at + count; at < end; at++)
        words[(set >>> 2) + (words[at]! >>> 5)]! |= 1 << (words[at]! & 31)
    },
    countListed(set, list, count) {
      let sum = 0
      for (let at = list >>> 2, end = at + count; at < end; at++)
        sum += (words[(set >>> 2) + (words[at]! >>> 5)]! >>> (words[at]! & 31)) & 1
      return sum
    },
    pyramid(set, plane0, plane1, column, bytes, out) {
      for (let at = 0; at < bytes; at += 4) {
        const word = words[(set + at) >>> 2]!
        if (word === 0) continue
        const [p0, p1] = [words[(plane0 + at) >>> 2]!, words[(plane1 + at) >>> 2]!]
        for (let value = 0; value < 4; value++)
          countBits(word & (value & 1 ? p0 : ~p0) & (value & 2 ? p1 : ~p1), column + at * 8, out + value * 1024)
      }
    },
    mark(set, listed, bytes, of, marks) {
      let next = of >>> 2
      for (let at = 0; at < bytes; at += 4) {
        const all = words[(listed + at) >>> 2]!
        for (let left = all & words[(set + at) >>> 2]!; left !== 0; left &= left - 1) {
          const group = words[next + ones(all & ((left & -left) - 1))]!
          words[(marks >>> 2) + (group >>> 5)]! |= 1 << (group & 31)
        }
        next += ones(all)
      }
    },
    markTwice(set, listed, bytes, of, once, twice) {
      let next = of >>> 2
      for (let at = 0; at < bytes; at += 4) {
        const all = words[(listed + at) >>> 2]!
        for (let left = all & words[(set + at) >>> 2]!; left !== 0; left &= left - 1) {
          const group = words[next + ones(all & ((left & -left) - 1))]!
          const [word, bit] = [group >>> 5, 1 << (group & 31)]
          words[(twice >>> 2) + word]! |= words[(once >>> 2) + word]! & bit
          words[(once >>> 2) + word]! |= bit
        }
        next += ones(all)
      }
    },
    spread(into, set, listed, bytes, of, one, two) {
      let next = of >>> 2
      for (let at = 0; at < bytes; at += 4) {
        const members = words[(set + at) >>> 2]!
        for (let left = words[(listed + at) >>> 2]!; left !== 0; left &= left - 1) {
          const bit = left & -left
          const group = words[next++]!
          const map = members & bit ? two : one
          if ((words[(map >>> 2) + (group >>> 5)]! >>> (group & 31)) & 1) words[(into + at) >>> 2]! |= bit
        }
      }
    },
    hashed(into, ids, salt, rests, table, bytes) {
      for (let at = 0; at < bytes; at++) {
        let byte = 0
        for (let bit = 0; bit < 8; bit++)
          byte |= bytes8[table + (voterHash(words[(ids >>> 2) + at * 8 + bit]!, salt) % rests)]! << bit
        bytes8[into + at] = byte
      }
    },
    hashedIn(into, ids, salt, rests, from, width, bytes) {
      for (let at = 0; at < bytes; at++) {
        let byte = 0
        for (let bit = 0; bit < 8; bit++)
          if (((voterHash(words[(ids >>> 2) + at * 8 + bit]!, salt) % rests) - from) >>> 0 <= width) byte |= 1 << bit
        bytes8[into + at] = byte
      }
    },
    table16(into, column, table, bytes) {
      for (let at = 0; at < bytes; at++) {
        let byte = 0
        for (let bit = 0; bit < 8; bit++) byte |= bytes8[table + words16[(column >>> 1) + at * 8 + bit]!]! << bit
        bytes8[into + at] = byte
      }
    },
    packed(set, at, end, from, to) {
      for (let position = -1; at < end;) {
        let byte = bytes8[at++]!
        let distance = byte & 0x7f
        for (let shift = 7; byte > 0x7f; shift += 7) {
          byte = bytes8[at++]!
          distance |= (byte & 0x7f) << shift
        }
        position = (position + distance) >>> 0
        if (position >= to) return
        if (position >= from) words[(set >>> 2) + (position >>> 5)]! |= 1 << (position & 31)
      }
    },
    segments(set, bounds, first, last, from, to, out) {
      for (let i = first; i < last; i++) {
        const a = Math.max(words[(bounds >>> 2) + i]!, from)
        const b = Math.min(words[(bounds >>> 2) + i + 1]!, to)
        if (a >= b) continue
        let sum = 0
        const [firstWord, lastWord] = [a >>> 5, b >>> 5]
        for (let w = firstWord; w < lastWord; w++) sum += ones(words[(set >>> 2) + w]!)
        if (b & 31) sum += ones(words[(set >>> 2) + lastWord]! & ((1 << (b & 31)) - 1))
        if (a & 31) sum -= ones(words[(set >>> 2) + firstWord]! & ((1 << (a & 31)) - 1))
        words[(out >>> 2) + i]! += sum
      }
    },
    ages(into, days, years, daily, yearly, count) {
      for (let i = 0; i < count; i++) {
        const day = words16[(days >>> 1) + i]!
        bytes8[into + i] = day ? bytes8[daily + day]! : bytes8[yearly + bytes8[years + i]!]!
      }
    },
  }
}

/** How many bits are set. */
export function ones(word: number): number {
  let x = word - ((word >>> 1) & 0x55555555)
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333)
  return Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
