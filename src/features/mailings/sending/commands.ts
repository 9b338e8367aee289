import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { Conflict } from '../../../platform/errors.ts'
import { contentHash, hashToKeep, mayBeSentBy } from '../approval/queries.ts'
import { mailingForChange } from '../commands.ts'
import type { MailingClock, MailingState } from '../schema.ts'
import { resendToRefused, tryAgain } from './failures.ts'
import { sendAt } from './jobs.ts'

export interface Plan {
  /** null: now. */
  scheduled_at: Date | null
  /** Left out: by the organization's clock. */
  goes_by?: MailingClock
  /** By the clock of each reader; `scheduled_at` is when the first one's comes. */
  scheduled_local?: string | null
  window_starts: string | null
  window_ends: string | null
  per_minute: number | null
  /** Whom it is for, as it was counted. */
  expression: string
  /** What it says and to whom, as whoever sends saw it; left out: nobody looked. */
  content_hash?: string | null
  /** How many get it, as the page said to whoever sends. */
  people: number
}

/** 'audience_changed': it is for other people by now than those who were counted; 'content_changed': it says something else than what was seen. */
export type Planned = 'planned' | 'audience_changed' | 'content_changed' | 'not_approved'

/** The last word of a person: from here on it goes out by itself. `db` hands the job over too. */
export function planMailing(db: Db, actor: Actor, mailing_id: string, plan: Plan, now: Date): Promise<Planned> {
  return inTransaction(db, async (tx): Promise<Planned> => {
    const { organization_id } = actor
    const mailing = await mailingForChange(tx, actor, mailing_id)
    if (mailing.state !== 'draft' || mailing.journey_id) throw new Conflict()
    const { people, expression, content_hash, ...kept } = plan
    if (mailing.expression !== expression) return 'audience_changed'
    if (content_hash && content_hash !== (await contentHash(tx, mailing))) return 'content_changed'
    if (!(await mayBeSentBy(tx, mailing, actor.id))) return 'not_approved'
    const scheduled_at = plan.scheduled_at ?? now
    await tx
      .updateTable('mailing')
      .set({ ...kept, scheduled_at, state: 'scheduled', problem: null, approved_hash: await hashToKeep(tx, mailing) })
      .where('organization_id', '=', organization_id)
      .where('mailing_id', '=', mailing_id)
      .execute()
    await sendAt(tx, { organization_id, mailing_id }, scheduled_at)
    const after = { scheduled_at, people, per_minute: plan.per_minute, ...(plan.goes_by === 'reader' && { goes_by: plan.goes_by, scheduled_local: plan.scheduled_local ?? null }) } // prettier-ignore
    await audit(tx, actor, { action: 'mailing.send', subject: 'mailing', subject_id: mailing_id, after })
    return 'planned'
  })
}

export const turns = {
  pause: { from: ['scheduled', 'sending'], to: 'paused' },
  resume: { from: ['paused'], to: 'sending' },
  /** It had gone out whole, but for those refused for what we are. */
  resend: { from: ['sent'], to: 'sending' },
  cancel: { from: ['scheduled', 'sending', 'paused'], to: 'canceled' },
} as const satisfies Record<string, { from: readonly MailingState[]; to: MailingState }>
export type Turn = keyof typeof turns

/**
 * Stops, goes on, or stops for good. Each mail asks right before it is handed over, so that it holds from this moment for
 * all that were not with the mail server yet.
 */
export function turnMailing(db: Db, actor: Actor, mailing_id: string, turn: Turn, now: Date): Promise<void> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    const mailing = await mailingForChange(tx, actor, mailing_id)
    // Of a journey, all steps stop and go on together.
    if (mailing.journey_id || !turns[turn].from.some((each) => each === mailing.state)) throw new Conflict()
    if (turn === 'resend' && (await resendToRefused(tx, mailing, now)) === 0) throw new Conflict()
    // It became something else than what was approved: somebody else says yes to that first.
    if (turn === 'resume' && mailing.problem === 'changed' && !(await mayBeSentBy(tx, mailing, actor.id)))
      throw new Conflict()
    // One that was paused before its list was made begins with that.
    const to: MailingState = turn === 'resume' && !mailing.listed_at ? 'scheduled' : turns[turn].to
    await tx
      .updateTable('mailing')
      .set({
        state: to,
        ...(turn === 'resume' && {
          problem: null,
          ...(mailing.problem === 'changed' && { approved_hash: await hashToKeep(tx, mailing) }),
        }),
        ...(turn === 'cancel' && { finished_at: now }),
        ...(turn === 'resend' && { finished_at: null }),
      })
      .where('organization_id', '=', organization_id)
      .where('mailing_id', '=', mailing_id)
      .execute()
    // The days it was held up are no days of trying.
    if (turn === 'resume') await tx.updateTable('mail_delivery').set({ first_tried_at: null }).where('organization_id', '=', organization_id).where('mailing_id', '=', mailing_id).where('state', '=', 'deferred').execute() // prettier-ignore
    if (turn === 'resume') await tryAgain(tx, organization_id, [mailing_id], now)
    if (turn === 'resume' || turn === 'resend') await sendAt(tx, { organization_id, mailing_id }, mailing.listed_at ? now : (mailing.scheduled_at ?? now)) // prettier-ignore
    await audit(tx, actor, { action: `mailing.${turn}`, subject: 'mailing', subject_id: mailing_id })
  })
}
