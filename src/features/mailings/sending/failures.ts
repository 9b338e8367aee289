import { sql } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import { hashOf } from '../audience/queries.ts'
import type { Mailing } from '../queries.ts'
import { kindOf, softRule, withoutMailboxes, type AnswerKind } from './answers.ts'

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

/** Those alone whose server refused it for what we are. */
export async function tryRefused(
  tx: Db,
  organization_id: string,
  mailings: readonly string[],
  now: Date,
): Promise<void> {
  await sql`
    update mail_delivery set state = 'waiting', answer = null, code = null, next_at = ${now}, first_tried_at = null, resends = resends + 1
    where organization_id = ${organization_id}::uuid and mailing_id = any(${[...mailings]}::uuid[]) and ${isRefusedForUs}`.execute(
    tx,
  )
}

/** As `kindOf` says it: 5.7, or 554 without more; nobody erased, and no mailbox that is stopped, as where 5.7.1 says that there is none. */
const isRefusedForUs = sql<boolean>`state in ('failed', 'bounced') and (code like '5.7.%' or code is null and answer ~ '\\m554\\M') and domain <> ''
  and not exists (select from mail_stop s where s.organization_id = mail_delivery.organization_id
    and s.address_hash = mail_address_hash(mail_delivery.organization_id, mail_delivery.address) and s.reason <> 'unsubscribed')`

/** So long after an e-mail is done it is sent to those who were refused: later it may be about what is over. */
const resend_days = 14

/** How many of one that is done were refused for what we are, and have nothing of it; none once it is old. */
export async function refusedForUs(
  db: Db,
  { organization_id, mailing_id, finished_at }: Pick<Mailing, 'organization_id' | 'mailing_id' | 'finished_at'>,
  now: Date,
): Promise<number> {
  if (!finished_at || now.getTime() - finished_at.getTime() > resend_days * 86_400_000) return 0
  const { rows } = await sql<{ count: number }>`select count(*)::integer as count from mail_delivery
    where organization_id = ${organization_id}::uuid and mailing_id = ${mailing_id}::uuid and ${isRefusedForUs}`.execute(
    db,
  )
  return rows[0]?.count ?? 0
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
