import { z } from 'zod'
import type { LocalizedText } from '../../../platform/i18n/languages.ts'
import { tieKinds } from '../cycles/schema.ts'
import type { Account } from '../tally/schema.ts'

/** Why somebody may not vote. */
export const rollReasons = ['kind', 'standing', 'joined', 'paid', 'deceased'] as const
export type RollReason = (typeof rollReasons)[number]

/** Of a member on the day the roll was made. */
export const Facts = z.object({
  /** Keys of the kinds in which they were active or in grace. */
  kinds: z.array(z.string()),
  is_in_good_standing: z.boolean(),
  /** In a kind that may vote. */
  joined_on: z.string().nullable(),
  /** By the day the rules name, or nothing was to be paid. */
  is_paid: z.boolean(),
  is_deceased: z.boolean(),
})
export type Facts = z.infer<typeof Facts>

/** By which way somebody votes. */
export const ways = ['link', 'account', 'device'] as const
export type Way = (typeof ways)[number]

export interface OnBallot {
  candidate_id: number
  /** In the published list; no two of a contest have the same. */
  name: string
  names: LocalizedText
}

export interface ContestOnBallot {
  contest_id: number
  candidates: OnBallot[]
}

export const Slate = z.array(
  z.object({
    contest_id: z.int(),
    candidates: z.array(z.object({ candidate_id: z.int(), name: z.string(), names: z.record(z.string(), z.string()) })),
  }),
) satisfies z.ZodType<ContestOnBallot[]>

/** As `tally` made it. */
export const StoredAccount = z.custom<Account>((value) => typeof value === 'object' && value !== null)

export const shows = ['all', 'may', 'may_not', 'voted', 'not_voted', 'mail_unknown', 'challenged'] as const
export type Show = (typeof shows)[number]

const reason = z.string().trim().min(1, 'form.required').max(1000)
const yesNo = z.enum(['yes', 'no']).transform((said) => said === 'yes')

export const OwnChallengeForm = z.object({ reason })
export const ChallengeForm = z.object({ wants: yesNo, reason })
export const DecisionForm = z.object({ challenge: z.uuid(), is_upheld: yesNo, decision: reason })

/** Fields `tie_<contest>[]`. */
export const tieField = (contest_id: number): string => `tie_${contest_id}`
export const Ties = z.array(z.enum(tieKinds))
