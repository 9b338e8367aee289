import { z } from 'zod'
import type { Db } from '../../../platform/db/db.ts'
import type { Installation } from '../../../platform/http/room.ts'
import { addJob, job } from '../../../platform/jobs/jobs.ts'
import { tendJourney } from './tend.ts'

const Which = z.object({ organization_id: z.uuid(), journey_id: z.uuid() })
type Which = z.infer<typeof Which>

/** Who comes in, who leaves, whose time has come; then again by itself, as long as the journey runs. */
export const tendJourneyJob = job<Which>({
  name: 'mailings.journey',
  payload: Which,
  async run(which, { installation }) {
    const { database, clock } = installation as Installation
    const next = await tendJourney({ database, clock }, which)
    if (next) await tendAt(database.owner, which, next)
  },
})

export const tendAt = (db: Db, which: Which, run_at: Date): Promise<void> =>
  addJob(db, { name: 'mailings.journey', payload: Which }, which, {
    run_at,
    key: `journey ${which.journey_id}`,
    priority: 5,
  })
