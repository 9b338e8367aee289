import { z } from 'zod'
import type { Installation } from '../../../platform/http/room.ts'
import { job } from '../../../platform/jobs/jobs.ts'
import { deliver } from '../../../platform/mail/deliver.ts'

/** An address that can be written to; what was imported may be anything. */
export const isMailbox = (text: string): boolean => z.email().safeParse(text).success

const Mail = z.object({ to: z.email(), subject: z.string(), text: z.string(), language: z.string() })

/** Mail to one member or applicant. */
export const sendMembershipMail = job({
  name: 'people.membership_mail',
  payload: Mail,
  async run(mail, { installation }) {
    const { database, mailer } = installation as Installation
    await deliver(database.owner, mailer, mail)
  },
})
