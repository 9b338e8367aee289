import { expect, test } from 'vitest'
import { pdf, said } from '../../../platform/print/typst.ts'
import { pieceKinds, type PieceKind } from '../schema.ts'
import { bars, envelope, formats, windowOn } from './formats.ts'
import { fittingOf, largest, printData, sidesOf, smallest, documentOf, type Layout } from './print.ts'
import { sample } from './queries.ts'
import { Design } from './schema.ts'

const layout = (kind: PieceKind, paragraphs: number): Layout => {
  const body = (text: string) => Array.from({ length: paragraphs }, () => text).join('\n\n')
  return {
    drop: { kind, return_name: 'Neighbors', return_address: '35-12 Union St\nFlushing NY 11354', attribution: { en: 'Paid for by Neighbors', ko: '비용 부담: 이웃들' }, first_serial: 0 },
    design: Design.parse({
      headline: { en: 'You may vote from home', ko: '집에서도 투표할 수 있습니다' },
      body: { en: body('Every voter of New York may ask for an early mail ballot. No reason is needed.'), ko: body('뉴욕의 유권자는 누구나 조기 우편투표용지를 신청할 수 있습니다.') },
      mailer_id: '901234567', service_type: '300',
    }),
    written: ['en', 'ko'],
    picture: null,
    sizes: {},
  } // prettier-ignore
}
const pagesOf = async (paragraphs: number, languages: string[]): Promise<number> => {
  const pieces = languages.map((language) => ({ ...sample, language }))
  const data = printData(layout('letter_10', paragraphs), pieces, sidesOf('letter_10'), null)
  const file = await pdf({ ...documentOf('letter_10'), data, made_at: new Date(0) })
  return (
    Buffer.from(file)
      .toString('latin1')
      .match(/\/Type \/Page\b/g)?.length ?? 0
  )
}

test('the empty back before the next letter has no number', async () => {
  const document = documentOf('letter_10')
  const template = document.template.replace('align(center, text(size: 10pt, str(nth)))', '[#metadata(nth) <numbered>]')
  const numbers = async (languages: string[]): Promise<unknown[]> => {
    const pieces = languages.map((language) => ({ ...sample, language }))
    const data = printData(layout('letter_10', 1), pieces, sidesOf('letter_10'), null)
    return said({ ...document, template, data }, 'numbered')
  }
  expect(await numbers(['en', 'ko', 'en'])).toEqual([])
  expect(await numbers(['all', 'en', 'all'])).toEqual([2, 2])
})

test('wherever a letter slips in its envelope, what shows always lies within the window', () => {
  const { seen } = windowOn(formats.letter_10)
  const [panel = 0, second = 0] = formats.letter_10.folds
  const { left, bottom, width, height } = envelope.window
  for (const across of [0, envelope.width - formats.letter_10.width])
    for (const up of [0, envelope.height - panel]) {
      const from_left = seen.left + across
      const from_bottom = panel - seen.top - seen.height + up
      expect(from_left).toBeGreaterThanOrEqual(left)
      expect(from_left + seen.width).toBeLessThanOrEqual(left + width + 1e-9)
      expect(from_bottom).toBeGreaterThanOrEqual(bottom - 1e-9)
      expect(from_bottom + seen.height).toBeLessThanOrEqual(bottom + height + 1e-9)
    }
  // The barcode with what must be free at its sides.
  expect(64 * bars.pitch + bars.width + 2 * bars.aside).toBeLessThan(seen.width)
  // The panel that is folded in last is the smallest.
  expect(formats.letter_10.height - second).toBeLessThanOrEqual(panel)
})

test('a letter has as many pages as its words need, and each begins on a new sheet', async () => {
  expect(await pagesOf(2, ['en'])).toBe(1)
  expect(await pagesOf(2, ['en', 'ko', 'en'])).toBe(5)
  // Every language on a page of its own, the second on the back of the first.
  expect(await pagesOf(2, ['all', 'all'])).toBe(4)
  expect(await pagesOf(20, ['en'])).toBe(2)
})

test.each(pieceKinds)('words too long for a %s are told by language', async (kind) => {
  const fits = async (paragraphs: number) => {
    const each = ['all', 'en', 'ko'].map((language) => ({ ...sample, language }))
    const data = { ...printData(layout(kind, paragraphs), each, ['message'], null), largest, smallest }
    const told = (await said({ template: fittingOf(kind), data }, 'fit')) as { language: string; fits: boolean }[]
    return Object.fromEntries(told.map((fit) => [fit.language, fit.fits]))
  }
  expect(await fits(1)).toEqual({ all: true, en: true, ko: true })
  // The longest a form takes, of which each Korean word is kept together.
  const longest = await fits(Math.floor(formats[kind].longest / 38))
  if (kind === 'postcard_4x6' || kind === 'letter_10') expect(longest).toMatchObject({ all: false, ko: false })
  else expect(Object.keys(longest)).toHaveLength(3)
})
