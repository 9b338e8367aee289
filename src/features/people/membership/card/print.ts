import bwip from 'bwip-js/node'
import { formatDate } from '../../../../platform/i18n/formats.ts'
import { localized, type LocalizedText } from '../../../../platform/i18n/languages.ts'
import type { Translate } from '../../../../platform/i18n/messages.ts'
import { pdf, picture } from '../../../../platform/print/typst.ts'
import { shownName } from '../../rules.ts'
import '../messages.ts'
import type { Card } from './queries.ts'

interface CardWords {
  organization: string
  title: string
  name: string
  other_name: string
  kind: string
  until: string
  /** Address of the card on the phone. */
  address: string
  language: string
}

/** A card of the size of a bank card, on a letter page with lines to cut along. */
export const cardPdf = (words: CardWords, now: Date) =>
  pdf({
    template,
    data: { ...words, qr: bwip.toSVG({ bcid: 'qrcode', text: words.address }) },
    made_at: now,
  })

/** The card as a picture (PNG) of the shape of a phone's screen, which a phone keeps among its photos. */
export const cardPicture = (words: CardWords): Promise<Uint8Array<ArrayBuffer>> =>
  picture({ template: phone, data: { ...words, qr: bwip.toSVG({ bcid: 'qrcode', text: words.address }) } })

export const kindsText = (t: Translate, { kinds }: Card): string =>
  kinds.map((name) => localized(name, t.language).text).join(', ')

export const wordsOf = (t: Translate, card: Card, organization: LocalizedText, address: string): CardWords => {
  const name = shownName(card.name, card.name_hangul, t.language)
  return {
    organization: localized(organization, t.language).text,
    title: t('membership.card.title'),
    name: name.main,
    other_name: name.other ?? '',
    kind: kindsText(t, card),
    until: card.paid_until ? t('membership.dues.until', { date: formatDate(t.language, card.paid_until) }) : '',
    address,
    language: t.language,
  }
}

const phone = String.raw`
#set page(width: 360pt, height: 640pt, margin: 28pt, fill: rgb("#f3f5f9"))
#set text(size: 16pt, lang: data.language, fill: rgb("#16202e"))
#set par(leading: 0.6em)
#block(width: 100%, height: 100%, fill: white, radius: 20pt, inset: 24pt, stroke: 1pt + rgb("#d5dbe5"))[
  #set align(center)
  #text(size: 17pt, weight: "bold", data.organization)
  #v(2pt)
  #text(size: 13pt, data.title)
  #v(1fr)
  #text(size: 27pt, weight: "bold", data.name)
  #if data.other_name != "" [#v(-6pt) #text(size: 17pt, data.other_name)]
  #v(6pt)
  #text(weight: "semibold", data.kind)
  #if data.until != "" [#v(-6pt) #text(size: 14pt, data.until)]
  #v(1fr)
  #image(bytes(data.qr), format: "svg", width: 190pt)
]
`

const template = String.raw`
#set page(paper: "us-letter", margin: 20mm)
#set text(size: 9.5pt, lang: data.language)
#rect(width: 85.6mm, height: 54mm, radius: 3mm, inset: 5mm, stroke: (paint: luma(120), thickness: 0.6pt, dash: "dashed"))[
  #grid(columns: (1fr, 24mm), column-gutter: 3mm,
    [
      #text(size: 10.5pt, weight: "bold", data.organization)
      #v(0.5mm)
      #text(size: 8.5pt, data.title)
      #v(3mm)
      #text(size: 14pt, weight: "bold", data.name) \
      #text(size: 10.5pt, data.other_name)
      #v(2mm)
      #text(weight: "semibold", data.kind) \
      #data.until
    ],
    align(right + horizon, image(bytes(data.qr), format: "svg", width: 24mm)))
]
`
