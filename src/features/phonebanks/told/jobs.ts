import { z } from 'zod'
import type { Installation } from '../../../platform/http/room.ts'
import { job } from '../../../platform/jobs/jobs.ts'
import { deliver } from '../../../platform/mail/deliver.ts'

/** A link somebody asked for on the phone, from the organization's address: over the bridge the caller's stays theirs. */
export const sendLinkJob = job({
  name: 'phonebanks.send_link',
  payload: z.object({ to: z.email(), subject: z.string(), text: z.string(), language: z.string() }),
  async run(mail, { installation }) {
    const { database, mailer } = installation as Installation
    await deliver(database.owner, mailer, mail)
  },
})
