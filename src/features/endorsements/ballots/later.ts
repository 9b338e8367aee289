import { z } from 'zod'

/** The mail with the link of one member. `sealed`: their credential. */
export const ballotMail = {
  name: 'endorsements.ballot_mail',
  payload: z.object({ organization_id: z.uuid(), cycle_id: z.uuid(), roll_id: z.uuid(), sealed: z.string() }),
}
