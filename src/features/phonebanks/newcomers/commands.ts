import { sql } from 'kysely'
import { inTransaction, inTransactionTwice, type Db } from '../../../platform/db/db.ts'
import type { Actor } from '../../../platform/actor.ts'
import { confirmByHand, undoByHand } from '../../events/calls/commands.ts'
import { unconfirmedOf, type ToConfirm } from '../../events/calls/queries.ts'
import type { CallOutcome } from '../../events/calls/schema.ts'
import { actorOfCaller, type Caller } from '../caller.ts'
import type { CallingHours } from '../rules.ts'
import { atHand, handsOf, isFor, newcomersOf, standingsOf } from './queries.ts'
import { end_minutes, lease_minutes, result_hours } from './schema.ts'
import './tables.ts'

/** Puts the next of them into a caller's hand, if one may be rung now; whom they have stays. 'busy': to be asked again in a moment. */
export async function takeNewcomer(db: Db, caller: Caller, hours: CallingHours, now: Date): Promise<'busy' | 'done'> {
  const at = await atHand(db, caller, hours, now)
  if (!at || at.hand || at.closed_until || at.is_at_limit) return 'done'
  const rows = await newcomersOf(db, caller, at.event.event_id, now)
  const ready = (await standingsOf(db, { ...caller, time_zone: at.event.time_zone }, rows, now)).flatMap(
    ({ is, row }) => (is === 'ready' && isFor(at, row) ? row : []),
  )
  return inTransaction(db, async (tx) => {
    if (!(await lockHands(tx, caller))) return 'busy'
    // Who was in their hand and is asked no more.
    await emptyHand(tx, caller, rows.map(({ signup_id }) => signup_id), now) // prettier-ignore
    // The same button, pressed twice.
    if (!(await isInHand(tx, caller, now))) for (const row of ready) if (await lease(tx, caller, row, now)) break
    return 'done'
  })
}

/**
 * A slip of this caller: the call counts no more, and whom they called is in their hand again to say what came of it; whoever was
 * there by then waits for a hand anew. Where nobody may be called now they wait too. null: it stays.
 * The undo lets voters at that number go on, whose rows turns of the queue hold when they want the lock: it is over before the lock is asked for.
 */
export async function undoCall(
  db: Db,
  caller: Caller,
  event_id: string,
  attempt_id: string,
  { now, is_open }: { now: Date; is_open: boolean },
): Promise<{ is_in_hand: boolean } | null> {
  const { caller_id } = caller
  const undone = await inTransactionTwice(db, (tx) =>
    undoByHand(tx, actorOfCaller(caller), event_id, { attempt_id, caller_id }, now),
  )
  if (!undone) return null
  const rows = await newcomersOf(db, caller, event_id, now)
  const row = rows.find(({ person_id }) => person_id === undone.person_id)
  if (!row || !is_open) return { is_in_hand: false }
  return inTransaction(db, async (tx) => ({
    is_in_hand: (await lockHands(tx, caller)) && (await leaseInstead(tx, caller, row, now)),
  }))
}

export type TakenByHand = { ok: true } | { ok: false; problem: 'in_hand' | 'not_now' | 'busy' }

/** Somebody of the team rings one of those who signed up: nobody else does meanwhile, and whom they had before is in nobody's hand then. */
export async function takeByHand(
  db: Db,
  actor: Actor,
  event_id: string,
  signup_id: string,
  now: Date,
): Promise<TakenByHand> {
  const { organization_id } = actor
  const row = (await unconfirmedOf(db, organization_id, event_id, { since: now })).find(
    (each) => each.signup_id === signup_id && each.phone !== null && !each.is_closed,
  )
  if (!row) return { ok: false, problem: 'not_now' }
  const hand: Hand = { organization_id, phone_bank_id: null, caller_id: actor.id, taken_by: actor.name }
  return inTransaction(db, async (tx): Promise<TakenByHand> => {
    if (!(await lockHands(tx, hand))) return { ok: false, problem: 'busy' }
    const before = (await handsOf(tx, organization_id, [row], now)).get(signup_id)
    if (before) return before.hand === actor.id ? { ok: true } : { ok: false, problem: 'in_hand' }
    if (await leaseInstead(tx, hand, row, now)) return { ok: true }
    return { ok: false, problem: 'not_now' }
  })
}

