import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import { sql } from 'kysely'
import pg from 'pg'
import { createPhoneBank } from '../src/features/phonebanks/commands.ts'
import { joinPhoneBank } from '../src/features/phonebanks/callers/commands.ts'
import { addTargets } from '../src/features/phonebanks/targets/commands.ts'
import type { CallCard, RecordOutput, Turn } from '../src/features/phonebanks/schema.ts'
import { testScript } from '../src/features/phonebanks/testing.ts'
import { createScript } from '../src/features/scripts/commands.ts'
import { systemActor } from '../src/platform/audit.ts'
import { openCluster } from '../src/platform/db/cluster.ts'
import { openDatabase } from '../src/platform/db/db.ts'
import { migrate } from '../src/platform/db/migrate.ts'
import { found } from '../src/platform/errors.ts'
import type { BenchResult } from './run.ts'
import { forgetStatements, sayStatements, watched } from './statements.ts'
import { isSlowed, measured, median, rested } from './steady.ts'

// Five hundred callers over HTTP: each result is recorded and answered with the next voter. Beside it, on the same
// PostgreSQL and machine: pgbench taking rows of a bare queue by FOR UPDATE SKIP LOCKED. Then the checks: nobody out
// twice, no answer missing, also with the server killed in the middle. Then many more callers, as people call (with time
// to think) and at full speed, two web processes, and a PostgreSQL of its own behind them.
const { values } = parseArgs({
  options: {
    small: { type: 'boolean', default: false },
    callers: { type: 'string', default: '500' },
    /** How many there are when there are many. */
    many: { type: 'string', default: '2000' },
    seconds: { type: 'string' },
    voters: { type: 'string' },
    /** Instead of all that: one pace and full speed with lists of 10,000, 100,000 and 1,000,000 voters. */
    growth: { type: 'boolean', default: false },
    /** Pairs a second of that pace. */
    pace: { type: 'string' },
    /** Full speed and paced only. */
    short: { type: 'boolean', default: false },
    /** Also what PostgreSQL was asked at full speed, per pair; it is slower meanwhile. */
    statements: { type: 'boolean', default: false },
  },
})
const callerCount = Number(values.callers)
const manyCount = values.short ? callerCount : Math.max(callerCount, Number(values.many))
/** Between one result and the next; people take longer, which loads the server less. */
const think_ms = 10_000
const seconds = Number(values.seconds ?? (values.small ? 5 : 15))
const voterCount = Number(values.voters ?? (values.small ? 100_000 : 300_000))
/** Rows a second of the bare queue on the machine where the goals were set. */
const referenceThen = 5600
const folder = mkdtempSync(join(tmpdir(), 'hanpyo-bench-'))
const cluster = await openCluster(join(folder, 'database'), {
  track_wal_io_timing: 'on',
  ...(values.statements && watched),
})
let servers: ChildProcess[] = []

