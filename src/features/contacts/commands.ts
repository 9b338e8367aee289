import { sql } from 'kysely'
import { z } from 'zod'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import { inTransaction, type Db } from '../../platform/db/db.ts'
import { found } from '../../platform/errors.ts'
import { mark, recordConsents, removeConsent, takeBackMark, type NewMark } from '../people/commands.ts'
import { personById, type Person } from '../people/queries.ts'
import { phoneQualities } from '../people/schema.ts'
import { voterRecord } from '../voterfile/queries.ts'
import type { Answers } from '../scripts/schema.ts'
import { contactAttempt } from './queries.ts'
import { dispositionRules, type Disposition, type SpokeWith } from './schema.ts'
import type { Channel } from './tables.ts'

export interface NewAttempt {
  /** Made by whoever recorded it first; the same one sent twice is recorded once. */
  attempt_id: string
  voter_id: number | null
  person_id: string | null
  channel: Channel
  disposition: Disposition
  attempted_at: Date
  /** As the organization calls the result; it counts as the disposition. */
  result_code?: string | null
  /** Number dialled or written to, E.164. */
  phone: string | null
  language: string | null
  spoke_with: SpokeWith | null
  note: string | null
  made_by: string
  /** Where it was made, and by whom there, of somebody who is on no list. */
  phone_bank_id?: string | null
  caller_id?: string | null
  /** The version the answers were given to. */
  script?: { script_id: string; version: number } | null
  answers: Answers
}

export type Recorded =
  | { ok: true; is_new: boolean }
  | { ok: false; problem: 'attempt_id_taken' | 'answers_without_contact' | 'two_people' }

/**
 * Records a contact made elsewhere (another tool, paper, a return call), with all that follows from it for number and person.
 * Phone banks record theirs inside the database (migrations/0041), with the same consequences.
 */
