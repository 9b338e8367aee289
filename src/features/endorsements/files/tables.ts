import type { Generated } from 'kysely'
import type { FileKind } from '../../forms/schema.ts'

export interface EndorsementFileTable {
  organization_id: string
  file_id: Generated<string>
  invitation_id: string
  question_id: string
  name: string
  /** Found out by content. */
  kind: FileKind
  sha256: string
  bytes: number
  content: Buffer
  sent_at: Date
}

declare module '../../../platform/db/tables.ts' {
  interface Tables {
    endorsement_file: EndorsementFileTable
  }
}
