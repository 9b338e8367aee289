import { sql, type Selectable } from 'kysely'
import type { Db } from '../../platform/db/db.ts'
import type { Answers, AnswerValue } from '../scripts/schema.ts'
import type { Disposition } from './schema.ts'
import type { ContactAttemptTable } from './tables.ts'

export type ContactAttempt = Selectable<ContactAttemptTable>

export interface AttemptsAsked {
  phone_bank_id?: string | undefined
  /** Recorded at or after. A result may be stored a moment after a later one. */
  since?: Date | undefined
  /** The last one already read. */
  after?: { place: string; attempt_id: string } | undefined
  limit: number
}

/** Attempts in the order they were recorded, so that a reader can go on where it stopped; those taken back too. */
export function contactAttempts(
  db: Db,
  organization_id: string,
  { phone_bank_id, since, after, limit }: AttemptsAsked,
): Promise<(ContactAttempt & { place: string })[]> {
  return db
    .selectFrom('contact_attempt')
    .selectAll()
    .select(sql<string>`recorded_at::text`.as('place'))
    .where('organization_id', '=', organization_id)
    .$if(phone_bank_id !== undefined, (asked) => asked.where('phone_bank_id', '=', phone_bank_id ?? null))
    .$if(since !== undefined, (asked) => asked.where('recorded_at', '>=', since ?? new Date(0)))
    .$if(after !== undefined, (asked) =>
      asked.where(
        sql<boolean>`(recorded_at, attempt_id) > (${after?.place ?? null}::timestamptz, ${after?.attempt_id ?? null}::uuid)`,
      ),
    )
    .orderBy('recorded_at')
    .orderBy('attempt_id')
    .limit(limit)
    .execute()
}

export const contactAttempt = (
  db: Db,
  organization_id: string,
  attempt_id: string,
): Promise<ContactAttempt | undefined> =>
  db
    .selectFrom('contact_attempt')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('attempt_id', '=', attempt_id)
    .executeTakeFirst()

/** Answers of these attempts, by attempt and question. */
export async function answersTo(
  db: Db,
  organization_id: string,
  attempt_ids: readonly string[],
): Promise<Map<string, Answers>> {
  const answers = new Map<string, Record<string, AnswerValue>>()
  if (attempt_ids.length === 0) return answers
  const rows = await db
    .selectFrom('contact_answer')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('attempt_id', '=', sql<string>`any(${[...attempt_ids]}::uuid[])`)
    .execute()
  for (const { attempt_id, question, value } of rows)
    answers.set(attempt_id, { ...answers.get(attempt_id), [question]: value })
  return answers
}

/** What an own result of the organization counts as, null where it has none of this code. Its rows are the phone banks'. */
export async function ownResultCountsAs(db: Db, organization_id: string, code: string): Promise<Disposition | null> {
  const { rows } = await sql<{ counts_as: Disposition }>`select counts_as from result_code
    where organization_id = ${organization_id}::uuid and code = ${code}`.execute(db)
  return rows[0]?.counts_as ?? null
}
