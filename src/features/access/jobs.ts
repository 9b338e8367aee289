import { z } from 'zod'
import { job, type JobContext } from '../../platform/jobs/jobs.ts'
import { deliver } from '../../platform/mail/deliver.ts'
import type { Installation } from '../../platform/http/room.ts'

/**
 * Mail about signing in. A job, so that asking for a link takes the same time whether or not the address is known, and
 * a mail server that is away for a minute loses nothing.
 */
export const sendAccessMail = job({
  name: 'access.mail',
  payload: z.object({ to: z.string(), subject: z.string(), text: z.string(), language: z.string() }),
  async run(mail, { installation }: JobContext) {
    const { database, mailer } = installation as Installation // what startJobs was given
    await deliver(database.owner, mailer, mail)
  },
})
