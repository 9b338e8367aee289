import { none } from './schema.ts'

/** As many are asked for before it is known whether looking is worth it; and so many different ones are known at most. */
const [trial, most_known] = [1 << 16, 1 << 19]

/**
 * Finds the ballot that says the same among those read: equal ones are one with their number, so that memory follows how many
 * different ballots there are. Where hardly any repeats, it looks no further after `trial`: that costs more than it saves.
 */
export class EqualBallots {
  readonly #width: number
  #table = new Int32Array(1 << 12).fill(-1)
  #known = 0
  #asked = 0
  #found = 0

  constructor(width: number) {
    this.#width = width
  }

  get isWorthIt(): boolean {
    return this.#asked < trial || this.#found * 4 > this.#asked
  }

  /** The number of the ballot that says what the one of this number does; of a new one its own. */
  of(choices: Uint8Array, ballot: number): number {
    this.#asked++
    const base = ballot * this.#width
    const mask = this.#table.length - 1
    for (let place = this.#hash(choices, base) & mask; ; place = (place + 1) & mask) {
      const known = this.#table[place] ?? -1
      if (known < 0) {
        if (this.#known < most_known) {
          this.#table[place] = ballot
          if (++this.#known * 2 > this.#table.length) this.#grow(choices)
        }
        return ballot
      }
      if (this.#isSame(choices, known * this.#width, base)) {
        this.#found++
        return known
      }
    }
  }

  #isSame(choices: Uint8Array, one: number, other: number): boolean {
    for (let at = 0; at < this.#width; at++) if (choices[one + at] !== choices[other + at]) return false
    return true
  }

  #hash(choices: Uint8Array, base: number): number {
    let hash = 2_166_136_261
    for (let at = base; at < base + this.#width; at++) hash = Math.imul(hash ^ (choices[at] ?? none), 16_777_619)
    return (hash ^ (hash >>> 15)) >>> 0
  }

  #grow(choices: Uint8Array): void {
    const before = this.#table
    this.#table = new Int32Array(before.length * 2).fill(-1)
    const mask = this.#table.length - 1
    for (const ballot of before) {
      if (ballot < 0) continue
      let place = this.#hash(choices, ballot * this.#width) & mask
      while ((this.#table[place] ?? -1) >= 0) place = (place + 1) & mask
      this.#table[place] = ballot
    }
  }
}
