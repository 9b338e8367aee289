import { sql } from 'kysely'
import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { recordConsent } from '../../people/commands.ts'
import { hashOf } from '../audience/queries.ts'
import { wishTopics } from '../topics/commands.ts'
import { wishedTopics } from '../topics/queries.ts'
import { readerName } from './links.ts'
import { readerBy, type Reader } from './queries.ts'

/** Somebody who opened the address in a mail; they sign in nowhere. */
export const readerActor = (organization_id: string): Actor => ({
  kind: 'system',
  id: readerName,
  name: readerName,
  organization_id,
  roles: [],
  is_steward: false,
})

const evidence = (reader: Reader, by: 'one_click' | 'page'): string =>
  `${by === 'one_click' ? 'one click in the mail program' : 'own page of the mail'}: ${reader.mailing}`

/**
 * No e-mail any more, to this mailbox and this person; asked twice, it is once. Where somebody else who reads it had stopped it
 * before, this person's word is kept as theirs all the same. `since` is by the database's clock, as what they agree to later.
 */
export function stop(db: Db, reader: Reader, by: 'one_click' | 'page', now: Date): Promise<void> {
  return inTransaction(db, async (tx) => {
    const { organization_id, mailing_id, n, person_id, address } = reader
    const said = evidence(reader, by)
    await sql`
      insert into mail_stop (organization_id, address_hash, reason, since, mailing_id, evidence)
      values (${organization_id}::uuid, ${hashOf(organization_id, sql`${address}::text`)}, 'unsubscribed', now(), ${mailing_id}::uuid, ${said})
      on conflict (organization_id, address_hash, reason) do update set since = excluded.since, mailing_id = excluded.mailing_id, evidence = excluded.evidence`.execute(
      tx,
    )
    await tx
      .updateTable('mail_delivery')
      .set({ unsubscribed_at: now })
      .where('organization_id', '=', organization_id)
      .where('mailing_id', '=', mailing_id)
      .where('n', '=', n)
      .where('unsubscribed_at', 'is', null)
      .execute()
    if (reader.has_refused || person_id === null) return
    await recordConsent(tx, readerActor(organization_id), person_id, { channel: 'email', is_given: false, evidence: said }) // prettier-ignore
  })
}

/**
 * They want it again. Anybody may hold the address of an old mail: it takes back only what such an address said, never what
 * somebody told us or a complaint. The mailbox stays stopped for whoever else reads it: a later word of their own is what opens it,
 * for each alone. False: it stays as it is.
 */
export function start(db: Db, asking: Reader, today: string): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const reader = await readerBy(tx, asking, today)
    if (reader?.stopped_by !== 'link') return false
    const { organization_id, mailing_id, n, person_id } = reader
    // Whoever is with us no more has no word that could open it.
    if (person_id === null) return false
    await tx
      .updateTable('mail_delivery')
      .set({ unsubscribed_at: null })
      .where('organization_id', '=', organization_id)
      .where('mailing_id', '=', mailing_id)
      .where('n', '=', n)
      .execute()
    await recordConsent(tx, readerActor(organization_id), person_id, { channel: 'email', is_given: true, evidence: evidence(reader, 'page') }) // prettier-ignore
    return true
  })
}

export interface Wish {
  language: string | null
  paused_until: string | null
}

/** In which language, from when on again, and which of these topics. */
export function wish(
  db: Db,
  reader: Reader,
  wished: Wish & { topics: readonly { topic_id: string; is_wanted: boolean }[] },
  now: Date,
): Promise<void> {
  return inTransaction(db, async (tx) => {
    const { organization_id, person_id } = reader
    if (person_id === null) return
    const { topics, language, paused_until } = wished
    const actor = readerActor(organization_id)
    const had = (await wishedTopics(tx, organization_id, person_id)).filter(({ is_wanted }) => is_wanted)
    const stopped = topics.filter(
      ({ topic_id, is_wanted }) => !is_wanted && had.some((each) => each.topic_id === topic_id),
    )
    const was_paused_until = await pausedUntil(tx, organization_id, person_id)
    await keepWish(tx, organization_id, person_id, { language, paused_until }, now)
    await wishTopics(tx, actor, person_id, topics, now)
    // Whoever else reads this mailbox is not written to there in their place. Their language is their own, and so is what they stopped.
    for (const other of await othersAt(tx, reader)) {
      if (
        paused_until !== was_paused_until &&
        paused_until !== null &&
        paused_until > ((await pausedUntil(tx, organization_id, other)) ?? '')
      )
        await keepWish(tx, organization_id, other, { paused_until }, now)
      await wishTopics(tx, actor, other, stopped, now)
    }
  })
}

/** Nothing more about what this mail was about; asked twice, it is once. */
export function stopTopic(db: Db, reader: Reader, now: Date): Promise<void> {
  return inTransaction(db, async (tx) => {
    const { organization_id, person_id, topic } = reader
    if (topic === null || person_id === null) return
    for (const each of [person_id, ...(await othersAt(tx, reader))])
      await wishTopics(tx, readerActor(organization_id), each, [{ topic_id: topic.topic_id, is_wanted: false }], now)
  })
}

/** What stands in neither stays as it is. */
export async function keepWish(tx: Db, organization_id: string, person_id: string, wished: Partial<Wish>, now: Date) {
  const before = await tx.selectFrom('mail_wish').select(['language', 'paused_until']).where('organization_id', '=', organization_id).where('person_id', '=', person_id).executeTakeFirst() // prettier-ignore
  const nothing = { language: null, paused_until: null }
  const after = { ...nothing, ...before, ...wished }
  if (isSameWish(before ?? nothing, after)) return
  await tx
    .insertInto('mail_wish')
    .values({ organization_id, person_id, ...after, changed_at: now })
    .onConflict((conflict) =>
      conflict.columns(['organization_id', 'person_id']).doUpdateSet({ ...after, changed_at: now }),
    )
    .execute()
  const actor = readerActor(organization_id)
  await audit(tx, actor, { action: 'mail_wish.save', subject: 'person', subject_id: person_id, before: before ?? {}, after }) // prettier-ignore
}

const isSameWish = (one: Wish, other: Wish): boolean =>
  one.language === other.language && one.paused_until === other.paused_until

async function pausedUntil(tx: Db, organization_id: string, person_id: string): Promise<string | null> {
  const row = await tx.selectFrom('mail_wish').select('paused_until').where('organization_id', '=', organization_id).where('person_id', '=', person_id).executeTakeFirst() // prettier-ignore
  return row?.paused_until ?? null
}

/** Who has the mailbox beside them. */
async function othersAt(tx: Db, { organization_id, person_id, address }: Reader): Promise<string[]> {
  const { rows } = await sql<{ person_id: string }>`
    select e.person_id from person_email e where e.organization_id = ${organization_id}::uuid and e.email = ${address}
      and e.claimed_at is null and e.person_id is distinct from ${person_id}::uuid order by 1 limit 20`.execute(tx)
  return rows.map((row) => row.person_id)
}
