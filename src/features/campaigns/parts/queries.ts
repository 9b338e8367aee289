import { sql } from 'kysely'
import type { Actor } from '../../../platform/actor.ts'
import type { Db } from '../../../platform/db/db.ts'
import type { LocalizedText } from '../../../platform/i18n/languages.ts'
import { closedUniverses } from '../../targeting/closed.ts'
import type { Campaign } from '../queries.ts'
import type { Lane, PartKind, PartState } from '../schema.ts'
import { closedParts } from '../team/queries.ts'
import '../tables.ts'

export interface Part {
  kind: PartKind
  part_id: string
  name: string | LocalizedText
  /** null: it has none of its own. */
  lane: Lane | null
  state: PartState
  /** Voters, conversations, mails, pieces, version or guests; null: not known yet. */
  figure: number | null
}

/** Everything an organization has that can belong to a campaign, as far as it is. `t.id` in a list of numbers. */
const things = (organization_id: string, at: { now: Date; today: string }) => sql`
  select 'universe' as kind, universe_id as part_id, to_jsonb(name) as name, null as lane,
    case when archived_at is not null then 'done' when kind = 'frozen' then 'frozen' else 'live' end as state,
    counted as figure, created_at as made_at
  from universe where organization_id = ${organization_id}::uuid
  union all
  select 'phone_bank', phone_bank_id, name, lane,
    case when ended_at is not null then 'done' when paused_at is not null then 'paused' when prepared_at is null then 'draft'
      when starts_on > ${at.today}::date then 'planned' when ends_on < ${at.today}::date then 'done' else 'running' end,
    (select count(*)::integer from contact_attempt a where a.organization_id = b.organization_id and a.phone_bank_id = b.phone_bank_id
      and a.undone_at is null and is_conversation(a.disposition, a.spoke_with)), created_at
  from phone_bank b where organization_id = ${organization_id}::uuid
  union all
  select 'mailing', mailing_id, to_jsonb(name), lane,
    case state when 'scheduled' then 'planned' when 'sending' then 'running' when 'sent' then 'done' else state end,
    (select count(*)::integer from mail_delivery d where d.organization_id = m.organization_id and d.mailing_id = m.mailing_id
      and d.state in ('sent', 'bounced')), made_at
  from mailing m where organization_id = ${organization_id}::uuid and journey_id is null
  union all
  select 'postal_drop', drop_id, to_jsonb(name), lane,
    case when state in ('draft', 'freezing') then 'draft' when state = 'mailed' then 'done' else 'ready' end, pieces, made_at
  from postal_drop where organization_id = ${organization_id}::uuid
  union all
  select 'voter_guide', guide_id, title, null,
    case when withdrawn_at is not null then 'canceled' when version is null then 'draft' else 'published' end, version, made_at
  from voter_guide g left join lateral (select max(v.version) as version from voter_guide_version v
    where v.organization_id = g.organization_id and v.guide_id = g.guide_id) published on true
  where organization_id = ${organization_id}::uuid
  union all
  select 'event', event_id, content -> 'title', null,
    case when canceled_at is not null then 'canceled' when published_at is null then 'draft' when ends_at < ${at.now} then 'done'
      when starts_at > ${at.now} then 'planned' else 'running' end,
    (select coalesce(sum(s.seats), 0)::integer from event_signup s where s.organization_id = e.organization_id and s.event_id = e.event_id
      and s.response in ('signed_up', 'confirmed')), created_at
  from event e where organization_id = ${organization_id}::uuid`

/** What belongs to a campaign, the latest of each kind first. */
export async function partsOf(
  db: Db,
  { organization_id, campaign_id }: Pick<Campaign, 'organization_id' | 'campaign_id'>,
  at: { now: Date; today: string },
): Promise<Part[]> {
  const { rows } = await sql<Part>`
    select t.kind, t.part_id, t.name, t.lane, t.state, t.figure from campaign_part p
    join lateral (select * from (${things(organization_id, at)}) each where each.kind = p.kind and each.part_id = p.part_id) t on true
    where p.organization_id = ${organization_id}::uuid and p.campaign_id = ${campaign_id}::uuid
    order by t.made_at desc, t.part_id`.execute(db)
  return rows
}

export type Linkable = Pick<Part, 'kind' | 'part_id' | 'name' | 'lane'>

/** What could still be put into it: of its lane, and of no other campaign where it may belong to one alone. */
export async function linkable(
  db: Db,
  actor: Actor,
  campaign: Campaign,
  at: { now: Date; today: string },
): Promise<Linkable[]> {
  const { organization_id, campaign_id, lane } = campaign
  const [universes, ...others] = await Promise.all([
    closedUniverses(db, actor),
    ...(['voter_guide', 'event'] as const).map((kind) => closedParts(db, actor, kind, at.now)),
  ])
  // Of lanes of their own none is of this lane and closed to whoever may open it.
  const closed = [universes, ...others].flatMap((each) => [...each])
  const { rows } = await sql<Linkable>`
    select t.kind, t.part_id, t.name, t.lane from (${things(organization_id, at)}) t
    where t.part_id <> all(${closed}::uuid[]) and t.state not in ('canceled') and (t.lane is null or t.lane = ${lane}) and not (t.kind = 'universe' and t.state = 'done')
      and not exists (select from campaign_part p where p.organization_id = ${organization_id}::uuid and p.kind = t.kind
        and p.part_id = t.part_id and (p.campaign_id = ${campaign_id}::uuid or t.lane is not null))
    order by t.made_at desc, t.part_id limit 300`.execute(db)
  return rows
}

/** One thing of the organization, whether it belongs to a campaign or not. */
export async function thingOf(
  db: Db,
  organization_id: string,
  { kind, part_id }: { kind: PartKind; part_id: string },
  at: { now: Date; today: string },
): Promise<Linkable | undefined> {
  const { rows } = await sql<Linkable>`select t.kind, t.part_id, t.name, t.lane from (${things(organization_id, at)}) t
    where t.kind = ${kind} and t.part_id = ${part_id}::uuid`.execute(db)
  return rows[0]
}

/** What the calls of a campaign came to. */
export async function reachedBy(
  db: Db,
  { organization_id, campaign_id }: Pick<Campaign, 'organization_id' | 'campaign_id'>,
): Promise<{ conversations: number; voters: number }> {
  const { rows } = await sql<{ conversations: number; voters: number }>`
    select count(*)::integer as conversations, count(distinct coalesce(a.voter_id::text, a.person_id::text))::integer as voters
    from campaign_part p join contact_attempt a on a.organization_id = p.organization_id and a.phone_bank_id = p.part_id
    where p.organization_id = ${organization_id}::uuid and p.campaign_id = ${campaign_id}::uuid and p.kind = 'phone_bank'
      and a.undone_at is null and is_conversation(a.disposition, a.spoke_with)`.execute(db)
  return rows[0] ?? { conversations: 0, voters: 0 }
}

/** Of which campaigns something is part. */
export const campaignsWith = (db: Db, organization_id: string, kind: PartKind, part_id: string) =>
  db
    .selectFrom('campaign_part as p')
    .innerJoin('campaign as c', (join) =>
      join.onRef('c.organization_id', '=', 'p.organization_id').onRef('c.campaign_id', '=', 'p.campaign_id'),
    )
    .select(['c.campaign_id', 'c.archived_at', 'c.lane'])
    .where('p.organization_id', '=', organization_id)
    .where('p.kind', '=', kind)
    .where('p.part_id', '=', part_id)
    .orderBy('c.made_at')
    .execute()
