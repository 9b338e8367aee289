import { z } from 'zod'
import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { dateIn } from '../../../platform/clock.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { Conflict, Forbidden, found } from '../../../platform/errors.ts'
import { campaignById, lockedCampaign, openCampaign } from '../queries.ts'
import { fitsLane } from '../rules.ts'
import type { Lane, PartRef } from '../schema.ts'
import { joinByWork } from '../team/commands.ts'
import { closedThing, isKeptOut, isWalled } from '../team/queries.ts'
import { campaignsWith, thingOf } from './queries.ts'
import '../tables.ts'

export type Linked = { ok: true } | { ok: false; problem: 'lane_differs' | 'in_another' }

/** Puts something of the organization into a campaign; what is in it already stays. Who may not open both is refused. */
export const linkPart = (db: Db, actor: Actor, campaign_id: string, part: PartRef, now: Date): Promise<Linked> =>
  linkTo(db, actor, campaign_id, part, now, openCampaign)

function linkTo(
  db: Db,
  actor: Actor,
  campaign_id: string,
  part: PartRef,
  now: Date,
  campaignOf: typeof openCampaign,
): Promise<Linked> {
  return inTransaction(db, async (tx): Promise<Linked> => {
    const { organization_id } = actor
    const { lane } = await campaignOf(tx, actor, campaign_id)
    if (await isKeptOut(tx, actor, campaign_id, now)) throw new Forbidden()
    if (await closedThing(tx, actor, part, now)) throw new Forbidden()
    const thing = found(await thingOf(tx, organization_id, part, { now, today: dateIn('America/New_York', now) }))
    if (!fitsLane(thing.lane, lane)) return { ok: false, problem: 'lane_differs' }
    const others = await campaignsWith(tx, organization_id, part.kind, part.part_id)
    if (others.some((each) => each.campaign_id === campaign_id)) return { ok: true }
    if (thing.lane !== null && others.length > 0) return { ok: false, problem: 'in_another' }
    await tx
      .insertInto('campaign_part')
      .values({ organization_id, campaign_id, ...part, linked_by: actor.name, linked_at: now })
      .execute()
    await audit(tx, actor, {
      action: 'campaign.link',
      subject: 'campaign',
      subject_id: campaign_id,
      after: { ...part, name: thing.name },
    })
    await joinByWork(tx, actor, part, 'linked', now)
    return { ok: true }
  })
}

/** Takes it out again; the thing itself stays. */
export function unlinkPart(db: Db, actor: Actor, campaign_id: string, { kind, part_id }: PartRef): Promise<void> {
  return inTransaction(db, async (tx) => {
    await openCampaign(tx, actor, campaign_id)
    const { numDeletedRows } = await tx
      .deleteFrom('campaign_part')
      .where('organization_id', '=', actor.organization_id)
      .where('campaign_id', '=', campaign_id)
      .where('kind', '=', kind)
      .where('part_id', '=', part_id)
      .executeTakeFirst()
    if (numDeletedRows === 0n) return
    await audit(tx, actor, {
      action: 'campaign.unlink',
      subject: 'campaign',
      subject_id: campaign_id,
      before: { kind, part_id },
    })
  })
}

/** Of what is no more, in any campaign it was part of. */
export async function forgetPart(tx: Db, actor: Actor, { kind, part_id }: PartRef): Promise<void> {
  const { organization_id } = actor
  for (const { campaign_id } of await campaignsWith(tx, organization_id, kind, part_id)) {
    await tx
      .deleteFrom('campaign_part')
      .where('organization_id', '=', organization_id)
      .where('campaign_id', '=', campaign_id)
      .where('kind', '=', kind)
      .where('part_id', '=', part_id)
      .execute()
    await audit(tx, actor, {
      action: 'campaign.unlink',
      subject: 'campaign',
      subject_id: campaign_id,
      before: { kind, part_id },
    })
  }
}

export interface Asked {
  /** null: what is made belongs to none. */
  campaign_id: string | null
  problem: 'campaigns.problem.lane_differs' | null
}

/** The campaign for which another room's form makes something, where it says so in `campaign`. */
export async function askedCampaign(
  db: Db,
  actor: Actor,
  typed: string | undefined,
  lane: Lane | null,
): Promise<Asked> {
  const asked = z.uuid().safeParse(typed)
  if (!asked.success) return { campaign_id: null, problem: null }
  const campaign = found(await campaignById(db, actor.organization_id, asked.data))
  if (!fitsLane(lane, campaign.lane)) return { campaign_id: null, problem: 'campaigns.problem.lane_differs' }
  return { campaign_id: campaign.campaign_id, problem: null }
}

/** Something in a campaign stays in its lane: another one would carry what is known on this side to the other. */
export const mayChangeLane = async (db: Db, organization_id: string, { kind, part_id }: PartRef): Promise<boolean> =>
  (await campaignsWith(db, organization_id, kind, part_id)).length === 0

/** In the transaction that made it. */
export async function linkMade(tx: Db, actor: Actor, { campaign_id }: Asked, part: PartRef, now: Date): Promise<void> {
  if (!campaign_id) return
  const linked = await linkPart(tx, actor, campaign_id, part, now)
  if (!linked.ok) throw new Conflict()
}

/** What is made anew like something of a campaign belongs to it too; behind a wall it stays there, also once the campaign is archived. */
export async function linkLike(
  tx: Db,
  actor: Actor,
  kind: PartRef['kind'],
  { from, to }: { from: string; to: string },
  now: Date,
): Promise<void> {
  for (const { campaign_id, archived_at, lane } of await campaignsWith(tx, actor.organization_id, kind, from)) {
    if (archived_at && !(await isWalled(tx, lane, now))) continue
    const linked = await linkTo(tx, actor, campaign_id, { kind, part_id: to }, now, lockedCampaign)
    if (!linked.ok) throw new Conflict()
  }
}
