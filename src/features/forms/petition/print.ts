import { formatDateTime } from '../../../platform/i18n/formats.ts'
import { localized, type LocalizedText } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { pdf } from '../../../platform/print/typst.ts'
import { shownName } from '../rules.ts'
import type { FormContent, Petition } from '../schema.ts'
import { whereText } from '../words.ts'
import type { SignatureCounts, SignatureRow } from './queries.ts'

type Signed = Pick<SignatureRow, 'signer' | 'shown_as' | 'source' | 'confirmed_at' | 'withdrawn_at'>

/**
 * One row for each signer, of rows with the newest first. As on the public page, what was confirmed or signed on paper last
 * says how the name may be shown: somebody else's signature in that name does not.
 */
export function signersOf<Row extends Signed>(rows: readonly Row[]): Row[] {
  const standing = rows.filter((row) => !row.withdrawn_at)
  return [...Map.groupBy(standing, ({ signer }) => signer).values()].flatMap((same) => {
    const row = same.find(({ confirmed_at, source }) => confirmed_at !== null || source === 'paper') ?? same[0]
    return row ? [row] : []
  })
}

interface SignaturePrint {
  t: Translate
  content: FormContent
  petition: Petition
  organization: LocalizedText
  counts: SignatureCounts
  rows: readonly SignatureRow[]
  /** Older entries that are not among the rows. */
  left_out: number
  now: Date
  time_zone: string
}

/** The petition with its signers, for handing over: names only as their owners let them be shown, of addresses the ZIP alone, and of the voter file the sum. */
export function signaturesPdf({
  t,
  content,
  petition,
  organization,
  counts,
  rows,
  left_out,
  now,
  time_zone,
}: SignaturePrint) {
  const { language } = t
  const counted = signersOf(rows)
  const named = counted.flatMap((row) => {
    const name = shownName(row.said, row.shown_as)
    return name ? [{ row, name }] : []
  })
  const data = {
    title: localized(content.title, language).text,
    to: localized(petition.addressed_to, language).text,
    demand: localized(petition.demand, language).text,
    organization: localized(organization, language).text,
    sentence: t('signatures.sentence', {
      signatures: counts.signatures,
      confirmed: counts.confirmed,
      registered: counts.registered,
      where: whereText(t, petition),
    }),
    made: t('signatures.print_made', { when: formatDateTime(language, now, time_zone) }),
    unnamed:
      counted.length > named.length ? t('signatures.print_unnamed', { count: counted.length - named.length }) : '',
    cut: left_out > 0 ? t('signatures.print_cut', { count: left_out }) : '',
    head: [t('signatures.print_no'), t('forms.col.name'), t('forms.csv.zip5'), t('signatures.mail')],
    lines: named.map(({ row, name }, at) => [
      String(at + 1),
      name,
      row.said.zip5 ?? '',
      row.confirmed_at ? t('common.yes') : '',
    ]),
  }
  return pdf({ template, data, made_at: now })
}

const template = String.raw`
#let d = data
#set page(paper: "us-letter", margin: 2cm, numbering: "1 / 1")
#set text(size: 10.5pt)
#text(size: 18pt, weight: "bold", d.title)

*#d.to*

#d.demand

#text(weight: "bold", d.sentence)

#d.organization · #d.made

#show table.cell: set block(breakable: false)
#table(
  columns: (auto, 1fr, auto, auto),
  stroke: (x, y) => (bottom: 0.4pt + gray),
  table.header(..d.head.map(h => text(weight: "bold", h))),
  ..d.lines.flatten().map(cell => [#cell]),
)

#d.unnamed

#text(weight: "bold", d.cut)
`
