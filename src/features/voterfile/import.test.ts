import { createWriteStream, readFileSync, writeFileSync } from 'node:fs'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import yazl from 'yazl'
import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { makeWorld, type World } from '../../platform/testing/world.ts'
import {
  importPhones,
  recoverImports,
  runImport,
  type ImportContext,
  type ImportRequest,
  type ImportResult,
} from './commands.ts'
import { phoneFileHeader, voterFile } from './generator/voters.ts'
import { addMissingIndexes } from './indexing.ts'
import { inspectFiles } from './inspect.ts'
import { voterChanges, voterPhones, voterRecords, voterVotes } from './queries.ts'

const samples = join(import.meta.dirname, 'samples')
let world: World
let context: ImportContext

beforeAll(async () => {
  world = await makeWorld()
  context = {
    database: world.database,
    clock: world.installation.clock,
    folder: world.folder,
    actor: { kind: 'cli', id: 'test', name: 'Tess', organization_id: '', roles: [], is_steward: true },
  }
})

const run = (paths: string[], more: Partial<ImportRequest> = {}): Promise<ImportResult> =>
  runImport(context, { paths, layout: null, law_accepted: true, ...more })
const sample = (name: string): string => join(samples, name)

async function report(paths: string[], more: Partial<ImportRequest> = {}): Promise<Record<string, number>> {
  const result = await run(paths, more)
  if (!result.ok) throw new Error(JSON.stringify(result.problem))
  const { seconds, ...counts } = result.report
  expect(seconds).toBeGreaterThanOrEqual(0)
  return counts
}

async function voters(state: string): Promise<Record<string, unknown>[]> {
  return (
    await sql<Record<string, unknown>>`select * from voter_record where state = ${state} order by voter_id`.execute(
      world.database.owner,
    )
  ).rows
}

/** New York's sample with one field of one row changed. */
function changed(change: (rows: string[]) => string[]): string {
  const rows = readFileSync(sample('us-ny.txt'), 'latin1').split('\r\n').filter(Boolean)
  const path = join(world.folder, `AllNYSVoters_${Math.floor(performance.now() * 1000)}.txt`)
  writeFileSync(path, change(rows).join('\r\n') + '\r\n', 'latin1')
  return path
}

test('without accepting the limit on use nothing is imported', async () => {
  const result = await run([sample('us-ny.txt')], { law_accepted: false })
  expect(result).toMatchObject({ ok: false, problem: { code: 'law_not_accepted' } })
})

test("the city's file needs the state's first", async () => {
  expect(await run([sample('us-nyc.csv')])).toMatchObject({ ok: false, problem: { code: 'state_file_first' } })
})

test('first import: purged rows are skipped, the pre-registered are kept apart', async () => {
  expect(await report([sample('us-ny.txt')])).toEqual({
    read: 4,
    added: 3,
    updated: 0,
    unchanged: 0,
    gone: 0,
    rejected: 0,
  })
  const [kim, oneil, lee] = await voters('NY')
  expect(kim).toMatchObject({
    voter_id: 1,
    last_name: 'Kim',
    given_key: 'MINJUN',
    last_key: 'KIM',
    party: 'dem',
    gone_in: null,
  })
  expect(Number(kim?.p_korean)).toBeGreaterThan(80)
  expect(oneil).toMatchObject({
    last_key: 'ONEIL',
    other: { reason: 'MOVED', previous_name: "O'BRIEN", inactive_on: '20240301' },
  })
  expect(lee).toMatchObject({ status: 'preregistered', household_key: kim?.household_key })
  expect((await voterVotes(world.database.owner, kim?.votes as number[])).map((vote) => [vote.election.held_on ?? vote.election.year, vote.method])).toEqual([
    ['2024-11-05', 'poll'], ['2020-11-03', 'mail'], [2018, 'poll'], ['2016-11-08', 'poll'],
  ]) // prettier-ignore
  const audits = await world.database.owner
    .selectFrom('audit_entry')
    .selectAll()
    .where('action', '=', 'voterfile.import')
    .execute()
  expect(audits).toHaveLength(1)
})

