import { listedSurnames, rareSurnames } from './listed-surnames.ts'

/**
 * What the letters of a surname say that no list has: three letters at a time, learned from the surnames we do have.
 */

const groups = 8
const size = 27 // the end of the name, A-Z

/**
 * People whose surname the Census does not list (fewer than 100 bearers), by group. Its line "all other names" of 2010
 * is 8 % Asian; how these divide is our judgement: South Asian, Filipino and Japanese surnames are many, Korean and
 * Vietnamese ones few.
 */
const unlisted = [0.92, 0.0022, 0.004, 0.034, 0.002, 0.012, 0.009, 0.0168]
/** Letters side by side are not independent: their odds count by this power. */
const lettersWeight = 0.8

let filter: Buffer | null = null

/** Does the Census list this surname among those hardly any Asian bears? Wrong for one in seventy unlisted names. */
export function isListedElsewhere(key: string): boolean {
  filter ??= Buffer.from(listedSurnames, 'base64')
  const bits = filter.length * 8
  const one = hash(key, 0x811c9dc5)
  const two = (hash(key, 0x9747b28c) | 1) >>> 0
  for (let probe = 0; probe < 6; probe++) {
    const bit = ((one + probe * two) % 4_294_967_296) % bits
    if (((filter[bit >>> 3] ?? 0) & (1 << (bit & 7))) === 0) return false
  }
  return true
}

function hash(key: string, seed: number): number {
  let x = seed
  for (let at = 0; at < key.length; at++) x = Math.imul(x ^ key.charCodeAt(at), 0x01000193)
  x ^= x >>> 15
  x = Math.imul(x, 0x2c1b3c6d)
  x ^= x >>> 13
  return x >>> 0
}

/** A surname to learn from: what share of its bearers each group is. */
export interface KnownSurname {
  key: string
  prior: ArrayLike<number>
}

export class Letters {
  readonly #threes = new Float32Array(groups * size ** 3)
  readonly #twos = new Float32Array(groups * size ** 2)
  readonly #ones = new Float32Array(groups * size)
  readonly #all = new Float32Array(groups)

  constructor(known: Iterable<KnownSurname>) {
    for (const { key, prior } of known)
      for (let group = 1; group < groups; group++) this.#learn(key, group, prior[group] ?? 0)
    for (const name of rareSurnames.trim().split(/\s+/)) this.#learn(name, 0, 1)
  }

  #learn(key: string, group: number, weight: number): void {
    if (weight < 0.05) return
    let [before, last] = [0, 0]
    for (let at = 0; at <= key.length; at++) {
      const letter = at < key.length ? key.charCodeAt(at) - 64 : 0
      this.#threes[((group * size + before) * size + last) * size + letter]! += weight // within bounds: letters are 0-26
      this.#twos[(group * size + last) * size + letter]! += weight
      this.#ones[group * size + letter]! += weight
      this.#all[group]! += weight
      before = last
      last = letter
    }
  }

  /** Shares of the groups among people with this unlisted surname, adding up to 1. `atLeast`: beside everybody else, 1. */
  prior(key: string, atLeast: ArrayLike<number>): Float64Array {
    const logs = Float64Array.from(unlisted, (share, group) => {
      let log = 0
      let [before, last] = [0, 0]
      for (let at = 0; at <= key.length; at++) {
        const letter = at < key.length ? key.charCodeAt(at) - 64 : 0
        log += Math.log(this.#chance(group, before, last, letter))
        before = last
        last = letter
      }
      return Math.log(share) + lettersWeight * log
    })
    const most = Math.max(...logs)
    const shares = logs.map((log) => Math.exp(log - most))
    // Marriage and adoption know no letters.
    for (let group = 1; group < groups; group++)
      shares[group] = (shares[group] ?? 0) + 0.5 * (atLeast[group] ?? 0) * (shares[0] ?? 0)
    const sum = shares.reduce((total, share) => total + share, 0)
    return shares.map((share) => share / sum)
  }

  /** Of the next letter after two others: counts of three letters, steadied by those of two and of one. */
  #chance(group: number, before: number, last: number, letter: number): number {
    const one = ((this.#ones[group * size + letter] ?? 0) + 1) / ((this.#all[group] ?? 0) + size)
    let twos = 0
    let threes = 0
    for (let each = 0; each < size; each++) {
      twos += this.#twos[(group * size + last) * size + each] ?? 0
      threes += this.#threes[((group * size + before) * size + last) * size + each] ?? 0
    }
    const two = ((this.#twos[(group * size + last) * size + letter] ?? 0) + 8 * one) / (twos + 8)
    return ((this.#threes[((group * size + before) * size + last) * size + letter] ?? 0) + 5 * two) / (threes + 5)
  }
}
