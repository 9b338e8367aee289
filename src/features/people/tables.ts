import type { ColumnType, Generated } from 'kysely'
import type { duesHow, standings } from './schema.ts'

type Json<T> = ColumnType<T, string | undefined, string>
type Instant = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>

/** Somebody an organization has learned something about itself. What is null here, the voter record may say. */
export interface PersonTable {
  organization_id: string
  person_id: Generated<string>
  /** The matched voter record. */
  voter_id: number | null
  /** 'said': by what somebody wrote of themselves on a page of ours, which anybody may write. */
  matched_by: 'contact' | 'hand' | 'certain' | 'said' | 'import' | null
  first_name: string | null
  middle_name: string | null
  last_name: string | null
  /** As the person writes it; never guessed. */
  name_hangul: string | null
  /** 호칭: 장로님, 선생님. */
  preferred_title: string | null
  birth_year: number | null
  sex: 'F' | 'M' | 'X' | null
  /** BCP 47 primary tag. */
  language: string | null
  second_language: string | null
  /** What the person says of themselves. */
  community: string | null
  address: string | null
  city: string | null
  zip5: string | null
  deceased_at: Instant
  /** Who said so. */
  deceased_note: string | null
  /** By custom_field.key. */
  custom: Json<Record<string, unknown>>
  created_at: Generated<Date>
  updated_at: Generated<Date>
  /** Set: this row lives on in another. */
  merged_into: string | null
  /** Set: nobody any more; what must stay hangs on this row without a name. */
  erased_at: Generated<Date | null>
}

export interface PersonPhoneTable {
  organization_id: string
  person_id: string
  /** E.164 */
  phone: string
  kind: Generated<'mobile' | 'landline' | 'voip' | 'unknown'>
  quality: Generated<'good' | 'unknown' | 'wrong' | 'disconnected'>
  is_preferred: Generated<boolean>
  source: string
  added_at: Generated<Date>
}

export interface PersonEmailTable {
  organization_id: string
  person_id: string
  /** In small letters. */
  email: string
  /** 'suppressed': on a list of those not to contact; the database says so. */
  quality: Generated<'good' | 'unknown' | 'bouncing' | 'wrong' | 'suppressed'>
  is_preferred: Generated<boolean>
  source: string
  added_at: Generated<Date>
  /** While a list closes it: what it was before. */
  quality_before: string | null
  /** Typed on a page beside a name we know, and looked at by nobody since: it may be anybody's. */
  claimed_at: Instant
  /** Written by one of ours or imported: known to be theirs. Null: whoever wrote it on a page said so; what is held of them is not mailed there. */
  vouched_at: Instant
}

export interface PersonAddressTable {
  organization_id: string
  person_id: string
  /** Letters and digits of address and zip5, in small letters. */
  address_key: string
  kind: 'home' | 'mailing' | 'work' | 'other' | 'earlier'
  address: string
  city: string | null
  /** Two letters. */
  state: Generated<string | null>
  zip5: string | null
  quality: Generated<'good' | 'unknown' | 'undeliverable' | 'moved'>
  /** Post goes here. */
  is_preferred: Generated<boolean>
  source: string
  added_at: Generated<Date>
}

export interface TagTable {
  organization_id: string
  /** Without spaces and `, : ( ) "`, so that a targeting expression can say it as it is. */
  tag: string
  label: Json<Record<string, string>>
  /** Callers may put it on a voter during a call. */
  is_for_callers: Generated<boolean>
}

export interface PersonTagTable {
  organization_id: string
  person_id: string
  tag: string
  tagged_by: string
  tagged_at: Generated<Date>
}

/** A tag put on many at once. */
export interface TaggingTable {
  organization_id: string
  tagging_id: Generated<string>
  tag: string
  /** Who was meant, as it was asked. */
  expression: string
  /** Who did not have it yet. */
  people: string[]
  made_by: string
  made_at: Date
  taken_back_by: string | null
  taken_back_at: Instant
}

export interface NoteTable {
  organization_id: string
  note_id: Generated<string>
  person_id: string
  body: string
  written_by: string
  written_at: Generated<Date>
  removed_at: Instant
}