test('the same file again changes nothing', async () => {
  const before = await voters('NY')
  expect(await report([sample('us-ny.txt')])).toEqual({
    read: 4,
    added: 0,
    updated: 0,
    unchanged: 3,
    gone: 0,
    rejected: 0,
  })
  expect(await voters('NY')).toEqual(before)
})

test('next month: one moved and changed party, one is gone from her county, one is new; then the gone one is back', async () => {
  const path = changed((rows) => [
    rows[0]!.replace('"41-25"', '"35-10"').replace('"DEM"', '"REP"').replace('"FLUSHING"', '"BAYSIDE"'), // the sample has four rows
    rows[3]!,
    rows[1]!.replace('0102"', '0177"').replace("O'NEIL", 'NEW'),
  ])
  expect(await report([path])).toEqual({ read: 3, added: 1, updated: 1, unchanged: 1, gone: 1, rejected: 0 })
  const [kim] = await voters('NY')
  const changes = await voterChanges(world.database.owner, 1)
  expect(changes.map((change) => change.kind).sort()).toEqual(['moved', 'party'])
  expect(changes.find((change) => change.kind === 'moved')?.before).toMatchObject({
    house_number: '41-25',
    city: 'Flushing',
  })
  expect(kim).toMatchObject({ voter_id: 1, house_number: '35-10', party: 'rep' })

  expect((await voterRecords(world.database.owner, [2]))[0]?.gone_in).not.toBeNull()
  expect(await report([sample('us-ny.txt')])).toMatchObject({ gone: 1, added: 0 })
  expect((await voterRecords(world.database.owner, [2]))[0]?.gone_in).toBeNull()
  expect((await voterChanges(world.database.owner, 2)).map((change) => change.kind)).toEqual(['returned', 'gone'])
})

test('of two rows of one voter the better one counts, whatever their order, and again', async () => {
  for (const turn of [false, true]) {
    const path = changed((rows) => {
      const live = rows[0]!
      const purged = live.replace('"A"', '"I"').replace('20100102', '20050102')
      return turn ? [purged, live, rows[1]!, rows[3]!] : [live, purged, rows[1]!, rows[3]!]
    })
    const counts = await report([path])
    expect(counts).toMatchObject({ read: 4, added: 0, updated: 0 })
    expect((await voterRecords(world.database.owner, [1]))[0]).toMatchObject({ status: 'active' })
  }
})

test("the city's file adds council district and telephone by county id; its history adds votes", async () => {
  expect(await report([sample('us-nyc.csv')])).toMatchObject({ read: 2, updated: 1, added: 0, rejected: 1 })
  const again = await run([sample('us-nyc.csv')])
  expect(again).toMatchObject({ ok: true, report: { updated: 0, unchanged: 1, rejected: 1 } })
  expect(readFileSync(again.ok ? (again.rejects_path ?? '') : '', 'utf8')).toContain(
    'us-nyc.csv,3,county_voter_id,unknown_voter,',
  )
  const [kim] = await voterRecords(world.database.owner, [1])
  expect(kim).toMatchObject({ ccd: 20, districts: { 'civil-court': '4', judicial: '11' } })
  expect(await voterPhones(world.database.owner, [1])).toMatchObject([
    { phone: '+17185550101', matched_by: 'registration' },
  ])
  expect(await report([sample('us-nyc-history.csv')])).toMatchObject({ read: 2, updated: 1 })
  expect(await report([sample('us-nyc-history.csv')])).toMatchObject({ read: 2, updated: 0, unchanged: 1 })
  expect((await voterVotes(world.database.owner, (await voterRecords(world.database.owner, [1]))[0]?.votes ?? [])).slice(0, 2).map((vote) => [vote.election.held_on, vote.election.kind, vote.method])).toEqual([
    ['2025-06-24', 'primary', 'early'], ['2024-11-05', 'general', 'poll'],
  ]) // prettier-ignore
  // The state's next file says nothing of council districts and leaves them.
  await report([sample('us-ny.txt')])
  expect((await voterRecords(world.database.owner, [1]))[0]?.ccd).toBe(20)
})

