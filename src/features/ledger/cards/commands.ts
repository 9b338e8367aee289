import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { z } from 'zod'
import type { Actor } from '../../../platform/actor.ts'
import { audit, systemActor } from '../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { found } from '../../../platform/errors.ts'
import { localized, type LocalizedText } from '../../../platform/i18n/languages.ts'
import { openCheckout, type CardEvent, type StripeAccount } from '../../../platform/payments/stripe.ts'
import { duesOf, kindByKey, periodsOf, type MembershipKind } from '../../people/membership/queries.ts'
import { periodFor } from '../../people/membership/rules.ts'
import { whoIs } from '../../people/queries.ts'
import { seal } from '../../../platform/seal.ts'
import { giveBack, settleDues, takeForTicket } from '../commands.ts'
import { backOf, entryById } from '../queries.ts'
import { checkoutBy, sealedFor, type Checkout } from './queries.ts'

export const AccountForm = z.object({
  secret_key: z
    .string()
    .trim()
    .regex(/^(sk|rk)_(test|live)_\w{10,200}$/, 'cards.key_wrong'),
  webhook_secret: z
    .string()
    .trim()
    .regex(/^whsec_[\w+/=-]{10,200}$/, 'cards.webhook_wrong'),
})

const stripe_url = 'https://api.stripe.com'

/** `secret`: the installation's, without which the keys in the database open nothing. */
export function setAccount(
  db: Db,
  actor: Actor,
  keys: z.output<typeof AccountForm>,
  secret: string,
  now: Date,
): Promise<void> {
  return inTransaction(db, async (tx) => {
    const sealed = (key: string): string => seal(secret, sealedFor(actor.organization_id), key)
    const row = {
      secret_key: sealed(keys.secret_key),
      webhook_secret: sealed(keys.webhook_secret),
      set_by: actor.name,
      set_at: now,
      closed_at: null,
      api_url: stripe_url,
    }
    await tx
      .insertInto('card_account')
      .values({ organization_id: actor.organization_id, ...row })
      .onConflict((conflict) => conflict.column('organization_id').doUpdateSet(row))
      .execute()
    // Which keys is said nowhere.
    await audit(tx, actor, { action: 'cards.set_up', subject: 'card_account', subject_id: actor.organization_id })
  })
}

/**
 * The practice town pays at a service of its own, begun anew with it (`account`). Whoever removed it, or set up an account of
 * their own, is left as they are.
 */
export async function practiceAccount(
  db: Db,
  organization_id: string,
  account: StripeAccount,
  secret: string,
  now: Date,
): Promise<void> {
  const sealed = (key: string): string => seal(secret, sealedFor(organization_id), key)
  const row = {
    secret_key: sealed(account.secret_key),
    webhook_secret: sealed(account.webhook_secret),
    api_url: account.api_url,
  }
  await db
    .insertInto('card_account')
    .values({ organization_id, ...row, set_by: 'demo', set_at: now, closed_at: null })
    .onConflict((conflict) =>
      conflict.column('organization_id').doUpdateSet(row).where('card_account.api_url', 'like', 'http://127.0.0.1:%'),
    )
    .execute()
}

/** No cards from now on; what is under way at the service is still heard. */
export function closeAccount(db: Db, actor: Actor, now: Date): Promise<void> {
  return inTransaction(db, async (tx) => {
    await tx
      .updateTable('card_account')
      .set({ closed_at: now })
      .where('organization_id', '=', actor.organization_id)
      .execute()
    await audit(tx, actor, { action: 'cards.remove', subject: 'card_account', subject_id: actor.organization_id })
  })
}

export interface ToPay {
  checkout_id: string
  person_id: string
  kind: MembershipKind
  /** The usual dues, or the reduced ones. */
  amount_cents: number
  /** Of the reduced ones; null: the usual. */
  reason: string | null
  organization: LocalizedText
  language: string
  /** Address of the page for paying, without query. */
  address: string
}

/**
 * Opens the service's page. Nothing is owed or paid by it; the service reports that itself. Our row is there before, so
 * that no payment is reported that we never heard of. 'used': it was paid, or is somebody else's.
 */
