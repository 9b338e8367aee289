import { sql } from 'kysely'
import '../contacts/tables.ts'
import '../events/tables.ts'
import '../phonebanks/tables.ts'
import './tables.ts'

/** What counts as activity: they talked with us, wrote to us, called others, sat down with somebody, learned, did what they took on. */
export const activityKinds = ['talked', 'form', 'called', 'met', 'trained', 'attended', 'step'] as const
export type ActivityKind = (typeof activityKinds)[number]

/**
 * Rows `(person_id, on_day, kind)`: every day on which somebody did something, as far as the system knows. `people` is a
 * subquery of their ids.
 */
export const activityOf = (organization_id: string, time_zone: string, people: ReturnType<typeof sql>) => {
  const org = sql`${organization_id}::uuid`
  const day = (instant: string) => sql`(${sql.ref(instant)} at time zone ${time_zone}::text)::date`
  return sql`(
    select a.person_id, ${day('a.attempted_at')} as on_day, case a.channel when 'web' then 'form' else 'talked' end as kind
    from contact_attempt a
    where a.organization_id = ${org} and a.undone_at is null and a.person_id in ${people}
      and (a.channel = 'web' or is_conversation(a.disposition, a.spoke_with))
    union all
    select p.person_id, ${day('a.attempted_at')}, 'talked'
    from person p join contact_attempt a on a.organization_id = p.organization_id and a.voter_id = p.voter_id and a.person_id is null
    where p.organization_id = ${org} and p.person_id in ${people} and a.undone_at is null and a.channel <> 'web'
      and is_conversation(a.disposition, a.spoke_with)
    union all
    select x.person_id, ${day('a.attempted_at')}, 'called'
    from person_account x
    join phone_bank_caller k on k.organization_id = x.organization_id and (k.caller_id = x.caller_id or k.user_id = x.user_id)
    join contact_attempt a on a.organization_id = k.organization_id and a.caller_id = k.caller_id
    where x.organization_id = ${org} and x.person_id in ${people} and a.undone_at is null
    group by 1, 2
    union all
    select o.person_id, o.met_on, 'met' from one_on_one o
    where o.organization_id = ${org} and o.person_id in ${people} and o.removed_at is null
    union all
    select t.person_id, t.passed_on, 'trained' from training_passed t
    where t.organization_id = ${org} and t.person_id in ${people} and t.removed_at is null
    union all
    select y.person_id, s.held_on, 'attended'
    from cohort_application y
    join cohort_attendance w on w.organization_id = y.organization_id and w.application_id = y.application_id and w.state = 'attended'
    join cohort_session s on s.organization_id = w.organization_id and s.session_id = w.session_id
    where y.organization_id = ${org} and y.person_id in ${people} and y.state <> 'removed'
    union all
    select g.person_id, ${day('h.starts_at')}, 'attended'
    from event_signup g
    cross join lateral (select distinct on (a.shift_id) a.shift_id, a.attendance from event_attendance a
      where a.organization_id = g.organization_id and a.signup_id = g.signup_id and a.taken_back_at is null
      order by a.shift_id, a.attendance_id desc) m
    join event_shift h on h.organization_id = g.organization_id and h.shift_id = m.shift_id
    where g.organization_id = ${org} and g.person_id in ${people} and m.attendance in ('attended', 'walk_in')
    union all
    select k.person_id, ${day('k.ended_at')}, 'step' from task k
    where k.organization_id = ${org} and k.person_id in ${people} and k.kind = 'next_step' and k.ended_as = 'done'
  )`
}
