import { sql } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import { districtColumn, districtJoins } from '../../geography/crosswalk.ts'
import type { PhoneBank } from '../dashboard.ts'
import '../../contacts/tables.ts'
import '../../voterfile/tables.ts'

export const dimensions = ['district', 'age', 'language'] as const
export type Dimension = (typeof dimensions)[number]

/** Kinds of district voters can be counted by. */
export const groupDistricts = ['nyc-council', 'assembly', 'senate', 'congress'] as const
export type GroupDistrict = (typeof groupDistricts)[number]

/** Calls to one group of voters, those that became conversations, and what was answered to the question looked at. */
export interface Group {
  dimension: Dimension
  /** A district's number, an age band, a language code; null: not known, as the district of who is in no voter file. */
  key: string | null
  attempts: number
  conversations: number
  /** Answered the question. */
  asked: number
  /** How many gave each answer, as `answerKey` names it; of several choices, each counts. */
  answers: Record<string, number>
}

export interface GroupsAsked {
  /** Key of the question; null: only calls and conversations are counted. */
  question: string | null
  district: GroupDistrict
}

/** The first kind of district that many voters of the phone bank have: outside New York City nobody lives in a Council district. */
export async function usualDistrict(
  db: Db,
  { organization_id, phone_bank_id }: Pick<PhoneBank, 'organization_id' | 'phone_bank_id'>,
): Promise<GroupDistrict> {
  const having = groupDistricts.map((kind) => sql`count(${districtColumn(kind)})::integer as ${sql.id(kind)}`)
  const { rows } = await sql<Record<GroupDistrict, number>>`
    select ${sql.join(having)} from (
      select t.voter_id from phone_bank_target t where t.organization_id = ${organization_id}::uuid and t.phone_bank_id = ${phone_bank_id}::uuid limit 100) few
    join voter_record v on v.voter_id = few.voter_id ${districtJoins}`.execute(db)
  const countOf = (kind: GroupDistrict): number => rows[0]?.[kind] ?? 0
  const most = Math.max(...groupDistricts.map(countOf))
  // A few who live in the city give a list of the countryside no council districts.
  return groupDistricts.find((kind) => countOf(kind) > 0 && countOf(kind) * 2 >= most) ?? groupDistricts[0]
}

const kept_ms = 10_000
const kept = new Map<string, { groups: Promise<Group[]>; at: number }>()

/** By district, age and language, the largest first. The same for ten seconds: it reads every call. */
export function groupsOf(db: Db, bank: PhoneBank, asked: GroupsAsked, now: Date): Promise<Group[]> {
  const key = `${bank.organization_id}:${bank.phone_bank_id}:${asked.question}:${asked.district}`
  const last = kept.get(key)
  if (last && now.getTime() >= last.at && now.getTime() - last.at < kept_ms) return last.groups
  const groups = readGroups(db, bank, asked)
  if (kept.size > 200) kept.clear()
  kept.set(key, { groups, at: now.getTime() })
  groups.catch(() => kept.delete(key))
  return groups
}

interface Counted {
  dimension: Dimension
  key: string | null
  value: string | null
  attempts: number
  conversations: number
}

async function readGroups(db: Db, bank: PhoneBank, { question, district }: GroupsAsked): Promise<Group[]> {
  const { rows } = await sql<Counted>`
    with said as (
      -- Of whom nobody reached, the language they are known or taken to speak: else no group would have calls that failed.
      select coalesce(a.language, p.language, n.language, t.language, 'und') as language, is_conversation(a.disposition, a.spoke_with) as is_conversation, ${districtColumn(district)}::text as district,
        case w.value when 'true' then 'yes' when 'false' then 'no' else w.value #>> '{}' end as value,
        case when age < 30 then '18-29' when age < 45 then '30-44' when age < 65 then '45-64' when age >= 65 then '65+' end as age
      from contact_attempt a
      -- Who is in no voter file, or was linked to a record since.
      left join person n on n.organization_id = a.organization_id and n.person_id = a.person_id and a.voter_id is null
      left join voter_record v on v.voter_id = coalesce(a.voter_id, n.voter_id) ${districtJoins}
      left join person p on p.organization_id = a.organization_id and p.voter_id = a.voter_id and p.merged_into is null
      left join phone_bank_target t on t.organization_id = a.organization_id and t.phone_bank_id = a.phone_bank_id and t.voter_id = a.voter_id
      left join contact_answer w on w.organization_id = a.organization_id and w.attempt_id = a.attempt_id and w.question = ${question}
      cross join lateral (select (a.attempted_at at time zone (
        select o.time_zone from organization o where o.organization_id = ${bank.organization_id}::uuid))::date as called_on) local
      -- By the day where it is known; by the year alone they may be one younger.
      cross join lateral (select coalesce(extract(year from age(local.called_on::timestamp, v.birth_date::timestamp)),
        extract(year from local.called_on) - coalesce(v.birth_year, n.birth_year))::integer as age) born
      where a.organization_id = ${bank.organization_id}::uuid and a.phone_bank_id = ${bank.phone_bank_id}::uuid and a.undone_at is null)
    select case when grouping(district) = 0 then 'district' when grouping(age) = 0 then 'age' else 'language' end as dimension,
      case when grouping(district) = 0 then district when grouping(age) = 0 then age else nullif(language, 'und') end as key,
      value, count(*)::integer as attempts, count(*) filter (where is_conversation)::integer as conversations
    from said group by grouping sets ((district, value), (age, value), (language, value))`.execute(db)
  const groups = new Map<string, Group>()
  for (const { dimension, key, value, attempts, conversations } of rows) {
    const name = `${dimension}:${key}`
    const group = groups.get(name) ?? { dimension, key, attempts: 0, conversations: 0, asked: 0, answers: {} }
    groups.set(name, group)
    group.attempts += attempts
    group.conversations += conversations
    if (value === null) continue
    group.asked += conversations
    group.answers[value] = (group.answers[value] ?? 0) + conversations
  }
  return [...groups.values()].toSorted((a, b) => b.conversations - a.conversations || b.attempts - a.attempts)
}

/** Said 1 or 2, of a group asked for support. */
export const supportOf = ({ answers }: Pick<Group, 'answers'>): number => (answers['1'] ?? 0) + (answers['2'] ?? 0)
