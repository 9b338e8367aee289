import { sql } from 'kysely'
import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import type { Installation } from '../../../platform/http/room.ts'
import { carrierOf } from '../../../platform/telephony/carrier-of.ts'
import type { CarrierReport } from '../../../platform/telephony/carrier.ts'
import '../../people/tables.ts'
import { actorOfCaller, type Caller } from '../caller.ts'
import { isOpenIn } from '../rules.ts'
import { runningBank } from '../running.ts'
import '../tables.ts'
import { isTicketOf } from '../turns.ts'
import { bridgeReadiness, callerId } from './queries.ts'
import { callersPhone, goesOn, isBridgeable, problemOfPlaced } from './rules.ts'
import { isOver, type BridgeProblem, type WayOfCalling } from './schema.ts'
import './tables.ts'

/** Which way callers use from now on; a call that is going on goes on. */
export function changeWay(db: Db, actor: Actor, phone_bank_id: string, way_of_calling: WayOfCalling): Promise<void> {
  return inTransaction(db, async (tx) => {
    const { way_of_calling: before } = await runningBank(tx, actor, phone_bank_id)
    await tx
      .updateTable('phone_bank')
      .set({ way_of_calling })
      .where('organization_id', '=', actor.organization_id)
      .where('phone_bank_id', '=', phone_bank_id)
      .execute()
    await audit(tx, actor, {
      action: 'phonebank.change_way',
      subject: 'phone_bank',
      subject_id: phone_bank_id,
      before: { way_of_calling: before },
      after: { way_of_calling },
    })
  })
}

const most_starts_per_hour = 10
/** After that, a call whose end nobody reported is taken as over: it is longer than the carrier lets one last. */
const forgotten_after_minutes = 20
/** So long an unanswered call to the caller counts as ringing. */
const rings_at_most_seconds = 90

const minutesBefore = (now: Date, minutes: number): Date => new Date(now.getTime() - minutes * 60_000)

export const conferenceOf = (bridge_shift_id: string): string => `hanpyo-${bridge_shift_id}`

const hookOf = (installation: Installation, organization_id: string, bridge_shift_id: string): string =>
  `${installation.url}/telephony/twilio/${organization_id}/${bridge_shift_id}`

