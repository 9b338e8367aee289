import { z } from 'zod'
import { CalendarDate } from '../../platform/dates.ts'

/** The report of an import as the CLI prints it: exactly these keys. */
export const ImportReport = z.object({
  read: z.number(),
  added: z.number(),
  updated: z.number(),
  unchanged: z.number(),
  gone: z.number(),
  rejected: z.number(),
  seconds: z.number(),
})
export type ImportReport = z.infer<typeof ImportReport>

/** What a column of a list of telephones may say of a row; of one list each stands once. */
export const phoneFields = [
  'state_id',
  'county_id',
  'state',
  'county',
  'first_name',
  'last_name',
  'full_name',
  'birth_year',
  'address',
  'kind',
  'quality',
  'source',
  'date',
] as const
export type PhoneField = (typeof phoneFields)[number]
/** Or which numbers it holds; 'phone': of no kind that is known. */
export const phoneColumnMeanings = ['phone', 'mobile', 'landline', 'voip', ...phoneFields] as const
export type PhoneMeaning = (typeof phoneColumnMeanings)[number]

/** What somebody said of columns, by their headings as they stand in the file; '': to be read past. */
export const SaidColumns = z.record(z.string(), z.enum(['', ...phoneColumnMeanings]))
export type SaidColumns = z.infer<typeof SaidColumns>

export const ImportOptions = z.object({
  /** Rows of voters the state has purged are kept too. */
  include_purged: z.boolean().default(false),
  /** Go on although many voters are missing from the file (problem `many_gone`). */
  accept_gone: z.boolean().optional(),
  /** Some of the voters only, a district for example: nobody is marked as gone. */
  is_part: z.boolean().optional(),
  /** Date of the file where its name does not say it. */
  received_on: CalendarDate.optional(),
  /** Of telephone numbers: where they are from. */
  source: z.string().optional(),
  /** Of telephone numbers: what somebody said the columns are. */
  columns: SaidColumns.optional(),
})
export type ImportOptions = z.infer<typeof ImportOptions>

/** One row of a dry run, as it would be kept. */
export const SampleRow = z.record(z.string(), z.union([z.string(), z.number(), z.null(), z.array(z.string())]))

/** What a dry run found out about one file. */
export const InspectedFile = z.object({
  name: z.string(),
  layout: z.string().nullable(),
  /** 0-1: how sure the guess of the layout is. */
  confidence: z.number(),
  others: z.array(z.object({ layout: z.string(), confidence: z.number() })),
  encoding: z.string(),
  delimiter: z.string(),
  has_header: z.boolean(),
  columns: z.number(),
  unknown_columns: z.array(z.string()),
  missing_columns: z.array(z.string()),
  bytes: z.number(),
  estimated_rows: z.number(),
  received_on: z.string().nullable(),
  /** Columns whose values are not what the layout says: how many of those looked at, 0-1, and one of them. */
  odd_columns: z.array(z.object({ name: z.string(), share: z.number(), example: z.string() })).default([]),
  /** Counties met in rows from all over the file; null: it does not say. */
  counties: z.array(z.string()).nullable().default(null),
  /**
   * What the first rows do not show: of the rows looked at from all over the file those that do not fit, by their number of
   * columns, and encodings met there that the beginning has not. Null: nobody looked.
   */
  elsewhere: z
    .object({
      looked_at: z.number(),
      unfit: z.number(),
      counts: z.array(z.object({ columns: z.number(), count: z.number() })),
      example: z.string(),
      encodings: z.array(z.string()),
    })
    .nullable()
    .default(null),
  /** Of a phone file: its columns of numbers, and how many of the first rows would come to a voter. */
  number_columns: z
    .array(z.object({ name: z.string(), kind: z.enum(['mobile', 'landline', 'voip', 'by_row', 'unknown']) }))
    .default([]),
  /** Of no layout known: the headings of a list of telephone numbers. */
  is_phone_list: z.boolean().default(false),
  /** Of a phone file: its columns in order. */
  headings: z.array(z.string()).default([]),
  /** What each of those is taken for; '': not used. */
  meanings: z.array(z.enum(['', ...phoneColumnMeanings])).default([]),
  matching: z.object({ rows: z.number(), matched: z.number() }).nullable().default(null),
  rows: z.array(SampleRow),
  faults: z.array(z.object({ line: z.number(), reason: z.string() })),
})
export type InspectedFile = z.infer<typeof InspectedFile>