/** One statement about one channel; the newest counts. */
export interface ConsentTable {
  organization_id: string
  consent_id: Generated<string>
  person_id: string
  channel: 'phone' | 'text' | 'email' | 'post'
  /** false: opted out. */
  is_given: boolean
  /** 'said so on the phone', 'web form', … */
  evidence: string
  /** The words agreed to, as they stood on a form; null: said otherwise. */
  wording: ColumnType<string | null, string | null | undefined, never>
  form_id: ColumnType<string | null, string | null | undefined, never>
  form_version: ColumnType<number | null, number | null | undefined, never>
  recorded_by: string
  recorded_at: Generated<Date>
}

/** What law and practice ask for on a channel, for a purpose, from a day to a day. */
export interface ContactRuleTable {
  channel: 'phone' | 'text' | 'email' | 'post'
  purpose: string
  /** 'YYYY-MM-DD' */
  valid_from: string
  /** The last day; null: still. */
  valid_until: string | null
  needs_consent: boolean
  heeds_refusal: boolean
  /** Of e-mail: not while they want none for now. */
  heeds_pause: Generated<boolean>
  /** A voter only as long as the state's file has them. */
  needs_record: boolean
  source: string
  /** 'YYYY-MM-DD' */
  checked_on: string
}

export type SuppressionReason =
  | 'do_not_call'
  | 'deceased'
  | 'wrong_number'
  | 'disconnected'
  | 'moved'
  | 'hostile'
  | 'legal'

/** Whom, or which number, nobody of the organization may call. */
export interface SuppressionTable {
  organization_id: string
  suppression_id: Generated<string>
  voter_id: number | null
  person_id: string | null
  /** E.164. Alone: this number, whoever it belongs to. */
  phone: string | null
  reason: SuppressionReason
  marked_by: string
  marked_at: Generated<Date>
  note: string | null
  taken_back_at: Instant
  taken_back_by: string | null
  /** Closed by this list. */
  list_id: ColumnType<string | null, string | null | undefined, string | null>
}

/** A list of those not to contact that was brought in; its numbers and mailboxes are kept as hashes alone. */
export interface SuppressionListTable {
  organization_id: string
  list_id: Generated<string>
  name: string
  counts: ColumnType<
    { phones: number; emails: number; addresses?: number; hashes: number; rejected: number },
    string,
    never
  >
  imported_by: string
  imported_at: Date
  taken_back_at: Instant
  taken_back_by: string | null
  /** Of everybody the organization erased. */
  is_of_erased: Generated<boolean>
}

export type RelationshipKind =
  | 'spouse'
  | 'parent'
  | 'child'
  | 'sibling'
  | 'relative'
  | 'friend'
  | 'colleague'
  | 'referred_by'
  | 'household'

/** `other_person_id` is the `kind` of `person_id`: 'parent' reads "the other one is this person's parent". */
export interface RelationshipTable {
  organization_id: string
  relationship_id: Generated<string>
  person_id: string
  other_person_id: string
  kind: RelationshipKind
  note: string | null
  created_at: Generated<Date>
}

export type CustomFieldKind = 'text' | 'number' | 'date' | 'yes_no' | 'choice'

export interface CustomFieldTable {
  organization_id: string
  key: string
  label: ColumnType<Record<string, string>, string, string>
  kind: CustomFieldKind
  /** [{ value, label: { en, ko } }] for kind 'choice'. */
  choices: Json<{ value: string; label: Record<string, string> }[]>
  position: Generated<number>
  is_for_callers: Generated<boolean>
  archived_at: Instant
}

/** Two rows that may be one person. `person_a` < `person_b`. */
export interface PersonPairTable {
  organization_id: string
  person_a: string
  person_b: string
  /** 0-1 */
  score: number
  evidence: ColumnType<unknown, string, string>
  state: Generated<'open' | 'different' | 'merged'>
  decided_by: string | null
  decided_at: Instant
}

/** Everything needed to take a merge back. */
export interface PersonMergeTable {
  organization_id: string
  merge_id: Generated<string>
  kept: string
  merged: string
  before: ColumnType<Record<string, unknown>, string, string>
  merged_by: string
  merged_at: Generated<Date>
  undone_at: Instant
  undone_by: string | null
}

