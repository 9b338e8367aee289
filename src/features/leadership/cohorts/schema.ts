import { z } from 'zod'
import { CalendarDate } from '../../../platform/dates.ts'

export const applicationStates = [
  'applied',
  'wait_listed',
  'accepted',
  'declined',
  'withdrawn',
  'left',
  'alumni',
  'removed',
] as const
export type ApplicationState = (typeof applicationStates)[number]

/** Who decides may lead from a state to these. */
const mayBecome: Record<ApplicationState, readonly ApplicationState[]> = {
  applied: ['accepted', 'wait_listed', 'declined', 'withdrawn', 'removed'],
  wait_listed: ['accepted', 'declined', 'withdrawn', 'removed'],
  accepted: ['left', 'withdrawn', 'applied', 'alumni', 'removed'],
  declined: ['applied', 'removed'],
  withdrawn: ['applied', 'removed'],
  left: ['accepted', 'alumni', 'removed'],
  alumni: ['accepted', 'left'],
  // By mistake, after all.
  removed: ['applied'],
}

/** Once the cohort is over nothing is decided but who of those who were in it finished. */
export const mayStillBecome = (state: ApplicationState, is_closed: boolean): readonly ApplicationState[] =>
  is_closed
    ? mayBecome[state].filter((to) => to === 'alumni' || (state === 'alumni' && to === 'left'))
    : mayBecome[state]

export const attendances = ['attended', 'excused', 'missed'] as const
export type Attendance = (typeof attendances)[number]

/** As it is chosen in a form; null: not noted. */
export const MaybeAttendance = z.enum(['', ...attendances]).transform((state) => state || null)

/** One line of the selection rubric. */
export const Criterion = z.object({
  key: z.string().regex(/^c\d+$/),
  label: z.record(z.string(), z.string()),
  most: z.int().min(1).max(10),
})
export type Criterion = z.infer<typeof Criterion>
export const mostCriteria = 12
export const Criteria = z.array(Criterion).min(1).max(mostCriteria)

/** Points by criterion's key. */
export type Scores = Record<string, number>

const day = z.union([z.literal(''), CalendarDate], 'leadership.date_invalid')
const needed = day.refine(Boolean, 'form.required')

export const CohortForm = z
  .object({
    seats: z.coerce.number().int().min(1).max(500),
    starts_on: needed,
    ends_on: needed,
    form_id: z
      .union([z.literal(''), z.uuid()])
      .default('')
      .transform((id) => id || null),
  })
  .refine(({ starts_on, ends_on }) => starts_on <= ends_on, {
    path: ['ends_on'],
    message: 'leadership.ends_before',
  })

export const ApplicationForm = z.object({
  who: z.string().trim().min(1, 'form.required').max(60),
  said: z
    .string()
    .trim()
    .max(5000)
    .default('')
    .transform((text) => text || null),
})

export const DecisionForm = z.object({
  state: z.enum(applicationStates),
  why: z.string().trim().max(500).default(''),
})

export const SessionForm = z.object({ held_on: needed, title: z.string().trim().min(1, 'form.required').max(120) })
export const MilestoneForm = z.object({
  name: z.string().trim().min(1, 'form.required').max(120),
  due_on: day.default('').transform((date) => date || null),
})
const maybeId = z
  .union([z.literal(''), z.uuid()])
  .default('')
  .transform((id) => id || null)
export const SessionPlanForm = SessionForm.extend({
  event_id: maybeId,
  training_id: maybeId,
  about: z
    .string()
    .trim()
    .max(3000)
    .default('')
    .transform((text) => text.replaceAll('\r\n', '\n') || null),
})
export const MaterialForm = z.object({
  material: z.string().trim().min(1, 'form.required').max(160),
  link: z
    .union(
      [z.literal(''), z.url({ protocol: /^https?$/, error: 'cohort.link_invalid' }).max(500)],
      'cohort.link_invalid',
    )
    .default('')
    .transform((link) => link || null),
})
const ids = z.array(z.uuid()).max(500).default([])
/** Those ticked, and those who were ticked when the form was shown. */
export const ReachedForm = z.object({ application_ids: ids, shown: ids })
