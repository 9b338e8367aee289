import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { Conflict } from '../../../platform/errors.ts'
import { mailingForChange } from '../commands.ts'

/**
 * Everybody may read it, or no longer. Only what has gone out can be read, and never what election law lets the organization
 * say to its members alone. False: it is such a one.
 */
export function archive(db: Db, actor: Actor, mailing_id: string, is_public: boolean, now: Date): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const { lane, listed_at, archived_at } = await mailingForChange(tx, actor, mailing_id)
    if (!listed_at) throw new Conflict()
    if (is_public && lane === 'member_communication') return false
    if ((archived_at !== null) === is_public) return true
    await tx
      .updateTable('mailing')
      .set({ archived_at: is_public ? now : null })
      .where('organization_id', '=', actor.organization_id)
      .where('mailing_id', '=', mailing_id)
      .execute()
    const action = is_public ? 'mailing.archive' : 'mailing.unarchive'
    await audit(tx, actor, { action, subject: 'mailing', subject_id: mailing_id })
    return true
  })
}
