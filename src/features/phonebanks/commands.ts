import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import { inTransaction, inTransactionTwice, type Db } from '../../platform/db/db.ts'
import { Conflict, found } from '../../platform/errors.ts'
import type { LocalizedText } from '../../platform/i18n/languages.ts'
import { currentVersion, scriptVersion } from '../scripts/queries.ts'
import { takeBackMarksOf } from '../contacts/commands.ts'
import { markUsed } from '../scripts/commands.ts'
import { checkScript, namesCandidate, type ScriptProblem } from '../scripts/rules.ts'
import type { ScriptContent } from '../scripts/schema.ts'
import { alsoKeptBy, renamedIn } from '../targeting/events.ts'
import { actorOfCaller, type Caller } from './caller.ts'
import { giveBack } from './callers/commands.ts'
import { rulesRow } from './calling-rules/commands.ts'
import { usualRules, type CallingRules } from './calling-rules/schema.ts'
import { undoableSince } from './endpoints.ts'
import { fitsLane } from './forms.ts'
import { openUnreached } from './rounds/commands.ts'
import type { DraftProblem } from './rounds/schema.ts'
import { letGoSoon } from './bridge/jobs.ts'
import type { WayOfCalling } from './bridge/schema.ts'
import { joinCode } from './rules.ts'
import type { Lane } from './tables.ts'
import './tables.ts'
import '../contacts/tables.ts'

export interface PhoneBankDraft {
  name: LocalizedText
  universe_id: string | null
  expression: string
  script_id: string
  candidate: LocalizedText | null
  lane: Lane
  languages: string[]
  starts_on: string
  ends_on: string
  calling_starts: string
  calling_ends: string
  max_attempts: number
  retry_after_hours: number
  caller_id_note: LocalizedText
  goal_contacts?: number | null
  /** What is not said is as usual. */
  rules?: Partial<CallingRules>
  repeats?: 'weekly' | null
  repeated_from?: string | null
  way_of_calling?: WayOfCalling
  /** Own results offered to its callers. */
  result_codes?: string[]
  form_key?: string | null
  /** This version, where something must be put right in the newest first. */
  fallback_version?: number
}

/** The script has something in it that would trip every caller, as a gap nobody filled in. */
export class ScriptNotReady extends Conflict {
  /** The first such gap or problem, as the workshop names it. */
  readonly problem: ScriptProblem

  constructor(problem: ScriptProblem) {
    super(`script not ready: ${problem.kind} ${problem.detail}`)
    this.problem = problem
  }
}

const blocking = (content: ScriptContent): ScriptProblem | undefined =>
  checkScript(content).find((each) => each.is_blocking)

/** Can callers read from this version? */
export const isUsable = ({ content }: { content: ScriptContent }): boolean => blocking(content) === undefined

/** What speaks against calling by this script; null: nothing. */
export function draftProblem(
  { name, candidate, lane, languages }: Pick<PhoneBankDraft, 'name' | 'candidate' | 'lane' | 'languages'>,
  content: ScriptContent,
): DraftProblem | null {
  if (!Object.values(name).some(Boolean)) return 'name_needed'
  if (languages.length === 0) return 'languages_needed'
  if (!fitsLane(lane, candidate)) return 'lane_candidate'
  if (namesCandidate(content) && !Object.values(candidate ?? {}).some(Boolean)) return 'candidate_needed'
  return null
}

/** A phone bank that must not be made as it is told. Pages and programs ask `draftProblem` before, and say it in their words. */
export class DraftRefused extends Conflict {
  readonly problem: DraftProblem

  constructor(problem: DraftProblem) {
    super(`phone bank refused: ${problem}`)
    this.problem = problem
  }
}

/** A version callers can read from, or `ScriptNotReady`. */
export function usable<Version extends { content: ScriptContent }>(version: Version): Version {
  const problem = blocking(version.content)
  if (problem) throw new ScriptNotReady(problem)
  return version
}

