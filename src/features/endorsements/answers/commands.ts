import type { Actor } from '../../../platform/actor.ts'
import { audit, systemActor } from '../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { Conflict, found } from '../../../platform/errors.ts'
import { candidate } from '../../elections/contests/queries.ts'
import { isRunning } from '../../elections/contests/rules.ts'
import { lockCycle } from '../cycles/commands.ts'
import type { Cycle } from '../cycles/queries.ts'
import type { Question } from '../questions/queries.ts'
import { submissionsOf, type Invitation, type Submission } from './queries.ts'
import { canonicalText, sha256Of } from './rules.ts'
import type { Answer, Signed } from './schema.ts'

/** Makes the private link of a candidate; of one who has a link, another, and the earlier opens nothing from now on. */
export function inviteCandidate(
  db: Db,
  actor: Actor,
  { cycle_id, rules, opened_at }: Cycle,
  candidate_id: number,
  now: Date,
): Promise<Invitation> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    await lockCycle(tx, actor, cycle_id)
    const { contest_id, status } = found(await candidate(tx, candidate_id))
    if (!opened_at || !rules?.contest_ids.includes(contest_id) || !isRunning(status))
      throw new Conflict('only who runs in a contest of an open cycle is asked')
    const invitation = await tx
      .insertInto('endorsement_invitation')
      .values({ organization_id, cycle_id, contest_id, candidate_id, made_by: actor.name, made_at: now })
      .onConflict((row) =>
        row.columns(['organization_id', 'cycle_id', 'candidate_id']).doUpdateSet((eb) => ({
          number: eb('endorsement_invitation.number', '+', 1),
          revoked_at: null,
        })),
      )
      .returningAll()
      .executeTakeFirstOrThrow()
    await audit(tx, actor, {
      action: 'endorsement.invite',
      subject: 'endorsement_cycle',
      subject_id: cycle_id,
      after: { candidate_id, number: invitation.number },
    })
    return invitation
  })
}

/** The link opens nothing from now on; what was typed and signed stays. */
export function revokeInvitation(
  db: Db,
  actor: Actor,
  cycle_id: string,
  invitation_id: string,
  now: Date,
): Promise<void> {
  return inTransaction(db, async (tx) => {
    const { candidate_id } = found(
      await tx
        .updateTable('endorsement_invitation')
        .set({ revoked_at: now })
        .where('organization_id', '=', actor.organization_id)
        .where('cycle_id', '=', cycle_id)
        .where('invitation_id', '=', invitation_id)
        .returning('candidate_id')
        .executeTakeFirst(),
    )
    await audit(tx, actor, {
      action: 'endorsement.revoke',
      subject: 'endorsement_cycle',
      subject_id: cycle_id,
      after: { candidate_id },
    })
  })
}

/** The candidate, or whoever of the campaign has the link. */
const campaign = ({ organization_id, invitation_id }: Invitation, name: string): Actor => ({
  ...systemActor(organization_id, name),
  id: invitation_id,
})

/** Notes when the link was opened first. */
export async function noteOpened(db: Db, { organization_id, invitation_id }: Invitation, now: Date): Promise<void> {
  await db
    .updateTable('endorsement_invitation')
    .set({ opened_at: now })
    .where('organization_id', '=', organization_id)
    .where('invitation_id', '=', invitation_id)
    .where('opened_at', 'is', null)
    .execute()
}

/** Keeps what was typed so far, to be gone on with from any device. */
export function saveDraft(
  db: Db,
  invitation: Invitation,
  name: string,
  typed: Record<string, string>,
  now: Date,
): Promise<void> {
  return inTransaction(db, async (tx) => {
    const { organization_id, invitation_id, cycle_id, candidate_id } = invitation
    await tx
      .insertInto('endorsement_draft')
      .values({ organization_id, invitation_id, typed: JSON.stringify(typed), saved_at: now })
      .onConflict((row) =>
        row.columns(['organization_id', 'invitation_id']).doUpdateSet((eb) => ({
          typed: eb.ref('excluded.typed'),
          saved_at: eb.ref('excluded.saved_at'),
        })),
      )
      .execute()
    await audit(tx, campaign(invitation, name), {
      action: 'endorsement.save_draft',
      subject: 'endorsement_cycle',
      subject_id: cycle_id,
      after: { candidate_id },
    })
  })
}

interface Signing {
  candidate: string
  signed_by: string
  is_late: boolean
  questions: readonly Question[]
  answers: Readonly<Record<string, Answer | null>>
}

/** Freezes the answers with the questions as asked. The same sent twice is one; anything else amends what was sent before. */
export function signAnswers(db: Db, invitation: Invitation, signing: Signing, now: Date): Promise<Submission> {
  return inTransaction(db, async (tx) => {
    const { organization_id, invitation_id, cycle_id, contest_id, candidate_id } = invitation
    const { candidate: name, signed_by, is_late, questions, answers } = signing
    // A change of the questionnaire waits for this, or this for it.
    await lockCycle(tx, campaign(invitation, name), cycle_id)
    const [last] = await submissionsOf(tx, organization_id, [invitation_id])
    const said = questions
      .filter(({ kind }) => kind !== 'section')
      .map(({ question_id, kind, text, choices }) => ({
        question_id,
        kind,
        text: text as Record<string, string>,
        choices: choices as Record<string, string>[],
        answer: answers[question_id] ?? null,
      }))
    if (last && last.signed_by === signed_by && isSameSaid(last.signed.answers, said)) return last
    const number = (last?.number ?? 0) + 1
    const signed = { cycle_id, contest_id, candidate_id, candidate: name, number, signed_by, sent_at: now.toISOString(), is_late, answers: said } // prettier-ignore
    const canonical = canonicalText(signed)
    const sha256 = sha256Of(canonical)
    await tx
      .insertInto('endorsement_submission')
      .values({ organization_id, invitation_id, number, canonical, sha256, signed_by, is_late, sent_at: now })
      .execute()
    await audit(tx, campaign(invitation, name), {
      action: number === 1 ? 'endorsement.sign' : 'endorsement.amend',
      subject: 'endorsement_cycle',
      subject_id: cycle_id,
      after: { candidate_id, signed_by, number, sha256 },
    })
    return { organization_id, invitation_id, number, canonical, sha256, signed_by, is_late, sent_at: now, signed }
  })
}

const isSameSaid = (one: Signed['answers'], other: Signed['answers']): boolean =>
  canonicalText(one) === canonicalText(other)
