import { z } from 'zod'
import { CalendarDate } from '../../../platform/dates.ts'
import { dispositionRules, dispositions, type Disposition } from '../../contacts/schema.ts'
import { quietGroups } from './quiet-days.ts'

/** The rules of a phone bank: data an organizer sets, read at every turn of the queue. */

export const listOrders = ['random', 'newest', 'longest_silent'] as const
export type ListOrder = (typeof listOrders)[number]

/** Results after which a voter is tried again, or may be: a message ends the round unless said otherwise. */
export const spacedResults = [
  'no_answer',
  'busy',
  'not_available',
  'left_message',
] as const satisfies readonly Disposition[]
export type SpacedResult = (typeof spacedResults)[number]

export interface Spacing {
  /** Hours until the next try; null: what the phone bank or the result says. */
  hours: number | null
  /** So often this result, then the voter is finished; null: as often as there are attempts. */
  most: number | null
  /** left_message: tried again all the same. */
  again?: boolean
}
export type Spacings = Partial<Record<SpacedResult, Spacing>>

export const isSpaced = (disposition: Disposition): disposition is SpacedResult =>
  (spacedResults as readonly Disposition[]).includes(disposition)

/** What follows from a result under these rules: when again, how often at most, and whether the voter is done. */
export function spacingOf(
  spacings: Spacings,
  disposition: Disposition,
  usual_hours: number,
): { hours: number; most: number | null; queue: (typeof dispositionRules)[Disposition]['queue'] } {
  const rule = dispositionRules[disposition]
  const own = isSpaced(disposition) ? spacings[disposition] : undefined
  return {
    hours: own?.hours ?? rule.retry_after_hours ?? usual_hours,
    most: own?.most ?? null,
    queue: disposition === 'left_message' && own?.again ? 'retry' : rule.queue,
  }
}

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)

export const largestSeed = 999_999

/** So many days and quotas of its own a phone bank may have. */
export const [mostQuietDays, mostQuotas] = [60, 20]

export const CallingRules = z.object({
  is_live: z.boolean(),
  done_expression: z.string().max(2000).nullable(),
  weekdays: z.record(z.string().regex(/^[0-6]$/), z.tuple([clock, clock]).nullable()),
  quiet_groups: z.array(z.enum(quietGroups)),
  quiet_days: z.array(CalendarDate).max(mostQuietDays),
  spacing: z.partialRecord(
    z.enum(dispositions),
    z.object({
      hours: z.number().int().min(0).max(336).nullable(),
      most: z.number().int().min(1).max(10).nullable(),
      again: z.boolean().optional(),
    }),
  ),
  list_order: z.enum(listOrders),
  /** Which chance: another number, another order. */
  seed: z.number().int().min(0).max(largestSeed),
  priority: z.array(z.string().max(2000)).max(3),
  skip_minutes: z.number().int().min(1).max(1440),
  reassign_minutes: z.number().int().min(0).max(1440),
  lease_minutes: z.number().int().min(3).max(120),
  language_fallback: z.boolean(),
  household: z.enum(['together', 'apart']),
  is_household_once_a_day: z.boolean(),
  lines_per_household: z.number().int().min(1).max(10),
  most_per_caller: z.number().int().min(1).max(1000).nullable(),
  rest_minutes: z.number().int().min(0).max(240),
  quotas: z
    .array(
      z.object({ question: z.string(), value: z.string().nullable(), count: z.number().int().min(1).max(1_000_000) }),
    )
    .max(mostQuotas),
  has_leaderboard: z.boolean(),
})
export type CallingRules = z.infer<typeof CallingRules>

/** What most organizations choose; a new phone bank starts with it. */
export const usualRules = {
  is_live: true,
  done_expression: null,
  weekdays: {},
  quiet_groups: ['family', 'state', 'korean'],
  quiet_days: [],
  spacing: {},
  list_order: 'random',
  seed: 0,
  priority: [],
  skip_minutes: 30,
  reassign_minutes: 15,
  lease_minutes: 10,
  language_fallback: true,
  household: 'together',
  is_household_once_a_day: true,
  lines_per_household: 4,
  most_per_caller: null,
  rest_minutes: 50,
  quotas: [],
  has_leaderboard: false,
} as const satisfies CallingRules
