import bwip from 'bwip-js/node'
import { formatDate } from '../../../platform/i18n/formats.ts'
import { localized, type LocalizedText } from '../../../platform/i18n/languages.ts'
import { translator, type MessageKey } from '../../../platform/i18n/messages.ts'
import { pdf } from '../../../platform/print/typst.ts'
import '../messages.ts'
import './messages.ts'
import type { Sheet } from './queries.ts'
import { sheetChannels } from './schema.ts'

/** People of either language write on one sheet. */
const both = (key: MessageKey): string[] => [translator('en').dynamic(key), translator('ko').dynamic(key)]

/** `address`: of the page where it is typed in. */
export const sheetPdf = (sheet: Sheet, organization: LocalizedText, address: string, now: Date) =>
  pdf({
    template,
    data: {
      number: String(sheet.number),
      organization: [...new Set([localized(organization, 'en').text, localized(organization, 'ko').text])].join(' '),
      title: sheet.title,
      days: [formatDate('en', sheet.held_on), formatDate('ko', sheet.held_on)].join(' · '),
      heads: (['sheets.head.name', 'sheets.head.hangul', 'sheets.head.phone', 'sheets.head.email', 'sheets.head.language'] as const).map(both), // prettier-ignore
      boxes: sheetChannels.map((channel) => both(`sheets.box.${channel}`)),
      word: both('sheets.sheet').join(' '),
      how: both('sheets.how'),
      lines: sheet.lines,
      qr: bwip.toSVG({ bcid: 'qrcode', text: address }),
    },
    made_at: now,
  })

const template = String.raw`
#set page(paper: "us-letter", flipped: true, margin: (x: 10mm, top: 9mm, bottom: 11mm),
  footer: align(right, text(size: 9pt)[#data.word #strong(data.number) · #data.title #h(6pt) #context counter(page).display("1 / 1", both: true)]))
#set text(size: 10pt)
#set par(leading: 0.45em)
#let tick = box(width: 10pt, height: 10pt, stroke: 0.8pt, baseline: 1pt)
#let two(texts) = align(center, text(size: 8.5pt)[#strong(texts.at(0)) \ #texts.at(1)])
#grid(columns: (1fr, auto, 22mm), column-gutter: 5mm, align: (left, right + horizon, right),
  [#text(size: 18pt, weight: "bold", data.title) \ #text(size: 11.5pt)[#data.organization · #data.days] \ #v(1mm) #text(size: 9pt)[#data.how.at(0) \ #data.how.at(1)]],
  align(center)[#text(size: 9pt, data.word) \ #text(size: 26pt, weight: "bold", data.number)],
  image(bytes(data.qr), format: "svg", width: 21mm))
#v(1mm)
#table(
  columns: (8mm, 1.25fr, 0.8fr, 1fr, 1.5fr, 34mm, 17mm, 17mm, 17mm),
  rows: (auto,) + data.lines * (10.2mm,),
  align: (center + horizon,) * 9,
  stroke: 0.5pt, inset: 3pt,
  table.header([], ..data.heads.map(two), ..data.boxes.map(two)),
  ..range(data.lines).map(at => (
    text(weight: "bold", str(at + 1)), [], [], [], [],
    text(size: 8.5pt)[#tick EN #h(2pt) #tick 한 #h(2pt) #tick #box(width: 7mm, stroke: (bottom: 0.5pt))],
    tick, tick, tick)).flatten())
`
