import { randomBytes, randomUUID } from 'node:crypto'
import { z } from 'zod'
import { audit } from '../../platform/audit.ts'
import { dateIn } from '../../platform/clock.ts'
import { inTransaction, type Db } from '../../platform/db/db.ts'
import { found } from '../../platform/errors.ts'
import { readForm, type FieldErrors } from '../../platform/http/form.ts'
import { saveUnlessChanged } from '../../platform/http/meanwhile.ts'
import { live, page } from '../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../platform/http/room.ts'
import { localized, publicLanguage } from '../../platform/i18n/languages.ts'
import { pdfAnswer } from '../../platform/print/typst.ts'
import type { Meanwhile } from '../../platform/ui/meanwhile.tsx'
import { publicDocument } from '../../platform/ui/public-document.tsx'
import { allow } from '../access/allow.ts'
import { mayDo } from '../access/permissions.ts'
import { askedCampaign, linkMade } from '../campaigns/parts/commands.ts'
import { e164 } from '../voterfile/rules/phones.ts'
import { hoursOfEvent } from './after/queries.ts'
import { markAttendance, markNoShows, moveWalkIn, walkIn } from './attendance/commands.ts'
import {
  addPerson,
  answer,
  changeEvent,
  createEvent,
  saveEvent,
  signupActs,
  type EventAct,
  type EventSaved,
} from './commands.ts'
import './door/messages.ts'
import { namesTyped } from './door/finding-rules.ts'
import { doorPageOf, mayCheckIn, signupsPage } from './door/queries.ts'
import { draftOf, edited, firstValues, valuesOf } from './editing.ts'
import { findable, lookUp, whoIn } from './finding.ts'
import { archiveKind, saveKind } from './kind-commands.ts'
import { idOfSending } from './links.ts'
import '../organizations/messages.ts'
import '../people/messages.ts'
import '../people/sheets/messages.ts'
import './hosting/messages.ts'
import './messages.ts'
import { hostOf, proposalsWaiting } from './hosting/queries.ts'
import { noteGuardian } from './guardians/commands.ts'
import { minorsOf } from './guardians/queries.ts'
import { GuardianForm } from './guardians/schema.ts'
import { assemblyOf, type Assembly } from './meetings/queries.ts'
import { DoorCount, DoorPage } from './pages/door.tsx'
import { GuardianPage } from './pages/guardian.tsx'
import { nameOf } from './words.ts'
import { EditEventPage } from './pages/edit.tsx'
import { EventPage } from './pages/event.tsx'
import { EventsPage, KindPage, KindsPage, kindValues, NewEventPage } from './pages/list.tsx'
import { PeoplePage } from './pages/people.tsx'
import { PublicEventPage } from './pages/public.tsx'
import { tagsPdf } from './print.ts'
import { takeMoney } from './orders/commands.ts'
import './orders/messages.ts'
import { offerOf } from './orders/offer.ts'
import './partners/messages.ts'
import { partsOf } from './parts/queries.ts'
import { partnersOf } from './partners/queries.ts'
import { TakenForm } from './orders/schema.ts'
import {
  countsOf,
  eventById,
  headCount,
  signupById,
  kindOf,
  kindsOf,
  listEvents,
  withCounts,
  organizationById,
  roomIn,
  seriesOf,
  shiftsOf,
  signupsOf,
  toldTo,
  type Event,
  type ListedKind,
  type Shift,
} from './queries.ts'
import { problemsOf, tagsOf, whoseTags } from './rules.ts'
import { attendances, KindForm, responses, SeriesForm, SettingsForm, WalkInForm } from './schema.ts'
import {
  cancelWithLater,
  laterOf,
  leaveOut,
  makeSeries,
  publishWithLater,
  saveWithLater,
  takeIn,
  type LaterSaved,
} from './series-commands.ts'

const anyFields = z.record(z.string(), z.unknown())
const shown_at_once = 40
const people_at_once = 50
const live_every_ms = 3000

