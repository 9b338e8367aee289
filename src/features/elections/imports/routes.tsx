import { bodyLimit } from 'hono/body-limit'
import { found } from '../../../platform/errors.ts'
import { readForm } from '../../../platform/http/form.ts'
import { page } from '../../../platform/http/page.tsx'
import { actorOf, room, type Ctx, type Handler } from '../../../platform/http/room.ts'
import { allow } from '../../access/allow.ts'
import { electionsKnown } from '../contests/queries.ts'
import { todayOf } from '../contests/routes.tsx'
import { importContests, joined, lookAtContests, notUtf8, textIn } from './commands.ts'
import {
  discardImport,
  electionImport,
  electionImports,
  keepImport,
  runImport,
  type ElectionImport,
  type KeptFile,
} from './kept.ts'
import './messages.ts'
import { importOfficials, lookAtOfficials } from './officials/commands.ts'
import { OfficialsImportPage } from './officials/pages/officials-import-page.tsx'
import { saidIn } from './officials/said.ts'
import { importResults, lookAtResults } from './results/commands.ts'
import { resultAnswersIn } from './results/answers.ts'
import { ResultsImportPage } from './results/pages/results-import-page.tsx'
import { ResultsForm } from './results/form.ts'
import { ElectionImportPage, ElectionImportsPage, type ResultsTyped } from './pages/imports-pages.tsx'
import { problemText } from './problem-text.ts'
import { largest_file_bytes, type AnyReport, type RowProblem } from './schema.ts'

const steward = allow('installation.steward')

const small: Handler = bodyLimit({
  maxSize: largest_file_bytes + 64 * 1024,
  onError: (c) => {
    const { t } = (c as Ctx).var
    return list(c as Ctx, [t('ballot.problem.too_large', { megabytes: largest_file_bytes / 1024 ** 2 })])
  },
})

/** Files of contests, officials and results: looked at first, then imported whole or put away. */
export const electionImportRoutes = room()
  .get('/elections/imports', steward, (c) => list(c))
  .post('/elections/uploads/contests', steward, small, async (c) => {
    const [file] = await filesOf(c)
    if (!file) return list(c, [c.var.t('ballot.no_file')])
    if (file.text === null) return refused(c, [notUtf8])
    const looked = await lookAtContests(c.var.installation.database.owner, file.text, todayOf(c))
    if (!looked.ok) return refused(c, looked.problems)
    return keep(c, { kind: 'contests', name: file.name, text: file.text, told: {} }, looked.report)
  })
  .post('/elections/uploads/officials', steward, small, async (c) => {
    const { t, installation } = c.var
    const files = await filesOf(c)
    const [first, another] = files
    if (!first) return list(c, [t('ballot.no_file')])
    if (files.some(({ text }) => text === null)) return refused(c, [notUtf8])
    // People of Open States are a file each; one after another they are one YAML text.
    const text = another ? joined(files.map((each) => each.text ?? '')) : (first.text ?? '')
    const name = another ? t('lists.files', { name: first.name, count: files.length }) : first.name
    const said = { answers: {}, stay: [] }
    const looked = await lookAtOfficials(installation.database.owner, { name, text }, said, todayOf(c))
    if (!looked.ok) return refused(c, looked.problems)
    return keep(c, { kind: 'officials', name, text, told: {} }, looked.report)
  })
  .post('/elections/uploads/results', steward, small, async (c) => {
    const { t, installation } = c.var
    const [file] = await filesOf(c)
    const { typed, errors, value } = await readForm(c, ResultsForm)
    if (!value) return list(c, [], { typed, errors })
    if (!file) return list(c, [t('ballot.no_file')], { typed, errors: {} })
    if (file.text === null) return refused(c, [notUtf8], typed)
    const { owner } = installation.database
    const looked = await lookAtResults(owner, { ...value, text: file.text }, {}, todayOf(c))
    if (!looked.ok) return refused(c, looked.problems, typed)
    return keep(c, { kind: 'results', name: file.name, text: file.text, told: typed }, looked.report)
  })
  .get('/elections/imports/:import', steward, async (c) => one(c, await importOf(c)))
  .post('/elections/imports/:import/run', steward, async (c) => {
    const { t, installation } = c.var
    const run = await importOf(c)
    const { owner } = installation.database
    const [actor, today, now] = [actorOf(c), todayOf(c), installation.clock.now()]
    const form = await c.req.parseBody({ all: true })
    const done = await runImport(owner, run.import_id, now, (tx, file) => {
      if (file.kind === 'contests') return importContests(tx, actor, file, today)
      if (file.kind === 'officials') return importOfficials(tx, actor, file, saidIn(form), today, now)
      const told = ResultsForm.parse(file.told)
      return importResults(tx, actor, { ...file, ...told }, resultAnswersIn(form), today, now)
    })
    if (done.ok) return c.redirect(`/elections/imports/${run.import_id}`, 303)
    return one(
      c,
      run,
      done.problems.map((each) => problemText(t, each)),
      form,
    )
  })
  .post('/elections/imports/:import/discard', steward, async (c) => {
    const { import_id } = await importOf(c)
    const { database, clock } = c.var.installation
    await discardImport(database.owner, actorOf(c), import_id, clock.now())
    return c.redirect('/elections/imports', 303)
  })

