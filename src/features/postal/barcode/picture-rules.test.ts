import { Resvg } from '@resvg/resvg-js'
import { expect, test } from 'vitest'
import { picture } from '../../../platform/print/typst.ts'
import { printData, sidesOf, documentOf, type Layout } from '../design/print.ts'
import { sample } from '../design/queries.ts'
import { Design } from '../design/schema.ts'
import { pieceKinds, type PieceKind } from '../schema.ts'
import { barcodeIn, type Pixels } from './picture-rules.ts'

const design = Design.parse({
  headline: { en: 'Vote Tuesday, June 23', ko: '6월 23일(화)은 예비선거일입니다' },
  body: { en: 'Polls are open from 6 am to 9 pm.', ko: '투표소는 오전 6시부터 밤 9시까지 엽니다.' },
  mailer_id: '901234567',
  service_type: '300',
})
const layout = (kind: PieceKind): Layout => ({
  drop: { kind, return_name: 'Neighbors', return_address: '35-12 Union St\nFlushing NY 11354', attribution: {}, first_serial: 41 },
  design,
  written: ['en', 'ko'],
  picture: null,
  sizes: {},
}) // prettier-ignore
const printed = (kind: PieceKind): Promise<Uint8Array> =>
  picture({ ...documentOf(kind), data: printData(layout(kind), [sample], [found(sidesOf(kind).at(-1))], null) })
const found = <T>(value: T | undefined): T => value ?? expect.fail()

/** The piece as a camera sees it: so many dots wide, turned by some degrees, on a table of another colour, a shadow across it. */
function photographed(png: Uint8Array, { dots, turned }: { dots: number; turned: number }): Pixels {
  const view = Buffer.from(png)
  const [wide, high] = [view.readUInt32BE(16), view.readUInt32BE(20)]
  const height = Math.round((dots * high) / wide)
  const side = Math.ceil(Math.hypot(dots, height))
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}">
    <defs><linearGradient id="shadow"><stop offset="0" stop-color="#000" stop-opacity="0"/><stop offset="1" stop-color="#000" stop-opacity="0.45"/></linearGradient></defs>
    <rect width="100%" height="100%" fill="#8a6d4b"/>
    <g transform="rotate(${turned} ${side / 2} ${side / 2})"><image x="${(side - dots) / 2}" y="${(side - height) / 2}" width="${dots}" height="${height}" href="data:image/png;base64,${view.toString('base64')}"/></g>
    <rect width="100%" height="100%" fill="url(#shadow)"/></svg>`
  const drawn = new Resvg(svg, { font: { loadSystemFonts: false } }).render()
  return { width: drawn.width, height: drawn.height, data: drawn.pixels }
}

const expected = { tracking: '00300901234567000041', routing: '11355' }

test.each(pieceKinds)('the barcode of a %s is read from its picture, lying, askew, standing, upside down', async (kind) => {
  const png = await printed(kind)
  for (const turned of kind === 'postcard_4x6' ? [0, 3, -7, 90, 180, 272] : [1])
    expect(barcodeIn(photographed(png, { dots: 1300, turned })), `turned by ${turned}`).toEqual(expected)
}, 120_000) // prettier-ignore

test('from further away it is read too; from too far there is none, and never another', async () => {
  const png = await printed('postcard_4x6')
  expect(barcodeIn(photographed(png, { dots: 800, turned: 1 }))).toEqual(expected)
  for (const dots of [120, 240, 360, 480])
    expect([null, expected]).toContainEqual(barcodeIn(photographed(png, { dots, turned: 2 })))
})

test('a picture without a barcode has none', async () => {
  const png = await picture({ ...documentOf('postcard_6x9'), data: printData(layout('postcard_6x9'), [sample], ['message'], null) }) // prettier-ignore
  expect(barcodeIn(photographed(png, { dots: 900, turned: 0 }))).toBeNull()
})
