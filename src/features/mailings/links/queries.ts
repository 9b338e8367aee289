import type { Selectable } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import './tables.ts'
import type { MailLinkTable } from './tables.ts'

export type TriedLink = Pick<Selectable<MailLinkTable>, 'address' | 'result' | 'status' | 'tried_at'>

/** What these addresses answered last. */
export async function triedOf(
  db: Db,
  organization_id: string,
  addresses: readonly string[],
): Promise<Map<string, TriedLink>> {
  if (addresses.length === 0) return new Map()
  const rows = await db
    .selectFrom('mail_link')
    .select(['address', 'result', 'status', 'tried_at'])
    .where('organization_id', '=', organization_id)
    .where('address', 'in', addresses)
    .execute()
  return new Map(rows.map((row) => [row.address, row]))
}
