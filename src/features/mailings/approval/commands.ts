import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { Conflict } from '../../../platform/errors.ts'
import { mailingForChange } from '../commands.ts'
import { approvalRuleOf, contentHash } from './queries.ts'

/** From now on each e-mail wants a second person, or no longer. */
export function setApprovalRule(db: Db, actor: Actor, is_wanted: boolean, now: Date): Promise<void> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    const known = await approvalRuleOf(tx, organization_id)
    if ((known !== undefined) === is_wanted) return
    if (is_wanted)
      await tx
        .insertInto('mail_approval_rule')
        .values({ organization_id, since: now, set_by: actor.name })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    else await tx.deleteFrom('mail_approval_rule').where('organization_id', '=', organization_id).execute()
    const action = is_wanted ? 'mail_approval.want' : 'mail_approval.waive'
    await audit(tx, actor, { action, subject: 'organization', subject_id: organization_id })
  })
}

/** Approves what was seen. False: it has changed since; what is there now is to be looked at. */
export function approve(db: Db, actor: Actor, mailing_id: string, seen_hash: string, now: Date): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    const mailing = await mailingForChange(tx, actor, mailing_id)
    if (mailing.state !== 'draft') throw new Conflict()
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
