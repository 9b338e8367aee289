import { availableParallelism } from 'node:os'
import { recordColumns } from '../mapping/mapper.ts'
import { rankSql } from '../rules/keys.ts'
import { previewFirst } from './preview.ts'
import type { Run } from './run.ts'
import { Spool, spoolPath } from './spool.ts'
import { readInThread } from './thread.ts'

/**
 * The first file of a state: rows go straight into a table of their own, made in this transaction, so that nothing is
 * written twice (no write-ahead log, rows frozen, indexes afterwards); it joins `voter_record` at the end. Rows whose
 * voter may have come before wait aside and are settled at the end. The index by the state's number, which targeting does
 * not need, follows with those of the search (indexing.ts); a later file makes it where it is missing.
 */
export async function importFirst(run: Run): Promise<void> {
  const { client, layout, counts } = run
  const table = partitionOf(layout.state)
  const columns = recordColumns.join(', ')
  await client.query(`create table ${table} (like voter_record including defaults, check (state = '${layout.state}'))`)
  await client.query(
    `create temp table doubtful on commit drop as select ${columns}, 0::integer as line, 0::integer as rank from voter_record with no data`,
  )

  // Pages go to the disk while rows still come: otherwise the commit waits until the disk has taken all of them.
  await client.query("set local backend_flush_after = '2MB'")
  const doubtful = new Spool(spoolPath(run.folder, run.import_id, 'doubtful'))
  try {
    const { numbered, doubtful_bytes } = await readInThread(
      run,
      { kind: 'voters', doubtful_path: doubtful.path },
      `copy ${table} (${columns}) from stdin with (format binary, freeze)`,
    )
    doubtful.adopt(doubtful_bytes)

    run.progress({ phase: 'indexing' })
    await client.query("set local maintenance_work_mem = '512MB'")
    // One worker beside the leader: on two cores more of them take turns and are slower than one.
    await client.query(`set local max_parallel_maintenance_workers = ${Math.min(2, availableParallelism() - 1)}`)
    await client.query(`create unique index ${table}_voter_id on ${table} (voter_id)`)

    counts.added = numbered
    if (doubtful.bytes > 0) {
      await doubtful.copyInto(client, `copy doubtful (${columns}, line, rank) from stdin with (format binary)`)
      await settleDoubtful(run, table, columns, run.next_voter_id + numbered)
    }
  } finally {
    doubtful.remove()
  }
  if (run.preview) await previewFirst(run, table)
  if (!run.writes) return
  await client.query(`alter table voter_record attach partition ${table} for values in ('${layout.state}')`)
}

/** Of rows of one voter the best stays; rows only thought to be doubles are added, numbered from `voter_id` on. */
async function settleDoubtful(run: Run, table: string, columns: string, voter_id: number): Promise<void> {
  const { client, counts } = run
  const all = await client.query<{ n: number }>('select count(*)::integer as n from doubtful')
  // One row per voter, the best; those no better than what is stored go.
  await client.query(`delete from doubtful d using (select ctid, row_number() over (partition by state_key order by rank desc, line) as place from doubtful) p
    where p.ctid = d.ctid and p.place > 1`)
  // One reading of the table: it has no index by the state's number yet.
  await client.query('analyze doubtful')
  await client.query(`create temp table stored on commit drop as
    select v.voter_id, v.state_key, ${rankSql.replaceAll('status', 'v.status').replaceAll('registered_on', 'v.registered_on')} as rank
    from ${table} v where v.state_key in (select state_key from doubtful)`)
  await client.query('delete from doubtful d using stored v where v.state_key = d.state_key and v.rank >= d.rank')
  await client.query('update doubtful d set voter_id = v.voter_id from stored v where v.state_key = d.state_key')
  await client.query('analyze doubtful')
  await client.query(`delete from ${table} v using doubtful d where v.voter_id = d.voter_id and d.voter_id > 0`)
  const added = await client.query(
    `update doubtful d set voter_id = n.id from (select ctid, $1 - 1 + row_number() over (order by line) as id from doubtful where voter_id = 0) n where n.ctid = d.ctid`,
    [voter_id],
  )
  await client.query(`insert into ${table} (${columns}) select ${columns} from doubtful`)
  const fresh = added.rowCount ?? 0
  counts.added += fresh
  counts.duplicates = (counts.duplicates ?? 0) + (all.rows[0]?.n ?? 0) - fresh
}

/** Name of a state's partition; states are two capital letters from our own layouts. */
export const partitionOf = (state: string): string => `voter_record_${state.toLowerCase()}`
