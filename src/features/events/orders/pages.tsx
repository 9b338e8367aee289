import { formatDate, formatDateTime, formatMoney } from '../../../platform/i18n/formats.ts'
import { localized } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import type { FieldErrors } from '../../../platform/http/form.ts'
import { Alert, Badge, Card, Choices, EmptyState, Field, Figure, Figures, PageHead, Table } from '../../../platform/ui/components.tsx' // prettier-ignore
import type { Event } from '../queries.ts'
import { responseRules } from '../schema.ts'
import { nameOf } from '../words.ts'
import type { KindSales, OrderRow } from './queries.ts'
import { isHeld, owesOf, saleOn, toGiveBack, type Discount, type Selling, type TicketKind } from './rules.ts'
import { buyers, handWays } from './schema.ts'

const titleOf = (t: Translate, event: Event): string => localized(event.content.title, t.language).text

interface TicketsPageProps {
  t: Translate
  event: Event
  selling: Selling
  sales: readonly KindSales[]
  orders: readonly OrderRow[]
  has_cards: boolean
  may: { edit: boolean; pay: boolean }
  /** Which kind is being changed. */
  editing: TicketKind | null
  typed: Record<string, string>
  errors: FieldErrors
  /** Which of the forms came back. */
  at: 'kind' | 'discount' | 'selling' | null
  chosen_kinds: readonly string[]
  is_saved: boolean
  today: string
}

/** What an event sells and what came in: numbers alone, so that the board may look. */
export function TicketsPage(props: TicketsPageProps) {
  const { t, event, sales, orders, has_cards, may, is_saved } = props
  const here = `/events/${event.event_id}`
  const { paid_cents, owed_cents, back_cents } = moneyOf(event, orders)
  return (
    <>
      <PageHead
        title={t('orders.title')}
        lead={t('orders.lead')}
        back={{ href: here, label: titleOf(t, event) }}
        actions={
          may.pay &&
          orders.length > 0 && (
            <a className="btn btn-primary" href={`${here}/payments`}>
              {t('orders.payments')}
            </a>
          )
        }
      />
      {is_saved && <Alert kind="success" title={t('orders.saved')} />}
      {!has_cards && <Alert kind="info" title={t('orders.no_cards')} />}
      {sales.length > 0 && (
        <>
          <Figures>
            <Figure label={t('orders.sold')} value={sales.reduce((sum, { sold }) => sum + sold, 0)} />
            <Figure label={t('orders.income')} value={formatMoney(paid_cents)} />
            <Figure label={t('orders.owed')} value={formatMoney(owed_cents)} />
            {back_cents > 0 && <Figure label={t('orders.to_give_back')} value={formatMoney(back_cents)} />}
          </Figures>
          <Kinds {...props} />
        </>
      )}
      {sales.length === 0 && !may.edit && <EmptyState icon="calendar" title={t('orders.none')} />}
      {may.edit && <KindFields {...props} />}
      {(may.edit || props.selling.discounts.length > 0) && sales.length > 0 && <Discounts {...props} />}
      {may.edit && sales.length > 0 && <SellingFields {...props} />}
    </>
  )
}

function Kinds({ t, event, selling, sales, may, today }: TicketsPageProps) {
  const here = `/events/${event.event_id}/tickets`
  return (
    <Card title={t('orders.kinds')} id="kinds">
      <ul className="divide-base-300 divide-y">
        {sales.map((row) => {
          const kind = selling.kinds.find(({ ticket_kind_id }) => ticket_kind_id === row.ticket_kind_id)
          const name = localized(row.name, t.language).text
          return (
            <li key={row.ticket_kind_id} className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3">
              <div className="min-w-0 flex-1 basis-56">
                <p className="font-semibold break-words">
                  {name} {kind && <span className="tabular-nums">{priceText(t, kind.price_cents)}</span>}{' '}
                  {row.is_archived && <Badge>{t('orders.archived')}</Badge>}
                </p>
                {kind && <p className="text-sm">{termsOf(t, kind, { today, has_code: may.edit }).join(' · ')}</p>}
              </div>
              <p className="tabular-nums">
                {row.most === null
                  ? t('orders.sold_count', { count: row.sold })
                  : t('orders.sold_of', { count: row.sold, most: row.most })}
                {row.waiting > 0 && ` · ${t('orders.waiting', { count: row.waiting })}`}
                {` · ${formatMoney(row.cents)}`}
              </p>
              {may.edit && (
                <div className="flex flex-wrap gap-2">
                  {kind && (
                    <a className="btn btn-sm min-h-11" href={`${here}?edit=${row.ticket_kind_id}#kind`}>
                      {t('action.edit')} <span className="sr-only">{name}</span>
                    </a>
                  )}
                  <form method="post" action={`${here}/kinds/${row.ticket_kind_id}/${kind ? 'archive' : 'restore'}`}>
                    <button className="btn btn-sm btn-ghost min-h-11">
                      {t(kind ? 'orders.archive' : 'orders.restore')} <span className="sr-only">{name}</span>
                    </button>
                  </form>
                </div>
              )}
            </li>
          )
        })}
      </ul>
    </Card>
  )
}

