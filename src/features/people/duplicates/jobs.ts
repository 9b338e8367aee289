import { z } from 'zod'
import type { Db } from '../../../platform/db/db.ts'
import type { Installation } from '../../../platform/http/room.ts'
import { addJob, job, type Job } from '../../../platform/jobs/jobs.ts'
import { findDuplicates } from './commands.ts'

const payload = z.object({ organization_id: z.uuid() })
type Payload = z.output<typeof payload>

/** Looks for people of one organization who stand twice, in the background. */
export const peopleDuplicates: Job<Payload> = job({
  name: 'people.duplicates',
  payload,
  async run({ organization_id }, { installation }) {
    await findDuplicates((installation as Installation).database.of(organization_id), organization_id)
  },
})

/** Soon, once for all that is asked meanwhile. */
export const lookForDuplicates = (db: Db, organization_id: string): Promise<void> =>
  addJob(db, peopleDuplicates, { organization_id }, { key: `people.duplicates ${organization_id}` })

const day_ms = 86_400_000

/** At each start and once a day in every organization: calls, sign-ups and edits make likenesses too. */
export const dailyDuplicates: Job<Record<string, never>> = job({
  name: 'people.duplicates_daily',
  payload: z.object({}),
  async run(_, { installation }) {
    const { database, clock } = installation as Installation
    const organizations = await database.owner.selectFrom('organization').select('organization_id').execute()
    for (const { organization_id } of organizations) await lookForDuplicates(database.owner, organization_id)
    await scheduleDuplicates(database.owner, new Date(clock.now().getTime() + day_ms))
  },
})

export const scheduleDuplicates = (db: Db, run_at: Date): Promise<void> =>
  addJob(db, dailyDuplicates, {}, { key: 'people.duplicates_daily', run_at })
