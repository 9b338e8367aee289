import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { Kysely, PostgresDialect, sql } from 'kysely'
import type pg from 'pg'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Database, Db } from '../../platform/db/db.ts'
import { log } from '../../platform/log.ts'
import type { Tables } from '../../platform/db/tables.ts'
import { abandonCopy } from './importing/copying.ts'
import { ensureKeyIndex } from './indexing.ts'
import { importAgain } from './importing/again.ts'
import { importCityFile } from './importing/city.ts'
import { detect } from './importing/detect.ts'
import { noteImport, placesOf, tablesVersion } from './community/refresh.ts'
import { importFirst, partitionOf } from './importing/first.ts'
import { importLock } from './importing/lock.ts'
import { importHistory } from './importing/history.ts'
import { importPhoneFile, type PhoneCounts } from './importing/phones.ts'
import { storePhones } from './importing/registration-phones.ts'
import { Rejects } from './importing/rejects.ts'
import { Cancelled, Run } from './importing/run.ts'
import { Spool, spoolPath } from './importing/spool.ts'
import { ElectionBook, type Election } from './mapping/elections.ts'
import { dateInName, partsOf, Refused } from './reading/source.ts'
import type { ImportReport } from './schema.ts'
import type { ImportCounts, ImportState, Progress } from './tables.ts'

/** What an import needs of the installation. */
export interface ImportContext {
  database: Database
  clock: Clock
  /** Data folder: rejects and temporary files go below it. */
  folder: string
  actor: Actor
}

export interface ImportRequest {
  paths: readonly string[]
  /** File names as given, where the paths are ours. */
  names?: readonly string[]
  /** null: guessed. */
  layout: string | null
  /** New York Election Law 3-103(5) and its like elsewhere: for election purposes only. */
  law_accepted: boolean
  include_purged?: boolean
  /** Go on although many voters are missing from the file. */
  accept_gone?: boolean
  /** 'YYYY-MM-DD' where the name does not say it. */
  received_on?: string
  /** The row of `voter_import` a page made; without it one is made. */
  import_id?: string
  signal?: AbortSignal
  onProgress?(progress: Progress): void
}

export type ImportResult =
  | {
      ok: true
      import_id: string
      report: ImportReport
      counts: ImportCounts
      rejects_path: string | null
      file_id: number
    }
  | { ok: false; import_id: string | null; problem: ImportProblem; rejects_path?: string | null }

/** Why nothing was imported. `gone` and `of`: of `many_gone`. */
export interface ImportProblem {
  code: string
  detail: string
  gone?: number
  of?: number
}

/**
 * Imports the files of one state, wholly or not at all: everything happens in one transaction, so that until its end
 * everybody reads the voters as they were, and a killed import leaves nothing behind. One import at a time; another waits.
 */
