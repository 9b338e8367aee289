import { closeSync, createReadStream, mkdtempSync, openSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { runImport } from '../src/features/voterfile/commands.ts'
import { voterFile } from '../src/features/voterfile/generator/voters.ts'
import { systemClock } from '../src/platform/clock.ts'
import { openCluster } from '../src/platform/db/cluster.ts'
import { openDatabase } from '../src/platform/db/db.ts'
import { migrate } from '../src/platform/db/migrate.ts'
import type { Progress } from '../src/features/voterfile/tables.ts'
import type { BenchResult } from './run.ts'

// Import of a New York voter file until every row is stored and counts answer, beside PostgreSQL's own COPY of the same
// file into a table of 47 text columns, made in the same transaction, on the same server.
const { values } = parseArgs({
  options: {
    rows: { type: 'string' },
    small: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
  },
})
const rows = Number(values.rows ?? (values.small ? 200_000 : 2_000_000))
const folder = mkdtempSync(join(tmpdir(), 'hanpyo-bench-'))
const path = join(folder, 'AllNYSVoters_20261101.txt')
const output = openSync(path, 'w')
for (const { voters } of voterFile({ rows, seed: 1, today: '2026-11-23', is_clean: true })) writeSync(output, voters)
closeSync(output)

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
const results: number[] = []
/** Seconds at which each phase began. */
const phases: Record<string, number> = {}
const onProgress = ({ phase }: Progress): void =>
  void (phases[phase ?? ''] ??= Math.round(performance.now() - began) / 1000)
let began = 0
let imported = 0
let peak = 0
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

try {
  // Before and after, so that neither gains from a warm cache alone.
  results.push(await copy())
  await client.query('drop table reference')
  await client.query('checkpoint')
  const started = performance.now()
  began = started
  const cpu = process.cpuUsage()
  const result = await runImport(
    {
      database,
      clock: systemClock,
      folder,
      actor: { kind: 'cli', id: 'bench', name: 'bench', organization_id: '', roles: [], is_steward: true },
    },
    { paths: [path], layout: 'us-ny', law_accepted: true, include_purged: true, onProgress },
  )
  const counted = await client.query('select count(*)::integer as n from voter_record')
  imported = (performance.now() - started) / 1000
  clearInterval(watch)
  const { user, system } = process.cpuUsage(cpu)
  console.log(
    `phases begin at ${JSON.stringify(phases)}, our own processor time ${((user + system) / 1e6).toFixed(2)} s`,
  )
  if (!result.ok) throw new Error(JSON.stringify(result.problem))
  console.log(JSON.stringify(result.counts), 'counted', counted.rows[0]?.n)
  await client.query('checkpoint')
  results.push(await copy())
} finally {
  await client.end()
  await database.close()
  await cluster.close()
  if (!values.keep) rmSync(folder, { recursive: true, force: true })
}

const reference = results.reduce((sum, each) => sum + each, 0) / results.length
const ratio = imported / reference
console.log(
  `${rows} rows, ${megabytes} MB: COPY ${results.map((each) => each.toFixed(2)).join(' and ')} s, import ${imported.toFixed(2)} s, ratio ${ratio.toFixed(2)}, peak memory of our process ${Math.round(peak / 1e6)} MB`,
)

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
