import { z } from 'zod'
import { found } from '../../platform/errors.ts'
import { Instant, instant, operation } from '../access/tokens/operation.ts'
import { currentVersion, listScripts, versionsOf, type ScriptVersion } from './queries.ts'
import { ScriptContent } from './schema.ts'

const ScriptAnswer = z.object({
  script_id: z.uuid(),
  name: z.string(),
  version: z.int(),
  created_at: Instant,
  archived_at: Instant.nullable(),
  content: ScriptContent,
})

const shown = (row: ScriptVersion): z.infer<typeof ScriptAnswer> => ({
  script_id: row.script_id,
  name: row.name,
  version: row.version,
  created_at: instant(row.created_at),
  archived_at: row.archived_at && instant(row.archived_at),
  content: row.content,
})

const OneScript = z.object({ script_id: z.uuid() })

export const scriptOperations = [
  operation({
    method: 'GET',
    path: '/scripts',
    scope: 'scripts.read',
    group: 'Scripts',
    summary: 'Scripts in use, each in its newest version.',
    answer: z.object({ items: z.array(ScriptAnswer) }),
    run: async ({ db }) => ({ items: (await listScripts(db)).map(shown) }),
  }),
  operation({
    method: 'GET',
    path: '/scripts/:script_id',
    scope: 'scripts.read',
    group: 'Scripts',
    summary: 'The newest version of a script: questions, branches and texts in every language.',
    params: OneScript,
    answer: ScriptAnswer,
    run: async ({ db }, { params }) => shown(found(await currentVersion(db, params.script_id))),
  }),
  operation({
    method: 'GET',
    path: '/scripts/:script_id/versions',
    scope: 'scripts.read',
    group: 'Scripts',
    summary: 'Every version, newest first; answers name the version they were given to.',
    params: OneScript,
    answer: z.object({ items: z.array(ScriptAnswer) }),
    async run({ db }, { params }) {
      found(await currentVersion(db, params.script_id))
      return { items: (await versionsOf(db, params.script_id)).map(shown) }
    },
  }),
]
