import { expect, test } from 'vitest'
import { z } from 'zod'
import { GiveUp } from '../errors.ts'
import { inTransaction } from '../db/db.ts'
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
  await addJob(db, work, { what: 'abandoned' })
  await ownerPool.query(
    "update graphile_worker._private_jobs set locked_by = 'pool-killed', locked_at = now() - interval '1 minute'",
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
