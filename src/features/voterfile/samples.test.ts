import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { inspectFiles } from './inspect.ts'
import { layouts } from './layouts/all.ts'
import type { Layout, Meaning } from './layouts/layout.ts'
import { newYork } from './layouts/us-ny.ts'
import { newYorkCity } from './layouts/us-nyc.ts'
import { columnsByCount } from './mapping/columns.ts'
import { ElectionBook } from './mapping/elections.ts'
import { RowMapper } from './mapping/mapper.ts'
import { readTuple } from './mapping/read-tuple.ts'
import { TupleWriter } from './mapping/tuples.ts'
import { fieldsOf, RecordReader } from './reading/records.ts'
import { chunksOf, partsOf } from './reading/source.ts'
import type { InspectedFile } from './schema.ts'

const samples = join(import.meta.dirname, 'samples')
const folder = mkdtempSync(join(tmpdir(), 'samples-'))
afterAll(() => rmSync(folder, { recursive: true }))
const row = async (file: string, number = 0): Promise<Record<string, unknown>> => {
  const { files } = await inspectFiles([join(samples, file)], null, '2026-11-26')
  return files[0]?.rows[number] ?? {}
}

test('every layout has a sample, and every sample is recognised as its layout', async () => {
  const names = readdirSync(samples)
  for (const { id } of layouts)
    expect(
      names.some((name) => name.startsWith(`${id}.`)),
      id,
    ).toBe(true)
  for (const name of names) {
    const { problem, files } = await inspectFiles([join(samples, name)], null, '2026-11-26')
    expect(problem, name).toBeNull()
    expect(files[0]?.layout, name).toBe(name.replace(/(-legacy|-deflate64)?\.\w+$/, ''))
    expect(files[0]?.unknown_columns, name).toEqual([])
  }
})

/** Washington's sample again and again, each voter with another number; the last like what lies 40,000 bytes before it. */
test('a zip as Windows packs very large files (Deflate64) is read, and refused where it is damaged or ends early', async () => {
  const [header, voter = ''] = readFileSync(join(samples, 'us-wa.txt'), 'utf8').split('\r\n')
  const numbers = ['9000001', ...Array.from({ length: 400 }, (_, at) => String(9_100_000 + at)), '9000002']
  const text = [header, ...numbers.map((each) => voter.replace('9000001', each)), ''].join('\r\n')
  const zip = readFileSync(join(samples, 'us-wa-deflate64.zip'))
  const path = join(folder, 'packed.zip')
  const read = async (change: (bytes: Buffer) => void): Promise<string> => {
    const bytes = Buffer.from(zip)
    change(bytes)
    writeFileSync(path, bytes)
    const [part] = await partsOf([path])
    const chunks: Buffer[] = []
    for await (const chunk of chunksOf(part!)) chunks.push(Buffer.from(chunk))
    return Buffer.concat(chunks).toString()
  }
  expect(await read(() => undefined)).toBe(text)
  const [data, listed] = [30 + zip.readUInt16LE(26) + zip.readUInt16LE(28), zip.indexOf('PK\u0001\u0002')]
  const damages: ((bytes: Buffer) => void)[] = [
    (bytes) => bytes.fill(0xff, data + 200, data + 220),
    (bytes) => bytes.writeUInt32LE(600, listed + 20), // so many bytes packed
    (bytes) => bytes.writeUInt32LE(text.length + 1, listed + 24), // so many in all
    (bytes) => bytes.writeUInt32LE(0, listed + 16), // their sum
  ]
  for (const damage of damages) await expect(read(damage)).rejects.toMatchObject({ code: 'damaged_file' })
})

test.each(['us-ny.txt', 'us-ny-legacy.txt'])('New York, %s', async (file) => {
  expect(await row(file)).toMatchObject({
    state_voter_id: 'NY000000000000000101', county_voter_id: '300000001', last_name: 'Kim', first_name: 'Min', middle_name: 'Jun', birth_date: '1985-06-12', birth_year: 1985, sex: 'M',
    party: 'dem', status: 'active', registered_by: 'dmv', house_number: '41-25', street: 'Kissena Blvd', unit: 'Apt 5B', city: 'Flushing', zip5: '11355', county: 'queens',
    ed: 23, ad: 40, sd: 16, cd: 6, registered_on: '2010-01-02', last_voted_on: '2024-11-05',
    votes: ['2024-11-05 general poll', '2020-11-03 general mail', '2018 primary poll', '2016-11-08 general poll'], votes_unread: 'PRES PRIMARY ELECTION(P)',
  }) // prettier-ignore
  expect(await row(file, 1)).toMatchObject({
    last_name: "O'Neil", first_name: 'Mary-Ann', party: 'gre', party_code: 'OTH GRE', status: 'inactive', birth_date: null, birth_year: null, house_number: '120 1/2', street: 'W 32nd St',
    unit: 'Apt 2 "G"', mail_address: 'PO BOX 12\nNEW YORK NY 10116', votes: ['2024-11-05 general mail', '2008-11-04 general unknown'],
  }) // prettier-ignore
  expect(await row(file, 2)).toMatchObject({
    last_name: 'de la Cruz',
    first_name: 'José',
    suffix: 'Jr',
    status: 'purged',
    birth_date: null,
    county: 'erie',
    districts: '{"county-legislature":"002","town":"BUFFALO","ward":"003"}',
  })
  expect(await row(file, 3)).toMatchObject({ status: 'preregistered', street: 'Kissena Blvd' })
})

