import { z } from 'zod'

/** With the limit of the law accepted, as for every file of voters. */
export const WalkCardsForm = z.object({
  /** '': names and results alone. */
  script: z.union([z.literal(''), z.uuid()]).default(''),
  law: z.literal('yes', 'export.law_needed'),
  /** Letters that our fonts do not have may be printed as empty boxes. */
  boxes: z.literal('yes').optional(),
})

/** Homes of one file; a walk is some dozens. */
export const mostCards = 1000
