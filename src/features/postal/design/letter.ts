/** Pages a letter may have in one language: three sheets weigh more than an ounce. */
const most_pages = 4

const definitions = String.raw`
#let inch(x) = x * 1in
#let f = data.format
#let w = data.window
#let ink = rgb(data.colour)
#let (aside, above, below) = (1in, 0.7in, 0.8in)
#set page(
  fill: none,
  // Where a page ends, in previews.
  background: if data.guides != none { place(bottom, line(length: 100%, stroke: 0.6pt + rgb("#be123c"))) },
  width: inch(f.width), height: inch(f.height), margin: (x: aside, top: above, bottom: below),
  // None on the empty back that stands before the next letter.
  footer: context {
    let nth = counter(page).get().first()
    let over = if nth > 1 { query(selector(<over>).before(here())) }
    let is-empty = nth > 1 and over.len() > 0 and over.last().location().page() == here().page() - 1
    if nth > 1 and not is-empty { align(center, text(size: 10pt, str(nth))) }
  },
)
#set text(size: 13pt)
#set par(leading: 0.72em, spacing: 1.1em, justify: false)
`

/** One language of a letter: head, greeting, message, whom to call. */
const words = String.raw`
#let in-language(front, language, greeting) = {
  let of(rows) = { let found = rows.filter(row => row.l == language); if found.len() > 0 { found.first().t } }
  set text(lang: language)
  if of(front.headline) != none { block(below: 1.3em, text(size: 17pt, weight: 800, fill: ink, of(front.headline))) }
  par(greeting)
  let said = of(front.body)
  if said != none { for part in said.split(regex("\n\s*\n")) { par(part.split("\n").join(linebreak())) } }
  if of(front.contact) != none { block(above: 1.4em, text(weight: 700, fill: ink, of(front.contact))) }
}
#let whole(front, greetings, code) = {
  let languages = front.body.map(row => row.l)
  for (at, language) in languages.enumerate() {
    if at > 0 { pagebreak() }
    in-language(front, language, greetings.at(language, default: greetings.en))
    if at + 1 < languages.len() {
      let next = data.over.at(languages.at(at + 1), default: none)
      if next != none { block(above: 1.4em, text(lang: languages.at(at + 1), size: 11pt, weight: 600, next)) }
    }
  }
  if data.picture != none { block(above: 1.4em, breakable: false, image(data.picture, width: 100%, height: 2.6in, fit: "contain")) }
  block(above: 1.6em, breakable: false, width: 100%, {
    line(length: 100%, stroke: 0.5pt + rgb("#9ca3af"))
    let lines(rows, size) = for row in rows { block(above: 0.5em, below: 0.5em, text(lang: row.l, size: size, row.t)) }
    let words = { lines(front.scan, 11pt); lines(front.attribution, 9pt) }
    if front.scan.len() == 0 { words } else {
      grid(columns: (1fr, 1.5in), column-gutter: 0.2in, words, align(center, {
        if code != none {
          image(bytes(code.s), format: "svg", width: 1.12in)
          v(0pt, weak: true)
          text(size: 7.5pt, code.t)
        }
      }))
    }
  })
}
// Room for the sender and for the window; the letter begins below the first fold.
#let room-above = v(inch(f.folds.first()) + 0.2in - above)
`

/** Letters, each of which begins on a new sheet; its address stands where the window shows it however the sheet slips. */
export const letters = String.raw`${definitions}${words}
#let sender = {
  text(size: 14pt, weight: 800, fill: ink, data.sender.first())
  linebreak()
  text(size: 9.5pt, data.sender.slice(1).join(" · "))
}
#let guided = if data.guides == none { none } else {
  let red = rgb("#be123c")
  let outline(box, paint, name, dash) = place(top + left, dx: inch(box.left) - aside, dy: inch(box.top) - above, rect(width: inch(box.width), height: inch(box.height), inset: 2pt, stroke: (paint: paint, thickness: 0.6pt, dash: dash), align(right + bottom, text(size: 6pt, fill: paint, name))))
  outline(w, red, data.guides.window, none)
  outline(w.seen, rgb("#0f766e"), data.guides.seen, "dashed")
  for at in f.folds {
    place(top + left, dx: -aside, dy: inch(at) - above, line(length: inch(f.width), stroke: (paint: rgb("#7c3aed"), thickness: 0.6pt, dash: "dashed")))
    place(top + left, dx: 4pt - aside, dy: inch(at) - above + 2pt, text(size: 6pt, fill: rgb("#7c3aed"), data.guides.fold))
  }
}
#let barcode(letters) = block(above: 0pt, below: inch(data.bars.above) + 3pt, text(font: data.bars.family, size: inch(data.bars.height), top-edge: inch(data.bars.full), bottom-edge: 0pt, letters))
#let address(piece) = {
  let lines = (piece.n, ..piece.a)
  let size = if lines.len() > 4 { 8pt } else { 9.5pt }
  place(top + left, dx: inch(w.seen.left) + 0.125in - aside, dy: inch(w.seen.top) + inch(data.bars.above) + 1pt - above, block(width: inch(w.seen.width) - 0.125in, {
    set par(leading: 0.38em)
    set text(size: size)
    if piece.b != none { barcode(piece.b) }
    lines.join(linebreak())
  }))
}
#for (index, piece) in data.pieces.enumerate() {
  if index > 0 { pagebreak(to: "odd") }
  counter(page).update(1)
  place(top + left, sender)
  address(piece)
  guided
  room-above
  whole(data.front.at(piece.l), piece.g, piece.at("q", default: data.front.at(piece.l).code))
  [#metadata(none) <over>]
}
`

/** Says of each language whether a letter stays within its pages. */
export const lettersFit = String.raw`${definitions}${words}
#for (index, (language, front)) in data.front.pairs().enumerate() {
  if index > 0 { pagebreak() }
  [#metadata(language) <begin>]
  room-above
  whole(front, (en: "Dear Jiho and Mina Kim,"), front.code)
  context {
    let begun = query(selector(<begin>).before(here())).last().location().page()
    let pages = here().page() - begun + 1
    [#metadata((language: language, size: 13, fits: pages <= ${most_pages} * calc.max(1, front.body.len()))) <fit>]
  }
}
`

/** What is printed on the envelope: sender and postage. */
export const envelopes = String.raw`
#let inch(x) = x * 1in
#let e = data.envelope
#set page(width: inch(e.width), height: inch(e.height), margin: 0pt)
#set par(leading: 0.5em)
#place(top + left, dx: 0.35in, dy: 0.3in, block(width: 4.5in, {
  text(size: 10pt, weight: 700, data.sender.first())
  linebreak()
  text(size: 9pt, data.sender.slice(1).join("\n"))
  if data.endorsement != "" { v(0.25in, weak: true); text(size: 8pt, weight: 600, data.endorsement) }
}))
#place(top + right, dx: -0.35in, dy: 0.3in, if data.indicia == none {
  rect(width: 0.85in, height: 0.95in, stroke: 0.6pt, inset: 4pt, align(center + horizon, text(size: 7pt, "PLACE STAMP HERE")))
} else {
  rect(stroke: 0.8pt, inset: 5pt, align(center, text(size: 7.5pt, weight: 600, data.indicia.join("\n"))))
})
`
