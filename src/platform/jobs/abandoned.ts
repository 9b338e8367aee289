import { setTimeout as sleep } from 'node:timers/promises'
import { EventEmitter } from 'node:events'
import type { WorkerEvents } from 'graphile-worker'
import type pg from 'pg'
import { log } from '../log.ts'

const workerLock = 4_817_005
const look_every_ms = 3_000
/** Longer than a worker that has just begun, or lost its connection, needs for its lock. */
const taken_for_s = 8

/**
 * A worker that was killed leaves its jobs taken, and the queue would keep them so for four hours. Each of ours holds a
 * lock by its name as long as it lives, so that whoever gets the lock knows that it is dead, and gives its jobs back.
 */
export function giveBackAbandoned(pool: pg.Pool, events: WorkerEvents = new EventEmitter()) {
  const ours = new Set<string>()
  const held = new Set<string>()
  const stop = new AbortController()

  // Jobs are taken in the name of the pool of workers.
  events.on('pool:create', ({ workerPool }) => ours.add(workerPool.id))

  const pause = (ms: number): Promise<unknown> => sleep(ms, null, { signal: stop.signal }).catch(() => undefined)

  const watching = (async () => {
    while (!stop.signal.aborted) {
      let client: pg.PoolClient | null = null
      try {
        client = await pool.connect()
        while (!stop.signal.aborted) {
          await holdOurs(client)
          await pause(look_every_ms)
          if (!stop.signal.aborted) await giveBack(client)
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
    const dead: string[] = []
    for (const { id } of rows) {
      if (ours.has(id)) continue
      const free = await client.query<{ it: boolean }>('select pg_try_advisory_lock($1, hashtext($2)) as it', [
        workerLock,
        id,
      ])
      if (!free.rows[0]?.it) continue
      dead.push(id)
      await client.query('select pg_advisory_unlock($1, hashtext($2))', [workerLock, id])
    }
    if (dead.length === 0) return
    log.warn({ workers: dead.length }, 'jobs of workers that were killed are given back')
    await client.query('select graphile_worker.force_unlock_workers($1::text[])', [dead])
  }

  return {
    events,
    async stop(): Promise<void> {
      stop.abort()
      await watching
    },
  }
}
