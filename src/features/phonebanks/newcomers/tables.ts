export interface NewcomerLeaseTable {
  organization_id: string
  signup_id: string
  /** null: by hand, by somebody of the team. */
  phone_bank_id: string | null
  /** A caller of the phone bank; by hand an account. */
  caller_id: string
  /** By hand: their name. */
  taken_by: string | null
  /** Of whom is in a voter file, and rung by hand. */
  voter_id: number | null
  /** The number, E.164: in no other hand of the organization meanwhile. */
  line: string
  leased_at: Date
  leased_until: Date
  /** Not now, said this caller: then it is somebody else's turn. */
  is_put_off: boolean
}

/** Whom a caller had in hand. */
export interface NewcomerHandTable {
  organization_id: string
  signup_id: string
  caller_id: string
  /** The last time. */
  at: Date
  /** Not now, said this caller, and did not come back to them. */
  is_put_off: boolean
}

declare module '../../../platform/db/tables.ts' {
  interface Tables {
    newcomer_lease: NewcomerLeaseTable
    newcomer_hand: NewcomerHandTable
  }
}
