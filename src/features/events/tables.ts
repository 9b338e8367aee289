import type { ColumnType, Generated } from 'kysely'
import type { Outcome } from './door/schema.ts'
import type { MailedEntry } from './rules.ts'
import type { Answers, Attendance, EventContent, EventResponse, EventText, Need, Place, Said, SignupSource } from './schema.ts' // prettier-ignore

type Instant = ColumnType<Date | null, Date | null | undefined, Date | null>
type Json<T> = ColumnType<T, string, string>

export interface EventKindTable {
  organization_id: string
  kind: string
  name: Json<EventText>
  needs: Need[]
  archived_at: Instant
  made_by: string
  made_at: Generated<Date>
}

export interface EventSeriesTable {
  organization_id: string
  series_id: Generated<string>
  every: 'week' | 'month'
  /** Every so many weeks or months. */
  step: number
  /** 0: Sunday. */
  weekday: number
  /** Of the month; -1: the last; null: by weeks. */
  nth: number | null
  /** 'YYYY-MM-DD', included. */
  starts_on: string
  ends_on: string
  created_by: string
  created_at: Generated<Date>
}

export interface EventSeriesExceptionTable {
  organization_id: string
  series_id: string
  on_date: string
  made_by: string
  made_at: Generated<Date>
}

export interface EventTable {
  organization_id: string
  event_id: Generated<string>
  /** Last part of the public address. */
  code: string
  kind: string
  content: Json<EventContent>
  time_zone: string
  /** For those signed up alone. */
  online_link: string | null
  /** Street and way there are told to those with a seat alone. */
  hides_address: Generated<boolean>
  /** Over all shifts. */
  capacity: number | null
  is_by_invitation: Generated<boolean>
  needs_approval: Generated<boolean>
  has_wait_list: Generated<boolean>
  /** Time to accept a seat that became free; 0: none is asked. */
  accept_hours: Generated<number>
  guests_most: Generated<number>
  /** A seat that is paid by card waits so long for its payment. */
  hold_minutes: Generated<number>
  /** Cash or a check at the door will do. */
  pays_at_door: Generated<boolean>
  /** Before the beginning, until then money back; null: never, if they cancel. */
  refund_days: number | null
  /** Before each shift. */
  reminder_hours: Generated<number[]>
  /** Of iCalendar: one more with each change that calendars must hear of. */
  sequence: Generated<number>
  starts_at: Date
  ends_at: Date
  series_id: string | null
  /** The day of the rule, also where this one was moved. */
  series_on: string | null
  published_at: Instant
  canceled_at: Instant
  created_by: string
  created_at: Generated<Date>
  changed_at: Generated<Date>
}

export interface EventShiftTable {
  organization_id: string
  shift_id: Generated<string>
  event_id: string
  name: Json<EventText>
  starts_at: Date
  ends_at: Date
  capacity: number | null
  place: Json<Place>
  removed_at: Instant
}

export interface EventSignupTable {
  organization_id: string
  signup_id: Generated<string>
  event_id: string
  /** As it was; the reader follows person.merged_into. */
  person_id: string
  /** Whose guest they are: the seat is counted there. */
  host_signup_id: string | null
  seats: number
  /** Without a name. */
  guests: Generated<number>
  arrival: ColumnType<number, never, never>
  response: EventResponse
  accept_by: Instant
  source: SignupSource
  language: string
  said: ColumnType<Said | null, string | null, string | null>
  answers: ColumnType<Answers, string | undefined, string>
  /** Under 18, by their own word or since a guardian agreed. */
  is_minor: Generated<boolean>
  /** Where its mails go; null: nowhere. */
  mail_to: ColumnType<string | null, string | null | undefined, string | null>
  /** Since when they know of it; null: added to a draft. */
  told_at: Instant
  received_at: Date
  /** What stands in its QR code; of the organization's one. */
  ticket: Generated<string>
}

/** What was done at a door, by the id made on the device. */
export interface EventDoorActTable {
  organization_id: string
  act_id: string
  event_id: string
  signup_id: string | null
  /** Made on the device for somebody who turned out to be signed up. */
  sent_signup_id: string | null
  /** The mark it made; null: it made none. */
  attendance_id: number | null
  outcome: Outcome
  since: Instant
  since_by: string | null
  at: Date
  made_by: string
  received_at: Date
}

/** The mark that a line of a sign-in sheet made. */
export interface EventSheetMarkTable {
  organization_id: string
  sheet_id: string
  line: number
  attendance_id: number
}

/** One mail that somebody on the web brought about. */
export interface EventMailAskedTable {
  organization_id: string
  mail_to: string
  at: Date
}

export interface EventSignupShiftTable {
  organization_id: string
  signup_id: string
  shift_id: string
  /** Chosen after signing up; null: with it. */
  taken_at: Instant
}

export const responseReasons = [
  'moved_up',
  'not_accepted',
  'not_approved',
  'event_canceled',
  'merged',
  'not_paid',
  'paid_late',
] as const
export type ResponseReason = (typeof responseReasons)[number]

export interface EventResponseTable {
  organization_id: string
  /** In the order they were said. */
  response_id: ColumnType<number, never, never>
  signup_id: string
  response: EventResponse
  why: ResponseReason | null
  at: Date
  made_by: string
}

export interface EventAttendanceTable {
  organization_id: string
  attendance_id: ColumnType<number, never, never>
  signup_id: string
  shift_id: string
  attendance: Attendance
  guests: Generated<number>
  at: Date
  made_by: string
  taken_back_at: Instant
  taken_back_by: string | null
}

export interface EventReminderTable {
  organization_id: string
  signup_id: string
  shift_id: string
  hours: number
  made_at: Date
}

/** An entry of a calendar as it was last mailed. */
export interface EventEntryTable extends MailedEntry {
  organization_id: string
  signup_id: string
  shift_id: string
  mailed_at: Date
}

export interface EventFeedTable {
  organization_id: string
  signup_id: string
  number: Generated<number>
  renewed_at: Date
}

declare module '../../platform/db/tables.ts' {
  interface Tables {
    event_kind: EventKindTable
    event_series: EventSeriesTable
    event_series_exception: EventSeriesExceptionTable
    event: EventTable
    event_shift: EventShiftTable
    event_signup: EventSignupTable
    event_signup_shift: EventSignupShiftTable
    event_mail_asked: EventMailAskedTable
    event_response: EventResponseTable
    event_attendance: EventAttendanceTable
    event_reminder: EventReminderTable
    event_entry: EventEntryTable
    event_feed: EventFeedTable
    event_door_act: EventDoorActTable
    event_sheet_mark: EventSheetMarkTable
  }
}
