import type { ColumnType, Generated } from 'kysely'
import type { WayOfCalling } from './bridge/schema.ts'
import type { LocalizedText } from '../../platform/i18n/languages.ts'
import type { QuietGroup } from './calling-rules/quiet-days.ts'
import type { ListOrder, Spacings } from './calling-rules/schema.ts'
import type { RepeatProblem } from './rounds/schema.ts'
import type { Before, Told } from './told/schema.ts'
import type { Quota, WeekHours } from './rules.ts'

type Json<T> = ColumnType<T, string | undefined, string>
type Instant = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>

/** 'member_communication' … as in the materials' lanes: whose work this is under election law. */
export type Lane = 'member_communication' | 'coordinated' | 'independent' | 'non_partisan'

export interface PhoneBankTable {
  organization_id: string
  phone_bank_id: Generated<string>
  name: ColumnType<LocalizedText, string, string>
  universe_id: string | null
  /** The universe as it was when the phone bank was made. */
  expression: string
  script_id: string
  script_version: number
  /** The newest a host has passed by; 0: none. */
  script_version_seen: Generated<number>
  candidate: ColumnType<LocalizedText | null, string | null | undefined, string | null>
  lane: Generated<Lane>
  languages: Generated<string[]>
  /** 'YYYY-MM-DD' */
  starts_on: string
  ends_on: string
  /** 'HH:MM:SS' in the voter's zone. */
  calling_starts: string
  calling_ends: string
  max_attempts: Generated<number>
  retry_after_hours: Generated<number>
  lease_minutes: Generated<number>
  caller_id_note: Json<LocalizedText>
  language_fallback: Generated<boolean>
  /** The universe is asked again by itself. */
  is_live: Generated<boolean>
  /** Whoever fits this expression needs no call any more. */
  done_expression: string | null
  checked_at: Instant
  targeted_at: Instant
  weekdays: Json<WeekHours>
  quiet_groups: Generated<QuietGroup[]>
  /** 'YYYY-MM-DD' */
  quiet_days: Generated<string[]>
  spacing: Json<Spacings>
  list_order: Generated<ListOrder>
  seed: Generated<number>
  /** Expressions: those who fit the first are called first. */
  priority: Generated<string[]>
  skip_minutes: Generated<number>
  reassign_minutes: Generated<number>
  household: Generated<'together' | 'apart'>
  is_household_once_a_day: Generated<boolean>
  lines_per_household: Generated<number>
  /** Calls in twelve hours. */
  most_per_caller: number | null
  rest_minutes: Generated<number>
  quotas: Json<Quota[]>
  has_leaderboard: Generated<boolean>
  /** Own results offered to callers beside ours. */
  result_codes: Generated<string[]>
  repeats: 'weekly' | null
  /** It repeats, but not for now. */
  repeats_paused_at: Instant
  /** Why the next one was not made; null: nothing stands against it. */
  repeat_problem: RepeatProblem | null
  /** Of what was typed and by whom, so that a form sent again makes no second one; null: not made by the form. */
  form_key: string | null
  repeated_from: string | null
  round: Generated<number>
  join_code: string
  join_closed_at: Instant
  goal_contacts: number | null
  /** What it cost, where somebody entered it. */
  cost_cents: number | null
  created_by: string
  created_at: Generated<Date>
  /** Time zones of its voters. */
  zones: Generated<string[]>
  /** When its list was last put together; null: being prepared. */
  prepared_at: Instant
  /** What bringing the list up to date did the last time. */
  last_added: number | null
  last_withdrawn: number | null
  /** The newest import of voters or telephones its list was compared with. */
  numbers_at: Instant
  paused_at: Instant
  ended_at: Instant
  way_of_calling: Generated<WayOfCalling>
}

export interface PhoneBankCallerTable {
  organization_id: string
  phone_bank_id: string
  caller_id: Generated<string>
  user_id: string | null
  name: string
  phone: string | null
  email: string | null
  languages: string[]
  /** sha256 of the cookie's token, hex */
  token_hash: string
  joined_at: Generated<Date>
  last_seen_at: Generated<Date>
  removed_at: Instant
  /** With the membership or the role, not by a host. */
  is_removed_as_member: Generated<boolean>
  /** Called from a printed sheet: never on a screen. */
  is_on_paper: Generated<boolean>
}

export type TargetState = 'ready' | 'leased' | 'waiting' | 'finished' | 'suppressed'

