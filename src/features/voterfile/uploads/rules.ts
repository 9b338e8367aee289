import { endings, maxFileBytes, type UploadProblem } from './schema.ts'

/** Left free beside the upload, so that the database can go on writing. */
const reserveBytes = 512 * 1024 ** 2

/** What a person reads as the file's name: without folders, control characters and marks that turn text around. */
export function shownName(name: string): string {
  const last = name.normalize('NFC').split(/[/\\]/).at(-1) ?? ''
  // oxlint-disable-next-line no-control-regex -- these are what we take away
  const plain = last.replace(/[\u0000-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '').trim()
  return Array.from(plain).slice(-150).join('') || 'file'
}

export const endingOf = (name: string): string => /\.([a-z0-9]{1,8})$/i.exec(shownName(name))?.[1]?.toLowerCase() ?? ''

/** The part of a name that may stand in a path. */
export const plainName = (name: string): string =>
  shownName(name)
    .replace(/\.[^.]*$/, '')
    .replace(/[^A-Za-z0-9_-]+/g, '_')
    .slice(0, 80)

const byEnding: Record<string, UploadProblem> = {
  xlsx: 'spreadsheet',
  xls: 'spreadsheet',
  xlsm: 'spreadsheet',
  ods: 'spreadsheet',
  numbers: 'spreadsheet',
  htm: 'web_page',
  html: 'web_page',
  pdf: 'pdf',
  doc: 'word_document',
  docx: 'word_document',
  hwp: 'word_document',
  jpg: 'picture',
  jpeg: 'picture',
  png: 'picture',
  heic: 'picture',
  mdb: 'database_file',
  accdb: 'database_file',
  dbf: 'database_file',
  json: 'json',
}

/** May a file of this name and size come in at all? */
export function checkFile(name: string, bytes: number): UploadProblem | null {
  const ending = endingOf(name)
  if (!endings.some((each) => each === ending)) return byEnding[ending] ?? 'wrong_kind'
  if (bytes > maxFileBytes) return 'too_large'
  return bytes === 0 ? 'empty' : null
}

export const hasRoom = (missing_bytes: number, free_bytes: number): boolean =>
  missing_bytes + reserveBytes <= free_bytes

/**
 * What a file is by its first bytes (4 KiB are plenty), where it plainly is no table of text. People rename
 * spreadsheets to .csv, and save the web page that said "access denied".
 */
export function whatItIs(head: Uint8Array): UploadProblem | null {
  if (head.length === 0) return 'empty'
  const begins = (...bytes: number[]): boolean => bytes.every((byte, at) => head[at] === byte)
  const text = Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, 4096)).toString('latin1')
  if (begins(0x50, 0x4b, 0x03, 0x04)) {
    if (/xl\/|\[Content_Types\]|spreadsheet/.test(text)) return /word\//.test(text) ? 'word_document' : 'spreadsheet'
    return null
  }
  if (begins(0xd0, 0xcf, 0x11, 0xe0)) return 'spreadsheet' // the old Office container: .xls far more often than .doc
  if (begins(0x25, 0x50, 0x44, 0x46)) return 'pdf'
  if (begins(0xff, 0xd8, 0xff) || begins(0x89, 0x50, 0x4e, 0x47) || begins(0x47, 0x49, 0x46, 0x38)) return 'picture'
  if (/^.{4}Standard (Jet|ACE) DB/s.test(text)) return 'database_file'
  const start = text.replace(/^(ï»¿)?\s+/, '').replace(/^ï»¿/, '')
  if (/^<(!doctype|html|head|body|\?xml|table|!--)/i.test(start)) return 'web_page'
  if (start.startsWith('{\\rtf')) return 'word_document'
  if (/^[{[]\s*["{[]/.test(start)) return 'json'
  return start.length === 0 ? 'empty' : null
}
