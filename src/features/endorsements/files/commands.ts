import { audit } from '../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import type { TakenFile } from '../../forms/schema.ts'
import { campaign, lockInvitation, writeDraft } from '../answers/commands.ts'
import { invitationById, submissionsOf, type Invitation } from '../answers/queries.ts'
import { fieldOf } from '../answers/rules.ts'
import { filesOf } from './queries.ts'

/** Puts a file into the draft in place of the one before, which goes unless it was signed. null: none. */
export function keepFile(
  db: Db,
  invitation: Invitation,
  { name, question_id, file }: { name: string; question_id: string; file: TakenFile | null },
  now: Date,
): Promise<void> {
  return inTransaction(db, async (tx) => {
    const { organization_id, invitation_id } = invitation
    await lockInvitation(tx, invitation)
    const submissions = await submissionsOf(tx, organization_id, [invitation_id])
    const signed = submissions.flatMap((each) =>
      each.signed.answers.flatMap(({ answer }) => answer?.file?.file_id ?? []),
    )
    const replaced = (await filesOf(tx, organization_id, invitation_id)).filter(
      (each) => each.question_id === question_id && !signed.includes(each.file_id),
    )
    if (replaced.length > 0)
      await tx
        .deleteFrom('endorsement_file')
        .where('organization_id', '=', organization_id)
        .where(
          'file_id',
          'in',
          replaced.map(({ file_id }) => file_id),
        ) // prettier-ignore
        .execute()
    const added =
      file &&
      (await tx
        .insertInto('endorsement_file')
        .values({ organization_id, invitation_id, question_id, ...file, bytes: file.content.length, sent_at: now })
        .returning('file_id')
        .executeTakeFirstOrThrow())
    const { [fieldOf(question_id, 'file')]: _, ...typed } =
      (await invitationById(tx, organization_id, invitation_id))?.typed ?? {}
    await writeDraft(tx, invitation, { ...typed, ...(added && { [fieldOf(question_id, 'file')]: added.file_id }) }, now)
    await audit(tx, campaign(invitation, name), {
      action: file ? 'endorsement.hand_in' : 'endorsement.take_back',
      subject: 'endorsement_cycle',
      subject_id: invitation.cycle_id,
      after: {
        candidate_id: invitation.candidate_id,
        file: file?.name ?? replaced.map((each) => each.name).join(', '),
      },
    })
  })
}
