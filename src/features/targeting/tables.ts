import type { ColumnType, Generated } from 'kysely'

type Instant = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>

export interface UniverseTable {
  organization_id: string
  universe_id: Generated<string>
  name: string
  /** The targeting expression, canonical. */
  expression: string
  note: string | null
  /** Voters at `counted_at`; members of a frozen one. */
  counted: number | null
  counted_at: Date | null
  created_by: string
  created_at: Generated<Date>
  archived_at: Date | null
  /** Live: the voters of today. Frozen: those it had at its version. */
  kind: Generated<'live' | 'frozen'>
  /** Name of whoever answers for it. */
  owner: string
  owner_id: string | null
  /** The last freeze, refresh or thaw that took effect; 0: none. */
  version: Generated<number>
}

/** One freeze, refresh or thaw. */
export interface UniverseVersionTable {
  organization_id: string
  universe_id: string
  version: number
  act: 'freeze' | 'refresh' | 'thaw'
  state: 'queued' | 'running' | 'done' | 'failed'
  requested_by: string
  requested_by_id: string | null
  requested_at: Date
  started_at: Instant
  finished_at: Instant
  came: number | null
  went: number | null
  members: number | null
  /** At most so many of those who fit, by `drawn` in hash.ts; null: all of them. */
  at_most: Generated<number | null>
  seed: Generated<string | null>
  undone_at: Instant
  undone_by: string | null
}

/** How far a running freeze or refresh is. */
export interface UniverseWalkTable {
  organization_id: string
  universe_id: string
  /** Voter ids looked at so far, of `to_walk`. */
  walked: number
  to_walk: number
  walked_at: Date
}

/** A member from version `since` up to before version `until`. */
export interface UniverseMemberTable {
  organization_id: string
  universe_id: string
  voter_id: number
  since: number
  until: number | null
}

export interface UniverseSizeTable {
  organization_id: string
  universe_id: string
  /** 'YYYY-MM-DD' in the organization's time zone. */
  day: string
  size: number
  recorded_at: Date
}

export interface UniverseFormerNameTable {
  organization_id: string
  /** In small letters. */
  name: string
  universe_id: string
  given_up_at: Date
}

export interface PhoneBankFormerNameTable {
  organization_id: string
  /** Folded as expressions compare names. */
  name: string
  phone_bank_id: string
  given_up_at: Generated<Date>
}

export interface UniverseExportTable {
  organization_id: string
  export_id: Generated<string>
  universe_id: string
  name: string
  expression: string
  layout: string
  columns: string[]
  channel: 'none' | 'phone' | 'text' | 'email' | 'post'
  purpose: string
  law_accepted_at: Date
  /** Of the column heads. */
  language: string
  state: 'queued' | 'running' | 'done' | 'failed' | 'expired'
  requested_by: string
  requested_by_id: string | null
  requested_at: Date
  finished_at: Instant
  expected: Generated<number>
  written: Generated<number>
  left_out: ColumnType<Record<string, number>, string | undefined, string>
  file: string | null
  bytes: number | null
  sha256: string | null
  expires_at: Instant
  problem: string | null
}

export interface UniverseDownloadTable {
  organization_id: string
  download_id: Generated<string>
  export_id: string
  downloaded_by: string
  downloaded_by_id: string | null
  downloaded_at: Date
}

declare module '../../platform/db/tables.ts' {
  interface Tables {
    universe: UniverseTable
    universe_version: UniverseVersionTable
    universe_walk: UniverseWalkTable
    universe_member: UniverseMemberTable
    universe_size: UniverseSizeTable
    universe_former_name: UniverseFormerNameTable
    phone_bank_former_name: PhoneBankFormerNameTable
    universe_export: UniverseExportTable
    universe_download: UniverseDownloadTable
  }
}
