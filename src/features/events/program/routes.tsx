import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { audit } from '../../../platform/audit.ts'
import { found, NotFound } from '../../../platform/errors.ts'
import { readForm, type FieldErrors } from '../../../platform/http/form.ts'
import { saveUnlessChanged } from '../../../platform/http/meanwhile.ts'
import { live, page } from '../../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../../platform/http/room.ts'
import { languages } from '../../../platform/i18n/languages.ts'
import { translator } from '../../../platform/i18n/messages.ts'
import { pdfAnswer } from '../../../platform/print/typst.ts'
import type { Meanwhile } from '../../../platform/ui/meanwhile.tsx'
import { allow } from '../../access/allow.ts'
import { mayDo } from '../../access/permissions.ts'
import { idOfSending } from '../links.ts'
import '../messages.ts'
import { eventById, kindOf, kindsOf, type Event } from '../queries.ts'
import { clean } from '../rules.ts'
import type { EventText } from '../schema.ts'
import { addItem, changeItem, goTo, placeItem } from './commands.ts'
import './messages.ts'
import { ItemPage, itemValues, Live, LivePage, ProgramPage } from './pages.tsx'
import { programPdf } from './print.ts'
import { markOf, programOf, type ProgramItem } from './queries.ts'
import { standingIn } from './rules.ts'
import { ItemForm, NewItemForm, placeActs, StepForm } from './schema.ts'

const anyFields = z.record(z.string(), z.unknown())
const live_every_ms = 2000

/** The run of show of an event: planned, printed, and on the day what is on and what comes next. */
export const programRoutes = room()
  .get('/events/:event/program', allow('events.people'), async (c) => programPage(c, await eventIn(c)))
  .post('/events/:event/program', allow('events.edit'), async (c) => {
    const event = await eventIn(c)
    const { typed, errors, value } = await readForm(c, NewItemForm)
    const title = titlesIn(typed, languagesOf(c))
    if (!value || Object.keys(title).length === 0)
      return programPage(c, event, typed, { ...errors, ...missing(c, title) })
    const { page_key, ...draft } = value
    const item_id = idOfSending(event.event_id, page_key, { ...draft, title })
    await addItem(c.var.db, actorOf(c), event.event_id, { ...draft, title, item_id }, now(c))
    return c.redirect(`/events/${event.event_id}/program?said=saved#i-${item_id}`, 303)
  })
  .get('/events/:event/program/program.pdf', allow('events.people'), async (c) => {
    const event = await eventIn(c)
    const { db } = c.var
    const language = languages.find((each) => each === c.req.query('language')) ?? c.var.language
    const items = await programOf(db, event.organization_id, event.event_id)
    const { name } = found(c.var.organization)
    const told = { event, items, languages: languagesOf(c), organization: name, now: now(c) }
    const file = await programPdf(translator(language), told)
    await audit(db, actorOf(c), {
      action: 'event.program_print',
      subject: 'event',
      subject_id: event.event_id,
      after: { language },
      request_id: c.var.request_id,
    })
    return pdfAnswer(file, `program-${event.code}`)
  })
  .get('/events/:event/program/live', allow('events.people'), async (c) => {
    const event = await eventIn(c)
    return page(c, <LivePage {...await liveOf(c, event)} />, { title: c.var.t('program.live') })
  })
  .get('/events/:event/program/live/stream', allow('events.people'), async (c) => {
    const { event_id } = await eventIn(c)
    return live(c, live_every_ms, async () => {
      const event = found(await eventById(c.var.db, actorOf(c).organization_id, event_id))
      return <Live {...await liveOf(c, event)} />
    })
  })
  .post('/events/:event/program/step', allow('events.door'), async (c) => {
    const { event_id } = await eventIn(c)
    const { value } = await readForm(c, StepForm)
    if (value) await goTo(c.var.db, actorOf(c), event_id, value, now(c))
    return c.redirect(`/events/${event_id}/program/live`, 303)
  })
  .get('/events/:event/program/:item', allow('events.edit'), async (c) => {
    const event = await eventIn(c)
    return itemPage(c, event)
  })
  .post('/events/:event/program/:item', allow('events.edit'), async (c) => {
    const event = await eventIn(c)
    const { event_id, organization_id } = event
    const { item_id } = await itemIn(c, event)
    const { typed, errors, value } = await readForm(c, ItemForm)
    const title = titlesIn(typed, languagesOf(c))
    if (!value || Object.keys(title).length === 0) return itemPage(c, event, typed, { ...errors, ...missing(c, title) })
    const sent = await saveUnlessChanged(c, {
      subject: 'event',
      subject_id: event_id,
      in_trail: (name) => [name.startsWith('title_') ? `title.${name.slice(6)}` : name],
      about: { item_id },
      values: async (tx) =>
        itemValues(found((await programOf(tx, organization_id, event_id)).find((each) => each.item_id === item_id)), languagesOf(c)), // prettier-ignore
      save: (tx) => changeItem(tx, actorOf(c), event_id, item_id, { ...value, title }),
    })
    if (!sent.ok) return itemPage(c, event, typed, {}, sent.meanwhile)
    return c.redirect(`/events/${event_id}/program?said=saved#i-${item_id}`, 303)
  })
  .post('/events/:event/program/:item/place', allow('events.edit'), async (c) => {
    const { event_id } = await eventIn(c)
    const { typed } = await readForm(c, anyFields)
    const act = placeActs.find((each) => each === typed.act)
    if (act) await placeItem(c.var.db, actorOf(c), event_id, idOf(c, 'item'), act, now(c))
    return c.redirect(`/events/${event_id}/program#items`, 303)
  })

