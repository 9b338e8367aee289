import { plainKernels, wasmKernels, type Kernels } from '../../src/features/targeting/columns/kernels.ts'

/**
 * The kernels a refresh is made of, in WebAssembly and in JavaScript, beside the plain loop one would write over an array with a
 * byte for each voter: one core, each the best of several runs.
 */
export function kernelTimes(voters: number): string[] {
  const bytes = Math.ceil(voters / 256) * 32
  const at = { a: 1024, b: 1024 + bytes, column: 1024 + 2 * bytes, out: 1024 + 10 * bytes }
  const pages = Math.ceil((at.out + 4096) / 65536)
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true })
  const all = new Uint8Array(memory.buffer)
  for (let i = 0, state = 1; i < all.length; i++)
    all[i] = (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) >>> 24
  const flags = Uint8Array.from({ length: voters }, (_, i) => ((all[at.a + (i >> 3)] ?? 0) >> (i & 7)) & 1)
  const others = Uint8Array.from({ length: voters }, (_, i) => ((all[at.b + (i >> 3)] ?? 0) >> (i & 7)) & 1)
  const ages = all.slice(at.column, at.column + voters)
  let kept = 0
  const works: Record<string, [(kernels: Kernels) => void, () => void]> = {
    'and, then count': [
      (kernels) => void (kept += kernels.countAnd(at.a, at.b, bytes)),
      () => {
        let sum = 0
        for (let i = 0; i < voters; i++) if (flags[i] === 1 && others[i] === 1) sum++
        kept += sum
      },
    ],
    'a range of ages as a set': [
      (kernels) => kernels.range8(at.b, at.column, 20, 15, bytes),
      () => {
        for (let i = 0; i < voters; i++) others[i] = (ages[i] ?? 0) >= 20 && (ages[i] ?? 0) <= 35 ? 1 : 0
      },
    ],
    'an age histogram of a set': [
      (kernels) => kernels.histogram(at.a, at.column, bytes, at.out),
      () => {
        const counts = new Uint32Array(256)
        for (let i = 0; i < voters; i++) if (flags[i] === 1) counts[ages[i] ?? 0]! += 1 // oxlint-disable-line no-non-null-assertion -- within its length
        kept += counts[0] ?? 0
      },
    ],
  }
  const best = (work: () => void): number => {
    let least = Infinity
    for (let turn = 0; turn < 7; turn++) {
      const started = performance.now()
      work()
      least = Math.min(least, performance.now() - started)
    }
    return least
  }
  const ms = (value: number): string => `${value.toFixed(2)} ms`
  const [wasm, plain] = [wasmKernels(memory), plainKernels(memory)]
  const lines = Object.entries(works).map(([name, [kernel, loop]]) => `${name}, ${voters.toLocaleString('en')} voters: WebAssembly ${ms(best(() => kernel(wasm)))}, JavaScript ${ms(best(() => kernel(plain)))}, a plain loop ${ms(best(loop))}`) // prettier-ignore
  if (!Number.isFinite(kept)) throw new Error('the sums were lost')
  return lines
}
