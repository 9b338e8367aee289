import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { Conflict } from '../../../platform/errors.ts'
import { mailingForChange } from '../commands.ts'
import { contentHash, isAsked } from './queries.ts'

/** From now on each e-mail wants a second person; asked to be lifted, it stays. */
export function wantApproval(db: Db, actor: Actor, now: Date): Promise<void> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    const known = await heldRule(tx, organization_id)
    if (known && known.lifting_id === null) return
    await tx
      .insertInto('mail_approval_rule')
      .values({ organization_id, since: now, set_by: actor.name })
      .onConflict((conflict) => conflict.column('organization_id').doUpdateSet(noLifting))
      .execute()
    await audit(tx, actor, { action: 'mail_approval.want', subject: 'organization', subject_id: organization_id })
  })
}

const noLifting = { lifting_by: null, lifting_id: null, lifting_at: null } as const

/** One is enough again, once two said so: a rule that binds everybody is lifted by nobody alone. */
export function liftApproval(db: Db, actor: Actor, now: Date): Promise<void> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    const known = await heldRule(tx, organization_id)
    if (!known || known.lifting_id === actor.id) return
    const isAgreed = known.lifting_id !== null
    if (isAgreed) await tx.deleteFrom('mail_approval_rule').where('organization_id', '=', organization_id).execute()
    else
      await tx
        .updateTable('mail_approval_rule')
        .set({ lifting_by: actor.name, lifting_id: actor.id, lifting_at: now })
        .where('organization_id', '=', organization_id)
        .execute()
    const action = isAgreed ? 'mail_approval.waive' : 'mail_approval.ask_waiver'
    await audit(tx, actor, { action, subject: 'organization', subject_id: organization_id })
  })
}

const heldRule = (tx: Db, organization_id: string) =>
  tx.selectFrom('mail_approval_rule').selectAll().where('organization_id', '=', organization_id).forUpdate().executeTakeFirst() // prettier-ignore

/** Approves what was seen. False: it has changed since; what is there now is to be looked at. */
export function approve(db: Db, actor: Actor, mailing_id: string, seen_hash: string, now: Date): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    const mailing = await mailingForChange(tx, actor, mailing_id)
    if (!isAsked(mailing)) throw new Conflict()
    const content_hash = await contentHash(tx, mailing)
    if (content_hash !== seen_hash) return false
    const kept = await tx
      .insertInto('mailing_approval')
      .values({
        organization_id,
        mailing_id,
        content_hash,
        approver_id: actor.id,
        approved_by: actor.name,
        approved_at: now,
      }) // prettier-ignore
      .onConflict((conflict) => conflict.doNothing())
      .returning('mailing_id')
      .execute()
    if (kept.length > 0)
      await audit(tx, actor, { action: 'mailing.approve', subject: 'mailing', subject_id: mailing_id, after: { content_hash } }) // prettier-ignore
    return true
  })
}
