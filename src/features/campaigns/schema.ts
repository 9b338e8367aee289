import { z } from 'zod'
import { CalendarDate } from '../../platform/dates.ts'

/** Whose work it is under election law. */
export const lanes = ['member_communication', 'non_partisan', 'independent', 'coordinated'] as const
export type Lane = (typeof lanes)[number]

export const goals = ['conversations', 'voters'] as const
export type Goal = (typeof goals)[number]

/** What belongs to a campaign, in the order in which its page shows it. */
export const partKinds = ['universe', 'phone_bank', 'mailing', 'postal_drop', 'voter_guide', 'event'] as const
export type PartKind = (typeof partKinds)[number]

/** By what somebody came onto a team: put there, or by what they did. */
export const reasonsToJoin = ['added', 'linked', 'worked', 'called'] as const
export type Because = (typeof reasonsToJoin)[number]

export interface PartRef {
  kind: PartKind
  part_id: string
}

/** How far a part is, whatever its room calls that. */
export const partStates = [
  'draft',
  'live',
  'frozen',
  'planned',
  'running',
  'paused',
  'ready',
  'published',
  'done',
  'canceled',
] as const
export type PartState = (typeof partStates)[number]

const listOf = (typed: unknown): unknown => (typed === undefined ? [] : [typed].flat())

const numberOrNone = z.union([
  z.literal('').transform(() => null),
  z
    .string()
    .trim()
    .regex(/^\d{1,9}$/, 'form.invalid')
    .transform(Number),
])

/** What may be changed as long as a campaign runs. */
const planned = {
  candidate_ids: z.preprocess(listOf, z.array(z.coerce.number().int().positive())),
  starts_on: CalendarDate,
  ends_on: CalendarDate,
  goal: z.enum(goals).default('conversations'),
  goal_count: z
    .union([
      z.literal('').transform(() => null),
      z
        .string()
        .trim()
        .transform((typed) => Number(typed.replaceAll(',', '')))
        .pipe(z.int('form.number').min(1, 'form.too_small').max(10_000_000, 'form.too_large')),
    ])
    .default(null),
  owner_id: z.uuid('form.required'),
}

const inOrder = (form: { starts_on: string; ends_on: string }, context: z.core.$RefinementCtx): void => {
  if (form.ends_on < form.starts_on)
    context.addIssue({ code: 'custom', path: ['ends_on'], message: 'campaigns.ends_before' })
}

export const CampaignForm = z.object(planned).superRefine(inOrder)
export type CampaignForm = z.output<typeof CampaignForm>

/** Contest and lane are said once: whoever works in one lane stays out of the other. */
export const NewCampaignForm = z
  .object({
    ...planned,
    lane: z.enum(lanes, { error: 'campaigns.lane_needed' }),
    contest_id: numberOrNone.default(null),
    cycle_id: z.union([z.literal('').transform(() => null), z.uuid('form.invalid')]).default(null),
  })
  .superRefine(inOrder)
export type NewCampaignForm = z.output<typeof NewCampaignForm>

export const LinkForm = z.object({
  part: z
    .string()
    .regex(/^[a-z_]+:[0-9a-f-]{36}$/, 'form.required')
    .transform((typed) => {
      const [kind = '', part_id = ''] = typed.split(':')
      return { kind, part_id }
    })
    .pipe(z.object({ kind: z.enum(partKinds, { error: 'form.invalid' }), part_id: z.uuid('form.invalid') })),
})
