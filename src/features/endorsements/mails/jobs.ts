import { z } from 'zod'
import { systemActor } from '../../../platform/audit.ts'
import type { Db } from '../../../platform/db/db.ts'
import type { Installation } from '../../../platform/http/room.ts'
import { addJob, job, type Job } from '../../../platform/jobs/jobs.ts'
import { handOverOnce, mailRowIn } from '../../../platform/mail/once.ts'
import { deliverTo } from '../../people/mail.ts'
import { remindVoters } from '../ballots/roll-commands.ts'
import { remindCampaigns } from './commands.ts'
import { campaignMail } from './later.ts'
import { mailOf } from './mail.ts'
import { mailById } from './queries.ts'

/** One mail to one campaign, in its language, as things stand when it is sent; once. */
export const sendCampaignMailJob = job({
  ...campaignMail,
  async run(asked, { installation }) {
    const here = installation as Installation
    const db = here.database.of(asked.organization_id)
    const row = await mailById(db, asked.organization_id, asked.mail_id)
    const mail = row && (await mailOf(here, row))
    if (mail)
      await handOverOnce(
        mailRowIn(db, 'endorsement_mail', row, () => here.clock.now()),
        () => deliverTo(here, mail),
      )
  },
})

/** Every day: which campaigns and voters are reminded. */
export const endorsementRemindersJob: Job<Record<string, never>> = job({
  name: 'endorsements.reminders',
  payload: z.object({}),
  async run(_, { installation, signal }) {
    const { database, secret, clock } = installation as Installation
    const organizations = await database.owner
      .selectFrom('organization')
      .select(['organization_id', 'time_zone'])
      .orderBy('organization_id')
      .execute()
    // First of all: whatever goes wrong today, tomorrow is another day.
    await scheduleEndorsementReminders(database.owner, clock.now())
    const problems: unknown[] = []
    for (const { organization_id, time_zone } of organizations) {
      if (signal.aborted) return
      try {
        const db = database.of(organization_id)
        const actor = systemActor(organization_id, 'reminders')
        await remindCampaigns(db, actor, time_zone, clock.now())
        await remindVoters(db, actor, { time_zone, secret }, clock.now())
      } catch (problem) {
        problems.push(problem)
      }
    }
    // The others have theirs; what was sent is not sent again.
    if (problems.length > 0) throw new AggregateError(problems, 'reminders of some organizations')
  },
})

/** 14:00 UTC: in the morning from New York to California. */
export function scheduleEndorsementReminders(db: Db, now: Date): Promise<void> {
  const next = new Date(now)
  next.setUTCHours(14, 0, 0, 0)
  if (next <= now) next.setUTCDate(next.getUTCDate() + 1)
  return addJob(db, endorsementRemindersJob, {}, { key: 'endorsements.reminders', run_at: next })
}
