import { recordColumns } from '../mapping/mapper.ts'
import { TupleWriter } from '../mapping/tuples.ts'
import { changeOrCount } from './changed.ts'
import { cityNumber, countyNumber, isOfTheCity } from './city-counties.ts'
import { BinaryCopy } from './copying.ts'
import { partitionOf } from './first.ts'
import { rejectUnknown } from './unknown.ts'
import { readRows } from './reading.ts'
import type { Run } from './run.ts'

const pieceBytes = 64 * 1024

/**
 * A board's own list that lacks the state's id: its rows are joined by county id to the records of the state file, and
 * add what that does not have (council district, court districts, telephone). The state file stays the truth for all else.
 */
export async function importCityFile(run: Run): Promise<void> {
  const { client, layout, counts } = run
  const table = partitionOf(layout.state)
  const columns = recordColumns.join(', ')
  await client.query(`create temp table staging on commit drop as select ${columns} from voter_record with no data`)
  await client.query('create temp table staging_phone (county_id text, phone text) on commit drop')
  const copy = new BinaryCopy(client, `copy staging (${columns}) from stdin with (format binary)`)
  const out = new TupleWriter(pieceBytes * 4)
  await readRows(
    run,
    {
      take(mapper, reader) {
        if (!run.isKept(mapper.look(reader), reader)) return
        // No state key here: the county id stands for it until the join.
        const id = run.part?.columns.at('county_voter_id') ?? 0
        mapper.key = cityNumber(reader.text(id))
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
  await client.query(
    `create temp table joined on commit drop as
     select distinct on (v.voter_id) v.voter_id, v.state_key, s.state_key as county_key, s.ccd, s.districts, s.other
     from staging s join ${table} v on ${countyNumber} = s.state_key
     where ${isOfTheCity} order by v.voter_id, v.gone_in nulls first`,
  )
  const news = `joined j where j.voter_id = v.voter_id and (v.ccd, v.districts, v.other) is distinct from
       (coalesce(j.ccd, v.ccd), nullif(coalesce(v.districts, '{}') || coalesce(j.districts, '{}'), '{}'), nullif(coalesce(v.other, '{}') || coalesce(j.other, '{}'), '{}'))`
  counts.updated = await changeOrCount(
    run,
    table,
    `ccd = coalesce(j.ccd, v.ccd), districts = nullif(coalesce(v.districts, '{}') || coalesce(j.districts, '{}'), '{}'),
       other = nullif(coalesce(v.other, '{}') || coalesce(j.other, '{}'), '{}')`,
    news,
  )
  const matched = await client.query<{ n: number; unknown: number }>(
    `select (select count(*)::integer from joined) as n,
       (select count(*)::integer from staging s where not exists (select from joined j where j.county_key = s.state_key)) as unknown`,
  )
  counts.unchanged = (matched.rows[0]?.n ?? 0) - counts.updated
  const unknown = matched.rows[0]?.unknown ?? 0
  if (unknown > 0) {
    counts.unknown_voters = unknown
    await rejectUnknown(
      run,
      'select voter_id as ordinal from staging s where not exists (select from joined j where j.county_key = s.state_key)',
    )
  }
  // Telephones were noted under the county id.
  run.phoneKey = 'county'
}
