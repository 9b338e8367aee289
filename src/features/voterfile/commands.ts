import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, mkdirSync } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
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
import { importCityFile, importCityFirst } from './importing/city.ts'
import { detect, inOrder, type Detection } from './importing/detect.ts'
import { noteImport, placesOf, tablesVersion } from './community/refresh.ts'
import { importFirst, partitionOf } from './importing/first.ts'
import { importLock, leaveImport, takeImport } from './importing/lock.ts'
import { importHistory } from './importing/history.ts'
import { importPhoneFile, type PhoneCounts } from './importing/phones.ts'
import { storePhones } from './importing/registration-phones.ts'
import { allRejected, firstRejects, Rejects } from './importing/rejects.ts'
import { Cancelled, Run } from './importing/run.ts'
import { forgetList, type TakenBack } from './importing/said-phones.ts'
import { Spool, spoolPath } from './importing/spool.ts'
import { layoutBook } from './layouts/own.ts'
import { ElectionBook, type Election } from './mapping/elections.ts'
import { dateInName, dayThere, Refused, textsOf } from './reading/source.ts'
import { importDetails, type ImportPreview, type ImportReport, type SaidColumns } from './schema.ts'
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
  /** Some of the voters only, a district for example: nobody is marked as gone. */
  is_part?: boolean
  /** 'YYYY-MM-DD' where the name does not say it. */
  received_on?: string
  /** The row of `voter_import` a page made; without it one is made. */
  import_id?: string
  /** Only see what would change: the same work, and all of it undone. Without a row of a page none stays either. */
  is_preview?: boolean
  signal?: AbortSignal
  onProgress?(progress: Progress): void
}

/** One kind of file of an import: what it was and what became of its rows. */
export interface ImportedFile {
  file_id: number
  layout: string
  names: string[]
  counts: ImportCounts
}

export type ImportResult =
  | {
      ok: true
      import_id: string
      report: ImportReport
      counts: ImportCounts
      rejects_path: string | null
      /** Of the first of them. */
      file_id: number
      files: ImportedFile[]
      /** What was in a .zip beside the voter files. */
      left_out: string[]
      /** Of a preview: what would change. Then no `file_id` is anywhere. */
      preview: ImportPreview | null
    }
  | {
      ok: false
      import_id: string | null
      problem: ImportProblem
      rejects_path?: string | null
      /** It was read already, and not only waiting for others. */
      has_begun?: boolean
    }

/** Why nothing was imported. `gone` and `of`: of `many_gone`. */
export interface ImportProblem {
  code: string
  detail: string
  gone?: number
  of?: number
}

/**
 * Imports files, wholly or not at all, each kind of file in turn (inOrder): everything happens in one transaction, so that until its end
 * everybody reads the voters as they were, and a killed import leaves nothing behind. One import at a time; another waits.
 */
