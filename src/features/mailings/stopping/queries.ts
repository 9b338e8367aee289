import { sql } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import { hashOf, saidAndWished, whyNot } from '../audience/queries.ts'
import type { LocalizedText } from '../../../platform/i18n/languages.ts'
import { wishedTopics, type WishedTopic } from '../topics/queries.ts'
import type { Wish } from './commands.ts'
import { readerName, type DeliveryKey } from './links.ts'
import '../tables.ts'

/** Whoever a mail went to, by the address in it. */
export interface Reader extends DeliveryKey {
  /** null: is with us no more; the mailbox can be stopped all the same. */
  person_id: string | null
  address: string
  /** Name of the mailing. */
  mailing: string
  language: string
  /** Why they get nothing: by a link in a mail; said to somebody of ours; complained to their mail provider. null: they get it. */
  stopped_by: 'link' | 'told' | 'complaint' | null
  /** What they said last themselves was no, here or to somebody of ours. */
  has_refused: boolean
  wish: Wish
  /** What they may choose from. */
  topics: readonly WishedTopic[]
  /** What this mail was about, while they get that. */
  topic: { topic_id: string; name: LocalizedText } | null
}

export async function readerBy(
  db: Db,
  { organization_id, mailing_id, n }: DeliveryKey,
  today: string,
): Promise<Reader | undefined> {
  type Row = Omit<Reader, keyof DeliveryKey | 'wish' | 'topics' | 'topic'> &
    Wish & { wished: string | null; topic_id: string | null }
  const { rows } = await sql<Row>`
    select p.person_id, d.address, m.name as mailing, m.topic_id, d.language, wish.language as wished, wish.paused_until,
      said.is_given is false as has_refused,
      case when ${whyNot(organization_id, sql`d.address`, today, null)} is distinct from 'opted_out' then null
        when exists (select from mail_stop s where s.organization_id = d.organization_id and s.address_hash = ${hashOf(organization_id, sql`d.address`)}
          and s.reason = 'complaint') then 'complaint'
        when said.is_given is false and said.recorded_by <> ${readerName} then 'told' else 'link' end as stopped_by
    from mail_delivery d join mailing m on m.organization_id = d.organization_id and m.mailing_id = d.mailing_id
    left join person p on p.organization_id = d.organization_id and p.person_id = mail_person(d.organization_id, d.person_id)
    ${saidAndWished(organization_id)}
    where d.organization_id = ${organization_id}::uuid and d.mailing_id = ${mailing_id}::uuid and d.n = ${n}`.execute(
    db,
  )
  const [row] = rows
  if (!row) return undefined
  const { wished, paused_until, topic_id, ...reader } = row
  const topics = reader.person_id === null ? [] : await wishedTopics(db, organization_id, reader.person_id)
  const topic = topics.find((each) => each.topic_id === topic_id && each.is_wanted) ?? null
  const pause = paused_until !== null && paused_until > today ? paused_until : null
  return { organization_id, mailing_id, n, ...reader, wish: { language: wished, paused_until: pause }, topics, topic }
}
