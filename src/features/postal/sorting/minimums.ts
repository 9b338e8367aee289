import type { Postage } from '../design/schema.ts'

/** How many pieces one mailing of a class needs at least. Prices are not here: they change once or twice a year. */
export interface Minimum {
  postage: Postage
  pieces: number
  from: string
  source: string
}

export const minimums: readonly Minimum[] = [
  { postage: 'stamp', pieces: 1, from: '2026-11-23', source: 'USPS DMM 133' },
  { postage: 'first_class', pieces: 500, from: '2026-11-23', source: 'USPS DMM 233' },
  { postage: 'marketing', pieces: 200, from: '2026-11-23', source: 'USPS DMM 243 (or 50 pounds)' },
  { postage: 'nonprofit', pieces: 200, from: '2026-11-23', source: 'USPS DMM 243 (or 50 pounds), with authorization' },
]

/** Pieces to one ZIP code, or to the same first three digits, that make a tray of their own: the usual threshold, not checked against the text. */
export const tray = 150
