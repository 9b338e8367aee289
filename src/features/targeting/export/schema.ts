import { z } from 'zod'
import { saysPurpose } from '../../access/schema.ts'

/** How the people of a file will be contacted; none: counted and studied, not contacted. */
export const channels = ['none', 'phone', 'text', 'email', 'post'] as const
export type Channel = (typeof channels)[number]

const text = z.string().trim()

/** A list of checkboxes: nothing, one or several. */
const several = z
  .union([z.array(text), text])
  .optional()
  .transform((value) => (value === undefined ? [] : [value].flat()))

export const ExportForm = z.object({
  layout: text,
  channel: z.enum(channels).default('none'),
  columns: several,
  purpose: text.max(1000).refine(saysPurpose, 'export.purpose_short'),
  law: z.literal('yes', 'export.law_needed'),
})
export const PurposeForm = ExportForm.pick({ purpose: true, law: true })
export type ExportForm = z.output<typeof ExportForm>

/** Why somebody who fits is not in the file. */
export const omissions = ['marked', 'opted_out', 'paused', 'no_paper', 'no_address', 'no_consent'] as const
export type Omission = (typeof omissions)[number]
