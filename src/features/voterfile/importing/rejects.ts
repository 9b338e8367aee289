import { closeSync, createReadStream, openSync, rmSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { byteOrderMark, csvLine } from '../../../platform/csv.ts'
import { decode, fieldsOf, RecordReader } from '../reading/records.ts'
import { Refused } from '../reading/source.ts'
import { rejectReasons, type PreviewedReject, type RejectReason } from '../schema.ts'

/** The reasons in words, for whoever opens the file in a spreadsheet; in another language `rejectsInWords` gives them. */
const words: Readonly<Record<RejectReason, string>> = {
  column_count: 'another number of columns than the file has',
  stray_quote: 'a quotation mark that opens or closes nothing, so that nobody can tell where a column ends',
  truncated: 'the line breaks off before its end',
  no_voter_id: 'no voter id',
  bad_voter_id: 'a voter id that cannot be right',
  no_name: 'no family name',
  unknown_voter: 'no voter we have bears this id',
  birth_date_needed: "may be a voter of the city's list; only the birth date could tell",
  bad_date: 'a date that is none',
  bad_phone: 'no telephone number of the United States',
  nothing_to_match_by: 'no id, and not all of name, birth year and address',
  hangul_name: 'no id, and a name in Hangul: the voter file has names in Roman letters only',
}

const heads = ['file', 'line', 'column', 'reason', 'explanation', 'row'] as const
export type RejectHead = (typeof heads)[number]

/** Where a line has not the columns it should: which is the first to lack, or the last before what is too much. */
export interface Misfit {
  names: readonly string[]
  expected: number
  found: number
}

/** Letters kept until they are written; where a whole file is of another layout every row comes here. */
const piece = 1 << 16

/**
 * Rows that could not be read, each with the line, the column and the reason, and the row as it came. The file is made
 * with the first of them; where it cannot be written, as on a full disk, the import is refused.
 */
export class Rejects {
  count = 0
  readonly path: string
  #file: number | null = null
  #lines = ''
  /** Rows of another file of the same import stand there already. */
  readonly is_continued: boolean

  constructor(path: string, is_continued = false) {
    this.path = path
    this.is_continued = is_continued
  }

  add(file: string, line: number, column: string, reason: string, reader: RecordReader, misfit?: Misfit): void {
    const isFirst = this.count++ === 0 && !this.is_continued
    if (this.#file === null) {
      this.#file = this.#try(() => openSync(this.path, isFirst ? 'w' : 'a'))
      if (isFirst) this.#lines = byteOrderMark + csvLine(heads)
    }
    const bytes = reader.raw()
    const raw = decode(bytes, 0, bytes.length)
    const explanation =
      (isReject(reason) ? words[reason] : '') +
      (misfit && reason !== 'stray_quote' ? ` (${misfit.expected} columns expected, ${misfit.found} found)` : '')
    const at = misfit
      ? (misfit.names[reason === 'stray_quote' ? strayAt(reader) : Math.min(misfit.found, misfit.expected - 1)] ?? '')
      : column
    this.#lines += csvLine([file, line, at.trim(), reason, explanation, raw])
    if (this.#lines.length > piece) this.#write()
  }

  /** What is there so far can be read where they lie. */
  flush(): void {
    if (this.#file !== null) this.#write()
  }

  /** Where the rejects lie, of the files before this one too, or null where there were none. */
  close(): string | null {
    if (this.#file !== null) {
      this.#write()
      this.#end(this.#file)
    }
    return this.count > 0 || this.is_continued ? this.path : null
  }

  /** Another thread wrote and closed them; more may follow here. */
  adopt(count: number): void {
    this.count = count
  }

  discard(): void {
    if (this.#file !== null) this.#end(this.#file)
    rmSync(this.path, { force: true })
  }

  #write(): void {
    const file = this.#file
    if (file !== null) this.#try(() => writeFileSync(file, this.#lines))
    this.#lines = ''
  }

  #end(file: number): void {
    this.#file = null
    this.#lines = ''
    closeSync(file)
  }

  #try<T>(act: () => T): T {
    try {
      return act()
    } catch (problem) {
      throw new Refused(
        'rejects_unwritable',
        `${this.path}: ${problem instanceof Error ? problem.message : String(problem)}`,
      )
    }
  }
}

/** Nothing came of the file: who is told that all is well would not look for why. */
export const allRejected = ({ read, rejected }: { read: number; rejected: number }): Refused =>
  new Refused('all_rejected', `${rejected} / ${read}`)

const isReject = (reason: string): reason is RejectReason => rejectReasons.some((each) => each === reason)

/** The field whose quotation marks are no pair. */
const strayAt = (reader: RecordReader): number =>
  fieldsOf(reader).findIndex((field) => field.startsWith('"') !== (field.length > 1 && field.endsWith('"')))

/** The file with headings and explanations in a reader's language; codes, names of columns and rows stay as they are. */
export async function* rejectsInWords(
  path: string,
  head: (name: RejectHead) => string,
  explain: (reason: RejectReason, columns: { expected: number; found: number } | null) => string,
): AsyncGenerator<string> {
  const reader = new RecordReader({ delimiter: ',', quote: '"', counts: [heads.length] })
  let isHead = true
  const lines = function* (isEnd: boolean): Generator<string> {
    while (reader.next(isEnd)) {
      const fields = fieldsOf(reader)
      const [, , , reason = '', explanation = ''] = fields
      const counted = /\((\d+) columns expected, (\d+) found\)$/.exec(explanation)
      const columns = counted && { expected: Number(counted[1]), found: Number(counted[2]) }
      if (isHead) yield byteOrderMark + csvLine(heads.map(head))
      else yield csvLine(isReject(reason) ? fields.with(4, explain(reason, columns)) : fields)
      isHead = false
    }
  }
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    reader.feed(chunk)
    yield* lines(false)
  }
  yield* lines(true)
}

/** Each rejected row as it came. */
export async function* rejectedRows(path: string): AsyncGenerator<string> {
  const reader = new RecordReader({ delimiter: ',', quote: '"', counts: [heads.length] })
  const rows = function* (isEnd: boolean): Generator<string> {
    while (reader.next(isEnd)) yield fieldsOf(reader)[heads.indexOf('row')] ?? ''
  }
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    reader.feed(chunk)
    yield* rows(false)
  }
  yield* rows(true)
}

/** The first few of what was rejected, with the beginning of each line. */
export async function firstRejects(path: string, most = 8): Promise<PreviewedReject[]> {
  const file = await open(path)
  const { buffer, bytesRead } = await file.read(Buffer.alloc(256 * 1024), 0, 256 * 1024, 0).finally(() => file.close())
  const reader = new RecordReader({ delimiter: ',', quote: '"', counts: null })
  reader.feed(buffer.subarray(0, bytesRead))
  reader.next(true) // the heads
  const found: PreviewedReject[] = []
  while (found.length < most && reader.next(true)) {
    const [name = '', line, column = '', reason = '', , row = ''] = fieldsOf(reader)
    found.push({ file: name, line: Number(line), column, reason, row: row.slice(0, 200) })
  }
  return found
}
