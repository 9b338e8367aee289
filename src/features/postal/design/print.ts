import type { LocalizedText } from '../../../platform/i18n/languages.ts'
import { linesOf } from '../address/rules.ts'
import type { Print } from '../../../platform/print/typst.ts'
import { barsFamily, barsFonts, barsHeight, barsText } from '../barcode/font.ts'
import { encode, trackingOf, type Bars } from '../barcode/rules.ts'
import type { Drop, PieceRow } from '../drops/queries.ts'
import { bars, barcodeZone, envelope, formats, readZone, safe, tabs, windowOn } from './formats.ts'
import { cardSheet } from '../labels/sheets.ts'
import type { PieceKind } from '../schema.ts'
import { letters, lettersFit } from './letter.ts'
import { qrSvg } from './qr.ts'
import { colours, type Design, type Postage } from './schema.ts'

/** A picture of a drop, under this name for the document. */
export interface Picture {
  type: 'image/jpeg' | 'image/png'
  content: Uint8Array
}
export const pictureName = ({ type }: Pick<Picture, 'type'>): string =>
  `/picture.${type === 'image/png' ? 'png' : 'jpg'}`

/** Pictures by the names the document has for them. */
export const filesOf = ({ picture }: Pick<Layout, 'picture'>): ReadonlyMap<string, Uint8Array> =>
  new Map(picture ? [[pictureName(picture), picture.content]] : [])

export interface Layout {
  drop: Pick<Drop, 'kind' | 'return_name' | 'return_address' | 'attribution' | 'first_serial'>
  design: Design
  /** Those the organization writes, the first one first. */
  written: readonly string[]
  picture: Picture | null
  /** Of the side with the message, by language of the piece: letters in points that fit. */
  sizes: Readonly<Record<string, number>>
  answers?: Answers | null
}

/** The code on pieces. */
export interface Answers {
  per: 'drop' | 'piece'
  /** What stands before each code: 'https://vote.example.org/r/'. */
  base: string
  /** Of each wording; none until files are made. */
  codes: Readonly<Record<string, string>>
}

/** What the document is told of one piece: short names, since there are thousands. */
interface Printed {
  l: string
  k: string | null
  n: string
  s: string
  a: readonly string[]
  b: string | null
  /** Its own code. */
  q?: Code
  /** How a letter begins, by language. */
  g?: Readonly<Record<string, string>>
}

/** Everything the document of some pieces is made of. `guides`: bleed, safe area and what the post reads are drawn over it. */
export function printData(layout: Layout, pieces: readonly PieceRow[], sides: readonly Side[], guides: Guides | null) {
  const { drop, design, written, picture } = layout
  return {
    format: { ...formats[drop.kind], safe },
    window: drop.kind === 'letter_10' ? windowOn(formats.letter_10) : null,
    tabs: drop.kind === 'self_mailer' ? tabs : null,
    bars: { ...bars, family: barsFamily, height: barsHeight },
    zones: { barcode: barcodeZone, read: readZone },
    guides,
    sides,
    colour: colours[design.colour],
    picture: picture && pictureName(picture),
    front: Object.fromEntries(languagesIn(pieces).map((language) => [language, frontOf(layout, language)])),
    note: design.note,
    sender: [drop.return_name, ...drop.return_address.split('\n')],
    endorsement: design.endorsement,
    indicia: indiciaOf(design),
    first: written[0] ?? 'en',
    over: overleaf,
    apart: false,
    pieces: pieces.map((piece) => printed(layout, piece)),
  }
}

/**
 * A part of a drop, for the printer. Of cards Typst sets what all pieces in a language have alike once, on pages of their own at
 * the beginning, and of each piece only what is its own; the file then has both, one over the other.
 */
