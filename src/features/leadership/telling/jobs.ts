import type { Installation } from '../../../platform/http/room.ts'
import { job } from '../../../platform/jobs/jobs.ts'
import { deliverTo } from '../../people/mail.ts'
import { newsMail } from './later.ts'

/** Sends what somebody is told of a decision about them. */
export const sendNewsJob = job({
  ...newsMail,
  async run(mail, { installation }) {
    await deliverTo(installation as Installation, mail)
  },
})
