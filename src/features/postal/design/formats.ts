import type { PieceKind } from '../schema.ts'

/** Inches, after trimming. */
export interface Format {
  width: number
  height: number
  /** Where the address begins, from the left. */
  address_from: number
  /** There is room for words beside the address, above the band the post reads. */
  has_note: boolean
}

/**
 * Both are lying. 4 × 6 has the card price of First-Class also as single pieces (at most 4.25 × 6); 6 × 9 has it presorted
 * (USPS large-postcard FAQ of 2021-08-13; checked 2026-11-23).
 */
export const formats: Record<PieceKind, Format> = {
  postcard_4x6: { width: 6, height: 4, address_from: 2.3, has_note: false },
  postcard_6x9: { width: 9, height: 6, address_from: 4.75, has_note: true },
}

/** Past the trim on all sides, and free of anything that matters within it; printers vary. */
export const bleed = 0.125
export const safe = 0.125

/** Lower right, kept free of everything but a barcode (USPS Publication 28, A1; QSG 201a; checked 2026-11-23). */
export const barcodeZone = { width: 4.75, height: 0.625 }
/** The band in which machines read the address, from the lower edge, and from either side (as above). */
export const readZone = { from: 0.625, to: 2.75, aside: 0.5 }

/**
 * Bars of the Intelligent Mail barcode, within USPS-B-3200: 20 to 24 an inch, 0.015 to 0.025 wide, full bars 0.125 to 0.165 and
 * trackers 0.039 to 0.057 high, free 0.125 at the sides and 0.028 above and below (QSG 201a, the clearances; the rest is long
 * published and was not checked against the text).
 */
export const bars = { pitch: 1 / 22, width: 0.02, full: 0.144, tracker: 0.048, aside: 0.125, above: 0.028 }
