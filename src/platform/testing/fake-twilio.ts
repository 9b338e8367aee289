import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TwilioAccount } from '../telephony/twilio.ts'
import { signatureOf } from '../telephony/twilio-signature.ts'

/** What happens when a telephone rings. To a carrier a mailbox is an answered call: who answers, the caller hears. */
export type Rings = 'answered' | 'voicemail' | 'busy' | 'no_answer' | 'failed'

export interface SentWebhook {
  url: string
  form: [string, string][]
  call_sid: string
}

interface Leg {
  sid: string
  to: string
  from: string
  label: string | null
  conference: string | null
  events_url: string
  answer_url: string | null
  status: string
  sequence_number: number
}

interface Options {
  /** How a number answers, unless `rings` was told otherwise. */
  usual?: (phone: string) => Rings
  /** Milliseconds between one event and the next, for trying by hand; without it events wait for `deliver`. */
  pace_ms?: number
}

/**
 * Twilio Voice as far as the bridge uses it, over HTTP: takes calls and participants, asks for TwiML, sends signed
 * status callbacks; and texts, with theirs. No telephone rings. Shapes: https://www.twilio.com/docs/voice/api/call-resource,
 * https://www.twilio.com/docs/voice/api/conference-participant-resource,
 * https://www.twilio.com/docs/usage/webhooks/voice-webhooks, checked 2026-11-26; senders of texts and their refusals:
 * https://www.twilio.com/docs/messaging/api/message-resource, https://www.twilio.com/docs/api/errors/21603 and /21701, checked 2026-11-27.
 */
export class FakeTwilio {
  readonly account: TwilioAccount
  /** Every request it was asked, without the secret. */
  readonly asked: { method: string; path: string; form: Record<string, string> }[] = []
  /** Error to answer the next request with, as Twilio numbers them. */
  refusal: { status: number; code: number } | null = null
  /** Messaging services of the account, each with a number of its pool. */
  readonly services = new Map<string, string>()
  /** The next request is carried out, but the answer is lost on the way. */
  loses_answer = false
  readonly #server: Server
  readonly #legs = new Map<string, Leg>()
  readonly #rings = new Map<string, Rings>()
  readonly #options: Options
  #waiting: SentWebhook[] = []
  #timer: ReturnType<typeof setTimeout> | null = null

  private constructor(server: Server, options: Options) {
    this.#server = server
    this.#options = options
    const { port } = server.address() as AddressInfo // listening on TCP: never a path or null
    this.account = {
      account_sid: `AC${randomBytes(16).toString('hex')}`,
      auth_token: randomBytes(16).toString('hex'),
      api_url: `http://127.0.0.1:${port}`,
    }
  }

  static start(options: Options = {}): Promise<FakeTwilio> {
    return new Promise((resolve, reject) => {
      const server = createServer((request, response) => void fake?.answer(request, response))
      let fake: FakeTwilio | null = null
      server.once('error', reject)
      server.listen(0, '127.0.0.1', () => {
        fake = new FakeTwilio(server, options)
        resolve(fake)
      })
    })
  }