export function partOf(
  layout: Layout,
  pieces: readonly PieceRow[],
): Pick<Print, 'template' | 'fonts' | 'data' | 'stacks'> {
  const { kind } = layout.drop
  if (pieces.some((piece) => !hasItsCode(layout, piece))) throw new Error('a piece without its code')
  const data = printData(layout, pieces, sidesOf(kind), null)
  if (kind === 'letter_10') return { ...documentOf(kind), data }
  const places = new Map(Object.keys(data.front).map((language, index) => [language, 2 * index]))
  let next = 2 * places.size
  const stacks = data.pieces.flatMap(({ l, q }) => {
    const alike = places.get(l) ?? 0
    const address = [alike + 1, next++]
    return [q ? [alike, next++] : [alike], address]
  })
  return { ...documentOf(kind), data: { ...data, apart: true }, stacks }
}

/** Postcards on sheets that a printer at home takes, in the order of the pieces. */
export function sheetsOf(layout: Layout, pieces: readonly PieceRow[]): Pick<Print, 'template' | 'fonts' | 'data'> {
  if (pieces.some((piece) => !hasItsCode(layout, piece))) throw new Error('a piece without its code')
  return { template: cardSheets, fonts: barsFonts, data: { ...printData(layout, pieces, sideNames, null), sheet: cardSheet } }
} // prettier-ignore

export const sideNames = ['message', 'address'] as const
export type Side = (typeof sideNames)[number]
/** A letter has its address on its first page. */
export const sidesOf = (kind: PieceKind): readonly Side[] => (kind === 'letter_10' ? ['message'] : sideNames)

/** What the guides are called. */
export interface Guides {
  trim: string
  safe: string
  barcode: string
  read: string
  fold: string
  tab: string
  window: string
  seen: string
}

const languagesIn = (pieces: readonly Pick<PieceRow, 'language'>[]): string[] => [
  ...new Set(pieces.map(({ language }) => language)),
]

/** The side with the message, of pieces in a language; 'all': in each one that was written. */
function frontOf(layout: Layout, language: string) {
  const { design, drop, written, sizes, answers } = layout
  const languages = language === 'all' ? written : [language]
  const said = (texts: LocalizedText) => languages.flatMap((each) => (texts[each] ? [{ l: each, t: texts[each] }] : []))
  // The law's line is printed in English also where nobody reads it (facts of each election), in theirs below.
  const attribution = [...new Set(['en', ...languages])].flatMap((each) => (drop.attribution[each] ? [{ l: each, t: drop.attribution[each] }] : [])) // prettier-ignore
  return {
    headline: said(design.headline),
    body: said(design.body),
    contact: said(design.contact),
    attribution,
    size: sizes[language] ?? largest,
    // There is a code wherever it leads somewhere, also in languages in which these words are not written.
    scan: answers ? scanWords(languages) : [],
    code: codeOf(layout, 'drop', answers?.codes[language]),
  }
}

interface Code {
  /** The picture, and what it says for whoever types it. */
  s: string
  t: string
}

/** What is printed in place of a code that is missing leads nowhere. */
const hasItsCode = ({ answers }: Layout, { code, language }: PieceRow): boolean =>
  !answers || Boolean(answers.per === 'piece' ? code : answers.codes[language])

/** Printed in previews where no code is given yet; it leads nowhere. */
const noCode = 'preview2'

