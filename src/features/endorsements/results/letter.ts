import encodeQR from 'qr'
import { dateIn } from '../../../platform/clock.ts'
import { formatDate } from '../../../platform/i18n/formats.ts'
import { localized, type Language, type LocalizedText } from '../../../platform/i18n/languages.ts'
import { translator } from '../../../platform/i18n/messages.ts'
import { pdf } from '../../../platform/print/typst.ts'
import type { OnBallot } from '../ballots/schema.ts'
import { heldName } from '../cycles/words.ts'
import type { ContestHeld } from '../cycles/queries.ts'
import type { LetterText } from './queries.ts'
import { filledIn } from './rules.ts'
import type { LetterKind } from './schema.ts'
import { usualLetters } from './usual-letters.ts'

interface Written {
  kind: LetterKind
  language: Language
  /** The organization's own words; null: the usual ones. */
  own: Pick<LetterText, 'subject' | 'body'> | null
  candidate: OnBallot
  held: ContestHeld | undefined
  organization: LocalizedText
  statement: LocalizedText
  /** Where the result stands. */
  page: string
}

/** A letter to one candidate in a language. */
export function letterTo({ kind, language, own, candidate, held, organization, statement, page }: Written) {
  const usual = usualLetters[kind][language]
  const words = {
    candidate: candidate.names[language] ?? candidate.name,
    contest: held ? heldName(translator(language), held) : '',
    organization: localized(organization, language).text,
    statement: statement[language] ?? '',
    page: `${page}?lang=${language}`,
  }
  return {
    subject: filledIn(own?.subject[language] ?? usual.subject, words),
    body: filledIn(own?.body[language] ?? usual.body, words),
  }
}

interface Sheet {
  language: Language
  subject: string
  body: string
}

/** The letter on paper. */
export function letterPdf(
  { language, subject, body }: Sheet,
  { name, time_zone }: { name: LocalizedText; time_zone: string },
  now: Date,
  /** An address to open from the paper. */
  link: string | null = null,
) {
  const data = {
    language,
    organization: localized(name, language).text,
    date: formatDate(language, dateIn(time_zone, now)),
    subject,
    paragraphs: body.split(/\n{2,}/).map((each) => each.split('\n')),
    qr: link && encodeQR(link, 'svg'),
  }
  return pdf({ template, data, made_at: now })
}

const template = String.raw`
#set page(paper: "us-letter", margin: (x: 1.1in, y: 1in))
#set text(size: 11.5pt, lang: data.language)
#set par(leading: 0.85em, spacing: 1.4em)
#grid(columns: (1fr, auto), align: (left + bottom, right + bottom),
  text(size: 15pt, weight: "bold", data.organization), text(size: 10.5pt, data.date))
#v(2mm)
#line(length: 100%, stroke: 0.6pt)
#v(10mm)
#text(weight: "bold", size: 13pt, data.subject)
#v(4mm)
#for lines in data.paragraphs { par(lines.map(line => [#line]).join(linebreak())) }
// Below the words, at the foot of the page: on the next one where they leave no room.
#if data.qr != none { v(1fr); align(right, block(breakable: false, image(bytes(data.qr), format: "svg", width: 34mm))) }
`
