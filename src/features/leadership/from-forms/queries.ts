import { sql } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import type { Answers } from '../../scripts/schema.ts'
import '../tables.ts'

export interface FormRule {
  rule_id: string
  question: string | null
  answer: string | null
  title: string
  owner_id: string
  /** Null where they have left the organization. */
  owner: string | null
  due_days: number
}

/** Of a form, in the order they are tried. */
export async function rulesOf(db: Db, organization_id: string, form_id: string): Promise<FormRule[]> {
  const { rows } = await sql<FormRule>`
    select r.rule_id, r.question, r.answer, r.title, r.owner_id, m.display_name as owner, r.due_days
    from form_next_step r
    left join member m on m.organization_id = r.organization_id and m.user_id = r.owner_id and m.ended_at is null
    where r.organization_id = ${organization_id}::uuid and r.form_id = ${form_id}::uuid and r.removed_at is null
    order by r.position`.execute(db)
  return rows
}

export interface FormAnswer {
  form_id: string
  form: string
  /** Whoever they were joined with by now. */
  person_id: string
  received_at: Date
  answers: Answers
}

/** What somebody sent; undefined: it was taken back. */
export async function answerOf(db: Db, organization_id: string, response_id: string): Promise<FormAnswer | undefined> {
  const { rows } = await sql<FormAnswer>`
    select f.form_id, o.name as form, coalesce(p.merged_into, p.person_id) as person_id, f.received_at,
      coalesce((select jsonb_object_agg(a.question, a.value) from contact_answer a
        where a.organization_id = f.organization_id and a.attempt_id = f.response_id), '{}') as answers
    from form_response f
    join form o on o.organization_id = f.organization_id and o.form_id = f.form_id
    join contact_attempt c on c.organization_id = f.organization_id and c.attempt_id = f.response_id and c.undone_at is null
    join person p on p.organization_id = c.organization_id and p.person_id = c.person_id
    where f.organization_id = ${organization_id}::uuid and f.response_id = ${response_id}::uuid`.execute(db)
  return rows[0]
}
