import { none, type Ballots } from './schema.ts'

/** A vote in hundred-thousandths. */
export const one = 100_000

/**
 * Ballots lying with candidates, as chains of numbers; each with the place it is read up to and its value. Moving a pile
 * reads each of its ballots once.
 */
export class Piles {
  readonly votes: Float64Array
  exhausted = 0
  readonly #ballots: Ballots
  readonly #heads: Int32Array
  readonly #next: Int32Array
  readonly #at: Uint8Array
  readonly #values: Uint32Array

  constructor(ballots: Ballots, isIn: (candidate: number) => boolean) {
    const { candidates, count } = ballots
    this.#ballots = ballots
    this.votes = new Float64Array(candidates.length)
    this.#heads = new Int32Array(candidates.length).fill(-1)
    this.#next = new Int32Array(count)
    this.#at = new Uint8Array(count)
    this.#values = new Uint32Array(count).fill(one)
    for (let ballot = 0; ballot < count; ballot++) this.#lay(ballot, 0, isIn)
  }

  /** On the pile of the next candidate who is in, or on none. */
  #lay(ballot: number, from: number, isIn: (candidate: number) => boolean): void {
    const { choices, width, weights } = this.#ballots
    const amount = (this.#values[ballot] ?? 0) * (weights[ballot] ?? 0)
    for (let at = from; at < width; at++) {
      const candidate = choices[ballot * width + at] ?? none
      if (candidate === none) break
      if (!isIn(candidate)) continue
      this.#at[ballot] = at
      this.#next[ballot] = this.#heads[candidate] ?? -1
      this.#heads[candidate] = ballot
      this.votes[candidate] = (this.votes[candidate] ?? 0) + amount
      return
    }
    this.exhausted += amount
  }

  /**
   * Moves a candidate's pile to whom each ballot names next. `surplus`: that much of it alone, each ballot at its value times
   * surplus by all they have, cut off after five decimals; what is cut off goes to nobody. They keep `keeps`.
   */
  move(candidate: number, isIn: (candidate: number) => boolean, surplus: { of: number; keeps: number } | null): void {
    const all = this.votes[candidate] ?? 0
    const before = this.votes.reduce((sum, votes) => sum + votes, 0) + this.exhausted
    const values = new Map<number, number>()
    let ballot = this.#heads[candidate] ?? -1
    this.#heads[candidate] = -1
    this.votes[candidate] = 0
    while (ballot >= 0) {
      const after = this.#next[ballot] ?? -1
      if (surplus) {
        const was = this.#values[ballot] ?? 0
        let value = values.get(was)
        // Beyond 2^53: whole numbers of any size.
        if (value === undefined) values.set(was, (value = Number((BigInt(surplus.of) * BigInt(was)) / BigInt(all))))
        this.#values[ballot] = value
      }
      this.#lay(ballot, (this.#at[ballot] ?? 0) + 1, isIn)
      ballot = after
    }
    if (!surplus) return
    this.votes[candidate] = surplus.keeps
    this.exhausted += before - this.votes.reduce((sum, votes) => sum + votes, 0) - this.exhausted
  }
}
