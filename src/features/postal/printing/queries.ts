import type { Selectable } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import type { Drop } from '../drops/queries.ts'
import type { PostalFileTable } from '../tables.ts'

export type PrintFile = Selectable<PostalFileTable>

/** What is made so far, by name. */
export const filesMade = (
  db: Db,
  { organization_id, drop_id }: Pick<Drop, 'organization_id' | 'drop_id'>,
): Promise<PrintFile[]> =>
  db
    .selectFrom('postal_file')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('drop_id', '=', drop_id)
    .orderBy('name')
    .execute()
