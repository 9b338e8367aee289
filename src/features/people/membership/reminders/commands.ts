import { sql } from 'kysely'
import type { Actor } from '../../../../platform/actor.ts'
import { auditAll } from '../../../../platform/audit.ts'
import { addDays } from '../../../../platform/clock.ts'
import { inTransaction, type Db } from '../../../../platform/db/db.ts'
import type { LocalizedText } from '../../../../platform/i18n/languages.ts'
import { addJob } from '../../../../platform/jobs/jobs.ts'
import { mailboxesOf } from '../../queries.ts'
import { romanName, type NameParts } from '../../rules.ts'
import { membershipPageOf } from '../applications/queries.ts'
import type { MemberLinks } from '../card/queries.ts'
import { isMailbox, sendMembershipMail } from '../mail-job.ts'
import { reminderMail } from '../mail.ts'
import { reminderOn, type Reminder } from '../rules.ts'

interface Ending extends NameParts {
  dues_id: string
  person_id: string
  kind_name: LocalizedText
  dues_cents: number
  grace_days: number
  paid_on: string
  from_on: string
  until_on: string
  name_hangul: string | null
  language: string | null
}

interface Due extends Ending {
  reminder: Reminder
  to: string
}

/** So many in one transaction. */
const at_once = 200

/**
 * Mails everybody whose dues end about now and who may be written to, each reminder once. Whoever paid again, left or was
 * expelled gets none. Answers how many went out.
 */
export async function remindMembers(
  db: Db,
  actor: Actor,
  { organization, links }: { organization: LocalizedText; links: MemberLinks },
  day: string,
): Promise<number> {
  const { organization_id } = actor
  const { sends_reminders, how_to_pay } = await membershipPageOf(db, organization_id)
  if (!sends_reminders) return 0
  const ending = await endingAbout(db, organization_id, day)
  let sent = 0
  for (let from = 0; from < ending.length; from += at_once)
    sent += await remind(db, actor, ending.slice(from, from + at_once), { organization, links, how_to_pay, day })
  return sent
}

function remind(
  db: Db,
  actor: Actor,
  ending: readonly Ending[],
  { organization, links, how_to_pay, day }: { organization: LocalizedText; links: MemberLinks; how_to_pay: LocalizedText; day: string }, // prettier-ignore
): Promise<number> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    const mailboxes = await mailboxesOf(
      tx,
      organization_id,
      ending.map(({ person_id }) => person_id),
      'membership',
    )
    const due = ending.flatMap((each): Due[] => {
      const [reminder, to] = [reminderOn(day, each), mailboxes.get(each.person_id)]
      return reminder && to && isMailbox(to) ? [{ ...each, reminder, to }] : []
    })
    if (due.length === 0) return 0
    const rows = await tx
      .insertInto('membership_reminder')
      .values(
        due.map(({ dues_id, reminder, person_id, to }) => ({
          organization_id,
          dues_id,
          kind: reminder,
          person_id,
          sent_to: to,
          at: sql<Date>`now()`,
        })),
      )
      .onConflict((conflict) => conflict.doNothing())
      .returning('dues_id')
      .execute()
    const fresh = due.filter(({ dues_id }) => rows.some((row) => row.dues_id === dues_id))
    for (const each of fresh) {
      const about = {
        to: each.to,
        language: each.language,
        name: each.name_hangul || romanName(each),
        organization,
        kind: each.kind_name,
      }
      const days = { paid_until: each.until_on, grace_until: addDays(each.until_on, each.grace_days) }
      const pay = each.dues_cents > 0 ? links.pay(each.person_id, each.language ?? 'en') : null
      const reminds = { organization_id, person_id: each.person_id, dues_id: each.dues_id, kind: each.reminder }
      await addJob(tx, sendMembershipMail, { ...reminderMail(about, each.reminder, days, pay, how_to_pay), reminds })
    }
    await auditAll(
      tx,
      actor,
      fresh.map(({ person_id, reminder, until_on }) => ({
        action: 'membership.remind',
        subject: 'membership',
        subject_id: person_id,
        after: { kind: reminder, until_on },
      })),
    )
    return fresh.length
  })
}

/** The last dues of each membership that end about a day, with grace, of those who are members still. */
async function endingAbout(db: Db, organization_id: string, day: string): Promise<Ending[]> {
  const { rows } = await sql<Ending>`
    select d.dues_id, d.person_id, k.name as kind_name, k.dues_cents, d.grace_days, d.paid_on, d.from_on, d.until_on, p.name_hangul, p.language,
      coalesce(p.last_name, r.last_name) as last_name, coalesce(p.first_name, r.first_name) as first_name,
      case when p.first_name is null then r.middle_name else p.middle_name end as middle_name
    from (select distinct on (person_id, kind) * from dues
      where organization_id = ${organization_id}::uuid and taken_back_at is null
      order by person_id, kind, until_on desc nulls first, recorded_at desc) d
    join membership_kind k on k.organization_id = d.organization_id and k.kind = d.kind
    join person p on p.organization_id = d.organization_id and p.person_id = d.person_id and p.merged_into is null
    left join voter_record r on r.voter_id = p.voter_id
    where d.until_on between ${addDays(day, -400)}::date and ${addDays(day, 60)}::date
      and (select m.standing from membership m where m.organization_id = d.organization_id and m.person_id = d.person_id and m.kind = d.kind
          and m.removed_at is null and m.from_on <= ${day}::date order by m.from_on desc, m.recorded_at desc, m.membership_id limit 1)
        in ('active', 'grace', 'lapsed')
    order by d.person_id, d.kind`.execute(db)
  return rows
}
