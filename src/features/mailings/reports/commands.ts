import { domainToUnicode } from 'node:url'
import { sql } from 'kysely'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { countedAs, enhancedCode, isTooOften, kindOf, replyIn, withoutMailboxes } from '../sending/answers.ts'
import { noteFailure } from '../sending/failures.ts'
import { pauseFor } from '../sending/pausing.ts'
import { hashOf } from '../audience/queries.ts'
import type { Report } from './read.ts'
import '../subjects/tables.ts'
import '../tables.ts'

/** A bounce of a mail older than this is about another one; whoever complains may have read it late. */
const days = 14

/** Message-ID of a mail of ours: which mailing, which on its list, and sent again for the how manieth time. */
const ours = /^<([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})\.(\d{1,9})(?:\.r(\d{1,4}))?@/

interface Meant {
  mailing_id: string
  n: number
  address: string
  domain: string
}

/**
 * What a report says is kept with the mail it is about: by its Message-ID where that is told, else by the latest mail to that
 * mailbox. Reports about mailboxes we never wrote to change nothing, nor do those of a mail that was sent again since. How many changed something.
 */
export async function keepReports(
  db: Db,
  organization_id: string,
  reports: readonly Report[],
  { now, today }: { now: Date; today: string },
): Promise<number> {
  let kept = 0
  for (const report of reports) {
    const changed = await inTransaction(db, async (tx) => {
      const meant = await meantBy(tx, organization_id, report, now)
      if (meant) await keep(tx, organization_id, meant, report, { now, today })
      return meant !== undefined
    })
    if (changed) kept += 1
  }
  return kept
}

async function meantBy(tx: Db, organization_id: string, { kind, message_id, address }: Report, now: Date): Promise<Meant | undefined> {
  const named = ours.exec(message_id ?? '')
  // Whoever forwards a mail to themselves can bounce it: the mailbox must be the one it went to.
  const { rows } = await sql<Meant>`
    select mailing_id, n, address, domain from mail_delivery
    where organization_id = ${organization_id}::uuid and address in (${address}, ${inLetters(address)}) and state in ('sent', 'unknown', 'bounced')
      and (${kind === 'complaint'} or changed_at > ${new Date(now.getTime() - days * 86_400_000)})
      and (${named?.[1] ?? null}::uuid is null or (mailing_id = ${named?.[1] ?? null}::uuid and n = ${named ? Number(named[2]) : null}::integer
        and (${kind === 'complaint'} or resends = ${named ? Number(named[3] ?? 0) : null}::integer)))
    order by changed_at desc limit 1 for update`.execute(tx)
  return rows[0]
} // prettier-ignore

/** A domain in any script is asked for, and reported, by its name in ASCII. */
function inLetters(address: string): string {
  const at = address.lastIndexOf('@')
  return `${address.slice(0, at)}@${domainToUnicode(address.slice(at + 1))}`
}

async function keep(
  tx: Db,
  organization_id: string,
  { mailing_id, n, address, domain }: Meant,
  { kind, message_id, status, answer, is_final, is_handed_on }: Report,
  { now, today }: { now: Date; today: string },
): Promise<void> {
  const said = [status, answer].filter(Boolean).join(' ')
  if (kind === 'complaint') {
    await sql`
      insert into mail_stop (organization_id, address_hash, reason, since, mailing_id, evidence)
      values (${organization_id}::uuid, ${hashOf(organization_id, sql`${address}::text`)}, 'complaint', ${now}, ${mailing_id}::uuid, ${withoutMailboxes(said)})
      on conflict do nothing`.execute(tx)
    await tx.updateTable('mail_delivery').set({ unsubscribed_at: now }).where('organization_id', '=', organization_id).where('mailing_id', '=', mailing_id).where('n', '=', n).where('unsubscribed_at', 'is', null).execute() // prettier-ignore
    return
  }
  // "Delayed" says that it is tried further; the last word comes later.
  if (!is_final) return
  // Sent again is only what is known to have reached nobody: this very mail, refused at the mailbox it went to.
  const isThisMail = ours.test(message_id ?? '') && !is_handed_on
  const reply = replyIn(said)
  if (!isThisMail && kindOf(said, reply, today) === 'policy') return
  const bounced = await tx.updateTable('mail_delivery').set({ state: 'bounced', answer: said, code: enhancedCode(said), changed_at: now }).where('organization_id', '=', organization_id).where('mailing_id', '=', mailing_id).where('n', '=', n).where('state', '<>', 'bounced').returning('n').execute() // prettier-ignore
  if (bounced.length === 0) return
  const means = await noteFailure(tx, { organization_id, mailing_id }, { address, answer: said, reply }, today, now) // prettier-ignore
  if (means === 'policy') await countRefusal(tx, { organization_id, mailing_id }, domain, said, today)
}

/** What came back for what we are is sent again once somebody has mended that and lets it go on: it is opened for that. */
async function countRefusal(tx: Db, { organization_id, mailing_id }: Key, domain: string, said: string, today: string): Promise<void> {
  const { journey_id } = await tx.selectFrom('mailing').select('journey_id').where('organization_id', '=', organization_id).where('mailing_id', '=', mailing_id).executeTakeFirstOrThrow()
  // A journey before its steps, as whoever turns it takes them.
  if (journey_id) await tx.selectFrom('mail_journey').select('journey_id').where('organization_id', '=', organization_id).where('journey_id', '=', journey_id).forUpdate().execute()
  const key = countedAs(domain, said, today)
  const { rows } = await sql<{ count: number }>`
    update mailing set refused_later = refused_later || jsonb_build_object(${key}::text, coalesce((refused_later ->> ${key})::integer, 0) + 1)
    where organization_id = ${organization_id}::uuid and mailing_id = ${mailing_id}::uuid
    returning (refused_later ->> ${key})::integer as count`.execute(tx)
  if (isTooOften(rows[0]?.count ?? 0, said, today))
    await pauseFor(tx, { organization_id, mailing_id, journey_id }, `${domain}: ${said}`, { reopens: true })
} // prettier-ignore

interface Key {
  organization_id: string
  mailing_id: string
}

/** Somebody answered a mail: noted with it, once. What they wrote is not kept here. */
export async function keepReply(db: Db, organization_id: string, message_id: string, now: Date): Promise<boolean> {
  const named = ours.exec(message_id)
  if (!named?.[1]) return false
  const noted = await db
    .updateTable('mail_delivery')
    .set({ replied_at: now })
    .where('organization_id', '=', organization_id)
    .where('mailing_id', '=', named[1])
    .where('n', '=', Number(named[2]))
    .where('state', 'in', ['sent', 'unknown'])
    .where('replied_at', 'is', null)
    .returning('n')
    .execute()
  return noted.length > 0
}
