import { sql, type Selectable } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import type { StripeAccount } from '../../../platform/payments/stripe.ts'
import { unseal } from '../../../platform/seal.ts'
import type { CardCheckoutTable } from '../tables.ts'

/** Whether cards are set up, by whom, and since when not any more. */
export const cardAccount = (
  db: Db,
  organization_id: string,
): Promise<{ set_by: string; set_at: Date; closed_at: Date | null; is_practice: boolean } | undefined> =>
  db
    .selectFrom('card_account')
    .select(['set_by', 'set_at', 'closed_at'])
    .select(sql<boolean>`api_url like 'http://127.0.0.1:%'`.as('is_practice'))
    .where('organization_id', '=', organization_id)
    .executeTakeFirst()

/** With its secrets: for calling the service and hearing it. */
export async function openAccount(
  db: Db,
  organization_id: string,
  secret: string,
): Promise<(StripeAccount & { closed_at: Date | null }) | undefined> {
  const row = await db
    .selectFrom('card_account')
    .select(['secret_key', 'webhook_secret', 'api_url', 'closed_at'])
    .where('organization_id', '=', organization_id)
    .executeTakeFirst()
  const open = (sealed: string): string => unseal(secret, sealedFor(organization_id), sealed)
  return row && { ...row, secret_key: open(row.secret_key), webhook_secret: open(row.webhook_secret) }
}

export const sealedFor = (organization_id: string): string => `card account ${organization_id}`

/** Paid at the service, but somebody has to look before it is in the books. */
export type Checkout = Selectable<CardCheckoutTable>
export const heldCheckouts = (db: Db, organization_id: string): Promise<Checkout[]> =>
  db
    .selectFrom('card_checkout')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('state', '=', 'held')
    .orderBy('opened_at')
    .orderBy('checkout_id')
    .execute()

/** Given back at the service, which the books would not take. */
export interface FailedRefund {
  event_id: string
  refunded_cents: number | null
  on_date: string
  checkout_id: string
}
export const failedRefunds = (db: Db, organization_id: string): Promise<FailedRefund[]> =>
  db
    .selectFrom('card_event as e')
    .innerJoin('card_checkout as c', (join) =>
      join.onRef('c.organization_id', '=', 'e.organization_id').onRef('c.payment_intent', '=', 'e.payment_intent'),
    )
    .select(['e.event_id', 'e.refunded_cents', 'e.on_date', 'c.checkout_id'])
    .where('e.organization_id', '=', organization_id)
    .where('e.state', '=', 'failed')
    .orderBy('e.on_date')
    .orderBy('e.event_id')
    .execute()

export async function heldCount(db: Db, organization_id: string): Promise<number> {
  const { rows } = await sql<{ held: number }>`select
    ((select count(*) from card_checkout where organization_id = ${organization_id}::uuid and state = 'held')
      + (select count(*) from card_event where organization_id = ${organization_id}::uuid and state = 'failed'))::integer as held`.execute(
    db,
  )
  return rows[0]?.held ?? 0
}

/** By our own id where the service says it, else by its own. */
export async function checkoutBy(
  db: Db,
  organization_id: string,
  by: { session_id: string; checkout_id: string | null } | { payment_intent: string },
): Promise<Checkout | undefined> {
  const checkouts = db.selectFrom('card_checkout').selectAll().where('organization_id', '=', organization_id)
  if ('payment_intent' in by) return checkouts.where('payment_intent', '=', by.payment_intent).executeTakeFirst()
  // As text: what is no id at all is not found either.
  return (
    (await checkouts.where(sql`checkout_id::text`, '=', by.checkout_id).executeTakeFirst()) ??
    (await checkouts.where('session_id', '=', by.session_id).executeTakeFirst())
  )
}
