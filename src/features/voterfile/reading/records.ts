// Indexes into typed arrays below are within bounds by construction; `!` says so to the compiler.
const quoteByte = 34
const maxFields = 4096
const slack = 8
/** A record longer than this is taken for a stray quote that swallowed the lines after it. */
const maxRecordBytes = 256 * 1024

export interface RecordFormat {
  delimiter: string
  quote: '"' | null
  /** Numbers of fields a good record may have; null: any. */
  counts: readonly number[] | null
}

/** Why a record cannot be read as it stands. */
export type RecordFault = 'column_count' | 'stray_quote' | 'truncated'

/**
 * Cuts bytes into records and fields without making a string. Feed it chunks, then call `next` until it says no.
 * The fields of the current record are `buffer[starts[i]] … buffer[ends[i]]`, quotes and doubled quotes taken away.
 *
 * Quotes inside a quoted field that nobody doubled (`"2 "G""`), which New York's file has, are kept as part of the
 * field: a quote closes a field only before a delimiter or the end of the line. Where that reading gives the wrong
 * number of fields the physical line is split at `","` instead; where that fails too the line has a fault.
 */
export class RecordReader {
  buffer: Buffer = Buffer.allocUnsafeSlow(2 << 20)
  /** The same bytes, to be read four at a time: `slack` bytes beyond any field may be read too. */
  view: DataView = new DataView(this.buffer.buffer)
  readonly starts = new Int32Array(maxFields)
  readonly ends = new Int32Array(maxFields)
  count = 0
  /** Bounds of the record as it came, without the line break. */
  recordStart = 0
  recordEnd = 0
  /** Line of the file on which the record starts, from 1. */
  line = 0
  fault: RecordFault | null = null

  readonly #delimiter: number
  readonly #hasQuotes: boolean
  counts: readonly number[] | null
  #position = 0
  #limit = 0
  #nextLine = 1
  #isFirst = true
  #escaped: number[] = []
  /** The record as it came, kept only where taking doubled quotes away changes it. */
  #raw: Buffer | null = null

  constructor(format: RecordFormat) {
    this.#delimiter = format.delimiter.charCodeAt(0)
    this.#hasQuotes = format.quote !== null
    this.counts = format.counts
  }

