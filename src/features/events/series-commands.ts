import { randomUUID } from 'node:crypto'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import { addDays, dateIn, instantIn, timeIn } from '../../platform/clock.ts'
import { inTransaction, type Db } from '../../platform/db/db.ts'
import { found } from '../../platform/errors.ts'
import { isSameValue } from '../../platform/same-value.ts'
import { linkLike } from '../campaigns/parts/commands.ts'
import { joinBank } from './calls/commands.ts'
import { shiftBankOf } from './calls/queries.ts'
import { changeEvent, insertEvent, saveEvent, type EventDraft, type EventSaved, type ShiftDraft } from './commands.ts'
import { lockEvent, schedule } from './seats/commands.ts'
import './orders/tables.ts'
import './partners/tables.ts'
import './program/tables.ts'
import { eventById, seriesOf, shiftsOf, type Event, type Shift } from './queries.ts'
import { daysOf, longest, movedBy, nthOfMonth, problemsOf, weekdayOf, type Rule } from './rules.ts'

export interface SeriesDraft {
  every: 'week' | 'month'
  step: number
  /** 'YYYY-MM-DD', included. */
  ends_on: string
  /** Of the month: counted from its beginning, or the last. */
  from: 'start' | 'end'
}

/** The rule by which an event is held again, with it as the first. */
export function ruleOf(
  event: Pick<Event, 'starts_at' | 'time_zone'>,
  { every, step, ends_on, from }: SeriesDraft,
): Rule {
  const starts_on = dateIn(event.time_zone, event.starts_at)
  const nth = from === 'end' ? -1 : nthOfMonth(starts_on)
  return { every, step, ends_on, starts_on, weekday: weekdayOf(starts_on), nth: every === 'month' ? nth : null }
}

export type SeriesMade =
  | { ok: true; series_id: string; events: number }
  | { ok: false; problem: 'one_day' | 'too_many' | 'is_series' | 'closed' }

/** Holds an event again by a rule: each further day an event of its own, at the same times of day. */
export function makeSeries(db: Db, actor: Actor, event_id: string, draft: SeriesDraft, now: Date): Promise<SeriesMade> {
  const { organization_id } = actor
  return inTransaction(db, async (tx): Promise<SeriesMade> => {
    const event = await lockEvent(tx, organization_id, event_id)
    if (event.canceled_at || event.ends_at <= now) return { ok: false, problem: 'closed' }
    if (event.series_id) return { ok: false, problem: 'is_series' }
    const rule = ruleOf(event, draft)
    const all = daysOf(rule)
    if (all.length > longest) return { ok: false, problem: 'too_many' }
    const days = all.filter((day) => day !== rule.starts_on)
    if (days.length === 0) return { ok: false, problem: 'one_day' }
    const { series_id } = await tx
      .insertInto('event_series')
      .values({ organization_id, ...rule, created_by: actor.name, created_at: now })
      .returning('series_id')
      .executeTakeFirstOrThrow()
    await tx
      .updateTable('event')
      .set({ series_id, series_on: rule.starts_on })
      .where('organization_id', '=', organization_id)
      .where('event_id', '=', event_id)
      .execute()
    for (const day of days) await copyTo(tx, actor, event, { series_id, from: rule.starts_on, day }, now)
    await audit(tx, actor, {
      action: 'event.series',
      subject: 'event',
      subject_id: event_id,
      after: { every: rule.every, step: rule.step, ends_on: rule.ends_on, events: days.length + 1 },
    })
    return { ok: true, series_id, events: days.length + 1 }
  })
}

async function copyTo(
  tx: Db,
  actor: Actor,
  event: Event,
  { series_id, from, day }: { series_id: string; from: string; day: string },
  now: Date,
): Promise<void> {
  const shifts = await shiftsOf(tx, event.organization_id, [event.event_id])
  const away = daysBetween(from, day)
  const { time_zone } = event
  const { event_id } = await insertEvent(
    tx,
    actor,
    {
      settings: settingsIn(event),
      content: event.content,
      shifts: shifts.map((shift) => ({
        ...shift,
        shift_id: null,
        starts_at: movedBy(time_zone, shift.starts_at, away),
        ends_at: movedBy(time_zone, shift.ends_at, away),
      })),
    },
    now,
    { series_id, series_on: day, published_at: event.published_at && now },
  )
  await copySetUp(tx, actor, event, { event_id, away }, now)
  await linkLike(tx, actor, 'event', { from: event.event_id, to: event_id }, now)
  await schedule(tx, found(await eventById(tx, event.organization_id, event_id)), now)
}