export async function runImport(context: ImportContext, request: ImportRequest): Promise<ImportResult> {
  const { database, clock, actor } = context
  const started = performance.now()
  const names = request.names ?? request.paths
  if (!request.law_accepted && !(request.is_preview && !request.import_id))
    return refused(context, request, { code: 'law_not_accepted', detail: 'New York Election Law 3-103(5)' })

  let detection: Detection
  const book = await layoutBook(database.owner)
  // A described layout without its version is the newest; the import keeps which one that was.
  const wanted_layout = request.layout && (book.byId(request.layout)?.id ?? request.layout)
  try {
    const { parts, left_out } = await textsOf(request.paths, request.names)
    detection = await detect(parts, wanted_layout, book)
    detection.left_out.unshift(...left_out)
  } catch (problem) {
    if (problem instanceof Refused) return refused(context, request, { code: problem.code, detail: problem.detail })
    throw problem
  }
  const { left_out } = detection
  const groups = inOrder(detection.detected)
  const first = groups[0]?.[0]?.layout
  if (!first) throw new Error('no part was detected')

  const import_id = request.import_id ?? randomUUID()
  const client = await database.ownerPool.connect()
  const stopping = new AbortController()
  const signal = request.signal ? AbortSignal.any([request.signal, stopping.signal]) : stopping.signal
  let progress: Progress = { phase: 'reading' }
  let heartbeat: NodeJS.Timeout | undefined
  const onProgress = (now: Progress): void => {
    progress = now
    request.onProgress?.(now)
  }
  const working = join(context.folder, 'imports')
  mkdirSync(working, { recursive: true })
  let rejects = new Rejects(rejectsPath(working, import_id))
  let run: Run | null = null
  const preview = request.is_preview ? emptyPreview() : null
  let has_begun = false
  let stopBreaking = async (): Promise<void> => undefined
  try {
    await untilTrue(
      () => takeImport(client, import_id),
      client,
      signal,
      () => onProgress({ phase: 'waiting' }),
    )
    // Of several kinds none is wanted when the import is run again.
    await begin(context, request, import_id, groups.length === 1 ? first.id : wanted_layout, first.kind)
    heartbeat = beat(database.owner, import_id, () => progress, stopping)
    const turn = performance.now()
    await waitForTurn(client, signal, () => onProgress({ phase: 'waiting' }))
    const waited = performance.now() - turn
    for (const state of new Set(detection.detected.map(({ layout }) => layout.state)))
      await ensureKeyIndex(client, partitionOf(state))
    await client.query('begin')
    has_begun = true
    stopBreaking = await breakOff(client, database, signal)
    const now = clock.now()
    if (preview) preview.newest_file_id = await newestFile(client)
    const files: ImportedFile[] = []
    let hasRejects = false
    for (const [place, detected] of groups.entries()) {
      // What comes later in the same import builds on what came before, so that is written, to be undone with the rest.
      const writes = !preview || place < groups.length - 1
      const { layout } = detected[0] ?? { layout: first }
      const begun = performance.now()
      if (files.length > 0) {
        run?.phones.remove()
        await client.query('discard temp')
        rejects = new Rejects(rejects.path, hasRejects)
      }
      const fileNames = groups.length === 1 ? [...names] : detected.map(({ part }) => part.name)
      const received_on =
        request.received_on ?? [...names, ...fileNames].map(dateInName).find((date) => date !== null) ?? null
      const file = await client.query<{ file_id: number }>(
        `insert into voter_file (state, layout, kind, names, bytes, received_on, imported_at, imported_by, law_accepted_at, counts, import_id)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $7, '{}', $9) returning file_id`,
        [
          layout.state,
          layout.id,
          layout.kind,
          fileNames,
          detected.reduce((sum, { part }) => sum + part.bytes, 0),
          received_on,
          now,
          actor.name,
          import_id,
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
        import_id,
        phones: new Spool(spoolPath(working, import_id, 'phones')),
        paths: request.paths,
        names,
        wanted_layout,
        own_layouts: book.own,
        folder: working,
        include_purged: request.include_purged ?? false,
        accept_gone: request.accept_gone ?? false,
        is_part: request.is_part ?? false,
        preview,
        writes,
        today: dayThere(layout.state, now),
        signal,
        onProgress,
        places: await placesOf(dbOn(client), layout.state),
      })
      const exists = await client.query<{ it: boolean }>('select to_regclass($1) is not null as it', [
        partitionOf(layout.state),
      ])
      const isKnown = exists.rows[0]?.it ?? false
      if (preview && place === 0) preview.is_first = !isKnown
      // Whose voters they are: the state's, or a city's list that came before it.
      let brings = true
      if (layout.kind === 'history') {
        if (!isKnown) throw new Refused('voters_first', layout.state)
        await importHistory(run)
        brings = false
      } else if (layout.key === 'county_voter_id') {
        if (isKnown) brings = await importCityFile(run)
        else await importCityFirst(run)
      } else await (isKnown ? importAgain(run) : importFirst(run))
      if (brings)
        await client.query(
          `update voter_file set first_voter_id = $2, next_voter_id = $2 + $3::integer, counties = $4 where file_id = $1`,
          [file_id, run.next_voter_id, run.counts.added ?? 0, run.counties],
        )

      if (writes)
        await noteImport(dbOn(client), layout.state, places_version, {
          is_first: !isKnown && layout.kind === 'registration',
          joined_council: layout.key === 'county_voter_id',
          changed: (run.counts.updated ?? 0) + (run.counts.added ?? 0) > 0,
        })

      run.progress({ phase: 'finishing' })
      run.finishPhones()
      if (writes) await storePhones(run, received_on ?? dayThere(layout.state, now))
      for (const { election_id, kind, year, held_on } of elections.added)
        await client.query(
          'insert into election (election_id, state, kind, year, held_on) values ($1, $2, $3, $4, $5)',
          [election_id, layout.state, kind, year, held_on],
        )
      run.counts.seconds = Math.round((performance.now() - begun) / 10) / 100
      await client.query('update voter_file set counts = $2, sha256 = $3 where file_id = $1', [
        file_id,
        run.counts,
        await shaOfSmall(request.paths),
      ])
      hasRejects = rejects.close() !== null
      if (!preview)
        await audit(dbOn(client), actor, {
          action: 'voterfile.import',
          subject: 'voter_file',
          subject_id: file_id,
          after: {
            layout: layout.id,
            names: fileNames,
            law_accepted: true,
            include_purged: request.include_purged ?? false,
            accept_gone: request.accept_gone ?? false,
            is_part: request.is_part ?? false,
            ...run.counts,
          },
          organization_id: null,
        })
      files.push({ file_id, layout: layout.id, names: fileNames, counts: run.counts })
    }
    const counts = sumOf(files)
    if (counts.read === 0)
      throw new Refused('empty_file', files.flatMap((file) => file.names.map((name) => basename(name))).join(', '))
    if (counts.rejected >= counts.read) throw allRejected(counts)
    counts.seconds = Math.round((performance.now() - started - waited) / 10) / 100
    const rejects_path = hasRejects ? rejects.path : null
    const file_id = files[0]?.file_id ?? 0
    const result = {
      ok: true as const,
      import_id,
      report: reportOf(counts),
      counts,
      rejects_path,
      file_id,
      files,
      left_out,
    }
    if (preview) {
      await client.query('rollback')
      clearInterval(heartbeat)
      preview.report = result.report
      preview.details = detailsOf(counts)
      preview.files = files.map(({ layout, names: read, counts: of }) => ({
        layout,
        names: read,
        report: reportOf(of),
      }))
      if (rejects_path) preview.rejects = await firstRejects(rejects_path)
      await endPreview(context, request, import_id, preview, rejects_path)
      return { ...result, rejects_path: request.import_id ? rejects_path : null, preview }
    }
    clearInterval(heartbeat) // it would wait for the row
    // In the same transaction, so that a row never says otherwise than the voters.
    await dbOn(client)
      .updateTable('voter_import')
      .set({
        state: 'done',
        finished_at: clock.now(),
        report: JSON.stringify(counts),
        rejects_path,
        file_id,
        left_out,
        progress: JSON.stringify({ ...progress, phase: 'finishing' }),
      })
      .where('import_id', '=', import_id)
      .execute()
    await client.query('commit')
    return { ...result, preview }
  } catch (problem) {
    await stopBreaking()
    await abandonCopy(client)
    await client.query('rollback').catch(() => undefined) // a lost connection has rolled back already
    const rejects_path = keptRejects(rejects, problem, request)
    const told: ImportProblem | null =
      problem instanceof Refused
        ? { code: problem.code, detail: problem.detail, ...problem.numbers }
        : problem instanceof Cancelled || signal.aborted
          ? { code: 'cancelled', detail: '' }
          : null
    if (request.is_preview && !request.import_id) {
      await database.owner.deleteFrom('voter_import').where('import_id', '=', import_id).execute()
      if (!told) throw problem
      return { ok: false, import_id: null, problem: told }
    }
    // Who stops looking is back at the question.
    const state = stateAfter(told, request.is_preview ? 'checked' : 'cancelled')
    await database.owner
      .updateTable('voter_import')
      .set({
        state,
        finished_at: clock.now(),
        rejects_path,
        ...(state === 'checked' && { is_preview: false }),
        problem: JSON.stringify(
          told ?? { code: 'failed', detail: problem instanceof Error ? problem.message : String(problem) },
        ),
      })
      .where('import_id', '=', import_id)
      // Done it is where the connection was lost after the commit alone.
      .where('state', '<>', 'done')
      .execute()
    if (!told) throw problem
    return { ok: false, import_id, problem: told, rejects_path, has_begun }
  } finally {
    clearInterval(heartbeat)
    await stopBreaking()
    run?.phones.remove()
    await leaveImport(client)
    client.release()
  }
}

