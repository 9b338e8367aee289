import { sql } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import type { Step } from '../../scripts/schema.ts'
import type { Quota } from '../rules.ts'
import '../../contacts/tables.ts'

interface Asked {
  organization_id: string
  phone_bank_id: string
  quotas: readonly Quota[]
}

/** How many answers there are toward each quota, in their order. */
export async function quotaCounts(db: Db, bank: Asked): Promise<number[]> {
  if (bank.quotas.length === 0) return []
  const { rows } = await sql<{ nth: number; count: number }>`
    select q.nth::integer, count(a.attempt_id)::integer as count
    from jsonb_to_recordset(${JSON.stringify(bank.quotas.map((each, nth) => ({ ...each, nth })))}::jsonb) q (nth integer, question text, value text)
    left join (
      select a.attempt_id, w.question, w.value from contact_attempt a join contact_answer w using (organization_id, attempt_id)
      where a.organization_id = ${bank.organization_id}::uuid and a.phone_bank_id = ${bank.phone_bank_id}::uuid and a.undone_at is null
        and w.question = any(${bank.quotas.map(({ question }) => question)}::text[]) and jsonb_typeof(w.value) <> 'null') a
      on a.question = q.question and (q.value is null or a.value #>> '{}' = q.value or jsonb_typeof(a.value) = 'array' and a.value ? q.value)
    group by 1 order by 1`.execute(db)
  return rows.map(({ count }) => count)
}

/** The answers to a question a quota may count, as it names them. Free text has none. */
export function answersOf({ kind, choices }: Step): string[] {
  if (kind === 'yes_no') return ['true', 'false']
  if (kind === 'support') return ['1', '2', '3', '4', '5']
  return choices.map(({ key }) => key)
}

/** Enough: one quota that is full ends the handing out. Asked every two seconds at most, and only where there are quotas. */
export async function isQuotaReached(db: Db, bank: Asked): Promise<boolean> {
  const counts = await quotaCounts(db, bank)
  return bank.quotas.some(({ count }, nth) => (counts[nth] ?? 0) >= count)
}
