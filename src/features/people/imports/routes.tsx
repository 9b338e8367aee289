import { sql } from 'kysely'
import { z } from 'zod'
import { found } from '../../../platform/errors.ts'
import { readForm } from '../../../platform/http/form.ts'
import { page } from '../../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../../platform/http/room.ts'
import { allow } from '../../access/allow.ts'
import { BadForm, boundaryOf, parts } from '../../voterfile/uploads/multipart.ts'
import { shownName } from '../../voterfile/uploads/rules.ts'
import { lookForDuplicates } from '../duplicates/jobs.ts'
import {
  chooseMapping,
  customFieldsOf,
  Mapping,
  personImport,
  personImports,
  planOf,
  receiveSheet,
  runPersonImport,
  sheetOf,
  undoPersonImport,
  type PersonImport,
} from './commands.ts'
import { matchKeys } from './mapping.ts'
import '../messages.ts'
import './messages.ts'
import { ImportsPage, PersonImportPage, PersonImportReportPage } from './pages/import-pages.tsx'
import { maxSheetBytes } from './sheet.ts'

const importing = allow('people.import')
const zoneOf = (c: Ctx): string => c.var.organization?.time_zone ?? 'America/New_York'

const Previewed = z.object({
  created: z.number(),
  updated: z.number(),
  unchanged: z.number(),
  unsure: z.number(),
  refused: z.number(),
})

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

async function show(c: Ctx, run: PersonImport, problem: string | null) {
  const { t, language, db } = c.var
  const time_zone = zoneOf(c)
  const status = problem ? 422 : 200
  if (run.state !== 'uploaded' && run.state !== 'previewed') {
    return page(c, <PersonImportReportPage {...{ t, language, time_zone, run }} />, { title: run.name, status })
  }
  const plan = run.state === 'previewed' ? await planOf(db, run) : null
  const meant = (plan?.effects ?? []).flatMap((effect) =>
    effect.kind === 'unsure' ? effect.like : 'person_id' in effect ? [effect.person_id] : [],
  )
  return page(
    c,
    <PersonImportPage
      {...{ t, language, time_zone, run, plan, problem }}
      sheet={plan?.sheet ?? (await sheetOf(run))}
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
    const sheet = await readUpload(c)
    if (!sheet.ok) return list(c, sheet.problem)
    const received = await receiveSheet(c.var.db, c.var.installation.config.data, actorOf(c), sheet.name, sheet.bytes)
    return received.ok ? c.redirect(`/people/imports/${received.import_id}`, 303) : list(c, received.problem)
  })
  .get('/people/imports/:import', importing, async (c) => show(c, await importOf(c), null))
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
      }))
    if (!chosen || !chosen.ok) {
      // What was chosen stays on the page.
      const kept = { ...Mapping.parse(run.mapping), columns }
      return show(c, { ...run, state: 'uploaded', mapping: kept, match_key: value?.match_key ?? run.match_key }, 'key')
    }
    return c.redirect(`/people/imports/${run.import_id}#preview`, 303)
  })
  .post('/people/imports/:import/run', importing, async (c) => {
    const run = await importOf(c)
    const { typed } = await readForm(c, z.object({ previewed: z.string() }))
    const previewed = Previewed.safeParse(jsonOf(typed.previewed ?? ''))
    if (!previewed.success) return show(c, run, 'changed')
    const result = await runPersonImport(c.var.db, actorOf(c), run.import_id, previewed.data)
    if (!result.ok) return show(c, await importOf(c), result.problem)
    const { organization_id } = run
    await lookForDuplicates(c.var.db, organization_id)
    return c.redirect(`/people/imports/${run.import_id}`, 303)
  })
  .post('/people/imports/:import/undo', importing, async (c) => {
    const run = await importOf(c)
    await undoPersonImport(c.var.db, actorOf(c), run.import_id)
    return c.redirect(`/people/imports/${run.import_id}`, 303)
  })

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (problem) {
    if (problem instanceof SyntaxError) return null
    throw problem
  }
}

async function readUpload(
  c: Ctx,
): Promise<{ ok: true; name: string; bytes: Buffer } | { ok: false; problem: 'no_file' | 'too_large' }> {
  const boundary = boundaryOf(c.req.header('content-type'))
  if (!boundary || !c.req.raw.body) return { ok: false, problem: 'no_file' }
  try {
    for await (const part of parts(c.req.raw.body, boundary)) {
      if (!part.filename) continue
      const chunks: Buffer[] = []
      let size = 0
      for await (const chunk of part.chunks) {
        size += chunk.length
        if (size > maxSheetBytes) return { ok: false, problem: 'too_large' }
        chunks.push(chunk)
      }
      return { ok: true, name: shownName(part.filename), bytes: Buffer.concat(chunks) }
    }
  } catch (problem) {
    if (!(problem instanceof BadForm)) throw problem
  }
  return { ok: false, problem: 'no_file' }
}
