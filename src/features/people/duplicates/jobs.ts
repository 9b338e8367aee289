import { z } from 'zod'
import type { Db } from '../../../platform/db/db.ts'
import type { Installation } from '../../../platform/http/room.ts'
import { addJob, job, type Job } from '../../../platform/jobs/jobs.ts'
import { findDuplicates } from './commands.ts'

const payload = z.object({ organization_id: z.uuid() })
type Payload = z.output<typeof payload>

/**
 * Looks for people who stand twice, in the background, and again a day later: calls and edits make likenesses too. The
 * waiting one of the next day has a key of its own, so there is never more than one.
 */
export const peopleDuplicates: Job<Payload> = job({
  name: 'people.duplicates',
  payload,
  async run({ organization_id }, { installation }) {
    const { database, clock } = installation as Installation
    await findDuplicates(database.of(organization_id), organization_id)
    await addJob(
      database.owner,
      peopleDuplicates,
      { organization_id },
      { key: `people.duplicates daily ${organization_id}`, run_at: new Date(clock.now().getTime() + 86_400_000) },
    )
  },
})

/** Soon, once for all that is asked meanwhile. */
export const lookForDuplicates = (db: Db, organization_id: string): Promise<void> =>
  addJob(db, peopleDuplicates, { organization_id }, { key: `people.duplicates ${organization_id}` })