interface SentFile {
  name: string
  /** null: no UTF-8. */
  text: string | null
}

async function filesOf(c: Ctx): Promise<SentFile[]> {
  const { file } = await c.req.parseBody({ all: true })
  const sent = [file ?? []].flat().filter((each): each is File => each instanceof File && each.size > 0)
  return Promise.all(
    sent.map(async (each) => ({
      name: each.name.slice(0, 200),
      text: textIn(new Uint8Array(await each.arrayBuffer())),
    })),
  )
}

const refused = (c: Ctx, problems: readonly RowProblem[], typed: Record<string, string> = {}): Promise<Response> =>
  list(
    c,
    problems.map((each) => problemText(c.var.t, each)),
    { typed, errors: {} },
  )

async function keep(c: Ctx, file: KeptFile, report: AnyReport): Promise<Response> {
  const { database, clock } = c.var.installation
  const import_id = await keepImport(database.owner, actorOf(c), file, report, clock.now())
  return c.redirect(`/elections/imports/${import_id}`, 303)
}

async function importOf(c: Ctx): Promise<ElectionImport> {
  const id = c.req.param('import') ?? ''
  return found(/^[0-9a-f-]{36}$/.test(id) ? await electionImport(c.var.installation.database.owner, id) : null)
}

async function list(c: Ctx, problems: string[] = [], form?: ResultsTyped): Promise<Response> {
  const { t, installation, organization } = c.var
  const { owner } = installation.database
  const imports = await electionImports(owner)
  const elections = (await electionsKnown(owner)).filter((each) => each.contests > 0 && each.held_on <= todayOf(c))
  const time_zone = organization?.time_zone ?? 'America/New_York'
  return page(c, <ElectionImportsPage {...{ t, imports, problems, time_zone, elections, form }} />, {
    title: t('ballot.title'),
    status: problems.length > 0 || Object.keys(form?.errors ?? {}).length > 0 ? 422 : 200,
  })
}

function one(
  c: Ctx,
  run: ElectionImport,
  problems: string[] = [],
  form: Record<string, unknown> = {},
): Response | Promise<Response> {
  const { t } = c.var
  const how = { title: run.name, status: problems.length > 0 ? (422 as const) : (200 as const) }
  const { report } = run
  if ('list' in report)
    return page(c, <OfficialsImportPage {...{ t, run, report, problems }} said={saidIn(form)} />, how)
  if ('left_out' in report)
    return page(c, <ResultsImportPage {...{ t, run, report, problems }} answers={resultAnswersIn(form)} />, how)
  return page(c, <ElectionImportPage {...{ t, run, report, problems }} />, how)
}
