/** Millimetres; `across` and `down` lead from one label's edge to the same edge of the next. */
export interface Sheet {
  /** As the maker calls it. */
  part: string
  paper: 'us-letter' | 'a4'
  columns: number
  rows: number
  width: number
  height: number
  left: number
  top: number
  across: number
  down: number
}

/**
 * Sheets of labels, from the measures of Avery's templates as glabels-qt and Paper-Specs have them (checked 2026-11-23; two
 * published measures of 5160 differ by 1/32 inch, so there is an offset and a sheet of outlines to try). 5160 is also sold as
 * 5260, 8160, 8460, 15160; 5163 as 5263, 8163.
 */
export const sheets: readonly Sheet[] = [
  { part: '5160', paper: 'us-letter', columns: 3, rows: 10, width: 66.675, height: 25.4, left: 4.762, top: 12.7, across: 69.85, down: 25.4 },
  { part: '5161', paper: 'us-letter', columns: 2, rows: 10, width: 101.6, height: 25.4, left: 3.969, top: 12.7, across: 106.362, down: 25.4 },
  { part: '5162', paper: 'us-letter', columns: 2, rows: 7, width: 101.6, height: 33.866, left: 3.969, top: 21.166, across: 106.362, down: 33.866 },
  { part: '5163', paper: 'us-letter', columns: 2, rows: 5, width: 101.6, height: 50.8, left: 3.969, top: 12.7, across: 106.362, down: 50.8 },
  { part: '5164', paper: 'us-letter', columns: 2, rows: 3, width: 101.6, height: 84.666, left: 3.969, top: 12.7, across: 106.362, down: 84.666 },
  { part: 'L7160', paper: 'a4', columns: 3, rows: 7, width: 63.5, height: 38.1, left: 7.21, top: 15.15, across: 66.04, down: 38.1 },
  { part: 'L7159', paper: 'a4', columns: 3, rows: 8, width: 63.5, height: 33.9, left: 7.21, top: 12.9, across: 66.04, down: 33.9 },
  { part: 'L7161', paper: 'a4', columns: 3, rows: 6, width: 63.5, height: 46.6, left: 7.21, top: 8.7, across: 66.04, down: 46.6 },
  { part: 'L7163', paper: 'a4', columns: 2, rows: 7, width: 99.1, height: 38.1, left: 4.65, top: 15.15, across: 101.6, down: 38.1 },
  { part: 'L7165', paper: 'a4', columns: 2, rows: 4, width: 99.1, height: 67.7, left: 4.65, top: 13.1, across: 101.6, down: 67.7 },
] // prettier-ignore

/** Too small for an address of four lines, made for the sender's (measures as above). */
export const senderSheet: Sheet = { part: '5167', paper: 'us-letter', columns: 4, rows: 20, width: 44.45, height: 12.7, left: 7.144, top: 12.7, across: 52.387, down: 12.7 } // prettier-ignore

/** Two postcards 4 × 6, printed on both sides and torn out (measures as above, from glabels-qt alone). */
export const cardSheet: Sheet = { part: '5389', paper: 'us-letter', columns: 1, rows: 2, width: 152.4, height: 101.6, left: 31.75, top: 31.75, across: 152.4, down: 114.3 } // prettier-ignore

export const sheetNamed = (part: string): Sheet | undefined =>
  [...sheets, senderSheet].find((each) => each.part === part)
