import { sql } from 'kysely'
import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { found } from '../../../platform/errors.ts'
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
    found(
      await tx
        .updateTable('phone_bank')
        .set({
          repeats: after.repeats,
          repeats_paused_at: change === 'pause' ? now : null,
          ...(change === 'stop' ? { repeat_problem: null } : {}),
        })
        .where('organization_id', '=', actor.organization_id)
        .where('phone_bank_id', '=', phone_bank_id)
        .returning('phone_bank_id')
        .executeTakeFirst(),
    )
    await audit(tx, actor, {
      action: 'phonebank.update',
      subject: 'phone_bank',
      subject_id: phone_bank_id,
      after,
    })
  })
}

/** Begins the next pass through the list: only those not reached yet. Answers how many there are. */
export function startRound(db: Db, actor: Actor, phone_bank_id: string, now: Date): Promise<{ voters: number }> {
  return inTransaction(db, async (tx) => {
    const { round } = await runningBank(tx, actor, phone_bank_id)
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
