import { formatDate, formatDateTime, formatPhone } from '../../../platform/i18n/formats.ts'
import { languageNames, localized, type LocalizedText } from '../../../platform/i18n/languages.ts'
import { translator, type MessageKey, type Translate } from '../../../platform/i18n/messages.ts'
import { pdf } from '../../../platform/print/typst.ts'
import { wayWords } from '../../scripts/pages/words.ts'
import { possibleAnswers, questionsOf, scriptText } from '../../scripts/rules.ts'
import type { ScriptContent, ScriptText, Step } from '../../scripts/schema.ts'
import type { PhoneBank } from '../dashboard.ts'
import type { Sheet, SheetLine } from './queries.ts'
import { keysNeeding, leadsOf, letterOf, numbered, wordingLetter, type Lead } from './rules.ts'
import type { FollowUpKind } from '../schema.ts'
import { codeKeys, wishKeys, type CodedResult } from './schema.ts'
import './messages.ts'
import '../messages.ts'
import '../console-messages.ts'
import '../../scripts/messages.ts'
import '../../scripts/walk/messages.ts'

/** Every label on paper in both languages: callers and typists may read one each. */
const both = (key: MessageKey): string => `${translator('en').dynamic(key)} ${translator('ko').dynamic(key)}`

const bothOf = (text: ScriptText): string =>
  [...new Set([text.en, text.ko].filter(Boolean))].join(' ') || localized(text, 'en').text

interface Box {
  key: string
  label: string
}

/** A language by its name in both of ours: the font for print has neither Chinese nor Bengali letters. */
const languageWords = (code: string): string =>
  ['en', 'ko'].map((each) => new Intl.DisplayNames(each, { type: 'language' }).of(code) ?? code).join(' ')

/** Languages whose letters the font has; a script in another is read from the screen. */
const printed = ['en', 'ko', 'es', 'fr', 'pl', 'tl', 'vi', 'ru']

/** What may be ticked for a question; null: a line to write on. */
function boxesOf(step: Step): Box[] | null {
  const offered = numbered(step)
  if (offered.length === 0) return null
  return offered.map((answer, index) => ({
    key: String(index + 1),
    label:
      step.kind === 'support'
        ? ''
        : step.kind === 'yes_no'
          ? both(answer === true ? 'common.yes' : 'common.no')
          : bothOf(step.choices[index]?.label ?? {}),
  }))
}

interface Spoken {
  title: string
  language: string
  greeting: string
  /** Questions by number, each wording of them; what is read out beside has none. */
  steps: { nth: string; text: string; answers: string; leads: string[] }[]
  closing: string
}

function spokenOf(script: ScriptContent, language: string, bank: PhoneBank, organization: LocalizedText): Spoken {
  const say = (text: ScriptText): string => scriptText(text, language, { candidate: bank.candidate, organization }).text
  const leads = leadsOf(script)
  const t = translator(language === 'ko' ? 'ko' : 'en')
  return {
    title: languageWords(language),
    language,
    greeting: say(script.greeting),
    steps: script.steps.flatMap((step) => {
      const { name = '', to = [] } = leads.get(step.key) ?? {}
      const wordings = [step.say, ...step.wordings.map((each) => each.say)]
      return wordings.map((text, index) => ({
        nth: name && wordings.length > 1 ? `${name}${letterOf(index)}` : name,
        text: say(text),
        answers: step.choices.map((each, at) => `${at + 1} ${localized(each.label, language).text}`).join('   '),
        leads: leadWords(t, step, to),
      }))
    }),
    closing: say(script.closing),
  }
}

/** '1, 2 → 4', '3 → 5': answers that are ticked by their numbers, others in words. */
function leadWords(t: Translate, step: Step, to: Lead['to']): string[] {
  const offered = possibleAnswers(step)
  const told = (way: string): string =>
    offered.includes(way) ? String(offered.indexOf(way) + 1) : wayWords(t, step, way)
  const lines = to.map(({ ways, name }) => `${ways.map(told).join(', ')} → ${name ?? t('walk.closing')}`.trim())
  return step.kind === 'several' && lines.length > 1 ? [t('paper.first_ticked'), ...lines] : lines
}

export interface SheetPrint {
  bank: PhoneBank
  sheet: Sheet
  lines: readonly SheetLine[]
  script: ScriptContent
  organization: LocalizedText
  /** Of who prints: in the line at the foot of every page. */
  by: string
  now: Date
  time_zone: string
  today: string
}

