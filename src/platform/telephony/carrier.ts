/**
 * What the bridge asks of a telephone company, in no company's words: ring a telephone, join a telephone to a
 * conference, hang up, read what the company reports. One implementation is Twilio's; another carrier fits in here.
 */
export interface Carrier {
  /** 'twilio'; kept with each shift. */
  readonly name: string
  /** Rings one telephone. When it is answered the carrier asks `answer_url` what to do. */
  ring(call: { to: string; from: string; answer_url: string; events_url: string }): Promise<Placed>
  /** Rings one telephone and joins it to a conference. `label` is our name for the call, known before the carrier's. */
  join(call: { to: string; from: string; conference: string; label: string; events_url: string }): Promise<Placed>
  /** Ends a call, ringing or answered. A call that has ended already is well. */
  hangUp(call_id: string): Promise<Done>
  /** As `hangUp`, where the carrier's name for the call never arrived. */
  takeOut(conference: string, label: string): Promise<Done>
  /** Sends one text. Whether it arrived is reported. `service`: the carrier chooses among the numbers of this service of its own. */
  text(message: {
    to: string
    from: { phone: string } | { service: string }
    body: string
    events_url: string
  }): Promise<Placed>
  /** What we answer the carrier when it asks what to do. */
  answer(what: Instruction): { content_type: string; body: string }
  /** What a webhook says; null: it is not the carrier's, or not for this account. */
  read(request: WebhookRequest): CarrierReport | null
  /** The same of a webhook about a text. */
  readText(request: WebhookRequest): TextReport | null
}

export type Instruction =
  /** Read a sentence and wait for a key: a mailbox that answers presses none. */
  | { kind: 'ask_for_key'; say: string; language: 'en' | 'ko'; then_url: string }
  /** Stay in the conference; it ends with this telephone. */
  | { kind: 'stay_in_conference'; conference: string }
  /** Say this in each language, and hang up. */
  | { kind: 'say'; said: readonly { language: 'en' | 'ko'; text: string }[] }
  | { kind: 'hang_up' }
  /** To a text that came in: answer with one, or not at all. */
  | { kind: 'text_back'; text: string | null }

export type Placed =
  /** The carrier's name for the call, or the text. */
  | { ok: true; call_id: string }
  /** 'unknown': no answer came, so the telephone may ring; a report tells. */
  | { ok: false; problem: 'refused' | 'bad_number' | 'bad_caller_id' | 'not_let_in' | 'unknown'; code: string | null }

export type Done = { ok: true } | { ok: false; code: string | null }

export interface WebhookRequest {
  /** As the carrier called it: the public address, with its query. */
  url: string
  header(name: string): string | undefined
  /** The form's fields in their order, repeated ones too. */
  form: readonly (readonly [string, string])[]
}

/** How a call stands, in the order in which it may go on. */
export const callStates = [
  'dialing',
  'ringing',
  'answered',
  'busy',
  'no_answer',
  'failed',
  'canceled',
  'ended',
] as const
export type CallState = (typeof callStates)[number]

export interface CarrierReport {
  call_id: string
  state: CallState
  /** The carrier's own word for it. */
  said: string
  sequence_number: number | null
  happened_at: Date | null
  /** The key that was pressed, where we asked for one. */
  key: string | null
  /** Whose telephone called which, as the carrier writes them; null: not said. */
  from: string | null
  to: string | null
  /** Somebody called a number of the account. */
  is_inbound: boolean
}

export type TextReport =
  /** How a text of ours fares. */
  | { kind: 'sent'; message_id: string; state: 'sent' | 'delivered' | 'failed'; code: string | null }
  /** It is on its way still. */
  | { kind: 'nothing_new' }
  /** Somebody wrote to a number of the account. `stop`: the carrier itself lets none through any more, and has said so. */
  | {
      kind: 'came'
      message_id: string
      from: string | null
      to: string | null
      /** The service whose number it came to; null: none. */
      service: string | null
      body: string
      stop: boolean
    }