async function main(): Promise<void> {
  await migrate(cluster.owner('postgres'))
  const database = openDatabase({ owner: cluster.owner('postgres') })
  const { phone_bank_id, organization_id, tokens } = await fill(database)
  await makeBareQueue()
  const [first, second] = [await freePort(), await freePort()]
  servers = [await startServer(first)]
  const many = tokens.map((token, index) => new BenchCaller(first, phone_bank_id, token, index))
  const callers = many.slice(0, callerCount)
  const watch = new Watch()
  await watch.open()
  const results: BenchResult[] = []
  const rate = (ran: Ran) => Math.round(ran.pairs / ran.seconds)
  const say = (title: string, ran: Ran) =>
    console.log(
      `${title.padEnd(44)} ${rate(ran).toLocaleString('en').padStart(7)} pairs/s   p50 ${ran.p50.toFixed(0)} ms   p99 ${ran.p99.toFixed(0)} ms   most ${ran.most.toFixed(0)} ms\n${' '.repeat(46)}${ran.seen}`,
    )
  const phase = async (
    title: string,
    who: BenchCaller[],
    pace: Pace,
    length = seconds,
    killing?: () => Promise<void>,
  ): Promise<Ran> => {
    // A list of 10,000 must not come to its end, and what is killed is killed once.
    const turns = killing ? 1 : values.pace ? (pace.per_second ? 2 : 1) : 5
    const ran = await measured(
      title,
      async () => {
        // While it rested the server closed every connection: thousands opened anew at once are no callers' pace.
        const opening = await run(who, 1, pace.think_ms ? atOnce : pace, watch)
        if (pace.per_second) say(`${title}, its first second`, opening)
        return run(who, length, pace, watch, killing)
      },
      { turns },
    )
    if (ran.pairs === 0) throw new Error(`${title}: the list of ${voterCount} voters has come to its end`)
    say(title, ran)
    return ran
  }
  const p99Result = (work: string, ran: Ran): BenchResult => ({
    work: `${work}: p99`,
    ours: `${ran.p99.toFixed(0)} ms`,
    reference: '100 ms',
    ratio: ran.p99 / 100,
    goal: '≤ 1.0',
    is_met: ran.p99 < 100,
  })

  console.log(`${voterCount.toLocaleString('en')} voters, ${seconds} s each`)
  // Warm: the server builds its columns meanwhile. Of a short list little may be used up by that.
  await rested()
  await run(callers, values.pace ? 1 : 6, atOnce, watch)
  if (values.pace)
    await phase(`${callerCount} callers at ${values.pace} pairs/s`, callers, { per_second: Number(values.pace) })
  /**
   * Full speed and the reference in turns of a few seconds, each of ours between two of the reference: a rented machine is
   * within minutes half as fast again or half as slow. The middle one of each, and of their ratios.
   */
  const inTurns = async (title: string, who: BenchCaller[]) => {
    const turns = values.pace ? 1 : 5
    await skipLocked() // the first one after something else is slow
    const first = await skipLocked()
    const [rates, bares, ratios]: [number[], number[], number[]] = [[], [first.rate], []]
    for (let turn = 0; turn < turns; turn++) {
      // As its own queue is for the reference: days of calling are in these seconds, and nobody cleaned up meanwhile.
      await sql`vacuum phone_bank_target, call_lease, further_line, line_on_screen, phone_bank_caller, contact_attempt`.execute(
        database.owner,
      )
      const ran = await phase(title, who, atOnce, values.pace ? 2 : 3)
      const { rate: after } = await skipLocked()
      ratios.push(ran.pairs / ran.seconds / ((found(bares.at(-1)) + after) / 2))
      rates.push(ran.pairs / ran.seconds)
      bares.push(after)
    }
    const [ours, bare, ratio] = [median(rates), median(bares), median(ratios)]
    const said = (all: readonly number[]) => all.map((each) => Math.round(each).toLocaleString('en')).join(' ')
    console.log(`${title}: ${said(rates)} pairs/s\n${first.by}, SKIP LOCKED, bare: ${said(bares)} rows/s`)
    console.log(`${ratios.map((each) => each.toFixed(2)).join(' ')}, in the middle ${ratio.toFixed(3)}`)
    const result: BenchResult = {
      work: title,
      ours: `${Math.round(ours).toLocaleString('en')} pairs/s`,
      reference: `${Math.round(bare).toLocaleString('en')}/s SKIP LOCKED by ${first.by}`,
      ratio,
      goal: '≥ 0.25',
      is_met: ratio >= 0.25,
    }
    results.push(result)
    return bare
  }
  const saved = (): number => callers.reduce((sum, caller) => sum + caller.acked.length, 0)
  const before = saved()
  if (values.statements) await forgetStatements(database.owner)
  const bare = await inTurns(`next call + result over HTTP, ${callerCount} callers`, callers)
  if (values.statements) await sayStatements(database.owner, saved() - before)
  if (!values.pace) {
    const paced = await phase(`${callerCount} callers, paced at 25 % of that`, callers, { per_second: bare * 0.25 })
    results.push(p99Result(`the same paced at ${rate(paced).toLocaleString('en')} pairs/s`, paced))
  }
  // Where the reference is faster than it was where the goals were set, their own pace too.
  if (bare > referenceThen && !values.pace) {
    const then = await phase(
      `${callerCount} callers, paced at 25 % of ${referenceThen.toLocaleString('en')}`,
      callers,
      {
        per_second: referenceThen * 0.25,
      },
    )
    results.push(p99Result(`the same paced at ${rate(then).toLocaleString('en')} pairs/s`, then))
  }
  if (!values.short) {
    for (const who of [callers, many]) {
      const thinking = await phase(`${who.length} callers, ${think_ms / 1000} s of thinking`, who, { think_ms })
      results.push(p99Result(`${who.length} callers with ${think_ms / 1000} s of thinking`, thinking))
    }
    await inTurns(`the same, ${many.length} callers`, many)
    await phase(`${callers.length} callers, kill -9 in the middle`, callers, atOnce, seconds, async () => {
      const [running] = servers
      running?.kill('SIGKILL')
      kill.at = performance.now()
      await new Promise((resolve) => running?.once('exit', resolve))
      servers = [await startServer(first)]
    })
    console.log(`first answer after kill -9: ${kill.first_answer_ms?.toFixed(0) ?? 'none'} ms`)

    many.forEach((caller, index) => index % 2 && caller.moveTo(second))
    for (const [name, environment] of [
      ['embedded', {}],
      [
        'PostgreSQL apart',
        { DATABASE_URL: `postgresql://postgres@localhost/postgres?host=${encodeURIComponent(cluster.socket)}` },
      ],
    ] as const) {
      if (name !== 'embedded') await stopServers()
      for (const port of name === 'embedded' ? [second] : [first, second])
        servers.push(await startServer(port, environment))
      await run(callers, 6, atOnce, watch) // as warm as the one before: compiled, its columns built
      for (const who of [callers, many]) {
        await inTurns(`two web processes, ${name}, ${who.length} callers`, who)
        await phase(`two web processes, ${name}, ${who.length} thinking`, who, { think_ms })
      }
    }
  }
  await watch.close()
  const problems = await check(database, organization_id, phone_bank_id, many)
  await database.close()
  const acked = many.reduce((sum, caller) => sum + caller.acked.length, 0)
  console.log(
    problems.length
      ? `PROBLEMS: ${problems.join('; ')}`
      : `checked: ${acked.toLocaleString('en')} results, none missing, none doubled, nobody out twice`,
  )
  if (problems.length) for (const each of results) each.is_met = false
  if (process.env.HANPYO_BENCH_RESULT) writeFileSync(process.env.HANPYO_BENCH_RESULT, JSON.stringify(results))
  if (problems.length) process.exitCode = 1
}

