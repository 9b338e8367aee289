import { setTimeout as sleep } from 'node:timers/promises'
import { Logger, run, runMigrations, type Runner, type Task } from 'graphile-worker'
import { sql } from 'kysely'
import type pg from 'pg'
import type { z } from 'zod'
import { GiveUp } from '../errors.ts'
import { log } from '../log.ts'
import { giveBackAbandoned } from './abandoned.ts'
import type { Db } from '../db/db.ts'

/** Work done later or on a timer. It may run twice: make it so that this does no harm. */
export interface Job<Payload> {
  name: string
  payload: z.ZodType<Payload>
  run(payload: Payload, context: JobContext): Promise<void>
}

export interface JobContext<Installation = unknown> {
  installation: Installation
  signal: AbortSignal
}

export const job = <Payload>(definition: Job<Payload>): Job<Payload> => definition

export interface JobOptions {
  /** Not before this instant. */
  run_at?: Date
  /** One waiting job per key: adding it again replaces what waits. */
  key?: string
  /** What waits under the key keeps its instant; `run_at` is for the first alone. */
  keeps_run_at?: boolean
  /** Jobs of one queue run one after another. */
  queue?: string
  max_attempts?: number
  /** Of jobs that are due the lower one goes first; 0 where nothing is said. */
  priority?: number
}

/** Adds a job, in the transaction `db` is in. */
export async function addJob<Payload>(
  db: Db,
  added: Pick<Job<Payload>, 'name' | 'payload'>,
  payload: Payload,
  options: JobOptions = {},
): Promise<void> {
  const text = JSON.stringify(added.payload.parse(payload))
  await sql`select enqueue_job(${added.name}, ${text}::json, ${options.queue ?? null}::text, ${options.run_at ?? null}::timestamptz,
    ${options.max_attempts ?? null}::integer, ${options.key ?? null}::text, ${options.priority ?? null}::integer, ${options.keeps_run_at ?? false}::boolean)`.execute(
    db,
  )
}

/** Creates or updates the queue's own tables. */
export const migrateJobs = (pgPool: pg.Pool): Promise<void> => runMigrations({ pgPool })

// graphile-worker says each finished job at 'info', which is too much for ours.
const workerLevels: Record<string, 'error' | 'warn' | 'debug'> = {
  error: 'error',
  warning: 'warn',
  info: 'debug',
  debug: 'debug',
}

const restart_after_ms = 1000

// oxlint-disable-next-line no-explicit-any -- a list of jobs with different payloads; each parses its own
export type AnyJob = Job<any>

/** Works off the queue until stopped, and gives back what workers that were killed held. */
export async function startJobs(
  pgPool: pg.Pool,
  jobs: readonly AnyJob[],
  installation: unknown,
  concurrency = 2,
): Promise<Pick<Runner, 'stop'>> {
  const abandoned = giveBackAbandoned(pgPool)
  const stopping = new AbortController()
  const start = (): Promise<Runner> =>
    run({
      pgPool,
      events: abandoned.events,
      concurrency,
      noHandleSignals: true,
      logger: new Logger(() => (level, message) => log[workerLevels[level] ?? 'debug'](message)),
      parsedCronItems: [],
      pollInterval: 1000,
      // Where a job cannot be marked as done, graphile-worker ends by itself instead of letting the process fall.
      preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
      taskList: Object.fromEntries(jobs.map((each) => [each.name, task(each, installation)])),
    })

  let runner = await start()
  const running = (async () => {
    while (!stopping.signal.aborted) {
      await runner.promise.catch((problem: unknown) => log.error({ problem }, 'the worker ended; another is started'))
      abandoned.endedOurs()
      while (!stopping.signal.aborted) {
        await sleep(restart_after_ms, null, { signal: stopping.signal }).catch(() => undefined)
        if (stopping.signal.aborted) return
        try {
          runner = await start()
          if (stopping.signal.aborted) await runner.stop() // asked while it was starting
          break
        } catch (problem) {
          log.error({ problem }, 'no worker can be started')
        }
      }
    }
  })()
  return {
    async stop() {
      stopping.abort()
      await runner.stop().catch((problem: unknown) => log.warn({ problem }, 'the worker had ended'))
      await running
      await abandoned.stop()
    },
  }
}

const task =
  (each: AnyJob, installation: unknown): Task =>
  async (payload, helpers) => {
    try {
      await each.run(each.payload.parse(payload), {
        installation,
        signal: helpers.abortSignal ?? new AbortController().signal,
      })
    } catch (problem) {
      if (!(problem instanceof GiveUp)) throw problem
      log.error({ problem, job: each.name }, 'job given up')
    }
  }