function codeOf({ answers }: Layout, per: Answers['per'], code: string | null | undefined): Code | null {
  if (answers?.per !== per) return null
  const address = answers.base + (code ?? noCode)
  return { s: qrSvg(address), t: address.replace(/^https?:\/\//, '') }
}

const scan: Readonly<Record<string, string>> = {
  en: 'Scan with the camera of your phone',
  ko: '휴대전화 카메라로 비춰 보세요',
  es: 'Escanee con la cámara de su teléfono',
}

function scanWords(languages: readonly string[]): { l: string; t: string | undefined }[] {
  const known = languages.filter((each) => scan[each])
  return (known.length > 0 ? known : ['en']).map((each) => ({ l: each, t: scan[each] }))
}

function printed(layout: Layout, piece: PieceRow): Printed {
  const { drop } = layout
  const code = codeOf(layout, 'piece', piece.code)
  const [name = '', ...lines] = linesOn(drop.kind, piece)
  const isKorean = piece.language === 'ko' && piece.salutation_ko !== null
  const standing = barsOn(layout, piece)
  return {
    l: piece.language,
    k: piece.name_line_ko,
    n: name,
    s: isKorean ? (piece.salutation_ko ?? '') : piece.language === 'ko' ? neighbours : piece.salutation,
    a: lines,
    b: standing && barsText(standing),
    ...(code && { q: code }),
    ...(drop.kind === 'letter_10' && { g: { en: piece.salutation, ko: piece.salutation_ko ?? neighbours } }),
  }
}

/** Told in a language whose words begin on the next page. */
const overleaf: Readonly<Record<string, string>> = {
  en: 'English on the next page',
  ko: '한국어는 다음 쪽에 있습니다',
  es: 'En español en la página siguiente',
}

/** Whom a piece goes to, by line. Behind the window none may be set in two: the letter counts them to see whether all show. */
const linesOn = (kind: PieceKind, piece: PieceRow): string[] =>
  kind === 'letter_10'
    ? [piece.name_line, ...linesOf(piece, widest)].flatMap((line) => broken(line, widest))
    : [piece.name_line, ...linesOf(piece)]

/** Lines that fill what shows in the window: then it has no room for bars. */
const fullWindow = 6

/** The barcode that is printed on a piece. */
export const barsOn = ({ drop, design }: Pick<Layout, 'drop' | 'design'>, piece: PieceRow): Bars | null =>
  drop.kind === 'letter_10' && linesOn(drop.kind, piece).length >= fullWindow ? null : barsOf(drop, design, piece)

/** A line in as many as it needs, between words; a word that is longer than any line is cut. */
function broken(line: string, most: number): string[] {
  const lines: string[] = []
  for (const word of line.split(' ').flatMap((each) => each.match(new RegExp(`.{1,${most}}`, 'gu')) ?? [])) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= most) lines.splice(-1, 1, `${last} ${word}`)
    else lines.push(word)
  }
  return lines
}

/** Letters of a line that shows in the window however the sheet slips. */
const widest = 34
const neighbours = '유권자 여러분께'

/** The barcode of a piece; null: the drop has none. */
export function barsOf(
  { first_serial }: Pick<Drop, 'first_serial'>,
  design: Pick<Design, 'mailer_id' | 'service_type'>,
  { number, zip5, zip4, delivery_point }: Pick<PieceRow, 'number' | 'zip5' | 'zip4' | 'delivery_point'>,
): Bars | null {
  if (first_serial === null || design.mailer_id === '') return null
  const tracking = trackingOf(design, first_serial + number - 1)
  if (!tracking) return null
  const encoded = encode({ tracking, routing: `${zip5}${zip4 ?? ''}${(zip4 && delivery_point) ?? ''}` })
  return encoded.ok ? encoded.bars : null
}

const classes: Record<Postage, readonly string[]> = {
  stamp: [],
  first_class: ['PRESORTED', 'FIRST-CLASS MAIL'],
  marketing: ['PRSRT STD'],
  nonprofit: ['NONPROFIT ORG'],
}

/** Lines of the permit imprint; null: a stamp is put there. */
const indiciaOf = ({ postage, permit_city, permit_number }: Design): string[] | null =>
  postage === 'stamp'
    ? null
    : [...classes[postage], 'US POSTAGE PAID', permit_city.toUpperCase(), `PERMIT NO. ${permit_number}`].filter(Boolean)

/** Sizes the message is tried in. */
export const largest = 18
export const smallest = 8