/** The same with lists of very different lengths, each with everything of its own. */
function growth(): void {
  for (const voters of [10_000, 100_000, 1_000_000]) {
    // The list of 10,000 must not come to its end: a second of warming, twice five at one pace, three at full speed.
    const options = ['--short', '--pace=300', `--voters=${voters}`, '--seconds=4']
    const { status } = spawnSync(process.execPath, [import.meta.filename, ...options], { stdio: 'inherit' })
    if (status !== 0) process.exitCode = 1
  }
}

/** When the server was killed, and how long after it the server that followed answered first. */
const kill: { at: number; first_answer_ms: number | null } = { at: Infinity, first_answer_ms: null }

/**
 * Whose time it was: how late the loop of this process ran (it makes the load, on the same cores), what each of the three
 * programs took of the processors, the servers' memory, and what PostgreSQL waited for the disk.
 */
class Watch {
  readonly #own = monitorEventLoopDelay({ resolution: 1 })
  readonly #client = new pg.Client(cluster.owner('postgres'))
  #before = { at: 0, servers: 0, own: 0, postgres: 0, syncs: 0, sync_ms: 0 }

  async open(): Promise<void> {
    // Where a phase fails the server ends under this connection.
    this.#client.on('error', () => {})
    await this.#client.connect()
    this.#own.enable()
  }

  async close(): Promise<void> {
    await this.#client.end()
  }

