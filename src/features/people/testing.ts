import { sql } from 'kysely'
import type { Db } from '../../platform/db/db.ts'
import { nameKeys } from '../voterfile/rules/names.ts'
import '../voterfile/tables.ts'

/* Voters with names of their own, for tests of rooms that look for people. */

export interface NamedVoter {
  voter_id: number
  last_name: string
  first_name: string
  middle_name?: string
  birth_date?: string
  house_number?: string
  street?: string
  unit?: string
  city?: string | null
  zip5?: string | null
  county?: string | null
  cd?: number | null
  sd?: number | null
  ad?: number | null
  ed?: number | null
  ccd?: number | null
  party?: string
  status?: string
  household_key?: number
  p_korean?: number
  votes?: number[]
  /** E.164 */
  phones?: string[]
}

/** Puts voters of New York into the commons. */
export async function addNamedVoters(owner: Db, voters: readonly NamedVoter[]): Promise<void> {
  await sql`create table if not exists voter_record_ny partition of voter_record for values in ('NY')`.execute(owner)
  await sql`create unique index if not exists voter_record_ny_voter_id on voter_record_ny (voter_id)`.execute(owner)
  const rows = voters.map((voter) => ({
    state_key: voter.voter_id,
    row_hash: 0,
    file_id: 1,
    p_chinese: 0,
    p_south_asian: 0,
    p_vietnamese: 0,
    p_filipino: 0,
    p_japanese: 0,
    p_korean: 0,
    votes: [],
    state: 'NY',
    state_voter_id: `NY${String(voter.voter_id).padStart(18, '0')}`,
    party: 'dem',
    status: 'active',
    city: 'Flushing',
    zip5: '11355',
    county: 'queens',
    ccd: 20,
    ad: 40,
    registered_on: '2004-03-01',
    birth_date: '1958-05-05',
    house_number: '41-25',
    street: 'Kissena Blvd',
    ...voter,
    birth_year: Number((voter.birth_date ?? '1958').slice(0, 4)),
    ...nameKeys(voter.last_name, voter.first_name, voter.middle_name ?? null),
  }))
  await sql`insert into voter_record select * from jsonb_populate_recordset(null::voter_record, ${JSON.stringify(rows)}::jsonb)`.execute(
    owner,
  )
  const phones = voters.flatMap(({ voter_id, phones: own = [] }) => own.map((phone) => ({ voter_id, phone })))
  await sql`insert into voter_phone (voter_id, phone, matched_by, source, received_on)
    select voter_id, phone, 'state_id', 'nyc-boe', '2026-10-01' from jsonb_to_recordset(${JSON.stringify(phones)}::jsonb) as x (voter_id integer, phone text)`.execute(
    owner,
  )
}
