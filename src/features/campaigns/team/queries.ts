import { sql, type Selectable } from 'kysely'
import type { Actor } from '../../../platform/actor.ts'
import type { Db } from '../../../platform/db/db.ts'
import { closedByName } from '../../targeting/closed.ts'
import { campaignById, type Campaign } from '../queries.ts'
import type { Lane, PartKind, PartRef } from '../schema.ts'
import type { CampaignMemberTable } from '../tables.ts'

export type TeamRow = Selectable<CampaignMemberTable>

/** Who works on a campaign, and below them who did. */
export const teamRows = (
  db: Db,
  { organization_id, campaign_id }: Pick<Campaign, 'organization_id' | 'campaign_id'>,
): Promise<TeamRow[]> =>
  db
    .selectFrom('campaign_member')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('campaign_id', '=', campaign_id)
    .orderBy(sql`left_at is not null`)
    .orderBy('joined_at')
    .orderBy('name')
    .execute()

/** A work of theirs by which somebody is kept out. */
export interface Wall {
  campaign_id: string
  joined_at: Date
  left_at: Date | null
}

/** Why somebody may not open a campaign; none: they may. */
export async function wallsOf(
  db: Db,
  organization_id: string,
  user_id: string,
  campaign_id: string,
  now: Date,
): Promise<Wall[]> {
  const { rows } = await sql<Wall>`select campaign_id, joined_at, left_at
    from campaign_walls(${organization_id}::uuid, ${user_id}::uuid, ${campaign_id}::uuid, ${now})`.execute(db)
  return rows
}

/** The same before there is a campaign. */
export async function lanesClosedTo(
  db: Db,
  organization_id: string,
  user_id: string,
  { lane, contest_id }: { lane: Lane; contest_id: number | null },
  now: Date,
): Promise<Wall[]> {
  const { rows } = await sql<Wall>`select campaign_id, joined_at, left_at
    from lane_walls(${organization_id}::uuid, ${user_id}::uuid, ${lane}, ${contest_id}::integer, ${now})`.execute(db)
  return rows
}

/** Signed in as a member: programs and jobs are nobody's team. */
const isSomebody = ({ kind, id }: Actor): boolean => kind === 'user' && /^[0-9a-f-]{36}$/.test(id)

export const isKeptOut = async (db: Db, actor: Actor, campaign_id: string, now: Date): Promise<boolean> =>
  isSomebody(actor) && (await wallsOf(db, actor.organization_id, actor.id, campaign_id, now)).length > 0

/** The campaign because of which somebody may not open a thing. */
export async function closedBy(db: Db, actor: Actor, { kind, part_id }: PartRef, now: Date): Promise<string | null> {
  if (!isSomebody(actor)) return null
  const { rows } = await sql<{ campaign_id: string | null }>`select campaign_closed_by(${actor.organization_id}::uuid,
    ${actor.id}::uuid, ${kind}, ${part_id}::uuid, ${now}) as campaign_id`.execute(db)
  return rows[0]?.campaign_id ?? null
}

/** The same, also of a list that is in no campaign and names what is closed. */
export async function closedThing(db: Db, actor: Actor, part: PartRef, now: Date): Promise<string | null> {
  const closed = await closedBy(db, actor, part, now)
  if (closed || part.kind !== 'universe') return closed
  const named = (await closedByName(db, actor)).get(part.part_id)
  return named ? closedBy(db, actor, named, now) : null
}

/** The same of a file made of a list, and of the list itself. */
export async function closedExport(db: Db, actor: Actor, export_id: string, now: Date): Promise<string | null> {
  const { rows } = await sql<{ universe_id: string }>`select universe_id from universe_export
    where organization_id = ${actor.organization_id}::uuid and export_id = ${export_id}::uuid and universe_id is not null`.execute(
    db,
  )
  const [made] = rows
  return made ? closedThing(db, actor, { kind: 'universe', part_id: made.universe_id }, now) : null
}

/** Does a lane stand behind a wall on a day? */
export async function isWalled(db: Db, lane: Lane, now: Date): Promise<boolean> {
  const { rows } = await sql<{ is_walled: boolean }>`select is_walled(${lane}, ${now}) as is_walled`.execute(db)
  return rows[0]?.is_walled ?? false
}

/** Walled campaigns onto whose teams somebody comes by working on a part of them; none they are on already. */
export async function campaignsJoinedBy(
  db: Db,
  actor: Actor,
  { kind, part_id }: PartRef,
  now: Date,
): Promise<string[]> {
  if (!isSomebody(actor)) return []
  const { organization_id, id } = actor
  const { rows } = await sql<{ campaign_id: string }>`select w.campaign_id
    from walled_campaigns_of(${organization_id}::uuid, ${kind}, ${part_id}::uuid, ${now}) w(campaign_id)
    where not exists (select from campaign_member m where m.organization_id = ${organization_id}::uuid
      and m.campaign_id = w.campaign_id and m.user_id = ${id}::uuid and m.left_at is null)`.execute(db)
  return rows.map(({ campaign_id }) => campaign_id)
}

