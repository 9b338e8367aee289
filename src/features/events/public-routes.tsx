import { randomUUID } from 'node:crypto'
import { bodyLimit } from 'hono/body-limit'
import { getCookie } from 'hono/cookie'
import { z } from 'zod'
import type { Actor } from '../../platform/actor.ts'
import { systemActor } from '../../platform/audit.ts'
import type { Db } from '../../platform/db/db.ts'
import { found, NotFound } from '../../platform/errors.ts'
import { readForm } from '../../platform/http/form.ts'
import { onceAMinute } from '../../platform/http/minute.ts'
import { pageTimeAgain, paceOf } from '../../platform/http/page-time.ts'
import { room, type Ctx, type Handler } from '../../platform/http/room.ts'
import { formatPhone } from '../../platform/i18n/formats.ts'
import { isPublicLanguage, localized, publicLanguage, type PublicLanguage } from '../../platform/i18n/languages.ts'
import { inTurnTogether } from '../../platform/in-turn.ts'
import { publicDocument } from '../../platform/ui/public-document.tsx'
import { allow } from '../access/allow.ts'
import { mayTryHere } from '../access/session.ts'
import { organizationBySlug, type PublicOrganization } from '../organizations/queries.ts'
import { entriesOf } from './calendars.ts'
import { publishedNotes } from './after/queries.ts'
import { callLinkOf } from './calls/queries.ts'
import { answer, answerAgain, changeSignUp, renewFeed } from './commands.ts'
import { signUpTogether } from './crowd/commands.ts'
import { icalText } from '../../platform/ical.ts'
import { feedPath, isFeedKey, idOfSending, signupPath, signupVia } from './links.ts'
import { beginTicketCheckout } from '../ledger/cards/commands.ts'
import { openAccount } from '../ledger/cards/queries.ts'
import { beginPaying, payAtDoor } from './orders/commands.ts'
import { codeIn, offerOf, waysOf } from './orders/offer.ts'
import { asksMembership, pricedFor } from './orders/place.ts'
import { orderOf, sellingOf, sells } from './orders/queries.ts'
import { isHeld, owesOf, readOrder, toGiveBack, type Priced } from './orders/rules.ts'
import { untell, type CameBy } from './partners/commands.ts'
import { partnersOf, toldOf, type Partner } from './partners/queries.ts'
import { askPanel } from './questions/commands.ts'
import { hostingOf, hostOf } from './hosting/queries.ts'
import { proposable } from './hosting/rules.ts'
import { BeforePage, MinePage, PublicCalendar, PublicEventPage, type MineSaid } from './pages/public.tsx'
import { publicWords } from './public-words.ts'
import {
  askingOf,
  countsOf,
  eventByCode,
  eventsWith,
  feedEvents,
  feedNumber,
  kindOf,
  kindsOf,
  lastChange,
  listEvents,
  ownCalendars,
  roomIn,
  seatsTaken,
  shiftsOf,
  signupById,
  signupsOf,
  toldTo,
  type Event,
  type ListedKind,
  type Shift,
  type SignupRow,
} from './queries.ts'
import { asksMore, readSignUp, saidIn, sequenceOf, standingOf, type FieldProblem } from './rules.ts'
import { responseRules } from './schema.ts'
import { eventAsData } from './structured.ts'

/** A sign-up with every answer at its longest is far below. */
const largest_bytes = 128 * 1024
const anyFields = z.record(z.string(), z.unknown())
const shown_at_once = 30
/** From so many sendings at once on it is a crowd: their mails wait a moment, and what an event asks is read once a second for all. */
const crowd_from = 50
const crowd_reads_ms = 1000
let arriving = 0
const counted: Handler = async (c, next) => {
  arriving++
  try {
    await next()
  } finally {
    arriving--
  }
}

const together = new Map<string, { from: number; read: Promise<unknown> }>()

/** What is read before a sending is taken in, which looks at all of it again under the event's lock: in a crowd that of the one before. */
function readTogether<T>(key: string, read: () => Promise<T>): Promise<T> {
  if (arriving <= crowd_from) return read()
  const now = performance.now()
  const before = together.get(key)
  if (before && now - before.from < crowd_reads_ms) return before.read as Promise<T> // the same key is the same question
  const mine = read()
  for (const [other, { from }] of together) if (now - from >= crowd_reads_ms) together.delete(other)
  together.set(key, { from: now, read: mine })
  return mine
}

