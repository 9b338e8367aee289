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
