import { sql } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import { ownHomesToldBy } from '../../people/suppressions/commands.ts'
import { keyOfPiece } from '../drops/queries.ts'
import { noPaperList } from './schema.ts'

/** How many addresses are closed to the organization's post: by its own lists, and by those of the installation. */
export async function closedAddresses(db: Db, organization_id: string): Promise<{ own: number; installation: number }> {
  const { rows } = await sql<{ own: number; installation: number }>`select
    (select count(distinct hash)::integer from suppressed where organization_id = ${organization_id}::uuid and kind = 'address') as own,
    (select count(distinct hash)::integer from installation_suppressed where kind = 'address') as installation`.execute(
    db,
  )
  return rows[0] ?? { own: 0, installation: 0 }
}

/** Keys of homes the organization closed itself, of those it made pieces out to: of the others it has no more than a keyed hash. */
async function homesClosedHere(db: Db, organization_id: string): Promise<string[]> {
  const { rows } = await sql<{ key: string }>`
    with closed as materialized (select s.hash from suppressed s join suppression_list l on l.organization_id = s.organization_id and l.list_id = s.list_id
      where s.organization_id = ${organization_id}::uuid and s.kind = 'address' and l.name = ${noPaperList} and l.taken_back_at is null),
    known as (
      select ${keyOfPiece(sql`p`)} as key from postal_piece p where p.organization_id = ${organization_id}::uuid
      union select unnest(r.home_keys) from postal_recipient r where r.organization_id = ${organization_id}::uuid)
    select key from known where exists (select from closed) and suppression_hash(sha256(convert_to(key, 'UTF8'))) in (select hash from closed)`.execute(
    db,
  )
  return rows.map(({ key }) => key)
}
ownHomesToldBy(homesClosedHere)
