import { sql } from 'kysely'
import type { Db } from '../../platform/db/db.ts'

export interface HomeDay {
  day: string
  made: number
  reached: number
}

export interface HomePhoneBank {
  phone_bank_id: string
  name: Record<string, string>
  starts_on: string
  ends_on: string
  /** It has not begun. */
  is_to_come: boolean
  total: number
  /** As `progressOf` counts them. */
  done: number
}

/** As PostgreSQL estimates it, unless there are few. */
export interface VoterCount {
  count: number
  is: 'counted' | 'about' | 'more_than'
}

export interface HomeFacts {
  has_voters: boolean
  /** Of voters, or of this organization's own people. */
  has_phones: boolean
  voters: VoterCount
  /** Some call was ever made. */
  has_called: boolean
  universes: number
  scripts: number
  phone_banks: number
  attempts: number
  reached: number
  callers: number
  days: HomeDay[]
  open: HomePhoneBank[]
}

/** Everything the start page shows, read across rooms; one organization's rows only, by its handle. */
export async function homeFacts(db: Db, today: string, time_zone: string): Promise<HomeFacts> {
  const [counts, days, open] = await Promise.all([
    sql<Omit<HomeFacts, 'days' | 'open' | 'voters'> & { estimate: number }>`
      select
        coalesce((select sum(reltuples)::bigint from pg_class join pg_inherits on inhrelid = oid where inhparent = 'voter_record'::regclass and reltuples > 0), 0)::int as estimate,
        exists (select from voter_record) as has_voters,
        exists (select from voter_phone) or exists (select from person_phone) as has_phones,
        exists (select from contact_attempt where undone_at is null and channel in ('phone', 'inbound_phone')) as has_called,
        (select count(*)::int from universe where archived_at is null) as universes,
        (select count(*)::int from script where archived_at is null) as scripts,
        (select count(*)::int from phone_bank) as phone_banks,
        count(*)::int as attempts,
        (count(distinct coalesce(voter_id::text, person_id::text)) filter (where is_conversation(disposition, spoke_with)))::int as reached,
        count(distinct made_by)::int as callers
      from contact_attempt
      where undone_at is null and channel in ('phone', 'inbound_phone') and attempted_at >= ((${today}::date - 6)::timestamp at time zone ${time_zone})`.execute(
      db,
    ),
    sql<HomeDay>`
      select to_char(day, 'YYYY-MM-DD') as day, count(attempt_id)::int as made, (count(attempt_id) filter (where is_conversation(disposition, spoke_with)))::int as reached
      from generate_series(${today}::date - 13, ${today}::date, '1 day') as day
      left join contact_attempt on undone_at is null and channel in ('phone', 'inbound_phone')
        and attempted_at >= (day::timestamp at time zone ${time_zone}) and attempted_at < ((day + interval '1 day')::timestamp at time zone ${time_zone})
      group by day order by day`.execute(db),
    sql<HomePhoneBank>`
      select phone_bank_id, name, starts_on::text, ends_on::text, starts_on > ${today}::date as is_to_come, count(voter_id)::int as total,
        (count(voter_id) filter (where state = 'finished' and why is distinct from 'no_number'))::int as done
      from phone_bank left join phone_bank_target using (organization_id, phone_bank_id)
      where ended_at is null and ends_on >= ${today}::date
      group by organization_id, phone_bank_id, name, starts_on, ends_on, phone_bank.created_at
      order by phone_bank.starts_on > ${today}::date, phone_bank.created_at desc limit 6`.execute(db),
  ])
  const [row] = counts.rows
  if (!row) throw new Error('an aggregate always has a row')
  const { estimate, ...facts } = row
  return { ...facts, voters: await votersOnFile(db, estimate), days: days.rows, open: open.rows }
}

/** Above this many, counting the voters takes longer than a start page may. */
const countedVoters = 200_000

/** The estimate lags behind an import and may be far off, so few are counted, as the page of voter files counts them. */
async function votersOnFile(db: Db, estimate: number): Promise<VoterCount> {
  if (estimate > countedVoters) return voterCount(estimate, 0)
  const { rows } = await sql<{ voters: number }>`
    select count(*)::int as voters
    from (select from voter_record where gone_in is null and status <> 'purged' limit ${countedVoters + 1}) as few`.execute(
    db,
  )
  return voterCount(estimate, rows[0]?.voters ?? 0)
}

/** `counted` stops at one more than are counted, where nobody has estimated yet how many more there are. */
export function voterCount(estimate: number, counted: number): VoterCount {
  const unit = 10 ** (String(estimate).length - 3)
  const about = Math.round(estimate / unit) * unit
  if (about > countedVoters) return { count: about, is: 'about' }
  return estimate > countedVoters || counted > countedVoters
    ? { count: countedVoters, is: 'more_than' }
    : { count: counted, is: 'counted' }
}

/** Is there any organization yet? Before the first, the start page leads to the set-up. */
export async function isSetUp(owner: Db): Promise<boolean> {
  const { rows } = await sql<{ it: boolean }>`select exists (select from organization) as it`.execute(owner)
  return rows[0]?.it ?? false
}

/** An organization with pages for everybody. */
export interface OpenOrganization {
  slug: string
  name: Record<string, string>
  /** Somebody may apply to become a member there. */
  takes_members: boolean
  has_events: boolean
}

/** Those that announce an event or take members, for whoever comes by the bare address. `owner`: of all organizations. */
export async function openOrganizations(owner: Db, now: Date): Promise<OpenOrganization[]> {
  const { rows } = await sql<OpenOrganization>`
    select * from (
      select o.slug, o.name, exists (select from membership_page p where p.organization_id = o.organization_id and p.is_open) as takes_members,
        exists (select from event e where e.organization_id = o.organization_id and e.published_at is not null and e.canceled_at is null
          and e.ends_at > ${now}::timestamptz) as has_events
      from organization o) o
    where takes_members or has_events order by slug limit 50`.execute(owner)
  return rows
}
