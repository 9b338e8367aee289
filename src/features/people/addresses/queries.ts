import type { Selectable } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import type { PersonAddressTable } from '../tables.ts'

export type PersonAddress = Selectable<PersonAddressTable>

/** Of several people at once: those for post first, earlier ones last. */
export const addressesOf = (db: Db, organization_id: string, person_ids: readonly string[]): Promise<PersonAddress[]> =>
  db
    .selectFrom('person_address')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('person_id', 'in', person_ids)
    .orderBy('is_preferred', 'desc')
    .orderBy((eb) => eb('kind', '=', 'earlier'))
    .orderBy('added_at')
    .orderBy('address_key')
    .execute()
