import { createHmac, randomBytes } from 'node:crypto'
import type { Db } from '../../../platform/db/db.ts'
import { hashOf } from '../callers/token.ts'
import '../tables.ts'

/** Opens the page of somebody at the door; asked for again, the same. */
export const handOverToken = (secret: string, phone_bank_id: string, caller_id: string): string =>
  createHmac('sha256', secret).update(`hand over:${phone_bank_id}:${caller_id}`).digest('base64url')

/** Whose link this is, as long as nobody used it. `owner`: nobody is known yet. */
export async function handOver(owner: Db, phone_bank_id: string, token: string): Promise<string | null> {
  const row = await owner
    .selectFrom('phone_bank_caller as c')
    .innerJoin('phone_bank as b', (join) =>
      join.onRef('b.organization_id', '=', 'c.organization_id').onRef('b.phone_bank_id', '=', 'c.phone_bank_id'),
    )
    .select('c.name')
    .where('c.token_hash', '=', hashOf(token))
    .where('c.phone_bank_id', '=', phone_bank_id)
    .where('c.removed_at', 'is', null)
    .where('b.ended_at', 'is', null)
    .executeTakeFirst()
  return row?.name ?? null
}

/** Uses the link: its token opens nothing any more, the one answered does. null: it was used, or never was one. */
export async function claimHandOver(owner: Db, phone_bank_id: string, token: string): Promise<string | null> {
  if (!(await handOver(owner, phone_bank_id, token))) return null
  const fresh = randomBytes(24).toString('base64url')
  const row = await owner
    .updateTable('phone_bank_caller')
    .set({ token_hash: hashOf(fresh) })
    .where('token_hash', '=', hashOf(token))
    .where('phone_bank_id', '=', phone_bank_id)
    .where('removed_at', 'is', null)
    .returning('caller_id')
    .executeTakeFirst()
  return row ? fresh : null
}
