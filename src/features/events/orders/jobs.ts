import { z } from 'zod'
import type { Installation } from '../../../platform/http/room.ts'
import { job } from '../../../platform/jobs/jobs.ts'
import { settlePaid } from './commands.ts'

/** Money for a sign-up came in or went back: added by the database with the entry itself. */
export const ticketPaidJob = job({
  name: 'events.paid',
  payload: z.object({ organization_id: z.uuid(), signup_id: z.uuid(), is_late: z.boolean().default(false) }),
  async run({ organization_id, ...paid }, { installation }) {
    const { database, clock } = installation as Installation
    await settlePaid(database.of(organization_id), organization_id, paid, clock.now())
  },
})
