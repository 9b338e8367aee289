import { formatMoney } from '../../../platform/i18n/formats.ts'
import { localized, type LocalizedText } from '../../../platform/i18n/languages.ts'
import { described, Group, Input, Notice, Options, Problem } from '../../../platform/ui/public-fields.tsx'
import type { PublicWords } from '../public-words.ts'
import type { Event } from '../queries.ts'
import type { FieldProblem } from '../rules.ts'
import { dayText, momentText } from '../when.ts'
import type { Offer } from './offer.ts'
import { refundUntil, saleOn, type Priced, type TicketKind } from './rules.ts'

interface Shown {
  w: PublicWords
  event: Event
  offer: Offer
  languages: readonly string[]
  typed: Record<string, string[]>
  errors: Partial<Record<string, FieldProblem>>
  /** Where its form is sent. */
  action: string
}

/** How many of which kind, the code, and the sum. */
export function TicketChoices({ w, offer, languages, typed, errors, action, event }: Shown) {
  return (
    <Group title={w('tickets')} hint={w('tickets_text', { count: offer.tickets_most })}>
      <ul className="space-y-2" id="tickets">
        {offer.kinds.map((kind) => (
          <KindChoice key={kind.ticket_kind_id} {...{ w, offer, languages, typed, errors, event, kind }} />
        ))}
      </ul>
      <Problem w={w} name="tickets" errors={errors} />
      <div className="mt-4 flex flex-wrap items-end gap-x-3">
        <div className="min-w-0 flex-1 basis-48">
          <Input w={w} name="code" label={w('code')} typed={typed} errors={errors} />
        </div>
        <button className="btn mb-3 min-h-11" name="act" value="sum" formNoValidate formAction={`${action}#tickets`}>
          {w('show_sum')}
        </button>
      </div>
      {offer.priced && <Sum w={w} order={offer.priced} languages={languages} />}
      <RefundText w={w} event={event} />
    </Group>
  )
}

function KindChoice({ w, offer, languages, typed, errors, event, kind }: Omit<Shown, 'action'> & { kind: TicketKind }) {
  const sale = saleOn(kind, offer.today)
  const left = offer.left.get(kind.ticket_kind_id)
  const name = `ticket.${kind.ticket_kind_id}`
  const only = offer.kinds.length === 1 ? '1' : '0'
  const notes = [
    sale === 'not_yet' && w('sold_from', { day: dayText(w.language, kind.from_on ?? '') }),
    sale === 'over' && w('sold_no_more'),
    sale === 'on' && kind.until_on && w('sold_until', { day: dayText(w.language, kind.until_on) }),
    kind.buyers === 'members' && w('for_members'),
    sale === 'on' &&
      left !== undefined &&
      (left < 1
        ? w(event.has_wait_list ? 'sold_out_wait' : 'sold_out')
        : left <= 10 && w('tickets_left', { count: left })),
  ].filter(Boolean)
  return (
    <li className="border-base-300 bg-base-100 rounded-lg border p-3">
      <label className="flex items-center gap-3">
        <span className="min-w-0 flex-1">
          <strong className="break-words">{textOf(kind.name, w, languages)}</strong>
          {notes.length > 0 && <span className="block text-sm">{notes.join(' · ')}</span>}
        </span>
        <span className="font-semibold whitespace-nowrap tabular-nums">{priceText(w, kind.price_cents)}</span>
        {sale === 'on' && (
          <select
            name={name}
            className="select min-h-11 w-20 text-base"
            defaultValue={typed[name]?.[0] ?? only}
            {...(kind === offer.kinds[0] && described('tickets', errors))}
          >
            {Array.from({ length: offer.tickets_most + 1 }, (_, count) => (
              <option key={count}>{count}</option>
            ))}
          </select>
        )}
      </label>
    </li>
  )
}

/** What was bought, line by line, with what is taken off. */
export function Sum({ w, order, languages }: { w: PublicWords; order: Priced; languages: readonly string[] }) {
  return (
    <dl
      className="bg-base-100 rounded-box border-base-300 mb-4 grid grid-cols-[1fr_auto] gap-y-1 border p-4"
      data-sum={order.due_cents}
    >
      {order.lines.map(({ ticket_kind_id, name, count, price_cents }) => (
        <Line key={ticket_kind_id} label={`${count} × ${textOf(name, w, languages)}`} cents={count * price_cents} />
      ))}
      {order.discount_cents > 0 && <Line label={w('discount')} cents={-order.discount_cents} />}
      <Line label={w('sum')} cents={order.due_cents} is_sum />
    </dl>
  )
}

function Line({ label, cents, is_sum = false }: { label: string; cents: number; is_sum?: boolean }) {
  const looks = is_sum ? 'border-base-300 mt-1 border-t pt-2 text-lg font-bold' : ''
  return (
    <>
      <dt className={`min-w-0 break-words ${looks}`}>{label}</dt>
      <dd className={`pl-4 text-right tabular-nums ${looks}`}>
        {cents < 0 ? `−${formatMoney(-cents)}` : formatMoney(cents)}
      </dd>
    </>
  )
}

/** How it will be paid, where there is a choice; what is still to be seen before it is sent. */
export function HowPaid({ w, offer, typed, errors, event, is_full }: Omit<Shown, 'action'> & { is_full: boolean }) {
  const isFree = offer.priced?.due_cents === 0 || offer.kinds.every(({ price_cents }) => price_cents === 0)
  if (isFree) return null
  const [only] = offer.ways
  const words = { card: w('pays_card', { minutes: durationText(w, event.hold_minutes) }), door: w('pays_door') }
  return (
    <>
      {offer.ways.length > 1 ? (
        <Options
          is_wide
          w={w}
          legend={w('how_paid')}
          name="pays"
          kind="radio"
          errors={errors}
          chosen={[typed.pays?.[0] ?? 'card']}
          options={offer.ways.map((way) => ({ value: way, label: words[way] }))}
        />
      ) : (
        only && (
          <p className="mb-4">
            <strong>{w('how_paid')}</strong> {words[only]}
          </p>
        )
      )}
      {is_full && <p className="mb-4">{w('pays_later')}</p>}
      {offer.is_sum_new && offer.priced && (
        <Notice>
          {w('look_at_sum')} <strong className="tabular-nums">{formatMoney(offer.priced.due_cents)}</strong>
        </Notice>
      )}
      {offer.priced && <input type="hidden" name="sum" value={offer.priced.due_cents} />}
    </>
  )
}

function RefundText({ w, event }: { w: PublicWords; event: Event }) {
  const until = refundUntil(event)
  return (
    <p className="mb-2 text-sm">
      {until ? w('refund_until', { when: momentText(w.language, event.time_zone, until) }) : w('refund_never')}
    </p>
  )
}

const durationText = (w: PublicWords, minutes: number): string =>
  minutes % 60 === 0 ? w('hours', { count: minutes / 60 }) : w('minutes', { count: minutes })

const priceText = (w: PublicWords, cents: number): string => (cents === 0 ? w('free') : formatMoney(cents))

const textOf = (text: LocalizedText, w: PublicWords, languages: readonly string[]): string =>
  localized(text, w.language, languages).text
