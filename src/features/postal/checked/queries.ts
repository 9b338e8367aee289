import { sql, type Selectable } from 'kysely'
import { byteOrderMark, csvLine } from '../../../platform/csv.ts'
import type { Db } from '../../../platform/db/db.ts'
import { linesOf } from '../address/rules.ts'
import type { MailAddress } from '../address/schema.ts'
import { keyOfPiece, pageSize, type Drop } from '../drops/queries.ts'
import type { PostalAddressTable, PostalCheckedFileTable, PostalCheckedRowTable } from '../tables.ts'
import { FoundCass } from './schema.ts'

export type CheckedFile = Selectable<PostalCheckedFileTable>
export type CheckedRow = Selectable<PostalCheckedRowTable> & {
  /** As we had it. */
  asked: string | null
  name: string | null
}

export const checkedFile = (db: Db, organization_id: string, file_id: string): Promise<CheckedFile | undefined> =>
  db.selectFrom('postal_checked_file').selectAll().where('organization_id', '=', organization_id).where('file_id', '=', file_id).executeTakeFirst() // prettier-ignore

/** The newest first. */
export const checkedFiles = (db: Db, organization_id: string): Promise<CheckedFile[]> =>
  db.selectFrom('postal_checked_file').selectAll().where('organization_id', '=', organization_id).orderBy('brought_at', 'desc').limit(100).execute() // prettier-ignore

/** Rows of a file with a verdict; '': with any. */
export async function checkedRows(
  db: Db,
  { organization_id, file_id }: Pick<CheckedFile, 'organization_id' | 'file_id'>,
  verdict: string,
  from: number,
): Promise<{ rows: CheckedRow[]; total: number }> {
  const { rows } = await sql<CheckedRow & { total: number }>`
    select r.*, (count(*) over ())::integer as total,
      coalesce(concat_ws(' ', a.delivery, a.unit) || ', ' || a.city || ' ' || a.state || ' ' || a.zip5,
        nullif(concat_ws(', ', nullif(concat_ws(' ', v.house_number, v.street, v.unit), ''), nullif(concat_ws(' ', v.city, v.state, v.zip5), '')), '')) as asked,
      concat_ws(' ', coalesce(p.first_name, v.first_name), coalesce(p.last_name, v.last_name)) as name
    from postal_checked_row r
    left join postal_address a on a.organization_id = r.organization_id and a.address_id = r.address_id
    left join voter_record v on v.voter_id = r.voter_id and r.verdict <> 'unknown_id'
    left join person p on p.organization_id = r.organization_id and p.voter_id = r.voter_id and p.merged_into is null
    where r.organization_id = ${organization_id}::uuid and r.file_id = ${file_id}::uuid and (${verdict} = '' or r.verdict = ${verdict})
    order by r.line limit ${pageSize} offset ${from}`.execute(db)
  return { rows, total: rows[0]?.total ?? 0 }
}

/** How many rows of it were taken over. */
export async function appliedRows(db: Db, { organization_id, file_id }: Pick<CheckedFile, 'organization_id' | 'file_id'>): Promise<number> {
  const row = await db.selectFrom('postal_checked_row').select(sql<number>`count(*)::integer`.as('count')).where('organization_id', '=', organization_id).where('file_id', '=', file_id).where('applied_at', 'is not', null).executeTakeFirst()
  return row?.count ?? 0
} // prettier-ignore

export interface ListChecked {
  /** Of its pieces, those whose address certified software knows, and the last day it was asked about any of them. */
  cass: number
  cass_last: string | null
  /** Of the voters it is for, those a file of moves named on that day or later, and of any file that day. */
  recipients: number
  moves: number
  moves_last: string | null
}

/** How far the addresses of a list were checked, by files that were taken over; moves since a day alone. */
export async function checkedOfList(db: Db, { organization_id, drop_id }: Pick<Drop, 'organization_id' | 'drop_id'>, since: string): Promise<ListChecked> {
  const { rows } = await sql<ListChecked>`
    with known as materialized (select a.address_key, ${foundKey} as found_key, a.checked_on from postal_address a
      where a.organization_id = ${organization_id}::uuid and a.found is not null),
    keys as (select address_key as key, checked_on from known union select found_key, checked_on from known),
    of_pieces as (select p.number, max(k.checked_on) as checked_on from postal_piece p left join keys k on k.key = ${keyOfPiece(sql`p`)}
      where p.organization_id = ${organization_id}::uuid and p.drop_id = ${drop_id}::uuid group by 1),
    of_records as (select coalesce(r.same_as, r.voter_id) as voter_id, (select max(f.checked_on) from postal_checked_row c
        join postal_checked_file f on f.organization_id = c.organization_id and f.file_id = c.file_id
        where c.organization_id = r.organization_id and c.voter_id = r.voter_id and c.verdict <> 'unknown_id' and f.kind = 'ncoa' and f.state in ('applying', 'applied')) as checked_on
      from postal_recipient r where r.organization_id = ${organization_id}::uuid and r.drop_id = ${drop_id}::uuid),
      of_voters as (select voter_id, max(checked_on) as checked_on from of_records group by 1)
    select (select count(checked_on)::integer from of_pieces) as cass, (select max(checked_on)::text from of_pieces) as cass_last,
      (select count(*)::integer from of_voters) as recipients, (select count(*) filter (where checked_on >= ${since}::date)::integer from of_voters) as moves,
      (select max(checked_on)::text from of_voters) as moves_last`.execute(db)
  return rows[0] ?? { cass: 0, cass_last: null, recipients: 0, moves: 0, moves_last: null }
} // prettier-ignore