  async begin(): Promise<void> {
    this.#before = { at: performance.now(), ...this.#processors(), ...(await this.#syncs()) }
    this.#own.reset()
  }

  async end(callers: number): Promise<string> {
    const ms = (nanoseconds: number): string => (nanoseconds / 1e6).toFixed(0)
    const own = `p99 ${ms(this.#own.percentile(99))}, most ${ms(this.#own.max)} ms`
    const now = { ...this.#processors(), ...(await this.#syncs()) }
    const seconds = (performance.now() - this.#before.at) / 1000
    const share = (name: 'servers' | 'own' | 'postgres'): string =>
      `${(((now[name] - this.#before[name]) / seconds) * 100).toFixed(0)} %`
    // Where a server was killed in between, what it took is not known any more.
    const isKnown = now.servers >= this.#before.servers
    const a_caller = (((now.servers - this.#before.servers) / seconds / callers) * 100).toFixed(2)
    const ofServers = isKnown ? `${share('servers')} (${a_caller} % a caller)` : 'not known'
    const syncs = now.syncs - this.#before.syncs
    const mean = (now.sync_ms - this.#before.sync_ms) / Math.max(1, syncs)
    return `of a core: server ${ofServers}, PostgreSQL ${share('postgres')}, load ${share('own')}; server ${servers.map((each) => `${residentMegabytes(each.pid)} MB`).join(' + ')}; load's loop late ${own}; ${syncs} syncs of the log, ${mean.toFixed(1)} ms each; load ${loadavg()[0]?.toFixed(1)}`
  }

  /** Seconds of a processor, so far. */
  #processors(): { servers: number; own: number; postgres: number } {
    const { user, system } = process.cpuUsage()
    return {
      servers: servers.reduce((sum, each) => sum + processorSeconds(each.pid), 0),
      own: (user + system) / 1e6,
      postgres: processorSeconds(postmaster(), true),
    }
  }

  async #syncs(): Promise<{ syncs: number; sync_ms: number }> {
    const { rows } = await this.#client.query<{ syncs: number; sync_ms: number }>(
      `select sum(fsyncs)::integer as syncs, sum(fsync_time) as sync_ms from pg_stat_io where object = 'wal'`,
    )
    return rows[0] ?? { syncs: 0, sync_ms: 0 }
  }
}

/** What Linux counts of a process, and of its children also of those that ended; 0 elsewhere. */
function processorSeconds(pid: number | undefined, with_children = false): number {
  const path = `/proc/${pid}/stat`
  if (!existsSync(path)) return 0
  const ticks = (text: string, ...at: number[]): number => {
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return at.reduce((sum, each) => sum + Number(fields[each]), 0)
  }
  let sum = ticks(readFileSync(path, 'utf8'), 11, 12, ...(with_children ? [13, 14] : []))
  if (with_children) {
    for (const child of globSync('/proc/[0-9]*/stat')) {
      const text = existsSync(child) ? readFileSync(child, 'utf8') : ''
      if (text && ticks(text, 1) === pid) sum += ticks(text, 11, 12)
    }
  }
  return sum / 100
}

const postmaster = (): number => Number(readFileSync(join(cluster.home, 'pg', 'postmaster.pid'), 'utf8').split('\n')[0])

function residentMegabytes(pid: number | undefined): string {
  const path = `/proc/${pid}/status`
  const found = existsSync(path) ? /VmRSS:\s+(\d+)/.exec(readFileSync(path, 'utf8')) : null
  return found ? (Number(found[1]) / 1024).toFixed(0) : '?'
}

async function stopServers(): Promise<void> {
  for (const running of servers) {
    if (running.exitCode !== null || running.signalCode !== null) continue
    running.kill('SIGTERM')
    await new Promise((resolve) => running.once('exit', resolve))
  }
  servers = []
}

async function fill(database: ReturnType<typeof openDatabase>) {
  const { owner } = database
  const organization = await sql<{ organization_id: string }>`insert into organization (slug, name)
    values ('bench', '{"en":"Bench"}') returning organization_id`.execute(owner)
  const organization_id = organization.rows[0]?.organization_id ?? ''
  await sql`create table if not exists voter_record_ny partition of voter_record for values in ('NY')`.execute(owner)
  await sql`insert into voter_record (state_key, row_hash, household_key, voter_id, file_id, birth_date, birth_year, p_korean, ccd, ad, sd, cd, state,
      state_voter_id, last_name, first_name, last_key, given_key, party, status, city, county)
    select i, i, i / 2, i, 1, date '1940-01-01' + (i % 20000), 1940 + i % 60, case when i % 3 > 0 then 90 else 0 end, 20, 40, 16, 6, 'NY', 'NY' || i,
      (array['Kim', 'Lee', 'Park', 'Choi', 'Jung'])[1 + i % 5], (array['Min-jun', 'Young Hee', 'Soon Ja', 'Grace', 'Daniel'])[1 + i % 5],
      'KIM', 'MINJUN', 'dem', 'active', 'Flushing', 'queens' from generate_series(1, ${voterCount}::integer) i`.execute(
    owner,
  )
  await sql`create unique index if not exists voter_record_ny_voter_id on voter_record_ny (voter_id)`.execute(owner)
  // Every second voter shares a number with the other of the household.
  await sql`insert into voter_phone (voter_id, phone, kind, quality, matched_by, source, received_on)
    select i, '+1718' || lpad((2000000 + case when i % 8 < 2 then i / 2 * 2 else i end)::text, 7, '0'), 'mobile', 80, 'state_id', 'bench', '2026-10-01'
    from generate_series(1, ${voterCount}::integer) i`.execute(owner)
  const actor = systemActor(organization_id, 'bench')
  const now = new Date()
  const { script_id } = await createScript(owner, actor, { name: 'Bench', content: testScript }, now)
  const { phone_bank_id } = await createPhoneBank(
    owner,
    actor,
    {
      name: { en: 'Bench' },
      universe_id: null,
      expression: 'status:active',
      script_id,
      candidate: null,
      lane: 'non_partisan',
      languages: ['en', 'ko'],
      starts_on: '2020-01-01',
      ends_on: '2100-01-01',
      calling_starts: '00:00',
      calling_ends: '24:00',
      max_attempts: 3,
      retry_after_hours: 24,
      caller_id_note: {},
    },
    now,
  )
  await addTargets(
    owner,
    actor,
    phone_bank_id,
    Array.from({ length: voterCount }, (_, index) => index + 1),
    now,
  )
  await sql`vacuum analyze voter_record, voter_phone, phone_bank_target`.execute(owner)
  const { join_code } = await owner.selectFrom('phone_bank').select('join_code').executeTakeFirstOrThrow()
  const tokens: string[] = []
  for (let i = 0; i < manyCount; i++) {
    const languages = i % 4 === 0 ? ['en'] : ['ko', 'en']
    const joined = await joinPhoneBank(
      owner,
      join_code,
      { name: `Caller ${i}`, phone: '+17185550100', email: null, languages },
      now,
    )
    if (!joined.ok) throw new Error(joined.problem)
    tokens.push(joined.token)
  }
  return { organization_id, phone_bank_id, tokens }
}

async function startServer(port: number, environment: Record<string, string> = {}): Promise<ChildProcess> {
  const started = spawn(join(import.meta.dirname, '../bin/hanpyo'), ['serve'], {
    env: {
      ...process.env,
      NODE_ENV: 'production',
      HANPYO_DATA: folder,
      HANPYO_PORT: String(port),
      HANPYO_LOG: 'error',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await new Promise<void>((resolve, reject) => {
    started.stdout.on('data', (text: Buffer) => text.toString().includes('Hanpyo is at') && resolve())
    started.once('exit', (code) => reject(new Error(`the server ended with ${code}`)))
  })
  return started
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      const port = typeof address === 'object' && address ? address.port : 0
      probe.close(() => resolve(port))
    })
  })
}

/** A bare queue, long enough for all references of a run, made at the start: what is written for it must not slow them. */
async function makeBareQueue(): Promise<void> {
  const client = new pg.Client(cluster.owner('postgres'))
  await client.connect()
  await client.query('create table bare_queue as select i as id, false as taken from generate_series(1, 1500000) i')
  await client.query('create index on bare_queue (id) where not taken')
  await client.query('alter table bare_queue add primary key (id)')
  await client.query('vacuum analyze bare_queue')
  await client.query('checkpoint')
  await client.end()
}

/**
 * Rows per second pgbench takes (our own connections where it is not installed) from that queue in two seconds, on the same
 * server. It is cleaned up before: it would else read ever more dead entries of what it took, and be a slower reference than
 * it need be.
 */
async function skipLocked(): Promise<{ rate: number; by: string }> {
  const client = new pg.Client(cluster.owner('postgres'))
  await client.connect()
  const statement =
    'update bare_queue set taken = true where id = (select id from bare_queue where not taken order by id limit 1 for update skip locked)'
  const [pgbench] = globSync('/usr/lib/postgresql/*/bin/pgbench')
  try {
    for (let turn = 0; ; turn++) {
      await client.query('vacuum bare_queue')
      await rested()
      if (!pgbench) return { rate: await withoutPgbench(statement, 2), by: 'connections of this process' }
      const path = join(folder, 'skip-locked.sql')
      writeFileSync(path, `${statement};\n`)
      const options = `-n -M prepared -c 16 -j 2 -T 2 -h ${cluster.socket} -U postgres -f ${path} postgres`.split(' ')
      const { stdout, stderr, status } = spawnSync(pgbench, options, { encoding: 'utf8' })
      // On a machine too busy to take a single row it states no rate.
      const said = /tps = ([\d.]+)/.exec(stdout) ?? /actually processed: (0)\b/.exec(stdout)
      if (status !== 0 || !said) throw new Error(`pgbench ended with ${status}: ${stderr}${stdout}`)
      if (!isSlowed() || turn >= 5) return { rate: Number(said[1]), by: 'pgbench' }
    }
  } finally {
    await client.end()
  }
}

/** The same statement through sixteen connections of ours, where pgbench is not installed. */
async function withoutPgbench(text: string, duration: number): Promise<number> {
  const clients = await Promise.all(
    Array.from({ length: 16 }, async () => {
      const client = new pg.Client(cluster.owner('postgres'))
      await client.connect()
      return client
    }),
  )
  const ends = performance.now() + duration * 1000
  let taken = 0
  await Promise.all(
    clients.map(async (client) => {
      while (performance.now() < ends) {
        await client.query({ name: 'take', text })
        taken++
      }
      await client.end()
    }),
  )
  return taken / duration
}

interface Ran {
  pairs: number
  seconds: number
  p50: number
  p99: number
  most: number
  /** Whose time it was. */
  seen: string
}

/** `per_second`: of all together, evenly. `think_ms`: on average, of each. Neither: as fast as it goes. */
type Pace = { per_second?: number; think_ms?: number }
const atOnce: Pace = {}

/** All callers at once for some seconds. */
async function run(
  callers: BenchCaller[],
  duration: number,
  { per_second, think_ms }: Pace,
  watch: Watch,
  middle?: () => Promise<void>,
): Promise<Ran> {
  await watch.begin()
  const started = performance.now()
  const ends = started + duration * 1000
  const latencies: number[] = []
  const interval = think_ms ?? (per_second ? (callers.length / per_second) * 1000 : 0)
  const disturbed = middle
    ? new Promise((resolve) => setTimeout(resolve, duration * 500)).then(middle)
    : Promise.resolve()
  await Promise.all(
    callers.map(async (caller, index) => {
      let due = started + (interval * index) / callers.length
      if (interval) await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())))
      while (performance.now() < ends && due < ends) {
        const at = interval ? due : performance.now()
        if (await caller.pair()) latencies.push(performance.now() - at)
        // Whoever thinks begins when the answer is there, and takes half to one and a half of the time.
        due = think_ms ? performance.now() + think_ms * (0.5 + Math.random()) : due + interval
        const wait = Math.min(due, ends) - performance.now()
        if (interval && wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
      }
    }),
  )
  await disturbed
  const took = (performance.now() - started) / 1000
  latencies.sort((a, b) => a - b)
  const at = (share: number) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0
  return {
    pairs: latencies.length,
    seconds: took,
    p50: at(0.5),
    p99: at(0.99),
    most: at(1),
    seen: await watch.end(callers.length),
  }
}

