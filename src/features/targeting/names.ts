import { sql, type RawBuilder } from 'kysely'

/*
 * Names of universes and phone banks, compared as an expression can say them: capitals do not matter, Hangul may come in parts
 * (as Macs type it), and there is no quotation mark inside quotation marks.
 */

export const foldName = (name: string): string => name.normalize('NFC').replace(/["“”]/g, '').trim().toLowerCase()

export const foldedName = (column: RawBuilder<unknown>): RawBuilder<string> =>
  sql<string>`btrim(translate(lower(normalize(${column}, NFC)), '"“”', ''))`

/** A district as an expression names it: files write 026, and 26 means it. */
export const asTyped = (name: string): string => (/^\d{1,9}$/.test(name) ? String(Number(name)) : name)
