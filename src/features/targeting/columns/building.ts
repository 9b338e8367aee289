import { stat } from 'node:fs/promises'
import { Worker } from 'node:worker_threads'
import { sql } from 'kysely'
import type pg from 'pg'
import type { Clock } from '../../../platform/clock.ts'
import type { Database } from '../../../platform/db/db.ts'
import type { BuildProgress, Built } from './build.ts'
import type { BuilderData, BuilderMessage } from './builder.ts'
import { columnsPath, ColumnsReader, FileUnusable, type FileProblem, type Header } from './file.ts'
import { inputsOf } from './inputs.ts'
import { threadUrl } from './thread.ts'

export interface BuildContext {
  database: Database
  clock: Clock
  config: { data: string }
}

/**
 * Builds the columns file in a thread of its own and says how far it is, to `onProgress` and in the database. Null: another
 * process is building it.
 */
export async function rebuildColumns(
  { database, clock, config }: BuildContext,
  { signal, onProgress }: { signal?: AbortSignal; onProgress?: (progress: BuildProgress) => void } = {},
): Promise<Built | null> {
  const data: BuilderData = {
    connection: connectionOf(database.ownerPool),
    path: columnsPath(config.data),
    now: clock.now(),
  }
  const worker = new Worker(threadUrl('builder'), { workerData: data, name: 'targeting build' })
  const stop = (): void => void worker.terminate()
  signal?.addEventListener('abort', stop)
  let noted: Promise<unknown> = Promise.resolve()
  let last = 0
  const note = (progress: BuildProgress): void => {
    const now = performance.now()
    if (progress.phase === 'reading' && now - last < 500 && last > 0) return
    const isFirst = last === 0
    last = now
    noted = noted.then(() => noteProgress(database, progress, isFirst))
  }
  try {
    const built = await new Promise<Built | null>((resolve, reject) => {
      worker.on('message', (message: BuilderMessage) => {
        if ('built' in message) resolve(message.built)
        else {
          note(message.progress)
          onProgress?.(message.progress)
        }
      })
      worker.on('error', reject)
      worker.on('exit', (code) => reject(new Error(`the build ended early with ${code}`)))
    })
    await noted
    if (built) await noteEnd(database, null)
    return built
  } catch (problem) {
    await noted
    await noteEnd(database, problem instanceof Error ? problem.message : String(problem))
    throw problem
  } finally {
    signal?.removeEventListener('abort', stop)
    await worker.terminate()
  }
}

/** A pool keeps its password out of what can be copied to a thread. */
function connectionOf({ options }: pg.Pool): pg.ClientConfig {
  const { host, port, user, database, password, connectionString, ssl } = options
  const given = { host, port, user, database, password, connectionString, ssl }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
}

const noteProgress = (database: Database, progress: BuildProgress, isFirst: boolean): Promise<unknown> =>
  sql`insert into targeting_build (started_at, heartbeat_at, progress) values (now(), now(), ${JSON.stringify(progress)}::jsonb)
    on conflict (is_only) do update set heartbeat_at = now(), progress = excluded.progress, problem = null, finished_at = null,
      started_at = case when ${isFirst}::boolean then now() else targeting_build.started_at end`.execute(database.owner)

const noteEnd = (database: Database, problem: string | null): Promise<unknown> =>
  sql`update targeting_build set finished_at = now(), heartbeat_at = now(), problem = ${problem}::text`.execute(
    database.owner,
  )

/** What can be said of the columns without loading them. */
export interface ColumnsStatus {
  state: 'ready' | 'stale' | FileProblem
  /** Of the file that is there. */
  file: Pick<Header, 'built_at' | 'seconds' | 'voters'> | null
  /** The build that runs. */
  building: (BuildProgress & { started_at: Date }) | null
  /** Why the last build ended without a file. */
  problem: string | null
}

/** A build that has not been heard of for so long was killed. */
const silence_ms = 60_000

export async function columnsStatus({
  database,
  config,
}: Pick<BuildContext, 'database' | 'config'>): Promise<ColumnsStatus> {
  const { rows } = await sql<{ started_at: Date; is_alive: boolean; progress: BuildProgress; problem: string | null }>`
    select started_at, progress, problem, finished_at is null and heartbeat_at > now() - ${silence_ms}::integer * interval '1 ms' as is_alive
    from targeting_build`.execute(database.commons)
  const [build] = rows
  const common = {
    building: build?.is_alive ? { ...build.progress, started_at: build.started_at } : null,
    problem: build?.problem ?? null,
  }
  try {
    const { inputs, ...file } = await aboutFile(columnsPath(config.data))
    return { state: inputs === (await inputsOf(database.commons)) ? 'ready' : 'stale', file, ...common }
  } catch (problem) {
    if (!(problem instanceof FileUnusable)) throw problem
    return { state: problem.problem, file: null, ...common }
  }
}

type AboutFile = Pick<Header, 'inputs' | 'built_at' | 'seconds' | 'voters'>
let lastRead: { file: string; about: AboutFile } | null = null

/** The header of a whole state takes some tens of ms to read, and a page that shows a build asks every other second. */
async function aboutFile(path: string): Promise<AboutFile> {
  const seen = await stat(path).catch(() => null) // opening it says why
  const file = seen && [path, seen.ino, seen.mtimeMs, seen.size].join(' ')
  if (file && file === lastRead?.file) return lastRead.about
  const reader = await ColumnsReader.open(path)
  await reader.close()
  const { inputs, built_at, seconds, voters } = reader.header
  const about = { inputs, built_at, seconds, voters }
  if (file) lastRead = { file, about }
  return about
}

/** Is the file right to its last byte? `columnsStatus` looks at its header alone. */
export async function isSound({ config }: Pick<BuildContext, 'config'>): Promise<boolean> {
  const reader = await ColumnsReader.open(columnsPath(config.data))
  try {
    return await reader.isSound()
  } finally {
    await reader.close()
  }
}

/** How far a build is: reading the rows is most of it. */
export function percentOf({ phase, rows, of_rows }: BuildProgress): number {
  if (phase === 'reading') return Math.floor((70 * rows) / Math.max(1, of_rows))
  return phase === 'sorting' ? 75 : 90
}
