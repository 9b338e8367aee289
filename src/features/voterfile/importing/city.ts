import { recordColumns } from '../mapping/mapper.ts'
import { TupleWriter } from '../mapping/tuples.ts'
import { provisionalBase, rankSql, withoutNumber } from '../rules/keys.ts'
import { importStaged } from './again.ts'
import { changeOrCount } from './changed.ts'
import { cityCounties, countyNumber, merit, ofTheCity } from './city-counties.ts'
import { BinaryCopy } from './copying.ts'
import { importFirst, partitionOf } from './first.ts'
import { comparedParts, pairUp } from './pairing.ts'
import { rejectUnknown } from './unknown.ts'
import { readRows } from './reading.ts'
import type { Run } from './run.ts'

const pieceBytes = 64 * 1024

/**
 * A city board's list before anything of the state: its voters stand by themselves, with ids made of their number in the
 * city. It speaks of its own counties only.
 */
export async function importCityFirst(run: Run): Promise<void> {
  await importFirst(run)
  const counties = await run.client.query<{ county: string }>(
    `select distinct coalesce(county, '') as county from ${partitionOf(run.layout.state)} order by county`,
  )
  run.counties = counties.rows.map(({ county }) => county)
}

/**
 * A city board's list where voters of its state are stored. Its rows are joined to the records of the state's file
 * (pairing.ts says who is who), and add what that does not have (council district, court districts, telephone); the state
 * file stays the truth for all else, and of who is there. Voters known from the city alone are changed and go as its list
 * says. New ones come with it only as long as the state's file has not: then a row of nobody is wrong. Returns whether they
 * could.
 */
export async function importCityFile(run: Run): Promise<boolean> {
  const { client, layout, counts } = run
  const table = partitionOf(layout.state)
  const columns = recordColumns.join(', ')
  await client.query(`create temp table staging on commit drop as select ${columns} from voter_record with no data`)
  const copy = new BinaryCopy(client, `copy staging (${columns}) from stdin with (format binary)`)
  const out = new TupleWriter(pieceBytes * 4)
  await readRows(
    run,
    {
      take(mapper, reader) {
        const kind = mapper.look(reader)
        if (kind !== 'purged' && !run.isKept(kind, reader)) return
        out.reserve(mapper.roomFor(reader))
        // Its place in the file stands where the voter's number will.
        mapper.write(reader, out, counts.read - 1, run.file_id)
        // One number may stand for two people: a telephone is noted for its row.
        run.notePhone(mapper, counts.read - 1)
      },
    },
    { check: () => out.at > pieceBytes, flush: () => (out.at > 0 ? copy.write(out.take()) : null) },
  )
  await copy.end()

  run.progress({ phase: 'comparing' })
  await client.query("set local work_mem = '128MB'")
  await client.query(
    `create temp table winner on commit drop as
     select distinct on (state_key) voter_id as ordinal, state_key as key, row_hash as hash, status = 'purged' as is_purged
     from staging order by state_key, ${rankSql} desc, voter_id`,
  )
  await client.query('analyze winner')
  await client.query(
    `create temp table told on commit drop as
     select s.voter_id as ordinal, s.state_key as key from staging s join winner w on w.key = s.state_key join staging m on m.voter_id = w.ordinal
     where s.voter_id = w.ordinal or s.last_key = m.last_key and s.given_key = m.given_key and s.birth_date is not distinct from m.birth_date`,
  )
  const doubles = await client.query('delete from staging s using winner w where w.key = s.state_key and w.ordinal <> s.voter_id') // prettier-ignore
  if (doubles.rowCount) counts.duplicates = doubles.rowCount
  if (!run.include_purged) {
    // A purged row of somebody the city alone knows is news; of anybody else it is skipped.
    const skipped = await client.query(
      `delete from winner w where is_purged and not exists (select from ${table} v where v.state_key = w.key)`,
    )
    if (skipped.rowCount) counts.skipped_purged = skipped.rowCount
    await client.query('delete from staging s where not exists (select from winner w where w.key = s.state_key)')
  }
  await client.query('analyze staging')

  await pairWithVoters(run, table)
  // Who has left the city keeps nothing of it but the telephone.
  const isHome = `v.county in (${ofTheCity})`
  await client.query(
    `create temp table joined on commit drop as
     select v.voter_id, s.state_key as county_key, ${numberOf('s.state_key')} as number,
       case when ${isHome} then s.ccd end as ccd, case when ${isHome} then s.districts end as districts, case when ${isHome} then s.other end as other
     from pair p join staging s on s.state_key = p.key join ${table} v on v.voter_id = p.voter_id where v.id_kind is null`,
  )
  await client.query('analyze joined')
  await client.query(
    'create temp table also_spoken_of on commit drop as select distinct s.county from staging s join joined j on j.county_key = s.state_key where s.county is not null',
  )
  await keepNumbers(run, table)
  const news = `joined j where j.voter_id = v.voter_id and (v.ccd, v.districts, v.other) is distinct from
       (coalesce(j.ccd, v.ccd), nullif(coalesce(v.districts, '{}') || coalesce(j.districts, '{}'), '{}'), nullif(coalesce(v.other, '{}') || coalesce(j.other, '{}'), '{}'))`
  const updated = await changeOrCount(
    run,
    table,
    `ccd = coalesce(j.ccd, v.ccd), districts = nullif(coalesce(v.districts, '{}') || coalesce(j.districts, '{}'), '{}'),
       other = nullif(coalesce(v.other, '{}') || coalesce(j.other, '{}'), '{}')`,
    news,
  )
  const matched = await client.query<{ n: number }>('select count(*)::integer as n from joined')
  await client.query('delete from winner w using joined j where j.county_key = w.key')

  // Counties the state's file has not told of, or of a part only. Where one has been told of, whose county is not known may be of it.
  const waiting = await client.query<{ county: string }>(
    `select county from unnest($1::text[]) county where not exists (select from ${table} v where v.id_kind is null and v.county = county.county)
       or exists (select from ${table} v where v.id_kind is not null and v.unmatched_in is null and v.county = county.county)`,
    [cityCounties],
  )
  const open = waiting.rows.map(({ county }) => county)
  const unknown = await client.query(
    `delete from winner w using staging s where s.state_key = w.key and coalesce(s.county, $2) <> all($1::text[])
       and not exists (select from ${table} v where v.state_key = w.key)`,
    [open, cityCounties.find((county) => !open.includes(county)) ?? 'queens'],
  )
  if (unknown.rowCount) {
    counts.unknown_voters = unknown.rowCount
    await rejectUnknown(
      run,
      `select voter_id as ordinal from staging s where not exists (select from winner w where w.key = s.state_key)
         and not exists (select from joined j where j.county_key = s.state_key)`,
    )
  }
  // What is left of the rows is of the city alone, and of that only what is news.
  await client.query(
    `delete from staging s where not exists (select from winner w where w.key = s.state_key)
       or exists (select from ${table} v where v.state_key = s.state_key and v.row_hash = s.row_hash)`,
  )
  await importStaged(run)
  counts.updated += updated
  counts.unchanged += (matched.rows[0]?.n ?? 0) - updated
  await client.query(
    `create temp table phone_holder on commit drop as
     select j.voter_id, t.ordinal as row from joined j join told t on t.key = j.county_key
     union all select v.voter_id, t.ordinal from ${table} v join told t on t.key = v.state_key where v.id_kind is not null`,
  )
  run.phoneKey = 'row'
  run.counties = (run.counties ?? []).filter((county) => county === '' || open.includes(county))
  return open.length > 0
}

