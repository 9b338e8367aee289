import type { ColumnType, Generated } from 'kysely'
import type { Scope } from './schema.ts'

export interface ApiTokenTable {
  organization_id: string
  token_id: Generated<string>
  name: string
  /** sha256 of the token, hex */
  token_hash: string
  /** The token's last four characters. */
  ending: string
  scopes: Scope[]
  /** What it gets people for. */
  purpose: Generated<string | null>
  law_accepted_at: Generated<Date | null>
  created_by: string
  created_at: Generated<Date>
  expires_at: Date | null
  last_used_at: Date | null
  revoked_at: Date | null
  revoked_by: string | null
}

export interface ApiAnswerTable {
  organization_id: string
  token_id: string
  key: string
  request_hash: string
  status: number
  body: ColumnType<unknown, string, never>
  answered_at: Date
}

export interface ApiUseTable {
  organization_id: string
  token_id: string
  minute: Date
  requests: number
}

declare module '../../../platform/db/tables.ts' {
  interface Tables {
    api_token: ApiTokenTable
    api_answer: ApiAnswerTable
    api_use: ApiUseTable
  }
}
