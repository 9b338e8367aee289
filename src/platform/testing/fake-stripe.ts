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
}

export interface SignedReport {
  body: string
  header: string
}

const id = (kind: string): string => `${kind}_test_${randomBytes(12).toString('hex')}`

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

  private constructor(server: Server) {
    this.#server = server
    const { port } = server.address() as AddressInfo // listening on TCP: never a path or null
    this.account = {
      secret_key: `sk_test_${randomBytes(12).toString('hex')}`,
      webhook_secret: `whsec_${randomBytes(16).toString('hex')}`,
      api_url: `http://127.0.0.1:${port}`,
    }
  }

  static start(): Promise<FakeStripe> {
    return new Promise((resolve, reject) => {
      const server = createServer((request, response) => void fake?.answer(request, response))
      let fake: FakeStripe | null = null
      server.once('error', reject)
      server.listen(0, '127.0.0.1', () => {
        fake = new FakeStripe(server)
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
    }
    this.#byKey.set(key, session)
    this.sessions.set(session.id, session)
    return say(200, { ...session, object: 'checkout.session', payment_status: 'unpaid', status: 'open', url: `https://checkout.stripe.com/c/pay/${session.id}` }) // prettier-ignore
  }

  /** The report that a session was paid; `more` over what it says of the session. */
  paid(
    session_id: string,
    at: Date,
    more: Record<string, unknown> = {},
    type = 'checkout.session.completed',
  ): SignedReport {
    const session = this.sessions.get(session_id)
    const object = { ...session, object: 'checkout.session', payment_status: 'paid', status: 'complete', ...more }
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
