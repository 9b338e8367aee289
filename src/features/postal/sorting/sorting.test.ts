import { expect, test } from 'vitest'
import { textsOf } from '../../../platform/print/testing.ts'
import { sample } from '../design/queries.ts'
import { labelsOf, labelsPdf, senderLabels } from '../labels/print.ts'
import { cardSheet, senderSheet, sheets } from '../labels/sheets.ts'
import { minimumsOn } from './minimums.ts'
import { marker, placeKey, placer, placesOf, summaryOf, type Run } from './rules.ts'

const on = '2026-11-23'

test('trays and bundles follow on one another, and it is marked where one begins', () => {
  const by_zip = [
    { zip5: '07024', pieces: 5 },
    { zip5: '11354', pieces: 150 },
    { zip5: '11355', pieces: 140 },
    { zip5: '11361', pieces: 9 },
    { zip5: '11362', pieces: 1 },
    { zip5: '10001', pieces: 20 },
  ]
  const places = placesOf(by_zip, on)
  const key = (zip5: string) => placeKey(places.get(zip5) ?? { tray: '', bundle: '' })
  const printed = by_zip.toSorted((a, b) => (key(a.zip5) < key(b.zip5) ? -1 : key(a.zip5) > key(b.zip5) ? 1 : Number(a.zip5) - Number(b.zip5))) // prettier-ignore
  const mark = marker()
  const marked = (zip5: string) => mark(places.get(zip5) ?? { tray: '', bundle: '' })
  expect(printed.map(({ zip5 }) => [zip5, marked(zip5), marked(zip5).cut])).toEqual([
    ['11354', { tray: '11354', bundle: '11354', cut: 'TRAY' }, ''],
    ['11355', { tray: '113', bundle: '11355', cut: 'TRAY' }, ''],
    ['11361', { tray: '113', bundle: '113', cut: 'BUNDLE' }, ''],
    ['11362', { tray: '113', bundle: '113', cut: '' }, ''],
    ['10001', { tray: 'MIXED', bundle: '10001', cut: 'TRAY' }, ''],
    ['07024', { tray: 'MIXED', bundle: 'MIXED', cut: 'BUNDLE' }, ''],
  ])
  // For each ZIP code with enough pieces, then for its first three digits, then for the rest.
  const kept = printed.map((each): Run => ({ ...each, ...(places.get(each.zip5) ?? { tray: '', bundle: '' }) }))
  expect(summaryOf(kept, on)).toEqual([
    { tray: '11354', pieces: 150, bundles: 1 },
    { tray: '113', pieces: 150, bundles: 2 },
    { tray: '', pieces: 25, bundles: 2 },
  ])
})

/** Trays as they are marked on the list of addresses: with which piece each begins, and its label. */
function markedTrays(runs: readonly Run[]): [number, string][] {
  const [placeOf, mark] = [placer(runs, on), marker()]
  let before = 0
  return runs.flatMap((run) => {
    const { tray, cut } = mark(placeOf(run))
    before += run.pieces
    return cut === 'TRAY' ? [[before - run.pieces + 1, tray] as [number, string]] : []
  })
}

test('trays are those of the stack that is printed, also where somebody was erased since the list was made', () => {
  const run = (zip5: string, pieces: number, tray: string): Run => ({ zip5, pieces, tray, bundle: zip5 })
  // 11354 has one piece fewer than a tray of its own needs now; it lies where it lay.
  const kept = [run('11354', 149, '11354'), run('11355', 160, '11355'), run('11358', 60, '113'), run('11361', 100, '113')] // prettier-ignore
  expect(markedTrays(kept)).toEqual([[1, '11354'], [150, '11355'], [310, '113']]) // prettier-ignore
  expect(summaryOf(kept, on)).toEqual([
    { tray: '11354', pieces: 149, bundles: 1 },
    { tray: '11355', pieces: 160, bundles: 1 },
    { tray: '113', pieces: 160, bundles: 2 },
  ])
})

test('of a list made before trays were kept, each tray is told as it lies', () => {
  const run = (zip5: string, pieces: number): Run => ({ zip5, pieces, tray: null, bundle: null })
  const byZip = [run('10001', 85), run('10002', 200), run('10003', 85), run('10004', 300)]
  const trays = [
    { tray: '100', pieces: 85, bundles: 1 },
    { tray: '10002', pieces: 200, bundles: 1 },
    { tray: '100', pieces: 85, bundles: 1 },
    { tray: '10004', pieces: 300, bundles: 1 },
  ]
  expect(summaryOf(byZip, on)).toEqual(trays)
  expect(markedTrays(byZip).map(([, tray]) => tray)).toEqual(trays.map(({ tray }) => tray))
})

test.each([...sheets, senderSheet, cardSheet].map((sheet) => [sheet.part, sheet] as const))('labels of %s lie within the sheet, as far from the right as from the left', (_, sheet) => {
  const [wide, high] = sheet.paper === 'a4' ? [210, 297] : [215.9, 279.4]
  const right = wide - sheet.left - (sheet.columns - 1) * sheet.across - sheet.width
  const bottom = high - sheet.top - (sheet.rows - 1) * sheet.down - sheet.height
  expect(right).toBeCloseTo(sheet.left, 0)
  expect(bottom).toBeCloseTo(sheet.top, 0)
}) // prettier-ignore

test('labels go on behind those that are used, sheet after sheet', async () => {
  const [sheet] = sheets
  if (!sheet) throw new Error('no sheet')
  const pieces = Array.from({ length: 31 }, (_, at) => ({ ...sample, number: at + 1 }))
  const pages = async (used: number): Promise<number> => {
    const file = await labelsPdf(
      { sheet, labels: labelsOf(pieces), used, offset: { x: 0.5, y: -0.5 }, has_outlines: true },
      new Date(0),
    )
    return (
      Buffer.from(file)
        .toString('latin1')
        .match(/\/Type \/Page\b/g)?.length ?? 0
    )
  }
  expect(await pages(0)).toBe(2)
  expect(await pages(29)).toBe(2)
  expect(await pages(30)).toBe(3)
})

test('a sheet of return addresses is full of the sender’s, behind those that are used', async () => {
  const sender = { return_name: 'Neighbors of Flushing', return_address: '35-12 Union St\nFlushing NY 11354' }
  const labels = senderLabels(senderSheet, 3, sender)
  expect(labels).toHaveLength(77)
  const file = await labelsPdf({ sheet: senderSheet, labels, used: 3, offset: { x: 0, y: 0 }, has_outlines: false }, new Date(0)) // prettier-ignore
  const pages = textsOf(Buffer.from(file))
  expect(pages).toHaveLength(1)
  expect(pages[0]?.join('').match(/Union/g)).toHaveLength(77)
})

test('each class of mail has one minimum on any day', () => {
  for (const day of ['2020-01-01', '2026-11-23', '2027-07-01'])
    expect(minimumsOn(day).map(({ postage, pieces }) => [postage, pieces])).toEqual([
      ['stamp', 1],
      ['first_class', 500],
      ['marketing', 200],
      ['nonprofit', 200],
    ])
})
