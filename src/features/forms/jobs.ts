import { z } from 'zod'
import type { Installation } from '../../platform/http/room.ts'
import { job } from '../../platform/jobs/jobs.ts'
import { deliver } from '../../platform/mail/deliver.ts'

export const ConfirmMail = z.object({ to: z.email(), subject: z.string(), text: z.string(), language: z.string() })
export type ConfirmMail = z.infer<typeof ConfirmMail>

/** Asks a signer by mail whether it was them. */
export const sendConfirmJob = job({
  name: 'forms.send_confirm',
  payload: ConfirmMail,
  async run(mail, { installation }) {
    const { database, mailer } = installation as Installation
    await deliver(database.owner, mailer, mail)
  },
})
