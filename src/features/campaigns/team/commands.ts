import { sql } from 'kysely'
import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { Conflict } from '../../../platform/errors.ts'
import { lockedCampaign, type Somebody } from '../queries.ts'
import type { Because, PartRef } from '../schema.ts'
import { campaignsJoinedBy, wallsOf } from './queries.ts'
import '../tables.ts'

export type Joined = { ok: true } | { ok: false; problem: 'kept_out' }

/** Two at once do not put somebody on both sides of a wall. */
const lockTeams = (tx: Db, organization_id: string) =>
  sql`select pg_advisory_xact_lock(hashtextextended('campaign teams ' || ${organization_id}, 0))`.execute(tx)

/** Whoever works or worked on the other side of a wall is not taken; who is on it already stays. */
export function joinTeam(
  db: Db,
  actor: Actor,
  campaign_id: string,
  who: Somebody,
  now: Date,
  because: Because = 'added',
): Promise<Joined> {
  return inTransaction(db, async (tx): Promise<Joined> => {
    const { organization_id } = actor
    await lockTeams(tx, organization_id)
    await lockedCampaign(tx, actor, campaign_id)
    if ((await wallsOf(tx, organization_id, who.user_id, campaign_id, now)).length > 0)
      return { ok: false, problem: 'kept_out' }
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto('campaign_member')
      .values({
        organization_id,
        campaign_id,
        user_id: who.user_id,
        name: who.name,
        joined_at: now,
        added_by: actor.name,
        because,
      })
      .onConflict((on) => on.doNothing())
      .executeTakeFirst()
    if (!numInsertedOrUpdatedRows) return { ok: true }
    await audit(tx, actor, {
      action: 'campaign.join',
      subject: 'campaign',
      subject_id: campaign_id,
      after: { of_team: who.name, ...(because !== 'added' && { because }) },
    })
    return { ok: true }
  })
}

/**
 * Whoever does something for a part of a walled campaign works on it, and is of its team by that. Not where both sides of
 * a wall share the part; who is on the other side was refused before they could do anything.
 */
export async function joinByWork(
  db: Db,
  actor: Actor,
  part: PartRef,
  because: Exclude<Because, 'added'>,
  now: Date,
): Promise<void> {
  for (const campaign_id of await campaignsJoinedBy(db, actor, part, now))
    await joinTeam(db, actor, campaign_id, { user_id: actor.id, name: actor.name }, now, because)
}

/** From now on they do not work on it; what they saw keeps them out of the other lane all the same. */
export const leaveTeam = (db: Db, actor: Actor, campaign_id: string, user_id: string, now: Date): Promise<void> =>
  end(db, actor, campaign_id, user_id, { now, mistake: null })

/** So long somebody else may say that it was entered by mistake. */
const mistake_ms = 24 * 60 * 60 * 1000

/** They never worked on it. Not said by themselves, and within a day: nobody washes off what they saw. */
export async function takeBackMember(
  db: Db,
  actor: Actor,
  campaign_id: string,
  user_id: string,
  mistake: string,
  now: Date,
): Promise<void> {
  if (user_id === actor.id) throw new Conflict()
  return end(db, actor, campaign_id, user_id, { now, mistake })
}

export const mayTakeBack = (
  row: { user_id: string; joined_at: Date; left_at: Date | null },
  { id }: Pick<Actor, 'id'>,
  now: Date,
): boolean => row.left_at === null && row.user_id !== id && now.getTime() - row.joined_at.getTime() < mistake_ms

function end(
  db: Db,
  actor: Actor,
  campaign_id: string,
  user_id: string,
  { now, mistake }: { now: Date; mistake: string | null },
): Promise<void> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    await lockTeams(tx, organization_id)
    const { owner_id } = await lockedCampaign(tx, actor, campaign_id)
    const row = await tx
      .selectFrom('campaign_member')
      .selectAll()
      .where('organization_id', '=', organization_id)
      .where('campaign_id', '=', campaign_id)
      .where('user_id', '=', user_id)
      .where('left_at', 'is', null)
      .executeTakeFirst()
    // Whoever looks after it works on it.
    if (!row || owner_id === user_id || (mistake !== null && !mayTakeBack(row, actor, now))) throw new Conflict()
    await tx
      .updateTable('campaign_member')
      .set({ left_at: now, left_by: actor.name, mistake })
      .where('organization_id', '=', organization_id)
      .where('campaign_id', '=', campaign_id)
      .where('user_id', '=', user_id)
      .where('left_at', 'is', null)
      .execute()
    await audit(tx, actor, {
      action: mistake === null ? 'campaign.leave' : 'campaign.take_back_member',
      subject: 'campaign',
      subject_id: campaign_id,
      before: { of_team: row.name },
      after: mistake === null ? null : { reason: mistake },
    })
  })
}
