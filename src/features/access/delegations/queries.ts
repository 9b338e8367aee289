import { sql, type Selectable } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import type { Delegated } from '../permissions.ts'
import type { DelegationTable } from './tables.ts'

export type Delegation = Selectable<DelegationTable>

/** What a member may do beyond their roles at this moment, by the organization's calendar. */
export async function delegatedOn(db: Db, organization_id: string, user_id: string, now: Date): Promise<Delegated[]> {
  const { rows } = await sql<{
    what: Delegated
  }>`select distinct d.what from delegation d join organization o using (organization_id)
    where d.organization_id = ${organization_id}::uuid and d.user_id = ${user_id}::uuid and d.ended_at is null
      and (${now}::timestamptz at time zone o.time_zone)::date between d.from_on and d.until_on`.execute(db)
  return rows.map(({ what }) => what)
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
        .where('organization_id', '=', organization_id)
        .where('user_id', 'in', user_ids)
        .orderBy('from_on', 'desc')
        .orderBy('granted_at', 'desc')
        .execute()

/** Does it hold on this day? */
export const holdsOn = ({ from_on, until_on, ended_at }: Delegation, today: string): boolean =>
  ended_at === null && from_on <= today && today <= until_on