/** Addresses that get nothing because certified software did not confirm them. */
export async function notConfirmed(db: Db, organization_id: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::integer as count from postal_address
    where organization_id = ${organization_id}::uuid and found ->> 'dpv' = 'N'`.execute(db)
  return rows[0]?.count ?? 0
}

const atOnce = 5000

/** What certified software said of these addresses of ours, by `addressKey`. */
export async function checkedAmong(db: Db, organization_id: string, keys: readonly string[]): Promise<Map<string, FoundCass>> {
  const found = new Map<string, FoundCass>()
  for (let at = 0; at < keys.length; at += atOnce) {
    const rows = await db
      .selectFrom('postal_address')
      .select(['address_key', 'found'])
      .where('organization_id', '=', organization_id)
      .where('found', 'is not', null)
      .where('address_key', '=', sql<string>`any(${keys.slice(at, at + atOnce)}::text[])`)
      .execute()
    for (const row of rows) found.set(row.address_key, FoundCass.parse(row.found))
  }
  return found
} // prettier-ignore

/** As `addressKey`, of what was found for address `a`. */
export const foundKey = sql<string>`(a.found ->> 'delivery') || '|' || regexp_replace(coalesce(a.found ->> 'unit', ''), '^(APT|#) ', '') || '|' || (a.found ->> 'zip5')`

/** The addresses of a list as a file for certified software (CASS), each with the id under which it comes back. */
export async function* cassLines(db: Db, { organization_id, drop_id }: Drop): AsyncGenerator<string> {
  const keys = sql`select ${keyOfPiece(sql`p`)} from postal_piece p where p.organization_id = ${organization_id}::uuid and p.drop_id = ${drop_id}::uuid`
  yield byteOrderMark + csvLine(['HanpyoId', 'Address1', 'Address2', 'City', 'State', 'ZIP', 'ZIP4'])
  for (let after = 0; ;) {
    const { rows } = await sql<Selectable<PostalAddressTable>>`
      select a.* from postal_address a where a.organization_id = ${organization_id}::uuid and a.address_id > ${after}
        and (a.address_key in (${keys}) or ${foundKey} in (${keys}))
      order by a.address_id limit ${atOnce}`.execute(db)
    for (const { address_id, delivery, unit, city, state, zip5, zip4 } of rows)
      yield csvLine([`A${address_id}`, delivery, unit ?? '', city, state, zip5, zip4 ?? ''])
    if (rows.length < atOnce) return
    after = rows.at(-1)?.address_id ?? 0
  }
}

interface NamedRow extends Pick<MailAddress, 'delivery' | 'unit' | 'city' | 'state' | 'zip5' | 'zip4'> {
  voter_id: number
  first: string | null
  last: string
  number: number
}

/** Everybody on a list by name and address as a file for the post's records of moves (NCOALink). */
export async function* ncoaLines(db: Db, { organization_id, drop_id }: Drop): AsyncGenerator<string> {
  yield byteOrderMark + csvLine(['HanpyoId', 'FirstName', 'LastName', 'Address1', 'Address2', 'City', 'State', 'ZIP', 'ZIP4'])
  for (let after = 0; ; ) {
    const { rows } = await sql<NamedRow>`
      select r.voter_id, coalesce(w.first_name, v.first_name) as first, coalesce(w.last_name, v.last_name) as last, p.number,
        p.delivery, p.unit, p.city, p.state, p.zip5, p.zip4
      from postal_recipient r
      join postal_piece p on p.organization_id = r.organization_id and p.drop_id = r.drop_id and p.number = r.number
      join voter_record v on v.voter_id = r.voter_id
      left join person w on w.organization_id = r.organization_id and w.voter_id = r.voter_id and w.merged_into is null
      where r.organization_id = ${organization_id}::uuid and r.drop_id = ${drop_id}::uuid and r.voter_id > ${after}
      order by r.voter_id limit ${atOnce}`.execute(db)
    for (const { voter_id, first, last, delivery, unit, city, state, zip5, zip4 } of rows)
      yield csvLine([`V${voter_id}`, first, last, delivery, unit ?? '', city, state, zip5, zip4 ?? ''])
    if (rows.length < atOnce) return
    after = rows.at(-1)?.voter_id ?? 0
  }
} // prettier-ignore

/** An address in one line. */
export const inOneLine = (
  address: Pick<MailAddress, 'delivery' | 'unit' | 'city' | 'state' | 'zip5' | 'zip4'>,
): string => linesOf({ kind: 'street', above: [], ...address }).join(', ')