const small: Handler = (c, next) =>
  bodyLimit({ maxSize: largest_bytes, onError: (ctx) => ctx.text('413', 413) })(c as never, next)

interface Here {
  organization: PublicOrganization
  db: Db
  language: PublicLanguage
}

interface Opened extends Here {
  event: Event
  shifts: Shift[]
  /** Writes for everybody who signs up. */
  actor: Actor
}

/** The calendar of an organization for everybody, its events, signing up, calendar files. */
export const publicEventRoutes = room()
  .get('/e/:organization/events.ics', allow('public'), async (c) => {
    const { organization, db, language } = await open(c)
    const kind = /^[a-z][a-z0-9_]{0,39}$/.exec(c.req.query('kind') ?? '')?.[0] ?? null
    const events = await feedEvents(db, organization.organization_id, { kind, now: now(c) })
    return calendarFile(c, { organization, db, language }, events)
  })
  .get('/e/:organization/mine/:signup/:key{.+\\.ics}', allow('public'), async (c) => {
    const { organization, db } = await open(c)
    const { organization_id } = organization
    const [signup_id, key] = [uuid(c, 'signup'), (c.req.param('key') ?? '').replace(/\.ics$/, '')]
    const number = await feedNumber(db, organization_id, signup_id)
    if (!isFeedKey(c.var.installation.secret, signup_id, number, key)) throw new NotFound()
    const { event_id } = found(await eventOfSignup(db, organization_id, signup_id))
    const signup = found(await signupById(db, organization_id, event_id, signup_id))
    const mine = await eventsWith(db, organization_id, signup, now(c))
    const language = publicLanguage(c.req.query('lang') ?? signup.language, undefined)
    const shifts = await shiftsOf(db, organization_id, mine.map(({ event }) => event.event_id), { with_removed: true }) // prettier-ignore
    const calendars = await ownCalendars(db, organization_id, mine.map(({ event }) => event.event_id), signup) // prettier-ignore
    const entries = mine.flatMap(({ event, shift_ids, response }) => {
      const own = found(calendars.get(event.event_id))
      const is_seated = responseRules[response].holds_seat
      // What a mail brought to their calendar and they gave up stands here as canceled too.
      const shown = shifts.filter(({ event_id, shift_id }) => event_id === event.event_id && (shift_ids.includes(shift_id) || (own.mailed[shift_id] && !own.of_others.includes(shift_id)))) // prettier-ignore
      return shown.flatMap((shift) => {
        const { shift_id } = shift
        const is_signed_up = is_seated && shift_ids.includes(shift_id)
        const around = { organization, language, url: c.var.installation.url }
        const method = is_signed_up ? 'REQUEST' : 'CANCEL'
        const sequence = sequenceOf(own, { shift_id, method, event_sequence: event.sequence })
        const [told = shift] = toldTo(event, [shift], { has_seat: is_signed_up })
        return entriesOf(event, [told], { ...around, is_signed_up, is_given_up: !is_signed_up }).map((entry) => ({ ...entry, sequence })) // prettier-ignore
      })
    })
    return calendarAnswer(icalText({ name: nameOf(organization, language), entries }), 'private, max-age=900')
  })
  .get('/e/:organization', allow('public'), async (c) => {
    const here = await open(c)
    const { organization_id } = here.organization
    const asked = {
      which: c.req.query('when') === 'past' ? ('past' as const) : ('upcoming' as const),
      kind: /^[a-z][a-z0-9_]{0,39}$/.exec(c.req.query('kind') ?? '')?.[0] ?? null,
      after: /^[0-9a-f-]{36}$/.exec(c.req.query('after') ?? '')?.[0] ?? null,
    }
    const [changed, kinds, hosting] = await Promise.all([
      lastChange(here.db, organization_id),
      kindsOf(here.db, organization_id),
      hostingOf(here.db, organization_id),
    ])
    const may_host = hosting.is_public && proposable(hosting, kinds).length > 0
    cachedBriefly(c)
    const key = JSON.stringify(['calendar', here.organization, here.language, asked, changed, kinds, may_host])
    return c.html(
      await onceAMinute(c.var.installation, key, () => calendarPage(c, here, kinds, { ...asked, may_host })),
    )
  })
  .get('/e/:organization/:code', allow('public'), async (c) => {
    const opened = await openEvent(c)
    const from = c.req.query('from')
    const shown = { typed: from === undefined ? {} : { from: [from] }, errors: {}, page_key: randomUUID() }
    const invitation = c.req.query('invitation')
    if (invitation === undefined) return eventPage(c, opened, shown)
    c.header('Cache-Control', 'no-store')
    const invited = await invitedBy(c, opened, invitation)
    if (!invited) return eventPage(c, opened, { ...shown, is_no_invitation: true }, 404)
    if (invited.response !== 'invited') return c.redirect(minePath(c, opened, invited, 'said=answered'), 303)
    return eventPage(c, opened, { ...shown, typed: { ...shown.typed, ...knownOf(invitation, invited) } })
  })
  .post('/e/:organization/:code', allow('public'), small, counted, async (c) => {
    const { all } = await readForm(c, anyFields)
    const switched = all.to?.[0]
    const opened = await openEvent(c, switched ?? all.lang?.[0])
    const { event, shifts, language, db, actor, organization } = opened
    const page_key = /^[0-9a-f-]{36}$/.exec(all.page_key?.[0] ?? '')?.[0] ?? randomUUID()
    const sender = all.invitation?.[0] ? await invitedBy(c, opened, all.invitation[0]) : undefined
    const shown = {
      typed: sender === null ? { ...all, invitation: [] } : all,
      errors: {},
      page_key,
      is_no_invitation: sender === null,
    }
    if (switched) return eventPage(c, opened, shown)
    if (sender === null) return eventPage(c, opened, shown, 404)
    if (sender && sender.response !== 'invited') {
      // Pressed twice they see what became of the first; what was declined meanwhile is said.
      const said = responseRules[sender.response].is_open ? '' : 'said=answered'
      return c.redirect(minePath(c, opened, sender, said), 303)
    }
    if (standingOf(event, now(c)) !== 'open') return eventPage(c, opened, shown, 410)
    const { is_sold, selling, asking, partners } = await readTogether(`asked ${event.event_id}`, async () => ({
      is_sold: await sells(db, organization.organization_id, event.event_id),
      selling: await sellingOf(db, organization.organization_id, event.event_id),
      asking: await askingOf(db, event, shifts),
      partners: await partnersOf(db, organization.organization_id, event.event_id),
    }))
    // Looking at the sum, or at what is still missing, sends nothing; a code or a membership tried out does count.
    const isGuessing = codeIn(all) !== '' || (asksMembership(selling) && Boolean(all.last_name?.[0]))
    const mayTry = () => mayTryHere(c, 'form', event.event_id)
    const tooMany = () => eventPage(c, opened, { ...shown, is_too_many: true }, 429)
    if (isGuessing && !(await mayTry())) return tooMany()
    const read = readSignUp(asking, all, language)
    const order = is_sold ? readOrder(selling.kinds, all, codeIn(all)) : null
    const said = saidIn(all)
    const priced = order && (await pricedFor(db, event, selling, { order, said }, now(c)))
    const asked = { ...shown, priced: priced?.ok ? priced.order : null }
    const unsold: Shown['errors'] = priced?.ok === false ? { [priced.at]: priced.problem } : {}
    if (all.act?.[0] === 'sum')
      return eventPage(c, opened, { ...asked, errors: unsold }, priced?.ok === false ? 422 : 200)
    if (read.ok && priced?.ok && read.signup.named.length >= priced.order.tickets) unsold.tickets = 'names'
    if (!read.ok || Object.keys(unsold).length > 0)
      return eventPage(c, opened, { ...asked, errors: { ...(read.ok ? {} : read.errors), ...unsold } }, 422)
    const path = `/e/${organization.slug}/${event.code}`
    // Nobody sees that box. Whatever filled it in is told what it wants to hear.
    if (all.website?.[0]) return c.redirect(`${path}/before?lang=${language}`, 303)
    if (paceOf(c.var.installation.secret, all.page_time?.[0], now(c)) !== 'usual')
      return eventPage(c, opened, { ...asked, is_too_fast: true }, 422)
    // Nobody sends what they have not seen the sum of.
    if (priced?.ok && priced.order.due_cents !== (order?.sum_cents ?? 0))
      return eventPage(c, opened, { ...asked, is_sum_new: true })
    if (!isGuessing && !(await mayTry())) return tooMany()
    const guests = priced?.ok ? priced.order.tickets - 1 - read.signup.named.length : read.signup.guests
    const signup_id = idOfSending(event.event_id, page_key, order ? { ...read.signup, order } : read.signup)
    const ways = priced?.ok ? await waysOf(db, event, priced.order.due_cents) : []
    const paying = order && { ...order, pays: ways.includes(order.pays) ? order.pays : (ways[0] ?? 'door') }
    const invitation = sender?.signup_id ?? null
    const came_by = cameBy(all, partners, opened)
    const in_crowd = arriving > crowd_from
    const sent = { ...read.signup, guests, order: paying, invitation, came_by, signup_id, language, in_crowd, source: 'web' as const } // prettier-ignore
    const sending = { actor, event_id: event.event_id, sent, now: now(c) }
    const done = await inTurnTogether(organization.organization_id, db, signUpTogether, sending)
    if (!done.ok && done.problem === 'order') {
      // Somebody was quicker with the code, or the price has changed meanwhile.
      const again = order && (await pricedFor(db, event, await sellingOf(db, organization.organization_id, event.event_id), { order, said }, now(c))) // prettier-ignore
      const errors: Shown['errors'] = again?.ok === false ? { [again.at]: again.problem } : {}
      return eventPage(c, await openEvent(c, language), { ...shown, errors, priced: again?.ok ? again.order : null, is_sum_new: again?.ok === true }, 409) // prettier-ignore
    }
    if (!done.ok && done.problem === 'answered' && sender)
      return c.redirect(minePath(c, opened, sender, 'said=answered'), 303)
    if (!done.ok)
      return eventPage(c, await openEvent(c, language), { ...shown, is_full_now: done.problem === 'full' }, 409)
    if (!done.is_theirs) return c.redirect(`${path}/before?lang=${language}`, 303)
    return c.redirect(minePath(c, opened, done), 303)
  })
  .get('/e/:organization/:code/before', allow('public'), async (c) => {
    const { organization, event, language } = await openEvent(c)
    return c.html(
      publicDocument(
        language,
        publicWords(language)('thanks'),
        organization.name,
        <BeforePage organization={organization} language={language} event={event} />,
      ),
    )
  })
  .get('/e/:organization/:code/event.ics', allow('public'), async (c) => {
    const opened = await openEvent(c)
    return calendarFile(c, opened, [opened.event], c.req.queries('shift'))
  })
  .get('/e/:organization/:code/mine/:signup/:key', allow('public'), (c) => minePage(c, null))
  .post('/e/:organization/:code/mine/:signup/:key', allow('public'), small, async (c) => {
    const { all } = await readForm(c, anyFields)
    const opened = await openEvent(c, undefined, true)
    const { event, db, organization } = opened
    const signup_id = uuid(c, 'signup')
    found(signupVia(c.var.installation.secret, signup_id, c.req.param('key') ?? ''))
    const signup = found(await signupById(db, organization.organization_id, event.event_id, signup_id))
    const { said } = signup
    const actor = { ...opened.actor, name: said ? `${said.first_name} ${said.last_name}` : opened.actor.name }
    const act = all.act?.[0]
    if (act === 'new_address') {
      await renewFeed(db, organization.organization_id, signup_id, now(c))
      return minePage(c, 'saved')
    }
    if (act === 'change') {
      const guests = Number(/^\d{1,2}$/.exec(all.guests?.[0] ?? '')?.[0] ?? 0)
      const shift_ids = all.shift ?? []
      const done = await changeSignUp(db, actor, event.event_id, signup_id, { guests, shift_ids }, now(c))
      return minePage(c, done.ok ? 'saved' : done.problem === 'full' ? 'no_room' : 'not_now')
    }
    if (act === 'ask') {
      const done = await askPanel(
        db,
        actor,
        event.event_id,
        { signup_id, asked: all['q.questions']?.[0] ?? '' },
        now(c),
      )
      return minePage(c, done.ok ? 'saved' : 'not_now')
    }
    if (act === 'untell') {
      await untell(db, actor, event.event_id, signup_id)
      return minePage(c, 'saved')
    }
    if (act === 'pay') return payPage(c, opened, actor, signup_id)
    if (act === 'pay_at_door') {
      if (!(await waysOf(db, event, null)).includes('door')) return minePage(c, 'not_now')
      const done = await payAtDoor(db, actor, event.event_id, signup_id, now(c))
      return minePage(c, done.ok ? null : 'not_now')
    }
    if (act === 'answer_again') {
      const done = await answerAgain(db, actor, event.event_id, signup_id, now(c))
      return minePage(c, done.ok ? null : done.problem === 'full' ? 'no_room' : 'not_now')
    }
    const theirs = (['accept', 'confirm', 'decline', 'cancel'] as const).find((each) => each === act)
    if (!theirs) return minePage(c, 'not_now')
    const done = await answer(db, actor, event.event_id, signup_id, theirs, now(c))
    if (!done.ok && done.problem === 'asked') {
      const language = theirLanguage(c, opened, signup)
      return c.redirect(formPath(c, { ...opened, language }, signup_id), 303)
    }
    const problems = {
      full: 'no_room',
      unpaid: 'unpaid',
      not_now: 'not_now',
      closed: 'not_now',
      asked: 'not_now',
    } as const
    return minePage(c, done.ok ? null : problems[done.problem])
  })

