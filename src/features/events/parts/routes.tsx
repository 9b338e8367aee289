import { found } from '../../../platform/errors.ts'
import { readForm, type FieldErrors } from '../../../platform/http/form.ts'
import { page } from '../../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../../platform/http/room.ts'
import { allow } from '../../access/allow.ts'
import { mayDo } from '../../access/permissions.ts'
import { eventParts } from '../../targeting/schema.ts'
import { findable, whoIn } from '../finding.ts'
import '../messages.ts'
import { eventById, type Event } from '../queries.ts'
import { givePart, nameGuest, takePartBack } from './commands.ts'
import './messages.ts'
import { PartsPage } from './pages.tsx'
import { partsOf } from './queries.ts'
import { GivePartForm, GuestForm, TakeBackForm } from './schema.ts'

/** Who leads, speaks, interprets or takes notes at an event. */
export const partRoutes = room()
  .get('/events/:event/parts', allow('events.people'), async (c) => partsPage(c, await eventIn(c)))
  .post('/events/:event/parts', allow('events.edit'), async (c) => {
    const event = await eventIn(c)
    const { value } = await readForm(c, GivePartForm)
    if (!value) return partsPage(c, event)
    const given = await givePart(
      c.var.db,
      actorOf(c),
      event.event_id,
      { part: value.part, who: whoIn(value.who) },
      now(c),
    )
    return back(c, event, given.ok ? (given.seat === 'theirs' ? 'saved' : 'full') : given.problem)
  })
  .post('/events/:event/parts/guest', allow('events.edit'), async (c) => {
    const event = await eventIn(c)
    const { typed, errors, value } = await readForm(c, GuestForm)
    if (!value) return partsPage(c, event, typed, errors)
    await nameGuest(c.var.db, actorOf(c), event.event_id, value, now(c))
    return back(c, event, 'saved')
  })
  .post('/events/:event/parts/take-back', allow('events.edit'), async (c) => {
    const event = await eventIn(c)
    const { value } = await readForm(c, TakeBackForm)
    if (value) await takePartBack(c.var.db, actorOf(c), event.event_id, value.part_id)
    return back(c, event, 'saved')
  })

async function partsPage(
  c: Ctx,
  event: Event,
  typed: Record<string, string> = {},
  errors: FieldErrors = {},
): Promise<Response> {
  const { t, db } = c.var
  const may_edit = mayDo(actorOf(c), 'events.edit')
  const query = (c.req.query('q') ?? '').slice(0, 100).trim()
  return page(
    c,
    <PartsPage
      {...{ t, event, query, may_edit, typed, errors }}
      held={await partsOf(db, event.organization_id, event.event_id)}
      part={eventParts.find((each) => each === c.req.query('part')) ?? 'speaker'}
      found={query && may_edit ? await findable(c, event, query) : null}
      said={c.req.query('said') ?? null}
    />,
    { title: t('parts.title'), status: Object.keys(errors).length > 0 ? 422 : 200 },
  )
}

const now = (c: Ctx): Date => c.var.installation.clock.now()

const eventIn = async (c: Ctx): Promise<Event> =>
  found(
    await eventById(
      c.var.db,
      actorOf(c).organization_id,
      found(/^[0-9a-f-]{36}$/.exec(c.req.param('event') ?? '')?.[0]),
    ),
  )

const back = (c: Ctx, { event_id }: Event, said: string): Response =>
  c.redirect(`/events/${event_id}/parts?said=${said}`, 303)
