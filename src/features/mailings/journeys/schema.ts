import { z } from 'zod'
import { mailingLanes, whyNots } from '../schema.ts'

export const journeyStates = ['draft', 'running', 'paused', 'ended'] as const
export type JourneyState = (typeof journeyStates)[number]

/** Why somebody gets no more of it. 'before': fitted when it was started; 'late': signed up after all its moments. */
export const ends = ['finished', 'exit', 'before', 'late', 'event_off', 'ended'] as const
export const leftFors = [...ends, ...whyNots] as const
export type LeftFor = (typeof leftFors)[number]

export const journeyStarters = ['welcome', 'event', 'lapsed', 'empty'] as const
export type JourneyStarter = (typeof journeyStarters)[number]

/** Hours of rest after any other e-mail to many. */
export const rests = [0, 24, 48, 72, 168] as const

const name = z.string().trim().min(1, 'form.required').max(120)
const expression = z.string().trim().max(4000).default('')

export const NewJourneyForm = z
  .object({
    starter: z.enum(journeyStarters),
    name,
    event_id: z.union([z.literal('').transform(() => null), z.uuid('form.invalid')]).default(null),
  })
  .refine(({ starter, event_id }) => starter !== 'event' || event_id !== null, {
    path: ['event_id'],
    message: 'journeys.event_needed',
  })
export type NewJourneyForm = z.output<typeof NewJourneyForm>

export const JourneyForm = z.object({
  name,
  lane: z.enum(mailingLanes),
  expression,
  exits: expression,
  takes_all: z.literal('yes').optional().transform(Boolean),
  rest_hours: z
    .enum(rests.map(String) as [string, ...string[]])
    .transform(Number)
    .default(24),
})
export type JourneyForm = z.output<typeof JourneyForm>

export const units = ['hours', 'days'] as const

export const WaitForm = z
  .object({
    wait: z.string().trim().regex(/^\d{1,4}$/, 'form.number').transform(Number), // prettier-ignore
    unit: z.enum(units),
  })
  .transform(({ wait, unit }) => wait * (unit === 'days' ? 24 : 1))
  .refine((hours) => hours <= 8760, { path: ['wait'], message: 'form.too_large' })
