import { randomInt } from 'node:crypto'
import { sql } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import { audit, type Change } from '../../platform/audit.ts'
import { inTransaction, type Db } from '../../platform/db/db.ts'
import { found } from '../../platform/errors.ts'
import { isSameValue } from '../../platform/same-value.ts'
import { lockArrivals, receivePerson } from '../people/arrivals/commands.ts'
import { addNote, personOf, recordConsent } from '../people/commands.ts'
import { hasOptedOut } from '../people/consent.ts'
import {
  askingOf,
  eventById,
  everOf,
  mailboxOf,
  mailboxToInvite,
  roomIn,
  shiftsOf,
  signupById,
  type Event,
  type Shift,
  type SignupRow,
} from './queries.ts'
import { keepHost } from './hosting/doors.ts'
import { putGuardian } from './guardians/commands.ts'
import { keepCameBy, type CameBy } from './partners/commands.ts'
import { insertOrder, priceSent } from './orders/place.ts'
import { orderOf, sells } from './orders/queries.ts'
import { isHeld } from './orders/rules.ts'
import type { SentOrder } from './orders/schema.ts'
import { answerTo, asksMore, hasRoom, mayFollow, seatsFor, standingOf, type Party } from './rules.ts'
import {
  EventContent,
  isGuestAct,
  openResponses,
  responseRules,
  seated,
  type EventResponse,
  type EventSettings,
  type Place,
  type Said,
  type SignUp,
  type SignupSource,
} from './schema.ts'
import {
  chooseShifts,
  lockEvent,
  setResponse,
  keepResponses,
  moveUp,
  giveOn,
  holdUnpaid,
  partiesOf,
  remindAnew,
  shortenOffers,
  schedule,
  mail,
  mailEach,
  askedMail,
  mailAll,
} from './seats/commands.ts'

export interface ShiftDraft {
  /** null: a new one. */
  shift_id: string | null
  name: Record<string, string>
  starts_at: Date
  ends_at: Date
  capacity: number | null
  place: Place
}

export interface EventDraft {
  settings: EventSettings
  content: EventContent
  shifts: readonly ShiftDraft[]
}

/*
 * Making and changing.
 */

/** Nobody but the organization sees it before it is published. */
export function createEvent(db: Db, actor: Actor, draft: EventDraft, now: Date): Promise<{ event_id: string }> {
  return inTransaction(db, async (tx) => {
    const { event_id } = await insertEvent(tx, actor, draft, now)
    await audit(tx, actor, {
      action: 'event.create',
      subject: 'event',
      subject_id: event_id,
      after: { title: draft.content.title, kind: draft.settings.kind },
    })
    return { event_id }
  })
}

/** In the transaction it is given. */
export async function insertEvent(
  tx: Db,
  actor: Actor,
  { settings, content, shifts }: EventDraft,
  now: Date,
  more: { series_id?: string; series_on?: string; published_at?: Date | null } = {},
): Promise<{ event_id: string }> {
  const { organization_id } = actor
  const { event_id } = await tx
    .insertInto('event')
    .values({
      organization_id,
      code: newCode(),
      ...settings,
      content: JSON.stringify(EventContent.parse(content)),
      ...spanOf(shifts),
      series_id: null,
      series_on: null,
      ...more,
      created_by: actor.name,
      created_at: now,
      changed_at: now,
    })
    .returning('event_id')
    .executeTakeFirstOrThrow()
  for (const shift of shifts) await insertShift(tx, organization_id, event_id, shift)
  return { event_id }
}

const insertShift = (tx: Db, organization_id: string, event_id: string, shift: ShiftDraft) =>
  tx
    .insertInto('event_shift')
    .values({
      organization_id,
      event_id,
      name: JSON.stringify(shift.name),
      starts_at: shift.starts_at,
      ends_at: shift.ends_at,
      capacity: shift.capacity,
      place: JSON.stringify(shift.place),
    })
    .execute()

const spanOf = (shifts: readonly Pick<ShiftDraft, 'starts_at' | 'ends_at'>[]) => ({
  starts_at: new Date(Math.min(...shifts.map((each) => each.starts_at.getTime()))),
  ends_at: new Date(Math.max(...shifts.map((each) => each.ends_at.getTime()))),
})

/** Read aloud and typed from paper: without letters that look alike. */
const letters = 'abcdefghjkmnpqrstuvwxyz23456789'
const newCode = (): string => Array.from({ length: 8 }, () => letters[randomInt(letters.length)]).join('')

export type EventSaved = { ok: true } | { ok: false; problem: 'capacity_below' | 'shift_taken' }

