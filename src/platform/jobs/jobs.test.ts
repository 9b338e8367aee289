import { expect, test } from 'vitest'
import { sql } from 'kysely'
import { z } from 'zod'
import { GiveUp } from '../errors.ts'
import { inTransaction } from '../db/db.ts'
import { makeWorld } from '../testing/world.ts'
import { freeDeadWorkers } from './alive.ts'
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

test('what a killed worker was at, and its queue, is free again at the next start; what a living one is at is not', async () => {
  const { owner, ownerPool } = world.database
  let ran = 0
  let finish = (): void => undefined
  const finished = new Promise<void>((resolve) => (finish = resolve))
  const slow = job({
    name: 'test.slow',
    payload: z.object({}),
    async run() {
      ran++
      await finished
    },
  })
  await addJob(owner, slow, {}, { queue: 'test.queue' })
  const lockedBy = (name: string) =>
    sql`with queue as (update graphile_worker._private_job_queues set locked_by = ${name}, locked_at = now() - interval '1 minute' where queue_name = 'test.queue')
      update graphile_worker._private_jobs set locked_by = ${name}, locked_at = now() - interval '1 minute', attempts = 1`.execute(
      owner,
    )
  await lockedBy('worker-that-was-killed')
  const runner = await startJobs(ownerPool, [slow], world.installation)
  try {
    await expect.poll(() => ran).toBe(1)
    const { rows } = await sql<{ name: string }>`select locked_by as name from graphile_worker._private_jobs`.execute(
      owner,
    )
    await lockedBy(rows[0]?.name ?? '')
    expect(await freeDeadWorkers(ownerPool)).toEqual([])
  } finally {
    finish()
    await runner.stop()
  }
  expect(ran).toBe(1)
})
