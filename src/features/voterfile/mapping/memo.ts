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

/** What `Memo.values` holds of an entry: where its value begins in `bytes`, its length (-1: null), a hash of it, its number, its second text. */
export const of = { start: 0, length: 1, hash: 2, number: 3, also_start: 4, also_length: 5 } as const
export const stride = 8

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
  /** Four numbers a slot, beside one another so that one line of memory holds them: hash, entry, where its key begins, its length. */
  #slots = new Int32Array(4 * 1024)
  #used = 1
  bytes: Buffer = Buffer.allocUnsafeSlow(16_384)
  /** The same bytes; a few beyond every value may be read too. */
  view: DataView = new DataView(this.bytes.buffer)
  #filled = 0
  /** Of each entry, `stride` numbers: see `of`. */
  values = new Int32Array(512 * stride)
  texts: (string | null)[] = [null]

  constructor(make: (text: string) => Kept, maxBytes = 24 << 20) {
    this.#make = make
    this.#maxBytes = maxBytes
    this.values[of.length] = -1
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
    const slots = this.#slots
    const mask = slots.length - 1
    let slot = (hash << 2) & mask
    for (;;) {
      const entry = slots[slot + 1]!
      if (entry === 0) return this.#add(buffer, start, end, hash)
      if (slots[slot] === hash && slots[slot + 3] === length) {
        if (length <= 4) return entry
        const { view } = this
        const shift = slots[slot + 2]! - start
        let p = start
        while (p < last && buffer.getInt32(p, true) === view.getInt32(p + shift, true)) p += 4
        if (p >= last && buffer.getInt32(last, true) === view.getInt32(last + shift, true)) return entry
      }
      slot = (slot + 4) & mask
    }
  }

  number(entry: number): number {
    return this.values[entry * stride + of.number]!
  }

  /** Of the value. */
  hash(entry: number): number {
    return this.values[entry * stride + of.hash]!
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
    if ((entry + 1) * stride > this.values.length) this.#grow()
    const value = kept.text === null ? null : Buffer.from(kept.text)
    const also = Buffer.from(kept.also ?? '')
    const needed = this.#filled + (end - start) + (value?.length ?? 0) + also.length + 8
    if (needed > this.bytes.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(needed, this.bytes.length * 2))
      this.bytes.copy(larger, 0, 0, this.#filled)
      this.bytes = larger
      this.view = new DataView(larger.buffer)
    }
    const keyStart = this.#filled
    this.#filled += buffer.copy(this.bytes, this.#filled, start, end)
    const { values } = this
    const at = entry * stride
    values[at + of.start] = this.#filled
    values[at + of.length] = value ? value.length : -1
    let valueHash = 0x1b873593
    if (value) {
      this.#filled += value.copy(this.bytes, this.#filled)
      for (const byte of value) valueHash = Math.imul(valueHash ^ byte, 0x01000193)
    }
    values[at + of.hash] = valueHash
    values[at + of.number] = kept.number ?? 0
    values[at + of.also_start] = this.#filled
    values[at + of.also_length] = also.length
    this.#filled += also.copy(this.bytes, this.#filled)
    this.texts[entry] = kept.text
    place(this.#slots, hash, entry, keyStart, end - start)
    return entry
  }

  #grow(): void {
    const values = new Int32Array(this.values.length * 2)
    values.set(this.values)
    this.values = values
    const before = this.#slots
    this.#slots = new Int32Array(before.length * 2)
    for (let slot = 0; slot < before.length; slot += 4) {
      if (before[slot + 1] !== 0)
        place(this.#slots, before[slot]!, before[slot + 1]!, before[slot + 2]!, before[slot + 3]!)
    }
  }
}

function place(slots: Int32Array, hash: number, entry: number, keyStart: number, keyLength: number): void {
  const mask = slots.length - 1
  let slot = (hash << 2) & mask
  while (slots[slot + 1] !== 0) slot = (slot + 4) & mask
  slots[slot] = hash
  slots[slot + 1] = entry
  slots[slot + 2] = keyStart
  slots[slot + 3] = keyLength
}
