import { formatDateTime, formatTime } from '../../../platform/i18n/formats.ts'
import { localized, type LocalizedText } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { pdf } from '../../../platform/print/typst.ts'
import type { Event } from '../queries.ts'
import { spanText } from '../when.ts'
import './messages.ts'
import type { ProgramItem } from './queries.ts'
import { plannedFrom, readersFirst } from './rules.ts'

interface Printed {
  event: Event
  items: readonly ProgramItem[]
  /** Of the organization: each item stands in all of them, so that one sheet serves everybody who helps. */
  languages: readonly string[]
  organization: LocalizedText
  now: Date
}

/** The run of show on paper, its words in the reader's language. */
export function programPdf(
  t: Translate,
  { event, items, languages, organization, now }: Printed,
): Promise<Uint8Array<ArrayBuffer>> {
  const data = {
    language: t.language,
    organization: localized(organization, t.language).text,
    heading: t('program.title'),
    title: localized(event.content.title, t.language).text,
    when: spanText(t.language, event.time_zone, event),
    head: [t('program.time'), t('program.what'), t('program.who'), t('program.interpreter')],
    items: plannedFrom(items, event.starts_at).map((item) => ({
      time: formatTime(t.language, item.at, event.time_zone),
      minutes: t('program.minutes_of', { count: item.minutes }),
      titles: readersFirst(languages, t.language).flatMap((language) => {
        const text = item.title[language]
        return text ? [{ language, text }] : []
      }),
      who: item.who,
      interpreter: item.interpreter,
      note: item.note,
    })),
    printed: formatDateTime(t.language, now, event.time_zone),
  }
  return pdf({ template, data, made_at: now })
}

const template = String.raw`
#set page(paper: "us-letter", margin: (x: 0.7in, y: 0.7in), footer: context align(right, text(size: 8pt, data.printed + "   " + counter(page).display("1 / 1", both: true))))
#set text(size: 11pt, lang: data.language)
#set par(leading: 0.65em, spacing: 0.7em)
#let lines(text) = text.split(regex("\r\n|\r|\n")).join(linebreak())

#text(size: 10pt, data.organization)
#block(above: 0.8em, below: 0.9em, text(size: 20pt, weight: "bold", data.heading + ": " + data.title))
#text(weight: "semibold", data.when)
#v(8pt)
#show table.cell: set block(breakable: false)
#table(
  columns: (1.25in, 1fr, 1.6in, 1.2in),
  stroke: (x, y) => (bottom: 0.5pt + luma(160)),
  inset: (x: 5pt, y: 7pt),
  table.header(..data.head.map(each => text(size: 9pt, weight: "semibold", each))),
  ..data.items.map(item => (
    [#text(weight: "bold", item.time) #linebreak() #text(size: 9pt, item.minutes)],
    {
      for (nth, each) in item.titles.enumerate() {
        if nth > 0 { linebreak() }
        text(lang: each.language, weight: if nth == 0 { "semibold" } else { "regular" }, each.text)
      }
      if item.note != "" { parbreak(); text(size: 9pt, lines(item.note)) }
    },
    lines(item.who),
    lines(item.interpreter),
  )).flatten(),
)
`
