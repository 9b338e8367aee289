import { sql } from 'kysely'
import type { Db } from '../src/platform/db/db.ts'

/** Settings of a cluster that keeps what it was asked, statements inside functions too; it is slower meanwhile. */
export const watched = {
  shared_preload_libraries: 'pg_stat_statements',
  'pg_stat_statements.track_planning': 'on',
  'pg_stat_statements.track': 'all',
  track_functions: 'all',
}

/** Everything is counted from here. */
export async function forgetStatements(owner: Db): Promise<void> {
  await sql`create extension if not exists pg_stat_statements`.execute(owner)
  await sql`select pg_stat_statements_reset(), pg_stat_reset()`.execute(owner)
}

/**
 * Microseconds of planning and running of each statement, then of each function with and without what it calls, for one of
 * `count`; the dearest first. What is inside another is in both, and what else ran meanwhile is among them.
 */
export async function sayStatements(owner: Db, count: number): Promise<void> {
  const each = (ms: number): string => ((ms * 1000) / count).toFixed(1).padStart(7)
  const statements = await sql<{ calls: number; rows: number; plan: number; run: number; query: string }>`
    select calls::integer, rows::integer, total_plan_time as plan, total_exec_time as run,
      left(regexp_replace(query, '[[:space:]]+', ' ', 'g'), 170) as query
    from pg_stat_statements order by total_plan_time + total_exec_time desc limit 40`.execute(owner)
  for (const { calls, rows, plan, run, query } of statements.rows)
    console.log(`${each(plan)} ${each(run)}  ${calls} × (${rows} rows) ${query}`)
  const functions = await sql<{ funcname: string; calls: number; all: number; self: number }>`
    select funcname, calls::integer, total_time as all, self_time as self from pg_stat_user_functions
    order by self_time desc limit 25`.execute(owner)
  for (const { funcname, calls, all, self } of functions.rows)
    console.log(`${each(all)} ${each(self)}  ${calls} × ${funcname}()`)
}
