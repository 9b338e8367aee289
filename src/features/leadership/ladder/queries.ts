import { sql, type Selectable } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import { activityOf, type ActivityKind } from '../activity.ts'
import { nameColumns, type Named } from '../names.ts'
import type { Standing } from '../rules.ts'
import type { RungTable } from '../tables.ts'
import '../../events/tables.ts'
import '../../organizations/tables.ts'
import '../../people/tables.ts'
import '../../voterfile/tables.ts'

export type Rung = Selectable<RungTable>

/** The ladder from below; with those put away, they stand last. */
export const rungsOf = (db: Db, organization_id: string, { with_archived = false } = {}): Promise<Rung[]> =>
  db
    .selectFrom('rung')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .$if(!with_archived, (asked) => asked.where('archived_at', 'is', null))
    .orderBy((eb) => eb('archived_at', 'is not', null))
    .orderBy('position')
    .orderBy('rung_id')
    .execute()

/** On a day, of each person the row that counts. */
export const stagesOn = (organization_id: string, day: string) => sql`(
  select distinct on (s.person_id) s.person_id, s.rung_id, s.from_on from person_stage s
  where s.organization_id = ${organization_id}::uuid and s.removed_at is null and s.from_on <= ${day}::date
  order by s.person_id, s.from_on desc, s.set_at desc)`

/** Of `person p`: nobody has said that they died. */
const isAlive = sql`not exists (select from suppression x where x.organization_id = p.organization_id and x.taken_back_at is null
  and x.reason = 'deceased' and (x.person_id = p.person_id or x.voter_id = p.voter_id))`

/** Of `person p`: somebody set a next step for them, or sat down with them. */
const wasAsked = sql`(exists (select from task t where t.organization_id = p.organization_id and t.person_id = p.person_id and t.kind = 'next_step')
  or exists (select from one_on_one o where o.organization_id = p.organization_id and o.person_id = p.person_id and o.removed_at is null))`

/** Is there anybody on a rung whom the board shows? */
export async function isStoodOn(db: Db, organization_id: string, rung_id: string, today: string): Promise<boolean> {
  const { rows } = await sql`select from ${stagesOn(organization_id, today)} s
    join person p on p.organization_id = ${organization_id}::uuid and p.person_id = s.person_id and p.merged_into is null
    where s.rung_id = ${rung_id}::uuid and ${isAlive} limit 1`.execute(db)
  return rows.length > 0
}

export interface BoardRow extends Named, Standing {
  rung_id: string
  step: { task_id: string; title: string; owner_id: string | null; owner: string | null; due_on: string } | null
  last_kind: ActivityKind | null
}

/** Everybody on the ladder but those who died, whose next step is due first. Reads all of them: fine for some thousands. */
export async function board(db: Db, organization_id: string, today: string, time_zone: string): Promise<BoardRow[]> {
  const { rows } = await sql<BoardRow>`
    with here as materialized (select * from ${stagesOn(organization_id, today)} s where rung_id is not null),
    activity as (select distinct on (person_id) person_id, on_day, kind
      from ${activityOf(organization_id, time_zone, sql`(select person_id from here)`)} a where on_day <= ${today}::date
      order by person_id, on_day desc, kind)
    select ${nameColumns}, h.rung_id, h.from_on as since, a.on_day as last_on, a.kind as last_kind,
      ${wasAsked} as was_asked,
      n.step
    from here h join person p on p.organization_id = ${organization_id}::uuid and p.person_id = h.person_id and p.merged_into is null
    left join voter_record r on r.voter_id = p.voter_id
    left join activity a on a.person_id = p.person_id
    left join lateral (select jsonb_build_object('task_id', t.task_id, 'title', t.title, 'owner_id', m.user_id, 'owner', m.display_name, 'due_on', t.due_on) as step, t.due_on
      from task t left join member m on m.organization_id = t.organization_id and m.user_id = t.owner_id and m.ended_at is null
      where t.organization_id = p.organization_id and t.person_id = p.person_id and t.kind = 'next_step' and t.ended_at is null
      order by t.due_on, t.made_at limit 1) n on true
    where ${isAlive}
    order by n.due_on nulls last, p.last_name, p.person_id`.execute(db)
  return rows
}

export interface Newcomer extends Named {
  on_day: string
  why: 'form' | 'offered' | 'member' | 'event'
}

/** How far back, and how many at most. Of whom nobody ever asked anything those who came long ago are the point. */
export const newcomerLimits = {
  lately: { days: 183, most: 24 },
  never_asked: { days: 730, most: 200 },
} as const

/**
 * Who came to us or to an event of ours, or is a member, and stands nowhere on the ladder: the latest first. 'never_asked': of
 * them those for whom nobody set a next step and with whom nobody sat down.
 */
