import { sql } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import { inputsQuery } from './inputs.ts'

/** What an organization's rows looked like when a process last read them. */
export interface Seen {
  /** Of PostgreSQL: which transactions had ended. */
  snapshot: string
  /** By the database's clock, not after the snapshot was taken. */
  at: string
}

export interface Look {
  inputs: string
  time_zone: string
  seen: Seen
  /** Voters whose rows changed since; 'all': nobody can say any more which. */
  changed: number[] | 'all'
}

/**
 * What has changed since `seen`. A change counts when its transaction has ended, whatever the order in which transactions
 * began: every row is asked whether the old snapshot saw it. To be called first in a transaction that reads one snapshot.
 */
export async function look(db: Db, organization_id: string, seen: Seen | null): Promise<Look> {
  const since = seen
    ? sql`case when (select trimmed_before from targeting_change_trim) > ${seen.at}::timestamptz then null else
        array(select distinct coalesce(voter_id, 0) from targeting_change where organization_id = ${organization_id}
          and xid >= pg_snapshot_xmin(${seen.snapshot}::pg_snapshot) and not pg_visible_in_snapshot(xid, ${seen.snapshot}::pg_snapshot)) end`
    : sql`null::integer[]`
  const { rows } = await sql<{
    inputs: string
    time_zone: string
    snapshot: string
    at: string
    changed: number[] | null
  }>`
    select (${sql.raw(inputsQuery)}) as inputs, (select time_zone from organization where organization_id = ${organization_id}) as time_zone,
      pg_current_snapshot()::text as snapshot, now()::text as at, ${since} as changed`.execute(db)
  const [row] = rows
  if (!row) throw new Error('a select without from answers one row')
  const { inputs, time_zone, snapshot, at, changed } = row
  return {
    inputs,
    time_zone,
    seen: { snapshot, at },
    changed: changed === null || changed.includes(0) ? 'all' : changed,
  }
}

/**
 * Deletes changes that were there at the last trimming, at least an hour ago: who has not looked since reads all anew. Run
 * by a timer; twice at once does no harm.
 */
export async function trimChanges(db: Db): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ snapshot: string; taken_at: string }>`
      select snapshot::text as snapshot, taken_at::text as taken_at from targeting_change_trim
      where taken_at < now() - interval '1 hour' for update skip locked`.execute(tx)
    const [last] = rows
    if (!last) return
    await sql`delete from targeting_change where pg_visible_in_snapshot(xid, ${last.snapshot}::pg_snapshot)`.execute(tx)
    await sql`update targeting_change_trim set trimmed_before = taken_at, snapshot = pg_current_snapshot(), taken_at = clock_timestamp()`.execute(
      tx,
    )
  })
}
