import { sql } from 'kysely'
import type { Actor } from '../../../platform/actor.ts'
import { audit, systemActor } from '../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { Conflict, found } from '../../../platform/errors.ts'
import { candidate, contest } from '../../elections/contests/queries.ts'
import { isRunning } from '../../elections/contests/rules.ts'
import { lockCycle } from '../cycles/commands.ts'
import type { Cycle } from '../cycles/queries.ts'
import { filesOf } from '../files/queries.ts'
import { questionsAskedIn } from '../questions/queries.ts'
import { invitationById, invitationsOf, submissionsOf, type Invitation, type Submission } from './queries.ts'
import { besideDraft, canonicalText, keyOfQuestions, readAnswers, sha256Of, type AnswerProblem, type Typed } from './rules.ts' // prettier-ignore
import type { Signed } from './schema.ts'

/** Makes the private link of a candidate; of one who has a link, another, and the earlier opens nothing from now on. */
export function inviteCandidate(
  db: Db,
  actor: Actor,
  cycle: Cycle,
  candidate_id: number,
  now: Date,
): Promise<Invitation> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    const { cycle_id } = cycle
    await lockCycle(tx, actor, cycle_id)
    const { contest_id } = await runningIn(tx, cycle, candidate_id)
    const invitation = await tx
      .insertInto('endorsement_invitation')
      .values({ organization_id, cycle_id, contest_id, candidate_id, made_by: actor.name, made_at: now })
      .onConflict((row) =>
        row.columns(['organization_id', 'cycle_id', 'candidate_id']).doUpdateSet((eb) => ({
          number: eb('endorsement_invitation.number', '+', 1),
          revoked_at: null,
          // Another link keeps when the campaign was asked; the first after a withdrawn one asks anew.
          made_by: sql<string>`case when endorsement_invitation.revoked_at is null then endorsement_invitation.made_by else excluded.made_by end`,
          made_at: sql<Date>`case when endorsement_invitation.revoked_at is null then endorsement_invitation.made_at else excluded.made_at end`,
          handed_on: sql<null>`case when endorsement_invitation.revoked_at is null then endorsement_invitation.handed_on end`,
          handed_by: sql<null>`case when endorsement_invitation.revoked_at is null then endorsement_invitation.handed_by end`,
          opened_at: sql<null>`case when endorsement_invitation.revoked_at is null then endorsement_invitation.opened_at end`,
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

/** The link a candidate has; of one who has none that opens, another. */
export function linkOf(db: Db, actor: Actor, cycle: Cycle, candidate_id: number, now: Date): Promise<Invitation> {
  return inTransaction(db, async (tx) => {
    await lockCycle(tx, actor, cycle.cycle_id)
    await runningIn(tx, cycle, candidate_id)
    const invitations = await invitationsOf(tx, actor.organization_id, cycle.cycle_id)
    const there = invitations.find((each) => each.candidate_id === candidate_id && !each.revoked_at)
    return there ?? inviteCandidate(tx, actor, cycle, candidate_id, now)
  })
}

async function runningIn(tx: Db, { rules, opened_at }: Cycle, candidate_id: number): Promise<{ contest_id: number }> {
  const { contest_id, status } = found(await candidate(tx, candidate_id))
  if (!opened_at || !rules?.contest_ids.includes(contest_id) || !isRunning(status))
    throw new Conflict('only who runs in a contest of an open cycle is asked')
  return { contest_id }
}

/** Notes on which day a campaign was given its link on paper, by phone or otherwise; noting it again puts it right. */
export function noteHandedOver(db: Db, actor: Actor, cycle_id: string, candidate_id: number, on: string): Promise<void> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    await lockCycle(tx, actor, cycle_id)
    const invitations = await invitationsOf(tx, organization_id, cycle_id)
    const { invitation_id, revoked_at } = found(invitations.find((each) => each.candidate_id === candidate_id))
    if (revoked_at) throw new Conflict('this link was withdrawn')
    await tx
      .updateTable('endorsement_invitation')
      .set({ handed_on: on, handed_by: actor.name })
      .where('organization_id', '=', organization_id)
      .where('invitation_id', '=', invitation_id)
      .execute()
    const after = { candidate_id, on }
    await audit(tx, actor, { action: 'endorsement.hand_over', subject: 'endorsement_cycle', subject_id: cycle_id, after })
  })
} // prettier-ignore

/** The link opens nothing from now on; what was typed and signed stays. Withdrawing twice is withdrawing once. */
export function revokeInvitation(
  db: Db,
  actor: Actor,
  cycle_id: string,
  candidate_id: number,
  now: Date,
): Promise<void> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    await lockCycle(tx, actor, cycle_id)
    const invitations = await invitationsOf(tx, organization_id, cycle_id)
    const { invitation_id, revoked_at } = found(invitations.find((each) => each.candidate_id === candidate_id))
    if (revoked_at) return
    await tx
      .updateTable('endorsement_invitation')
      .set({ revoked_at: now })
      .where('organization_id', '=', organization_id)
      .where('invitation_id', '=', invitation_id)
      .execute()
    await audit(tx, actor, {
      action: 'endorsement.revoke',
      subject: 'endorsement_cycle',
      subject_id: cycle_id,
      after: { candidate_id },
    })
  })
}