/** Whoever pays goes on by a link: a form may lead to nobody else's page. */
async function payPage(c: Ctx, { db, event, organization, language }: Opened, actor: Actor, signup_id: string) {
  const { secret, url } = c.var.installation
  const { organization_id } = organization
  const account = await openAccount(db, organization_id, secret)
  if (!account || account.closed_at || !(await mayTryHere(c, 'form', `pay ${signup_id}`))) return minePage(c, 'not_now')
  const paying = await beginPaying(db, actor, event.event_id, signup_id, now(c))
  if (!paying.ok) return minePage(c, 'not_now')
  const { owes_cents: amount_cents, expires_at, what, signup } = paying
  const address = `${url}/e/${organization.slug}/${event.code}/mine/${signup_id}/${c.req.param('key')}`
  const opened = await beginTicketCheckout(db, organization_id, account, { for_id: signup_id, person_id: signup.person_id, amount_cents, what, language, address, expires_at }, now(c)) // prettier-ignore
  return minePage(c, opened.ok ? null : 'pay_away', opened.ok ? opened.url : null)
}

const now = (c: Ctx): Date => c.var.installation.clock.now()
const nameOf = ({ name, languages }: PublicOrganization, language: string): string =>
  localized(name, language, languages).text

function uuid(c: Ctx, name: string): string {
  const id = c.req.param(name) ?? ''
  return found(/^[0-9a-f-]{36}$/.test(id) ? id : null)
}