/** Prices, discounts, what happens when, partners and where its callers call, as on the day it is copied from; dates move along. */
async function copySetUp(
  tx: Db,
  actor: Actor,
  { organization_id, ...from }: Event,
  { event_id, away }: { event_id: string; away: number },
  now: Date,
): Promise<void> {
  const { hold_minutes, pays_at_door, refund_days } = from
  await tx
    .updateTable('event')
    .set({ hold_minutes, pays_at_door, refund_days })
    .where('organization_id', '=', organization_id)
    .where('event_id', '=', event_id)
    .execute()
  const made = { event_id, made_by: actor.name, made_at: now }
  const later = (date: string | null): string | null => date && addDays(date, away)
  const kinds = await tx
    .selectFrom('event_ticket_kind')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('event_id', '=', from.event_id)
    .where('archived_at', 'is', null)
    .orderBy('added')
    .execute()
  const copies = new Map(kinds.map(({ ticket_kind_id }) => [ticket_kind_id, randomUUID()]))
  for (const { added: _, ticket_kind_id, name, from_on, until_on, ...kind } of kinds)
    await tx
      .insertInto('event_ticket_kind')
      .values({
        ...kind,
        ...made,
        ticket_kind_id: copies.get(ticket_kind_id),
        name: JSON.stringify(name),
        from_on: later(from_on),
        until_on: later(until_on),
      }) // prettier-ignore
      .execute()
  const discounts = await tx
    .selectFrom('event_discount')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('event_id', '=', from.event_id)
    .where('ended_at', 'is', null)
    .execute()
  for (const { discount_id: _, ticket_kind_ids, until_on, ...discount } of discounts) {
    const of = ticket_kind_ids.flatMap((id) => copies.get(id) ?? [])
    // One of kinds that are sold no longer is no discount of everything.
    if (of.length === 0 && ticket_kind_ids.length > 0) continue
    await tx
      .insertInto('event_discount')
      .values({ ...discount, ...made, ticket_kind_ids: of, until_on: later(until_on) })
      .execute()
  }
  const items = await tx
    .selectFrom('event_program_item')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('event_id', '=', from.event_id)
    .where('removed_at', 'is', null)
    .execute()
  for (const { title, ...item } of items)
    await tx
      .insertInto('event_program_item')
      .values({ ...item, ...made, item_id: randomUUID(), title: JSON.stringify(title) })
      .execute()
  const partners = await tx
    .selectFrom('event_partner')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('event_id', '=', from.event_id)
    .where('removed_at', 'is', null)
    .execute()
  for (const { partner_id: _, name, ...partner } of partners)
    await tx
      .insertInto('event_partner')
      .values({ ...partner, ...made, name: JSON.stringify(name) })
      .execute()
  const bank = await shiftBankOf(tx, organization_id, from.event_id)
  if (bank?.is_open) await joinBank(tx, actor, event_id, bank.phone_bank_id, 'shift', now)
}

export type LaterSaved = { ok: true; days: number } | (Extract<EventSaved, { ok: false }> & { on_date: string })

/**
 * Changes a day of a series and what is still to come of it after that day: what was changed here is changed there, and whatever
 * a later day has of its own stays. A day with other shifts keeps them. All of them, or none.
 */
