import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { found } from '../../../platform/errors.ts'
import { dispositions } from '../../contacts/schema.ts'
import { runningBank } from '../running.ts'
import { resultCodes } from './queries.ts'
import { codeFrom, mostCodes, type ResultCodeForm } from './schema.ts'

export type DefineProblem = 'name_needed' | 'taken' | 'too_many'

/** A new result of the organization. What it counts as never changes: another meaning is another code. */
export function defineResult(
  db: Db,
  actor: Actor,
  { name_en, name_ko, counts_as }: ResultCodeForm,
  now: Date,
): Promise<{ ok: true; code: string } | { ok: false; problem: DefineProblem }> {
  const code = codeFrom(name_en)
  if (!code) return Promise.resolve({ ok: false, problem: 'name_needed' })
  if ((dispositions as readonly string[]).includes(code)) return Promise.resolve({ ok: false, problem: 'taken' })
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    // Two at once must not pass the limit together.
    await tx
      .selectFrom('organization')
      .select('organization_id')
      .where('organization_id', '=', organization_id)
      .forUpdate()
      .execute()
    const inUse = (await resultCodes(tx, organization_id)).filter((each) => each.retired_at === null)
    if (inUse.length >= mostCodes) return { ok: false, problem: 'too_many' } as const
    const made = await tx
      .insertInto('result_code')
      .values({
        organization_id,
        code,
        name: JSON.stringify({ en: name_en, ko: name_ko }),
        counts_as,
        made_at: now,
        made_by: actor.name,
        retired_at: null,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('code')
      .executeTakeFirst()
    if (!made) return { ok: false, problem: 'taken' } as const
    await audit(tx, actor, {
      action: 'phonebank.define_result',
      subject: 'result_code',
      subject_id: code,
      after: { name_en, name_ko, counts_as },
    })
    return { ok: true, code } as const
  })
}

/** Offered no more, or again; what was recorded under it stays. */
export function retireResult(db: Db, actor: Actor, code: string, is_retired: boolean, now: Date): Promise<void> {
  return inTransaction(db, async (tx) => {
    found(
      await tx
        .updateTable('result_code')
        .set({ retired_at: is_retired ? now : null })
        .where('organization_id', '=', actor.organization_id)
        .where('code', '=', code)
        .returning('code')
        .executeTakeFirst(),
    )
    await audit(tx, actor, {
      action: is_retired ? 'phonebank.retire_result' : 'phonebank.restore_result',
      subject: 'result_code',
      subject_id: code,
    })
  })
}

/** Which own results the callers of a running phone bank find on their screen. */
export function offerResults(db: Db, actor: Actor, phone_bank_id: string, codes: readonly string[]): Promise<void> {
  return inTransaction(db, async (tx) => {
    const before = await runningBank(tx, actor, phone_bank_id)
    const known = new Set((await resultCodes(tx, actor.organization_id)).map((each) => each.code))
    const offered = [...new Set(codes)].filter((code) => known.has(code))
    await tx
      .updateTable('phone_bank')
      .set({ result_codes: offered })
      .where('organization_id', '=', actor.organization_id)
      .where('phone_bank_id', '=', phone_bank_id)
      .execute()
    await audit(tx, actor, {
      action: 'phonebank.offer_results',
      subject: 'phone_bank',
      subject_id: phone_bank_id,
      before: { result_codes: before.result_codes },
      after: { result_codes: offered },
    })
  })
}
