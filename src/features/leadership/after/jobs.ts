import type { Installation } from '../../../platform/http/room.ts'
import { job } from '../../../platform/jobs/jobs.ts'
import { deliverTo } from '../../people/mail.ts'
import { takenOnMail } from './later.ts'
import { takenOnMailOf } from './mails.ts'

/** Tells one person what they took on, and until when, in their language. */
export const sendTakenOnJob = job({
  ...takenOnMail,
  async run(asked, { installation }) {
    const here = installation as Installation
    const mail = await takenOnMailOf(here, asked)
    if (mail) await deliverTo(here, mail)
  },
})
