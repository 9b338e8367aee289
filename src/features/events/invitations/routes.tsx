import { z } from 'zod'
import { dateIn } from '../../../platform/clock.ts'
import { found } from '../../../platform/errors.ts'
import { readForm } from '../../../platform/http/form.ts'
import { page } from '../../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../../platform/http/room.ts'
import { allow } from '../../access/allow.ts'
import '../../targeting/messages.ts'
import '../../targeting/people/messages.ts'
import { compilePeopleTyped, peopleIdsInTime } from '../../targeting/people/queries.ts'
import { listOf } from '../../targeting/people/rules.ts'
import { PeopleAsked } from '../../targeting/people/schema.ts'
import '../messages.ts'
import { eventById, shiftsOf, type Event } from '../queries.ts'
import { invitable, inviteAll, type Invitable } from './commands.ts'
import './messages.ts'
import { InvitePage } from './pages.tsx'

const anyFields = z.record(z.string(), z.unknown())

/** Inviting whoever an expression over our people finds. */
export const invitationRoutes = room()
  .get('/events/:event/invite', allow('events.edit'), (c) => invitePage(c, PeopleAsked.parse(c.req.query())))
  .post('/events/:event/invite', allow('events.edit'), async (c) => {
    const event = await eventOf(c)
    const { typed } = await readForm(c, anyFields)
    const asked = PeopleAsked.parse(typed)
    const meant = await meantBy(c, event, asked)
    if (!meant) return c.redirect(listOf(asked.q, asked.only), 303)
    const shift_ids = typed.shift ? [typed.shift] : []
    const { person_ids } = meant.invitable
    const { invited, problem } = await inviteAll(
      c.var.db,
      actorOf(c),
      event.event_id,
      { person_ids, shift_ids },
      now(c),
    )
    const here = `/events/${event.event_id}/invite`
    const told = { invited: String(invited), ...(problem === 'shift' && { gone: 'shift' }) }
    return c.redirect(listOf(asked.q, asked.only, told, here), 303)
  })

const now = (c: Ctx): Date => c.var.installation.clock.now()

const eventOf = async (c: Ctx): Promise<Event> =>
  found(await eventById(c.var.db, actorOf(c).organization_id, found(z.uuid().safeParse(c.req.param('event')).data)))

/** null: the condition cannot be read, or takes too long. */
async function meantBy(
  c: Ctx,
  event: Event,
  { q, only }: PeopleAsked,
): Promise<{ count: number; invitable: Invitable } | null> {
  const { db } = c.var
  const today = dateIn(c.var.organization?.time_zone ?? 'America/New_York', now(c))
  const compiled = await compilePeopleTyped(db, actorOf(c), q, today)
  if (!compiled.ok) return null
  const ids = await peopleIdsInTime(db, compiled.people, only)
  if (!ids) return null
  return { count: ids.length, invitable: await invitable(db, event.organization_id, event.event_id, ids) }
}

/** What is wrong with a condition is said by the list of people. */
async function invitePage(c: Ctx, asked: PeopleAsked): Promise<Response> {
  const event = await eventOf(c)
  const { t, db } = c.var
  const invited = /^\d{1,6}$/.exec(c.req.query('invited') ?? '')?.[0]
  // No condition is everybody: they are counted, and can be invited, once somebody asked for it.
  const is_asked = c.req.query('q') !== undefined || asked.only !== 'all' || invited !== undefined
  const [meant, shifts] = await Promise.all([
    is_asked ? meantBy(c, event, asked) : undefined,
    shiftsOf(db, event.organization_id, [event.event_id]),
  ])
  if (meant === null) return c.redirect(listOf(asked.q, asked.only), 303)
  return page(
    c,
    <InvitePage
      {...{ t, event, shifts, meant, ...asked }}
      is_over={event.canceled_at !== null || event.ends_at <= now(c)}
      invited={invited === undefined ? null : Number(invited)}
      is_shift_gone={c.req.query('gone') === 'shift'}
    />,
    { title: t('invitations.title') },
  )
}
