import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { signatureOf, type StripeAccount } from '../payments/stripe.ts'

interface Session {
  id: string
  amount_total: number
  currency: string
  client_reference_id: string | null
  payment_intent: string
  success_url: string
  cancel_url: string
  /** What is paid for. */
  name: string
  locale: string
  /** 'paid' once a person has paid on the page below. */
  state: 'open' | 'paid' | 'refunded'
}

/** Where the service of the practice town has a page of its own, for trying it by hand. */
export interface PracticePage {
  /** The page of a session, whole HTML; `action` of its forms is its own address. */
  html(session: Readonly<Session>, wrong: 'not_taken' | null): string
  /** Brings a signed report to where the account's reports go; whether it was taken there. */
  report(session: Readonly<Session>, signed: SignedReport): Promise<boolean>
}

export interface SignedReport {
  body: string
  header: string
}

const id = (kind: string): string => `${kind}_test_${randomBytes(12).toString('hex')}`

/** What the service says of a session; the rest is the page's own. */
const told = ({ id: session_id, amount_total, currency, client_reference_id, payment_intent }: Session) => ({
  id: session_id,
  amount_total,
  currency,
  client_reference_id,
  payment_intent,
})

/**
 * Stripe as far as dues and tickets use it: opens Checkout Sessions over HTTP, once for each Idempotency-Key, and makes signed reports.
 * No card is charged. Shapes: https://docs.stripe.com/api/checkout/sessions/object, https://docs.stripe.com/api/events/object,
 * https://docs.stripe.com/api/charges/object.
 */
export class FakeStripe {
  readonly account: StripeAccount
  readonly sessions = new Map<string, Session>()
  /** Status to answer the next request with. */
  refusal: number | null = null
  /** Whose time it is, for pages that close. */
  now: () => Date = () => new Date()
  readonly #server: Server
  readonly #byKey = new Map<string, Session>()
  readonly #practice: PracticePage | null

  private constructor(server: Server, practice: PracticePage | null) {
    this.#server = server
    this.#practice = practice
    const { port } = server.address() as AddressInfo // listening on TCP: never a path or null
    this.account = {
      secret_key: `sk_test_${randomBytes(12).toString('hex')}`,
      webhook_secret: `whsec_${randomBytes(16).toString('hex')}`,
      api_url: `http://127.0.0.1:${port}`,
    }
  }

  static start(practice: PracticePage | null = null): Promise<FakeStripe> {
    return new Promise((resolve, reject) => {
      const server = createServer((request, response) => void fake?.answer(request, response))
      let fake: FakeStripe | null = null
      server.once('error', reject)
      server.listen(0, '127.0.0.1', () => {
        fake = new FakeStripe(server, practice)
        resolve(fake)
      })
    })
  }

