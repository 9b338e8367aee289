export interface SheetRow {
  /** Of the file, from 1; the header is usually line 1. */
  line: number
  cells: string[]
}

export interface Sheet {
  encoding: string
  delimiter: string
  headers: string[]
  rows: SheetRow[]
}

export type SheetProblem = 'empty' | 'not_text' | 'spreadsheet' | 'too_many_rows' | 'no_rows'

/** More than any organization has people; larger lists are voter files. */
export const maxRows = 50_000
export const maxSheetBytes = 50 * 1024 ** 2

/** Reads a spreadsheet's text, in whatever encoding and with whatever separator it was saved. */
export function readSheet(bytes: Uint8Array): { ok: true; sheet: Sheet } | { ok: false; problem: SheetProblem } {
  if (bytes.length === 0) return { ok: false, problem: 'empty' }
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3
  const isOldOffice = bytes[0] === 0xd0 && bytes[1] === 0xcf && bytes[2] === 0x11
  if (isZip || isOldOffice) return { ok: false, problem: 'spreadsheet' }
  const decoded = decode(bytes)
  if (!decoded || /^\s*(<!doctype|<html|%PDF)/i.test(decoded.text)) return { ok: false, problem: 'not_text' }
  const text = decoded.text.normalize('NFC')
  const delimiter = delimiterOf(text)
  const [head, ...rows] = records(text, delimiter).filter((row) => row.cells.some((cell) => cell.trim() !== ''))
  if (!head) return { ok: false, problem: 'empty' }
  if (rows.length === 0) return { ok: false, problem: 'no_rows' }
  if (rows.length > maxRows) return { ok: false, problem: 'too_many_rows' }
  return {
    ok: true,
    sheet: {
      encoding: decoded.encoding,
      delimiter,
      headers: head.cells.map((cell, at) => cell.trim().replace(/\s+/g, ' ') || `#${at + 1}`),
      rows: rows.map(({ line, cells }) => ({ line, cells: cells.map((cell) => cell.trim()) })),
    },
  }
}

/** Korean Excel saves CP949 (`euc-kr` of the web is that) or, as "Unicode text", UTF-16 with tabs. */
function decode(bytes: Uint8Array): { text: string; encoding: string } | null {
  const as = (encoding: string, is_strict: boolean): string | null => {
    try {
      return new TextDecoder(encoding, { fatal: is_strict }).decode(bytes)
    } catch (problem) {
      if (problem instanceof TypeError) return null // not of this encoding
      throw problem
    }
  }
  const zeros = bytes.subarray(0, 2000).reduce((count, byte) => count + (byte === 0 ? 1 : 0), 0)
  const marked =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null
  const encodings = marked
    ? [marked]
    : zeros > Math.min(bytes.length, 2000) / 8
      ? [bytes[0] === 0 ? 'utf-16be' : 'utf-16le']
      : ['utf-8', 'euc-kr', 'windows-1252']
  for (const encoding of encodings) {
    const text = as(encoding, true)
    if (text === null) continue
    // oxlint-disable-next-line no-control-regex -- text has none of these
    if (/[\u0000-\u0008\u000e-\u001f]/.test(text.slice(0, 10_000))) return null
    // Any Latin-1 text is valid somewhere; CP949 counts only where it gives Hangul.
    if (encoding === 'euc-kr' && !/[가-힣]/.test(text)) continue
    return { text, encoding }
  }
  return null
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

/** Records with the line they begin on; quotes as spreadsheets write them, line breaks inside cells included. */
function records(text: string, delimiter: string): SheetRow[] {
  const found: SheetRow[] = []
  let cells: string[] = []
  let cell = ''
  let line = 1
  let begun = 1
  let isQuoted = false
  const end = (): void => {
    cells.push(cell)
    found.push({ line: begun, cells })
    cells = []
    cell = ''
  }
  for (let at = 0; at < text.length; at++) {
    const letter = text[at] ?? ''
    if (letter === '\n') line++
    if (isQuoted) {
      if (letter !== '"') cell += letter
      else if (text[at + 1] === '"') {
        cell += '"'
        at++
      } else isQuoted = false
    } else if (letter === '"' && cell.trim() === '') {
      isQuoted = true
      cell = ''
    } else if (letter === delimiter) {
      cells.push(cell)
      cell = ''
    } else if (letter === '\n' || (letter === '\r' && text[at + 1] !== '\n')) {
      end()
      begun = line
    } else if (letter !== '\r') cell += letter
  }
  if (cell !== '' || cells.length > 0) end()
  return found
}
