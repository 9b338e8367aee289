import { z } from 'zod'
import { sheetNamed } from './sheets.ts'

const millimetres = z.coerce.number().min(-5).max(5).catch(0)

/** With the limit of the law accepted, as for every file of voters. */
export const LabelsForm = z.object({
  sheet: z.string().refine((part) => sheetNamed(part) !== undefined, 'form.invalid'),
  from: z.coerce.number().int().min(0).catch(0),
  used: z.coerce.number().int().min(0).max(79).catch(0),
  x: millimetres,
  y: millimetres,
  outlines: z.string().optional().transform(Boolean),
  law: z.literal('yes', 'export.law_needed'),
  /** Letters that our fonts do not have may be printed as empty boxes. */
  boxes: z.literal('yes').optional(),
})
