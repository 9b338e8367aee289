import type { Run } from './run.ts'

/** The elections of the state, those met in this file too, as a temporary table `election_day`. */
export async function electionDays({ client, layout, elections }: Run): Promise<void> {
  await client.query(
    'create temp table election_day (election_id integer primary key, held_on date, year integer) on commit drop',
  )
  await client.query('insert into election_day select election_id, held_on, year from election where state = $1', [
    layout.state,
  ])
  for (const { election_id, held_on, year } of elections.added)
    await client.query('insert into election_day values ($1, $2, $3)', [election_id, held_on, year])
}

/** Newest first, as the mapper sorts them; of `code` joined with `election_day`. */
export const newestFirst = 'array_agg(code order by coalesce(held_on, make_date(year, 12, 31)) desc, code desc)'
