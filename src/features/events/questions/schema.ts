import { z } from 'zod'
import { spokenLanguages } from '../../people/schema.ts'

/** `open`: nobody has decided yet. */
export const questionStates = ['open', 'kept', 'dropped'] as const
export type QuestionState = (typeof questionStates)[number]

/** `apart`: it asks something else than the one it was put to. */
export const questionActs = ['keep', 'drop', 'reopen', 'apart', 'first', 'up', 'down'] as const
export type QuestionAct = (typeof questionActs)[number]

export const longestQuestion = 2000

const maybeId = z.union([z.literal(''), z.uuid()]).default('').transform((id) => id || null) // prettier-ignore

/** Its texts are read apart, one per language of the organization. */
export const QuestionForm = z.object({ language: z.enum(spokenLanguages), into: maybeId })

/** `signup`: out of whose answer it was taken. */
export const NewQuestionForm = z.object({ page_key: z.uuid(), signup: maybeId })
