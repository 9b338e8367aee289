import type { Generated } from 'kysely'

export interface VoterUploadTable {
  upload_id: Generated<string>
  kind: 'registration' | 'phones'
  started_by: string
  started_at: Date
  /** Last bytes. */
  touched_at: Date
  /** Set: handed on. */
  import_id: string | null
}

export interface VoterUploadFileTable {
  upload_id: string
  number: number
  /** As the person's computer calls it; never part of a path. */
  name: string
  bytes: number
  modified_ms: number
}

declare module '../../../platform/db/tables.ts' {
  interface Tables {
    voter_upload: VoterUploadTable
    voter_upload_file: VoterUploadFileTable
  }
}
