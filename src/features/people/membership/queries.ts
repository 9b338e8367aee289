import { sql, type RawBuilder, type Selectable } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import { found } from '../../../platform/errors.ts'
import type { DuesTable, MembershipKindTable, MembershipTable } from '../tables.ts'

export type Membership = Selectable<MembershipTable> & { kind_name: Record<string, string> }
export type MembershipKind = Selectable<MembershipKindTable>
export type Dues = Selectable<DuesTable>

/** Everything recorded of a person's membership and not taken out, newest standing first. */
export function membershipsOf(db: Db, organization_id: string, person_id: string): Promise<Membership[]> {
  return db
    .selectFrom('membership as m')
    .innerJoin('membership_kind as k', (join) =>
      join.onRef('k.organization_id', '=', 'm.organization_id').onRef('k.kind', '=', 'm.kind'),
    )
    .selectAll('m')
    .select('k.name as kind_name')
    .where('m.organization_id', '=', organization_id)
    .where('m.person_id', '=', person_id)
    .where('m.removed_at', 'is', null)
    .orderBy('m.from_on', 'desc')
    .orderBy('m.recorded_at', 'desc')
    .orderBy('m.membership_id')
    .execute()
}

/** How each kind of membership stands on a day: of its rows up to then the newest. */
export function standingOn<Row extends Pick<Membership, 'kind' | 'from_on'>>(
  memberships: readonly Row[],
  day: string,
): Row[] {
  const begun = memberships.filter(({ from_on }) => from_on <= day)
  return begun.filter((each) => begun.find(({ kind }) => kind === each.kind) === each)
}

/**
 * Whether a person was a member in good standing on a day, as a condition for other rooms' queries (who may vote):
 * `where ${inGoodStanding(organization_id, sql.ref('p.person_id'), day)}`. The same rule as `isInGoodStanding`.
 */
export const inGoodStanding = (
  organization_id: string | RawBuilder<unknown>,
  person_id: RawBuilder<unknown>,
  day: string,
): RawBuilder<boolean> => sql<boolean>`coalesce((
  select bool_or(s.standing in ('active', 'grace')) and not bool_or(s.standing = 'expelled')
  from (select distinct on (m.kind) m.standing from membership m
    where m.organization_id = ${organization_id} and m.person_id = ${person_id} and m.removed_at is null and m.from_on <= ${day}::date
    order by m.kind, m.from_on desc, m.recorded_at desc, m.membership_id) s), false)`

/** Ids of all who were members in good standing on a day. */
export async function membersInGoodStanding(db: Db, organization_id: string, day: string): Promise<string[]> {
  const { rows } = await sql<{ person_id: string }>`
    select p.person_id from person p where p.organization_id = ${organization_id}::uuid and p.merged_into is null
      and ${inGoodStanding(sql.ref('p.organization_id'), sql.ref('p.person_id'), day)}
    order by p.person_id`.execute(db)
  return rows.map(({ person_id }) => person_id)
}

/** Whether somebody has, had or asked for a membership. */
export async function isOnRoll(db: Db, organization_id: string, person_id: string): Promise<boolean> {
  const { rows } = await sql<{ is_there: boolean }>`
    select exists (select from membership where organization_id = ${organization_id}::uuid and person_id = ${person_id}::uuid and removed_at is null)
      or exists (select from membership_application where organization_id = ${organization_id}::uuid and person_id = ${person_id}::uuid) as is_there`.execute(
    db,
  )
  return rows[0]?.is_there ?? false
}

/** Kinds in their order, the archived ones last. */
export const membershipKinds = (db: Db, organization_id: string): Promise<MembershipKind[]> =>
  db
    .selectFrom('membership_kind')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .orderBy((eb) => eb('archived_at', 'is not', null))
    .orderBy('position')
    .orderBy('kind')
    .execute()

export const kindByKey = async (db: Db, organization_id: string, kind: string): Promise<MembershipKind> =>
  found(
    await db
      .selectFrom('membership_kind')
      .selectAll()
      .where('organization_id', '=', organization_id)
      .where('kind', '=', kind)
      .executeTakeFirst(),
  )

/** A person's dues, the newest first, those taken back too. */
export const duesOf = (db: Db, organization_id: string, person_id: string): Promise<Dues[]> =>
  db
    .selectFrom('dues')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('person_id', '=', person_id)
    .orderBy('from_on', 'desc')
    .orderBy('recorded_at', 'desc')
    .orderBy('dues_id')
    .execute()

/** Periods of one kind that are paid for or waived, and hold. */
export const periodsOf = <Row extends Pick<Dues, 'kind' | 'taken_back_at'>>(
  dues: readonly Row[],
  kind: string,
): Row[] => dues.filter((each) => each.kind === kind && each.taken_back_at === null)

/** The last day paid for; null: nothing paid. 'life': without end. */
export function paidUntil(dues: readonly Pick<Dues, 'kind' | 'until_on' | 'taken_back_at'>[], kind: string) {
  const valid = periodsOf(dues, kind)
  if (valid.some(({ until_on }) => until_on === null)) return 'life'
  return valid.map(({ until_on }) => until_on).reduce((a, b) => (a === null || (b !== null && b > a) ? b : a), null)
}