const definitions = String.raw`
#let inch(x) = x * 1in
#let f = data.format
#let width = inch(f.width)
#let height = inch(f.height)
#let bleed = inch(f.bleed)
#let safe = inch(f.safe)
#let ink = rgb(data.colour)
#set page(width: width + 2 * bleed, height: height + 2 * bleed, margin: 0pt)
#set par(leading: 0.62em, spacing: 0.8em, justify: false)
#set text(size: 10pt)

#let said(rows, size, ..more) = for row in rows { block(above: 0.55em, below: 0.55em, text(lang: row.l, size: size, ..more, row.t)) }

#let guided = if data.guides == none { none } else {
  let mark(body) = text(size: 6pt, fill: rgb("#be123c"), body)
  place(top + left, dx: bleed, dy: bleed, rect(width: width, height: height, stroke: (paint: rgb("#be123c"), thickness: 0.6pt)))
  place(top + left, dx: bleed + safe, dy: bleed + safe, rect(width: width - 2 * safe, height: height - 2 * safe, stroke: (paint: rgb("#0f766e"), thickness: 0.5pt, dash: "dashed")))
  place(top + left, dx: bleed + safe + 2pt, dy: bleed + 1pt, mark(data.guides.trim + " · " + data.guides.safe))
}
#let guided-folds = if data.guides == none { none } else {
  for at in f.folds {
    place(top + left, dy: bleed + inch(at), line(length: width + 2 * bleed, stroke: (paint: rgb("#7c3aed"), thickness: 0.6pt, dash: "dashed")))
    place(top + left, dx: bleed + safe + 2pt, dy: bleed + inch(at) + 2pt, text(size: 6pt, fill: rgb("#7c3aed"), data.guides.fold))
  }
}
#let below = inch(f.below)
#let guided-address = if data.guides == none { none } else {
  if data.tabs != none {
    let size = inch(data.tabs.size)
    for x in (inch(data.tabs.aside), width - inch(data.tabs.aside) - size) {
      place(top + left, dx: bleed + x, dy: bleed, rect(width: size, height: size / 2, stroke: (paint: rgb("#7c3aed"), thickness: 0.5pt, dash: "dotted"), align(center + horizon, text(size: 6pt, fill: rgb("#7c3aed"), data.guides.tab))))
    }
  }
  let b = data.zones.barcode
  let r = data.zones.read
  place(top + left, dx: bleed + width - inch(b.width), dy: bleed + height - below - inch(b.height), rect(width: inch(b.width), height: inch(b.height), fill: rgb(190, 18, 60, 24), stroke: 0.4pt + rgb("#be123c"), align(bottom + right, text(size: 6pt, fill: rgb("#be123c"), data.guides.barcode))))
  place(top + left, dx: bleed + inch(r.aside), dy: bleed + height - below - inch(r.to), rect(width: width - 2 * inch(r.aside), height: inch(r.to - r.from), stroke: (paint: rgb("#1d4ed8"), thickness: 0.5pt, dash: "dotted"), align(top + right, text(size: 6pt, fill: rgb("#1d4ed8"), data.guides.read))))
}

#let margin = 0.3in
#let head(front) = block(fill: ink, width: width + 2 * bleed, inset: (x: margin + bleed, top: bleed + 0.2in, bottom: 0.2in), {
  let size = if f.width > 7 { 24pt } else { 17pt }
  // Not one word alone in the last line.
  set par(linebreaks: "optimized")
  for row in front.headline { block(above: 0.5 * size, below: 0.5 * size, text(lang: row.l, fill: white, weight: 800, size: size, costs: (runt: 1000%), row.t)) }
})
// Apart: of one long text Typst cannot keep so many Korean words together.
#let paragraphs(said) = { set par(spacing: 1.5em); for part in said.split(regex("\n[ \t]*\n\s*")) { par(part.split("\n").join(linebreak())) } }
#let message(front, size) = {
  let texts = for row in front.body { (block(width: 100%, text(lang: row.l, size: size * 1pt, paragraphs(row.t))),) }
  if texts == none { texts = () }
  grid(columns: calc.max(1, texts.len()) * (1fr,), column-gutter: 0.25in, ..texts)
}
// With the white border a code has.
#let code-size = 0.94in
#let code-mark(code) = align(center, block(width: 1.3in, {
  image(bytes(code.s), format: "svg", width: code-size)
  v(0pt, weak: true)
  text(size: 6.5pt, code.t)
}))
#let foot(front) = {
  let words = {
    said(front.contact, 11pt, weight: 700, fill: ink)
    said(front.scan, 8.5pt)
    said(front.attribution, 8pt)
  }
  // Where each piece has its own code, this leaves the room for it.
  if front.scan.len() == 0 { words } else {
    grid(columns: (1fr, 1.3in), column-gutter: 0.15in, words, align(bottom, box(height: code-size + 12pt, if front.code != none { code-mark(front.code) })))
  }
}
// The three parts of the side with the message, one below the other without anything between them; measured as they are laid.
#let page-width = width + 2 * bleed
#let part(..more) = block(width: 100%, above: 0pt, below: 0pt, ..more)
#let top-part(front) = part(if front.headline.len() > 0 { head(front) } else { v(bleed + 0.2in) })
#let bottom-part(front) = part(inset: (x: margin + bleed, bottom: bleed + 0.2in), foot(front))
// Letters hang below the line they stand on, of all our fonts by less than this share of their size.
#let hanging = 0.3
#let middle-part(size, ..more) = part(inset: (x: margin + bleed, top: 0.22in, bottom: hanging * size * 1pt + 0.08in), ..more)
#let beside(picture, words, ..more) = grid(columns: (2fr, 3fr), column-gutter: 0.25in, ..more, picture, words)
#let room-of(front) = height + 2 * bleed - measure(top-part(front), width: page-width).height - measure(bottom-part(front), width: page-width).height
#let height-of(front, size) = {
  let words = message(front, size)
  measure(middle-part(size, if data.picture == none { words } else { beside([], words) }), width: page-width).height
}
#let side-message(front) = {
  top-part(front)
  middle-part(front.size, height: 1fr, clip: true, {
    let words = message(front, front.size)
    if data.picture == none { words } else { beside(image(data.picture, width: 100%, height: 95%, fit: "contain"), words, rows: 100%) }
  })
  bottom-part(front)
  guided
  guided-folds
}
`