export async function beginCheckout(db: Db, organization_id: string, account: StripeAccount, pay: ToPay, now: Date) {
  const { person_id, kind, amount_cents, reason, language, address } = pay
  // Another amount is another page of the service: the one that is open already may still be paid on.
  const checkout_id = reason === null ? pay.checkout_id : idOf(`reduced ${pay.checkout_id}`)
  const asked = { kind: kind.kind, amount_cents, reason, opened_at: now }
  const row = await db
    .insertInto('card_checkout')
    .values({
      organization_id,
      checkout_id,
      person_id,
      session_id: null,
      problem: null,
      payment_intent: null,
      settled_how: null,
      settled_by: null,
      for_id: null,
      url: null,
      ...asked,
    }) // prettier-ignore
    .onConflict((conflict) =>
      conflict
        .columns(['organization_id', 'checkout_id'])
        .doUpdateSet(asked)
        .where('card_checkout.person_id', '=', person_id)
        .where('card_checkout.state', '=', 'open'),
    )
    .returning('checkout_id')
    .executeTakeFirst()
  if (!row) return { ok: false, problem: 'used' } as const
  const opened = await openCheckout(account, {
    checkout_id,
    amount_cents,
    name: `${localized(pay.organization, language).text}: ${localized(kind.name, language).text}`.slice(0, 200),
    email: null,
    language,
    success_url: `${address}?done=paid&lang=${language}`,
    cancel_url: `${address}?lang=${language}`,
  })
  // The service forgets after a day that it was asked before: the page it opened last counts, and both name our row.
  if (opened.ok)
    await db
      .updateTable('card_checkout')
      .set({ session_id: opened.session_id })
      .where('organization_id', '=', organization_id)
      .where('checkout_id', '=', checkout_id)
      .execute()
  return opened
}

export interface TicketToPay {
  for_id: string
  person_id: string
  amount_cents: number
  /** What the receipt will say. */
  what: LocalizedText
  language: string
  /** Address of the page for paying, without query. */
  address: string
  /** When the service's page closes: not within half an hour. */
  expires_at: Date
}

/**
 * Opens the service's page for a ticket. While one is open for the same amount it is that one again, also for two who ask at
 * once: a ticket is not paid on two pages.
 */
