// Indexes into typed arrays below are within bounds by construction; `!` says so to the compiler.
import { of, stride, type Memo } from './memo.ts'

/** Before the first and after the last row of a binary COPY. */
export const copyHeader = Buffer.concat([Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'), Buffer.alloc(8)])
export const copyTrailer = Buffer.from([0xff, 0xff])

/** Writes rows in PostgreSQL's binary COPY format, into memory that another thread may send on. */
export class TupleWriter {
  bytes: Buffer<SharedArrayBuffer>
  at = 0
  #view: DataView

  constructor(size = 1 << 20) {
    this.bytes = Buffer.from(new SharedArrayBuffer(size))
    this.#view = new DataView(this.bytes.buffer)
  }

  /** Makes sure that `more` bytes fit. */
  reserve(more: number): void {
    if (this.at + more <= this.bytes.length) return
    const larger = Buffer.from(new SharedArrayBuffer(Math.max(this.bytes.length * 2, this.at + more)))
    this.bytes.copy(larger, 0, 0, this.at)
    this.bytes = larger
    this.#view = new DataView(larger.buffer)
  }

  /** The bytes so far; starts anew in another buffer. `recycle` them when they are no longer needed. */
  take(): Buffer<SharedArrayBuffer> {
    const taken = this.bytes.subarray(0, this.at)
    const fresh = this.#spare.pop() ?? Buffer.from(new SharedArrayBuffer(this.bytes.length))
    this.bytes = fresh
    this.#view = new DataView(fresh.buffer)
    this.at = 0
    return taken
  }

  readonly #spare: Buffer<SharedArrayBuffer>[] = []

  /** Gives back what `take` gave out: rows come at hundreds of megabytes a second, too much to leave to the collector. */
  recycle(taken: SharedArrayBuffer): void {
    if (this.#spare.length < 64) this.#spare.push(Buffer.from(taken))
  }

  columns(count: number): void {
    this.#view.setInt16(this.at, count)
    this.at += 2
  }

  none(): void {
    this.#view.setInt32(this.at, -1)
    this.at += 4
  }

  int2(value: number): void {
    const view = this.#view
    view.setInt32(this.at, 2)
    view.setInt16(this.at + 4, value)
    this.at += 6
  }

  int4(value: number): void {
    const view = this.#view
    view.setInt32(this.at, 4)
    view.setInt32(this.at + 4, value)
    this.at += 8
  }

  /** A whole number of at most 53 bits. */
  int8(value: number): void {
    const view = this.#view
    view.setInt32(this.at, 8)
    const high = Math.floor(value / 4_294_967_296)
    view.setInt32(this.at + 4, high)
    view.setInt32(this.at + 8, value - high * 4_294_967_296)
    this.at += 12
  }

  bool(value: boolean): void {
    this.#view.setInt32(this.at, 1)
    this.bytes[this.at + 4] = value ? 1 : 0
    this.at += 5
  }

  /** Four bytes at a time: reads and writes up to three beyond, which the next value overwrites. */
  raw(from: DataView, start: number, end: number): void {
    const view = this.#view
    const to = this.at + 4
    view.setInt32(this.at, end - start)
    for (let p = start; p < end; p += 4) view.setInt32(to + p - start, from.getInt32(p, true), true)
    this.at = to + end - start
  }

  kept(memo: Memo, entry: number): void {
    const { values } = memo
    const length = values[entry * stride + of.length]!
    const view = this.#view
    view.setInt32(this.at, length)
    const at = this.at + 4
    if (length <= 0) {
      this.at = at
      return
    }
    const start = values[entry * stride + of.start]!
    const from = memo.view
    for (let p = 0; p < length; p += 4) view.setInt32(at + p, from.getInt32(start + p, true), true)
    this.at = at + length
  }

  /** The second texts of one or two entries, joined. */
  keptAlso(memo: Memo, one: number, two = 0): void {
    const view = this.#view
    const from = memo.view
    const { values } = memo
    const lengthOne = values[one * stride + of.also_length]!
    const lengthTwo = values[two * stride + of.also_length]!
    let at = this.at + 4
    for (let p = 0, start = values[one * stride + of.also_start]!; p < lengthOne; p += 4)
      view.setInt32(at + p, from.getInt32(start + p, true), true)
    at += lengthOne
    for (let p = 0, start = values[two * stride + of.also_start]!; p < lengthTwo; p += 4)
      view.setInt32(at + p, from.getInt32(start + p, true), true)
    at += lengthTwo
    view.setInt32(this.at, lengthOne + lengthTwo)
    this.at = at
  }

  /** A memo's text as jsonb: after a version byte. */
  keptJson(memo: Memo, entry: number): void {
    const length = memo.values[entry * stride + of.length]!
    const start = memo.values[entry * stride + of.start]!
    if (length < 0) {
      this.none()
      return
    }
    this.#view.setInt32(this.at, length + 1)
    this.bytes[this.at + 4] = 1
    const view = this.#view
    const from = memo.view
    for (let p = 0; p < length; p += 4) view.setInt32(this.at + 5 + p, from.getInt32(start + p, true), true)
    this.at += length + 5
  }

  text(value: string | null): void {
    if (value === null) {
      this.none()
      return
    }
    this.reserve(value.length * 3 + 65_536)
    const length = this.bytes.write(value, this.at + 4)
    this.#view.setInt32(this.at, length)
    this.at += length + 4
  }

  /** Binary jsonb is its text after a version byte. */
  json(value: string | null): void {
    if (value === null) {
      this.none()
      return
    }
    this.reserve(value.length * 3 + 65_536)
    const length = this.bytes.write(value, this.at + 5)
    this.#view.setInt32(this.at, length + 1)
    this.bytes[this.at + 4] = 1
    this.at += length + 5
  }

  /** An object of jsonb field by field: `openJson`, at least one `jsonField`, `closeJson`. Room must have been reserved. */
  openJson(): void {
    this.#opened = this.at
    this.bytes[this.at + 4] = 1 // version of jsonb's binary form
    this.at += 5
  }
  #opened = 0

  /** `key`: `,"key":"` as bytes. The value must need no escape. */
  jsonField(key: { view: DataView; length: number }, from: DataView, start: number, end: number): void {
    const view = this.#view
    const { at } = this
    for (let p = 0; p < key.length; p += 4) view.setInt32(at + p, key.view.getInt32(p, true), true)
    const to = at + key.length
    for (let p = start; p < end; p += 4) view.setInt32(to + p - start, from.getInt32(p, true), true)
    this.at = to + end - start
    this.bytes[this.at++] = 34
  }

  closeJson(): void {
    // In the place of the comma before the first field.
    this.bytes[this.#opened + 5] = 123
    this.bytes[this.at++] = 125
    this.#view.setInt32(this.#opened, this.at - this.#opened - 4)
  }

  int4Array(values: Int32Array, count: number): void {
    const view = this.#view
    let { at } = this
    view.setInt32(at, count === 0 ? 12 : 20 + 8 * count)
    view.setInt32(at + 4, count === 0 ? 0 : 1)
    view.setInt32(at + 8, 0)
    view.setInt32(at + 12, 23) // oid of integer
    at += 16
    if (count > 0) {
      view.setInt32(at, count)
      view.setInt32(at + 4, 1)
      at += 8
      for (let index = 0; index < count; index++) {
        view.setInt32(at, 4)
        view.setInt32(at + 4, values[index]!)
        at += 8
      }
    }
    this.at = at
  }
}
