import { z } from 'zod'

/** What a case of a kind begins with: what is to be done, by language, so many days after it was opened. */
export const Milestone = z.object({ name: z.record(z.string(), z.string()), days: z.number().int().min(0).max(730) })
export type Milestone = z.infer<typeof Milestone>

export const caseEnds = ['settled', 'referred', 'not_settled'] as const
export type CaseEnd = (typeof caseEnds)[number]

const line = z.string().trim().min(1, 'form.required').max(200)
const maybeText = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .default('')
    .transform((text) => text || null)
const maybeId = z
  .union([z.literal(''), z.uuid()])
  .default('')
  .transform((id) => id || null)

export const CaseForm = z.object({ title: line, about: maybeText(5000), owner_id: maybeId })
export const NewCaseForm = CaseForm.extend({
  who: z.string().min(1, 'form.required').max(60),
  kind_id: z.uuid('form.required'),
})
export const MilestoneForm = z.object({
  title: line,
  owner_id: maybeId,
  due_on: z
    .union([z.literal(''), z.iso.date('form.invalid')])
    .default('')
    .transform((day) => day || null),
})
export const CloseForm = z.object({ closed_as: z.enum(caseEnds, 'form.required'), outcome: maybeText(500) })

/** Lines of a kind for what its cases begin with: those that are there and some more. */
export const milestoneLines = (there: number): number => Math.min(20, there + 3)
