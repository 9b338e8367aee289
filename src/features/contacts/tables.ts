import type { ColumnType, Generated } from 'kysely'
import type { AnswerValue } from '../scripts/schema.ts'
import type { Disposition, SpokeWith } from './schema.ts'

export type Channel = 'phone' | 'text' | 'email' | 'post' | 'door' | 'event' | 'inbound_phone' | 'web'

/** One try to reach somebody. Written by `store_calls` (migrations/0150) and never changed, only taken back. */
export interface ContactAttemptTable {
  organization_id: string
  /** Made on the device that recorded it. */
  attempt_id: string
  voter_id: number | null
  person_id: string | null
  channel: Channel
  disposition: Disposition
  /** The organization's own name for it (phonebanks/result-codes); null: ours alone. */
  result_code: string | null
  /** A living person answered. Whether it was the voter: `isConversation`. */
  is_reached: boolean
  /** Number dialled, E.164. */
  phone: string | null
  /** Of the conversation. */
  language: string | null
  phone_bank_id: string | null
  caller_id: string | null
  /** Name of the caller. */
  made_by: string
  started_at: Date | null
  /** By the device's clock, corrected. */
  attempted_at: Date
  recorded_at: Generated<Date>
  call_back_at: Date | null
  spoke_with: SpokeWith | null
  note: string | null
  script_id: string | null
  script_version: number | null
  was_lost: Generated<boolean>
  /** What it changed elsewhere, for taking it back. */
  effects: ColumnType<Record<string, unknown>, string | undefined, string>
  undone_at: Date | null
  undone_by: string | null
}

export interface ContactAnswerTable {
  organization_id: string
  attempt_id: string
  /** Step key in the script. */
  question: string
  value: ColumnType<AnswerValue, string, string>
}

declare module '../../platform/db/tables.ts' {
  interface Tables {
    contact_attempt: ContactAttemptTable
    contact_answer: ContactAnswerTable
  }
}
