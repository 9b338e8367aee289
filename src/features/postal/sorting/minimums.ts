import { postages, type Postage } from '../design/schema.ts'

/** How many pieces one mailing of a class needs at least. Prices are not here: they change once or twice a year. */
export interface Minimum {
  postage: Postage
  pieces: number
  from: string
  /** The last day; null: still so. */
  to: string | null
  source: string
}

const minimums: readonly Minimum[] = [
  { postage: 'stamp', pieces: 1, from: '2026-11-23', to: null, source: 'USPS DMM 133' },
  { postage: 'first_class', pieces: 500, from: '2026-11-23', to: null, source: 'USPS DMM 233' },
  { postage: 'marketing', pieces: 200, from: '2026-11-23', to: null, source: 'USPS DMM 243 (or 50 pounds)' },
  {
    postage: 'nonprofit',
    pieces: 200,
    from: '2026-11-23',
    to: null,
    source: 'USPS DMM 243 (or 50 pounds), with authorization',
  },
]

/** Those of a day; before the first row, the first. */
export const minimumsOn = (day: string): readonly Minimum[] =>
  postages.map((postage) => {
    const rows = minimums.filter((row) => row.postage === postage)
    const row = rows.findLast(({ from, to }) => from <= day && (to === null || day <= to)) ?? rows[0]
    if (!row) throw new Error(`no minimum for ${postage}`)
    return row
  })

/** Pieces to one ZIP code, or to the same first three digits, that make a tray of their own: the usual threshold, not checked against the text. */
export const tray = 150
