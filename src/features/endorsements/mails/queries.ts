import type { Selectable } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import '../answers/tables.ts'
import './tables.ts'
import type { EndorsementMailTable } from './tables.ts'

export type CampaignMail = Selectable<EndorsementMailTable>

/** What the campaigns of a cycle were written, the latest first. */
export const mailsOf = (db: Db, organization_id: string, cycle_id: string): Promise<CampaignMail[]> =>
  db
    .selectFrom('endorsement_mail as m')
    .innerJoin('endorsement_invitation as i', (join) =>
      join.onRef('i.organization_id', '=', 'm.organization_id').onRef('i.invitation_id', '=', 'm.invitation_id'),
    )
    .selectAll('m')
    .where('m.organization_id', '=', organization_id)
    .where('i.cycle_id', '=', cycle_id)
    .orderBy('m.asked_at', 'desc')
    .orderBy('m.mail_id')
    .execute()

export const mailById = (db: Db, organization_id: string, mail_id: string): Promise<CampaignMail | undefined> =>
  db
    .selectFrom('endorsement_mail')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('mail_id', '=', mail_id)
    .executeTakeFirst()
