import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { systemActor } from '../../../platform/audit.ts'
import { systemClock } from '../../../platform/clock.ts'
import { openCluster } from '../../../platform/db/cluster.ts'
import { openDatabase } from '../../../platform/db/db.ts'
import { migrate } from '../../../platform/db/migrate.ts'
import { migrateJobs } from '../../../platform/jobs/jobs.ts'
import { addReaders, mailServer, planned, receivedFrom, taking } from '../testing.ts'
import { sendDue } from './send.ts'
import { smtpTransport } from './transport.ts'

/* A PostgreSQL of its own, which is stopped and started while mails go out. */

const folder = mkdtempSync(join(tmpdir(), 'hanpyo-restart-test-'))
const cluster = await openCluster(join(folder, 'database'), { fsync: 'off' })
const admin = new pg.Client(cluster.owner('postgres'))
await admin.connect()
await admin.query("create database town encoding 'UTF8' template template0")
await admin.end()
await migrate(cluster.owner('town'))
const database = openDatabase({ owner: cluster.owner('town') })
await migrateJobs(database.ownerPool)
afterAll(async () => {
  await database.close()
  await cluster.close()
  rmSync(folder, { recursive: true, force: true })
})

const postmaster = (): number | null => {
  try {
    return Number(readFileSync(join(cluster.home, 'pg/postmaster.pid'), 'utf8').split('\n')[0]) || null
  } catch {
    return null
  }
}

test('PostgreSQL is stopped and started again and again while a mailing goes out: everybody gets it, nobody twice, no row is in doubt', async () => {
  const { rows: made } = await sql<{ organization_id: string }>`insert into organization (slug, name) values ('ours', '{"en":"Ours","ko":"우리"}') returning organization_id`.execute(database.owner)
  const organization_id = made[0]?.organization_id ?? ''
  const db = database.of(organization_id)
  const many = 120
  await addReaders(db, organization_id, many, 'restart')
  const mailing_id = await planned(db, systemActor(organization_id), 'tag:restart', systemClock.now())
  const stopped = new Set<number>()
  const server = await mailServer({
    onData: taking(async (to, content) => {
      server.received.push(receivedFrom(to, content))
      const pid = postmaster()
      // In turn told to end at once in good order, and to drop everything, so that it recovers from its log.
      if (server.received.length % 30 === 0 && pid && !stopped.has(pid)) {
        process.kill(pid, stopped.size % 2 === 0 ? 'SIGINT' : 'SIGQUIT')
        stopped.add(pid)
      }
      return undefined
    }),
  })
  const transport = await smtpTransport(server.url)
  const { signal } = new AbortController()
  const state = async () => (await db.selectFrom('mailing').select('state').where('mailing_id', '=', mailing_id).executeTakeFirstOrThrow()).state
  const sending = { database, clock: systemClock, secret: 'a'.repeat(64), url: 'http://localhost', transport, from_address: 'office@example.org' }
  let failures = 0
  for (let tries = 0; tries < 600; tries += 1) {
    try {
      await sendDue(sending, { organization_id, mailing_id }, { for_ms: 60_000, signal })
      if ((await state()) === 'sent') break
    } catch {
      failures += 1
      await setTimeout(100)
    }
  }
  transport.close()
  expect(stopped.size).toBeGreaterThanOrEqual(2)
  expect(failures).toBeGreaterThan(0)
  expect(await state()).toBe('sent')
  const ids = server.received.map(({ message_id }) => message_id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids).toHaveLength(many)
  const rows = await db.selectFrom('mail_delivery').select('state').where('mailing_id', '=', mailing_id).execute()
  expect(new Set(rows.map((row) => row.state))).toEqual(new Set(['sent']))
  expect(rows).toHaveLength(many)
}, 180_000) // prettier-ignore