export async function runImport(context: ImportContext, request: ImportRequest): Promise<ImportResult> {
  const { database, clock, actor } = context
  const started = performance.now()
  const names = request.names ?? request.paths
  if (!request.law_accepted)
    return refused(context, request, { code: 'law_not_accepted', detail: 'New York Election Law 3-103(5)' })

  let detected: Awaited<ReturnType<typeof detect>>
  try {
    detected = await detect(await partsOf(request.paths), request.layout)
  } catch (problem) {
    if (problem instanceof Refused) return refused(context, request, { code: problem.code, detail: problem.detail })
    throw problem
  }
  const layout = detected[0]?.layout
  if (!layout) throw new Error('no part was detected')

  const import_id = await begin(context, request, layout.id, layout.kind)
  const client = await database.ownerPool.connect()
  const stopping = new AbortController()
  const signal = request.signal ? AbortSignal.any([request.signal, stopping.signal]) : stopping.signal
  let progress: Progress = { phase: 'reading' }
  const heartbeat = beat(database.owner, import_id, () => progress, stopping)
  const onProgress = (now: Progress): void => {
    progress = now
    request.onProgress?.(now)
  }
  const working = join(context.folder, 'imports')
  mkdirSync(working, { recursive: true })
  const rejects = new Rejects(join(working, `${import_id}-rejects.csv`))
  let run: Run | null = null
  try {
    await waitForTurn(client, signal, () => onProgress({ phase: 'waiting' }))
    await ensureKeyIndex(client, partitionOf(layout.state))
    await client.query('begin')
    const now = clock.now()
    const received_on = request.received_on ?? names.map(dateInName).find((date) => date !== null) ?? null
    const file = await client.query<{ file_id: number }>(
      `insert into voter_file (state, layout, kind, names, bytes, received_on, imported_at, imported_by, law_accepted_at, counts)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $7, '{}') returning file_id`,
      [
        layout.state,
        layout.id,
        layout.kind,
        names.map(String),
        detected.reduce((sum, { part }) => sum + part.bytes, 0),
        received_on,
        now,
        actor.name,
      ],
    )
    const known = await client.query<Election>(
      'select election_id, kind, year, held_on from election where state = $1',
      [layout.state],
    )
    const next = await client.query<{ election: number; voter: number }>(
      'select (select coalesce(max(election_id), 0) + 1 from election) as election, (select coalesce(max(voter_id), 0) + 1 from voter_record) as voter',
    )
    const elections = new ElectionBook(known.rows, next.rows[0]?.election ?? 1)
    const file_id = file.rows[0]?.file_id ?? 0
    const places_version = await tablesVersion(dbOn(client), layout.state)
    run = new Run({
      client,
      detected,
      file_id,
      next_voter_id: next.rows[0]?.voter ?? 1,
      elections,
      rejects,
      phones: new Spool(spoolPath(working, 'phones')),
      paths: request.paths,
      wanted_layout: request.layout,
      folder: working,
      include_purged: request.include_purged ?? false,
      accept_gone: request.accept_gone ?? false,
      this_year: now.getUTCFullYear(),
      signal,
      onProgress,
      places: await placesOf(dbOn(client), layout.state),
    })
    const exists = await client.query<{ it: boolean }>('select to_regclass($1) is not null as it', [
      partitionOf(layout.state),
    ])
    const isKnown = exists.rows[0]?.it ?? false
    if (layout.kind === 'history' || layout.key === 'county_voter_id') {
      if (!isKnown) throw new Refused('state_file_first', layout.state)
      await (layout.kind === 'history' ? importHistory(run) : importCityFile(run))
    } else await (isKnown ? importAgain(run) : importFirst(run))

    await noteImport(dbOn(client), layout.state, places_version, {
      is_first: !isKnown && layout.kind === 'registration',
      joined_council: layout.key === 'county_voter_id',
      changed: (run.counts.updated ?? 0) + (run.counts.added ?? 0) > 0,
    })

    run.progress({ phase: 'finishing' })
    run.finishPhones()
    await storePhones(run, received_on ?? now.toISOString().slice(0, 10))
    for (const { election_id, kind, year, held_on } of elections.added)
      await client.query('insert into election (election_id, state, kind, year, held_on) values ($1, $2, $3, $4, $5)', [
        election_id,
        layout.state,
        kind,
        year,
        held_on,
      ])
    run.counts.seconds = Math.round((performance.now() - started) / 10) / 100
    await client.query('update voter_file set counts = $2, sha256 = $3 where file_id = $1', [
      file_id,
      run.counts,
      await shaOfSmall(request.paths),
    ])
    const rejects_path = await rejects.close()
    await audit(dbOn(client), actor, {
      action: 'voterfile.import',
      subject: 'voter_file',
      subject_id: file_id,
      after: {
        layout: layout.id,
        names: [...names],
        law_accepted: true,
        include_purged: request.include_purged ?? false,
        accept_gone: request.accept_gone ?? false,
        ...run.counts,
      },
      organization_id: null,
    })
    await client.query('commit')
    const report = reportOf(run.counts)
    await database.owner
      .updateTable('voter_import')
      .set({
        state: 'done',
        finished_at: clock.now(),
        report: JSON.stringify(run.counts),
        rejects_path,
        file_id,
        progress: JSON.stringify({ ...progress, phase: 'finishing' }),
      })
      .where('import_id', '=', import_id)
      .execute()
    return { ok: true, import_id, report, counts: run.counts, rejects_path, file_id }
  } catch (problem) {
    await abandonCopy(client)
    await client.query('rollback').catch(() => undefined) // a lost connection has rolled back already
    await rejects.discard()
    const told: ImportProblem | null =
      problem instanceof Refused
        ? { code: problem.code, detail: problem.detail, ...problem.numbers }
        : problem instanceof Cancelled || signal.aborted
          ? { code: 'cancelled', detail: '' }
          : null
    const state = told ? (told.code === 'cancelled' ? 'cancelled' : 'refused') : 'failed'
    await database.owner
      .updateTable('voter_import')
      .set({
        state,
        finished_at: clock.now(),
        problem: JSON.stringify(
          told ?? { code: 'failed', detail: problem instanceof Error ? problem.message : String(problem) },
        ),
      })
      .where('import_id', '=', import_id)
      .execute()
    if (!told) throw problem
    return { ok: false, import_id, problem: told }
  } finally {
    clearInterval(heartbeat)
    run?.phones.remove()
    await client.query('select pg_advisory_unlock_all()').catch(() => undefined) // the lock goes with the connection anyway
    client.release()
  }
}