/** The sheet as a PDF for printing: the script once, then the voters, large, every label in English and Korean. */
export function sheetPdf({ bank, sheet, lines, script, organization, by, now, time_zone, today }: SheetPrint) {
  const en = translator('en')
  const ko = translator('ko')
  const questions = questionsOf(script)
  const spoken = script.languages.filter(
    (each) => printed.includes(each) && (each === 'en' || each === 'ko' || bank.languages.includes(each)),
  )
  const watermark = {
    by,
    organization: bothOf(organization as ScriptText),
    purpose: sheet.purpose.replaceAll(/\s+/g, ' '),
  }
  const data = {
    number: String(sheet.number),
    title: bothOf(bank.name as ScriptText),
    lead: `${watermark.organization} · ${formatDate('en', today)} · ${formatDate('ko', today)}`,
    languages: (sheet.languages ?? bank.languages).map((each) => languageNames[each] ?? each).join(', '),
    labels: {
      languages: both('paper.languages_label'),
      sheet: both('paper.sheet_word'),
      caller: both('phonebanks.sheet_caller'),
      date: both('paper.day'),
      hour: both('paper.from_hour'),
      note: both('phonebanks.col.note'),
      back: both('paper.back_label'),
      language: both('paper.language_label'),
      told: both('paper.told_label'),
      not_called: both('paper.not_called'),
    },
    how: [en('paper.how'), ko('paper.how')],
    guess: lines.some(({ hangul, is_on_paper }) => is_on_paper && hangul?.is_guess)
      ? `${en('phonebanks.guess_means')} ${ko('phonebanks.guess_means')}`
      : '',
    law: [en('phonebanks.sheet_law'), ko('phonebanks.sheet_law')],
    spoken: spoken.map((language) => spokenOf(script, language, bank, organization)),
    support: script.steps.some(({ kind }) => kind === 'support')
      ? ([1, 2, 3, 4, 5] as const).map(
          (score) => `${en(`phonebanks.support.${score}`)} ${ko(`phonebanks.support.${score}`).replace(/^\d /, '')}`,
        )
      : [],
    codes: [
      ...(Object.entries(codeKeys) as [CodedResult, string][]).map(([code, key]) => ({
        key,
        label: both(`disposition.${code}`),
      })),
      ...sheet.own_results.map(({ key, name }) => ({ key, label: bothOf(name) })),
    ],
    keys: {
      back: keysNeeding(sheet.own_results, ['time']).join('·'),
      language: keysNeeding(sheet.own_results, ['language']).join('·'),
      told: keysNeeding(sheet.own_results, ['spoke_with']).join('·'),
    },
    wishes: (Object.entries(wishKeys) as [FollowUpKind, string][]).map(([wish, key]) => ({
      key,
      label: both(`console.wish.${wish}`),
    })),
    rows: lines.map((line) => rowOf(line, questions)),
    foot: [
      en('paper.watermark', { ...watermark, at: formatDateTime('en', now, time_zone) }),
      ko('paper.watermark', { ...watermark, at: formatDateTime('ko', now, time_zone) }),
    ],
  }
  return pdf({ template, data, made_at: now })
}

/** One voter as printed. */
export function rowOf(line: SheetLine, questions: readonly Step[]) {
  // Taken off the list since, or called by somebody else: the number is not for this paper any more.
  if (!line.is_on_paper) return { line: line.line, is_open: false }
  const language = languageWords(line.language === 'und' ? 'en' : line.language)
  return {
    line: line.line,
    is_open: true,
    name: line.name,
    hangul: line.hangul ? (line.hangul.is_guess ? `${line.hangul.text}(추정)` : line.hangul.text) : '',
    phone: formatPhone(line.phone),
    about: [
      line.age === null ? '' : translator('ko')('paper.age_both', { age: line.age }),
      line.language === 'und' ? '' : line.is_language_known ? language : `${language}?`,
      line.city ?? '',
    ]
      .filter(Boolean)
      .join(' · '),
    home: line.home_note ? `${both('paper.home')}: ${line.home_note.replaceAll(/\s+/g, ' ')}` : '',
    questions: questions.map((step, index) => ({
      nth: `${index + 1}${wordingLetter(step, line.voter_id) ?? ''}`,
      boxes: boxesOf(step),
    })),
  }
}

