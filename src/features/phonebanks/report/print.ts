import { formatDate, formatDateTime } from '../../../platform/i18n/formats.ts'
import { localized, type LocalizedText } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { pdf } from '../../../platform/print/typst.ts'
import { dateIn } from '../../../platform/clock.ts'
import type { PhoneBank } from '../dashboard.ts'
import type { Report } from './queries.ts'
import type { WordedReport } from './words.ts'

interface ReportPrint {
  t: Translate
  bank: PhoneBank
  report: Report
  worded: WordedReport
  organization: LocalizedText
  by: string
  now: Date
  time_zone: string
}

/** The report as a PDF in the reader's language. */
export function reportPdf({ t, bank, report, worded, organization, by, now, time_zone }: ReportPrint) {
  const day = (at: Date): string => formatDate(t.language, dateIn(time_zone, at))
  const { from, to } = report.totals
  const data = {
    language: t.language,
    title: t('report.of', { name: localized(bank.name, t.language).text }),
    period: from && to ? t('report.period', { from: day(from), to: day(to) }) : t('report.none'),
    foot: t('report.printed', {
      organization: localized(organization, t.language).text,
      by,
      at: formatDateTime(t.language, now, time_zone),
    }),
    figures: worded.figures,
    sections: worded.sections,
  }
  return pdf({ template, data, made_at: now })
}

const template = String.raw`
#set page(paper: "us-letter", margin: (x: 16mm, top: 15mm, bottom: 18mm),
  footer: text(size: 8.5pt, grid(columns: (1fr, auto), data.foot, context counter(page).display("1 / 1", both: true))))
#set text(size: 10.5pt, lang: data.language)
#set par(leading: 0.55em)
#let blue = rgb("#1d4ed8")
#let bars(chart) = {
  let most = calc.max(1, ..chart.bars.map(each => each.value))
  block(breakable: false, below: 5mm, width: 100%)[
    #text(weight: "semibold", chart.caption)
    #grid(columns: (36%, 1fr, auto), row-gutter: 2.2mm, column-gutter: 3mm, align: (left + horizon, left + horizon, right + horizon),
      ..chart.bars.map(each => (each.label, box(width: 100%, height: 9pt, fill: luma(235), rect(width: 100% * (each.value / most), height: 9pt, fill: blue)), each.text)).flatten())
  ]
}

#text(size: 20pt, weight: "bold", data.title)

#data.period
#v(2mm)
#grid(columns: calc.max(1, calc.min(5, data.figures.len())) * (1fr,), gutter: 3mm,
  ..data.figures.map(each => rect(width: 100%, inset: 7pt, stroke: 0.6pt + luma(170), radius: 3pt)[
    #text(size: 9pt, each.label) \ #text(size: 17pt, weight: "bold", each.value) \ #text(size: 8pt, each.note)]))
#v(3mm)

#for section in data.sections [
  #block(breakable: section.kind != "hours", width: 100%, above: 6mm)[
    #block(sticky: true, below: 2.5mm)[#text(size: 14pt, weight: "bold", section.title)#if section.lead != "" [ \ #text(size: 9.5pt, section.lead)]]
    #if section.kind == "bars" {
      for chart in section.charts { bars(chart) }
    } else if section.kind == "table" {
      // As wide as the words: a narrow column would print one heading over the next.
      table(columns: section.head.len() * (auto,), stroke: (x, y) => (bottom: 0.4pt + luma(190)), inset: (x: 4pt, y: 4pt),
        align: (x, y) => if x == 0 { left } else { right },
        table.header(..section.head.map(each => text(size: 8.5pt, weight: "semibold", each))),
        ..section.rows.flatten().map(cell => text(size: 9.5pt, cell)))
    } else if section.hours.len() > 0 {
      grid(columns: (14mm, ..section.hours.len() * (1fr,)), gutter: 1pt, align: center + horizon,
        [], ..section.hours.map(each => text(size: 9pt, each.label)),
        ..range(7).map(day => (text(size: 9pt, section.weekdays.at(day)),
          ..section.hours.map(hour => {
            let cell = section.cells.find(each => each.weekday == day and each.hour == hour.hour)
            if cell == none { rect(width: 100%, height: 8mm, fill: luma(247)) } else {
              rect(width: 100%, height: 8mm, inset: 0pt, fill: blue.transparentize(100% - 85% * cell.rate),
                align(center + horizon, text(size: 7.5pt, fill: if cell.rate > 0.55 { white } else { black }, cell.text)))
            }
          }))).flatten())
    }
  ]
]
`