export interface PhoneRequest {
  paths: readonly string[]
  names?: readonly string[]
  /** Where the numbers are from, where the file has no such column: 'vendor X'. */
  source: string | null
  received_on?: string
  /** The row of `voter_import` a page made. */
  import_id?: string
  signal?: AbortSignal
  onProgress?(progress: Progress): void
}

export type PhoneReport = PhoneCounts & { gone: number; seconds: number }

/** Joins a file of telephone numbers to the voters we have, wholly or not at all. */
export async function importPhones(
  context: ImportContext,
  request: PhoneRequest,
): Promise<
  | { ok: true; report: PhoneReport; rejects_path: string | null }
  | { ok: false; problem: { code: string; detail: string } }
> {
  const { database, clock, actor } = context
  const started = performance.now()
  const names = [...(request.names ?? request.paths)]
  const working = join(context.folder, 'imports')
  mkdirSync(working, { recursive: true })
  const rejects = new Rejects(join(working, `${request.import_id ?? randomUUID()}-rejects.csv`))
  const client = await database.ownerPool.connect()
  const stopping = new AbortController()
  const signal = request.signal ? AbortSignal.any([request.signal, stopping.signal]) : stopping.signal
  let progress: Progress = { phase: 'waiting' }
  const heartbeat = request.import_id ? beat(database.owner, request.import_id, () => progress, stopping) : undefined
  const onProgress = (now: Progress): void => {
    progress = now
    request.onProgress?.(now)
    if (signal.aborted) throw new Cancelled()
  }
  const settle = async (values: {
    state: ImportState
    report?: PhoneReport
    rejects_path?: string | null
    problem?: object
    file_id?: number
  }): Promise<void> => {
    if (!request.import_id) return
    await database.owner
      .updateTable('voter_import')
      .set({
        state: values.state,
        finished_at: clock.now(),
        ...(values.report && { report: JSON.stringify(values.report) }),
        ...(values.problem && { problem: JSON.stringify(values.problem) }),
        rejects_path: values.rejects_path ?? null,
        file_id: values.file_id ?? null,
      })
      .where('import_id', '=', request.import_id)
      .execute()
  }
  try {
    if (request.import_id)
      await database.owner
        .updateTable('voter_import')
        .set({ state: 'running', kind: 'phones', started_at: clock.now(), heartbeat_at: clock.now() })
        .where('import_id', '=', request.import_id)
        .execute()
    await waitForTurn(client, signal, () => onProgress({ phase: 'waiting' }))
    await client.query('begin')
    const received_on =
      request.received_on ??
      names.map(dateInName).find((date) => date !== null) ??
      clock.now().toISOString().slice(0, 10)
    const file = await client.query<{ file_id: number }>(
      `insert into voter_file (state, layout, kind, names, received_on, imported_at, imported_by, counts)
       values (coalesce((select state from voter_record limit 1), 'NY'), 'phones', 'phones', $1, $2, $3, $4, '{}') returning file_id`,
      [names, received_on, clock.now(), actor.name],
    )
    const file_id = file.rows[0]?.file_id ?? 0
    const counts = await importPhoneFile(client, request.paths, rejects, {
      source: request.source,
      received_on,
      file_id,
      onProgress,
    })
    const report: PhoneReport = { ...counts, gone: 0, seconds: Math.round((performance.now() - started) / 10) / 100 }
    await client.query('update voter_file set counts = $2 where file_id = $1', [file_id, report])
    await audit(dbOn(client), actor, {
      action: 'voterfile.phones',
      subject: 'voter_file',
      subject_id: file_id,
      after: { names, ...report },
      organization_id: null,
    })
    const rejects_path = await rejects.close()
    await client.query('commit')
    await settle({ state: 'done', report, rejects_path, file_id })
    return { ok: true, report, rejects_path }
  } catch (problem) {
    await abandonCopy(client)
    await client.query('rollback').catch(() => undefined) // a lost connection has rolled back already
    await rejects.discard()
    const told =
      problem instanceof Refused
        ? { code: problem.code, detail: problem.detail }
        : problem instanceof Cancelled || signal.aborted
          ? { code: 'cancelled', detail: '' }
          : null
    await settle({
      state: told ? (told.code === 'cancelled' ? 'cancelled' : 'refused') : 'failed',
      problem: told ?? { code: 'failed', detail: problem instanceof Error ? problem.message : String(problem) },
    })
    if (!told) throw problem
    return { ok: false, problem: told }
  } finally {
    clearInterval(heartbeat)
    await client.query('select pg_advisory_unlock_all()').catch(() => undefined) // the lock goes with the connection anyway
    client.release()
  }
}

