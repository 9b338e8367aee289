import { answerKey } from '../../scripts/rules.ts'
import type { Answers } from '../../scripts/schema.ts'

/** Which answer to a form asks for the next step; without a question any does. */
export interface Asking {
  question: string | null
  answer: string | null
}

/** The first that fits what was answered. */
export const firstFitting = <Rule extends Asking>(rules: readonly Rule[], answers: Answers): Rule | undefined =>
  rules.find(({ question, answer }) => {
    if (question === null) return true
    const given = answers[question]
    if (given === undefined) return false
    return (Array.isArray(given) ? given : [answerKey(given)]).includes(answer ?? '')
  })
