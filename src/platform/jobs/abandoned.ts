import { EventEmitter } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import type { WorkerEvents } from 'graphile-worker'
import type pg from 'pg'
import { log } from '../log.ts'

const workerLock = 4_817_005
/** A worker is dead where its lock was free at two looks in a row: one that lost its connection has another by then. */
const look_every_ms = 2_000
/** Longer than a worker that has just begun needs for its lock. */
const taken_for_s = 3

/**
 * A worker that was killed leaves its jobs and their queue taken, and graphile-worker would keep them so for four
 * hours. Each of ours holds a lock by its name as long as it lives, and PostgreSQL takes it back however it ends: whose
 * lock can be had is dead, and its jobs are given back.
 */
export function giveBackAbandoned(pool: pg.Pool, events: WorkerEvents = new EventEmitter()) {
  const ours = new Set<string>()
  const held = new Set<string>()
  const stop = new AbortController()
  let suspects = new Set<string>()

  // Jobs are taken in the name of the pool of workers.
  events.on('pool:create', ({ workerPool }) => ours.add(workerPool.id))

  const pause = (ms: number, ...signals: AbortSignal[]): Promise<unknown> =>
    sleep(ms, null, { signal: AbortSignal.any([stop.signal, ...signals]) }).catch(() => undefined)

  const watching = (async () => {
    while (!stop.signal.aborted) {
      let client: pg.PoolClient | null = null
      const lost = new AbortController()
      try {
        client = await pool.connect()
        client.once('end', () => lost.abort())
        while (!stop.signal.aborted) {
          await holdOurs(client)
          await giveBack(client)
          await pause(look_every_ms, lost.signal)
        }
      } catch (problem) {
        log.warn({ problem }, 'jobs of dead workers cannot be looked for')
        await pause(500)
      } finally {
        held.clear()
        client?.release(true) // its locks go with it
      }
    }
  })()

  async function holdOurs(client: pg.PoolClient): Promise<void> {
    for (const id of held) {
      if (ours.has(id)) continue
      await client.query('select pg_advisory_unlock($1, hashtext($2))', [workerLock, id])
      held.delete(id)
    }
    for (const id of ours) {
      if (held.has(id)) continue
      await client.query('select pg_advisory_lock($1, hashtext($2))', [workerLock, id])
      held.add(id)
    }
  }

  async function giveBack(client: pg.PoolClient): Promise<void> {
    const { rows } = await client.query<{ id: string }>(
      `select locked_by as id from graphile_worker._private_jobs where locked_at < now() - make_interval(secs => $1)
       union select locked_by from graphile_worker._private_job_queues where locked_at < now() - make_interval(secs => $1)`,
      [taken_for_s],
    )
    const free = new Set<string>()
    for (const { id } of rows) {
      if (ours.has(id)) continue
      const had = await client.query<{ it: boolean }>('select pg_try_advisory_lock($1, hashtext($2)) as it', [
        workerLock,
        id,
      ])
      if (!had.rows[0]?.it) continue
      free.add(id)
      await client.query('select pg_advisory_unlock($1, hashtext($2))', [workerLock, id])
    }
    const dead = [...free].filter((id) => suspects.has(id))
    suspects = free
    if (dead.length === 0) return
    log.warn({ workers: dead.length }, 'jobs of workers that were killed are given back')
    await client.query('select graphile_worker.force_unlock_workers($1::text[])', [dead])
  }

  return {
    events,
    /** Our workers have ended: what they still hold is abandoned. */
    endedOurs: () => ours.clear(),
    async stop(): Promise<void> {
      stop.abort()
      await watching
    },
  }
}
