import { z } from 'zod'
import type { CallState, Carrier, CarrierReport, Done, Instruction, Placed, TextReport } from './carrier.ts'
import { isSigned } from './twilio-signature.ts'

export interface TwilioAccount {
  account_sid: string
  /** Secret. Signs webhooks, opens the interface; never in a log, a page or an address. */
  auth_token: string
  /** Without a slash at the end: 'https://api.twilio.com'. */
  api_url: string
}

/** How long a voter's telephone rings: about five rings, before most mailboxes answer. */
const ring_seconds = 25
/** A conversation nobody ends: a quarter of an hour for a voter, an evening for a caller. */
const voter_limit_seconds = 15 * 60
const caller_limit_seconds = 4 * 3600
const patience_ms = 12_000

const Sid = z.string().regex(/^CA[0-9a-fA-F]{32}$/)
const MessageSid = z.string().regex(/^(SM|MM)[0-9a-fA-F]{32}$/)
/** Reply to Calls.json names the call `sid`, to Participants.json `call_sid`. */
const PlacedReply = z.union([
  z.object({ call_sid: Sid }).transform(({ call_sid }) => call_sid),
  z.object({ sid: z.union([Sid, MessageSid]) }).transform(({ sid }) => sid),
])
const Refusal = z.object({ code: z.number().int() })

/** CallStatus: https://www.twilio.com/docs/voice/api/call-resource#call-status-values, checked 2026-11-26. */
const states: Record<string, CallState> = {
  queued: 'dialing',
  initiated: 'dialing',
  ringing: 'ringing',
  'in-progress': 'answered',
  busy: 'busy',
  'no-answer': 'no_answer',
  failed: 'failed',
  canceled: 'canceled',
  completed: 'ended',
}

/** Fields of a call's webhook: https://www.twilio.com/docs/usage/webhooks/voice-webhooks, checked 2026-11-26. */
const Webhook = z.object({
  AccountSid: z.string(),
  CallSid: Sid,
  CallStatus: z.string().max(40),
  SequenceNumber: z.coerce.number().int().min(0).max(1_000_000).optional(),
  /** RFC 2822: 'Thu, 26 Nov 2026 00:10:00 +0000'. */
  Timestamp: z.string().optional(),
  Digits: z.string().max(20).optional(),
  From: z.string().max(100).optional(),
  To: z.string().max(100).optional(),
  Direction: z.string().max(40).optional(),
})

/**
 * Fields of a text's webhook: https://www.twilio.com/docs/messaging/guides/webhook-request and, of one that we sent,
 * https://www.twilio.com/docs/messaging/guides/outbound-message-status-in-status-callbacks, checked 2026-11-27.
 */
const TextWebhook = z.object({
  AccountSid: z.string(),
  MessageSid,
  MessageStatus: z.string().max(40).optional(),
  ErrorCode: z.string().max(20).optional(),
  From: z.string().max(100).optional(),
  To: z.string().max(100).optional(),
  Body: z.string().max(4000).optional(),
  OptOutType: z.string().max(20).optional(),
  MessagingServiceSid: z.string().max(40).optional(),
})
/** Not delivered is failed for us; 'queued', 'sending' and their like say nothing new. */
const textStates: Record<string, 'sent' | 'delivered' | 'failed'> = {
  sent: 'sent',
  delivered: 'delivered',
  read: 'delivered',
  undelivered: 'failed',
  failed: 'failed',
  canceled: 'failed',
}
/** Words to which Twilio answers itself and then lets no text through: https://www.twilio.com/docs/proxy/opt-out-keywords, checked 2026-11-27. */
const stopsItself = /^(stop|stopall|unsubscribe|cancel|end|quit)$/i

/**
 * Twilio Voice, and texts by https://www.twilio.com/docs/messaging/api/message-resource. Calls: https://www.twilio.com/docs/voice/api/call-resource · participants:
 * https://www.twilio.com/docs/voice/api/conference-participant-resource · conferences in TwiML:
 * https://www.twilio.com/docs/voice/twiml/conference, all checked 2026-11-26. No answering-machine detection: the
 * person hears who answers, and the voter hears a person at once.
 */
