import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { demoPassword } from '../../features/access/schema.ts'
import { sql } from 'kysely'
import { cyclesOf } from '../../features/endorsements/cycles/queries.ts'
import { stageOn } from '../../features/endorsements/cycles/rules.ts'
import { builtInKinds } from '../../features/events/kinds.ts'
import { compileUniverse } from '../../features/targeting/queries.ts'
import { dateIn } from '../../platform/clock.ts'
import { openCluster } from '../../platform/db/cluster.ts'
import { openDatabase } from '../../platform/db/db.ts'
import { emailOf, personas } from './personas.ts'
import { openTown } from './state.ts'

/* The real program, as `npm run demo` starts it, with a small town. What becomes of half a town: state.test.ts. */

const root = mkdtempSync(join(tmpdir(), 'hanpyo-demo-'))
const [here, beside] = [join(root, 'here'), join(root, 'beside')]
const running = new Set<ChildProcess>()
const taken = await inUse()

afterAll(async () => {
  for (const child of running) await ended(child, 'SIGKILL')
  taken.server.close()
  for (const data of [here, beside]) {
    // What a kill left running is stopped by the last one out.
    if (existsSync(join(data, 'database'))) await (await openCluster(join(data, 'database'))).close()
  }
  rmSync(root, { recursive: true, force: true })
})

interface Demo {
  child: ChildProcess
  /** All the terminal says until it has said everything. */
  told: string
  url: string
}

/** Starts it and waits until it has said its last word, which is how to stop it. */
async function demo(data: string, ...words: string[]): Promise<Demo> {
  const child = spawn(join(import.meta.dirname, '../../../bin/hanpyo'), ['demo', ...words], {
    env: { ...process.env, HANPYO_DATA: data, HANPYO_PORT: String(taken.port), DATABASE_URL: '', DATABASE_DIRECT_URL: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  }) // prettier-ignore
  running.add(child)
  let told = ''
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (text: Buffer) => {
      told += text.toString()
      if (told.includes('Ctrl-C stops everything')) resolve()
    })
    child.once('exit', (code) => reject(new Error(`the demo ended with ${code}:\n${told}`)))
  })
  return { child, told, url: /Hanpyo is at (\S+)/.exec(told)?.[1] ?? '' }
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  running.delete(child)
  if (child.exitCode === null && child.signalCode === null) {
    child.kill(signal)
    await once(child, 'exit')
  }
  return child.exitCode
}

async function inUse(): Promise<{ server: Server; port: number }> {
  const server = createServer().listen(0)
  await once(server, 'listening')
  return { server, port: (server.address() as AddressInfo).port } // a port, not a pipe
}

async function signedIn({ url }: Demo, email: string): Promise<string> {
  const answer = await fetch(`${url}/sign-in`, {
    method: 'POST',
    redirect: 'manual',
    headers: { Origin: url },
    body: new URLSearchParams({ email, password: demoPassword }),
  })
  expect(answer.status).toBe(303)
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
}

async function asked<T extends pg.QueryResultRow>(data: string, query: string): Promise<T[]> {
  const cluster = await openCluster(join(data, 'database'))
  const client = new pg.Client(cluster.owner('postgres'))
  await client.connect()
  try {
    return (await client.query<T>(query)).rows
  } finally {
    await client.end()
    await cluster.close()
  }
}

/** Everything of a town that a person would call the same: names, answers and numbers, no ids and no times. */
const townOf = (data: string): Promise<{ what: string; is: string }[]> =>
  asked(
    data,
    `select 'voter' as what, md5(string_agg(concat_ws('|', state_voter_id, last_name, first_name, middle_name, house_number, street, city, p_korean, party, status), ';' order by state_voter_id)) as is from voter_record
    union all select 'numbers', md5(string_agg(phone, ';' order by phone)) from voter_phone
    union all select 'people', string_agg(concat_ws(' ', name_hangul, last_name, first_name, language), ';' order by name_hangul, last_name, first_name, language) from person
    union all select 'notes', string_agg(body, ';' order by body) from note
    union all select 'universes', string_agg(name || ': ' || expression, ';' order by name) from universe
    union all select 'phone banks', string_agg(name::text, ';' order by name::text) from phone_bank
    union all select 'results', string_agg(result, ';' order by result) from (select disposition || ' ' || count(*) as result from contact_attempt group by disposition) each
    union all select 'members', string_agg(display_name, ';' order by display_name) from member order by 1`,
  )

/** The process of its PostgreSQL, which need not lie in the town's own folder. */
async function postmasterOf(data: string): Promise<number> {
  const [folder] = await asked<{ path: string }>(data, `select current_setting('data_directory') as path`)
  return Number(readFileSync(join(folder?.path ?? '', 'postmaster.pid'), 'utf8').split('\n')[0])
}

/** A process whose parent was killed may stay in the table of processes after its end, as a zombie. */
const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return !existsSync('/proc/self/stat') || !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}

let [ours, theirs]: [Demo | null, Demo | null] = [null, null]

