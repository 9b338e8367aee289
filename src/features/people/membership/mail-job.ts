import { z } from 'zod'
import type { Installation } from '../../../platform/http/room.ts'
import { job } from '../../../platform/jobs/jobs.ts'
import { deliverTo, MailAsked } from '../mail.ts'
import { cardFor } from './card/queries.ts'

/** An address that can be written to; what was imported may be anything. */
export const isMailbox = (text: string): boolean => z.email().safeParse(text).success

/** Mail to one member or applicant; `card_of`: with the card of whoever it is of, if they have one when it goes out. */
export const sendMembershipMail = job({
  name: 'people.membership_mail',
  payload: MailAsked.extend({ card_of: z.object({ organization_id: z.uuid(), person_id: z.uuid() }).optional() }),
  async run({ card_of, ...mail }, context) {
    const installation = context.installation as Installation
    const file = card_of && (await cardFor(installation, card_of, mail.language))
    await deliverTo(installation, { ...mail, ...(file && { files: [file] }) })
  },
})
