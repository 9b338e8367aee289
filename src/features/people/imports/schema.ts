import { z } from 'zod'

/** What the person chose for a sheet, and what the sheet looks like. */
export const Mapping = z.object({
  /** The header line, to find the mapping again for the next sheet like it. */
  headers: z.string(),
  columns: z.array(z.string().nullable()),
  overwrite: z.boolean(),
  add_unsure: z.boolean(),
  /** Dues go into the books kept here. */
  books: z.boolean().default(false),
  encoding: z.string().default('utf-8'),
  delimiter: z.string().default(','),
  /** Cells of the first rows, for the eye. */
  first: z.array(z.array(z.string())).default([]),
})
export type Mapping = z.infer<typeof Mapping>

export const Summary = z.object({
  created: z.number(),
  updated: z.number(),
  /** Rows about somebody whom a row further up is about. Sheets from before there were any have none. */
  merged: z.number().default(0),
  unchanged: z.number(),
  unsure: z.number(),
  refused: z.number(),
  /** Rows of the others that stand without a value which is none of its kind. Sheets from before this was counted have none. */
  left_out: z.number().default(0),
  /** Only where a row says something of a membership. */
  members: z
    .object({
      /** Rows that make or change a membership. */
      memberships: z.number(),
      /** Dues recorded, and what they come to. */
      dues: z.number(),
      dues_cents: z.number(),
      /** Of these, entries of the books. */
      booked: z.number(),
      terms: z.number(),
      /** Members without an end, though their kind has one. Sheets from before this was counted have none. */
      endless: z.number().default(0),
    })
    .optional(),
})
export type Summary = z.infer<typeof Summary>

export const Undone = z.object({
  removed: z.number(),
  restored: z.number(),
  /** Made by the import and worked with since: kept. */
  kept: z.number(),
  /** Payments that were taken out of the books again. */
  taken_out: z.number().default(0),
  /** Memberships that something was recorded for since: they stay. */
  members_kept: z.number().default(0),
  /** Memberships whose payment was partly given back: they stay too. */
  part_back: z.number().default(0),
})
export type Undone = z.infer<typeof Undone>

export const Report = Summary.extend({ undone: Undone.optional() })

/** Who asked for work that is done in the background. */
export const AskedBy = z.object({ kind: z.enum(['user', 'caller', 'cli', 'system']), id: z.string(), name: z.string() })
