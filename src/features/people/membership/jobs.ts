import { z } from 'zod'
import { systemActor } from '../../../platform/audit.ts'
import { dateIn } from '../../../platform/clock.ts'
import type { Db } from '../../../platform/db/db.ts'
import type { Installation } from '../../../platform/http/room.ts'
import { addJob, job, type Job } from '../../../platform/jobs/jobs.ts'
import { memberLinks } from './card/queries.ts'
import { remindMembers } from './reminders/commands.ts'

/** Every day: who is asked to renew. */
export const remindMembersJob: Job<Record<string, never>> = job({
  name: 'people.membership_reminders',
  payload: z.object({}),
  async run(_, { installation, signal }) {
    const { database, clock } = installation as Installation
    const organizations = await database.owner
      .selectFrom('organization')
      .select(['organization_id', 'name', 'time_zone'])
      .orderBy('organization_id')
      .execute()
    // First of all: whatever goes wrong today, tomorrow is another day.
    await scheduleReminders(database.owner, clock.now())
    const problems: unknown[] = []
    for (const { organization_id, name, time_zone } of organizations) {
      if (signal.aborted) return
      const today = dateIn(time_zone, clock.now())
      try {
        const db = database.of(organization_id)
        const links = await memberLinks(db, installation as Installation, organization_id)
        await remindMembers(db, systemActor(organization_id, 'reminders'), { organization: name, links }, today)
      } catch (problem) {
        problems.push(problem)
      }
    }
    // The others have theirs; what was sent is not sent again.
    if (problems.length > 0) throw new AggregateError(problems, 'reminders of some organizations')
  },
})

/** 14:00 UTC: in the morning from New York to California. */
export function scheduleReminders(db: Db, now: Date): Promise<void> {
  const next = new Date(now)
  next.setUTCHours(14, 0, 0, 0)
  if (next <= now) next.setUTCDate(next.getUTCDate() + 1)
  return addJob(db, remindMembersJob, {}, { key: 'people.membership_reminders', run_at: next })
}
