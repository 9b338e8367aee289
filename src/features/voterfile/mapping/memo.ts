// Indexes into typed arrays below are within bounds by construction; `!` says so to the compiler.
import { decode } from '../reading/records.ts'

/** What a memo keeps for one spelling found in the file. */
export interface Kept {
  /** As it goes into the database; null: nothing. */
  text: string | null
  /** Anything numeric that goes with it. */
  number?: number
  /** A second text that goes with it, ready encoded too. */
  also?: string
}

/** Another hash for another word: nothing is lost of the 32 bits. */
function mixed(hash: number, word: number): number {
  const product = Math.imul(hash ^ word, 0x9e3779b1)
  return product ^ (product >>> 15)
}

/**
 * Values by the bytes they were spelled with. A voter file says FLUSHING and RODRIGUEZ again and again: each spelling is
 * made a string and normalised once, after that it is found by its bytes and copied out ready encoded.
 * Bounded: beyond `maxBytes` everything is forgotten at the next `tidy`.
 */
export class Memo {
  readonly #make: (text: string) => Kept
  readonly #maxBytes: number
  #slots = new Int32Array(1024)
  #hashes = new Int32Array(512)
  #keyStart = new Int32Array(512)
  #keyLength = new Int32Array(512)
  #used = 1
  bytes: Buffer = Buffer.allocUnsafeSlow(16_384)
  /** The same bytes; a few beyond every value may be read too. */
  view: DataView = new DataView(this.bytes.buffer)
  #filled = 0
  /** Of the value: where it begins in `bytes`, its length (-1: null), a hash of it. */
  start = new Int32Array(512)
  length = new Int32Array(512)
  hash = new Int32Array(512)
  numbers = new Int32Array(512)
  texts: (string | null)[] = [null]
  alsoStart = new Int32Array(512)
  alsoLength = new Int32Array(512)

  constructor(make: (text: string) => Kept, maxBytes = 24 << 20) {
    this.#make = make
    this.#maxBytes = maxBytes
    this.length[0] = -1
  }

  /** Entry of the bytes from `start` to `end`; 0 where there are none. Reads up to three bytes beyond them. */
  find(buffer: DataView, start: number, end: number): number {
    const length = end - start
    if (length <= 0) return 0
    // Four bytes at a time, the last four over again in part. Up to four bytes have each a hash of their own.
    let hash = length
    const last = end - 4
    if (length < 4) hash = mixed(hash, buffer.getInt32(start, true) & ((1 << (length * 8)) - 1))
    else {
      for (let p = start; p < last; p += 4) hash = mixed(hash, buffer.getInt32(p, true))
      hash = mixed(hash, buffer.getInt32(last, true))
    }
    const mask = this.#slots.length - 1
    let slot = hash & mask
    for (;;) {
      const entry = this.#slots[slot]!
      if (entry === 0) return this.#add(buffer, start, end, hash)
      if (this.#hashes[entry] === hash && this.#keyLength[entry] === length) {
        if (length <= 4) return entry
        const { view } = this
        const shift = this.#keyStart[entry]! - start
        let p = start
        while (p < last && buffer.getInt32(p, true) === view.getInt32(p + shift, true)) p += 4
        if (p >= last && buffer.getInt32(last, true) === view.getInt32(last + shift, true)) return entry
      }
      slot = (slot + 1) & mask
    }
  }

  /** Forgets everything where it has grown too large, and says so. Entries found before are void then. */
  tidy(): boolean {
    if (this.#filled < this.#maxBytes) return false
    this.#slots.fill(0)
    this.#used = 1
    this.#filled = 0
    this.texts.length = 1
    return true
  }

  #add(view: DataView, start: number, end: number, hash: number): number {
    const buffer = Buffer.from(view.buffer, view.byteOffset, view.byteLength)
    const kept = this.#make(decode(buffer, start, end).replaceAll('\0', ''))
    const entry = this.#used++
    if (entry >= this.#hashes.length) this.#grow()
    const value = kept.text === null ? null : Buffer.from(kept.text)
    const also = Buffer.from(kept.also ?? '')
    const needed = this.#filled + (end - start) + (value?.length ?? 0) + also.length + 8
    if (needed > this.bytes.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(needed, this.bytes.length * 2))
      this.bytes.copy(larger, 0, 0, this.#filled)
      this.bytes = larger
      this.view = new DataView(larger.buffer)
    }
    buffer.copy(this.bytes, this.#filled, start, end)
    this.#hashes[entry] = hash
    this.#keyStart[entry] = this.#filled
    this.#keyLength[entry] = end - start
    this.#filled += end - start
    this.start[entry] = this.#filled
    this.length[entry] = value ? value.length : -1
    let valueHash = 0x1b873593
    if (value) {
      value.copy(this.bytes, this.#filled)
      this.#filled += value.length
      for (const byte of value) valueHash = Math.imul(valueHash ^ byte, 0x01000193)
    }
    this.hash[entry] = valueHash
    this.numbers[entry] = kept.number ?? 0
    this.texts[entry] = kept.text
    also.copy(this.bytes, this.#filled)
    this.alsoStart[entry] = this.#filled
    this.alsoLength[entry] = also.length
    this.#filled += also.length
    this.#place(entry, hash)
    return entry
  }

  #place(entry: number, hash: number): void {
    const mask = this.#slots.length - 1
    let slot = hash & mask
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask
    this.#slots[slot] = entry
  }

  #grow(): void {
    const size = this.#hashes.length * 2
    const larger = (array: Int32Array): Int32Array<ArrayBuffer> => {
      const made = new Int32Array(size)
      made.set(array)
      return made
    }
    this.#hashes = larger(this.#hashes)
    this.#keyStart = larger(this.#keyStart)
    this.#keyLength = larger(this.#keyLength)
    this.start = larger(this.start)
    this.length = larger(this.length)
    this.hash = larger(this.hash)
    this.numbers = larger(this.numbers)
    this.alsoStart = larger(this.alsoStart)
    this.alsoLength = larger(this.alsoLength)
    this.#slots = new Int32Array(size * 4)
    for (let entry = 1; entry < this.#used - 1; entry++) this.#place(entry, this.#hashes[entry]!)
  }
}
