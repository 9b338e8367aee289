import type pg from 'pg'
import { log } from '../log.ts'

/** First half of the lock each worker holds while it lives; the other is its name. */
const aliveLock = 4_817_030
/** A job begun this lately may be of a worker whose lock is still on its way. */
const fresh = '2 seconds'

/**
 * Which workers live is known by a lock each of them holds: PostgreSQL takes it back when their process ends, however
 * it ends. Without that, what a killed worker was at stays locked for hours, and its queue with it.
 */
export class LivingWorkers {
  readonly #pool: pg.Pool
  readonly #names = new Set<string>()
  #client: Promise<pg.PoolClient> | null = null
  #timer: NodeJS.Timeout | null = null

  constructor(pool: pg.Pool) {
    this.#pool = pool
  }

  add(name: string): void {
    this.#names.add(name)
    this.#hold([name]).catch((problem: unknown) => log.warn({ problem }, 'a worker could not say that it lives'))
  }

  /** Gives back, now and every few seconds, what dead workers held. */
  async watch(): Promise<void> {
    await freeDeadWorkers(this.#pool)
    this.#timer = setInterval(() => {
      freeDeadWorkers(this.#pool).catch((problem: unknown) => log.warn({ problem }, 'dead workers were not looked for'))
    }, 3000)
    this.#timer.unref()
  }

  async stop(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer)
    this.#names.clear()
    const client = await this.#client?.catch(() => null)
    this.#client = null
    client?.release(true) // the locks go with the connection
  }

  async #hold(names: Iterable<string>): Promise<void> {
    this.#client ??= this.#connect()
    this.#client.catch(() => (this.#client = null))
    const client = await this.#client
    for (const name of names) await client.query('select pg_advisory_lock($1, hashtext($2))', [aliveLock, name])
  }

  async #connect(): Promise<pg.PoolClient> {
    const client = await this.#pool.connect()
    client.once('end', () => {
      if (this.#names.size === 0) return
      this.#client = null // lost, not given back: say it again on another
      this.#hold([...this.#names]).catch((problem: unknown) =>
        log.warn({ problem }, 'workers could not say that they live'),
      )
    })
    return client
  }
}

/** Unlocks jobs and queues of workers whose process is gone. Returns their names. */
export async function freeDeadWorkers(pool: pg.Pool): Promise<string[]> {
  const client = await pool.connect()
  try {
    const { rows } = await client.query<{ name: string }>(
      `select locked_by as name from (
         select locked_by, locked_at from graphile_worker._private_jobs where locked_by is not null
         union all select locked_by, locked_at from graphile_worker._private_job_queues where locked_by is not null
       ) held group by locked_by having max(locked_at) < now() - interval '${fresh}'`,
    )
    const dead: string[] = []
    for (const { name } of rows) {
      const free = await client.query<{ it: boolean }>('select pg_try_advisory_lock($1, hashtext($2)) as it', [
        aliveLock,
        name,
      ])
      if (!free.rows[0]?.it) continue
      await client.query('select graphile_worker.force_unlock_workers($1::text[])', [[name]])
      await client.query('select pg_advisory_unlock($1, hashtext($2))', [aliveLock, name])
      dead.push(name)
    }
    if (dead.length > 0) log.warn({ workers: dead }, 'jobs of workers that ended without a word are free again')
    return dead
  } finally {
    client.release()
  }
}
