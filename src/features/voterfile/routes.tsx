import { existsSync } from 'node:fs'
import { Readable } from 'node:stream'
import type { Updateable } from 'kysely'
import { z } from 'zod'
import { audit } from '../../platform/audit.ts'
import { inTransaction } from '../../platform/db/db.ts'
import { dateIn } from '../../platform/clock.ts'
import { Conflict, found } from '../../platform/errors.ts'
import { readForm, type FieldErrors } from '../../platform/http/form.ts'
import { live, page } from '../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../platform/http/room.ts'
import { addJob } from '../../platform/jobs/jobs.ts'
import { allow } from '../access/allow.ts'
import { mayDo } from '../access/permissions.ts'
import { cancelImport, takeBackPhones } from './commands.ts'
import { indexProgress } from './indexing.ts'
import { rejectsInWords } from './importing/rejects.ts'
import { inspectFiles } from './inspect.ts'
import { voterfileImport } from './jobs.ts'
import { layoutRoutes } from './layout-routes.tsx'
import type { LayoutBook } from './layouts/all.ts'
import { layoutBook } from './layouts/own.ts'
import './page-messages.ts'
import { faultText } from './pages/first-rows.tsx'
import { Following, ImportPage, type OlderFile } from './pages/import-page.tsx'
import { GoingOn, VoterFilesPage, type VoterImport } from './pages/voter-files-page.tsx'
import { WithoutStateIdPage } from './pages/without-state-id.tsx'
import {
  columnsSaidBefore,
  filesOfImport,
  hasVotersOf,
  laterFile,
  listWithoutStateId,
  perhapsSame,
  newestVoterFile,
  phonesInUse,
  voterFiles,
  voterImport,
  voterImports,
  votersInUse,
  votersWithoutStateId,
} from './queries.ts'
import { dayThere } from './reading/source.ts'
import { ImportOptions, ImportPreview, Inspection } from './schema.ts'
import { inspectPhones } from './uploads/phone-preview.ts'
import { StartImport, TakeBack, TakeRejects } from './uploads/schema.ts'
import { unfinishedUploads } from './uploads/store.ts'
import type { VoterImportTable } from './tables.ts'
import { uploadRoutes } from './uploads/upload-routes.tsx'

const steward = allow('installation.steward')
const ownerOf = (c: Ctx) => c.var.installation.database.owner
const zoneOf = (c: Ctx): string => c.var.organization?.time_zone ?? 'America/New_York'

const WithoutStateId = z.object({
  state: z.string().length(2).default('NY'),
  kind: z.enum(['waiting', 'unmatched']).default('unmatched'),
  after: z.coerce.number().int().nonnegative().max(2_147_483_647).default(0),
})

async function importOf(c: Ctx): Promise<VoterImport> {
  const id = found(z.uuid().safeParse(c.req.param('import')).data)
  return found(await voterImport(ownerOf(c), id))
}

/** As the columns were said to be; where nobody has, as those of the last list with the same ones were. */
async function phonesInspected(c: Ctx, run: VoterImport): Promise<Inspection> {
  const client = await c.var.installation.database.ownerPool.connect()
  try {
    const options = ImportOptions.parse(run.options)
    const inspection = await inspectPhones(client, run.paths, run.names, options.columns)
    const headings = inspection.files.flatMap((file) => file.headings).filter((heading) => heading !== '')
    const columns = options.columns ? undefined : await columnsSaidBefore(ownerOf(c), headings)
    if (!columns) return inspection
    await ownerOf(c)
      .updateTable('voter_import')
      .set({ options: JSON.stringify({ ...options, columns }) })
      .where('import_id', '=', run.import_id)
      .where('state', 'in', ['uploaded', 'checked'])
      .execute()
    return await inspectPhones(client, run.paths, run.names, columns)
  } finally {
    client.release()
  }
}

/** What the files are: looked at once, kept with the import. */
async function inspectionOf(c: Ctx, run: VoterImport, book: LayoutBook): Promise<Inspection | null> {
  if (run.state !== 'uploaded' && run.state !== 'checked') return null
  if (run.dry_run) return Inspection.parse(run.dry_run)
  const today = dateIn(zoneOf(c), c.var.installation.clock.now())
  const inspection =
    run.kind === 'phones'
      ? await phonesInspected(c, run)
      : await inspectFiles(run.paths, run.layout, today, run.names, book)
  const kinds = new Set(inspection.files.flatMap((file) => (file.layout === null ? [] : [file.layout])))
  await ownerOf(c)
    .updateTable('voter_import')
    .set({
      dry_run: JSON.stringify(inspection),
      state: inspection.problem ? 'uploaded' : 'checked',
      ...(kinds.size === 1 && !inspection.problem && { layout: [...kinds][0] ?? null }),
    })
    .where('import_id', '=', run.import_id)
    .where('state', 'in', ['uploaded', 'checked'])
    .execute()
  return inspection
}

