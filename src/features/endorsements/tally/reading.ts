import { csvRows } from '../../../platform/csv.ts'
import { EqualBallots } from './equal.ts'
import { wordAt } from './rules.ts'
import { marks, most_candidates, none, type Ballots, type Method } from './schema.ts'

/** What is wrong with a file of ballots, and where. */
export class BallotProblem extends Error {
  readonly line: number
  readonly column: string

  constructor(line: number, column: string, message: string) {
    super(`line ${line}${column ? `, column ${column}` : ''}: ${message}`)
    this.line = line
    this.column = column
  }
}

const [comma, quote, newline, carriage] = [44, 34, 10, 13]

/** FNV-1a. */
const first_hash = 2_166_136_261
const hashed = (hash: number, byte: number | undefined): number => Math.imul(hash ^ (byte ?? 0), 16_777_619)

/** Cells by their bytes: the same name a million times is decoded once. */
class Names {
  readonly list: string[] = []
  readonly #decoder = new TextDecoder('utf-8', { fatal: true })
  readonly #numbers = new Map<string, number>()
  readonly #table = new Int32Array(4096).fill(-1)
  readonly #kept: { bytes: Uint8Array; is: number }[] = []
  readonly #numberOf: (text: string) => number

  /** `numberOf`: what a text means that was not seen before, for the names that follow. */
  constructor(numberOf: (text: string, names: Names) => number) {
    this.#numberOf = (text) => numberOf(text, this)
  }

  /** A candidate's number, the next one where they are new. */
  add(name: string): number {
    let number = this.#numbers.get(name)
    if (number === undefined) {
      number = this.list.length
      this.#numbers.set(name, number)
      this.list.push(name)
    }
    return number
  }

  ofBytes(bytes: Uint8Array, from: number, to: number): number {
    let hash = first_hash
    for (let at = from; at < to; at++) hash = hashed(hash, bytes[at])
    return this.ofHash(hash, bytes, from, to)
  }

  /** `hash`: of the bytes from `from` to before `to`. */
  ofHash(hash: number, bytes: Uint8Array, from: number, to: number): number {
    for (let place = (hash >>> 8) & 4095; ; place = (place + 1) & 4095) {
      const kept = this.#table[place] ?? -1
      if (kept < 0) {
        const is = this.#numberOf(this.textOf(bytes, from, to))
        // Of many spellings the rest is decoded each time.
        if (this.#kept.length < 2000) {
          this.#table[place] = this.#kept.length
          this.#kept.push({ bytes: bytes.slice(from, to), is })
        }
        return is
      }
      const known = this.#kept[kept]
      if (known && known.bytes.length === to - from && isSame(known.bytes, bytes, from)) return known.is
    }
  }

  textOf(bytes: Uint8Array, from: number, to: number): string {
    return this.#decoder.decode(bytes.subarray(from, to))
  }

  of(text: string): number {
    return this.#numberOf(text)
  }
}

function isSame(known: Uint8Array, bytes: Uint8Array, from: number): boolean {
  for (let at = 0; at < known.length; at++) if (known[at] !== bytes[from + at]) return false
  return true
}

/** Cells that name nobody, below the numbers of candidates. */
const [empty, over, wrong] = [-1, -2, -3]

/**
 * Reads ballots as CSV (docs/tally.md): a head, then one ballot in each row, ranks as columns from the first choice on;
 * for `threshold` a column for each candidate. A column `count` says how many people cast that ballot, `ballot` and `receipt`
 * are passed over. Ballots that say the same are one. Throws BallotProblem.
 */
export async function readBallots(chunks: AsyncIterable<Uint8Array>, method: Method): Promise<Ballots> {
  const reader = new Reader(method)
  let rest: Uint8Array = new Uint8Array(0)
  for await (const chunk of chunks) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    rest = bytes.subarray(reader.take(bytes, false))
  }
  reader.take(rest, true)
  return reader.end()
}

/** So many people a number has room for. */
const most_equal = 2 ** 32 - 1

type Column = 'choice' | 'count' | 'other'

class Reader {
  readonly #method: Method
  readonly #names: Names
  #columns: Column[] | null = null
  #heads: string[] = []
  #width = 0
  #choices = new Uint8Array(1 << 16)
  #weights = new Uint32Array(1 << 12)
  /** null: hardly any repeat. */
  #equal: EqualBallots | null = null
  #count = 0
  #blank = 0
  #line = 0
  /** In which row a candidate was named last: each counts once. */
  readonly #seen = new Uint32Array(most_candidates + 1)
  #row = 0

