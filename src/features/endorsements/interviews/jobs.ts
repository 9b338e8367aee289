import type { Installation } from '../../../platform/http/room.ts'
import { job } from '../../../platform/jobs/jobs.ts'
import { deliverTo } from '../../people/mail.ts'
import { interviewMail } from './later.ts'
import { interviewMailOf } from './mail.ts'

/** Tells a campaign which time it has, or has no more, as things stand when it is sent. */
export const sendInterviewMailJob = job({
  ...interviewMail,
  async run(asked, { installation }) {
    const here = installation as Installation
    const mail = await interviewMailOf(here, asked)
    if (mail) await deliverTo(here, mail)
  },
})
