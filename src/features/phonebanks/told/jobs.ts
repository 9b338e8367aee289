import type { Installation } from '../../../platform/http/room.ts'
import { job } from '../../../platform/jobs/jobs.ts'
import { deliverTo, MailAsked } from '../../people/mail.ts'

/** A link somebody asked for on the phone, from the organization's address: over the bridge the caller's stays theirs. */
export const sendLinkJob = job({
  name: 'phonebanks.send_link',
  payload: MailAsked,
  run: (mail, { installation }) => deliverTo(installation as Installation, mail),
})
