import { z } from 'zod'
import { mostHeld } from '../schema.ts'

/** For how long a batch may be taken. */
export const batchHours = [1, 2, 4] as const
/** Of how many lines; a household on one line counts once. */
export const batchLines = [5, 10, 20] as const

export const BatchInput = z.object({
  holding: z.array(z.int32()).max(mostHeld),
  lines: z.literal(batchLines),
  hours: z.literal(batchHours),
})
export type BatchInput = z.infer<typeof BatchInput>