const priceText = (t: Translate, cents: number): string => (cents === 0 ? t('orders.free') : formatMoney(cents))

/** `has_code`: for whoever may have the code. */
function termsOf(t: Translate, kind: TicketKind, { today, has_code }: { today: string; has_code: boolean }): string[] {
  const day = (date: string) => formatDate(t.language, date, 'short')
  const sale = saleOn(kind, today)
  return [
    kind.buyers === 'code' && has_code
      ? t('orders.by_code', { code: kind.code ?? '' })
      : t(`orders.buyers.${kind.buyers}`),
    kind.from_on ? t('orders.from', { day: day(kind.from_on) }) : '',
    kind.until_on ? t('orders.until', { day: day(kind.until_on) }) : '',
    sale === 'on' ? '' : t(`orders.sale.${sale}`),
  ].filter(Boolean)
}

function KindFields({ t, event, editing, typed: sent, errors: wrong, at, sales }: TicketsPageProps) {
  const here = `/events/${event.event_id}/tickets`
  const [typed, errors] = at === 'kind' ? [sent, wrong] : [{}, {}]
  const shared = { t, typed, errors }
  return (
    <Card
      title={editing ? t('orders.kind_edit', { name: localized(editing.name, t.language).text }) : t('orders.kind_new')}
      lead={sales.length === 0 ? t('orders.first_text') : undefined}
      id="kind"
    >
      <form method="post" action={`${here}/kinds${editing ? `/${editing.ticket_kind_id}` : ''}`} noValidate>
        <div className="grid gap-x-4 sm:grid-cols-2">
          <Field
            {...shared}
            label={t('orders.name_en')}
            name="name_en"
            maxLength={80}
            value={editing?.name.en ?? null}
            is_one_of_several
          />
          <Field
            {...shared}
            label={t('orders.name_ko')}
            name="name_ko"
            lang="ko"
            maxLength={80}
            value={editing?.name.ko ?? null}
            is_one_of_several
          />
          <Field
            {...shared}
            label={t('orders.price')}
            hint={t('orders.price_hint')}
            name="price"
            inputMode="decimal"
            required
            value={editing ? (editing.price_cents / 100).toFixed(2) : null}
          />
          <Field
            {...shared}
            label={t('orders.most')}
            hint={t('orders.most_hint')}
            name="most"
            inputMode="numeric"
            value={editing?.most ?? null}
          />
          <Field {...shared} label={t('orders.from_on')} name="from_on" type="date" value={editing?.from_on ?? null} />
          <Field
            {...shared}
            label={t('orders.until_on')}
            name="until_on"
            type="date"
            value={editing?.until_on ?? null}
          />
        </div>
        <Choices
          t={t}
          legend={t('orders.buyers')}
          name="buyers"
          kind="radio"
          chosen={[typed.buyers ?? editing?.buyers ?? 'everybody']}
          errors={errors}
          options={buyers.map((value) => ({
            value,
            label: t(`orders.buyers.${value}`),
            hint: t(`orders.buyers_hint.${value}`),
          }))}
        />
        <Field
          {...shared}
          label={t('orders.kind_code')}
          hint={t('orders.kind_code_hint')}
          name="code"
          maxLength={30}
          value={editing?.code ?? null}
        />
        <p className="flex flex-wrap gap-2">
          <button className="btn btn-primary">{t(editing ? 'action.save' : 'orders.kind_add')}</button>
          {editing && (
            <a className="btn btn-ghost" href={`${here}#kinds`}>
              {t('action.cancel')}
            </a>
          )}
        </p>
      </form>
    </Card>
  )
}