/** What came of it. Not where somebody else rings them: two would have told them different things. */
export async function recordByHand(
  db: Db,
  actor: Actor,
  event_id: string,
  called: { signup_id: string; said: CallOutcome; attempt_id: string },
  now: Date,
): Promise<TakenByHand> {
  const { organization_id, id } = actor
  // Whom they have in hand themselves stays there: they may be on the telephone. Who is asked no more may be so by this very form, sent twice.
  const rows = await unconfirmedOf(db, organization_id, event_id, { since: now })
  const row = rows.find(({ signup_id }) => signup_id === called.signup_id)
  const held = row && (await handsOf(db, organization_id, [row], now)).get(row.signup_id)
  if (held && held.hand !== id) return { ok: false, problem: 'in_hand' }
  const kept = await confirmByHand(db, actor, event_id, called, now)
  await giveBackByHand(db, actor, called.signup_id)
  return kept
}

export const giveBackByHand = (db: Db, { organization_id, id }: Actor, signup_id: string) =>
  letGo(db, { organization_id, caller_id: id }, signup_id)

/** Turns of the queue take it shared for each number they lease: what is done under it is short. false: not just now. */
async function lockHands(tx: Db, { organization_id }: Pick<Hand, 'organization_id'>): Promise<boolean> {
  const { rows } = await sql<{ is_ours: boolean }>`select lock_newcomers(${organization_id}::uuid) as is_ours`.execute(
    tx,
  )
  return rows[0]?.is_ours ?? false
}

async function isInHand(tx: Db, { organization_id, caller_id }: Hand, now: Date): Promise<boolean> {
  const held = await tx
    .selectFrom('newcomer_lease')
    .select('signup_id')
    .where('organization_id', '=', organization_id)
    .where('caller_id', '=', caller_id)
    .where('leased_until', '>', now)
    .executeTakeFirst()
  return held !== undefined
}

/** Whoever else is in this caller's hand is in nobody's. */
const emptyHand = (tx: Db, { organization_id, caller_id }: Hand, but: readonly string[], now: Date) =>
  sql`delete from newcomer_lease where organization_id = ${organization_id}::uuid and caller_id = ${caller_id}::uuid
    and leased_until > ${now}::timestamptz and signup_id <> all(${[...but]}::uuid[])`.execute(tx)

/** Whose hand: a caller's of a phone bank, or that of somebody of the team, who has a name. */
interface Hand {
  organization_id: string
  phone_bank_id: string | null
  caller_id: string
  taken_by?: string
}

/** In the place of whoever was in this hand, who stays there where it is not to be had. */
async function leaseInstead(tx: Db, hand: Hand, row: ToConfirm, now: Date): Promise<boolean> {
  if (!(await lease(tx, hand, row, now, 'instead'))) return false
  await emptyHand(tx, hand, [row.signup_id], now)
  return true
}

