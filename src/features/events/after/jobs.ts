import type { Installation } from '../../../platform/http/room.ts'
import { job } from '../../../platform/jobs/jobs.ts'
import { deliverTo } from '../../people/mail.ts'
import { thanksMail } from './later.ts'
import { thanksMailOf } from './mails.ts'

/** Thanks one person, in their language. */
export const sendThanksJob = job({
  ...thanksMail,
  async run(asked, { installation }) {
    const here = installation as Installation
    const mail = await thanksMailOf(here, asked)
    if (mail) await deliverTo(here, mail)
  },
})
