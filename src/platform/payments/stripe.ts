import { createHmac } from 'node:crypto'
import { z } from 'zod'
import { isSame } from '../same.ts'

/** An account at Stripe, by its two secrets: never in a log, a page or an address. */
export interface StripeAccount {
  secret_key: string
  webhook_secret: string
  /** Without a slash at the end: 'https://api.stripe.com'. */
  api_url: string
}

export interface Checkout {
  /** Ours: names the payment there, and makes that what is asked twice is one. */
  checkout_id: string
  amount_cents: number
  /** What is paid for, as the payer reads it. */
  name: string
  email: string | null
  language: string
  /** Where the payer comes back to. */
  success_url: string
  cancel_url: string
  /** When the page closes: half an hour to a day after it is opened; else after a day. */
  expires_at?: Date
}

const patience_ms = 12_000
const OpenedSession = z.object({
  id: z
    .string()
    .regex(/^cs_[\w]+$/)
    .max(200),
  url: z.url(),
})

/**
 * Opens a page at Stripe where somebody pays by card: POST /v1/checkout/sessions, a form with brackets,
 * https://docs.stripe.com/api/checkout/sessions/create; the Idempotency-Key: https://docs.stripe.com/api/idempotent_requests.
 * Written from the published documentation as known in 2026-11; not yet tried against Stripe itself.
 */
export async function openCheckout(
  account: StripeAccount,
  checkout: Checkout,
): Promise<{ ok: true; session_id: string; url: string } | { ok: false; problem: 'refused' | 'away' }> {
  const form = new URLSearchParams({
    mode: 'payment',
    'line_items[0][quantity]': '1',
    'line_items[0][price_data][currency]': 'usd',
    'line_items[0][price_data][unit_amount]': String(checkout.amount_cents),
    'line_items[0][price_data][product_data][name]': checkout.name,
    client_reference_id: checkout.checkout_id,
    locale: checkout.language,
    success_url: checkout.success_url,
    cancel_url: checkout.cancel_url,
    ...(checkout.email && { customer_email: checkout.email }),
    ...(checkout.expires_at && { expires_at: String(Math.floor(checkout.expires_at.getTime() / 1000)) }),
  })
  let answer: Response
  try {
    answer = await fetch(`${account.api_url}/v1/checkout/sessions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${account.secret_key}`, 'idempotency-key': checkout.checkout_id },
      body: form,
      signal: AbortSignal.timeout(patience_ms),
    })
  } catch (problem) {
    if (problem instanceof TypeError || (problem instanceof DOMException && problem.name === 'TimeoutError'))
      return { ok: false, problem: 'away' }
    throw problem
  }
  if (!answer.ok) {
    await answer.body?.cancel()
    return { ok: false, problem: answer.status >= 500 || answer.status === 429 ? 'away' : 'refused' }
  }
  const opened = OpenedSession.safeParse(await answer.json())
  return opened.success
    ? { ok: true, session_id: opened.data.id, url: opened.data.url }
    : { ok: false, problem: 'refused' }
}

/** A report older than this, or from so far in the future, is not taken: it may be one of yesterday sent again. */
const tolerance_seconds = 300

/**
 * Did the holder of the secret sign this body, about now? `Stripe-Signature: t=<seconds>,v1=<hex>,…`: HMAC-SHA256 of
 * '<t>.<body>'; there may be several v1 while a secret is changed. https://docs.stripe.com/webhooks/signature
 */
export function isSigned(secret: string, header: string | undefined, body: string, now: Date): boolean {
  const parts = (header ?? '').split(',').map((part) => part.trim().split('='))
  const time = parts.find(([name]) => name === 't')?.[1] ?? ''
  if (!/^\d{1,12}$/.test(time)) return false
  if (Math.abs(now.getTime() / 1000 - Number(time)) > tolerance_seconds) return false
  const expected = signatureOf(secret, time, body)
  // Every one is compared, so that the time tells nothing about which was near.
  return parts
    .filter(([name]) => name === 'v1')
    .map(([, given]) => isSame(expected, given ?? ''))
    .some(Boolean)
}

export const signatureOf = (secret: string, time: string, body: string): string =>
  createHmac('sha256', secret).update(`${time}.${body}`, 'utf8').digest('hex')

const Event = z.object({
  id: z
    .string()
    .regex(/^evt_\w+$/)
    .max(200),
  type: z.string().max(100),
  /** Seconds since 1970. */
  created: z.number().int(),
  data: z.object({ object: z.unknown() }),
})
const Session = z.object({
  id: z.string(),
  client_reference_id: z.string().nullish(),
  payment_status: z.string(),
  amount_total: z.number().int(),
  currency: z.string(),
  payment_intent: z.string().nullable(),
})
/** `amount_refunded`: all of the charge that was given back until then. */
const Charge = z.object({ payment_intent: z.string().nullable(), amount_refunded: z.number().int() })

export interface CardEvent {
  event_id: string
  type: string
  at: Date
  /** null: nothing we act on. */
  what:
    | {
        is: 'paid'
        session_id: string
        /** Ours, where it was opened by us. */
        checkout_id: string | null
        amount_cents: number
        currency: string
        payment_intent: string | null
      }
    | { is: 'refunded'; payment_intent: string; refunded_cents: number }
    | null
}

/** What a signed report says; null: it is none of Stripe's shapes. https://docs.stripe.com/api/events/types */
export function readEvent(body: string): CardEvent | null {
  let json: unknown
  try {
    json = JSON.parse(body)
  } catch (problem) {
    if (problem instanceof SyntaxError) return null
    throw problem
  }
  const event = Event.safeParse(json)
  if (!event.success) return null
  const { id, type, created, data } = event.data
  const told = { event_id: id, type, at: new Date(created * 1000) }
  if (type === 'checkout.session.completed' || type === 'checkout.session.async_payment_succeeded') {
    const session = Session.safeParse(data.object)
    if (!session.success) return null
    // Some ways of paying take days: the second report says that the money came.
    if (session.data.payment_status !== 'paid') return { ...told, what: null }
    const { id: session_id, client_reference_id, amount_total, currency, payment_intent } = session.data
    const checkout_id = client_reference_id ?? null
    return { ...told, what: { is: 'paid', session_id, checkout_id, amount_cents: amount_total, currency, payment_intent } } // prettier-ignore
  }
  if (type === 'charge.refunded') {
    const charge = Charge.safeParse(data.object)
    if (!charge.success) return null
    const { payment_intent, amount_refunded } = charge.data
    return {
      ...told,
      what: payment_intent ? { is: 'refunded', payment_intent, refunded_cents: amount_refunded } : null,
    }
  }
  return { ...told, what: null }
}
