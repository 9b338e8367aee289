import { sql, type Selectable } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import type { Db } from '../../platform/db/db.ts'
import { Conflict, found } from '../../platform/errors.ts'
import type { LocalizedText } from '../../platform/i18n/languages.ts'
import { contest, contestsOf, election, electionsKnown } from '../elections/contests/queries.ts'
import type { Contest, ContestOfElection, Election } from '../elections/contests/queries.ts'
import '../elections/contests/tables.ts'
import '../elections/figures/tables.ts'
import { members } from '../organizations/queries.ts'
import './tables.ts'
import type { CampaignTable } from './tables.ts'

export type Campaign = Selectable<CampaignTable>

export interface ListedCampaign extends Campaign {
  parts: number
}

/** Those that are not archived first, the one that ends next at the top. */
export const campaignsOf = (db: Db, organization_id: string): Promise<ListedCampaign[]> =>
  db
    .selectFrom('campaign as c')
    .selectAll('c')
    .select((eb) =>
      eb
        .selectFrom('campaign_part as p')
        .whereRef('p.organization_id', '=', 'c.organization_id')
        .whereRef('p.campaign_id', '=', 'c.campaign_id')
        .select((each) => each.fn.countAll<number>().as('count'))
        .$asScalar()
        .$notNull()
        .as('parts'),
    )
    .where('c.organization_id', '=', organization_id)
    .orderBy(sql`c.archived_at is not null`)
    .orderBy('c.ends_on')
    .orderBy('c.made_at', 'desc')
    .orderBy('c.campaign_id')
    .execute()

export const campaignById = (db: Db, organization_id: string, campaign_id: string): Promise<Campaign | undefined> =>
  db
    .selectFrom('campaign')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('campaign_id', '=', campaign_id)
    .executeTakeFirst()

/** The campaign, held until the transaction ends: one change after the other. */
export async function lockedCampaign(tx: Db, { organization_id }: Actor, campaign_id: string): Promise<Campaign> {
  await tx
    .selectFrom('campaign')
    .select('campaign_id')
    .where('organization_id', '=', organization_id)
    .where('campaign_id', '=', campaign_id)
    .forUpdate()
    .execute()
  return found(await campaignById(tx, organization_id, campaign_id))
}

/** The same, of one that is not archived. */
export async function openCampaign(tx: Db, actor: Actor, campaign_id: string): Promise<Campaign> {
  const campaign = await lockedCampaign(tx, actor, campaign_id)
  if (campaign.archived_at) throw new Conflict()
  return campaign
}

export interface Supported {
  candidate_id: number
  name: string
  names: LocalizedText
}

/** Whom a campaign is for, of those who run. */
export const candidatesOf = (
  db: Db,
  { organization_id, campaign_id }: Pick<Campaign, 'organization_id' | 'campaign_id'>,
): Promise<Supported[]> =>
  db
    .selectFrom('campaign_candidate as s')
    .innerJoin('candidate as n', 'n.candidate_id', 's.candidate_id')
    .innerJoin('public_figure as f', 'f.figure_id', 'n.figure_id')
    .select(['n.candidate_id', 'f.name', 'f.names'])
    .where('s.organization_id', '=', organization_id)
    .where('s.campaign_id', '=', campaign_id)
    .orderBy('f.name')
    .execute()

export interface Held {
  contest: Contest
  election: Election
}

/** A contest with the election that decides it. */
export async function heldContest(db: Db, contest_id: number): Promise<Held | undefined> {
  const held = await contest(db, contest_id)
  const day = held && (await election(db, held.election_id))
  return held && day && { contest: held, election: day }
}

/** Contests still to be decided, the next election first. */
export async function contestsToCome(
  db: Db,
  today: string,
): Promise<{ election: Election; contests: ContestOfElection[] }[]> {
  const offered = (await electionsKnown(db)).filter(({ held_on, contests }) => held_on >= today && contests > 0)
  const elections = []
  for (const each of offered.toReversed())
    elections.push({ election: each, contests: await contestsOf(db, each.election_id) })
  return elections
}

export interface Withdrawal {
  candidate_id: number
  made_at: Date
  reason: LocalizedText
}

/** Whose endorsement, in the cycle a campaign follows or its run-off, was withdrawn since, and why. */
export async function withdrawalsOf(db: Db, { organization_id, campaign_id, cycle_id }: Pick<Campaign, 'organization_id' | 'campaign_id' | 'cycle_id'>): Promise<Withdrawal[]> {
  if (cycle_id === null) return []
  const { rows } = await sql<Withdrawal>`
    select r.candidate_id, r.made_at, r.reason from endorsement_revision r
    join campaign_candidate s on s.organization_id = r.organization_id and s.campaign_id = ${campaign_id}::uuid and s.candidate_id = r.candidate_id
    join endorsement_cycle c on c.organization_id = r.organization_id and c.cycle_id = r.cycle_id
    where r.organization_id = ${organization_id}::uuid
      and (c.cycle_id = ${cycle_id}::uuid or c.runoff_of = ${cycle_id}::uuid
        or c.cycle_id = (select first.runoff_of from endorsement_cycle first where first.organization_id = r.organization_id and first.cycle_id = ${cycle_id}::uuid))
    order by r.made_at, r.candidate_id`.execute(db)
  return rows
} // prettier-ignore

/** Is there such an endorsement cycle? */
export async function hasCycle(db: Db, organization_id: string, cycle_id: string): Promise<boolean> {
  const { rows } = await sql`select from endorsement_cycle
    where organization_id = ${organization_id}::uuid and cycle_id = ${cycle_id}::uuid`.execute(db)
  return rows.length > 0
}

export interface Somebody {
  user_id: string
  name: string
}

/** Who may be asked to look after a campaign, or to work on it. */
export async function teamOf(db: Db, organization_id: string): Promise<Somebody[]> {
  const all = await members(db, organization_id)
  return all
    .filter(({ ended_at }) => ended_at === null)
    .map(({ user_id, display_name }) => ({ user_id, name: display_name }))
}
