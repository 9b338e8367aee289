import type { ColumnType, Generated } from 'kysely'
import type { LocalizedText } from '../../platform/i18n/languages.ts'
import type { SignupSource } from './newsletter/schema.ts'
import type { DeliveryState, MailingClock, MailingLane, MailingState, StopReason } from './schema.ts'

type Maybe<T> = ColumnType<T | null, T | null | undefined, T | null>
type Instant = Maybe<Date>

/** A bulk e-mail, in every language of the organization. */
export interface MailingTable {
  organization_id: string
  mailing_id: Generated<string>
  /** For the list; nobody who is written to reads it. */
  name: string
  lane: MailingLane
  content: ColumnType<unknown, string | undefined, string>
  /** Whom it is for, a targeting expression over people. */
  expression: Generated<string>
  state: Generated<MailingState>
  made_by: string
  made_at: Date
  /** Not before; the list is made then. */
  scheduled_at: Instant
  /** By whose clock: of the organization, or of each reader. */
  goes_by: Generated<MailingClock>
  /** By the clocks of readers, 'YYYY-MM-DDTHH:MM'; null: no hour was named. */
  scheduled_local: Maybe<string>
  /** Handed over at these hours alone, 'HH:MM:SS' by that clock. */
  window_starts: Maybe<string>
  window_ends: Maybe<string>
  /** At most so many to one domain in a minute. */
  per_minute: Maybe<number>
  /** From then on the list is fixed. */
  listed_at: Instant
  finished_at: Instant
  /** From then on everybody may read it. */
  archived_at: Instant
  /** What it is about; whoever does not want that gets none of it. */
  topic_id: Maybe<string>
  /** A saved look; null: the usual one. */
  look_id: Maybe<string>
  /** What the mail server said when nothing could be handed over, or one of `ownProblems`. */
  problem: Maybe<string>
  /** Refusals for what we are, by domain of the mailbox: one after the other as the server said them; as they came back later. */
  refused_in_a_row: ColumnType<Record<string, number>, string | undefined, string>
  refused_later: ColumnType<Record<string, number>, string | undefined, string>
}

/** One for everybody who gets it, made before anything is sent; the row alone says whether it went out. */
export interface MailDeliveryTable {
  organization_id: string
  mailing_id: string
  n: number
  person_id: string
  address: string
  /** Of the address. */
  domain: string
  language: string
  state: Generated<DeliveryState>
  tries: Generated<number>
  first_tried_at: Instant
  next_at: Instant
  changed_at: Instant
  /** The server's words. */
  answer: Maybe<string>
  /** RFC 3463, '5.1.1'. */
  code: Maybe<string>
  /** Why somebody on the list was not written to after all. */
  left_out_for: Maybe<string>
  /** It could not be put together for them, and somebody let it go on. */
  was_unwritten: Generated<boolean>
  /** So many times after a refusal for what we are. */
  resends: Generated<number>
  /** By the link in this one. */
  unsubscribed_at: Instant
  /** Of a reader with one of their own; null: the organization's. */
  time_zone: Maybe<string>
  /** The first time, where the organization counts it. */
  opened_at: Instant
  clicked_at: Instant
}

/** A mailbox nothing more goes to, known by its hash. */
export interface MailStopTable {
  organization_id: string
  address_hash: Buffer
  reason: StopReason
  since: Date
  mailing_id: string | null
  evidence: string
}

/** What somebody said of the e-mail they get, on their own page. */
export interface MailWishTable {
  organization_id: string
  person_id: string
  language: string | null
  /** 'YYYY-MM-DD': nothing before this day. */
  paused_until: string | null
  changed_at: Date
}

/** What an organization writes about, for its readers to choose from. */
export interface MailTopicTable {
  organization_id: string
  topic_id: Generated<string>
  name: ColumnType<LocalizedText, string, string>
  /** What it brings. */
  about: ColumnType<LocalizedText, string, string>
  /** Everybody gets it who did not say no; else whoever asked for it. */
  is_for_all: boolean
  made_by: string
  made_at: Date
  /** From then on nobody chooses it. */
  retired_at: Instant
}

/** What somebody said of a topic. */
export interface MailTopicWishTable {
  organization_id: string
  person_id: string
  topic_id: string
  is_wanted: boolean
  changed_at: Date
  changed_by: string
}

/** The page on which everybody may ask for an organization's e-mail. */
export interface NewsletterPageTable {
  organization_id: string
  is_open: boolean
  intro: ColumnType<LocalizedText, string, string>
  /** For whoever confirms. */
  tag: string | null
}

/** Somebody who asked there. */
export interface NewsletterSignupTable {
  organization_id: string
  signup_id: string
  address: string
  /** Goes to the person when it is confirmed. */
  said: ColumnType<unknown, string, string>
  language: string
  /** What they agreed to, as it stood there. */
  wording: string
  source: SignupSource
  /** On which other site. */
  site: string | null
  asked_at: Date
  confirmed_at: Instant
  person_id: Maybe<string>
}

/** What an organization counts of readers. */
export interface MailCountingTable {
  organization_id: string
  counts_clicks: boolean
  counts_opens: boolean
}

/** A link of a mailing whose presses are counted. */
export interface MailCountedLinkTable {
  organization_id: string
  mailing_id: string
  link: number
  language: string
  url: string
  /** Of whomever. */
  presses: Generated<number>
}

/** As whom an organization writes, and the key that shows it. */
export interface MailIdentityTable {
  organization_id: string
  from_address: string
  reply_to: string | null
  /** RFC 6376: where the key is published. */
  selector: string
  /** base64, as it stands in the record. */
  public_key: string
  /** The private one, sealed with the installation's secret. */
  sealed_key: string
  /** Only once the record was seen. */
  is_signing: boolean
  made_at: Date
}

declare module '../../platform/db/tables.ts' {
  interface Tables {
    mailing: MailingTable
    mail_delivery: MailDeliveryTable
    mail_counting: MailCountingTable
    mail_identity: MailIdentityTable
    mail_counted_link: MailCountedLinkTable
    mail_stop: MailStopTable
    mail_topic: MailTopicTable
    mail_topic_wish: MailTopicWishTable
    mail_wish: MailWishTable
    newsletter_page: NewsletterPageTable
    newsletter_signup: NewsletterSignupTable
  }
}
