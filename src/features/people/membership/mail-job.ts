import { z } from 'zod'
import type { Installation } from '../../../platform/http/room.ts'
import { job } from '../../../platform/jobs/jobs.ts'
import { deliverTo, MailAsked } from '../mail.ts'

/** An address that can be written to; what was imported may be anything. */
export const isMailbox = (text: string): boolean => z.email().safeParse(text).success

/** Mail to one member or applicant. */
export const sendMembershipMail = job({
  name: 'people.membership_mail',
  payload: MailAsked,
  run: (mail, { installation }) => deliverTo(installation as Installation, mail),
})
