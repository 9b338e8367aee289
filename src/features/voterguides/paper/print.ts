import bwip from 'bwip-js/node'
import { pdf } from '../../../platform/print/typst.ts'
import { officialKinds } from '../../elections/officials/schema.ts'
import { isMapKind } from '../../geography/schema.ts'
import { addressOf, type Reading } from '../reading.tsx'
import { outside } from '../rules.ts'
import type { GuideContest } from '../schema.ts'
import { districtNames } from '../my-ballot/pages.tsx'
import { blocksOf, headOf, slateBlocks, type Block } from './blocks.ts'
import { withBoxes } from './boxes.ts'
import { imposedPdf } from './impose.ts'
import { cardSizes_pt, press, sheets, type PaperForm } from './schema.ts'
import { template } from './template.ts'

export interface Paper {
  form: PaperForm
  /** One contest alone; null: the whole guide. */
  contest: GuideContest | null
  /** Of which a reader chose their contests: 'nyc-council/20'. The readings have those alone. */
  districts?: readonly string[]
  /** For a print shop: colour beyond the edge, marks to trim by, four-colour inks. */
  is_press: boolean
}

/** A guide on paper, in one language or in two side by side. */
export async function guidePdf(readings: readonly [Reading, ...Reading[]], { form, contest, districts = [], is_press }: Paper, now: Date): Promise<Uint8Array<ArrayBuffer>> {
  if (form === 'imposed') {
    // A print shop puts pages together itself: for it they are in order.
    const booklet = await guidePdf(readings, { form: 'booklet', contest, districts, is_press: false }, now)
    return imposedPdf(booklet, now)
  }
  const [r] = readings
  const { is_short, ...sheet } = sheets[form]
  const path = contest ? `${r.path}/contests/${contest.contest_id}` : r.path
  const chosen = inAddress(r.content.contests, districts).map((each): [string, string] => ['d', each])
  const data = {
    ...sheet,
    form,
    is_press,
    press,
    heads: readings.map((each) => headOf(each, contest)),
    sides: readings.map((each) => [
      ...ofDistricts(each, districts),
      ...(form === 'palm' && !contest ? slateBlocks(each) : blocksOf(each, contest, { is_short, is_card: form === 'palm' })),
    ]),
    qr: qrRows(`${r.url}${addressOf(path, r.language, chosen)}`),
  }
  const made = form === 'palm' ? await cardPdf(data, now) : await pdf({ template, data, made_at: now })
  return is_press ? withBoxes(made) : made
} // prettier-ignore

/** Front and back in the largest letters that fit; of what fits in none, as many pages as it takes. */
async function cardPdf(data: object, now: Date): Promise<Uint8Array<ArrayBuffer>> {
  const { PDFDocument } = await import('pdf-lib')
  const drawn = (size_pt: number) => pdf({ template, data: { ...data, size_pt }, made_at: now })
  const fits = async (made: Uint8Array) => (await PDFDocument.load(made)).getPageCount() <= 2
  const [largest, ...smaller] = cardSizes_pt
  const first = await drawn(largest)
  if (await fits(first)) return first
  for (const size_pt of smaller) {
    const made = await drawn(size_pt)
    if (await fits(made)) return made
  }
  return first
}

/** Chosen districts that lead somewhere. Whatever else an address names is not printed under an organization's name. */
export const inAddress = (contests: readonly Pick<GuideContest, 'district_kind' | 'district'>[], districts: readonly string[]): string[] =>
  districts.filter((each) => {
    const [kind = '', district] = each.split('/')
    const isKnown = (officialKinds as readonly string[]).includes(kind)
    return isMapKind(kind) || (isKnown && district === outside) || contests.some((its) => its.district_kind === kind && its.district === district)
  }) // prettier-ignore

/** Whose contests these are, where a district is among what was chosen. */
function ofDistricts({ t }: Reading, districts: readonly string[]): Block[] {
  const names = districtNames(t, districts)
  return names.length > 0 ? [{ is: 'small', text: t('voterguides.mine_chosen', { names: names.join(', ') }) }] : []
}

/** The squares of a QR code by row, as letters: drawn in the ink of the text, which a picture would not be. */
function qrRows(text: string): string[] {
  const [{ pixs, pixx }] = bwip.raw({ bcid: 'qrcode', text }) as unknown as [{ pixs: number[]; pixx: number }] // prettier-ignore
  return Array.from({ length: pixs.length / pixx }, (_, row) => pixs.slice(row * pixx, (row + 1) * pixx).join(''))
}
