import type { Selectable } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import './tables.ts'
import type { VoterGuideProofMailTable, VoterGuideProofTable, VoterGuideReplyTable } from './tables.ts'

export type Proof = Selectable<VoterGuideProofTable>
export type ProofMail = Selectable<VoterGuideProofMailTable>
export type ReplyRow = Selectable<VoterGuideReplyTable>

interface Key {
  organization_id: string
  guide_id: string
}

export const proofsOf = (db: Db, { organization_id, guide_id }: Key): Promise<Proof[]> =>
  db
    .selectFrom('voter_guide_proof')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('guide_id', '=', guide_id)
    .orderBy('candidate_id')
    .execute()

/** The latest first. */
export const proofMailsOf = (db: Db, { organization_id, guide_id }: Key): Promise<ProofMail[]> =>
  db
    .selectFrom('voter_guide_proof_mail')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('guide_id', '=', guide_id)
    .orderBy('asked_at', 'desc')
    .orderBy('mail_id')
    .execute()

export const proofMailById = (db: Db, organization_id: string, mail_id: string): Promise<ProofMail | undefined> =>
  db
    .selectFrom('voter_guide_proof_mail')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('mail_id', '=', mail_id)
    .executeTakeFirst()

export const repliesOf = (db: Db, { organization_id, guide_id }: Key): Promise<ReplyRow[]> =>
  db
    .selectFrom('voter_guide_reply')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('guide_id', '=', guide_id)
    .orderBy('replied_at')
    .orderBy('candidate_id')
    .orderBy('issue_id')
    .execute()
