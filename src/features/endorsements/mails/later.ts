import { z } from 'zod'

/* What is done later: asked for by commands, done by the jobs, which call commands. */

export const campaignMail = {
  name: 'endorsements.mail',
  payload: z.object({ organization_id: z.uuid(), mail_id: z.uuid() }),
}