/** Saves an event. Whoever has a seat keeps it, and hears of another time or place. */
export function saveEvent(db: Db, actor: Actor, event_id: string, draft: EventDraft, now: Date): Promise<EventSaved> {
  const { organization_id } = actor
  return inTransaction(db, async (tx): Promise<EventSaved> => {
    const before = await lockEvent(tx, organization_id, event_id)
    const old = await shiftsOf(tx, organization_id, [event_id])
    const gone = old.filter(({ shift_id }) => !draft.shifts.some((each) => each.shift_id === shift_id))
    if (gone.length > 0 && (await isTaken(tx, organization_id, gone))) return { ok: false, problem: 'shift_taken' }
    const kept = draft.shifts.flatMap((each) => {
      const was = old.find(({ shift_id }) => shift_id === each.shift_id)
      return was ? [{ was, is: each }] : []
    })
    const room = await roomIn(
      tx,
      { ...before, capacity: draft.settings.capacity },
      kept.map(({ was, is }) => ({ ...was, capacity: is.capacity })),
    )
    if ([room.event, ...room.shifts.values()].some((left) => left !== null && left < 0))
      return { ok: false, problem: 'capacity_below' }

    for (const { was, is } of kept) {
      await tx
        .updateTable('event_shift')
        .set({
          name: JSON.stringify(is.name),
          starts_at: is.starts_at,
          ends_at: is.ends_at,
          capacity: is.capacity,
          place: JSON.stringify(is.place),
        })
        .where('organization_id', '=', organization_id)
        .where('shift_id', '=', was.shift_id)
        .execute()
    }
    for (const each of draft.shifts.filter(({ shift_id }) => !kept.some(({ was }) => was.shift_id === shift_id)))
      await insertShift(tx, organization_id, event_id, each)
    if (gone.length > 0) {
      await tx
        .updateTable('event_shift')
        .set({ removed_at: now })
        .where('organization_id', '=', organization_id)
        .where(
          'shift_id',
          'in',
          gone.map(({ shift_id }) => shift_id),
        ) // prettier-ignore
        .execute()
    }
    const moved = kept.flatMap(({ was, is }) => (isElsewhere(was, is) ? [was.shift_id] : []))
    const { settings, content } = draft
    const isOther =
      moved.length > 0 ||
      gone.length > 0 ||
      kept.length < draft.shifts.length ||
      settings.online_link !== before.online_link ||
      !isSameValue(content.title, before.content.title)
    await tx
      .updateTable('event')
      .set({
        ...settings,
        content: JSON.stringify(EventContent.parse(content)),
        ...spanOf(draft.shifts),
        changed_at: now,
        ...(isOther && { sequence: before.sequence + 1 }),
      })
      .where('organization_id', '=', organization_id)
      .where('event_id', '=', event_id)
      .execute()
    await audit(tx, actor, {
      action: 'event.update',
      subject: 'event',
      subject_id: event_id,
      before: auditedOf({ ...before, shifts: old }),
      after: auditedOf({ ...settings, content, shifts: draft.shifts }),
    })
    const event = found(await eventById(tx, organization_id, event_id))
    if (event.ends_at.getTime() !== before.ends_at.getTime()) await keepHost(tx, actor, event, now)
    await remindAnew(tx, event, await shiftsOf(tx, organization_id, [event_id]), now)
    const ofAll = settings.online_link !== before.online_link
    if (standingOf(event, now) === 'open') {
      if (ofAll || moved.length > 0) await mailAll(tx, event, seated, 'changed', ofAll ? null : moved)
      // The link is nothing to who is not coming yet: to them it stands in no mail.
      if (moved.length > 0) await mailAll(tx, event, ['invited'], 'changed', moved)
    }
    await shortenOffers(tx, event, moved, now)
    await moveUp(tx, actor, event, now)
    await schedule(tx, event, now)
    return { ok: true }
  })
}

const isElsewhere = (was: Shift, is: ShiftDraft): boolean =>
  was.starts_at.getTime() !== is.starts_at.getTime() ||
  was.ends_at.getTime() !== is.ends_at.getTime() ||
  !isSameValue([was.place.name, was.place.address, was.place.city], [is.place.name, is.place.address, is.place.city])

const auditedOf = (event: EventSettings & { content: EventContent; shifts: readonly (Shift | ShiftDraft)[] }) => ({
  kind: event.kind,
  title: event.content.title,
  content: event.content,
  time_zone: event.time_zone,
  online_link: event.online_link,
  capacity: event.capacity,
  guests_most: event.guests_most,
  accept_hours: event.accept_hours,
  is_by_invitation: event.is_by_invitation,
  needs_approval: event.needs_approval,
  has_wait_list: event.has_wait_list,
  hides_address: event.hides_address ?? false,
  reminder_hours: event.reminder_hours,
  shifts: event.shifts.map(({ starts_at, ends_at, capacity, place }) => ({ starts_at, ends_at, capacity, place })),
})

async function isTaken(tx: Db, organization_id: string, shifts: readonly Shift[]): Promise<boolean> {
  const row = await tx
    .selectFrom('event_signup_shift as x')
    .innerJoin('event_signup as s', (join) =>
      join.onRef('s.organization_id', '=', 'x.organization_id').onRef('s.signup_id', '=', 'x.signup_id'),
    )
    .select('s.signup_id')
    .where('x.organization_id', '=', organization_id)
    .where(
      'x.shift_id',
      'in',
      shifts.map(({ shift_id }) => shift_id),
    ) // prettier-ignore
    .where('s.response', 'in', openResponses)
    .executeTakeFirst()
  return row !== undefined
}

export type EventAct = 'publish' | 'withdraw' | 'cancel' | 'restore'