export interface PhoneBankTargetTable {
  organization_id: string
  phone_bank_id: string
  voter_id: number
  position: number
  attempts: Generated<number>
  is_language_known: Generated<boolean>
  state: Generated<TargetState>
  why: string | null
  time_zone: string
  language: Generated<string>
  next_at: ColumnType<Date | number, Date | string | undefined, Date | string>
  call_back_for: string | null
  not_for: string | null
  leased_to: string | null
  last_attempt_id: string | null
  /** Numbers left to try, the first is next. */
  phones: Generated<string[]>
  together: number[] | null
  /** Since when on a printed sheet; `next_at` is then a day later. */
  on_paper_at: Instant
  /** How they stood before a printed sheet held them or theirs. */
  why_before: Generated<string | null>
  next_before: ColumnType<Date | number | null, Date | string | null | undefined, Date | string | null>
  /** `why` is 'no_number': one is known, but no telephone can have it, or it costs whoever rings it. */
  is_number_invalid: Generated<boolean>
  /** `why` is 'talk': how they were finished before somebody talked to them again. */
  closed_as: Generated<string | null>
}

export interface CallLeaseTable {
  organization_id: string
  voter_id: number
  phone_bank_id: string
  caller_id: string
  line: string | null
  leased_at: Date
  leased_until: Date
  /** A number was closed meanwhile: the card goes out again. */
  is_changed: Generated<boolean>
  /** In nobody's hand but on a printed sheet, which `caller_id` is then. */
  is_on_paper: Generated<boolean>
  /** Since when they are called, as the caller's device says. */
  talking_since: Generated<Date | null>
}

/** A further number that is shown of a voter in a hand; the first is `call_lease.line`. */
export interface FurtherLineTable {
  organization_id: string
  voter_id: number
  /** E.164. */
  line: string
}

/** A number that stays on a screen until the next contact, of a voter who left that hand because of what somebody else said. */
export interface LineOnScreenTable {
  organization_id: string
  /** E.164. */
  line: string
  caller_id: string
  /** When the hand would have ended; the caller's next contact ends it before. */
  shown_until: Date
}

/** What a call left to do. 'organizer': to look at; until then the voter waits. */
export type FollowUpKind =
  | 'volunteer'
  | 'yard_sign'
  | 'ride'
  | 'mail_ballot'
  | 'organizer'
  | 'call_back_too_late'
  | 'return_call'
  | 'text_reply'

export interface FollowUpTable {
  organization_id: string
  follow_up_id: Generated<string>
  kind: FollowUpKind
  voter_id: number | null
  person_id: string | null
  phone_bank_id: string | null
  attempt_id: string | null
  caller_id: string | null
  note: string | null
  made_by: string
  made_at: Date
  solved_at: Instant
  solved_by: string | null
  solution: string | null
  /** What became of the voter who waited for it; null: nobody did. */
  release: Generated<'call' | 'finish' | null>
  /** The conversation that did it. */
  solved_attempt_id: Generated<string | null>
  /** A member's user id. */
  owner_id: Generated<string | null>
  /** 'YYYY-MM-DD'. */
  due_on: Generated<string | null>
  assigned_by: Generated<string | null>
  assigned_at: ColumnType<Date | null, Date | null | undefined, Date | null>
}

export interface PhoneBankMessageTable {
  organization_id: string
  phone_bank_id: string
  message_id: Generated<string>
  /** null: to all. */
  caller_id: string | null
  text: string
  sent_by: string
  sent_at: Date
}

export interface PhoneBankRoundTable {
  organization_id: string
  phone_bank_id: string
  round: number
  voters: number
  started_at: Date
  started_by: string
}

/** What a caller learned beside the result of a call. */
export interface PhoneBankToldTable {
  organization_id: string
  told_id: string
  phone_bank_id: string
  caller_id: string
  voter_id: number
  told: ColumnType<Told, string, string>
  told_at: Date
  recorded_at: Date
  /** What stood there before; null: nothing to bring back. */
  before: ColumnType<Before | null, string | null | undefined, string | null>
  undone_at: Instant
}

/** A result taken back before it came. */
export interface CallTakenBackTable {
  organization_id: string
  attempt_id: string
  phone_bank_id: string
  caller_id: string
  taken_back_at: Date
}

declare module '../../platform/db/tables.ts' {
  interface Tables {
    phone_bank: PhoneBankTable
    phone_bank_caller: PhoneBankCallerTable
    phone_bank_target: PhoneBankTargetTable
    call_lease: CallLeaseTable
    further_line: FurtherLineTable
    line_on_screen: LineOnScreenTable
    follow_up: FollowUpTable
    phone_bank_message: PhoneBankMessageTable
    phone_bank_round: PhoneBankRoundTable
    phone_bank_told: PhoneBankToldTable
    call_taken_back: CallTakenBackTable
  }
}
