import { z } from 'zod'
import { questionKinds } from '../questions/schema.ts'

export const positions = ['yes', 'qualified', 'no'] as const
export const pledges = ['agreed', 'not_agreed'] as const

/** What a question of any kind can be answered with. */
export const Answer = z.object({
  choice: z.enum([...positions, ...pledges]).optional(),
  /** The text, or why. */
  text: z.string().optional(),
  link: z.string().optional(),
  /** Numbers of what is ranked, from 0, the first preference first. */
  order: z.array(z.int()).optional(),
  /** What was handed in; the hash says which content. */
  file: z.object({ file_id: z.string(), name: z.string(), sha256: z.string(), bytes: z.int() }).optional(),
})
export type Answer = z.infer<typeof Answer>

const Texts = z.record(z.string(), z.string())

/** What was signed: also the questions, as they were asked. */
export const Signed = z.object({
  cycle_id: z.string(),
  contest_id: z.int(),
  candidate_id: z.int(),
  candidate: z.string(),
  number: z.int(),
  signed_by: z.string(),
  sent_at: z.string(),
  is_late: z.boolean(),
  answers: z.array(
    z.object({
      question_id: z.string(),
      kind: z.enum(questionKinds),
      text: Texts,
      choices: z.array(Texts),
      answer: Answer.nullable(),
    }),
  ),
})
export type Signed = z.infer<typeof Signed>