/** What the page says of a preview, to whom. */
async function previewOf(c: Ctx, run: VoterImport) {
  const preview = run.preview ? ImportPreview.parse(run.preview) : null
  return {
    preview,
    is_stale: preview !== null && preview.newest_file_id !== (await newestVoterFile(ownerOf(c))),
    organization_id: c.var.organization?.organization_id ?? null,
  }
}

/**
 * Is one of its files older than one that is in use, or of a day still to come? By the date typed or read from its name;
 * after the import by its own.
 */
async function datesOf(
  c: Ctx,
  run: VoterImport,
  inspection: Inspection | null,
  book: LayoutBook,
): Promise<{ older: OlderFile | null; future: string | null }> {
  const db = ownerOf(c)
  const now = c.var.installation.clock.now()
  const said = ImportOptions.safeParse(run.options).data?.received_on
  const files = inspection
    ? inspection.files.map((file) => ({ ...file, received_on: said ?? file.received_on }))
    : await filesOfImport(db, run.import_id)
  let older: OlderFile | null = null
  let future: string | null = null
  for (const { layout, received_on, counties } of files) {
    if (!received_on || run.kind === 'phones') continue
    const state = book.byId(layout ?? '')?.state ?? null
    if (received_on > dayThere(state, now)) future = received_on
    if (older || !layout) continue
    const newer = await laterFile(db, book, { layout, received_on, counties, import_id: run.import_id })
    if (newer) older = { received_on, newer }
  }
  return { older, future }
}

/** What an answer says beside the import itself. */
interface Said {
  typed?: Record<string, string>
  errors?: FieldErrors
  is_busy?: boolean
  status?: 409 | 422
}

async function importPage(c: Ctx, run: VoterImport, { status, ...said }: Said = {}) {
  const { t, language, installation } = c.var
  const book = await layoutBook(ownerOf(c))
  const inspection = await inspectionOf(c, run, book)
  const shown = await previewOf(c, run)
  if (inspection?.files.some(({ rows }) => rows.length > 0) || shown.preview?.examples.length)
    await audit(ownerOf(c), actorOf(c), {
      action: 'voterfile.view',
      subject: 'voter_import',
      subject_id: run.import_id,
      organization_id: null,
    })
  const states = inspection?.files.flatMap(({ layout }) => book.byId(layout ?? '')?.state ?? []) ?? []
  return page(
    c,
    <ImportPage
      {...{ t, language, inspection, run, book }}
      {...shown}
      is_known={await hasVotersOf(ownerOf(c), states)}
      {...await datesOf(c, run, inspection, book)}
      files={await filesOfImport(ownerOf(c), run.import_id)}
      time_zone={zoneOf(c)}
      now={installation.clock.now()}
      {...said}
    />,
    { title: t('voterfiles.title'), ...(status && { status }) },
  )
}

