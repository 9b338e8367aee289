import { setTimeout as pause } from 'node:timers/promises'

// Rented processors are at times slowed from outside, tenfold within a second, and mostly while they are busy. What a
// fixed loop takes of the processor's own time tells that apart from programs that wait for one another.

/** Loops slower than this many times the fastest one seen count as slowed. */
const slowed = 4
let fastest = Infinity

/** Milliseconds of processor that a fixed loop takes (0.5 to 1 on a machine of today). */
function loop_ms(): number {
  const before = process.threadCpuUsage()
  let sum = 0
  for (let i = 0; i < 1_000_000; i++) sum = (sum + i) | 0
  const { user, system } = process.threadCpuUsage(before)
  const took_ms = (user + system) / 1000
  if (sum && took_ms > 0) fastest = Math.min(fastest, took_ms)
  return took_ms
}

/** The middle one; of an even number the greater of the two. NaN of none. */
export const median = (all: readonly number[]): number =>
  all.toSorted((one, other) => one - other)[all.length >> 1] ?? NaN

/** Whether the processor runs slowed at this moment. */
export const isSlowed = (): boolean => loop_ms() > fastest * slowed

/** Waits until the processor has not been slowed for two seconds, at most `most_s`, which is said. */
export async function rested(most_s = 180): Promise<void> {
  const end = performance.now() + most_s * 1000
  for (let good = 0; performance.now() < end;) {
    good = isSlowed() ? 0 : good + 1
    if (good >= 10) return
    await pause(200)
  }
  console.log(`  (the processor stayed slowed for ${most_s} s)`)
}

/** Looks how fast the processor is at the beginning and the end of something, and ten times a second where that leaves time. */
class Steady {
  #looks = 0
  #slow = 0
  readonly #timer = setInterval(() => this.#look(), 100)

  constructor() {
    this.#look()
  }

  #look(): void {
    this.#looks++
    if (isSlowed()) this.#slow++
  }

  /** The share of looks, 0 to 1, at which it was slowed. */
  end(): number {
    clearInterval(this.#timer)
    this.#look()
    return this.#slow / this.#looks
  }
}

/**
 * Measures until the processor was not slowed for more than a tenth of it, `turns` times at most, rests before each, and
 * answers with the least slowed one. What is thrown away is said. `ready` makes what each turn takes, before the rest.
 */
export async function measured<T, Ready = undefined>(
  title: string,
  once: (ready: Ready) => Promise<T>,
  { turns = 5, ready }: { turns?: number; ready?: () => Promise<Ready> } = {},
): Promise<T> {
  let best: { slow: number; result: T } | undefined
  for (let turn = 0; turn < turns; turn++) {
    const made = (await ready?.()) as Ready // left out only where it is undefined
    await rested()
    const steady = new Steady()
    let slow = 1
    const result = await once(made).finally(() => (slow = steady.end()))
    if (!best || slow < best.slow) best = { slow, result }
    if (slow <= 0.1) break
    console.log(`  (${title}: the processor was slowed for ${(slow * 100).toFixed(0)} % of it)`)
  }
  if (!best) throw new Error('nothing was measured')
  return best.result
}