export async function newcomers(
  db: Db,
  organization_id: string,
  today: string,
  time_zone: string,
  which: keyof typeof newcomerLimits = 'lately',
): Promise<Newcomer[]> {
  const { days, most } = newcomerLimits[which]
  // A day more, for the day begins elsewhere earlier.
  const since = sql`(${today}::date - ${days + 1}::integer)::timestamp at time zone ${time_zone}::text`
  const { rows } = await sql<Newcomer>`
    with came as (
      select person_id, (attempted_at at time zone ${time_zone}::text)::date as on_day, 'form' as why from contact_attempt
      where organization_id = ${organization_id}::uuid and channel = 'web' and undone_at is null and person_id is not null
        and attempted_at >= ${since}
      union all
      select person_id, (made_at at time zone ${time_zone}::text)::date, 'offered' from follow_up
      where organization_id = ${organization_id}::uuid and kind = 'volunteer' and person_id is not null
        and made_at >= ${since}
      union all
      select person_id, from_on, 'member' from (
        select distinct on (person_id, kind) person_id, from_on, standing from membership
        where organization_id = ${organization_id}::uuid and removed_at is null and from_on <= ${today}::date
        order by person_id, kind, from_on desc, recorded_at desc) m
      where standing in ('approved', 'active', 'grace')
      union all
      select g.person_id, (h.starts_at at time zone ${time_zone}::text)::date, 'event' from (
        select distinct on (a.signup_id, a.shift_id) a.signup_id, a.shift_id, a.attendance from event_attendance a
        join event_shift s on s.organization_id = a.organization_id and s.shift_id = a.shift_id and s.starts_at >= ${since}
        where a.organization_id = ${organization_id}::uuid and a.taken_back_at is null
        order by a.signup_id, a.shift_id, a.attendance_id desc) m
      join event_signup g on g.organization_id = ${organization_id}::uuid and g.signup_id = m.signup_id
      join event_shift h on h.organization_id = g.organization_id and h.shift_id = m.shift_id
      where m.attendance in ('attended', 'walk_in')
    )
    select ${nameColumns}, c.on_day, c.why
    from (select distinct on (person_id) * from came where on_day between ${today}::date - ${days}::integer and ${today}::date order by person_id, on_day desc, why) c
    join person p on p.organization_id = ${organization_id}::uuid and p.person_id = c.person_id and p.merged_into is null
    left join voter_record r on r.voter_id = p.voter_id
    where not exists (select from person_stage s where s.organization_id = p.organization_id and s.person_id = p.person_id and s.removed_at is null)
      and ${isAlive} and (${which === 'lately'}::boolean or not ${wasAsked})
    order by c.on_day desc, p.person_id limit ${most}`.execute(db)
  return rows
}

export interface StageRow {
  stage_id: string
  rung_id: string | null
  rung: Record<string, string> | null
  from_on: string
  reason: string
  set_by: string
  set_at: Date
}

/** Of somebody's way, the newest first, where they stand on a day: entries of later days do not count yet. */
export const stageOn = (stages: readonly StageRow[], day: string): StageRow | undefined =>
  stages.find(({ from_on }) => from_on <= day)

/** Somebody's way, the newest first. */
export async function stagesOf(db: Db, organization_id: string, person_id: string): Promise<StageRow[]> {
  const { rows } = await sql<StageRow>`
    select s.stage_id, s.rung_id, g.name as rung, s.from_on, s.reason, s.set_by, s.set_at
    from person_stage s left join rung g on g.organization_id = s.organization_id and g.rung_id = s.rung_id
    where s.organization_id = ${organization_id}::uuid and s.person_id = ${person_id}::uuid and s.removed_at is null
    order by s.from_on desc, s.set_at desc`.execute(db)
  return rows
}

/** What somebody did on which day, by kind: how often in the last so many days, and when last. */
export async function activityOfPerson(
  db: Db,
  organization_id: string,
  person_id: string,
  { today, time_zone, days }: { today: string; time_zone: string; days: number },
): Promise<{ kind: ActivityKind; times: number; last_on: string }[]> {
  const { rows } = await sql<{ kind: ActivityKind; times: number; last_on: string }>`
    select kind, count(*) filter (where on_day > ${today}::date - ${days}::integer)::integer as times, max(on_day) as last_on
    from ${activityOf(organization_id, time_zone, sql`(${person_id}::uuid)`)} a where on_day <= ${today}::date
    group by kind order by last_on desc`.execute(db)
  return rows
}

export interface Present {
  user_id: string
  display_name: string
  roles: string[]
}

/** Who can be given something to do: everybody who belongs to the organization now. */
export const presentMembers = (db: Db, organization_id: string): Promise<Present[]> =>
  db
    .selectFrom('member')
    .select(['user_id', 'display_name', 'roles'])
    .where('organization_id', '=', organization_id)
    .where('ended_at', 'is', null)
    .orderBy('display_name')
    .execute()

export interface JoinedAccount {
  person_account_id: string
  user_id: string | null
  caller_id: string | null
  name: string
}

/** Under which accounts, and as which callers, a person acts here. */
export async function accountsOf(db: Db, organization_id: string, person_id: string): Promise<JoinedAccount[]> {
  const { rows } = await sql<JoinedAccount>`
    select x.person_account_id, x.user_id, x.caller_id, coalesce(m.display_name, k.name) as name
    from person_account x left join member m on m.organization_id = x.organization_id and m.user_id = x.user_id
    left join phone_bank_caller k on k.organization_id = x.organization_id and k.caller_id = x.caller_id
    where x.organization_id = ${organization_id}::uuid and x.person_id = ${person_id}::uuid order by x.joined_at`.execute(
    db,
  )
  return rows
}

export interface PossibleCaller {
  caller_id: string
  name: string
  last_seen_at: Date
}

/** Callers without account who may be this person, for their number or mailbox is the same; nobody else's already. */
export async function possibleCallers(db: Db, organization_id: string, person_id: string): Promise<PossibleCaller[]> {
  const { rows } = await sql<PossibleCaller>`
    select k.caller_id, k.name, k.last_seen_at from phone_bank_caller k
    where k.organization_id = ${organization_id}::uuid and k.user_id is null
      and (k.phone in (select phone from person_phone n where n.organization_id = k.organization_id and n.person_id = ${person_id}::uuid)
        or lower(k.email) in (select lower(email) from person_email n where n.organization_id = k.organization_id and n.person_id = ${person_id}::uuid))
      and not exists (select from person_account x where x.organization_id = k.organization_id and x.caller_id = k.caller_id)
    order by k.last_seen_at desc limit 20`.execute(db)
  return rows
}