/** One volunteer's browser: records the voter in hand and gets the next, sends again until it is confirmed. */
class BenchCaller {
  /** Attempts the server confirmed. */
  readonly acked: { attempt_id: string; voter_id: number; answers: number }[] = []
  readonly handed: number[] = []
  #port: number
  readonly #path: string
  readonly #cookie: string
  #cards: CallCard[] = []
  #socket: Socket | null = null
  #openedAt = 0
  #calls: number

  /** `index`: where in the mix of results to begin, so that at every moment all kinds of results come in. */
  constructor(port: number, phone_bank_id: string, token: string, index: number) {
    this.#calls = index
    this.#port = port
    this.#path = `/call/${phone_bank_id}`
    this.#cookie = `caller_${phone_bank_id.slice(0, 8)}=${token}`
  }

  /** To another web process. */
  moveTo(port: number): void {
    this.#port = port
    this.#socket?.destroy()
    this.#socket = null
  }

  /** True when a result was recorded and the next voter came. */
  async pair(): Promise<boolean> {
    const card = this.#cards[0]
    if (!card) {
      this.#take((await this.#post('/next', { holding: [], want: 1 })) as Turn)
      return false
    }
    const now = new Date().toISOString()
    const kind = this.#calls++ % 20
    const disposition =
      kind < 5
        ? 'canvassed'
        : kind < 15
          ? 'no_answer'
          : kind < 17
            ? 'left_message'
            : kind < 18
              ? 'refused'
              : kind < 19
                ? 'wrong_number'
                : 'not_available'
    const answers = disposition === 'canvassed' ? { support: 1 + (this.#calls % 5), plan: true } : {}
    const attempt_id = randomUUID()
    const { recorded, turn } = (await this.#post('/calls', {
      result: {
        attempt_id,
        voter_id: card.voter_id,
        ticket: card.ticket,
        disposition,
        answers,
        script_version: card.script_version,
        phone: card.phones[0]?.phone ?? null,
        started_at: now,
        ended_at: now,
        sent_at: now,
      },
      holding: this.#cards.map((each) => each.voter_id),
      want: 1,
    })) as RecordOutput
    if (recorded.outcome === 'refused') throw new Error(`refused: ${recorded.problem}`)
    this.acked.push({ attempt_id, voter_id: card.voter_id, answers: Object.keys(answers).length })
    const gone = new Set([card.voter_id, ...turn.withdrawn.map((each) => each.voter_id)])
    this.#cards = this.#cards.filter((each) => !gone.has(each.voter_id))
    this.#take(turn)
    return true
  }

