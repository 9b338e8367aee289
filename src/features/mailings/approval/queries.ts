import { createHash } from 'node:crypto'
import type { Selectable } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import { identityOf } from '../identity/queries.ts'
import '../journeys/tables.ts'
import { compilePeople } from '../../targeting/people/queries.ts'
import { understand } from '../../targeting/queries.ts'
import { lookFor } from '../look/queries.ts'
import type { Mailing } from '../queries.ts'
import { subjectTestOf } from '../subjects/queries.ts'
import { topicById } from '../topics/queries.ts'
import { shownOf } from '../writing/prepare.ts'
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

/** What the universes it names ask for by now; null: it names none. */
async function meantBy(db: Db, organization_id: string, expression: string) {
  if (!/\bin:/.test(expression)) return null
  const compiled = await compilePeople(db, expression, organization_id, noDay, { marked: true })
  if (!compiled.ok) return null
  const understood = await understand(db, compiled.people.expression, organization_id, noDay, expression, [])
  return understood.ok ? understood.replaced : null
}

/** Of a mailing: what its days are counted from changes nobody it is for. */
const noDay = '2000-01-01'

/** What was added to what is written counts once it is used: approvals from before stay true. */
function hashed(content: unknown) {
  const { attribution, level, is_line_settled, ...written } = MailContent.parse(content)
  const isUsed = Object.keys(attribution).length > 0 || level !== null || is_line_settled
  return { ...written, ...(isUsed && { attribution, level, is_line_settled }) }
}

/** Of all that is said, and to whom, with what other rooms say in it and whom saved universes mean: whatever of it changes makes another. */
export async function contentHash(db: Db, mailing: Mailing): Promise<string> {
  const test = await subjectTestOf(db, mailing)
  const { lane, topic_id, expression } = mailing
  const journey = await walkOf(db, mailing)
  const { organization_id } = mailing
  const topic = topic_id === null ? undefined : await topicById(db, organization_id, topic_id)
  const identity = await identityOf(db, organization_id)
  const look = await lookFor(db, mailing)
  const named = await Promise.all([expression, journey?.expression ?? '', journey?.exits ?? ''].map((each) => meantBy(db, organization_id, each))) // prettier-ignore
  const said = {
    lane,
    topic_id,
    is_for_all: topic?.is_for_all ?? null,
    expression,
    named,
    content: hashed(mailing.content),
    shown: await shownOf(db, mailing),
    sender: identity && [identity.from_address, identity.reply_to, identity.is_signing],
    subjects: test?.subjects ?? [],
    journey,
    ...(look && { look }),
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

/** Whether somebody may say yes to it now: before it is let go, or after it became something else. */
export const isAsked = ({ state, problem }: Pick<Mailing, 'state' | 'problem'>): boolean =>
  state === 'draft' || (state === 'paused' && problem === 'changed')

/** What it is, to be kept when it is let go; null: nobody asks for a second person. */
export const hashToKeep = async (db: Db, mailing: Mailing): Promise<string | null> =>
  (await approvalRuleOf(db, mailing.organization_id)) ? contentHash(db, mailing) : null

/** Whether it became something else since it was let go. */
export const hasChanged = async (db: Db, mailing: Mailing): Promise<boolean> =>
  mailing.approved_hash !== null && mailing.approved_hash !== (await contentHash(db, mailing))

/** May this person send it as it stands: nobody asks for a second one, or somebody else approved just this. */
export async function mayBeSentBy(db: Db, mailing: Mailing, sender_id: string): Promise<boolean> {
  if (!(await approvalRuleOf(db, mailing.organization_id))) return true
  const hash = await contentHash(db, mailing)
  const approvals = await approvalsOf(db, mailing)
  return approvals.some(({ content_hash, approver_id }) => content_hash === hash && approver_id !== sender_id)
}
