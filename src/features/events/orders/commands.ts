import { sql } from 'kysely'
import type { Actor } from '../../../platform/actor.ts'
import { audit, systemActor } from '../../../platform/audit.ts'
import { dateIn } from '../../../platform/clock.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { found } from '../../../platform/errors.ts'
import { languages, localized, type LocalizedText } from '../../../platform/i18n/languages.ts'
import { takeForTicket } from '../../ledger/commands.ts'
import { openSignup, partyOf, type Answered } from '../commands.ts'
import { roomIn, shiftsOf, signupById, type Event, type SignupRow } from '../queries.ts'
import { hasRoom, standingOf } from '../rules.ts'
import { openResponses, responseRules } from '../schema.ts'
import { askedMail, giveOn, lockEvent, mail, moveUp, partiesOf, schedule, setResponse } from '../seats/commands.ts'
import { orderOf, sellingOf } from './queries.ts'
import { heldUntil, isHeld, owesOf, pageOpenUntil, type Priced } from './rules.ts'
import type { DiscountFacts, HandWay, SellingFacts, TicketKindFacts } from './schema.ts'

/*
 * What is sold.
 */

/** `ticket_kind_id` null: a new kind. What was bought keeps its price. */
export function saveTicketKind(
  db: Db,
  actor: Actor,
  event_id: string,
  ticket_kind_id: string | null,
  facts: TicketKindFacts,
  now: Date,
): Promise<void> {
  const { organization_id } = actor
  const row = { ...facts, name: JSON.stringify(facts.name) }
  return inTransaction(db, async (tx) => {
    const event = await lockEvent(tx, organization_id, event_id)
    const before = ticket_kind_id && found(await kindById(tx, organization_id, event_id, ticket_kind_id))
    if (before) {
      await tx
        .updateTable('event_ticket_kind')
        .set(row)
        .where('organization_id', '=', organization_id)
        .where('ticket_kind_id', '=', before.ticket_kind_id)
        .execute()
    } else {
      await tx
        .insertInto('event_ticket_kind')
        .values({ organization_id, event_id, ...row, made_by: actor.name, made_at: now })
        .execute()
    }
    await audit(tx, actor, {
      action: 'event.ticket_kind',
      subject: 'event',
      subject_id: event_id,
      before: before ? auditedKind(before) : null,
      after: auditedKind(facts),
    })
    // More of a kind may be sold than before.
    await moveUp(tx, actor, event, now)
    await schedule(tx, event, now)
  })
}

const auditedKind = ({ name, price_cents, most, from_on, until_on, buyers, code }: TicketKindFacts) => ({
  name,
  price_cents,
  most,
  from_on,
  until_on,
  buyers,
  code,
})

const kindById = (tx: Db, organization_id: string, event_id: string, ticket_kind_id: string) =>
  tx
    .selectFrom('event_ticket_kind')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('event_id', '=', event_id)
    .where('ticket_kind_id', '=', ticket_kind_id)
    .executeTakeFirst()

/** Sold no longer, or again. */
export function archiveTicketKind(
  db: Db,
  actor: Actor,
  event_id: string,
  { ticket_kind_id, is_archived }: { ticket_kind_id: string; is_archived: boolean },
  now: Date,
): Promise<void> {
  const { organization_id } = actor
  return inTransaction(db, async (tx) => {
    await lockEvent(tx, organization_id, event_id)
    const { name } = found(await kindById(tx, organization_id, event_id, ticket_kind_id))
    await tx
      .updateTable('event_ticket_kind')
      .set({ archived_at: is_archived ? now : null })
      .where('organization_id', '=', organization_id)
      .where('ticket_kind_id', '=', ticket_kind_id)
      .execute()
    await audit(tx, actor, {
      action: 'event.ticket_kind',
      subject: 'event',
      subject_id: event_id,
      after: { name, is_sold: !is_archived },
    })
  })
}

/** false: there is one under that code, or for members. */
export function addDiscount(
  db: Db,
  actor: Actor,
  event_id: string,
  discount: DiscountFacts,
  now: Date,
): Promise<boolean> {
  const { organization_id } = actor
  return inTransaction(db, async (tx) => {
    await lockEvent(tx, organization_id, event_id)
    const made = await tx
      .insertInto('event_discount')
      .values({ organization_id, event_id, ...discount, made_by: actor.name, made_at: now })
      .onConflict((conflict) => conflict.doNothing())
      .returning('discount_id')
      .executeTakeFirst()
    if (!made) return false
    await audit(tx, actor, { action: 'event.discount', subject: 'event', subject_id: event_id, after: { ...discount } })
    return true
  })
}