/** Makes a phone bank with the newest version of its script. Its list is put together by `preparePhoneBank`. */
export function createPhoneBank(
  db: Db,
  actor: Actor,
  draft: PhoneBankDraft,
  now: Date,
): Promise<{ phone_bank_id: string }> {
  return inTransaction(db, async (tx) => {
    const newest = found(await currentVersion(tx, draft.script_id))
    const script =
      isUsable(newest) || draft.fallback_version === undefined
        ? usable(newest)
        : found(await scriptVersion(tx, draft.script_id, draft.fallback_version))
    const problem = draftProblem(draft, script.content)
    if (problem) throw new DraftRefused(problem)
    await markUsed(tx, actor.organization_id, draft.script_id, script.version, now)
    const { rules, fallback_version: _, form_key = null, ...told } = draft
    const row = {
      ...told,
      form_key,
      // A program that says nothing of days calls on all of them.
      ...rulesRow({ ...usualRules, is_live: false, quiet_groups: [], ...rules }),
      goal_contacts: draft.goal_contacts ?? null,
      result_codes: draft.result_codes ?? [],
      name: JSON.stringify(draft.name),
      candidate: draft.candidate ? JSON.stringify(draft.candidate) : null,
      caller_id_note: JSON.stringify(draft.caller_id_note),
    }
    const { phone_bank_id } = await tx
      .insertInto('phone_bank')
      .values({
        ...row,
        organization_id: actor.organization_id,
        script_version: script.version,
        join_code: joinCode(randomBytes(10)),
        created_by: actor.name,
        created_at: now,
      })
      .returning('phone_bank_id')
      .executeTakeFirstOrThrow()
    await audit(tx, actor, {
      action: 'phonebank.create',
      subject: 'phone_bank',
      subject_id: phone_bank_id,
      after: { ...told, rules, script_version: script.version },
    })
    return { phone_bank_id }
  })
}

export type PhoneBankChange = 'pause' | 'resume' | 'end' | 'end_after_calls' | 'close_link' | 'new_link'

/**
 * What a host does to a running phone bank. Ending takes every caller's access away at once and cannot be undone; over the
 * bridge it hangs up what is talked, or with 'end_after_calls' lets each conversation be finished.
 */
export function changePhoneBank(
  db: Db,
  actor: Actor,
  phone_bank_id: string,
  change: PhoneBankChange,
  now: Date,
): Promise<void> {
  const sets: Record<PhoneBankChange, Record<string, unknown>> = {
    pause: { paused_at: now },
    resume: { paused_at: null },
    end: { ended_at: now, join_closed_at: now },
    end_after_calls: { ended_at: now, join_closed_at: now },
    close_link: { join_closed_at: now },
    // The old link opens nothing any more; those who joined by it stay.
    new_link: { join_code: joinCode(randomBytes(10)), join_closed_at: null },
  }
  const isEnd = change === 'end' || change === 'end_after_calls'
  return inTransaction(db, async (tx) => {
    const changed = await tx
      .updateTable('phone_bank')
      .set(sets[change] as never) // one of five fixed shapes
      .where('organization_id', '=', actor.organization_id)
      .where('phone_bank_id', '=', phone_bank_id)
      .where('ended_at', 'is', null)
      .returning('phone_bank_id')
      .executeTakeFirst()
    if (!changed) {
      // Two hosts end it at once: for the second it has ended as they wished.
      const { ended_at } = found(
        await tx
          .selectFrom('phone_bank')
          .select('ended_at')
          .where('organization_id', '=', actor.organization_id)
          .where('phone_bank_id', '=', phone_bank_id)
          .executeTakeFirst(),
      )
      if (isEnd && ended_at !== null) return
      throw new Conflict()
    }
    if (isEnd) {
      const callers = await tx
        .selectFrom('phone_bank_caller')
        .select('caller_id')
        .where('organization_id', '=', actor.organization_id)
        .where('phone_bank_id', '=', phone_bank_id)
        .execute()
      for (const { caller_id } of callers) await giveBack(tx, actor.organization_id, caller_id)
      await letGoSoon(tx, actor.organization_id, phone_bank_id, { is_patient: change === 'end_after_calls' })
    }
    const action = change === 'end_after_calls' ? 'end' : change
    await audit(tx, actor, { action: `phonebank.${action}`, subject: 'phone_bank', subject_id: phone_bank_id })
  })
}

