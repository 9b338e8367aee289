import { z } from 'zod'
import { scale, type Marks } from './rules.ts'

export const WeightForm = z.object({
  criterion: z.union([z.literal(''), z.uuid()]).default(''),
  weight: z.coerce.number().int().min(1).max(100),
})
export const OneCriterion = z.object({ criterion: z.uuid() })
export const ReasonForm = z.object({ reason: z.string().trim().min(1, 'form.required').max(1000) })

export const OneCandidate = z.object({ candidate: z.coerce.number().pipe(z.int32()) })
export const Notes = z.string().trim().max(10_000)
/** Of each criterion and candidate a field; what is not marked yet is left out. */
export const markField = (criterion_id: string, candidate_id: number): string => `mark_${criterion_id}_${candidate_id}`
export const notesField = (candidate_id: number): string => `notes_${candidate_id}`
export const seenField = (candidate_id: number): string => `seen_${candidate_id}`
/** A card as the page showed it, or as it comes back. */
export const cardText = (criteria: readonly { criterion_id: string }[], marks: Marks, notes: string): string =>
  JSON.stringify([criteria.map(({ criterion_id }) => marks[criterion_id] ?? null), notes.replaceAll('\r\n', '\n')])
export const Mark = z.coerce.number().pipe(z.literal(scale))
