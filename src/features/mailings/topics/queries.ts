import { sql } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import type { LocalizedText } from '../../../platform/i18n/languages.ts'
import '../tables.ts'

export interface Topic {
  topic_id: string
  name: LocalizedText
  about: LocalizedText
  is_for_all: boolean
  retired_at: Date | null
}

export interface CountedTopic extends Topic {
  /** Said they want it. */
  wanted: number
  /** Said they do not. */
  unwanted: number
}

/** So many an organization may have; a reader sees them all on one page. */
export const topics_most = 30

/** All of them with how many said what, the oldest first, those that are retired last. */
export async function countedTopics(db: Db, organization_id: string): Promise<CountedTopic[]> {
  const { rows } = await sql<CountedTopic>`
    select t.topic_id, t.name, t.about, t.is_for_all, t.retired_at, count(*) filter (where w.is_wanted)::integer as wanted,
      count(*) filter (where w.is_wanted is false)::integer as unwanted
    from mail_topic t left join mail_topic_wish w on w.organization_id = t.organization_id and w.topic_id = t.topic_id
    where t.organization_id = ${organization_id}::uuid
    group by t.organization_id, t.topic_id order by t.retired_at nulls first, t.made_at, t.topic_id`.execute(db)
  return rows
}

/** What can be chosen, the oldest first. */
export const openTopics = (db: Db, organization_id: string): Promise<Topic[]> =>
  db
    .selectFrom('mail_topic')
    .select(['topic_id', 'name', 'about', 'is_for_all', 'retired_at'])
    .where('organization_id', '=', organization_id)
    .where('retired_at', 'is', null)
    .orderBy('made_at')
    .orderBy('topic_id')
    .execute()

export const topicById = (db: Db, organization_id: string, topic_id: string): Promise<Topic | undefined> =>
  db
    .selectFrom('mail_topic')
    .select(['topic_id', 'name', 'about', 'is_for_all', 'retired_at'])
    .where('organization_id', '=', organization_id)
    .where('topic_id', '=', topic_id)
    .executeTakeFirst()

export interface WishedTopic extends Topic {
  is_wanted: boolean
  /** What they said of it themselves; null: nothing. */
  said: boolean | null
}

/** On a profile: what an organizer says for somebody, and since when a pause holds. */
export interface TopicsOfPerson {
  topics: readonly WishedTopic[]
  /** 'YYYY-MM-DD' */
  paused_until: string | null
}

/** What can be chosen, and whether this person gets it. */
export async function wishedTopics(db: Db, organization_id: string, person_id: string): Promise<WishedTopic[]> {
  const { rows } = await sql<WishedTopic>`
    select t.topic_id, t.name, t.about, t.is_for_all, t.retired_at, coalesce(w.is_wanted, t.is_for_all) as is_wanted, w.is_wanted as said
    from mail_topic t left join mail_topic_wish w on w.organization_id = t.organization_id and w.topic_id = t.topic_id
      and w.person_id = ${person_id}::uuid
    where t.organization_id = ${organization_id}::uuid and t.retired_at is null order by t.made_at, t.topic_id`.execute(
    db,
  )
  return rows
}

export async function topicsOfPerson(db: Db, organization_id: string, person_id: string, today: string): Promise<TopicsOfPerson> {
  const [topics, wish] = await Promise.all([
    wishedTopics(db, organization_id, person_id),
    db.selectFrom('mail_wish').select('paused_until').where('organization_id', '=', organization_id).where('person_id', '=', person_id).executeTakeFirst(),
  ])
  return { topics, paused_until: wish?.paused_until && wish.paused_until > today ? wish.paused_until : null }
} // prettier-ignore
