import { randomUUID } from 'node:crypto'
import { audit } from '../../../platform/audit.ts'
import { dateIn } from '../../../platform/clock.ts'
import { found } from '../../../platform/errors.ts'
import { readForm, type FieldErrors } from '../../../platform/http/form.ts'
import { page } from '../../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../../platform/http/room.ts'
import { localized } from '../../../platform/i18n/languages.ts'
import { allow } from '../../access/allow.ts'
import { mayDo } from '../../access/permissions.ts'
import { cardAccount } from '../../ledger/cards/queries.ts'
import '../../ledger/messages.ts'
import '../../people/membership/messages.ts'
import { eventById, type Event } from '../queries.ts'
import { addDiscount, archiveTicketKind, endDiscount, saveSelling, saveTicketKind, takeMoney } from './commands.ts'
import './messages.ts'
import { moneyOf, PaymentsPage, TicketMoneyPage, TicketsPage } from './pages.tsx'
import { eventsSelling, ordersOf, salesOf, sellingOf } from './queries.ts'
import { DiscountForm, SellingForm, TakenForm, TicketKindForm } from './schema.ts'

const edit = allow('events.edit')
/** As many events as a page shows. */
const shown_at_once = 60

/** What an event sells, who has paid, and what comes in by tickets. */
export const orderRoutes = room()
  .get('/events/:event/tickets', allow('events.view'), (c) => ticketsPage(c, {}))
  .post('/events/:event/tickets/kinds', edit, (c) => saveKind(c, null))
  .post('/events/:event/tickets/kinds/:ticket_kind', edit, (c) => saveKind(c, idIn(c, 'ticket_kind')))
  .post('/events/:event/tickets/kinds/:ticket_kind/archive', edit, (c) => archive(c, true))
  .post('/events/:event/tickets/kinds/:ticket_kind/restore', edit, (c) => archive(c, false))
  .post('/events/:event/tickets/discounts', edit, async (c) => {
    const event = await eventIn(c)
    const { typed, all, errors, value } = await readForm(c, DiscountForm)
    const again = (wrong: FieldErrors) =>
      ticketsPage(c, { typed, kinds: all.kinds ?? [], errors: wrong, at: 'discount' })
    if (!value) return again(errors)
    const isNew = await addDiscount(c.var.db, actorOf(c), event.event_id, value, now(c))
    if (!isNew) return again({ [value.code === null ? 'for' : 'code']: 'orders.discount_there' })
    return saved(c, event)
  })
  .post('/events/:event/tickets/discounts/:discount/end', edit, async (c) => {
    const event = await eventIn(c)
    await endDiscount(c.var.db, actorOf(c), event.event_id, idIn(c, 'discount'), now(c))
    return saved(c, event)
  })
  .post('/events/:event/tickets/selling', edit, async (c) => {
    const event = await eventIn(c)
    const { typed, errors, value } = await readForm(c, SellingForm)
    if (!value) return ticketsPage(c, { typed, errors, at: 'selling' })
    await saveSelling(c.var.db, actorOf(c), event.event_id, value, now(c))
    return saved(c, event)
  })
  .get('/events/:event/payments', allow('ledger.edit'), (c) => paymentsPage(c))
  .post('/events/:event/payments', allow('ledger.edit'), async (c) => {
    const event = await eventIn(c)
    const { value } = await readForm(c, TakenForm)
    if (!value) return c.redirect(`/events/${event.event_id}/payments`, 303)
    const { entry_id, signup: signup_id, way, reference } = value
    const taken = { entry_id, signup_id, way, reference: reference || null }
    const done = await takeMoney(c.var.db, actorOf(c), event.event_id, taken, now(c))
    return c.redirect(`/events/${event.event_id}/payments?said=${done.ok ? 'taken' : done.problem}`, 303)
  })
  .get('/ledger/tickets', allow('ledger.view'), async (c) => {
    const { t, db } = c.var
    const { organization_id } = actorOf(c)
    const selling = await eventsSelling(db, organization_id, shown_at_once)
    const ids = selling.map(({ event_id }) => event_id)
    const orders = Map.groupBy(await ordersOf(db, organization_id, ids), ({ event_id }) => event_id)
    const events = selling.map((event) => ({ event, money: moneyOf(event, orders.get(event.event_id) ?? []) }))
    return page(
      c,
      <TicketMoneyPage
        t={t}
        events={events.filter(({ money }, at) => at < shown_at_once || money.back_cents > 0)}
        may_edit={mayDo(c.var.actor, 'ledger.edit')}
      />,
      { title: t('orders.money') },
    )
  })

