import { sql, type Selectable } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import '../answers/tables.ts'
import '../cycles/tables.ts'
import { cycleById, type Cycle } from '../cycles/queries.ts'
import '../scores/tables.ts'
import './tables.ts'
import type { EndorsementInterviewQuestionTable, EndorsementPanelistTable, EndorsementSlotTable } from './tables.ts'

export interface Slot extends Selectable<EndorsementSlotTable> {
  /** Who comes; null: nobody has it yet. */
  candidate_id: number | null
}
export type InterviewQuestion = Selectable<EndorsementInterviewQuestionTable>
export interface Panelist extends Selectable<EndorsementPanelistTable> {
  display_name: string
}

/** Times of a cycle, the first one first. */
export const slotsOf = (db: Db, organization_id: string, cycle_id: string): Promise<Slot[]> =>
  db
    .selectFrom('endorsement_slot as s')
    .leftJoin('endorsement_invitation as i', (join) =>
      join.onRef('i.organization_id', '=', 's.organization_id').onRef('i.invitation_id', '=', 's.invitation_id'),
    )
    .selectAll('s')
    .select('i.candidate_id')
    .where('s.organization_id', '=', organization_id)
    .where('s.cycle_id', '=', cycle_id)
    .orderBy('s.starts_at')
    .orderBy('s.slot_id')
    .execute()

/** Addresses whose last mail about a time was handed to the mail server, and nobody knows whether it arrived. */
export async function interviewMailsUnknown(db: Db, organization_id: string, cycle_id: string, contest_id: number): Promise<string[]> {
  const { rows } = await sql<{ email: string }>`
    select distinct i.email from endorsement_invitation i
    cross join lateral (select m.handed_at, m.sent_at from endorsement_interview_mail m
      where m.organization_id = i.organization_id and m.invitation_id = i.invitation_id order by m.asked_at desc limit 1) as last
    where i.organization_id = ${organization_id}::uuid and i.cycle_id = ${cycle_id}::uuid and i.contest_id = ${contest_id}
      and i.email is not null and last.handed_at is not null and last.sent_at is null order by i.email`.execute(db)
  return rows.map(({ email }) => email)
} // prettier-ignore

/** The last day to take a time, by contest; none where nothing is offered yet. */
export async function bookDaysOf(db: Db, organization_id: string, cycle_id: string): Promise<Map<number, string>> {
  const rows = await db
    .selectFrom('endorsement_interviews')
    .select(['contest_id', 'book_until_on'])
    .where('organization_id', '=', organization_id)
    .where('cycle_id', '=', cycle_id)
    .execute()
  return new Map(rows.map(({ contest_id, book_until_on }) => [contest_id, book_until_on]))
}

/** What everybody who runs is asked, in order. */
export const interviewQuestionsOf = (
  db: Db,
  organization_id: string,
  cycle_id: string,
  contest_id: number,
): Promise<InterviewQuestion[]> =>
  db
    .selectFrom('endorsement_interview_question')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('cycle_id', '=', cycle_id)
    .where('contest_id', '=', contest_id)
    .orderBy('position')
    .orderBy('question_id')
    .execute()

/** The panels of a cycle, by name. */
export const panelsOf = (db: Db, organization_id: string, cycle_id: string): Promise<Panelist[]> =>
  db
    .selectFrom('endorsement_panelist as p')
    .innerJoin('member as m', (join) =>
      join.onRef('m.organization_id', '=', 'p.organization_id').onRef('m.user_id', '=', 'p.user_id'),
    )
    .selectAll('p')
    .select('m.display_name')
    .where('p.organization_id', '=', organization_id)
    .where('p.cycle_id', '=', cycle_id)
    .orderBy('m.display_name')
    .orderBy('p.user_id')
    .execute()

export const panelOf = async (db: Db, organization_id: string, cycle_id: string, contest_id: number) =>
  (await panelsOf(db, organization_id, cycle_id)).filter((each) => each.contest_id === contest_id)

/** Panels somebody sits on, the latest cycle first. */
export async function panelsOfMember(
  db: Db,
  organization_id: string,
  user_id: string,
): Promise<{ cycle: Cycle; contest_id: number }[]> {
  const { rows } = await sql<{ cycle_id: string; contest_id: number }>`
    select p.cycle_id, p.contest_id from endorsement_panelist p
    join endorsement_cycle c on c.organization_id = p.organization_id and c.cycle_id = p.cycle_id
    where p.organization_id = ${organization_id}::uuid and p.user_id::text = ${user_id}
    order by c.made_at desc, p.cycle_id, p.contest_id`.execute(db)
  const panels: { cycle: Cycle; contest_id: number }[] = []
  for (const { cycle_id, contest_id } of rows) {
    const cycle = await cycleById(db, organization_id, cycle_id)
    if (cycle?.rules?.contest_ids.includes(contest_id)) panels.push({ cycle, contest_id })
  }
  return panels
}

/** Once somebody was asked, or scored, everybody is asked the same. */
export async function areQuestionsFixed(
  db: Db,
  of: { organization_id: string; cycle_id: string; contest_id: number },
  now: Date,
): Promise<boolean> {
  const { rows } = await sql<{ is_fixed: boolean }>`
    select exists (select from endorsement_slot s where s.organization_id = ${of.organization_id}::uuid and s.cycle_id = ${of.cycle_id}::uuid
        and s.contest_id = ${of.contest_id} and s.invitation_id is not null and s.starts_at <= ${now})
      or exists (select from endorsement_score s where s.organization_id = ${of.organization_id}::uuid and s.cycle_id = ${of.cycle_id}::uuid
        and s.contest_id = ${of.contest_id} and s.marks <> '{}'::jsonb) as is_fixed`.execute(db)
  return rows[0]?.is_fixed ?? false
}