async function open(c: Ctx, asked = c.req.query('lang')): Promise<Here> {
  const { database } = c.var.installation
  const slug = c.req.param('organization') ?? ''
  const organization = found(await readTogether(`organization ${slug}`, () => organizationBySlug(database.owner, slug)))
  const language = publicLanguage(asked ?? getCookie(c, 'language'), c.req.header('accept-language'))
  return { organization, db: database.of(organization.organization_id), language }
}

/** What is not published is told by no address but to whoever is on its list (`is_theirs`). */
async function openEvent(c: Ctx, asked = c.req.query('lang'), is_theirs = false): Promise<Opened> {
  const here = await open(c, asked)
  const { organization, db } = here
  const { organization_id } = organization
  const code = c.req.param('code') ?? ''
  const { event, shifts } = await readTogether(`event ${organization_id} ${code}`, async () => {
    const read = found(await eventByCode(db, organization_id, code))
    return { event: read, shifts: await shiftsOf(db, organization_id, [read.event_id]) }
  })
  if (!event.published_at && !is_theirs) throw new NotFound()
  const title = localized(event.content.title, 'en').text
  return { ...here, event, shifts, actor: { ...systemActor(organization.organization_id, title), id: 'event' } }
}

const eventOfSignup = (db: Db, organization_id: string, signup_id: string) =>
  db
    .selectFrom('event_signup')
    .select('event_id')
    .where('organization_id', '=', organization_id)
    .where('signup_id', '=', signup_id)
    .executeTakeFirst()

