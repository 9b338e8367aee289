import { sql } from 'kysely'
import type { Actor } from '../../../../platform/actor.ts'
import { audit } from '../../../../platform/audit.ts'
import { addDays } from '../../../../platform/clock.ts'
import { inTransaction, type Db } from '../../../../platform/db/db.ts'
import type { LocalizedText } from '../../../../platform/i18n/languages.ts'
import { addJob } from '../../../../platform/jobs/jobs.ts'
import { membershipPageOf } from '../applications/queries.ts'
import { isMailbox, sendMembershipMail } from '../mail-job.ts'
import { reminderMail } from '../mail.ts'
import { reminderOn } from '../rules.ts'
import { profileOf, whoIs } from '../../queries.ts'
import { effectiveName, romanName } from '../../rules.ts'

interface Ending {
  dues_id: string
  person_id: string
  kind_name: LocalizedText
  grace_days: number
  until_on: string
}

/**
 * Mails everybody whose dues end about now and who may be written to, each reminder once. Whoever paid again, left or was
 * expelled gets none. Answers how many went out.
 */
export async function remindMembers(db: Db, actor: Actor, organization: LocalizedText, day: string): Promise<number> {
  const { organization_id } = actor
  const { sends_reminders, how_to_pay } = await membershipPageOf(db, organization_id)
  if (!sends_reminders) return 0
  let sent = 0
  for (const ending of await endingAbout(db, organization_id, day)) {
    const kind = reminderOn(day, ending.until_on, ending.grace_days)
    if (kind === null) continue
    const isSent = await inTransaction(db, async (tx) => {
      const { dues_id, person_id } = ending
      const meant = await whoIs(tx, organization_id, person_id)
      const profile = meant && (await profileOf(tx, organization_id, meant, { is_brief: true }))
      const to = profile?.emails.find(({ quality }) => quality === 'good' || quality === 'unknown')?.email
      if (!profile || !to || !isMailbox(to) || profile.refusals.email) return false
      const row = await tx
        .insertInto('membership_reminder')
        .values({ organization_id, dues_id, kind, person_id, sent_to: to, at: sql`now()` })
        .onConflict((conflict) => conflict.doNothing())
        .returning('dues_id')
        .executeTakeFirst()
      if (!row) return false
      const { person, voter } = profile
      const about = {
        to,
        language: person?.language ?? null,
        name: person?.name_hangul || romanName(effectiveName(person, voter)),
        organization,
        kind: ending.kind_name,
      }
      const days = { paid_until: ending.until_on, grace_until: addDays(ending.until_on, ending.grace_days) }
      await addJob(tx, sendMembershipMail, reminderMail(about, kind, days, how_to_pay))
      await audit(tx, actor, {
        action: 'membership.remind',
        subject: 'membership',
        subject_id: person_id,
        after: { kind, until_on: ending.until_on },
      })
      return true
    })
    if (isSent) sent++
  }
  return sent
}

/** The last dues of each membership that end within two months of a day, of those who are members still. */
async function endingAbout(db: Db, organization_id: string, day: string): Promise<Ending[]> {
  const { rows } = await sql<Ending>`
    select d.dues_id, d.person_id, k.name as kind_name, d.grace_days, d.until_on
    from (select distinct on (person_id, kind) * from dues
      where organization_id = ${organization_id}::uuid and taken_back_at is null
      order by person_id, kind, until_on desc nulls first, recorded_at desc) d
    join membership_kind k on k.organization_id = d.organization_id and k.kind = d.kind
    join person p on p.organization_id = d.organization_id and p.person_id = d.person_id and p.merged_into is null
    where d.until_on between ${addDays(day, -400)}::date and ${addDays(day, 60)}::date
      and (select m.standing from membership m where m.organization_id = d.organization_id and m.person_id = d.person_id and m.kind = d.kind
          and m.removed_at is null and m.from_on <= ${day}::date order by m.from_on desc, m.recorded_at desc, m.membership_id limit 1)
        in ('active', 'grace', 'lapsed')
    order by d.person_id, d.kind`.execute(db)
  return rows
}
