import { z } from 'zod'
import { saysPurpose } from '../schema.ts'

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
  'webhooks.read',
  'webhooks.write',
] as const
export type Scope = (typeof scopes)[number]

/** With these a program gets people by name, their numbers or calls: what comes from a voter file stays bound by the law. */
export const scopesOfPeople: readonly Scope[] = [
  'voters.read',
  'people.read',
  'contacts.read',
  'followups.read',
  'webhooks.read',
]

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
  /** What the program gets people for. */
  purpose: z.string().trim().max(1000).optional(),
})

const getsPeople = ({ scopes: chosen }: z.output<typeof TokenFields>): boolean =>
  chosen.some((scope) => scopesOfPeople.includes(scope))

export const TokenForm = TokenFields.refine((form) => form.law === 'yes' || !getsPeople(form), {
  path: ['law'],
  message: 'tokens.law_needed',
}).refine((form) => saysPurpose(form.purpose ?? '') || !getsPeople(form), {
  path: ['purpose'],
  message: 'tokens.purpose_short',
})
export type TokenForm = z.output<typeof TokenForm>
