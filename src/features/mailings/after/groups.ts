import { sql } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import { inGoodStanding } from '../../people/membership/queries.ts'
import { ask, fromNow } from '../../targeting/bounded.ts'
import { communities } from '../../targeting/schema.ts'
import type { Mailing } from '../queries.ts'
import '../subjects/tables.ts'
import '../tables.ts'

type Which = Pick<Mailing, 'organization_id' | 'mailing_id'>

/** By what those who got a mail are told apart. */
export const groupings = ['language', 'community', 'district', 'age', 'member'] as const
export type Grouping = (typeof groupings)[number]

/** What became of a mail, or what somebody did after it. */
export const measures = ['sent', 'came_back', 'unsubscribed', 'replied', 'acted'] as const
export type Measure = (typeof measures)[number]

/** What somebody did so many days after a mail counts as done after it; whether because of it nobody knows. */
export const acted_days = 14

/** Of fewer nobody is told: it would be told of somebody. */
const fewest = 5
/** Percent from which on a community is likely by name and place. */
const likely = 80
/** The largest of each kind. */
const most = 12

export interface Group extends Record<Measure, number> {
  grouping: Grouping
  /** 'ko'; 'korean'; '40' of the assembly; '30-44'; 'yes'. null: nobody knows. */
  value: string | null
  listed: number
}

const likeliest = sql`greatest(${sql.join(communities.map((name) => sql.ref(`v.p_${name}`)))})`

/** What became of it by what is known of its readers today, the largest groups of each kind. */
export async function groupsOf(db: Db, { organization_id, mailing_id }: Which, today: string): Promise<Group[]> {
  const organization = sql`${organization_id}::uuid`
  const after = (at: string) => sql`${sql.ref(at)} between d.changed_at and d.changed_at + ${`${acted_days} days`}::interval` // prettier-ignore
  return ask(
    db,
    sql<Group>`
    with each as materialized (
      select d.language, coalesce(p.community, case when ${likeliest} >= ${likely} then
          case ${likeliest} ${sql.join(
            communities.map((name) => sql`when ${sql.ref(`v.p_${name}`)} then ${name}::text`),
            sql` `,
          )} end end) as community,
        v.ad::text as district,
        case when born.year is null then null when ${Number(today.slice(0, 4))}::integer - born.year < 30 then '18-29'
          when ${Number(today.slice(0, 4))}::integer - born.year < 45 then '30-44' when ${Number(today.slice(0, 4))}::integer - born.year < 65 then '45-64' else '65-' end as age,
        case when p.person_id is not null then case when ${inGoodStanding(organization, sql.ref('p.person_id'), today)} then 'yes' else 'no' end end as member,
        d.state in ('sent', 'unknown') as is_sent, d.state in ('failed', 'bounced') as is_back, d.unsubscribed_at is not null as is_stopped,
        d.replied_at is not null as is_replied,
        d.clicked_at is not null
          or exists (select from event_signup s where s.organization_id = d.organization_id and s.person_id = p.person_id and s.source = 'web' and ${after('s.received_at')})
          or exists (select from contact_attempt a where a.organization_id = d.organization_id and a.person_id = p.person_id and a.channel = 'web' and ${after('a.attempted_at')}) as is_acted
      from mail_delivery d
      left join person p on p.organization_id = d.organization_id and p.person_id = mail_person(d.organization_id, d.person_id) and p.erased_at is null
      left join voter_record v on v.voter_id = p.voter_id
      cross join lateral (select coalesce(p.birth_year, extract(year from v.birth_date)::integer, v.birth_year::integer) as year) born
      where d.organization_id = ${organization} and d.mailing_id = ${mailing_id}::uuid and d.state <> 'left_out'),
    grouped as (
      select case when grouping(language) = 0 then 'language' when grouping(community) = 0 then 'community' when grouping(district) = 0 then 'district'
          when grouping(age) = 0 then 'age' else 'member' end as grouping,
        coalesce(language, community, district, age, member) as value, count(*)::integer as listed, count(*) filter (where is_sent)::integer as sent,
        count(*) filter (where is_back)::integer as came_back, count(*) filter (where is_stopped)::integer as unsubscribed,
        count(*) filter (where is_replied)::integer as replied, count(*) filter (where is_acted)::integer as acted
      from each group by grouping sets ((language), (community), (district), (age), (member)))
    select grouping, value, listed, sent, came_back, unsubscribed, replied, acted
    from (select g.*, row_number() over (partition by grouping order by value is null, listed desc, value) as nth from grouped g where listed >= ${fewest}) ranked
    where nth <= ${most} order by grouping, case when grouping = 'age' then value end, nth`,
    fromNow(5000),
  ) // prettier-ignore
}

/** What can be drawn over time. */
export const courses = ['came_back', 'unsubscribed', 'replied', 'clicked', 'acted'] as const
export type Course = (typeof courses)[number]

export interface DaySum {
  /** Days since the first mail went; 0: the first. */
  day: number
  course: Course
  count: number
}

/** What came of it day by day, for as long as it is looked at. Whoever did something (`Group.acted`) counts on the day they did the first of it. */
export async function daysOf(db: Db, { organization_id, mailing_id }: Which): Promise<DaySum[]> {
  const within = (at: string) => sql`${sql.ref(at)} between d.changed_at and d.changed_at + ${`${acted_days} days`}::interval` // prettier-ignore
  return ask(
    db,
    sql<DaySum>`
    with d as (
      select * from mail_delivery where organization_id = ${organization_id}::uuid and mailing_id = ${mailing_id}::uuid),
    first as (select min(changed_at) as at from d where state in ('sent', 'unknown')),
    what as (
      select 'came_back' as course, changed_at as at from d where state in ('failed', 'bounced')
      union all select 'unsubscribed', unsubscribed_at from d where unsubscribed_at is not null
      union all select 'replied', replied_at from d where replied_at is not null
      union all select 'clicked', clicked_at from d where clicked_at is not null
      union all select 'acted', acted.at from d
        join person p on p.organization_id = d.organization_id and p.person_id = mail_person(d.organization_id, d.person_id) and p.erased_at is null
        cross join lateral (select least(d.clicked_at,
          (select min(s.received_at) from event_signup s where s.organization_id = d.organization_id and s.person_id = p.person_id and s.source = 'web' and ${within('s.received_at')}),
          (select min(a.attempted_at) from contact_attempt a where a.organization_id = d.organization_id and a.person_id = p.person_id and a.channel = 'web' and ${within('a.attempted_at')})) as at) acted
        where d.state <> 'left_out' and acted.at is not null)
    select greatest(0, floor(extract(epoch from what.at - first.at) / 86400))::integer as day, course, count(*)::integer as count
    from what, first where first.at is not null and what.at < first.at + ${`${acted_days} days`}::interval group by 1, 2 order by 1, 2`,
    fromNow(5000),
  )
}
