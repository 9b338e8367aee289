import { z } from 'zod'

/** What a token may be allowed to do; each operation of the API asks for one of them. */
export const scopes = [
  'universes.read',
  'universes.write',
  'voters.read',
  'people.read',
  'people.write',
  'contacts.read',
  'contacts.write',
  'phonebanks.read',
  'phonebanks.write',
  'followups.read',
  'followups.write',
  'scripts.read',
  'scripts.write',
] as const
export type Scope = (typeof scopes)[number]

/** Days until a token ends by itself; '' never. */
export const lifetimes = ['30', '90', '365', ''] as const

export const TokenForm = z.object({
  name: z.string().trim().min(1, 'form.required').max(80),
  scopes: z
    .union([z.enum(scopes).transform((one) => [one]), z.array(z.enum(scopes))], { error: 'tokens.scopes_needed' })
    .default([])
    .refine((chosen) => chosen.length > 0, 'tokens.scopes_needed'),
  days: z.enum(lifetimes).default('365'),
})
export type TokenForm = z.output<typeof TokenForm>
