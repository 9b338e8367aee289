import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { audit } from '../../../platform/audit.ts'
import { dateIn } from '../../../platform/clock.ts'
import { found } from '../../../platform/errors.ts'
import { readForm } from '../../../platform/http/form.ts'
import { page } from '../../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../../platform/http/room.ts'
import { allow } from '../../access/allow.ts'
import { mayDo } from '../../access/permissions.ts'
import { nameShiftBank } from '../../events/calls/commands.ts'
import { confirmingBanksOf, lostSeatsOf, shiftBankOf, strangersIn, unconfirmedOf } from '../../events/calls/queries.ts'
import { ByHandForm, ShiftBankForm } from '../../events/calls/schema.ts'
import { markAttendance } from '../../events/attendance/commands.ts'
import { eventById, shiftsOf, signupsOf, type Event } from '../../events/queries.ts'
import { responseRules } from '../../events/schema.ts'
import '../../events/messages.ts'
import { idOf } from '../form-id.ts'
import { giveBackByHand, recordByHand, takeByHand } from '../newcomers/commands.ts'
import { handsOf } from '../newcomers/queries.ts'
import { idParam, now } from '../../../platform/http/of-request.ts'
import { makeConfirmingBank } from './commands.ts'
import './messages.ts'
import { ShiftsPage } from './page.tsx'
import { banksToName, trainingsFor } from './queries.ts'

const HereForm = z.object({ signup: z.uuid(), shift: z.uuid() })
const OneForm = z.object({ signup: z.uuid() })

/** Before and during an event: who says they come, and who came to call. */
export const shiftRoutes = room()
  .get('/events/:event/calls', allow('events.people'), async (c) => {
    const { db, t } = c.var
    const actor = actorOf(c)
    const { organization_id } = actor
    const event = await eventOf(c)
    const { event_id } = event
    const [shifts, rows, unconfirmed, confirming, bank, banks, strangers, lost_seats] = await Promise.all([
      shiftsOf(db, organization_id, [event_id]),
      signupsOf(db, organization_id, event_id),
      unconfirmedOf(db, organization_id, event_id, { since: now(c) }),
      confirmingBanksOf(db, organization_id, event_id),
      shiftBankOf(db, organization_id, event_id),
      banksToName(db, organization_id),
      strangersIn(db, organization_id, event_id),
      lostSeatsOf(db, organization_id, event_id),
    ])
    const seated = rows.filter(({ response }) => responseRules[response].holds_seat)
    const hands = await handsOf(db, organization_id, unconfirmed, now(c))
    const on = dateIn(event.time_zone, event.starts_at)
    const trainings = await trainingsFor(db, event, seated.map(({ person_id }) => person_id), on) // prettier-ignore
    await audit(db, actor, {
      action: 'event.people',
      subject: 'event',
      subject_id: event_id,
      after: { people: rows.length },
      request_id: c.var.request_id,
    })
    const page_key = randomUUID()
    return page(
      c,
      <ShiftsPage
        {...{ t, event, shifts, rows, unconfirmed, hands, confirming, bank, banks, strangers, lost_seats, trainings }}
        own_hand={actor.id}
        has_shift_work={event.kind === 'phone_bank' || event.kind === 'canvass'}
        keyOf={(signup_id) => idOf(`${page_key} ${signup_id}`)}
        may={{
          edit: mayDo(actor, 'events.edit'),
          make: mayDo(actor, 'phonebanks.edit'),
          call: mayDo(actor, 'events.door'),
        }}
        said={c.req.query('said') ?? null}
        now={now(c)}
      />,
      { title: t('shifts.title') },
    )
  })
  .post('/events/:event/calls/bank', allow('events.edit'), async (c) => {
    const { event_id, organization_id } = await eventOf(c)
    const { value } = await readForm(c, ShiftBankForm)
    const phone_bank_id = value?.phone_bank_id ?? null
    const now_named = await shiftBankOf(c.var.db, organization_id, event_id)
    if (phone_bank_id && phone_bank_id !== now_named?.phone_bank_id)
      found((await banksToName(c.var.db, organization_id)).find((each) => each.phone_bank_id === phone_bank_id))
    await nameShiftBank(c.var.db, actorOf(c), event_id, phone_bank_id, now(c))
    return back(c, 'saved', 'bank')
  })
  .post('/events/:event/calls/confirming', allow('phonebanks.edit'), async (c) => {
    const { event_id } = await eventOf(c)
    const languages = c.var.organization?.languages ?? ['en', 'ko']
    const made = await makeConfirmingBank(c.var.db, actorOf(c), event_id, languages, now(c))
    if (!made.ok) return back(c, 'over', 'confirm')
    return c.redirect(`/phonebanks/${made.phone_bank_id}`, 303)
  })
  .post('/events/:event/calls/by-hand', allow('events.door'), async (c) => {
    const { event_id } = await eventOf(c)
    const { value } = await readForm(c, ByHandForm)
    if (!value) return back(c, 'quicker', 'by-hand')
    const { signup: signup_id, said, key: attempt_id } = value
    const kept = await recordByHand(c.var.db, actorOf(c), event_id, { signup_id, said, attempt_id }, now(c))
    return back(c, kept.ok ? 'saved' : kept.problem === 'in_hand' ? 'in_hand' : 'quicker', 'by-hand')
  })
  .post('/events/:event/calls/take', allow('events.door'), async (c) => {
    const { event_id } = await eventOf(c)
    const { value } = await readForm(c, OneForm)
    if (!value) return back(c, 'quicker', 'by-hand')
    const taken = await takeByHand(c.var.db, actorOf(c), event_id, value.signup, now(c))
    if (!taken.ok) return back(c, taken.problem === 'not_now' ? 'quicker' : taken.problem, 'by-hand')
    return back(c, null, `call-${value.signup}`)
  })
  .post('/events/:event/calls/give-back', allow('events.door'), async (c) => {
    await eventOf(c)
    const { value } = await readForm(c, OneForm)
    if (value) await giveBackByHand(c.var.db, actorOf(c), value.signup)
    return back(c, null, 'by-hand')
  })
  .post('/events/:event/calls/here', allow('events.door'), async (c) => {
    const { event_id } = await eventOf(c)
    const { value } = await readForm(c, HereForm)
    if (!value) return back(c, 'quicker', 'confirm')
    const { signup: signup_id, shift: shift_id } = value
    const mark = { signup_id, shift_id, attendance: 'attended' as const, guests: 0 }
    await markAttendance(c.var.db, actorOf(c), event_id, mark, now(c))
    return back(c, 'saved', `shift-${shift_id}`)
  })

const eventOf = async (c: Ctx): Promise<Event> =>
  found(await eventById(c.var.db, actorOf(c).organization_id, idParam(c, 'event')))

const back = (c: Ctx, said: 'saved' | 'over' | 'quicker' | 'in_hand' | 'busy' | null, where: string): Response =>
  c.redirect(`/events/${idParam(c, 'event')}/calls${said ? `?said=${said}` : ''}#${where}`, 303)
