import { z } from 'zod'
import { systemActor } from '../../platform/audit.ts'
import type { Installation } from '../../platform/http/room.ts'
import { job } from '../../platform/jobs/jobs.ts'
import { preparePhoneBank } from './commands.ts'

/** Puts the list of a phone bank together, away from the request that made it. */
export const prepareJob = job({
  name: 'phonebanks.prepare',
  payload: z.object({ organization_id: z.uuid(), phone_bank_id: z.uuid() }),
  async run({ organization_id, phone_bank_id }, context) {
    const { database, clock } = context.installation as Installation
    await preparePhoneBank(database.owner, systemActor(organization_id), phone_bank_id, clock.now())
  },
})
