import { sql, type RawBuilder, type Selectable } from 'kysely'
import { addDays } from '../../../platform/clock.ts'
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
      and not exists (select from person e where e.organization_id = m.organization_id and e.person_id = m.person_id and e.erased_at is not null)
    order by m.kind, m.from_on desc, m.recorded_at desc, m.membership_id) s), false)`

/** Renewals are due from so many days before the last day paid for. */
const due_days = 60
/** Whoever lapsed longer ago is no renewal any more. */
const lately_days = 180

/** How every membership stands on a day, `s`, with what is `paid`. */
export const standingAndPaid = (organization_id: string, day: string): RawBuilder<unknown> => sql`
  (select distinct on (m.person_id, m.kind) m.person_id, m.kind, m.standing, m.from_on
    from membership m where m.organization_id = ${organization_id}::uuid and m.removed_at is null and m.from_on <= ${day}::date
    order by m.person_id, m.kind, m.from_on desc, m.recorded_at desc, m.membership_id) s
  left join (select d.person_id, d.kind, max(d.until_on) as paid_until, bool_or(d.until_on is null) as is_for_life
    from dues d where d.organization_id = ${organization_id}::uuid and d.taken_back_at is null group by 1, 2) paid
    on paid.person_id = s.person_id and paid.kind = s.kind`

/** Of a row of `standingAndPaid`: is it to be renewed? */
export const isDue = (day: string): RawBuilder<boolean> =>
  sql<boolean>`(s.standing in ('approved', 'grace') or (s.standing = 'active' and not paid.is_for_life and paid.paid_until <= ${addDays(day, due_days)}::date)
    or (s.standing = 'lapsed' and s.from_on >= ${addDays(day, -lately_days)}::date))`

/**
 * Of a person's dues on a day, as a condition for other rooms' queries. due: to be renewed, as the roll shows it; paid: in good
 * standing and paid for beyond that day; waived: free of dues that day.
 */
export function duesAre(
  state: 'due' | 'paid' | 'waived',
  organization_id: string,
  person_id: RawBuilder<unknown>,
  day: string,
): RawBuilder<boolean> {
  if (state === 'due')
    return sql<boolean>`exists (select from ${standingAndPaid(organization_id, day)} where s.person_id = ${person_id} and ${isDue(day)})`
  const on = sql`exists (select from dues d where d.organization_id = ${organization_id}::uuid and d.person_id = ${person_id}
    and d.taken_back_at is null and ${day}::date between d.from_on and coalesce(d.until_on, 'infinity')
    and ${state === 'waived' ? sql`d.how = 'waived'` : sql`d.how <> 'waived'`})`
  return state === 'waived'
    ? sql<boolean>`${on}`
    : sql<boolean>`(${on} and ${inGoodStanding(organization_id, person_id, day)})`
}

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