/** Kinds of events. Mounted before what is under an event: a kind may be called as one of its pages is, 'meeting'. */
export const eventKindRoutes = room()
  .get('/events/kinds', allow('events.edit'), async (c) => {
    const { t, db } = c.var
    const kinds = await kindsOf(db, actorOf(c).organization_id)
    return page(c, <KindsPage t={t} kinds={kinds} saved={c.req.query('said') === 'saved'} />, {
      title: t('events.kinds'),
    })
  })
  .get('/events/kinds/new', allow('events.edit'), (c) => kindPage(c, null))
  .post('/events/kinds/new', allow('events.edit'), (c) => saveKindOf(c, null))
  .get('/events/kinds/:kind', allow('events.edit'), async (c) => kindPage(c, await kindIn(c)))
  .post('/events/kinds/:kind', allow('events.edit'), async (c) => saveKindOf(c, await kindIn(c)))
  .post('/events/kinds/:kind/archive', allow('events.edit'), (c) => archiveKindOf(c, true))
  .post('/events/kinds/:kind/restore', allow('events.edit'), (c) => archiveKindOf(c, false))

/** What an organizer and a host do with events. */
export const eventRoutes = room()
  .get('/events', allow('events.view'), async (c) => {
    const { t, db } = c.var
    const { organization_id } = actorOf(c)
    const which = c.req.query('when') === 'past' ? 'past' : 'upcoming'
    const kinds = await kindsOf(db, organization_id)
    const kind = kinds.find((each) => each.kind === c.req.query('kind'))?.kind ?? null
    const after = /^[0-9a-f-]{36}$/.exec(c.req.query('after') ?? '')?.[0] ?? null
    const events = await listEvents(db, organization_id, { which, kind, after, now: now(c), limit: shown_at_once + 1 })
    const listed = events.slice(0, shown_at_once)
    const may_edit = mayDo(actorOf(c), 'events.edit')
    const [rows, organization, proposals] = await Promise.all([
      withCounts(db, organization_id, listed),
      organizationById(db, organization_id),
      may_edit ? proposalsWaiting(db, organization_id) : 0,
    ])
    return page(
      c,
      <EventsPage
        t={t}
        events={rows}
        kinds={kinds}
        kind={kind}
        which={which}
        next={events.length > shown_at_once ? (listed.at(-1)?.event_id ?? null) : null}
        may_edit={may_edit}
        proposals={proposals}
        public_path={`/e/${organization.slug}`}
        now={now(c)}
      />,
      { title: t('events.title') },
    )
  })
  .get('/events/new', allow('events.edit'), async (c) => {
    const { t, db } = c.var
    const kinds = await kindsOf(db, actorOf(c).organization_id)
    const kind = kinds.find((each) => each.kind === c.req.query('kind'))
    const { campaign } = c.req.query()
    if (!kind) return page(c, <NewEventPage t={t} {...{ kinds, campaign }} />, { title: t('events.new') })
    const first = firstValues(kind, { time_zone: timeZone(c), today: dateIn(timeZone(c), now(c)) })
    return editPage(c, null, kind, {
      fields: { ...first, ...(campaign && { campaign }) },
    })
  })
  .post('/events/new', allow('events.edit'), async (c) => {
    const { typed, errors, value } = await readForm(c, SettingsForm)
    const kind = kindOf(await kindsOf(c.var.db, actorOf(c).organization_id), typed.kind ?? '')
    const act = typed.act ?? 'save'
    if (act !== 'save') return editPage(c, null, kind, { fields: edited(typed, act, fresh()) })
    if (!value) return editPage(c, null, kind, { fields: typed, errors, status: 422 })
    const read = draftOf(typed, value, { languages: languagesOf(c), needs: kind.needs })
    if (!read.draft) return editPage(c, null, kind, { fields: typed, errors: read.errors, status: 422 })
    const { draft } = read
    const campaign = await askedCampaign(c.var.db, actorOf(c), typed.campaign, null)
    const event_id = await inTransaction(c.var.db, async (tx) => {
      const made = await createEvent(tx, actorOf(c), draft, now(c))
      await linkMade(tx, actorOf(c), campaign, { kind: 'event', part_id: made.event_id }, now(c))
      return made.event_id
    })
    return c.redirect(`/events/${event_id}?said=saved`, 303)
  })
  .get('/events/:event', allow('events.view'), (c) => eventPage(c, {}))
  .get('/events/:event/preview', allow('events.view'), async (c) => {
    const { event, kind, shifts } = await eventIn(c)
    const { db, t } = c.var
    const organization = await organizationById(db, event.organization_id)
    const language = publicLanguage(c.req.query('lang') ?? c.var.language, undefined)
    const title = localized(event.content.title, language).text
    const room_left = await roomIn(db, event, shifts)
    const host = await hostOf(db, event.organization_id, event.event_id)
    const partners = await partnersOf(db, event.organization_id, event.event_id)
    return c.html(
      publicDocument(
        language,
        title,
        organization.name,
        <>
          <p className="mb-4 flex flex-wrap items-center gap-4">
            <strong>{t('events.preview_note')}</strong>
            <a className="btn btn-sm min-h-11" href={`/events/${event.event_id}`}>
              ← {title}
            </a>
          </p>
          <PublicEventPage
            organization={organization}
            language={language}
            event={event}
            kind={kind}
            shifts={toldTo(event, shifts, { has_seat: false })}
            host={host?.said ?? null}
            co_hosts={partners.filter(({ is_co_host }) => is_co_host)}
            room={room_left}
            offer={await offerOf(db, event, room_left, { typed: {} }, now(c))}
            standing="open"
            typed={{}}
            errors={{}}
            page_key=""
            page_time=""
            now={now(c)}
            is_preview
          />
        </>,
      ),
    )
  })
  .get('/events/:event/edit', allow('events.edit'), async (c) => {
    const { event, kind, shifts } = await eventIn(c)
    const later = (await laterOf(c.var.db, event, now(c))).length
    return editPage(c, event, kind, { fields: valuesOf(event, shifts, languagesOf(c)), shifts, later })
  })
  .post('/events/:event/edit', allow('events.edit'), async (c) => {
    const { event, kind, shifts } = await eventIn(c)
    const { typed, errors, value } = await readForm(c, SettingsForm)
    const later = (await laterOf(c.var.db, event, now(c))).length
    const again = (more: Partial<EditShown>) =>
      editPage(c, event, kind, { fields: typed, typed, shifts, later, ...more })
    const act = typed.act ?? 'save'
    if (act !== 'save') return again({ fields: edited(typed, act, fresh()) })
    if (!value) return again({ errors, status: 422 })
    const read = draftOf(typed, { ...value, kind: event.kind }, { languages: languagesOf(c), needs: kind.needs })
    const { draft } = read
    if (!draft) return again({ errors: read.errors, status: 422 })
    // What a need said that its kind asks no longer is kept: it may ask again.
    const others = Object.entries(event.content.details).filter(([need]) => !kind.needs.some((each) => each === need))
    const content = { ...draft.content, details: { ...Object.fromEntries(others), ...draft.content.details } }
    const sent = await saveUnlessChanged(c, {
      subject: 'event',
      subject_id: event.event_id,
      values: async (tx) => {
        const current = found(await eventById(tx, event.organization_id, event.event_id))
        return valuesOf(current, await shiftsOf(tx, event.organization_id, [event.event_id]), languagesOf(c))
      },
      save: (tx): Promise<EventSaved | LaterSaved> =>
        (typed.scope === 'later' ? saveWithLater : saveEvent)(
          tx,
          actorOf(c),
          event.event_id,
          { ...draft, content },
          now(c),
        ),
    })
    if (!sent.ok) return again({ status: 409, meanwhile: sent.meanwhile })
    if (!sent.value.ok) {
      const { problem } = sent.value
      return again({ problem, problem_on: 'on_date' in sent.value ? sent.value.on_date : null, status: 409 })
    }
    return c.redirect(`/events/${event.event_id}?said=saved`, 303)
  })
  .post('/events/:event/publish', allow('events.edit'), async (c) => {
    const { event, shifts } = await eventAndShifts(c)
    // The button is not there meanwhile; whoever still has the old page is told.
    if (problemsOf(event, shifts, now(c)).length > 0) return eventPage(c, { status: 422 })
    return change(c, 'publish')
  })
  .post('/events/:event/withdraw', allow('events.edit'), (c) => change(c, 'withdraw'))
  .post('/events/:event/cancel', allow('events.edit'), (c) => change(c, 'cancel'))
  .post('/events/:event/restore', allow('events.edit'), (c) => change(c, 'restore'))
  .post('/events/:event/series', allow('events.edit'), async (c) => {
    const event = await eventOnly(c)
    const { typed, errors, value } = await readForm(c, SeriesForm)
    if (!value) return eventPage(c, { typed, errors, status: 422 })
    const made = await makeSeries(c.var.db, actorOf(c), event.event_id, value, now(c))
    if (!made.ok)
      return eventPage(c, { typed, errors: { series: `events.series_problem.${made.problem}` }, status: 422 })
    return c.redirect(`/events/${event.event_id}?said=saved#series`, 303)
  })
  .post('/events/:event/series/publish-later', allow('events.edit'), async (c) => {
    const { event_id } = await eventOnly(c)
    const count = await publishWithLater(c.var.db, actorOf(c), event_id, now(c))
    return c.redirect(`/events/${event_id}?said=published&count=${count}`, 303)
  })
  .post('/events/:event/series/cancel-later', allow('events.edit'), async (c) => {
    const { event_id } = await eventOnly(c)
    await cancelWithLater(c.var.db, actorOf(c), event_id, now(c))
    return c.redirect(`/events/${event_id}#series`, 303)
  })
  .post('/events/:event/series/out', allow('events.edit'), (c) => changeSeries(c, leaveOut))
  .post('/events/:event/series/in', allow('events.edit'), (c) => changeSeries(c, takeIn))
  .get('/events/:event/people', allow('events.people'), async (c) => {
    const { event, shifts } = await eventAndShifts(c)
    const { t, db } = c.var
    const { organization_id, event_id } = event
    const [from, size] = [firstRow(c), people_at_once]
    const response = responses.find((each) => each === c.req.query('state')) ?? null
    const [listed, counts] = await Promise.all([
      signupsPage(db, organization_id, event_id, { response, from, size }),
      countsOf(db, organization_id, [event_id]),
    ])
    const rows = await signupsOf(db, organization_id, event_id, { only: listed.signup_ids })
    const hosts = rows.flatMap(({ host_signup_id }) => host_signup_id ?? [])
    await auditSeen(c, event, rows.length)
    const query = (c.req.query('q') ?? '').slice(0, 100).trim()
    return page(
      c,
      <PeoplePage
        t={t}
        event={event}
        shifts={shifts}
        rows={rows}
        hosts={await signupsOf(db, organization_id, event_id, { only: hosts })}
        counts={counts.get(event_id) ?? {}}
        response={response}
        paging={{ from, size, total: listed.total }}
        query={query}
        found={query ? await findable(c, event, query) : null}
        may_edit={mayDo(actorOf(c), 'events.edit')}
        said={c.req.query('said') ?? null}
        now={now(c)}
      />,
      { title: t('events.people') },
    )
  })
  .post('/events/:event/people', allow('events.edit'), async (c) => {
    const event = await eventOnly(c)
    const { typed } = await readForm(c, anyFields)
    const act = signupActs.find((each) => each === typed.act)
    if (!act) return c.redirect(`/events/${event.event_id}/people`, 303)
    const done = await answer(c.var.db, actorOf(c), event.event_id, idIn(typed.signup), act, now(c))
    return c.redirect(`/events/${event.event_id}/people?said=${done.ok ? 'done' : done.problem}`, 303)
  })
  .post('/events/:event/people/add', allow('events.edit'), async (c) => {
    const event = await eventOnly(c)
    const { typed, all } = await readForm(c, anyFields)
    if (typed.who === undefined) return c.redirect(`/events/${event.event_id}/people#add`, 303)
    const asked = {
      who: whoIn(typed.who),
      as: typed.as === 'invited' ? ('invited' as const) : ('signed_up' as const),
      shift_ids: all.shift ?? [],
    }
    const done = await addPerson(c.var.db, actorOf(c), event.event_id, asked, now(c))
    return c.redirect(`/events/${event.event_id}/people?said=${done.ok ? 'done' : done.problem}`, 303)
  })
  .get('/events/:event/tags', allow('events.people'), async (c) => {
    const event = await eventOnly(c)
    const { db, organization, t } = c.var
    const whose = whoseTags.find((each) => each === c.req.query('whose')) ?? 'all'
    const rows = await signupsOf(db, event.organization_id, event.event_id)
    await audit(db, actorOf(c), {
      action: 'event.print',
      subject: 'event',
      subject_id: event.event_id,
      after: { people: tagsOf(rows, whose).length },
    })
    const shown = { whose, organization: organization?.name ?? {}, t, now: now(c) }
    return pdfAnswer(await tagsPdf(event, rows, shown), `name-tags-${event.code}`)
  })
  .get('/events/:event/door', allow('events.check_in'), (c) => doorPage(c, {}))
  .get('/events/:event/door/live', allow('events.check_in'), async (c) => {
    const { event, shifts } = await doorIn(c)
    const shift = shiftIn(c, shifts)
    const { t, db } = c.var
    return live(c, live_every_ms, async () => (
      <DoorCount
        t={t}
        heads={await headCount(db, event.organization_id, event.event_id, shift.shift_id)}
        assembly={await quorateOf(db, event)}
      />
    ))
  })
  .post('/events/:event/door', allow('events.check_in'), async (c) => {
    const { event, shifts } = await doorIn(c)
    const { typed } = await readForm(c, anyFields)
    const shift = shiftIn(c, shifts, typed.shift)
    const attendance = ([...attendances, 'undo'] as const).find((each) => each === typed.act)
    if (!attendance) return c.redirect(`/events/${event.event_id}/door?shift=${shift.shift_id}`, 303)
    const guests = attendance === 'attended' ? Number(/^\d{1,2}$/.exec(typed.guests ?? '')?.[0] ?? 0) : 0
    const mark = { signup_id: idIn(typed.signup), shift_id: shift.shift_id, attendance, guests }
    const { since } = await markAttendance(c.var.db, actorOf(c), event.event_id, mark, now(c))
    // Back to the whole list: the next one has another name.
    return c.redirect(`/events/${event.event_id}/door?shift=${shift.shift_id}&said=${since ? 'already' : 'done'}`, 303)
  })
  .post('/events/:event/door/pay', allow('events.check_in'), async (c) => {
    const { event, shifts } = await doorIn(c)
    const { value } = await readForm(c, TakenForm)
    const { shift_id } = shiftIn(c, shifts)
    if (!value) return c.redirect(`/events/${event.event_id}/door?shift=${shift_id}`, 303)
    const { entry_id, signup: signup_id, way } = value
    const done = await takeMoney(c.var.db, actorOf(c), event.event_id, { entry_id, signup_id, way, reference: null }, now(c)) // prettier-ignore
    const said = done.ok ? 'done' : 'paid_already'
    return c.redirect(`/events/${event.event_id}/door?shift=${shift_id}&said=${said}`, 303)
  })
  .get('/events/:event/door/guardian/:signup', allow('events.check_in'), (c) => guardianPage(c))
  .post('/events/:event/door/guardian/:signup', allow('events.check_in'), async (c) => {
    const { event, shifts } = await doorIn(c)
    const { typed, errors, value } = await readForm(c, GuardianForm)
    const phone = value && e164(value.phone)
    if (!value || !phone) return guardianPage(c, typed, value ? { phone: 'events.phone_wrong' } : errors)
    await noteGuardian(c.var.db, actorOf(c), event.event_id, idIn(c.req.param('signup')), { ...value, phone }, now(c))
    return c.redirect(`/events/${event.event_id}/door?shift=${shiftIn(c, shifts).shift_id}&said=done`, 303)
  })
  .post('/events/:event/door/move', allow('events.check_in'), async (c) => {
    const { event, shifts } = await doorIn(c)
    const { typed } = await readForm(c, anyFields)
    const [from, to] = [shiftIn(c, shifts), shiftIn(c, shifts, typed.to)]
    if (!typed.signup) return c.redirect(`/events/${event.event_id}/door?shift=${from.shift_id}`, 303)
    const moved = { signup_id: idIn(typed.signup), from: from.shift_id, to: to.shift_id }
    await moveWalkIn(c.var.db, actorOf(c), event.event_id, moved, now(c))
    return c.redirect(`/events/${event.event_id}/door?shift=${to.shift_id}&said=done`, 303)
  })
  .post('/events/:event/door/walk-in', allow('events.check_in'), async (c) => {
    const { event, shifts } = await doorIn(c)
    const shift = shiftIn(c, shifts)
    const { typed, errors, value } = await readForm(c, WalkInForm)
    const known = typed.who === undefined ? null : whoIn(typed.who)
    if (!known && !value) return doorPage(c, { typed, errors, status: 422 })
    const phone = value?.phone ? e164(value.phone) : null
    if (!known && value?.phone && !phone)
      return doorPage(c, { typed, errors: { phone: 'events.phone_wrong' }, status: 422 })
    const said = value && { ...value, phone, email: value.email.toLowerCase() || null }
    const who = known ? null : said && pickSaid(said)
    const { since } = await walkIn(
      c.var.db,
      actorOf(c),
      event.event_id,
      {
        // The next one has another name: also where the page was not read anew.
        signup_id: idOfSending(event.event_id, typed.key ?? randomUUID(), [shift.shift_id, known, who]),
        shift_id: shift.shift_id,
        person_id: known,
        said: who,
        language: value?.language || c.var.language,
      },
      now(c),
    )
    return c.redirect(`/events/${event.event_id}/door?shift=${shift.shift_id}&said=${since ? 'already' : 'done'}`, 303)
  })
  .post('/events/:event/door/no-shows', allow('events.door'), async (c) => {
    const { event, shifts } = await eventAndShifts(c)
    const shift = shiftIn(c, shifts)
    await markNoShows(c.var.db, actorOf(c), event.event_id, shift.shift_id, now(c))
    return c.redirect(`/events/${event.event_id}/door?shift=${shift.shift_id}&said=done`, 303)
  })

