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

/** How many pieces to one ZIP code, or to the same first three digits, are a tray or a bundle of their own. */
export interface Threshold {
  of: 'tray' | 'bundle'
  pieces: number
  from: string
  /** The last day; null: still so. */
  to: string | null
  source: string
  /** 'medium': as others quote the text; 'unverified': usual, the text was not read. */
  confidence: 'medium' | 'unverified'
}

const thresholds: readonly Threshold[] = [
  { of: 'tray', pieces: 150, from: '2026-11-23', to: null, source: 'USPS DMM 235.5.4', confidence: 'medium' },
  { of: 'bundle', pieces: 10, from: '2026-11-23', to: null, source: 'USPS DMM 235.2, 245.2', confidence: 'unverified' },
]

/** Of a day; before the first row, the first. */
export function thresholdOn(of: Threshold['of'], day: string): Threshold {
  const rows = thresholds.filter((row) => row.of === of)
  const row = rows.findLast(({ from, to }) => from <= day && (to === null || day <= to)) ?? rows[0]
  if (!row) throw new Error(`no threshold for a ${of}`)
  return row
}
