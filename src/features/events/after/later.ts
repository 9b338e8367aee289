import { z } from 'zod'

/** One mail of thanks; done by the job, asked for by the command. */
export const thanksMail = {
  name: 'events.thanks',
  payload: z.object({ organization_id: z.uuid(), event_id: z.uuid(), signup_id: z.uuid() }),
}