export const voterfileRoutes = room()
  .route('/', uploadRoutes)
  .route('/', layoutRoutes)
  .get('/voterfiles', steward, async (c) => {
    const { t, language, installation } = c.var
    const db = ownerOf(c)
    const [files, imports, uploads, in_use, without_state_id, phones, indexing, book] = await Promise.all([
      voterFiles(db),
      voterImports(db),
      unfinishedUploads(db, installation.config.data),
      votersInUse(db),
      votersWithoutStateId(db),
      phonesInUse(db),
      indexProgress(db),
      layoutBook(db),
    ])
    return page(
      c,
      <VoterFilesPage
        {...{ t, language, files, imports, uploads, in_use, without_state_id, phones, indexing, book }}
        time_zone={zoneOf(c)}
        now={installation.clock.now()}
      />,
      { title: t('voterfiles.title') },
    )
  })
  .get('/voterfiles/without-state-id', steward, async (c) => {
    const { t, organization } = c.var
    const { state, kind, after } = found(WithoutStateId.safeParse(c.req.query()).data)
    const is_unmatched = kind === 'unmatched'
    const counts = (await votersWithoutStateId(ownerOf(c))).get(state)
    const voters = await listWithoutStateId(ownerOf(c), state, is_unmatched, after)
    const perhaps = await perhapsSame(ownerOf(c), is_unmatched ? voters.map(({ voter_id }) => voter_id) : [])
    await audit(ownerOf(c), actorOf(c), {
      action: 'voterfile.view',
      subject: 'voter_file',
      subject_id: kind,
      after: { state, after, voters: voters.length },
      organization_id: null,
    })
    return page(
      c,
      <WithoutStateIdPage
        {...{ t, state, is_unmatched, voters, perhaps }}
        count={counts?.[kind] ?? 0}
        has_profiles={organization !== null && organization !== undefined}
        may_target={mayDo(c.var.actor, 'universes.edit')}
      />,
      { title: t(is_unmatched ? 'voterfiles.unmatched_title' : 'voterfiles.waiting_title') },
    )
  })
  .get('/voterfiles/live', steward, (c) =>
    live(c, 1000, async () => {
      const { t, language, installation } = c.var
      const [imports, indexing] = await Promise.all([voterImports(ownerOf(c)), indexProgress(ownerOf(c))])
      return <GoingOn {...{ t, language, imports, indexing }} now={installation.clock.now()} />
    }),
  )
  .get('/voterfiles/imports/:import', steward, async (c) => importPage(c, await importOf(c)))
  .get('/voterfiles/imports/:import/live', steward, async (c) => {
    const { t, language, installation } = c.var
    const { import_id } = await importOf(c)
    const book = await layoutBook(ownerOf(c))
    return live(c, 1000, async () => {
      const run = await importOf(c)
      return (
        <Following
          {...{ t, language, run, book }}
          {...await previewOf(c, run)}
          time_zone={zoneOf(c)}
          now={installation.clock.now()}
          files={await filesOfImport(ownerOf(c), import_id)}
          {...(run.state === 'done' ? await datesOf(c, run, null, book) : null)}
        />
      )
    })
  })
  .post('/voterfiles/imports/:import/layout', steward, async (c) => {
    const run = await importOf(c)
    const { value } = await readForm(c, z.object({ layout: z.string().max(50) }))
    await ownerOf(c)
      .updateTable('voter_import')
      .set({ layout: value?.layout ?? null, dry_run: null, preview: null, state: 'uploaded' })
      .where('import_id', '=', run.import_id)
      .where('state', 'in', ['uploaded', 'checked'])
      .execute()
    return c.redirect(`/voterfiles/imports/${run.import_id}`, 303)
  })
  .post('/voterfiles/imports/:import/start', steward, (c) => begin(c, false))
  // The same form, only to see what would change.
  .post('/voterfiles/imports/:import/preview', steward, (c) => begin(c, true))
  .post('/voterfiles/imports/:import/preview-again', steward, async (c) => {
    const run = await importOf(c)
    if (!run.preview) throw new Conflict()
    await queue(c, run.import_id, ['checked'], { is_preview: true, preview: null, rejects_path: null })
    return c.redirect(`/voterfiles/imports/${run.import_id}`, 303)
  })
  // What was said before the preview still holds: nothing is asked again.
  .post('/voterfiles/imports/:import/import-previewed', steward, async (c) => {
    const run = await importOf(c)
    if ((!run.preview || !run.law_accepted_at) && run.state === 'checked') throw new Conflict()
    await queue(c, run.import_id, ['checked'], { is_preview: false, rejects_path: null })
    return c.redirect(`/voterfiles/imports/${run.import_id}`, 303)
  })
  // Back to the question, with everything as it was typed.
  .post('/voterfiles/imports/:import/options', steward, async (c) => {
    const run = await importOf(c)
    await ownerOf(c)
      .updateTable('voter_import')
      .set({ preview: null })
      .where('import_id', '=', run.import_id)
      .where('state', '=', 'checked')
      .execute()
    return c.redirect(`/voterfiles/imports/${run.import_id}#options`, 303)
  })
  .post('/voterfiles/imports/:import/again', steward, async (c) => {
    const run = await importOf(c)
    await queue(c, run.import_id, ['failed'], {})
    return c.redirect(`/voterfiles/imports/${run.import_id}`, 303)
  })
  // The person has read how many would be marked as gone, and says that the file is whole.
  .post('/voterfiles/imports/:import/accept-gone', steward, (c) => goOn(c, { accept_gone: true }))
  // Or that it is a part, so that nobody is marked.
  .post('/voterfiles/imports/:import/is-part', steward, (c) => goOn(c, { is_part: true }))
  .post('/voterfiles/imports/:import/cancel', steward, async (c) => {
    const run = await importOf(c)
    const { database, clock, config } = c.var.installation
    await cancelImport({ database, clock, folder: config.data, actor: actorOf(c) }, run.import_id)
    return c.redirect(`/voterfiles/imports/${run.import_id}`, 303)
  })
  .post('/voterfiles/imports/:import/take-back', steward, async (c) => {
    const run = await importOf(c)
    const { database, clock } = c.var.installation
    const [file] = await filesOfImport(database.owner, run.import_id)
    if (run.kind !== 'phones' || !file) throw new Conflict()
    const { errors, value } = await readForm(c, TakeBack)
    if (!value) return importPage(c, run, { errors, status: 422 })
    const result = await takeBackPhones({ database, clock, actor: actorOf(c) }, file.file_id)
    if (!result.ok && result.problem === 'busy') return importPage(c, run, { is_busy: true, status: 409 })
    // Pressed twice it is taken back once.
    if (!result.ok && result.problem !== 'taken_back') throw new Conflict()
    return c.redirect(`/voterfiles/imports/${run.import_id}`, 303)
  })
  // A form's post, since it leaves a mark in the audit trail.
  .post('/voterfiles/imports/:import/rejects', steward, async (c) => {
    const run = await importOf(c)
    const path = found(run.rejects_path)
    if (!existsSync(path)) found(null)
    const { errors, value } = await readForm(c, TakeRejects)
    if (!value) return importPage(c, run, { errors, status: 422 })
    await audit(ownerOf(c), actorOf(c), {
      action: 'voterfile.rejects',
      subject: 'voter_import',
      subject_id: run.import_id,
      after: { rejected: run.report?.rejected ?? null, law_accepted: true },
      organization_id: null,
    })
    c.header('Content-Type', 'text/csv; charset=utf-8')
    c.header('Content-Disposition', `attachment; filename="rejected-${run.import_id.slice(0, 8)}.csv"`)
    c.header('Cache-Control', 'no-store')
    const { t } = c.var
    const rows = rejectsInWords(
      path,
      (head) => t(`voterfiles.reject_head.${head}`),
      (reason, columns) => {
        const words = faultText(t, reason)
        return columns ? t('voterfiles.fault_columns', { reason: words, ...columns }) : words
      },
    )
    return c.body(Readable.toWeb(Readable.from(rows, { objectMode: false })) as ReadableStream)
  })

