import { sql, type Selectable } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import type { LocalizedText } from '../../../platform/i18n/languages.ts'
import type { Delegated } from '../permissions.ts'
import type { DelegationTable } from './tables.ts'

export interface Delegation extends Selectable<DelegationTable> {
  /** Titles of the events it is for; none: all. */
  events: LocalizedText[]
}

/** What a member may do beyond their roles at this moment, by the organization's calendar. */
export async function delegatedOn(db: Db, organization_id: string, user_id: string, now: Date): Promise<Delegated[]> {
  const { rows } = await sql<{
    what: Delegated
  }>`select distinct d.what from delegation d join organization o using (organization_id)
    where d.organization_id = ${organization_id}::uuid and d.user_id = ${user_id}::uuid and d.ended_at is null
      and (${now}::timestamptz at time zone o.time_zone)::date between d.from_on and d.until_on`.execute(db)
  return rows.map(({ what }) => what)
}

/** At which events a member may do what is delegated to them at this moment; 'all' of them, or none. */
export async function delegatedAt(
  db: Db,
  organization_id: string,
  { user_id, what }: { user_id: string; what: Delegated },
  now: Date,
): Promise<'all' | string[]> {
  const { rows } = await sql<{ event_ids: string[] }>`
    select array(select e.event_id from delegation_event e
      where e.organization_id = d.organization_id and e.delegation_id = d.delegation_id) as event_ids
    from delegation d join organization o using (organization_id)
    where d.organization_id = ${organization_id}::uuid and d.user_id = ${user_id}::uuid and d.what = ${what} and d.ended_at is null
      and (${now}::timestamptz at time zone o.time_zone)::date between d.from_on and d.until_on`.execute(db)
  return rows.some(({ event_ids }) => event_ids.length === 0) ? 'all' : rows.flatMap(({ event_ids }) => event_ids)
}

/** Everything that was ever delegated to these members, the newest first. */
export const delegationsTo = async (
  db: Db,
  organization_id: string,
  user_ids: readonly string[],
): Promise<Delegation[]> =>
  user_ids.length === 0
    ? []
    : db
        .selectFrom('delegation')
        .selectAll()
        .select(
          sql<LocalizedText[]>`array(select v.content -> 'title' from delegation_event e
            join event v on v.organization_id = e.organization_id and v.event_id = e.event_id
            where e.organization_id = delegation.organization_id and e.delegation_id = delegation.delegation_id
            order by v.starts_at, v.event_id)`.as('events'),
        )
        .where('organization_id', '=', organization_id)
        .where('user_id', 'in', user_ids)
        .orderBy('from_on', 'desc')
        .orderBy('granted_at', 'desc')
        .execute()

/** Does it hold on this day? */
export const holdsOn = (
  { from_on, until_on, ended_at }: Pick<Delegation, 'from_on' | 'until_on' | 'ended_at'>,
  today: string,
): boolean => ended_at === null && from_on <= today && today <= until_on
