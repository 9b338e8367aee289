import { z } from 'zod'
import { CalendarDate } from '../../platform/dates.ts'
import { cents } from '../people/membership/schema.ts'

/** What the legal entity is that pays. */
export const payerKinds = [
  'charity',
  'social_welfare',
  'labor',
  'corporation',
  'llc',
  'partnership',
  'club',
  'state_committee',
  'city_committee',
  'ie_committee',
  'federal_pac',
  'federal_pac_multicandidate',
] as const
export type PayerKind = (typeof payerKinds)[number]

export const contributionStates = ['proposed', 'approved', 'given', 'refunded', 'dropped'] as const
export type ContributionState = (typeof contributionStates)[number]

export const methods = ['check', 'transfer', 'card', 'in_kind'] as const
export type Method = (typeof methods)[number]

export const participations = ['participant', 'nonparticipant'] as const
export type Participation = (typeof participations)[number]

/** 'any': whatever the office, in every state. */
export const levels = ['any', 'federal', 'state', 'city'] as const
export type Level = (typeof levels)[number]

/** Offices as rows of limits name them. */
export type LimitOffice =
  | 'any'
  | 'statewide'
  | 'state_senate'
  | 'state_assembly'
  | 'citywide'
  | 'borough_president'
  | 'city_council'

/** 'per_election': to one candidate for one election; 'per_cycle': for all elections of a cycle; 'per_year_all': to all candidates in a calendar year. */
export type Basis = 'prohibited' | 'per_election' | 'per_cycle' | 'per_year_all'

/** What a limit that somebody found is for. */
export const foundBases = ['per_election', 'per_cycle'] as const
export type FoundBasis = (typeof foundBases)[number]

/** What spoke against a gift on the day it was recorded. */
export type GivenThough = 'prohibited' | 'over_limit' | 'limit_unknown'

const text = (most: number) => z.string().trim().min(1, 'form.required').max(most, 'form.too_long')
const money = z
  .union([cents, z.never()], 'contributions.amount_wrong')
  .refine((amount) => amount > 0, 'contributions.amount_wrong')
const maybeId = z.union([z.literal('').transform(() => null), z.uuid('form.invalid')]).default(null)

export const ContributionForm = z.object({
  candidate_id: z
    .string()
    .regex(/^\d{1,9}$/, 'form.required')
    .transform(Number),
  recipient: text(160),
  payer: text(160),
  payer_kind: z.enum(payerKinds, { error: 'contributions.payer_kind_needed' }),
  /** The payer is known, and was something else before. */
  kind_changed: z.literal('yes').optional(),
  participation: z.union([z.literal('').transform(() => null), z.enum(participations)]).default(null),
  amount: money,
  reason: text(1000),
  cycle_id: maybeId,
  campaign_id: maybeId,
})
export type ContributionForm = z.output<typeof ContributionForm>

/** A limit that somebody looked up where the program knows none: all of it, or nothing. */
const finding = {
  checked_limit_cents: z
    .union([z.literal('').transform(() => null), cents], 'contributions.amount_wrong')
    .default(null),
  checked_basis: z.enum(foundBases).default('per_election'),
  checked_limit: z.string().trim().max(500, 'form.too_long').default(''),
  checked_on: z.union([z.literal('').transform(() => null), CalendarDate]).default(null),
}
type Found = { [Name in keyof typeof finding]: z.output<(typeof finding)[Name]> }

function isWhole({ checked_limit_cents, checked_limit, checked_on }: Found, context: z.core.$RefinementCtx): void {
  const parts = { checked_limit_cents, checked_limit, checked_on }
  if (checked_limit_cents === null && !checked_limit) return
  for (const [name, part] of Object.entries(parts))
    if (!part) context.addIssue({ code: 'custom', path: [name], message: 'form.required' })
}

export const FindingForm = z.object(finding).superRefine(isWhole)
export type FindingForm = z.output<typeof FindingForm>

export const ApproveForm = z
  .object({ decided_in: text(160), decided_on: CalendarDate, ...finding })
  .superRefine(isWhole)
export type ApproveForm = z.output<typeof ApproveForm>

export const GiveForm = z
  .object({
    given_on: CalendarDate,
    method: z.enum(methods, { error: 'form.required' }),
    reference: text(120),
    ...finding,
  })
  .superRefine(isWhole)
export type GiveForm = z.output<typeof GiveForm>

export const CallOffForm = z.object({ drop_reason: text(500) })

export const RefundForm = z.object({
  refunded_on: CalendarDate,
  refunded: money,
  refund_reference: text(120),
})
export type RefundForm = z.output<typeof RefundForm>