test.each([
  ['FDE', 'dem'],
  ['MBL', 'none'],
  ['UBL', 'none'],
  ['MRE', 'rep'],
  ['DEM', 'dem'],
  ['XYZ', 'oth'],
])("the city board's party code %s is %s, and is kept", (code, party) => {
  const kept = keptRow(newYorkCity, 36, { county_voter_id: '300000001', last_name: 'KIM', party: code })
  expect(kept).toMatchObject({ party, party_code: code })
})

/** One row of these values, as it is kept. */
function keptRow(layout: Layout, count: number, values: Partial<Record<Meaning, string>>): Record<string, unknown> {
  const columns = columnsByCount(layout, count)
  if (!columns) throw new Error('no columns')
  const fields = Array.from({ length: count }, () => '')
  for (const [meaning, value = ''] of Object.entries(values)) fields[columns.at(meaning as Meaning)] = value // of the object just given
  const reader = new RecordReader({ delimiter: ',', quote: '"', counts: [count] })
  reader.feed(Buffer.from(fields.join(',')))
  expect(reader.next(true)).toBe(true)
  const elections = new ElectionBook([], 1)
  const mapper = new RowMapper(layout, columns, elections, '2026-11-26')
  mapper.look(reader)
  const out = new TupleWriter(mapper.roomFor(reader))
  mapper.write(reader, out, 0, 0)
  return readTuple(out.take(), elections.added)
}

test('without a ZIP code a home is one of its city and county, and none where nobody knows where it is', () => {
  const homeIn = (place: Partial<Record<Meaning, string>>) =>
    keptRow(newYork, 47, { last_name: 'KIM', house_number: '12', street_name: 'MAIN ST', ...place }).household_key
  const flushing = homeIn({ city: 'FLUSHING', county: '41' })
  expect(homeIn({ city: 'Flushing', county: '41' })).toBe(flushing)
  expect(new Set([flushing, homeIn({ city: 'BUFFALO', county: '15' }), homeIn({ county: '15' }), homeIn({ county: '41' })]).size).toBe(4) // prettier-ignore
  expect(homeIn({})).toBeNull()
  // With one the spelling of the city makes no other home.
  expect(homeIn({ zip5: '11354', city: 'FLUSHING' })).toBe(homeIn({ zip5: '11354', city: 'QUEENS' }))
})

test('nobody was born or registered after the day of the import', async () => {
  const path = join(folder, 'tomorrow.txt')
  const [good = ''] = readFileSync(join(samples, 'us-ny.txt'), 'latin1').split('\r\n')
  const on = (day: string) => good.replace('"19850612"', `"${day}"`).replace('"20100102"', `"${day}"`)
  writeFileSync(path, `${on('20261126')}\r\n${on('20261127')}\r\n${on('20520612')}\r\n`)
  const { files } = await inspectFiles([path], 'us-ny', '2026-11-26')
  expect(files[0]?.rows).toMatchObject([
    { birth_date: '2026-11-26', birth_year: 2026, registered_on: '2026-11-26' },
    { birth_date: null, birth_year: null, registered_on: null },
    { birth_date: null, birth_year: null, registered_on: null },
  ])
})

test('a community is estimated from the name', async () => {
  expect(Number((await row('us-ny.txt')).p_korean)).toBeGreaterThan(80)
  expect(Number((await row('us-ny.txt', 1)).p_korean)).toBe(0)
})

test('a county says of communities what it says in its own state', async () => {
  const text = readFileSync(join(samples, 'us-nc.txt'), 'utf8')
  const file = (county: string) => rowsOf(`nc-${county}.txt`, text.replaceAll('MECKLENBURG', county))
  const [there, elsewhere] = [await file('RICHMOND'), await file('ANSON')]
  expect(there?.rows[0]?.county).toBe('richmond')
  expect(there?.rows.map(({ p_korean }) => p_korean)).toEqual(elsewhere?.rows.map(({ p_korean }) => p_korean))
})

test.each(['us-nc.txt', 'us-nc-legacy.txt'])('North Carolina, %s', async (file) => {
  expect(await row(file)).toMatchObject({
    state_voter_id: 'DE1001', last_name: 'Park', first_name: 'Young-hee', house_number: '1200', street: 'N Tryon St', unit: 'Apt 4', county: 'mecklenburg', party: 'none', party_code: 'UNA',
    birth_date: null, birth_year: 1971, cd: 12, sd: 40, ad: 106, precinct: '011',
  }) // prettier-ignore
  expect(await row(file, 1)).toMatchObject({ last_name: 'McDonald', registered_on: null, status: 'inactive' })
  // The third asked for confidentiality.
  expect(await row(file, 2)).toEqual({})
})