/** Opens it to everybody, takes it from there, calls it off, or takes that back. Called off, everybody who wanted to come hears of it. */
export function changeEvent(db: Db, actor: Actor, event_id: string, act: EventAct, now: Date): Promise<void> {
  const { organization_id } = actor
  return inTransaction(db, async (tx) => {
    const before = await lockEvent(tx, organization_id, event_id)
    const isDone = {
      publish: before.published_at !== null,
      withdraw: before.published_at === null,
      cancel: before.canceled_at !== null || before.ends_at <= now,
      restore: before.canceled_at === null,
    }[act]
    if (isDone) return
    await tx
      .updateTable('event')
      .set({
        ...{
          publish: { published_at: now },
          withdraw: { published_at: null },
          cancel: { canceled_at: now },
          restore: { canceled_at: null },
        }[act],
        changed_at: now,
        sequence: before.sequence + 1,
      })
      .where('organization_id', '=', organization_id)
      .where('event_id', '=', event_id)
      .execute()
    await audit(tx, actor, { action: `event.${act}`, subject: 'event', subject_id: event_id })
    const event = found(await eventById(tx, organization_id, event_id))
    if (act === 'cancel') await cancelAll(tx, actor, event, now)
    if (act === 'restore') await reopenAll(tx, actor, event, now)
    if (act === 'publish') await tellAll(tx, event, now)
    await schedule(tx, event, now)
  })
}

async function cancelAll(tx: Db, actor: Actor, event: Event, now: Date): Promise<void> {
  if (event.ends_at > now) await mailAll(tx, event, openResponses, 'canceled')
  const rows = await tx
    .updateTable('event_signup')
    .set({ response: 'canceled_by_us', accept_by: null })
    .where('organization_id', '=', event.organization_id)
    .where('event_id', '=', event.event_id)
    .where('response', 'in', openResponses)
    .returning('signup_id')
    .execute()
  await keepResponses(tx, actor, rows.map(({ signup_id }) => signup_id), 'canceled_by_us', 'event_canceled', now) // prettier-ignore
}

/** Whoever was canceled with the event stands where they stood before, unless they have another sign-up by now. */
async function reopenAll(tx: Db, actor: Actor, event: Event, now: Date): Promise<void> {
  const { rows } = await sql<{ signup_id: string; response: EventResponse }>`
    update event_signup s set response = last.response, accept_by = null
    from (select r.signup_id, (array_agg(r.response order by r.response_id desc))[2] as response,
        (array_agg(r.why order by r.response_id desc))[1] as why
      from event_response r where r.organization_id = ${event.organization_id}::uuid group by r.signup_id) last
    where s.organization_id = ${event.organization_id}::uuid and s.event_id = ${event.event_id}::uuid and last.signup_id = s.signup_id
      and s.response = 'canceled_by_us' and last.why = 'event_canceled' and last.response = any(${[...openResponses]}::text[])
      and not exists (select from event_signup o where o.organization_id = s.organization_id and o.event_id = s.event_id
        and o.person_id = s.person_id and o.response = any(${[...openResponses]}::text[]))
    returning s.signup_id, s.response`.execute(tx)
  for (const [response, of] of Map.groupBy(rows, (row) => row.response))
    await keepResponses(tx, actor, of.map(({ signup_id }) => signup_id), response, null, now) // prettier-ignore
  await holdUnpaid(tx, event, rows.map(({ signup_id }) => signup_id), { is_offer: true }, now) // prettier-ignore
  if (standingOf(event, now) === 'open') {
    await mailAll(tx, event, openResponses.filter((each) => each !== 'invited'), 'answer') // prettier-ignore
    await mailAll(tx, event, ['invited'], 'invited')
  }
}

/** Whoever was added before the event was published. */
async function tellAll(tx: Db, event: Event, now: Date): Promise<void> {
  const told = await tx
    .updateTable('event_signup')
    .set({ told_at: now })
    .where('organization_id', '=', event.organization_id)
    .where('event_id', '=', event.event_id)
    .where('told_at', 'is', null)
    .where('response', 'in', openResponses)
    .returning(['signup_id', 'response'])
    .execute()
  if (standingOf(event, now) !== 'open') return
  const idsOf = (is_invited: boolean) =>
    told.flatMap(({ signup_id, response }) => ((response === 'invited') === is_invited ? [signup_id] : []))
  await mailEach(tx, event, idsOf(false), 'answer')
  await mailEach(tx, event, idsOf(true), 'invited')
}

/*
 * Signing up.
 */

export type SignedUp =
  | {
      ok: true
      signup_id: string
      response: EventResponse
      /** false: they had signed up before, or the same was sent twice. */
      is_new: boolean
      /** false: of an earlier sign-up, which whoever sent this one may not open. */
      is_theirs: boolean
    }
  /** 'order': the tickets or their price are not what the sender was shown. 'answered': the invitation was declined or taken back. */
  | { ok: false; problem: 'full' | 'closed' | 'shift' | 'order' | 'answered' }

export interface SentSignUp extends SignUp {
  signup_id: string
  /** Of an event that sells tickets. */
  order?: SentOrder | null
  /** Of whoever came by the link of an invitation: their sign-up. */
  invitation?: string | null
  /** Of whoever came by the link of a partner. */
  came_by?: CameBy | null
  language: string
  source: SignupSource
  /** Many wait for an answer: mails can wait a moment. */
  in_crowd?: boolean
}

