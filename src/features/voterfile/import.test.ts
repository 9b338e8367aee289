import {
  copyFileSync,
  createWriteStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { join, relative } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { gzipSync } from 'node:zlib'
import yazl from 'yazl'
import { Command } from 'commander'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { DatabaseProblem } from '../../platform/db/pooler.ts'
import { makeWorld } from '../../platform/testing/world.ts'
import {
  importPhones,
  recoverImports,
  runImport,
  type ImportContext,
  type ImportRequest,
  type ImportResult,
} from './commands.ts'
import { voterfileCommands } from './cli.ts'
import { phoneFileHeader, voterFile } from './generator/voters.ts'
import { addMissingIndexes } from './indexing.ts'
import { inspectFiles } from './inspect.ts'
import { newYork } from './layouts/us-ny.ts'
import { resumeImports, voterfileImport, watchImports, type Recovered } from './jobs.ts'
import { inspectPhones } from './uploads/phone-preview.ts'
import { voterChanges, voterFiles, voterImport, voterPhones, voterRecords, voterVotes } from './queries.ts'

const samples = join(import.meta.dirname, 'samples')
const world = await makeWorld()
const context: ImportContext = {
  database: world.database,
  clock: world.installation.clock,
  folder: world.folder,
  actor: { kind: 'cli', id: 'test', name: 'Tess', organization_id: '', roles: [], is_steward: true },
}

const accepted = { law_accepted: true }
const run = (paths: string[], more: Partial<ImportRequest> = {}): Promise<ImportResult> =>
  runImport(context, { paths, layout: null, law_accepted: true, ...more })
const sample = (name: string): string => join(samples, name)

/** The report of an import that must end well. */
async function report(paths: string[], more: Partial<ImportRequest> = {}): Promise<Record<string, number>> {
  const result = await run(paths, more)
  if (!result.ok) throw new Error(JSON.stringify(result.problem))
  const { seconds, ...counts } = result.report
  expect(seconds).toBeGreaterThanOrEqual(0)
  return counts
}

/** The report without its seconds. */
const figures = (result: ImportResult): object =>
  result.ok ? { ...result.report, seconds: expect.any(Number) as number } : result

/** As `report`; before it runs a preview must have said the same, and left everything as it was. */
async function foretold(paths: string[], more: Partial<ImportRequest> = {}): Promise<Record<string, number>> {
  const before = await everything()
  const previewed = await run(paths, { ...more, is_preview: true, law_accepted: false })
  expect(await everything()).toEqual(before)
  const done = await run(paths, more)
  if (!done.ok) throw new Error(JSON.stringify(done.problem))
  const { seconds, ...counts } = done.report
  expect(seconds).toBeGreaterThanOrEqual(0)
  expect(previewed).toMatchObject({ ok: true, report: counts, preview: { report: counts } })
  expect(done.counts).toMatchObject((previewed.ok && previewed.preview?.details) || {})
  return counts
}

/** All that an import may write, as one text of each table, and the files it leaves. */
async function everything(): Promise<unknown> {
  const tables = [
    'voter_record',
    'voter_file',
    'voter_import',
    'voter_change',
    'voter_phone',
    'voter_phone_said',
    'election',
    'audit_entry',
  ]
  const sums = await Promise.all(
    tables.map((table) =>
      sql<{
        sum: string
      }>`select count(*) || ':' || coalesce(sum(hashtext(t::text)), 0) as sum from ${sql.table(table)} t`.execute(
        world.database.owner,
      ),
    ),
  )
  const folder = join(world.folder, 'imports')
  return [sums.map(({ rows }) => rows[0]?.sum), existsSync(folder) ? readdirSync(folder).toSorted() : []]
}

async function voters(state: string): Promise<Record<string, unknown>[]> {
  return (
    await sql<Record<string, unknown>>`select * from voter_record where state = ${state} order by voter_id`.execute(
      world.database.owner,
    )
  ).rows
}

/** Thousands of rows; told apart by `expect`, which takes seconds for them, only where they differ. */
function same(rows: unknown[], expected: unknown[]): void {
  if (!isDeepStrictEqual(rows, expected)) expect(rows).toEqual(expected)
  expect(rows).toHaveLength(expected.length)
}

/** New York's sample with one field of one row changed. */
function changed(change: (rows: string[]) => string[]): string {
  const rows = readFileSync(sample('us-ny.txt'), 'latin1').split('\r\n').filter(Boolean)
  const path = join(world.folder, `AllNYSVoters_${Math.floor(performance.now() * 1000)}.txt`)
  writeFileSync(path, change(rows).join('\r\n') + '\r\n', 'latin1')
  return path
}

test('without accepting the limit on use nothing is imported, voters or telephones', async () => {
  const refusal = { ok: false, problem: { code: 'law_not_accepted' } }
  expect(await run([sample('us-ny.txt')], { law_accepted: false })).toMatchObject(refusal)
  const phones = join(world.folder, 'none.csv')
  expect(await importPhones(context, { paths: [phones], source: null, law_accepted: false })).toMatchObject(refusal)
})

test('first import: purged rows are skipped, the pre-registered are kept apart', async () => {
  expect(await foretold([sample('us-ny.txt')])).toEqual({
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
  expect(await foretold([sample('us-ny.txt')])).toEqual({
    read: 4,
    added: 0,
    updated: 0,
    unchanged: 3,
    gone: 0,
    rejected: 0,
  })
  same(await voters('NY'), before)
})

test('next month: one moved and changed party, one is gone from her county, one is new; then the gone one is back', async () => {
  const path = changed((rows) => [
    rows[0]!.replace('"41-25"', '"35-10"').replace('"DEM"', '"REP"').replace('"FLUSHING"', '"BAYSIDE"'), // the sample has four rows
    rows[3]!,
    rows[1]!.replace('0102"', '0177"').replace("O'NEIL", 'NEW'),
  ])
  expect(await foretold([path])).toEqual({ read: 3, added: 1, updated: 1, unchanged: 1, gone: 1, rejected: 0 })
  const [kim] = await voters('NY')
  const changes = await voterChanges(world.database.owner, 1)
  expect(changes.map((change) => change.kind).sort()).toEqual(['moved', 'party'])
  expect(changes.find((change) => change.kind === 'moved')?.before).toMatchObject({
    house_number: '41-25',
    city: 'Flushing',
  })
  expect(kim).toMatchObject({ voter_id: 1, house_number: '35-10', party: 'rep' })

  expect((await voterRecords(world.database.owner, [2]))[0]?.gone_in).not.toBeNull()
  expect(await foretold([sample('us-ny.txt')])).toMatchObject({ gone: 1, added: 0 })
  expect((await voterRecords(world.database.owner, [2]))[0]?.gone_in).toBeNull()
  expect((await voterChanges(world.database.owner, 2)).map((change) => change.kind)).toEqual(['returned', 'gone'])

  // Which file brought whom, and which counties the later ones speak of.
  const files = await world.database.owner
    .selectFrom('voter_file')
    .select(['first_voter_id', 'next_voter_id', 'counties'])
    .where('state', '=', 'NY')
    .where('first_voter_id', 'is not', null)
    .orderBy('file_id', 'desc')
    .limit(2)
    .execute()
  const voted = await voters('NY')
  const next = voted.length + 1
  expect(files.map(({ first_voter_id, next_voter_id }) => [first_voter_id, next_voter_id])).toEqual([
    [next, next],
    [next - 1, next],
  ])
  expect(files.every(({ counties }) => counties?.includes('queens'))).toBe(true)
})

test('a preview tells what changes by kind, with each side of it, who goes and what cannot be read', async () => {
  const path = changed((rows) => [
    (rows[0] ?? '').replace('"DEM"', '"REP"').replace('"KIM"', '"KIM-LEE"'),
    ...rows.slice(2),
    (rows[1] ?? '').replace('NY000000000000000102', 'NY000000000000000777'),
    '"TOO","SHORT"',
  ])
  const kim = (await voters('NY'))[0]
  const result = await run([path], { is_preview: true })
  expect(result).toMatchObject({ ok: true, preview: { is_first: false, refused: null, people: [] } })
  const preview = result.ok ? result.preview : null
  expect(preview?.report.rejected).toBe(1)
  expect(preview?.changes).toMatchObject({ party: 1, name: 1, moved: 0 })
  expect(preview?.examples.find(({ kind }) => kind === 'party')).toEqual({
    kind: 'party',
    name: `${String(kim?.first_name)} ${String(kim?.last_name)}`,
    before: { party: 'dem', party_code: 'DEM' },
    after: { party: 'rep', party_code: 'REP' },
  })
  expect(preview?.examples.find(({ kind }) => kind === 'name')?.after.last_name).toBe('Kim-Lee')
  expect(preview?.rejects).toMatchObject([{ reason: 'column_count', row: '"TOO","SHORT"' }])
  const kinds = (kind: string): number => preview?.examples.filter((each) => each.kind === kind).length ?? 0
  expect([kinds('added'), kinds('gone')]).toEqual([preview?.report.added, preview?.report.gone])
})

/** What the last command said beside its answer. */
let said: string[] = []

/** What a command answers on stdout. */
async function command(...words: string[]): Promise<string> {
  const answered: string[] = []
  said = []
  const program = new Command().exitOverride()
  voterfileCommands(program, {
    open: () =>
      words.includes('foreign')
        ? Promise.reject(new DatabaseProblem('The database belongs to another'))
        : Promise.resolve(world.installation),
    isBegun: () => !words.includes('nothing'),
    actor: context.actor,
    say: (text) => void said.push(text),
    answer: ({ json }, value, text) => void answered.push(json ? JSON.stringify(value) : text()),
    confirm: () => Promise.resolve(words.includes('yes')),
    stoppable: (work) => work(words.includes('stopped') ? AbortSignal.abort() : new AbortController().signal),
  })
  const ended = await program
    .parseAsync(['voterfile', ...words.filter((word) => !['yes', 'stopped', 'nothing', 'foreign'].includes(word))], {
      from: 'user',
    })
    .then(
      () => null,
      (problem: Error) => problem,
    )
  if (ended) throw ended
  return answered.join('\n')
}

test('a command refused for the limit on use opens nothing where nothing has begun', async () => {
  // 'foreign': opening would be refused for another reason.
  for (const words of [
    ['import', 'x.txt', '--layout', 'us-ny'],
    ['phones', 'x.csv'],
  ])
    await expect(command(...words, 'nothing', 'foreign')).rejects.toThrow('say that you keep the limit on use')
})

test('the command previews figures without the limit on use and voters with it, says whose people change, and leaves a trace alone', async () => {
  const { voter_id } = (await voters('NY'))[0] ?? {}
  await world.database.owner
    .insertInto('person')
    .values({ organization_id: world.ours.organization_id, voter_id: Number(voter_id), matched_by: 'hand' })
    .execute()
  const before = await everything()
  const path = changed(([first = '', ...rest]) => [first.replace('"DEM"', '"REP"'), ...rest])
  const options = ['--layout', 'us-ny', '--accept-law', '--preview', '--json']
  const answer = JSON.parse(await command('import', path, ...options)) as object
  expect(Object.keys(answer)).toEqual([
    ...['read', 'added', 'updated', 'unchanged', 'gone', 'rejected', 'seconds'],
    ...['details', 'changes', 'examples', 'rejects', 'refused', 'people'],
  ])
  expect(answer).toMatchObject({
    changes: { party: 1, moved: 0 },
    examples: { party: [{ before: { party: 'dem' }, after: { party: 'rep' } }], moved: [] },
    people: [{ organization_id: world.ours.organization_id, party: 1, gone: 0 }],
  })
  expect(await command('import', path, '--preview', '--accept-law')).toMatch(/party: Min.* Kim: dem DEM → rep REP/)
  const figuresOnly = await command('import', path, '--preview')
  expect(figuresOnly).toContain('party 1')
  expect(figuresOnly).not.toContain('Kim')
  expect(JSON.parse(await command('import', path, '--preview', '--json'))).toMatchObject({ changes: { party: 1 }, examples: { party: [] } }) // prettier-ignore
  const traces = world.database.owner.selectFrom('audit_entry').where('action', '=', 'voterfile.preview')
  expect((await traces.select('after').orderBy('audit_id').execute()).map(({ after }) => after)).toMatchObject(
    [true, true, false, false].map((law_accepted) => ({ names: [path], law_accepted })),
  )
  await sql`delete from audit_entry where action = 'voterfile.preview'`.execute(world.database.owner)
  expect(await everything()).toEqual(before)
})

test.each(['import', 'phones'])('Ctrl-C in the command %s cancels it, and its row says so', async (kind) => {
  const path = kind === 'import' ? sample('us-ny.txt') : join(world.folder, 'few.csv')
  writeFileSync(join(world.folder, 'few.csv'), phoneFileHeader)
  await expect(command(kind, path, '--accept-law', 'stopped')).rejects.toMatchObject({ answer: { problem: 'cancelled' } }) // prettier-ignore
  const cancelled = world.database.owner.selectFrom('voter_import').select('names').where('state', '=', 'cancelled')
  expect(await cancelled.execute()).toContainEqual({ names: [path] })
})

test('the command says that a newer file is in use', async () => {
  const inUse = await world.database.owner.selectFrom('voter_file').select(['file_id', 'received_on']).execute()
  await world.database.owner.updateTable('voter_file').set({ received_on: '2026-10-01' }).execute()
  for (const [date, isOlder] of [
    ['2026-09-01', true],
    ['2026-10-01', false],
  ] as const) {
    await command('import', sample('us-ny.txt'), '--preview', '--received-on', date)
    expect(said.some((line) => line.includes(`is of ${date}, but a file of 2026-10-01 is in use`))).toBe(isOlder)
  }
  for (const { file_id, received_on } of inUse)
    await world.database.owner.updateTable('voter_file').set({ received_on }).where('file_id', '=', file_id).execute()
  await sql`delete from audit_entry where action = 'voterfile.preview'`.execute(world.database.owner)
})

test('a described layout goes to another installation as a file, and is taken by its name', async () => {
  const file = join(world.folder, 'layout.json')
  const washington = JSON.parse(await command('layout', 'export', 'us-wa')) as object
  writeFileSync(file, JSON.stringify({ ...washington, title: 'Tacoma list' }))
  expect(await command('layout', 'import', file, '--json')).toBe('{"id":"own-wa-tacoma-list.1"}')
  expect(await command('layout', 'import', file)).toContain('own-wa-tacoma-list.1')
  writeFileSync(file, JSON.stringify({ ...washington, title: 'Tacoma list', status_otherwise: 'active' }))
  expect(await command('layout', 'import', file)).toContain('own-wa-tacoma-list.2')
  const listed = JSON.parse(await command('layouts', '--json')) as { id: string }[]
  expect(listed[0]).toMatchObject({ id: 'own-wa-tacoma-list.2', is_own: true, versions: ['own-wa-tacoma-list.1', 'own-wa-tacoma-list.2'] }) // prettier-ignore
  expect(await command('layouts')).toContain('us-ny  NY')
  const looked = [sample('us-wa.txt'), '--layout', 'own-wa-tacoma-list', '--json']
  const views = async () => (await world.database.owner.selectFrom('audit_entry').select('audit_id').where('action', '=', 'voterfile.view').execute()).length // prettier-ignore
  const before = await views()
  for (const words of [
    ['import', '--dry-run', ...looked],
    ['inspect', ...looked],
  ])
    expect(JSON.parse(await command(...words))).toMatchObject({
      files: [{ layout: 'own-wa-tacoma-list.2', rows: [{ state: 'WA' }] }],
    })
  expect(await views()).toBe(before + 2)
  await expect(command('inspect', ...looked, 'nothing')).rejects.toThrow('No layout own-wa-tacoma-list')
  await expect(command('inspect', ...looked, 'foreign')).rejects.toThrow('belongs to another')
  expect(await command('inspect', sample('us-wa.txt'), '--json', 'foreign')).toContain('"layout":"us-wa"')
  expect(said.join()).toContain('Layouts described here are not known to this look: The database belongs to another')
  writeFileSync(file, JSON.stringify({ ...washington, columns: [[{ name: 'Id', is: 'shoe_size' }]] }))
  await expect(command('layout', 'import', file)).rejects.toThrow('columns.0.0.is')
  writeFileSync(file, JSON.stringify({ ...washington, columns: [[{ name: 'Id', is: 'state_voter_id' }]] }))
  await expect(command('layout', 'import', file)).rejects.toThrow('none is the last_name')
  await world.database.owner.deleteFrom('voter_layout').execute()
})

test("a described file changes the elections and addresses it tells of; all else stays as the state's file has it", async () => {
  const file = join(world.folder, 'vendor-layout.json')
  const path = join(world.folder, 'vendor.csv')
  const names = ['Id', 'Last', 'First', 'Number', 'Street', 'Zip', 'G24', 'G20']
  const is = ['state_voter_id', 'last_name', 'first_name', 'house_number', 'street_name', 'zip', undefined, undefined]
  const washington = JSON.parse(await command('layout', 'export', 'us-wa')) as object
  const general = (held_on: string) => ({ kind: 'general', year: Number(held_on.slice(0, 4)), held_on })
  const described = {
    ...washington,
    state: 'NY',
    title: 'Two elections',
    id_prefix: 'NY',
    delimiters: [','],
    columns: [names.map((name, at) => ({ name, ...(is[at] && { is: is[at] }) }))],
    history: {
      style: 'wide',
      header: '',
      kinds: {},
      elections: { G24: general('2024-11-05'), G20: general('2020-11-03') },
      methods: { X: 'unknown', M: 'mail', N: null },
    },
  }
  const write = (...rows: string[]): void => writeFileSync(path, [names.join(','), ...rows, ''].join('\n'))
  writeFileSync(file, JSON.stringify(described))
  await command('layout', 'import', file)
  const more = { layout: 'own-ny-two-elections', is_part: true }
  const ids = ['NY000000000000000101', 'NY000000000000000102', 'NY000000000000000104']
  const stored = async () => new Map((await voters('NY')).map((voter) => [String(voter.state_voter_id), voter]))
  const votesOf = async (id: string): Promise<string[]> =>
    (await voterVotes(world.database.owner, (await stored()).get(id)?.votes as number[])).map(
      ({ election, method }) => `${election.held_on ?? election.year} ${election.kind} ${method}`,
    )
  await sql`update voter_record set votes_unread = 'VILLAGE ?' where state_voter_id = ${ids[0]}`.execute(world.database.owner) // prettier-ignore
  const before = await stored()
  const votes = await votesOf(ids[0]!)
  expect(votes).toEqual(expect.arrayContaining(['2024-11-05 general poll', '2020-11-03 general mail']))
  expect(before.get(ids[0]!)).toMatchObject({ unit: 'Apt 5B', last_voted_on: '2024-11-05' })

  // Of Kim's building two say nothing of the apartment; O'Neil's number is another one now; Lee had not voted.
  write(
    `${ids[0]},KIM,MIN,41-25,KISSENA BLVD,11355,N,X`,
    `${ids[1]},O'NEIL,MARY-ANN,9,MAIN ST,10001,M,`,
    `${ids[2]},LEE,GRACE,41-25,KISSENA BLVD,11355,,`,
    'NY000000000000000888,YOON,ARA,7,MAIN ST,10001,X,N',
  )
  expect(await foretold([path], more)).toMatchObject({ added: 1, updated: 3, unchanged: 0, gone: 0 })
  const after = await stored()
  for (const id of ids) {
    const { unit, household_key, house_number, street, city, zip5, zip4 } = before.get(id) ?? {}
    expect(after.get(id)).toMatchObject({ unit, household_key, house_number, street, city, zip5, zip4 })
  }
  expect(await votesOf(ids[0]!)).toEqual(votes.filter((vote) => !vote.startsWith('2024-11-05')))
  expect(after.get(ids[0]!)).toMatchObject({ votes_unread: 'VILLAGE ?', last_voted_on: '2020-11-03' })
  expect(await votesOf(ids[1]!)).toEqual(['2024-11-05 general mail', '2008-11-04 general unknown'])
  expect(after.get(ids[1]!)).toMatchObject({ last_voted_on: '2024-11-05' })
  expect(await votesOf('NY000000000000000888')).toEqual(['2024-11-05 general unknown'])
  expect(await foretold([path], more)).toMatchObject({ read: 4, updated: 0, unchanged: 4 })
  expect(await stored()).toEqual(after)

  // Where no apartment would be lost by it an address without one is news.
  write('NY000000000000000888,YOON,ARA,8,MAIN ST,10001,X,N')
  expect(await foretold([path], more)).toMatchObject({ updated: 1 })
  expect((await stored()).get('NY000000000000000888')).toMatchObject({ house_number: '8', unit: null })
  await world.database.owner.deleteFrom('voter_layout').execute()
  await world.database.owner.deleteFrom('voter_record').where('state_voter_id', '=', 'NY000000000000000888').execute()
  await report([sample('us-ny.txt')])
})

test('of two rows of one voter the better one counts, whatever their order, and again', async () => {
  for (const turn of [false, true]) {
    const path = changed((rows) => {
      const live = rows[0]!
      const purged = live.replace('"A"', '"I"').replace('20100102', '20050102')
      return turn ? [purged, live, rows[1]!, rows[3]!] : [live, purged, rows[1]!, rows[3]!]
    })
    const counts = await foretold([path])
    expect(counts).toMatchObject({ read: 4, added: 0, updated: 0 })
    expect((await voterRecords(world.database.owner, [1]))[0]).toMatchObject({ status: 'active' })
  }
})

test("the city's file adds council district and telephone by county id, to nobody upstate; its history adds votes", async () => {
  const { owner } = world.database
  // Counties upstate number by themselves: one has Kim's number, one more digits than a bigint. The state's id of one is a number of the city's.
  const [, oneil, lee] = await voters('NY')
  await sql`update voter_record set county = 'erie', county_voter_id = '300000001', state_key = 300000999 where voter_id = 2`.execute(owner) // prettier-ignore
  await sql`update voter_record set county = 'erie', county_voter_id = '99999999999999999999' where voter_id = 3`.execute(owner) // prettier-ignore
  const upstate = async () => (await voters('NY')).slice(1)
  const strangers = await upstate()
  const list = readFileSync(sample('us-nyc.csv'), 'utf8').replace('"300000001"', '"300000001.0"')
  const path = join(world.folder, 'us-nyc.csv')
  writeFileSync(path, list.replace(/("NOBODY".*"A","","","",)""/, '$1"7185550199"'))
  expect(await foretold([path])).toMatchObject({ read: 2, updated: 1, added: 0, rejected: 1 })
  const again = await run([path])
  expect(again).toMatchObject({ ok: true, report: { updated: 0, unchanged: 1, rejected: 1 } })
  expect(readFileSync(again.ok ? (again.rejects_path ?? '') : '', 'utf8')).toContain(
    'us-nyc.csv,3,county_voter_id,unknown_voter,no voter we have bears this id,',
  )
  const [kim] = await voterRecords(world.database.owner, [1])
  expect(kim).toMatchObject({ ccd: 20, districts: { 'civil-court': '4', judicial: '11' } })
  expect(await voterPhones(world.database.owner, [1])).toMatchObject([
    { phone: '+17185550101', matched_by: 'registration' },
  ])
  expect(await voterPhones(owner, [2, 3])).toEqual([])
  expect(await foretold([sample('us-nyc-history.csv')])).toMatchObject({ read: 2, updated: 1 })
  expect(await report([sample('us-nyc-history.csv')])).toMatchObject({ read: 2, updated: 0, unchanged: 1 })
  expect((await voterVotes(world.database.owner, (await voterRecords(world.database.owner, [1]))[0]?.votes ?? [])).slice(0, 2).map((vote) => [vote.election.held_on, vote.election.kind, vote.method])).toEqual([
    ['2025-06-24', 'primary', 'early'], ['2024-11-05', 'general', 'poll'],
  ]) // prettier-ignore
  same(await upstate(), strangers)
  for (const { voter_id, county, county_voter_id, state_key } of [oneil, lee] as { [name: string]: string | number }[])
    await sql`update voter_record set county = ${county}, county_voter_id = ${county_voter_id}, state_key = ${state_key} where voter_id = ${voter_id}`.execute(owner) // prettier-ignore
  // The state's next file says nothing of council districts and leaves them.
  await report([sample('us-ny.txt')])
  expect((await voterRecords(world.database.owner, [1]))[0]?.ccd).toBe(20)
  // Whatever news it tells, what the city alone knows is neither lost nor told as another change, also of who left the city.
  const before = (await voterRecords(owner, [1]))[0]
  const next = join(world.folder, 'next.txt')
  const news = (...changes: [from: string, to: string][]) =>
    writeFileSync(next, changes.reduce((text, [from, to]) => text.replace(from, to), readFileSync(sample('us-ny.txt'), 'utf8'))) // prettier-ignore
  news(['"","41","023"', '"","30","023"'])
  expect(await report([next])).toMatchObject({ updated: 1 })
  news(['"","41","023"', '"","30","023"'], ['"KISSENA BLVD"', '"MAIN ST"'])
  expect(await report([next])).toMatchObject({ updated: 1 })
  expect((await voterRecords(owner, [1]))[0]).toMatchObject({ county: 'nassau', street: 'Main St', votes: before?.votes, last_voted_on: before?.last_voted_on }) // prettier-ignore
  // Who left the city has no council district of it, and no court district.
  const { ccd, districts } = (await voterRecords(owner, [1]))[0] ?? {}
  expect([before?.ccd, ccd]).toEqual([20, null])
  expect(Object.keys(before?.districts ?? {})).toEqual(expect.arrayContaining(['civil-court', 'judicial']))
  expect(Object.keys(districts ?? {})).toEqual(expect.not.arrayContaining(['civil-court']))
  expect(districts ?? {}).not.toHaveProperty('judicial')
  // A vote of its own it takes back is gone.
  news(['20241105 GE(P);', ''])
  expect(await report([next])).toMatchObject({ updated: 1 })
  expect((await voterRecords(owner, [1]))[0]?.votes).toEqual(before?.votes.toSpliced(1, 1))
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
  // Each is an election whose kind is known: turnout counts them.
  const known = await voterVotes(world.database.owner, (first?.votes ?? []) as number[])
  expect(known.map(({ election }) => election.kind)).toEqual(expect.not.arrayContaining(['other']))
})

test('bad rows go to a file with line, column, reason and the row as it came; the rest is imported', async () => {
  const path = join(world.folder, 'bad.txt')
  const good = readFileSync(sample('us-wa.txt'), 'utf8').split('\r\n').filter(Boolean)
  writeFileSync(
    path,
    [good[0], good[1], '=too|short', good[1]!.replace('9000001', ''), good[1]!.replace('9000001', '9000002')].join(
      '\r\n',
    ),
  ) // the sample has a header and a row
  const looked = await run([path], { is_preview: true })
  const result = await run([path])
  expect(looked).toMatchObject({ ok: true, report: figures(result), rejects_path: null })
  expect(result).toMatchObject({ ok: true, report: { read: 4, added: 1, unchanged: 1, rejected: 2 } })
  const rejects = readFileSync(result.ok ? (result.rejects_path ?? '') : '', 'utf8')
  const third = good[0]!.replace('\uFEFF', '').split('|')[2]
  expect(rejects).toContain(
    `bad.txt,3,${third},column_count,"another number of columns than the file has (${good[0]!.split('|').length} columns expected, 2 found)",'=too|short`,
  )
  expect(rejects).toContain('bad.txt,4,state_voter_id,no_voter_id,no voter id,')
})

test.each(['registration', 'phones'] as const)('rejects that find no room end the import alone: %s', async (kind) => {
  const { owner } = world.database
  const path = join(world.folder, `full-${kind}.txt`)
  const [head, row] = readFileSync(sample('us-wa.txt'), 'utf8').split('\r\n')
  writeFileSync(path, kind === 'phones' ? `${phoneFileHeader}=too,short\n` : `${head}\r\n${row}\r\n=too|short\r\n`)
  const values = { kind, paths: [path], names: [path], options: '{}', requested_by: 'Tess', state: 'queued' as const }
  const { import_id } = await owner
    .insertInto('voter_import')
    .values(values)
    .returning('import_id')
    .executeTakeFirstOrThrow()
  symlinkSync('/dev/full', join(world.folder, 'imports', `${import_id}-rejects.csv`))
  const problem = { code: 'rejects_unwritable', detail: expect.stringContaining('ENOSPC') as string }
  const ended = kind === 'phones' ? importPhones(context, { paths: [path], source: null, law_accepted: true, import_id }) : run([path], { import_id }) // prettier-ignore
  expect(await ended).toMatchObject({ ok: false, problem })
  expect(await voterImport(owner, import_id)).toMatchObject({ state: 'failed', problem })
})

test('what is no voter file is refused and leaves everything as it was', async () => {
  const files: [string, Buffer, string][] = [
    ['error.txt', Buffer.from('<!DOCTYPE html><html><body>404 Not Found</body></html>'), 'html'],
    ['gateway.csv', Buffer.from('<!-- 7 -->\n<HTML><body>Session expired</body></HTML>'), 'html'],
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
    expect((await inspectFiles([path], null, '2026-11-26')).problem?.code, name).toBe(code)
  }
  expect(await run([sample('us-wa.txt')], { layout: 'us-ny' })).toMatchObject({
    ok: false,
    problem: { code: 'wrong_layout' },
  })
  const sheet = await zipped('sheet.xlsx', { '[Content_Types].xml': '<x/>', 'xl/workbook.xml': '<x/>' })
  expect(await run([sheet])).toMatchObject({ ok: false, problem: { code: 'spreadsheet' } })
  const other = await zipped('sheet.ods', { mimetype: 'x', 'content.xml': '<x/>', 'META-INF/manifest.xml': '<x/>' })
  expect(await run([other])).toMatchObject({ ok: false, problem: { code: 'spreadsheet' } })
  const files_before = await voterFiles(world.database.owner)
  const [headings = ''] = readFileSync(sample('us-wa.txt'), 'utf8').split('\r\n')
  const rowless = join(world.folder, 'rowless.txt')
  writeFileSync(rowless, `${headings}\r\n`)
  expect(await run([rowless])).toMatchObject({ ok: false, problem: { code: 'empty_file', detail: 'rowless.txt' } })
  writeFileSync(rowless, 'State Voter ID,Phone\n')
  const numbers = { paths: [rowless], source: null, law_accepted: true }
  expect(await importPhones(context, numbers)).toMatchObject({ ok: false, problem: { code: 'empty_file' } })
  writeFileSync(rowless, 'A'.repeat(300_000))
  const long = await importPhones(context, numbers)
  expect(long.ok ? '' : long.problem.detail).toBe(`rowless.txt; not understood: ${'A'.repeat(40)}…`)
  expect(await voterFiles(world.database.owner)).toEqual(files_before)
})

test("somebody's list under a board's headings is no voter file, and where no row is one nothing came of it", async () => {
  const before = await everything()
  const lists = {
    'ny-list.csv': 'SBOEID,LASTNAME,FIRSTNAME,PHONE\nNY000000000000000101,KIM,MIN,718-555-0134\n',
    'calls.csv': 'State Voter ID,Birth Year,Phone\nNY000000000000000101,1985,718-555-0134\n',
  }
  for (const [name, text] of Object.entries(lists)) {
    const path = join(world.folder, name)
    writeFileSync(path, text)
    for (const layout of [null, 'us-ny'])
      expect(await run([path], { layout }), name).toMatchObject({ ok: false, problem: { code: 'not_a_voter_file' } })
    for (const option of ['--accept-law', '--dry-run'])
      await expect(command('import', path, option), name).rejects.toThrow('hanpyo voterfile phones FILE')
  }
  // Every heading of the board, and numbers of another one.
  const [head = '', row = ''] = readFileSync(sample('us-wa.txt'), 'utf8').split('\r\n')
  const path = join(world.folder, 'us-wa-others.txt')
  writeFileSync(path, [head, row.replace('9000001', 'NY000000000000000101'), ''].join('\r\n'))
  expect(await run([path])).toMatchObject({ ok: false, problem: { code: 'not_a_voter_file' } })
  expect(await everything()).toEqual(before)

  const [first, last] = ['FName', 'LName'].map((name) => head.split('|').indexOf(name))
  const nameless = row.split('|').map((field, at) => (at === first || at === last ? '' : field))
  writeFileSync(path, [head, nameless.join('|'), ''].join('\r\n'))
  // Of the file that is read last there is nothing to reject.
  const [headings = ''] = readFileSync(sample('us-wa-history.txt'), 'utf8').split('\r\n')
  const history = join(world.folder, 'us-wa-history.txt')
  writeFileSync(history, `${headings}\r\n`)
  const none = await run([path, history])
  expect(none).toMatchObject({ ok: false, problem: { code: 'all_rejected', detail: '1 / 1' } })
  expect(readFileSync(none.rejects_path ?? '', 'utf8')).toContain('us-wa-others.txt,2,last_name,no_name,')
  await expect(command('import', path, '--accept-law')).rejects.toThrow('No row of it could be used')
  expect(said.join()).toContain('Rows that could not be read: ')
})

test('columns a file of the board lacks leave what is stored as it is', async () => {
  const left_out = 'ENROLLMENT OTHERPARTY STATUS DOB VOTERHISTORY LASTVOTERDATE RAPARTMENT COUNTYCODE AD'.split(' ')
  const { columns } = newYork
  const kept = (columns[0] ?? []).map(({ name }) => name).map((name, at) => ({ name, at })).filter(({ name }) => !left_out.includes(name)) // prettier-ignore
  const rows = readFileSync(sample('us-ny.txt'), 'latin1').split('\r\n').filter(Boolean)
  // The letters before its ids are lost, too.
  const fields = rows.map((row) => row.slice(1, -1).replace('NY0000', '0000').split('","'))
  const path = join(world.folder, 'AllNYSVoters_few.csv')
  // The third is one the state has purged, which this file does not say.
  const lines = [kept.map(({ name }) => name), ...fields.filter((_, at) => at !== 2).map((row) => kept.map(({ at }) => row[at]))] // prettier-ignore
  writeFileSync(path, lines.map((line) => `"${line.join('","')}"\r\n`).join(''), 'latin1')
  const { files } = await inspectFiles([path], null, '2026-11-26')
  expect(files).toMatchObject([{ layout: 'us-ny', missing_columns: expect.arrayContaining(['DOB', 'STATUS']) as string[] }]) // prettier-ignore
  await report([sample('us-ny.txt')])
  const plain = async () => (await voters('NY')).map((voter) => ({ ...voter, row_hash: null, file_id: null }))
  const before = await plain()
  expect(await foretold([path], { is_part: true })).toMatchObject({ read: 3, added: 0, rejected: 0 })
  same(await plain(), before)
  await report([sample('us-ny.txt')])
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
    'readme.txt': 'Counts of each county are in verificationfiles.',
  })
  expect(await foretold([zip])).toMatchObject({ read: 4, added: 1, unchanged: 1 })
  const gz = join(world.folder, 'wa.txt.gz')
  writeFileSync(gz, gzipSync(readFileSync(sample('us-wa.txt'))))
  expect(await report([gz])).toMatchObject({ read: 1, rejected: 0 })
})

test('registration and history in one import: both are read, registration first, or none', async () => {
  await sql`drop table voter_record_fl`.execute(world.database.owner)
  const zip = await zipped('florida-both.zip', {
    'a_history.txt': readFileSync(sample('us-fl-history.txt')),
    'b_registration.txt': readFileSync(sample('us-fl.txt')),
    'README.txt': 'Extract disk of voters. Columns:\n1 County Code\n2 Voter ID\n',
    'layout.txt': '<html><body>see the web</body></html>',
    'layout.pdf': '%PDF-1.7',
  })
  const left_out = ['layout.pdf', 'layout.txt', 'README.txt'].map((name) => `florida-both.zip/${name}`)
  const inspection = await inspectFiles([zip], null, '2026-11-26')
  expect(inspection).toMatchObject({
    problem: null,
    files: [
      { layout: 'us-fl', estimated_rows: 2 },
      { layout: 'us-fl-history', estimated_rows: 2 },
    ],
  })
  expect(inspection.left_out.toSorted()).toEqual(left_out.toSorted())
  const looked = await run([zip], { is_preview: true })
  const result = await run([zip])
  if (!result.ok) throw new Error(JSON.stringify(result.problem))
  // The history was compared with voters that only the other file brings.
  expect(looked).toMatchObject({ ok: true, report: figures(result), preview: { is_first: true } })
  expect(result.left_out.toSorted()).toEqual(left_out.toSorted())
  expect(result.files).toMatchObject([
    { layout: 'us-fl', names: ['florida-both.zip/b_registration.txt'], counts: { added: 1 } },
    { layout: 'us-fl-history', names: ['florida-both.zip/a_history.txt'], counts: { updated: 1 } },
  ])
  const of = (name: 'read' | 'added' | 'rejected') => result.files.reduce((sum, { counts }) => sum + counts[name], 0)
  expect(result.report).toMatchObject({ read: of('read'), added: of('added'), rejected: of('rejected') })
  expect((await voters('FL'))[0]?.votes).toHaveLength(1)

  // Two states at once, one of them with rows to reject in both.
  const states = [sample('us-wa-history.txt'), sample('us-fl.txt'), sample('us-wa.txt'), sample('us-nc-history.txt')]
  const named = { names: ['wa-h.txt', 'fl.txt', 'wa.txt', 'nc-h.txt'] }
  const again = await run(states, { ...named, is_preview: true })
  const several = await run(states, named)
  expect(again).toMatchObject({ ok: true, report: figures(several) })
  if (!several.ok) throw new Error(JSON.stringify(several.problem))
  expect(several.files.map(({ layout, names }) => [layout, names])).toEqual([
    ['us-fl', ['fl.txt']], ['us-wa', ['wa.txt']], ['us-wa-history', ['wa-h.txt']], ['us-nc-history', ['nc-h.txt']],
  ]) // prettier-ignore
  expect(readFileSync(several.rejects_path ?? '', 'utf8')).toContain('nc-h.txt,')
  const row = await voterImport(world.database.owner, several.import_id)
  expect(row).toMatchObject({ state: 'done', layout: null, report: { read: several.report.read } })
})

test('the layout named is the board that gives the files: its history comes with its voters, another board is refused', async () => {
  for (const [state, end] of [
    ['us-nc', 'txt'],
    ['us-fl', 'txt'],
    ['us-wa', 'txt'],
    ['us-nyc', 'csv'],
  ] as const) {
    // prettier-ignore
    const [own, history] = [`${state}.${end}`, `${state}-history.${end}`]
    const zip = await zipped(`${state}.zip`, {
      [own]: readFileSync(sample(own)),
      [history]: readFileSync(sample(history)),
      'readme.txt': 'Counts of each county.',
    })
    const files = [{ layout: state }, { layout: `${state}-history` }]
    for (const layout of [state, `${state}-history`]) {
      const apart = await inspectFiles([sample(own), sample(history)], layout, '2026-11-26')
      expect(apart, layout).toMatchObject({ problem: null, files })
      const left_out = [`${state}.zip/readme.txt`]
      expect(await inspectFiles([zip], layout, '2026-11-26'), layout).toMatchObject({ problem: null, files, left_out })
    }
  }
  const both = [join(world.folder, 'us-fl.zip')]
  expect(await run(both, { layout: 'us-fl', is_preview: true })).toMatchObject({
    ok: true,
    files: [{ layout: 'us-fl' }, { layout: 'us-fl-history' }],
  })
  // What is a voter file, though of another board, is not left out as if it were none.
  const two = await zipped('two-states.zip', {
    'fl.txt': readFileSync(sample('us-fl.txt')),
    'wa-history.txt': readFileSync(sample('us-wa-history.txt')),
  })
  expect(await run([two], { layout: 'us-fl' })).toMatchObject({
    problem: { code: 'wrong_layout', detail: 'two-states.zip/wa-history.txt: us-wa-history' },
  })
  expect(await inspectFiles([two], 'us-fl', '2026-11-26')).toMatchObject({
    problem: { code: 'wrong_layout' },
    left_out: [],
  })
})

test('a file that is none is refused by name, beside others or alone in its zip, and the dry run says the same', async () => {
  const before = await voters('FL')
  const notes = join(world.folder, 'notes.txt')
  writeFileSync(notes, 'Dear all,\nplease find the list attached\n')
  const beside = [sample('us-fl.txt'), notes]
  const refusal = { problem: { code: 'not_a_voter_file', detail: 'notes.txt' } }
  expect(await run(beside)).toMatchObject(refusal)
  expect(await inspectFiles(beside, null, '2026-11-26')).toMatchObject(refusal)
  const zip = await zipped('notes.zip', { 'notes.txt': readFileSync(notes) })
  expect(await run([zip])).toMatchObject({ problem: { code: 'not_a_voter_file', detail: 'notes.zip/notes.txt' } })
  same(await voters('FL'), before)
})

test('without a header, a column that holds something else is shown, though the first rows are as they should be', async () => {
  const path = join(world.folder, 'moved-columns.txt')
  const rows = readFileSync(sample('us-ny.txt'), 'latin1').split('\r\n').filter(Boolean)
  const good = rows[0]! // the sample has four rows
  const born = /"(\d{8})"/.exec(good)?.[0] ?? ''
  const moved = good.replace(born, '"KISSENA BL"')
  writeFileSync(path, [...Array<string>(1500).fill(good), ...Array<string>(1500).fill(moved)].join('\r\n') + '\r\n')
  const { files, problem } = await inspectFiles([path], 'us-ny', '2026-11-26')
  expect(problem).toBeNull()
  expect(files[0]?.odd_columns).toMatchObject([
    { name: expect.stringMatching(/DOB|BIRTH/i) as string, example: 'KISSENA BL' },
  ])
  expect(files[0]?.odd_columns[0]?.share).toBeGreaterThan(0.3)
  expect((await inspectFiles([sample('us-ny.txt')], null, '2026-11-26')).files[0]?.odd_columns).toEqual([])
})

test('rows and letters of another kind far behind the first ones are found by the dry run, packed or not', async () => {
  const rows = readFileSync(sample('us-ny.txt'), 'latin1').split('\r\n').filter(Boolean)
  const good = rows[0]! // the sample has four rows
  const short = good.split(',').slice(0, 45).join(',')
  const korean = Buffer.from(good.replace(/^"[^"]*"/, `"${'\xb1\xe8\xbf\xb5\xc8\xf1'.repeat(10)}"`), 'latin1')
  const body = (count: number, row: string | Buffer) =>
    Array.from({ length: count }, () => Buffer.concat([Buffer.from(row), Buffer.from('\r\n')]))
  const bytes = Buffer.concat([...body(6000, good), ...body(2000, short), ...body(2000, korean)])
  const plain = join(world.folder, 'two-kinds.txt')
  writeFileSync(plain, bytes)
  const packed = await zipped('two-kinds.zip', { 'two-kinds.txt': bytes })
  for (const path of [plain, packed]) {
    const { files, problem } = await inspectFiles([path], 'us-ny', '2026-11-26')
    expect(problem).toBeNull()
    expect(files[0]?.faults).toEqual([])
    expect(files[0]?.encoding).toBe('ascii')
    const { looked_at = 0, unfit = 0, counts, example, encodings } = files[0]?.elsewhere ?? {}
    expect(unfit).toBeGreaterThan(100)
    expect(looked_at).toBeGreaterThan(unfit)
    expect(counts).toEqual([{ columns: 45, count: unfit }])
    expect(short.replaceAll('"', '')).toContain(example?.replaceAll('"', '').slice(0, 50))
    expect(encodings).toEqual(['euc-kr'])
  }
  // Letters of the file's own kind that only come late are no news.
  const late = join(world.folder, 'late-letter.txt')
  writeFileSync(
    late,
    Buffer.concat([...body(6000, good), ...body(2000, Buffer.from(good.replace(/^"[^"]*"/, '"MUÑOZ"')))]),
  )
  const [file] = (await inspectFiles([late], 'us-ny', '2026-11-26')).files
  expect(file).toMatchObject({ encoding: 'utf-8', elsewhere: { unfit: 0, encodings: [] } })
})

test('small letters with accents in UTF-8 are no Korean', async () => {
  const [header = '', row = ''] = readFileSync(sample('us-wa.txt'), 'utf8').split('\r\n')
  const names = ['Peña', 'García', 'Gómez', 'Martínez']
  const rows = Array.from({ length: 60 }, (_, at) => row.replace('9000001', String(9_400_000 + at)).replace('Tanaka', names[at % 4] ?? '').replace('Kenji', 'José')) // prettier-ignore
  for (const start of ['', '\ufeff']) {
    const path = join(world.folder, 'accents.txt')
    writeFileSync(path, start + [header, ...rows, ''].join('\r\n'))
    const { files } = await inspectFiles([path], null, '2026-11-26')
    expect(files[0]?.encoding).toBe('utf-8')
    expect(files[0]?.rows.slice(0, 2)).toMatchObject([
      { last_name: 'Peña', first_name: 'José' },
      { last_name: 'García' },
    ])
  }
})

test('UTF-16 and UTF-8 with a byte order mark', async () => {
  const text = readFileSync(sample('us-wa.txt'), 'utf8').replace('Tanaka', 'Muñoz')
  for (const [name, bytes] of [
    ['wide.txt', Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['bom.txt', Buffer.from(`\uFEFF${text}`)],
  ] as const) {
    const path = join(world.folder, name)
    writeFileSync(path, bytes)
    const { files } = await inspectFiles([path], null, '2026-11-26')
    expect(files[0]?.rows[0]?.last_name, name).toBe('Muñoz')
  }
})

test('rows are estimated as many as they are, also in two bytes a letter', async () => {
  const [head = '', ...rows] = readFileSync(sample('us-wa.txt'), 'utf8').split('\r\n').filter(Boolean)
  const text = [head, ...Array.from({ length: 4000 }, () => rows[0] ?? '')].join('\r\n')
  const path = join(world.folder, 'many-wide.txt')
  writeFileSync(path, Buffer.from(`\uFEFF${text}`, 'utf16le'))
  const { files } = await inspectFiles([path], null, '2026-11-26')
  expect(files[0]?.estimated_rows).toBeGreaterThan(3800)
  expect(files[0]?.estimated_rows).toBeLessThan(4200)
})

test('lines as an old Mac ends them are lines', async () => {
  const before = await voters('WA')
  const path = join(world.folder, 'mac.txt')
  writeFileSync(path, readFileSync(sample('us-wa.txt'), 'latin1').replaceAll('\r\n', '\r'), 'latin1')
  expect((await inspectFiles([path], null, '2026-11-26')).files[0]?.rows).toHaveLength(1)
  expect(await report([path])).toMatchObject({ read: 1, rejected: 0 })
  expect(await voters('WA')).toHaveLength(before.length)
})

test("an extract under the board's own headings is taken where its layout is named; a list beside the id is not", async () => {
  const rows = readFileSync(sample('us-ny.txt'), 'latin1').split('\r\n').filter(Boolean)
  const names = newYork.columns[0]?.map(({ name }) => name) ?? []
  const kept = 'SBOEID LASTNAME FIRSTNAME DOB RADDNUMBER RSTREETNAME RAPARTMENT RCITY RZIP5 COUNTYCODE VOTERHISTORY'.split(' ') // prettier-ignore
  const fields = (rows[0] ?? '').slice(1, -1).split('","')
  const extract = (columns: string[]): string => {
    const path = join(world.folder, `extract-${columns.length}.csv`)
    const row = columns.map((column) => `"${fields[names.indexOf(column)] ?? ''}"`)
    writeFileSync(path, `${columns.join(',')}\r\n${row.join(',')}\r\n`, 'latin1')
    return path
  }
  const path = extract(kept)
  expect((await inspectFiles([path], null, '2026-11-26')).problem).toMatchObject({ code: 'not_a_voter_file' })
  expect((await inspectFiles([path], 'us-ny', '2026-11-26')).problem).toBeNull()
  expect(await run([path], { layout: 'us-ny', is_part: true, is_preview: true })).toMatchObject({ ok: true, report: { read: 1, rejected: 0 } }) // prettier-ignore
  const ids = extract(['SBOEID', 'LASTNAME', 'FIRSTNAME'])
  expect((await inspectFiles([ids], 'us-ny', '2026-11-26')).problem).toMatchObject({ code: 'not_a_voter_file' })
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
  same(await voters('WA'), before)
})

test('a zip that is locked, packed by another method or damaged where an entry begins is refused in words', async () => {
  const text = readFileSync(sample('us-wa.txt'))
  const whole = readFileSync(await zipped('whole.zip', { 'wa.txt': text, 'more.txt': text }))
  const [listed, second] = [whole.indexOf('PK\u0001\u0002'), whole.indexOf('PK\u0003\u0004', 4)]
  const packed = (flags: number, method: number) => (bytes: Buffer) => {
    bytes.writeUInt16LE(bytes.readUInt16LE(listed + 8) | flags, listed + 8)
    bytes.writeUInt16LE(method, listed + 10)
  }
  const zips: [name: string, code: string, change: (bytes: Buffer) => void][] = [
    ['locked.zip', 'zip_locked', packed(1, 8)],
    ['locked-aes.zip', 'zip_locked', packed(1, 99)],
    ['locked-strong.zip', 'zip_locked', packed(0x41, 8)],
    ['lzma.zip', 'zip_method', packed(0, 14)],
    ['damaged.zip', 'damaged_file', (bytes) => bytes.fill(0, second, second + 4)],
    ['damaged-length.zip', 'damaged_file', (bytes) => bytes.writeUInt16LE(0xffff, second + 28)],
  ]
  const client = await world.database.ownerPool.connect()
  for (const [name, code, change] of zips) {
    const bytes = Buffer.from(whole)
    change(bytes)
    const path = join(world.folder, name)
    writeFileSync(path, bytes)
    expect(await run([path]), name).toMatchObject({ ok: false, problem: { code } })
    expect((await inspectFiles([path], null, '2026-11-26')).problem?.code, name).toBe(code)
    expect((await inspectPhones(client, [path])).problem?.code, name).toBe(code)
    expect(await importPhones(context, { ...accepted, paths: [path], source: '' }), name).toMatchObject({
      ok: false,
      problem: { code },
    })
  }
  client.release()
})

const hash = (number: number): string => (Math.imul(number + 1, 0x9e3779b1) >>> 0).toString(36)

test('who stands in the file in a row that cannot be read has not gone', async () => {
  const [header = '', row = ''] = readFileSync(sample('us-wa.txt'), 'utf8').split('\r\n')
  const voter = (id: number): string[] => row.replace('9000001', String(id)).split('|')
  const file = (month: number, rows: string[][]): string => {
    const path = join(world.folder, `wa-${month}.txt`)
    writeFileSync(path, [header, ...rows.map((each) => each.join('|')), ''].join('\r\n'))
    return path
  }
  const ids = [9_300_001, 9_300_002, 9_300_003, 9_300_004]
  expect(await report([file(1, ids.map(voter))])).toMatchObject({ read: 4, added: 4 })
  const [whole = [], short = [], nameless = []] = ids.map(voter)
  // One column short, all after it would slide to the left, and the status be that of the voter before.
  const bad = [short.toSpliced(5, 1), nameless.with(header.split('|').indexOf('FName'), '').with(3, '')]
  expect(await report([file(2, [whole, ...bad])])).toMatchObject({ read: 3, added: 0, updated: 0, rejected: 2, gone: 1 }) // prettier-ignore
  const rows = (await voters('WA')).filter(({ state_voter_id }) => ids.includes(Number(state_voter_id)))
  expect(rows.map(({ gone_in }) => gone_in !== null)).toEqual([false, false, false, true])
  expect(await report([file(3, ids.map(voter))])).toMatchObject({ read: 4, rejected: 0 })
})

test('what is no voter id makes no voter', async () => {
  const ids = [...Array.from({ length: 60 }, (_, at) => `NY${String(900_000 + at).padStart(18, '0')}`), 'DEM', '20081104', 'NY12'] // prettier-ignore
  const path = changed(([row = '']) => ids.map((id) => row.replace('NY000000000000000101', id)))
  const looked = await run([path], { is_preview: true })
  expect(looked).toMatchObject({ ok: true, report: { read: 63, added: 60, rejected: 3 } })
  expect(looked.ok && looked.preview?.rejects.map(({ reason }) => reason)).toEqual(['bad_voter_id', 'bad_voter_id', 'bad_voter_id']) // prettier-ignore
})

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
    `${phoneFileHeader}NY000000000000000102,,,,,,212-555-0144,mobile,90,vendor X,2026-10-01\r\n,300000001,,,,,(347) 555-0155,,,vendor X,2026-10-01\r\n,,MIN,KIM,1985,"4125 Kissena Boulevard Apt 2, Flushing, NY 11355",718-555-0166,landline,,volunteers,2026-10-02\r\n,,MIN,KIM,1985,1 Elsewhere St,718-555-0177,,,volunteers,2026-10-02\r\n,,,,,,718-555-0188,,,x,2026-10-02\r\nNY000000000000000102,,,,,,12,,,x,2026-10-02\r\n`,
  )
  const first = await importPhones(context, { ...accepted, paths: [path], source: null })
  expect(first).toMatchObject({ ok: true, report: { read: 6, added: 3, rejected: 2, unmatched: 1 } })
  const phones = await voterPhones(world.database.owner, [1, 2])
  expect(phones.map((phone) => [phone.voter_id, phone.phone, phone.matched_by, phone.quality])).toEqual([
    [1, '+13475550155', 'county_id', 80], [1, '+17185550101', 'registration', 70], [1, '+17185550166', 'name_birth_address', 60], [2, '+12125550144', 'state_id', 90],
  ]) // prettier-ignore
  expect(await importPhones(context, { ...accepted, paths: [path], source: null })).toMatchObject({
    ok: true,
    report: { added: 0, updated: 0, unchanged: 3 },
  })
})

test('a number keeps the day and the quality its row says, however they are spelled; a day that is none is rejected with its row alone', async () => {
  const [kim] = await voters('NY')
  const path = join(world.folder, 'spelled.csv')
  const rows = [
    ['10/05/2024', '0.85'],
    ['2024-10-06 14:30:00', '85%'],
    ['10/7/24', 'High'],
    ['', '1.0'],
    ['1/1/1900', '90'],
    ['2026-02-30', '90'],
    ['2024-10-08T09:00:00Z', 'so so'],
  ]
  const lines = rows.map(([day, quality], at) => `${String(kim?.state_voter_id)},212-555-041${at},${day},${quality}`)
  writeFileSync(path, ['SBOEID,Phone,As of,Confidence', ...lines].join('\r\n'))
  const result = await importPhones(context, {
    ...accepted,
    paths: [path],
    source: 'spelled',
    received_on: '2024-09-01',
  })
  expect(result).toMatchObject({ ok: true, report: { read: 7, added: 6, rejected: 1, quality_unread: 1 } })
  expect(readFileSync(result.rejects_path ?? '', 'utf8')).toContain('spelled.csv,7,As of,bad_date,a date that is none,')
  const numbers = await voterPhones(world.database.owner, [Number(kim?.voter_id)])
  const added = numbers.filter(({ source }) => source === 'spelled')
  expect(added.map(({ received_on, quality }) => `${received_on} ${quality}`).toSorted()).toEqual([
    '2024-09-01 100', '2024-09-01 90', '2024-10-05 85', '2024-10-06 85', '2024-10-07 90', '2024-10-08 80',
  ]) // prettier-ignore
})

test('a number never comes to a stranger: county numbers that repeat, ids of another state, another family name', async () => {
  const [henderson, other] = await voters('NC')
  if (!henderson || !other) throw new Error('the sample has two')
  const county_id = String(henderson.county_voter_id)
  // Its neighbor in another county has the same number there.
  await sql`update voter_record set county_voter_id = ${county_id}, county = 'wake' where voter_id = ${Number(other.voter_id)}`.execute(
    world.database.owner,
  )
  const [kim] = await voters('NY')
  const lost = String(kim?.state_voter_id).replace(/^NY0+/, '')
  const [washingtonian] = await voters('WA')
  const path = join(world.folder, 'strangers.csv')
  writeFileSync(
    path,
    [
      'state voter id,state,county_id,county,last name,phone',
      `,,${county_id},,,252-555-0101`, // whose county?
      `,,${county_id},Wake,,252-555-0102`,
      `,NC,${county_id.replace(/^0+/, '')},Wake County,${String(other.last_name)},252-555-0103`,
      `,NY,${county_id},Wake,,252-555-0104`,
      `${lost},,,,,212-555-0105`, // of which state?
      `${lost},NY,,,,212-555-0106`,
      `${String(kim?.state_voter_id).toLowerCase()},,,,Kim,212-555-0107`,
      `${String(kim?.state_voter_id)},,,,Rodriguez,212-555-0108`,
      `,,300000001,Brooklyn,,212-555-0109`, // the number is one of Queens
      `,,300000001.0,Queens,,212-555-0110`, // a spreadsheet's number
      `${String(washingtonian?.state_voter_id)}.0,WA,,,,206-555-0111`,
    ].join('\r\n'),
  )
  expect(await importPhones(context, { ...accepted, paths: [path], source: 'x' })).toMatchObject({
    ok: true,
    report: { read: 11, added: 6, unmatched: 5 },
  })
  // Of voters of two states: booked under neither.
  expect(await stateOfPhones()).toBeNull()
  const numbers = await voterPhones(world.database.owner, [Number(kim?.voter_id), Number(henderson.voter_id), Number(other.voter_id), Number(washingtonian?.voter_id)]) // prettier-ignore
  const added = numbers.filter((each) => each.source === 'x').map(({ voter_id, phone }) => [voter_id, phone.slice(-4)])
  expect(added.toSorted()).toEqual(
    [
      [other.voter_id, '0102'], [other.voter_id, '0103'], [kim?.voter_id, '0106'], [kim?.voter_id, '0107'], [kim?.voter_id, '0110'], [washingtonian?.voter_id, '0111'],
    ].toSorted(), // prettier-ignore
  )
})

/** Under which state the newest phone file is booked. */
const stateOfPhones = async (): Promise<string | null> => {
  const { rows } = await sql<{ state: string | null }>`
    select state from voter_file where kind = 'phones' order by file_id desc limit 1`.execute(world.database.owner)
  return rows[0]?.state ?? null
}

test('a phone file is booked under the state of its voters, whatever else is loaded', async () => {
  const path = join(world.folder, 'carolina.csv')
  const [voter] = await voters('NC')
  writeFileSync(path, `state voter id,phone\n${String(voter?.state_voter_id)},252-555-0301\n`)
  expect(await importPhones(context, { ...accepted, paths: [path], source: null })).toMatchObject({
    ok: true,
    report: { added: 1 },
  })
  expect(await stateOfPhones()).toBe('NC')
  const { rows } =
    await sql`select law_accepted_at is not null as is_kept, (a.after ->> 'law_accepted')::boolean as is_told
    from voter_file f join audit_entry a on a.action = 'voterfile.phones' and a.subject_id = f.file_id::text
    order by file_id desc limit 1`.execute(world.database.owner)
  expect(rows).toEqual([{ is_kept: true, is_told: true }])
  writeFileSync(path, 'state voter id,phone\nNY777777777777,252-555-0301\n')
  expect(await importPhones(context, { ...accepted, paths: [path], source: null })).toMatchObject({
    report: { unmatched: 1 },
  })
  expect(await stateOfPhones()).toBeNull()
})

test('several columns of numbers and one of names: each number with its kind, once, to whom both ways of the name agree', async () => {
  const [kim] = await voters('NY')
  const id = String(kim?.state_voter_id)
  const path = join(world.folder, 'vendor.csv')
  writeFileSync(
    path,
    [
      'Voter ID\tName\tDOB\tAddress\tHome Phone\tCell\tPreferred Phone\tWork Phone',
      `${id}\tMin Jun Kim\t\t\t718-555-0201\t(917) 555-0202\t917-555-0202\t212-555-0299`,
      `\tKIM, MIN JUN\t05121985\t4125 Kissena Boulevard #2 Flushing NY\t718-555-0203\t\t\t`,
      `\tKim Min Jun\t1985\t41-25 Kissena\t\t917-555-0204\t12\t`,
      `${id}\tMaria Rodriguez\t\t\t718-555-0205\t\t\t`,
      `${id}\t\t\t\t\t\t\t212-555-0299`,
    ].join('\n'),
  )
  expect(await importPhones(context, { ...accepted, paths: [path], source: 'several' })).toMatchObject({
    ok: true,
    report: { read: 5, added: 3, rejected: 2, unmatched: 2 },
  })
  const numbers = await voterPhones(world.database.owner, [Number(kim?.voter_id)])
  const added = numbers.filter(({ source }) => source === 'several').map(({ phone, kind }) => `${phone} ${kind}`)
  expect(added.toSorted()).toEqual(['+17185550201 landline', '+17185550203 landline', '+19175550202 mobile'])
})

test('columns whose headings do not tell are named to the command', async () => {
  const [kim] = await voters('NY')
  const path = join(world.folder, 'dials.csv')
  writeFileSync(path, `Wahl,성,주 번호\n718-555-0601,김,${String(kim?.state_voter_id)}\n`)
  const phones = (columns: string) => command('phones', path, '--accept-law', '--json', '--columns', columns)
  await expect(phones('phone=Wahl,state_id=번호')).rejects.toThrow('No file has a column with that heading: 번호')
  await expect(phones('telephone=Wahl')).rejects.toThrow('telephone=Wahl is not one of phone, mobile')
  expect(JSON.parse(await phones('mobile=Wahl,state_id=주 번호'))).toMatchObject({ added: 1 })
  const [number] = (await voterPhones(world.database.owner, [Number(kim?.voter_id)])).filter(({ phone }) => phone === '+17185550601') // prettier-ignore
  expect(number).toMatchObject({ kind: 'mobile', matched_by: 'state_id' })
})

test('a list of telephones taken back leaves each number as the other lists have it, and none that only it had', async () => {
  const [kim] = await voters('NY')
  const path = join(world.folder, 'lists.csv')
  const numbers = async () =>
    (await voterPhones(world.database.owner, [Number(kim?.voter_id)])).map((each) => ({ ...each, file_id: null }))
  const before = await numbers()
  const list = async (source: string, day: string, ...rows: string[]): Promise<number> => {
    const lines = rows.map((row) => `${String(kim?.state_voter_id)},${row},${day}`)
    writeFileSync(path, ['Voter ID,Phone,Type,Quality,Date', ...lines].join('\n'))
    expect(await importPhones(context, { ...accepted, paths: [path], source })).toMatchObject({ ok: true })
    const { rows: files } = await sql<{ id: number }>`select max(file_id) as id from voter_file`.execute(world.database.owner) // prettier-ignore
    return files[0]?.id ?? 0
  }
  const first = await list('first', '2027-01-03', '718-555-0501,cell,80', '718-555-0502,,80', '718-555-0101,cell,90')
  const older = await list('older', '2027-01-02', '718-555-0502,land,40')
  const second = await list('second', '2027-01-04', '718-555-0501,,60', '718-555-0503,,60')
  // The city's next list has one of the numbers too.
  await report([sample('us-nyc.csv')])
  const shown = async () =>
    (await numbers()).flatMap(({ source, phone, kind, quality }) =>
      before.some((each) => each.phone === phone && each.source === source)
        ? []
        : [`${phone.slice(-4)} ${source} ${kind} ${quality}`],
    )
  expect((await shown()).toSorted()).toEqual(['0101 first mobile 90', '0501 second mobile 60', '0502 first unknown 80', '0503 second unknown 60']) // prettier-ignore
  // What the second list wrote over is the first one's again; what the first one wrote over is the board's.
  const asked = command('take-back', String(second), '--json')
  await expect(asked).rejects.toMatchObject({ code: 2, answer: { problem: 'not_confirmed' } })
  expect(said).toEqual([`${path}: 2 numbers. This cannot be undone.`])
  expect(JSON.parse(await command('take-back', String(second), '--json', 'yes'))).toEqual({ gone: 1, restored: 1 })
  expect((await shown()).toSorted()).toEqual(['0101 first mobile 90', '0501 first mobile 80', '0502 first unknown 80'])
  await expect(command('take-back', String(second))).rejects.toThrow('taken back already')
  expect(JSON.parse(await command('take-back', String(first), '--yes', '--json'))).toEqual({ gone: 1, restored: 2 })
  expect(await shown()).toEqual(['0502 older landline 40'])
  expect(await command('take-back', String(older), '--yes')).toContain('Taken back: 1 number gone')
  expect(await numbers()).toEqual(before)
  await expect(command('take-back', '999999')).rejects.toThrow('No list of telephones')
  const told = world.database.owner
    .selectFrom('audit_entry')
    .select('after')
    .where('action', '=', 'voterfile.take_back')
  expect(await told.orderBy('audit_id').execute()).toHaveLength(3)
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
  const next = await foretold([write(1)])
  expect(next.gone).toBeGreaterThan(10)
  expect(next.updated).toBeGreaterThan(50)
  expect(Number(next.unchanged) + Number(next.updated) + Number(next.gone)).toBe(counts.added)
})

test('a file that was cut off marks nobody as gone, unless somebody says that it is right so', async () => {
  const bytes = readFileSync(join(world.folder, 'AllNYSVoters_20261001.txt'))
  const path = join(world.folder, 'AllNYSVoters_20261002.txt')
  writeFileSync(path, bytes.subarray(0, bytes.length >> 1))
  const before = await voters('NY')
  const looked = await run([path], { is_preview: true })
  const result = await run([path])
  expect(result).toMatchObject({ ok: false, problem: { code: 'many_gone' } })
  const { gone = 0, of = 0 } = result.ok ? {} : result.problem
  // A preview tells that it would stop, and what it would do otherwise.
  expect(looked).toMatchObject({ ok: true, report: { gone }, preview: { refused: { code: 'many_gone', gone, of } } })
  expect(gone / of).toBeGreaterThan(0.4)
  same(await voters('NY'), before)
  const imports = await world.database.owner
    .selectFrom('voter_import')
    .select(['state', 'problem'])
    .orderBy('requested_at', 'desc')
    .limit(1)
    .execute()
  expect(imports).toMatchObject([{ state: 'refused', problem: { code: 'many_gone', gone, of } }])
  // A district, said to be one: those in it are read, of the others nothing is said; nor is anybody last seen in it.
  expect(await foretold([path], { is_part: true })).toMatchObject({ gone: 0, added: 0 })
  const present = (rows: Record<string, unknown>[]) => rows.filter(({ gone_in }) => gone_in === null).length
  expect(present(await voters('NY'))).toBeGreaterThanOrEqual(present(before)) // some may have come back
  const files = await world.database.owner
    .selectFrom('voter_file')
    .select('counties')
    .orderBy('file_id', 'desc')
    .limit(1)
    .execute()
  expect(files).toEqual([{ counties: [] }])
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
  same(await voters('NY'), before)
})

test('cancelled while reading, voters or telephones: nothing stays, and the next import is not held up', async () => {
  const before = await voters('NY')
  for (const isPhones of [false, true]) {
    const stop = new AbortController()
    const onProgress = (): void => stop.abort()
    const path = isPhones ? join(world.folder, 'phones.csv') : join(world.folder, 'AllNYSVoters_20261001.txt')
    const result = isPhones
      ? await importPhones(context, { ...accepted, paths: [path], source: null, signal: stop.signal, onProgress })
      : await run([path], { signal: stop.signal, onProgress })
    expect(result).toMatchObject({ ok: false, problem: { code: 'cancelled' } })
  }
  same(await voters('NY'), before)
})

/** A state file of some thousand voters, made once. */
function january(): string {
  const path = join(world.folder, 'AllNYSVoters_20270101.txt')
  if (existsSync(path)) return path
  const made = [...voterFile({ rows: 4000, seed: 11, today: '2026-11-23' })].map((chunk) => chunk.voters)
  writeFileSync(path, Buffer.concat(made))
  return path
}

/** Runs an import in a process of its own and kills that where it has come to the phase. */
async function killedIn(phase: string, path: string, more: { is_preview?: boolean } = {}): Promise<void> {
  const { host, user, database } = world.database.ownerPool.options
  const told = { owner: { host, user, database }, folder: world.folder, path, phase, ...more }
  const script = join(import.meta.dirname, 'importing/killed-import.ts')
  const child = spawn(process.execPath, [script, JSON.stringify(told)], { stdio: ['ignore', 'pipe', 'inherit'] })
  const exited = once(child, 'exit')
  await Promise.race([
    once(child.stdout, 'data'), // it says when it is there
    exited.then(() => Promise.reject(new Error('it ended before'))),
  ])
  child.kill('SIGKILL')
  await exited
}

const recovered = (): ReturnType<typeof recoverImports> =>
  recoverImports(world.database, world.installation.clock, world.folder)

test.each([
  { file: 'first', phase: 'reading' },
  { file: 'first', phase: 'indexing' },
  { file: 'first', phase: 'finishing' },
  { file: 'later', phase: 'reading' },
  { file: 'later', phase: 'comparing' },
  { file: 'later', phase: 'finishing' },
])(
  'killed while $phase a $file file: the voters are as before, and the next start says so',
  async ({ file, phase }) => {
    const { owner } = world.database
    const path = january()
    if (file === 'first') await sql`drop table if exists voter_record_ny`.execute(owner)
    else if ((await voters('NY')).length === 0) await report([join(world.folder, 'AllNYSVoters_20261201.txt')])
    const before = await voters('NY')
    expect(before.length > 0).toBe(file === 'later')
    const files = (): string[] => readdirSync(join(world.folder, 'imports')).toSorted()
    const kept = files()

    await killedIn(phase, path)
    // Its session ends a moment later than the process; a start as fast as can be asks again.
    let interrupted: Awaited<ReturnType<typeof recoverImports>> = []
    await expect.poll(async () => (interrupted = await recovered()).length, { timeout: 20_000 }).toBe(1)
    expect(interrupted[0]?.names).toEqual([path])
    same(await voters('NY'), before)
    expect(files()).toEqual(kept)
    expect(await recovered()).toEqual([])
  },
)

test.each(['reading', 'finishing'])('a preview killed while %s leaves no row, no file and no voter', async (phase) => {
  const before = await everything()
  await killedIn(phase, january(), { is_preview: true })
  const rows = (): Promise<unknown[]> =>
    world.database.owner.selectFrom('voter_import').selectAll().where('is_preview', '=', true).execute()
  expect(await rows()).toHaveLength(1)
  await expect.poll(async () => [await recovered(), await rows()], { timeout: 20_000 }).toEqual([[], []])
  expect(await everything()).toEqual(before)
})

test('after kills a file is imported as if nothing had been', async () => {
  await sql`drop table if exists voter_record_ny`.execute(world.database.owner)
  expect(await run([january()])).toMatchObject({ ok: true })
})

test('an uploaded file is taken up again by itself, wherever the data folder is said to be; one from elsewhere is told of', async () => {
  const { owner } = world.database
  const given = relative(process.cwd(), world.folder)
  const uploads = join(given, 'uploads/voterfiles')
  mkdirSync(uploads, { recursive: true })
  const path = january()
  const upload_id = randomUUID()
  mkdirSync(join(uploads, upload_id))
  const ours = join(uploads, upload_id, '1-AllNYSVoters_20270101.txt')
  copyFileSync(path, ours)
  // Rows of processes that were killed: they say 'running', and nobody holds their lock.
  const killed = async (name: string, file: string): Promise<string> => {
    const values = { paths: [file], names: [name], options: '{}', requested_by: 'Tess', layout: 'us-ny' }
    const progress = JSON.stringify({ phase: 'comparing', rows: 2000 })
    const { import_id } = await owner
      .insertInto('voter_import')
      .values({ ...values, progress, state: 'running', law_accepted_at: new Date(), started_at: new Date() })
      .returning('import_id')
      .executeTakeFirstOrThrow()
    return import_id
  }
  const import_id = await killed('state.txt', ours)
  const now = new Date()
  const upload = {
    upload_id,
    kind: 'registration' as const,
    started_by: randomUUID(),
    started_at: now,
    touched_at: now,
  }
  await owner
    .insertInto('voter_upload')
    .values({ ...upload, import_id })
    .execute()
  await killed(path, path)
  const installation = { ...world.installation, config: { ...world.installation.config, data: given } }
  const told: Recovered[] = []
  const stop = await watchImports(installation, (each) => void told.push(each), 100)
  await expect.poll(() => told.length, { timeout: 20_000 }).toBe(2)
  stop()
  expect(told.toSorted((a, b) => Number(b.is_resumed) - Number(a.is_resumed))).toEqual([
    { names: ['state.txt'], is_resumed: true },
    { names: [path], is_resumed: false },
  ])
  expect(await voterImport(owner, import_id)).toMatchObject({ state: 'queued', progress: {} })
  await voterfileImport.run({ import_id }, { installation, signal: new AbortController().signal })
  const row = await voterImport(owner, import_id)
  expect(row).toMatchObject({ state: 'done', problem: null, report: { added: 0, updated: 0, gone: 0 } })
  expect(row?.interrupted_at, 'its page says why it began anew').not.toBe(null)
  expect(row?.report?.unchanged).toBeGreaterThan(3000)
  expect(await resumeImports(installation)).toEqual([])
  expect(existsSync(ours), 'nothing needs the upload any more').toBe(false)
})

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
  expect(await plan("last_key = 'KIM'")).toContain('voter_record_ny_names')
  for (const where of [
    "last_key = 'KIM' and given_key like 'MINJUN%'",
    "last_key = any('{KIM,GIM}') and given_key ~>=~ 'MIN' and given_key ~<~ 'MIO'",
    "given_key like 'MINJUN%'",
  ])
    expect(await plan(where)).toMatch(/using voter_record_ny_(names|given_names) /)
  expect(await plan("lower(street) like 'kissena b%' and house_number = '41-25'")).toContain('voter_record_ny_address')
  expect(await plan('state_key = 12345')).toContain('voter_record_ny_state_key')
  expect(await plan('voter_id = 12345')).toContain('voter_record_ny_voter_id')
})

test('without the flag the limit on use is asked for on a terminal, said once for all, or the answer is a problem', async () => {
  const path = join(world.folder, 'few.csv')
  writeFileSync(path, `${phoneFileHeader}NY000000000000000102,,,,,,212-555-0144,mobile,90,vendor X,2026-10-01\r\n`)
  const message = expect.stringContaining('--accept-law') as string
  const law = { problem: 'law_not_accepted', message, law: expect.stringContaining('Election Law 3-103') as string }
  for (const [kind, file] of [
    ['import', sample('us-oh.txt')],
    ['phones', path],
  ] as const) {
    await expect(command(kind, file)).rejects.toMatchObject({ code: 2, answer: law })
    const report = expect.objectContaining({ rejected: 0 }) as object
    expect(JSON.parse(await command(kind, file, '--json', 'yes'))).toEqual(report)
    const { config } = world.installation
    config.accept_law = true
    expect(JSON.parse(await command(kind, file, '--json'))).toEqual(report)
    config.accept_law = false
  }
})

test('whose id lost the letters of the state in one row is not read, but has not gone either', async () => {
  const ids = Array.from({ length: 60 }, (_, at) => `NY${String(900_000 + at).padStart(18, '0')}`)
  const fileOf = (all: string[]) => changed(([row = '']) => all.map((id) => row.replace('NY000000000000000101', id)))
  await report([fileOf(ids)], { accept_gone: true })
  expect(await report([fileOf(ids.with(59, '000000000000900059'))])).toMatchObject({ read: 60, rejected: 1, gone: 0 })
})