test.each([
  { files: ['us-nc.txt'], added: 2, history: 'us-nc-history.txt', state: 'NC', votes: 2, unknown: 1 },
  { files: ['us-oh.txt'], added: 2, history: null, state: 'OH', votes: 2, unknown: 0 },
  { files: ['us-fl.txt'], added: 1, history: 'us-fl-history.txt', state: 'FL', votes: 1, unknown: 0 },
  { files: ['us-wa.txt'], added: 1, history: 'us-wa-history.txt', state: 'WA', votes: 2, unknown: 0 },
])('$state: registration, history, and both again', async ({ files, added, history, state, votes, unknown }) => {
  expect(await report(files.map(sample))).toMatchObject({ added, rejected: 0 })
  if (history) {
    expect(await report([sample(history)])).toMatchObject({ updated: 1, rejected: unknown })
    expect(await report([sample(history)])).toMatchObject({ updated: 0, unchanged: 1 })
  }
  expect(await report(files.map(sample))).toMatchObject({ added: 0, updated: 0, unchanged: added })
  const [first] = await voters(state)
  expect(first?.votes).toHaveLength(votes)
})

test('bad rows go to a file with line, column, reason and the row as it came; the rest is imported', async () => {
  const path = join(world.folder, 'bad.txt')
  const good = readFileSync(sample('us-wa.txt'), 'utf8').split('\r\n').filter(Boolean)
  writeFileSync(
    path,
    [good[0], good[1], 'too|short', good[1]!.replace('9000001', ''), good[1]!.replace('9000001', '9000002')].join(
      '\r\n',
    ),
  ) // the sample has a header and a row
  const result = await run([path])
  expect(result).toMatchObject({ ok: true, report: { read: 4, added: 1, unchanged: 1, rejected: 2 } })
  const rejects = readFileSync(result.ok ? (result.rejects_path ?? '') : '', 'utf8')
  expect(rejects).toContain('bad.txt,3,,column_count,too|short')
  expect(rejects).toContain('bad.txt,4,state_voter_id,no_voter_id')
})

test('what is no voter file is refused and leaves everything as it was', async () => {
  const files: [string, Buffer, string][] = [
    ['error.txt', Buffer.from('<!DOCTYPE html><html><body>404 Not Found</body></html>'), 'html'],
    ['letter.pdf', Buffer.from('%PDF-1.7 …'), 'pdf'],
    ['empty.txt', Buffer.alloc(0), 'empty_file'],
    ['picture.txt', Buffer.from(Array.from({ length: 4000 }, (_, index) => index % 251)), 'binary'],
    ['notes.txt', Buffer.from('Dear all,\nplease find the list attached\n'), 'not_a_voter_file'],
    ['broken.zip', Buffer.from('PK\u0003\u0004 but no more'), 'bad_zip'],
  ]
  for (const [name, bytes, code] of files) {
    const path = join(world.folder, name)
    writeFileSync(path, bytes)
    expect(await run([path]), name).toMatchObject({ ok: false, problem: { code } })
    expect((await inspectFiles([path], null, 2026)).problem?.code, name).toBe(code)
  }
  expect(await run([sample('us-wa.txt')], { layout: 'us-ny' })).toMatchObject({
    ok: false,
    problem: { code: 'wrong_layout' },
  })
  const sheet = await zipped('sheet.xlsx', { '[Content_Types].xml': '<x/>', 'xl/workbook.xml': '<x/>' })
  expect(await run([sheet])).toMatchObject({ ok: false, problem: { code: 'spreadsheet' } })
})

async function zipped(name: string, files: Record<string, string | Buffer>): Promise<string> {
  const path = join(world.folder, name)
  const zip = new yazl.ZipFile()
  for (const [file, text] of Object.entries(files)) zip.addBuffer(Buffer.from(text), file)
  zip.end()
  const out = createWriteStream(path)
  zip.outputStream.pipe(out)
  await once(out, 'finish')
  return path
}

test('zip with several files and gz are read as the texts they hold', async () => {
  const text = readFileSync(sample('us-fl.txt'), 'utf8')
  const other = text.replace('100000001', '100000077')
  const zip = await zipped('florida.zip', {
    'DAD_20261101.txt': text,
    'more/BRO_20261101.txt': other,
    'verificationfiles/x.txt': 'counts',
    'readme.html': '<html>',
  })
  expect(await report([zip])).toMatchObject({ read: 4, added: 1, unchanged: 1 })
  const gz = join(world.folder, 'wa.txt.gz')
  writeFileSync(gz, gzipSync(readFileSync(sample('us-wa.txt'))))
  expect(await report([gz])).toMatchObject({ read: 1, rejected: 0 })
})