/** The candidate, or whoever of the campaign has the link. */
export const campaign = ({ organization_id, invitation_id }: Invitation, name: string): Actor => ({
  ...systemActor(organization_id, name),
  id: invitation_id,
})

/** Notes when the link was opened first. `reader`: whoever is signed in; who made the link looks at it without being asked. */
export async function noteOpened(
  db: Db,
  reader: Actor | null,
  { organization_id, invitation_id }: Invitation,
  now: Date,
): Promise<void> {
  if (reader?.organization_id === organization_id) return
  await db
    .updateTable('endorsement_invitation')
    .set({ opened_at: now })
    .where('organization_id', '=', organization_id)
    .where('invitation_id', '=', invitation_id)
    .where('opened_at', 'is', null)
    .execute()
}

/** The link may have been withdrawn or replaced since the page was opened with it: then it opens nothing. */
export async function lockInvitation(tx: Db, { organization_id, invitation_id, number }: Invitation): Promise<void> {
  found(
    await tx
      .selectFrom('endorsement_invitation')
      .select('number')
      .where('organization_id', '=', organization_id)
      .where('invitation_id', '=', invitation_id)
      .where('number', '=', number)
      .where('revoked_at', 'is', null)
      .forUpdate()
      .executeTakeFirst(),
  )
}

interface Sent {
  /** Name of the candidate. */
  name: string
  typed: Typed
  /** What the page was opened with; null: nobody knows. */
  seen: Typed | null
  /** They sign what they read: nothing another device saved is put in between. */
  is_to_sign: boolean
}
export type Kept = { ok: true } | { ok: false; together: Record<string, string>; saved: Record<string, string>; twice: string[] } // prettier-ignore

/** Keeps what was typed so far, beside what another device saved meanwhile. Where both wrote, nothing is saved. */
export function keepDraft(
  db: Db,
  invitation: Invitation,
  { name, typed, seen, is_to_sign }: Sent,
  now: Date,
): Promise<Kept> {
  // prettier-ignore
  return inTransaction(db, async (tx): Promise<Kept> => {
    const { organization_id, invitation_id, cycle_id, candidate_id } = invitation
    await lockInvitation(tx, invitation)
    const saved = (await invitationById(tx, organization_id, invitation_id))?.typed ?? {}
    const { together, theirs, twice } = besideDraft({ seen: seen ?? saved, typed, saved })
    if ((is_to_sign ? theirs : twice).length > 0) return { ok: false, together, saved, twice }
    await writeDraft(tx, invitation, together, now)
    await audit(tx, campaign(invitation, name), {
      action: 'endorsement.save_draft',
      subject: 'endorsement_cycle',
      subject_id: cycle_id,
      after: { candidate_id },
    })
    return { ok: true }
  })
}

export async function writeDraft(
  tx: Db,
  { organization_id, invitation_id }: Invitation,
  typed: Typed,
  now: Date,
): Promise<void> {
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
}

interface Signing {
  /** Name of the candidate. */
  name: string
  signed_by: string
  is_late: boolean
  typed: Typed
  /** Of the questions as they were read; null: nobody knows. */
  questions_key: string | null
}
export type Signature =
  | { ok: true; submission: Submission }
  | { ok: false; problems: Record<string, AnswerProblem>; is_asked_anew: boolean }

/** Freezes the answers with the questions as asked. The same sent twice is one; anything else amends what was sent before. */
export function signAnswers(db: Db, invitation: Invitation, signing: Signing, now: Date): Promise<Signature> {
  return inTransaction(db, async (tx): Promise<Signature> => {
    const { organization_id, invitation_id, cycle_id, contest_id, candidate_id } = invitation
    const { name, signed_by, is_late, typed, questions_key } = signing
    // A change of the questionnaire waits for this, or this for it.
    await lockCycle(tx, campaign(invitation, name), cycle_id)
    await lockInvitation(tx, invitation)
    const { office } = found(await contest(tx, contest_id))
    const questions = await questionsAskedIn(tx, organization_id, cycle_id, { contest_id, office })
    const files = await filesOf(tx, organization_id, invitation_id)
    const { answers, problems } = readAnswers(questions, typed, files)
    const is_asked_anew = questions_key !== null && questions_key !== keyOfQuestions(questions)
    if (is_asked_anew || Object.keys(problems).length > 0) return { ok: false, problems, is_asked_anew }
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
    if (last && last.signed_by === signed_by && isSameSaid(last.signed.answers, said)) return { ok: true, submission: last } // prettier-ignore
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
    const submission = { organization_id, invitation_id, number, canonical, sha256, signed_by, is_late, sent_at: now, signed } // prettier-ignore
    return { ok: true, submission }
  })
}

const isSameSaid = (one: Signed['answers'], other: Signed['answers']): boolean =>
  canonicalText(one) === canonicalText(other)