/** Who signed up with it keeps it. */
export function endDiscount(db: Db, actor: Actor, event_id: string, discount_id: string, now: Date): Promise<void> {
  const { organization_id } = actor
  return inTransaction(db, async (tx) => {
    await lockEvent(tx, organization_id, event_id)
    const ended = await tx
      .updateTable('event_discount')
      .set({ ended_at: now })
      .where('organization_id', '=', organization_id)
      .where('event_id', '=', event_id)
      .where('discount_id', '=', discount_id)
      .where('ended_at', 'is', null)
      .returning(['code', 'percent', 'amount_cents', 'uses_most', 'until_on', 'ticket_kind_ids'])
      .executeTakeFirst()
    if (ended)
      await audit(tx, actor, { action: 'event.discount_end', subject: 'event', subject_id: event_id, before: ended })
  })
}

export function saveSelling(db: Db, actor: Actor, event_id: string, facts: SellingFacts, now: Date): Promise<void> {
  const { organization_id } = actor
  return inTransaction(db, async (tx) => {
    const { hold_minutes, pays_at_door, refund_days } = await lockEvent(tx, organization_id, event_id)
    await tx
      .updateTable('event')
      .set({ ...facts, changed_at: now })
      .where('organization_id', '=', organization_id)
      .where('event_id', '=', event_id)
      .execute()
    await audit(tx, actor, {
      action: 'event.selling',
      subject: 'event',
      subject_id: event_id,
      before: { hold_minutes, pays_at_door, refund_days },
      after: { ...facts },
    })
  })
}

/*
 * Paying.
 */

export type Paying =
  | { ok: true; owes_cents: number; expires_at: Date; what: LocalizedText; signup: SignupRow }
  | { ok: false }

/**
 * Somebody is about to pay by card: what, and when the page to pay on closes. Their seat is held as long as it is open; it
 * cannot be held longer by asking again, for that page is opened once.
 */
export function beginPaying(db: Db, actor: Actor, event_id: string, signup_id: string, now: Date): Promise<Paying> {
  const { organization_id } = actor
  return inTransaction(db, async (tx): Promise<Paying> => {
    const event = await lockEvent(tx, organization_id, event_id)
    await giveOn(tx, event, now)
    const signup = found(await signupById(tx, organization_id, event_id, signup_id))
    const order = await orderOf(tx, organization_id, signup_id)
    const owes_cents = owesOf(signup.order)
    const mayPay = responseRules[signup.response].holds_seat && standingOf(event, now) === 'open'
    if (!order || owes_cents === 0 || !mayPay) return { ok: false }
    const expires_at = pageOpenUntil(signup.accept_by ?? now, now)
    if (signup.accept_by && signup.accept_by < heldUntil(expires_at) && isHeld(signup)) {
      const last = await lastPage(tx, organization_id, signup_id, now)
      // What is left of the time is for hearing of a payment made there.
      if (last && last <= now && signup.accept_by <= heldUntil(last)) return { ok: false }
      const until = heldUntil(last && last > now ? last : expires_at)
      const party = await partiesOf(tx, organization_id, [signup_id])
      await sql`update event_signup set accept_by = greatest(accept_by, ${until}::timestamptz)
        where organization_id = ${organization_id}::uuid and signup_id = any(${party}::uuid[])`.execute(tx)
      await schedule(tx, event, now)
    }
    return { ok: true, owes_cents, expires_at, what: wordsOf(event, order), signup }
  })
}

/** When the newest page for a sign-up closes, or closed. One that never opened and no longer may counts for nothing. */
async function lastPage(tx: Db, organization_id: string, signup_id: string, now: Date): Promise<Date | null> {
  const page = await tx
    .selectFrom('card_checkout')
    .select('expires_at')
    .where('organization_id', '=', organization_id)
    .where('for_id', '=', signup_id)
    .where('expires_at', 'is not', null)
    .where((eb) => eb.or([eb('url', 'is not', null), eb('expires_at', '>', now)]))
    .orderBy('expires_at', 'desc')
    .executeTakeFirst()
  return page?.expires_at ?? null
}

