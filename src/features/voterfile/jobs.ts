import { resolve, sep } from 'node:path'
import { z } from 'zod'
import type { Actor } from '../../platform/actor.ts'
import { inTransaction } from '../../platform/db/db.ts'
import { GiveUp } from '../../platform/errors.ts'
import type { Installation } from '../../platform/http/room.ts'
import { addJob, job } from '../../platform/jobs/jobs.ts'
import { log } from '../../platform/log.ts'
import { importPhones, recoverImports, runImport } from './commands.ts'
import { addMissingIndexes } from './indexing.ts'
import { voterImport } from './queries.ts'
import { ImportOptions } from './schema.ts'
import { sweepUploads, uploadsFolder } from './uploads/store.ts'

/** Makes the indexes of the search where an import left them out. */
export const voterfileIndex = job({
  name: 'voterfile.index',
  payload: z.object({}),
  async run(_, { installation }) {
    await addMissingIndexes((installation as Installation).database)
  },
})

/** Runs an import that a page queued. Run again after a crash it starts anew: what was there is whole. */
export const voterfileImport = job({
  name: 'voterfile.import',
  payload: z.object({ import_id: z.uuid() }),
  async run({ import_id }, { installation, signal }) {
    const { database, clock, config } = installation as Installation
    const found = await voterImport(database.owner, import_id)
    if (!found || !(found.state === 'queued' || isInterrupted(found))) return
    const actor: Actor = {
      kind: 'system',
      id: 'voterfile.import',
      name: found.requested_by,
      organization_id: '',
      roles: [],
      is_steward: true,
    }
    const context = { database, clock, folder: config.data, actor }
    const options = ImportOptions.parse(found.options)
    const common = {
      paths: found.paths,
      names: found.names,
      import_id,
      law_accepted: found.law_accepted_at !== null,
      ...(options.received_on && { received_on: options.received_on }),
    }
    try {
      const result =
        found.kind === 'phones'
          ? await importPhones(context, {
              ...common,
              source: options.source ?? null,
              columns: options.columns ?? {},
              signal,
            })
          : await runImport(context, {
              ...common,
              layout: found.layout,
              include_purged: options.include_purged,
              accept_gone: options.accept_gone ?? false,
              is_part: options.is_part ?? false,
              is_preview: found.is_preview,
              signal,
            })
      // Stopped with the server, not by a person: the next start takes it up.
      if (!result.ok && result.problem.code === 'cancelled' && signal.aborted) {
        await database.owner
          .updateTable('voter_import')
          .set({
            state: 'failed',
            ...(result.has_begun && { interrupted_at: clock.now() }),
            problem: JSON.stringify({ code: 'interrupted' }),
          })
          .where('import_id', '=', import_id)
          .where('cancel_asked_at', 'is', null)
          .execute()
      }
    } catch (problem) {
      // Its row says what went wrong; trying again by itself would do the same.
      throw new GiveUp('the import failed', { cause: problem })
    }
    await sweepUploads(database.owner, config.data, clock.now())
    if (!found.is_preview) await addJob(database.owner, voterfileIndex, {}, { key: 'voterfile.index' })
  },
})

/** What became of imports whose process ended in the middle. */
export interface Recovered {
  names: string[]
  /** Its files are ours, so it was queued again; else somebody has to run it again. */
  is_resumed: boolean
}

/**
 * Imports that somebody's process did not finish were rolled back; those whose files were uploaded are queued again.
 * An import of a process just killed may be found only when asked again: its session ends a little later.
 */
export async function resumeImports({ database, clock, config }: Installation): Promise<Recovered[]> {
  const isOurs = (path: string): boolean => resolve(path).startsWith(resolve(uploadsFolder(config.data)) + sep)
  const rolled_back = await recoverImports(database, clock, config.data)
  // Also those a server that was stopped in good order left.
  const left = await database.owner.selectFrom('voter_import').selectAll().where('state', '=', 'failed').execute()
  const resumed = left.filter((each) => isInterrupted(each) && each.paths.every(isOurs))
  for (const { import_id } of resumed)
    await inTransaction(database.owner, async (tx) => {
      await tx
        .updateTable('voter_import')
        .set({ state: 'queued', problem: null, finished_at: null, progress: '{}' })
        .where('import_id', '=', import_id)
        .where('state', '=', 'failed')
        .execute()
      await addJob(tx, voterfileImport, { import_id }, { queue: 'voterfile', max_attempts: 3, key: import_id })
    })
  return [
    ...resumed.map(({ names }) => ({ names, is_resumed: true })),
    ...rolled_back.filter(({ paths }) => !paths.every(isOurs)).map(({ names }) => ({ names, is_resumed: false })),
  ]
}

/** Looks now and every few seconds for imports whose process ended, and tells of each. Returns how to stop. */
export async function watchImports(
  installation: Installation,
  tell: (recovered: Recovered) => void,
  every_ms = 3000,
): Promise<() => void> {
  const look = async (): Promise<void> => (await resumeImports(installation)).forEach(tell)
  await look()
  const timer = setInterval(() => {
    look().catch((problem: unknown) => log.warn({ problem }, 'interrupted imports were not looked for'))
  }, every_ms)
  timer.unref()
  return () => clearInterval(timer)
}

const isInterrupted = (each: { state: string; problem: { code: string } | null }): boolean =>
  each.state === 'failed' && each.problem?.code === 'interrupted'
