import { sql } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import { TooSlow } from '../bounded.ts'

/** Walks over all voter records at once: each holds a connection and a good part of a disk. */
const atOnce = 2
/** The database ends a walk that takes longer. */
const longest_ms = 60_000
/** A walk nobody has wanted for so long gives its place to one that is waiting. */
const wanted_ms = 5_000

/** The one who waits has no more time; the walk goes on. */
export class NotYet extends TooSlow {}

interface Walk<T> {
  work: (tx: Db) => Promise<T>
  db: Db
  done: Promise<T>
  resolve(answer: T): void
  reject(problem: Error): void
  /** When somebody last waited for it, by `performance.now()`; Infinity: somebody does. */
  wanted: number
  waiting: number
  /** The database's process that walks, and since when; null: it does not. */
  process: { pid: number; since: string } | null
  is_running: boolean
}

/**
 * Where terms are answered that take a walk over all voter records: a few at once, each with an end, apart from the questions
 * that need none, so that a slow one of one organizer holds nobody else up.
 */
export class Lane<T> {
  readonly #walks = new Map<string, Walk<T>>()
  readonly #now: () => number

  constructor(now: () => number = () => performance.now()) {
    this.#now = now
  }

  /**
   * The answer to a walk, begun if nobody has: `work` in a transaction that reads one snapshot. Waits until then and goes on
   * without us: who asks again soon finds it further. Throws NotYet where one has no time to wait, and
   * TooSlow where the walk itself was ended.
   */
  async wanted(db: Db, key: string, until: number, work: (tx: Db) => Promise<T>): Promise<T> {
    const walk = this.#walks.get(key) ?? this.#add(key, db, work)
    walk.waiting++
    this.#go()
    let timer: NodeJS.Timeout | undefined
    try {
      if (until === Infinity) return await walk.done
      const late = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new NotYet()), Math.max(1, until - this.#now()))
      })
      return await Promise.race([walk.done, late])
    } finally {
      clearTimeout(timer)
      walk.waiting--
      walk.wanted = this.#now()
    }
  }

  #add(key: string, db: Db, work: (tx: Db) => Promise<T>): Walk<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>()
    promise.catch(() => undefined) // whoever waits hears of it
    const walk: Walk<T> = { db, work, done: promise, resolve, reject, wanted: this.#now(), waiting: 0, process: null, is_running: false } // prettier-ignore
    this.#walks.set(key, walk)
    return walk
  }

  /** Gives out free places, and takes those of walks nobody wants any more where others wait. */
  #go(): void {
    const isWanted = (walk: Walk<T>): boolean => walk.waiting > 0 || this.#now() - walk.wanted < wanted_ms
    for (const [key, walk] of this.#walks) {
      if (walk.is_running || isWanted(walk)) continue
      this.#walks.delete(key)
      walk.reject(new TooSlow())
    }
    const all = [...this.#walks]
    let free = atOnce - all.filter(([, walk]) => walk.is_running).length
    const waiting = all.filter(([, walk]) => !walk.is_running)
    for (const [key, walk] of waiting) {
      if (free-- <= 0) break
      void this.#run(key, walk)
    }
    if (waiting.length === 0 || free >= 0) return
    for (const [, walk] of all)
      if (walk.is_running && !isWanted(walk) && walk.process) void cancel(walk.db, walk.process)
  }

  async #run(key: string, walk: Walk<T>): Promise<void> {
    walk.is_running = true
    try {
      const answer = await walk.db
        .transaction()
        .setIsolationLevel('repeatable read')
        .setAccessMode('read only')
        .execute(async (tx) => {
          const { rows } = await sql<{
            pid: number
            since: string
          }>`select pg_backend_pid() as pid, now()::text as since,
            set_config('statement_timeout', ${String(longest_ms)}, true)`.execute(tx)
          walk.process = rows[0] ?? null
          try {
            return await walk.work(tx)
          } finally {
            walk.process = null
          }
        })
      walk.resolve(answer)
    } catch (problem) {
      // query_canceled: its time was over, or nobody wanted it any more.
      const isEnded = typeof problem === 'object' && problem !== null && 'code' in problem && problem.code === '57014'
      walk.reject(isEnded ? new TooSlow() : problem instanceof Error ? problem : new Error(String(problem)))
    } finally {
      this.#walks.delete(key)
      this.#go()
    }
  }
}

/** Only while it is still this transaction: the connection may have gone to somebody else. */
const cancel = (db: Db, { pid, since }: { pid: number; since: string }): Promise<unknown> =>
  sql`select pg_cancel_backend(pid) from pg_stat_activity where pid = ${pid}::integer and xact_start = ${since}::timestamptz`
    .execute(db)
    .catch(() => undefined) // the walk ends by its own time
