import { parentPort, workerData } from 'node:worker_threads'
import pg from 'pg'
import { buildColumns, type BuildProgress, type Built } from './build.ts'

/* A thread that builds the columns file: it takes a core for minutes, which a server's own thread has no time for. */

export interface BuilderData {
  connection: pg.ClientConfig
  path: string
  now: Date
}
export type BuilderMessage = { progress: BuildProgress } | { built: Built | null }

/** Held by the one build that runs; session-level, so a killed process gives it back. */
const buildLock = 4_817_050

if (!parentPort) throw new Error('this runs as a worker thread')
const port = parentPort
const say = (message: BuilderMessage): void => port.postMessage(message)
const { connection, path, now } = workerData as BuilderData
const client = new pg.Client(connection)
await client.connect()
try {
  const { rows } = await client.query<{ it: boolean }>('select pg_try_advisory_lock($1) as it', [buildLock])
  // Somebody else is at it: their file will serve.
  say({ built: rows[0]?.it ? await buildColumns(client, path, now, (progress) => say({ progress })) : null })
} finally {
  await client.end()
}
