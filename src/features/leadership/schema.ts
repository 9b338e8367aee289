import { z } from 'zod'
import { CalendarDate } from '../../platform/dates.ts'
import { delegatedKinds } from '../access/permissions.ts'

const day = z.union([z.literal(''), CalendarDate], 'leadership.date_invalid')
export const NeededDay = day.refine(Boolean, 'form.required')
export const MaybeDay = day.default('').transform((date) => date || null)
const line = z.string().trim().min(1, 'form.required').max(200)
const maybeText = z
  .string()
  .trim()
  .max(500)
  .default('')
  .transform((text) => text || null)
const maybeId = z
  .union([z.literal(''), z.uuid()])
  .default('')
  .transform((id) => id || null)

export const StageForm = z.object({
  /** '': on the ladder no more. */
  rung_id: maybeId,
  from_on: NeededDay,
  reason: z.string().trim().min(1, 'leadership.reason_needed').max(500),
})

export const NextStepForm = z.object({
  title: line,
  owner_id: z.uuid('form.required'),
  due_on: NeededDay,
})

/** Without owner it is one's own. */
export const TaskForm = z.object({ title: line, due_on: MaybeDay, owner_id: maybeId })
export const AssignForm = z.object({ owner_id: maybeId, due_on: MaybeDay })

export const TaskMailForm = z.object({ mails: z.enum(['yes', 'no']) })

export const EndForm = z.object({ outcome: maybeText })
export const SnoozeForm = z.object({ until: z.enum(['tomorrow', 'week', 'month']) })

export const OneOnOneForm = z.object({
  met_on: NeededDay,
  body: z.string().trim().min(1, 'form.required').max(20_000),
  opened: z.literal('yes').optional(),
  /** Whom the form named as its other reader. */
  reader_id: maybeId,
})

const span = { path: ['until_on'], message: 'leadership.ends_before' }
export const RoleForm = z
  .object({ name: line, from_on: NeededDay, until_on: MaybeDay })
  .refine(({ from_on, until_on }) => !until_on || from_on <= until_on, span)
export const PassedForm = z.object({ training_id: z.uuid('form.required'), passed_on: NeededDay })
export const MentoringForm = z
  .object({
    mentor: z.string().trim().min(1, 'form.required').max(60),
    from_on: NeededDay,
    until_on: MaybeDay,
    goal: maybeText,
  })
  .refine(({ from_on, until_on }) => !until_on || from_on <= until_on, span)
/** Of several trainings: all of them, or one of them. */
export const ruleAsks = ['all', 'any'] as const
export const DelegationForm = z
  .object({
    user_id: z.uuid('form.required'),
    what: z.enum(delegatedKinds),
    from_on: NeededDay,
    until_on: NeededDay,
    /** Of the door; none: of all events. */
    event_ids: z.array(z.uuid()).max(100).default([]),
  })
  .transform(({ event_ids, ...given }) => ({ ...given, ...(given.what === 'door' && { event_ids }) }))
  .refine(({ from_on, until_on }) => from_on <= until_on, span)
export const AccountForm = z.object({ user_id: maybeId, caller_id: maybeId })

export const TrainingSettings = z.object({
  lasts_months: z
    .union([z.literal(''), z.coerce.number().int().min(1).max(120)])
    .default('')
    .transform((months) => months || null),
})

export const RuleForm = z.object({
  training_ids: z.array(z.uuid()).max(50).default([]),
  asks: z.enum(ruleAsks).default('all'),
})
export const KindTrainingsForm = RuleForm.pick({ training_ids: true })
/** What an event teaches, or: whoever came has passed it now. */
export const EventTrainingForm = z.object({
  act: z.enum(['set', 'pass']).default('set'),
  training_id: maybeId,
  automatic: z.literal('on').optional(),
})
/** Texts by language are read from what was typed. */
export const TextsForm = z.record(z.string(), z.unknown())

/** Whom the board shows. */
export const boardFilters = ['all', 'mine', 'overdue', 'no_step', 'cooling', 'never_asked'] as const
export type BoardFilter = (typeof boardFilters)[number]
export const BoardQuery = z.object({
  show: z.enum(boardFilters).catch('all'),
  /** Days without activity that count as cooling off. */
  days: z.coerce.number().int().min(7).max(730).catch(45),
  /** One rung in full. */
  rung: z.uuid().nullable().catch(null),
})
