import { expect, test } from 'vitest'
import { RecordReader, fieldsOf } from '../reading/records.ts'
import { readNewYorkEntry } from '../rules/history.ts'
import { voterFile, type VoterFileOptions } from './voters.ts'

function made(options: Partial<VoterFileOptions>): { text: string; phones: string; rows: number } {
  const chunks = [...voterFile({ rows: 3000, seed: 5, today: '2026-11-23', ...options })]
  return {
    text: Buffer.concat(chunks.map((chunk) => chunk.voters)).toString('latin1'),
    phones: Buffer.concat(chunks.map((chunk) => chunk.phones)).toString(),
    rows: chunks.reduce((sum, chunk) => sum + chunk.rows, 0),
  }
}

function rowsOf(text: string): string[][] {
  const reader = new RecordReader({ delimiter: ',', quote: '"', counts: [47] })
  reader.feed(Buffer.from(text, 'latin1'))
  const rows: string[][] = []
  while (reader.next(true)) if (!reader.fault) rows.push(fieldsOf(reader))
  return rows
}

test('one seed makes one file, another makes another', () => {
  expect(made({}).text).toBe(made({}).text)
  expect(made({}).phones).toBe(made({}).phones)
  expect(made({ seed: 6 }).text).not.toBe(made({}).text)
})

test('as many rows as asked for', () => {
  const { rows, text } = made({ is_clean: true })
  expect(rows).toBeGreaterThanOrEqual(3000)
  expect(rowsOf(text).length).toBe(rows)
})

test("the demo's town is in Queens, nearly a fifth of it with Korean surnames, its districts those of the place", () => {
  const rows = rowsOf(made({ place: 'queens-town', is_clean: true }).text)
  expect(new Set(rows.map((row) => row[23]))).toEqual(new Set(['41']))
  const korean = rows.filter((row) =>
    /^(KIM|LEE|PARK|CHOI|CHUNG|JUNG|KANG|CHO|YOON|JANG|CHANG|LIM|HAN|OH|SUH|SHIN|KWON|HWANG|AHN|SONG)$/.test(
      row[0]?.trim() ?? '',
    ),
  ).length
  expect(korean / rows.length).toBeGreaterThan(0.1)
  for (const row of rows) expect(['24', '25', '26', '27', '40']).toContain(row[30])
})

test('a house lies in one election district', () => {
  const districts = new Map<string, string>()
  for (const row of rowsOf(made({ rows: 20_000, place: 'queens-town', is_clean: true }).text)) {
    const [house, district] = [`${row[4]} ${row[7]}, ${row[13]}`, row.slice(24, 31).join(' ')]
    expect(districts.get(house) ?? district).toBe(district)
    districts.set(house, district)
  }
  expect(districts.size).toBeGreaterThan(5000)
})

test('the history is spelled in every way the boards spell it, and all of it can be read', () => {
  const entries = new Set(rowsOf(made({ is_clean: true }).text).flatMap((row) => row[46]?.split(';') ?? []))
  entries.delete('')
  for (const way of [
    /^\d{8} GE\(/,
    /^\d{8} PE\(/,
    /^GE \d{8}\(/,
    /^GE \[\d{8}\]\(/,
    /^General Election,? \d{4}\(/,
    /^\d{1,2}\/\d{1,2}\/\d{2} /,
    /^\d{1,2}\/\d{1,2}\/\d{4} /,
    /^\d{2} GENERAL\(/,
    /^\d{8} SP\(/,
    /^\d{8} SE\(/,
    /^\[\d{8} SP\]\(/,
    /^SP \d{8}\(/,
    /^SE \d{8}\(/,
    /^SP \[\d{8}\]\(/,
    /^SE \[\d{8}\]\(/,
    /^Special Election \d{4}\(/,
    /^Special Election, \d{4}\(/,
    /^Special General \d{4}\(/,
    /^\d{1,2}\/\d{1,2}\/\d{2} Special/,
    /^\d{1,2}\/\d{1,2}\/\d{4} Special/,
    /^\d{4} SPECIAL ELECTION\(/,
    /^SPECIAL \d{8}\(/,
    /^SPECIAL \d{1,2}\/\d{1,2}\/\d{4}\(/,
    /^SPEC ELEC \d{4}\(/,
    /^\d{2} SPECIAL\(/,
    /^'\d{2} SPECIAL\(/,
    /^SP \d{4}\(/,
    /^\d{4} SE\(/,
  ])
    // prettier-ignore
    expect([...entries].some((entry) => way.test(entry)), String(way)).toBe(true)
  expect([...entries].filter((entry) => readNewYorkEntry(entry, 2026) === null)).toEqual([])
  for (const entry of entries) {
    const isSpecial = /\bSP(EC\w*)?\b|\bSE\b/i.test(entry)
    expect(readNewYorkEntry(entry, 2026)?.kind === 'special', entry).toBe(isSpecial)
  }
})

test('a later month is the same people, a few of them changed', () => {
  const ids = (month: number): Map<string, string> =>
    new Map(rowsOf(made({ month, is_clean: true }).text).map((row) => [row[45] ?? '', row.join()]))
  const [one, two] = [ids(0), ids(1)]
  const kept = [...one.keys()].filter((id) => two.has(id))
  expect(kept.length).toBeGreaterThan(one.size * 0.98)
  const same = kept.filter((id) => one.get(id) === two.get(id)).length
  expect(same / kept.length).toBeGreaterThan(0.95)
  expect(same).toBeLessThan(kept.length)
})

test('telephones belong to voters of the file and are numbers nobody has', () => {
  const { text, phones } = made({})
  const ids = new Set(rowsOf(text).map((row) => row[45]))
  const lines = phones.split('\r\n').filter(Boolean)
  expect(lines.length).toBeGreaterThan(800)
  for (const line of lines.slice(0, 500)) {
    const [id = ''] = line.split(',')
    if (id) expect(ids.has(id), id).toBe(true)
    expect(line).toMatch(/,\d{3}-555-\d{4},/)
  }
})
