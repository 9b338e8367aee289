import { sql } from 'kysely'
import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { recordConsent } from '../../people/commands.ts'
import { hashOf } from '../audience/queries.ts'
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

/** No e-mail any more, to this mailbox and this person; asked twice, it is once. */
export function stop(db: Db, reader: Reader, by: 'one_click' | 'page', now: Date): Promise<void> {
  return inTransaction(db, async (tx) => {
    const { organization_id, mailing_id, n, person_id, address } = reader
    const said = evidence(reader, by)
    await sql`
      insert into mail_stop (organization_id, address_hash, reason, since, mailing_id, evidence)
      values (${organization_id}::uuid, ${hashOf(organization_id, sql`${address}::text`)}, 'unsubscribed', ${now}, ${mailing_id}::uuid, ${said})
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
    if (reader.stopped_by !== null || person_id === null) return
    await recordConsent(tx, readerActor(organization_id), person_id, { channel: 'email', is_given: false, evidence: said }) // prettier-ignore
  })
}

/**
 * They want it again. Anybody may hold the address of an old mail: it takes back only what such an address said, never what
 * somebody told us or a complaint. False: it stays as it is.
 */
export function start(db: Db, asking: Reader, today: string): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const reader = await readerBy(tx, asking, today)
    if (reader?.stopped_by !== 'link') return false
    const { organization_id, mailing_id, n, person_id, address } = reader
    await sql`delete from mail_stop where organization_id = ${organization_id}::uuid and reason = 'unsubscribed'
      and address_hash = ${hashOf(organization_id, sql`${address}::text`)}`.execute(tx)
    await tx
      .updateTable('mail_delivery')
      .set({ unsubscribed_at: null })
      .where('organization_id', '=', organization_id)
      .where('mailing_id', '=', mailing_id)
      .where('n', '=', n)
      .execute()
    if (person_id !== null)
      await recordConsent(tx, readerActor(organization_id), person_id, { channel: 'email', is_given: true, evidence: evidence(reader, 'page') }) // prettier-ignore
    return true
  })
}

export interface Wish {
  language: string | null
  paused_until: string | null
}

/** In which language, and from when on again. */
export function wish(db: Db, reader: Reader, wished: Wish, now: Date): Promise<void> {
  return inTransaction(db, async (tx) => {
    const { organization_id, person_id } = reader
    if (person_id === null) return
    await tx
      .insertInto('mail_wish')
      .values({ organization_id, person_id, ...wished, changed_at: now })
      .onConflict((conflict) =>
        conflict.columns(['organization_id', 'person_id']).doUpdateSet({ ...wished, changed_at: now }),
      ) // prettier-ignore
      .execute()
    await audit(tx, readerActor(organization_id), {
      action: 'mail_wish.save',
      subject: 'person',
      subject_id: person_id,
      before: { ...reader.wish },
      after: { ...wished },
    })
  })
}
