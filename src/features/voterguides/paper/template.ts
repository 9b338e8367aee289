/* Inches become points; what bleeds goes an eighth of an inch over the edge, marks stand beyond that. */
export const template = String.raw`
#let press = data.is_press
#let edge = if press { data.press.edge_in * 1in } else { 0in }
#let black = if press { cmyk(0%, 0%, 0%, 100%) } else { rgb("#111827") }
#let blue = if press { cmyk(90%, 65%, 0%, 10%) } else { rgb("#1d4ed8") }
#let grey = if press { cmyk(0%, 0%, 0%, 70%) } else { rgb("#4b5563") }
#let pale = if press { cmyk(0%, 0%, 0%, 25%) } else { rgb("#cbd5e1") }
#let width = data.width_in * 1in
#let height = data.height_in * 1in
#let margin = data.margin_in * 1in
#let form = data.form
#let folded = form == "folded"
#let small = form == "palm"
#let first = data.heads.first()
#let two = data.heads.len() > 1

#let mark(x, y, dx, dy) = place(top + left, dx: x, dy: y, line(start: (0pt, 0pt), end: (dx, dy), stroke: 0.25pt + black))
#let marks = {
  for (x, out) in ((edge, -1), (edge + width, 1)) {
    for (y, down) in ((edge, -1), (edge + height, 1)) {
      mark(x + out * 0.15in, y, out * 0.2in, 0pt)
      mark(x, y + down * 0.15in, 0pt, down * 0.2in)
    }
  }
}
#let bar = {
  let bleed = if press { data.press.bleed_in * 1in } else { 0in }
  place(top + left, dx: edge - bleed, dy: edge - bleed, rect(width: width + 2 * bleed, height: 0.12in + bleed, fill: blue))
}
#let both(f) = if two { grid(columns: (1fr, 1fr), column-gutter: 1.4em, row-gutter: 0.6em, f(0), f(1)) } else { f(0) }
#let spoken(at, body) = text(lang: data.heads.at(at).language, body)
#let lines(content) = content.split(regex("\r\n|\r|\n")).join(linebreak())
// Where a body of text stands; a booklet's inner margin is wider.
#let room = if folded { 0.5 * width - 2 * margin } else { width - 2 * margin - if form == "booklet" { 0.07in } else { 0in } }
// Together on a page, unless it takes more than half of one by itself. Not by layout(): what goes before it would stay alone at the foot of a page.
#let kept(body, ..around) = context {
  let tall = measure(width: room, body).height > 0.5 * (height - 2 * margin)
  block(breakable: tall, width: 100%, ..around, body)
}
#let qr(size) = {
  let cell = size / data.qr.first().len()
  box(width: size, height: size, for (y, row) in data.qr.enumerate() {
    for run in row.matches(regex("1+")) {
      place(top + left, dx: run.start * cell, dy: y * cell, rect(width: (run.end - run.start) * cell, height: cell + 0.05pt, fill: black))
    }
  })
}

#set document(title: first.title, author: first.organization)
#set page(
  width: width + 2 * edge, height: height + 2 * edge,
  margin: if form == "booklet" { (inside: margin + 0.12in + edge, outside: margin - 0.05in + edge, y: margin + edge) } else { (x: margin + edge, y: margin + edge) },
  columns: if folded { 2 } else { 1 },
  background: [#bar #if press { marks }],
  footer: if small { none } else { context text(size: 0.75em, fill: grey)[#first.organization · #first.foot #h(1fr) #counter(page).display("1 / 1", both: true)] },
)
#set columns(gutter: 2 * margin)
#set text(size: data.size_pt * 1pt, lang: first.language, fill: black, hyphenate: false)
#set par(leading: 0.68em, spacing: 0.95em, justify: false)
// Korean may break before a bracket; the day of the week stays with its date.
#show regex("\\d+일\\([일월화수목금토]\\)"): it => box(it)
#show heading: it => block(above: if small { 0.9em } else { 1.4em }, below: if it.level == 1 { 0.95em } else { 0.85em }, sticky: true, text(size: (if small { 1.35em } else { 1.8em }, 1.35em, 1.12em).at(it.level - 1), weight: "bold", fill: if it.level == 2 { blue } else { black }, it.body))

#let attribution = if first.attribution.len() > 0 {
  block(breakable: false, above: 1em, width: 100%, stroke: 0.6pt + black, inset: 0.6em, text(size: calc.max(0.85 * data.size_pt, 7) * 1pt, first.attribution.map(each => [#each]).join(linebreak())))
}
#let title(at) = {
  let head = data.heads.at(at)
  block(below: 0.95em, spoken(at)[
    #text(weight: "semibold", head.organization)
    #if at == 0 { heading(level: 1, head.title) } else { block(above: if small { 0.9em } else { 1.4em }, below: 0.95em, text(size: if small { 1.35em } else { 1.8em }, weight: "bold", head.title)) }
    #text(weight: "semibold", head.election)
    #if head.audience != "" [#linebreak() #head.audience]
  ])
}
#let opening = {
  if two { both(title) } else { title(0) }
  both(at => spoken(at)[
    #if data.heads.at(at).intro != "" [#lines(data.heads.at(at).intro) #parbreak()]
    #text(size: if small { 0.8em } else { 1em }, data.heads.at(at).said)
  ])
}
#let closing(size) = block(breakable: false, above: 1.4em, grid(columns: (size, 1fr), column-gutter: 1em, align: horizon, qr(size),
  for (at, head) in data.heads.enumerate() { block(spoken(at, text(size: 0.85em, head.online))) }))

#let said(at, each) = for one in each.said {
  if one.choice != "" [#text(weight: "semibold", one.choice) #linebreak()]
  if one.text != "" [#lines(one.text) #linebreak()]
  if one.source != "" [#text(size: 0.78em, fill: grey, one.source)]
  parbreak()
}
#let short(each) = each.said.map(one => if one.choice != "" { text(weight: "semibold", one.choice) } else { text(size: 0.85em, one.text) }).join(" ")

// A text right below a heading stays with what comes after it.
#let shown(at, it, has_heading, is_led: false) = spoken(at, {
  if it.is == "heading" {
    if has_heading { heading(level: it.level, it.text) } else { block(above: 1.4em, below: 0.7em, sticky: true, text(size: if it.level == 2 { 1.35em } else { 1.12em }, weight: "bold", fill: if it.level == 2 { blue } else { black }, it.text)) }
  } else if it.is == "text" { block(above: 0.85em, below: 0.95em, sticky: is_led, lines(it.text)) }
  else if it.is == "small" { block(above: 0.85em, below: 0.95em, text(size: 0.85em, it.text)) }
  else if it.is == "question" { block(sticky: true, above: 1.3em, below: 0.8em, text(weight: "semibold", it.text)) }
  else if it.is == "candidates" { for each in it.each { block(above: 0.75em, below: 0.75em)[*#each.name* #if each.note != "" [#text(size: 0.9em)[#each.note]]] } }
  else if it.is == "steps" { for (n, each) in it.each.enumerate() { block(above: 0.8em, below: 0.8em, if n < 4 [#(n + 1). #each] else { text(size: 0.8em, fill: grey, each) }) } }
  else if it.is == "days" { for each in it.each { block(breakable: false, above: 0.95em, below: 0.95em)[#text(weight: "semibold", each.what) \ #each.on #text(size: 0.78em, fill: grey, each.law)] } }
})

#let cells(at, it) = {
  let each_of = it.each
  if form == "folded" or form == "palm" {
    kept(grid(columns: (auto, 1fr), column-gutter: 0.8em, row-gutter: 0.65em, ..each_of.map(each => ([#each.name], short(each))).flatten()))
  } else {
    let drawn = each_of.map(each => [*#each.name* \ #said(at, each)])
    if data.columns == 2 {
      for pair in drawn.chunks(2) { kept(below: 1.1em, grid(columns: (1fr, 1fr), column-gutter: 1.5em, ..pair)) }
    } else { for each in drawn { kept(below: 1em, each) } }
  }
}
#let body = for (n, it) in data.sides.first().enumerate() {
  let is_led = n > 0 and data.sides.first().at(n - 1).is == "heading" and it.is == "text"
  if it.is == "cells" and two {
    for (k, each) in it.each.enumerate() {
      kept(both(at => { let mine = data.sides.at(at).at(n).each.at(k); spoken(at, if form == "folded" or form == "palm" [#mine.name: #short(mine)] else [*#mine.name* \ #said(at, mine)]) }))
    }
  } else if it.is == "cells" { cells(0, it) }
  else if two { block(sticky: is_led or it.is == "heading" or it.is == "question", both(at => shown(at, data.sides.at(at).at(n), at == 0))) }
  else { shown(0, it, true, is_led: is_led) }
}

#if folded {
  // Folded once, the right half of the outside is the cover and the left its back.
  block(height: 100%)[#v(1fr) #closing(1.1in) #attribution #v(0.3in)]
  colbreak()
  block(height: 100%)[#v(0.5in) #opening]
  pagebreak()
  body
} else if form == "booklet" {
  block(height: 100%)[#v(0.8in) #opening #v(1fr) #closing(0.9in) #attribution]
  pagebreak()
  let count = data.sides.first().filter(it => it.is == "heading" and it.level == 2).len()
  if count > 2 {
    block(below: 1em, for (at, head) in data.heads.enumerate() [#if at > 0 [ · ]#text(size: 1.35em, weight: "bold", head.contents)])
    outline(title: none, target: heading.where(level: 2))
    pagebreak()
  }
  body
} else if small {
  opening
  body
  closing(0.7in)
  attribution
} else {
  grid(columns: (1fr, auto), column-gutter: 1em, title(0), qr(26mm))
  if two { title(1) }
  both(at => spoken(at)[
    #if data.heads.at(at).intro != "" [#lines(data.heads.at(at).intro) #parbreak()]
    #data.heads.at(at).said
  ])
  body
  v(1em)
  for (at, head) in data.heads.enumerate() { block(spoken(at, text(size: 0.9em, head.online))) }
  attribution
}
`
