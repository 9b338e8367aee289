import { sql } from 'kysely'
import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { found } from '../../../platform/errors.ts'
import type { EventText } from '../schema.ts'
import { lockEvent } from '../seats/commands.ts'
import { attendanceOf, minutesOf, type Minutes } from './queries.ts'
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

type Approved = { ok: false; problem: 'approved' }
const approved: Approved = { ok: false, problem: 'approved' }

/** A motion of a meeting. The same form sent twice is one motion. */
export function makeMotion(
  db: Db,
  actor: Actor,
  event_id: string,
  draft: MotionDraft,
  now: Date,
): Promise<{ ok: true } | Approved> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    await lockEvent(tx, organization_id, event_id)
    if (await areApproved(tx, organization_id, event_id)) return approved
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
    if (!made) return { ok: true } as const
    await audit(tx, actor, {
      action: 'event.motion',
      subject: 'event',
      subject_id: event_id,
      after: { ...draft, nth: made.nth },
    })
    return { ok: true } as const
  })
}

/** Taken back by whoever moved it, before hands were counted; or again before the meeting. `counted`: they were. */
export function withdrawMotion(
  db: Db,
  actor: Actor,
  event_id: string,
  motion_id: string,
  is_withdrawn: boolean,
  now: Date,
): Promise<{ ok: true } | Approved | { ok: false; problem: 'counted' }> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    await lockEvent(tx, organization_id, event_id)
    await motionIn(tx, organization_id, event_id, motion_id)
    if (await areApproved(tx, organization_id, event_id)) return approved
    if (is_withdrawn && (await newestCount(tx, organization_id, motion_id))) return { ok: false, problem: 'counted' } as const // prettier-ignore
    const changed = await tx
      .updateTable('event_motion')
      .set({ withdrawn_at: is_withdrawn ? now : null, withdrawn_by: is_withdrawn ? actor.name : null })
      .where('organization_id', '=', organization_id)
      .where('motion_id', '=', motion_id)
      .where('withdrawn_at', is_withdrawn ? 'is' : 'is not', null)
      .executeTakeFirst()
    if (changed.numUpdatedRows === 0n) return { ok: true } as const
    await audit(tx, actor, {
      action: is_withdrawn ? 'event.motion_withdraw' : 'event.motion_restore',
      subject: 'event',
      subject_id: event_id,
      after: { motion_id },
    })
    return { ok: true } as const
  })
}

export interface Counted {
  yes: number
  no: number
  abstain: number
  entitled: number
  /** Members in the room, also those who may not vote on it. */
  present: number
  /** Of a correction; without one nothing that was counted is changed. */
  reason: string
}

/**
 * The hands of a motion. `too_many`: more hands than may vote. `too_few_present`: more may vote than are there. `no_reason`: it was counted before, and a correction
 * says why. `withdrawn`: nothing is to be decided.
 */
export function countHands(
  db: Db,
  actor: Actor,
  event_id: string,
  motion_id: string,
  { quorum, ...counted }: Counted & { quorum: number | null },
  now: Date,
): Promise<
  { ok: true } | Approved | { ok: false; problem: 'too_many' | 'too_few_present' | 'no_reason' | 'withdrawn' }
> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    await lockEvent(tx, organization_id, event_id)
    const motion = await motionIn(tx, organization_id, event_id, motion_id)
    if (motion.withdrawn_at) return { ok: false, problem: 'withdrawn' } as const
    if (await areApproved(tx, organization_id, event_id)) return approved
    const { yes, no, abstain, entitled, present } = counted
    if (yes + no + abstain > entitled) return { ok: false, problem: 'too_many' } as const
    if (entitled > present) return { ok: false, problem: 'too_few_present' } as const
    const before = await newestCount(tx, organization_id, motion_id)
    // The same once more: sent twice, or nothing to correct.
    const hands = { yes, no, abstain, entitled, present, quorum }
    if (before && (Object.keys(hands) as (keyof typeof hands)[]).every((each) => before[each] === hands[each]))
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

/** Who presided, and when and how the minutes were approved: from then on they stay as they are. */
export function saveMinutes(
  db: Db,
  actor: Actor,
  event_id: string,
  minutes: Omit<Minutes, 'as_approved'>,
  now: Date,
): Promise<{ ok: true } | Approved> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    const event = await lockEvent(tx, organization_id, event_id)
    const { as_approved: _numbers, ...before } = await minutesOf(tx, organization_id, event_id)
    if (before.approved_on) return approved
    const as_approved = minutes.approved_on ? await attendanceOf(tx, event, { ...minutes, as_approved: null }) : null
    const values = {
      ...minutes,
      as_approved: as_approved && JSON.stringify(as_approved),
      noted_at: now,
      noted_by: actor.name,
    }
    await tx
      .insertInto('event_minutes')
      .values({ organization_id, event_id, ...values })
      .onConflict((same) => same.columns(['organization_id', 'event_id']).doUpdateSet(values))
      .execute()
    await audit(tx, actor, {
      action: 'event.minutes',
      subject: 'event',
      subject_id: event_id,
      before,
      after: { ...minutes, ...(as_approved && { as_approved }) },
    })
    return { ok: true } as const
  })
}

/** Takes the approval of the minutes back: they are a draft again. */
export function reopenMinutes(db: Db, actor: Actor, event_id: string, now: Date): Promise<void> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    await lockEvent(tx, organization_id, event_id)
    const before = await minutesOf(tx, organization_id, event_id)
    if (!before.approved_on) return
    await tx
      .updateTable('event_minutes')
      .set({ approved_on: null, approved_how: '', as_approved: null, noted_at: now, noted_by: actor.name })
      .where('organization_id', '=', organization_id)
      .where('event_id', '=', event_id)
      .execute()
    await audit(tx, actor, {
      action: 'event.minutes_reopen',
      subject: 'event',
      subject_id: event_id,
      before: { ...before },
      after: { approved_on: null, approved_how: '' },
    })
  })
}

const areApproved = async (tx: Db, organization_id: string, event_id: string): Promise<boolean> =>
  (await minutesOf(tx, organization_id, event_id)).approved_on !== null

const newestCount = (tx: Db, organization_id: string, motion_id: string) =>
  tx
    .selectFrom('event_motion_count')
    .select(['yes', 'no', 'abstain', 'entitled', 'present', 'quorum', 'reason'])
    .where('organization_id', '=', organization_id)
    .where('motion_id', '=', motion_id)
    .orderBy('count_id', 'desc')
    .executeTakeFirst()

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
