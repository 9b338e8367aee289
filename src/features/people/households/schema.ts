import { z } from 'zod'
import { spokenLanguages } from '../schema.ts'

const optional = (most: number) =>
  z
    .string()
    .trim()
    .max(most, 'people.too_long')
    .transform((typed) => typed || null)
    .nullable()
    .default(null)

/** What is known of a home itself. */
export const HouseholdForm = z.object({
  name: optional(80),
  note: optional(500),
  language: z
    .union([z.literal('').transform(() => null), z.enum(spokenLanguages)])
    .nullable()
    .default(null),
})
export type HouseholdFacts = z.output<typeof HouseholdForm>

/** Somebody who lives there, or where somebody lives; why that is known. */
export const LivesForm = z.object({
  other: z.string({ error: 'households.choose' }).min(1, 'households.choose'),
  reason: optional(300),
})

export const ApartForm = z.object({ reason: optional(300) })