const now = (c: Ctx): Date => c.var.installation.clock.now()
const timeZone = (c: Ctx): string => c.var.organization?.time_zone ?? 'America/New_York'
const languagesOf = (c: Ctx): string[] => c.var.organization?.languages ?? ['en', 'ko']
const fresh = (): string => randomBytes(4).toString('hex')

const idIn = (text: string | undefined): string => found(/^[0-9a-f-]{36}$/.exec(text ?? '')?.[0])
const pickSaid = ({ first_name, last_name, name_hangul, email, phone }: Required<Parameters<typeof walkIn>[3]>['said'] & object) => ({ first_name, last_name, name_hangul, email, phone }) // prettier-ignore

async function guardianPage(c: Ctx, typed: Record<string, string> = {}, errors: FieldErrors = {}): Promise<Response> {
  const { event, shifts } = await doorIn(c)
  const { t, db } = c.var
  const row = found(await signupById(db, event.organization_id, event.event_id, idIn(c.req.param('signup'))))
  const { shift_id } = shiftIn(c, shifts)
  return page(c, <GuardianPage {...{ t, event, row, shift_id, typed, errors }} />, {
    title: t('events.guardian.title', { name: nameOf(row) }),
    status: Object.keys(errors).length > 0 ? 422 : 200,
  })
}

