import { newYorkCounties } from '../../geography/new-york-counties.ts'
import { manyGone } from '../limits.ts'
import { provisionalBase, withoutNumber } from '../rules/keys.ts'
import { cityCounties, countyNumberOf, ofTheCity } from './city-counties.ts'
import { comparedParts, pairUp, unsureRows } from './pairing.ts'
import { rejectUnknown } from './unknown.ts'
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
     select voter_id, ${provisionalBase} - state_key as number, last_key, given_key, first_name, middle_name, birth_date, birth_year, house_number, street, zip5 from ${table} where id_kind is not null`,
  )
  await client.query('analyze waiting')
  return (await client.query('select from waiting limit 1')).rows.length > 0
}

const cityCodes = Object.entries(newYorkCounties)
  .filter(([, county]) => cityCounties.includes(county))
  .map(([code]) => `'${code}'`)
  .join(', ')

/**
 * Gives those who wait the id the state's file has for them, so that everything that points to them points to the state's
 * record (pairing.ts says who is who); the number in the city stays known, by which its next list names them. Only rows of
 * nobody we have are looked at, and only of who lives in the city or has moved away from it. Who they are is in `rekeyed`
 * then. Written also where only looked at: it is undone with the rest.
 */
export async function rekey(run: Run, table: string): Promise<void> {
  const { client, counts } = run
  const isThere = `s.county in (${ofTheCity})`
  const wasThere = `ltrim(s.other ->> 'previous_county', '0') in (${cityCodes})`
  const parts = comparedParts
  // Who has the state's id already is in nobody's place, but may be the one a row of the same name and day is of.
  await client.query(
    `create temp table listed on commit drop as
     select s.state_key as key, case when ${isThere} or s.county is null then ${countyNumberOf('s')} end as number,
       ${parts('s')}, s.county is null as is_nowhere, s.status = 'purged' as is_purged, false as is_known
     from staging s where (s.county is null or ${isThere} or ${wasThere}) and not exists (select from ${table} v where v.state_key = s.state_key)
     union all
     select v.state_key, null, ${parts('v')}, false, v.status = 'purged', true from ${table} v
     where v.id_kind is null and (v.county is null or v.county in (${ofTheCity})) and exists (select from waiting w where w.last_key = v.last_key and w.birth_date = v.birth_date)`,
  )
  await client.query(
    `create temp table claimed on commit drop as select w.voter_id, w.number, 0 as merit, ${parts('w')} from waiting w`,
  )
  await pairUp(client)
  await leaveOutUnsure(run)
  await client.query(
    `create temp table rekeyed on commit drop as select p.voter_id, s.state_key, s.state_voter_id from pair p join staging s on s.state_key = p.key`,
  )
  await client.query('analyze rekeyed')
  await client.query(
    `insert into voter_change (voter_id, file_id, kind, before, after)
     select v.voter_id, $1, 'other', jsonb_build_object('state_voter_id', v.state_voter_id), jsonb_build_object('state_voter_id', r.state_voter_id)
     from rekeyed r join ${table} v using (voter_id)`,
    [run.file_id],
  )
  const rekeyed = await client.query(
    `update ${table} v set state_key = r.state_key, state_voter_id = r.state_voter_id, id_kind = null, unmatched_in = null,
       city_number = case when v.state_key > ${provisionalBase - withoutNumber} then ${provisionalBase} - v.state_key end
     from rekeyed r where r.voter_id = v.voter_id`,
  )
  if (rekeyed.rowCount) counts.rekeyed = rekeyed.rowCount
}

/**
 * A file without birth dates cannot say whether a row of the name and year of one who waits is of them. Taken in, they would
 * be there twice, and no later file could put that right: such rows are left to the state's own file.
 */
async function leaveOutUnsure(run: Run): Promise<void> {
  await run.client.query(
    `create temp table unsure on commit drop as select u.key, w.ordinal from (${unsureRows}) u join winner w using (key)`,
  )
  const unsure = await run.client.query('delete from winner w using unsure u where u.key = w.key')
  if (unsure.rowCount === 0) return
  await run.client.query('delete from staging s using unsure u where u.key = s.state_key')
  await rejectUnknown(run, 'select ordinal from unsure', 'birth_date_needed')
}

/**
 * Who the state's file has nobody for stays as the city has them, and is marked: they may be of another name there, or no
 * longer registered. A file that has few of them is a part of one, and says nothing of the others.
 */
export async function markUnmatched(run: Run, table: string): Promise<void> {
  const { client, counts } = run
  // Who has left the city's list or was taken off it waits for nothing.
  const left = `from ${table} v where v.id_kind is not null and v.gone_in is null and v.status <> 'purged'`
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
