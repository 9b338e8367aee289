import { z } from 'zod'

/** Everybody of ours, or those alone of whom no voter record is known. */
export type Only = 'all' | 'strangers'

/** What a list of people is asked for: the expression as typed, and of whom. */
export const PeopleAsked = z.object({
  q: z.string().default(''),
  only: z
    .string()
    .optional()
    .transform((only): Only => (only === 'strangers' ? 'strangers' : 'all')),
})
export type PeopleAsked = z.output<typeof PeopleAsked>
