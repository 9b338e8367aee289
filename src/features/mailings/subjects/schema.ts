import { z } from 'zod'

/** By what the better subject is told; clicks and opens where the organization counts them. */
export const subjectRules = ['clicks', 'opens', 'replies', 'person'] as const
export type SubjectRule = (typeof subjectRules)[number]

export const decidedFors = ['rule', 'equal', 'person'] as const
export type DecidedFor = (typeof decidedFors)[number]

/** Beside the mailing's own. */
export const others_most = 2
/** Percent of the list. */
export const shares = [10, 20, 30, 50, 100] as const
export const hoursAfter = [4, 12, 24, 48, 72] as const

const oneOf = (numbers: readonly number[]) => z.enum(numbers.map(String) as [string, ...string[]]).transform(Number)

/** What is chosen beside the subjects, which are typed by language: `subject.1.en`. */
export const SubjectTestForm = z.object({
  share: oneOf(shares),
  rule: z.enum(subjectRules),
  after_hours: oneOf(hoursAfter),
  least: z
    .string()
    .trim()
    .regex(/^[1-9]\d{0,5}$/, 'form.number')
    .transform(Number),
})
export type SubjectTestForm = z.output<typeof SubjectTestForm>

export const WinnerForm = z.object({ winner: z.enum(['0', '1', '2']).transform(Number) })
