import { bodyLimit } from 'hono/body-limit'
import { found } from '../../../platform/errors.ts'
import { page } from '../../../platform/http/page.tsx'
import { actorOf, room, type Ctx, type Handler } from '../../../platform/http/room.ts'
import { allow } from '../../access/allow.ts'
import { todayOf } from '../contests/routes.tsx'
import {
  discardImport,
  electionImport,
  electionImports,
  keepImport,
  lookAtContests,
  notUtf8,
  runImport,
  textIn,
  type ElectionImport,
} from './commands.ts'
import './messages.ts'
import { ElectionImportPage, ElectionImportsPage } from './pages/imports-pages.tsx'
import { problemText } from './problem-text.ts'
import { largest_file_bytes } from './schema.ts'

const steward = allow('installation.steward')

const small: Handler = bodyLimit({
  maxSize: largest_file_bytes + 64 * 1024,
  onError: (c) => {
    const { t } = (c as Ctx).var
    return list(c as Ctx, [t('ballot.problem.too_large', { megabytes: largest_file_bytes / 1024 ** 2 })])
  },
})

/** Contests and candidates from a file: looked at first, then imported whole or put away. */
export const electionImportRoutes = room()
  .get('/elections/imports', steward, (c) => list(c))
  .post('/elections/uploads/contests', steward, small, async (c) => {
    const { t, installation } = c.var
    const { file } = await c.req.parseBody()
    if (!(file instanceof File) || file.size === 0) return list(c, [t('ballot.no_file')])
    const { owner } = installation.database
    const text = textIn(new Uint8Array(await file.arrayBuffer()))
    if (text === null) return list(c, [problemText(t, notUtf8)])
    const looked = await lookAtContests(owner, text, todayOf(c))
    if (!looked.ok)
      return list(
        c,
        looked.problems.map((each) => problemText(t, each)),
      )
    const kept = { name: file.name.slice(0, 200), text }
    const import_id = await keepImport(owner, actorOf(c), kept, looked.report, installation.clock.now())
    return c.redirect(`/elections/imports/${import_id}`, 303)
  })
  .get('/elections/imports/:import', steward, async (c) => one(c, await importOf(c)))
  .post('/elections/imports/:import/run', steward, async (c) => {
    const { t, installation } = c.var
    const run = await importOf(c)
    const { owner } = installation.database
    const done = await runImport(owner, actorOf(c), run.import_id, todayOf(c), installation.clock.now())
    if (done.ok) return c.redirect(`/elections/imports/${run.import_id}`, 303)
    return one(
      c,
      run,
      done.problems.map((each) => problemText(t, each)),
    )
  })
  .post('/elections/imports/:import/discard', steward, async (c) => {
    const { import_id } = await importOf(c)
    const { database, clock } = c.var.installation
    await discardImport(database.owner, actorOf(c), import_id, clock.now())
    return c.redirect('/elections/imports', 303)
  })

async function importOf(c: Ctx): Promise<ElectionImport> {
  const id = c.req.param('import') ?? ''
  return found(/^[0-9a-f-]{36}$/.test(id) ? await electionImport(c.var.installation.database.owner, id) : null)
}

async function list(c: Ctx, problems: string[] = []): Promise<Response> {
  const { t, installation, organization } = c.var
  const imports = await electionImports(installation.database.owner)
  const time_zone = organization?.time_zone ?? 'America/New_York'
  return page(c, <ElectionImportsPage {...{ t, imports, problems, time_zone }} />, {
    title: t('ballot.title'),
    status: problems.length > 0 ? 422 : 200,
  })
}

const one = (c: Ctx, run: ElectionImport, problems: string[] = []) =>
  page(c, <ElectionImportPage {...{ t: c.var.t, run, problems }} />, {
    title: run.name,
    status: problems.length > 0 ? 422 : 200,
  })
