import { sql, type RawBuilder } from 'kysely'
import '../people/tables.ts'

/** Where post goes by what an organization was told. */

/** Without a ZIP nothing arrives; so the voter file's own, which is noted in one line, stays the file's. */
const isForPost = sql`zip5 is not null and kind <> 'earlier' and (kind = 'mailing' or is_preferred) and quality not in ('undeliverable', 'moved')`

/** Post reaches a person `p` at a home or mailing address we were told. */
export const isToldWhere: RawBuilder<boolean> = sql`((p.address is not null and p.zip5 is not null)
  or exists (select from person_address where organization_id = p.organization_id and person_id = p.person_id and ${isForPost}))`

/**
 * Where post goes by what we were told, which comes before the file: the address chosen for it, else a mailing address; never
 * one it came back from. One for each voter. A home is no mailbox of its own: post goes there as to everybody's.
 */
export const toldMail = (organization_id: string): RawBuilder<unknown> => sql`(
  select p.voter_id, one.address_key, one.address, one.city, one.state, one.zip5 from person p
  cross join lateral (
    select kind, address_key, address, city, state, zip5 from person_address
    where organization_id = ${organization_id} and person_id = p.person_id and ${isForPost}
    order by is_preferred desc, added_at, address_key limit 1) one
  where p.organization_id = ${organization_id} and p.merged_into is null and p.voter_id is not null and one.kind <> 'home')`