export function twilio({ account_sid, auth_token, api_url }: TwilioAccount): Carrier {
  const account = `${api_url}/2010-04-01/Accounts/${account_sid}`
  const authorization = `Basic ${Buffer.from(`${account_sid}:${auth_token}`).toString('base64')}`

  const ask = async (method: 'POST' | 'DELETE', path: string, form: [string, string][] = []) => {
    try {
      const answer = await fetch(account + path, {
        method,
        headers: { authorization, accept: 'application/json' },
        ...(method === 'POST' ? { body: new URLSearchParams(form) } : {}),
        redirect: 'error',
        signal: AbortSignal.timeout(patience_ms),
      })
      const text = await answer.text()
      return { status: answer.status, body: answer.status === 204 ? null : parsed(text) }
    } catch {
      return null // not reached, or no answer in time: whether the telephone rings nobody knows
    }
  }
  const place = async (path: string, form: [string, string][]): Promise<Placed> => {
    const answer = await ask('POST', path, form)
    if (!answer || answer.status >= 500) return { ok: false, problem: 'unknown', code: answer && String(answer.status) }
    const placed = PlacedReply.safeParse(answer.body)
    if (answer.status < 300) {
      return placed.success ? { ok: true, call_id: placed.data } : { ok: false, problem: 'unknown', code: null }
    }
    const code = codeOf(answer.body)
    return { ok: false, problem: problemOf(answer.status, code), code: code ?? String(answer.status) }
  }
  const end = async (method: 'POST' | 'DELETE', path: string, form: [string, string][] = []): Promise<Done> => {
    const answer = await ask(method, path, form)
    // 404, and 21220 "not in a state to be changed": it is over already.
    if (answer && (answer.status < 300 || answer.status === 404 || codeOf(answer.body) === '21220')) return { ok: true }
    return { ok: false, code: answer && (codeOf(answer.body) ?? String(answer.status)) }
  }

  return {
    name: 'twilio',
    ring: ({ to, from, answer_url, events_url }) =>
      place('/Calls.json', [
        ['To', to],
        ['From', from],
        ['Url', answer_url],
        ['Method', 'POST'],
        ...eventsTo(events_url),
        ['Timeout', String(ring_seconds)],
        ['TimeLimit', String(caller_limit_seconds)],
      ]),
    join: ({ to, from, conference, label, events_url }) =>
      place(`/Conferences/${encodeURIComponent(conference)}/Participants.json`, [
        ['To', to],
        ['From', from],
        ['Label', label],
        ['EarlyMedia', 'true'], // the caller hears it ring
        ['Beep', 'false'],
        ['StartConferenceOnEnter', 'true'],
        ['EndConferenceOnExit', 'false'],
        ...eventsTo(events_url),
        ['Timeout', String(ring_seconds)],
        ['TimeLimit', String(voter_limit_seconds)],
      ]),
    // 'completed' ends calls that ring as well as those that were answered.
    hangUp: (call_id) => end('POST', `/Calls/${encodeURIComponent(call_id)}.json`, [['Status', 'completed']]),
    takeOut: (conference, label) =>
      end('DELETE', `/Conferences/${encodeURIComponent(conference)}/Participants/${encodeURIComponent(label)}.json`),
    text: ({ to, from, body, events_url }) =>
      place('/Messages.json', [
        ['To', to],
        'phone' in from ? ['From', from.phone] : ['MessagingServiceSid', from.service],
        ['Body', body],
        ['StatusCallback', events_url],
      ]),
    answer: (what) => ({ content_type: 'text/xml; charset=utf-8', body: twiml(what) }),
    read({ url, header, form }): CarrierReport | null {
      if (!isSigned(auth_token, header('x-twilio-signature'), url, form)) return null
      const fields = Webhook.safeParse(Object.fromEntries(form))
      if (!fields.success || fields.data.AccountSid !== account_sid) return null
      const { CallSid, CallStatus, SequenceNumber, Timestamp, Digits, From, To, Direction } = fields.data
      const state = states[CallStatus]
      const at = Timestamp ? new Date(Timestamp) : null
      return state
        ? {
            call_id: CallSid,
            state,
            said: CallStatus,
            sequence_number: SequenceNumber ?? null,
            happened_at: at && !Number.isNaN(at.getTime()) ? at : null,
            key: Digits ?? null,
            from: From ?? null,
            to: To ?? null,
            is_inbound: Direction === 'inbound',
          }
        : null
    },
    readText({ url, header, form }): TextReport | null {
      if (!isSigned(auth_token, header('x-twilio-signature'), url, form)) return null
      const fields = TextWebhook.safeParse(Object.fromEntries(form))
      if (!fields.success || fields.data.AccountSid !== account_sid) return null
      const {
        MessageSid: message_id,
        MessageStatus,
        ErrorCode,
        From,
        To,
        Body,
        OptOutType,
        MessagingServiceSid,
      } = fields.data
      if (Body !== undefined) {
        const stop = OptOutType === 'STOP' || stopsItself.test(Body.trim())
        return {
          kind: 'came',
          message_id,
          from: From ?? null,
          to: To ?? null,
          service: MessagingServiceSid ?? null,
          body: Body,
          stop,
        }
      }
      const state = textStates[MessageStatus ?? '']
      return state ? { kind: 'sent', message_id, state, code: ErrorCode ?? null } : { kind: 'nothing_new' }
    },
  }
}

