import { z } from 'zod'
import { found } from '../../platform/errors.ts'
import { ApiRefusal, Instant, instant, operation, paged, pageOf, Paging, placeIn } from '../access/tokens/operation.ts'
import { createScript, saveScript } from './commands.ts'
import { currentVersion, listScripts, versionsOf, type ScriptVersion } from './queries.ts'
import { checkScript, waysOf } from './rules.ts'
import { ScriptContent, type Step } from './schema.ts'

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

const Name = z.string().trim().min(1).max(120)

/** A script that would trip a caller is refused, with every place where. */
function readable(content: ScriptContent): ScriptContent {
  const issues = checkScript(content)
    .filter((problem) => problem.is_blocking)
    .map(({ where, kind, detail }) => ({ path: `content.${where}`, message: detail ? `${kind}: ${detail}` : kind }))
    .concat(content.steps.flatMap(waysOfNoAnswer))
  if (issues.length) throw new ApiRefusal(422, 'script_unready', 'Callers cannot use this script yet.', { issues })
  return content
}

/** A slip of the other program: ours leaves no such ways. */
const waysOfNoAnswer = (step: Step): { path: string; message: string }[] =>
  Object.keys(step.goes)
    .filter((way) => !waysOf(step).includes(way))
    .map((way) => ({ path: `content.steps.${step.key}.goes.${way}`, message: 'no answer takes this way' }))

export const scriptOperations = [
  operation({
    method: 'GET',
    path: '/scripts',
    scope: 'scripts.read',
    group: 'Scripts',
    summary: 'Scripts in use, each in its newest version.',
    query: Paging,
    answer: pageOf(ScriptAnswer),
    async run({ db }, { query: { cursor, limit } }) {
      const after = placeIn(cursor, z.tuple([z.uuid()]))?.[0]
      const rows = await listScripts(db, { after, limit: limit + 1 })
      return paged(rows, limit, shown, ({ script_id }) => [script_id])
    },
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
    query: Paging,
    answer: pageOf(ScriptAnswer),
    async run({ db }, { params: { script_id }, query: { cursor, limit } }) {
      found(await currentVersion(db, script_id))
      const before = placeIn(cursor, z.tuple([z.int32()]))?.[0]
      const rows = await versionsOf(db, script_id, { before, limit: limit + 1 })
      return paged(rows, limit, shown, ({ version }) => [version])
    },
  }),
  operation({
    method: 'POST',
    path: '/scripts',
    scope: 'scripts.write',
    group: 'Scripts',
    summary: 'Starts a script with version 1. What would trip a caller is refused, with every place in `issues`.',
    body: z.object({ name: Name, content: ScriptContent }),
    answer: ScriptAnswer,
    status: 201,
    async run({ db, actor, now }, { body }) {
      const draft = { name: body.name, content: readable(body.content) }
      const { script_id } = await createScript(db, actor, draft, now)
      return shown(found(await currentVersion(db, script_id)))
    },
  }),
  operation({
    method: 'POST',
    path: '/scripts/:script_id/versions',
    scope: 'scripts.write',
    group: 'Scripts',
    summary:
      'Saves over the version that was read. One that callers have used stays as it is and a new version is made; running phone banks change to it when asked.',
    params: OneScript,
    body: z.object({
      version: z.int().positive().meta({ description: 'As read.' }),
      created_at: Instant.meta({ description: 'As read; tells apart two savings of one version.' }),
      name: Name.optional(),
      content: ScriptContent,
    }),
    answer: ScriptAnswer,
    status: 201,
    async run({ db, actor, now }, { params, body }) {
      const before = found(await currentVersion(db, params.script_id))
      const draft = { name: body.name ?? before.name, content: readable(body.content) }
      const read = { version: body.version, saved_at: new Date(body.created_at) }
      const saved = await saveScript(db, actor, params.script_id, read, draft, now)
      if (!saved.ok)
        throw new ApiRefusal(409, 'changed_meanwhile', `Version ${saved.version} was saved meanwhile. Read it first.`, {
          version: saved.version,
        })
      return shown(found(await currentVersion(db, params.script_id)))
    },
  }),
]
