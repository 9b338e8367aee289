import { Logger, runOnce } from 'graphile-worker'
import type { AnyJob } from '../jobs/jobs.ts'
import type { World } from './world.ts'

/** Does every job that is due, in this test, and returns when none is left. */
export function workOff(world: World, jobs: readonly AnyJob[]): Promise<void> {
  return runOnce({
    pgPool: world.database.ownerPool,
    noHandleSignals: true,
    logger: new Logger(() => () => {}),
    taskList: Object.fromEntries(
      jobs.map((each) => [
        each.name,
        (payload: unknown) =>
          each.run(each.payload.parse(payload), {
            installation: world.installation,
            signal: new AbortController().signal,
          }),
      ]),
    ),
  })
}
