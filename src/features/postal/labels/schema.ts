import { z } from 'zod'
import { sheets } from './sheets.ts'

const millimetres = z.coerce.number().min(-5).max(5).catch(0)

/** As the address of the file has it. */
export const LabelsQuery = z.object({
  sheet: z.string().refine((part) => sheets.some((each) => each.part === part)),
  from: z.coerce.number().int().min(0).catch(0),
  used: z.coerce.number().int().min(0).max(79).catch(0),
  x: millimetres,
  y: millimetres,
  outlines: z.string().optional().transform(Boolean),
})