/**
 * Signs somebody up: the person, guests with a name as people of their own, consents with their words, the seat or the place
 * in the wait list. The same id twice is stored once. One after the other: arrivals wait for each other, then for the event.
 */
export function signUp(db: Db, actor: Actor, event_id: string, sent: SentSignUp, now: Date): Promise<SignedUp> {
  const { organization_id } = actor
  return inTransaction(db, async (tx): Promise<SignedUp> => {
    await lockArrivals(tx, organization_id)
    const { event, shifts } = await askedFor(tx, organization_id, event_id)
    const again = await tx
      .selectFrom('event_signup')
      .select(['signup_id', 'response'])
      .where('organization_id', '=', organization_id)
      .where('signup_id', '=', sent.signup_id)
      .where('event_id', '=', event_id)
      .executeTakeFirst()
    if (again) return { ok: true, signup_id: again.signup_id, response: again.response, is_new: false, is_theirs: true }
    if (standingOf(event, now) !== 'open') return { ok: false, problem: 'closed' }
    const invited = sent.invitation ? found(await signupById(tx, organization_id, event_id, sent.invitation)) : null
    if (invited && invited.response !== 'invited') {
      if (!responseRules[invited.response].is_open) return { ok: false, problem: 'answered' }
      return { ok: true, signup_id: invited.signup_id, response: invited.response, is_new: false, is_theirs: true }
    }
    const is_invited = invited !== null
    const shift_ids = chosenShifts(shifts, sent.shift_ids, now)
    if (!shift_ids) return { ok: false, problem: 'shift' }
    const seats = 1 + sent.guests + sent.named.length
    const placed = await priceSent(tx, event, { order: sent.order ?? null, said: sent.said, tickets: seats }, now)
    if (!placed.ok) return placed
    const tickets = placed.order?.lines ?? null
    const has_room = hasRoom(await roomIn(tx, event, shifts), { seats, shift_ids, tickets })
    // Before anybody is made a person of ours.
    if (
      answerTo(event, { has_room, is_invited: true }) === null &&
      answerTo(event, { has_room, is_invited: false }) === null
    )
      return { ok: false, problem: 'full' }

    const title = titleOf(event)
    const { person_id } = invited
      ? invited
      : await receivePerson(tx, actor, { ...nowhere, ...sent.said, language: null }, title)
    const known = await openSignup(tx, organization_id, event_id, person_id)
    // Anybody can type a name and a number: an invitation is accepted by its mailed link alone, or asked for by whoever has none.
    if (known && !is_invited && (known.response !== 'invited' || known.mail_to !== null)) {
      await askedMail(tx, event, known, known.response === 'invited' ? 'invited' : 'answer', now)
      return { ok: true, signup_id: known.signup_id, response: known.response, is_new: false, is_theirs: false }
    }
    const response = known && !is_invited ? 'awaiting_approval' : answerTo(event, { has_room, is_invited })
    if (response === null) return { ok: false, problem: 'full' }
    const values = {
      organization_id,
      event_id,
      response,
      source: sent.source,
      language: sent.language,
      received_at: now,
    }
    const signup_id = known?.signup_id ?? sent.signup_id
    const own = {
      seats,
      guests: sent.guests,
      said: JSON.stringify(sent.said),
      answers: JSON.stringify(sent.answers),
      is_minor: sent.is_minor ?? false,
      mail_to: sent.said.email,
      told_at: now,
    }
    if (known) {
      // What an earlier word of theirs came to.
      await tx
        .deleteFrom('event_order')
        .where('organization_id', '=', organization_id)
        .where('signup_id', '=', signup_id)
        .execute()
      await tx
        .updateTable('event_signup')
        .set({ ...values, ...own })
        .where('organization_id', '=', organization_id)
        .where('signup_id', '=', signup_id)
        .execute()
      await tx
        .deleteFrom('event_signup_shift')
        .where('organization_id', '=', organization_id)
        .where('signup_id', '=', signup_id)
        .execute()
    } else {
      await tx
        .insertInto('event_signup')
        .values({ ...values, ...own, signup_id, person_id, host_signup_id: null })
        .execute()
    }
    await tx
      .insertInto('event_signup_shift')
      .values(shift_ids.map((shift_id) => ({ organization_id, signup_id, shift_id })))
      .execute()
    if (placed.order) await insertOrder(tx, event, signup_id, placed.order, sent.order?.pays ?? 'card')
    if (sent.came_by) await keepCameBy(tx, organization_id, signup_id, sent.came_by, now)
    if (sent.guardian) await putGuardian(tx, actor, signup_id, { ...sent.guardian, how: 'online' }, now)
    const party = [signup_id]
    for (const named of sent.named) {
      const guest = await receivePerson(tx, actor, { ...nowhere, ...nobody, ...named, language: null }, title)
      // Somebody who has signed up alone already: a guest without a row of their own.
      if (await openSignup(tx, organization_id, event_id, guest.person_id)) {
        await tx
          .updateTable('event_signup')
          .set((eb) => ({ guests: eb('guests', '+', 1) }))
          .where('organization_id', '=', organization_id)
          .where('signup_id', '=', signup_id)
          .execute()
        continue
      }
      const made = await tx
        .insertInto('event_signup')
        .values({
          ...values,
          person_id: guest.person_id,
          host_signup_id: signup_id,
          seats: 0,
          said: JSON.stringify({ ...nobody, ...named }),
          told_at: now,
        })
        .returning('signup_id')
        .executeTakeFirstOrThrow()
      party.push(made.signup_id)
    }
    await keepResponses(tx, actor, party, response, null, now)
    if (placed.order) await holdUnpaid(tx, event, party, { is_offer: false }, now)
    await keepConsents(tx, actor, person_id, sent.consents, title)
    const due = placed.order && { due_cents: placed.order.due_cents }
    await audit(tx, actor, auditedSignUp(event_id, { person_id, response, seats, ...due }, sent))
    await askedMail(tx, event, { signup_id, mail_to: sent.said.email }, 'answer', now, {
      in_crowd: sent.in_crowd ?? false,
    })
    if (placed.order) await schedule(tx, event, now)
    return { ok: true, signup_id, response, is_new: true, is_theirs: true }
  })
}

