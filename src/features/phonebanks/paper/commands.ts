import { randomBytes, randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { inTransaction, inTransactionTwice, type Db } from '../../../platform/db/db.ts'
import { Conflict, found } from '../../../platform/errors.ts'
import type { Installation } from '../../../platform/http/room.ts'
import { hashOf } from '../callers/token.ts'
import { isQuotaReached } from '../calling-rules/quotas.ts'
import { undoAttempt } from '../commands.ts'
import type { PhoneBank } from '../dashboard.ts'
import { offeredResults } from '../result-codes/queries.ts'
import { NotRecorded, ticketFor, turnsOf } from '../turns.ts'
import { linesOf, type Sheet, type SheetLine } from './queries.ts'
import { attemptIdOf, isSameResult, lettered } from './rules.ts'
import type { LineResult } from './schema.ts'
import './tables.ts'

type SheetMade =
  | { ok: true; sheet_id: string; number: number; voters: number }
  | { ok: false; problem: 'none_left' | 'quota' | 'practice' | 'made_already' }

/**
 * The next voters who speak these languages go on a sheet for a day: no screen of the organization hands them out meanwhile, nor
 * anybody on their line or at their home. Whoever prints has accepted the law's limit
 * on use. The same `sheet_id` a second time makes none. Practice and a full quota hold for paper as for screens.
 */
export function makeSheet(
  db: Db,
  actor: Actor,
  phone_bank_id: string,
  {
    count,
    languages,
    purpose,
    sheet_id = randomUUID(),
  }: { count: number; languages: readonly string[]; purpose: string; sheet_id?: string },
  now: Date,
): Promise<SheetMade> {
  const { organization_id } = actor
  return inTransactionTwice(db, async (tx): Promise<SheetMade> => {
    // The sheets of a phone bank are counted: one after another.
    const bank = found(
      await tx
        .selectFrom('phone_bank')
        .select(['organization_id', 'phone_bank_id', 'script_version', 'way_of_calling', 'quotas', 'result_codes'])
        .where('organization_id', '=', organization_id)
        .where('phone_bank_id', '=', phone_bank_id)
        .where('ended_at', 'is', null)
        .forUpdate()
        .executeTakeFirst(),
    )
    const before = await tx
      .selectFrom('phone_bank_sheet')
      .select('sheet_id')
      .where('organization_id', '=', organization_id)
      .where('sheet_id', '=', sheet_id)
      .executeTakeFirst()
    if (before) return { ok: false, problem: 'made_already' }
    if (bank.way_of_calling === 'practice') return { ok: false, problem: 'practice' }
    if (await isQuotaReached(tx, bank)) return { ok: false, problem: 'quota' }
    const { rows } = await sql<{ voters: number[] }>`
      select put_on_paper(b, ${sheet_id}::uuid, ${count}::integer, ${languages}::text[], ${now.toISOString()}::timestamptz) as voters
      from phone_bank b where organization_id = ${organization_id}::uuid and phone_bank_id = ${phone_bank_id}::uuid`.execute(
      tx,
    )
    const chosen = rows[0]?.voters ?? []
    const voters = chosen.length
    if (voters === 0) return { ok: false, problem: 'none_left' }
    const { number } = await tx
      .insertInto('phone_bank_sheet')
      .values({
        organization_id,
        sheet_id,
        phone_bank_id,
        number: sql<number>`(select coalesce(max(number), 0) + 1 from phone_bank_sheet
          where organization_id = ${organization_id}::uuid and phone_bank_id = ${phone_bank_id}::uuid)`,
        script_version: bank.script_version,
        languages,
        own_results: JSON.stringify(lettered(await offeredResults(tx, organization_id, bank.result_codes))),
        purpose,
        law_accepted_at: now,
        made_by: actor.name,
        made_at: now,
      })
      .returning('number')
      .executeTakeFirstOrThrow()
    await sql`insert into phone_bank_sheet_line (organization_id, sheet_id, line, voter_id, phone)
      select t.organization_id, ${sheet_id}::uuid, c.line, t.voter_id, t.phones[1]
      from unnest(${chosen}::integer[]) with ordinality c (voter_id, line)
      join phone_bank_target t on t.organization_id = ${organization_id}::uuid and t.phone_bank_id = ${phone_bank_id}::uuid
        and t.voter_id = c.voter_id`.execute(tx)
    await audit(tx, actor, {
      action: 'phonebank.put_on_paper',
      subject: 'phone_bank',
      subject_id: phone_bank_id,
      after: { voters, sheet: number, languages, purpose, law_accepted_at: now.toISOString() },
    })
    return { ok: true, sheet_id, number, voters }
  })
}

/** Voters of a sheet that was not used, or not to its end: whoever has no result is the screens' again. Answers how many. */
export function giveBackSheet(db: Db, actor: Actor, sheet: Sheet, now: Date): Promise<number> {
  return inTransactionTwice(db, async (tx) => {
    const { rows } = await sql<{
      voters: number
    }>`select give_back_sheet(${sheet.organization_id}::uuid, ${sheet.sheet_id}::uuid,
      ${now.toISOString()}::timestamptz) as voters`.execute(tx)
    const voters = rows[0]?.voters ?? 0
    await audit(tx, actor, {
      action: 'phonebank.give_back_sheet',
      subject: 'phone_bank',
      subject_id: sheet.phone_bank_id,
      after: { sheet: sheet.number, voters },
    })
    return voters
  })
}

/** Writes down whose sheet it is and when they called; lines typed from now on are theirs. */
export function nameSheet(
  db: Db,
  actor: Actor,
  bank: PhoneBank,
  sheet: Sheet,
  { caller, called_at }: { caller: string; called_at: Date },
  now: Date,
): Promise<{ caller_id: string }> {
  const { organization_id, phone_bank_id } = bank
  return inTransaction(db, async (tx) => {
    if (sheet.caller_id && sheet.caller_name === caller && sheet.called_at?.getTime() === called_at.getTime())
      return { caller_id: sheet.caller_id }
    // Nobody opens anything with this token: it is thrown away.
    await tx
      .insertInto('phone_bank_caller')
      .values({
        organization_id,
        phone_bank_id,
        name: caller,
        user_id: null,
        phone: null,
        email: null,
        languages: sheet.languages ?? bank.languages,
        token_hash: hashOf(randomBytes(24).toString('base64url')),
        joined_at: now,
        last_seen_at: now,
        is_on_paper: true,
      })
      .onConflict((same) => same.doNothing())
      .execute()
    const { caller_id } = await tx
      .selectFrom('phone_bank_caller')
      .select('caller_id')
      .where('organization_id', '=', organization_id)
      .where('phone_bank_id', '=', phone_bank_id)
      .where('name', '=', caller)
      .where('is_on_paper', '=', true)
      .where('removed_at', 'is', null)
      .executeTakeFirstOrThrow()
    await tx
      .updateTable('phone_bank_sheet')
      .set({ caller_id, called_at })
      .where('organization_id', '=', organization_id)
      .where('sheet_id', '=', sheet.sheet_id)
      .execute()
    await audit(tx, actor, {
      action: 'phonebank.name_sheet',
      subject: 'phone_bank',
      subject_id: phone_bank_id,
      after: { sheet: sheet.number, caller, called_at: called_at.toISOString() },
    })
    return { caller_id }
  })
}

export type LineSaved = 'recorded' | 'same' | 'changed' | 'taken_back' | 'nothing' | 'refused'

interface TypedSheet {
  bank: PhoneBank
  sheet: Sheet
  /** As `nameSheet` answered. */
  caller: { caller_id: string; name: string }
  called_at: Date
}

/**
 * Records what a line says, through the queue as a call of the day the sheet was called on. The same again changes nothing;
 * something else takes the first back, in the transaction that records it. `result` null: the line is taken back.
 */
export async function saveLine(
  installation: Installation,
  actor: Actor,
  { bank, sheet, caller, called_at }: TypedSheet,
  line: SheetLine,
  result: LineResult | null,
  now: Date,
): Promise<LineSaved> {
  const db = installation.database.of(bank.organization_id)
  if (!result && !line.typed) return 'nothing'
  if (result && line.typed && isSameResult(line.typed, result)) return 'same'
  const takeBack = async (tx: Db): Promise<void> => {
    if (line.typed) await undoAttempt(tx, actor, bank.phone_bank_id, line.attempt_id, now)
  }
  if (!result) {
    await inTransaction(db, async (tx) => {
      await noteTyped(tx, actor, sheet, line, null, now)
      await takeBack(tx)
    })
    return 'taken_back'
  }
  const revision = line.attempt ? line.revision + 1 : line.revision
  const attempt_id = attemptIdOf(sheet.sheet_id, line.line, revision)
  // Lines in their order, a second apart: paper knows the hour only.
  const ended_at = new Date(Math.min(called_at.getTime() + line.line * 1000, now.getTime()))
  try {
    const { recorded } = await turnsOf(installation).take(bank.organization_id, bank.phone_bank_id, {
      caller_id: caller.caller_id,
      caller_name: caller.name === actor.name ? actor.name : `${caller.name} [${actor.name}]`,
      languages: sheet.languages ?? bank.languages,
      holding: [],
      want: 0,
      async first(tx) {
        await noteTyped(tx, actor, sheet, { ...line, revision, attempt_id }, result, now)
        await takeBack(tx)
      },
      result: {
        ...result,
        attempt_id,
        voter_id: line.voter_id,
        ticket: ticketFor(installation.secret, bank.phone_bank_id, caller.caller_id, line.voter_id),
        script_version: sheet.script_version,
        is_call_back_mine: false,
        // What stands on the line is what was said about it.
        follow_ups: result.wishes.map((kind) => ({ kind, note: result.note.slice(0, 500) })),
        is_inbound: false,
        phone: line.phone || null,
        started_at: null,
        ended_at: ended_at.toISOString(),
        sent_at: now.toISOString(),
      },
    })
    if (recorded?.outcome !== 'recorded') return 'refused'
  } catch (problem) {
    if (!(problem instanceof NotRecorded)) throw problem
    // Somebody else typed it between our look and now.
    if (problem.outcome === 'already_recorded') throw new Conflict()
    return 'refused'
  }
  return line.typed ? 'changed' : 'recorded'
}

/** What is recorded with it. Two who type one line: the second must look again. */
async function noteTyped(
  tx: Db,
  actor: Actor,
  sheet: Sheet,
  { line, revision, attempt_id, typed_at }: Pick<SheetLine, 'line' | 'revision' | 'attempt_id' | 'typed_at'>,
  result: LineResult | null,
  now: Date,
): Promise<void> {
  const { numUpdatedRows } = await tx
    .updateTable('phone_bank_sheet_line')
    .set({ revision, typed: result && JSON.stringify(result), typed_by: actor.name, typed_at: now })
    .where('organization_id', '=', sheet.organization_id)
    .where('sheet_id', '=', sheet.sheet_id)
    .where('line', '=', line)
    .where('typed_at', 'is not distinct from', typed_at)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw new Conflict()
  await audit(tx, actor, {
    action: result ? 'contact.type' : 'contact.untype',
    subject: 'contact_attempt',
    subject_id: attempt_id,
    after: {
      phone_bank_id: sheet.phone_bank_id,
      sheet: sheet.number,
      line,
      disposition: result?.disposition ?? null,
      ...(result?.result_code ? { result_code: result.result_code } : {}),
    },
  })
}

/** The line as it stands now. */
export const lineOf = async (db: Db, sheet: Sheet, line: number, now: Date, today: string): Promise<SheetLine> =>
  found((await linesOf(db, sheet, now, today, { from: line - 1, to: line }))[0])
