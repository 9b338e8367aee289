import { z } from 'zod'
import { dateIn } from '../../platform/clock.ts'
import { Conflict, found } from '../../platform/errors.ts'
import { readForm } from '../../platform/http/form.ts'
import { page } from '../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../platform/http/room.ts'
import { allow } from '../access/allow.ts'
import { inspectFiles } from './inspect.ts'
import { bookOf } from './layouts/all.ts'
import { answersOf, describe, type Described } from './layouts/describe.ts'
import { rawTable } from './layouts/guess.ts'
import { isOwn } from './layouts/layout.ts'
import './layouts/messages.ts'
import { keepLayout, layoutBook } from './layouts/own.ts'
import { phoneColumns, phoneMeanings } from './importing/phone-columns.ts'
import { LayoutPage } from './pages/layout-page.tsx'
import { PhoneColumnsPage, type PhoneColumn } from './pages/phone-columns-page.tsx'
import type { VoterImport } from './pages/voter-files-page.tsx'
import { voterImport } from './queries.ts'
import { Refused, textsOf, type Part } from './reading/source.ts'
import {
  ImportOptions,
  Inspection,
  phoneColumnMeanings,
  phoneFields,
  type InspectedFile,
  type PhoneField,
  type PhoneMeaning,
} from './schema.ts'

const steward = allow('installation.steward')
const ownerOf = (c: Ctx) => c.var.installation.database.owner

/** An import whose columns may still be described. */
async function openImport(c: Ctx): Promise<VoterImport> {
  const id = found(z.uuid().safeParse(c.req.param('import')).data)
  const run = found(await voterImport(ownerOf(c), id))
  if (run.state !== 'uploaded' && run.state !== 'checked') throw new Conflict()
  return run
}

/** The columns of its lists as they are taken, or as somebody just said: `is.0`, `is.1` … in order. */
function phoneColumnsOf(run: VoterImport, typed: Record<string, string> | null): PhoneColumn[] {
  const files = run.dry_run ? Inspection.parse(run.dry_run).files : []
  const said = ImportOptions.parse(run.options).columns ?? {}
  const columns = new Map<string, PhoneColumn>()
  for (const { headings, rows } of files) {
    const meanings = phoneMeanings(headings, said)
    for (const [at, heading] of headings.entries()) {
      if (heading === '' || columns.has(heading)) continue
      const examples = rows.map((row) => String(row[heading] ?? '')).filter((text) => text !== '')
      columns.set(heading, { heading, examples: [...new Set(examples)].slice(0, 3), is: meanings[at] ?? '' })
    }
  }
  const chosen = (at: number) => phoneColumnMeanings.find((each) => each === typed?.[`is.${at}`]) ?? ''
  return [...columns.values()].map((column, at) => (typed ? { ...column, is: chosen(at) } : column))
}

async function showPhoneColumns(c: Ctx, run: VoterImport) {
  const columns = phoneColumnsOf(run, null)
  // The check reads the file; without it there is nothing to ask about.
  if (columns.length === 0) return c.redirect(`/voterfiles/imports/${run.import_id}`, 303)
  const { t } = c.var
  return page(c, <PhoneColumnsPage {...{ t, run, columns }} problem={null} />, { title: t('voterfiles.phone_columns') })
}

/** What two columns of one file are both said to be, though only one can. */
const fieldTwice = (meanings: readonly (PhoneMeaning | '' | undefined)[]): PhoneField | undefined =>
  phoneFields.find((field) => meanings.indexOf(field) < meanings.lastIndexOf(field))

/** Keeps what was said with the import, where it is enough to join numbers to voters. */
async function savePhoneColumns(c: Ctx, run: VoterImport) {
  const { t } = c.var
  const { typed } = await readForm(c, z.looseObject({}))
  const columns = phoneColumnsOf(run, typed)
  const said = Object.fromEntries(columns.map(({ heading, is }) => [heading, is]))
  const files = run.dry_run ? Inspection.parse(run.dry_run).files : []
  const lacks = files.map(({ headings }) => phoneColumns(headings, said)).find((each) => typeof each === 'string')
  const twice = files
    .map(({ headings }) => fieldTwice([...new Set(headings)].map((heading) => said[heading])))
    .find(Boolean)
  const problem = lacks
    ? t(`voterfiles.phone_columns_need.${lacks}`)
    : twice && t('voterfiles.phone_columns_twice', { what: t(`voterfiles.phone_is.${twice}`) })
  if (problem) {
    return page(c, <PhoneColumnsPage {...{ t, run, columns, problem }} />, {
      title: t('voterfiles.phone_columns'),
      status: 422,
    })
  }
  await ownerOf(c)
    .updateTable('voter_import')
    .set({
      options: JSON.stringify({ ...ImportOptions.parse(run.options), columns: said }),
      dry_run: null,
      state: 'uploaded',
    })
    .where('import_id', '=', run.import_id)
    .where('state', 'in', ['uploaded', 'checked'])
    .execute()
  return c.redirect(`/voterfiles/imports/${run.import_id}`, 303)
}

