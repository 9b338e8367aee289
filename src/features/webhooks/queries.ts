import { sql, type Selectable } from 'kysely'
import type { Db } from '../../platform/db/db.ts'
import type { DeliveryState } from './schema.ts'
import type { WebhookDeliveryTable, WebhookTable } from './tables.ts'

export type Webhook = Selectable<WebhookTable>
export type Delivery = Selectable<WebhookDeliveryTable>
export interface ListedWebhook extends Webhook {
  waiting: number
  delivered: number
  dead: number
}

/** Webhooks that were not removed, with what became of their messages. */
export async function webhooks(db: Db, organization_id: string): Promise<ListedWebhook[]> {
  const [rows, counts] = await Promise.all([
    db
      .selectFrom('webhook')
      .selectAll()
      .where('organization_id', '=', organization_id)
      .where('removed_at', 'is', null)
      .orderBy('created_at')
      .execute(),
    db
      .selectFrom('webhook_delivery')
      .select(['webhook_id', 'state', sql<number>`count(*)::integer`.as('count')])
      .where('organization_id', '=', organization_id)
      .groupBy(['webhook_id', 'state'])
      .execute(),
  ])
  return rows.map((row) => {
    const of = (state: DeliveryState): number =>
      counts.find((each) => each.webhook_id === row.webhook_id && each.state === state)?.count ?? 0
    return { ...row, waiting: of('waiting'), delivered: of('delivered'), dead: of('dead') }
  })
}

export const webhook = (db: Db, organization_id: string, webhook_id: string): Promise<Webhook | undefined> =>
  db
    .selectFrom('webhook')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('webhook_id', '=', webhook_id)
    .where('removed_at', 'is', null)
    .executeTakeFirst()

export interface WantedDeliveries {
  state: DeliveryState | null
  from: number
  size: number
}

/** The newest messages of a webhook, those given up before the others. */
export const deliveries = (
  db: Db,
  organization_id: string,
  webhook_id: string,
  { state, from, size }: WantedDeliveries,
): Promise<Delivery[]> =>
  db
    .selectFrom('webhook_delivery')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('webhook_id', '=', webhook_id)
    .$if(state !== null, (asked) => asked.where('state', '=', state ?? 'dead'))
    .orderBy(sql`state = 'dead'`, 'desc')
    .orderBy('happened_at', 'desc')
    .orderBy('delivery_id')
    .offset(from)
    .limit(size)
    .execute()