  /** Adds bytes. All records of the bytes before must have been taken. */
  feed(chunk: Uint8Array): void {
    const rest = this.#limit - this.#position
    if (rest + chunk.length + slack > this.buffer.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(this.buffer.length * 2, rest + chunk.length + slack))
      this.buffer.copy(larger, 0, this.#position, this.#limit)
      this.buffer = larger
      this.view = new DataView(larger.buffer)
    } else if (this.#position > 0) this.buffer.copyWithin(0, this.#position, this.#limit)
    this.buffer.set(chunk, rest)
    this.#position = 0
    this.#limit = rest + chunk.length
    if (this.#isFirst && this.#limit >= 3) {
      this.#isFirst = false
      if (this.buffer[0] === 0xef && this.buffer[1] === 0xbb && this.buffer[2] === 0xbf) this.#position = 3
    }
  }

  /** Goes to the next record; false where more bytes are needed, or, after `isEnd`, where there is none. */
  next(isEnd: boolean): boolean {
    for (;;) {
      if (this.#position >= this.#limit) return false
      const { buffer } = this
      const c = buffer[this.#position]
      if (c === 10) {
        this.#position++
        this.#nextLine++
      } else if (c === 13 && this.#position + 1 < this.#limit && buffer[this.#position + 1] === 10) {
        this.#position += 2
        this.#nextLine++
      } else if (c === 26 && isEnd && this.#position === this.#limit - 1) {
        this.#position++ // Ctrl-Z, the end mark of DOS
      } else break
    }
    this.#raw = null
    this.fault = null
    this.line = this.#nextLine
    this.recordStart = this.#position
    const after = this.#hasQuotes ? this.#readQuoted(isEnd) : this.#readPlain(isEnd)
    if (after >= 0 && this.#isCounted(this.count)) {
      if (this.#escaped.length > 0) this.#unescape()
      this.#position = after
      return true
    }
    if (after < 0 && !isEnd && this.#limit - this.recordStart < maxRecordBytes) return false
    return this.#readLine(isEnd)
  }

  /** The bytes of the record as they came. */
  raw(): Buffer {
    return this.#raw ?? Buffer.from(this.buffer.subarray(this.recordStart, this.recordEnd))
  }

  text(field: number): string {
    return this.buffer.toString('latin1', this.starts[field], this.ends[field])
  }

  #isCounted(count: number): boolean {
    return this.counts === null || this.counts.includes(count)
  }

  /** Position after the record, or -1 where the bytes end before it does. */
  #readPlain(isEnd: boolean): number {
    const { buffer, starts, ends } = this
    const limit = this.#limit
    const delimiter = this.#delimiter
    let count = 0
    let p = this.#position
    this.#escaped.length = 0
    starts[0] = p
    for (;;) {
      if (p >= limit) {
        if (!isEnd) return -1
        break
      }
      const c = buffer[p]!
      if (c === 10) break
      if (c === delimiter && count < maxFields - 1) {
        ends[count++] = p
        starts[count] = p + 1
      }
      p++
    }
    let end = p
    if (end > starts[count]! && buffer[end - 1] === 13) end--
    ends[count++] = end
    this.count = count
    this.recordEnd = end
    this.#nextLine++
    return p < limit ? p + 1 : p
  }

  #readQuoted(isEnd: boolean): number {
    const { buffer, view, starts, ends } = this
    const limit = this.#limit
    const delimiter = this.#delimiter
    let count = 0
    let newlines = 0
    let p = this.#position
    this.#escaped.length = 0
    for (;;) {
      if (count === maxFields) return -1
      if (p < limit && buffer[p] === quoteByte) {
        const start = ++p
        let loneQuotes = 0
        let hasEscapes = false
        let after = 0
        // Four bytes at a time while none of them is a quote or a line break: a difference of zero borrows its high bit.
        while (p + 4 <= limit) {
          const word = view.getInt32(p, true)
          const quotes = word ^ 0x22222222
          const breaks = word ^ 0x0a0a0a0a
          if ((((quotes - 0x01010101) & ~quotes) | ((breaks - 0x01010101) & ~breaks)) & 0x80808080) break
          p += 4
        }
        for (;;) {
          if (p >= limit) return -1 // closes nowhere, or not yet
          const c = buffer[p]!
          if (c > quoteByte) {
            p++
            continue
          }
          if (c === 10) {
            newlines++
            p++
            continue
          }
          if (c !== quoteByte) {
            p++
            continue
          }
          if (p + 1 >= limit) {
            if (!isEnd) return -1
            after = 0
            break
          }
          after = buffer[p + 1]!
          if (after === delimiter || after === 10) break
          if (after === 13) {
            if (p + 2 >= limit && !isEnd) return -1
            if (p + 2 >= limit || buffer[p + 2] === 10) break
            p++
          } else if (after === quoteByte) {
            if (p + 2 >= limit && !isEnd) return -1
            const beyond = p + 2 < limit ? buffer[p + 2]! : 10
            const isClosing = beyond === delimiter || beyond === 10 || beyond === 13
            if (isClosing && loneQuotes % 2 === 1) {
              p++ // the partner of a lone quote, then the one that closes
              after = beyond
              break
            }
            hasEscapes = true
            p += 2
          } else {
            loneQuotes++
            p++
          }
        }
        starts[count] = start
        ends[count] = p
        if (hasEscapes) this.#escaped.push(count)
        count++
        p++
        if (after === delimiter && p < limit) {
          p++
          if (p >= limit && !isEnd) return -1
          continue
        }
      } else {
        starts[count] = p
        let c = -1
        while (p < limit && (c = buffer[p]!) !== delimiter && c !== 10) p++
        if (p >= limit && !isEnd) return -1
        let end = p
        if ((p >= limit || c === 10) && end > starts[count]! && buffer[end - 1] === 13) end--
        ends[count++] = end
        if (p < limit && c === delimiter) {
          p++
          if (p >= limit && !isEnd) return -1
          continue
        }
        this.recordEnd = end
        this.count = count
        this.#nextLine += newlines + 1
        return p < limit ? p + 1 : p
      }
      // After a closing quote: the end of the line, or of the file.
      this.recordEnd = p
      this.count = count
      this.#nextLine += newlines + 1
      if (p < limit && buffer[p] === 13) p++
      return p < limit ? p + 1 : p
    }
  }

  /** Takes the physical line alone; what cannot be split into the right number of fields has a fault. */
  #readLine(isEnd: boolean): boolean {
    const { buffer } = this
    const found = buffer.indexOf(10, this.recordStart)
    const hasEnd = found >= 0 && found < this.#limit
    if (!hasEnd && !isEnd && this.#limit - this.recordStart < maxRecordBytes) return false
    const lineEnd = hasEnd ? found : this.#limit
    const end = lineEnd > this.recordStart && buffer[lineEnd - 1] === 13 ? lineEnd - 1 : lineEnd
    this.#escaped.length = 0
    this.recordEnd = end
    this.#nextLine = this.line + 1
    this.#position = hasEnd ? lineEnd + 1 : lineEnd
    const isQuoted = this.#hasQuotes && buffer[this.recordStart] === quoteByte
    const isClosed = end - this.recordStart > 1 && buffer[end - 1] === quoteByte
    if (isQuoted && isClosed && this.#isCounted(this.#splitAtQuotes(end))) return true
    const count = this.#splitAtDelimiters(end)
    this.fault =
      !hasEnd && (count < (this.counts?.[0] ?? 0) || (isQuoted && !isClosed))
        ? 'truncated'
        : !this.#isCounted(count)
          ? 'column_count'
          : isQuoted
            ? 'stray_quote'
            : null
    return true
  }

  #splitAtQuotes(end: number): number {
    const { buffer, starts, ends } = this
    let count = 0
    starts[0] = this.recordStart + 1
    for (let p = this.recordStart + 1; p < end - 2 && count < maxFields - 1; p++) {
      if (buffer[p] !== quoteByte || buffer[p + 1] !== this.#delimiter || buffer[p + 2] !== quoteByte) continue
      ends[count++] = p
      starts[count] = p + 3
      p += 2
    }
    ends[count++] = end - 1
    if (ends[count - 1]! < starts[count - 1]!) ends[count - 1] = starts[count - 1]!
    return (this.count = count)
  }

  #splitAtDelimiters(end: number): number {
    const { buffer, starts, ends } = this
    let count = 0
    starts[0] = this.recordStart
    for (let p = this.recordStart; p < end && count < maxFields - 1; p++) {
      if (buffer[p] !== this.#delimiter) continue
      ends[count++] = p
      starts[count] = p + 1
    }
    ends[count++] = end
    return (this.count = count)
  }

  /** Takes one of each pair of doubled quotes away, within the field's own bytes. */
  #unescape(): void {
    const { buffer, starts, ends } = this
    this.#raw = Buffer.from(buffer.subarray(this.recordStart, this.recordEnd))
    for (const field of this.#escaped) {
      let to = starts[field]!
      const end = ends[field]!
      for (let from = to; from < end; from++) {
        const c = buffer[from]!
        buffer[to++] = c
        if (c === quoteByte && from + 1 < end && buffer[from + 1] === quoteByte) from++
      }
      ends[field] = to
    }
  }
}

/** A good record as strings; for tests, dry runs and small files. Bytes beyond ASCII as UTF-8 where they are, else Windows-1252. */
export function fieldsOf(reader: RecordReader): string[] {
  return Array.from({ length: reader.count }, (_, index) =>
    decode(reader.buffer, reader.starts[index]!, reader.ends[index]!),
  )
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const western = new TextDecoder('windows-1252')

/**
 * Text of some bytes. Files say Latin-1, are Windows-1252 in places and UTF-8 in others, sometimes within one file; a
 * name of one kind is hardly ever a valid one of the other, so each field decides for itself.
 */
export function decode(buffer: Buffer, start: number, end: number): string {
  let high = 0
  for (let p = start; p < end; p++) high |= buffer[p]!
  if (high < 128) return buffer.toString('latin1', start, end)
  const bytes = buffer.subarray(start, end)
  try {
    return utf8.decode(bytes)
  } catch {
    return western.decode(bytes)
  }
}
