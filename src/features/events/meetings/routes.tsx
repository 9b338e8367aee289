import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { audit } from '../../../platform/audit.ts'
import { found, NotFound } from '../../../platform/errors.ts'
import { readForm, type FieldErrors } from '../../../platform/http/form.ts'
import { saveUnlessChanged } from '../../../platform/http/meanwhile.ts'
import { page } from '../../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../../platform/http/room.ts'
import { languages } from '../../../platform/i18n/languages.ts'
import { translator } from '../../../platform/i18n/messages.ts'
import type { Meanwhile } from '../../../platform/ui/meanwhile.tsx'
import { allow } from '../../access/allow.ts'
import { mayDo } from '../../access/permissions.ts'
import { afterOf } from '../after/queries.ts'
import { idOfSending } from '../links.ts'
import { eventById, kindOf, kindsOf, shiftsOf, type Event } from '../queries.ts'
import { countHands, makeMotion, reopenMinutes, saveMinutes, withdrawMotion } from './commands.ts'
import './messages.ts'
import { CountPage, MeetingPage, minutesValues } from './pages.tsx'
import { minutesPdf } from './print.ts'
import { assemblyOf, attendanceOf, minutesOf, motionsOf, type Motion } from './queries.ts'
import { CountForm, MinutesForm, MotionForm } from './schema.ts'

/** A meeting: its quorum, motions decided by a show of hands, and its minutes. */
export const meetingRoutes = room()
  .get('/events/:event/meeting', allow('events.view'), async (c) => meetingPage(c, await eventIn(c)))
  .post('/events/:event/meeting', allow('events.door'), async (c) => {
    const event = await eventIn(c)
    const { typed, errors, value } = await readForm(c, MotionForm)
    const text = Object.fromEntries(
      languagesOf(c).flatMap((language) => {
        const said = (typed[`text_${language}`] ?? '').replaceAll('\r\n', '\n').trim().slice(0, 4000)
        return said ? [[language, said]] : []
      }),
    )
    const first = `text_${languagesOf(c)[0] ?? 'en'}`
    const missing: FieldErrors = Object.keys(text).length === 0 ? { [first]: 'meeting.text_missing' } : {}
    if (!value || Object.keys(missing).length > 0) return meetingPage(c, event, typed, { ...errors, ...missing })
    const { page_key, ...draft } = value
    // Another text is another motion, also where the page was not read anew.
    const motion_id = idOfSending(event.event_id, page_key, { ...draft, text })
    const made = await makeMotion(c.var.db, actorOf(c), event.event_id, { ...draft, motion_id, text }, now(c))
    if (!made.ok) return meetingPage(c, event, typed, { '': `meeting.problem.${made.problem}` })
    return c.redirect(`/events/${event.event_id}/meeting?said=saved#motions`, 303)
  })
  .post('/events/:event/meeting/minutes', allow('events.edit'), async (c) => {
    const event = await eventIn(c)
    const { typed, errors, value } = await readForm(c, MinutesForm)
    if (!value) return meetingPage(c, event, typed, errors)
    const { organization_id, event_id } = event
    const sent = await saveUnlessChanged(c, {
      subject: 'event',
      subject_id: event_id,
      values: async (tx) => minutesValues(await minutesOf(tx, organization_id, event_id)),
      save: (tx) => saveMinutes(tx, actorOf(c), event_id, value, now(c)),
    })
    const { approved_on } = await minutesOf(c.var.db, organization_id, event_id)
    const isRefused = !sent.ok || !sent.value.ok
    if (isRefused && approved_on) return meetingPage(c, event, {}, { '': 'meeting.problem.approved' })
    if (!sent.ok) return meetingPage(c, event, typed, {}, sent.meanwhile)
    return c.redirect(`/events/${event.event_id}/meeting?said=saved#minutes`, 303)
  })
  .post('/events/:event/meeting/minutes/reopen', allow('events.edit'), async (c) => {
    const { event_id } = await eventIn(c)
    await reopenMinutes(c.var.db, actorOf(c), event_id, now(c))
    return c.redirect(`/events/${event_id}/meeting?said=saved#minutes`, 303)
  })
  .get('/events/:event/meeting/minutes.pdf', allow('events.view'), async (c) => {
    const event = await eventIn(c)
    const { db } = c.var
    const { organization_id, event_id } = event
    const language = languages.find((each) => each === c.req.query('language')) ?? c.var.language
    const minutes = await minutesOf(db, organization_id, event_id)
    const [attendance, motions, after] = await Promise.all([
      attendanceOf(db, event, minutes),
      motionsOf(db, organization_id, event_id),
      afterOf(db, organization_id, event_id),
    ])
    const shifts = await shiftsOf(db, organization_id, [event_id])
    const organization = found(c.var.organization)
    const made = await minutesPdf(translator(language), {
      ...{ event, shifts, attendance, motions, minutes },
      notes: after.notes,
      organization: organization.name,
      now: now(c),
    })
    await audit(db, actorOf(c), {
      action: 'event.minutes_print',
      subject: 'event',
      subject_id: event_id,
      after: { language },
      request_id: c.var.request_id,
    })
    return c.body(made, 200, {
      'content-type': 'application/pdf',
      'content-disposition': `inline; filename="minutes-${language}.pdf"`,
    })
  })
  .get('/events/:event/meeting/:motion', allow('events.door'), async (c) => countPage(c, ...(await motionIn(c))))
  .post('/events/:event/meeting/:motion', allow('events.door'), async (c) => {
    const [event, motion] = await motionIn(c)
    const { typed, errors, value } = await readForm(c, CountForm)
    if (!value) return countPage(c, event, motion, typed, errors)
    const { quorum } = await assemblyOf(c.var.db, event)
    const counted = { ...value, quorum }
    const done = await countHands(c.var.db, actorOf(c), event.event_id, motion.motion_id, counted, now(c))
    if (!done.ok) {
      const field = done.problem === 'no_reason' ? 'reason' : ''
      // Somebody else may have counted meanwhile: then the page asks why.
      const [, current] = await motionIn(c)
      return countPage(c, event, current, typed, { [field]: `meeting.problem.${done.problem}` })
    }
    return c.redirect(`/events/${event.event_id}/meeting?said=counted#m-${motion.nth}`, 303)
  })
  .post('/events/:event/meeting/:motion/withdraw', allow('events.door'), (c) => withdraw(c, true))
  .post('/events/:event/meeting/:motion/restore', allow('events.door'), (c) => withdraw(c, false))