export interface PhoneBankSettings {
  starts_on: string
  ends_on: string
  calling_starts: string
  calling_ends: string
  max_attempts: number
  retry_after_hours: number
  languages: string[]
  goal_contacts: number | null
}

/** Changes the rules of a running phone bank. More attempts bring back those who had used theirs up, as far as the rules of their results go. */
export function changeSettings(
  db: Db,
  actor: Actor,
  phone_bank_id: string,
  settings: PhoneBankSettings,
): Promise<void> {
  return inTransaction(db, async (tx) => {
    const before = found(
      await tx
        .selectFrom('phone_bank')
        .select([
          'starts_on',
          'ends_on',
          'calling_starts',
          'calling_ends',
          'max_attempts',
          'retry_after_hours',
          'languages',
          'goal_contacts',
        ])
        .where('organization_id', '=', actor.organization_id)
        .where('phone_bank_id', '=', phone_bank_id)
        .forUpdate()
        .executeTakeFirst(),
    )
    await tx
      .updateTable('phone_bank')
      .set(settings)
      .where('organization_id', '=', actor.organization_id)
      .where('phone_bank_id', '=', phone_bank_id)
      .execute()
    if (settings.max_attempts > before.max_attempts) await openUnreached(tx, actor.organization_id, phone_bank_id)
    await audit(tx, actor, {
      action: 'phonebank.update',
      subject: 'phone_bank',
      subject_id: phone_bank_id,
      before: {
        ...before,
        calling_starts: before.calling_starts.slice(0, 5),
        calling_ends: before.calling_ends.slice(0, 5),
      },
      after: { ...settings },
    })
  })
}

export interface PhoneBankWords {
  name: LocalizedText
  candidate: LocalizedText | null
  caller_id_note: LocalizedText
  languages: string[]
}

/** Puts right what callers read and in which languages they call; answers given stay as they are. */
export function changeWords(db: Db, actor: Actor, phone_bank_id: string, words: PhoneBankWords): Promise<void> {
  return inTransaction(db, async (tx) => {
    const before = found(
      await tx
        .selectFrom('phone_bank')
        .select(['name', 'candidate', 'caller_id_note', 'languages'])
        .where('organization_id', '=', actor.organization_id)
        .where('phone_bank_id', '=', phone_bank_id)
        .forUpdate()
        .executeTakeFirst(),
    )
    await tx
      .updateTable('phone_bank')
      .set({
        name: JSON.stringify(words.name),
        candidate: words.candidate && JSON.stringify(words.candidate),
        caller_id_note: JSON.stringify(words.caller_id_note),
        languages: words.languages,
      })
      .where('organization_id', '=', actor.organization_id)
      .where('phone_bank_id', '=', phone_bank_id)
      .execute()
    await audit(tx, actor, {
      action: 'phonebank.update',
      subject: 'phone_bank',
      subject_id: phone_bank_id,
      before,
      after: { ...words },
    })
  })
}

