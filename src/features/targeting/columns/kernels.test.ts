import fc from 'fast-check'
import { expect, test } from 'vitest'
import { assemble } from '../../../../scripts/build-kernels.ts'
import { kernelBytes } from './kernel-bytes.ts'
import { plainKernels, wasmKernels, type Kernels } from './kernels.ts'
import { once, touch, warmUp } from './warm.ts'

test('the committed kernels are those the source assembles to', async () => {
  expect(kernelBytes).toBe(Buffer.from(await assemble()).toString('base64'))
})

/** 1,024 positions; addresses of bitsets, columns and results in a memory of two pages. */
const bytes = 128
const at = { sets: [1024, 1152, 1280, 1408], bytes8: 2048, bytes16: 4096, daily: 8192, yearly: 16384, bounds: 20480, out: 24576, list: 28672, pairs: 32768, table: 65536 } // prettier-ignore

const both = ([wasmKernels, plainKernels] as const).map((make) => {
  const memory = new WebAssembly.Memory({ initial: 2, maximum: 65536, shared: true })
  return { memory, kernels: make(memory) }
})

/** The same done in both: answers and whole memories. */
const inBoth = (fill: Uint8Array, work: (kernels: Kernels) => unknown): { answer: unknown; memory: string }[] =>
  both.map(({ memory, kernels }) => {
    const all = new Uint8Array(memory.buffer)
    all.fill(0)
    all.set(fill, 1024)
    new Uint32Array(memory.buffer, at.bounds, 5).set([0, 3, 64, 700, 1024])
    new Uint32Array(memory.buffer, at.list, 1024).set(Array.from({ length: 1024 }, (_, index) => (index * 7) % 900))
    new Uint32Array(memory.buffer, at.pairs, 8).set([59, 9, 129, 64, 319, 2, 639, 64])
    const answer = work(kernels)
    return { answer, memory: Buffer.from(all).toString('latin1') }
  })

const memories = fc.uint8Array({ minLength: 16_000, maxLength: 16_000, size: 'max' })
const [a = 0, b = 0, c = 0, d = 0] = at.sets

const runs: Record<string, (kernels: Kernels, x: number, y: number) => unknown> = {
  and: (kernels) => kernels.and(a, b, bytes),
  or: (kernels) => kernels.or(a, b, bytes),
  andnot: (kernels) => kernels.andnot(a, b, bytes),
  xor: (kernels) => kernels.xor(a, b, bytes),
  both: (kernels) => kernels.both(d, a, b, bytes),
  without: (kernels) => kernels.without(d, a, b, bytes),
  not: (kernels) => kernels.not(a, bytes),
  copy: (kernels) => kernels.copy(a, b, bytes),
  fill: (kernels, x) => kernels.fill(a, x, bytes),
  count: (kernels) => kernels.count(a, bytes),
  'count of everybody': (kernels) => {
    kernels.fill(1024, 0xff, 8192)
    return kernels.count(1024, 8192)
  },
  countAnd: (kernels) => kernels.countAnd(a, b, bytes),
  groups: (kernels) => kernels.groups(a, b, c, bytes),
  crossings: (kernels) => kernels.crossings(a, at.pairs, 4),
  crossingOthers: (kernels) => kernels.crossingOthers(d, a, at.pairs, 4),
  halfAdd: (kernels) => kernels.halfAdd(a, b, bytes),
  spelled: (kernels, x) => kernels.spelled(d, a, b, c, x, bytes),
  others: (kernels) => kernels.others(d, a, b, c, bytes),
  planes: (kernels) => kernels.planes(a, b, c, d, bytes, at.out),
  range8: (kernels, x, y) => kernels.range8(a, at.bytes8, x, y, bytes),
  range16: (kernels, x, y) => kernels.range16(a, at.bytes16, x * 257, y * 257, bytes),
  histogram: (kernels) => kernels.histogram(a, at.bytes8, bytes, at.out),
  setListed: (kernels) => kernels.setListed(a, at.list, 500),
  countListed: (kernels, x) => kernels.countListed(a, at.list, 1000 - (x & 3)),
  pyramid: (kernels) => kernels.pyramid(a, b, c, at.bytes8, bytes, at.out),
  mark: (kernels) => kernels.mark(a, b, bytes, at.list, at.out),
  markTwice: (kernels) => kernels.markTwice(a, b, bytes, at.list, at.out, at.out + 512),
  spread: (kernels) => kernels.spread(a, b, c, bytes, at.list, at.bytes8, at.bytes16),
  hashed: (kernels, x, y) => {
    kernels.fill(at.out, 1, x + 1)
    return kernels.hashed(a, at.bytes8, x * 0x01010101 + y, x + y + 1, at.out, bytes)
  },
  'hashedIn by many': (kernels, x, y) =>
    kernels.hashedIn(a, at.bytes8, x * 0x01010101, 65_536 - y, x * 100, y * 50, bytes),
  hashedIn: (kernels, x, y) => kernels.hashedIn(a, at.bytes8, x * 0x01010101 + y, x + y + 1, x, y, bytes),
  table16: (kernels) => {
    kernels.fill(at.table + 700, 1, 30_000)
    return kernels.table16(a, at.bytes16, at.table, bytes)
  },
  packed: (kernels, x, y) => kernels.packed(a, at.bytes8, at.bytes8 + 600, x * 4, y * 4),
  segments: (kernels, x, y) => kernels.segments(a, at.bounds, 0, 4, x * 4, y * 4 + 4, at.out),
  ages: (kernels) => kernels.ages(a, at.bytes16, at.bytes8, at.daily, at.yearly, 256),
}

test.each(Object.keys(runs))('%s is the same in WebAssembly and in JavaScript', (name) => {
  fc.assert(
    fc.property(memories, fc.integer({ min: 0, max: 255 }), fc.integer({ min: 0, max: 255 }), (fill, x, y) => {
      const [wasm, plain] = inBoth(fill, (kernels) => runs[name]?.(kernels, x, y))
      expect(wasm?.answer).toEqual(plain?.answer)
      expect(wasm?.memory === plain?.memory).toBe(true)
    }),
    { numRuns: 40, endOnFailure: true },
  )
})

test('every kernel of the module is there in JavaScript too, held against it, and warmed up', () => {
  const exported = WebAssembly.Module.exports(new WebAssembly.Module(Buffer.from(kernelBytes, 'base64')))
  const names = exported.flatMap(({ name, kind }) => (kind === 'function' ? name : [])).sort()
  expect(names.length).toBeGreaterThan(30)
  expect(Object.keys(both[1]?.kernels ?? {}).sort()).toEqual(names)
  expect(names.filter((name) => !(name in runs))).toEqual([])
  // Whoever warms one up runs that one and no other.
  for (const name of names) {
    const ran: string[] = []
    const note = { get: (_: unknown, kernel: string) => () => void ran.push(kernel) }
    const watched = new Proxy({}, note) as Kernels // notes which is called, and does nothing
    once[name as keyof Kernels](watched)
    expect(ran).toEqual([name])
  }
})

test('warming up comes to its end, and what was written stays as it is where memory is touched', () => {
  warmUp(0, 1)
  const words = new Uint32Array(new SharedArrayBuffer(1 << 20)).fill(7)
  for (const share of [0, 1]) touch(words, 0, words.byteLength, share, 2)
  expect(words.every((word) => word === 7)).toBe(true)
})