/** The file that is described: the one asked for, else the first nobody has recognised. */
async function describedFile(
  c: Ctx,
  run: VoterImport,
  wanted: string | undefined,
  typed: Record<string, string> | null,
) {
  let parts: Part[]
  try {
    parts = (await textsOf(run.paths, run.names)).parts
  } catch (problem) {
    if (!(problem instanceof Refused)) throw problem
    const { code, detail } = problem
    return { name: run.names[0] ?? '', is_only: true, described: null, problem: { code, detail } }
  }
  const inspected = run.dry_run ? Inspection.parse(run.dry_run).files : []
  const unknown = inspected.find(({ layout }) => layout === null)?.name
  const part = parts.find(({ name }) => name === wanted) ?? parts.find(({ name }) => name === unknown) ?? parts[0]
  if (!part)
    return { name: run.names[0] ?? '', is_only: true, described: null, problem: { code: 'nothing_in_zip', detail: '' } }
  const table = await rawTable(part)
  const title = part.name.split('/').at(-1)?.replace(/\.\w+$/, '').replace(/[_-]?\d{4,8}/g, '').replace(/[_-]+/g, ' ').trim() // prettier-ignore
  // One described before is described anew from what was said then.
  const layout = inspected.find(({ name }) => name === part.name)?.layout ?? ''
  const before = isOwn(layout) ? (await layoutBook(ownerOf(c))).byId(layout) : undefined
  const said = typed ?? (before && table ? answersOf(before, table) : null)
  return {
    name: part.name,
    is_only: parts.length === 1,
    described: table && describe(table, said, title ?? ''),
    problem: null,
  }
}

/** The first rows by the layout as described so far. */
async function rowsBy(
  c: Ctx,
  run: VoterImport,
  name: string,
  described: Described | null,
): Promise<InspectedFile | null> {
  if (!described?.layout) return null
  const today = dateIn(c.var.organization?.time_zone ?? 'America/New_York', c.var.installation.clock.now())
  const { layout } = described
  const { files } = await inspectFiles(run.paths, layout.id, today, run.names, bookOf([layout]))
  return files.find((each) => each.name === name) ?? null
}

export const layoutRoutes = room()
  .get('/voterfiles/imports/:import/columns', steward, async (c) => {
    const run = await openImport(c)
    if (run.kind === 'phones') return showPhoneColumns(c, run)
    const { t, language } = c.var
    const { name, described, problem } = await describedFile(c, run, c.req.query('file'), null)
    return page(
      c,
      <LayoutPage
        {...{ t, language, run, described, problem }}
        file={name}
        rows={await rowsBy(c, run, name, described)}
        is_answered={false}
      />,
      { title: t('voterlayout.title') },
    )
  })
  .post('/voterfiles/imports/:import/columns', steward, async (c) => {
    const run = await openImport(c)
    if (run.kind === 'phones') return savePhoneColumns(c, run)
    const { t, language, installation } = c.var
    const { typed } = await readForm(c, z.looseObject({}))
    const { name, is_only, described, problem } = await describedFile(c, run, typed.file, typed)
    const rows = await rowsBy(c, run, name, described)
    if (typed.act === 'save' && described?.layout && rows && rows.rows.length > 0) {
      const db = ownerOf(c)
      const kept = await keepLayout(db, actorOf(c), described.layout, installation.clock.now())
      await db
        .updateTable('voter_import')
        // Files beside it have layouts of their own, and all are recognised by themselves.
        .set({ layout: is_only ? kept.id : null, dry_run: null, preview: null, state: 'uploaded' })
        .where('import_id', '=', run.import_id)
        .where('state', 'in', ['uploaded', 'checked'])
        .execute()
      return c.redirect(`/voterfiles/imports/${run.import_id}`, 303)
    }
    const isWrong = typed.act === 'save' || (described?.problems.length ?? 0) > 0
    return page(c, <LayoutPage {...{ t, language, run, described, problem, rows }} file={name} is_answered />, {
      title: t('voterlayout.title'),
      status: isWrong ? 422 : 200,
    })
  })