/** What a receipt says: 'Tickets: Year-end dinner, 2026-12-12 (2 × Adult)'. */
function wordsOf(event: Event, { lines }: Priced): LocalizedText {
  const words = { en: 'Tickets', ko: '입장권' }
  const day = dateIn(event.time_zone, event.starts_at)
  return Object.fromEntries(
    languages.map((language) => {
      const bought = lines.map(({ name, count }) => `${count} × ${localized(name, language).text}`).join(', ')
      return [language, `${words[language]}: ${localized(event.content.title, language).text}, ${day} (${bought})`]
    }),
  )
}

/** Instead of by card: the seat is theirs, and they bring the money. */
export function payAtDoor(db: Db, actor: Actor, event_id: string, signup_id: string, now: Date): Promise<Answered> {
  const { organization_id } = actor
  return inTransaction(db, async (tx): Promise<Answered> => {
    const event = await lockEvent(tx, organization_id, event_id)
    await giveOn(tx, event, now)
    const signup = found(await signupById(tx, organization_id, event_id, signup_id))
    if (!isHeld(signup) || signup.response !== 'signed_up') return { ok: false, problem: 'not_now' }
    await tx
      .updateTable('event_order')
      .set({ pays: 'door' })
      .where('organization_id', '=', organization_id)
      .where('signup_id', '=', signup_id)
      .execute()
    const party = await partiesOf(tx, organization_id, [signup_id])
    await setResponse(tx, actor, party, 'confirmed', { why: null }, now)
    await audit(tx, actor, {
      action: 'event.pays_at_door',
      subject: 'event',
      subject_id: event_id,
      after: { person_id: signup.person_id, owes_cents: owesOf(signup.order) },
    })
    if (actor.id === 'event') await askedMail(tx, event, signup, 'answer', now)
    else await mail(tx, event, signup_id, 'answer')
    await schedule(tx, event, now)
    return { ok: true, response: 'confirmed' }
  })
}

export type Taken = { ok: true } | { ok: false; problem: 'paid_already' | 'nothing' }

/**
 * Cash or a check in somebody's hand, with its receipt. `entry_id` is made by whoever takes it, on paper or on a device: sent
 * twice it is taken once. Whoever paid meanwhile is not charged again: the money goes back over the table. None is taken for a
 * seat that is nobody's, but what a device has taken without a connection (`is_in_hand`) is written down.
 */
export function takeMoney(
  db: Db,
  actor: Actor,
  event_id: string,
  { entry_id, signup_id, way, reference, is_in_hand = false }: { entry_id: string; signup_id: string; way: HandWay; reference: string | null; is_in_hand?: boolean }, // prettier-ignore
  now: Date,
): Promise<Taken> {
  const { organization_id } = actor
  return inTransaction(db, async (tx): Promise<Taken> => {
    const event = await lockEvent(tx, organization_id, event_id)
    const again = await tx
      .selectFrom('ledger_entry')
      .select('entry_id')
      .where('organization_id', '=', organization_id)
      .where('entry_id', '=', entry_id)
      .executeTakeFirst()
    if (again) return { ok: true }
    const signup = found(await signupById(tx, organization_id, event_id, signup_id))
    const order = await orderOf(tx, organization_id, signup_id)
    if (!order || !(is_in_hand || responseRules[signup.response].holds_seat)) return { ok: false, problem: 'nothing' }
    const amount_cents = owesOf(signup.order)
    if (amount_cents === 0) return { ok: false, problem: 'paid_already' }
    const today = dateIn(event.time_zone, now)
    const { person_id } = signup
    const payment = { entry_id, for_id: signup_id, person_id, amount_cents, way, reference, on_date: today, what: wordsOf(event, order) } // prettier-ignore
    await takeForTicket(tx, actor, payment, today)
    await seatPaid(tx, actor, event, signup_id, { is_seen: true, is_late: signup.response === 'canceled_by_them' }, now)
    return { ok: true }
  })
}

/**
 * Money came in or went back for a sign-up: what that means for its seat. It may run twice. `is_late`: they had canceled by the
 * moment it came in.
 */
