import type { Installation } from '../../../platform/http/room.ts'
import { job } from '../../../platform/jobs/jobs.ts'
import { deliverTo } from '../../people/mail.ts'
import { keepTold } from '../tasks/told.ts'
import { takenOnMail } from '../tasks/later.ts'
import { takenOnMailOf } from './mails.ts'

/** Tells one person what they took on, until when, and later what became of it, in their language: what they do not know yet. */
export const sendTakenOnJob = job({
  ...takenOnMail,
  async run(asked, { installation }) {
    const here = installation as Installation
    const made = await takenOnMailOf(here, asked)
    if (!made) return
    await deliverTo(here, made.mail)
    await keepTold(here.database.of(asked.organization_id), asked, made.told, here.clock.now())
  },
})