const eventsTo = (url: string): [string, string][] => [
  ['StatusCallback', url],
  ['StatusCallbackMethod', 'POST'],
  ...(['initiated', 'ringing', 'answered', 'completed'] as const).map((event): [string, string] => [
    'StatusCallbackEvent',
    event,
  ]),
]

/** https://www.twilio.com/docs/api/errors, checked 2026-11-26. */
function problemOf(status: number, code: string | null): Exclude<Placed, { ok: true }>['problem'] {
  if (status === 401 || code === '20003') return 'not_let_in'
  if (['21210', '21212', '21213', '21606', '21659'].includes(code ?? '')) return 'bad_caller_id'
  if (['21211', '21217', '13224', '21614'].includes(code ?? '')) return 'bad_number'
  return 'refused'
}

function codeOf(body: unknown): string | null {
  const refusal = Refusal.safeParse(body)
  return refusal.success ? String(refusal.data.code) : null
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null // a proxy's page between us
  }
}

const spoken = { en: 'en-US', ko: 'ko-KR' } as const

const xml = (text: string): string => text.replace(/[&<>"']/g, (each) => `&#${each.charCodeAt(0)};`)

function twiml(what: Instruction): string {
  const head = '<?xml version="1.0" encoding="UTF-8"?><Response>'
  if (what.kind === 'ask_for_key') {
    return `${head}<Gather input="dtmf" numDigits="1" timeout="10" method="POST" action="${xml(what.then_url)}"><Say language="${spoken[what.language]}">${xml(what.say)}</Say></Gather><Hangup/></Response>`
  }
  if (what.kind === 'stay_in_conference') {
    return `${head}<Dial><Conference beep="false" startConferenceOnEnter="true" endConferenceOnExit="true" maxParticipants="2" waitUrl="">${xml(what.conference)}</Conference></Dial></Response>`
  }
  if (what.kind === 'text_back')
    return `${head}${what.text === null ? '' : `<Message>${xml(what.text)}</Message>`}</Response>`
  const said = what.kind === 'say' ? what.said : []
  return `${head}${said.map(({ language, text }) => `<Say language="${spoken[language]}">${xml(text)}</Say>`).join('')}<Hangup/></Response>`
}
