import type { Selectable } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import './tables.ts'
import type { EndorsementFileTable } from './tables.ts'

/** Without its content. */
export type HandedIn = Omit<Selectable<EndorsementFileTable>, 'content' | 'organization_id' | 'sent_at'>

/** Everything a candidate handed in, also what was replaced after it was signed. */
export const filesOf = (db: Db, organization_id: string, invitation_id: string): Promise<HandedIn[]> =>
  db
    .selectFrom('endorsement_file')
    .select(['file_id', 'invitation_id', 'question_id', 'name', 'kind', 'sha256', 'bytes'])
    .where('organization_id', '=', organization_id)
    .where('invitation_id', '=', invitation_id)
    .orderBy('sent_at')
    .execute()

export const fileById = (db: Db, organization_id: string, file_id: string) =>
  db
    .selectFrom('endorsement_file')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('file_id', '=', file_id)
    .executeTakeFirst()
