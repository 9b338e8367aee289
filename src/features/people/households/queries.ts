import { sql, type Selectable } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import { voterRecord } from '../../voterfile/queries.ts'
import type { Who } from '../rules.ts'
import type { HouseholdMemberTable, HouseholdTable } from '../tables.ts'

export type Household = Selectable<HouseholdTable>
export type HouseholdMember = Selectable<HouseholdMemberTable>

/** Where somebody lives, and who says so. */
export interface Home {
  /** What homes are told apart by; null: nobody has said where. */
  home: number | null
  /** What was said by hand, which holds. */
  by_hand: HouseholdMember | null
  /** The key of their address in the voter file. */
  state_home: number | null
  /** The voter file has another address for them than when it was said by hand. */
  is_to_confirm: boolean
}

export async function homeOf(db: Db, organization_id: string, who: Who): Promise<Home> {
  const [voter, by_hand] = await Promise.all([
    who.voter_id === null ? null : voterRecord(db, who.voter_id),
    who.person_id === null
      ? null
      : db
          .selectFrom('household_member')
          .selectAll()
          .where('organization_id', '=', organization_id)
          .where('person_id', '=', who.person_id)
          .where('ended_at', 'is', null)
          .executeTakeFirst(),
  ])
  const state_home = voter?.household_key ?? null
  return {
    home: by_hand?.home ?? state_home,
    by_hand: by_hand ?? null,
    state_home,
    is_to_confirm: by_hand ? by_hand.state_home !== state_home : false,
  }
}

export const householdAt = (db: Db, organization_id: string, home: number): Promise<Household | undefined> =>
  db
    .selectFrom('household')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('home', '=', home)
    .executeTakeFirst()

export const householdById = async (
  db: Db,
  organization_id: string,
  household_id: string,
): Promise<Household | undefined> =>
  /^[0-9a-f-]{36}$/i.test(household_id)
    ? db
        .selectFrom('household')
        .selectAll()
        .where('organization_id', '=', organization_id)
        .where('household_id', '=', household_id)
        .executeTakeFirst()
    : undefined

/** A large building is not a household: no more than these are shown. */
export const mostResidents = 31

/** Who lives in a home: those said by hand first, then the voters of the address. */
export async function residentsOf(db: Db, organization_id: string, home: number): Promise<Who[]> {
  const { rows } = await sql<Who>`
    with at_home as (select unnest(voters_of_home(${organization_id}::uuid, ${home}::bigint, 200)) as voter_id)
    select * from (
      select v.voter_id, p.person_id, coalesce(p.birth_year, v.birth_year) as born from at_home
        join voter_record v using (voter_id)
        left join person p on p.organization_id = ${organization_id}::uuid and p.voter_id = v.voter_id and p.merged_into is null
        where v.status <> 'purged' and v.gone_in is null or exists (select from household_member m where m.organization_id = ${organization_id}::uuid
          and m.person_id = p.person_id and m.ended_at is null)
      union all
      select null, p.person_id, p.birth_year from household_member m join person p using (organization_id, person_id)
        where m.organization_id = ${organization_id}::uuid and m.home = ${home}::bigint and m.ended_at is null and m.says = 'here'
          and p.voter_id is null and p.merged_into is null) residents
    order by born nulls last, voter_id limit ${mostResidents}`.execute(db)
  return rows.map(({ voter_id, person_id }) => ({ voter_id, person_id }))
}

/** A change by hand with the person it is about. */
export interface Change extends HouseholdMember {
  who: Who
  name: { last_name: string | null; first_name: string | null; middle_name: string | null }
  name_hangul: string | null
}

/** Everything that was changed by hand about a household, what holds first, then the newest. */
export async function changesOf(db: Db, organization_id: string, household_id: string): Promise<Change[]> {
  const rows = await db
    .selectFrom('household_member as m')
    .innerJoin('person as p', (join) =>
      join.onRef('p.organization_id', '=', 'm.organization_id').onRef('p.person_id', '=', 'm.person_id'),
    )
    .leftJoin('voter_record as v', 'v.voter_id', 'p.voter_id')
    .where('m.organization_id', '=', organization_id)
    .where('m.household_id', '=', household_id)
    .selectAll('m')
    .select(['p.voter_id', 'p.name_hangul'])
    .select((eb) => [
      eb.fn.coalesce('p.last_name', 'v.last_name').as('last_name'),
      eb.fn.coalesce('p.first_name', 'v.first_name').as('first_name'),
      eb.fn.coalesce('p.middle_name', 'v.middle_name').as('middle_name'),
    ])
    .orderBy(sql`m.ended_at is null`, 'desc')
    .orderBy('m.changed_at', 'desc')
    .limit(100)
    .execute()
  return rows.map(({ voter_id, name_hangul, last_name, first_name, middle_name, ...row }) => ({
    ...row,
    who: { voter_id, person_id: row.person_id },
    name: { last_name, first_name, middle_name },
    name_hangul,
  }))
}

/** Somebody by whom a household is reached: whoever lives there, else whoever was last said anything of. */
export async function somebodyOf(db: Db, { organization_id, household_id, home }: Household): Promise<Who | null> {
  const [first] = await residentsOf(db, organization_id, home)
  if (first) return first
  const [change] = await changesOf(db, organization_id, household_id)
  return change?.who ?? null
}

export interface Listed extends Household {
  /** Changes by hand that hold. */
  by_hand: number
  to_confirm: number
  /** Whoever a change is about, or the first voter of the address: the name shown where the household has none. */
  somebody: string | null
  last_at: Date
}

/** Households with something said of them, those to look at again first; `total`: of all. */
export async function listHouseholds(
  db: Db,
  organization_id: string,
  { from, limit }: { from: number; limit: number },
): Promise<{ rows: Listed[]; total: number }> {
  const { rows } = await sql<Listed & { total: number }>`
    select h.*, (count(*) over ())::integer as total, coalesce(m.by_hand, 0)::integer as by_hand, coalesce(m.to_confirm, 0)::integer as to_confirm, greatest(h.updated_at, m.last_at) as last_at,
      coalesce(m.somebody, (select concat_ws(' ', v.first_name, v.last_name) from voter_record v where h.is_door and v.household_key = h.home order by v.voter_id limit 1)) as somebody
    from household h
    left join lateral (
      select count(*) as by_hand, count(*) filter (where m.state_home is distinct from v.household_key) as to_confirm, max(m.changed_at) as last_at,
        min(coalesce(p.name_hangul, concat_ws(' ', coalesce(p.first_name, v.first_name), coalesce(p.last_name, v.last_name)))) as somebody
      from household_member m
      join person p using (organization_id, person_id)
      left join voter_record v on v.voter_id = p.voter_id
      where m.organization_id = h.organization_id and m.household_id = h.household_id and m.ended_at is null) m on true
    where h.organization_id = ${organization_id}::uuid and (m.by_hand > 0 or coalesce(h.name, h.note, h.language) is not null)
    order by coalesce(m.to_confirm, 0) desc, last_at desc, h.household_id limit ${limit} offset ${from}`.execute(db)
  return { rows, total: rows[0]?.total ?? 0 }
}
