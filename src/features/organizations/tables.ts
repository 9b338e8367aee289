import type { ColumnType, Generated } from 'kysely'

export interface OrganizationTable {
  organization_id: Generated<string>
  slug: string
  /** {"en": …, "ko": …} */
  name: ColumnType<Record<string, string>, string, string>
  languages: Generated<string[]>
  /** IANA zone, 'America/New_York'. */
  time_zone: Generated<string>
  /** Default hours of its phone banks, 'HH:MM:SS' in the voter's zone. */
  calling_starts: Generated<string>
  calling_ends: Generated<string>
  /** E.164 */
  call_back_phone: string | null
  /** That number is registered for texts. */
  sends_texts: Generated<boolean>
  /** Texts go from this service of the carrier (Twilio: 'MG…'); null: from that number. */
  text_service: string | null
  is_demo: Generated<boolean>
  created_at: Generated<Date>
}

export interface MemberTable {
  organization_id: string
  user_id: string
  display_name: string
  roles: string[]
  joined_at: Generated<Date>
  ended_at: Date | null
  /** Are they mailed about tasks somebody gives them? */
  mails_tasks: Generated<boolean>
}

export interface StewardTable {
  user_id: string
  since: Generated<Date>
}

export interface InvitationTable {
  organization_id: string
  invitation_id: Generated<string>
  /** sha256 of the token in the link, hex */
  token_hash: string
  roles: string[]
  email: string | null
  note: string | null
  /** null: by the command line */
  invited_by: string | null
  invited_at: Generated<Date>
  expires_at: Date
  accepted_at: Date | null
  accepted_by: string | null
  revoked_at: Date | null
}

declare module '../../platform/db/tables.ts' {
  interface Tables {
    organization: OrganizationTable
    member: MemberTable
    steward: StewardTable
    invitation: InvitationTable
  }
}
