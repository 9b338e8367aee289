import { z } from 'zod'

/** The mail with a link of one member. `sealed`: their credential; `days_before`: it reminds, so long before the last day. */
export const ballotMail = {
  name: 'endorsements.ballot_mail',
  payload: z.object({
    organization_id: z.uuid(),
    cycle_id: z.uuid(),
    sealed: z.string(),
    days_before: z.int().nullable().default(null),
  }),
}
