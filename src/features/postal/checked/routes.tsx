import { PassThrough, Readable } from 'node:stream'
import { bodyLimit } from 'hono/body-limit'
import { found, NotFound } from '../../../platform/errors.ts'
import { asTyped, readForm, type FieldErrors } from '../../../platform/http/form.ts'
import { live, page } from '../../../platform/http/page.tsx'
import { actorOf, room, type Ctx, type Handler } from '../../../platform/http/room.ts'
import { allow } from '../../access/allow.ts'
import { idParam, now, timeZone, today } from '../../../platform/http/of-request.ts'
import { closedSince, type Drop } from '../drops/queries.ts'
import { dropOf, dropPage } from '../drops/routes.tsx'
import { queueApply } from '../jobs.ts'
import { noteFetched } from '../printing/commands.ts'
import { askAgain, askForAddresses, beginApply, bringFile, discardFile, takeBackFile } from './commands.ts'
import { ApplyProgress, CheckedFilePage, CheckedPage } from './pages.tsx'
import {
  appliedRows,
  cassLines,
  checkedFile,
  checkedFiles,
  checkedRows,
  ncoaLines,
  notConfirmed,
  type CheckedFile,
} from './queries.ts'
import { readCass, readNcoa } from './rules.ts'
import { AskForm, BringForm } from './schema.ts'

const edit = allow('postal.edit')
const list = '/postal/checked'
const one = `${list}/:file`
const largest_bytes = 40_000_000

const small: Handler = (c, next) =>
  bodyLimit({ maxSize: largest_bytes, onError: (ctx) => ctx.text(c.var.t('postal.checked_too_large'), 413) })(c as never, next) // prettier-ignore

/** Addresses that go out to be checked, and what comes back. */
export const checkedRoutes = room()
  .post('/postal/:drop/cass.csv', edit, (c) =>
    fileFor(c, 'cass', async (drop) => {
      await askForAddresses(c.var.db, drop, now(c))
      await noteFetched(c.var.db, actorOf(c), drop, 'cass')
      return cassLines(c.var.db, drop)
    }),
  )
  .post('/postal/:drop/ncoa.csv', edit, (c) =>
    fileFor(c, 'moves', async (drop) => {
      await noteFetched(c.var.db, actorOf(c), drop, 'ncoa')
      return ncoaLines(c.var.db, drop)
    }),
  )
  .get(list, edit, (c) => checkedPage(c))
  .post(list, edit, small, async (c) => {
    const { typed, value, errors } = await readForm(c, BringForm)
    const { file } = await c.req.parseBody()
    if (!(file instanceof File) || file.size === 0) return checkedPage(c, typed, { ...errors, file: 'form.required' })
    if (!value) return checkedPage(c, typed, errors)
    if (value.checked_on > today(c)) return checkedPage(c, typed, { checked_on: 'postal.not_yet' })
    const text = textIn(await file.arrayBuffer())
    if (text === null) return checkedPage(c, typed, { file: 'postal.checked_problem.not_text' })
    const read = await (value.kind === 'cass' ? readCass(text) : readNcoa(text))
    if (!read.ok) return checkedPage(c, typed, { file: `postal.checked_problem.${read.problem}` })
    const name = asTyped(file.name).slice(0, 120)
    const file_id = await bringFile(c.var.db, actorOf(c), { ...value, name, rows: read.rows }, now(c))
    return c.redirect(`${list}/${file_id}`, 303)
  })
  .get(one, edit, async (c) => {
    const file = await fileOf(c)
    const verdict = c.req.query('verdict') ?? ''
    const from = Math.min(Math.max(0, Math.trunc(Number(c.req.query('from') ?? 0)) || 0), 20_000_000)
    const [shown, applied] = await Promise.all([
      checkedRows(c.var.db, file, verdict, from),
      appliedRows(c.var.db, file),
    ])
    return page(
      c,
      <CheckedFilePage t={c.var.t} {...{ file, verdict, from, applied, ...shown }} time_zone={timeZone(c)} />,
      { title: file.name }, // prettier-ignore
    )
  })
  .get(`${one}/progress`, edit, async (c) => {
    await fileOf(c)
    return live(c, 1000, async () => {
      const file = await fileOf(c)
      return <ApplyProgress t={c.var.t} file={file} applied={await appliedRows(c.var.db, file)} />
    })
  })
  .post(`${one}/apply`, edit, async (c) => {
    const file = await fileOf(c)
    await beginApply(c.var.db, actorOf(c), file.file_id)
    await queueApply(c.var.db, file)
    return c.redirect(`${list}/${file.file_id}`, 303)
  })
  .post(`${one}/discard`, edit, async (c) => {
    await discardFile(c.var.db, actorOf(c), (await fileOf(c)).file_id)
    return c.redirect(list, 303)
  })
  .post(`${one}/take-back`, edit, async (c) => {
    const { file_id } = await fileOf(c)
    await takeBackFile(c.var.db, actorOf(c), file_id, now(c))
    return c.redirect(`${list}/${file_id}`, 303)
  })
  .post(`${list}/ask-again`, edit, async (c) => {
    await askAgain(c.var.db, actorOf(c), now(c))
    return c.redirect(list, 303)
  })

const fileOf = async (c: Ctx): Promise<CheckedFile> =>
  found(await checkedFile(c.var.db, actorOf(c).organization_id, idParam(c, 'file')))

function textIn(bytes: ArrayBuffer): string | null {
  for (const encoding of ['utf-8', 'windows-1252'])
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
      return text.includes('\0') ? null : text
    } catch {
      // The other one, which every old program writes.
    }
  return null
}

/** A file with people's addresses leaves the system: for the limit on use accepted, and of nobody who wants no mail. */
async function fileFor(
  c: Ctx,
  name: string,
  lines: (drop: Drop) => Promise<AsyncGenerator<string>>,
): Promise<Response> {
  const drop = await dropOf(c)
  const { value, errors } = await readForm(c, AskForm)
  if (drop.pieces === 0) throw new NotFound()
  if (!value) return dropPage(c, errors)
  const closed = drop.state === 'mailed' ? 0 : await closedSince(c.var.db, drop, today(c))
  if (closed > 0) return dropPage(c, {}, {}, closed)
  const out = new PassThrough()
  Readable.from(await lines(drop)).pipe(out)
  c.header('Content-Type', 'text/csv; charset=utf-8')
  c.header('Content-Disposition', `attachment; filename="${name}-${drop.drop_id.slice(0, 8)}.csv"`)
  c.header('Cache-Control', 'no-store')
  return c.body(Readable.toWeb(out) as ReadableStream) // the same by another name
}

async function checkedPage(c: Ctx, typed: Record<string, string> = {}, errors: FieldErrors = {}) {
  const { organization_id } = actorOf(c)
  const [files, not_confirmed] = await Promise.all([checkedFiles(c.var.db, organization_id), notConfirmed(c.var.db, organization_id)]) // prettier-ignore
  return page(
    c,
    <CheckedPage t={c.var.t} {...{ files, not_confirmed, typed, errors }} today={today(c)} time_zone={timeZone(c)} />,
    { title: c.var.t('postal.checked'), status: Object.keys(errors).length > 0 ? 422 : 200 }, // prettier-ignore
  )
}
