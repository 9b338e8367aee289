import type { PieceKind } from '../schema.ts'

/** Inches, after trimming. */
export interface Format {
  width: number
  height: number
  /** Where the address begins, from the left. */
  address_from: number
  /** There is room for words beside the address, above the band the post reads. */
  has_note: boolean
  /** Past the trim on all sides. */
  bleed: number
  /** Of the side with the address, below its own panel: the panel that is folded behind it. */
  below: number
  /** From the upper edge; drawn over previews alone. */
  folds: readonly number[]
  /** Letters a message may have. */
  longest: number
}

/** Past the trim of what is cut, and free of anything that matters within it; printers vary. */
export const bleed = 0.125
export const safe = 0.125

/**
 * The postcards are lying. 4 × 6 has the card price of First-Class also as single pieces (at most 4.25 × 6); 6 × 9 has it presorted
 * (USPS large-postcard FAQ of 2021-08-13; checked 2026-11-23). The self-mailer is a Letter sheet folded once to 8.5 × 5.5, within
 * the 6 × 10.5 of folded self-mailers, its fold below the address (as above). The letter is folded twice for a #10 envelope: its
 * first two panels are a little larger than a third, so that it moves less behind the window.
 */
export const formats: Record<PieceKind, Format> = {
  postcard_4x6: { width: 6, height: 4, address_from: 2.3, has_note: false, bleed, below: 0, folds: [], longest: 1200 },
  postcard_6x9: { width: 9, height: 6, address_from: 4.75, has_note: true, bleed, below: 0, folds: [], longest: 1200 },
  self_mailer: { width: 8.5, height: 11, address_from: 4.25, has_note: false, bleed, below: 5.5, folds: [5.5], longest: 3000 },
  letter_10: { width: 8.5, height: 11, address_from: 1, has_note: false, bleed: 0, below: 0, folds: [3.875, 7.75], longest: 8000 },
} // prettier-ignore

/**
 * An envelope #10 with one window, from its lower left corner (long published by makers; not checked against one: try yours with
 * a printed letter).
 */
export const envelope = {
  width: 9.5,
  height: 4.125,
  window: { left: 0.875, bottom: 0.5, width: 4.5, height: 1.125 },
} as const

/**
 * Where on the sheet the window may be, whichever way the letter slips in its envelope; what is within `seen` shows always. The
 * post wants 0.125 inch between barcode and the window's sides, 0.028 above and below, wherever it slips (QSG 201a).
 */
export function windowOn({ width, folds }: Pick<Format, 'width' | 'folds'>) {
  const panel = folds[0] ?? 0
  const slip = { across: envelope.width - width, up: envelope.height - panel }
  const { left, bottom, width: wide, height } = envelope.window
  const from_top = panel - bottom - height
  return {
    /** As it lies in the middle of the envelope. */
    left: left - slip.across / 2,
    top: from_top + slip.up / 2,
    width: wide,
    height,
    seen: { left, top: from_top + slip.up, width: wide - slip.across, height: height - slip.up },
  }
}

/** Tabs of a self-mailer, at its open upper edge, from its sides (USPS folded self-mailers; details not checked against the text). */
export const tabs = { size: 1, aside: 0.5 }

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
