import { sql } from 'kysely'
import type { Actor } from '../../../platform/actor.ts'
import { audit, systemActor } from '../../../platform/audit.ts'
import { addDays, dateIn } from '../../../platform/clock.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { found } from '../../../platform/errors.ts'
import type { LocalizedText } from '../../../platform/i18n/languages.ts'
import { newSeed } from '../calling-rules/commands.ts'
import { CallingRules } from '../calling-rules/schema.ts'
import { log } from '../../../platform/log.ts'
import { joinBank } from '../../events/calls/commands.ts'
import { confirmedEventOf } from '../../events/calls/queries.ts'
import { compileUniverse } from '../../targeting/queries.ts'
import { linkLike } from '../../campaigns/parts/commands.ts'
import { createPhoneBank, DraftRefused, ScriptNotReady, type PhoneBankDraft } from '../commands.ts'
import type { PhoneBank } from '../dashboard.ts'
import { nextOf } from './rules.ts'
import type { RepeatProblem } from './schema.ts'
import '../../organizations/tables.ts'

/** A phone bank like this one, `days` later, with all its rules. */
export const draftLike = (bank: PhoneBank, days: number): PhoneBankDraft => ({
  name: named(bank.name, addDays(bank.starts_on, days)),
  universe_id: bank.universe_id,
  expression: bank.expression,
  script_id: bank.script_id,
  candidate: bank.candidate,
  lane: bank.lane,
  languages: bank.languages,
  starts_on: addDays(bank.starts_on, days),
  ends_on: addDays(bank.ends_on, days),
  calling_starts: bank.calling_starts,
  calling_ends: bank.calling_ends,
  max_attempts: bank.max_attempts,
  retry_after_hours: bank.retry_after_hours,
  caller_id_note: bank.caller_id_note,
  goal_contacts: bank.goal_contacts,
  way_of_calling: bank.way_of_calling,
  result_codes: bank.result_codes,
  rules: { ...CallingRules.parse(bank), seed: newSeed() },
})

/** Names tell phone banks apart in targeting too: each has its first day. */
const named = (name: LocalizedText, on: string): LocalizedText =>
  Object.fromEntries(
    Object.entries(name).map(([language, text]) => [
      language,
      text && `${text.replace(/ · \d{4}-\d\d-\d\d$/, '')} · ${on}`,
    ]),
  )

export type NextMade = { ok: true; phone_bank_id: string; is_new: boolean } | { ok: false; problem: RepeatProblem }

/**
 * Makes the next phone bank, if one like this may be made today. Where this one repeats, the next one does from now on and
 * this one no more. Asked for twice it is the same one. `fallback`: where nobody is there who could put a gap in the
 * script right, as it was read last week.
 */
export function makeNext(
  db: Db,
  actor: Actor,
  phone_bank_id: string,
  { today, now, fallback = false }: { today: string; now: Date; fallback?: boolean },
): Promise<NextMade> {
  return inTransaction(db, async (tx): Promise<NextMade> => {
    const one = () =>
      tx
        .selectFrom('phone_bank')
        .selectAll()
        .where('organization_id', '=', actor.organization_id)
        .where('phone_bank_id', '=', phone_bank_id)
    const bank = found(await one().forUpdate().executeTakeFirst())
    const next = nextOf(bank, today)
    const before = await tx
      .selectFrom('phone_bank')
      .select('phone_bank_id')
      .where('organization_id', '=', actor.organization_id)
      .where('repeated_from', '=', phone_bank_id)
      .where('starts_on', '=', next.starts_on)
      .where('ended_at', 'is', null)
      .executeTakeFirst()
    if (before) {
      await handOver(tx, actor, bank, before.phone_bank_id)
      return { ok: true, phone_bank_id: before.phone_bank_id, is_new: false }
    }
    const { ok } = await compileUniverse(tx, bank.expression, actor.organization_id, today)
    if (!ok) return { ok: false, problem: 'universe_unreadable' }
    try {
      const made = await createPhoneBank(
        tx,
        actor,
        {
          ...draftLike(bank, next.days),
          repeated_from: phone_bank_id,
          ...(fallback ? { fallback_version: bank.script_version } : {}),
        },
        now,
      )
      // Whom it calls goes by the event, not by the expression.
      const confirms = await confirmedEventOf(tx, actor.organization_id, phone_bank_id)
      if (confirms) await joinBank(tx, actor, confirms.event_id, made.phone_bank_id, 'confirming', now)
      await linkLike(tx, actor, 'phone_bank', { from: phone_bank_id, to: made.phone_bank_id }, now)
      await handOver(tx, actor, bank, made.phone_bank_id)
      return { ok: true, phone_bank_id: made.phone_bank_id, is_new: true }
    } catch (problem) {
      // Before anything was written.
      if (problem instanceof DraftRefused) return { ok: false, problem: problem.problem }
      if (problem instanceof ScriptNotReady) return { ok: false, problem: 'script_not_ready' }
      throw problem
    }
  })
}

