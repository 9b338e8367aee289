import { expect, test } from 'vitest'
import { sample } from '../design/queries.ts'
import { labelsPdf } from '../labels/print.ts'
import { sheets } from '../labels/sheets.ts'
import { minimumsOn } from './minimums.ts'
import { traysOf } from './rules.ts'

test('a tray for each ZIP code with enough pieces, then for its first three digits, then for the rest', () => {
  const by_zip = [
    { zip5: '11354', pieces: 150 },
    { zip5: '11355', pieces: 149 },
    { zip5: '11361', pieces: 1 },
    { zip5: '10001', pieces: 20 },
    { zip5: '07024', pieces: 5 },
  ]
  expect(traysOf(by_zip)).toEqual({
    zip: [{ prefix: '11354', pieces: 150 }],
    area: [{ prefix: '113', pieces: 150 }],
    rest: { prefix: '', pieces: 25 },
  })
})

test.each(sheets.map((sheet) => [sheet.part, sheet] as const))('labels of %s lie within the sheet, as far from the right as from the left', (_, sheet) => {
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
    const file = await labelsPdf({ sheet, pieces, used, offset: { x: 0.5, y: -0.5 }, has_outlines: true }, new Date(0))
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

test('each class of mail has one minimum on any day', () => {
  for (const day of ['2020-01-01', '2026-11-23', '2027-07-01'])
    expect(minimumsOn(day).map(({ postage, pieces }) => [postage, pieces])).toEqual([
      ['stamp', 1],
      ['first_class', 500],
      ['marketing', 200],
      ['nonprofit', 200],
    ])
})
