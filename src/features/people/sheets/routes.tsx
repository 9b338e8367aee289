import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { audit } from '../../../platform/audit.ts'
import { dateIn } from '../../../platform/clock.ts'
import { found, NotFound } from '../../../platform/errors.ts'
import { serve } from '../../../platform/http/endpoint.ts'
import { readForm, type FieldErrors } from '../../../platform/http/form.ts'
import { page } from '../../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../../platform/http/room.ts'
import { pdfAnswer } from '../../../platform/print/typst.ts'
import { allow } from '../../access/allow.ts'
import { BadForm, boundaryOf, parts } from '../../voterfile/uploads/multipart.ts'
import '../messages.ts'
import { addPhoto, makeSheet, removePhoto, removeSheet, takeLineBack, typeLine, type Added } from './commands.ts'
import './messages.ts'
import { SheetsPage, sheets_shown } from './pages.tsx'
import { sheetPdf } from './print.ts'
import { peopleLike, photoContent, sheetsOf, type Sheet } from './queries.ts'
import { knownPeople, largest_photo_bytes, LineForm, SheetForm } from './schema.ts'
import { idOf, knownPerson, lineOf, sheetOf, showSheet } from './sheet-page.tsx'

const edit = allow('people.edit')
const From = z.coerce.number().int().min(0).max(1_000_000).catch(0)

/** Sign-in sheets on paper: made, printed, typed in, photographed. */
export const sheetRoutes = room()
  .get('/people/sheets', edit, (c) => list(c))
  .post('/people/sheets', edit, async (c) => {
    const { typed, errors, value } = await readForm(c, SheetForm)
    if (!value) return list(c, typed, errors)
    return c.redirect(`/people/sheets/${await makeSheet(c.var.db, actorOf(c), value, now(c))}`, 303)
  })
  .get('/people/sheets/:sheet', edit, (c) => showSheet(c))
  .get('/people/sheets/:sheet/sheet.pdf', edit, async (c) => {
    const sheet = await sheetOf(c)
    const address = `${c.var.installation.url}/people/sheets/${sheet.sheet_id}`
    const file = await sheetPdf(sheet, c.var.organization?.name ?? {}, address, now(c))
    await audit(c.var.db, actorOf(c), {
      action: 'sign_in.print',
      subject: 'sign_in_sheet',
      subject_id: sheet.sheet_id,
      request_id: c.var.request_id,
    })
    return pdfAnswer(file, `sign-in-${sheet.number}`)
  })
  .post('/people/sheets/:sheet/lines', edit, async (c) => {
    const sheet = await sheetOfNoEvent(c)
    const { typed, all, errors, value } = await readForm(c, LineForm)
    if (!value) return showSheet(c, { typed, ticked: all.consents ?? [], errors })
    const done = await typeLine(c.var.db, actorOf(c), sheet.sheet_id, value, { now: now(c), time_zone: timeZone(c) })
    if (!done.ok)
      return showSheet(c, { typed, ticked: all.consents ?? [], errors: { [done.field]: `sheets.${done.problem}` } })
    return c.redirect(`/people/sheets/${sheet.sheet_id}?after=${value.line}#first_name`, 303)
  })
  .post('/people/sheets/:sheet/lines/:line/take-back', edit, async (c) => {
    const { sheet_id } = await sheetOfNoEvent(c)
    const line = lineOf(c)
    await takeLineBack(c.var.db, actorOf(c), sheet_id, line)
    return c.redirect(`/people/sheets/${sheet_id}?after=${line - 1}#first_name`, 303)
  })
  .post('/people/uploads/sheets/:sheet', edit, async (c) => {
    const { sheet_id } = await sheetOf(c)
    const added = await receivePhoto(c, sheet_id)
    if (!added.ok) return showSheet(c, { typed: {}, ticked: [], errors: { photo: `sheets.photo.${added.problem}` } })
    return c.redirect(`/people/sheets/${sheet_id}#photo`, 303)
  })
  .get('/people/sheets/:sheet/photos/:photo', edit, async (c) => {
    const { organization_id } = actorOf(c)
    const { sheet_id } = await sheetOf(c)
    const photo = found(await photoContent(c.var.db, organization_id, sheet_id, idOf(c, 'photo')))
    return c.body(new Uint8Array(photo.content), 200, {
      'content-type': photo.type,
      'cache-control': 'private, no-store',
    })
  })
  .post('/people/sheets/:sheet/photos/:photo/remove', edit, async (c) => {
    const { sheet_id } = await sheetOf(c)
    await removePhoto(c.var.db, actorOf(c), sheet_id, idOf(c, 'photo'))
    return c.redirect(`/people/sheets/${sheet_id}#photo`, 303)
  })
  .post('/people/sheets/:sheet/remove', edit, async (c) => {
    const { sheet_id, event_id } = await sheetOf(c)
    await removeSheet(c.var.db, actorOf(c), sheet_id)
    return c.redirect(event_id ? `/events/${event_id}/sheets` : '/people/sheets', 303)
  })

serve(sheetRoutes, knownPeople, edit, async (c, asked) => {
  const { db, request_id } = c.var
  const actor = actorOf(c)
  const people = await peopleLike(db, actor.organization_id, asked)
  if (people.length > 0) {
    const query = [asked.name, asked.name_hangul, asked.phone, asked.email].filter(Boolean).join(' ')
    await audit(db, actor, {
      action: 'voter.search',
      subject: 'voter_record',
      after: { query, found: people.length },
      request_id,
    })
  }
  return { people: people.map((each) => knownPerson(c, each)) }
})

const now = (c: Ctx): Date => c.var.installation.clock.now()
const timeZone = (c: Ctx): string => c.var.organization?.time_zone ?? 'America/New_York'

/** Lines of an event's sheet are typed in at the event, where they are attendance too. */
async function sheetOfNoEvent(c: Ctx): Promise<Sheet> {
  const sheet = await sheetOf(c)
  if (sheet.event_id) throw new NotFound()
  return sheet
}

async function list(c: Ctx, typed: Record<string, string> = {}, errors: FieldErrors = {}): Promise<Response> {
  const { t, db } = c.var
  const from = From.parse(c.req.query('from') ?? 0)
  const { rows, total } = await sheetsOf(db, actorOf(c).organization_id, { from, size: sheets_shown })
  const today = dateIn(timeZone(c), now(c))
  const form_key = typed.form_key || randomUUID()
  return page(c, <SheetsPage {...{ t, rows, total, from, typed, errors, today, form_key }} />, {
    title: t('sheets.title'),
    status: Object.keys(errors).length > 0 ? 422 : 200,
  })
}

/** The first file of the form; what is larger than a photo may be is not kept in memory. */
async function receivePhoto(c: Ctx, sheet_id: string): Promise<Added | { ok: false; problem: 'no_file' }> {
  const boundary = boundaryOf(c.req.header('content-type'))
  if (!boundary || !c.req.raw.body) return { ok: false, problem: 'no_file' }
  try {
    for await (const part of parts(c.req.raw.body, boundary)) {
      if (!part.filename) continue
      const pieces: Buffer[] = []
      let size = 0
      for await (const chunk of part.chunks) {
        size += chunk.length
        if (size <= largest_photo_bytes) pieces.push(Buffer.from(chunk))
      }
      if (size > largest_photo_bytes) return { ok: false, problem: 'too_large' }
      return await addPhoto(c.var.db, actorOf(c), sheet_id, Buffer.concat(pieces), now(c))
    }
  } catch (problem) {
    if (!(problem instanceof BadForm)) throw problem
  }
  return { ok: false, problem: 'no_file' }
}
