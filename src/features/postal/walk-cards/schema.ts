import { z } from 'zod'

/** With the limit of the law accepted, as for every file of voters. */
export const WalkCardsForm = z.object({
  /** '': names and results alone. */
  script: z.union([z.literal(''), z.uuid()]).default(''),
  law: z.literal('yes', 'export.law_needed'),
})

/** Homes of one file; a walk is some dozens. */
export const mostCards = 1000
