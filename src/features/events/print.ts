import { localized, type LocalizedText } from '../../platform/i18n/languages.ts'
import { pdf } from '../../platform/print/typst.ts'
import type { Event, SignupRow } from './queries.ts'

/** Name tags for whoever has a seat, eight on a page of letter paper (4 by 2½ inches each), Hangul large where it is known. */
export function tagsPdf(
  event: Event,
  rows: readonly SignupRow[],
  { organization, language, now }: { organization: LocalizedText; language: string; now: Date },
): Promise<Uint8Array<ArrayBuffer>> {
  const data = {
    title: localized(event.content.title, language).text,
    organization: localized(organization, language).text,
    tags: rows.map(({ first_name, last_name, name_hangul }) => {
      const roman = [first_name, last_name].filter(Boolean).join(' ')
      return { large: name_hangul ?? roman, small: name_hangul ? roman : '' }
    }),
  }
  return pdf({ template, data, made_at: now })
}

const template = String.raw`
#set page(paper: "us-letter", margin: (x: 0.25in, y: 0.5in))
#set align(center + horizon)
#grid(
  columns: (4in, 4in),
  rows: 2.5in,
  stroke: 0.3pt + luma(180),
  ..data.tags.map(tag => block(width: 100%, height: 100%, inset: 10pt, [
    #text(size: 9pt, data.organization)
    #v(1fr)
    #text(size: if tag.large.clusters().len() > 14 { 20pt } else { 30pt }, weight: "bold", tag.large)
    #linebreak()
    #text(size: 15pt, tag.small)
    #v(1fr)
    #text(size: 9pt, data.title)
  ]))
)
`
