import { sql, type RawBuilder } from 'kysely'
import { z } from 'zod'
import type { Db } from '../../platform/db/db.ts'
import { dispositions, type Disposition } from '../contacts/schema.ts'
import type { Step } from '../scripts/schema.ts'
import { answersOf, quotaCounts } from './calling-rules/quotas.ts'
import '../contacts/tables.ts'

/** Which results of a phone bank are shown, and leave as a file: as the address says it. */
export interface ResultsFilter {
  disposition: Disposition | null
  answer: AnswerFilter | null
}

/** An answer of the script as quotas name it. `value` null: whatever was answered. */
export interface AnswerFilter {
  question: string
  value: string | null
}

export const allResults: ResultsFilter = { disposition: null, answer: null }

const mark = ':'

export const answerText = ({ question, value }: AnswerFilter): string =>
  value === null ? question : question + mark + value

/** `ever`: the questions of the script. One that nobody asked filters nothing. */
export function filterOf(query: Record<string, string>, ever: readonly Step[]): ResultsFilter {
  const disposition = z.enum(dispositions).safeParse(query.disposition)
  const answer = answersToChoose(ever).find((each) => answerText(each) === query.answer)
  return { disposition: disposition.success ? disposition.data : null, answer: answer ?? null }
}

/** As `filterOf` reads it, without what is not chosen. */
export const filterFields = ({ disposition, answer }: ResultsFilter): Record<string, string> => ({
  ...(disposition && { disposition }),
  ...(answer && { answer: answerText(answer) }),
})

/** Every answer one may ask for, those to a question one after another; of free text only that there is one. */
export const answersToChoose = (ever: readonly Step[]): AnswerFilter[] =>
  ever.flatMap((step) => [null, ...answersOf(step)].map((value) => ({ question: step.key, value })))

export type AnswerCount = AnswerFilter & { count: number }

/** How many results there are with each answer, those taken back left out. */
export async function answerCounts(
  db: Db,
  bank: { organization_id: string; phone_bank_id: string },
  ever: readonly Step[],
): Promise<AnswerCount[]> {
  const quotas = answersToChoose(ever).map((each) => ({ ...each, count: 0 }))
  const { organization_id, phone_bank_id } = bank
  const counts = await quotaCounts(db, { organization_id, phone_bank_id, quotas })
  return quotas.map((each, nth) => ({ ...each, count: counts[nth] ?? 0 }))
}

/** Does `contact_attempt a` fit? A result that was taken back gave no answer. */
export function fits({ disposition, answer }: ResultsFilter): RawBuilder<boolean> {
  const isResult = disposition === null ? sql`true` : sql`a.disposition = ${disposition}::text`
  if (answer === null) return sql<boolean>`${isResult}`
  const { question, value } = answer
  return sql<boolean>`${isResult} and a.undone_at is null and exists (select from contact_answer w
    where w.organization_id = a.organization_id and w.attempt_id = a.attempt_id and w.question = ${question}::text
      and jsonb_typeof(w.value) <> 'null' and (${value}::text is null or w.value #>> '{}' = ${value}::text
        or jsonb_typeof(w.value) = 'array' and w.value ? ${value}::text))`
}
