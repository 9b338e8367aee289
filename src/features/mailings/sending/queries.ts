import { sql } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import type { Mailing } from '../queries.ts'
import type { DeliveryState } from '../schema.ts'
import '../tables.ts'

export interface Progress {
  state: DeliveryState
  language: string
  count: number
  unsubscribed: number
}

/** How many stand where, by language. */
export async function progressOf(
  db: Db,
  { organization_id, mailing_id }: Pick<Mailing, 'organization_id' | 'mailing_id'>,
): Promise<Progress[]> {
  const { rows } = await sql<Progress>`
    select state, language, count(*)::integer as count, count(unsubscribed_at)::integer as unsubscribed from mail_delivery
    where organization_id = ${organization_id}::uuid and mailing_id = ${mailing_id}::uuid group by 1, 2 order by 2, 1`.execute(
    db,
  )
  return rows
}

export interface Stuck {
  address: string
  state: DeliveryState
  /** Of one that cannot be delivered. */
  why: string | null
  answer: string | null
  changed_at: Date | null
}

/** Those that did not simply go out, the latest first. */
export const stuckOf = (db: Db, { organization_id, mailing_id }: Mailing): Promise<Stuck[]> =>
  db
    .selectFrom('mail_delivery')
    .select(['address', 'state', 'left_out_for as why', 'answer', 'changed_at'])
    .where('organization_id', '=', organization_id)
    .where('mailing_id', '=', mailing_id)
    .where('state', 'in', ['deferred', 'failed', 'unknown', 'bounced', 'undeliverable'])
    .orderBy('changed_at', 'desc')
    .orderBy('n')
    .limit(50)
    .execute()