test('UTF-16 and UTF-8 with a byte order mark', async () => {
  const text = readFileSync(sample('us-wa.txt'), 'utf8').replace('Tanaka', 'Muñoz')
  for (const [name, bytes] of [
    ['wide.txt', Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['bom.txt', Buffer.from(`\uFEFF${text}`)],
  ] as const) {
    const path = join(world.folder, name)
    writeFileSync(path, bytes)
    const { files } = await inspectFiles([path], null, 2026)
    expect(files[0]?.rows[0]?.last_name, name).toBe('Muñoz')
  }
})

test('a .gz or .zip that ends early is refused, and what was read of it is not kept', async () => {
  const before = await voters('WA')
  const rows = readFileSync(sample('us-wa.txt'), 'utf8').split('\r\n').filter(Boolean)
  const lines = [rows[0]!] // the sample has a header and a row
  for (let number = 0; number < 60_000; number++)
    lines.push(
      rows[1]!
        .replace('9000001', String(20_000_000 + ((number * 7919) % 10_000_019)))
        .replace(/Pine/i, `Pine ${hash(number)}`),
    )
  const gz = gzipSync(lines.join('\r\n'))
  const path = join(world.folder, 'cut.txt.gz')
  for (const length of [gz.length - 100, gz.length - 4, 600]) {
    writeFileSync(path, gz.subarray(0, length))
    expect(await run([path]), String(length)).toMatchObject({ ok: false, problem: { code: 'damaged_file' } })
  }
  const zip = readFileSync(await zipped('cut.zip', { 'wa.txt': lines.join('\r\n') }))
  writeFileSync(path, zip.subarray(0, zip.length >> 1))
  expect(await run([path])).toMatchObject({ ok: false, problem: { code: 'bad_zip' } })
  zip.fill(0xff, zip.length >> 1, (zip.length >> 1) + 64)
  writeFileSync(path, zip)
  expect(await run([path])).toMatchObject({ ok: false, problem: { code: 'damaged_file' } })
  expect(await voters('WA')).toEqual(before)
})

const hash = (number: number): string => (Math.imul(number + 1, 0x9e3779b1) >>> 0).toString(36)

test('an entry of a zip in the form for more than 4 GB is read', async () => {
  const path = join(world.folder, 'large.zip')
  const zip = new yazl.ZipFile()
  zip.addBuffer(readFileSync(sample('us-wa.txt')), 'wa.txt', { forceZip64Format: true })
  zip.end({ forceZip64Format: true } as yazl.EndOptions) // not in yazl's types
  const out = createWriteStream(path)
  zip.outputStream.pipe(out)
  await once(out, 'finish')
  expect(await report([path])).toMatchObject({ read: 1, unchanged: 1, rejected: 0 })
})

test('telephones are matched by state id, county id, or name, birth year and address', async () => {
  const path = join(world.folder, 'phones.csv')
  writeFileSync(
    path,
    `${phoneFileHeader}NY000000000000000102,,,,,,212-555-0144,mobile,90,vendor X,2026-10-01\r\n,300000001,,,,,(347) 555-0155,,,vendor X,2026-10-01\r\n,,MIN,KIM,1985,41-25 Kissena Blvd,718-555-0166,landline,,volunteers,2026-10-02\r\n,,MIN,KIM,1985,1 Elsewhere St,718-555-0177,,,volunteers,2026-10-02\r\n,,,,,,718-555-0188,,,x,2026-10-02\r\nNY000000000000000102,,,,,,12,,,x,2026-10-02\r\n`,
  )
  const first = await importPhones(context, { paths: [path], source: null })
  expect(first).toMatchObject({ ok: true, report: { read: 6, added: 3, rejected: 2, unmatched: 1 } })
  const phones = await voterPhones(world.database.owner, [1, 2])
  expect(phones.map((phone) => [phone.voter_id, phone.phone, phone.matched_by, phone.quality])).toEqual([
    [1, '+13475550155', 'county_id', 80], [1, '+17185550101', 'registration', 70], [1, '+17185550166', 'name_birth_address', 60], [2, '+12125550144', 'state_id', 90],
  ]) // prettier-ignore
  expect(await importPhones(context, { paths: [path], source: null })).toMatchObject({
    ok: true,
    report: { added: 0, updated: 0, unchanged: 3 },
  })
})

test('the indexes of the search are made once', async () => {
  expect((await addMissingIndexes(world.database)).length).toBeGreaterThan(5)
  expect(await addMissingIndexes(world.database)).toEqual([])
})

test('a generated month: everything adds up, and the month after finds who moved, changed and went', async () => {
  await sql`drop table voter_record_ny`.execute(world.database.owner)
  const write = (month: number): string => {
    const path = join(world.folder, `AllNYSVoters_2026${String(10 + month)}01.txt`)
    writeFileSync(
      path,
      Buffer.concat([...voterFile({ rows: 8000, seed: 7, today: '2026-11-23', month })].map((chunk) => chunk.voters)),
    )
    return path
  }
  const first = await run([write(0)])
  if (!first.ok) throw new Error(JSON.stringify(first.problem))
  const { counts } = first
  expect(counts.read).toBe(8000)
  expect(counts.added + counts.rejected + (counts.skipped_purged ?? 0) + (counts.duplicates ?? 0)).toBe(counts.read)
  expect(counts.rejected).toBeGreaterThan(0)
  const stored = await voters('NY')
  expect(stored).toHaveLength(counts.added)
  expect(new Set(stored.map((row) => row.state_voter_id)).size).toBe(stored.length)
  expect(await report([write(0)])).toMatchObject({ added: 0, updated: 0, unchanged: counts.added, gone: 0 })
  const next = await report([write(1)])
  expect(next.gone).toBeGreaterThan(10)
  expect(next.updated).toBeGreaterThan(50)
  expect(Number(next.unchanged) + Number(next.updated) + Number(next.gone)).toBe(counts.added)
})

test('a file that was cut off marks nobody as gone, unless somebody says that it is right so', async () => {
  const bytes = readFileSync(join(world.folder, 'AllNYSVoters_20261001.txt'))
  const path = join(world.folder, 'AllNYSVoters_20261002.txt')
  writeFileSync(path, bytes.subarray(0, bytes.length >> 1))
  const before = await voters('NY')
  const result = await run([path])
  expect(result).toMatchObject({ ok: false, problem: { code: 'many_gone' } })
  const { gone = 0, of = 0 } = result.ok ? {} : result.problem
  expect(gone / of).toBeGreaterThan(0.4)
  expect(await voters('NY')).toEqual(before)
  const imports = await world.database.owner
    .selectFrom('voter_import')
    .select(['state', 'problem'])
    .orderBy('requested_at', 'desc')
    .limit(1)
    .execute()
  expect(imports).toMatchObject([{ state: 'refused', problem: { code: 'many_gone', gone, of } }])
  expect(await report([path], { accept_gone: true })).toMatchObject({ gone, rejected: expect.any(Number) as number })
  expect(await report([join(world.folder, 'AllNYSVoters_20261001.txt')])).toMatchObject({ added: 0 })
})

test('two imports at once: the second waits and finds what the first brought', async () => {
  const path = join(world.folder, 'AllNYSVoters_20261201.txt')
  writeFileSync(
    path,
    Buffer.concat([...voterFile({ rows: 5000, seed: 9, today: '2026-11-23' })].map((chunk) => chunk.voters)),
  )
  const phases: string[] = []
  const [one, two] = await Promise.all([
    run([path], { accept_gone: true }),
    run([path], { accept_gone: true, onProgress: ({ phase }) => phases.push(phase ?? '') }),
  ])
  expect(one.ok && two.ok).toBe(true)
  const reports = [one, two].map((result) => (result.ok ? result.report : null))
  const second = reports.find((each) => each?.updated === 0 && each.added === 0)
  const first = reports.find((each) => each !== second)
  expect(second).toMatchObject({
    gone: 0,
    unchanged: (first?.added ?? 0) + (first?.updated ?? 0) + (first?.unchanged ?? 0),
  })
  expect(first?.updated).toBeGreaterThan(1000)
})

test('cancelled: the voters are as before', async () => {
  const before = await voters('NY')
  const stop = new AbortController()
  const result = await run([join(world.folder, 'AllNYSVoters_20261001.txt')], {
    signal: stop.signal,
    onProgress: ({ phase }) => phase === 'comparing' && stop.abort(),
  })
  expect(result).toMatchObject({ ok: false, problem: { code: 'cancelled' } })
  expect(await voters('NY')).toEqual(before)
})

test('cancelled while reading, voters or telephones: nothing stays, and the next import is not held up', async () => {
  const before = await voters('NY')
  for (const isPhones of [false, true]) {
    const stop = new AbortController()
    const onProgress = (): void => stop.abort()
    const path = isPhones ? join(world.folder, 'phones.csv') : join(world.folder, 'AllNYSVoters_20261001.txt')
    const result = isPhones
      ? await importPhones(context, { paths: [path], source: null, signal: stop.signal, onProgress })
      : await run([path], { signal: stop.signal, onProgress })
    expect(result).toMatchObject({ ok: false, problem: { code: 'cancelled' } })
  }
  expect(await voters('NY')).toEqual(before)
})

test('killed in the middle: the voters are as before, and the next start says so', async () => {
  const before = await voters('NY')
  const path = join(world.folder, 'AllNYSVoters_20270101.txt')
  writeFileSync(
    path,
    Buffer.concat([...voterFile({ rows: 20_000, seed: 11, today: '2026-11-23' })].map((chunk) => chunk.voters)),
  )
  const owner = world.database.ownerPool.options
  const script = join(import.meta.dirname, 'importing/killed-import.ts')
  const child = spawn(
    process.execPath,
    [
      script,
      JSON.stringify({
        owner: { host: owner.host, user: owner.user, database: owner.database },
        folder: world.folder,
        path,
      }),
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const exited = once(child, 'exit')
  await once(child.stdout, 'data') // it says when it is in the middle
  child.kill('SIGKILL')
  await exited
  // Its connection ends with it; until the server has noticed, the lock is held.
  let interrupted: Awaited<ReturnType<typeof recoverImports>> = []
  world.installation.clock.set(new Date(Date.now() + 60_000).toISOString())
  await expect
    .poll(async () => (interrupted = await recoverImports(world.database, world.installation.clock)).length, {
      timeout: 20_000,
    })
    .toBe(1)
  expect(interrupted[0]?.names).toEqual([path])
  expect(await voters('NY')).toEqual(before)
  expect(await recoverImports(world.database, world.installation.clock)).toEqual([])
  expect(await run([path])).toMatchObject({ ok: true })
}, 60_000)

test('the search finds its index for names, given names, addresses and ids', async () => {
  await sql`drop table voter_record_ny`.execute(world.database.owner)
  const path = join(world.folder, 'AllNYSVoters_20261101.txt')
  writeFileSync(
    path,
    Buffer.concat([...voterFile({ rows: 12_000, seed: 3, today: '2026-11-23' })].map((chunk) => chunk.voters)),
  )
  await report([path])
  await addMissingIndexes(world.database)
  const plan = async (where: string): Promise<string> =>
    (
      await sql
        .raw<Record<string, string>>(`explain select voter_id from voter_record where ${where}`)
        .execute(world.database.owner)
    ).rows
      .map((row) => Object.values(row)[0])
      .join('\n')
  expect(await plan("last_key = 'KIM'")).toContain('voter_record_ny_name')
  for (const where of [
    "last_key = 'KIM' and given_key like 'MINJUN%'",
    "last_key = any('{KIM,GIM}') and given_key ~>=~ 'MIN' and given_key ~<~ 'MIO'",
    "given_key like 'MINJUN%'",
  ])
    expect(await plan(where)).toMatch(/using voter_record_ny_(name|given) /)
  expect(await plan("lower(street) like 'kissena b%' and house_number = '41-25'")).toContain('voter_record_ny_address')
  expect(await plan('state_key = 12345')).toContain('voter_record_ny_state_key')
  expect(await plan('voter_id = 12345')).toContain('voter_record_ny_voter_id')
})
