import type { ColumnType, Generated } from 'kysely'
import type { Differences, FileKind, FormContent, Said, ShownAs } from './schema.ts'

type Instant = ColumnType<Date | null, Date | null | undefined, Date | null>

export type FormKind = 'form' | 'petition'

export interface FormTable {
  organization_id: string
  form_id: Generated<string>
  kind: FormKind
  /** For the organization's own lists. */
  name: string
  /** Last part of the public address. */
  slug: string
  published_at: Instant
  /** 'YYYY-MM-DD', included. */
  opens_on: string | null
  /** 'YYYY-MM-DD', included. */
  closes_on: string | null
  /** Put on everybody who answers. */
  tags: Generated<string[]>
  created_by: string
  created_at: Generated<Date>
  archived_at: Instant
}

/** A version that was open to the public, or answered on paper, is never changed. */
export interface FormVersionTable {
  organization_id: string
  form_id: string
  version: number
  content: ColumnType<FormContent, string, string>
  created_by: string
  created_at: ColumnType<Date, Date | undefined, Date>
  /** Set: frozen. */
  first_used_at: Instant
}

/** One answered form. Its person, answers and time on the timeline are those of the contact attempt with the same id. */
export interface FormResponseTable {
  organization_id: string
  response_id: string
  form_id: string
  version: number
  /** Of the page. */
  language: string
  source: 'web' | 'paper'
  sheet: string | null
  said: ColumnType<Said, string, string>
  /** Whether the person was there already. 'unsure': somebody should look. */
  how: 'made' | 'linked' | 'joined' | 'unsure'
  /** Said otherwise than the profile has it; nobody decided yet. */
  differs: ColumnType<Differences | null, string | null, string | null>
  received_at: Date
}

export interface FormSignatureTable {
  organization_id: string
  response_id: string
  shown_as: ShownAs
  /** By the link mailed to the signer. */
  confirmed_at: Instant
  registered: 'sure' | 'unsure' | 'no'
  voter_id: number | null
  /** An organizer looked; null: by rule. */
  decided_by: string | null
  decided_at: Instant
  withdrawn_at: Instant
  withdrawn_by: string | null
}

/** A file sent with a response; it goes when the response goes. */
export interface FormFileTable {
  organization_id: string
  response_id: string
  /** Key of the question it answers; the answer itself is its name. */
  question: string
  name: string
  kind: FileKind
  sha256: string
  bytes: number
  content: Buffer
}

/** Sent in a crowd, and nobody knows yet by whom. */
export interface FormIntakeTable {
  organization_id: string
  response_id: string
  form_id: string
  version: number
  language: string
  response: ColumnType<unknown, string, never>
  confirm: ColumnType<unknown, string | null, never>
  received_at: Date
  /** When no response could be made of it, the first time; it is tried again. */
  failed_at: Instant
}

declare module '../../platform/db/tables.ts' {
  interface Tables {
    form: FormTable
    form_version: FormVersionTable
    form_response: FormResponseTable
    form_file: FormFileTable
    form_intake: FormIntakeTable
    form_signature: FormSignatureTable
  }
}
