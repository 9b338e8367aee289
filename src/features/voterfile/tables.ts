import type { ColumnType, Generated } from 'kysely'
import type { ElectionKind, RegisteredBy, StandardParty, StandardStatus } from './layouts/layout.ts'
import type { ImportDetail } from './schema.ts'

type Json<T> = ColumnType<T, string, string>

export interface VoterFileTable {
  file_id: Generated<number>
  /** Null: phone numbers of voters of several states, or of none we have. */
  state: string | null
  layout: string
  kind: 'registration' | 'history' | 'phones'
  names: string[]
  sha256: string | null
  bytes: number | null
  /** Date of the file 'YYYY-MM-DD', from its name or as stated. */
  received_on: string | null
  imported_at: Generated<Date>
  imported_by: string
  law_accepted_at: ColumnType<Date | null, Date | string | null, Date | string | null>
  counts: Json<ImportCounts>
  /** The import that brought it, perhaps with others. */
  import_id: string | null
  /** Voters new with it, up to and not with `next_voter_id`; null for files that bring no voters of their own. */
  first_voter_id: number | null
  next_voter_id: number | null
  /** Counties a later file speaks of; null: all. */
  counties: string[] | null
  /** Of a list of telephones: what it said is kept apart, so that it can be taken back. */
  is_remembered: Generated<boolean>
  taken_back_at: ColumnType<Date | null, Date | null | undefined, Date | null>
  taken_back_by: string | null
}

/** What became of the rows of a file. The first seven are the report; the rest are details of it. */
export interface ImportCounts extends Partial<Record<ImportDetail, number>> {
  read: number
  added: number
  updated: number
  unchanged: number
  gone: number
  rejected: number
  seconds: number
  /** Of a list that was taken back: numbers that went, and that are as another list has them again. */
  numbers_gone?: number
  numbers_restored?: number
}

export type ImportState = 'uploaded' | 'checked' | 'queued' | 'running' | 'done' | 'cancelled' | 'failed' | 'refused'

export interface VoterImportTable {
  import_id: Generated<string>
  layout: string | null
  kind: Generated<'registration' | 'history' | 'phones'>
  paths: string[]
  names: string[]
  options: Json<Record<string, unknown>>
  state: Generated<ImportState>
  requested_by: string
  requested_at: Generated<Date>
  law_accepted_at: ColumnType<Date | null, Date | string | null, Date | string | null>
  started_at: ColumnType<Date | null, Date | string | null, Date | string | null>
  finished_at: ColumnType<Date | null, Date | string | null, Date | string | null>
  heartbeat_at: ColumnType<Date | null, Date | string | null, Date | string | null>
  /** When it was found that the process reading it had ended; what is shown since is of the run after that. */
  interrupted_at: ColumnType<Date | null, Date | string | null | undefined, Date | string | null>
  cancel_asked_at: ColumnType<Date | null, Date | string | null, Date | string | null>
  progress: ColumnType<Progress, string | undefined, string>
  dry_run: ColumnType<Record<string, unknown> | null, string | null, string | null>
  report: ColumnType<ImportCounts | null, string | null, string | null>
  rejects_path: string | null
  problem: ColumnType<{ code: string; detail?: string } | null, string | null, string | null>
  file_id: number | null
  /** Files of a .zip that were left out, being no voter files. */
  left_out: Generated<string[]>
  /** Queued or running only to see what it would change. */
  is_preview: Generated<boolean>
  /** What that found; read with ImportPreview. */
  preview: ColumnType<Record<string, unknown> | null, string | null | undefined, string | null>
}

/** A layout this installation described, in one of its versions. */
export interface VoterLayoutTable {
  name: string
  version: number
  state: string
  title: string
  layout: Json<Record<string, unknown>>
  created_at: Generated<Date>
  created_by: string
}

export interface Progress {
  phase?: 'waiting' | 'reading' | 'comparing' | 'indexing' | 'finishing'
  bytes?: number
  of_bytes?: number
  rows?: number
}

export interface ElectionTable {
  election_id: number
  state: string
  kind: ElectionKind
  year: number
  /** 'YYYY-MM-DD'; null where only the year is known. */
  held_on: string | null
}

/** What the state says of one voter. */
export interface VoterRecordTable {
  state_key: number
  row_hash: number
  household_key: number | null
  voter_id: number
  file_id: number
  gone_in: number | null
  /** Null: `state_voter_id` is the state's own. 'county': made of the county's number until the state's file comes (rules/keys.ts). */
  id_kind: 'county' | null
  /** Of those: first file of the state that speaks of their county and has nobody they could be. */
  unmatched_in: number | null
  /** In the city's lists, where those named them; null: `county_voter_id`; 0: not that, which is somebody else's there. */
  city_number: number | null
  /** 'YYYY-MM-DD' */
  birth_date: string | null
  registered_on: string | null
  last_voted_on: string | null
  birth_year: number | null
  ed: number | null
  ad: number | null
  sd: number | null
  cd: number | null
  ccd: number | null
  /** Percent 0-100, from names alone. */
  p_korean: Generated<number>
  p_chinese: Generated<number>
  p_south_asian: Generated<number>
  p_vietnamese: Generated<number>
  p_filipino: Generated<number>
  p_japanese: Generated<number>
  state: string
  state_voter_id: string
  county_voter_id: string | null
  last_name: string
  first_name: string | null
  middle_name: string | null
  suffix: string | null
  last_key: string
  given_key: string
  sex: 'F' | 'M' | 'X' | null
  party: StandardParty
  party_code: string | null
  status: StandardStatus
  status_code: string | null
  registered_by: RegisteredBy | null
  house_number: string | null
  street: string | null
  unit: string | null
  city: string | null
  zip5: string | null
  zip4: string | null
  county: string | null
  precinct: string | null
  /** election_id * 8 + method, newest first. */
  votes: Generated<number[]>
  /** Those of them that only the city's history told. */
  city_votes: number[] | null
  votes_unread: string | null
  mail_address: string | null
  districts: ColumnType<Record<string, string> | null, string | null, string | null>
  other: ColumnType<Record<string, string> | null, string | null, string | null>
}

export type ChangeKind = 'moved' | 'party' | 'status' | 'name' | 'districts' | 'gone' | 'returned' | 'other'

export interface VoterChangeTable {
  voter_id: number
  file_id: number
  kind: ChangeKind
  before: Json<Record<string, unknown>>
  after: Json<Record<string, unknown>>
}

export interface VoterPhoneTable {
  voter_id: number
  /** E.164 */
  phone: string
  kind: Generated<'mobile' | 'landline' | 'voip' | 'unknown'>
  /** 0-100, as the source says or by how it was matched. */
  quality: Generated<number>
  matched_by: 'state_id' | 'county_id' | 'name_birth_address' | 'registration'
  source: string
  received_on: string
  file_id: number | null
}

/** What one list says of a number, whether or not it counts. */
export interface VoterPhoneSaidTable extends Omit<VoterPhoneTable, 'kind' | 'quality' | 'file_id'> {
  kind: 'mobile' | 'landline' | 'voip' | 'unknown'
  quality: number
  file_id: number
}

declare module '../../platform/db/tables.ts' {
  interface Tables {
    voter_file: VoterFileTable
    voter_import: VoterImportTable
    voter_layout: VoterLayoutTable
    election: ElectionTable
    voter_record: VoterRecordTable
    voter_change: VoterChangeTable
    voter_phone: VoterPhoneTable
    voter_phone_said: VoterPhoneSaidTable
  }
}