function Discounts({ t, event, selling, may, typed: sent, errors: wrong, at, chosen_kinds }: TicketsPageProps) {
  const here = `/events/${event.event_id}/tickets`
  const [typed, errors] = at === 'discount' ? [sent, wrong] : [{}, {}]
  const shared = { t, typed, errors }
  return (
    <Card title={t('orders.discounts')} lead={t('orders.discounts_lead')} id="discounts">
      {selling.discounts.length > 0 && (
        <ul className="divide-base-300 mb-4 divide-y">
          {selling.discounts.map((each) => (
            <li key={each.discount_id} className="flex flex-wrap items-center gap-3 py-2">
              <p className="min-w-0 flex-1 basis-56 break-words">
                <strong>{codeText(t, each, may.edit)}</strong> {discountText(t, each, selling.kinds).join(' · ')}
              </p>
              <p className="tabular-nums">
                {each.uses_most === null
                  ? t('orders.used', { count: each.uses })
                  : t('orders.used_of', { count: each.uses, most: each.uses_most })}
              </p>
              {may.edit && (
                <form method="post" action={`${here}/discounts/${each.discount_id}/end`}>
                  <button className="btn btn-sm btn-ghost min-h-11">
                    {t('orders.discount_end')} <span className="sr-only">{each.code ?? t('orders.for_members')}</span>
                  </button>
                </form>
              )}
            </li>
          ))}
        </ul>
      )}
      {may.edit && (
        <details open={at === 'discount'}>
          <summary className="btn">{t('orders.discount_new')}</summary>
          <form method="post" action={`${here}/discounts`} className="mt-4" noValidate>
            <Choices
              t={t}
              legend={t('orders.discount_for')}
              name="for"
              kind="radio"
              chosen={[typed.for ?? 'code']}
              errors={errors}
              options={(['code', 'members'] as const).map((value) => ({
                value,
                label: t(`orders.discount_for.${value}`),
              }))}
            />
            <div className="grid gap-x-4 sm:grid-cols-2">
              <Field
                {...shared}
                label={t('orders.discount_code')}
                hint={t('orders.code_hint')}
                name="code"
                maxLength={30}
              />
              <Field
                {...shared}
                label={t('orders.uses_most')}
                hint={t('orders.uses_most_hint')}
                name="uses_most"
                inputMode="numeric"
              />
            </div>
            <Choices
              t={t}
              legend={t('orders.discount_of')}
              name="of"
              kind="radio"
              chosen={[typed.of ?? 'percent']}
              errors={errors}
              options={(['percent', 'amount'] as const).map((value) => ({
                value,
                label: t(`orders.discount_of.${value}`),
              }))}
            />
            <div className="grid gap-x-4 sm:grid-cols-2">
              <Field {...shared} label={t('orders.percent')} name="percent" inputMode="numeric" />
              <Field {...shared} label={t('orders.amount')} name="amount" inputMode="decimal" />
              <Field {...shared} label={t('orders.until_on')} name="until_on" type="date" />
            </div>
            {selling.kinds.length > 1 && (
              <Choices
                t={t}
                legend={t('orders.discount_kinds')}
                hint={t('orders.discount_kinds_hint')}
                name="kinds"
                kind="checkbox"
                chosen={chosen_kinds}
                errors={errors}
                options={selling.kinds.map(({ ticket_kind_id, name }) => ({
                  value: ticket_kind_id,
                  label: localized(name, t.language).text,
                }))}
              />
            )}
            <button className="btn btn-primary">{t('orders.discount_add')}</button>
          </form>
        </details>
      )}
    </Card>
  )
}

const codeText = (t: Translate, { code }: Discount, has_code: boolean): string =>
  code === null ? t('orders.for_members') : has_code ? code : t('orders.discount_for.code')

function discountText(t: Translate, discount: Discount, kinds: readonly TicketKind[]): string[] {
  const only = kinds.filter(({ ticket_kind_id }) => discount.ticket_kind_ids.includes(ticket_kind_id))
  return [
    discount.percent === null ? `−${formatMoney(discount.amount_cents ?? 0)}` : `−${discount.percent}%`,
    only.map(({ name }) => localized(name, t.language).text).join(', '),
    discount.until_on ? t('orders.until', { day: formatDate(t.language, discount.until_on, 'short') }) : '',
  ].filter(Boolean)
}

