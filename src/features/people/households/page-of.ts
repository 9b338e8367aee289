import { sql } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import {
  neighboursOf,
  profileOf,
  timelineOfAll,
  type Neighbour,
  type Profile,
  type Timeline,
  type TimelineEntry,
} from '../queries.ts'
import { whoName } from '../rules.ts'
import { changesOf, householdAt, householdById, residentsOf, type Change, type Household } from './queries.ts'

export interface Resident {
  profile: Profile
  last_contact: { attempted_at: Date; disposition: string; made_by: string; channel: string } | null
}

export interface HouseholdView {
  /** Whose household was asked for. */
  profile: Profile
  /** What the organization says of it; null: nothing yet. */
  household: Household | null
  residents: Resident[]
  /** Whoever shares a number with one of them, they themselves too. */
  elsewhere: Neighbour[]
  changes: Change[]
  /** What happened with any of them, newest first; of whom. */
  timeline: Timeline<TimelineEntry & { whose: Profile }>
  /** Of somebody who lives apart: where they do not live. */
  left: Household | null
}

const mostShown = 40

/** A household as its page shows it, those asked for first. */
export async function householdView(
  db: Db,
  organization_id: string,
  profile: Profile,
  asked: { shows_money: boolean; today: string },
): Promise<HouseholdView> {
  const { home, by_hand } = profile.home
  const household = home === null ? null : ((await householdAt(db, organization_id, home)) ?? null)
  const others: Profile[] = []
  for (const who of home === null ? [] : await residentsOf(db, organization_id, home)) {
    if (whoName(who) === whoName(profile.who)) continue
    const other = await profileOf(db, organization_id, who, { is_brief: true })
    if (other) others.push(other)
  }
  const all = [profile, ...others]
  const [contacts, timeline, elsewhere, changes, left] = await Promise.all([
    lastContacts(db, organization_id, all),
    timelineOfAll(db, organization_id, all, { ...asked, limit: mostShown }),
    neighboursOf(db, organization_id, profile.who, null, [
      ...new Set(all.flatMap(({ phones, voter_phones }) => [...phones, ...voter_phones].map(({ phone }) => phone))),
    ]),
    household ? changesOf(db, organization_id, household.household_id) : [],
    by_hand?.says === 'apart' ? householdById(db, organization_id, by_hand.household_id) : null,
  ])
  const shown = timeline.entries.slice(0, mostShown)
  return {
    profile,
    household,
    residents: all.map((each) => ({ profile: each, last_contact: contacts.get(whoName(each.who)) ?? null })),
    elsewhere,
    changes,
    timeline: {
      entries: shown,
      earlier: timeline.earlier === null ? null : timeline.earlier + timeline.entries.length - shown.length,
    },
    left: left ?? null,
  }
}

async function lastContacts(
  db: Db,
  organization_id: string,
  all: readonly Profile[],
): Promise<Map<string, NonNullable<Resident['last_contact']>>> {
  const { rows } = await sql<
    NonNullable<Resident['last_contact']> & { voter_id: number | null; person_id: string | null }
  >`
    select w.voter_id, w.person_id, c.attempted_at, c.disposition, c.made_by, c.channel
    from jsonb_to_recordset(${JSON.stringify(all.map(({ who }) => who))}::jsonb) as w (voter_id integer, person_id uuid)
    join lateral (select attempted_at, disposition, made_by, channel from contact_attempt a
      where a.organization_id = ${organization_id}::uuid and a.undone_at is null and (a.voter_id = w.voter_id or a.person_id = w.person_id)
      order by attempted_at desc limit 1) c on true`.execute(db)
  return new Map(rows.map((row) => [whoName(row), row]))
}
