import type { ColumnType, Generated } from 'kysely'
import type { MailingLane } from '../schema.ts'
import type { JourneyState, LeftFor } from './schema.ts'

type Maybe<T> = ColumnType<T | null, T | null | undefined, T | null>

/** A sequence of e-mails that somebody gets one after the other, once in their life. */
export interface MailJourneyTable {
  organization_id: string
  journey_id: Generated<string>
  name: string
  lane: MailingLane
  /** Who comes in, a targeting expression over people. */
  expression: Generated<string>
  /** Instead: whoever is signed up for it; waits are counted back from its start. */
  event_id: Maybe<string>
  /** Whoever fits this leaves. */
  exits: Generated<string>
  /** Those too who fitted before it was started. */
  takes_all: Generated<boolean>
  /** So long after any other mail to many. */
  rest_hours: Generated<number>
  state: Generated<JourneyState>
  /** As of a mailing: the mail server's words, or one of `ownProblems`; 'expression': it can no longer be asked. */
  problem: Maybe<string>
  made_by: string
  made_at: Date
  started_at: Maybe<Date>
  /** When those were noted who fitted before. */
  met_at: Maybe<Date>
}

/** One e-mail of it, a mailing of its own. */
export interface MailJourneyStepTable {
  organization_id: string
  journey_id: string
  n: number
  mailing_id: string
  /** After the step before; of an event, before it starts. */
  wait_hours: number
}

export interface MailJourneyPersonTable {
  organization_id: string
  journey_id: string
  person_id: string
  entered_at: Date
  /** The step they had last. */
  last_n: Generated<number>
  next_at: Maybe<Date>
  left_at: Maybe<Date>
  left_for: Maybe<LeftFor>
}

declare module '../../../platform/db/tables.ts' {
  interface Tables {
    mail_journey: MailJourneyTable
    mail_journey_person: MailJourneyPersonTable
    mail_journey_step: MailJourneyStepTable
  }
}

declare module '../tables.ts' {
  interface MailingTable {
    /** It is a step of a journey: its list is made one by one. */
    journey_id: ColumnType<string | null, string | undefined, never>
  }
}
