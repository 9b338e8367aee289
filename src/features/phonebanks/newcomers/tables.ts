export interface NewcomerLeaseTable {
  organization_id: string
  signup_id: string
  phone_bank_id: string
  caller_id: string
  /** The number, E.164: in no other hand of the organization meanwhile. */
  line: string
  leased_at: Date
  leased_until: Date
  /** Not now, said this caller: then it is somebody else's turn. */
  is_put_off: boolean
}

declare module '../../../platform/db/tables.ts' {
  interface Tables {
    newcomer_lease: NewcomerLeaseTable
  }
}
