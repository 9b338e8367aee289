import type { Installation } from '../../platform/http/room.ts'
import { addJob, job } from '../../platform/jobs/jobs.ts'
import { deliverTo } from '../people/mail.ts'
import { keepMailed, tendEvent } from './seats/commands.ts'
import { eventMail, eventTend, mailPriority } from './later.ts'
import { invitedLater, mailOf } from './mails.ts'

/** One mail to one person who is signed up, in their language, as things stand when it is sent. */
export const sendEventMailJob = job({
  ...eventMail,
  async run(asked, { installation }) {
    const here = installation as Installation
    const made = await mailOf(here, asked)
    if (!made) {
      const run_at = await invitedLater(here, asked)
      if (run_at) await addJob(here.database.of(asked.organization_id), eventMail, asked, { run_at, key: `invited ${asked.signup_id}`, priority: mailPriority.invited }) // prettier-ignore
      return
    }
    await deliverTo(here, made.mail)
    await keepMailed(here.database.of(asked.organization_id), asked, made, here.clock.now())
  },
})

/** What an event does by itself when its moment comes: remind, give seats on that nobody accepted. */
export const tendEventJob = job({
  ...eventTend,
  async run({ organization_id, event_id }, { installation }) {
    const { database, clock } = installation as Installation
    await tendEvent(database.of(organization_id), organization_id, event_id, clock.now())
  },
})
