import { sql } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import { profileOf, timelineOf, type Profile, type TimelineEntry } from '../queries.ts'
import { whoName } from '../rules.ts'
import { changesOf, householdAt, householdById, residentsOf, type Change, type Household } from './queries.ts'

export interface Resident {
  profile: Profile
  last_contact: { attempted_at: Date; disposition: string; made_by: string } | null
}

export interface HouseholdView {
  /** Whose household was asked for. */
  profile: Profile
  /** What the organization says of it; null: nothing yet. */
  household: Household | null
  residents: Resident[]
  changes: Change[]
  /** What happened with any of them, newest first; of whom. */
  timeline: (TimelineEntry & { whose: Profile })[]
  /** Of somebody who lives apart: where they do not live. */
  left: Household | null
}

const mostShown = 40

/** A household as its page shows it, those asked for first. Reads each profile: a household is at most 31. */
export async function householdView(db: Db, organization_id: string, profile: Profile): Promise<HouseholdView> {
  const { home, by_hand } = profile.home
  const household = home === null ? null : ((await householdAt(db, organization_id, home)) ?? null)
  const others: Profile[] = []
  for (const who of home === null ? [] : await residentsOf(db, organization_id, home)) {
    if (whoName(who) === whoName(profile.who)) continue
    const other = await profileOf(db, organization_id, who)
    if (other) others.push(other)
  }
  const residents: Resident[] = []
  const timeline: HouseholdView['timeline'] = []
  for (const whose of [profile, ...others]) {
    residents.push({ profile: whose, last_contact: await lastContact(db, organization_id, whose) })
    for (const entry of await timelineOf(db, organization_id, whose, mostShown)) timeline.push({ ...entry, whose })
  }
  return {
    profile,
    household,
    residents,
    changes: household ? await changesOf(db, organization_id, household.household_id) : [],
    timeline: timeline.sort((a, b) => b.at.getTime() - a.at.getTime()).slice(0, mostShown),
    left: by_hand?.says === 'apart' ? ((await householdById(db, organization_id, by_hand.household_id)) ?? null) : null,
  }
}

async function lastContact(db: Db, organization_id: string, { who }: Profile): Promise<Resident['last_contact']> {
  const { voter_id, person_id } = who
  const { rows } = await sql<NonNullable<Resident['last_contact']>>`
    select attempted_at, disposition, made_by from contact_attempt
    where organization_id = ${organization_id}::uuid and undone_at is null and (voter_id = ${voter_id}::integer or person_id = ${person_id}::uuid)
    order by attempted_at desc limit 1`.execute(db)
  return rows[0] ?? null
}
