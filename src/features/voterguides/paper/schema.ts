/** How a guide is printed: whole on letter paper, in large type, as a half-letter booklet in the order it is read or in the one it is printed in (two pages on a sheet), as a letter sheet folded once, one contest on a palm card, or all of them by name. */
export const paperForms = ['letter', 'large', 'booklet', 'imposed', 'folded', 'palm'] as const
export type PaperForm = (typeof paperForms)[number]

export const isPaperForm = (text: string): text is PaperForm => paperForms.some((form) => form === text)

interface Sheet {
  /** As it lies, after it is trimmed. */
  width_in: number
  height_in: number
  margin_in: number
  size_pt: number
  /** Candidates side by side. */
  columns: 1 | 2
  /** What candidates chose, without their words: the page has those. */
  is_short: boolean
}

const booklet: Sheet = { width_in: 5.5, height_in: 8.5, margin_in: 0.6, size_pt: 9.5, columns: 1, is_short: false }

export const sheets: Readonly<Record<PaperForm, Sheet>> = {
  letter: { width_in: 8.5, height_in: 11, margin_in: 0.8, size_pt: 11, columns: 2, is_short: false },
  large: { width_in: 8.5, height_in: 11, margin_in: 0.8, size_pt: 18, columns: 1, is_short: false },
  booklet,
  imposed: booklet,
  folded: { width_in: 11, height_in: 8.5, margin_in: 0.5, size_pt: 10, columns: 1, is_short: true },
  palm: { width_in: 4, height_in: 6, margin_in: 0.35, size_pt: 9, columns: 1, is_short: true },
}

/** A card has a front and a back: where that is too little, its letters get smaller, down to what can still be read. */
export const cardSizes_pt = [sheets.palm.size_pt, 8.5, 8, 7.5, 7] as const

/** Around a sheet for a print shop: room for marks, and of it what is printed so that a cut beside the line shows no white. */
export const press = { edge_in: 0.375, bleed_in: 0.125 } as const
