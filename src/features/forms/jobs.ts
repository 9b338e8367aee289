import type { Installation } from '../../platform/http/room.ts'
import { job } from '../../platform/jobs/jobs.ts'
import { deliverTo, MailAsked } from '../people/mail.ts'

/** As it is made before the response is taken in: whose it is, is known after. */
export const ConfirmMail = MailAsked.omit({ of: true })
export type ConfirmMail = Omit<MailAsked, 'of'>

/** Asks a signer by mail whether it was them. */
export const sendConfirmJob = job({
  name: 'forms.send_confirm',
  payload: MailAsked,
  async run(mail, { installation }) {
    await deliverTo(installation as Installation, mail)
  },
})
