import { newYorkCounties } from '../../geography/new-york-counties.ts'
import { manyGone } from '../limits.ts'
import { provisionalBase } from '../rules/keys.ts'
import { cityCounties, countyNumberOf, ofTheCity } from './city-counties.ts'
import type { Run } from './run.ts'

/**
 * Voters of a city's list who wait for the state's file, in `waiting`; false where there are none. Asked of the files
 * first: to look through all records of a state takes long.
 */
export async function findWaiting({ client, layout }: Run, table: string): Promise<boolean> {
  const brought = await client.query(
    "select from voter_file where state = $1 and layout = 'us-nyc' and first_voter_id is not null limit 1",
    [layout.state],
  )
  if (brought.rows.length === 0) return false
  await client.query(
    `create temp table waiting on commit drop as
     select voter_id, ${provisionalBase} - state_key as number, last_key, given_key, birth_date from ${table} where id_kind is not null`,
  )
  await client.query('analyze waiting')
  return (await client.query('select from waiting limit 1')).rows.length > 0
}

const cityCodes = Object.entries(newYorkCounties)
  .filter(([, county]) => cityCounties.includes(county))
  .map(([code]) => `'${code}'`)
  .join(', ')

/** Either may have an initial where the other has the whole middle name. */
const sameName = `w.last_key = s.last_key and w.given_key <> '' and s.given_key <> ''
  and (starts_with(s.given_key, w.given_key) or starts_with(w.given_key, s.given_key))`
const sameBirth = 'w.birth_date = s.birth_date'

/**
 * Gives those who wait the id the state's file has for them, so that everything that points to them points to the state's
 * record: by their number in the city, unless both name and birth date speak against it; else by name and birth date, where
 * one of either fits alone. Only rows of nobody we have are looked at, and only of who lives in the city or has moved away
 * from it. Who they are is in `rekeyed` then. Written also where only looked at: it is undone with the rest.
 */
export async function rekey(run: Run, table: string): Promise<void> {
  const { client, counts } = run
  const isThere = `s.county in (${ofTheCity})`
  const wasThere = `ltrim(s.other ->> 'previous_county', '0') in (${cityCodes})`
  await client.query(
    `create temp table newcomer on commit drop as
     select s.state_key, s.state_voter_id, case when ${isThere} or s.county is null then ${countyNumberOf('s')} end as number,
       s.last_key, s.given_key, s.birth_date, s.county is null as is_nowhere, s.status = 'purged' as is_purged
     from staging s where (s.county is null or ${isThere} or ${wasThere}) and not exists (select from ${table} v where v.state_key = s.state_key)`,
  )
  await client.query('analyze newcomer')
  await client.query(
    'create temp table rekeyed (voter_id integer, state_key bigint, state_voter_id text) on commit drop',
  )
  // Without a county the number may be another county's.
  const byNumber = `w.number = s.number and case when s.is_nowhere then ${sameBirth} and ${sameName} else ${sameBirth} or (${sameName}) end`
  // Who moved may have an older, purged row beside the one that counts.
  for (const which of ['not s.is_purged', 's.is_purged'])
    for (const fits of [byNumber, `${sameBirth} and ${sameName}`])
      await client.query(
        `insert into rekeyed
         select voter_id, state_key, state_voter_id from (
           select w.voter_id, s.state_key, s.state_voter_id,
             count(*) over (partition by w.voter_id) as rows_fitting, count(*) over (partition by s.state_key) as voters_fitting
           from waiting w join newcomer s on ${fits}
           where ${which} and not exists (select from rekeyed r where r.voter_id = w.voter_id)
             and not exists (select from rekeyed r where r.state_key = s.state_key)
         ) pair where rows_fitting = 1 and voters_fitting = 1`,
      )
  await client.query('analyze rekeyed')
  await client.query(
    `insert into voter_change (voter_id, file_id, kind, before, after)
     select v.voter_id, $1, 'other', jsonb_build_object('state_voter_id', v.state_voter_id), jsonb_build_object('state_voter_id', r.state_voter_id)
     from rekeyed r join ${table} v using (voter_id)`,
    [run.file_id],
  )
  const rekeyed = await client.query(
    `update ${table} v set state_key = r.state_key, state_voter_id = r.state_voter_id, id_kind = null, unmatched_in = null
     from rekeyed r where r.voter_id = v.voter_id`,
  )
  if (rekeyed.rowCount) counts.rekeyed = rekeyed.rowCount
}

/**
 * Who the state's file has nobody for stays as the city has them, and is marked: they may be of another name there, or no
 * longer registered. A file that has few of them is a part of one, and says nothing of the others.
 */
export async function markUnmatched(run: Run, table: string): Promise<void> {
  const { client, counts } = run
  const left = `from ${table} v where v.id_kind is not null`
  const found = await client.query<{ left: number; spoken: number }>(
    `select count(*)::integer as left, count(*) filter (where v.county is null or v.county = any($1::text[]))::integer as spoken ${left}`,
    [run.counties ?? []],
  )
  const { left: city_only = 0, spoken = 0 } = found.rows[0] ?? {}
  if (city_only > 0) counts.city_only = city_only
  const of = spoken + (counts.rekeyed ?? 0)
  const isPart = spoken >= manyGone.at_least_voters && spoken > of * manyGone.share && !run.accept_gone
  const isOfTheCity = run.counties?.some((county) => cityCounties.includes(county)) ?? false
  if (isPart || !isOfTheCity) return
  await client.query(
    `update ${table} v set unmatched_in = $2 where v.id_kind is not null and v.unmatched_in is null
       and (v.county is null or v.county = any($1::text[]))`,
    [run.counties, run.file_id],
  )
}