/** Of a meeting with a quorum. */
const quorateOf = async (db: Db, event: Event): Promise<Assembly | null> =>
  event.content.details.quorum ? assemblyOf(db, event) : null

/** The event at this address, if it is the reader's organization's. */
const eventOnly = async (c: Ctx): Promise<Event> =>
  found(await eventById(c.var.db, actorOf(c).organization_id, idIn(c.req.param('event'))))

async function eventAndShifts(c: Ctx): Promise<{ event: Event; shifts: Shift[] }> {
  const event = await eventOnly(c)
  return { event, shifts: await shiftsOf(c.var.db, event.organization_id, [event.event_id]) }
}

/** An event at whose door the reader stands. */
async function doorIn(c: Ctx): Promise<{ event: Event; shifts: Shift[] }> {
  const here = await eventAndShifts(c)
  found((await mayCheckIn(c.var.db, actorOf(c), here.event.event_id, now(c))) || null)
  return here
}

/** With all that its pages for organizers show. */
async function eventIn(c: Ctx): Promise<{ event: Event; kind: ListedKind; shifts: Shift[] }> {
  const [here, kinds] = await Promise.all([eventAndShifts(c), kindsOf(c.var.db, actorOf(c).organization_id)])
  return { ...here, kind: kindOf(kinds, here.event.kind) }
}

