import { z } from 'zod'

/** The mail with the letter to one candidate. */
export const letterMail = {
  name: 'endorsements.letter',
  payload: z.object({ organization_id: z.uuid(), cycle_id: z.uuid(), candidate_id: z.int() }),
}