function SellingFields({ t, event, has_cards, typed: sent, errors: wrong, at }: TicketsPageProps) {
  const [typed, errors] = at === 'selling' ? [sent, wrong] : [{}, {}]
  const shared = { t, typed, errors }
  const isAtDoor = at === 'selling' ? sent.pays_at_door === 'on' : event.pays_at_door
  return (
    <Card title={t('orders.selling')} id="selling">
      <form method="post" action={`/events/${event.event_id}/tickets/selling`} noValidate>
        <Choices
          t={t}
          name="pays_at_door"
          kind="checkbox"
          chosen={isAtDoor ? ['on'] : []}
          options={[
            {
              value: 'on',
              label: t('orders.pays_at_door'),
              hint: t(has_cards ? 'orders.pays_at_door_hint' : 'orders.pays_at_door_only'),
            },
          ]}
        />
        <div className="grid gap-x-4 sm:grid-cols-2">
          <Field
            {...shared}
            label={t('orders.hold_minutes')}
            hint={t('orders.hold_minutes_hint')}
            name="hold_minutes"
            inputMode="numeric"
            required
            value={String(event.hold_minutes)}
          />
          <Field
            {...shared}
            label={t('orders.refund_days')}
            hint={t('orders.refund_days_hint')}
            name="refund_days"
            inputMode="numeric"
            value={event.refund_days}
          />
        </div>
        <button className="btn btn-primary">{t('action.save')}</button>
      </form>
    </Card>
  )
}

/** What came in, is owed by those with a seat, and is to be given back. */
export function moneyOf(event: Event, orders: readonly OrderRow[]) {
  const sum = (of: (row: OrderRow) => number): number => orders.reduce((all, row) => all + of(row), 0)
  return {
    paid_cents: sum(({ order }) => order.paid_cents),
    owed_cents: sum(({ order, response }) => (responseRules[response].holds_seat ? owesOf(order) : 0)),
    back_cents: sum((row) => toGiveBack(event, row)),
  }
}

interface PaymentsPageProps {
  t: Translate
  event: Event
  /** `entry_id`: of the receipt, should money be taken from this page. */
  orders: readonly (OrderRow & { entry_id: string })[]
  may_open: boolean
  said: 'taken' | 'paid_already' | 'nothing' | null
}

