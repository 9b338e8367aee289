import type { Selectable } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import { stagesReached } from './rules.ts'
import { Signed } from './schema.ts'
import '../mails/tables.ts'
import './tables.ts'
import type { EndorsementInvitationTable, EndorsementSubmissionTable } from './tables.ts'

export type Invitation = Selectable<EndorsementInvitationTable>
export interface Submission extends Selectable<EndorsementSubmissionTable> {
  signed: Signed
}

export interface InvitationRow extends Invitation {
  /** What is typed so far; null: nothing was saved. */
  typed: Record<string, string> | null
  saved_at: Date | null
  /** A mail with it, or with one it replaced while that opened, was asked for, whether or not it arrived. */
  is_mailed: boolean
}

const invitations = (db: Db, organization_id: string) =>
  db
    .selectFrom('endorsement_invitation as i')
    .leftJoin('endorsement_draft as d', (join) =>
      join.onRef('d.organization_id', '=', 'i.organization_id').onRef('d.invitation_id', '=', 'i.invitation_id'),
    )
    .selectAll('i')
    .select(['d.typed', 'd.saved_at'])
    .select((eb) =>
      eb
        .exists(
          eb
            .selectFrom('endorsement_mail as m')
            .select('m.mail_id')
            .whereRef('m.organization_id', '=', 'i.organization_id')
            .whereRef('m.invitation_id', '=', 'i.invitation_id')
            // The first link after a withdrawn one asks anew.
            .whereRef('m.asked_at', '>=', 'i.made_at')
            // One with a link that was replaced before it went out never will.
            .where((mail) =>
              mail.or([
                mail('m.handed_at', 'is not', null),
                mail('m.sent_at', 'is not', null),
                mail('m.link_number', '=', mail.ref('i.number')),
              ]),
            ),
        )
        .$castTo<boolean>()
        .as('is_mailed'),
    )
    .where('i.organization_id', '=', organization_id)

export const invitationsOf = (db: Db, organization_id: string, cycle_id: string): Promise<InvitationRow[]> =>
  invitations(db, organization_id).where('i.cycle_id', '=', cycle_id).orderBy('i.made_at').execute()

export const invitationById = (db: Db, organization_id: string, invitation_id: string) =>
  invitations(db, organization_id).where('i.invitation_id', '=', invitation_id).executeTakeFirst()

/** What these candidates signed, the latest first. */
export async function submissionsOf(
  db: Db,
  organization_id: string,
  invitation_ids: readonly string[],
): Promise<Submission[]> {
  if (invitation_ids.length === 0) return []
  const rows = await db
    .selectFrom('endorsement_submission')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('invitation_id', 'in', invitation_ids)
    .orderBy('number', 'desc')
    .execute()
  return rows.map((row) => ({ ...row, signed: Signed.parse(JSON.parse(row.canonical)) }))
}

/** How many candidates of a cycle are asked, and how far they are. */
export async function sumsOf(db: Db, organization_id: string, cycle_id: string) {
  const invitations = await invitationsOf(db, organization_id, cycle_id)
  const sent = await submissionsOf(db, organization_id, invitations.map(({ invitation_id }) => invitation_id)) // prettier-ignore
  return stagesReached(
    invitations.map((invitation) => ({
      invitation,
      submissions: sent.filter(({ invitation_id }) => invitation_id === invitation.invitation_id),
    })),
  )
}