const firstRow = (c: Ctx): number => Number(/^\d{1,6}$/.exec(c.req.query('from') ?? '')?.[0] ?? 0)

/** The shift asked for; else the one that is on or comes next, else the last. */
function shiftIn(c: Ctx, shifts: readonly Shift[], asked = c.req.query('shift')): Shift {
  return found(
    shifts.find(({ shift_id }) => shift_id === asked) ??
      shifts.find(({ ends_at }) => ends_at > now(c)) ??
      shifts.at(-1),
  )
}

async function change(c: Ctx, act: EventAct): Promise<Response> {
  const event = await eventOnly(c)
  await changeEvent(c.var.db, actorOf(c), event.event_id, act, now(c))
  return c.redirect(`/events/${event.event_id}`, 303)
}

async function changeSeries(c: Ctx, how: typeof leaveOut): Promise<Response> {
  const event = await eventOnly(c)
  const { value } = await readForm(c, z.object({ day: z.iso.date() }))
  if (!value || !event.series_id) return eventPage(c, { status: 422 })
  await how(c.var.db, actorOf(c), event.series_id, value.day, now(c))
  return c.redirect(`/events/${event.event_id}#series`, 303)
}

/** Names and numbers of many at once: who looks at them is kept. */
const auditSeen = (c: Ctx, event: Event, people: number): Promise<void> =>
  audit(c.var.db, actorOf(c), {
    action: 'event.people',
    subject: 'event',
    subject_id: event.event_id,
    after: { people },
    request_id: c.var.request_id,
  })