/** Many open one link within a minute of a mailing: a cache may answer them. */
function cachedBriefly(c: Ctx): void {
  c.header('Cache-Control', 'public, max-age=60')
  c.header('Vary', 'Accept-Language, Cookie')
}

async function calendarPage(
  c: Ctx,
  { organization, db, language }: Here,
  all: readonly ListedKind[],
  asking: { which: 'past' | 'upcoming'; kind: string | null; after: string | null; may_host: boolean },
): Promise<string> {
  const { organization_id } = organization
  const { which, after, may_host } = asking
  const kinds = all.filter(({ is_archived }) => !is_archived)
  const kind = kinds.find((each) => each.kind === asking.kind)?.kind ?? null
  const events = await listEvents(db, organization_id, {
    which, kind, is_public: true, after, now: now(c), limit: shown_at_once + 1,
  }) // prettier-ignore
  const listed = events.slice(0, shown_at_once)
  const ids = listed.map(({ event_id }) => event_id)
  const [shifts, counts] = await Promise.all([shiftsOf(db, organization_id, ids), countsOf(db, organization_id, ids)])
  return publicDocument(
    language,
    publicWords(language)('calendar'),
    organization.name,
    <PublicCalendar
      organization={organization}
      language={language}
      events={listed.map((event) => ({
        event,
        shifts: toldTo(event, shifts.filter(({ event_id }) => event_id === event.event_id), { has_seat: false }), // prettier-ignore
        is_full: event.capacity !== null && seatsTaken(counts.get(event.event_id)) >= event.capacity,
      }))}
      kinds={kinds}
      kind={kind}
      which={which}
      may_host={may_host}
      next={events.length > shown_at_once ? (listed.at(-1)?.event_id ?? null) : null}
      feed={`${c.var.installation.url}/e/${organization.slug}/events.ics${kind ? `?kind=${kind}` : ''}`}
      now={now(c)}
    />,
  )
}

