import { sql } from 'kysely'
import { z } from 'zod'
import { audit } from '../../../platform/audit.ts'
import { inTransaction } from '../../../platform/db/db.ts'
import { found } from '../../../platform/errors.ts'
import { readForm } from '../../../platform/http/form.ts'
import { live, page } from '../../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../../platform/http/room.ts'
import { allow } from '../../access/allow.ts'
import { BadForm, boundaryOf, parts } from '../../voterfile/uploads/multipart.ts'
import { shownName } from '../../voterfile/uploads/rules.ts'
import {
  askFor,
  askToStop,
  chooseMapping,
  importedRows,
  personImport,
  personImports,
  receiveSheet,
  type Ask,
  type PersonImport,
} from './commands.ts'
import { addImportJob } from './jobs.ts'
import { customFieldsOf } from './known.ts'
import { matchKeys } from './mapping.ts'
import '../messages.ts'
import './messages.ts'
import {
  ImportProgress,
  ImportsPage,
  isAtWork,
  PersonImportPage,
  PersonImportReportPage,
} from './pages/import-pages.tsx'
import { Mapping, Summary } from './schema.ts'
import type { SheetProblem } from './sheet.ts'

const importing = allow('people.import')
const zoneOf = (c: Ctx): string => c.var.organization?.time_zone ?? 'America/New_York'

const importOf = async (c: Ctx): Promise<PersonImport> =>
  personImport(c.var.db, actorOf(c).organization_id, found(z.uuid().safeParse(c.req.param('import')).data))

async function list(c: Ctx, problem: string | null) {
  const { t, language, db } = c.var
  const imports = await personImports(db, actorOf(c).organization_id)
  return page(c, <ImportsPage {...{ t, language, imports, problem }} time_zone={zoneOf(c)} />, {
    title: t('imports.title'),
    status: problem ? 422 : 200,
  })
}

/** Rows shown of a preview; the counts are of all. */
const shownRows = 200

async function show(c: Ctx, run: PersonImport, problem: string | null) {
  const { t, language, db, installation } = c.var
  const common = { t, language, time_zone: zoneOf(c), run, now: installation.clock.now() }
  const status = problem ? 422 : 200
  if (isAtWork(run)) return page(c, <ImportProgress {...common} />, { title: run.name, status })
  const isReport = run.state !== 'uploaded' && run.state !== 'previewed'
  const effects = isReport
    ? [...(await importedRows(db, run, shownRows, 'refused')), ...(await importedRows(db, run, shownRows, 'left_out'))]
    : run.state === 'uploaded'
      ? []
      : await importedRows(db, run, shownRows)
  // A file names whom one wants to see: what we have of them is on the preview and the report.
  if (effects.length > 0)
    await audit(db, actorOf(c), {
      action: 'person_import.view',
      subject: 'person_import',
      subject_id: run.import_id,
      after: { found: effects.length },
      request_id: c.var.request_id,
    })
  if (isReport) {
    const { headers } = Mapping.parse(run.mapping)
    return page(
      c,
      <PersonImportReportPage {...common} effects={effects} headers={z.array(z.string()).parse(JSON.parse(headers))} />,
      {
        title: run.name,
        status,
      },
    )
  }
  const meant = effects.flatMap((effect) =>
    effect.kind === 'unsure' ? effect.like : 'person_id' in effect && effect.person_id ? [effect.person_id] : [],
  )
  const summary = Summary.safeParse(run.preview)
  return page(
    c,
    <PersonImportPage
      {...common}
      problem={problem ?? run.problem}
      plan={run.state === 'previewed' && summary.success ? { effects, summary: summary.data } : null}
      mapping={Mapping.parse(run.mapping)}
      custom={await customFieldsOf(db, run.organization_id)}
      names={await namesOf(c, meant)}
    />,
    { title: run.name, status },
  )
}

async function namesOf(c: Ctx, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await sql<{ person_id: string; name: string }>`
    select p.person_id, coalesce(p.name_hangul, concat_ws(' ', coalesce(p.first_name, v.first_name), coalesce(p.last_name, v.last_name))) as name
    from person p left join voter_record v on v.voter_id = p.voter_id
    where p.organization_id = ${actorOf(c).organization_id} and p.person_id = any(${[...new Set(ids)]}::uuid[])`.execute(
    c.var.db,
  )
  return new Map(rows.rows.map((row) => [row.person_id, row.name]))
}

