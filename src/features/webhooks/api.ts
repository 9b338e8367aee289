import { sql } from 'kysely'
import { z } from 'zod'
import { found } from '../../platform/errors.ts'
import { Instant, instant, operation, paged, pageOf, Paging, Place, placeIn } from '../access/tokens/operation.ts'
import { changeWebhook, replayDeliveries } from './commands.ts'
import { webhook, webhooks, type ListedWebhook } from './queries.ts'
import { problems, problemOf } from './rules.ts'
import { deliveryStates, webhookEvents } from './schema.ts'

const Address = z.object({
  webhook_id: z.uuid(),
  url: z.string(),
  events: z.array(z.enum(webhookEvents)),
  paused_at: Instant.nullable(),
  is_gone: z.boolean().meta({ description: 'Paused because it answered 410.' }),
  waiting: z.int(),
  delivered: z.int(),
  dead: z.int().meta({ description: 'Given up: sent again only when somebody replays them.' }),
})

const Message = z.object({
  message_id: z.uuid().meta({ description: 'The `webhook-id` it is sent under.' }),
  type: z.enum(webhookEvents),
  timestamp: Instant,
  data: z.record(z.string(), z.unknown()).meta({ description: 'As it is sent: see `webhooks`.' }),
  state: z.enum(deliveryStates),
  attempts: z.int(),
  next_at: Instant.nullable().meta({ description: 'When it is tried next; null: not by itself.' }),
  delivered_at: Instant.nullable(),
  last_status: z.int().nullable().meta({ description: 'HTTP status of the last answer; null: none.' }),
  last_problem: z.enum(problems).nullable(),
})

const shown = ({ webhook_id, url, events, paused_at, is_gone, waiting, delivered, dead }: ListedWebhook) => ({
  ...{ webhook_id, url, events, is_gone, waiting, delivered, dead },
  paused_at: paused_at && instant(paused_at),
})

const params = z.object({ webhook_id: z.uuid() })
const group = 'Messages'

/** What became of messages to other programs, and sending again what was given up. Addresses are set up by people. */
export const webhookOperations = [
  operation({
    method: 'GET',
    path: '/webhooks',
    scope: 'webhooks.read',
    group,
    summary: 'Addresses that get messages, and how many were delivered, wait or were given up.',
    answer: z.object({ items: z.array(Address), next_cursor: z.null() }),
    async run({ db, actor }) {
      return { items: (await webhooks(db, actor.organization_id)).map(shown), next_cursor: null }
    },
  }),
  operation({
    method: 'PATCH',
    path: '/webhooks/:webhook_id',
    scope: 'webhooks.write',
    group,
    summary: 'Pauses an address or sends there again; what happens meanwhile is kept.',
    params,
    body: z.object({ is_paused: z.boolean() }),
    answer: Address,
    async run({ db, actor, now }, { params: { webhook_id }, body }) {
      const { paused_at } = found(await webhook(db, actor.organization_id, webhook_id))
      if ((paused_at !== null) !== body.is_paused)
        await changeWebhook(db, actor, webhook_id, body.is_paused ? 'pause' : 'resume', now)
      const listed = await webhooks(db, actor.organization_id)
      return shown(found(listed.find((each) => each.webhook_id === webhook_id)))
    },
  }),
  operation({
    method: 'GET',
    path: '/webhooks/:webhook_id/messages',
    scope: 'webhooks.read',
    group,
    summary: 'Messages to one address, the oldest first: those given up with `state=dead`.',
    params,
    query: Paging.extend({ state: z.enum(deliveryStates).optional() }),
    answer: pageOf(Message),
    async run({ db, actor }, { params: { webhook_id }, query }) {
      found(await webhook(db, actor.organization_id, webhook_id))
      const after = placeIn(query.cursor, z.tuple([Place, z.uuid()]))
      const { state, limit } = query
      const rows = await db
        .selectFrom('webhook_delivery')
        .selectAll()
        .select(sql<string>`happened_at::text`.as('place'))
        .where('organization_id', '=', actor.organization_id)
        .where('webhook_id', '=', webhook_id)
        .$if(state !== undefined, (asked) => asked.where('state', '=', state ?? 'dead'))
        .$if(after !== null, (asked) =>
          asked.where(sql<boolean>`(happened_at, delivery_id) > (${after?.[0]}::timestamptz, ${after?.[1]}::uuid)`),
        )
        .orderBy('happened_at')
        .orderBy('delivery_id')
        .limit(limit + 1)
        .execute()
      return paged(
        rows,
        limit,
        (row) => ({
          message_id: row.delivery_id,
          type: row.event,
          timestamp: instant(row.happened_at),
          data: row.payload,
          state: row.state,
          attempts: row.attempts,
          next_at: row.state === 'waiting' ? instant(row.next_at) : null,
          delivered_at: row.delivered_at && instant(row.delivered_at),
          last_status: row.last_status,
          last_problem: problemOf(row),
        }),
        (row) => [row.place, row.delivery_id],
      )
    },
  }),
  operation({
    method: 'POST',
    path: '/webhooks/:webhook_id/replay',
    scope: 'webhooks.write',
    group,
    summary: 'Sends messages that were given up once more, these or all; others stay as they are.',
    params,
    body: z.object({
      message_ids: z.array(z.uuid()).min(1).max(500).optional().meta({ description: 'Left out: all given up.' }),
    }),
    answer: z.object({ replayed: z.int() }),
    async run({ db, actor, now }, { params: { webhook_id }, body }) {
      found(await webhook(db, actor.organization_id, webhook_id))
      return { replayed: await replayDeliveries(db, actor, webhook_id, body.message_ids ?? null, now) }
    },
  }),
]
