import type { Installation } from '../../../platform/http/room.ts'
import { job } from '../../../platform/jobs/jobs.ts'
import { deliverTo, MailAsked } from '../../people/mail.ts'

/** Asks whoever reads a mailbox whether they want our e-mail. */
export const sendSignupJob = job({
  name: 'mailings.send_signup',
  payload: MailAsked,
  async run(mail, { installation }) {
    await deliverTo(installation as Installation, mail)
  },
})
