import { expect, inject, test, vi } from 'vitest'
import pg from 'pg'
import { z } from 'zod'
import { GiveUp } from '../errors.ts'
import { inTransaction } from '../db/db.ts'
import { log } from '../log.ts'
import { makeWorld } from '../testing/world.ts'
import { addJob, job, startJobs } from './jobs.ts'

const world = await makeWorld()

test('a job added in a transaction runs when that is committed, and never when it is not', async () => {
  const ran: string[] = []
  const greet = job({
    name: 'test.greet',
    payload: z.object({ who: z.string() }),
    run: async ({ who }) => void ran.push(who),
  })
  const give = job({
    name: 'test.give_up',
    payload: z.object({}),
    run: async () => {
      ran.push('gave up')
      throw new GiveUp('no use')
    },
  })
  const db = world.database.of(world.ours.organization_id)
  const lost = inTransaction(db, async (tx) => {
    await addJob(tx, greet, { who: 'nobody' })
    throw new Error('stop')
  })
  await expect(lost).rejects.toThrow('stop')
  await addJob(db, greet, { who: 'Young-hee' })
  await addJob(db, give, {})
  const runner = await startJobs(world.database.ownerPool, [greet, give], world.installation)
  await expect.poll(() => ran.toSorted()).toEqual(['Young-hee', 'gave up'])
  await runner.stop()
})

test('a job in the hands of a worker that was killed is given back; one in living hands is left alone', async () => {
  const ran: string[] = []
  let finish = (): void => undefined
  const held = new Promise<void>((resolve) => (finish = resolve))
  const work = job({
    name: 'test.work',
    payload: z.object({ what: z.string() }),
    run: async ({ what }) => {
      ran.push(what)
      if (what === 'long') await held
    },
  })
  const db = world.database.of(world.ours.organization_id)
  const { ownerPool } = world.database
  await addJob(db, work, { what: 'abandoned' }, { queue: 'test.queue' })
  await ownerPool.query(
    `with queue as (update graphile_worker._private_job_queues set locked_by = 'pool-killed', locked_at = now() - interval '1 minute')
     update graphile_worker._private_jobs set locked_by = 'pool-killed', locked_at = now() - interval '1 minute', attempts = 1`,
  )
  await addJob(db, work, { what: 'long' })
  const [one, two] = [
    await startJobs(ownerPool, [work], world.installation),
    await startJobs(ownerPool, [work], world.installation),
  ]
  await expect.poll(() => ran.includes('long')).toBe(true)
  // As if it had been at it for a minute: both look for dead workers.
  await ownerPool.query(
    "update graphile_worker._private_jobs set locked_at = now() - interval '1 minute' where locked_by <> 'pool-killed'",
  )
  await expect.poll(() => ran.toSorted(), { timeout: 30_000 }).toEqual(['abandoned', 'long'])
  finish()
  await Promise.all([one.stop(), two.stop()])
  expect(ran).toHaveLength(2)
})

test('where a job done cannot be marked as done, the process goes on: it is done again, and the others too', async () => {
  const { owner, ownerPool } = world.database
  const { rows } = await ownerPool.query<{ name: string }>('select current_database() as name')
  const { name = '' } = rows[0] ?? {}
  const admin = new pg.Client({ host: inject('socket'), user: 'postgres', database: 'postgres' })
  await admin.connect()
  const told = vi.spyOn(log, 'error')
  const ran: string[] = []
  const work = job({
    name: 'test.shut_out',
    payload: z.object({ what: z.string() }),
    run: async ({ what }) => {
      ran.push(what)
      if (ran.length > 1) return
      await admin.query(`alter database ${name} allow_connections false`)
      await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name])
    },
  })
  await addJob(owner, work, { what: 'first' })
  const runner = await startJobs(ownerPool, [work], world.installation)
  try {
    await expect.poll(() => ran).toEqual(['first'])
    await expect
      .poll(() => ownerPool.query('select 1').then(String, String))
      .toContain('not currently accepting connections')
    // Opened before that, the job could still be marked as done.
    await expect.poll(() => told.mock.calls.flat(), { timeout: 20_000 }).toContain('no worker can be started')
    await admin.query(`alter database ${name} allow_connections true`)
    await expect.poll(() => ownerPool.query('select 1').then(() => 'in', String)).toBe('in')
    await addJob(owner, work, { what: 'second' })
    await expect.poll(() => ran.toSorted(), { timeout: 30_000 }).toEqual(['first', 'first', 'second'])
    await expect
      .poll(() => ownerPool.query('select from graphile_worker._private_jobs').then(({ rows }) => rows.length))
      .toBe(0)
  } finally {
    await runner.stop()
    await admin.end()
  }
})
