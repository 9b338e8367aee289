import { z } from 'zod'
import { standings } from '../../schema.ts'

/** Which members: in good standing, whose renewal is due, everybody, or by one standing. */
export const shows = ['good', 'due', 'all', ...standings] as const
export type Show = (typeof shows)[number]

export const RollQuery = z.object({
  show: z.enum(shows).catch('good'),
  kind: z.string().max(50).nullable().catch(null),
  q: z.string().max(100).catch(''),
  from: z.coerce.number().int().min(0).max(1_000_000).catch(0),
})
