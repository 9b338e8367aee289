import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { found } from '../../../platform/errors.ts'
import '../tables.ts'

/** What the phone bank cost; null: not said. */
export function noteCost(db: Db, actor: Actor, phone_bank_id: string, cost_cents: number | null): Promise<void> {
  return inTransaction(db, async (tx) => {
    const before = found(
      await tx
        .selectFrom('phone_bank')
        .select('cost_cents')
        .where('organization_id', '=', actor.organization_id)
        .where('phone_bank_id', '=', phone_bank_id)
        .forUpdate()
        .executeTakeFirst(),
    )
    await tx
      .updateTable('phone_bank')
      .set({ cost_cents })
      .where('organization_id', '=', actor.organization_id)
      .where('phone_bank_id', '=', phone_bank_id)
      .execute()
    await audit(tx, actor, {
      action: 'phonebank.update',
      subject: 'phone_bank',
      subject_id: phone_bank_id,
      before,
      after: { cost_cents },
    })
  })
}