export async function beginTicketCheckout(
  db: Db,
  organization_id: string,
  account: StripeAccount,
  pay: TicketToPay,
  now: Date,
): Promise<{ ok: true; url: string } | { ok: false; problem: 'refused' | 'away' }> {
  const { for_id, amount_cents } = pay
  const before = await db
    .selectFrom('card_checkout')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('for_id', '=', for_id)
    .execute()
  const isOpen = ({ state, expires_at, ...each }: Checkout): boolean =>
    state === 'open' && each.amount_cents === amount_cents && expires_at !== null && expires_at > now
  const open = before.find(isOpen)
  if (open?.url) return { ok: true, url: open.url }
  const closed = before.filter((each) => !isOpen(each)).length
  const checkout_id = idOf(`ticket ${for_id} ${amount_cents} ${closed}`)
  const { person_id, what, expires_at } = pay
  await db
    .insertInto('card_checkout')
    .values({
      organization_id,
      checkout_id,
      session_id: null,
      person_id,
      kind: null,
      for_id,
      what: JSON.stringify(what),
      url: null,
      expires_at,
      amount_cents,
      opened_at: now,
      problem: null,
      payment_intent: null,
      settled_how: null,
      settled_by: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const row = found(await checkoutBy(db, organization_id, { checkout_id, session_id: '' }))
  const opened = await openCheckout(account, {
    checkout_id,
    amount_cents,
    name: localized(what, pay.language).text.slice(0, 200),
    email: null,
    language: pay.language,
    success_url: `${pay.address}?done=paid&lang=${pay.language}`,
    cancel_url: `${pay.address}?lang=${pay.language}`,
    expires_at: row.expires_at ?? expires_at,
  })
  // Refused, this page will never open; where the service was away, it may have: asked again it is the same.
  if (!opened.ok && opened.problem === 'away') return opened
  await db
    .updateTable('card_checkout')
    .set(opened.ok ? { session_id: opened.session_id, url: opened.url } : { expires_at: now })
    .where('organization_id', '=', organization_id)
    .where('checkout_id', '=', checkout_id)
    .execute()
  return opened.ok ? { ok: true, url: opened.url } : opened
}

/**
 * Does what a report says, each once and in whatever order they come: one of a payment not heard of yet waits for it. What
 * was paid but cannot be booked (another amount, somebody expelled meanwhile) is held for the treasurer to see.
 */
export function takeEvent(db: Db, organization_id: string, event: CardEvent, day: string, now: Date): Promise<void> {
  return inTransaction(db, async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`cards ${organization_id}`}, 0))`.execute(tx)
    const { event_id, type, what } = event
    const checkout = what && (await checkoutBy(tx, organization_id, what.is === 'paid' ? { session_id: what.session_id, checkout_id: what.checkout_id } : { payment_intent: what.payment_intent })) // prettier-ignore
    const isRefund = what?.is === 'refunded'
    const state =
      !what || (!checkout && !isRefund)
        ? 'ignored'
        : isRefund && (!checkout || checkout.state === 'open')
          ? 'waits'
          : 'done'
    const isNew = await tx
      .insertInto('card_event')
      .values({
        organization_id,
        event_id,
        type,
        received_at: now,
        state,
        payment_intent: what?.payment_intent ?? null,
        refunded_cents: isRefund ? what.refunded_cents : null,
        on_date: day,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('event_id')
      .executeTakeFirst()
    if (!isNew || !what || !checkout || state !== 'done') return
    if (what.is === 'refunded') return refund(tx, organization_id, checkout, event_id, what.refunded_cents, day)
    if (checkout.state !== 'open') return holdSecond(tx, checkout, what, now)
    const problem =
      what.amount_cents === checkout.amount_cents && what.currency === 'usd'
        ? await book(tx, organization_id, checkout, what.payment_intent, day)
        : 'amount'
    await tx
      .updateTable('card_checkout')
      .set({ state: problem ? 'held' : 'paid', problem, payment_intent: what.payment_intent })
      .where('organization_id', '=', organization_id)
      .where('checkout_id', '=', checkout.checkout_id)
      .execute()
    if (what.payment_intent) await refundWaiting(tx, organization_id, { ...checkout, state: problem ? 'held' : 'paid' }, what.payment_intent) // prettier-ignore
  })
}

/** One page paid twice over: a second payment is money of somebody, too. */
async function holdSecond(
  tx: Db,
  checkout: Checkout,
  { session_id, amount_cents, payment_intent }: CardEvent['what'] & { is: 'paid' },
  now: Date,
): Promise<void> {
  if (payment_intent === null || payment_intent === checkout.payment_intent || amount_cents === 0) return
  const { organization_id, person_id, kind, for_id, what } = checkout
  await tx
    .insertInto('card_checkout')
    .values({
      organization_id,
      checkout_id: idOf(payment_intent),
      session_id: session_id === checkout.session_id ? null : session_id,
      person_id,
      kind,
      for_id,
      what: what && JSON.stringify(what),
      url: null,
      amount_cents,
      opened_at: now,
      state: 'held',
      problem: 'twice',
      payment_intent,
      settled_how: null,
      settled_by: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** The treasurer says what became of a payment that was held: recorded by hand, or given back at the service. */
export function settleHeld(
  db: Db,
  actor: Actor,
  checkout_id: string,
  how: 'recorded' | 'refunded',
  now: Date,
): Promise<void> {
  return inTransaction(db, async (tx) => {
    const held = await tx
      .updateTable('card_checkout')
      .set({ state: 'settled', settled_how: how, settled_by: actor.name, settled_at: now })
      .where('organization_id', '=', actor.organization_id)
      .where(sql`checkout_id::text`, '=', checkout_id)
      .where('state', '=', 'held')
      .returning(['checkout_id', 'amount_cents'])
      .executeTakeFirst()
    if (!held) {
      // Sent twice, it is settled already.
      const there = await checkoutBy(tx, actor.organization_id, { checkout_id, session_id: '' })
      found(there?.state === 'settled' || null)
      return
    }
    await audit(tx, actor, {
      action: 'cards.settle',
      subject: 'card_checkout',
      subject_id: held.checkout_id,
      after: { how, amount_cents: held.amount_cents },
    })
  })
}

/** The treasurer has seen a refund that the books would not take. */
export function settleRefund(db: Db, actor: Actor, event_id: string): Promise<void> {
  return inTransaction(db, async (tx) => {
    const event = await tx
      .updateTable('card_event')
      .set({ state: 'done' })
      .where('organization_id', '=', actor.organization_id)
      .where('event_id', '=', event_id)
      .where('state', '=', 'failed')
      .returning('refunded_cents')
      .executeTakeFirst()
    if (!event) {
      found(
        await tx
          .selectFrom('card_event')
          .select('event_id')
          .where('organization_id', '=', actor.organization_id)
          .where('event_id', '=', event_id)
          .where('state', '=', 'done')
          .executeTakeFirst(),
      )
      return
    }
    await audit(tx, actor, {
      action: 'cards.settle',
      subject: 'card_event',
      subject_id: event_id,
      after: { how: 'recorded', amount_cents: event.refunded_cents },
    })
  })
}

const service = (organization_id: string): Actor => systemActor(organization_id, 'Stripe')

/** null: it is in the books. */
async function book(
  tx: Db,
  organization_id: string,
  checkout: Checkout,
  payment_intent: string | null,
  day: string,
): Promise<string | null> {
  if (checkout.kind === null) return bookTicket(tx, checkout, payment_intent, day)
  const person_id = found(await whoIs(tx, organization_id, checkout.person_id)).person_id ?? checkout.person_id
  const kind = await kindByKey(tx, organization_id, checkout.kind)
  const paid = periodsOf(await duesOf(tx, organization_id, person_id), kind.kind)
  const settled = await settleDues(
    tx,
    service(organization_id),
    person_id,
    {
      form_key: checkout.checkout_id,
      kind: kind.kind,
      way: 'card',
      amount: checkout.amount_cents,
      reference: payment_intent,
      paid_on: day,
      ...periodFor(kind, paid, day),
      // Without one, the dues were changed while somebody was paying.
      reason: checkout.reason ?? (checkout.amount_cents === kind.dues_cents ? null : 'Stripe'),
      mails: 'yes',
    },
    day,
  )
  return settled.ok ? null : settled.problem
}

/** Whatever has become of the seat: the money is here, and is in the books. */
async function bookTicket(tx: Db, checkout: Checkout, payment_intent: string | null, day: string): Promise<null> {
  const { organization_id, checkout_id, person_id, amount_cents } = checkout
  const payment = { entry_id: checkout_id, for_id: found(checkout.for_id), person_id, amount_cents, what: found(checkout.what) } // prettier-ignore
  await takeForTicket(tx, service(organization_id), { ...payment, way: 'card', reference: payment_intent, on_date: day }, day) // prettier-ignore
  return null
}

async function refundWaiting(tx: Db, organization_id: string, checkout: Checkout, payment_intent: string) {
  const waiting = await tx
    .updateTable('card_event')
    .set({ state: 'done' })
    .where('organization_id', '=', organization_id)
    .where('payment_intent', '=', payment_intent)
    .where('state', '=', 'waits')
    .returning(['event_id', 'refunded_cents', 'on_date'])
    .execute()
  for (const each of waiting.toSorted((a, b) => (a.refunded_cents ?? 0) - (b.refunded_cents ?? 0)))
    await refund(tx, organization_id, checkout, each.event_id, each.refunded_cents ?? 0, each.on_date)
}

/**
 * `refunded_cents` is all that was given back until then: an earlier report that comes later says nothing new. What the
 * books do not take (given back by hand already, or recorded as a mistake) is kept for the treasurer to see.
 */
async function refund(
  tx: Db,
  organization_id: string,
  checkout: Checkout,
  event_id: string,
  refunded_cents: number,
  day: string,
): Promise<void> {
  const { checkout_id, state } = checkout
  const actor = service(organization_id)
  if (state === 'settled') return
  if (state === 'held') {
    if (refunded_cents >= checkout.amount_cents)
      await settleHeld(tx, actor, checkout_id, 'refunded', new Date(`${day}T12:00:00Z`))
    return
  }
  const payment = await entryById(tx, organization_id, checkout_id)
  const byCard = (await backOf(tx, organization_id, checkout_id)).filter((each) => each.kind === 'refund' && each.way === 'card') // prettier-ignore
  const amount = refunded_cents + byCard.reduce((sum, { amount_cents }) => sum + amount_cents, 0)
  if (amount <= 0) return
  const form = {
    form_key: idOf(event_id),
    kind: 'refund' as const,
    amount,
    way: 'card' as const,
    reference: event_id,
    on_date: day < payment.on_date ? payment.on_date : day,
    note: 'Stripe',
  }
  const today = form.on_date
  const holds = await tx
    .selectFrom('dues')
    .select('dues_id')
    .where('organization_id', '=', organization_id)
    .where('dues_id', '=', payment.dues_id)
    .where('taken_back_at', 'is', null)
    .executeTakeFirst()
  const takesDuesBack = holds !== undefined && refunded_cents >= payment.amount_cents
  const first = await giveBack(tx, actor, checkout_id, { ...form, ...(takesDuesBack && { takes_dues_back: 'yes' as const }) }, today) // prettier-ignore
  // Later dues hold on to these days; the money went back all the same.
  const given =
    !first.ok && first.problem === 'later_dues' ? await giveBack(tx, actor, checkout_id, form, today) : first
  if (!given.ok)
    await tx
      .updateTable('card_event')
      .set({ state: 'failed' })
      .where('organization_id', '=', organization_id)
      .where('event_id', '=', event_id)
      .execute()
}

/** An id for the ledger, always the same for one report. */
function idOf(event_id: string): string {
  const hex = createHash('sha256').update(`card event ${event_id}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
