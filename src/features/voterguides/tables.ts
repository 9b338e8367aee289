import type { ColumnType, Generated } from 'kysely'
import type { LocalizedText } from '../../platform/i18n/languages.ts'
import type { Older } from './older.ts'
import type { Attribution, ClaimKind, GuideKind } from './schema.ts'

type Texts = ColumnType<LocalizedText, string, string>
/** `older.ts` */
type OlderTexts = ColumnType<Older, string | undefined, string>

/** What the organization works for, in its order. */
export interface AgendaIssueTable {
  organization_id: string
  issue_id: Generated<string>
  name: Texts
  about: Texts
  position: number
  older: OlderTexts
}

export interface VoterGuideTable {
  organization_id: string
  guide_id: Generated<string>
  election_id: number
  kind: GuideKind
  title: Texts
  audience: Texts
  intro: Texts
  older: OlderTexts
  /** `Attribution` of the schema; null: nothing must stand on what is printed. */
  attribution: ColumnType<Attribution | null, string | null | undefined, string | null>
  /** Whose frozen answers it takes. */
  cycle_id: string | null
  made_by: string
  made_at: Date
  /** Whoever made a change since it was published does not publish it. */
  editor_ids: string[]
  edited_by: string
  edited_at: Date
  /** From then until it is published anew nobody reads it. */
  withdrawn_at: ColumnType<Date | null, Date | null | undefined, Date | null>
  withdrawn_by: ColumnType<string | null, string | null | undefined, string | null>
  withdrawn_reason: ColumnType<LocalizedText | null, string | null | undefined, string | null>
  /** The last day on which candidates may reply to what it says of them; null: it is not offered. */
  reply_until_on: ColumnType<string | null, string | null | undefined, string | null>
  reply_words_most: ColumnType<number | null, number | null | undefined, number | null>
}

export interface VoterGuideContestTable {
  organization_id: string
  guide_id: string
  contest_id: number
}

export interface VoterGuideIssueTable {
  organization_id: string
  guide_id: string
  issue_id: string
}

/** Under which issue answers to a question stand. */
export interface VoterGuideQuestionTable {
  organization_id: string
  guide_id: string
  question_id: string
  issue_id: string
}

export interface VoterGuideClaimTable {
  organization_id: string
  guide_id: string
  claim_id: Generated<string>
  contest_id: number
  candidate_id: number
  issue_id: string
  kind: ClaimKind
  /** Of an answer that was taken over, with the number of what was signed. */
  question_id: string | null
  number: number | null
  question: ColumnType<LocalizedText | null, string | null, string | null>
  /** `Answer` of the endorsements, as it was signed. */
  answer: ColumnType<unknown, string | null, string | null>
  /** The first preference first. */
  ranked: ColumnType<LocalizedText[], string, string>
  /** As the guide says it. */
  text: Texts
  /** In the candidate's own words, whole. */
  original: string | null
  original_language: string
  /** null: an answer to the organization's own questions. */
  source_url: string | null
  source_on: string
  amended_on: string | null
  /** The answer as it stands was sent after the last day. */
  is_late: Generated<boolean>
  written_at: Date
  older: OlderTexts
}

export interface VoterGuideVersionTable {
  organization_id: string
  guide_id: string
  version: number
  /** `Content` of the schema. */
  content: ColumnType<unknown, string, never>
  reason: ColumnType<LocalizedText | null, string | null, never>
  edited_by: string
  published_by: string
  published_at: Date
}

declare module '../../platform/db/tables.ts' {
  interface Tables {
    agenda_issue: AgendaIssueTable
    voter_guide: VoterGuideTable
    voter_guide_contest: VoterGuideContestTable
    voter_guide_issue: VoterGuideIssueTable
    voter_guide_question: VoterGuideQuestionTable
    voter_guide_claim: VoterGuideClaimTable
    voter_guide_version: VoterGuideVersionTable
  }
}
