import type { ColumnType, Generated } from 'kysely'
import type { DeliveryState, WebhookEvent } from './schema.ts'

export interface WebhookTable {
  organization_id: string
  webhook_id: Generated<string>
  url: string
  events: WebhookEvent[]
  /** 'whsec_' and base64, as the Standard Webhooks specification writes it. */
  secret: string
  /** What the other program gets people for. */
  purpose: Generated<string | null>
  law_accepted_at: Generated<Date | null>
  created_by: string
  created_at: Generated<Date>
  paused_at: Date | null
  /** Paused because the receiver answered 410. */
  is_gone: Generated<boolean>
  removed_at: Date | null
}

export interface WebhookDeliveryTable {
  organization_id: string
  delivery_id: Generated<string>
  webhook_id: string
  event: WebhookEvent
  payload: ColumnType<Record<string, unknown>, string, never>
  happened_at: Date
  state: Generated<DeliveryState>
  attempts: Generated<number>
  next_at: Generated<Date>
  /** HTTP status; null: not reached. */
  last_status: number | null
  last_problem: string | null
  delivered_at: Date | null
}

declare module '../../platform/db/tables.ts' {
  interface Tables {
    webhook: WebhookTable
    webhook_delivery: WebhookDeliveryTable
  }
}