  stop(): Promise<void> {
    this.#server.closeAllConnections()
    return new Promise((resolve) => this.#server.close(() => resolve()))
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const paid_on = /^\/c\/pay\/(\w+)$/.exec(request.url ?? '')?.[1]
    if (this.#practice && paid_on) return this.#page(this.#practice, paid_on, request.method ?? '', Buffer.concat(chunks).toString('utf8'), response) // prettier-ignore
    const say = (status: number, json: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json))
    }
    const refusal = this.refusal
    this.refusal = null
    if (refusal !== null) return say(refusal, { error: { type: 'api_error', message: 'told to refuse' } })
    if (request.headers.authorization !== `Bearer ${this.account.secret_key}`)
      return say(401, { error: { type: 'invalid_request_error', message: 'Invalid API Key provided' } })
    if (request.method !== 'POST' || request.url !== '/v1/checkout/sessions')
      return say(404, { error: { type: 'invalid_request_error', message: 'Unrecognized request URL' } })
    const form = new URLSearchParams(Buffer.concat(chunks).toString('utf8'))
    const amount = Number(form.get('line_items[0][price_data][unit_amount]'))
    const isWhole = ['mode', 'success_url', 'line_items[0][price_data][product_data][name]'].every((name) =>
      form.get(name),
    )
    const closes = form.get('expires_at')
    const open_seconds = closes === null ? 86_400 : Number(closes) - this.now().getTime() / 1000
    const isOpenable = open_seconds >= 1800 && open_seconds <= 86_400
    if (!isWhole || !isOpenable || !Number.isInteger(amount) || amount < 50)
      return say(400, { error: { type: 'invalid_request_error', message: 'Missing or wrong parameter' } })
    const key = String(request.headers['idempotency-key'] ?? id('key'))
    const session = this.#byKey.get(key) ?? {
      id: id('cs'),
      amount_total: amount,
      currency: form.get('line_items[0][price_data][currency]') ?? '',
      client_reference_id: form.get('client_reference_id'),
      payment_intent: id('pi'),
      success_url: form.get('success_url') ?? '',
      cancel_url: form.get('cancel_url') ?? '',
      name: form.get('line_items[0][price_data][product_data][name]') ?? '',
      locale: form.get('locale') ?? 'en',
      state: 'open',
    }
    this.#byKey.set(key, session)
    this.sessions.set(session.id, session)
    const host = this.#practice ? this.account.api_url : 'https://checkout.stripe.com'
    return say(200, { ...told(session), object: 'checkout.session', payment_status: 'unpaid', status: 'open', url: `${host}/c/pay/${session.id}` }) // prettier-ignore
  }

  /** Pays, gives back, or shows the page where that is done; reports are signed and sent as the service does. */
  async #page(practice: PracticePage, session_id: string, method: string, body: string, response: ServerResponse) {
    const session = this.sessions.get(session_id)
    if (!session) return void response.writeHead(404, { 'content-type': 'text/plain' }).end('404')
    const act = method === 'POST' ? new URLSearchParams(body).get('act') : null
    let isTaken = true
    if (act === 'pay' && session.state === 'open') {
      isTaken = await practice.report(session, this.paid(session_id, this.now()))
      if (isTaken) {
        session.state = 'paid'
        return void response.writeHead(303, { location: session.success_url }).end()
      }
    }
    if (act === 'refund' && session.state === 'paid') {
      isTaken = await practice.report(session, this.refunded(session_id, session.amount_total, this.now()))
      if (isTaken) session.state = 'refunded'
    }
    response.writeHead(isTaken ? 200 : 502, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' })
    return void response.end(practice.html(session, isTaken ? null : 'not_taken'))
  }

  /** The report that a session was paid; `more` over what it says of the session. */
  paid(
    session_id: string,
    at: Date,
    more: Record<string, unknown> = {},
    type = 'checkout.session.completed',
  ): SignedReport {
    const session = this.sessions.get(session_id)
    const object = {
      ...(session && told(session)),
      object: 'checkout.session',
      payment_status: 'paid',
      status: 'complete',
      ...more,
    }
    return this.sign(
      { id: id('evt'), object: 'event', type, created: Math.floor(at.getTime() / 1000), data: { object } },
      at,
    )
  }

  /** The report that so much of a session's payment was given back until now. */
  refunded(session_id: string, amount_refunded: number, at: Date): SignedReport {
    const payment_intent = this.sessions.get(session_id)?.payment_intent ?? null
    const object = { id: id('ch'), object: 'charge', payment_intent, amount_refunded }
    return this.sign({ id: id('evt'), object: 'event', type: 'charge.refunded', created: Math.floor(at.getTime() / 1000), data: { object } }, at) // prettier-ignore
  }

  sign(event: unknown, at: Date, secret = this.account.webhook_secret): SignedReport {
    const body = JSON.stringify(event)
    const time = String(Math.floor(at.getTime() / 1000))
    return { body, header: `t=${time},v1=${signatureOf(secret, time, body)}` }
  }
}