test('Ohio: a column for each election', async () => {
  expect(await row('us-oh.txt')).toMatchObject({
    state_voter_id: 'OH0012345678',
    county: 'franklin',
    unit: 'Apt 9',
    street: 'W Broad St',
    party: 'dem',
    votes: ['2024-11-05 general unknown', '2018-05-08 primary unknown'],
    ad: 1,
    sd: 15,
  })
  expect(await row('us-oh.txt', 1)).toMatchObject({ county: 'cuyahoga', status: 'inactive', party: 'none' })
})

test('Florida: no header, protected voters left out', async () => {
  expect(await row('us-fl.txt')).toMatchObject({
    state_voter_id: '100000001',
    county: 'miami-dade',
    house_number: '12',
    street: 'NW 7th Ave',
    unit: 'Apt 3',
    zip5: '33128',
    zip4: null,
    party: 'none',
    ad: 113,
    birth_date: '1975-03-04',
  })
  expect(await row('us-fl.txt', 1)).toEqual({})
})

/** A file written by hand, as it would be kept. */
async function rowsOf(name: string, text: string): Promise<InspectedFile | undefined> {
  const path = join(folder, name)
  writeFileSync(path, text, 'latin1')
  const { problem, files } = await inspectFiles([path], null, '2026-11-26')
  expect(problem).toBeNull()
  return files[0]
}

const recordsOf = (file: string, delimiter: string): string[][] => {
  const reader = new RecordReader({ delimiter, quote: file.startsWith('us-fl') ? null : '"', counts: null })
  reader.feed(readFileSync(join(samples, file)))
  const rows: string[][] = []
  while (reader.next(true)) rows.push(fieldsOf(reader).map((field) => field.trim()))
  return rows
}
const written = (rows: readonly string[][], delimiter: string): string =>
  rows.map((row) => row.map((field) => `"${field.replaceAll('"', '""')}"`).join(delimiter)).join('\r\n')

test('Ohio: numbers that passed through a spreadsheet, 25.0, are the same numbers', async () => {
  const [header = [], ...rows] = recordsOf('us-oh.txt', ',')
  const spoilt = rows.map((row) => row.map((field) => (/^[1-9]\d*$/.test(field) ? `${field}.0` : field)))
  const file = await rowsOf('oh.txt', written([header, ...spoilt], ','))
  expect(file?.rows[0]).toEqual(await row('us-oh.txt'))
  expect(file?.rows[0]).toMatchObject({ county: 'franklin', county_voter_id: '77', zip5: '43215' })
})

/** The columns kept together stand in the order of the file. */
const withParts = (row: Record<string, unknown> = {}): Record<string, unknown> => ({
  ...row,
  other: JSON.parse(String(row.other ?? null)),
  districts: JSON.parse(String(row.districts ?? null)),
})

test.each([
  ['us-fl.txt', 'us-fl'],
  ['us-fl-history.txt', 'us-fl-history'],
])('Florida, %s: a header is read by its names, in order or not', async (name, layout) => {
  const rows = recordsOf(name, '\t')
  const known = layouts.find(({ id }) => id === layout)?.columns[0] ?? []
  const headed = [known.map((column) => column.name), ...rows]
  const turned = headed.map((row) => row.toReversed())
  for (const form of [headed, turned]) {
    const file = await rowsOf('fl.txt', form.map((row) => row.join('\t')).join('\r\n') + '\r\n')
    expect(file).toMatchObject({ layout, has_header: true, unknown_columns: [], missing_columns: [] })
    expect(withParts(file?.rows[0])).toEqual(withParts(await row(name)))
  }
})

test.each([
  ['us-ny.txt', ',', ';'],
  ['us-ny.txt', ',', '\t'],
  ['us-nc.txt', '\t', ','],
  ['us-nc-history.txt', '\t', ';'],
  ['us-wa.txt', '|', ','],
  ['us-oh.txt', ',', '|'],
  ['us-fl.txt', '\t', ','],
  ['us-fl-history.txt', '\t', ','],
])('%s, which the board separates by %j, is read by %j as well', async (name, own, delimiter) => {
  const file = await rowsOf(name, written(recordsOf(name, own), delimiter))
  expect(file).toMatchObject({ delimiter, layout: name.replace('.txt', '') })
  expect(file?.rows[0]).toEqual(await row(name))
})

test('a list of five columns is no history of Florida', async () => {
  const path = join(folder, 'list.csv')
  writeFileSync(path, 'Kim,11355,,x,y\nLee,11354,,x,y\nPark,11101,,x,y\n')
  const { problem } = await inspectFiles([path], null, '2026-11-26')
  expect(problem).toMatchObject({ code: 'not_a_voter_file' })
})

test('Washington: no party, only the year of birth', async () => {
  expect(await row('us-wa.txt')).toMatchObject({
    last_name: 'Tanaka',
    birth_year: 1990,
    party: 'none',
    county: 'king',
    street: 'Pine St',
    unit: 'Apt 12',
    ad: 43,
    last_voted_on: '2024-11-05',
  })
})
