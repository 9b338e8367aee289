import { z } from 'zod'
import type { Installation } from '../../../platform/http/room.ts'
import { job } from '../../../platform/jobs/jobs.ts'
import { askNext } from './commands.ts'

/** A form was answered that asks for next steps: added by the database with the response itself. */
export const formAnsweredJob = job({
  name: 'leadership.form_answered',
  payload: z.object({ organization_id: z.uuid(), response_id: z.uuid() }),
  async run({ organization_id, response_id }, { installation }) {
    const { database, clock } = installation as Installation
    await askNext(database.of(organization_id), organization_id, response_id, clock.now())
  },
})
