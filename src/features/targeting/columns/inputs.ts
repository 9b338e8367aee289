import { sql } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'

/**
 * What the columns are built from, as one text that is another as soon as a file of voters, votes or numbers was imported.
 * An import writes its row of `voter_file` in the transaction of the rows themselves, so the text changes with them.
 */
// Crosswalks fill districts, maps say where election districts lie, and estimates of communities may be made anew: what is being written changes the text with each batch.
export const inputsQuery = `select coalesce((select md5(string_agg(file_id || ' ' || extract(epoch from imported_at) || ' ' || counts::text, ',' order by file_id)) from voter_file), 'none')
  || ' ' || (select count(*) || ' ' || coalesce(max(election_id), 0) from election)
  || ' ' || coalesce((select md5(string_agg(state || kind || loaded_at::text, ',' order by state, kind)) from crosswalk), 'none')
  || ' ' || coalesce((select string_agg(state || loaded_at::text, ',' order by state) from district_map where kind = 'ed'), 'none')
  || ' ' || coalesce((select md5(string_agg(state || version || coalesce(refreshing, '') || refreshed_to || coalesce(refreshed_at::text, ''), ',' order by state))
    from community_estimate), 'none') as inputs`

export async function inputsOf(db: Db): Promise<string> {
  const { rows } = await sql<{ inputs: string }>`${sql.raw(inputsQuery)}`.execute(db)
  return rows[0]?.inputs ?? ''
}
