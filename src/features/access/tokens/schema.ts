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

/** With these a program gets people by name, their numbers or calls: what comes from a voter file stays bound by the law. */
export const scopesOfPeople: readonly Scope[] = ['voters.read', 'people.read', 'contacts.read', 'followups.read']

/** Days until a token ends by itself; '' never. */
export const lifetimes = ['30', '90', '365', ''] as const

const TokenFields = z.object({
  name: z.string().trim().min(1, 'form.required').max(80),
  scopes: z
    .union([z.enum(scopes).transform((one) => [one]), z.array(z.enum(scopes))], { error: 'tokens.scopes_needed' })
    .default([])
    .refine((chosen) => chosen.length > 0, 'tokens.scopes_needed'),
  days: z.enum(lifetimes).default('365'),
  /** The limit on use of voter files is kept. */
  law: z.literal('yes').optional(),
})

export const TokenForm = TokenFields.refine(
  ({ scopes: chosen, law }) => law === 'yes' || !chosen.some((scope) => scopesOfPeople.includes(scope)),
  { path: ['law'], message: 'tokens.law_needed' },
)
export type TokenForm = z.output<typeof TokenForm>