const cardSides = String.raw`${definitions}
#let fronts = (:)
#for (language, front) in data.front { fronts.insert(language, side-message(front)) }
// Of a self-mailer, behind the address: turned, so that it stands upright when the folded sheet is turned over.
#let side-behind(front) = place(bottom + left, rotate(180deg, block(width: width + 2 * bleed, height: below + bleed - safe, fill: ink, inset: (x: margin + bleed, y: 0.6in), align(center + horizon, {
  for row in front.headline { block(above: 16pt, below: 16pt, text(lang: row.l, fill: white, weight: 800, size: 28pt, row.t)) }
  v(6pt)
  said(front.contact, 15pt, weight: 700, fill: white)
}))))
#let behinds = (:)
#if f.below > 0 { for (language, front) in data.front { behinds.insert(language, side-behind(front)) } }

#let address-left = bleed + inch(f.address_from)
#let read-bottom = inch(data.zones.read.from) + 0.12in
#let stamp = if data.indicia == none {
  rect(width: 0.85in, height: 0.95in, stroke: 0.6pt, inset: 4pt, align(center + horizon, text(size: 7pt, "PLACE STAMP HERE")))
} else {
  rect(stroke: 0.8pt, inset: 5pt, align(center, text(size: 7.5pt, weight: 600, data.indicia.join("\n"))))
}
#let sender = block(width: inch(f.address_from) - 0.4in, {
  text(size: 9pt, weight: 700, data.sender.first())
  linebreak()
  text(size: 9pt, data.sender.slice(1).join("\n"))
  if data.endorsement != "" { v(6pt, weak: true); text(size: 8pt, weight: 600, data.endorsement) }
})
// Below the tabs, where there are any.
#let from-top = if data.tabs == none { 0.28in } else { inch(data.tabs.size) / 2 + 0.15in }
#let same-address = {
  place(top + left, dx: bleed + 0.3in, dy: bleed + from-top, sender)
  place(top + right, dx: -(bleed + 0.3in), dy: bleed + from-top, stamp)
}
// Its free space above and below is that between lines and a little more.
#let barcode(letters) = text(font: data.bars.family, size: inch(data.bars.height), top-edge: inch(data.bars.full), bottom-edge: -1.5pt, letters)
#let note-of(language) = data.note.at(language, default: data.note.at(data.first, default: ""))
#let has-note(language) = f.has_note and note-of(language) != ""
#let note-top = bleed + 1.53in
#let note-width = inch(f.address_from) - 0.6in

// What all pieces in a language have alike; then what stands over it.
#let address-of-all(language) = {
  same-address
  if has-note(language) {
    place(top + left, dx: bleed + 0.3in, dy: note-top + 7pt, block(width: note-width, text(size: 10.5pt, lang: if language == "all" { data.first } else { language }, note-of(language))))
  }
  if f.below > 0 { behinds.at(language) }
  guided
  guided-folds
  guided-address
}
// One paragraph, which Typst sets sooner than several; letters as far apart as machines want them.
#let address-of(piece) = {
  if has-note(piece.l) {
    place(bottom + left, dx: bleed + 0.3in, dy: note-top - height - 2 * bleed, block(width: note-width, text(size: 11pt, weight: 700, lang: if piece.l == "ko" { "ko" } else { "en" }, piece.s)))
  }
  set text(size: 11pt, kerning: false, ligatures: false)
  set par(leading: 0.42em)
  place(bottom + left, dx: address-left, dy: -(bleed + below + read-bottom), block(width: width + bleed - address-left - safe, {
    if piece.k != none { text(lang: "ko", piece.k); linebreak() }
    if piece.b != none { barcode(piece.b); linebreak() }
    (piece.n, ..piece.a).join("\n")
  }))
}
#let own-code(piece) = place(bottom + right, dx: -(margin + bleed), dy: -(bleed + 0.2in), box(height: code-size + 12pt, code-mark(piece.q)))
#let sides = if data.apart {
  for language in data.front.keys() { (fronts.at(language), address-of-all(language)) }
  for piece in data.pieces { (address-of(piece), ..if "q" in piece { (own-code(piece),) }) }
} else {
  for piece in data.pieces {
    for side in data.sides {
      if side == "message" { (fronts.at(piece.l) + if "q" in piece { own-code(piece) },) } else { (address-of-all(piece.l) + address-of(piece),) }
    }
  }
}
`

