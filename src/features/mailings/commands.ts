import { sql } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import { inTransaction, type Db } from '../../platform/db/db.ts'
import { Conflict, found } from '../../platform/errors.ts'
import { linkLike, mayChangeLane } from '../campaigns/parts/commands.ts'
import { savedLookById } from './look/queries.ts'
import { mailingById, type Mailing } from './queries.ts'
import type { MailingForm } from './schema.ts'
import { topicById } from './topics/queries.ts'
import { MailContent } from './writing/schema.ts'
import './tables.ts'

type NewMailing = Pick<MailingForm, 'name' | 'lane'> & Partial<Pick<MailingForm, 'topic_id' | 'look_id'>>

export function makeMailing(
  db: Db,
  actor: Actor,
  { name, lane, topic_id = null, look_id = null }: NewMailing,
  now: Date,
): Promise<string> {
  return inTransaction(db, async (tx) => {
    await checkTopic(tx, actor, topic_id)
    await checkLook(tx, actor, look_id)
    const { mailing_id } = await tx
      .insertInto('mailing')
      .values({
        organization_id: actor.organization_id,
        name,
        lane,
        topic_id,
        look_id,
        made_by: actor.name,
        made_at: now,
      })
      .returning('mailing_id')
      .executeTakeFirstOrThrow()
    const after = { name, lane, topic_id, ...(look_id !== null && { look_id }) }
    await audit(tx, actor, { action: 'mailing.make', subject: 'mailing', subject_id: mailing_id, after })
    return mailing_id
  })
}

/** A draft like another one: its lane, topic, people and texts. What was accepted, and what was said of its line, is asked about anew. */
export function writeAgain(db: Db, actor: Actor, mailing_id: string, name: string, now: Date): Promise<string> {
  return inTransaction(db, async (tx) => {
    const { organization_id, name: made_by } = actor
    const like = found(await mailingById(tx, organization_id, mailing_id))
    // Of a journey, the next one is a step of it.
    if (like.journey_id) throw new Conflict()
    const { lane, expression, look_id } = like
    const isOpen = like.topic_id !== null && (await topicById(tx, organization_id, like.topic_id))?.retired_at === null
    const topic_id = isOpen ? like.topic_id : null
    const content = JSON.stringify({ ...MailContent.parse(like.content), ...askedAnew })
    const made = await tx
      .insertInto('mailing')
      .values({ organization_id, name, lane, topic_id, look_id, expression, content, made_by, made_at: now })
      .returning('mailing_id')
      .executeTakeFirstOrThrow()
    await linkLike(tx, actor, 'mailing', { from: mailing_id, to: made.mailing_id }, now)
    const after = { name, lane, topic_id, expression }
    await audit(tx, actor, { action: 'mailing.make', subject: 'mailing', subject_id: made.mailing_id, after })
    return made.mailing_id
  })
}

/** Of theirs; whoever chose one that was removed meanwhile is told that something changed. */
async function checkLook(tx: Db, { organization_id }: Actor, look_id: string | null): Promise<void> {
  if (look_id !== null && !(await savedLookById(tx, organization_id, look_id))) throw new Conflict()
}

/** Of theirs, and open; whoever chose one that was closed meanwhile is told that something changed. */
async function checkTopic(tx: Db, { organization_id }: Actor, topic_id: string | null): Promise<void> {
  if (topic_id !== null && (await topicById(tx, organization_id, topic_id))?.retired_at !== null) throw new Conflict()
}

/** What somebody said of one e-mail and nobody of the next. */
export const askedAnew = { accepted: [], is_line_settled: false }

/** Another lane wants another line: what was said of the one before is asked about anew. */
export const unsettleLine = (tx: Db, { organization_id }: Actor, of: { mailing_id: string } | { journey_id: string }): Promise<unknown> =>
  tx
    .updateTable('mailing')
    .set({
      content: sql<string>`jsonb_set(content, '{is_line_settled}', 'false')`,
      content_version: sql<number>`content_version + 1`,
    })
    .where('organization_id', '=', organization_id)
    .where((where) => where.and(of))
    .where(sql<boolean>`content ->> 'is_line_settled' = 'true'`)
    .execute() // prettier-ignore

/** Name, lane, topic and look; all but the name are fixed once it was sent, the lane of a step is its journey's. */
export async function changeMailing(
  tx: Db,
  actor: Actor,
  mailing_id: string,
  { name, lane, topic_id, look_id = null }: NewMailing & Pick<MailingForm, 'topic_id'>,
): Promise<void> {
  const before = await mailingForChange(tx, actor, mailing_id)
  const isOther = lane !== before.lane || topic_id !== before.topic_id || look_id !== before.look_id
  if (before.state !== 'draft' && isOther) throw new Conflict()
  if (before.journey_id && lane !== before.lane) throw new Conflict()
  if (
    lane !== before.lane &&
    !(await mayChangeLane(tx, actor.organization_id, { kind: 'mailing', part_id: mailing_id }))
  )
    throw new Conflict()
  if (topic_id !== before.topic_id) await checkTopic(tx, actor, topic_id)
  if (look_id !== before.look_id) await checkLook(tx, actor, look_id)
  await tx
    .updateTable('mailing')
    .set({ name, lane, topic_id, look_id })
    .where('organization_id', '=', actor.organization_id)
    .where('mailing_id', '=', mailing_id)
    .execute()
  if (lane !== before.lane) await unsettleLine(tx, actor, { mailing_id })
  await audit(tx, actor, {
    action: 'mailing.change',
    subject: 'mailing',
    subject_id: mailing_id,
    before: { name: before.name, lane: before.lane, topic_id: before.topic_id, look_id: before.look_id },
    after: { name, lane, topic_id, look_id },
  })
}

/** The mailing, held until the transaction ends: one change after the other. */
export async function mailingForChange(tx: Db, actor: Actor, mailing_id: string): Promise<Mailing> {
  await tx
    .selectFrom('mailing')
    .select('mailing_id')
    .where('organization_id', '=', actor.organization_id)
    .where('mailing_id', '=', mailing_id)
    .forUpdate()
    .execute()
  return found(await mailingById(tx, actor.organization_id, mailing_id))
}

/** Whom it is for, while it is a draft. */
export async function chooseAudience(tx: Db, actor: Actor, mailing_id: string, expression: string): Promise<void> {
  const before = await mailingForChange(tx, actor, mailing_id)
  if (before.state !== 'draft' || before.journey_id) throw new Conflict()
  await tx
    .updateTable('mailing')
    .set({ expression })
    .where('organization_id', '=', actor.organization_id)
    .where('mailing_id', '=', mailing_id)
    .execute()
  await audit(tx, actor, {
    action: 'mailing.audience',
    subject: 'mailing',
    subject_id: mailing_id,
    before: { expression: before.expression },
    after: { expression },
  })
}