/** false: meanwhile they answered or were rung, or somebody else has them, or their number, in hand or on a printed sheet. */
async function lease(
  tx: Db,
  { organization_id, phone_bank_id, caller_id, taken_by }: Hand,
  { signup_id, person_id, voter_id, phone: line, tried_at }: ToConfirm,
  now: Date,
  as: 'next' | 'instead' = 'next',
): Promise<boolean> {
  const until = new Date(now.getTime() + lease_minutes * 60_000)
  const { numAffectedRows } = await sql`
    insert into newcomer_lease (organization_id, signup_id, phone_bank_id, caller_id, taken_by, voter_id, line, leased_at, leased_until)
    select s.organization_id, s.signup_id, ${phone_bank_id}::uuid, ${caller_id}::uuid, ${taken_by ?? null}::text, ${voter_id}::integer, ${line}::text,
      ${now}::timestamptz, ${until}::timestamptz
    from event_signup s
    where s.organization_id = ${organization_id}::uuid and s.signup_id = ${signup_id}::uuid and s.response = 'signed_up'
      and holder_of_line(s.organization_id, ${line}::text) is null
      and not exists (select from call_lease l where l.voter_id = ${voter_id}::integer and l.organization_id = s.organization_id)
      and not exists (select from line_on_screen o where o.line = ${line}::text and o.organization_id = s.organization_id
        and o.caller_id <> ${caller_id}::uuid and o.shown_until > ${now}::timestamptz)
      and not exists (select from newcomer_lease n join event_signup o on o.organization_id = n.organization_id and o.signup_id = n.signup_id
        where n.organization_id = s.organization_id and n.leased_until > ${now}::timestamptz
          and case when n.caller_id = ${caller_id}::uuid then ${as === 'next'}::boolean else n.line = ${line}::text or o.person_id = s.person_id end)
      and not exists (select from contact_attempt c where c.organization_id = s.organization_id and c.person_id = ${person_id}::uuid
        and c.channel = 'phone' and c.undone_at is null and (${tried_at}::timestamptz is null or c.attempted_at > ${tried_at}::timestamptz))
      and not exists (select from contact_attempt c where c.phone = ${line}::text and c.organization_id = s.organization_id and c.voter_id is null
        and c.channel = 'phone' and c.undone_at is null and not c.is_reached and c.attempted_at > coalesce(${tried_at}::timestamptz, '-infinity'))
    on conflict (organization_id, signup_id) do update set phone_bank_id = excluded.phone_bank_id, caller_id = excluded.caller_id,
      taken_by = excluded.taken_by, voter_id = excluded.voter_id, line = excluded.line, leased_at = excluded.leased_at, leased_until = excluded.leased_until, is_put_off = false`.execute(
    tx,
  )
  if (!numAffectedRows) return false
  // Of the team nobody has to show whom they rang.
  if (phone_bank_id === null) return true
  await sql`insert into newcomer_hand (organization_id, signup_id, caller_id, at)
    values (${organization_id}::uuid, ${signup_id}::uuid, ${caller_id}::uuid, ${now}::timestamptz)
    on conflict (organization_id, signup_id, caller_id) do update set at = excluded.at, is_put_off = false`.execute(tx)
  return true
}

/** May this caller say what came of a call: to whom they had in hand, and not long after the phone bank has ended? */
export async function mayStillSay(
  db: Db,
  { organization_id, phone_bank_id, caller_id }: Caller,
  signup_id: string,
  now: Date,
): Promise<boolean> {
  const { rows } = await sql`select from newcomer_hand h
    join phone_bank b on b.organization_id = h.organization_id and b.phone_bank_id = ${phone_bank_id}::uuid
    where h.organization_id = ${organization_id}::uuid and h.signup_id = ${signup_id}::uuid and h.caller_id = ${caller_id}::uuid
      and h.at > ${now}::timestamptz - make_interval(hours => ${result_hours})
      and (b.ended_at is null or b.ended_at > ${now}::timestamptz - make_interval(mins => ${end_minutes}))`.execute(db)
  return rows.length > 0
}

/** They are here: the host sees them, as whoever asks the queue. */
export const seeCaller = (db: Db, { organization_id, phone_bank_id, caller_id }: Caller, now: Date) =>
  db
    .updateTable('phone_bank_caller')
    .set({ last_seen_at: now })
    .where('organization_id', '=', organization_id)
    .where('phone_bank_id', '=', phone_bank_id)
    .where('caller_id', '=', caller_id)
    .where('last_seen_at', '<', now)
    .execute()

/** What is done with is in nobody's hand. */
export const letGo = (
  db: Db,
  { organization_id, caller_id }: Pick<Hand, 'organization_id' | 'caller_id'>,
  signup_id: string,
) =>
  db
    .deleteFrom('newcomer_lease')
    .where('organization_id', '=', organization_id)
    .where('signup_id', '=', signup_id)
    .where('caller_id', '=', caller_id)
    .execute()

/** Not now: for somebody else, or later. */
export const putOff = (db: Db, { organization_id, caller_id }: Caller, signup_id: string, now: Date): Promise<void> =>
  inTransaction(db, async (tx) => {
    await tx
      .updateTable('newcomer_lease')
      .set({ is_put_off: true, leased_at: now, leased_until: now })
      .where('organization_id', '=', organization_id)
      .where('signup_id', '=', signup_id)
      .where('caller_id', '=', caller_id)
      .execute()
    await tx
      .updateTable('newcomer_hand')
      .set({ is_put_off: true })
      .where('organization_id', '=', organization_id)
      .where('signup_id', '=', signup_id)
      .where('caller_id', '=', caller_id)
      .execute()
  })