/** From now on callers read this version of the script, or the newest; answers given keep theirs. */
export function useScript(
  db: Db,
  actor: Actor,
  phone_bank_id: string,
  version: number | 'newest',
  now: Date,
): Promise<{ version: number }> {
  return inTransaction(db, async (tx) => {
    const bank = await lockedScript(tx, actor, phone_bank_id)
    const script = usable(
      found(
        version === 'newest'
          ? await currentVersion(tx, bank.script_id)
          : await scriptVersion(tx, bank.script_id, version),
      ),
    )
    await markUsed(tx, actor.organization_id, bank.script_id, script.version, now)
    await tx
      .updateTable('phone_bank')
      .set({ script_version: script.version })
      .where('organization_id', '=', actor.organization_id)
      .where('phone_bank_id', '=', phone_bank_id)
      .execute()
    await audit(tx, actor, {
      action: 'phonebank.use_script',
      subject: 'phone_bank',
      subject_id: phone_bank_id,
      before: { version: bank.script_version },
      after: { version: script.version },
    })
    return { version: script.version }
  })
}

/** Versions of the script up to this one are offered at the head of the phone bank no more. */
export function passByScript(db: Db, actor: Actor, phone_bank_id: string, newest: number): Promise<void> {
  return inTransaction(db, async (tx) => {
    const bank = await lockedScript(tx, actor, phone_bank_id)
    const seen = Math.min(newest, found(await currentVersion(tx, bank.script_id)).version)
    if (seen <= bank.script_version_seen) return
    await tx
      .updateTable('phone_bank')
      .set({ script_version_seen: seen })
      .where('organization_id', '=', actor.organization_id)
      .where('phone_bank_id', '=', phone_bank_id)
      .execute()
    await audit(tx, actor, {
      action: 'phonebank.pass_by_script',
      subject: 'phone_bank',
      subject_id: phone_bank_id,
      before: { version: bank.script_version_seen },
      after: { version: seen },
    })
  })
}

const lockedScript = async (tx: Db, { organization_id }: Actor, phone_bank_id: string) =>
  found(
    await tx
      .selectFrom('phone_bank')
      .select(['script_id', 'script_version', 'script_version_seen'])
      .where('organization_id', '=', organization_id)
      .where('phone_bank_id', '=', phone_bank_id)
      .forUpdate()
      .executeTakeFirst(),
  )

export type Undone =
  | { ok: true; voter_id: number | null }
  | { ok: false; problem: 'unknown' | 'already_undone' | 'too_late' }

/** Takes a result back with everything that followed from it. */
export function undoAttempt(
  db: Db,
  actor: Actor,
  phone_bank_id: string,
  attempt_id: string,
  now: Date,
): Promise<Undone> {
  // Other lists are touched too, in another order than by a result recorded there.
  return inTransactionTwice(db, async (tx): Promise<Undone> => {
    const attempt = await tx
      .selectFrom('contact_attempt')
      .select(['voter_id', 'undone_at', 'disposition', 'made_by'])
      .where('organization_id', '=', actor.organization_id)
      .where('phone_bank_id', '=', phone_bank_id)
      .where('attempt_id', '=', attempt_id)
      .forUpdate()
      .executeTakeFirst()
    if (!attempt) return { ok: false, problem: 'unknown' }
    if (attempt.undone_at) return { ok: false, problem: 'already_undone' }
    // Of somebody in no voter file: voters whose number it closed have it again before those who rested by the call go on.
    if (attempt.voter_id === null) await takeBackMarksOf(tx, actor, attempt_id)
    const { rows } = await sql<{
      undone: boolean
    }>`select undo_call(${actor.organization_id}::uuid, ${attempt_id}::uuid, ${actor.name}::text,
      ${now.toISOString()}::timestamptz) as undone`.execute(tx)
    if (!rows[0]?.undone) return { ok: false, problem: 'already_undone' }
    if (attempt.voter_id !== null) await takeBackMarksOf(tx, actor, attempt_id)
    await audit(tx, actor, {
      action: 'contact.undo',
      subject: 'contact_attempt',
      subject_id: attempt_id,
      before: { disposition: attempt.disposition, made_by: attempt.made_by, voter_id: attempt.voter_id },
    })
    return { ok: true, voter_id: attempt.voter_id }
  })
}