/** Asks a waiting or running import to stop; it does within a second or two. False where it is not one of those. */
export async function cancelImport(context: ImportContext, import_id: string): Promise<boolean> {
  const result = await context.database.owner
    .updateTable('voter_import')
    .set({
      cancel_asked_at: context.clock.now(),
      state: sql<ImportState>`case when state = 'running' then state else 'cancelled' end`,
    })
    .where('import_id', '=', import_id)
    .where('state', 'in', ['uploaded', 'checked', 'queued', 'running'])
    .executeTakeFirst()
  const isAsked = Number(result.numUpdatedRows) > 0
  if (isAsked)
    await audit(context.database.owner, context.actor, {
      action: 'voterfile.cancel',
      subject: 'voter_import',
      subject_id: import_id,
      organization_id: null,
    })
  return isAsked
}

export interface Interrupted {
  import_id: string
  names: string[]
  started_at: Date | null
}

/**
 * Imports that were running when their process ended. Their transaction is gone with it, so the voters are as before;
 * the rows are marked 'failed' with the problem 'interrupted' and returned, to be told and, if wanted, run again.
 */
export async function recoverImports(database: Database, clock: Clock): Promise<Interrupted[]> {
  const client = await database.ownerPool.connect()
  try {
    const free = await client.query<{ it: boolean }>('select pg_try_advisory_lock($1) as it', [importLock])
    if (!free.rows[0]?.it) return [] // one is running right now
    const found = await client.query<Interrupted>(
      `update voter_import set state = 'failed', finished_at = $1, problem = '{"code":"interrupted"}'
       where state = 'running' and coalesce(heartbeat_at, started_at) < $1::timestamptz - interval '5 seconds' returning import_id, names, started_at`,
      [clock.now()],
    )
    await client.query('select pg_advisory_unlock($1)', [importLock])
    for (const { import_id } of found.rows)
      log.warn({ import_id }, 'an import was interrupted and rolled back; the voters are as before')
    return found.rows
  } finally {
    client.release()
  }
}