export interface PhoneRequest {
  paths: readonly string[]
  names?: readonly string[]
  /** Where the numbers are from, where the file has no such column: 'vendor X'. */
  source: string | null
  /** As for voter files: numbers matched to voters are the list in another form. */
  law_accepted: boolean
  received_on?: string
  /** What somebody said of columns, by their headings. */
  columns?: SaidColumns
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
  | { ok: false; problem: { code: string; detail: string }; rejects_path: string | null; has_begun?: boolean }
> {
  const { database, clock, actor } = context
  const started = performance.now()
  if (!request.law_accepted) {
    const problem = { code: 'law_not_accepted', detail: 'New York Election Law 3-103(5)' }
    await markRefused(context, request.import_id, problem)
    return { ok: false, problem, rejects_path: null }
  }
  const names = [...(request.names ?? request.paths)]
  const working = join(context.folder, 'imports')
  mkdirSync(working, { recursive: true })
  const import_id = request.import_id ?? randomUUID()
  const rejects = new Rejects(rejectsPath(working, import_id))
  const client = await database.ownerPool.connect()
  const stopping = new AbortController()
  const signal = request.signal ? AbortSignal.any([request.signal, stopping.signal]) : stopping.signal
  let progress: Progress = { phase: 'reading' }
  let heartbeat: NodeJS.Timeout | undefined
  const onProgress = (now: Progress): void => {
    progress = now
    request.onProgress?.(now)
    if (signal.aborted) throw new Cancelled()
  }
  const settle = async (
    db: Db,
    values: {
      state: ImportState
      report?: PhoneReport
      rejects_path?: string | null
      problem?: object
      file_id?: number
    },
  ): Promise<void> => {
    await db
      .updateTable('voter_import')
      .set({
        state: values.state,
        finished_at: clock.now(),
        ...(values.report && { report: JSON.stringify(values.report) }),
        ...(values.problem && { problem: JSON.stringify(values.problem) }),
        rejects_path: values.rejects_path ?? null,
        file_id: values.file_id ?? null,
      })
      .where('import_id', '=', import_id)
      // Done it is where the connection was lost after the commit alone.
      .where('state', '<>', 'done')
      .execute()
  }
  let has_begun = false
  let stopBreaking = async (): Promise<void> => undefined
  try {
    await untilTrue(
      () => takeImport(client, import_id),
      client,
      signal,
      () => onProgress({ phase: 'waiting' }),
    )
    await begin(context, request, import_id, null, 'phones')
    heartbeat = beat(database.owner, import_id, () => progress, stopping)
    const turn = performance.now()
    await waitForTurn(client, signal, () => onProgress({ phase: 'waiting' }))
    const waited = performance.now() - turn
    await client.query('begin')
    has_begun = true
    stopBreaking = await breakOff(client, database, signal)
    const received_on =
      request.received_on ?? names.map(dateInName).find((date) => date !== null) ?? dayThere(null, clock.now())
    const file = await client.query<{ file_id: number }>(
      `insert into voter_file (state, layout, kind, names, received_on, imported_at, imported_by, law_accepted_at, counts, import_id, is_remembered)
       values (null, 'phones', 'phones', $1, $2, $3, $4, $3, '{}', $5, true) returning file_id`,
      [names, received_on, clock.now(), actor.name, import_id],
    )
    const file_id = file.rows[0]?.file_id ?? 0
    const { counts, state } = await importPhoneFile(client, request.paths, rejects, {
      source: request.source,
      received_on,
      file_id,
      columns: request.columns ?? {},
      onProgress,
    })
    const report: PhoneReport = {
      ...counts,
      gone: 0,
      seconds: Math.round((performance.now() - started - waited) / 10) / 100,
    }
    await client.query('update voter_file set counts = $2, state = $3 where file_id = $1', [file_id, report, state])
    await audit(dbOn(client), actor, {
      action: 'voterfile.phones',
      subject: 'voter_file',
      subject_id: file_id,
      after: { names, law_accepted: true, ...report },
      organization_id: null,
    })
    const rejects_path = rejects.close()
    clearInterval(heartbeat) // it would wait for the row
    await settle(dbOn(client), { state: 'done', report, rejects_path, file_id })
    await client.query('commit')
    return { ok: true, report, rejects_path }
  } catch (problem) {
    await stopBreaking()
    await abandonCopy(client)
    await client.query('rollback').catch(() => undefined) // a lost connection has rolled back already
    const rejects_path = keptRejects(rejects, problem, {})
    const told =
      problem instanceof Refused
        ? { code: problem.code, detail: problem.detail }
        : problem instanceof Cancelled || signal.aborted
          ? { code: 'cancelled', detail: '' }
          : null
    await settle(database.owner, {
      state: stateAfter(told, 'cancelled'),
      problem: told ?? { code: 'failed', detail: problem instanceof Error ? problem.message : String(problem) },
      rejects_path,
    })
    if (!told) throw problem
    return { ok: false, problem: told, rejects_path, has_begun }
  } finally {
    clearInterval(heartbeat)
    await stopBreaking()
    await leaveImport(client)
    client.release()
  }
}

export type TakeBackProblem = 'no_list' | 'taken_back' | 'not_remembered' | 'busy'

/**
 * Takes a list of telephones back: numbers only it had go, those it wrote over are again as the others have them. Not while
 * an import runs, whose numbers it would not see, nor beside whatever else holds its lock.
 */
export async function takeBackPhones(
  { database, clock, actor }: Pick<ImportContext, 'database' | 'clock' | 'actor'>,
  file_id: number,
): Promise<({ ok: true } & TakenBack) | { ok: false; problem: TakeBackProblem }> {
  const client = await database.ownerPool.connect()
  try {
    await client.query('begin')
    // Pressed twice at once, the second waits here and finds it taken back.
    const { rows } = await client.query<{ names: string[]; is_remembered: boolean; taken_back_at: Date | null }>(
      "select names, is_remembered, taken_back_at from voter_file where file_id = $1 and kind = 'phones' for no key update",
      [file_id],
    )
    const { rows: locks } = await client.query<{ it: boolean }>('select pg_try_advisory_xact_lock($1) as it', [importLock]) // prettier-ignore
    const [file] = rows
    const problem = !file
      ? 'no_list'
      : file.taken_back_at
        ? 'taken_back'
        : !file.is_remembered
          ? 'not_remembered'
          : locks[0]?.it
            ? null
            : 'busy'
    if (!file || problem) {
      await client.query('rollback')
      return { ok: false, problem: problem ?? 'no_list' }
    }
    const taken = await forgetList(client, file_id)
    const figures = { numbers_gone: taken.gone, numbers_restored: taken.restored }
    // What is counted by the columns of targeting is another with these figures.
    await client.query(
      'update voter_file set taken_back_at = $2, taken_back_by = $3, counts = counts || $4 where file_id = $1',
      [file_id, clock.now(), actor.name, figures],
    )
    await audit(dbOn(client), actor, {
      action: 'voterfile.take_back',
      subject: 'voter_file',
      subject_id: file_id,
      after: { names: file.names, ...figures },
      organization_id: null,
    })
    await client.query('commit')
    return { ok: true, ...taken }
  } catch (problem) {
    await client.query('rollback').catch(() => undefined) // a lost connection has rolled back already
    throw problem
  } finally {
    client.release()
  }
}

/** A file of ours that cannot be written is no fault of theirs: the same import can be run again. */
const stateAfter = (told: { code: string } | null, stopped: ImportState): ImportState =>
  !told || told.code === 'rejects_unwritable' ? 'failed' : told.code === 'cancelled' ? stopped : 'refused'

/** Asks a waiting or running import to stop; it does within a second or two. False where it is not one of those. */
export async function cancelImport(context: ImportContext, import_id: string): Promise<boolean> {
  const result = await context.database.owner
    .updateTable('voter_import')
    .set({
      cancel_asked_at: context.clock.now(),
      state: sql<ImportState>`case when state = 'running' then state when state = 'queued' and is_preview then 'checked' else 'cancelled' end`,
      is_preview: sql<boolean>`is_preview and state = 'running'`,
    })
    .where('import_id', '=', import_id)
    .where('state', 'in', ['uploaded', 'checked', 'queued', 'running'])
    .returning('state')
    .executeTakeFirst()
  const isAsked = result !== undefined
  // What a preview could not read lies there.
  if (result?.state === 'cancelled') await removeLeftovers(join(context.folder, 'imports'), import_id)
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
  paths: string[]
  started_at: Date | null
}

/**
 * Imports whose process ended in the middle. Their transaction is gone with it, so the voters are as before; the rows
 * are marked 'failed' with the problem 'interrupted' and returned, to be told and, if wanted, run again. One whose
 * session the server still keeps is found by asking again.
 */
export async function recoverImports(database: Database, clock: Clock, folder: string): Promise<Interrupted[]> {
  const running = await database.owner
    .selectFrom('voter_import')
    .select('import_id')
    .where('state', '=', 'running')
    .execute()
  if (running.length === 0) return []
  const client = await database.ownerPool.connect()
  const found: Interrupted[] = []
  try {
    for (const { import_id } of running) {
      if (!(await takeImport(client, import_id))) continue
      // A look from the CLI, whose law nobody was asked about, leaves no row: it can be asked for again.
      const looked = await client.query(
        "delete from voter_import where import_id = $1 and state = 'running' and is_preview and law_accepted_at is null",
        [import_id],
      )
      if (looked.rowCount) await removeLeftovers(join(folder, 'imports'), import_id)
      const { rows } = await client.query<Interrupted>(
        `update voter_import set state = 'failed', finished_at = $2, problem = '{"code":"interrupted"}',
           interrupted_at = case when coalesce(progress->>'phase', 'waiting') = 'waiting' then interrupted_at else $2 end
         where import_id = $1 and state = 'running' returning import_id, names, paths, started_at`,
        [import_id, clock.now()],
      )
      found.push(...rows)
      if (rows.length > 0) await removeLeftovers(join(folder, 'imports'), import_id)
      await leaveImport(client)
    }
  } finally {
    await leaveImport(client)
    client.release()
  }
  for (const { import_id, names } of found)
    log.warn({ import_id, names }, 'an import was interrupted and rolled back; the voters are as before')
  return found
}

/** Where no row could be read, the rows with their reasons are all there is to go on; after any other end they are of no use. */
function keptRejects(
  rejects: Rejects,
  problem: unknown,
  { is_preview = false, import_id }: Pick<ImportRequest, 'is_preview' | 'import_id'>,
): string | null {
  const isWanted = problem instanceof Refused && problem.code === 'all_rejected' && (!is_preview || import_id)
  if (isWanted) return rejects.close()
  rejects.discard()
  return null
}

const rejectsPath = (working: string, import_id: string): string => join(working, `${import_id}-rejects.csv`)

/** What a killed import had put aside on disk. */
async function removeLeftovers(working: string, import_id: string): Promise<void> {
  for (const name of await readdir(working).catch(() => []))
    if (name.startsWith(import_id)) await rm(join(working, name), { force: true })
}

const sumOf = (files: readonly ImportedFile[]): ImportCounts => {
  const sum: ImportCounts = { read: 0, added: 0, updated: 0, unchanged: 0, gone: 0, rejected: 0, seconds: 0 }
  for (const { counts } of files)
    for (const [name, count] of Object.entries(counts) as [keyof ImportCounts, number][])
      // entries() forgets the names
      sum[name] = (sum[name] ?? 0) + count
  return sum
}

const detailsOf = (counts: ImportCounts): ImportPreview['details'] =>
  Object.fromEntries(importDetails.flatMap((name) => (counts[name] ? [[name, counts[name]]] : [])))

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

/** The row of the import says that it runs; made where a page has not. */
async function begin(
  context: ImportContext,
  request: (ImportRequest | PhoneRequest) & {
    include_purged?: boolean
    accept_gone?: boolean
    is_part?: boolean
    is_preview?: boolean
  },
  import_id: string,
  layout: string | null,
  kind: 'registration' | 'history' | 'phones',
): Promise<void> {
  const now = context.clock.now()
  const common = {
    layout,
    kind,
    state: 'running' as const,
    started_at: now,
    heartbeat_at: now,
    problem: null,
    progress: JSON.stringify({}),
  }
  if (request.import_id) {
    await context.database.owner.updateTable('voter_import').set(common).where('import_id', '=', import_id).execute()
    return
  }
  await context.database.owner
    .insertInto('voter_import')
    .values({
      ...common,
      import_id,
      law_accepted_at: request.is_preview ? null : now,
      is_preview: request.is_preview ?? false,
      paths: [...request.paths],
      names: [...(request.names ?? request.paths)],
      options: JSON.stringify({
        include_purged: request.include_purged ?? false,
        accept_gone: request.accept_gone ?? false,
        is_part: request.is_part ?? false,
      }),
      requested_by: context.actor.name,
      file_id: null,
      finished_at: null,
      cancel_asked_at: null,
      dry_run: null,
      report: null,
      rejects_path: null,
    })
    .execute()
}

const emptyPreview = (): ImportPreview => ({
  report: { read: 0, added: 0, updated: 0, unchanged: 0, gone: 0, rejected: 0, seconds: 0 },
  details: {},
  changes: { moved: 0, party: 0, status: 0, name: 0, districts: 0, other: 0, returned: 0 },
  examples: [],
  rejects: [],
  refused: null,
  is_first: false,
  files: [],
  people: [],
  newest_file_id: null,
})

async function newestFile(client: pg.ClientBase): Promise<number | null> {
  const { rows } = await client.query<{ newest: number | null }>('select max(file_id) as newest from voter_file')
  return rows[0]?.newest ?? null
}

/** A page's row waits for the decision again, with what was found; of a look from the CLI nothing stays. */
async function endPreview(
  { database, clock }: ImportContext,
  request: ImportRequest,
  import_id: string,
  preview: ImportPreview,
  rejects_path: string | null,
): Promise<void> {
  if (!request.import_id) {
    await database.owner.deleteFrom('voter_import').where('import_id', '=', import_id).execute()
    if (rejects_path) await rm(rejects_path, { force: true })
    return
  }
  await database.owner
    .updateTable('voter_import')
    .set({
      state: 'checked',
      is_preview: false,
      finished_at: clock.now(),
      preview: JSON.stringify(preview),
      rejects_path,
    })
    .where('import_id', '=', import_id)
    .execute()
}

async function refused(
  context: ImportContext,
  request: ImportRequest,
  problem: { code: string; detail: string },
): Promise<ImportResult> {
  await markRefused(context, request.import_id, problem)
  return { ok: false, import_id: request.import_id ?? null, problem }
}

/** The row a page made says so; the CLI has none yet. */
async function markRefused(context: ImportContext, import_id: string | undefined, problem: object): Promise<void> {
  if (!import_id) return
  await context.database.owner
    .updateTable('voter_import')
    .set({ state: 'refused', finished_at: context.clock.now(), problem: JSON.stringify(problem) })
    .where('import_id', '=', import_id)
    .execute()
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

const waitForTurn = (client: pg.ClientBase, signal: AbortSignal, onWait: () => void): Promise<void> =>
  untilTrue(
    async () => {
      const taken = await client.query<{ it: boolean }>('select pg_try_advisory_lock($1) as it', [importLock])
      return taken.rows[0]?.it ?? false
    },
    client,
    signal,
    onWait,
  )

/**
 * Who is asked to stop hears it between two statements, of which one may take minutes at the size of a state: what has not
 * ended by itself is broken off. Ends once what is returned has been waited for, so that nobody else's statement is hit.
 */
async function breakOff(client: pg.ClientBase, { owner }: Database, signal: AbortSignal): Promise<() => Promise<void>> {
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
  const pid = rows[0]?.pid ?? 0
  let sent: Promise<unknown> = Promise.resolve()
  const timer = setInterval(() => {
    if (!signal.aborted) return
    sent = sql`select pg_cancel_backend(${pid}::integer)`
      .execute(owner)
      .catch((problem: unknown) => log.warn({ problem }, 'an import was not broken off'))
  }, 1000)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await sent
  }
}

async function untilTrue(
  ask: () => Promise<boolean>,
  client: pg.ClientBase,
  signal: AbortSignal,
  onWait: () => void,
): Promise<void> {
  while (!(await ask())) {
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