async function eventPage(
  c: Ctx,
  {
    typed = {},
    errors = {},
    status = 200,
  }: { typed?: Record<string, string>; errors?: FieldErrors; status?: 200 | 422 },
): Promise<Response> {
  const { event, kind, shifts } = await eventIn(c)
  const { db, t } = c.var
  const actor = actorOf(c)
  const { organization_id, event_id } = event
  const shift = shiftIn(c, shifts)
  const [counts, organization, series, heads, hours, host] = await Promise.all([
    countsOf(db, organization_id, [event_id]),
    organizationById(db, organization_id),
    event.series_id ? seriesOf(db, organization_id, event.series_id) : undefined,
    headCount(db, organization_id, event_id, shift.shift_id),
    hoursOfEvent(db, organization_id, event_id),
    hostOf(db, organization_id, event_id),
  ])
  return page(
    c,
    <EventPage
      t={t}
      event={event}
      kind={kind}
      shifts={shifts}
      counts={counts.get(event_id) ?? {}}
      heads={heads}
      host={host ?? null}
      parts={mayDo(actor, 'events.people') ? await partsOf(db, organization_id, event_id) : []}
      minutes={hours.reduce((sum, row) => sum + row.minutes, 0)}
      languages={languagesOf(c)}
      series={series ?? null}
      series_counts={await countsOf(db, organization_id, series?.events.map((each) => each.event_id) ?? [])}
      url={`${c.var.installation.url}/e/${organization.slug}/${event.code}`}
      may={{
        edit: mayDo(actor, 'events.edit'),
        people: mayDo(actor, 'events.people'),
        door: mayDo(actor, 'events.door'),
      }}
      said={c.req.query('said') ?? null}
      said_count={z.coerce.number().int().min(0).catch(0).parse(c.req.query('count'))}
      typed={typed}
      errors={errors}
      now={now(c)}
    />,
    { title: localized(event.content.title, t.language).text, status },
  )
}