const now = (c: Ctx): Date => c.var.installation.clock.now()
const languagesOf = (c: Ctx): string[] => c.var.organization?.languages ?? ['en', 'ko']
const idOf = (c: Ctx, name: string): string => found(z.uuid().safeParse(c.req.param(name)).data)

/** Only of a kind that has one. */
async function eventIn(c: Ctx): Promise<Event> {
  const { organization_id } = actorOf(c)
  const event = found(await eventById(c.var.db, organization_id, idOf(c, 'event')))
  const { needs } = kindOf(await kindsOf(c.var.db, organization_id), event.kind)
  if (!needs.includes('program')) throw new NotFound()
  return event
}

async function itemIn(c: Ctx, { organization_id, event_id }: Event): Promise<ProgramItem> {
  const items = await programOf(c.var.db, organization_id, event_id)
  return found(items.find(({ item_id }) => item_id === idOf(c, 'item')))
}

const titlesIn = (typed: Record<string, string>, asked: readonly string[]): EventText =>
  Object.fromEntries(
    asked.flatMap((language) => {
      const said = clean(typed[`title_${language}`] ?? '').slice(0, 200)
      return said ? [[language, said]] : []
    }),
  )

const missing = (c: Ctx, title: EventText): FieldErrors =>
  Object.keys(title).length > 0 ? {} : { [`title_${languagesOf(c)[0] ?? 'en'}`]: 'program.title_missing' }

async function liveOf(c: Ctx, event: Event) {
  const { db, t } = c.var
  const { organization_id, event_id, starts_at } = event
  const [items, mark] = await Promise.all([
    programOf(db, organization_id, event_id),
    markOf(db, organization_id, event_id),
  ])
  const standing = standingIn(items, mark, starts_at, now(c))
  return { t, event, items, standing, languages: languagesOf(c), may_step: mayDo(actorOf(c), 'events.door') }
}

async function programPage(
  c: Ctx,
  event: Event,
  typed: Record<string, string> = {},
  errors: FieldErrors = {},
): Promise<Response> {
  const { t, db } = c.var
  return page(
    c,
    <ProgramPage
      {...{ t, event, typed, errors }}
      items={await programOf(db, event.organization_id, event.event_id)}
      languages={languagesOf(c)}
      page_key={typed.page_key || randomUUID()}
      may_edit={mayDo(actorOf(c), 'events.edit')}
      said={c.req.query('said') === 'saved'}
    />,
    { title: t('program.title'), status: Object.keys(errors).length > 0 ? 422 : 200 },
  )
}

async function itemPage(
  c: Ctx,
  event: Event,
  typed: Record<string, string> = {},
  errors: FieldErrors = {},
  meanwhile?: Meanwhile,
): Promise<Response> {
  const { t } = c.var
  const item = await itemIn(c, event)
  return page(c, <ItemPage {...{ t, event, item, typed, errors }} languages={languagesOf(c)} />, {
    title: t('program.title'),
    status: meanwhile ? 409 : Object.keys(errors).length > 0 ? 422 : 200,
    meanwhile,
  })
}
