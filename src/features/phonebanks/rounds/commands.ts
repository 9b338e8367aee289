import { sql } from 'kysely'
import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { Conflict, found } from '../../../platform/errors.ts'
import { runningBank } from '../running.ts'
import type { RepeatChange } from './schema.ts'
import '../tables.ts'

/** Whether another phone bank like it is made when this one is over; paused, not before it goes on. */
export function changeRepeat(
  db: Db,
  actor: Actor,
  phone_bank_id: string,
  change: RepeatChange,
  now: Date,
): Promise<void> {
  const after = { repeats: change === 'stop' ? null : ('weekly' as const), is_repeat_paused: change === 'pause' }
  return inTransaction(db, async (tx) => {
    const bank = found(
      await tx
        .selectFrom('phone_bank')
        .select(['repeats', 'repeats_paused_at'])
        .where('organization_id', '=', actor.organization_id)
        .where('phone_bank_id', '=', phone_bank_id)
        .forUpdate()
        .executeTakeFirst(),
    )
    // An old page: the one that came after it repeats by now, and two would make two every week.
    if ((change === 'pause' || change === 'resume') && !bank.repeats) throw new Conflict()
    if (change === 'weekly' && (await repeatsSince(tx, actor.organization_id, phone_bank_id))) throw new Conflict()
    await tx
      .updateTable('phone_bank')
      .set({
        repeats: after.repeats,
        repeats_paused_at: change === 'pause' ? now : null,
        ...(change === 'stop' || change === 'pause' ? { repeat_problem: null } : {}),
      })
      .where('organization_id', '=', actor.organization_id)
      .where('phone_bank_id', '=', phone_bank_id)
      .execute()
    await audit(tx, actor, {
      action: 'phonebank.update',
      subject: 'phone_bank',
      subject_id: phone_bank_id,
      before: { repeats: bank.repeats, is_repeat_paused: bank.repeats_paused_at !== null },
      after,
    })
  })
}

/** Whether one that was made from it, or from that one, repeats. */
async function repeatsSince(tx: Db, organization_id: string, phone_bank_id: string): Promise<boolean> {
  const { rows } = await sql`
    with recursive since as (
      select phone_bank_id, repeats from phone_bank where organization_id = ${organization_id}::uuid and repeated_from = ${phone_bank_id}::uuid
      union all
      select b.phone_bank_id, b.repeats from phone_bank b join since s on b.repeated_from = s.phone_bank_id where b.organization_id = ${organization_id}::uuid)
    select from since where repeats = 'weekly' limit 1`.execute(tx)
  return rows.length > 0
}

/**
 * Begins the next pass through the list: only those not reached yet. Answers how many there are; null where the round is no
 * longer the one whoever asks has `seen`: somebody began the next already.
 */
export function startRound(
  db: Db,
  actor: Actor,
  phone_bank_id: string,
  now: Date,
  seen?: number,
): Promise<{ voters: number } | null> {
  return inTransaction(db, async (tx) => {
    const { round } = await runningBank(tx, actor, phone_bank_id)
    if (seen !== undefined && seen !== round) return null
    const { rows } = await sql<{
      voters: number
    }>`select start_round(b, ${actor.name}::text, ${now.toISOString()}::timestamptz) as voters from phone_bank b
      where organization_id = ${actor.organization_id}::uuid and phone_bank_id = ${phone_bank_id}::uuid`.execute(tx)
    const voters = rows[0]?.voters ?? 0
    await audit(tx, actor, {
      action: 'phonebank.start_round',
      subject: 'phone_bank',
      subject_id: phone_bank_id,
      after: { round: round + 1, voters },
    })
    return { voters }
  })
}

/** Who was finished by fewer tries than the rules allow by now is called again. */
export async function openUnreached(tx: Db, organization_id: string, phone_bank_id: string): Promise<void> {
  await sql`select open_unreached(b) from phone_bank b
    where organization_id = ${organization_id}::uuid and phone_bank_id = ${phone_bank_id}::uuid`.execute(tx)
}
