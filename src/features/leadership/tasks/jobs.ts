import type { Installation } from '../../../platform/http/room.ts'
import { job } from '../../../platform/jobs/jobs.ts'
import { handOverOnce } from '../../../platform/mail/once.ts'
import { deliverTo } from '../../people/mail.ts'
import { giveBackUntold, takeUntold, tasksGivenMail, tasksGivenMailOf, type GivenTask } from './given.ts'

/** Tells one account what somebody gave it to do, once. */
export const sendTasksGivenJob = job({
  ...tasksGivenMail,
  async run(asked, { installation }) {
    const here = installation as Installation
    const db = here.database.of(asked.organization_id)
    let tasks: GivenTask[] = []
    await handOverOnce(
      {
        async take() {
          tasks = await takeUntold(db, asked.organization_id, asked.owner_id)
          return tasks.length > 0
        },
        giveBack: () => giveBackUntold(db, asked, tasks),
        keep: async () => undefined, // taken is told
      },
      async () => {
        const mail = await tasksGivenMailOf(here, asked, tasks)
        if (mail) await deliverTo(here, mail)
      },
    )
  },
})
