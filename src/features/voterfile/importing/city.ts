import { recordColumns } from '../mapping/mapper.ts'
import { TupleWriter } from '../mapping/tuples.ts'
import { provisionalBase, rankSql } from '../rules/keys.ts'
import { importStaged } from './again.ts'
import { changeOrCount } from './changed.ts'
import { cityCounties, countyNumber, isOfTheCity } from './city-counties.ts'
import { BinaryCopy } from './copying.ts'
import { importFirst, partitionOf } from './first.ts'
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
 * A city board's list where voters of its state are stored. Its rows are joined by county id to the records of the state
 * file, and add what that does not have (council district, court districts, telephone); the state file stays the truth for
 * all else, and of who is there. Voters known from the city alone are changed and go as its list says. New ones come with
 * it only as long as the state's file has not: then a number that nobody has is wrong. Returns whether they could.
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
        run.notePhone(mapper)
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

  await client.query(
    `create temp table joined on commit drop as
     select distinct on (v.voter_id) v.voter_id, v.state_key, s.state_key as county_key, s.ccd, s.districts, s.other
     from staging s join ${table} v on ${countyNumber} = ${provisionalBase} - s.state_key
     where v.id_kind is null and ${isOfTheCity} order by v.voter_id, v.gone_in nulls first`,
  )
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
  // Telephones were noted under the county id.
  await client.query(
    `insert into joined (voter_id, state_key, county_key) select voter_id, state_key, state_key from ${table} where id_kind is not null`,
  )
  run.phoneKey = 'county'
  run.counties = (run.counties ?? []).filter((county) => county === '' || open.includes(county))
  return open.length > 0
}
