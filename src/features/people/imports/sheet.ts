import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'

export interface SheetRow {
  /** Of the file, from 1; the header is usually line 1. */
  line: number
  cells: string[]
}

/** A sheet on disk, looked through once: its rows are read again, a few at a time, whenever they are needed. */
export interface Sheet {
  path: string
  encoding: string
  delimiter: string
  headers: string[]
  row_count: number
  /** The first rows, for the eye. */
  first: SheetRow[]
}

export type SheetProblem = 'empty' | 'not_text' | 'spreadsheet' | 'too_many_rows' | 'no_rows'

/** More than any organization has people; larger lists are voter files. */
export const maxRows = 200_000
export const maxSheetBytes = 100 * 1024 ** 2
const shownRows = 3

/** Looks through a spreadsheet's text, in whatever encoding and with whatever separator it was saved. */
export async function openSheet(
  path: string,
): Promise<{ ok: true; sheet: Sheet } | { ok: false; problem: SheetProblem }> {
  const head = await firstBytes(path)
  if (head.length === 0) return { ok: false, problem: 'empty' }
  const isZip = head[0] === 0x50 && head[1] === 0x4b && head[2] === 3
  const isOldOffice = head[0] === 0xd0 && head[1] === 0xcf && head[2] === 0x11
  if (isZip || isOldOffice) return { ok: false, problem: 'spreadsheet' }
  const found = await encodingOf(path, head)
  if (!found || /^\s*(<!doctype|<html|%PDF)/i.test(found.beginning)) return { ok: false, problem: 'not_text' }
  const { encoding } = found
  const delimiter = delimiterOf(found.beginning)
  const sheet: Sheet = { path, encoding, delimiter, headers: [], row_count: 0, first: [] }
  let has_head = false
  for await (const row of recordsOf(sheet)) {
    if (!has_head) {
      has_head = true
      sheet.headers = row.cells.map((cell, at) => cell.replace(/\s+/g, ' ') || `#${at + 1}`)
      continue
    }
    if (++sheet.row_count > maxRows) return { ok: false, problem: 'too_many_rows' }
    if (sheet.first.length < shownRows) sheet.first.push(row)
  }
  if (!has_head) return { ok: false, problem: 'empty' }
  return sheet.row_count === 0 ? { ok: false, problem: 'no_rows' } : { ok: true, sheet }
}

/** Its rows without the header, some at a time. */
export async function* batchesOf(sheet: Sheet, size: number): AsyncGenerator<SheetRow[]> {
  let batch: SheetRow[] = []
  let is_head = true
  for await (const row of recordsOf(sheet)) {
    if (is_head) {
      is_head = false
      continue
    }
    batch.push(row)
    if (batch.length < size) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

/** Lines with something in them. */
async function* recordsOf({ path, encoding, delimiter }: Pick<Sheet, 'path' | 'encoding' | 'delimiter'>) {
  const reader = new RecordReader(delimiter)
  for await (const text of textOf(path, encoding)) yield* reader.feed(text)
  yield* reader.end()
}

async function firstBytes(path: string): Promise<Uint8Array> {
  await using file = await open(path)
  const { buffer, bytesRead } = await file.read(Buffer.alloc(64 * 1024), 0, 64 * 1024, 0)
  return buffer.subarray(0, bytesRead)
}

/** The text in pieces; throws TypeError where it is not of this encoding. */
async function* textOf(path: string, encoding: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true })
  for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 })) {
    yield decoder.decode(chunk as Buffer, { stream: true })
  }
  yield decoder.decode()
}

