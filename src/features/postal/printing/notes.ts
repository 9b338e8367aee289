import { envelope, formats } from '../design/formats.ts'
import type { Layout } from '../design/print.ts'
import type { Drop } from '../drops/queries.ts'
import { noticeOf } from '../lanes/rules.ts'
import type { PieceKind } from '../schema.ts'
import { minimumsOn, thresholdOn, type Threshold } from '../sorting/minimums.ts'
import { summaryOf, type Run } from '../sorting/rules.ts'
import type { Postage } from '../design/schema.ts'
import { cardSheet } from '../labels/sheets.ts'
import type { Sorting } from './commands.ts'
import { isForHome, sheetsName } from './files.ts'

/** What a printer has to know of paper, ink and order; in English, which every print shop reads. */
export function notesFor(drop: Drop, { design }: Layout, { runs, today }: Sorting): string {
  const { width, height, bleed } = formats[drop.kind]
  const counts = Object.entries(drop.by_language).map(([language, count]) => `  ${language === 'all' ? 'every language' : language}: ${count}`) // prettier-ignore
  return [
    drop.name,
    '',
    `Pieces: ${drop.pieces}`,
    ...counts,
    '',
    'FILES',
    filesOf[drop.kind],
    ...(isForHome(drop)
      ? [
          `${sheetsName}: the same cards, two to a sheet of Avery ${cardSheet.part}, for a printer that prints both sides (turned at the long edge).`,
        ]
      : []),
    'The order of the pages is the order of the post: by tray and bundle, then ZIP code, street and number. Do not sort them anew.',
    'addresses.csv: one line to a piece, in the same order, with the file it is in, its tray and its bundle. Break says TRAY or BUNDLE where one begins: cut the stack before that piece.',
    'trays.csv: each tray with its pieces and bundles.',
    'sample.pdf: the first pieces, to look at before the press runs.',
    '',
    ...presortOf(drop, design.postage, runs, today),
    ...politicalOf(drop, today),
    'PAPER',
    bleed > 0
      ? `Trim ${width} × ${height} in. Pages are ${width + 2 * bleed} × ${height + 2 * bleed} in: bleed ${bleed} in on all sides, no crop marks.`
      : `US Letter, ${width} × ${height} in, no bleed.`,
    ...paper[drop.kind],
    '',
    'INK',
    'Colors are RGB; convert to CMYK with your profile. Address, barcode and postage are black alone: keep them so.',
    design.mailer_id === ''
      ? `No barcode is printed${drop.kind === 'letter_10' ? '' : '; the lower right corner (4.75 × 0.625 in) stays free for that of the post'}.`
      : 'Each piece has an Intelligent Mail barcode: print at 100 %, never scaled to fit.',
    design.postage === 'stamp'
      ? 'A stamp goes to the upper right.'
      : 'Postage is a permit imprint: hand them in at the post office of the permit.',
    '',
  ].join('\n')
}

/** How it falls into trays, and whether it is large enough for the class of mail. */
function presortOf({ pieces, mailed_on }: Drop, postage: Postage, runs: readonly Run[], today: string): string[] {
  const day = mailed_on ?? today
  const trays = summaryOf(runs, day)
  const [tray, bundle] = [thresholdOn('tray', day), thresholdOn('bundle', day)]
  const of = (digits: number): string => {
    const some = trays.filter((each) => each.tray.length === digits)
    return `${some.length} (${some.reduce((sum, each) => sum + each.pieces, 0)} pieces)`
  }
  const least = minimumsOn(day).find((each) => each.postage === postage)
  const enough = least && (pieces >= least.pieces ? 'enough' : `${least.pieces - pieces} too few`)
  return [
    'PRESORT',
    `Trays to one ZIP code: ${of(5)}; to the same first three digits: ${of(3)}; mixed: ${of(0)}.`,
    `A tray of its own from ${tray.pieces} pieces (${said(tray)}), a bundle from ${bundle.pieces} (${said(bundle)}); bundles are for trays that do not get full.`,
    ...(least ? [`This postage needs at least ${least.pieces === 1 ? '1 piece' : `${least.pieces} pieces`} (${least.source}, as of ${least.from}): ${enough}.`] : []),
    'This is no presort by the rules of the post: certified software or your mail house does that and makes the documents.',
    '',
  ]
} // prettier-ignore

const said = ({ source, from, confidence }: Threshold): string =>
  `${source}, as of ${from}${confidence === 'unverified' ? ', not checked against the text' : ''}`

const lanes: Record<Drop['lane'], string | null> = {
  non_partisan: null,
  member_communication: null,
  independent: 'independent of any candidate',
  coordinated: 'agreed with a candidate',
}

/** The post hurries political mail that is tagged, and a union label or a disclaimer must not be cut off. */
function politicalOf(drop: Drop, today: string): string[] {
  const work = lanes[drop.lane]
  if (work === null) return []
  const { en = '' } = drop.attribution
  // A line that somebody let pass is what is printed, and not what the law asks.
  const line =
    noticeOf(drop, today) === null ? `Printed on each piece, as the law asks: ${en}` : `Printed on each piece: ${en}`
  return ['POLITICAL MAIL', `Work ${work}. Tag the trays as political campaign mail (red tag 57).`, ...(en === '' ? [] : [line]), ''] // prettier-ignore
}

const sidesFiles =
  'pieces-0001.pdf, pieces-0002.pdf …: two pages to a piece, first the side with the message, then the side with the address.'
const filesOf: Record<PieceKind, string> = {
  postcard_4x6: sidesFiles,
  postcard_6x9: sidesFiles,
  self_mailer: sidesFiles.replace('the side with the message', 'the inside').replace('the side with the address', 'the outside'),
  letter_10: 'pieces-0001.pdf, pieces-0002.pdf …: letters, each from a new sheet on; where one ends on the front of a sheet, a blank page follows it. Print on both sides.',
} // prettier-ignore

const card = (thick: string) => [
  `At least ${thick} in thick, at most 0.016 in.`,
  'No varnish or coating on the side with the address: the ink of the post must hold.',
]
const paper: Record<PieceKind, readonly string[]> = {
  postcard_4x6: card('0.007'),
  postcard_6x9: card('0.009'),
  self_mailer: [
    `Fold once, ${formats.self_mailer.folds[0]} in from the upper edge, outside outward: the fold lies below the address. Folded 8.5 × 5.5 in.`,
    'Close the upper edge with two tabs, one at each side; no staples. Ask your mail house for the weight of paper and the tabs the post asks for now.',
  ],
  letter_10: [
    `Fold twice, ${formats.letter_10.folds.join(' and ')} in from the upper edge, the head of the letter outward; the address shows in the window.`,
    `Envelope #10 with one window (${envelope.window.width} × ${envelope.window.height} in, ${envelope.window.left} in from the left, ${envelope.window.bottom} in from the bottom). Fold one and try it before the press runs.`,
    'envelope.pdf is what is printed on the envelope: return address, postage, and what the post does with mail it cannot deliver.',
  ],
}
