import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { NotFound } from '../../../platform/errors.ts'
import type { CallerRow } from '../dashboard.ts'
import '../tables.ts'

/** What a host tells callers while they call. */
export interface HostMessage {
  message_id: string
  /** null: to all. */
  caller_id: string | null
  text: string
  sent_by: string
  sent_at: Date
}

export type Addressee = Pick<CallerRow, 'caller_id' | 'name' | 'last_seen_at' | 'removed_at' | 'is_on_paper'>

/** A caller who comes later need not read what was said this morning. */
const shown_hours = 2
const most_shown = 20

export function lastMessages(
  db: Db,
  organization_id: string,
  phone_bank_id: string,
  now: Date,
): Promise<HostMessage[]> {
  return db
    .selectFrom('phone_bank_message')
    .select(['message_id', 'caller_id', 'text', 'sent_by', 'sent_at'])
    .where('organization_id', '=', organization_id)
    .where('phone_bank_id', '=', phone_bank_id)
    .where('sent_at', '>', new Date(now.getTime() - shown_hours * 3_600_000))
    .orderBy('sent_at', 'desc')
    .limit(most_shown)
    .execute()
}

/** Those meant for this caller, oldest first. */
export const messagesFor = (
  messages: readonly HostMessage[],
  caller_id: string,
): { message_id: string; text: string; sent_by: string; sent_at: string }[] =>
  messages
    .filter((each) => each.caller_id === null || each.caller_id === caller_id)
    .slice(0, 3)
    .reverse()
    .map(({ message_id, text, sent_by, sent_at }) => ({ message_id, text, sent_by, sent_at: sent_at.toISOString() }))

/** Who may be told something, those seen last first. */
export const callersToTell = (db: Db, organization_id: string, phone_bank_id: string): Promise<Addressee[]> =>
  db
    .selectFrom('phone_bank_caller')
    .select(['caller_id', 'name', 'last_seen_at', 'removed_at', 'is_on_paper'])
    .where('organization_id', '=', organization_id)
    .where('phone_bank_id', '=', phone_bank_id)
    .where('removed_at', 'is', null)
    .orderBy('last_seen_at', 'desc')
    .limit(500)
    .execute()

/** Sends a message to one caller of the phone bank, or to all. Open calling pages hear of it within a second or two. */
export function sendMessage(
  db: Db,
  actor: Actor,
  phone_bank_id: string,
  message: { caller_id: string | null; text: string },
  now: Date,
): Promise<string> {
  const { organization_id } = actor
  return inTransaction(db, async (tx) => {
    if (message.caller_id) {
      const caller = await tx
        .selectFrom('phone_bank_caller')
        .select('caller_id')
        .where('organization_id', '=', organization_id)
        .where('phone_bank_id', '=', phone_bank_id)
        .where('caller_id', '=', message.caller_id)
        .where('removed_at', 'is', null)
        .executeTakeFirst()
      if (!caller) throw new NotFound()
    }
    const { message_id } = await tx
      .insertInto('phone_bank_message')
      .values({ organization_id, phone_bank_id, ...message, sent_by: actor.name, sent_at: now })
      .returning('message_id')
      .executeTakeFirstOrThrow()
    await audit(tx, actor, {
      action: 'phonebank.message',
      subject: 'phone_bank',
      subject_id: phone_bank_id,
      after: { ...message },
    })
    return message_id
  })
}
