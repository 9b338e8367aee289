import { z } from 'zod'
import { CalendarDate } from '../../../platform/dates.ts'

export const uploadKinds = ['registration', 'phones'] as const
export type UploadKind = (typeof uploadKinds)[number]

/** 16 GiB; New York's whole file is 9. */
export const maxFileBytes = 16 * 1024 ** 3
/** Florida's delivery is one file for each of 67 counties, North Carolina's one for each of 100. */
export const maxFiles = 120
export const endings = ['csv', 'txt', 'tsv', 'dat', 'zip', 'gz'] as const

export const NewUpload = z.object({
  kind: z.enum(uploadKinds),
  files: z
    .array(
      z.object({
        name: z.string().min(1).max(1000),
        bytes: z.number().int().min(0),
        modified_ms: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
      }),
    )
    .min(1)
    .max(maxFiles),
})
export type NewUpload = z.infer<typeof NewUpload>

export const UploadState = z.object({
  upload_id: z.string(),
  files: z.array(z.object({ number: z.number(), name: z.string(), bytes: z.number(), received: z.number() })),
})
export type UploadState = z.infer<typeof UploadState>

export const uploadProblems = [
  'too_large',
  'too_many',
  'empty',
  'no_room',
  'wrong_kind',
  'spreadsheet',
  'web_page',
  'pdf',
  'picture',
  'word_document',
  'database_file',
  'json',
  'unfinished',
  'no_file',
] as const
export type UploadProblem = (typeof uploadProblems)[number]

/** Codes of refusals and failures that have words of their own on the pages. */
export const fileProblems = [
  'missing_file',
  'empty_file',
  'spreadsheet',
  'html',
  'pdf',
  'binary',
  'bad_zip',
  'zip_locked',
  'zip_method',
  'damaged_file',
  'nothing_in_zip',
  'not_a_voter_file',
  'wrong_layout',
  'unknown_layout',
  'law_not_accepted',
  'voters_first',
  'many_gone',
  'all_rejected',
  'interrupted',
  'no_phone_column',
  'no_match_column',
  'no_such_column',
  'rejects_unwritable',
] as const

/** What the person says before an import begins. */
export const StartImport = z.object({
  include_purged: z.literal('yes').optional(),
  is_part: z.literal('yes').optional(),
  received_on: z.union([z.literal(''), CalendarDate]).optional(),
  source: z.string().trim().max(100).optional(),
  law_accepted: z.literal('yes', 'voterfiles.law_needed'),
})

/** Rows that could not be read leave as they came. */
export const TakeRejects = z.object({ law: z.literal('yes', 'voterfiles.rejects_law_needed') })

/** Nothing brings a list back that was taken back. */
export const TakeBack = z.object({ sure: z.literal('yes', 'voterfiles.take_back_needed') })
