import { z } from 'zod'
import type { Installation } from '../../platform/http/room.ts'
import { addJob, job, type Job } from '../../platform/jobs/jobs.ts'
import { log } from '../../platform/log.ts'
import { columnsStatus, isSound, rebuildColumns } from './columns/building.ts'
import { trimChanges } from './columns/changes.ts'
import { columnsOf } from './columns/store.ts'

const Nothing = z.object({})

/** Builds the columns file where it is missing, damaged or older than the voter records. */
export const targetingColumns = job({
  name: 'targeting.columns',
  payload: Nothing,
  async run(_, context) {
    const installation = context.installation as Installation
    const { state } = await columnsStatus(installation)
    if (state === 'ready' && (await isSound(installation))) return
    const built = await rebuildColumns(installation, { signal: context.signal })
    if (built) log.info({ ...built }, 'targeting columns built')
    await columnsOf(installation).load()
  },
})

/** Forgets changes every process has read, once an hour. */
export const targetingTrim: Job<Record<string, never>> = job({
  name: 'targeting.trim',
  payload: Nothing,
  async run(_, context) {
    const { database, clock } = context.installation as Installation
    await trimChanges(database.owner)
    const run_at = new Date(clock.now().getTime() + 3_600_000)
    await addJob(database.owner, targetingTrim, {}, { key: 'targeting.trim', run_at })
  },
})

/** Soon, once for all that ask meanwhile. */
export const buildSoon = ({ database }: Pick<Installation, 'database'>): Promise<void> =>
  addJob(database.owner, targetingColumns, {}, { key: 'targeting.columns', queue: 'targeting', max_attempts: 3 })

/** At the start of a server: loads the columns, and has them built where they are not as they should be. */
export async function startTargeting(installation: Installation): Promise<void> {
  const store = columnsOf(installation)
  store.onStale = () =>
    void buildSoon(installation).catch((problem: unknown) =>
      log.error({ problem }, 'no build of the columns was queued'),
    )
  await addJob(installation.database.owner, targetingTrim, {}, { key: 'targeting.trim' })
  if ((await columnsStatus(installation)).state !== 'ready') await buildSoon(installation)
  await store.load()
}

/** At the end of a server. */
export const stopTargeting = (installation: Installation): Promise<void> => columnsOf(installation).close()