/** A spreadsheet of people: mapping, preview and result, so that it can be looked at and undone. */
/** 'planning', 'running' and 'undoing' are work for the background. */
export type PersonImportState =
  | 'uploaded'
  | 'planning'
  | 'previewed'
  | 'running'
  | 'done'
  | 'undoing'
  | 'undone'
  | 'failed'

export interface PersonImportTable {
  organization_id: string
  import_id: Generated<string>
  name: string
  path: string
  mapping: Json<Record<string, unknown>>
  match_key: string | null
  state: Generated<PersonImportState>
  preview: ColumnType<Record<string, unknown> | null, string | null | undefined, string | null>
  report: ColumnType<Record<string, unknown> | null, string | null | undefined, string | null>
  /** Of imports made before their rows were kept one by one (person_import_row). */
  undo: ColumnType<Record<string, unknown> | null, string | null | undefined, string | null>
  row_count: Generated<number>
  rows_done: Generated<number>
  asked_by: ColumnType<unknown, string | null | undefined, string | null>
  /** This piece of work; null: it waits. */
  began_at: Date | null
  /** It was cut off by a stop of the server and began again. */
  resumed_at: Date | null
  cancel_asked_at: Date | null
  /** Why the last piece of work changed nothing. */
  problem: string | null
  imported_by: string
  created_at: Generated<Date>
}

/** One key by which the search box finds a person: search/rules.ts. */
export interface PersonSearchTable {
  organization_id: string
  person_id: string
  key: string
}

export type Standing = (typeof standings)[number]

/** How a membership stands from a day on; the newest row of a kind up to a day says how it stood that day. */
export interface MembershipTable {
  organization_id: string
  membership_id: Generated<string>
  person_id: string
  kind: string
  standing: Standing
  /** 'YYYY-MM-DD' */
  from_on: string
  note: string | null
  recorded_by: string
  recorded_at: Generated<Date>
  removed_at: Instant
  removed_by: string | null
  /** Written by these dues, not by hand. */
  dues_id: string | null
}

/** A kind of membership, the organization's own. */
export interface MembershipKindTable {
  organization_id: string
  kind: string
  name: Json<Record<string, string>>
  /** 0: none. */
  dues_cents: Generated<number>
  /** null: no reduced dues. */
  reduced_cents: number | null
  /** null: paid once for life. */
  period_months: number | null
  grace_days: Generated<number>
  needs_approval: Generated<boolean>
  /** May be chosen on the application form. */
  is_public: Generated<boolean>
  position: number
  archived_at: Instant
}

/** A period of a membership that is paid for, or free of dues. */
export interface DuesTable {
  organization_id: string
  dues_id: Generated<string>
  person_id: string
  kind: string
  /** 'YYYY-MM-DD' */
  from_on: string
  /** 'YYYY-MM-DD', included; null: for life. */
  until_on: string | null
  how: (typeof duesHow)[number]
  amount_cents: number
  /** Why waived, or why it was not the usual amount. */
  reason: string | null
  /** 'YYYY-MM-DD' */
  paid_on: string
  /** Of the kind, as they were then. */
  grace_days: number
  /** Counts only from the day somebody approves. */
  awaits_approval: boolean
  recorded_by: string
  recorded_at: Generated<Date>
  /** Refunded, or recorded by mistake. */
  taken_back_at: Instant
  taken_back_by: string | null
  taken_back_why: string | null
}

/** Whoever wants to become a member. */
export interface MembershipApplicationTable {
  organization_id: string
  application_id: string
  person_id: string
  kind: string
  /** Of the page. */
  language: string
  said: ColumnType<Record<string, string | null>, string, never>
  /** As arrivals have it. */
  how: 'made' | 'linked' | 'joined' | 'unsure'
  state: 'waiting' | 'approved' | 'declined'
  received_at: Date
  /** null: its kind asks nobody. */
  decided_by: string | null
  decided_at: Instant
  /** Why declined. */
  reason: string | null
}

/** The page where everybody may apply. */
export interface MembershipPageTable {
  organization_id: string
  is_open: Generated<boolean>
  intro: Json<Record<string, string>>
  /** In the welcome mail and in reminders. */
  how_to_pay: Json<Record<string, string>>
  /** Origins of sites that may show the page inside theirs. */
  framed_by: Generated<string[]>
  sends_reminders: Generated<boolean>
}

