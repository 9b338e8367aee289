import type { Installation } from '../../../platform/http/room.ts'
import { job } from '../../../platform/jobs/jobs.ts'
import { deliverTo } from '../../people/mail.ts'
import { hostMail } from './later.ts'
import { hostMailOf } from './mails.ts'

/** One mail to whoever proposed an event, in the language they wrote in. */
export const sendHostMailJob = job({
  ...hostMail,
  async run(asked, { installation }) {
    const here = installation as Installation
    const mail = await hostMailOf(here, asked)
    if (mail) await deliverTo(here, mail)
  },
})
