import { sql } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import { mayDo } from '../../access/permissions.ts'
import '../../organizations/tables.ts'
import { addressLine } from '../../people/rules.ts'
import { displayName, hangulOf } from '../cards.ts'
import type { CallCard } from '../schema.ts'
import type { FollowUpKind } from '../tables.ts'
import '../../people/tables.ts'
import '../../voterfile/tables.ts'

export interface FollowUp {
  follow_up_id: string
  kind: FollowUpKind
  voter_id: number | null
  person_id: string | null
  phone_bank_id: string | null
  name: string
  hangul: CallCard['hangul']
  phone: string | null
  /** Where they live: ours before the state's. */
  address: string | null
  note: string | null
  made_by: string
  made_at: Date
  solved_at: Date | null
  solved_by: string | null
  solution: string | null
  /** They called us back, and were talked with since. */
  is_solved_by_call: boolean
  owner_id: string | null
  /** Null also where they have left the organization. */
  owner: string | null
  due_on: string | null
  /** The voter waits for it. */
  is_waiting: boolean
}

export interface FollowUpFilter {
  is_solved: boolean
  kind: FollowUpKind | null
  phone_bank_id: string | null
  /** 'nobody': also those of members who have left. */
  owner: 'all' | 'nobody' | { user_id: string }
  /** Only those whose day was before this one, 'YYYY-MM-DD'. */
  due_before: string | null
  /** Of phone banks whose results somebody may not see: left out. */
  closed_banks?: readonly string[]
}

export interface PossibleOwner {
  user_id: string
  display_name: string
}

/** Who may see and do follow-ups: present organizers and hosts, and to whom hosting is delegated now. */
export async function possibleOwners(db: Db, organization_id: string, now: Date): Promise<PossibleOwner[]> {
  const { rows } = await sql<PossibleOwner & { roles: string[]; delegated: string[] }>`
    select m.user_id, m.display_name, m.roles, array(select d.what from delegation d
      where d.organization_id = m.organization_id and d.user_id = m.user_id and d.ended_at is null
        and (${now}::timestamptz at time zone o.time_zone)::date between d.from_on and d.until_on) as delegated
    from member m join organization o using (organization_id)
    where m.organization_id = ${organization_id}::uuid and m.ended_at is null order by m.display_name`.execute(db)
  return rows.flatMap(({ user_id, display_name, roles, delegated }) =>
    mayDo({ roles, delegated, is_steward: false }, 'phonebanks.host') ? [{ user_id, display_name }] : [],
  )
}

const ofFilter = (organization_id: string, filter: FollowUpFilter | readonly string[]) =>
  'kind' in filter
    ? ofKind(organization_id, filter)
    : sql`f.organization_id = ${organization_id}::uuid and f.follow_up_id = any(${[...filter]}::uuid[])`

const ofKind = (
  organization_id: string,
  { is_solved, kind, phone_bank_id, owner, due_before, closed_banks = [] }: FollowUpFilter,
) =>
  sql`f.organization_id = ${organization_id}::uuid and (f.solved_at is not null) = ${is_solved}
    and (${kind}::text is null or f.kind = ${kind}::text) and (${phone_bank_id}::uuid is null or f.phone_bank_id = ${phone_bank_id}::uuid)
    and (f.phone_bank_id is null or f.phone_bank_id <> all(${[...closed_banks]}::uuid[]))
    and (${due_before}::date is null or f.due_on < ${due_before}::date)
    and ${
      owner === 'all'
        ? sql`true`
        : owner === 'nobody'
          ? sql`not exists (select from member m where m.organization_id = f.organization_id and m.user_id = f.owner_id and m.ended_at is null)`
          : sql`f.owner_id = ${owner.user_id}::uuid`
    }`

/** What is left to one member to do. */
export async function followUpsOf(
  db: Db,
  organization_id: string,
  user_id: string,
  today: string,
): Promise<{ open: number; late: number; unowned: number }> {
  const { rows } = await sql<{ open: number; late: number; unowned: number }>`
    select count(*) filter (where f.owner_id = ${user_id}::uuid)::integer as open,
      count(*) filter (where f.owner_id = ${user_id}::uuid and f.due_on < ${today}::date)::integer as late,
      count(*) filter (where m.user_id is null)::integer as unowned
    from follow_up f left join member m on m.organization_id = f.organization_id and m.user_id = f.owner_id and m.ended_at is null
    where f.organization_id = ${organization_id}::uuid and f.solved_at is null`.execute(db)
  return rows[0] ?? { open: 0, late: 0, unowned: 0 }
}