export function saveWithLater(
  db: Db,
  actor: Actor,
  event_id: string,
  draft: EventDraft,
  now: Date,
): Promise<LaterSaved> {
  const { organization_id } = actor
  return inTransaction(db, async (tx): Promise<LaterSaved> => {
    const before = await lockEvent(tx, organization_id, event_id)
    const old = await shiftsOf(tx, organization_id, [event_id])
    const saved = await saveEvent(tx, actor, event_id, draft, now)
    const from = before.series_on ?? ''
    if (!saved.ok) return { ...saved, on_date: from }
    const later = await laterOf(tx, before, now)
    for (const { event_id: id, series_on } of later) {
      const event = await lockEvent(tx, organization_id, id)
      const shifts = await shiftsOf(tx, organization_id, [id])
      const settings = { ...settingsIn(event), ...changesBetween(settingsIn(before), draft.settings) }
      const content = {
        ...event.content,
        ...changesBetween(before.content, draft.content),
        details: changed(event.content.details, before.content.details, draft.content.details),
      }
      const of_day = shiftsThere(
        { zone: before.time_zone, zone_is: draft.settings.time_zone, on: from, shifts: old, is: draft.shifts },
        { zone: event.time_zone, zone_is: settings.time_zone, on: series_on, shifts },
      )
      const done = await saveEvent(tx, actor, id, { settings, content, shifts: of_day }, now)
      if (!done.ok) return { ...done, on_date: series_on }
    }
    return { ok: true, days: later.length }
  })
}

/** Calls off a day of a series and all that were still to come after it. */
export function cancelWithLater(db: Db, actor: Actor, event_id: string, now: Date): Promise<void> {
  return inTransaction(db, async (tx) => {
    const event = await lockEvent(tx, actor.organization_id, event_id)
    for (const each of [event, ...(await laterOf(tx, event, now))])
      await changeEvent(tx, actor, each.event_id, 'cancel', now)
  })
}

/**
 * Publishes a day of a series and all that are still to come after it; how many it did. A day that lacks something stays as it is.
 */
export function publishWithLater(db: Db, actor: Actor, event_id: string, now: Date): Promise<number> {
  const { organization_id } = actor
  return inTransaction(db, async (tx) => {
    let published = 0
    const first = await lockEvent(tx, organization_id, event_id)
    for (const each of [first, ...(await laterOf(tx, first, now))]) {
      const event = await lockEvent(tx, organization_id, each.event_id)
      if (problemsOf(event, await shiftsOf(tx, organization_id, [event.event_id]), now).length > 0) continue
      await changeEvent(tx, actor, event.event_id, 'publish', now)
      if (!event.published_at) published++
    }
    return published
  })
}

/** Days of the series after that of an event that are still to come and were not called off. */
export async function laterOf(db: Db, { organization_id, series_id, series_on }: Event, now: Date) {
  const series = series_id ? await seriesOf(db, organization_id, series_id) : undefined
  return (series?.events ?? []).filter(
    (each) => each.series_on > (series_on ?? '') && !each.canceled_at && each.starts_at > now,
  )
}

type Settings = EventDraft['settings']
const settingsIn = (event: Event): Settings => {
  const { kind, time_zone, online_link, capacity, guests_most, accept_hours } = event
  const { is_by_invitation, needs_approval, has_wait_list, hides_address, reminder_hours } = event
  return { kind, time_zone, online_link, capacity, guests_most, accept_hours, is_by_invitation, needs_approval, has_wait_list, hides_address, reminder_hours } // prettier-ignore
}

/** The fields of `is` that are not as they were. */
const changesBetween = <T extends object>(was: T, is: T): Partial<T> =>
  Object.fromEntries(
    Object.entries(is).filter(([key, value]) => !isSameValue(value, was[key as keyof T])),
  ) as Partial<T> // of its own keys

/** `there` with what was changed, and without what was taken out. */
function changed<T extends object>(there: T, was: T, is: T): T {
  const gone = new Set(Object.keys(was).filter((key) => !(key in is)))
  const left = Object.fromEntries(Object.entries(there).filter(([key]) => !gone.has(key)))
  return { ...left, ...changesBetween(was, is) } as T // of the keys of both
}

const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)

interface DayOfSeries {
  zone: string
  /** Its date by the rule. */
  on: string
  shifts: readonly Shift[]
}

/**
 * Shifts of a later day: the nth as the nth here. Dates and times of day are changed apart: a day that was put on a date of its own
 * keeps it, and where this day had been, the others stay on theirs.
 */