  stop(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    this.#waiting = []
    this.#server.closeAllConnections()
    return new Promise((resolve) => this.#server.close(() => resolve()))
  }

  /** Every call is over without a word, and nothing waits. */
  clear(): void {
    this.#legs.clear()
    this.#rings.clear()
    this.#waiting = []
    this.asked.length = 0
  }

  rings(phone: string, how: Rings): void {
    this.#rings.set(phone, how)
  }

  /** Calls that ring or talk now, by number. */
  get live(): string[] {
    return [...this.#legs.values()].filter((leg) => !isOver(leg)).map((leg) => leg.to)
  }

  /** The person at this number hangs up. */
  hangsUp(phone: string): void {
    const leg = [...this.#legs.values()].findLast((each) => each.to === phone && !isOver(each))
    if (!leg) throw new Error(`nobody talks at ${phone}`)
    this.#end(leg)
  }

  /** Sends what waits, in order, and what follows from it, until all is quiet. */
  async deliver(): Promise<void> {
    while (this.#waiting.length) await this.#next()
  }

  /** What waits to be sent; it is then for the test to send, drop, double or turn round. */
  take(): SentWebhook[] {
    return this.#waiting.splice(0)
  }

  /** Sends one webhook, signed by the account unless told otherwise. Answers what came back. */
  async send(
    { url, form }: Pick<SentWebhook, 'url' | 'form'>,
    signature?: string,
  ): Promise<{ status: number; body: string }> {
    const answer = await fetch(url, {
      method: 'POST',
      body: new URLSearchParams(form),
      headers: { 'x-twilio-signature': signature ?? signatureOf(this.account.auth_token, url, form) },
    })
    return { status: answer.status, body: await answer.text() }
  }

  async #next(): Promise<void> {
    const webhook = this.#waiting.shift()
    if (!webhook) return
    const leg = this.#legs.get(webhook.call_sid)
    const answer = await this.send(webhook)
    if (leg && answer.status === 200 && answer.body.includes('<Response>')) this.#obey(leg, answer.body)
  }

  #obey(leg: Leg, twiml: string): void {
    const action = /<Gather[^>]* action="([^"]+)"/.exec(twiml)?.[1]
    const conference = /<Conference[^>]*>([^<]+)<\/Conference>/.exec(twiml)?.[1]
    if (action && (this.#rings.get(leg.to) ?? 'answered') === 'answered') {
      this.#queue(leg, unescape(action), [...this.#fields(leg), ['Digits', '1']])
    } else if (conference) leg.conference = conference
    else if (!isOver(leg)) this.#end(leg)
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = ''
    for await (const chunk of request) text += String(chunk)
    const form = new URLSearchParams(text)
    const { method = 'GET', url = '/' } = request
    const say = (status: number, body: unknown) => {
      if (this.loses_answer) {
        this.loses_answer = false
        response.destroy()
        return
      }
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(status === 204 ? undefined : JSON.stringify(body))
    }
    const refuse = (status: number, code: number) =>
      say(status, { code, message: 'refused', more_info: `https://www.twilio.com/docs/errors/${code}`, status })
    const { account_sid, auth_token } = this.account
    const right = `Basic ${Buffer.from(`${account_sid}:${auth_token}`).toString('base64')}`
    if (request.headers.authorization !== right) return refuse(401, 20003)
    const root = `/2010-04-01/Accounts/${account_sid}`
    if (!url.startsWith(root)) return refuse(404, 20404)
    const path = url.slice(root.length)
    this.asked.push({ method, path, form: Object.fromEntries(form) })
    if (this.refusal) {
      const { status, code } = this.refusal
      this.refusal = null
      return refuse(status, code)
    }
    const participants = /^\/Conferences\/([^/]+)\/Participants\.json$/.exec(path)?.[1]
    const participant = /^\/Conferences\/([^/]+)\/Participants\/([^/]+)\.json$/.exec(path)
    const changed = /^\/Calls\/(CA[0-9a-f]{32})\.json$/.exec(path)?.[1]
    if (method === 'POST' && path === '/Calls.json') {
      if (!isPhone(form.get('To'))) return refuse(400, 21211)
      const leg = this.#dial(form, null)
      return say(201, {
        sid: leg.sid,
        account_sid,
        to: leg.to,
        from: leg.from,
        status: 'queued',
        direction: 'outbound-api',
      })
    }
    if (method === 'POST' && path === '/Messages.json') {
      if (!isPhone(form.get('To'))) return refuse(400, 21211)
      const service = form.get('MessagingServiceSid')
      if (!service && !isPhone(form.get('From'))) return refuse(400, 21603) // a sender is required
      if (service && !this.services.has(service)) return refuse(404, 21701)
      const sid = this.#text(form)
      return say(201, {
        sid,
        account_sid,
        to: form.get('To'),
        from: form.get('From'), // of a service it is chosen later
        messaging_service_sid: service,
        status: service ? 'accepted' : 'queued',
        error_code: null,
      })
    }
    if (method === 'POST' && participants) {
      const conference = decodeURIComponent(participants)
      if (!isPhone(form.get('To'))) return refuse(400, 21211)
      const leg = this.#dial(form, conference)
      return say(201, {
        call_sid: leg.sid,
        account_sid,
        label: leg.label,
        conference_sid: `CF${'0'.repeat(32)}`,
        status: 'queued',
      })
    }
    const leg = changed
      ? this.#legs.get(changed)
      : [...this.#legs.values()].find(
          (each) => each.label === decodeURIComponent(participant?.[2] ?? '') && !isOver(each),
        )
    if (!leg) return refuse(404, 20404)
    if (isOver(leg)) return refuse(400, 21220)
    this.#end(leg)
    if (method === 'DELETE') say(204, null)
    else say(200, { sid: leg.sid, account_sid, status: leg.status })
  }

  /** A number that rings in vain takes no texts either. */
  #text(form: URLSearchParams): string {
    const sid = `SM${randomBytes(16).toString('hex')}`
    const service = form.get('MessagingServiceSid')
    const [to, from] = [form.get('To') ?? '', form.get('From') ?? this.services.get(service ?? '') ?? '']
    const ends = this.#rings.get(to) === 'failed' ? 'undelivered' : 'delivered'
    for (const status of ['sent', ends])
      this.#send(sid, form.get('StatusCallback') ?? '', [
        ['MessageSid', sid],
        ['SmsSid', sid],
        ['AccountSid', this.account.account_sid],
        ['From', from],
        ['To', to],
        ['MessageStatus', status],
        ['SmsStatus', status],
        ...(service ? ([['MessagingServiceSid', service]] as [string, string][]) : []),
        ['ApiVersion', '2010-04-01'],
        ...(status === 'undelivered' ? ([['ErrorCode', '30006']] as [string, string][]) : []),
      ])
    return sid
  }

  #dial(form: URLSearchParams, conference: string | null): Leg {
    const leg: Leg = {
      sid: `CA${randomBytes(16).toString('hex')}`,
      to: form.get('To') ?? '',
      from: form.get('From') ?? '',
      label: form.get('Label'),
      conference,
      events_url: form.get('StatusCallback') ?? '',
      answer_url: form.get('Url'),
      status: 'queued',
      sequence_number: 0,
    }
    this.#legs.set(leg.sid, leg)
    this.#report(leg, 'initiated')
    const how = this.#rings.get(leg.to) ?? (leg.answer_url ? 'answered' : (this.#options.usual?.(leg.to) ?? 'answered'))
    if (how === 'failed' || how === 'busy') this.#report(leg, how)
    else {
      this.#report(leg, 'ringing')
      if (how === 'no_answer') this.#report(leg, 'no-answer')
      else {
        this.#report(leg, 'in-progress')
        if (leg.answer_url) this.#queue(leg, leg.answer_url, this.#fields(leg))
      }
    }
    return leg
  }

  /** A call ends, and with the caller's telephone the whole conference. */
  #end(leg: Leg): void {
    // What was to be said of it before it ended is said no more.
    const wasAnswered =
      leg.status === 'in-progress' &&
      !this.#waiting.some(
        (each) =>
          each.call_sid === leg.sid &&
          each.form.some(([name, value]) => name === 'CallStatus' && value === 'in-progress'),
      )
    this.#waiting = this.#waiting.filter((each) => each.call_sid !== leg.sid)
    this.#report(leg, wasAnswered ? 'completed' : 'canceled')
    if (!leg.answer_url || !leg.conference) return
    for (const other of this.#legs.values()) {
      if (other !== leg && other.conference === leg.conference && !isOver(other)) this.#end(other)
    }
  }

  #report(leg: Leg, status: string): void {
    leg.status = status
    this.#queue(leg, leg.events_url, [
      ...this.#fields(leg),
      ['Timestamp', new Date().toUTCString()],
      ['SequenceNumber', String(leg.sequence_number++)],
      ['CallbackSource', 'call-progress-events'],
      ...(status === 'completed'
        ? ([
            ['CallDuration', '30'],
            ['Duration', '1'],
          ] as [string, string][])
        : []),
    ])
  }

  #fields = (leg: Leg): [string, string][] => [
    ['CallSid', leg.sid],
    ['AccountSid', this.account.account_sid],
    ['From', leg.from],
    ['To', leg.to],
    ['CallStatus', leg.status],
    ['ApiVersion', '2010-04-01'],
    ['Direction', 'outbound-api'],
  ]

  #queue(leg: Leg, url: string, form: [string, string][]): void {
    this.#send(leg.sid, url, form)
  }

  #send(call_sid: string, url: string, form: [string, string][]): void {
    this.#waiting.push({ url, form, call_sid })
    if (this.#options.pace_ms !== undefined && !this.#timer) this.#timer = setTimeout(this.#tick, this.#options.pace_ms)
  }

  #tick = (): void => {
    this.#timer = null
    // The application may be gone when the demonstration is stopped: the event is lost, as it would be.
    void this.#next()
      .catch(() => null)
      .finally(() => {
        if (this.#waiting.length && !this.#timer) this.#timer = setTimeout(this.#tick, this.#options.pace_ms)
      })
  }
}

const isOver = (leg: Leg): boolean => ['completed', 'busy', 'no-answer', 'failed', 'canceled'].includes(leg.status)
const isPhone = (text: string | null): boolean => /^\+[1-9]\d{6,14}$/.test(text ?? '')
const unescape = (text: string): string =>
  text.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
