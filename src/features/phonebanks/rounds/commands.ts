import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { found } from '../../../platform/errors.ts'
import '../tables.ts'

/** Whether another phone bank like it is made when this one is over. */
export function repeatWeekly(db: Db, actor: Actor, phone_bank_id: string, is_repeated: boolean): Promise<void> {
  return inTransaction(db, async (tx) => {
    found(
      await tx
        .updateTable('phone_bank')
        .set({ repeats: is_repeated ? 'weekly' : null })
        .where('organization_id', '=', actor.organization_id)
        .where('phone_bank_id', '=', phone_bank_id)
        .returning('phone_bank_id')
        .executeTakeFirst(),
    )
    await audit(tx, actor, {
      action: 'phonebank.update',
      subject: 'phone_bank',
      subject_id: phone_bank_id,
      after: { repeats: is_repeated ? 'weekly' : null },
    })
  })
}
