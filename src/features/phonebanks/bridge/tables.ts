import type { Generated, GeneratedAlways } from 'kysely'
import type { CallState } from '../../../platform/telephony/carrier.ts'

type MaybeDate = Date | null

export interface BridgeShiftTable {
  organization_id: string
  bridge_shift_id: Generated<string>
  phone_bank_id: string
  caller_id: string
  caller_phone: string | null
  carrier: string
  call_sid: string | null
  state: Generated<'calling' | 'joined' | 'ended'>
  started_at: Date
  joined_at: MaybeDate
  ended_at: MaybeDate
  why_ended: 'left' | 'hung_up' | 'not_reached' | 'no_key' | null
  /** The order in which shifts began. */
  number: GeneratedAlways<number>
}

export interface BridgeCallTable {
  organization_id: string
  bridge_call_id: Generated<string>
  bridge_shift_id: string
  voter_id: number
  phone: string
  call_sid: string | null
  state: Generated<CallState>
  problem: string | null
  dialed_at: Date
  answered_at: MaybeDate
  ended_at: MaybeDate
  /** The order in which calls began. */
  number: GeneratedAlways<number>
}

export interface CarrierEventTable {
  organization_id: string
  carrier_event_id: Generated<string>
  bridge_shift_id: string
  bridge_call_id: string | null
  call_sid: string
  state: string
  sequence_number: Generated<number>
  happened_at: MaybeDate
  received_at: Date
  is_used: boolean
}

/** Somebody called the organization's number. */
export interface InboundCallTable {
  organization_id: string
  inbound_call_id: Generated<string>
  carrier: string
  call_sid: string
  /** E.164; null: withheld. */
  phone: string | null
  /** null: nobody we called, or several. */
  voter_id: Generated<number | null>
  phone_bank_id: Generated<string | null>
  /** null: no call was promised. */
  follow_up_id: Generated<string | null>
  called_at: Date
}

export type TextState = 'waiting' | 'sent' | 'delivered' | 'failed' | 'withheld'

/** A link texted from the organization's number. */
export interface PhoneBankTextTable {
  organization_id: string
  /** Of phone_bank_told. */
  text_id: string
  phone_bank_id: string
  voter_id: number
  /** E.164 */
  phone: string
  body: string
  state: Generated<TextState>
  /** Withheld: why; else the carrier's code. */
  problem: Generated<string | null>
  carrier: Generated<string | null>
  message_id: Generated<string | null>
  made_at: Date
  state_at: Date
}

/** Somebody wrote to the organization's number. */
export interface InboundTextTable {
  organization_id: string
  inbound_text_id: Generated<string>
  carrier: string
  message_id: string
  phone: string | null
  body: string
  means: 'stop' | 'start' | 'other'
  follow_up_id: Generated<string | null>
  received_at: Date
}

declare module '../../../platform/db/tables.ts' {
  interface Tables {
    bridge_shift: BridgeShiftTable
    bridge_call: BridgeCallTable
    carrier_event: CarrierEventTable
    inbound_call: InboundCallTable
    phone_bank_text: PhoneBankTextTable
    inbound_text: InboundTextTable
  }
}
