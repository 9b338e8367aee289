import { z } from 'zod'

/** One mail to whoever took something on at an event; done by the job, asked for by the commands. */
export const takenOnMail = {
  name: 'leadership.taken_on',
  payload: z.object({ organization_id: z.uuid(), task_id: z.uuid() }),
}
