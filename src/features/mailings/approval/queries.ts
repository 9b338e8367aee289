import { createHash } from 'node:crypto'
import type { Selectable } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import '../journeys/tables.ts'
import type { Mailing } from '../queries.ts'
import { subjectTestOf } from '../subjects/queries.ts'
import { MailContent } from '../writing/schema.ts'
import './tables.ts'
import type { MailApprovalRuleTable, MailingApprovalTable } from './tables.ts'

export type ApprovalRule = Selectable<MailApprovalRuleTable>

export const approvalRuleOf = (db: Db, organization_id: string): Promise<ApprovalRule | undefined> =>
  db.selectFrom('mail_approval_rule').selectAll().where('organization_id', '=', organization_id).executeTakeFirst()

/** Of a step: who comes into its journey, who leaves, and when each of its e-mails comes. */
async function walkOf(db: Db, { organization_id, journey_id }: Mailing) {
  if (journey_id === null) return null
  const { expression, event_id, exits, takes_all, rest_hours } = await db
    .selectFrom('mail_journey')
    .select(['expression', 'event_id', 'exits', 'takes_all', 'rest_hours'])
    .where('organization_id', '=', organization_id)
    .where('journey_id', '=', journey_id)
    .executeTakeFirstOrThrow()
  const steps = await db
    .selectFrom('mail_journey_step')
    .select(['mailing_id', 'wait_hours'])
    .where('organization_id', '=', organization_id)
    .where('journey_id', '=', journey_id)
    .orderBy('n')
    .execute()
  return { expression, event_id, exits, takes_all, rest_hours, steps }
}

/** Of all that is said, and to whom: whatever of it changes makes another. */
export async function contentHash(db: Db, mailing: Mailing): Promise<string> {
  const test = await subjectTestOf(db, mailing)
  const { lane, topic_id, expression } = mailing
  const journey = await walkOf(db, mailing)
  const said = {
    lane,
    topic_id,
    expression,
    content: MailContent.parse(mailing.content),
    subjects: test?.subjects ?? [],
    ...(journey && { journey }),
  }
  return createHash('sha256').update(JSON.stringify(said)).digest('hex')
}

export type Approval = Pick<Selectable<MailingApprovalTable>, 'approver_id' | 'approved_by' | 'approved_at' | 'content_hash'> // prettier-ignore

/** The latest first. */
export const approvalsOf = (
  db: Db,
  { organization_id, mailing_id }: Pick<Mailing, 'organization_id' | 'mailing_id'>,
): Promise<Approval[]> =>
  db
    .selectFrom('mailing_approval')
    .select(['approver_id', 'approved_by', 'approved_at', 'content_hash'])
    .where('organization_id', '=', organization_id)
    .where('mailing_id', '=', mailing_id)
    .orderBy('approved_at', 'desc')
    .limit(20)
    .execute()

/** May this person send it as it stands: nobody asks for a second one, or somebody else approved just this. */
export async function mayBeSentBy(db: Db, mailing: Mailing, sender_id: string): Promise<boolean> {
  if (!(await approvalRuleOf(db, mailing.organization_id))) return true
  const hash = await contentHash(db, mailing)
  const approvals = await approvalsOf(db, mailing)
  return approvals.some(({ content_hash, approver_id }) => content_hash === hash && approver_id !== sender_id)
}
