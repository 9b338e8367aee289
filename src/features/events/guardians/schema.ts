import { z } from 'zod'

export const guardianWays = ['online', 'paper', 'spoken'] as const
export type GuardianWay = (typeof guardianWays)[number]

/** Whoever answers for somebody under 18, and agrees that they take part. */
export interface Guardian {
  name: string
  /** E.164 */
  phone: string
  relation: string
}

/** `agreed`: a guardian's word is there; `missing`: somebody under 18 without one; `no`: not under 18 as far as is known. */
export const minorStates = ['no', 'agreed', 'missing'] as const
export type MinorState = (typeof minorStates)[number]

/** Written down by whoever stands at the door. */
export const GuardianForm = z.object({
  name: z.string().trim().min(1, 'form.required').max(120),
  phone: z.string().trim().min(1, 'form.required').max(40),
  relation: z.string().trim().max(60).default(''),
  how: z.enum(['paper', 'spoken']),
})