/** For everybody. `only`: of these shifts, as somebody has them. */
async function calendarFile(
  c: Ctx,
  here: Here,
  events: readonly Event[],
  only: readonly string[] | null = null,
): Promise<Response> {
  const { organization, db, language } = here
  const ids = events.map(({ event_id }) => event_id)
  const shifts = Map.groupBy(
    await shiftsOf(db, organization.organization_id, ids, { with_removed: true }),
    ({ event_id }) => event_id,
  )
  const shown = { organization, language, url: c.var.installation.url }
  const entries = events.flatMap((event) =>
    entriesOf(
      event,
      toldTo(event, shifts.get(event.event_id) ?? [], { has_seat: false }).filter(
        ({ shift_id }) => only?.includes(shift_id) ?? true,
      ),
      shown,
    ),
  )
  return calendarAnswer(icalText({ name: nameOf(organization, language), entries }), 'public, max-age=300')
}

const calendarAnswer = (text: string, caching: string): Response =>
  new Response(text, {
    headers: {
      'content-type': 'text/calendar; charset=utf-8',
      'content-disposition': 'inline; filename="events.ics"',
      'cache-control': caching,
      vary: 'Accept-Language',
    },
  })

interface Shown {
  typed: Record<string, string[]>
  errors: Partial<Record<string, FieldProblem>>
  page_key: string
  is_too_many?: boolean
  is_too_fast?: boolean
  is_full_now?: boolean
  /** What came along as an invitation opens nothing here. */
  is_no_invitation?: boolean
  priced?: Priced | null
  is_sum_new?: boolean
}

