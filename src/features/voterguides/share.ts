import { isPublicLanguage, localized, type LocalizedText, type PublicLanguage } from '../../platform/i18n/languages.ts'
import { picture } from '../../platform/print/typst.ts'
import { contestName, electionTitle } from '../elections/contests/pages/words.tsx'
import './messages.ts'
import { candidateName } from './reading.tsx'
import type { Content, GuideContest } from './schema.ts'
import { publicDate } from '../../platform/i18n/public.ts'
import { publicTranslator } from './translate.ts'

/** Dots of a card, as sites that show links want it. */
export const cardSize = { width: 1200, height: 630 } as const

/** Names that have room on a card. */
const mostNames = 6

/** The language a card is drawn in. */
const drawnIn = (language: string): PublicLanguage => (isPublicLanguage(language) ? language : 'en')

/** What a link looks like where it is passed on: a guide, or one contest with who runs. No mark of anybody stands on it. */
export function cardPicture(content: Content, contest: GuideContest | null, organization: LocalizedText, wished: string): Promise<Uint8Array<ArrayBuffer>> {
  const language = drawnIn(wished)
  const t = publicTranslator(language)
  const text = (of: LocalizedText): string => localized(of, language).text
  const names = contest
    ? contest.candidates.map((each) => candidateName({ language }, each))
    : content.contests.map((each) => contestName(t, each))
  const rest = names.length - mostNames
  return picture({
    template,
    data: {
      language,
      organization: text(organization),
      above: contest ? text(content.title) : electionTitle(t, content.election),
      title: contest ? contestName(t, contest) : text(content.title),
      names: names.slice(0, mostNames),
      rest: rest > 0 ? t(contest ? 'voterguides.card_rest' : 'voterguides.card_rest_contests', { count: rest }) : '',
      date: publicDate(language, content.election.held_on),
      says: t('voterguides.card_says'),
    },
  })
} // prettier-ignore

/* A point is three dots. Long names shrink rather than leave the card. */
const template = String.raw`
#set page(width: 400pt, height: 210pt, margin: 0pt, fill: rgb("#ffffff"))
#set text(size: 13pt, lang: data.language, fill: rgb("#16202e"))
#set par(leading: 0.5em, spacing: 0.6em)
#let fitted(content, most, sizes) = context {
  let width = 352pt
  let size = sizes.find(each => measure(width: width, text(size: each, content)).height <= most)
  block(width: width, height: auto, text(size: if size == none { sizes.last() } else { size }, content))
}
#place(top + left, rect(width: 100%, height: 10pt, fill: rgb("#1d4ed8")))
#block(width: 100%, height: 100%, inset: (x: 24pt, top: 26pt, bottom: 18pt))[
  #text(size: 12pt, weight: "semibold", fill: rgb("#1d4ed8"), data.above)
  #v(2pt)
  #fitted(text(weight: "bold", data.title), 62pt, (26pt, 22pt, 18pt, 15pt))
  #v(4pt)
  #fitted([#data.names.join(" · ")#if data.rest != "" [ #data.rest]], 54pt, (15pt, 13pt, 11pt, 9pt))
  #v(1fr)
  #grid(columns: (1fr, auto), column-gutter: 12pt, align: bottom,
    text(size: 11pt, data.organization),
    align(right)[#text(size: 11pt, data.says) \ #text(size: 13pt, weight: "bold", data.date)])
]
`