export function settlePaid(
  db: Db,
  organization_id: string,
  { signup_id, is_late }: { signup_id: string; is_late: boolean },
  now: Date,
): Promise<void> {
  return inTransaction(db, async (tx) => {
    const of = await tx
      .selectFrom('event_signup')
      .select('event_id')
      .where('organization_id', '=', organization_id)
      .where('signup_id', '=', signup_id)
      .executeTakeFirst()
    if (!of) return
    const event = await lockEvent(tx, organization_id, of.event_id)
    await seatPaid(tx, systemActor(organization_id), event, signup_id, { is_seen: false, is_late }, now)
  })
}

/**
 * Paid: the seat is theirs. Paid after it was given on: if nobody has it, it is theirs again; if somebody has, or they had
 * canceled themselves (`is_late`), they are told, and the money is on the treasurer's list of what goes back. `is_seen`: they
 * stand there, and gave it by hand.
 */
async function seatPaid(
  tx: Db,
  actor: Actor,
  event: Event,
  signup_id: string,
  { is_seen, is_late }: { is_seen: boolean; is_late: boolean },
  now: Date,
): Promise<void> {
  const { organization_id, event_id } = event
  const signup = found(await signupById(tx, organization_id, event_id, signup_id))
  const { order, response, why } = signup
  if (!order || order.due_cents === 0 || owesOf(order) > 0) return
  if (response === 'signed_up') {
    const party = await partiesOf(tx, organization_id, [signup_id])
    await setResponse(tx, actor, party, 'confirmed', { why: null }, now)
    if (order.pays === 'card' || !is_seen) await mail(tx, event, signup_id, 'answer')
    return
  }
  // Of what was paid twice the treasurer gives back one anyway.
  if (response === 'canceled_by_them' && is_late && order.paid_cents <= order.due_cents) {
    await setResponse(tx, actor, [signup_id], 'canceled_by_us', { why: 'paid_late' }, now)
    await mail(tx, event, signup_id, 'answer')
    return
  }
  if (response !== 'canceled_by_us' || why !== 'not_paid') return
  const room = await roomIn(tx, event, await shiftsOf(tx, organization_id, [event_id]))
  const isAgain = await openSignup(tx, organization_id, event_id, signup.person_id)
  const isFree =
    !isAgain && hasRoom(room, await partyOf(tx, event, signup)) && !(await isCodeUsedUp(tx, event, signup_id))
  if (standingOf(event, now) === 'open' && isFree) {
    await setResponse(tx, actor, await guestsWith(tx, organization_id, signup_id), 'confirmed', { why: 'paid_late' }, now) // prettier-ignore
    await mail(tx, event, signup_id, 'answer')
    return
  }
  await setResponse(tx, actor, [signup_id], 'canceled_by_us', { why: 'paid_late' }, now)
  await mail(tx, event, signup_id, 'answer')
}

/** Whether somebody else has used meanwhile what a sign-up without a seat was given off. */
async function isCodeUsedUp(tx: Db, { organization_id, event_id }: Event, signup_id: string): Promise<boolean> {
  const order = await orderOf(tx, organization_id, signup_id)
  const { discounts } = await sellingOf(tx, organization_id, event_id)
  const discount = discounts.find(({ discount_id }) => discount_id === order?.discount_id)
  return discount !== undefined && discount.uses_most !== null && discount.uses >= discount.uses_most
}

/** A host, and the guests who lost their seat with them. */
async function guestsWith(tx: Db, organization_id: string, signup_id: string): Promise<string[]> {
  const { rows } = await sql<{ signup_id: string }>`
    select g.signup_id from event_signup g where g.organization_id = ${organization_id}::uuid and g.host_signup_id = ${signup_id}::uuid
      and g.response = 'canceled_by_us'
      and (select r.why from event_response r where r.organization_id = g.organization_id and r.signup_id = g.signup_id
        order by r.response_id desc limit 1) = 'not_paid'
      and not exists (select from event_signup o where o.organization_id = g.organization_id and o.event_id = g.event_id
        and o.person_id = g.person_id and o.signup_id <> g.signup_id
        and o.response = any(${[...openResponses]}::text[]))`.execute(tx)
  return [signup_id, ...rows.map((row) => row.signup_id)]
}