test('two practice towns side by side on a busy port: each says its own address, whom one can be and what to try', async () => {
  // A whole town of before, for --fresh to throw away.
  const old = await openTown(here, false)
  await asked(here, 'create table of_before (); create table migration (name text, sha256 text)')
  await old.filled()
  await old.close()
  ;[ours, theirs] = await Promise.all([demo(here, '--fresh', '--voters', '2000'), demo(beside, '--voters', '2000')])
  expect(new Set([ours.url, theirs.url, `http://localhost:${taken.port}`]).size).toBe(3)
  for (const each of [ours, theirs]) {
    expect(each.told).toContain(`Port ${taken.port} is in use, so this is port ${new URL(each.url).port}.`)
    expect(each.told).toContain(demoPassword)
    for (const persona of personas) expect(each.told.split(`${emailOf(persona)} `)).toHaveLength(2)
    expect(each.told).toMatch(/Try first\n {2}1\. .*sign-in and choose Minji Seo/)
    expect(each.told).toContain('처음이시면')
  }
  expect(await (await fetch(`${ours.url}/sign-in`)).text()).toMatch(
    /Alex Rivera(?:(?!<form)[\s\S])*Installation steward/,
  )
  for (const each of [ours, theirs]) {
    const page = await fetch(`${each.url}/`, { headers: { Cookie: await signedIn(each, 'minji@demo.example.org') } })
    expect(await page.text()).toContain('Minji Seo')
  }
})

test('the same seed gives the same town, with nothing in it of what --fresh threw away', async () => {
  const town = await townOf(here)
  expect(await asked(here, `select to_regclass('of_before') as there`)).toEqual([{ there: null }])
  expect(await townOf(beside)).toEqual(town)
  expect(town.find(({ what }) => what === 'results')?.is).toMatch(/\d/)
})

test('one person’s whole way, every kind of event and a cycle at every stage are there', async () => {
  const cluster = await openCluster(join(here, 'database'))
  const database = openDatabase({ owner: cluster.owner('postgres'), app: cluster.app('postgres') })
  try {
    const { organization_id, time_zone } = await database.owner
      .selectFrom('organization')
      .select(['organization_id', 'time_zone'])
      .where('slug', '=', 'hanmaeum')
      .executeTakeFirstOrThrow()
    const db = database.of(organization_id)
    const today = dateIn(time_zone, new Date())
    const votersOf = async (expression: string): Promise<number[]> => {
      const compiled = await compileUniverse(db, expression, organization_id, today)
      if (!compiled.ok) throw new Error(`${expression}: ${JSON.stringify(compiled)}`)
      const { rows } = await sql<{ voter_id: number }>`
        select v.voter_id from voter_record v where ${compiled.universe.condition}`.execute(db)
      return rows.map(({ voter_id }) => voter_id)
    }
    const hosts = await votersOf('delegated:host')
    expect(hosts).toHaveLength(1)
    for (const expression of [
      'member:good',
      'kind:regular',
      'attended:roundtable',
      'attended:roundtable/30d',
      'task:done',
      'invited:forum',
      'cohort:accepted',
      'cohort:"올해 리더십 포럼"/accepted',
      'stage:"Regular"',
      'trained:"Hosting a phone bank"',
      'attended:roundtable trained:"전화 캠페인 진행 교육"',
    ])
      expect(await votersOf(expression), expression).toEqual(expect.arrayContaining(hosts))

    const kinds = await db.selectFrom('event').select('kind').distinct().execute()
    expect(kinds.map(({ kind }) => kind).sort()).toEqual(builtInKinds.map(({ kind }) => kind).sort())
    const stages = (await cyclesOf(db, organization_id)).map(({ opened_at, rules }) => stageOn(opened_at, rules, today))
    expect([...new Set(stages)].sort()).toEqual(['announced', 'answers', 'before_vote', 'counting', 'draft', 'vote'])
    const { rows } = await sql<Record<string, number>>`select
      (select count(*) from event where online_link is not null) as online,
      (select count(*) from event_signup where response = 'awaiting_approval') as awaiting,
      (select count(*) from event_guardian) as guardians,
      (select count(*) from event_series_exception) as left_out,
      (select count(*) from bank_match) as matched,
      (select count(*) from event_door_act) as by_code,
      (select count(*) from form_response r join event_after a on a.organization_id = r.organization_id and a.feedback_form_id = r.form_id) as feedback,
      (select count(*) from form_version where content::text like '%"only_if": {"forum_led"%') as conditions`.execute(
      db,
    )
    for (const [what, count] of Object.entries(rows[0] ?? {})) expect(count, what).toBeGreaterThan(0)
  } finally {
    await database.close()
    await cluster.close()
  }
})

test('Ctrl-C ends the one town with its PostgreSQL and leaves the other', async () => {
  if (!ours || !theirs) throw new Error('no towns')
  const pid = await postmasterOf(here)
  expect(isRunning(pid)).toBe(true)
  expect(await ended(ours.child, 'SIGINT')).toBe(0)
  expect(isRunning(pid)).toBe(false)
  expect((await fetch(`${theirs.url}/sign-in`)).status).toBe(200)
})

test('killed, it comes back by itself with all that was done in it, and is not made anew', async () => {
  if (!theirs) throw new Error('no town')
  await asked(beside, `update member set display_name = 'Minji the Second' where display_name like '%Minji%'`)
  const [before, pid] = [await townOf(beside), await postmasterOf(beside)]
  await ended(theirs.child, 'SIGKILL')
  theirs = await demo(beside)
  expect(theirs.told).not.toContain('Making the practice town')
  expect(await townOf(beside)).toEqual(before)
  await signedIn(theirs, 'minji@demo.example.org')
  expect(await ended(theirs.child, 'SIGTERM')).toBe(0)
  expect(isRunning(pid)).toBe(false)
})
