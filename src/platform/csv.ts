import { dateIn, timeIn } from './clock.ts'

/** So that Excel reads Hangul. */
export const byteOrderMark = '\uFEFF'

/** Spreadsheets run what begins with these; a telephone number in international form is none of it. */
const guarded = (text: string): string => (/^\s*[=+\-@\t\r]/.test(text) && !/^\+\d+$/.test(text) ? `'${text}` : text)

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
