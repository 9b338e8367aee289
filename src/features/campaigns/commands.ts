import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import { inTransaction, type Db } from '../../platform/db/db.ts'
import { Conflict } from '../../platform/errors.ts'
import type { LocalizedText } from '../../platform/i18n/languages.ts'
import { candidatesOf, lockedCampaign, openCampaign, type Campaign, type Somebody } from './queries.ts'
import type { CampaignForm, NewCampaignForm } from './schema.ts'
import { joinTeam, type Joined } from './team/commands.ts'
import { lanesClosedTo } from './team/queries.ts'
import './tables.ts'

/** What a form says, with the texts of each language and the name of whoever looks after it. */
type Told<Form> = Omit<Form, 'owner_id'> & {
  name: LocalizedText
  candidate: LocalizedText
  owner: Somebody
}
export type CampaignDraft = Told<NewCampaignForm>

const jsonOrNull = (text: LocalizedText): string | null => (Object.keys(text).length > 0 ? JSON.stringify(text) : null)

export type Made = { ok: true; campaign_id: string } | { ok: false; problem: 'kept_out' }

/** Whoever looks after it is of its team from the beginning. */
export function makeCampaign(db: Db, actor: Actor, draft: CampaignDraft, now: Date): Promise<Made> {
  return inTransaction(db, async (tx): Promise<Made> => {
    const { candidate_ids, name, candidate, owner, goal, goal_count, lane, contest_id, cycle_id, starts_on, ends_on } =
      draft
    const { organization_id } = actor
    const closed = await lanesClosedTo(tx, organization_id, owner.user_id, { lane, contest_id }, now)
    if (closed.length > 0) return { ok: false, problem: 'kept_out' }
    const { campaign_id } = await tx
      .insertInto('campaign')
      .values({
        organization_id,
        name: JSON.stringify(name),
        lane,
        contest_id,
        candidate: jsonOrNull(candidate),
        cycle_id,
        starts_on,
        ends_on,
        goal: goal_count === null ? null : goal,
        goal_count,
        owner_id: owner.user_id,
        owner: owner.name,
        made_by: actor.name,
        made_at: now,
      })
      .returning('campaign_id')
      .executeTakeFirstOrThrow()
    await setCandidates(tx, { organization_id, campaign_id }, candidate_ids)
    await audit(tx, actor, {
      action: 'campaign.make',
      subject: 'campaign',
      subject_id: campaign_id,
      after: { ...draft, owner: owner.name },
    })
    const joined = await joinTeam(tx, actor, campaign_id, owner, now)
    // Meanwhile they were put on the other side.
    if (!joined.ok) throw new Conflict()
    return { ok: true, campaign_id }
  })
}

/** Everything but contest and lane, while it is not archived. */
export async function changeCampaign(
  tx: Db,
  actor: Actor,
  campaign_id: string,
  draft: Told<CampaignForm>,
  now: Date,
): Promise<Joined> {
  const before = await openCampaign(tx, actor, campaign_id)
  const joined = await joinTeam(tx, actor, campaign_id, draft.owner, now)
  if (!joined.ok) return joined
  const { candidate_ids, name, candidate, owner, goal, goal_count, starts_on, ends_on } = draft
  const supported = await candidatesOf(tx, before)
  await tx
    .updateTable('campaign')
    .set({
      name: JSON.stringify(name),
      candidate: jsonOrNull(candidate),
      starts_on,
      ends_on,
      goal: goal_count === null ? null : goal,
      goal_count,
      owner_id: owner.user_id,
      owner: owner.name,
    })
    .where('organization_id', '=', actor.organization_id)
    .where('campaign_id', '=', campaign_id)
    .execute()
  await setCandidates(tx, before, candidate_ids)
  await audit(tx, actor, {
    action: 'campaign.change',
    subject: 'campaign',
    subject_id: campaign_id,
    before: {
      name: before.name,
      candidate: before.candidate ?? {},
      candidate_ids: supported.map(({ candidate_id }) => candidate_id),
      starts_on: before.starts_on,
      ends_on: before.ends_on,
      goal: before.goal,
      goal_count: before.goal_count,
      owner: before.owner,
    },
    after: { ...draft, goal: goal_count === null ? null : goal, owner: owner.name },
  })
  return joined
}

/** What belongs to it stays as it is; it only leaves the list of what is going on. */
export function archiveCampaign(db: Db, actor: Actor, campaign_id: string, now: Date): Promise<void> {
  return inTransaction(db, async (tx) => {
    await openCampaign(tx, actor, campaign_id)
    await setArchived(tx, actor, campaign_id, { archived_by: actor.name, archived_at: now })
    await audit(tx, actor, { action: 'campaign.archive', subject: 'campaign', subject_id: campaign_id })
  })
}

export function restoreCampaign(db: Db, actor: Actor, campaign_id: string): Promise<void> {
  return inTransaction(db, async (tx) => {
    const { archived_at } = await lockedCampaign(tx, actor, campaign_id)
    if (!archived_at) throw new Conflict()
    await setArchived(tx, actor, campaign_id, { archived_by: null, archived_at: null })
    await audit(tx, actor, { action: 'campaign.restore', subject: 'campaign', subject_id: campaign_id })
  })
}

const setArchived = (
  tx: Db,
  { organization_id }: Actor,
  campaign_id: string,
  values: { archived_by: string | null; archived_at: Date | null },
) =>
  tx
    .updateTable('campaign')
    .set(values)
    .where('organization_id', '=', organization_id)
    .where('campaign_id', '=', campaign_id)
    .execute()

async function setCandidates(
  tx: Db,
  { organization_id, campaign_id }: Pick<Campaign, 'organization_id' | 'campaign_id'>,
  candidate_ids: readonly number[],
): Promise<void> {
  await tx
    .deleteFrom('campaign_candidate')
    .where('organization_id', '=', organization_id)
    .where('campaign_id', '=', campaign_id)
    .execute()
  if (candidate_ids.length === 0) return
  await tx
    .insertInto('campaign_candidate')
    .values([...new Set(candidate_ids)].map((candidate_id) => ({ organization_id, campaign_id, candidate_id })))
    .execute()
}