  #take(turn: Turn): void {
    for (const card of turn.cards) {
      if (this.#cards.some((each) => each.voter_id === card.voter_id)) continue
      this.#cards.push(card)
      this.handed.push(card.voter_id)
    }
  }

  async #post(path: string, body: unknown): Promise<unknown> {
    const text = JSON.stringify(body)
    const givesUp = performance.now() + 30_000
    for (;;) {
      try {
        const answer = await this.#send(
          `POST ${this.#path}${path} HTTP/1.1\r\nHost: localhost\r\nCookie: ${this.#cookie}\r\nAccept: application/json\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
        )
        if (this.#openedAt > kill.at) kill.first_answer_ms ??= performance.now() - kill.at
        return answer
      } catch (problem) {
        this.#socket?.destroy()
        this.#socket = null
        if (!(problem instanceof Error && 'code' in problem)) throw problem
        // The server is being started again: at most half a minute.
        if (performance.now() > givesUp) throw problem
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    }
  }

  /** Plain HTTP over one kept connection: the load must cost less than what it measures. */
  async #send(request: string): Promise<unknown> {
    // The server closes what was idle for some seconds, as while pgbench ran.
    if (!this.#socket?.writable) this.#socket = await this.#open()
    const socket = this.#socket
    return new Promise((resolve, reject) => {
      let received = ''
      const done = (settle: () => void) => {
        socket.off('data', read)
        socket.off('error', fail)
        socket.off('close', closed)
        settle()
      }
      const fail = (problem: Error) => done(() => reject(problem))
      const closed = () => done(() => reject(Object.assign(new Error('closed'), { code: 'ECONNRESET' })))
      const read = (part: string) => {
        received += part
        const head = received.indexOf('\r\n\r\n')
        if (head < 0) return
        const length = /content-length: (\d+)/i.exec(received.slice(0, head))
        if (!length) return fail(new Error(`no length: ${received.slice(0, 300)}`))
        const body = received.slice(head + 4)
        if (Buffer.byteLength(body) < Number(length[1])) return
        const status = received.slice(9, 12)
        done(() =>
          status === '200' ? resolve(JSON.parse(body)) : reject(new Error(`${status}: ${body.slice(0, 300)}`)),
        )
      }
      socket.on('data', read)
      socket.on('error', fail)
      socket.on('close', closed)
      socket.write(request)
    })
  }

  #open(): Promise<Socket> {
    return new Promise((resolve, reject) => {
      const socket = connect(this.#port, '127.0.0.1', () => {
        socket.off('error', reject)
        socket.on('error', () => {}) // between requests: `writable` tells the next one
        socket.setEncoding('utf8')
        socket.setNoDelay()
        this.#openedAt = performance.now()
        resolve(socket)
      })
      socket.once('error', reject)
    })
  }
}

/** Against the database: every confirmed result is there with its answers, once; nobody was with two callers. */
async function check(
  database: ReturnType<typeof openDatabase>,
  organization_id: string,
  phone_bank_id: string,
  callers: BenchCaller[],
): Promise<string[]> {
  const problems: string[] = []
  const { rows } = await sql<{ attempt_id: string; voter_id: number; answers: number }>`
    select a.attempt_id, a.voter_id, count(w.question)::integer as answers from contact_attempt a left join contact_answer w using (organization_id, attempt_id)
    where a.organization_id = ${organization_id}::uuid and a.phone_bank_id = ${phone_bank_id}::uuid group by 1, 2`.execute(
    database.owner,
  )
  const stored = new Map(rows.map((row) => [row.attempt_id, row]))
  let missing = 0
  let count = 0
  for (const caller of callers) {
    for (const each of caller.acked) {
      count++
      const row = stored.get(each.attempt_id)
      if (!row || row.voter_id !== each.voter_id || row.answers !== each.answers) missing++
    }
  }
  if (missing) problems.push(`${missing} results missing or incomplete`)
  if (stored.size < count) problems.push(`${count} confirmed, ${stored.size} stored`)
  if (stored.size > count + callers.length) problems.push(`${stored.size} stored, only ${count} confirmed`)
  // In this run no voter comes back (they rest for hours or are done), so two callers with one voter is always wrong.
  const holder = new Map<number, BenchCaller>()
  let twice = 0
  for (const caller of callers) {
    for (const voter_id of caller.handed) {
      if (holder.has(voter_id) && holder.get(voter_id) !== caller) twice++
      holder.set(voter_id, caller)
    }
  }
  if (twice) problems.push(`${twice} voters out twice`)
  const { rows: stray } =
    await sql`select from phone_bank_target t full join call_lease l using (organization_id, phone_bank_id, voter_id)
    where (t.state = 'leased') is distinct from (l.voter_id is not null) or t.leased_to is distinct from l.caller_id`.execute(
      database.owner,
    )
  if (stray.length) problems.push(`${stray.length} voters whose lease and state differ`)
  return problems
}

try {
  if (values.growth) growth()
  else await main()
} catch (problem) {
  console.error(problem)
  process.exitCode = 1
} finally {
  await stopServers()
  await cluster.close()
  rmSync(folder, { recursive: true, force: true })
}
process.exit()
