import { randomBytes } from 'node:crypto'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import { inTransaction, type Db } from '../../platform/db/db.ts'
import { found } from '../../platform/errors.ts'
import type { WebhookForm } from './schema.ts'
import './tables.ts'

export function createWebhook(db: Db, actor: Actor, form: WebhookForm, now: Date): Promise<string> {
  return inTransaction(db, async (tx) => {
    const { webhook_id } = await tx
      .insertInto('webhook')
      .values({
        organization_id: actor.organization_id,
        url: form.url,
        events: form.events,
        purpose: form.purpose || null,
        law_accepted_at: form.law ? now : null,
        secret: `whsec_${randomBytes(24).toString('base64')}`,
        created_by: actor.name,
        created_at: now,
        paused_at: null,
        removed_at: null,
      })
      .returning('webhook_id')
      .executeTakeFirstOrThrow()
    const { url, events, purpose, law } = form
    await audit(tx, actor, {
      action: 'webhook.create',
      subject: 'webhook',
      subject_id: webhook_id,
      after: { url, events, ...(purpose && { purpose }), ...(law && { law_accepted: true }) },
    })
    return webhook_id
  })
}

export const webhookChanges = ['pause', 'resume', 'remove'] as const
export type WebhookChange = (typeof webhookChanges)[number]

/** Pausing keeps what happens meanwhile; resuming sends it. Removing ends the webhook for good. */
export function changeWebhook(
  db: Db,
  actor: Actor,
  webhook_id: string,
  change: WebhookChange,
  now: Date,
): Promise<void> {
  return inTransaction(db, async (tx) => {
    const set = {
      pause: { paused_at: now },
      resume: { paused_at: null, is_gone: false },
      remove: { removed_at: now },
    }[change]
    const { url } = found(
      await tx
        .updateTable('webhook')
        .set(set)
        .where('organization_id', '=', actor.organization_id)
        .where('webhook_id', '=', webhook_id)
        .where('removed_at', 'is', null)
        .returning('url')
        .executeTakeFirst(),
    )
    // Nobody gets them any more; they would only stand in the way of what is due, and some hold telephone numbers.
    if (change === 'remove') {
      await tx
        .deleteFrom('webhook_delivery')
        .where('organization_id', '=', actor.organization_id)
        .where('webhook_id', '=', webhook_id)
        .execute()
    }
    await audit(tx, actor, {
      action: `webhook.${change}`,
      subject: 'webhook',
      subject_id: webhook_id,
      before: { url },
    })
  })
}

/** Sends dead messages again, these or (null) all of the webhook; answers how many. */
export function replayDeliveries(
  db: Db,
  actor: Actor,
  webhook_id: string,
  delivery_ids: readonly string[] | null,
  now: Date,
): Promise<number> {
  return inTransaction(db, async (tx) => {
    const replayed = await tx
      .updateTable('webhook_delivery')
      .set({ state: 'waiting', attempts: 0, next_at: now, delivered_at: null })
      .where('organization_id', '=', actor.organization_id)
      .where('webhook_id', '=', webhook_id)
      .where('state', '=', 'dead')
      .$if(delivery_ids !== null, (asked) => asked.where('delivery_id', 'in', delivery_ids ?? []))
      .returning('delivery_id')
      .execute()
    if (replayed.length > 0) {
      await audit(tx, actor, {
        action: 'webhook.replay',
        subject: 'webhook',
        subject_id: webhook_id,
        after: { messages: replayed.length },
      })
    }
    return replayed.length
  })
}
