import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, describe, expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { actorOfSession } from '../features/access/session.ts'
import { setUp } from '../features/organizations/commands.ts'
import { addTestCaller, addVoters, makeBank } from '../features/phonebanks/testing.ts'
import type { CallCard, RecordOutput, Turn } from '../features/phonebanks/schema.ts'
import { systemActor } from '../platform/audit.ts'
import type { Config } from '../platform/config.ts'
import { openCluster } from '../platform/db/cluster.ts'
import { inTransaction, openDatabase, type Db } from '../platform/db/db.ts'
import { addJob, job, startJobs } from '../platform/jobs/jobs.ts'
import { appRoleOf } from '../platform/db/app-role.ts'
import { openPgBouncer, openStandIn, pgBouncerPath, type Pooler } from '../platform/testing/pooler.ts'
import { visitor } from '../platform/testing/visitor.ts'
import { openInstallation, type OpenInstallation } from './installation.ts'
import { buildApp } from './server.ts'

/* A server of its own, which may be killed, and what stands in front of it: always the stand-in, PgBouncer where it is installed. */

const folder = mkdtempSync(join(tmpdir(), 'hanpyo-pooler-test-'))
const cluster = await openCluster(join(folder, 'database'), { fsync: 'off' })
const databases = ['first', 'second', 'third', 'fourth']
const users = databases.map(appRoleOf)
const admin = new pg.Client(cluster.owner('postgres'))
await admin.connect()
for (const name of databases) await admin.query(`create database ${name} encoding 'UTF8' template template0`)
await admin.end()
afterAll(async () => {
  await cluster.close()
  rmSync(folder, { recursive: true, force: true })
})

const address = (host: string, port: number, database: string): string =>
  `postgresql://postgres@${encodeURIComponent(host)}:${port}/${database}`
const direct = (database: string): string => address(cluster.socket, 5432, database)

const configOf = (database_url: string, database_direct_url: string | null): Config => ({
  data: folder,
  database_url,
  database_direct_url,
  port: 0,
  host: '127.0.0.1',
  url: null,
  metrics_token: null,
  smtp_url: null,
  accepts_plain_smtp: false,
  mail_from: 'Hanpyo <hanpyo@localhost>',
  accept_law: false,
  private_webhooks: false,
  twilio: null,
})

async function opened(database_url: string, database_direct_url: string | null): Promise<OpenInstallation> {
  const installation = await openInstallation(configOf(database_url, database_direct_url))
  onTestFinished(() => installation.close())
  return installation
}

async function standing(pooler: Promise<Pooler>): Promise<Pooler> {
  const standing = await pooler
  onTestFinished(() => standing.close())
  return standing
}

if (!pgBouncerPath) process.stderr.write('left out: everything through PgBouncer, which is not installed\n')

const poolers = [
  { name: 'the stand-in', database: 'first', open: () => openStandIn(cluster.socket) },
  ...(pgBouncerPath
    ? [
        { name: 'PgBouncer by transaction', database: 'second', open: () => openPgBouncer(cluster.socket, { users }) },
        {
          name: 'PgBouncer by session',
          database: 'third',
          // Each connection of ours keeps its session.
          open: () => openPgBouncer(cluster.socket, { users, mode: 'session', size: 40 }),
        },
      ]
    : []),
]

