import { z } from 'zod'
import type { Installation } from '../../../platform/http/room.ts'
import { job } from '../../../platform/jobs/jobs.ts'
import { answeredByPhone } from './commands.ts'

/** A call in which somebody was asked whether they come: added by the database with the answer itself, and when it is undone. */
export const answeredByPhoneJob = job({
  name: 'events.answered',
  payload: z.object({ organization_id: z.uuid(), attempt_id: z.uuid() }),
  async run({ organization_id, attempt_id }, { installation }) {
    const { database, clock } = installation as Installation
    await answeredByPhone(database.of(organization_id), organization_id, attempt_id, clock.now())
  },
})