export const personImportRoutes = room()
  .get('/people/imports', importing, (c) => list(c, null))
  .post('/people/uploads/sheet', importing, async (c) => {
    const received = await receiveUpload(c)
    return received.ok ? c.redirect(`/people/imports/${received.import_id}`, 303) : list(c, received.problem)
  })
  .get('/people/imports/:import', importing, async (c) => show(c, await importOf(c), null))
  .get('/people/imports/:import/live', importing, async (c) => {
    await importOf(c)
    const { t, language, installation } = c.var
    return live(c, 700, async () => (
      <ImportProgress
        {...{ t, language }}
        time_zone={zoneOf(c)}
        run={await importOf(c)}
        now={installation.clock.now()}
        is_part
      />
    ))
  })
  .post('/people/imports/:import/mapping', importing, async (c) => {
    const run = await importOf(c)
    const { value, all } = await readForm(
      c,
      z.object({
        column: z.array(z.string().max(100)),
        match_key: z.enum(matchKeys).optional(),
        options: z.array(z.string()).default([]),
      }),
    )
    const columns = (all.column ?? []).map((each) => each || null)
    const options = value?.options ?? []
    const chosen =
      value?.match_key &&
      (await chooseMapping(c.var.db, actorOf(c), run, columns, value.match_key, {
        overwrite: options.includes('overwrite'),
        add_unsure: options.includes('add_unsure'),
        books: options.includes('books'),
      }))
    if (!chosen || !chosen.ok) {
      // What was chosen stays on the page.
      const kept = { ...Mapping.parse(run.mapping), columns }
      return show(c, { ...run, state: 'uploaded', mapping: kept, match_key: value?.match_key ?? run.match_key }, 'key')
    }
    await addImportJob(c.var.db, run.organization_id, run.import_id)
    return c.redirect(`/people/imports/${run.import_id}`, 303)
  })
  .post('/people/imports/:import/run', importing, async (c) => {
    const run = await importOf(c)
    const { typed } = await readForm(c, z.object({ previewed: z.string() }))
    // Somebody else may have made another preview meanwhile: only what this person saw is run.
    const previewed = Summary.safeParse(jsonOf(typed.previewed ?? ''))
    if (run.state === 'previewed' && JSON.stringify(previewed.data) !== JSON.stringify(Summary.parse(run.preview)))
      return show(c, run, 'changed')
    return ask(c, run, 'run')
  })
  .post('/people/imports/:import/undo', importing, async (c) => ask(c, await importOf(c), 'undo'))
  .post('/people/imports/:import/cancel', importing, async (c) => {
    const run = await importOf(c)
    await askToStop(c.var.db, actorOf(c), run.import_id, c.var.installation.clock.now())
    return c.redirect(`/people/imports/${run.import_id}`, 303)
  })

async function ask(c: Ctx, run: PersonImport, what: Ask) {
  const { db } = c.var
  const isAsked = await inTransaction(db, async (tx) => {
    const asked = await askFor(tx, actorOf(c), run.import_id, what)
    if (asked) await addImportJob(tx, run.organization_id, run.import_id)
    return asked
  })
  return isAsked ? c.redirect(`/people/imports/${run.import_id}`, 303) : show(c, await importOf(c), 'not_ready')
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (problem) {
    if (problem instanceof SyntaxError) return null
    throw problem
  }
}

async function receiveUpload(
  c: Ctx,
): Promise<{ ok: true; import_id: string } | { ok: false; problem: SheetProblem | 'no_file' | 'too_large' }> {
  const boundary = boundaryOf(c.req.header('content-type'))
  if (!boundary || !c.req.raw.body) return { ok: false, problem: 'no_file' }
  try {
    for await (const part of parts(c.req.raw.body, boundary)) {
      if (!part.filename) continue
      const { db, installation } = c.var
      return await receiveSheet(db, installation.config.data, actorOf(c), shownName(part.filename), part.chunks)
    }
  } catch (problem) {
    if (!(problem instanceof BadForm)) throw problem
  }
  return { ok: false, problem: 'no_file' }
}