/** Korean Excel saves CP949 (`euc-kr` of the web is that) or, as "Unicode text", UTF-16 with tabs. */
async function encodingOf(path: string, head: Uint8Array): Promise<{ encoding: string; beginning: string } | null> {
  const zeros = head.subarray(0, 2000).reduce((count, byte) => count + (byte === 0 ? 1 : 0), 0)
  const marked =
    head[0] === 0xff && head[1] === 0xfe ? 'utf-16le' : head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : null
  const encodings = marked
    ? [marked]
    : zeros > Math.min(head.length, 2000) / 8
      ? [head[0] === 0 ? 'utf-16be' : 'utf-16le']
      : ['utf-8', 'euc-kr', 'windows-1252']
  for (const encoding of encodings) {
    const looked = await lookThrough(path, encoding)
    if (!looked) continue
    // oxlint-disable-next-line no-control-regex -- text has none of these
    if (/[\u0000-\u0008\u000e-\u001f]/.test(looked.beginning.slice(0, 10_000))) return null
    // Any Latin-1 text is valid somewhere; CP949 counts only where it gives Hangul.
    if (encoding === 'euc-kr' && !looked.has_hangul) continue
    return { encoding, beginning: looked.beginning }
  }
  return null
}

/** The whole file in this encoding; null: it is another one. */
async function lookThrough(path: string, encoding: string): Promise<{ beginning: string; has_hangul: boolean } | null> {
  let beginning = ''
  let has_hangul = false
  try {
    for await (const text of textOf(path, encoding)) {
      if (beginning.length < 64_000) beginning += text
      has_hangul ||= /[가-힣]/.test(text)
    }
    return { beginning, has_hangul }
  } catch (problem) {
    if (problem instanceof TypeError) return null
    throw problem
  }
}

/** The separator that cuts the first lines most often and most alike. */
function delimiterOf(text: string): string {
  const lines = text.split(/\r?\n/, 20).filter((line) => line.trim() !== '')
  const score = (delimiter: string): number => {
    const counts = lines.map((line) => line.replace(/"[^"]*"/g, '').split(delimiter).length - 1)
    const least = Math.min(...counts)
    return least * 1000 + (counts[0] ?? 0)
  }
  return [',', '\t', ';', '|'].reduce((best, each) => (score(each) > score(best) ? each : best))
}

/** Records with the line they begin on, from text that comes in pieces; quotes as spreadsheets write them, line breaks inside cells included. */
class RecordReader {
  private readonly delimiter: string
  private cells: string[] = []
  private cell = ''
  private line = 1
  private begun = 1
  private is_quoted = false
  /** A quote or a carriage return at the end of the piece before: what follows decides. */
  private held = ''

  constructor(delimiter: string) {
    this.delimiter = delimiter
  }

  *feed(piece: string): Generator<SheetRow> {
    const text = this.held + piece
    this.held = ''
    for (let at = 0; at < text.length; at++) {
      const letter = text[at] ?? ''
      const isLast = at === text.length - 1
      if (isLast && (letter === '\r' || (letter === '"' && this.is_quoted))) {
        this.held = letter
        return
      }
      if (letter === '\n') this.line++
      if (this.is_quoted) {
        if (letter !== '"') this.cell += letter
        else if (text[at + 1] === '"') {
          this.cell += '"'
          at++
        } else this.is_quoted = false
      } else if (letter === '"' && this.cell.trim() === '') {
        this.is_quoted = true
        this.cell = ''
      } else if (letter === this.delimiter) this.endCell()
      else if (letter === '\n' || (letter === '\r' && text[at + 1] !== '\n')) yield* this.endRecord()
      else if (letter !== '\r') this.cell += letter
    }
  }

  *end(): Generator<SheetRow> {
    if (this.held === '\r') yield* this.endRecord()
    if (this.cell !== '' || this.cells.length > 0) yield* this.endRecord()
  }

  /** macOS and some exports send Hangul taken apart (NFD): put together cell by cell, for a piece may end within a syllable. */
  private endCell(): void {
    // U+0000 is the one character PostgreSQL keeps nowhere; a single one must not end a whole import.
    this.cells.push(this.cell.replaceAll('\0', '').normalize('NFC').trim())
    this.cell = ''
  }

  private *endRecord(): Generator<SheetRow> {
    this.endCell()
    const { cells, begun: line } = this
    this.cells = []
    this.begun = this.line
    if (cells.some((cell) => cell !== '')) yield { line, cells }
  }
}
