import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { dateInName, dayThere, partsOf, placesOf, type Part } from './source.ts'

test.each([
  ['AllNYSVoters_20261101.txt', '2026-11-01'],
  ['/disk of 20200101/voters_11012026.txt', '2026-11-01'],
  ['phones_2026-11-26.csv', '2026-11-26'],
  ['voters_99999999.txt', null],
  ['12-34-2026.csv', null],
])('the date in %s is %s', (name, date) => {
  expect(dateInName(name)).toBe(date)
})

test('numbers that come in the evening are of that day, not of tomorrow', () => {
  expect(dayThere(null, new Date('2026-11-27T02:18:00Z'))).toBe('2026-11-26')
})

test.each([1_100_000, 1_600_000, 1_900_000, 4_000_000])(
  'no line of a file of %i bytes is looked at twice',
  async (bytes) => {
    const path = join(mkdtempSync(join(tmpdir(), 'places-')), 'lines.txt')
    const line = (number: number): string => `${String(number).padStart(99, '0')}\n`
    writeFileSync(path, Array.from({ length: bytes / 100 }, (_, number) => line(number)).join(''))
    const [part] = await partsOf([path])
    const seen: string[] = []
    for await (const piece of placesOf(part as Part)) seen.push(...piece.toString().split('\n').slice(0, -1)) // there is one
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen[0]).toBe(line(0).trim())
    // Up to the last line, or near it.
    expect(Number(seen.at(-1))).toBeGreaterThan(bytes / 100 - 3)
    if (bytes < 1_700_000) expect(seen).toHaveLength(bytes / 100)
    rmSync(dirname(path), { recursive: true })
  },
)
