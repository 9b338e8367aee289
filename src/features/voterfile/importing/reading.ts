import type { PlaceTable } from '../community/places.ts'
import type { Layout } from '../layouts/layout.ts'
import type { ElectionBook } from '../mapping/elections.ts'
import { RowMapper, type MapperCounts, type RowKind } from '../mapping/mapper.ts'
import { TupleWriter } from '../mapping/tuples.ts'
import { RecordReader, type RecordFault } from '../reading/records.ts'
import { chunksOf } from '../reading/source.ts'
import { e164 } from '../rules/phones.ts'
import type { ImportCounts, Progress } from '../tables.ts'
import type { Detected } from './detect.ts'
import type { Rejects } from './rejects.ts'
import type { Spool } from './spool.ts'

export interface ReadingSetup {
  detected: readonly Detected[]
  file_id: number
  next_voter_id: number
  elections: ElectionBook
  rejects: Rejects
  /** Telephones that come with the registration. */
  phones: Spool
  include_purged: boolean
  today: string
  /** What is known about where communities live. */
  places: PlaceTable
}

/** The side of an import that reads: what from, what it counts, what it puts aside. Knows no database. */
export class Reading {
  readonly detected: readonly Detected[]
  readonly layout: Layout
  readonly file_id: number
  readonly next_voter_id: number
  readonly elections: ElectionBook
  readonly rejects: Rejects
  readonly phones: Spool
  readonly include_purged: boolean
  readonly today: string
  readonly places: PlaceTable
  readonly counts: ImportCounts = { read: 0, added: 0, updated: 0, unchanged: 0, gone: 0, rejected: 0, seconds: 0 }
  readonly estimated_rows: number
  readonly #phoneRows = new TupleWriter(1 << 16)
  readonly #onProgress: (progress: Progress) => void
  /** The part being read, for the rejects. */
  part: Detected | null = null

  /** `onProgress` may throw to stop the reading. */
  constructor(setup: ReadingSetup, onProgress: (progress: Progress) => void) {
    this.detected = setup.detected
    const [first] = setup.detected
    if (!first) throw new Error('nothing to import')
    this.layout = first.layout
    this.file_id = setup.file_id
    this.next_voter_id = setup.next_voter_id
    this.elections = setup.elections
    this.rejects = setup.rejects
    this.phones = setup.phones
    this.include_purged = setup.include_purged
    this.today = setup.today
    this.places = setup.places
    this.estimated_rows = setup.detected.reduce(
      (sum, { part, row_bytes }) => sum + (part.bytes * (/\.(gz|zip)/.test(part.name) ? 8 : 1)) / row_bytes,
      1000,
    )
    this.#onProgress = onProgress
  }

  progress(change: Progress): void {
    this.#onProgress(change)
  }

  /** Is the row one to keep? Counts what is skipped, and writes down what is rejected. */
  isKept(kind: RowKind, reader: RecordReader): boolean {
    if (kind === 'voter') return true
    if (kind === 'purged') {
      if (this.include_purged) return true
      this.counts.skipped_purged = (this.counts.skipped_purged ?? 0) + 1
    } else if (kind === 'confidential') this.counts.skipped_confidential = (this.counts.skipped_confidential ?? 0) + 1
    else this.reject(reader, kind === 'no_name' ? 'last_name' : this.layout.key, kind)
    return false
  }

  reject(reader: RecordReader, column: string, reason: string): void {
    this.rejects.add(this.part?.part.name ?? '', reader.line, column, reason, reader)
  }

  /** A line that has not the columns of the others. */
  rejectLine(reader: RecordReader, fault: RecordFault): void {
    const { names = [], count = 0 } = this.part?.columns ?? {}
    const misfit = { names, expected: count, found: reader.count }
    this.rejects.add(this.part?.part.name ?? '', reader.line, '', fault, reader, misfit)
  }

  /** A number that came with the registration. */
  notePhone(mapper: RowMapper, key = mapper.key): void {
    if (mapper.phone === null) return
    const phone = e164(mapper.phone)
    if (phone === null) {
      this.counts.bad_phones = (this.counts.bad_phones ?? 0) + 1
      return
    }
    const rows = this.#phoneRows
    rows.reserve(256)
    rows.columns(2)
    rows.int8(key)
    rows.text(phone)
    if (rows.at > 32_768) this.phones.write(rows.take())
  }

  /** No more numbers come: all are on disk. */
  finishPhones(): void {
    if (this.#phoneRows.at > 0) this.phones.write(this.#phoneRows.take())
    this.phones.finish()
  }
}

/** What to make of the rows. */
export interface Taker {
  /** Of each good row; must not wait. */
  take(mapper: RowMapper, reader: RecordReader): void
  /** Hears of every row before anything else, bad ones too. */
  onRow?(): void
  /** After the last row. Returns how many voters were numbered. */
  finish?(): number
}

export interface Sink {
  /** Hands over rows made so far; a promise where one has to wait. */
  flush(isEnd: boolean): Promise<void> | null
  /** Is there enough to hand over? Asked after every row. */
  check(): boolean
}

/**
 * Reads every row of every part and gives the good ones to `taker`; lines with a fault are rejected.
 * `pass` names the reading where a file is read twice: only the first counts and rejects.
 */
export async function readRows(run: Reading, taker: Taker, sink: Sink, isCounted = true): Promise<void> {
  const of_bytes = run.detected.reduce((sum, { part }) => sum + part.bytes, 0)
  let bytes = 0
  let rows = 0
  let told = 0
  for (const detected of run.detected) {
    run.part = detected
    const { part, layout, columns } = detected
    const mapper = new RowMapper(layout, columns, run.elections, run.today, run.places)
    const reader = new RecordReader({
      delimiter: detected.delimiter,
      quote: detected.quote,
      counts: countsOf(detected),
    })
    let isHeader = detected.has_header

    const takeAll = async (isEnd: boolean): Promise<void> => {
      while (reader.next(isEnd)) {
        if (isHeader) {
          isHeader = false
          continue
        }
        rows++
        taker.onRow?.()
        if (isCounted) run.counts.read++
        if (reader.fault) {
          if (isCounted) run.rejectLine(reader, reader.fault)
          continue
        }
        taker.take(mapper, reader)
        if (sink.check()) {
          const wait = sink.flush(false)
          if (wait) await wait
        }
      }
    }

    for await (const chunk of chunksOf(part, (more) => void (bytes += more))) {
      reader.feed(chunk)
      await takeAll(false)
      mapper.tidy()
      const now = performance.now()
      if (now - told > 200) {
        told = now
        run.progress({ bytes: Math.round(bytes), of_bytes, rows })
      }
    }
    await takeAll(true)
    if (isCounted)
      for (const [name, count] of Object.entries(mapper.counts) as [keyof MapperCounts, number][])
        // it forgets the names
        if (count > 0) run.counts[name] = (run.counts[name] ?? 0) + count
  }
  const wait = sink.flush(true)
  if (wait) await wait
  if (isCounted) run.counts.rejected = run.rejects.count
  run.progress({ bytes: of_bytes, of_bytes, rows })
}

/** A header with a trailing delimiter promises one field more than rows have. */
const countsOf = ({ columns, has_header }: Detected): number[] =>
  has_header && columns.names.at(-1)?.trim() === '' ? [columns.count, columns.count - 1] : [columns.count]
