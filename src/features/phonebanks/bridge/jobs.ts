import { z } from 'zod'
import { addJob, job } from '../../../platform/jobs/jobs.ts'
import type { Db } from '../../../platform/db/db.ts'
import type { Installation } from '../../../platform/http/room.ts'
import { letGo } from './commands.ts'
import { sendText } from './texts.ts'
import './tables.ts'

/** Lets go telephones of callers whose access ended, after that is stored for good: the carrier is asked in no transaction. */
export const letGoJob = job({
  name: 'phonebanks.let_go',
  payload: z.object({
    organization_id: z.uuid(),
    phone_bank_id: z.uuid(),
    /** null: every caller's. */
    caller_id: z.uuid().nullable(),
    /** A conversation going on is finished first. */
    is_patient: z.boolean(),
  }),
  async run({ organization_id, phone_bank_id, caller_id, is_patient }, context) {
    await letGo(context.installation as Installation, organization_id, { phone_bank_id, caller_id }, { is_patient })
  },
})

/** A link somebody agreed to on the phone, texted from the organization's number. */
export const sendTextJob = job({
  name: 'phonebanks.send_text',
  payload: z.object({ organization_id: z.uuid(), text_id: z.uuid() }),
  async run({ organization_id, text_id }, context) {
    await sendText(context.installation as Installation, organization_id, text_id)
  },
})

/** Has the lines let go that are open now; without one there is nothing to do. */
export async function letGoSoon(
  tx: Db,
  organization_id: string,
  phone_bank_id: string,
  { caller_id = null, is_patient = false }: { caller_id?: string | null; is_patient?: boolean } = {},
): Promise<void> {
  const open = await tx
    .selectFrom('bridge_shift')
    .select('bridge_shift_id')
    .where('organization_id', '=', organization_id)
    .where('phone_bank_id', '=', phone_bank_id)
    .where('ended_at', 'is', null)
    .$if(caller_id !== null, (query) => query.where('caller_id', '=', caller_id ?? ''))
    .limit(1)
    .executeTakeFirst()
  if (open) await addJob(tx, letGoJob, { organization_id, phone_bank_id, caller_id, is_patient })
}
