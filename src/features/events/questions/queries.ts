import { sql } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import { signupsOf, type Event, type SignupRow } from '../queries.ts'
import { gathered, type Question } from './rules.ts'
import './tables.ts'

export type GatheredQuestion = Question<SignupRow>

/** All questions gathered for an event, as they came. */
export async function questionsOf(
  db: Db,
  { organization_id, event_id }: Pick<Event, 'organization_id' | 'event_id'>,
): Promise<GatheredQuestion[]> {
  const edited = await db
    .selectFrom('event_panel_question')
    .select(['question_id', 'signup_id', 'asked', 'language', 'text', 'state', 'into_id', 'position'])
    .where('organization_id', '=', organization_id)
    .where('event_id', '=', event_id)
    .orderBy('made_at')
    .orderBy('question_id')
    .execute()
  const { rows } = await sql<{ signup_id: string }>`
    select signup_id from event_signup where organization_id = ${organization_id}::uuid and event_id = ${event_id}::uuid
      and coalesce(answers ->> 'questions', '') <> ''`.execute(db)
  const only = [...rows, ...edited].flatMap(({ signup_id }) => signup_id ?? [])
  return gathered(edited, await signupsOf(db, organization_id, event_id, { only }))
}
