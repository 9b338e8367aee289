import { randomInt } from 'node:crypto'
import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { openUnreached } from '../rounds/commands.ts'
import { runningBank } from '../running.ts'
import { CallingRules, largestSeed } from './schema.ts'

/** Chance of its own for a new phone bank. */
export const newSeed = (): number => randomInt(1, largestSeed)

/** Rules as the database keeps them. */
export const rulesRow = ({ weekdays, spacing, quotas, ...rules }: CallingRules) => ({
  ...rules,
  weekdays: JSON.stringify(weekdays),
  spacing: JSON.stringify(spacing),
  quotas: JSON.stringify(quotas),
})

/** Changes the calling rules of a running phone bank. Answers whether its list must be put into another order. */
export function changeRules(
  db: Db,
  actor: Actor,
  phone_bank_id: string,
  rules: CallingRules,
): Promise<{ is_reordered: boolean }> {
  return inTransaction(db, async (tx) => {
    const before = CallingRules.parse(await runningBank(tx, actor, phone_bank_id))
    await tx
      .updateTable('phone_bank')
      .set(rulesRow(rules))
      .where('organization_id', '=', actor.organization_id)
      .where('phone_bank_id', '=', phone_bank_id)
      .execute()
    if (JSON.stringify(before.spacing) !== JSON.stringify(rules.spacing))
      await openUnreached(tx, actor.organization_id, phone_bank_id)
    await audit(tx, actor, {
      action: 'phonebank.rules',
      subject: 'phone_bank',
      subject_id: phone_bank_id,
      before,
      after: { ...rules },
    })
    const orderOfRules = (each: CallingRules) => JSON.stringify([each.list_order, each.priority, each.seed])
    return { is_reordered: orderOfRules(before) !== orderOfRules(rules) }
  })
}