const now = (c: Ctx): Date => c.var.installation.clock.now()
const idIn = (c: Ctx, name: string): string => found(/^[0-9a-f-]{36}$/.exec(c.req.param(name) ?? '')?.[0])

const eventIn = async (c: Ctx): Promise<Event> =>
  found(await eventById(c.var.db, actorOf(c).organization_id, idIn(c, 'event')))

const saved = (c: Ctx, { event_id }: Event) => c.redirect(`/events/${event_id}/tickets?said=saved`, 303)

async function saveKind(c: Ctx, ticket_kind_id: string | null): Promise<Response> {
  const event = await eventIn(c)
  const { typed, errors, value } = await readForm(c, TicketKindForm)
  if (!value) return ticketsPage(c, { typed, errors, at: 'kind', editing: ticket_kind_id })
  await saveTicketKind(c.var.db, actorOf(c), event.event_id, ticket_kind_id, value, now(c))
  return saved(c, event)
}

async function archive(c: Ctx, is_archived: boolean): Promise<Response> {
  const event = await eventIn(c)
  const ticket_kind_id = idIn(c, 'ticket_kind')
  await archiveTicketKind(c.var.db, actorOf(c), event.event_id, { ticket_kind_id, is_archived }, now(c))
  return saved(c, event)
}

interface TicketsShown {
  typed?: Record<string, string>
  errors?: FieldErrors
  /** Which of the forms came back. */
  at?: 'kind' | 'discount' | 'selling' | null
  editing?: string | null
  kinds?: readonly string[]
}

async function ticketsPage(
  c: Ctx,
  { typed = {}, errors = {}, at = null, editing = c.req.query('edit') ?? null, kinds = [] }: TicketsShown,
): Promise<Response> {
  const event = await eventIn(c)
  const { t, db } = c.var
  const { organization_id, event_id } = event
  const [selling, sales, orders, account] = await Promise.all([
    sellingOf(db, organization_id, event_id),
    salesOf(db, organization_id, event_id),
    ordersOf(db, organization_id, [event_id]),
    cardAccount(db, organization_id),
  ])
  return page(
    c,
    <TicketsPage
      t={t}
      event={event}
      selling={selling}
      sales={sales}
      orders={orders}
      has_cards={account?.closed_at === null}
      may={{ edit: mayDo(c.var.actor, 'events.edit'), pay: mayDo(c.var.actor, 'ledger.edit') }}
      editing={selling.kinds.find(({ ticket_kind_id }) => ticket_kind_id === editing) ?? null}
      typed={typed}
      errors={errors}
      at={at}
      chosen_kinds={kinds}
      is_saved={c.req.query('said') === 'saved'}
      today={dateIn(event.time_zone, now(c))}
    />,
    {
      title: `${t('orders.title')} · ${localized(event.content.title, t.language).text}`,
      status: Object.keys(errors).length > 0 ? 422 : 200,
    },
  )
}

async function paymentsPage(c: Ctx): Promise<Response> {
  const event = await eventIn(c)
  const { t, db } = c.var
  const { organization_id, event_id } = event
  const orders = await ordersOf(db, organization_id, [event_id])
  // Names of many at once, with what they paid: who looks at them is kept.
  await audit(db, actorOf(c), {
    action: 'event.people',
    subject: 'event',
    subject_id: event_id,
    after: { people: orders.length },
    request_id: c.var.request_id,
  })
  const said = (['taken', 'paid_already', 'nothing'] as const).find((each) => each === c.req.query('said')) ?? null
  return page(
    c,
    <PaymentsPage
      t={t}
      event={event}
      orders={orders.map((row) => ({ ...row, entry_id: randomUUID() }))}
      may_open={mayDo(c.var.actor, 'events.view')}
      said={said}
    />,
    { title: `${t('orders.payments')} · ${localized(event.content.title, t.language).text}` },
  )
}
