import type { Installation } from '../../../platform/http/room.ts'
import { job } from '../../../platform/jobs/jobs.ts'
import { handOverOnce, mailRowIn } from '../../../platform/mail/once.ts'
import { deliverTo } from '../../people/mail.ts'
import { interviewMail } from './later.ts'
import { interviewMailOf } from './mail.ts'

/** Tells a campaign which time it has, or has no more, as things stand when it is sent; once. */
export const sendInterviewMailJob = job({
  ...interviewMail,
  async run(asked, { installation }) {
    const here = installation as Installation
    const mail = await interviewMailOf(here, asked)
    const { organization_id, mail_id } = asked
    if (!mail) return
    if (!mail_id) return deliverTo(here, mail)
    const row = mailRowIn(
      here.database.of(organization_id),
      'endorsement_interview_mail',
      { organization_id, mail_id },
      () => here.clock.now(),
    )
    await handOverOnce(row, () => deliverTo(here, mail))
  },
})
