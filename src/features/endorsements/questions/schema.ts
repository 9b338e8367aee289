import { z } from 'zod'
import { contestOffices, type ContestOffice } from '../../elections/contests/schema.ts'

export const questionKinds = ['section', 'position', 'text', 'ranking', 'record', 'pledge', 'file'] as const
export type QuestionKind = (typeof questionKinds)[number]

/** Who is asked: everybody, whoever runs for an office, whoever runs in one contest. */
export interface AskedIn {
  office: ContestOffice | null
  contest_id: number | null
}

const isOffice = (code: string): code is ContestOffice => contestOffices.some((each) => each === code)

/** Its texts are read from what was typed, by language. */
export const QuestionForm = z.object({
  kind: z.enum(questionKinds),
  words_most: z
    .union([z.literal('').transform(() => null), z.coerce.number().int().min(10).max(5000)], 'form.number')
    .default(null),
  is_needed: z
    .string()
    .optional()
    .transform((box) => box === 'yes'),
  /** '', 'office:council_member' or 'contest:12'. */
  asked_in: z.string().transform((text, context): AskedIn => {
    const [what, which = ''] = text.split(':')
    if (text === '') return { office: null, contest_id: null }
    if (what === 'office' && isOffice(which)) return { office: which, contest_id: null }
    if (what === 'contest' && /^\d{1,9}$/.test(which)) return { office: null, contest_id: Number(which) }
    context.addIssue({ code: 'custom', message: 'form.invalid' })
    return z.NEVER
  }),
})
export type QuestionForm = z.infer<typeof QuestionForm>

export const MoveForm = z.object({ to: z.enum(['up', 'down']) })
