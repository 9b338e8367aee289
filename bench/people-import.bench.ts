import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { importDoors } from '../src/app/import-people.ts'
import { findDuplicates } from '../src/features/people/duplicates/commands.ts'
import {
  askFor,
  chooseMapping,
  personImport,
  planPersonImport,
  receiveSheet,
  runPersonImport,
} from '../src/features/people/imports/commands.ts'
import type { BenchResult } from './run.ts'
import type { Actor } from '../src/platform/actor.ts'
import { openCluster } from '../src/platform/db/cluster.ts'
import { openDatabase } from '../src/platform/db/db.ts'
import { migrate } from '../src/platform/db/migrate.ts'

// A spreadsheet of people, imported twice: the second time nothing may change. Then the search for duplicates over all.
const { values } = parseArgs({ options: { rows: { type: 'string' }, small: { type: 'boolean', default: false } } })
const rows = Number(values.rows ?? (values.small ? 10_000 : 100_000))
const folder = mkdtempSync(join(tmpdir(), 'hanpyo-people-bench-'))
const cluster = await openCluster(join(folder, 'database'))
const admin = new pg.Client(cluster.owner('postgres'))
await admin.connect()
await admin.query('create database bench')
await admin.end()
await migrate(cluster.owner('bench'))
const database = openDatabase({ owner: cluster.owner('bench') })
let peak = 0
const sampling = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 50)

const surnames = ['Kim', 'Lee', 'Park', 'Choi', 'Chen', 'Singh', 'Nguyen', 'Garcia', 'Smith', 'Cho']
function* sheet() {
  yield Buffer.from('First Name,Last Name,Birth Year,Phone,Email,Address,City,Zip,Tags\n')
  for (let at = 0; at < rows; at++) {
    const given = [at % 40, Math.floor(at / 40) % 40, Math.floor(at / 1600) % 40].map((part) =>
      String.fromCodePoint(65 + (part % 26), 97 + (part % 21)),
    )
    yield Buffer.from(
      `${given.join('')},${surnames[at % 10]},${1930 + (at % 75)},718-${200 + (Math.floor(at / 10_000) % 700)}-${String(at % 10_000).padStart(4, '0')},p${at}@example.org,"${1 + (at % 300)}-10 ${1 + (at % 97)}th St",Flushing,11355,members\n`,
    )
  }
}

const took = new Map<string, number>()
async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
  peak = 0
  const started = performance.now()
  const answer = await work()
  const seconds = (performance.now() - started) / 1000
  took.set(what, seconds)
  console.log(
    `${what}: ${seconds.toFixed(1)} s, ${Math.round(peak / 1e6)} MB at most, load ${loadavg()[0]?.toFixed(1)}`,
  )
  return answer
}

try {
  const { organization_id } = await database.owner
    .insertInto('organization')
    .values({ slug: 'bench', name: JSON.stringify({ en: 'Bench' }) })
    .returning('organization_id')
    .executeTakeFirstOrThrow()
  const actor: Actor = { kind: 'user', id: 'bench', name: 'bench', organization_id, roles: ['organizer'], is_steward: false } // prettier-ignore
  const db = database.of(organization_id)
  const watch = { now: new Date(), doors: importDoors, begun: async () => {}, done: async () => {} }
  for (const turn of ['first', 'again']) {
    const received = await timed(`${turn}: receive`, () => receiveSheet(db, folder, actor, `${turn}.csv`, sheet()))
    if (!received.ok) throw new Error(JSON.stringify(received))
    const { import_id } = received
    const columns = ['first_name', 'last_name', 'birth_year', 'phone', 'email', 'address', 'city', 'zip5', 'tag']
    const run = await personImport(db, organization_id, import_id)
    await chooseMapping(db, actor, run, columns, 'email', { overwrite: false, add_unsure: true })
    await timed(`${turn}: preview`, () => planPersonImport(db, organization_id, import_id, watch))
    await askFor(db, actor, import_id, 'run')
    await timed(`${turn}: import`, () => runPersonImport(db, organization_id, import_id, watch))
    console.log((await personImport(db, organization_id, import_id)).report)
  }
  console.log(await timed('search for duplicates', () => findDuplicates(db, organization_id)), 'pairs')
  const of = (turn: string) => (took.get(`${turn}: preview`) ?? 0) + (took.get(`${turn}: import`) ?? 0)
  const [first, again] = [of('first'), of('again')]
  const results: BenchResult[] = [
    {
      work: `spreadsheet of ${rows.toLocaleString('en-US')} people, all known already, preview and import`,
      ours: `${again.toFixed(1)} s`,
      reference: `all of them new: ${first.toFixed(1)} s`,
      ratio: again / first,
      goal: '≤ 1',
      is_met: again <= first,
    },
  ]
  if (process.env.HANPYO_BENCH_RESULT) writeFileSync(process.env.HANPYO_BENCH_RESULT, JSON.stringify(results))
} finally {
  clearInterval(sampling)
  await database.close()
  await cluster.close()
  rmSync(folder, { recursive: true, force: true })
}
