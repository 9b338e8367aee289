import type { Selectable } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import '../answers/tables.ts'
import { askedIn } from './rules.ts'
import './tables.ts'
import type { EndorsementQuestionTable } from './tables.ts'

export type Question = Selectable<EndorsementQuestionTable>

/** In their order. */
export const questionsOf = (db: Db, organization_id: string, cycle_id: string): Promise<Question[]> =>
  db
    .selectFrom('endorsement_question')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('cycle_id', '=', cycle_id)
    .orderBy('position')
    .orderBy('question_id')
    .execute()

export const questionById = (
  db: Db,
  { organization_id, cycle_id }: Pick<Question, 'organization_id' | 'cycle_id'>,
  question_id: string,
): Promise<Question | undefined> =>
  db
    .selectFrom('endorsement_question')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('cycle_id', '=', cycle_id)
    .where('question_id', '=', question_id)
    .executeTakeFirst()

/** What whoever runs in the contest is asked. */
export const questionsAskedIn = async (
  db: Db,
  organization_id: string,
  cycle_id: string,
  contest: { contest_id: number; office: string },
): Promise<Question[]> => askedIn(await questionsOf(db, organization_id, cycle_id), contest)

/** Has any candidate sent answers? */
export async function isAnswered(db: Db, organization_id: string, cycle_id: string): Promise<boolean> {
  const sent = await db
    .selectFrom('endorsement_submission as s')
    .innerJoin('endorsement_invitation as i', (join) =>
      join.onRef('i.organization_id', '=', 's.organization_id').onRef('i.invitation_id', '=', 's.invitation_id'),
    )
    .select('s.number')
    .where('i.organization_id', '=', organization_id)
    .where('i.cycle_id', '=', cycle_id)
    .limit(1)
    .executeTakeFirst()
  return sent !== undefined
}
