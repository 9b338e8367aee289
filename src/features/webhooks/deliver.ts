import { request as overHttp } from 'node:http'
import { request as overHttps } from 'node:https'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { audit, systemActor } from '../../platform/audit.ts'
import { inTransaction, type Db } from '../../platform/db/db.ts'
import { addressInside, isLiteralInside, lookupOutside } from '../../platform/http/outside.ts'
import { log } from '../../platform/log.ts'
import { nextTry, noAnswer, signature } from './rules.ts'
import './tables.ts'

export interface DeliverySetup {
  /** The owner's handle: deliveries of every organization. */
  owner: Db
  now(): Date
  /** May messages go to addresses of the own network? */
  allow_private: boolean
}

/** How long a receiver may take to answer. */
const patience_ms = 10_000
/** Messages in the air at once, and of these to one receiver: a slow one keeps only its own waiting. */
const atOnce = 64
const atOnceEach = 4

interface Due {
  organization_id: string
  delivery_id: string
  webhook_id: string
  event: string
  payload: Record<string, unknown>
  happened_at: Date
  attempts: number
  url: string
  secret: string
}

/**
 * Sends what is due once, and answers how many messages that were. Each is taken for two minutes before it is sent: another
 * process does not send it meanwhile, and one that dies leaves it to the next. A receiver may therefore get one twice, with
 * the same `webhook-id`.
 */
export async function deliverDue(setup: DeliverySetup): Promise<number> {
  const due = await take(setup, [], atOnce)
  await Promise.all(due.map((each) => deliver(setup, each)))
  return due.length
}

/** Up to `most` messages that are due, none to a receiver that has some in the air. */
async function take({ owner, now }: DeliverySetup, busy: readonly string[], most: number): Promise<Due[]> {
  const { rows } = await sql<Due>`
    update webhook_delivery d set next_at = ${new Date(now().getTime() + 120_000)}
    from webhook w, (
      select first.organization_id, first.delivery_id from webhook w cross join lateral (
        select d.organization_id, d.delivery_id, d.next_at from webhook_delivery d
        where d.webhook_id = w.webhook_id and d.organization_id = w.organization_id and d.state = 'waiting' and d.next_at <= ${now()}
        order by d.next_at limit ${atOnceEach} for update skip locked) first
      where w.paused_at is null and w.removed_at is null and not w.webhook_id = any(${busy}::uuid[])
      order by first.next_at limit ${most}) due
    where d.organization_id = due.organization_id and d.delivery_id = due.delivery_id
      and w.organization_id = d.organization_id and w.webhook_id = d.webhook_id
    returning d.organization_id, d.delivery_id, d.webhook_id, d.event, d.payload, d.happened_at, d.attempts, w.url, w.secret`.execute(
    owner,
  )
  return rows
}

async function deliver(setup: DeliverySetup, due: Due): Promise<void> {
  const { owner, now } = setup
  const body = JSON.stringify({ type: due.event, timestamp: due.happened_at.toISOString(), data: due.payload })
  const answer = await post(setup, due, body)
  const attempts = due.attempts + 1
  const isDelivered = answer.status !== null && answer.status >= 200 && answer.status < 300
  const next = isDelivered ? null : nextTry(attempts, now())
  await owner
    .updateTable('webhook_delivery')
    .set({
      attempts,
      last_status: answer.status,
      last_problem: isDelivered ? null : answer.problem,
      state: isDelivered ? 'delivered' : next ? 'waiting' : 'dead',
      ...(next ? { next_at: next } : {}),
      delivered_at: isDelivered ? now() : null,
    })
    .where('organization_id', '=', due.organization_id)
    .where('delivery_id', '=', due.delivery_id)
    .execute()
  if (answer.status !== 410) return
  // "Gone": the receiver wants no more. Somebody can resume it.
  await inTransaction(owner, async (tx) => {
    const paused = await tx
      .updateTable('webhook')
      .set({ paused_at: now(), is_gone: true })
      .where('organization_id', '=', due.organization_id)
      .where('webhook_id', '=', due.webhook_id)
      .where('paused_at', 'is', null)
      .where('removed_at', 'is', null)
      .returning('url')
      .executeTakeFirst()
    if (!paused) return
    await audit(tx, systemActor(due.organization_id), {
      action: 'webhook.pause',
      subject: 'webhook',
      subject_id: due.webhook_id,
      before: { url: paused.url },
      after: { last_status: 410 },
    })
  })
}

