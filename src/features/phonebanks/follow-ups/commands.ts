import { sql } from 'kysely'
import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { dateIn } from '../../../platform/clock.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { Forbidden, found, NotFound } from '../../../platform/errors.ts'
import { joinByWork } from '../../campaigns/team/commands.ts'
import { areOfBothSides, closedParts } from '../../campaigns/team/queries.ts'
import { phoneBank } from '../dashboard.ts'
import { opensNextAt } from '../rules.ts'
import { whyOffList } from '../targets/off-list.ts'
import { possibleOwners } from './queries.ts'
import '../tables.ts'

/** What becomes of a voter who waited for the organizer. */
export type Release = 'call' | 'finish'

export interface NewFollowUp {
  kind: 'volunteer' | 'yard_sign' | 'ride' | 'mail_ballot'
  voter_id: number | null
  person_id: string
  /** The contact it came from. */
  attempt_id: string
  note: string | null
  owner_id?: string | null
  /** 'YYYY-MM-DD' */
  due_on?: string | null
}

/** A task from a contact made elsewhere than on a phone bank, in the same list. */
export async function addFollowUp(db: Db, actor: Actor, task: NewFollowUp, now: Date): Promise<void> {
  await db
    .insertInto('follow_up')
    .values({
      organization_id: actor.organization_id,
      ...task,
      phone_bank_id: null,
      caller_id: null,
      made_by: actor.name,
      made_at: now,
    })
    .execute()
}

/** What is left out stays as it is. */
export interface Assignment {
  /** A present organizer or host; null: nobody yet. */
  owner_id?: string | null | undefined
  /** 'YYYY-MM-DD'. */
  due_on?: string | null | undefined
}

/** Of the campaigns in two lanes that do not mix, nobody works for both, nor gives somebody what is closed to them. */
export type Assigned = { ok: true; count: number } | { ok: false; problem: 'both_sides' | 'owner_is_of_other_side' }

/**
 * Gives follow-ups to somebody, with a day; those done meanwhile stay as they are. How many changed. NotFound for one
 * that is not there and for an owner who could not see them.
 */
export function assignFollowUps(
  db: Db,
  actor: Actor,
  follow_up_ids: readonly string[],
  { owner_id, due_on }: Assignment,
  now: Date,
): Promise<Assigned> {
  const { organization_id } = actor
  return inTransaction(db, async (tx): Promise<Assigned> => {
    if (owner_id) found((await possibleOwners(tx, organization_id, now)).find((each) => each.user_id === owner_id))
    const before = await tx
      .selectFrom('follow_up')
      .select(['follow_up_id', 'phone_bank_id', 'owner_id', 'due_on', 'solved_at'])
      .where('organization_id', '=', organization_id)
      .where('follow_up_id', 'in', [...new Set(follow_up_ids)])
      .orderBy('follow_up_id')
      .forUpdate()
      .execute()
    if (before.length < new Set(follow_up_ids).size) throw new NotFound()
    await notClosed(tx, actor, before, now)
    const after = (each: (typeof before)[number]) => ({
      owner_id: owner_id === undefined ? each.owner_id : owner_id,
      due_on: due_on === undefined ? each.due_on : due_on,
    })
    const changed = before.filter(
      (each) => !each.solved_at && (each.owner_id !== after(each).owner_id || each.due_on !== after(each).due_on),
    )
    if (changed.length === 0) return { ok: true, count: 0 }
    if (await isOfBothSides(tx, actor, changed, now)) return { ok: false, problem: 'both_sides' }
    if (owner_id && (await isAnyClosedTo(tx, { ...actor, kind: 'user', id: owner_id }, changed, now)))
      return { ok: false, problem: 'owner_is_of_other_side' }
    await tx
      .updateTable('follow_up')
      .set({
        ...(owner_id !== undefined && { owner_id }),
        ...(due_on !== undefined && { due_on }),
        assigned_by: actor.name,
        assigned_at: now,
      })
      .where('organization_id', '=', organization_id)
      .where(
        'follow_up_id',
        'in',
        changed.map((each) => each.follow_up_id),
      )
      .execute()
    for (const each of changed) {
      await audit(tx, actor, {
        action: 'follow_up.assign',
        subject: 'follow_up',
        subject_id: each.follow_up_id,
        before: { owner_id: each.owner_id, due_on: each.due_on },
        after: after(each),
      })
    }
    await workOnFollowUps(tx, actor, changed, now)
    return { ok: true, count: changed.length }
  })
}

type OfBank = readonly { phone_bank_id: string | null }[]

const banksOf = (rows: OfBank): Set<string> => new Set(rows.flatMap(({ phone_bank_id }) => phone_bank_id ?? []))

/** What calls of the other lane of a campaign came to is nothing to them, though they have a page with it still. */
async function notClosed(tx: Db, actor: Actor, rows: OfBank, now: Date): Promise<void> {
  if (await isAnyClosedTo(tx, actor, rows, now)) throw new Forbidden()
}

