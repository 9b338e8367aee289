import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { Conflict, found } from '../../../platform/errors.ts'
import type { LocalizedText } from '../../../platform/i18n/languages.ts'
import { openTopics, topicById, topics_most, wishedTopics } from './queries.ts'

export interface NewTopic {
  name: LocalizedText
  about: LocalizedText
  is_for_all: boolean
}

/** null: there are as many as a reader can choose from. */
export function makeTopic(db: Db, actor: Actor, topic: NewTopic, now: Date): Promise<string | null> {
  return inTransaction(db, async (tx) => {
    const { organization_id, name: made_by } = actor
    if ((await openTopics(tx, organization_id)).length >= topics_most) return null
    const { topic_id } = await tx
      .insertInto('mail_topic')
      .values({
        organization_id,
        name: JSON.stringify(topic.name),
        about: JSON.stringify(topic.about),
        is_for_all: topic.is_for_all,
        made_by,
        made_at: now,
      })
      .returning('topic_id')
      .executeTakeFirstOrThrow()
    await audit(tx, actor, { action: 'mail_topic.make', subject: 'mail_topic', subject_id: topic_id, after: { ...topic } }) // prettier-ignore
    return topic_id
  })
}

export async function changeTopic(tx: Db, actor: Actor, topic_id: string, topic: NewTopic): Promise<void> {
  const { organization_id } = actor
  const { name, about, is_for_all } = found(await topicById(tx, organization_id, topic_id))
  await tx
    .updateTable('mail_topic')
    .set({ name: JSON.stringify(topic.name), about: JSON.stringify(topic.about), is_for_all: topic.is_for_all })
    .where('organization_id', '=', organization_id)
    .where('topic_id', '=', topic_id)
    .execute()
  await audit(tx, actor, {
    action: 'mail_topic.change',
    subject: 'mail_topic',
    subject_id: topic_id,
    before: { name, about, is_for_all },
    after: { ...topic },
  })
}

/** Nobody chooses it any more, or somebody may again; what people said of it stays. */
export function retireTopic(db: Db, actor: Actor, topic_id: string, is_retired: boolean, now: Date): Promise<void> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    const { retired_at } = found(await topicById(tx, organization_id, topic_id))
    if ((retired_at !== null) === is_retired) return
    if (!is_retired && (await openTopics(tx, organization_id)).length >= topics_most) throw new Conflict()
    await tx
      .updateTable('mail_topic')
      .set({ retired_at: is_retired ? now : null })
      .where('organization_id', '=', organization_id)
      .where('topic_id', '=', topic_id)
      .execute()
    const action = is_retired ? 'mail_topic.retire' : 'mail_topic.reopen'
    await audit(tx, actor, { action, subject: 'mail_topic', subject_id: topic_id })
  })
}

/**
 * What a person gets of these, from now on; of those that can be chosen. It is kept also where everybody gets it so: the topic may
 * become another's. What they said already is not noted again.
 */
export async function wishTopics(
  tx: Db,
  actor: Actor,
  person_id: string,
  wished: readonly { topic_id: string; is_wanted: boolean }[],
  now: Date,
): Promise<void> {
  const { organization_id, name: changed_by } = actor
  const known = new Map((await wishedTopics(tx, organization_id, person_id)).map((topic) => [topic.topic_id, topic.said])) // prettier-ignore
  const changed = wished.filter(({ topic_id, is_wanted }) => known.has(topic_id) && known.get(topic_id) !== is_wanted)
  if (changed.length === 0) return
  await tx
    .insertInto('mail_topic_wish')
    .values(changed.map((each) => ({ organization_id, person_id, ...each, changed_at: now, changed_by })))
    .onConflict((conflict) =>
      conflict.columns(['organization_id', 'person_id', 'topic_id']).doUpdateSet((eb) => ({
        is_wanted: eb.ref('excluded.is_wanted'),
        changed_at: now,
        changed_by,
      })),
    )
    .execute()
  const [topics_wanted, topics_unwanted] = [true, false].map((is) => changed.filter(({ is_wanted }) => is_wanted === is).map(({ topic_id }) => topic_id)) // prettier-ignore
  await audit(tx, actor, { action: 'mail_wish.topics', subject: 'person', subject_id: person_id, after: { topics_wanted, topics_unwanted } }) // prettier-ignore
}
