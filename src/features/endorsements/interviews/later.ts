import { z } from 'zod'

/* What is done later: asked for by commands, done by the jobs, which call commands. */

export const interviewMail = {
  name: 'endorsements.interview-mail',
  payload: z.object({
    organization_id: z.uuid(),
    invitation_id: z.uuid(),
    slot_id: z.uuid(),
    kind: z.enum(['taken', 'given_back']),
    /** Its row; those asked for before there were rows have none. */
    mail_id: z.uuid().optional(),
  }),
}