/** The seven figures of the report, and nothing else. */
export const reportOf = ({ read, added, updated, unchanged, gone, rejected, seconds }: ImportCounts): ImportReport => ({
  read,
  added,
  updated,
  unchanged,
  gone,
  rejected,
  seconds,
})

async function begin(
  context: ImportContext,
  request: ImportRequest,
  layout: string,
  kind: 'registration' | 'history',
): Promise<string> {
  const now = context.clock.now()
  const common = {
    layout,
    kind,
    state: 'running' as const,
    started_at: now,
    heartbeat_at: now,
    law_accepted_at: now,
    problem: null,
    progress: JSON.stringify({ phase: 'waiting' }),
  }
  if (request.import_id) {
    await context.database.owner
      .updateTable('voter_import')
      .set(common)
      .where('import_id', '=', request.import_id)
      .execute()
    return request.import_id
  }
  const row = await context.database.owner
    .insertInto('voter_import')
    .values({
      ...common,
      paths: [...request.paths],
      names: [...(request.names ?? request.paths)],
      options: JSON.stringify({
        include_purged: request.include_purged ?? false,
        accept_gone: request.accept_gone ?? false,
      }),
      requested_by: context.actor.name,
      file_id: null,
      finished_at: null,
      cancel_asked_at: null,
      dry_run: null,
      report: null,
      rejects_path: null,
    })
    .returning('import_id')
    .executeTakeFirstOrThrow()
  return row.import_id
}

async function refused(
  context: ImportContext,
  request: ImportRequest,
  problem: { code: string; detail: string },
): Promise<ImportResult> {
  if (request.import_id) {
    await context.database.owner
      .updateTable('voter_import')
      .set({ state: 'refused', finished_at: context.clock.now(), problem: JSON.stringify(problem) })
      .where('import_id', '=', request.import_id)
      .execute()
  }
  return { ok: false, import_id: request.import_id ?? null, problem }
}

/** Says every second that we live and how far we are, and listens for a wish to stop. */
function beat(db: Db, import_id: string, progress: () => Progress, stopping: AbortController): NodeJS.Timeout {
  const timer = setInterval(() => {
    db.updateTable('voter_import')
      .set((eb) => ({ heartbeat_at: eb.fn<Date>('now'), progress: JSON.stringify(progress()) }))
      .where('import_id', '=', import_id)
      .where('state', '=', 'running')
      .returning('cancel_asked_at')
      .executeTakeFirst()
      .then((row) => {
        if (row?.cancel_asked_at) stopping.abort()
      })
      .catch((problem: unknown) => log.warn({ problem, import_id }, 'no heartbeat for the import'))
  }, 1000)
  timer.unref()
  return timer
}

async function waitForTurn(client: pg.ClientBase, signal: AbortSignal, onWait: () => void): Promise<void> {
  for (;;) {
    const taken = await client.query<{ it: boolean }>('select pg_try_advisory_lock($1) as it', [importLock])
    if (taken.rows[0]?.it) return
    onWait()
    if (signal.aborted) throw new Cancelled()
    await client.query('select pg_sleep(0.25)')
  }
}

/** Kysely on one connection, in whatever transaction it is. */
function dbOn(client: pg.PoolClient): Db {
  const connection = { query: client.query.bind(client), release: () => undefined }
  // The dialect asks no more of a pool than this.
  return new Kysely<Tables>({
    dialect: new PostgresDialect({
      pool: {
        connect: async () => connection as unknown as pg.PoolClient,
        end: async () => undefined,
      } as unknown as pg.Pool,
    }),
  })
}

/** Hash of the bytes, of files small enough that it costs nothing beside the import. */
async function shaOfSmall(paths: readonly string[]): Promise<string | null> {
  const hash = createHash('sha256')
  let bytes = 0
  for (const path of paths) {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
      bytes += chunk.length
      if (bytes > 64 << 20) return null
      hash.update(chunk)
    }
  }
  return hash.digest('hex')
}