/** Those of an event somebody chose; null: none, one it does not have, or one that is over. */
export function chosenShifts(shifts: readonly Shift[], shift_ids: readonly string[], now: Date): string[] | null {
  const chosen = shifts.filter(({ shift_id }) => shift_ids.includes(shift_id))
  if (chosen.length === 0 || chosen.length < shift_ids.length || chosen.some(({ ends_at }) => ends_at <= now))
    return null
  return chosen.map(({ shift_id }) => shift_id)
}

export const auditedSignUp = (
  event_id: string,
  { due_cents, ...after }: { person_id: string; response: EventResponse; seats: number; due_cents?: number },
  { came_by }: Pick<SentSignUp, 'came_by'>,
): Change => ({
  action: 'event.sign_up',
  subject: 'event',
  subject_id: event_id,
  after: {
    ...after,
    ...(came_by && { partner_id: came_by.partner_id }),
    ...(due_cents !== undefined && { due_cents }),
  },
})

/** What a crowd signs up for in one transaction is locked and read once: nobody else changes it meanwhile, and signing up does not. */
const locked = new WeakMap<Db, Map<string, { event: Event; shifts: Shift[] }>>()

export async function askedFor(
  tx: Db,
  organization_id: string,
  event_id: string,
): Promise<{ event: Event; shifts: Shift[] }> {
  const events = locked.get(tx) ?? new Map<string, { event: Event; shifts: Shift[] }>()
  locked.set(tx, events)
  const before = events.get(event_id)
  if (before) return before
  const event = await lockEvent(tx, organization_id, event_id)
  const read = { event, shifts: await shiftsOf(tx, organization_id, [event_id]) }
  events.set(event_id, read)
  return read
}

export const nowhere = { address: null, city: null, zip5: null }
export const nobody: Said = { first_name: '', last_name: '', name_hangul: null, email: null, phone: null }

export const titleOf = ({ content }: Event): string => content.title.en ?? Object.values(content.title)[0] ?? ''

/** What a sign-up takes of the room. */
export const partyOf = async (tx: Db, { organization_id }: Event, signup: SignupRow): Promise<Party> => ({
  ...signup,
  tickets: (await orderOf(tx, organization_id, signup.signup_id))?.lines ?? null,
})

/** Following merges, on both sides. */
export async function openSignup(
  tx: Db,
  organization_id: string,
  event_id: string,
  person_id: string,
): Promise<{ signup_id: string; response: EventResponse; mail_to: string | null } | undefined> {
  const { rows } = await sql<{ signup_id: string; response: EventResponse; mail_to: string | null }>`
    select s.signup_id, s.response, s.mail_to from event_signup s
    where s.organization_id = ${organization_id}::uuid and s.event_id = ${event_id}::uuid
      and s.person_id = ${everOf(organization_id, person_id)} and s.response = any(${[...openResponses]}::text[])
    order by s.arrival limit 1`.execute(tx)
  return rows[0]
}

/** A page lifts no opt-out, for whoever knows a name and a mailbox can send it: what it said is kept as a note. */
export async function keepConsents(
  tx: Db,
  actor: Actor,
  person_id: string,
  consents: SignUp['consents'],
  title: string,
): Promise<void> {
  for (const { channel, wording } of consents) {
    const evidence = signUpEvidence(title, wording)
    if (await hasOptedOut(tx, actor.organization_id, person_id, channel))
      await addNote(tx, actor, person_id, notCounted(evidence))
    else await recordConsent(tx, actor, person_id, { channel, is_given: true, evidence })
  }
}

export const signUpEvidence = (title: string, wording: string): string => `${title}: “${wording}”`

/** For organizers of either language: a note has one text. */
const notCounted = (evidence: string): string =>
  `${evidence}\nNot counted, because of an earlier opt-out: ask first. 예전에 수신을 거부한 분이어서 반영하지 않았습니다. 먼저 여쭤보세요.`

export type PersonAdded =
  | { ok: true; signup_id: string }
  | { ok: false; problem: 'already' | 'full' | 'shift' | 'closed' }