/** Rings the caller's own telephone, which then stays on the line. Pressed twice it is done once. */
export async function startShift(
  installation: Installation,
  caller: Caller,
  asked: { phone: string; language: 'en' | 'ko' },
): Promise<BridgeProblem | null> {
  const { organization_id, phone_bank_id, caller_id } = caller
  const db = installation.database.of(organization_id)
  const now = installation.clock.now()
  const carrier = carrierOf(installation.config)
  const from = await callerId(db, organization_id)
  if (!carrier || !from || (await bridgeReadiness(installation, db, organization_id)) !== 'ready') return 'not_set_up'
  const to = callersPhone(asked.phone)
  // Calling itself would join the organization's own line.
  if (!to || to === from) return 'bad_caller_phone'
  const started = await inTransaction(db, async (tx): Promise<{ bridge_shift_id: string } | BridgeProblem | null> => {
    await lockCaller(tx, caller_id)
    if (!(await openBank(tx, caller))) return 'closed'
    await tx
      .updateTable('bridge_shift')
      .set({ state: 'ended', ended_at: now, why_ended: 'not_reached', caller_phone: null })
      .where('organization_id', '=', organization_id)
      .where('caller_id', '=', caller_id)
      .where('state', '=', 'calling')
      .where('started_at', '<', minutesBefore(now, rings_at_most_seconds / 60))
      .execute()
    const before = await tx
      .selectFrom('bridge_shift')
      .select(['started_at', 'state'])
      .where('organization_id', '=', organization_id)
      .where('caller_id', '=', caller_id)
      .where('started_at', '>', minutesBefore(now, 60))
      .execute()
    if (before.some((each) => each.state !== 'ended')) return null
    if (before.length >= most_starts_per_hour) return 'too_many_starts'
    const shift = await tx
      .insertInto('bridge_shift')
      .values({
        organization_id,
        phone_bank_id,
        caller_id,
        caller_phone: to,
        carrier: carrier.name,
        started_at: now,
        call_sid: null,
        joined_at: null,
        ended_at: null,
        why_ended: null,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('bridge_shift_id')
      .executeTakeFirst()
    if (!shift) return null // one from before the hour is open still
    await audit(tx, actorOfCaller(caller), {
      action: 'bridge.start',
      subject: 'bridge_shift',
      subject_id: shift.bridge_shift_id,
      after: { phone_bank_id },
    })
    return shift
  })
  if (started === null || typeof started === 'string') return started
  const { bridge_shift_id } = started
  const hook = hookOf(installation, organization_id, bridge_shift_id)
  const placed = await carrier.ring({
    to,
    from,
    answer_url: `${hook}/answer?language=${asked.language}`,
    events_url: `${hook}/events`,
  })
  if (placed.ok) {
    await db
      .updateTable('bridge_shift')
      .set({ call_sid: placed.call_id })
      .where('organization_id', '=', organization_id)
      .where('bridge_shift_id', '=', bridge_shift_id)
      .where('call_sid', 'is', null)
      .execute()
    return null
  }
  if (placed.problem !== 'unknown') await closeShift(db, organization_id, bridge_shift_id, 'not_reached', now)
  return placed.problem === 'bad_number' ? 'bad_caller_phone' : problemOfPlaced[placed.problem]
}

/** The caller presses "call": everything is checked once more, then one voter's telephone rings. */
export async function dialVoter(
  installation: Installation,
  caller: Caller,
  asked: { voter_id: number; ticket: string; phone: string },
): Promise<BridgeProblem | null> {
  const { organization_id, phone_bank_id, caller_id } = caller
  const db = installation.database.of(organization_id)
  const now = installation.clock.now()
  const carrier = carrierOf(installation.config)
  const from = await callerId(db, organization_id)
  if (!carrier || !from) return 'not_set_up'
  if (!isTicketOf(installation.secret, phone_bank_id, caller_id, asked.voter_id, asked.ticket)) return 'not_yours'
  const begun = await inTransaction(db, async (tx) => {
    const shift = await tx
      .selectFrom('bridge_shift')
      .select(['bridge_shift_id', 'state'])
      .where('organization_id', '=', organization_id)
      .where('phone_bank_id', '=', phone_bank_id)
      .where('caller_id', '=', caller_id)
      .where('ended_at', 'is', null)
      .forUpdate()
      .executeTakeFirst()
    if (shift?.state !== 'joined') return 'not_joined'
    const problem = await whyNotNow(tx, caller, asked, now)
    if (problem) return problem
    await forgetOld(tx, organization_id, now)
    const call = await tx
      .insertInto('bridge_call')
      .values({
        organization_id,
        bridge_shift_id: shift.bridge_shift_id,
        voter_id: asked.voter_id,
        phone: asked.phone,
        dialed_at: now,
        call_sid: null,
        problem: null,
        answered_at: null,
        ended_at: null,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning(['bridge_call_id', 'bridge_shift_id'])
      .executeTakeFirst()
    return call ?? 'call_going_on'
  })
  if (typeof begun === 'string') return begun
  const { bridge_call_id, bridge_shift_id } = begun
  const placed = await carrier.join({
    to: asked.phone,
    from,
    conference: conferenceOf(bridge_shift_id),
    label: bridge_call_id,
    events_url: `${hookOf(installation, organization_id, bridge_shift_id)}/calls/${bridge_call_id}/events`,
  })
  const call = db
    .updateTable('bridge_call')
    .where('organization_id', '=', organization_id)
    .where('bridge_call_id', '=', bridge_call_id)
  if (placed.ok) {
    await call.set({ call_sid: placed.call_id }).where('call_sid', 'is', null).execute()
    return null
  }
  // Nobody knows whether it rings: a report will tell, or the caller hangs up.
  if (placed.problem === 'unknown') await call.set({ problem: placed.code ?? 'no answer' }).execute()
  else await call.set({ state: 'failed', ended_at: now, problem: placed.code }).where('ended_at', 'is', null).execute()
  return problemOfPlaced[placed.problem]
}

/** Why this voter may not be called at this moment, whatever was true when they were handed out. */
async function whyNotNow(
  tx: Db,
  { organization_id, phone_bank_id, caller_id }: Caller,
  { voter_id, phone }: { voter_id: number; phone: string },
  now: Date,
): Promise<BridgeProblem | null> {
  const suppressed = await tx
    .selectFrom('suppression as s')
    .leftJoin('person as p', (join) =>
      join.onRef('p.organization_id', '=', 's.organization_id').onRef('p.person_id', '=', 's.person_id'),
    )
    .select('s.suppression_id')
    .where('s.organization_id', '=', organization_id)
    .where('s.taken_back_at', 'is', null)
    .where((eb) =>
      eb.or([
        eb.and([
          eb.or([eb('s.voter_id', '=', voter_id), eb('p.voter_id', '=', voter_id)]),
          eb.or([eb('s.phone', 'is', null), eb('s.phone', '=', phone)]),
        ]),
        eb.and([eb('s.phone', '=', phone), eb('s.voter_id', 'is', null), eb('s.reason', '<>', 'wrong_number')]),
      ]),
    )
    .executeTakeFirst()
  if (suppressed) return 'suppressed'
  const bank = await openBank(tx, { organization_id, phone_bank_id, caller_id })
  if (!bank) return 'closed'
  const target = await tx
    .selectFrom('phone_bank_target as t')
    .innerJoin('call_lease as l', (join) =>
      join
        .onRef('l.organization_id', '=', 't.organization_id')
        .onRef('l.voter_id', '=', 't.voter_id')
        .onRef('l.phone_bank_id', '=', 't.phone_bank_id'),
    )
    .select(['t.time_zone', sql<string[]>`numbers_shown(t.organization_id, t.voter_id, t.phones)`.as('phones')])
    .where('t.organization_id', '=', organization_id)
    .where('t.phone_bank_id', '=', phone_bank_id)
    .where('t.voter_id', '=', voter_id)
    .where('l.caller_id', '=', caller_id)
    .where('l.leased_until', '>', now)
    .executeTakeFirst()
  if (!target) return 'not_yours'
  if (!target.phones.includes(phone)) return 'other_number'
  // None of them is on a list; looked at again before money is spent.
  if (!isBridgeable(phone)) return 'costly_number'
  return isOpenIn(target.time_zone, bank, now) ? null : 'outside_hours'
}

/** The phone bank, if its callers may call over the bridge now and this one is among them. */
const openBank = (
  tx: Db,
  { organization_id, phone_bank_id, caller_id }: Pick<Caller, 'organization_id' | 'phone_bank_id' | 'caller_id'>,
) =>
  tx
    .selectFrom('phone_bank as b')
    .innerJoin('phone_bank_caller as c', (join) =>
      join.onRef('c.organization_id', '=', 'b.organization_id').onRef('c.phone_bank_id', '=', 'b.phone_bank_id'),
    )
    .select([
      'b.starts_on',
      'b.ends_on',
      'b.calling_starts',
      'b.calling_ends',
      'b.weekdays',
      'b.quiet_groups',
      'b.quiet_days',
    ])
    .where('b.organization_id', '=', organization_id)
    .where('b.phone_bank_id', '=', phone_bank_id)
    .where('b.way_of_calling', '=', 'bridge')
    .where('b.paused_at', 'is', null)
    .where('b.ended_at', 'is', null)
    .where('c.caller_id', '=', caller_id)
    .where('c.removed_at', 'is', null)
    .executeTakeFirst()

/** Calls whose end was never reported, so that neither caller nor number is kept for ever. */
const forgetOld = (tx: Db, organization_id: string, now: Date) =>
  tx
    .updateTable('bridge_call')
    .set({ state: 'ended', ended_at: now, problem: 'end not reported' })
    .where('organization_id', '=', organization_id)
    .where('ended_at', 'is', null)
    .where('dialed_at', '<', minutesBefore(now, forgotten_after_minutes))
    .execute()

/** Ends the call to the voter; the caller stays. Pressed twice, or after the voter hung up, it is well. */
export async function hangUpVoter(installation: Installation, caller: Caller): Promise<BridgeProblem | null> {
  const db = installation.database.of(caller.organization_id)
  const shift = await openShift(db, caller)
  return shift ? hangUpIn(installation, db, caller.organization_id, shift.bridge_shift_id) : null
}

async function hangUpIn(
  installation: Installation,
  db: Db,
  organization_id: string,
  bridge_shift_id: string,
): Promise<BridgeProblem | null> {
  const carrier = carrierOf(installation.config)
  const call = await db
    .selectFrom('bridge_call')
    .select(['bridge_call_id', 'call_sid'])
    .where('organization_id', '=', organization_id)
    .where('bridge_shift_id', '=', bridge_shift_id)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  if (!call) return null
  if (!carrier) return 'not_set_up'
  const done = call.call_sid
    ? await carrier.hangUp(call.call_sid)
    : await carrier.takeOut(conferenceOf(bridge_shift_id), call.bridge_call_id)
  if (!done.ok) return 'carrier_silent'
  await db
    .updateTable('bridge_call')
    .set({
      state: sql<'ended'>`case when answered_at is null then 'canceled' else 'ended' end`,
      ended_at: installation.clock.now(),
    })
    .where('organization_id', '=', organization_id)
    .where('bridge_call_id', '=', call.bridge_call_id)
    .where('ended_at', 'is', null)
    .execute()
  return null
}

/** The caller is done: both telephones are let go, the caller's number is forgotten even if the carrier is silent. */
export async function endShift(installation: Installation, caller: Caller): Promise<BridgeProblem | null> {
  const { organization_id } = caller
  const db = installation.database.of(organization_id)
  const shift = await openShift(db, caller)
  if (!shift) return null
  const carrier = carrierOf(installation.config)
  const problem = await hangUpIn(installation, db, organization_id, shift.bridge_shift_id)
  const done = carrier && shift.call_sid ? await carrier.hangUp(shift.call_sid) : { ok: false }
  await inTransaction(db, async (tx) => {
    await closeShift(tx, organization_id, shift.bridge_shift_id, 'left', installation.clock.now())
    await audit(tx, actorOfCaller(caller), {
      action: 'bridge.end',
      subject: 'bridge_shift',
      subject_id: shift.bridge_shift_id,
    })
  })
  return problem ?? (done.ok ? null : 'carrier_silent')
}

/**
 * The access of these callers ended: their telephones are let go, and with them the voter's. `is_patient`: a call to a
 * voter that rings or is answered goes on; its end lets the caller's telephone go (`letGoIfClosed`). The carrier is asked
 * for several at once, since ending a phone bank must not take minutes.
 */
export async function letGo(
  installation: Installation,
  organization_id: string,
  { phone_bank_id, caller_id }: { phone_bank_id: string; caller_id: string | null },
  { is_patient }: { is_patient: boolean },
): Promise<void> {
  const db = installation.database.of(organization_id)
  const shifts = await db
    .selectFrom('bridge_shift as s')
    .innerJoin('phone_bank_caller as c', (join) =>
      join.onRef('c.organization_id', '=', 's.organization_id').onRef('c.caller_id', '=', 's.caller_id'),
    )
    .select(['s.bridge_shift_id', 'c.caller_id', 'c.phone_bank_id', 'c.organization_id', 'c.name', 'c.languages'])
    .select((eb) =>
      eb
        .exists(
          eb
            .selectFrom('bridge_call as v')
            .select('v.bridge_call_id')
            .whereRef('v.organization_id', '=', 's.organization_id')
            .whereRef('v.bridge_shift_id', '=', 's.bridge_shift_id')
            .where('v.ended_at', 'is', null),
        )
        .as('is_talking'),
    )
    .where('s.organization_id', '=', organization_id)
    .where('s.phone_bank_id', '=', phone_bank_id)
    .where('s.ended_at', 'is', null)
    .$if(caller_id !== null, (query) => query.where('s.caller_id', '=', caller_id ?? ''))
    .execute()
  const wanted = shifts.filter(({ is_talking }) => !(is_patient && is_talking))
  for (let from = 0; from < wanted.length; from += carrier_at_once) {
    await Promise.all(wanted.slice(from, from + carrier_at_once).map((caller) => endShift(installation, caller)))
  }
}

const carrier_at_once = 10

/** A voter's call is over: if the caller's access ended meanwhile, so does their line. */
export async function letGoIfClosed(installation: Installation, about: Reported): Promise<void> {
  const { organization_id, bridge_shift_id } = about
  const closed = await installation.database
    .of(organization_id)
    .selectFrom('bridge_shift as s')
    .innerJoin('phone_bank as b', (join) =>
      join.onRef('b.organization_id', '=', 's.organization_id').onRef('b.phone_bank_id', '=', 's.phone_bank_id'),
    )
    .innerJoin('phone_bank_caller as c', (join) =>
      join.onRef('c.organization_id', '=', 's.organization_id').onRef('c.caller_id', '=', 's.caller_id'),
    )
    .select(['s.phone_bank_id', 's.caller_id'])
    .where('s.organization_id', '=', organization_id)
    .where('s.bridge_shift_id', '=', bridge_shift_id)
    .where('s.ended_at', 'is', null)
    .where((eb) => eb.or([eb('b.ended_at', 'is not', null), eb('c.removed_at', 'is not', null)]))
    .executeTakeFirst()
  if (closed) await letGo(installation, organization_id, closed, { is_patient: true })
}

const openShift = (db: Db, { organization_id, phone_bank_id, caller_id }: Caller) =>
  db
    .selectFrom('bridge_shift')
    .select(['bridge_shift_id', 'call_sid'])
    .where('organization_id', '=', organization_id)
    .where('phone_bank_id', '=', phone_bank_id)
    .where('caller_id', '=', caller_id)
    .where('ended_at', 'is', null)
    .executeTakeFirst()

/** With the caller's telephone the conference ends, and with it the call to the voter. */
async function closeShift(
  db: Db,
  organization_id: string,
  bridge_shift_id: string,
  why_ended: 'left' | 'hung_up' | 'not_reached' | 'no_key',
  now: Date,
): Promise<void> {
  await db
    .updateTable('bridge_shift')
    .set({ state: 'ended', ended_at: now, why_ended, caller_phone: null })
    .where('organization_id', '=', organization_id)
    .where('bridge_shift_id', '=', bridge_shift_id)
    .where('ended_at', 'is', null)
    .execute()
  await db
    .updateTable('bridge_call')
    .set({ state: 'ended', ended_at: now })
    .where('organization_id', '=', organization_id)
    .where('bridge_shift_id', '=', bridge_shift_id)
    .where('ended_at', 'is', null)
    .execute()
}

/** One transaction per caller at a time. */
const lockCaller = (tx: Db, caller_id: string) =>
  sql`select pg_advisory_xact_lock(hashtextextended('bridge:' || ${caller_id}, 0))`.execute(tx)

interface Reported {
  organization_id: string
  bridge_shift_id: string
  /** null: about the caller's own telephone. */
  bridge_call_id: string | null
}

/** 'repeated': known already. 'not_used': kept, but nothing followed. */
export type Taken = 'used' | 'not_used' | 'repeated' | 'unknown'

/** Keeps what the carrier reports and lets it have its effect, once and never backwards. */
export function takeReport(db: Db, about: Reported, report: CarrierReport, now: Date): Promise<Taken> {
  const { organization_id, bridge_shift_id, bridge_call_id } = about
  return inTransaction(db, async (tx): Promise<Taken> => {
    const shift = await tx
      .selectFrom('bridge_shift')
      .select(['call_sid', 'state'])
      .where('organization_id', '=', organization_id)
      .where('bridge_shift_id', '=', bridge_shift_id)
      .forUpdate()
      .executeTakeFirst()
    const call = bridge_call_id
      ? await tx
          .selectFrom('bridge_call')
          .select(['call_sid', 'state', 'ended_at'])
          .where('organization_id', '=', organization_id)
          .where('bridge_shift_id', '=', bridge_shift_id)
          .where('bridge_call_id', '=', bridge_call_id)
          .forUpdate()
          .executeTakeFirst()
      : undefined
    const subject = bridge_call_id ? call : shift
    if (!shift || !subject) return 'unknown'
    // The carrier's name for a call is learned from the reply or the first report, and is then its only one.
    const is_it = subject.call_sid === null || subject.call_sid === report.call_id
    const is_used = is_it && (call ? goesOn(call.state, report.state) : shift.state !== 'ended' && isOver(report.state))
    const kept = await tx
      .insertInto('carrier_event')
      .values({
        organization_id,
        bridge_shift_id,
        bridge_call_id,
        call_sid: report.call_id,
        state: report.said,
        sequence_number: report.sequence_number ?? -1,
        happened_at: report.happened_at,
        received_at: now,
        is_used,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('carrier_event_id')
      .executeTakeFirst()
    if (!kept) return 'repeated'
    if (!is_it) return 'not_used'
    if (bridge_call_id) {
      const { state, call_id } = report
      await tx
        .updateTable('bridge_call')
        .set({
          call_sid: call_id,
          ...(is_used ? { state } : {}),
          ...(is_used && state === 'answered' ? { answered_at: now } : {}),
          ...(is_used && isOver(state) ? { ended_at: now } : {}),
        })
        .where('organization_id', '=', organization_id)
        .where('bridge_call_id', '=', bridge_call_id)
        .execute()
    } else {
      await tx
        .updateTable('bridge_shift')
        .set({ call_sid: report.call_id })
        .where('organization_id', '=', organization_id)
        .where('bridge_shift_id', '=', bridge_shift_id)
        .execute()
      if (is_used) {
        const why = shift.state === 'joined' ? 'hung_up' : report.state === 'ended' ? 'no_key' : 'not_reached'
        await closeShift(tx, organization_id, bridge_shift_id, why, now)
      }
    }
    return is_used ? 'used' : 'not_used'
  })
}

/** The caller answered and pressed a key: a person is there. Answers whether they are on the line from now on. */
export async function joinShift(db: Db, about: Reported, report: CarrierReport, now: Date): Promise<boolean> {
  const { organization_id, bridge_shift_id } = about
  const joined = await db
    .updateTable('bridge_shift')
    .set((eb) => ({ state: 'joined', joined_at: eb.fn.coalesce('joined_at', eb.val(now)), call_sid: report.call_id }))
    .where('organization_id', '=', organization_id)
    .where('bridge_shift_id', '=', bridge_shift_id)
    .where('ended_at', 'is', null)
    .where((eb) => eb.or([eb('call_sid', 'is', null), eb('call_sid', '=', report.call_id)]))
    .returning('bridge_shift_id')
    .executeTakeFirst()
  return joined !== undefined
}

/** Is this call of the carrier's the one we wait for? */
export async function isAwaited(db: Db, about: Reported, call_id: string): Promise<boolean> {
  const shift = await db
    .selectFrom('bridge_shift')
    .select('call_sid')
    .where('organization_id', '=', about.organization_id)
    .where('bridge_shift_id', '=', about.bridge_shift_id)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return shift !== undefined && (shift.call_sid === null || shift.call_sid === call_id)
}