/** Follow-ups of the organization, those of a filter or just these: those to do by their day and age, those done with the newest first. */
export async function followUps(
  db: Db,
  organization_id: string,
  filter: FollowUpFilter | readonly string[],
  { from, limit }: { from: number; limit: number | null },
): Promise<{ rows: FollowUp[]; total: number }> {
  const those = ofFilter(organization_id, filter)
  const order = 'kind' in filter && filter.is_solved ? sql`f.solved_at desc` : sql`f.due_on, f.made_at`
  const { rows } = await sql<
    FollowUp & {
      first_name: string | null
      middle_name: string | null
      last_name: string | null
      name_hangul: string | null
      p_korean: number | null
      house_number: string | null
      street: string | null
      unit: string | null
      city: string | null
      zip5: string | null
    }
  >`select f.follow_up_id, f.kind, coalesce(f.voter_id, p.voter_id) as voter_id, p.person_id, f.phone_bank_id, f.note, f.made_by, f.made_at, f.solved_at, f.solved_by, f.solution, f.solved_attempt_id is not null as is_solved_by_call,
      f.owner_id, m.display_name as owner, f.due_on,
      coalesce(a.phone, (select n.phone from person_phone n where n.organization_id = f.organization_id and n.person_id = p.person_id
        and is_offered_to_callers(n.phone) order by n.is_preferred desc, n.added_at limit 1)) as phone, coalesce(t.state = 'waiting' and t.why = 'organizer', false) as is_waiting,
      coalesce(p.first_name, r.first_name) as first_name, coalesce(p.middle_name, r.middle_name) as middle_name,
      coalesce(p.last_name, r.last_name) as last_name, p.name_hangul, r.p_korean,
      p.address, r.house_number, r.street, r.unit, case when p.address is null then r.city else p.city end as city,
      case when p.address is null then r.zip5 else p.zip5 end as zip5
    from (select * from follow_up f where ${those} order by ${order}, f.follow_up_id limit ${limit} offset ${from}) f
    left join person p on p.organization_id = f.organization_id and p.merged_into is null
      and (p.voter_id = f.voter_id or (f.voter_id is null and p.person_id = f.person_id))
    left join voter_record r on r.voter_id = coalesce(f.voter_id, p.voter_id)
    left join member m on m.organization_id = f.organization_id and m.user_id = f.owner_id and m.ended_at is null
    left join contact_attempt a on a.organization_id = f.organization_id and a.attempt_id = f.attempt_id
    left join phone_bank_target t on t.organization_id = f.organization_id and t.phone_bank_id = f.phone_bank_id and t.voter_id = f.voter_id
    order by ${order}, f.follow_up_id`.execute(db)
  const counted = await sql<{
    count: number
  }>`select count(*)::integer as count from follow_up f where ${those}`.execute(db)
  return {
    total: counted.rows[0]?.count ?? 0,
    rows: rows.map((row) => {
      const named = { ...row, last_name: row.last_name ?? '', p_korean: row.p_korean ?? 0 }
      const address = [row.address ?? addressLine(row), row.city, row.zip5].filter(Boolean).join(', ') || null
      return { ...row, name: displayName(named), hangul: hangulOf(named), address }
    }),
  }
}

/** Who does each of these, and by when. */
export const ownersOf = (
  db: Db,
  organization_id: string,
  follow_up_ids: readonly string[],
): Promise<Pick<FollowUp, 'follow_up_id' | 'owner_id' | 'due_on' | 'solved_at'>[]> =>
  db
    .selectFrom('follow_up')
    .select(['follow_up_id', 'owner_id', 'due_on', 'solved_at'])
    .where('organization_id', '=', organization_id)
    .where('follow_up_id', 'in', [...follow_up_ids])
    .execute()
