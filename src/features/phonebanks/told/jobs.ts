import type { Installation } from '../../../platform/http/room.ts'
import { job } from '../../../platform/jobs/jobs.ts'
import { deliverTo, MailAsked } from '../../people/mail.ts'
import { isBarred } from '../../people/suppressions/commands.ts'

/** A link somebody asked for on the phone, from the organization's address: over the bridge the caller's stays theirs. */
export const sendLinkJob = job({
  name: 'phonebanks.send_link',
  payload: MailAsked,
  // Typed while somebody spoke: nothing goes where none is wanted.
  async run(mail, { installation: running }) {
    const installation = running as Installation
    const organization_id = mail.of?.organization_id
    if (organization_id && (await isBarred(installation.database.of(organization_id), organization_id, mail.to))) return
    await deliverTo(installation, mail)
  },
})
