import { dayWritten } from '../rules/dates.ts'
import type { VoteMethod } from '../layouts/layout.ts'
import { decode, type RecordReader } from '../reading/records.ts'
import { cityNumber, stateKey, wholeNumber } from '../rules/keys.ts'
import { TupleWriter } from '../mapping/tuples.ts'
import { changeOrCount } from './changed.ts'
import { cityHolders } from './city-counties.ts'
import { BinaryCopy } from './copying.ts'
import { electionDays, newestFirst } from './election-days.ts'
import { partitionOf } from './first.ts'
import { rejectUnknown } from './unknown.ts'
import { readRows } from './reading.ts'
import type { Run } from './run.ts'

const pieceBytes = 64 * 1024

/**
 * A file with a row for each voter and election. What it says is added to what the records know; of one election the
 * row that names a method counts. The report counts rows read, records updated and those that knew it all.
 */
export async function importHistory(run: Run): Promise<void> {
  const { client, layout, counts } = run
  const { history } = layout
  if (history?.style !== 'long') throw new Error(`${layout.id} has no history of its own`)
  const byCounty = layout.key === 'county_voter_id'
  const table = partitionOf(layout.state)
  await client.query('create temp table vote (key bigint, code integer, ordinal integer) on commit drop')
  const copy = new BinaryCopy(client, 'copy vote (key, code, ordinal) from stdin with (format binary)')
  const out = new TupleWriter(pieceBytes * 2)
  let at: Record<'key' | 'on' | 'kind' | 'method', number> | null = null
  let columns: unknown = null

  await readRows(
    run,
    {
      take(_, reader) {
        if (columns !== run.part?.columns) {
          const map = run.part?.columns
          columns = map
          at = map
            ? {
                key: map.at(layout.key),
                on: map.at('election_on'),
                kind: map.at('election_kind'),
                method: map.at('method'),
              }
            : null
        }
        if (!at) return
        const id = textOf(reader, at.key)
        const held_on = dayWritten(textOf(reader, at.on))
        if (!id) return run.reject(reader, layout.key, 'no_voter_id')
        if (!held_on) return run.reject(reader, 'election_on', 'bad_date')
        const stated = textOf(reader, at.kind)
          .toUpperCase()
          .replace(/^[\d/]+ /, '')
        const kind =
          history.kinds[stated] ?? (history.days ? (history.days[held_on] ?? 'special') : kindByWords(stated))
        const code = textOf(reader, at.method).toUpperCase()
        const method: VoteMethod | null = code in history.methods ? (history.methods[code] ?? null) : history.otherwise
        if (method === null) {
          counts.did_not_vote = (counts.did_not_vote ?? 0) + 1
          return
        }
        out.reserve(64)
        out.columns(3)
        out.int8(byCounty ? cityNumber(id) : stateKey(id, layout.id_prefix))
        out.int4(run.elections.codeOf(kind, held_on, method))
        out.int4(counts.read - 1)
      },
    },
    { check: () => out.at > pieceBytes, flush: () => (out.at > 0 ? copy.write(out.take()) : null) },
  )
  await copy.end()

  run.progress({ phase: 'comparing' })
  await client.query("set local work_mem = '128MB'")
  await electionDays(run)
  await client.query(
    'create temp table voted on commit drop as select key, array_agg(distinct code) as codes from vote group by key',
  )
  if (byCounty)
    await client.query(
      // No name is there to ask: where two have one number and nothing tells them apart, it is nobody's.
      `create temp table county_key on commit drop as
       select min(voter_id) as voter_id, number::bigint as key
       from (select *, merit = max(merit) over (partition by number) as is_best from (${cityHolders(table)}) each) ranked
       where is_best group by number having count(*) = 1`,
    )
  const matched = await client.query<{ n: number }>(
    `select count(*)::integer as n from voted h where exists (select from ${byCounty ? 'county_key k where k.key = h.key' : `${table} v where v.state_key = h.key`})`,
  )
  const news = `(
       select v.voter_id, merged.votes, merged.last from ${table} v, ${byCounty ? 'county_key k join voted h using (key)' : 'voted h'},
       lateral (
         select ${newestFirst} as votes, max(held_on) as last
         from (select distinct on (code >> 3) code from unnest(v.votes || h.codes) code order by code >> 3, code desc) one
         join election_day on election_id = code >> 3
       ) merged
       where ${byCounty ? 'v.voter_id = k.voter_id' : 'h.key = v.state_key'}
     ) m where m.voter_id = v.voter_id and v.votes is distinct from m.votes`
  counts.updated = await changeOrCount(
    run,
    table,
    // What the city alone knows is kept by itself too: the state's next file says nothing of it.
    `votes = m.votes, last_voted_on = greatest(v.last_voted_on, m.last)${byCounty ? ", city_votes = coalesce(v.city_votes, '{}') || array(select code from unnest(m.votes) code except select code from unnest(v.votes) code)" : ''}`,
    news,
  )
  const known = matched.rows[0]?.n ?? 0
  counts.unchanged = known - counts.updated
  const all = await client.query<{ n: number }>('select count(*)::integer as n from voted')
  if ((all.rows[0]?.n ?? 0) > known) {
    counts.unknown_voters = (all.rows[0]?.n ?? 0) - known
    await rejectUnknown(
      run,
      `select ordinal from vote h where not exists (select from ${byCounty ? 'county_key k where k.key = h.key' : `${table} v where v.state_key = h.key`})`,
    )
  }
  counts.rejected = run.rejects.count
}

function textOf(reader: RecordReader, field: number): string {
  return field < 0 ? '' : wholeNumber(decode(reader.buffer, reader.starts[field] ?? 0, reader.ends[field] ?? 0).trim())
}

/** Descriptions vary from year to year: 'MUNICIPAL PRIMARY', 'SECOND PRIMARY - MECKLENBURG'. */
function kindByWords(
  text: string,
): 'general' | 'primary' | 'presidential_primary' | 'special' | 'runoff' | 'local' | 'other' {
  if (/PRES.*PRIM/.test(text)) return 'presidential_primary'
  if (/MUNICIPAL|SCHOOL|LOCAL|TOWN/.test(text)) return 'local'
  if (/SECOND PRIM|RUN/.test(text)) return 'runoff'
  if (/PRIM/.test(text)) return 'primary'
  if (/SPECIAL/.test(text)) return 'special'
  return /GENERAL/.test(text) ? 'general' : 'other'
}