describe.each(poolers)('through $name', ({ database, open }) => {
  test('migrations, set-up, sign-in, pages and jobs work', async () => {
    const { host, port } = await standing(open())
    const installation = await opened(address(host, port, database), direct(database))
    expect(installation.migrated.length).toBeGreaterThan(20)
    const password = 'a long enough password'
    const done = await setUp(installation, {
      name: { en: 'Flushing Civic Action', ko: '플러싱 시민행동' },
      time_zone: 'America/New_York',
      person: { name: 'Grace Yoo', email: 'grace@example.org', password, language: 'en' },
    })
    expect(done).toEqual({ ok: true })
    const browser = visitor(buildApp(installation, actorOfSession))
    expect((await browser.get('/sign-in')).status).toBe(200)
    expect((await browser.post('/sign-in', { email: 'grace@example.org', password })).status).toBe(303)
    for (const path of ['/', '/voters', '/phonebanks', '/voters/universes', '/settings', '/readyz'])
      expect([path, (await browser.get(path)).status]).toEqual([path, 200])

    const streamed = (await browser.get('/voterfiles/live')).body?.getReader()
    expect(new TextDecoder().decode((await streamed?.read())?.value)).toMatch(/^event: (html|still)/)
    await streamed?.cancel()

    const ran: string[] = []
    const greet = job({
      name: 'test.greet',
      payload: z.object({ who: z.string() }),
      run: async ({ who }) => void ran.push(who),
    })
    const runner = await startJobs(installation.database.ownerPool, [greet], installation)
    await addJob(installation.database.owner, greet, { who: 'Young-hee' })
    await expect.poll(() => ran).toEqual(['Young-hee'])
    await runner.stop()
  })

  test('no organization sees another’s rows, whatever goes wrong in between', async () => {
    const { host, port } = await standing(open())
    const installation = await opened(address(host, port, database), direct(database))
    const organizations = await twoOrganizations(installation.database.owner)
    const seen = async (db: Db): Promise<string[]> => {
      const { rows } = await sql<{ id: string }>`select distinct organization_id::text as id from person`.execute(db)
      return rows.map(({ id }) => id)
    }
    const ask = async (turn: number): Promise<void> => {
      if (turn % 7 === 0) {
        expect(await seen(installation.database.commons)).toEqual([])
        return
      }
      const id = organizations[turn % 2] ?? ''
      const db = installation.database.of(id)
      if (turn % 5 === 0) await expect(sql`select 1 / 0`.execute(db)).rejects.toThrow('division by zero')
      if (turn % 5 === 1) {
        const lost = inTransaction(db, async (tx) => {
          expect(await seen(tx)).toEqual([id])
          throw new Error('stop')
        })
        await expect(lost).rejects.toThrow('stop')
      }
      if (turn % 5 === 2) {
        await db
          .transaction()
          .setIsolationLevel('repeatable read')
          .execute(async (tx) => {
            expect(await seen(tx)).toEqual([id])
            expect(await seen(tx)).toEqual([id])
          })
      }
      expect(await seen(db)).toEqual([id])
      // Nobody writes into the other's rows either.
      if (turn % 5 === 3)
        await expect(
          sql`insert into person (organization_id, last_name) values (${organizations[(turn + 1) % 2]}::uuid, 'Lee')`.execute(
            db,
          ),
        ).rejects.toThrow('row-level security')
    }
    await Promise.all(Array.from({ length: 120 }, (_, turn) => ask(turn)))
  })

  test('the server is killed under it in the middle of calls: nothing saved is lost, and callers go on', async () => {
    const { host, port } = await standing(open())
    const installation = await opened(address(host, port, database), direct(database))
    const { owner } = installation.database
    const [organization_id = ''] = await twoOrganizations(owner)
    const actor = systemActor(organization_id, 'Grace Yoo')
    const voters = Array.from({ length: 40 }, (_, index) => index + 1)
    await addVoters(
      owner,
      voters.map((voter_id) => ({ voter_id })),
    )
    const bank = await makeBank({ installation }, actor, voters, { starts_on: '2020-01-01', ends_on: '2100-01-01' })
    const app = buildApp(installation, actorOfSession)
    const callers = await Promise.all([1, 2, 3].map(() => addTestCaller({ installation }, actor, bank)))
    const saved: string[] = []
    const handed: number[] = []
    let killed = false
    await Promise.all(
      callers.map(async ({ token }) => {
        const send = async (path: string, body: unknown): Promise<unknown> => {
          for (;;) {
            const answer = await app.request(`/call/${bank.phone_bank_id}${path}`, {
              method: 'POST',
              headers: {
                host: 'localhost',
                'content-type': 'application/json',
                accept: 'application/json',
                cookie: `caller_${bank.phone_bank_id.slice(0, 8)}=${token}`,
              },
              body: JSON.stringify(body),
            })
            if (answer.status === 200) return answer.json()
            expect(answer.status).toBeGreaterThanOrEqual(500)
            await sleep(20)
          }
        }
        let { cards } = (await send('/next', { holding: [], want: 1 })) as Turn
        while (cards[0]) {
          const card: CallCard = cards[0]
          handed.push(card.voter_id)
          if (!killed && saved.length >= 10) {
            killed = true
            const [pid] = readFileSync(join(cluster.home, 'pg/postmaster.pid'), 'utf8').split('\n')
            process.kill(Number(pid), 'SIGKILL')
          }
          const attempt_id = randomUUID()
          const now = new Date().toISOString()
          const { recorded, turn } = (await send('/calls', {
            result: {
              attempt_id,
              voter_id: card.voter_id,
              ticket: card.ticket,
              disposition: 'refused',
              answers: {},
              script_version: card.script_version,
              phone: card.phones[0]?.phone ?? null,
              started_at: now,
              ended_at: now,
              sent_at: now,
            },
            holding: [card.voter_id],
            want: 1,
          })) as RecordOutput
          expect(recorded.outcome).not.toBe('refused')
          saved.push(attempt_id)
          cards = turn.cards
        }
      }),
    )
    expect(killed).toBe(true)
    expect(handed.toSorted((a, b) => a - b)).toEqual(voters)
    const kept = await owner.selectFrom('contact_attempt').select(['attempt_id', 'voter_id']).execute()
    expect(kept.map((row) => row.attempt_id).toSorted()).toEqual(saved.toSorted())
    expect(new Set(kept.map((row) => row.voter_id)).size).toBe(voters.length)
  })
})