/** The next one repeats from now on, and what rests goes on resting. */
async function handOver(tx: Db, actor: Actor, bank: PhoneBank, next_id: string): Promise<void> {
  if (!bank.repeats) return
  const rests = { repeats: null, repeats_paused_at: null, repeat_problem: null }
  const goes_on = { repeats: bank.repeats, repeats_paused_at: bank.repeats_paused_at }
  const said = { repeats: bank.repeats, is_repeat_paused: bank.repeats_paused_at !== null }
  const none = { repeats: null, is_repeat_paused: false }
  for (const { id, set, before, after } of [
    { id: bank.phone_bank_id, set: rests, before: said, after: none },
    { id: next_id, set: goes_on, before: none, after: said },
  ]) {
    await tx
      .updateTable('phone_bank')
      .set(set)
      .where('organization_id', '=', actor.organization_id)
      .where('phone_bank_id', '=', id)
      .execute()
    await audit(tx, actor, { action: 'phonebank.update', subject: 'phone_bank', subject_id: id, before, after })
  }
}

/**
 * Phone banks that repeat weekly and are over: the next one is made, once. One that must not be made is told to the host
 * (`repeat_problem`) and tried again until it may.
 */
export async function repeatPhoneBanks(
  db: Db,
  now: Date,
): Promise<{ organization_id: string; phone_bank_id: string }[]> {
  const due = await db
    .selectFrom('phone_bank as b')
    .innerJoin('organization as o', 'o.organization_id', 'b.organization_id')
    .select(['b.organization_id', 'b.phone_bank_id', 'o.time_zone'])
    .where('b.repeats', '=', 'weekly')
    .where('b.repeats_paused_at', 'is', null)
    .where('b.ends_on', '<', sql<string>`(${now.toISOString()}::timestamptz at time zone o.time_zone)::date`)
    .execute()
  const made: { organization_id: string; phone_bank_id: string }[] = []
  for (const { organization_id, phone_bank_id, time_zone } of due) {
    const next = await madeAlone(db, { organization_id, phone_bank_id }, dateIn(time_zone, now), now)
    if (next?.ok && next.is_new) made.push({ organization_id, phone_bank_id: next.phone_bank_id })
  }
  return made
}

interface Named {
  organization_id: string
  phone_bank_id: string
}

/** One that cannot be made keeps no other waiting, of whatever organization. null: another run was first. */
async function madeAlone(db: Db, bank: Named, today: string, now: Date): Promise<NextMade | null> {
  const { organization_id, phone_bank_id } = bank
  const actor = systemActor(organization_id)
  try {
    const next = await inTransaction(db, async (tx) => {
      const still = await tx
        .selectFrom('phone_bank')
        .select('phone_bank_id')
        .where('organization_id', '=', organization_id)
        .where('phone_bank_id', '=', phone_bank_id)
        .where('repeats', '=', 'weekly')
        .where('repeats_paused_at', 'is', null)
        .forUpdate()
        .executeTakeFirst()
      return still ? makeNext(tx, actor, phone_bank_id, { today, now, fallback: true }) : null
    })
    if (next && !next.ok) await noteProblem(db, bank, next.problem)
    return next
  } catch (problem) {
    log.error({ problem, organization_id, phone_bank_id }, 'a phone bank was not made anew')
    await noteProblem(db, bank, 'unexpected')
    return null
  }
}

/** Told once, however often it is tried. */
function noteProblem(db: Db, { organization_id, phone_bank_id }: Named, problem: RepeatProblem): Promise<void> {
  return inTransaction(db, async (tx) => {
    const noted = await tx
      .updateTable('phone_bank')
      .set({ repeat_problem: problem })
      .where('organization_id', '=', organization_id)
      .where('phone_bank_id', '=', phone_bank_id)
      .where('repeats', '=', 'weekly')
      .where(sql<boolean>`repeat_problem is distinct from ${problem}`)
      .returning('phone_bank_id')
      .executeTakeFirst()
    if (!noted) return
    await audit(tx, systemActor(organization_id), {
      action: 'phonebank.repeat_refused',
      subject: 'phone_bank',
      subject_id: phone_bank_id,
      after: { problem },
    })
  })
}

/** Those that repeat, the next one first. */
export const recurringBanks = (db: Db, organization_id: string): Promise<PhoneBank[]> =>
  db
    .selectFrom('phone_bank')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('repeats', '=', 'weekly')
    .orderBy('ends_on')
    .orderBy('phone_bank_id')
    .execute()
