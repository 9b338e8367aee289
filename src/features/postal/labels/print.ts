import { pdf } from '../../../platform/print/typst.ts'
import { linesOf } from '../address/rules.ts'
import type { Drop, PieceRow } from '../drops/queries.ts'
import type { Sheet } from './sheets.ts'

/** What stands on a label. */
export interface Label {
  k: string | null
  n: string
  a: readonly string[]
}

export const labelsOf = (pieces: readonly PieceRow[]): Label[] =>
  pieces.map((piece) => ({ k: piece.name_line_ko, n: piece.name_line, a: linesOf(piece, 34) }))

/** A sheet of the sender's own, behind those that are used. */
export function senderLabels({ columns, rows }: Sheet, used: number, { return_name, return_address }: Pick<Drop, 'return_name' | 'return_address'>): Label[] {
  return Array.from({ length: columns * rows - used }, () => ({ k: null, n: return_name, a: return_address.split('\n') }))
} // prettier-ignore

export interface Labels {
  sheet: Sheet
  labels: readonly Label[]
  /** Labels of the first sheet that are used already. */
  used: number
  /** Millimetres to the right and down, for a printer that draws in crooked. */
  offset: { x: number; y: number }
  /** Edges of the labels, to hold against the light. */
  has_outlines: boolean
}

/** Sheets of labels, row by row. */
export function labelsPdf(
  { sheet, labels, used, offset, has_outlines }: Labels,
  now: Date,
): Promise<Uint8Array<ArrayBuffer>> {
  const data = {
    sheet,
    offset,
    outlines: has_outlines,
    used,
    labels,
  }
  return pdf({ template, data, made_at: now })
}

/** Four lines of 10 points fit an inch; more of them are set smaller, down to the 8 points machines read. */
const template = String.raw`
#let s = data.sheet
#set page(paper: s.paper, margin: 0pt)
#set par(leading: 0.4em)
#let per-sheet = s.columns * s.rows
#let label(each) = {
  let lines = (each.n, ..each.a)
  let many = lines.len() + if each.k == none { 0 } else { 1 }
  set text(size: if s.height < 20 { if many > 3 { 5.5pt } else { 7pt } } else if s.height > 40 { 11pt } else if many > 4 { 8pt } else { 9.5pt })
  if each.k != none { text(lang: "ko", each.k); linebreak() }
  lines.join(linebreak())
}
#let at(index) = {
  let (row, column) = (calc.quo(index, s.columns), calc.rem(index, s.columns))
  (dx: (s.left + column * s.across + data.offset.x) * 1mm, dy: (s.top + row * s.down + data.offset.y) * 1mm)
}
#let total = data.used + data.labels.len()
#for sheet in range(calc.max(1, calc.ceil(total / per-sheet))) {
  if sheet > 0 { pagebreak() }
  for index in range(per-sheet) {
    let which = sheet * per-sheet + index - data.used
    let edge = if data.outlines { 0.4pt + rgb("#888888") } else { none }
    let body = if which >= 0 and which < data.labels.len() { label(data.labels.at(which)) } else { [] }
    if data.outlines or body != [] {
      place(top + left, ..at(index), box(width: s.width * 1mm, height: s.height * 1mm, stroke: edge, inset: if s.height < 20 { (x: 1.6mm, y: 0.6mm) } else { 1.6mm }, clip: s.height < 20, align(left + horizon, body)))
    }
  }
}
`
