import { sql, type RawBuilder } from 'kysely'
import { dateIn } from '../../../platform/clock.ts'
import type { Db } from '../../../platform/db/db.ts'
import { hashOf } from '../audience/queries.ts'
import type { Mailing } from '../queries.ts'
import { kindOf, softRule, withoutMailboxes, type AnswerKind } from './answers.ts'
import { saysForUs, whyNow } from './why-now.ts'

/**
 * Somebody lets it go on: whoever it could not be put together for, and whoever's server refused it for what we are, is tried once
 * more, for nothing of it reached them. The refused come after all others.
 */
export async function tryAgain(tx: Db, organization_id: string, mailings: readonly string[], now: Date): Promise<void> {
  await tx
    .updateTable('mail_delivery')
    .set({ state: 'waiting', left_out_for: null, answer: null, was_unwritten: true })
    .where('organization_id', '=', organization_id)
    .where('mailing_id', 'in', [...mailings])
    .where('state', '=', 'undeliverable')
    .where('left_out_for', '=', 'unwritten')
    .execute()
  await tryRefused(tx, organization_id, mailings, now)
}

/** Those whose server refused it for what we are. */
async function tryRefused(
  tx: Db,
  organization_id: string,
  mailings: readonly string[],
  now: Date,
  these: RawBuilder<unknown> = sql`true`,
): Promise<void> {
  await sql`
    update mail_delivery set state = 'waiting', answer = null, code = null, next_at = ${now}, first_tried_at = null, resends = resends + 1
    where organization_id = ${organization_id}::uuid and mailing_id = any(${[...mailings]}::uuid[]) and ${isRefusedForUs} and ${these}`.execute(
    tx,
  )
}

/** Of one that is done, those of them alone who may be written to still. How many. */
export async function resendToRefused(tx: Db, mailing: Mailing, now: Date): Promise<number> {
  const these = await refusedForUs(tx, mailing, now)
  if (these.length > 0) await tryRefused(tx, mailing.organization_id, [mailing.mailing_id], now, sql`n = any(${these}::integer[])`) // prettier-ignore
  return these.length
}

/** Nobody erased, and no mailbox that is stopped, as where 5.7.1 says that there is none. */
const isRefusedForUs = sql<boolean>`state in ('failed', 'bounced') and ${saysForUs(sql`mail_delivery`)} and domain <> ''
  and not exists (select from mail_stop s where s.organization_id = mail_delivery.organization_id
    and s.address_hash = mail_address_hash(mail_delivery.organization_id, mail_delivery.address) and s.reason <> 'unsubscribed')`

/** So long after an e-mail is done it is sent to those who were refused: later it may be about what is over. */
const resend_days = 14

/** Who of one that is done was refused for what we are, has nothing of it and may be written to still; nobody once it is old. */
export async function refusedForUs(
  db: Db,
  mailing: Pick<Mailing, 'organization_id' | 'mailing_id' | 'topic_id' | 'lane' | 'finished_at'>,
  now: Date,
): Promise<number[]> {
  const { organization_id, mailing_id, finished_at } = mailing
  if (!finished_at || now.getTime() - finished_at.getTime() > resend_days * 86_400_000) return []
  const { rows: refused } = await sql<{ n: number }>`select n from mail_delivery
    where organization_id = ${organization_id}::uuid and mailing_id = ${mailing_id}::uuid and ${isRefusedForUs}`.execute(
    db,
  )
  if (refused.length === 0) return []
  const { time_zone } = await db.selectFrom('organization').select('time_zone').where('organization_id', '=', organization_id).executeTakeFirstOrThrow() // prettier-ignore
  const numbers = refused.map(({ n }) => n)
  const { rows } = await whyNow(mailing, dateIn(time_zone, now), sql`d.n = any(${numbers}::integer[])`).execute(db)
  return rows.flatMap(({ n, why }) => (why === null ? [n] : []))
}

/** Whether it could not be put together for somebody, and nobody was told yet. */
export const lacksWritten = async (
  db: Db,
  { organization_id, mailing_id }: { organization_id: string; mailing_id: string },
): Promise<boolean> =>
  (await db
    .selectFrom('mail_delivery')
    .select('n')
    .where('organization_id', '=', organization_id)
    .where('mailing_id', '=', mailing_id)
    .where('state', '=', 'undeliverable')
    .where('left_out_for', '=', 'unwritten')
    .where('was_unwritten', '=', false)
    .limit(1)
    .executeTakeFirst()) !== undefined

/** What a refusal for good means, and for the mailbox: stopped at once, or after several. */
export async function noteFailure(
  tx: Db,
  { organization_id, mailing_id }: { organization_id: string; mailing_id: string },
  { address, answer, reply }: { address: string; answer: string; reply: number | null },
  today: string,
  now: Date,
): Promise<AnswerKind> {
  const kind = kindOf(answer, reply, today)
  const stop = (reason: 'hard_bounce' | 'soft_bounces') =>
    sql`
    insert into mail_stop (organization_id, address_hash, reason, since, mailing_id, evidence)
    values (${organization_id}::uuid, ${hashOf(organization_id, sql`${address}::text`)}, ${reason}, ${now}, ${mailing_id}::uuid, ${withoutMailboxes(answer)})
    on conflict do nothing`.execute(tx)
  if (kind === 'hard') {
    await stop('hard_bounce')
    await tx.updateTable('person_email').set({ quality: 'bouncing' }).where('organization_id', '=', organization_id).where('email', '=', address).execute() // prettier-ignore
  }
  if (kind !== 'soft' && kind !== 'retry') return kind
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from mail_delivery where organization_id = ${organization_id}::uuid and address = ${address}
      and state in ('failed', 'bounced') and changed_at > ${new Date(now.getTime() - softRule.within_days * 86_400_000)}`.execute(
    tx,
  )
  if ((rows[0]?.count ?? 0) >= softRule.most) await stop('soft_bounces')
  return kind
}