function shiftsThere(
  here: DayOfSeries & { is: readonly ShiftDraft[]; zone_is: string },
  there: DayOfSeries & { zone_is: string },
): ShiftDraft[] {
  if (here.shifts.length !== there.shifts.length) return [...there.shifts]
  const pairs = here.is.map((is) => {
    const nth = here.shifts.findIndex(({ shift_id }) => shift_id === is.shift_id)
    return { is, was: here.shifts[nth], own: there.shifts[nth] }
  })
  // On the day of the rule, or as far from it as this one was.
  const [from, off] = [offRule(here), offRule(there)]
  const movesAlong = off === 0 || off === from
  const isMoved = pairs.some(
    ({ is, was }) => was && dateIn(here.zone, was.starts_at) !== dateIn(here.zone_is, is.starts_at),
  )
  const first = pairs.find(({ own }) => own)
  const away =
    (isMoved && movesAlong) || !first?.own
      ? daysBetween(here.on, there.on)
      : daysBetween(dateIn(here.zone_is, first.is.starts_at), dateIn(there.zone, first.own.starts_at))
  return pairs.map(({ is, was, own }) => {
    const moved = { starts_at: movedTo(here.zone_is, is.starts_at, away, there.zone_is), ends_at: movedTo(here.zone_is, is.ends_at, away, there.zone_is) } // prettier-ignore
    if (!was || !own) return { ...is, ...moved, shift_id: null }
    const { name, capacity, place } = is
    const [before, after, own_span] = [spanIn(here.zone, was), spanIn(here.zone_is, is), spanIn(there.zone, own)]
    const span = isSameValue(before.hours, after.hours) ? own_span.hours : after.hours
    const on = before.on !== after.on && movesAlong ? addDays(after.on, away) : own_span.on
    const isOther = there.zone !== there.zone_is || !isSameValue(own_span, { on, hours: span })
    return {
      ...own,
      ...changesBetween({ name: was.name, capacity: was.capacity, place: was.place }, { name, capacity, place }),
      ...(isOther && {
        starts_at: instantIn(there.zone_is, on, span.from),
        ends_at: instantIn(there.zone_is, addDays(on, span.nights), span.to),
      }),
    }
  })
}

/** Days from the rule's date to the day it is held. */
const offRule = ({ zone, on, shifts }: DayOfSeries): number => {
  const [first] = shifts
  return first ? daysBetween(on, dateIn(zone, first.starts_at)) : 0
}

/** A shift by the clock on the wall. */
const spanIn = (zone: string, { starts_at, ends_at }: Pick<Shift, 'starts_at' | 'ends_at'>) => {
  const on = dateIn(zone, starts_at)
  return { on, hours: { from: timeIn(zone, starts_at), to: timeIn(zone, ends_at), nights: daysBetween(on, dateIn(zone, ends_at)) } } // prettier-ignore
}

const movedTo = (zone: string, instant: Date, days: number, to_zone: string): Date =>
  instantIn(to_zone, addDays(dateIn(zone, instant), days), timeIn(zone, instant))

/** A day of the series on which it is not held: the event of that day is called off. */
export function leaveOut(db: Db, actor: Actor, series_id: string, on_date: string, now: Date): Promise<void> {
  const { organization_id } = actor
  return inTransaction(db, async (tx) => {
    const { events } = found(await seriesOf(tx, organization_id, series_id))
    const { event_id } = found(events.find(({ series_on }) => series_on === on_date))
    const event = await lockEvent(tx, organization_id, event_id)
    // What was held is not left out.
    if (event.ends_at <= now) return
    await tx
      .insertInto('event_series_exception')
      .values({ organization_id, series_id, on_date, made_by: actor.name, made_at: now })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    await changeEvent(tx, actor, event.event_id, 'cancel', now)
  })
}

/** Takes that back, for whoever had signed up too. */
export function takeIn(db: Db, actor: Actor, series_id: string, on_date: string, now: Date): Promise<void> {
  const { organization_id } = actor
  return inTransaction(db, async (tx) => {
    const { events } = found(await seriesOf(tx, organization_id, series_id))
    const event = found(events.find(({ series_on }) => series_on === on_date))
    await tx
      .deleteFrom('event_series_exception')
      .where('organization_id', '=', organization_id)
      .where('series_id', '=', series_id)
      .where('on_date', '=', on_date)
      .execute()
    await changeEvent(tx, actor, event.event_id, 'restore', now)
  })
}