export function recordAttempt(db: Db, actor: Actor, attempt: NewAttempt, now: Date): Promise<Recorded> {
  return inTransaction(db, async (tx): Promise<Recorded> => {
    const { organization_id } = actor
    const rule = dispositionRules[attempt.disposition]
    // Answers mean canvassed, every other result excludes them.
    if (Object.keys(attempt.answers).length > 0 && !rule.takes_answers)
      return { ok: false, problem: 'answers_without_contact' }
    const person = attempt.person_id === null ? null : found(await personById(tx, organization_id, attempt.person_id))
    const voter_id = attempt.voter_id ?? person?.voter_id ?? null
    if (attempt.voter_id !== null) {
      found(await voterRecord(tx, attempt.voter_id))
      if (person && (await isSomebodyElse(tx, person, attempt.voter_id))) return { ok: false, problem: 'two_people' }
    }
    const inserted = await tx
      .insertInto('contact_attempt')
      .values({
        organization_id,
        attempt_id: attempt.attempt_id,
        voter_id,
        person_id: person?.person_id ?? null,
        channel: attempt.channel,
        disposition: attempt.disposition,
        result_code: attempt.result_code ?? null,
        is_reached: rule.reached,
        phone: attempt.phone,
        language: attempt.language,
        phone_bank_id: attempt.phone_bank_id ?? null,
        caller_id: attempt.caller_id ?? null,
        made_by: attempt.made_by,
        started_at: null,
        attempted_at: attempt.attempted_at,
        recorded_at: now,
        call_back_at: null,
        spoke_with: attempt.spoke_with,
        note: attempt.note,
        script_id: attempt.script?.script_id ?? null,
        script_version: attempt.script?.version ?? null,
        undone_at: null,
        undone_by: null,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('attempt_id')
      .executeTakeFirst()
    if (!inserted) {
      const before = await contactAttempt(tx, organization_id, attempt.attempt_id)
      const isSame =
        before?.disposition === attempt.disposition &&
        before.voter_id === voter_id &&
        (voter_id !== null || before.person_id === (person?.person_id ?? null)) &&
        before.channel === attempt.channel
      return isSame ? { ok: true, is_new: false } : { ok: false, problem: 'attempt_id_taken' }
    }
    for (const [question, value] of Object.entries(attempt.answers)) {
      await tx
        .insertInto('contact_answer')
        .values({ organization_id, attempt_id: attempt.attempt_id, question, value: JSON.stringify(value) })
        .execute()
    }
    const suppress = rule.person === 'nothing' || rule.person === 'language' ? null : rule.person
    if (voter_id !== null) {
      const a = {
        attempt_id: attempt.attempt_id,
        voter_id,
        phone: attempt.phone,
        number: rule.number,
        reached: rule.reached,
        suppress,
        language: attempt.language,
        made_by: attempt.made_by,
        queue: rule.queue,
        spoke_with: attempt.spoke_with,
      }
      await sql`update contact_attempt set effects = learn_from_contact(${organization_id}, ${JSON.stringify(a)}::jsonb, ${now})
        where organization_id = ${organization_id} and attempt_id = ${attempt.attempt_id}`.execute(tx)
    } else if (suppress !== null && person !== null) {
      const of = { attempt_id: attempt.attempt_id, person_id: person.person_id }
      await markByContact(tx, actor, of, { reason: suppress, note: attempt.spoke_with ?? '' })
      if (suppress === 'do_not_call') await refuseCalls(tx, actor, of, attempt.phone)
    }
    await audit(tx, actor, {
      action: 'contact.record',
      subject: 'contact_attempt',
      subject_id: attempt.attempt_id,
      after: {
        channel: attempt.channel,
        disposition: attempt.disposition,
        voter_id,
        person_id: person?.person_id ?? null,
      },
    })
    return { ok: true, is_new: true }
  })
}

/** Somebody in no voter file wants no calls: as of a voter, nobody at that number is called. */
async function refuseCalls(
  tx: Db,
  actor: Actor,
  of: { attempt_id: string; person_id: string },
  phone: string | null,
): Promise<void> {
  const { attempt_id, person_id } = of
  if (phone) await markByContact(tx, actor, of, { reason: 'do_not_call', note: '', phone })
  const evidence = `call ${attempt_id}`
  const [consent_id] = await recordConsents(tx, actor, [{ person_id, channel: 'phone', is_given: false, evidence }])
  await sql`update contact_attempt set effects = effects || jsonb_build_object('consent_id', ${consent_id}::text)
    where organization_id = ${actor.organization_id}::uuid and attempt_id = ${attempt_id}::uuid`.execute(tx)
}

/**
 * Marks somebody in no voter file, or their number, by what a contact came to. Each contact has marks of its own, so that one that
 * is taken back takes none that was set by another, or by hand.
 */
export async function markByContact(
  tx: Db,
  actor: Actor,
  { attempt_id, person_id }: { attempt_id: string; person_id: string },
  said: NewMark,
): Promise<void> {
  const before = await tx
    .selectFrom('person_phone')
    .select('quality')
    .where('organization_id', '=', actor.organization_id)
    .where('person_id', '=', person_id)
    .where('phone', '=', said.phone ?? '')
    .executeTakeFirst()
  const suppression_id = await mark(tx, actor, person_id, { ...said, is_of_contact: true })
  await sql`update contact_attempt set effects = effects || jsonb_build_object('marks', coalesce(effects -> 'marks', '[]') || to_jsonb(${suppression_id}::text),
      'qualities', coalesce(effects -> 'qualities', '{}') || jsonb_build_object(${suppression_id}::text, ${before?.quality ?? null}::text))
    where organization_id = ${actor.organization_id}::uuid and attempt_id = ${attempt_id}::uuid`.execute(tx)
}

const Marked = z.object({
  marks: z.array(z.uuid()).default([]),
  /** Of numbers that were marked, as they were known before. */
  qualities: z.record(z.string(), z.enum(phoneQualities).nullable()).default({}),
  consent_id: z.uuid().optional(),
})

/** A contact that is taken back takes its marks with it (`markByContact`), and what it said of calls. */
export async function takeBackMarksOf(tx: Db, actor: Actor, attempt_id: string): Promise<void> {
  const { effects } = await tx
    .selectFrom('contact_attempt')
    .select('effects')
    .where('organization_id', '=', actor.organization_id)
    .where('attempt_id', '=', attempt_id)
    .executeTakeFirstOrThrow()
  const { marks, qualities, consent_id } = Marked.parse(effects)
  for (const suppression_id of marks)
    await takeBackMark(tx, actor, suppression_id, qualities[suppression_id] ?? undefined)
  if (consent_id) await removeConsent(tx, actor, consent_id)
}

/** Is the voter known to be another person of the organization, or this person another voter? */
async function isSomebodyElse(tx: Db, person: Person, voter_id: number): Promise<boolean> {
  if (person.voter_id !== null) return person.voter_id !== voter_id
  const theirs = await tx
    .selectFrom('person')
    .select('person_id')
    .where('organization_id', '=', person.organization_id)
    .where('voter_id', '=', voter_id)
    .where('merged_into', 'is', null)
    .executeTakeFirst()
  return theirs !== undefined
}
