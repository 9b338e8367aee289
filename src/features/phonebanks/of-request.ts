import { idParam } from '../../platform/http/of-request.ts'
import { actorOf, type Ctx } from '../../platform/http/room.ts'
import { addJob } from '../../platform/jobs/jobs.ts'
import { phoneBank, type PhoneBank } from './dashboard.ts'
import { prepareJob } from './jobs.ts'

/** What the pages of a phone bank read of a request. */

export const bankOf = (c: Ctx, db = c.var.db): Promise<PhoneBank> =>
  phoneBank(db, actorOf(c).organization_id, idParam(c, 'id'))

/** Has the list put together, soon. A new job takes the place of one of its key: a new order waits under its own, or would be lost. */
export const prepare = (db: Ctx['var']['db'], organization_id: string, phone_bank_id: string, reorder = false) =>
  addJob(
    db,
    prepareJob,
    { organization_id, phone_bank_id, reorder },
    { key: `phonebanks.${reorder ? 'reorder' : 'prepare'}:${phone_bank_id}` },
  )