interface EditShown {
  fields: Record<string, string>
  typed?: Record<string, string>
  shifts?: readonly Shift[]
  errors?: FieldErrors
  problem?: 'capacity_below' | 'shift_taken'
  /** The day of the series that stands in the way. */
  problem_on?: string | null
  /** Days of its series that are still to come after it. */
  later?: number
  status?: 200 | 409 | 422
  meanwhile?: Meanwhile
}

function editPage(c: Ctx, event: Event | null, kind: ListedKind, shown: EditShown): Response | Promise<Response> {
  const { t } = c.var
  const {
    fields,
    typed = {},
    shifts = [],
    errors = {},
    problem = null,
    problem_on = null,
    later = 0,
    status = 200,
    meanwhile,
  } = shown
  const languages = languagesOf(c)
  const title = event ? localized(event.content.title, t.language).text : ''
  return page(
    c,
    <EditEventPage
      t={t}
      event={event}
      kind={kind}
      languages={languages}
      fields={fields}
      saved={event && valuesOf(event, shifts, languages)}
      typed={typed}
      errors={errors}
      problem={problem}
      problem_on={problem_on}
      later={later}
    />,
    { title: event ? t('events.edit_title', { title }) : t('events.new'), status, meanwhile },
  )
}

async function kindIn(c: Ctx): Promise<ListedKind> {
  const kinds = await kindsOf(c.var.db, actorOf(c).organization_id)
  return found(kinds.find(({ kind }) => kind === c.req.param('kind')))
}