  constructor(method: Method) {
    this.#method = method
    this.#names = new Names((text, names) => {
      const name = text.trim()
      const lower = name.toLowerCase()
      if (name === '' || lower === marks.skipped) return empty
      if (lower === marks.overvote) return over
      return method === 'threshold' ? (wordAt(name) ?? wrong) : names.add(name)
    })
  }

  /** Rows that end in these bytes; answers where the last, unfinished one begins. */
  take(bytes: Uint8Array, is_last: boolean): number {
    let start = this.#isPlain(bytes) ? this.#takePlain(bytes) : 0
    while (start < bytes.length) {
      let end = start
      let isQuoted = false
      let hasQuote = false
      let breaks = 0
      for (; end < bytes.length; end++) {
        const byte = bytes[end]
        if (byte === quote) {
          // Only where a cell begins does one open; within it two stand for one.
          if (isQuoted && bytes[end + 1] === quote) end++
          else if (isQuoted) isQuoted = false
          else if (end === start || bytes[end - 1] === comma) isQuoted = hasQuote = true
        } else if (byte === newline) {
          if (!isQuoted) break
          breaks++
        }
      }
      if (end >= bytes.length && !is_last) return start
      this.#line++
      if (isQuoted) throw new BallotProblem(this.#line, '', 'a quotation mark opens here that nothing closes')
      const to = end > start && bytes[end - 1] === carriage ? end - 1 : end
      if (!this.#columns) this.#head(bytes, start, to)
      else if (to > start) this.#ballot(bytes, start, to, hasQuote)
      this.#line += breaks
      start = end + 1
    }
    return bytes.length
  }

  /** Nothing but ranks, and no quotation marks: as nearly all files of many ballots are. */
  #isPlain(bytes: Uint8Array): boolean {
    return (
      this.#method !== 'threshold' &&
      this.#columns?.every((each) => each === 'choice') === true &&
      !bytes.includes(quote)
    )
  }

  /** As `take` and `#ballot`, of plain rows that are whole, each byte looked at once; answers where the rest begins. */
  #takePlain(bytes: Uint8Array): number {
    const names = this.#names
    const seen = this.#seen
    const width = this.#width
    const isApproval = this.#method === 'approval'
    let start = 0
    for (let end = bytes.indexOf(newline); end >= 0; end = bytes.indexOf(newline, start)) {
      const to = end > start && bytes[end - 1] === carriage ? end - 1 : end
      if (to > start) {
        this.#grow()
        const row = ++this.#row
        const choices = this.#choices
        const base = this.#count * width
        choices.fill(none, base, base + width)
        let named = 0
        let isOver = false
        let cells = 0
        for (let at = start; at <= to; at++) {
          const begin = at
          let hash = first_hash
          for (let byte = bytes[at]; at < to && byte !== comma; byte = bytes[++at]) hash = hashed(hash, byte)
          const is = names.ofHash(hash, bytes, begin, at)
          // A row with too many cells, or too many candidates, is read again cell by cell, which says where.
          if (++cells > width || is >= most_candidates) return start
          if (is === over) isOver = true
          if (is < 0 || (isOver && !isApproval) || seen[is] === row) continue
          seen[is] = row
          choices[base + named++] = is
        }
        if (named === 0) this.#blank++
        else this.#keep(1)
      }
      this.#line++
      start = end + 1
    }
    return start
  }

  #head(bytes: Uint8Array, from: number, to: number): void {
    this.#heads = this.#cells(bytes, from, to).map((cell) => cell.trim())
    const columns = this.#heads.map((head): Column =>
      /^(count|weight)$/i.test(head) ? 'count' : /^(ballot|receipt|id)$/i.test(head) ? 'other' : 'choice',
    )
    this.#width = columns.filter((each) => each === 'choice').length
    if (this.#width === 0) throw new BallotProblem(1, '', 'the head names no column with choices')
    if (this.#width > most_candidates) throw new BallotProblem(1, '', `more than ${most_candidates} columns`)
    if (this.#method === 'threshold')
      for (const [at, each] of columns.entries()) {
        if (each !== 'choice') continue
        const before = this.#names.list.length
        if (this.#names.add(this.#heads[at] ?? '') < before)
          throw new BallotProblem(1, this.#heads[at] ?? '', 'stands twice in the head')
      }
    this.#columns = columns
    this.#equal = new EqualBallots(this.#width)
  }

  #ballot(bytes: Uint8Array, from: number, to: number, hasQuote: boolean): void {
    const columns = this.#columns ?? []
    this.#grow()
    this.#row++
    const base = this.#count * this.#width
    this.#choices.fill(none, base, base + this.#width)
    let named = 0
    let choice = 0
    let weight = 1
    let isOver = false
    const cell = (at: number, is: number, text: () => string): void => {
      const column = columns[at]
      if (column === undefined)
        throw new BallotProblem(this.#line, '', `more cells than the head has: ${columns.length}`)
      if (column === 'other') return
      if (column === 'count') {
        const said = text().trim()
        weight = Number(said)
        if (!/^\d{1,9}$/.test(said) || weight > 100_000_000)
          throw new BallotProblem(this.#line, this.#heads[at] ?? '', `"${text()}" is no count of ballots`)
        return
      }
      const place = choice++
      if (is === wrong)
        throw new BallotProblem(this.#line, this.#heads[at] ?? '', `"${text()}" is none of yes, no, abstain, skipped`)
      if (is === over) isOver = true
      if (this.#method === 'threshold') {
        if (is >= 0) {
          this.#choices[base + place] = is
          named++
        }
        return
      }
      if (is >= most_candidates)
        throw new BallotProblem(this.#line, this.#heads[at] ?? '', `more than ${most_candidates} candidates`)
      // What follows an overvote cannot be known to be next; where all that is named counts, it can.
      if (is < 0 || (isOver && this.#method !== 'approval')) return
      if (this.#seen[is] === this.#row) return
      this.#seen[is] = this.#row
      this.#choices[base + named++] = is
    }
    if (hasQuote) {
      for (const [at, text] of this.#cells(bytes, from, to).entries())
        cell(at, columns[at] === 'choice' ? this.#names.of(text) : empty, () => text)
    } else {
      let at = 0
      for (let start = from; start <= to; at++) {
        let end = start
        while (end < to && bytes[end] !== comma) end++
        const begin = start
        const is = columns[at] === 'choice' ? this.#names.ofBytes(bytes, begin, end) : empty
        cell(at, is, () => this.#names.textOf(bytes, begin, end))
        start = end + 1
      }
    }
    if (weight === 0) return
    if (named === 0) this.#blank += weight
    else this.#keep(weight)
  }

  /** With the ballot that says the same, where there is one and their number has room; else as one more. */
  #keep(weight: number): void {
    if (this.#equal?.isWorthIt === false) this.#equal = null
    const same = this.#equal?.of(this.#choices, this.#count) ?? this.#count
    const together = same < this.#count ? (this.#weights[same] ?? 0) + weight : weight
    if (same < this.#count && together <= most_equal) this.#weights[same] = together
    else this.#weights[this.#count++] = weight
  }

  /** Of one row with quotation marks. */
  #cells(bytes: Uint8Array, from: number, to: number): string[] {
    const [cells = [], ...more] = csvRows(this.#names.textOf(bytes, from, to))
    if (more.length > 0) throw new BallotProblem(this.#line, '', 'a quotation mark stands within a cell')
    return cells
  }

  #grow(): void {
    const need = (this.#count + 1) * this.#width
    if (need > this.#choices.length) {
      const more = new Uint8Array(Math.max(need, this.#choices.length * 2))
      more.set(this.#choices)
      this.#choices = more
    }
    if (this.#count >= this.#weights.length) {
      const more = new Uint32Array(this.#weights.length * 2)
      more.set(this.#weights)
      this.#weights = more
    }
  }

  /** With candidates by name, so that the order of the rows leaves no trace. */
  end(): Ballots {
    if (!this.#columns) throw new BallotProblem(1, '', 'the file is empty')
    const { list } = this.#names
    const choices = this.#choices.subarray(0, this.#count * this.#width)
    if (this.#method !== 'threshold') {
      const order = list.map((_, at) => at).sort((a, b) => ((list[a] ?? '') < (list[b] ?? '') ? -1 : 1))
      const places = new Uint8Array(256).fill(none)
      for (const [place, at] of order.entries()) places[at] = place
      for (let at = 0; at < choices.length; at++) choices[at] = places[choices[at] ?? none] ?? none
      list.sort((a, b) => (a < b ? -1 : 1))
    }
    return {
      candidates: list,
      width: this.#width,
      choices,
      weights: this.#weights.subarray(0, this.#count),
      count: this.#count,
      blank: this.#blank,
    }
  }
}