export const Inspection = z.object({
  /** A code where the files were refused; then `files` may be empty. */
  problem: z.object({ code: z.string(), detail: z.string() }).nullable(),
  files: z.array(InspectedFile),
  /** What is in a .zip beside them and would not be read. */
  left_out: z.array(z.string()).default([]),
})
export type Inspection = z.infer<typeof Inspection>

/** What a report says of a file beside its seven figures, in this order. */
export const importDetails = [
  'returned',
  'rekeyed',
  'city_only',
  'skipped_purged',
  'skipped_confidential',
  'phones',
  'bad_phones',
  'votes_read',
  'votes_unread',
  'did_not_vote',
  'bad_dates',
  'unknown_party',
  'unknown_status',
  'unknown_voters',
  'duplicates',
  'unmatched',
  'quality_unread',
] as const
export type ImportDetail = (typeof importDetails)[number]

/** What a later file may change of a voter we have: those that are kept as a change, and what is not (votes and the like). */
export const updateKinds = ['moved', 'party', 'status', 'name', 'districts', 'other'] as const
export const previewKinds = ['added', 'moved', 'party', 'status', 'name', 'districts', 'gone', 'returned'] as const
export type PreviewKind = (typeof previewKinds)[number]

const Parts = z.record(z.string(), z.union([z.string(), z.number(), z.null()]))

/** A voter as we have them and as the file has them, in the columns of the change alone. */
export const PreviewedVoter = z.object({ name: z.string(), before: Parts, after: Parts })
export type PreviewedVoter = z.infer<typeof PreviewedVoter>

/** Why a row of a file is not imported. */
export const rejectReasons = [
  'column_count',
  'stray_quote',
  'truncated',
  'no_voter_id',
  'bad_voter_id',
  'no_name',
  'unknown_voter',
  'birth_date_needed',
  'bad_date',
  'bad_phone',
  'nothing_to_match_by',
  'hangul_name',
] as const
export type RejectReason = (typeof rejectReasons)[number]

export const PreviewedReject = z.object({
  file: z.string(),
  line: z.number(),
  column: z.string(),
  reason: z.string(),
  /** The line as it came, its beginning. */
  row: z.string(),
})
export type PreviewedReject = z.infer<typeof PreviewedReject>

const count = z.number().int().nonnegative()

/** What an import would do, found out by doing it and undoing it. */
export const ImportPreview = z.object({
  report: ImportReport,
  /** What the report will count beside its figures, such as rows left out on purpose. */
  details: z.partialRecord(z.enum(importDetails), count).default({}),
  /** Of those updated, by what differs; one voter may be in several. `returned`: were gone and are in the file again. */
  changes: z.object({
    moved: count,
    party: count,
    status: count,
    name: count,
    districts: count,
    other: count,
    returned: count,
  }),
  /** Some voters of each kind. */
  examples: z.array(PreviewedVoter.extend({ kind: z.enum(previewKinds) })),
  rejects: z.array(PreviewedReject),
  /** Why the import would stop, where it would. */
  refused: z.object({ code: z.string(), detail: z.string(), gone: count, of: count }).nullable(),
  /** Nothing is stored of its state yet. */
  is_first: z.boolean(),
  files: z.array(z.object({ layout: z.string(), names: z.array(z.string()), report: ImportReport })),
  /** Of each organization: how many of its people are linked to voters that change. */
  people: z.array(
    z.object({
      organization_id: z.string(),
      moved: count,
      party: count,
      status: count,
      name: count,
      districts: count,
      gone: count,
      returned: count,
    }),
  ),
  /** The newest voter file when it was made; once there is another, the preview may no longer be true. */
  newest_file_id: z.number().nullable(),
})
export type ImportPreview = z.infer<typeof ImportPreview>
