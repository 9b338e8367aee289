import bwip from 'bwip-js/node'
import { pdf } from '../../../platform/print/typst.ts'
import { addressOf, type Reading } from '../reading.tsx'
import type { GuideContest } from '../schema.ts'
import { blocksOf, headOf } from './blocks.ts'
import { imposedPdf } from './impose.ts'
import { sheets, type PaperForm } from './schema.ts'
import { template } from './template.ts'

export interface Paper {
  form: PaperForm
  /** One contest alone; null: the whole guide. */
  contest: GuideContest | null
  /** For a print shop: colour beyond the edge, marks to trim by, four-colour inks. */
  is_press: boolean
}

/** A guide on paper, in one language or in two side by side. */
export async function guidePdf(readings: readonly [Reading, ...Reading[]], { form, contest, is_press }: Paper, now: Date): Promise<Uint8Array<ArrayBuffer>> {
  if (form === 'imposed') {
    // A print shop puts pages together itself: for it they are in order.
    const booklet = await guidePdf(readings, { form: 'booklet', contest, is_press: false }, now)
    return imposedPdf(booklet, now)
  }
  const [r] = readings
  const { is_short, ...sheet } = sheets[form]
  const path = contest ? `${r.path}/contests/${contest.contest_id}` : r.path
  const data = {
    ...sheet,
    form,
    is_press,
    heads: readings.map((each) => headOf(each, contest)),
    sides: readings.map((each) => blocksOf(each, contest, is_short)),
    qr: qrRows(`${r.url}${addressOf(path, r.language)}`),
  }
  return pdf({ template, data, made_at: now })
} // prettier-ignore

/** The squares of a QR code by row, as letters: drawn in the ink of the text, which a picture would not be. */
function qrRows(text: string): string[] {
  const [{ pixs, pixx }] = bwip.raw({ bcid: 'qrcode', text }) as unknown as [{ pixs: number[]; pixx: number }] // prettier-ignore
  return Array.from({ length: pixs.length / pixx }, (_, row) => pixs.slice(row * pixx, (row + 1) * pixx).join(''))
}