async function isAnyClosedTo(tx: Db, actor: Actor, rows: OfBank, now: Date): Promise<boolean> {
  const closed = await closedParts(tx, actor, 'phone_bank', now)
  return [...banksOf(rows)].some((each) => closed.has(each))
}

/** Who is on neither side sees the follow-ups of both, and works for one. */
export const isOfBothSides = (db: Db, actor: Actor, rows: OfBank, now: Date): Promise<boolean> =>
  areOfBothSides(db, actor, 'phone_bank', [...banksOf(rows)], now)

/** Whoever works on what the calls of a campaign came to, works on the campaign. */
export async function workOnFollowUps(db: Db, actor: Actor, rows: OfBank, now: Date): Promise<void> {
  for (const part_id of banksOf(rows)) await joinByWork(db, actor, { kind: 'phone_bank', part_id }, 'worked', now)
}

/** What was noted as done first. */
export interface SolvedBefore {
  by: string
  at: Date
  solution: string
  /** What became of the voter who waited; null: nobody did. */
  release: Release | null
}

/**
 * Where somebody else noted it as done first, and what: nothing that was written is lost or overwritten unseen.
 * `is_kept`: another decision on the voter came too late, they are being called or were reached since.
 */
export type Solved = { ok: true; is_kept?: boolean } | { ok: false; theirs: SolvedBefore }

interface Solution {
  solution: string
  /** Not said: whoever waited is finished, or stays as somebody decided before. */
  release?: Release | undefined
  /** Theirs, which was seen and makes room. */
  instead_of?: { solution: string; release: string } | undefined
}

/** Notes a follow-up as done. A voter who waited for it may be called again, or is finished. The same twice does no harm. */
export function solveFollowUp(
  db: Db,
  actor: Actor,
  follow_up_id: string,
  { solution, release: asked, instead_of }: Solution,
  now: Date,
): Promise<Solved> {
  const { organization_id } = actor
  const release = asked ?? 'finish'
  return inTransaction(db, async (tx): Promise<Solved> => {
    const before = found(
      await tx
        .selectFrom('follow_up')
        .select(['kind', 'voter_id', 'phone_bank_id', 'solved_at', 'solved_by', 'solution', 'release'])
        .where('organization_id', '=', organization_id)
        .where('follow_up_id', '=', follow_up_id)
        .forUpdate()
        .executeTakeFirst(),
    )
    const { phone_bank_id, voter_id } = before
    await notClosed(tx, actor, [before], now)
    await workOnFollowUps(tx, actor, [before], now)
    const waiter = phone_bank_id !== null && voter_id !== null ? { phone_bank_id, voter_id } : null
    const note = (change: { solution: string | null; release: Release | null }) =>
      tx
        .updateTable('follow_up')
        // Theirs now: what is taken back of a call does not open it again.
        .set({ ...change, solved_at: now, solved_by: actor.name, solved_attempt_id: null })
        .where('organization_id', '=', organization_id)
        .where('follow_up_id', '=', follow_up_id)
        .execute()
    const told = { action: 'follow_up.solve', subject: 'follow_up', subject_id: follow_up_id }

    if (before.solved_at) {
      const theirs: SolvedBefore = {
        by: before.solved_by ?? '',
        at: before.solved_at,
        solution: before.solution ?? '',
        release: before.release,
      }
      const isOther = asked !== undefined && theirs.release !== null && asked !== theirs.release
      // Pressed twice, or nothing else to say: it is done.
      if ((!solution || solution === theirs.solution) && !isOther) return { ok: true }
      if (instead_of?.solution !== theirs.solution || instead_of.release !== (theirs.release ?? ''))
        return { ok: false, theirs }
      const isReleased =
        isOther &&
        waiter !== null &&
        !(await waitsForElse(tx, organization_id, follow_up_id, waiter)) &&
        (await waitAgain(tx, organization_id, waiter))
          ? await releaseVoter(tx, organization_id, follow_up_id, waiter, release, now)
          : false
      const after = { solution: solution || before.solution, release: isReleased ? release : theirs.release }
      await note(after)
      await audit(tx, actor, { ...told, before: { solution: before.solution, release: theirs.release }, after })
      return { ok: true, is_kept: isOther && !isReleased }
    }
    const isReleased = waiter !== null && (await releaseVoter(tx, organization_id, follow_up_id, waiter, release, now))
    await note({ solution: solution || null, release: isReleased ? release : null })
    await audit(tx, actor, { ...told, after: { kind: before.kind, voter_id, solution, release } })
    return { ok: true }
  })
}

interface Waiter {
  phone_bank_id: string
  voter_id: number
}

const targetOf = (tx: Db, organization_id: string, { phone_bank_id, voter_id }: Waiter) =>
  tx
    .updateTable('phone_bank_target')
    .where('organization_id', '=', organization_id)
    .where('phone_bank_id', '=', phone_bank_id)
    .where('voter_id', '=', voter_id)