/** Booked or invited by an organizer, which is another act than signing up oneself. `is_told`: they know already, nobody mails them. */
export function addPerson(
  db: Db,
  actor: Actor,
  event_id: string,
  {
    who,
    as,
    shift_ids,
    is_told = false,
    language = null,
  }: {
    who: string
    as: 'invited' | 'signed_up'
    shift_ids: readonly string[]
    is_told?: boolean
    /** In which they are written to, where theirs is not known. */
    language?: string | null
  },
  now: Date,
): Promise<PersonAdded> {
  const { organization_id } = actor
  return inTransaction(db, async (tx): Promise<PersonAdded> => {
    // In the order of whoever signs up: nobody waits for somebody who waits for them.
    await lockArrivals(tx, organization_id)
    const event = await lockEvent(tx, organization_id, event_id)
    if (event.canceled_at || event.ends_at <= now) return { ok: false, problem: 'closed' }
    const person_id = await personOf(tx, actor, who)
    const shifts = await shiftsOf(tx, organization_id, [event_id])
    const chosen = shifts.filter(({ shift_id }) => shift_ids.includes(shift_id) || shifts.length === 1)
    if (chosen.length === 0) return { ok: false, problem: 'shift' }
    if (await openSignup(tx, organization_id, event_id, person_id)) return { ok: false, problem: 'already' }
    const ids = chosen.map(({ shift_id }) => shift_id)
    const has_room = seatsFor(await roomIn(tx, event, shifts), ids) >= 1
    const response = as === 'invited' ? as : answerTo(event, { has_room, is_invited: true })
    if (response === null) return { ok: false, problem: 'full' }
    const spoken = await tx
      .selectFrom('person')
      .select('language')
      .where('organization_id', '=', organization_id)
      .where('person_id', '=', person_id)
      .executeTakeFirst()
    const { signup_id } = await tx
      .insertInto('event_signup')
      .values({
        organization_id,
        event_id,
        person_id,
        host_signup_id: null,
        seats: 1,
        response,
        source: 'staff',
        language: spoken?.language ?? language ?? 'en',
        mail_to:
          as === 'invited'
            ? await mailboxToInvite(tx, organization_id, person_id)
            : await mailboxOf(tx, organization_id, person_id, 'asked'),
        told_at: is_told || event.published_at ? now : null,
        received_at: now,
      })
      .returning('signup_id')
      .executeTakeFirstOrThrow()
    await tx
      .insertInto('event_signup_shift')
      .values(ids.map((shift_id) => ({ organization_id, signup_id, shift_id })))
      .execute()
    await keepResponses(tx, actor, [signup_id], response, null, now)
    await audit(tx, actor, {
      action: as === 'invited' ? 'event.invite' : 'event.book',
      subject: 'event',
      subject_id: event_id,
      after: { person_id, response },
    })
    if (event.published_at && !is_told) await mail(tx, event, signup_id, as === 'invited' ? 'invited' : 'answer')
    return { ok: true, signup_id }
  })
}

/*
 * What becomes of a sign-up.
 */

/** By the person: accept, confirm, decline, cancel. By us: approve, refuse, remove. */
export const signupActs = ['accept', 'confirm', 'decline', 'cancel', 'approve', 'refuse', 'remove'] as const
export type SignupAct = (typeof signupActs)[number]

export type Answered =
  | { ok: true; response: EventResponse }
  /** 'unpaid': the seat is theirs once it is paid, or once they have chosen tickets. 'asked': once they have answered what the event asks. */
  | { ok: false; problem: 'not_now' | 'full' | 'closed' | 'unpaid' | 'asked' }

/** Changes what somebody said to an event, with the guests they bring; a seat that becomes free goes to whoever waits. */
export function answer(
  db: Db,
  actor: Actor,
  event_id: string,
  signup_id: string,
  act: SignupAct,
  now: Date,
): Promise<Answered> {
  const { organization_id } = actor
  return inTransaction(db, async (tx): Promise<Answered> => {
    const event = await lockEvent(tx, organization_id, event_id)
    // A seat whose time has passed is not accepted, though nobody has given it on yet.
    await giveOn(tx, event, now)
    const signup = found(await signupById(tx, organization_id, event_id, signup_id))
    // A guest may go alone. Whatever takes or keeps seats is for the host to say, for both.
    if (signup.host_signup_id && !isGuestAct(act)) return { ok: false, problem: 'not_now' }
    const to = await answerOf(tx, event, signup, act)
    if (to === null) return { ok: false, problem: 'full' }
    const isEnd = ['canceled_by_them', 'canceled_by_us', 'declined'].includes(to)
    if (!isEnd && standingOf(event, now) !== 'open') return { ok: false, problem: 'closed' }
    if (!mayFollow(signup.response, to) || !isOf[act].includes(signup.response))
      return { ok: false, problem: 'not_now' }
    if (to === 'confirmed' && isHeld(signup)) return { ok: false, problem: 'unpaid' }
    // Booked by an organizer it costs nothing; by the link of an invitation they choose tickets and are asked as everybody is.
    if (act === 'accept' && signup.response === 'invited' && actor.id === 'event') {
      if (await sells(tx, organization_id, event_id)) return { ok: false, problem: 'unpaid' }
      const asking = await askingOf(tx, event, await shiftsOf(tx, organization_id, [event_id]))
      if (asksMore(asking)) return { ok: false, problem: 'asked' }
    }
    const party = await partiesOf(tx, organization_id, [signup.signup_id])
    await setResponse(tx, actor, party, to, { why: act === 'refuse' ? 'not_approved' : null }, now)
    await holdUnpaid(tx, event, party, { is_offer: true }, now)
    if (signup.host_signup_id && isEnd) await giveUpSeat(tx, organization_id, signup.host_signup_id)
    await audit(tx, actor, {
      action: `event.${auditedActs[act]}`,
      subject: 'event',
      subject_id: event_id,
      before: { response: signup.response },
      after: { person_id: signup.person_id, response: to },
    })
    if (actor.id === 'event') await askedMail(tx, event, signup, 'answer', now)
    else await mail(tx, event, signup_id, 'answer')
    await moveUp(tx, actor, event, now)
    await schedule(tx, event, now)
    return { ok: true, response: to }
  })
}

