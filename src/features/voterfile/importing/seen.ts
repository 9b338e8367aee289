/**
 * Which voter ids came before, in a fixed number of bytes (a Bloom filter): 'no' is certain, 'maybe' is right but for
 * one in some hundreds. Enough to send only the few maybes through a comparison in the database.
 */
export class SeenKeys {
  readonly #bits: Uint32Array
  readonly #mask: number

  constructor(expected: number) {
    let bits = 1 << 16
    while (bits < expected * 24 && bits < 2 ** 29) bits *= 2
    this.#bits = new Uint32Array(bits / 32)
    this.#mask = bits - 1
  }

  /** Remembers the key; true where it may have been there before. */
  add(key: number): boolean {
    const low = key | 0
    const high = Math.floor(key / 4_294_967_296) | 0
    let one = Math.imul(low ^ Math.imul(high, 0x9e3779b1), 0x85ebca6b)
    one ^= one >>> 15
    let two = Math.imul(one ^ low, 0xc2b2ae35)
    two ^= two >>> 13
    const three = Math.imul(two ^ high, 0x27d4eb2f) ^ (one >>> 7)
    // All three in one piece of 512 bits, so that the processor fetches one line of memory, not three.
    const piece = one & this.#mask & ~511
    const isFirst = this.#set(piece | (two & 511))
    const isSecond = this.#set(piece | ((two >>> 9) & 511))
    const isThird = this.#set(piece | (three & 511))
    return isFirst && isSecond && isThird
  }

  #set(bit: number): boolean {
    const at = bit >>> 5
    const flag = 1 << (bit & 31)
    const word = this.#bits[at] ?? 0
    if ((word & flag) !== 0) return true
    this.#bits[at] = word | flag
    return false
  }
}
