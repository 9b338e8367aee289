import type { Actor } from '../../platform/actor.ts'
import type { Db } from '../../platform/db/db.ts'
import { found } from '../../platform/errors.ts'
import './tables.ts'

/** A phone bank that has not ended, locked until the transaction is over. One that has, counts as not there. */
export const runningBank = async (tx: Db, { organization_id }: Actor, phone_bank_id: string) =>
  found(
    await tx
      .selectFrom('phone_bank')
      .selectAll()
      .where('organization_id', '=', organization_id)
      .where('phone_bank_id', '=', phone_bank_id)
      .where('ended_at', 'is', null)
      .forUpdate()
      .executeTakeFirst(),
  )