/** Reads the form of the check and puts the import, or a look at what it would change, in the queue. */
async function begin(c: Ctx, is_preview: boolean) {
  const run = await importOf(c)
  const { typed, errors, value } = await readForm(c, StartImport)
  if (!value) {
    const told = errors.law_accepted ? { ...errors, law_accepted: 'voterfiles.law_needed' } : errors
    return importPage(c, run, { typed, errors: told, status: 422 })
  }
  const { columns } = ImportOptions.parse(run.options)
  const options: ImportOptions = {
    ...(columns && { columns }),
    include_purged: value.include_purged === 'yes',
    ...(value.is_part && { is_part: true }),
    ...(value.received_on && { received_on: value.received_on }),
    ...(value.source && { source: value.source }),
  }
  await queue(c, run.import_id, ['checked'], {
    options: JSON.stringify(options),
    law_accepted_at: c.var.installation.clock.now(),
    is_preview: is_preview && run.kind !== 'phones',
    preview: null,
    rejects_path: null,
  })
  return c.redirect(`/voterfiles/imports/${run.import_id}`, 303)
}

/** After the refusal of a file that lacks too many, or a preview that foretells it, with what the person says of it. */
async function goOn(c: Ctx, said: Pick<ImportOptions, 'accept_gone' | 'is_part'>) {
  const run = await importOf(c)
  const isForetold = run.state === 'checked' && run.preview && ImportPreview.parse(run.preview).refused !== null
  if (run.problem?.code !== 'many_gone' && !isForetold) throw new Conflict()
  const options: ImportOptions = { ...ImportOptions.parse(run.options), ...said }
  await queue(c, run.import_id, [isForetold ? 'checked' : 'refused'], { options: JSON.stringify(options) })
  return c.redirect(`/voterfiles/imports/${run.import_id}`, 303)
}

/** Puts the import in the queue once, however often the button is pressed. */
async function queue(
  c: Ctx,
  import_id: string,
  from: ('checked' | 'failed' | 'refused')[],
  change: Updateable<VoterImportTable>,
): Promise<void> {
  await inTransaction(ownerOf(c), async (tx) => {
    const moved = await tx
      .updateTable('voter_import')
      .set({
        ...change,
        state: 'queued',
        problem: null,
        cancel_asked_at: null,
        finished_at: null,
        interrupted_at: null,
        progress: '{}',
      })
      .where('import_id', '=', import_id)
      .where('state', 'in', from)
      .returning(['names', 'is_preview'])
      .executeTakeFirst()
    if (!moved) {
      const now = await voterImport(tx, import_id)
      if (now?.state === 'queued' || now?.state === 'running') return
      throw new Conflict()
    }
    await audit(tx, actorOf(c), {
      action: moved.is_preview ? 'voterfile.preview' : 'voterfile.queue',
      subject: 'voter_import',
      subject_id: import_id,
      after: { names: moved.names, law_accepted: true },
      organization_id: null,
    })
    await addJob(tx, voterfileImport, { import_id }, { queue: 'voterfile', max_attempts: 3 })
  })
}
