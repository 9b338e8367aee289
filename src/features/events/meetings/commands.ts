import { sql } from 'kysely'
import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { found } from '../../../platform/errors.ts'
import type { EventText } from '../schema.ts'
import { lockEvent } from '../seats/commands.ts'
import { minutesOf, type Minutes } from './queries.ts'
import type { Majority } from './schema.ts'
import './tables.ts'

export interface MotionDraft {
  motion_id: string
  text: EventText
  moved_by: string
  seconded_by: string
  majority: Majority
  /** The motion it changes, of the same meeting. */
  amends: string | null
}

/** A motion of a meeting. The same form sent twice is one motion. */
export function makeMotion(db: Db, actor: Actor, event_id: string, draft: MotionDraft, now: Date): Promise<void> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    await lockEvent(tx, organization_id, event_id)
    if (draft.amends) await motionIn(tx, organization_id, event_id, draft.amends)
    const { text, ...row } = draft
    const made = await tx
      .insertInto('event_motion')
      .values({
        ...row,
        organization_id,
        event_id,
        text: JSON.stringify(text),
        nth: sql<number>`(select coalesce(max(nth), 0) + 1 from event_motion where organization_id = ${organization_id}::uuid and event_id = ${event_id}::uuid)`,
        made_at: now,
        made_by: actor.name,
      })
      .onConflict((same) => same.columns(['organization_id', 'motion_id']).doNothing())
      .returning('nth')
      .executeTakeFirst()
    if (!made) return
    await audit(tx, actor, {
      action: 'event.motion',
      subject: 'event',
      subject_id: event_id,
      after: { ...draft, nth: made.nth },
    })
  })
}

/** Taken back by whoever moved it, before hands were counted; or again before the meeting. */
export function withdrawMotion(
  db: Db,
  actor: Actor,
  event_id: string,
  motion_id: string,
  is_withdrawn: boolean,
  now: Date,
): Promise<void> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    await lockEvent(tx, organization_id, event_id)
    await motionIn(tx, organization_id, event_id, motion_id)
    const changed = await tx
      .updateTable('event_motion')
      .set({ withdrawn_at: is_withdrawn ? now : null, withdrawn_by: is_withdrawn ? actor.name : null })
      .where('organization_id', '=', organization_id)
      .where('motion_id', '=', motion_id)
      .where('withdrawn_at', is_withdrawn ? 'is' : 'is not', null)
      .executeTakeFirst()
    if (changed.numUpdatedRows === 0n) return
    await audit(tx, actor, {
      action: is_withdrawn ? 'event.motion_withdraw' : 'event.motion_restore',
      subject: 'event',
      subject_id: event_id,
      after: { motion_id },
    })
  })
}

export interface Counted {
  yes: number
  no: number
  abstain: number
  entitled: number
  /** Of a correction; without one nothing that was counted is changed. */
  reason: string
}

/**
 * The hands of a motion. `too_many`: more hands than members in the room. `no_reason`: it was counted before, and a correction
 * says why. `withdrawn`: nothing is to be decided.
 */
export function countHands(
  db: Db,
  actor: Actor,
  event_id: string,
  motion_id: string,
  { quorum, ...counted }: Counted & { quorum: number | null },
  now: Date,
): Promise<{ ok: true } | { ok: false; problem: 'too_many' | 'no_reason' | 'withdrawn' }> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    await lockEvent(tx, organization_id, event_id)
    const motion = await motionIn(tx, organization_id, event_id, motion_id)
    if (motion.withdrawn_at) return { ok: false, problem: 'withdrawn' } as const
    const { yes, no, abstain, entitled } = counted
    if (yes + no + abstain > entitled) return { ok: false, problem: 'too_many' } as const
    const before = await tx
      .selectFrom('event_motion_count')
      .select(['yes', 'no', 'abstain', 'entitled', 'quorum', 'reason'])
      .where('organization_id', '=', organization_id)
      .where('motion_id', '=', motion_id)
      .orderBy('count_id', 'desc')
      .executeTakeFirst()
    // The same once more: sent twice, or nothing to correct.
    if (before && (['yes', 'no', 'abstain', 'entitled'] as const).every((each) => before[each] === counted[each]))
      return { ok: true } as const
    if (before && !counted.reason) return { ok: false, problem: 'no_reason' } as const
    const after = { ...counted, quorum, reason: before ? counted.reason : '' }
    await tx
      .insertInto('event_motion_count')
      .values({ organization_id, motion_id, ...after, at: now, made_by: actor.name })
      .execute()
    await audit(tx, actor, {
      action: 'event.motion_count',
      subject: 'event',
      subject_id: event_id,
      before: before ? { ...before, motion_id } : null,
      after: { ...after, motion_id },
    })
    return { ok: true } as const
  })
}

/** Who presided, and when and how the minutes were approved. */
export function saveMinutes(db: Db, actor: Actor, event_id: string, minutes: Minutes, now: Date): Promise<void> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    await lockEvent(tx, organization_id, event_id)
    const before = await minutesOf(tx, organization_id, event_id)
    const values = { ...minutes, noted_at: now, noted_by: actor.name }
    await tx
      .insertInto('event_minutes')
      .values({ organization_id, event_id, ...values })
      .onConflict((same) => same.columns(['organization_id', 'event_id']).doUpdateSet(values))
      .execute()
    await audit(tx, actor, {
      action: 'event.minutes',
      subject: 'event',
      subject_id: event_id,
      before: { ...before },
      after: { ...minutes },
    })
  })
}

const motionIn = async (tx: Db, organization_id: string, event_id: string, motion_id: string) =>
  found(
    await tx
      .selectFrom('event_motion')
      .select(['motion_id', 'withdrawn_at'])
      .where('organization_id', '=', organization_id)
      .where('event_id', '=', event_id)
      .where('motion_id', '=', motion_id)
      .executeTakeFirst(),
  )
