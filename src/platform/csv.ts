import { dateIn, timeIn } from './clock.ts'

/** So that Excel reads Hangul. */
export const byteOrderMark = '\uFEFF'

/** Spreadsheets run what begins with these; a number below zero and a telephone number in international form are none of it. */
const guarded = (text: string): string =>
  /^\s*[=+\-@\t\r]/.test(text) && !/^([+-]\d+|-\d+\.\d+)$/.test(text) ? `'${text}` : text

/** One cell of a CSV file: quoted where it must be, and never a formula. */
export function csvCell(value: unknown): string {
  const text = guarded(
    value === null || value === undefined ? '' : value instanceof Date ? value.toISOString() : String(value),
  )
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** 'YYYY-MM-DD HH:MM' where the organization is: a spreadsheet sorts it, whatever language its heads are in. */
export const csvMoment = (instant: Date | null, time_zone: string): string =>
  instant ? `${dateIn(time_zone, instant)} ${timeIn(time_zone, instant)}` : ''

export const csvLine = (cells: readonly unknown[]): string => `${cells.map(csvCell).join(',')}\r\n`

/** The rows of a small CSV text, quotes taken off. What stands after a quote that never ends belongs to its cell. */
export function csvRows(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let isQuoted = false
  const plain = text.replace(/^\uFEFF/, '')
  const endRow = (): void => {
    row.push(cell)
    rows.push(row)
    row = []
    cell = ''
  }
  for (let at = 0; at < plain.length; at++) {
    const letter = plain[at] ?? ''
    if (isQuoted) {
      if (letter !== '"') cell += letter
      else if (plain[at + 1] === '"') cell += plain[++at]
      else isQuoted = false
    } else if (letter === '"' && cell === '') isQuoted = true
    else if (letter === ',') {
      row.push(cell)
      cell = ''
    } else if (letter === '\n') endRow()
    else if (letter !== '\r') cell += letter
  }
  if (cell !== '' || row.length > 0) endRow()
  return rows
}
