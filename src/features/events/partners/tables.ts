import type { ColumnType, Generated } from 'kysely'
import type { EventText } from '../schema.ts'

export interface EventPartnerTable {
  organization_id: string
  partner_id: Generated<string>
  event_id: string
  name: ColumnType<EventText, string, string>
  /** Of its link: `?from=…`. */
  code: string
  website: string
  /** Whom we talk to there. */
  contact: string
  email: string
  /** Stands on the page. */
  is_co_host: boolean
  made_at: Date
  made_by: string
  /** Its link counts no more; what came by it stays counted. */
  removed_at: ColumnType<Date | null, Date | null | undefined, Date | null>
}

export interface EventSignupPartnerTable {
  organization_id: string
  signup_id: string
  partner_id: string
  /** What they ticked; null: the partner is not told who they are. */
  wording: string | null
  at: Date
}

declare module '../../../platform/db/tables.ts' {
  interface Tables {
    event_partner: EventPartnerTable
    event_signup_partner: EventSignupPartnerTable
  }
}
