import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { Conflict } from '../../../platform/errors.ts'
import { mailingForChange } from '../commands.ts'
import { MailContent } from './schema.ts'
import './tables.ts'

export type Written = { ok: true; version: number } | { ok: false; problem: 'changed_meanwhile' }

/** Saves what is written, unless somebody else saved since `version`; of a mailing that goes out, nothing changes any more. */
export function writeMailing(
  db: Db,
  actor: Actor,
  mailing_id: string,
  version: number,
  content: MailContent,
  now: Date,
): Promise<Written> {
  return inTransaction(db, async (tx): Promise<Written> => {
    const mailing = await mailingForChange(tx, actor, mailing_id)
    if (mailing.state !== 'draft') throw new Conflict()
    if (mailing.content_version !== version) return { ok: false, problem: 'changed_meanwhile' }
    const before = MailContent.parse(mailing.content)
    if (JSON.stringify(before) === JSON.stringify(content)) return { ok: true, version }
    await tx
      .updateTable('mailing')
      .set({ content: JSON.stringify(content), content_version: version + 1, content_by: actor.name, content_at: now })
      .where('organization_id', '=', actor.organization_id)
      .where('mailing_id', '=', mailing_id)
      .execute()
    await audit(tx, actor, {
      action: 'mailing.write',
      subject: 'mailing',
      subject_id: mailing_id,
      before: { content: before },
      after: { content },
    })
    return { ok: true, version: version + 1 }
  })
}