async function eventPage(
  c: Ctx,
  opened: Opened,
  shown: Shown,
  status: 200 | 404 | 409 | 410 | 422 | 429 = 200,
): Promise<Response> {
  const { organization, event, language, db } = opened
  const { url, secret } = c.var.installation
  const shifts = toldTo(event, opened.shifts, { has_seat: false })
  const [room_left, kinds, host, partners] = await Promise.all([
    roomIn(db, event, shifts),
    kindsOf(db, organization.organization_id),
    hostOf(db, organization.organization_id, event.event_id),
    partnersOf(db, organization.organization_id, event.event_id),
  ])
  const co_hosts = partners.filter(({ is_co_host }) => is_co_host)
  const title = localized(event.content.title, language, organization.languages).text
  const description = localized(event.content.summary, language, organization.languages).text.slice(0, 200)
  // Kept by nobody: the key in the page is its reader's alone, with which the same sent twice leads to their own page.
  return c.html(
    publicDocument(
      language,
      title,
      organization.name,
      <PublicEventPage
        organization={organization}
        language={language}
        event={event}
        kind={kindOf(kinds, event.kind)}
        shifts={shifts}
        room={room_left}
        standing={standingOf(event, now(c))}
        host={host?.said ?? null}
        co_hosts={co_hosts}
        partner={partnerFrom(shown.typed, partners)}
        notes={await publishedNotes(db, organization.organization_id, event.event_id)}
        now={now(c)}
        {...shown}
        page_time={pageTimeAgain(secret, shown.typed.page_time?.[0], now(c))}
        offer={await offerOf(db, event, room_left, shown, now(c))}
      />,
      {
        description,
        head: <StructuredData of={eventAsData(event, shifts, { organization, language, url, co_hosts })} />,
      },
    ),
    status,
  )
}

/** Data, not a script: nothing runs it. A text cannot end the element. */
const StructuredData = ({ of }: { of: Record<string, unknown> }) => (
  <script
    type="application/ld+json"
    // oxlint-disable-next-line react/no-danger -- React would write quotation marks as entities, which JSON does not know
    dangerouslySetInnerHTML={{ __html: JSON.stringify(of).replaceAll('<', String.raw`\u003c`) }}
  />
)

async function minePage(c: Ctx, said: MineSaid, pay_url: string | null = null): Promise<Response> {
  const opened = await openEvent(c, undefined, true)
  const { organization, event, db } = opened
  const { secret, url } = c.var.installation
  const { organization_id } = organization
  const [signup_id, key] = [uuid(c, 'signup'), c.req.param('key') ?? '']
  const via = found(signupVia(secret, signup_id, key))
  const signup = found(await signupById(db, organization_id, event.event_id, signup_id))
  const language = theirLanguage(c, opened, signup)
  const shifts = toldTo(event, opened.shifts, {
    has_seat: responseRules[signup.response].holds_seat && !signup.accept_by,
  })
  const asking = await askingOf(db, event, shifts)
  const party = await signupsOf(db, organization_id, event.event_id, { only: await guestsOf(db, organization_id, signup_id) }) // prettier-ignore
  const feed = feedPath(secret, organization.slug, signup_id, await feedNumber(db, organization_id, signup_id))
  c.header('Cache-Control', 'no-store')
  return c.html(
    publicDocument(
      language,
      publicWords(language)('mine'),
      organization.name,
      <MinePage
        organization={organization}
        language={language}
        event={event}
        shifts={shifts}
        signup={signup}
        guests={party.filter(({ response }) => responseRules[response].is_open)}
        room={await roomIn(db, event, shifts)}
        standing={standingOf(event, now(c))}
        here={`/e/${organization.slug}/${event.code}/mine/${signup_id}/${key}`}
        url={url}
        feed={via === 'mail' ? url + feed : null}
        call_link={await callLinkOf(db, event, url)}
        bought={(await orderOf(db, organization_id, signup_id)) ?? null}
        back_cents={backNow(event, signup, now(c))}
        is_sold={await sells(db, organization_id, event.event_id)}
        asks_more={asksMore(asking)}
        asks_panel={asking.needs.includes('questions')}
        form={formPath(c, { ...opened, language }, signup_id)}
        ways={signup.order ? await waysOf(db, event, owesOf(signup.order)) : []}
        pay_url={pay_url}
        told={(await toldOf(db, organization_id, signup_id))?.name ?? null}
        said={said ?? saidBefore(c, signup)}
      />,
    ),
  )
}