const numberOf = (key: string): string => `${provisionalBase} - ${key}`

/**
 * Who of the list is who of our voters, in `pair`. Voters of the city alone whom the list has under another number than
 * before get that; whose number the list gives to somebody else is left without one. Written also where only looked at.
 */
async function pairWithVoters(run: Run, table: string): Promise<void> {
  const { client, counts } = run
  const parts = comparedParts
  await client.query(
    `create temp table listed on commit drop as
     select s.state_key as key, (${numberOf('s.state_key')})::numeric as number, ${parts('s')}, false as is_nowhere, s.status = 'purged' as is_purged, false as is_known
     from staging s`,
  )
  // A number counts by whom the city has it of, and by whom the state says it of.
  await client.query(
    `create temp table claimed on commit drop as
     select voter_id, number, ${merit} as merit, ${parts('v')} from (
       select v.*, true as is_own, (${numberOf('v.state_key')})::numeric as number from ${table} v where v.id_kind is not null
       union all select v.*, true, v.city_number::numeric from ${table} v where v.id_kind is null and v.city_number > 0
       union all select v.*, false, ${countyNumber} from ${table} v where v.id_kind is null and v.county in (${ofTheCity})
     ) v`,
  )
  await pairUp(client)
  await client.query(
    `create temp table displaced on commit drop as
     select v.voter_id, v.state_voter_id, p.key from ${table} v left join pair p using (voter_id) left join staging s on s.state_key = v.state_key
     where v.id_kind is not null and case when p.key is null then s.state_key is not null else p.key <> v.state_key end`,
  )
  await client.query(
    `update ${table} v set state_key = ${provisionalBase - withoutNumber} - v.voter_id, state_voter_id = 'NYC' || (${withoutNumber} + v.voter_id), city_number = 0
     from displaced d where d.voter_id = v.voter_id`,
  )
  await client.query(
    `update ${table} v set state_key = s.state_key, state_voter_id = s.state_voter_id, county_voter_id = s.county_voter_id, city_number = null
     from displaced d join staging s on s.state_key = d.key where d.voter_id = v.voter_id`,
  )
  await client.query(
    `insert into voter_change (voter_id, file_id, kind, before, after)
     select v.voter_id, $1, 'other', jsonb_build_object('state_voter_id', d.state_voter_id), jsonb_build_object('state_voter_id', v.state_voter_id)
     from displaced d join ${table} v using (voter_id)`,
    [run.file_id],
  )
  if (run.include_purged) return
  // Looked at only because somebody else had the number.
  const skipped = await client.query(
    `delete from winner w where is_purged and not exists (select from pair p where p.key = w.key)`,
  )
  if (skipped.rowCount) counts.skipped_purged = (counts.skipped_purged ?? 0) + skipped.rowCount
  await client.query('delete from staging s where not exists (select from winner w where w.key = s.state_key)')
}

/** The state's word for a number in the city holds until a list of the city says otherwise: by files without names it is believed. */
async function keepNumbers({ client }: Run, table: string): Promise<void> {
  await client.query(
    `update ${table} v set city_number = j.number from joined j
     where j.voter_id = v.voter_id and v.city_number is distinct from j.number and (v.city_number is not null or ${countyNumber} is distinct from j.number or (v.county in (${ofTheCity})) is not true)`,
  )
  await client.query(
    `update ${table} v set city_number = 0 from claimed w join listed r using (number)
     where w.voter_id = v.voter_id and v.id_kind is null and v.city_number is distinct from 0 and not exists (select from joined j where j.voter_id = v.voter_id)`,
  )
}
