import { z } from 'zod'
import type { Actor } from '../../platform/actor.ts'
import type { Installation } from '../../platform/http/room.ts'
import { addJob, job } from '../../platform/jobs/jobs.ts'
import { importPhones, runImport } from './commands.ts'
import { addMissingIndexes } from './indexing.ts'
import { voterImport } from './queries.ts'
import { ImportOptions } from './schema.ts'

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
    if (!found || !['queued', 'running', 'failed'].includes(found.state)) return
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
    if (found.kind === 'phones') {
      await importPhones(context, {
        paths: found.paths,
        names: found.names,
        source: options.source ?? null,
        import_id,
        ...(options.received_on && { received_on: options.received_on }),
      })
      return
    }
    await runImport(context, {
      paths: found.paths,
      names: found.names,
      layout: found.layout,
      law_accepted: found.law_accepted_at !== null,
      include_purged: options.include_purged,
      ...(options.received_on && { received_on: options.received_on }),
      import_id,
      signal,
    })
    await addJob(database.owner, voterfileIndex, {}, { key: 'voterfile.index' })
  },
})
