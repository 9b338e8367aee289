import { z } from 'zod'
import { dateIn } from '../../platform/clock.ts'
import { NotFound } from '../../platform/errors.ts'
import { actorOf, type Ctx } from '../../platform/http/room.ts'
import { addJob } from '../../platform/jobs/jobs.ts'
import { phoneBank, type PhoneBank } from './dashboard.ts'
import { prepareJob } from './jobs.ts'

/** What the pages of a phone bank read of a request. */

export const now = (c: Ctx): Date => c.var.installation.clock.now()
export const timeZone = (c: Ctx): string => c.var.organization?.time_zone ?? 'America/New_York'
export const today = (c: Ctx): string => dateIn(timeZone(c), now(c))

export function idParam(c: Ctx, name: string): string {
  const id = z.uuid().safeParse(c.req.param(name))
  if (!id.success) throw new NotFound()
  return id.data
}

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