/** Would somebody come onto both sides of a wall by working on all of these at once? */
export async function areOfBothSides(
  db: Db,
  { organization_id }: Actor,
  kind: PartKind,
  part_ids: readonly string[],
  now: Date,
): Promise<boolean> {
  if (part_ids.length < 2) return false
  const { rows } = await sql<{ is_both: boolean }>`with joined as (
      select distinct c.campaign_id, c.lane, c.contest_id from unnest(${[...part_ids]}::uuid[]) part_id
      cross join lateral walled_campaigns_of(${organization_id}::uuid, ${kind}, part_id, ${now}) w(campaign_id)
      join campaign c on c.organization_id = ${organization_id}::uuid and c.campaign_id = w.campaign_id)
    select exists (select from joined one join joined other on are_apart(one.lane, other.lane, ${now})
      and is_same_race(one.contest_id, other.contest_id)) as is_both`.execute(db)
  return rows[0]?.is_both ?? false
}

/** Things of a kind that somebody may not open. */
export async function closedParts(db: Db, actor: Actor, kind: PartKind, now: Date): Promise<Set<string>> {
  if (!isSomebody(actor)) return new Set()
  const { rows } = await sql<{ part_id: string }>`select part_id
    from closed_parts(${actor.organization_id}::uuid, ${actor.id}::uuid, ${kind}, ${now}) part_id`.execute(db)
  return new Set(rows.map(({ part_id }) => part_id))
}

/** Campaigns that somebody may not open. */
export async function closedCampaigns(db: Db, actor: Actor, now: Date): Promise<Set<string>> {
  if (!isSomebody(actor)) return new Set()
  const { rows } = await sql<{ campaign_id: string }>`select campaign_id from campaign c
    where organization_id = ${actor.organization_id}::uuid
      and exists (select from campaign_walls(c.organization_id, ${actor.id}::uuid, c.campaign_id, ${now}))`.execute(db)
  return new Set(rows.map(({ campaign_id }) => campaign_id))
}

export interface KeptOut extends Wall {
  user_id: string
  name: string
}

/** Who is kept out of a campaign because of what they work or worked on. */
export async function keptOutOf(db: Db, { organization_id, campaign_id }: Campaign, now: Date): Promise<KeptOut[]> {
  const { rows } = await sql<KeptOut>`
    select m.user_id, max(m.name) as name, w.campaign_id, min(w.joined_at) as joined_at,
      case when bool_or(w.left_at is null) then null else max(w.left_at) end as left_at
    from (select distinct on (user_id) user_id, name from campaign_member where organization_id = ${organization_id}::uuid
      order by user_id, joined_at desc) m
    cross join lateral campaign_walls(${organization_id}::uuid, m.user_id, ${campaign_id}::uuid, ${now}) w
    group by m.user_id, w.campaign_id order by 2, 4`.execute(db)
  return rows
}

export interface Refused {
  closed: Campaign
  because: Campaign
  wall: Wall
}

/** In which words a closed campaign is refused. */
export async function refusalOf(db: Db, actor: Actor, campaign_id: string, now: Date): Promise<Refused | null> {
  const { organization_id } = actor
  const [wall] = await wallsOf(db, organization_id, actor.id, campaign_id, now)
  const closed = await campaignById(db, organization_id, campaign_id)
  const because = wall && (await campaignById(db, organization_id, wall.campaign_id))
  return wall && closed && because ? { closed, because, wall } : null
}

/** The phone bank of a link for callers. */
export async function bankOfCode(db: Db, organization_id: string, code: string): Promise<string | null> {
  const { rows } = await sql<{ phone_bank_id: string }>`select phone_bank_id from phone_bank
    where organization_id = ${organization_id}::uuid and lower(join_code) = lower(${code})`.execute(db)
  return rows[0]?.phone_bank_id ?? null
}

/** The rules by which lanes are kept apart on a day. */
export async function wallRules(
  db: Db,
  today: string,
): Promise<{ cooling_off_days: number | null; source: string; effective_from: string }[]> {
  const { rows } = await sql<{ cooling_off_days: number | null; source: string; effective_from: string }>`
    select cooling_off_days, source, effective_from from lane_wall
    where ${today}::date between effective_from and coalesce(effective_to, 'infinity') order by one, other`.execute(db)
  return rows
}
