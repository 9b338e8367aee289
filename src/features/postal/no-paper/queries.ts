import { sql } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'

/** How many addresses are closed to the organization's post: by its own lists, and by those of the installation. */
export async function closedAddresses(db: Db, organization_id: string): Promise<{ own: number; installation: number }> {
  const { rows } = await sql<{ own: number; installation: number }>`select
    (select count(distinct hash)::integer from suppressed where organization_id = ${organization_id}::uuid and kind = 'address') as own,
    (select count(distinct hash)::integer from installation_suppressed where kind = 'address') as installation`.execute(
    db,
  )
  return rows[0] ?? { own: 0, installation: 0 }
}
