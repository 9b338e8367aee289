import { localized, type LocalizedText } from '../../platform/i18n/languages.ts'
import type { Translate } from '../../platform/i18n/messages.ts'
import { pdf } from '../../platform/print/typst.ts'
import type { Event, SignupRow } from './queries.ts'
import { tagsOf, type WhoseTags } from './rules.ts'

/** Name tags, eight on a page of letter paper (4 by 2½ inches each), Hangul large where it is known. */
export function tagsPdf(
  event: Event,
  rows: readonly SignupRow[],
  { whose, organization, t, now }: { whose: WhoseTags; organization: LocalizedText; t: Translate; now: Date },
): Promise<Uint8Array<ArrayBuffer>> {
  const data = {
    title: localized(event.content.title, t.language).text,
    organization: localized(organization, t.language).text,
    tags: tagsOf(rows, whose).map(({ large, small, guest_of }) => ({
      large,
      small,
      guest_of: guest_of ? t('events.guest_of', { name: guest_of }) : '',
    })),
  }
  return pdf({ template, data, made_at: now })
}

const template = String.raw`
#set page(paper: "us-letter", margin: (x: 0.25in, y: 0.5in))
#grid(
  columns: (4in, 4in),
  rows: 2.5in,
  stroke: 0.3pt + luma(180),
  ..data.tags.map(tag => block(width: 100%, height: 100%, inset: 10pt, [
    #set align(center)
    #text(size: 9pt, data.organization)
    #v(1fr)
    #if tag.large == "" [#v(26pt) #line(length: 80%, stroke: 0.6pt + luma(120))] else [
      #text(size: if tag.large.clusters().len() > 14 { 20pt } else { 30pt }, weight: "bold", tag.large)
      #linebreak()
      #text(size: 15pt, tag.small)
    ]
    #if tag.guest_of != "" [#linebreak() #text(size: 11pt, tag.guest_of)]
    #v(1fr)
    #text(size: 9pt, data.title)
  ]))
)
`