/** Null: nothing was paid. */
const backNow = (event: Event, signup: SignupRow, at: Date): number | null =>
  signup.order && signup.order.paid_cents > 0
    ? toGiveBack(event, { ...signup, order: signup.order, response: 'canceled_by_them', said_at: at })
    : null

/** What the address they were led here by says. */
function saidBefore(c: Ctx, signup: SignupRow): MineSaid {
  if (c.req.query('done') === 'paid' && isHeld(signup)) return 'pay_checking'
  return c.req.query('said') === 'answered' && signup.response !== 'invited' ? 'answered' : null
}

/** A link in a mail says no language: that of the person then, unless they chose another before. */
const theirLanguage = (c: Ctx, { language }: Here, signup: SignupRow): PublicLanguage =>
  (c.req.query('lang') ?? getCookie(c, 'language')) === undefined && isPublicLanguage(signup.language)
    ? signup.language
    : language

/** Of whoever just sent the form, or comes by the address of their own page: that one again. */
function minePath(
  c: Ctx,
  { organization, event, language }: Opened,
  { signup_id }: { signup_id: string },
  said = '',
): string {
  const of = { organization: organization.slug, code: event.code, signup_id }
  return `${signupPath(c.var.installation.secret, of, 'page')}?lang=${language}${said && `&${said}`}`
}

/** The partner by whose link somebody came. */
const partnerFrom = ({ from }: Record<string, string[]>, partners: readonly Partner[]): Partner | null =>
  partners.find(({ code }) => code === from?.[0]) ?? null

/** By whose link, and in which words they let us tell that partner who they are. */
function cameBy(
  all: Record<string, string[]>,
  partners: readonly Partner[],
  { language, organization }: Here,
): CameBy | null {
  const partner = partnerFrom(all, partners)
  if (!partner) return null
  const name = localized(partner.name, language, organization.languages).text
  const wording = all.tell_partner?.[0] === 'on' ? publicWords(language)('tell_partner', { partner: name }) : null
  return { partner_id: partner.partner_id, wording }
}

/** Where whoever is invited answers what the event asks, from their own page. */
const formPath = (c: Ctx, { organization, event, language }: Opened, signup_id: string): string =>
  `/e/${organization.slug}/${event.code}?lang=${language}&invitation=${signup_id}.${c.req.param('key')}#sign-up`

/** Whose sign-up for this event an invitation opens; null: nobody's. */
async function invitedBy(c: Ctx, { db, event, organization }: Opened, sent: string): Promise<SignupRow | null> {
  const [, signup_id, key] = /^([0-9a-f-]{36})\.([\w-]{1,64})$/.exec(sent) ?? []
  if (!signup_id || !key || !signupVia(c.var.installation.secret, signup_id, key)) return null
  return (await signupById(db, organization.organization_id, event.event_id, signup_id)) ?? null
}

/** Whoever is invited finds in the form what is known of them. */
function knownOf(invitation: string, signup: SignupRow): Shown['typed'] {
  const { first_name, last_name, name_hangul, mail_to, email, phone, shift_ids, answers } = signup
  const reach = { email: mail_to ?? email, phone: phone && formatPhone(phone) }
  const known = Object.entries({ invitation, first_name, last_name, name_hangul, ...reach })
  const said = Object.entries(answers).map(([key, answered]) => [`q.${key}`, [answered].flat()] as const)
  return {
    ...Object.fromEntries([...known.flatMap(([name, text]) => (text ? [[name, [text]]] : [])), ...said]),
    shift: shift_ids,
  }
}

async function guestsOf(db: Db, organization_id: string, host_signup_id: string): Promise<string[]> {
  const rows = await db
    .selectFrom('event_signup')
    .select('signup_id')
    .where('organization_id', '=', organization_id)
    .where('host_signup_id', '=', host_signup_id)
    .execute()
  return rows.map(({ signup_id }) => signup_id)
}