/** Whether they stand as the first decision left them: then they wait for the organizer again. */
async function waitAgain(tx: Db, organization_id: string, waiter: Waiter): Promise<boolean> {
  const { numUpdatedRows } = await targetOf(tx, organization_id, waiter)
    .set({ state: 'waiting', why: 'organizer' })
    .where((eb) =>
      eb.or([
        eb.and([eb('state', '=', 'finished'), eb('why', '=', 'organizer')]),
        eb.and([eb('state', '=', 'waiting'), eb('why', 'in', ['call_back', 'resting'])]),
      ]),
    )
    .executeTakeFirstOrThrow()
  return numUpdatedRows > 0n
}

async function waitsForElse(tx: Db, organization_id: string, follow_up_id: string, waiter: Waiter): Promise<boolean> {
  const other = await tx
    .selectFrom('follow_up')
    .select('follow_up_id')
    .where('organization_id', '=', organization_id)
    .where('phone_bank_id', '=', waiter.phone_bank_id)
    .where('voter_id', '=', waiter.voter_id)
    .where('follow_up_id', '<>', follow_up_id)
    .where('kind', 'in', ['organizer', 'call_back_too_late'])
    .where('solved_at', 'is', null)
    .executeTakeFirst()
  return other !== undefined
}

/** Lets go of a voter who waits for the organizer, unless something else is left to do for them. Whether they did wait. */
async function releaseVoter(
  tx: Db,
  organization_id: string,
  follow_up_id: string,
  waiter: Waiter,
  release: Release,
  now: Date,
): Promise<boolean> {
  const { phone_bank_id, voter_id } = waiter
  if (await waitsForElse(tx, organization_id, follow_up_id, waiter)) return false
  const at = release === 'call' ? await keptFor(tx, organization_id, phone_bank_id, voter_id, now) : null
  const again = at ? { why: 'call_back', next_at: at } : { why: 'resting', next_at: now }
  const waiting = await targetOf(tx, organization_id, waiter)
    .set(
      release === 'finish'
        ? { state: 'finished', why: 'organizer' }
        : {
            ...again,
            // The organizer wants one more call, however many there were.
            ...(!at && {
              attempts: sql<number>`least(attempts, (select b.max_attempts - 1 from phone_bank b
                where b.organization_id = phone_bank_target.organization_id and b.phone_bank_id = phone_bank_target.phone_bank_id))`,
            }),
          },
    )
    .where('state', '=', 'waiting')
    .where('why', '=', 'organizer')
    .executeTakeFirstOrThrow()
  // They called, and are being talked with: it holds when that is over.
  const talking = await targetOf(tx, organization_id, waiter)
    .set(release === 'finish' ? { why: 'talk', closed_as: 'organizer' } : again)
    .where('state', '=', 'leased')
    .where('why', '=', 'organizer')
    .executeTakeFirstOrThrow()
  return waiting.numUpdatedRows + talking.numUpdatedRows > 0n
}

/** When they are called whatever the universe says; null: like anybody on the list. */
async function keptFor(
  tx: Db,
  organization_id: string,
  phone_bank_id: string,
  voter_id: number,
  now: Date,
): Promise<Date | null> {
  const promised = await promisedAt(tx, organization_id, phone_bank_id, voter_id, now)
  if (promised) return promised
  const bank = await phoneBank(tx, organization_id, phone_bank_id)
  const { time_zone } = await tx
    .selectFrom('organization')
    .select('time_zone')
    .where('organization_id', '=', organization_id)
    .executeTakeFirstOrThrow()
  // Somebody at home who is not of the universe, or no more: the next refresh would let go whom the organizer wants called.
  const off = await whyOffList(tx, bank, voter_id, { today: dateIn(time_zone, now), now })
  return off === 'no_match' || off === 'not_asked' ? now : null
}

/** When the last call to them promised another, and it is still to come within the hours of their home; null: nothing was promised. */
async function promisedAt(
  tx: Db,
  organization_id: string,
  phone_bank_id: string,
  voter_id: number,
  now: Date,
): Promise<Date | null> {
  const last = await tx
    .selectFrom('phone_bank_target as t')
    .innerJoin('contact_attempt as a', (join) =>
      join.onRef('a.organization_id', '=', 't.organization_id').onRef('a.attempt_id', '=', 't.last_attempt_id'),
    )
    .innerJoin('phone_bank as b', (join) =>
      join.onRef('b.organization_id', '=', 't.organization_id').onRef('b.phone_bank_id', '=', 't.phone_bank_id'),
    )
    .select([
      'a.call_back_at',
      't.time_zone',
      'b.starts_on',
      'b.ends_on',
      'b.calling_starts',
      'b.calling_ends',
      'b.weekdays',
      'b.quiet_groups',
      'b.quiet_days',
    ])
    .where('t.organization_id', '=', organization_id)
    .where('t.phone_bank_id', '=', phone_bank_id)
    .where('t.voter_id', '=', voter_id)
    .where('a.disposition', '=', 'call_back')
    .executeTakeFirst()
  if (!last?.call_back_at) return null
  return opensNextAt([last.time_zone], last, last.call_back_at > now ? last.call_back_at : now)
}