/**
 * What somebody was thought to say was a mistake: their sign-up, with the guests who went with it, stands as it did before, if
 * there still is a seat. Whoever said something since (`at`: when it was noted) is left as they are.
 */
export function takeBackResponse(
  db: Db,
  actor: Actor,
  event_id: string,
  { signup_id, response, at }: { signup_id: string; response: EventResponse; at: Date },
  now: Date,
): Promise<Answered> {
  const { organization_id } = actor
  return inTransaction(db, async (tx): Promise<Answered> => {
    const event = await lockEvent(tx, organization_id, event_id)
    await giveOn(tx, event, now)
    const signup = found(await signupById(tx, organization_id, event_id, signup_id))
    const [last, before] = await tx
      .selectFrom('event_response')
      .select(['response', 'at'])
      .where('organization_id', '=', organization_id)
      .where('signup_id', '=', signup_id)
      .orderBy('response_id', 'desc')
      .limit(2)
      .execute()
    if (last?.response !== response || last.at.getTime() !== at.getTime() || !before)
      return { ok: false, problem: 'not_now' }
    if (standingOf(event, now) !== 'open') return { ok: false, problem: 'closed' }
    const to = before.response
    if (!responseRules[response].is_open) {
      if (await openSignup(tx, organization_id, event_id, signup.person_id)) return { ok: false, problem: 'not_now' }
      const room = await roomIn(tx, event, await shiftsOf(tx, organization_id, [event_id]))
      if (responseRules[to].holds_seat && !hasRoom(room, await partyOf(tx, event, signup)))
        return { ok: false, problem: 'full' }
    }
    const { rows: guests } = await sql<{ signup_id: string }>`
      select g.signup_id from event_signup g where g.organization_id = ${organization_id}::uuid and g.host_signup_id = ${signup_id}::uuid
        and (select r.response = ${response}::text and r.at = ${at}::timestamptz from event_response r
          where r.organization_id = g.organization_id and r.signup_id = g.signup_id order by r.response_id desc limit 1)
        and not exists (select from event_signup o where o.organization_id = g.organization_id and o.event_id = g.event_id
          and o.person_id = g.person_id and o.signup_id <> g.signup_id and o.response = any(${[...openResponses]}::text[]))`.execute(
      tx,
    )
    const party = [signup_id, ...guests.map((guest) => guest.signup_id)]
    await setResponse(tx, actor, party, to, { why: null }, now)
    await holdUnpaid(tx, event, party, { is_offer: true }, now)
    await audit(tx, actor, {
      action: 'event.respond',
      subject: 'event',
      subject_id: event_id,
      before: { response },
      after: { person_id: signup.person_id, response: to },
    })
    // They were told that they had canceled, or that they have the seat.
    const isFreed = responseRules[response].holds_seat && !responseRules[to].holds_seat
    if (!responseRules[response].is_open || isFreed)
      await mail(tx, event, signup_id, to === 'invited' ? 'invited' : 'answer')
    if (isFreed) await moveUp(tx, actor, event, now)
    await schedule(tx, event, now)
    return { ok: true, response: to }
  })
}

