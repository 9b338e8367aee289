import { audit } from '../../../platform/audit.ts'
import { found } from '../../../platform/errors.ts'
import { serve } from '../../../platform/http/endpoint.ts'
import { page } from '../../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../../platform/http/room.ts'
import { localized } from '../../../platform/i18n/languages.ts'
import { Island } from '../../../platform/ui/island.tsx'
import { allow } from '../../access/allow.ts'
import type { DoorData } from '../islands/parts/door.tsx'
import { eventById, organizationById, shiftsOf, type Event } from '../queries.ts'
import { spanText } from '../when.ts'
import { doAtDoor } from './commands.ts'
import { syncDoor } from './endpoints.ts'
import './messages.ts'
import { minorsIn } from '../guardians/queries.ts'
import { doorList, mayCheckIn } from './queries.ts'

/** A phone keeps the list for whoever comes home late, and not for the night. */
const kept_after_ms = 6 * 3_600_000

/** As many as stand on a page of the list: of fewer who changed meanwhile no record is made. */
const few = 50

const island = 'src/features/events/islands/door.tsx'

/** The door on a phone. The page names nobody: it is kept on the device, the list apart from it. */
export const doorRoutes = room().get('/door/:event', allow('events.check_in'), async (c) => {
  const { t, db, installation } = c.var
  const event = await eventIn(c)
  const { organization_id, event_id, time_zone } = event
  const [shifts, organization] = await Promise.all([
    shiftsOf(db, organization_id, [event_id]),
    organizationById(db, organization_id),
  ])
  const now = installation.clock.now()
  const shift = found(
    shifts.find(({ shift_id }) => shift_id === c.req.query('shift')) ??
      shifts.find(({ ends_at }) => ends_at > now) ??
      shifts.at(-1),
  )
  const title = localized(event.content.title, t.language).text
  const data: DoorData = {
    language: t.language,
    shift_id: shift.shift_id,
    event: {
      event_id,
      organization: organization.slug,
      code: event.code,
      time_zone,
      until: new Date(event.ends_at.getTime() + kept_after_ms).toISOString(),
      shifts: shifts.map((each) => ({
        shift_id: each.shift_id,
        name: localized(each.name, t.language).text || spanText(t.language, time_zone, each),
      })),
    },
  }
  return page(
    c,
    <div className="mx-auto max-w-xl">
      <p className="mb-1 text-base">
        <a className="inline-flex min-h-11 items-center" href={`/events/${event_id}/door?shift=${shift.shift_id}`}>
          ← {t('door.plain_list')}
        </a>
      </p>
      <h1 className="mb-3 text-2xl font-bold break-words">{title}</h1>
      <Island name="door" data={data}>
        <noscript>
          <p className="bg-base-100 border-warning rounded-box mb-4 border-2 p-5 text-lg">
            {t('door.no_script')} <a href={`/events/${event_id}/door`}>{t('door.plain_list')}</a>
          </p>
        </noscript>
        <p className="noscript:hidden" role="status">
          {t('door.loading')}
        </p>
      </Island>
    </div>,
    { title: `${t('door.title')} · ${title}`, bare: true, islands: [island] },
  )
})

serve(doorRoutes, syncDoor, allow('events.check_in'), async (c, { sent_at, after, acts }) => {
  const { db, installation } = c.var
  const actor = actorOf(c)
  const event = await eventIn(c)
  const { organization_id, event_id } = event
  const now = installation.clock.now()
  const done = await doAtDoor(db, actor, acts, { event_id, secret: installation.secret, sent_at, now })
  const list = await doorList(db, organization_id, event_id, after, await minorsIn(db, event))
  // Names of many at once: who looks at them is kept.
  if (list.is_whole || list.people.length > few) {
    await audit(db, actor, {
      action: 'event.people',
      subject: 'event',
      subject_id: event_id,
      after: { people: list.people.length },
      request_id: c.var.request_id,
    })
  }
  return { ...list, done, at: now.toISOString() }
})

async function eventIn(c: Ctx): Promise<Event> {
  const id = found(/^[0-9a-f-]{36}$/.exec(c.req.param('event') ?? '')?.[0])
  const actor = actorOf(c)
  const event = found(await eventById(c.var.db, actor.organization_id, id))
  found((await mayCheckIn(c.var.db, actor, event.event_id, c.var.installation.clock.now())) || null)
  return event
}
