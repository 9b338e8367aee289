import type { Installation } from '../../platform/http/room.ts'
import { job } from '../../platform/jobs/jobs.ts'
import { deliverTo, MailAsked } from '../people/mail.ts'
import { isBarred } from '../people/suppressions/commands.ts'

/** As it is made before the response is taken in: whose it is, is known after. */
export const ConfirmMail = MailAsked.omit({ of: true })
export type ConfirmMail = Omit<MailAsked, 'of'>

/** Asks a signer by mail whether it was them. */
export const sendConfirmJob = job({
  name: 'forms.send_confirm',
  payload: MailAsked,
  async run(mail, { installation: running }) {
    const installation = running as Installation
    // Anybody can write any mailbox on a page: nothing goes where none is wanted.
    const organization_id = mail.of?.organization_id
    if (organization_id && (await isBarred(installation.database.of(organization_id), organization_id, mail.to))) return
    await deliverTo(installation, mail)
  },
})
