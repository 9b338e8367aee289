import type { Confirming, EventBankUse } from './schema.ts'

export interface EventPhoneBankTable {
  organization_id: string
  event_id: string
  phone_bank_id: string
  what: EventBankUse
  made_by: string
  made_at: Date
}

export interface EventConfirmingTable {
  organization_id: string
  /** The call. */
  attempt_id: string
  signup_id: string
  said: Confirming
  at: Date
  made_by: string
  /** The call was undone. */
  taken_back_at: Date | null
}

declare module '../../../platform/db/tables.ts' {
  interface Tables {
    event_phone_bank: EventPhoneBankTable
    event_confirming: EventConfirmingTable
  }
}