/** Both sides, piece after piece, as the printer prints them. */
const cards = String.raw`${cardSides}
#for (index, side) in sides.enumerate() {
  if index > 0 { pagebreak() }
  side
}
`

/** Cards trimmed already, on sheets to be printed on both sides: the first sides of some, then their second ones. */
const cardSheets = String.raw`${cardSides}
#let s = data.sheet
#set page(paper: s.paper, margin: 0pt)
#let trimmed(side) = box(width: width, height: height, clip: true, place(top + left, dx: -bleed, dy: -bleed, block(width: width + 2 * bleed, height: height + 2 * bleed, side)))
#for from in range(0, data.pieces.len(), step: s.rows) {
  for side in (0, 1) {
    if from + side > 0 { pagebreak() }
    for row in range(calc.min(s.rows, data.pieces.len() - from)) {
      place(top + left, dx: s.left * 1mm, dy: (s.top + row * s.down) * 1mm, trimmed(sides.at(2 * (from + row) + side)))
    }
  }
}
`

/** Says of each language the largest letters with which the message fits, and whether the smallest do. */
const cardsFit = String.raw`${definitions}
#for (language, front) in data.front [#context {
  let room = room-of(front)
  let size = data.largest
  while size > data.smallest and height-of(front, size) > room { size -= 0.5 }
  [#metadata((language: language, size: size, fits: height-of(front, size) <= room)) <fit>]
}]
`

/** Of the envelope of a letter. */
export const envelopeData = ({ drop, design }: Pick<Layout, 'drop' | 'design'>) => ({
  envelope,
  sender: [drop.return_name, ...drop.return_address.split('\n')],
  endorsement: design.endorsement,
  indicia: indiciaOf(design),
})

/** The document that prints pieces of a kind. */
export const documentOf = (kind: PieceKind): Pick<Print, 'template' | 'fonts'> => ({
  template: kind === 'letter_10' ? letters : cards,
  fonts: barsFonts,
})
/** … and that says whether their words fit. */
export const fittingOf = (kind: PieceKind): string => (kind === 'letter_10' ? lettersFit : cardsFit)