describe('refused with what to do', () => {
  test('a pooler alone, a pooler as the direct way, two databases, and one that takes no transactions', async () => {
    const { host, port } = await standing(openStandIn(cluster.socket))
    const through = address(host, port, 'fourth')
    await expect(opened(through, null)).rejects.toThrow('Set DATABASE_DIRECT_URL as well')
    await expect(opened(through, through)).rejects.toThrow('DATABASE_DIRECT_URL leads through a connection pooler')
    await expect(opened(address(host, port, 'postgres'), direct('fourth'))).rejects.toThrow('two different databases')
    const byStatement = await standing(openStandIn(cluster.socket, { mode: 'statement' }))
    await expect(opened(address(byStatement.host, byStatement.port, 'fourth'), direct('fourth'))).rejects.toThrow(
      'takes no transactions',
    )
  })

  test('a pooler that comes in between later: not one row is read', async () => {
    await opened(direct('fourth'), null)
    const { host, port } = await standing(openStandIn(cluster.socket))
    const database = openDatabase({ owner: { host, port, user: 'postgres', database: 'fourth' } })
    onTestFinished(() => database.close())
    await expect(sql`select * from person`.execute(database.of(randomUUID()))).rejects.toThrow(
      'A pooler stands between',
    )
    await expect(sql`select * from voter_record`.execute(database.commons)).rejects.toThrow('A pooler stands between')
  })

  test('an address without a pooler, twice, needs none of this', async () => {
    const installation = await opened(direct('fourth'), direct('fourth'))
    expect((await sql`select from person`.execute(installation.database.of(randomUUID()))).rows).toEqual([])
  })
})

/** Two organizations with a person each. */
async function twoOrganizations(owner: Db): Promise<string[]> {
  const ids: string[] = []
  for (const name of ['ours', 'theirs']) {
    const { rows } = await sql<{ id: string }>`insert into organization (slug, name)
      values (${`${name}-${randomUUID()}`}, ${JSON.stringify({ en: name })}) returning organization_id::text as id`.execute(
      owner,
    )
    const id = rows[0]?.id ?? ''
    await sql`insert into person (organization_id, last_name) values (${id}::uuid, 'Kim')`.execute(owner)
    ids.push(id)
  }
  return ids
}
