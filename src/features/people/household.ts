import { sql } from 'kysely'
import type { Db } from '../../platform/db/db.ts'
import { profileOf, type Profile } from './queries.ts'

export interface HouseholdMember {
  profile: Profile
  last_contact: { attempted_at: Date; disposition: string; made_by: string } | null
}

/** Everybody at the address or on a number of somebody, they first. Reads each profile: a household is at most 31. */
export async function householdOf(db: Db, organization_id: string, profile: Profile): Promise<HouseholdMember[]> {
  const others: Profile[] = []
  for (const { voter_id, person_id } of profile.neighbours) {
    const other = await profileOf(db, organization_id, { voter_id, person_id })
    if (other) others.push(other)
  }
  const members: HouseholdMember[] = []
  for (const member of [profile, ...others]) {
    const { voter_id, person_id } = member.who
    const { rows } = await sql<NonNullable<HouseholdMember['last_contact']>>`
      select attempted_at, disposition, made_by from contact_attempt
      where organization_id = ${organization_id}::uuid and undone_at is null and (voter_id = ${voter_id}::integer or person_id = ${person_id}::uuid)
      order by attempted_at desc limit 1`.execute(db)
    members.push({ profile: member, last_contact: rows[0] ?? null })
  }
  return members
}