const now = (c: Ctx): Date => c.var.installation.clock.now()
const languagesOf = (c: Ctx): string[] => c.var.organization?.languages ?? ['en', 'ko']
const idOf = (c: Ctx, name: string): string => found(z.uuid().safeParse(c.req.param(name)).data)

/** Notes of an event without a quorum are its team's, and no minutes. */
async function eventIn(c: Ctx): Promise<Event> {
  const { organization_id } = actorOf(c)
  const event = found(await eventById(c.var.db, organization_id, idOf(c, 'event')))
  const { needs } = kindOf(await kindsOf(c.var.db, organization_id), event.kind)
  if (!needs.includes('quorum')) throw new NotFound()
  return event
}

async function motionIn(c: Ctx): Promise<[Event, Motion]> {
  const event = await eventIn(c)
  const motions = await motionsOf(c.var.db, event.organization_id, event.event_id)
  return [event, found(motions.find(({ motion_id }) => motion_id === idOf(c, 'motion')))]
}

async function withdraw(c: Ctx, is_withdrawn: boolean): Promise<Response> {
  const [event, motion] = await motionIn(c)
  const done = await withdrawMotion(c.var.db, actorOf(c), event.event_id, motion.motion_id, is_withdrawn, now(c))
  if (!done.ok) return meetingPage(c, event, {}, { '': `meeting.problem.${done.problem}` })
  return c.redirect(`/events/${event.event_id}/meeting#m-${motion.nth}`, 303)
}

async function meetingPage(
  c: Ctx,
  event: Event,
  typed: Record<string, string> = {},
  errors: FieldErrors = {},
  meanwhile?: Meanwhile,
): Promise<Response> {
  const { t, db } = c.var
  const { organization_id, event_id } = event
  const actor = actorOf(c)
  return page(
    c,
    <MeetingPage
      {...{ t, event, typed, errors }}
      assembly={await assemblyOf(db, event)}
      motions={await motionsOf(db, organization_id, event_id)}
      minutes={await minutesOf(db, organization_id, event_id)}
      languages={languagesOf(c)}
      page_key={typed.page_key || randomUUID()}
      may={{
        count: mayDo(actor, 'events.door'),
        edit: mayDo(actor, 'events.edit'),
        notes: mayDo(actor, 'events.people'),
      }}
      said={c.req.query('said') ?? null}
    />,
    { title: t('meeting.title'), status: meanwhile ? 409 : Object.keys(errors).length > 0 ? 422 : 200, meanwhile },
  )
}

const countPage = async (
  c: Ctx,
  event: Event,
  motion: Motion,
  typed: Record<string, string> = {},
  errors: FieldErrors = {},
): Promise<Response> =>
  page(
    c,
    <CountPage {...{ t: c.var.t, event, motion, typed, errors }} assembly={await assemblyOf(c.var.db, event)} />,
    {
      title: c.var.t('meeting.motion_nth', { nth: motion.nth }),
      status: Object.keys(errors).length > 0 ? 422 : 200,
    },
  )
