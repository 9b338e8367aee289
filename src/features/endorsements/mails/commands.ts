import type { Insertable } from 'kysely'
import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { dateIn } from '../../../platform/clock.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { addJob } from '../../../platform/jobs/jobs.ts'
import { candidate } from '../../elections/contests/queries.ts'
import { linkOf } from '../answers/commands.ts'
import { invitationsOf, submissionsOf } from '../answers/queries.ts'
import { isTaken, takingOn } from '../answers/rules.ts'
import { lockCycle } from '../cycles/commands.ts'
import { cycleById, cyclesOf, type Cycle } from '../cycles/queries.ts'
import { campaignMail } from './later.ts'
import { mailsOf } from './queries.ts'
import { reminderDue } from './rules.ts'
import type { MailForm } from './schema.ts'
import type { EndorsementMailTable } from './tables.ts'

export type Written = { ok: true } | { ok: false; problem: 'has_it' }

/** Sends a campaign the private link of its candidate, made if there is none. An address gets a link once. */
export function writeToCampaign(
  db: Db,
  actor: Actor,
  cycle: Cycle,
  { candidate: candidate_id, email, language }: MailForm,
  now: Date,
): Promise<Written> {
  return inTransaction(db, async (tx): Promise<Written> => {
    const { organization_id } = actor
    const { invitation_id, number } = await linkOf(tx, actor, cycle, candidate_id, now)
    await tx
      .updateTable('endorsement_invitation')
      .set({ email, language })
      .where('organization_id', '=', organization_id)
      .where('invitation_id', '=', invitation_id)
      .execute()
    const mail = { invitation_id, sent_to: email, link_number: number, answers_by_on: null, days_before: null }
    const isNew = await ask(tx, actor, { cycle_id: cycle.cycle_id, candidate_id }, mail, now)
    return isNew ? { ok: true } : { ok: false, problem: 'has_it' }
  })
}

/** Reminds campaigns that were written to and are not done, on the days for it. How many. */
export async function remindCampaigns(db: Db, actor: Actor, time_zone: string, now: Date): Promise<number> {
  const { organization_id } = actor
  const today = dateIn(time_zone, now)
  const cycles = await cyclesOf(db, organization_id)
  let reminded = 0
  for (const { cycle_id, opened_at, rules } of cycles)
    if (opened_at && rules && today <= rules.answers_by_on)
      reminded += await remindIn(db, actor, cycle_id, { time_zone, today }, now)
  return reminded
}

function remindIn(
  db: Db,
  actor: Actor,
  cycle_id: string,
  { time_zone, today }: { time_zone: string; today: string },
  now: Date,
): Promise<number> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    // Whoever signs this moment is done before, or after.
    await lockCycle(tx, actor, cycle_id)
    const cycle = await cycleById(tx, organization_id, cycle_id)
    if (!cycle?.rules) return 0
    const { rules } = cycle
    const invitations = await invitationsOf(tx, organization_id, cycle_id)
    const done = await submissionsOf(tx, organization_id, invitations.map(({ invitation_id }) => invitation_id)) // prettier-ignore
    const mails = await mailsOf(tx, organization_id, cycle_id)
    let reminded = 0
    for (const { invitation_id, candidate_id, email, revoked_at } of invitations) {
      const runs = await candidate(tx, candidate_id)
      const theirs = mails.filter((mail) => mail.invitation_id === invitation_id && mail.sent_to === email)
      const [asked] = theirs.filter(({ link_number }) => link_number !== null)
      const isDone = done.some((each) => each.invitation_id === invitation_id)
      if (!runs || !email || !asked || revoked_at || isDone || !isTaken(takingOn(rules, today, runs))) continue
      const days_before = reminderDue(rules.answers_by_on, today, {
        asked_on: dateIn(time_zone, asked.asked_at),
        reminded: theirs.flatMap((mail) => (mail.answers_by_on === rules.answers_by_on ? (mail.days_before ?? []) : [])), // prettier-ignore
      })
      if (days_before === null) continue
      const mail = { invitation_id, sent_to: email, link_number: null, answers_by_on: rules.answers_by_on, days_before }
      if (await ask(tx, actor, { cycle_id, candidate_id }, mail, now)) reminded += 1
    }
    return reminded
  })
}

/** False: there is such a mail. */
async function ask(
  tx: Db,
  actor: Actor,
  { cycle_id, candidate_id }: { cycle_id: string; candidate_id: number },
  mail: Omit<Insertable<EndorsementMailTable>, 'organization_id' | 'mail_id' | 'asked_by' | 'asked_at'>,
  now: Date,
): Promise<boolean> {
  const { organization_id } = actor
  const added = await tx
    .insertInto('endorsement_mail')
    .values({ ...mail, organization_id, asked_by: actor.name, asked_at: now })
    .onConflict((row) => row.doNothing())
    .returning('mail_id')
    .executeTakeFirst()
  if (!added) return false
  await audit(tx, actor, {
    action: mail.link_number === null ? 'endorsement.remind' : 'endorsement.write',
    subject: 'endorsement_cycle',
    subject_id: cycle_id,
    after: { candidate_id, sent_to: mail.sent_to },
  })
  await addJob(tx, campaignMail, { organization_id, mail_id: added.mail_id })
  return true
}
