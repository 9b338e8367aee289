import { spawnSync } from 'node:child_process'
import {
  closeSync,
  createReadStream,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { countVoters } from '../src/features/targeting/columns/ask.ts'
import { rebuildColumns } from '../src/features/targeting/columns/building.ts'
import { columnsOf } from '../src/features/targeting/columns/store.ts'
import { compileUniverse, countUniverse } from '../src/features/targeting/queries.ts'
import { runImport } from '../src/features/voterfile/commands.ts'
import { voterFile } from '../src/features/voterfile/generator/voters.ts'
import { addMissingIndexes } from '../src/features/voterfile/indexing.ts'
import { readConfig } from '../src/platform/config.ts'
import { systemClock } from '../src/platform/clock.ts'
import { openCluster } from '../src/platform/db/cluster.ts'
import { openDatabase } from '../src/platform/db/db.ts'
import { migrate } from '../src/platform/db/migrate.ts'
import type { Progress } from '../src/features/voterfile/tables.ts'
import type { BenchResult } from './run.ts'
import { median } from './steady.ts'

// Import of a New York voter file until every row is stored and counts answer, beside PostgreSQL's own COPY of the same
// file into a table of 47 text columns, made in the same transaction, on the same server. Twice each, in turn, and the
// better of each counts: what else the machine does meanwhile must not decide. After the last one "ready to target" is
// taken at its word: universes are counted at once, then the indexes of the search and the columns of targeting are built,
// each timed by itself, and the universes are counted by the columns.
const { values } = parseArgs({
  options: {
    rows: { type: 'string' },
    small: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
    /** Then the same file again, and next month's. */
    again: { type: 'boolean', default: false },
    /** Several sizes, one after the other, each in a process of its own, for rows a second and memory of each. */
    sizes: { type: 'string' },
    /** Where the figures of one size go. */
    figures: { type: 'string' },
  },
})
if (values.sizes) {
  compareSizes(values.sizes.split(',').map(Number))
  process.exit(0)
}

interface Figures {
  rows: number
  copy_seconds: number
  import_seconds: number
  processor_us: number
  peak_bytes: number
  index_seconds: number
  columns_seconds: number
}

/** Flat: rows a second, processor time a row and memory should not depend on the size. */
function compareSizes(sizes: readonly number[]): void {
  const place = mkdtempSync(join(tmpdir(), 'hanpyo-bench-sizes-'))
  try {
    const all = sizes.map((rows): Figures => {
      const figures = join(place, `${rows}.json`)
      const words = [import.meta.filename, '--rows', String(rows), '--figures', figures]
      const { status } = spawnSync(process.execPath, words, {
        stdio: 'inherit',
        env: { ...process.env, HANPYO_BENCH_RESULT: '' },
      })
      if (status !== 0) throw new Error(`${rows} rows ended with ${status}`)
      return JSON.parse(readFileSync(figures, 'utf8')) as Figures // written by ourselves
    })
    console.log('      rows  import rows/s  µs a row   COPY rows/s  peak MB  indexes s  columns s')
    for (const each of all) {
      const cells: [string, number][] = [
        [each.rows.toLocaleString('en-US'), 10],
        [Math.round(each.rows / each.import_seconds).toLocaleString('en-US'), 13],
        [each.processor_us.toFixed(2), 8],
        [Math.round(each.rows / each.copy_seconds).toLocaleString('en-US'), 12],
        [String(Math.round(each.peak_bytes / 1e6)), 7],
        [each.index_seconds.toFixed(1), 9],
        [each.columns_seconds.toFixed(1), 9],
      ]
      console.log(cells.map(([text, width]) => text.padStart(width)).join('  '))
    }
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
}

const rows = Number(values.rows ?? (values.small ? 200_000 : 2_000_000))
const folder = mkdtempSync(join(tmpdir(), 'hanpyo-bench-'))
const path = join(folder, 'AllNYSVoters_20261101.txt')
write(path)

function write(file: string, month = 0): void {
  const output = openSync(file, 'w')
  for (const { voters } of voterFile({ rows, seed: 1, today: '2026-11-23', is_clean: true, month }))
    writeSync(output, voters)
  closeSync(output)
}

const cluster = await openCluster(join(folder, 'database'))
const admin = new pg.Client(cluster.owner('postgres'))
await admin.connect()
await admin.query('create database bench')
await admin.end()
const owner = cluster.owner('bench')
await migrate(owner)
const database = openDatabase({ owner })
const client = new pg.Client(owner)
await client.connect()

const megabytes = Math.round(statSync(path).size / 1e6)
const copies: number[] = []
const imports: number[] = []
/** Seconds at which each phase began. */
const phases: Record<string, number> = {}
const onProgress = ({ phase }: Progress): void =>
  void (phases[phase ?? ''] ??= Math.round(performance.now() - began) / 1000)
let built = { index_seconds: Number.NaN, columns_seconds: Number.NaN }
let began = 0
let peak = 0
/** Of our own process, per row: µs. What is slow here is slow on any machine, however busy. */
let processor = Number.POSITIVE_INFINITY
const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 100)

async function copy(): Promise<number> {
  await client.query('drop table if exists reference')
  const started = performance.now()
  await client.query('begin')
  await client.query(
    `create table reference (${Array.from({ length: 47 }, (_, index) => `c${index + 1} text`).join(', ')})`,
  )
  const into = client.query(copyFrom("copy reference from stdin with (format csv, encoding 'latin1')"))
  createReadStream(path, { highWaterMark: 1 << 20 }).pipe(into)
  await finished(into)
  await client.query('commit')
  return (performance.now() - started) / 1000
}

/** From nothing: the table of the state is dropped first. */
async function importFirst(): Promise<number> {
  await client.query('drop table if exists voter_record_ny')
  return importFile(path)
}

async function importFile(file: string): Promise<number> {
  await client.query('checkpoint')
  for (const phase of Object.keys(phases)) delete phases[phase]
  const cpu = process.cpuUsage()
  began = performance.now()
  const result = await runImport(
    {
      database,
      clock: systemClock,
      folder,
      actor: { kind: 'cli', id: 'bench', name: 'bench', organization_id: '', roles: [], is_steward: true },
    },
    { paths: [file], layout: 'us-ny', law_accepted: true, include_purged: true, onProgress },
  )
  const counted = await client.query<{ n: number }>('select count(*)::integer as n from voter_record')
  const seconds = (performance.now() - began) / 1000
  const { user, system } = process.cpuUsage(cpu)
  if (!result.ok) throw new Error(JSON.stringify(result.problem))
  const { added, updated, unchanged, gone } = result.report
  if (counted.rows[0]?.n !== added + updated + unchanged + gone)
    throw new Error(`${counted.rows[0]?.n} voters stand there, not ${JSON.stringify(result.report)}`)
  processor = Math.min(processor, (user + system) / rows)
  console.log(
    `import ${seconds.toFixed(2)} s, phases begin at ${JSON.stringify(phases)}, our own processor time ${((user + system) / 1e6).toFixed(2)} s, ${((user + system) / rows).toFixed(2)} µs a row, load ${load()}, ${JSON.stringify({ added, updated, unchanged, gone })}`,
  )
  return seconds
}

/** As organizers ask in their first hour with a new file. */
const universes = [
  'status:active',
  'community:korean>=0.8 status:active',
  'age:18-34 voted<=1/4',
  'party:dem county:queens age:65-',
  'community:korean>=0.5 -voted>=2/4 status:active age:50-',
]

const config = readConfig({ HANPYO_DATA: folder }, folder)
if (!config.ok) throw new Error(config.problems.join())
const installation = { database, clock: systemClock, config: config.config }

/** What stands after the import: counts at once by SQL, the builds that follow in the background, counts by the columns. */
async function readyToTarget(): Promise<{ index_seconds: number; columns_seconds: number }> {
  const organization = await client.query<{ id: string }>(
    `insert into organization (slug, name) values ('bench', '{"en":"Bench"}') returning organization_id::text as id`,
  )
  const organization_id = organization.rows[0]?.id ?? ''
  const db = database.of(organization_id)
  const compiled = await Promise.all(
    universes.map(async (text) => {
      const result = await compileUniverse(db, text, organization_id, '2026-11-23')
      if (!result.ok) throw new Error(`${text}: ${result.problem.code}`)
      return { text, universe: result.universe }
    }),
  )
  const bySql = new Map<string, number>()
  for (const { text, universe } of compiled) {
    const started = performance.now()
    bySql.set(text, await countUniverse(db, universe))
    console.log(`  ${bySql.get(text)} voters by SQL in ${(performance.now() - started).toFixed(0)} ms: ${text}`)
  }
  const timed = async (work: () => Promise<unknown>): Promise<number> => {
    const started = performance.now()
    await work()
    return (performance.now() - started) / 1000
  }
  const index_seconds = await timed(() => addMissingIndexes(database))
  const columns_seconds = await timed(() => rebuildColumns(installation))
  console.log(
    `indexes of the search ${index_seconds.toFixed(1)} s, columns of targeting ${columns_seconds.toFixed(1)} s`,
  )
  const store = columnsOf(installation)
  await store.load()
  for (const { text, universe } of compiled) {
    const started = performance.now()
    const count = await countVoters(store, db, universe)
    console.log(`  ${count} voters by columns in ${(performance.now() - started).toFixed(1)} ms: ${text}`)
    if (count !== bySql.get(text)) throw new Error(`SQL counts ${bySql.get(text)}, the columns ${count}: ${text}`)
  }
  await store.close()
  return { index_seconds, columns_seconds }
}

const load = (): string =>
  loadavg()
    .map((each) => each.toFixed(1))
    .join(' ')

try {
  for (let turn = 0; turn < 3; turn++) {
    copies.push(await copy())
    console.log(`COPY ${copies.at(-1)?.toFixed(2)} s, load ${load()}`)
    await client.query('drop table reference')
    imports.push(await importFirst())
  }
  if (values.again) {
    const next = join(folder, 'AllNYSVoters_20261201.txt')
    write(next, 1)
    for (const file of [path, next]) await importFile(file)
  }
  await client.query('drop table if exists reference')
  clearInterval(watch) // what follows is not the import's memory
  built = await readyToTarget()
} finally {
  clearInterval(watch)
  await client.end()
  await database.close()
  await cluster.close()
  if (!values.keep) rmSync(folder, { recursive: true, force: true })
}

/** The middle of three each, in turn: a moment in which the machine does something else falls on neither. */
const reference = median(copies)
const imported = median(imports)
const ratio = imported / reference
const seconds = (all: readonly number[]): string => all.map((each) => each.toFixed(2)).join(', ')
console.log(
  `${rows} rows, ${megabytes} MB: COPY ${seconds(copies)} s, import ${seconds(imports)} s, ratio ${ratio.toFixed(2)}, our processor time ${processor.toFixed(2)} µs a row, peak memory of our process ${Math.round(peak / 1e6)} MB, load ${load()}`,
)

if (values.figures) {
  const figures: Figures = {
    rows,
    copy_seconds: reference,
    import_seconds: imported,
    processor_us: processor,
    peak_bytes: peak,
    ...built,
  }
  writeFileSync(values.figures, JSON.stringify(figures))
}

const bench: BenchResult[] = [
  {
    work: `import of a voter file of ${rows.toLocaleString('en-US')} rows, ready to target`,
    ours: `${imported.toFixed(1)} s`,
    reference: `COPY into 47 text columns ${reference.toFixed(1)} s`,
    ratio,
    goal: '≤ 1.25',
    is_met: ratio <= 1.25,
  },
  {
    work: 'its memory',
    ours: `${Math.round(peak / 1e6)} MB`,
    reference: '500 MB',
    ratio: peak / 500e6,
    goal: '≤ 1',
    is_met: peak <= 500e6,
  },
]
if (process.env.HANPYO_BENCH_RESULT) writeFileSync(process.env.HANPYO_BENCH_RESULT, JSON.stringify(bench))
