import type { ColumnType, Generated } from 'kysely'
import type { LocalizedText } from '../../platform/i18n/languages.ts'
import type { Because, Goal, Lane, PartKind } from './schema.ts'

type Maybe<T> = ColumnType<T | null, T | null | undefined, T | null>

export interface CampaignTable {
  organization_id: string
  campaign_id: Generated<string>
  name: ColumnType<LocalizedText, string, string>
  lane: ColumnType<Lane, Lane, never>
  contest_id: ColumnType<number | null, number | null, never>
  /** For whom, where they stand in no list of candidates. */
  candidate: ColumnType<LocalizedText | null, string | null, string | null>
  /** The endorsement it follows. */
  cycle_id: ColumnType<string | null, string | null, never>
  starts_on: string
  ends_on: string
  goal: Goal | null
  goal_count: number | null
  owner_id: string
  /** Their name, as it was. */
  owner: string
  made_by: string
  made_at: Date
  archived_by: Maybe<string>
  archived_at: Maybe<Date>
}

export interface CampaignCandidateTable {
  organization_id: string
  campaign_id: string
  candidate_id: number
}

export interface CampaignPartTable {
  organization_id: string
  campaign_id: string
  kind: PartKind
  part_id: string
  linked_by: string
  linked_at: Date
}

/** Who works on it, and who did. */
export interface CampaignMemberTable {
  organization_id: string
  campaign_id: string
  user_id: string
  name: string
  joined_at: Date
  added_by: string
  /** By what they came onto it. */
  because: Generated<Because>
  left_at: Maybe<Date>
  left_by: Maybe<string>
  /** Why they never were of it. */
  mistake: Maybe<string>
}

declare module '../../platform/db/tables.ts' {
  interface Tables {
    campaign: CampaignTable
    campaign_candidate: CampaignCandidateTable
    campaign_part: CampaignPartTable
    campaign_member: CampaignMemberTable
  }
}