interface Answered {
  status: number | null
  problem: string
}

function post({ allow_private, now }: DeliverySetup, due: Due, body: string): Promise<Answered> {
  const url = new URL(due.url)
  const timestamp_s = Math.floor(now().getTime() / 1000)
  if (!allow_private && isLiteralInside(url.hostname)) return Promise.resolve(refusedAddress)
  return new Promise((resolve) => {
    const request = (url.protocol === 'https:' ? overHttps : overHttp)(
      url,
      {
        method: 'POST',
        timeout: patience_ms,
        signal: AbortSignal.timeout(patience_ms),
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          'user-agent': 'Hanpyo',
          'webhook-id': due.delivery_id,
          'webhook-timestamp': String(timestamp_s),
          'webhook-signature': signature(due.secret, due.delivery_id, timestamp_s, body),
        },
        ...(!allow_private && { lookup: lookupOutside }),
      },
      (response) => {
        response.resume() // nobody reads it
        const status = response.statusCode ?? null
        resolve({ status, problem: `HTTP ${status}` })
      },
    )
    request.on('error', (problem) =>
      resolve({
        status: null,
        problem:
          problem.name === 'AbortError' || problem.name === 'TimeoutError'
            ? noAnswer
            : (problem.message || String((problem as NodeJS.ErrnoException).code)).slice(0, 200),
      }),
    )
    request.end(body)
  })
}

const refusedAddress: Answered = { status: null, problem: addressInside }

export interface Deliveries {
  stop(): Promise<void>
}

/** Days a delivered message is kept, for the page; a dead one, which one can send again, stays longer. */
const kept_days = 30
const dead_kept_days = 180

async function forgetOld({ owner, now }: DeliverySetup): Promise<void> {
  await owner
    .deleteFrom('webhook_delivery')
    .where('state', '=', 'delivered')
    .where('delivered_at', '<', new Date(now().getTime() - kept_days * 86_400_000))
    .execute()
  await owner
    .deleteFrom('webhook_delivery')
    .where('state', '=', 'dead')
    .where('happened_at', '<', new Date(now().getTime() - dead_kept_days * 86_400_000))
    .execute()
  // What was told in the moment somebody removed the webhook.
  await sql`delete from webhook_delivery d using webhook w where w.organization_id = d.organization_id
    and w.webhook_id = d.webhook_id and w.removed_at is not null`.execute(owner)
}

/** Looks for due messages every second until stopped, and at once when a receiver has taken what it had in the air. */
export function startDeliveries(setup: DeliverySetup): Deliveries {
  let isStopped = false
  let wake: () => void = () => undefined
  let tidied = 0
  /** Receivers with messages in the air, and how many. */
  const busy = new Map<string, number>()
  const inTheAir = new Set<Promise<void>>()

  function send(due: Due): void {
    busy.set(due.webhook_id, (busy.get(due.webhook_id) ?? 0) + 1)
    const sending = deliver(setup, due)
      .catch((problem: unknown) => log.error({ problem }, 'a message to another program could not be sent'))
      .finally(() => {
        inTheAir.delete(sending)
        const left = (busy.get(due.webhook_id) ?? 1) - 1
        if (left > 0) busy.set(due.webhook_id, left)
        else {
          busy.delete(due.webhook_id)
          wake()
        }
      })
    inTheAir.add(sending)
  }

  const running = (async () => {
    while (!isStopped) {
      const woken = new Promise<void>((resolve) => (wake = resolve))
      try {
        const room = atOnce - inTheAir.size
        if (room > 0) for (const due of await take(setup, [...busy.keys()], room)) send(due)
        if (performance.now() - tidied > 3_600_000) {
          tidied = performance.now()
          await forgetOld(setup)
        }
      } catch (problem) {
        // The database is away for a moment: the rows wait there.
        log.error({ problem }, 'messages to other programs could not be sent')
      }
      if (!isStopped) await Promise.race([woken, sleep(1000)])
    }
    await Promise.all(inTheAir)
  })()
  return {
    async stop() {
      isStopped = true
      wake()
      await running
    },
  }
}
