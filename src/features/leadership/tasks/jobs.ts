import type { Installation } from '../../../platform/http/room.ts'
import { job } from '../../../platform/jobs/jobs.ts'
import { deliverTo } from '../../people/mail.ts'
import { tasksGivenMail, tasksGivenMailOf, wereTold } from './given.ts'

/** Tells one account what somebody gave it to do. */
export const sendTasksGivenJob = job({
  ...tasksGivenMail,
  async run(asked, { installation }) {
    const here = installation as Installation
    const { mail, tasks } = await tasksGivenMailOf(here, asked)
    if (mail) await deliverTo(here, mail)
    await wereTold(here.database.of(asked.organization_id), asked.organization_id, tasks)
  },
})
