import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { found } from '../../../platform/errors.ts'
import { readForm, type FieldErrors } from '../../../platform/http/form.ts'
import { page } from '../../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../../platform/http/room.ts'
import { allow } from '../../access/allow.ts'
import { photosOf, sheetsOf } from '../../people/sheets/queries.ts'
import { LineForm, SheetForm } from '../../people/sheets/schema.ts'
import { idOf, lineOf, showSheet } from '../../people/sheets/sheet-page.tsx'
import '../door/messages.ts'
import '../messages.ts'
import { eventById, shiftsOf, type Event, type Shift } from '../queries.ts'
import { makeEventSheet, takeEventLineBack, typeEventLine } from './commands.ts'
import { EventSheetsPage } from './pages.tsx'

const door = allow('events.door')

/** Of an event more were never made. */
const most_sheets = 100

const EventSheetForm = SheetForm.pick({ form_key: true, lines: true }).extend({ shift: z.uuid() })

/** Sign-in sheets on paper for an event; what they are and their photos is `people/sheets`. */
export const eventSheetRoutes = room()
  .get('/events/:event/sheets', door, (c) => list(c))
  .post('/events/:event/sheets', door, async (c) => {
    const { event, shifts } = await eventIn(c)
    const { typed, errors, value } = await readForm(c, EventSheetForm)
    if (!value) return list(c, typed, errors)
    const shift = found(shifts.find(({ shift_id }) => shift_id === value.shift))
    await makeEventSheet(c.var.db, actorOf(c), event, shift, value, now(c))
    return c.redirect(`/events/${event.event_id}/sheets`, 303)
  })
  .post('/events/:event/sheets/:sheet/lines', door, async (c) => {
    const { event_id, sheet_id } = idsOf(c)
    const { typed, all, errors, value } = await readForm(c, LineForm)
    const again = (more: FieldErrors) => showSheet(c, { typed, ticked: all.consents ?? [], errors: more })
    if (!value) return again(errors)
    const at = { now: now(c), language: c.var.language }
    const done = await typeEventLine(c.var.db, actorOf(c), event_id, sheet_id, value, at)
    if (!done.ok) return again({ [done.field]: `sheets.${done.problem}` })
    return c.redirect(`/people/sheets/${sheet_id}?after=${value.line}#first_name`, 303)
  })
  .post('/events/:event/sheets/:sheet/lines/:line/take-back', door, async (c) => {
    const { event_id, sheet_id } = idsOf(c)
    const line = lineOf(c)
    await takeEventLineBack(c.var.db, actorOf(c), event_id, sheet_id, line, now(c))
    return c.redirect(`/people/sheets/${sheet_id}?after=${line - 1}#first_name`, 303)
  })

const now = (c: Ctx): Date => c.var.installation.clock.now()

const idsOf = (c: Ctx) => ({ event_id: idOf(c, 'event'), sheet_id: idOf(c, 'sheet') })

async function eventIn(c: Ctx): Promise<{ event: Event; shifts: Shift[] }> {
  const { organization_id } = actorOf(c)
  const event = found(await eventById(c.var.db, organization_id, idOf(c, 'event')))
  return { event, shifts: await shiftsOf(c.var.db, organization_id, [event.event_id], { with_removed: true }) }
}

async function list(c: Ctx, typed: Record<string, string> = {}, errors: FieldErrors = {}): Promise<Response> {
  const { t, db } = c.var
  const { event, shifts } = await eventIn(c)
  const { organization_id, event_id } = event
  const { rows } = await sheetsOf(db, organization_id, { from: 0, size: most_sheets, event_id })
  const photos = await Promise.all(rows.map(({ sheet_id }) => photosOf(db, organization_id, sheet_id)))
  return page(
    c,
    <EventSheetsPage
      {...{ t, event, shifts, rows, typed, errors }}
      photos={photos.flat()}
      form_key={typed.form_key || randomUUID()}
      now={now(c)}
    />,
    { title: t('sheets.title'), status: Object.keys(errors).length > 0 ? 422 : 200 },
  )
}
