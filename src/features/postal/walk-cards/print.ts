import { formatDate } from '../../../platform/i18n/formats.ts'
import { languageNames, localized, type LocalizedText } from '../../../platform/i18n/languages.ts'
import { translator } from '../../../platform/i18n/messages.ts'
import { pdf } from '../../../platform/print/typst.ts'
import '../../../platform/ui/messages.ts'
import '../../phonebanks/messages.ts'
import '../../phonebanks/paper/messages.ts'
import { questionsOf } from '../../scripts/rules.ts'
import type { ScriptContent, Step } from '../../scripts/schema.ts'
import '../messages.ts'
import type { Home } from './queries.ts'
import { doorCodes, type DoorCode } from './rules.ts'

export interface WalkCards {
  name: string
  organization: LocalizedText
  homes: readonly Home[]
  script: ScriptContent | null
  today: string
}

/** Cards for the door, two to a sheet of paper, one for each home: every label in English and Korean, large. */
export function walkCardsPdf(cards: WalkCards, now: Date): Promise<Uint8Array<ArrayBuffer>> {
  return pdf({ template: walkCards, data: walkCardsData(cards), made_at: now })
}

export function walkCardsData({ name, organization, homes, script, today }: WalkCards) {
  const [en, ko] = [translator('en'), translator('ko')]
  const both = (text: LocalizedText): string => [...new Set([text.en, text.ko].filter(Boolean))].join(' · ') || localized(text, 'en').text // prettier-ignore
  return {
    head: `${both(organization)} · ${name} · ${formatDate('en', today)} · ${formatDate('ko', today)}`,
    codes: (Object.keys(doorCodes) as DoorCode[]).map((code) => ({
      key: doorCodes[code],
      label: `${en(`postal.door.${code}`)} ${ko(`postal.door.${code}`)}`,
    })), // prettier-ignore -- keys of a record
    labels: { note: `${en('postal.door_note')} ${ko('postal.door_note')}`, law: [en('phonebanks.sheet_law'), ko('phonebanks.sheet_law')] }, // prettier-ignore
    questions: script ? questionsOf(script).slice(0, mostQuestions).map((step) => ({ texts: textsOf(step, script), answers: answersOf(step) })) : [], // prettier-ignore
    has_more_questions: script !== null && questionsOf(script).length > mostQuestions,
    homes: homes.map(({ delivery, unit, city, zip5, residents }, at) => ({
      nth: at + 1,
      address: delivery,
      unit: unit ?? '',
      place: `${city} ${zip5}`,
      residents: residents.slice(0, mostNames).map(({ first, last, hangul, language, born }) => ({
        name: [first, last].filter(Boolean).join(' '),
        hangul: hangul ?? '',
        about: [born && ko('paper.age_both', { age: Number(today.slice(0, 4)) - born }), language && (languageNames[language] ?? language)].filter(Boolean).join(' · '), // prettier-ignore
      })),
      more: Math.max(0, residents.length - mostNames),
    })),
  }

  function textsOf(step: Step, { languages }: ScriptContent) {
    return ['en', 'ko'].flatMap((each) => (languages.includes(each) && step.say[each] ? [{ l: each, t: step.say[each].replaceAll(/\{[^}]*\}/g, '____') }] : [])) // prettier-ignore
  }
  function answersOf(step: Step): string[] {
    if (step.kind === 'support') return ['1', '2', '3', '4', '5']
    if (step.kind === 'yes_no') return [`${en('common.yes')} ${ko('common.yes')}`, `${en('common.no')} ${ko('common.no')}`] // prettier-ignore
    return step.choices.map(({ label }) => both(label))
  }
}

/** What half a sheet has room for. */
const mostQuestions = 3
const mostNames = 3

const walkCards = String.raw`
#set page(paper: "us-letter", margin: 0pt)
#set text(size: 12pt)
#set par(leading: 0.5em, spacing: 0.6em)
#let tick = box(width: 12pt, height: 12pt, stroke: 1pt, baseline: 2pt)
#let blank(width) = box(width: width, height: 12pt, stroke: (bottom: 0.6pt), baseline: 2pt)
#let card(home) = block(width: 100%, height: 5.5in, above: 0pt, below: 0pt, inset: (x: 0.5in, top: 0.35in, bottom: 0.3in), clip: true, {
  grid(columns: (1fr, auto), column-gutter: 6mm,
    [#text(size: 22pt, weight: 800, home.address)#if home.unit != "" [#h(8pt)#text(size: 19pt, weight: 700, home.unit)]#h(8pt)#text(size: 12pt, home.place)],
    text(size: 22pt, weight: 800, str(home.nth)))
  for each in home.residents [
    #block(above: 2mm, below: 1.6mm)[
      #text(size: 16pt, weight: 700, each.name)#if each.hangul != "" [#h(6pt)#text(size: 16pt, lang: "ko", each.hangul)]#if each.about != "" [#h(8pt)#text(size: 11pt, each.about)] \
      #text(size: 10.5pt, for code in data.codes [#box[#tick#h(3pt)#strong(code.key)] #h(5pt, weak: true)])
    ]
  ]
  if home.more > 0 { text(size: 11pt, "+ " + str(home.more)) }
  // As many questions as there is room for above the foot: none is cut off, and those left out are told.
  context {
    let width = 8.5in - 1in
    let question-of(at, question) = block(width: width, above: 2mm, below: 1mm)[
      #for each in question.texts [#text(lang: each.l, size: 10.5pt)[#if each == question.texts.first() [#strong[#(at + 1).] ]#each.t] \ ]
      #if question.answers.len() == 0 [#blank(90mm)] else [#for each in question.answers [#box[#tick#h(3pt)#each]#h(9pt, weak: true)]]
    ]
    // Of each resident, and what stands above and below them.
    let room = 5.5in - 0.65in - 30pt - 58pt - home.residents.len() * 37pt - if home.more > 0 { 16pt } else { 0pt }
    let is-full = false
    for (at, question) in data.questions.enumerate() {
      let made = question-of(at, question)
      room -= measure(made).height + 8pt
      if room < 0pt and not is-full { is-full = true; text(size: 10.5pt, "…") }
      if not is-full { made }
    }
    if data.has_more_questions and not is-full { text(size: 10.5pt, "…") }
  }
  place(bottom + left, block(width: 100%, {
    block(below: 1.5mm, [#data.labels.note #box(width: 1fr, height: 12pt, stroke: (bottom: 0.6pt), baseline: 2pt)])
    text(size: 7.5pt)[#data.codes.map(code => code.key + " " + code.label).join(" · ") \ #data.head · #data.labels.law.at(0)]
  }))
})
#for (at, home) in data.homes.enumerate() {
  if calc.even(at) {
    if at > 0 { pagebreak() }
    place(top + left, dy: 5.5in, line(length: 100%, stroke: (thickness: 0.5pt, dash: "dashed", paint: rgb("#9ca3af"))))
  }
  card(home)
}
`