const template = String.raw`
#set page(
  paper: "us-letter", margin: (x: 13mm, top: 12mm, bottom: 21mm),
  footer: {
    set text(size: 8pt)
    line(length: 100%, stroke: 0.4pt)
    v(-3pt)
    grid(columns: (1fr, auto), column-gutter: 10mm, [#data.foot.at(0) \ #data.foot.at(1)],
      align(right, text(size: 11pt)[#data.labels.sheet #strong(data.number) #h(6pt) #context counter(page).display("1 / 1", both: true)]))
  })
#set text(size: 12.5pt)
#set par(leading: 0.55em, spacing: 0.7em)
#let tick = box(width: 11pt, height: 11pt, stroke: 0.9pt, baseline: 1.5pt)
#let item(each) = box[#tick#h(3pt)#strong(each.key)#if each.label != "" [#h(3pt)#each.label]]
#let blank(width) = box(width: width, height: 11pt, stroke: (bottom: 0.6pt), baseline: 2pt)

#grid(columns: (1fr, auto), column-gutter: 6mm,
  [#text(size: 19pt, weight: "bold", data.title) \ #data.lead \ #data.labels.languages: #strong(data.languages)],
  rect(inset: 7pt, stroke: 1.2pt, align(center)[#data.labels.sheet \ #text(size: 26pt, weight: "bold", data.number)]))
#v(2mm)
#data.labels.caller #blank(50mm) #h(3mm) #data.labels.date #blank(28mm) #h(3mm) #data.labels.hour #blank(18mm)
#v(1mm)
#for each in data.how [#each \ ]
#line(length: 100%, stroke: 1pt)

#grid(columns: calc.max(1, calc.min(2, data.spoken.len())) * (1fr,), column-gutter: 7mm, row-gutter: 5mm,
  ..data.spoken.map(each => [
    #set text(lang: each.language)
    #text(weight: "bold", each.title) \
    #each.greeting
    #for step in each.steps [
      #par(hanging-indent: 1.8em)[#box(width: 1.8em, strong(step.nth))#step.text#if step.answers != "" [ \ #text(size: 11pt, step.answers)]#if step.leads.len() > 0 [ \ #text(size: 11pt, weight: "semibold", step.leads.map(each => box(each)).join("   "))]]
    ]
    #each.closing
  ]))
#if data.support.len() > 0 [#v(1mm) #text(size: 11pt, data.support.join("   "))]
#if data.guess != "" [#v(1mm) #text(size: 10pt, data.guess)]
#v(1mm)
#text(size: 10pt)[#data.law.at(0) \ #data.law.at(1)]
#line(length: 100%, stroke: 1.6pt)

#for row in data.rows [
  #block(breakable: false, width: 100%, below: 3mm)[
    #if row.is_open [
      #grid(columns: (11mm, 1fr, auto), column-gutter: 2mm, align: (left, left, right),
        text(size: 17pt, weight: "bold", str(row.line)),
        [#text(size: 16pt, weight: "bold", row.name)#if row.hangul != "" [#h(6pt)#text(size: 16pt, lang: "ko", row.hangul)] \ #row.about#if row.home != "" [ \ #strong(row.home)]],
        text(size: 20pt, weight: "bold", row.phone))
      #text(size: 11pt, for each in data.codes [#item(each)#h(9pt, weak: true)])
      #v(-1mm)
      #for each in row.questions [#box[#strong[#each.nth.]#h(4pt)#if each.boxes == none [#blank(45mm)] else [#for one in each.boxes [#item(one)#h(7pt, weak: true)]]]#h(12pt, weak: true)]
      #v(-1mm)
      #text(size: 10.5pt)[#strong(data.keys.back) #data.labels.back #blank(38mm) #h(3mm) #strong(data.keys.language) #data.labels.language #blank(24mm) #h(3mm) #strong(data.keys.told) #data.labels.told #blank(24mm)]
      #v(-1mm)
      #text(size: 10.5pt, for each in data.wishes [#item(each)#h(9pt, weak: true)])
      #v(-1mm)
      #data.labels.note #box(width: 1fr, height: 11pt, stroke: (bottom: 0.6pt), baseline: 2pt)
    ] else [
      #text(size: 17pt, weight: "bold", str(row.line)) #h(4mm) #data.labels.not_called
    ]
    #v(-1mm)
    #line(length: 100%, stroke: 1pt)
  ]
]
`