/** A reminder that was sent. */
export interface MembershipReminderTable {
  organization_id: string
  dues_id: string
  kind: 'before' | 'end' | 'grace'
  person_id: string
  sent_to: string
  at: Date
}

/** A mail that went out to one of these two. */
export interface PersonMailTable {
  organization_id: string
  mail_id: Generated<string>
  /** As it was; the reader follows person.merged_into. */
  person_id: string | null
  voter_id: number | null
  sent_to: string
  subject: string
  language: string
  sent_at: Date
}

/** A sign-in sheet on paper. */
export interface SignInSheetTable {
  organization_id: string
  sheet_id: Generated<string>
  /** Counted within the organization. */
  number: number
  title: string
  /** 'YYYY-MM-DD' */
  held_on: string
  lines: number
  /** The event it was made for, with its shift; null: none. */
  event_id: string | null
  shift_id: string | null
  made_by: string
  made_at: Date
}

/** A line of a sheet that was typed in. */
export interface SignInLineTable {
  organization_id: string
  line_id: Generated<string>
  sheet_id: string
  line: number
  person_id: string
  said: ColumnType<unknown, string, never>
  /** As arrivals have it, or chosen by whoever typed. */
  how: 'made' | 'linked' | 'joined' | 'unsure' | 'chosen'
  typed_by: string
  typed_at: Date
}

export interface SignInPhotoTable {
  organization_id: string
  photo_id: Generated<string>
  sheet_id: string
  type: 'image/jpeg' | 'image/png' | 'image/webp'
  content: Buffer
  added_by: string
  added_at: Date
}

/** 'This is not that voter', remembered for good. */
export interface RefusedMatchTable {
  organization_id: string
  person_id: string
  voter_id: number
  refused_by: string
  refused_at: Generated<Date>
}

/** A home the organization has said something about. */
export interface HouseholdTable {
  organization_id: string
  household_id: Generated<string>
  /** What everything that counts homes knows it by: the `household_key` of its door, else a number of its own, which is negative. */
  home: number
  /** The home is an address of the voter file. */
  is_door: boolean
  name: string | null
  note: string | null
  /** BCP 47 primary tag. */
  language: string | null
  created_by: string
  created_at: Generated<Date>
  updated_by: string
  updated_at: Generated<Date>
}

/** What was said by hand of where somebody lives. The row that holds has not ended; the state's word stays beside it. */
export interface HouseholdMemberTable {
  organization_id: string
  household_member_id: Generated<string>
  person_id: string
  says: 'here' | 'apart'
  /** Where they live; of 'apart', where they do not. */
  household_id: string
  /** That of the household; of 'apart', one of their own. */
  home: number
  /** The voter record's `household_key` when this was said or last confirmed. */
  state_home: number | null
  reason: string | null
  changed_by: string
  changed_at: Generated<Date>
  /** The row that held before. */
  replaces: string | null
  ended_at: Instant
  ended_by: string | null
}

declare module '../../platform/db/tables.ts' {
  interface Tables {
    household: HouseholdTable
    household_member: HouseholdMemberTable
    person: PersonTable
    person_phone: PersonPhoneTable
    person_email: PersonEmailTable
    person_address: PersonAddressTable
    tag: TagTable
    person_tag: PersonTagTable
    note: NoteTable
    consent: ConsentTable
    suppression: SuppressionTable
    contact_rule: ContactRuleTable
    relationship: RelationshipTable
    custom_field: CustomFieldTable
    person_pair: PersonPairTable
    person_merge: PersonMergeTable
    person_import: PersonImportTable
    refused_match: RefusedMatchTable
    person_search: PersonSearchTable
    membership: MembershipTable
    membership_kind: MembershipKindTable
    dues: DuesTable
    membership_application: MembershipApplicationTable
    membership_page: MembershipPageTable
    membership_reminder: MembershipReminderTable
    person_mail: PersonMailTable
    sign_in_sheet: SignInSheetTable
    sign_in_line: SignInLineTable
    sign_in_photo: SignInPhotoTable
    tagging: TaggingTable
  }
}
