import { bleed, formats } from '../design/formats.ts'
import type { Layout } from '../design/print.ts'
import type { Drop } from '../drops/queries.ts'

/** What a printer has to know of paper, ink and order; in English, which every print shop reads. */
export function notesFor(drop: Drop, { design }: Layout): string {
  const { width, height } = formats[drop.kind]
  const isLarge = height > 4.25 || width > 6
  const counts = Object.entries(drop.by_language).map(([language, count]) => `  ${language === 'all' ? 'every language' : language}: ${count}`) // prettier-ignore
  return [
    drop.name,
    '',
    `Pieces: ${drop.pieces}`,
    ...counts,
    '',
    'FILES',
    'pieces-0001.pdf, pieces-0002.pdf …: two pages to a piece, first the side with the message, then the side with the address.',
    'The order of the pages is the order of the post: by ZIP code, street and number. Do not sort them anew.',
    'addresses.csv: one line to a piece, in the same order, with the file it is in.',
    'sample.pdf: the first pieces, to look at before the press runs.',
    '',
    'PAPER',
    `Trim ${width} × ${height} in. Pages are ${width + 2 * bleed} × ${height + 2 * bleed} in: bleed ${bleed} in on all sides, no crop marks.`,
    `At least ${isLarge ? '0.009' : '0.007'} in thick, at most 0.016 in.`,
    'No varnish or coating on the side with the address: the ink of the post must hold.',
    '',
    'INK',
    'Colours are RGB; convert to CMYK with your profile. Address, barcode and postage are black alone: keep them so.',
    design.mailer_id === ''
      ? 'No barcode is printed; the lower right corner (4.75 × 0.625 in) stays free for that of the post.'
      : 'Each piece has an Intelligent Mail barcode: print at 100 %, never scaled to fit.',
    design.postage === 'stamp'
      ? 'A stamp goes into the frame at the upper right.'
      : 'Postage is a permit imprint: hand them in at the post office of the permit.',
    '',
  ].join('\n')
}
