import { localized, type Language } from '../../../platform/i18n/languages.ts'
import { translator } from '../../../platform/i18n/messages.ts'
import { pdf } from '../../../platform/print/typst.ts'
import type { Event } from '../queries.ts'
import { spanText } from '../when.ts'
import './messages.ts'
import type { GatheredQuestion } from './queries.ts'
import { askersOf, mainOnes, textIn } from './rules.ts'

/** Every question that is kept, in all these languages side by side, with room to write: nobody who asked is named on paper. */
export function questionSheetPdf(
  event: Event,
  questions: readonly GatheredQuestion[],
  { languages, now }: { languages: readonly Language[]; now: Date },
): Promise<Uint8Array<ArrayBuffer>> {
  const data = {
    heads: languages.map((language) => ({
      language,
      heading: translator(language)('questions.sheet'),
      title: localized(event.content.title, language).text,
      when: spanText(language, event.time_zone, event),
    })),
    notes: languages.map((language) => translator(language)('questions.sheet_notes')).join(' · '),
    questions: mainOnes(questions, 'kept').map((question) => {
      const count = askersOf(questions, question)
      return {
        texts: languages.map((language) => {
          const t = translator(language)
          const text = textIn(question, language)
          return {
            language,
            text: text || t('questions.missing'),
            is_missing: !text,
            asked: count > 0 ? t('questions.sheet_asked_by', { count }) : t('questions.of_team'),
          }
        }),
      }
    }),
  }
  return pdf({ template, data, made_at: now })
}

const template = String.raw`
#set page(paper: "us-letter", margin: (x: 0.8in, y: 0.8in), footer: context align(right, text(size: 9pt, counter(page).display("1 / 1", both: true))))
#set text(size: 14pt)
#set par(leading: 0.75em, spacing: 0.9em)
#let lines(text) = text.split(regex("\r\n|\r|\n")).join(linebreak())
#let side-by-side(items) = grid(columns: (1fr,) * calc.min(2, items.len()), column-gutter: 24pt, row-gutter: 12pt, ..items)

#side-by-side(data.heads.map(head => {
  set text(lang: head.language)
  text(size: 19pt, weight: "bold", head.heading)
  linebreak()
  text(weight: "semibold", head.title)
  linebreak()
  text(size: 10pt, head.when)
}))
#v(6pt)
#line(length: 100%, stroke: 1pt)
#for (nth, question) in data.questions.enumerate() {
  block(breakable: false, width: 100%, above: 16pt, below: 16pt, {
    grid(columns: (28pt, 1fr), column-gutter: 6pt,
      text(size: 19pt, weight: "bold", str(nth + 1)),
      {
        side-by-side(question.texts.map(each => {
          set text(lang: each.language)
          if each.is_missing { text(fill: luma(90), "[" + each.text + "]") } else { lines(each.text) }
          parbreak()
          text(size: 9.5pt, fill: luma(60), each.asked)
        }))
        v(8pt)
        text(size: 9pt, fill: luma(60), data.notes)
        v(22pt)
        line(length: 100%, stroke: 0.4pt + luma(150))
      },
    )
  })
}
`
