import { sql, type RawBuilder } from 'kysely'
import type { Db } from '../../platform/db/db.ts'

/**
 * How long a page waits for all it asks of the voter records: everybody of 2,000,000 takes 17 s on two busy cores.
 * Without an end it would hold connections the callers' pages need.
 */
export const longest_ms = 30_000

/** Questions asked of the voter records at once, of all pages of this process: fewer than its pool has connections. */
const atOnce = 4

/** The time is over, or others were asking for all of it. */
export class TooSlow extends Error {}

/** When the answer must be there, by `performance.now()`; null: whenever it is (the command line, jobs). */
export type Until = number | null

export const fromNow = (ms: number): Until => performance.now() + ms

/** Rows of one query, which the database itself ends when the time is over. */
export async function ask<Row>(db: Db, query: RawBuilder<Row>, until: Until): Promise<Row[]> {
  if (until === null) return (await query.execute(db)).rows
  return inTurn(async () => {
    const left_ms = leftUntil(until)
    try {
      if (db.isTransaction) return await insideAnother(db, query, left_ms)
      return await db.transaction().execute(async (tx) => {
        await sql`select set_config('statement_timeout', ${String(left_ms)}, true)`.execute(tx)
        return (await query.execute(tx)).rows
      })
    } catch (problem) {
      if (isEnded(problem)) throw new TooSlow()
      throw problem
    }
  })
}

/** Rows of a batch. */
const fetched = 2000

/** The rows of a query through a cursor, all of one moment: memory stays the same from a hundred to millions. */
export async function* askInBatches<Row>(db: Db, query: RawBuilder<Row>, until: Until): AsyncGenerator<Row[]> {
  if (until !== null) await enter()
  try {
    // Kysely's transactions are functions; a generator needs one it can leave open.
    const tx = await db.startTransaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute()
    const bound = async (): Promise<void> => {
      if (until !== null) await sql`select set_config('statement_timeout', ${String(leftUntil(until))}, true)`.execute(tx) // prettier-ignore
    }
    try {
      await bound()
      await sql`declare asked no scroll cursor for ${query}`.execute(tx)
      for (;;) {
        await bound()
        const { rows } = await sql<Row>`fetch ${sql.lit(fetched)} from asked`.execute(tx)
        if (rows.length > 0) yield rows
        if (rows.length < fetched) break
      }
      await tx.commit().execute()
    } catch (problem) {
      if (isEnded(problem)) throw new TooSlow()
      throw problem
    } finally {
      if (!tx.isCommitted) await tx.rollback().execute()
    }
  } finally {
    if (until !== null) leave()
  }
}

function leftUntil(until: number): number {
  const left_ms = Math.floor(until - performance.now())
  if (left_ms < 1) throw new TooSlow()
  return left_ms
}

/** A question that ends too late must not take the work around it along, nor leave its limit to what comes after. */
async function insideAnother<Row>(tx: Db, query: RawBuilder<Row>, left_ms: number): Promise<Row[]> {
  await sql`savepoint bounded`.execute(tx)
  try {
    await sql`select set_config('statement_timeout', ${String(left_ms)}, true)`.execute(tx)
    const { rows } = await query.execute(tx)
    await sql`select set_config('statement_timeout', '0', true)`.execute(tx)
    await sql`release savepoint bounded`.execute(tx)
    return rows
  } catch (problem) {
    await sql`rollback to savepoint bounded`.execute(tx)
    throw problem
  }
}

/** query_canceled: how PostgreSQL says that the time is over. */
const isEnded = (problem: unknown): boolean =>
  typeof problem === 'object' && problem !== null && 'code' in problem && problem.code === '57014'

let running = 0
const waiting: (() => void)[] = []

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  await enter()
  try {
    return await work()
  } finally {
    leave()
  }
}

async function enter(): Promise<void> {
  if (running < atOnce) running += 1
  else await new Promise<void>((go) => void waiting.push(go))
}

function leave(): void {
  // The place goes to the next one as it is.
  const next = waiting.shift()
  if (next) next()
  else running -= 1
}
