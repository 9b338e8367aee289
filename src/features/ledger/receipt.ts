import { formatDate, formatMoney } from '../../platform/i18n/formats.ts'
import { localized, type LocalizedText } from '../../platform/i18n/languages.ts'
import type { Translate } from '../../platform/i18n/messages.ts'
import { pdf } from '../../platform/print/typst.ts'
import type { Entry } from './queries.ts'
import { receiptName } from './rules.ts'

interface ReceiptPrint {
  /** In the language the receipt is read in. */
  t: Translate
  entry: Entry
  /** The payment a refund belongs to. */
  first: Entry | null
  organization: LocalizedText
  now: Date
}

/** A receipt as it is handed over: half a letter page, so that two fit on one when cut. */
export function receiptPdf({ t, entry, first, organization, now }: ReceiptPrint) {
  const name = localized(organization, t.language).text
  const lines: [string, string][] = [
    [t(entry.kind === 'payment' ? 'ledger.receipt.from' : 'ledger.receipt.to'), entry.payer],
    [t('ledger.on_date'), formatDate(t.language, entry.on_date)],
    [t('ledger.way'), [t(`ledger.way.${entry.way}`), entry.reference].filter(Boolean).join(' · ')],
    [t('ledger.what'), localized(entry.what, t.language).text],
    ...(first ? [[t('ledger.belongs_to'), receiptName(first)] as [string, string]] : []),
    ...(entry.kind === 'payment' ? [] : [[t('ledger.note'), entry.note ?? ''] as [string, string]]),
    [t('ledger.recorded_by'), entry.recorded_by],
  ]
  const data = {
    language: t.language,
    organization: name,
    title: t(`ledger.receipt.title.${entry.kind}`),
    number: t('ledger.receipt.number', { number: receiptName(entry) }),
    amount_label: t('ledger.amount'),
    amount: formatMoney(Math.abs(entry.amount_cents)),
    lines,
    thanks: entry.kind === 'payment' ? t('ledger.receipt.thanks', { organization: name }) : '',
  }
  return pdf({ template, data, made_at: now })
}

const template = String.raw`
#set page(width: 8.5in, height: 5.5in, margin: (x: 16mm, y: 14mm))
#set text(size: 11pt, lang: data.language)
#grid(columns: (1fr, auto), align: (left, right),
  text(size: 15pt, weight: "bold", data.organization),
  [#text(size: 15pt, weight: "bold", data.title) \ #text(size: 11pt, data.number)])
#v(3mm)
#line(length: 100%, stroke: 0.6pt)
#v(3mm)
#text(size: 10pt, data.amount_label) \
#text(size: 24pt, weight: "bold", data.amount)
#v(2mm)
#grid(columns: (38mm, 1fr), row-gutter: 3mm,
  ..data.lines.map(((label, value)) => (text(size: 10pt, label), text(weight: "semibold", value))).flatten())
#v(1fr)
#text(size: 10.5pt, data.thanks)
`
