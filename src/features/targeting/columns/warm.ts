import { wasmKernels, type Kernels } from './kernels.ts'

/** Bytes of the sets here that hold a bit for each of four thousand voters, and of those walked over without columns. */
const [small, large] = [512, 4096]
/** Addresses in a memory of sixteen pages; what lies there does not matter, as long as the loops go round. */
const at = { a: 1024, b: 5120, c: 9216, d: 13312, into: 17408, pairs: 21504, bounds: 22528, out: 24576, bytes8: 65536, words16: 131072, ids: 196608, table: 262144, list: 327680 } // prettier-ignore
const listed = 2000

/** Each kernel once. */
export const once: Record<keyof Kernels, (kernels: Kernels) => unknown> = {
  and: (kernels) => kernels.and(at.into, at.b, large),
  or: (kernels) => kernels.or(at.into, at.b, large),
  andnot: (kernels) => kernels.andnot(at.into, at.b, large),
  xor: (kernels) => kernels.xor(at.into, at.b, large),
  both: (kernels) => kernels.both(at.into, at.a, at.b, large),
  without: (kernels) => kernels.without(at.into, at.a, at.b, large),
  not: (kernels) => kernels.not(at.into, large),
  copy: (kernels) => kernels.copy(at.into, at.a, large),
  fill: (kernels) => kernels.fill(at.into, 0, large),
  count: (kernels) => kernels.count(at.a, large),
  countAnd: (kernels) => kernels.countAnd(at.a, at.b, large),
  groups: (kernels) => kernels.groups(at.a, at.b, at.c, large),
  crossings: (kernels) => kernels.crossings(at.a, at.pairs, 128),
  crossingOthers: (kernels) => kernels.crossingOthers(at.into, at.a, at.pairs, 128),
  halfAdd: (kernels) => kernels.halfAdd(at.into, at.d, large),
  spelled: (kernels) => kernels.spelled(at.into, at.a, at.b, at.c, 0x5a, large),
  others: (kernels) => kernels.others(at.into, at.a, at.b, at.c, large),
  planes: (kernels) => kernels.planes(at.a, at.b, at.c, at.d, large, at.out),
  range8: (kernels) => kernels.range8(at.into, at.bytes8, 20, 30, small),
  range16: (kernels) => kernels.range16(at.into, at.words16, 20, 3000, small),
  histogram: (kernels) => kernels.histogram(at.a, at.bytes8, small, at.out),
  setListed: (kernels) => kernels.setListed(at.into, at.list, listed),
  countListed: (kernels) => kernels.countListed(at.a, at.list, listed),
  pyramid: (kernels) => kernels.pyramid(at.a, at.b, at.c, at.bytes8, small, at.out),
  mark: (kernels) => kernels.mark(at.a, at.b, small, at.list, at.into),
  markTwice: (kernels) => kernels.markTwice(at.a, at.b, small, at.list, at.into, at.out),
  spread: (kernels) => kernels.spread(at.into, at.a, at.b, small, at.list, at.c, at.d),
  hashed: (kernels) => kernels.hashed(at.into, at.ids, 1, 10_000, at.table, small),
  hashedIn: (kernels) => kernels.hashedIn(at.into, at.ids, 1, 10_000, 0, 999, small),
  table16: (kernels) => kernels.table16(at.into, at.words16, at.table, small),
  packed: (kernels) => kernels.packed(at.into, at.bytes8, at.bytes8 + listed, 0xfffffff0, 0xffffffff),
  segments: (kernels) => kernels.segments(at.a, at.bounds, 0, 100, 0, small * 8, at.out),
  ages: (kernels) => kernels.ages(at.bytes8, at.words16, at.bytes8, at.table, at.table, small * 8),
}

/** V8 compiles a function well after it ran some thirteen million bytes of the code it has at first. */
const turns = 800

/**
 * What WebAssembly runs at first was compiled in no time and is up to ten times as slow as what replaces it, which a walk already
 * under way does not get. So that nobody waits for that who asks for something first, every kernel runs here until it is noticed.
 * All instances of a module in a process share its code: each thread sees to its share of the kernels.
 */
export function warmUp(share: number, of: number): void {
  const own = new WebAssembly.Memory({ initial: 16, maximum: 16, shared: true })
  const kernels = wasmKernels(own)
  const words = (address: number, value: (index: number) => number, length: number): void =>
    new Uint32Array(own.buffer, address, length).set(Array.from({ length }, (_, index) => value(index)))
  words(at.a, (index) => Math.imul(index + 1, 0x9e3779b1), 4096)
  words(at.bytes8, (index) => Math.imul(index + 1, 0x01030507) & 0x7f7f7f7f, 16_384)
  words(at.list, (index) => index, listed)
  words(at.pairs, (index) => (index & 1 ? 9 : 59 + index * 64), 256)
  words(at.bounds, (index) => index * 40, 101)
  for (const [index, run] of Object.values(once).entries())
    if (index % of === share) for (let turn = 0; turn < turns; turn++) run(kernels)
}

const pageBytes = 4096
const blockBytes = 64 * pageBytes

/**
 * The system gives memory when it is first touched, a page at a time, which takes many times as long as to write a set there: done
 * by several threads, each its share. What has been written there stays as it is.
 */
export function touch(words: Uint32Array, from: number, to: number, share: number, of: number): void {
  for (let block = from + share * blockBytes; block < to; block += of * blockBytes)
    for (let page = block; page < Math.min(to, block + blockBytes); page += pageBytes) Atomics.or(words, page >>> 2, 0)
}