function kindPage(
  c: Ctx,
  kind: ListedKind | null,
  { typed = {}, errors = {}, chosen = null, status = 200, meanwhile }: { typed?: Record<string, string>; errors?: FieldErrors; chosen?: readonly string[] | null; status?: 200 | 409 | 422; meanwhile?: Meanwhile } = {}, // prettier-ignore
): Response | Promise<Response> {
  const { t } = c.var
  return page(c, <KindPage t={t} kind={kind} typed={typed} errors={errors} chosen={chosen} />, {
    title: kind ? t('events.kind_edit', { name: localized(kind.name, t.language).text }) : t('events.kind_new'),
    status,
    meanwhile,
  })
}

async function saveKindOf(c: Ctx, kind: ListedKind | null): Promise<Response> {
  const { typed, all, errors, value } = await readForm(c, KindForm)
  const again = { typed, chosen: all.needs ?? [] }
  if (!value) return kindPage(c, kind, { ...again, errors, status: 422 })
  const name = Object.fromEntries(
    Object.entries({ en: value.name_en, ko: value.name_ko }).filter(([, text]) => text !== ''),
  )
  if (Object.keys(name).length === 0) return kindPage(c, kind, { ...again, errors: { name_en: 'form.required' }, status: 422 }) // prettier-ignore
  const sent = await saveUnlessChanged(c, {
    subject: 'event_kind',
    subject_id: kind?.kind ?? 'new',
    values: async (tx) => (kind ? kindValues(kindOf(await kindsOf(tx, actorOf(c).organization_id), kind.kind)) : {}),
    save: (tx) => saveKind(tx, actorOf(c), kind?.kind ?? null, { name, needs: value.needs }, now(c)),
  })
  if (!sent.ok) return kindPage(c, kind, { ...again, status: 409, meanwhile: sent.meanwhile })
  return c.redirect('/events/kinds?said=saved', 303)
}

async function archiveKindOf(c: Ctx, is_archived: boolean): Promise<Response> {
  const { kind } = await kindIn(c)
  await archiveKind(c.var.db, actorOf(c), kind, is_archived, now(c))
  return c.redirect('/events/kinds?said=saved', 303)
}

async function doorPage(
  c: Ctx,
  {
    typed = {},
    errors = {},
    status = 200,
  }: { typed?: Record<string, string>; errors?: FieldErrors; status?: 200 | 422 },
): Promise<Response> {
  const { event, shifts } = await doorIn(c)
  const shift = shiftIn(c, shifts)
  const { t, db } = c.var
  const { organization_id, event_id } = event
  const { shift_id } = shift
  const query = (c.req.query('q') ?? '').slice(0, 100).trim()
  const looked = query ? await lookUp(c, event, query) : null
  const [from, size] = [firstRow(c), people_at_once]
  const actor = actorOf(c)
  const may = { people: mayDo(actor, 'events.people'), sheets: mayDo(actor, 'events.door') }
  const listed = await doorPageOf(db, organization_id, event_id, shift_id, {
    asked: looked && { text: query, person_ids: [...looked.person_ids] },
    from,
    size,
  })
  const rows = await signupsOf(db, organization_id, event_id, { only: listed.signup_ids })
  const byId = new Map(rows.map((row) => [row.signup_id, row]))
  const there = new Set(rows.map(({ person_id }) => person_id))
  if (!query) await auditSeen(c, event, rows.length)
  const names = status === 200 && rows.length === 0 ? namesTyped(query) : null
  return page(
    c,
    <DoorPage
      t={t}
      event={event}
      shifts={shifts}
      shift={shift}
      rows={listed.signup_ids.flatMap((signup_id) => byId.get(signup_id) ?? [])}
      paging={{ from, size, total: listed.total }}
      page_key={randomUUID()}
      known={may.people ? (looked?.list.filter(({ who }) => !there.has(who)).slice(0, 8) ?? []) : []}
      may={may}
      query={query}
      is_named={names !== null}
      heads={await headCount(db, organization_id, event_id, shift_id)}
      assembly={await quorateOf(db, event)}
      minors={await minorsOf(db, event, listed.signup_ids)}
      said={c.req.query('said') ?? null}
      typed={{ ...names, ...typed }}
      errors={errors}
      now={now(c)}
    />,
    { title: t('events.door'), status },
  )
}