/** By name: who has not paid, who gets money back, who has paid. */
export function PaymentsPage({ t, event, orders, may_open, said }: PaymentsPageProps) {
  const unpaid = orders.filter(({ order, response }) => responseRules[response].holds_seat && owesOf(order) > 0)
  const back = orders.filter((row) => toGiveBack(event, row) > 0)
  const paid = orders.filter(({ order }) => order.paid_cents > 0)
  const money = moneyOf(event, orders)
  return (
    <>
      <PageHead
        title={t('orders.payments')}
        lead={titleOf(t, event)}
        back={
          may_open
            ? { href: `/events/${event.event_id}/tickets`, label: t('orders.title') }
            : { href: '/ledger/tickets', label: t('orders.money') }
        }
      />
      {said && <Alert kind={said === 'taken' ? 'success' : 'warning'} title={t(`orders.said.${said}`)} />}
      <Figures>
        <Figure label={t('orders.income')} value={formatMoney(money.paid_cents)} />
        <Figure label={t('orders.owed')} value={formatMoney(money.owed_cents)} />
        <Figure label={t('orders.to_give_back')} value={formatMoney(money.back_cents)} />
      </Figures>
      <Card title={t('orders.unpaid')} id="unpaid">
        {unpaid.length === 0 && <p>{t('orders.unpaid_none')}</p>}
        <ul className="divide-base-300 divide-y">
          {unpaid.map((row) => (
            <li key={row.signup_id} className="py-3">
              <form
                method="post"
                action={`/events/${event.event_id}/payments`}
                className="flex flex-wrap items-center gap-3"
              >
                <input type="hidden" name="entry_id" value={row.entry_id} />
                <input type="hidden" name="signup" value={row.signup_id} />
                <p className="min-w-0 flex-1 basis-56 break-words">
                  <strong>{nameOf(row)}</strong>{' '}
                  <span className="font-semibold tabular-nums">{formatMoney(owesOf(row.order))}</span>
                  <span className="block text-sm">
                    {isHeld(row)
                      ? t('orders.held_until', {
                          when: formatDateTime(t.language, row.accept_by ?? event.starts_at, event.time_zone),
                        })
                      : t('orders.pays.door')}
                  </span>
                </p>
                <label className="text-sm">
                  <span className="mr-2">{t('orders.check_number')}</span>
                  <input name="reference" maxLength={80} className="input w-28 text-base" />
                </label>
                {handWays.map((way) => (
                  <button key={way} name="way" value={way} className="btn min-h-11">
                    {t(`orders.take.${way}`)} <span className="sr-only">{nameOf(row)}</span>
                  </button>
                ))}
              </form>
            </li>
          ))}
        </ul>
      </Card>
      {back.length > 0 && (
        <Card title={t('orders.to_give_back')} lead={t('orders.give_back_text')} id="back">
          <ul className="divide-base-300 divide-y">
            {back.map((row) => (
              <li key={row.signup_id} className="flex flex-wrap items-center gap-3 py-3">
                <p className="min-w-0 flex-1 basis-56 break-words">
                  <strong>{nameOf(row)}</strong>{' '}
                  <span className="font-semibold tabular-nums">{formatMoney(toGiveBack(event, row))}</span>
                  <span className="block text-sm">
                    {row.why === 'paid_late' ? t('orders.came_late') : t(`events.response.${row.response}`)}
                  </span>
                </p>
                <Receipts t={t} row={row} />
              </li>
            ))}
          </ul>
        </Card>
      )}
      <Card title={t('orders.paid')} id="paid">
        {paid.length === 0 && <p>{t('orders.paid_none')}</p>}
        <ul className="divide-base-300 divide-y">
          {paid.map((row) => (
            <li key={row.signup_id} className="flex flex-wrap items-center gap-3 py-2">
              <p className="min-w-0 flex-1 basis-56 break-words">
                {nameOf(row)} <span className="tabular-nums">{formatMoney(row.order.paid_cents)}</span>
              </p>
              <Receipts t={t} row={row} />
            </li>
          ))}
        </ul>
      </Card>
    </>
  )
}

const Receipts = ({ t, row }: { t: Translate; row: OrderRow }) =>
  row.entries.map(({ entry_id, way }) => (
    <a key={entry_id} className="btn btn-sm min-h-11" href={`/ledger/entries/${entry_id}`}>
      {t('orders.receipt', { way: t.dynamic(`ledger.way.${way}`) })} <span className="sr-only">{nameOf(row)}</span>
    </a>
  ))

export interface EventMoney {
  event: Event
  money: ReturnType<typeof moneyOf>
}

interface TicketMoneyPageProps {
  t: Translate
  /** What is to be given back of older events, too. */
  events: readonly EventMoney[]
  may_edit: boolean
}

/** What came in by tickets, event by event. */
export function TicketMoneyPage({ t, events, may_edit }: TicketMoneyPageProps) {
  const head = [t('orders.event'), t('orders.income'), t('orders.owed'), t('orders.to_give_back')]
  return (
    <>
      <PageHead
        title={t('orders.money')}
        lead={t('orders.money_lead')}
        back={{ href: '/ledger', label: t('ledger.title') }}
      />
      {events.length === 0 ? (
        <EmptyState icon="calendar" title={t('orders.money_none')}>
          {t('orders.money_none_text')}
        </EmptyState>
      ) : (
        <Table caption={t('orders.money')} head={head}>
          {events.map(({ event, money: { paid_cents, owed_cents, back_cents } }) => {
            const title = titleOf(t, event)
            return (
              <tr key={event.event_id}>
                <th scope="row" className="min-w-40">
                  {may_edit ? <a href={`/events/${event.event_id}/payments`}>{title}</a> : title}
                  <span className="block text-sm font-normal">
                    {formatDateTime(t.language, event.starts_at, event.time_zone)}
                  </span>
                </th>
                {[paid_cents, owed_cents, back_cents].map((cents, at) => (
                  <td key={head[at + 1]} className="whitespace-nowrap tabular-nums">
                    {formatMoney(cents)}
                  </td>
                ))}
              </tr>
            )
          })}
        </Table>
      )}
    </>
  )
}