/**
 * Takes back a result that had not come when it was asked for: should it be under way, it is refused when it comes.
 * The voter's row is held as recording holds it, so that one of the two is first.
 */
export function undoUnseen(
  db: Db,
  caller: Caller,
  { attempt_id, voter_id }: { attempt_id: string; voter_id: number },
  now: Date,
): Promise<Undone> {
  const { organization_id, phone_bank_id, caller_id } = caller
  // As undoAttempt, which it may come to.
  return inTransactionTwice(db, async (tx): Promise<Undone> => {
    const unknown = { ok: false, problem: 'unknown' } as const
    const target = await tx
      .selectFrom('phone_bank_target')
      .select('voter_id')
      .where('organization_id', '=', organization_id)
      .where('phone_bank_id', '=', phone_bank_id)
      .where('voter_id', '=', voter_id)
      .forUpdate()
      .executeTakeFirst()
    if (!target) return unknown
    const actor = actorOfCaller(caller)
    const came = await tx
      .selectFrom('contact_attempt')
      .select(['caller_id', 'recorded_at'])
      .where('organization_id', '=', organization_id)
      .where('attempt_id', '=', attempt_id)
      .executeTakeFirst()
    if (came) {
      if (came.caller_id !== caller_id) return unknown
      if (came.recorded_at < undoableSince(now)) return { ok: false, problem: 'too_late' }
      return undoAttempt(tx, actor, phone_bank_id, attempt_id, now)
    }
    const row = { organization_id, attempt_id, phone_bank_id, caller_id, taken_back_at: now }
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto('call_taken_back')
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    if (numInsertedOrUpdatedRows)
      await audit(tx, actor, {
        action: 'contact.undo',
        subject: 'contact_attempt',
        subject_id: attempt_id,
        before: { made_by: caller.name, voter_id },
      })
    return unknown
  })
}

// A phone bank keeps the expressions it was made from; what they name may get another name meanwhile.
alsoKeptBy(async (tx, actor, rename) => {
  const { organization_id } = actor
  const kept = await tx
    .selectFrom('phone_bank')
    .select(['phone_bank_id', 'expression', 'done_expression', 'priority'])
    .where('organization_id', '=', organization_id)
    .execute()
  for (const { phone_bank_id, ...before } of kept) {
    const after = {
      expression: renamedIn(before.expression, rename) ?? before.expression,
      done_expression: before.done_expression && (renamedIn(before.done_expression, rename) ?? before.done_expression),
      priority: before.priority.map((each) => renamedIn(each, rename) ?? each),
    }
    if (JSON.stringify(after) === JSON.stringify(before)) continue
    await tx
      .updateTable('phone_bank')
      .set(after)
      .where('organization_id', '=', organization_id)
      .where('phone_bank_id', '=', phone_bank_id)
      .execute()
    await audit(tx, actor, {
      action: 'phonebank.update',
      subject: 'phone_bank',
      subject_id: phone_bank_id,
      before,
      after,
    })
  }
})

/** A conversation may be longer than a lease; a page behind the telephone at the ear gives no more signs of life. */
export const talk_minutes = 30

/** Keeps the voter who is called for the caller, and lets the host see that they talk. null: nobody is called now. */
export async function noteTalking(
  db: Db,
  { organization_id, caller_id }: { organization_id: string; caller_id: string },
  voter_id: number | null,
  now: Date,
): Promise<void> {
  const until = new Date(now.getTime() + talk_minutes * 60_000)
  await sql`update call_lease
    set talking_since = case when voter_id = ${voter_id}::integer then coalesce(talking_since, ${now}::timestamptz) end,
      leased_until = case when voter_id = ${voter_id}::integer then greatest(leased_until, ${until}::timestamptz) else leased_until end
    where organization_id = ${organization_id}::uuid and caller_id = ${caller_id}::uuid
      and (voter_id = ${voter_id}::integer or talking_since is not null)`.execute(db)
}
