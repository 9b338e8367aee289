import type { Selectable } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import type { MembershipTable } from '../tables.ts'

export type Membership = Selectable<MembershipTable>

/** Everything recorded of a person's membership and not taken out, newest standing first. */
export function membershipsOf(db: Db, organization_id: string, person_id: string): Promise<Membership[]> {
  return db
    .selectFrom('membership')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('person_id', '=', person_id)
    .where('removed_at', 'is', null)
    .orderBy('from_on', 'desc')
    .orderBy('recorded_at', 'desc')
    .orderBy('membership_id')
    .execute()
}

/** How each kind of membership stands on a day: of its rows up to then the newest. */
export function standingOn(memberships: readonly Membership[], day: string): Membership[] {
  const begun = memberships.filter(({ from_on }) => from_on <= day)
  return begun.filter((each) => begun.find(({ kind }) => kind === each.kind) === each)
}