/** Whoever declined by mistake is asked again, as they were before. */
export async function answerAgain(
  db: Db,
  actor: Actor,
  event_id: string,
  signup_id: string,
  now: Date,
): Promise<Answered> {
  const last = await db
    .selectFrom('event_response')
    .select(['response', 'at'])
    .where('organization_id', '=', actor.organization_id)
    .where('signup_id', '=', signup_id)
    .orderBy('response_id', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (last?.response !== 'declined') return { ok: false, problem: 'not_now' }
  return takeBackResponse(db, actor, event_id, { signup_id, response: 'declined', at: last.at }, now)
}

/** From where each act starts. */
const isOf: Record<SignupAct, readonly EventResponse[]> = {
  accept: ['invited', 'signed_up'],
  confirm: ['signed_up'],
  decline: ['invited'],
  cancel: ['signed_up', 'confirmed', 'wait_listed', 'awaiting_approval'],
  approve: ['awaiting_approval'],
  refuse: ['awaiting_approval'],
  remove: ['invited', 'signed_up', 'confirmed', 'wait_listed'],
}

const auditedActs: Record<SignupAct, 'respond' | 'approve' | 'refuse' | 'remove'> = {
  accept: 'respond',
  confirm: 'respond',
  decline: 'respond',
  cancel: 'respond',
  approve: 'approve',
  refuse: 'refuse',
  remove: 'remove',
}

/** What an act comes to; null: there is no seat. */
async function answerOf(tx: Db, event: Event, signup: SignupRow, act: SignupAct): Promise<EventResponse | null> {
  if (act === 'decline') return 'declined'
  if (act === 'cancel') return 'canceled_by_them'
  if (act === 'refuse' || act === 'remove') return 'canceled_by_us'
  if (act === 'confirm' || (act === 'accept' && signup.response === 'signed_up')) return 'confirmed'
  const shifts = await shiftsOf(tx, event.organization_id, [event.event_id])
  const has_room = hasRoom(await roomIn(tx, event, shifts), await partyOf(tx, event, signup))
  return answerTo(event, { has_room, is_invited: true })
}

/** A seat less for the host; a ticket stays theirs, for whomever they bring instead. */
const giveUpSeat = (tx: Db, organization_id: string, signup_id: string) =>
  sql`update event_signup s set seats = seats - (not t.is_sold)::integer, guests = guests + t.is_sold::integer
    from (select exists (select from event_order o where o.organization_id = ${organization_id}::uuid and o.signup_id = ${signup_id}::uuid) as is_sold) t
    where s.organization_id = ${organization_id}::uuid and s.signup_id = ${signup_id}::uuid`.execute(tx)

/** Another number of guests without a name, other shifts: while there is room for them. */
export function changeSignUp(
  db: Db,
  actor: Actor,
  event_id: string,
  signup_id: string,
  change: { guests: number; shift_ids: readonly string[] },
  now: Date,
): Promise<Answered> {
  const { organization_id } = actor
  return inTransaction(db, async (tx): Promise<Answered> => {
    const event = await lockEvent(tx, organization_id, event_id)
    const signup = found(await signupById(tx, organization_id, event_id, signup_id))
    const shifts = await shiftsOf(tx, organization_id, [event_id])
    const ids = shifts.map(({ shift_id }) => shift_id).filter((id) => shifts.length === 1 || change.shift_ids.includes(id)) // prettier-ignore
    const taken = ids.filter((id) => !signup.shift_ids.includes(id))
    if (standingOf(event, now) !== 'open') return { ok: false, problem: 'closed' }
    if (signup.host_signup_id || !responseRules[signup.response].is_open || ids.length === 0)
      return { ok: false, problem: 'not_now' }
    if (shifts.some(({ shift_id, ends_at }) => taken.includes(shift_id) && ends_at <= now))
      return { ok: false, problem: 'not_now' }
    // Each guest has a ticket.
    if (signup.order && change.guests !== signup.guests) return { ok: false, problem: 'not_now' }
    if (change.guests > signup.guests && (await sells(tx, organization_id, event_id)))
      return { ok: false, problem: 'not_now' }
    const named = signup.seats - 1 - signup.guests
    const seats = 1 + named + change.guests
    if (named + change.guests > Math.max(event.guests_most, signup.seats - 1)) return { ok: false, problem: 'not_now' }
    if (responseRules[signup.response].holds_seat) {
      const room = await roomIn(tx, event, shifts)
      // As if they were not there.
      const back = (left: number | null): number | null => (left === null ? null : left + signup.seats)
      const free = {
        event: back(room.event),
        shifts: new Map([...room.shifts].map(([id, left]) => [id, signup.shift_ids.includes(id) ? back(left) : left])),
      }
      if (seatsFor(free, ids) < seats) return { ok: false, problem: 'full' }
    }
    await tx
      .updateTable('event_signup')
      .set({ guests: change.guests, seats })
      .where('organization_id', '=', organization_id)
      .where('signup_id', '=', signup_id)
      .execute()
    await chooseShifts(tx, organization_id, signup_id, ids, now)
    await shortenOffers(tx, event, taken, now)
    await (actor.id === 'event' ? askedMail(tx, event, signup, 'answer', now) : mail(tx, event, signup_id, 'answer'))
    await audit(tx, actor, {
      action: 'event.change_sign_up',
      subject: 'event',
      subject_id: event_id,
      before: { seats: signup.seats },
      after: { person_id: signup.person_id, seats },
    })
    await moveUp(tx, actor, event, now)
    await schedule(tx, event, now)
    return { ok: true, response: signup.response }
  })
}

/** Makes a new secret address of somebody's calendar; the old one answers nothing from then on. */
export async function renewFeed(db: Db, organization_id: string, signup_id: string, now: Date): Promise<void> {
  await db
    .insertInto('event_feed')
    .values({ organization_id, signup_id, number: 2, renewed_at: now })
    .onConflict((conflict) =>
      conflict.columns(['organization_id', 'signup_id']).doUpdateSet({
        number: sql<number>`event_feed.number + 1`,
        renewed_at: now,
      }),
    )
    .execute()
}
