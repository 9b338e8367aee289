import { formatDateTime, formatPhone } from '../../../platform/i18n/formats.ts'
import { languageNames, localized } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert, Badge, Card, Figure, Figures, PageHead, Select } from '../../../platform/ui/components.tsx'
import type { EventBank, LostSeat, ShiftBank, ToConfirm } from '../../events/calls/queries.ts'
import { callOutcomes } from '../../events/calls/schema.ts'
import type { Event, Shift, SignupRow } from '../../events/queries.ts'
import { responseRules, wasThere } from '../../events/schema.ts'
import { spanText } from '../../events/when.ts'
import { nameOf } from '../../events/words.ts'
import { isCostly } from '../../voterfile/rules/costly.ts'
import type { InHand } from '../newcomers/queries.ts'
import './messages.ts'
import type { BankToName, TrainingOfKind } from './queries.ts'

export interface ShiftsPageProps {
  t: Translate
  event: Event
  shifts: readonly Shift[]
  rows: readonly SignupRow[]
  unconfirmed: readonly ToConfirm[]
  /** Who of them is rung just now, by their sign-up. */
  hands: ReadonlyMap<string, InHand>
  /** That of who looks. */
  own_hand: string
  confirming: readonly EventBank[]
  /** null: none is named. */
  bank: ShiftBank | null
  banks: readonly BankToName[]
  /** People call or knock in its shifts. */
  has_shift_work: boolean
  strangers: readonly { shift_id: string; name: string }[]
  /** Their no was taken back, and no seat is left. */
  lost_seats: readonly LostSeat[]
  trainings: readonly TrainingOfKind[]
  /** Of the forms for calls by hand. */
  keyOf: (signup_id: string) => string
  may: { edit: boolean; make: boolean; call: boolean }
  said: string | null
  now: Date
}

export function ShiftsPage(props: ShiftsPageProps) {
  const { t, event, said } = props
  return (
    <>
      <PageHead
        title={t('shifts.title')}
        lead={t('shifts.lead')}
        back={{ href: `/events/${event.event_id}`, label: localized(event.content.title, t.language).text }}
      />
      {said === 'saved' && <Alert kind="success" title={t('shifts.saved')} />}
      {said === 'over' && <Alert kind="error" title={t('shifts.over')} />}
      {said === 'quicker' && <Alert kind="warning" title={t('shifts.quicker')} />}
      {said === 'busy' && <Alert kind="warning" title={t('shifts.busy')} />}
      {said === 'in_hand' && <Alert kind="warning" title={t('shifts.in_hand')} />}
      <LostSeats {...props} />
      <Confirming {...props} />
      <ByHand {...props} />
      <BankOfShifts {...props} />
      {props.trainings.map((training) => (
        <Training key={training.training_id} {...props} training={training} />
      ))}
      {(props.bank || props.has_shift_work || props.trainings.length > 0) &&
        props.shifts.map((shift) => <ShiftCard key={shift.shift_id} {...props} shift={shift} />)}
    </>
  )
}

function LostSeats({ t, event, lost_seats, now }: ShiftsPageProps) {
  if (lost_seats.length === 0 || event.canceled_at || event.ends_at <= now) return null
  return (
    <Alert kind="warning" title={t('shifts.lost_seats')}>
      <ul>
        {lost_seats.map((row) => (
          <li key={row.person_id}>
            <a href={`/people/${row.person_id}`} className="link inline-flex min-h-8 items-center">
              {nameOf(row)}
            </a>
          </li>
        ))}
      </ul>
    </Alert>
  )
}

const shiftText = (t: Translate, { time_zone }: Event, shift: Shift): string =>
  [localized(shift.name, t.language).text, spanText(t.language, time_zone, shift)].filter(Boolean).join(': ')

const isCallable = ({ phone, is_closed }: ToConfirm): boolean => phone !== null && !is_closed

function Confirming({ t, event, shifts, unconfirmed, confirming, may, now }: ShiftsPageProps) {
  const callable = unconfirmed.filter(isCallable)
  const newcomers = callable.filter(({ voter_id }) => voter_id === null).length
  const no_phone = unconfirmed.filter(({ phone, is_closed }) => phone === null && !is_closed).length
  const closed = unconfirmed.filter(({ is_closed }) => is_closed).length
  const running = confirming.find(({ ended_at }) => !ended_at)
  const is_open = !event.canceled_at && shifts.some(({ starts_at }) => starts_at > now)
  return (
    <Card title={t('shifts.confirm')} lead={t('shifts.confirm_lead')} id="confirm">
      {unconfirmed.length === 0 ? (
        <p>{t('shifts.confirm_none')}</p>
      ) : (
        <Figures>
          <Figure label={t('shifts.to_ask')} value={unconfirmed.length} />
          <Figure
            label={t('shifts.by_bank')}
            value={callable.filter(({ voter_id }) => voter_id !== null).length}
            note={t('shifts.by_bank_note')}
          />
          {newcomers > 0 && (
            <Figure label={t('shifts.newcomers')} value={newcomers} note={t('shifts.newcomers_note')} />
          )}
          {no_phone > 0 && <Figure label={t('shifts.no_phone')} value={no_phone} />}
          {closed > 0 && <Figure label={t('shifts.closed')} value={closed} />}
        </Figures>
      )}
      {confirming.length > 0 && (
        <ul className="mb-4 space-y-2">
          {confirming.map((each) => (
            <li key={each.phone_bank_id}>
              <a href={`/phonebanks/${each.phone_bank_id}`} className="inline-flex min-h-11 items-center font-semibold">
                {localized(each.name, t.language).text}
              </a>{' '}
              <span className="text-sm">
                {t('shifts.voters', { count: each.voters })}
                {each.ended_at && ` · ${t('shifts.ended')}`}
              </span>
            </li>
          ))}
        </ul>
      )}
      {may.make && is_open && (running || callable.length > 0) && (
        <form method="post" action={`/events/${event.event_id}/calls/confirming`}>
          {!running && <p className="mb-3 max-w-prose text-sm">{t('shifts.make_hint')}</p>}
          <button className={`btn ${running ? '' : 'btn-primary'}`}>
            {t(running ? 'shifts.refresh' : 'shifts.make')}
          </button>
        </form>
      )}
    </Card>
  )
}

function ByHand(props: ShiftsPageProps) {
  const { t, event, unconfirmed, now } = props
  if (event.canceled_at || event.ends_at <= now) return null
  const callable = unconfirmed.filter(isCallable)
  const alone = callable.filter(({ voter_id }) => voter_id === null)
  const others = callable.filter(({ voter_id }) => voter_id !== null)
  if (callable.length === 0) return null
  return (
    <Card title={t('shifts.by_hand')} lead={alone.length > 0 && t('shifts.by_hand_lead')} id="by-hand">
      <CallList {...props} rows={alone} />
      {others.length > 0 && (
        <details className={alone.length > 0 ? 'mt-4' : ''}>
          <summary className="min-h-11 py-2 font-semibold">{t('shifts.others')}</summary>
          <CallList {...props} rows={others} />
        </details>
      )}
    </Card>
  )
}

function CallList(props: Omit<ShiftsPageProps, 'rows'> & { rows: readonly ToConfirm[] }) {
  const { t, event, shifts, rows } = props
  return (
    <ul className="divide-base-300 divide-y">
      {rows.map((row) => (
        <li
          key={row.signup_id}
          id={`call-${row.signup_id}`}
          className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3"
        >
          <div className="min-w-0 flex-1 basis-56">
            <a href={`/people/${row.person_id}`} className="font-semibold break-words">
              {nameOf(row)}
            </a>
            <span className="block text-sm">{languageNames[row.language] ?? row.language}</span>
            {shifts.length > 1 &&
              shifts
                .filter(({ shift_id }) => row.shift_ids.includes(shift_id))
                .map((shift) => (
                  <span key={shift.shift_id} className="block text-sm">
                    {shiftText(t, event, shift)}
                  </span>
                ))}
            {!row.said && row.tried_at && (
              <span className="block text-sm">
                {t('shifts.tried', { when: formatDateTime(t.language, row.tried_at, event.time_zone) })}
              </span>
            )}
            {row.said && row.said_at && (
              <span className="block text-sm">
                {t('shifts.last_said', {
                  said: t(`shifts.said.${row.said}`),
                  when: formatDateTime(t.language, row.said_at, event.time_zone),
                  by: row.said_by ?? '',
                })}
              </span>
            )}
          </div>
          <OneCall {...props} row={row} />
        </li>
      ))}
    </ul>
  )
}

/** The number is shown to whoever has taken them to ring: it is in no other hand meanwhile. */
function OneCall({
  t,
  event,
  hands,
  own_hand,
  may,
  keyOf,
  row,
}: Pick<ShiftsPageProps, 't' | 'event' | 'hands' | 'own_hand' | 'may' | 'keyOf'> & { row: ToConfirm }) {
  const base = `/events/${event.event_id}/calls`
  const hand = hands.get(row.signup_id)
  if (hand && hand.hand !== own_hand)
    return (
      <Badge kind="warning">
        {hand.by === null ? t('shifts.on_sheet') : t('shifts.being_called', { name: hand.by })}
      </Badge>
    )
  if (!row.phone || !may.call) return null
  if (!hand)
    return (
      <form method="post" action={`${base}/take`}>
        <button name="signup" value={row.signup_id} className="btn btn-primary btn-outline min-h-11 whitespace-nowrap">
          {t('shifts.take', { phone: formatPhone(row.phone) })} <span className="sr-only">{nameOf(row)}</span>
        </button>
      </form>
    )
  return (
    <div className="basis-full space-y-2">
      <p className="text-sm">{t('shifts.yours', { when: formatDateTime(t.language, hand.until, event.time_zone) })}</p>
      <a href={`tel:${row.phone}`} className="btn btn-success min-h-12 text-lg whitespace-nowrap">
        {formatPhone(row.phone)}
      </a>
      <form method="post" action={`${base}/by-hand`} className="flex flex-wrap gap-2">
        <input type="hidden" name="signup" value={row.signup_id} />
        <input type="hidden" name="key" value={keyOf(row.signup_id)} />
        {callOutcomes.map((each) => (
          <button key={each} name="said" value={each} className="btn btn-sm min-h-11 whitespace-nowrap">
            {t(`shifts.said.${each}`)} <span className="sr-only">{nameOf(row)}</span>
          </button>
        ))}
      </form>
      <form method="post" action={`${base}/give-back`}>
        <button name="signup" value={row.signup_id} className="btn btn-ghost min-h-11">
          {t('shifts.give_back')} <span className="sr-only">{nameOf(row)}</span>
        </button>
      </form>
    </div>
  )
}

function BankOfShifts({ t, event, bank, banks, has_shift_work, may }: ShiftsPageProps) {
  if (!bank && event.kind !== 'phone_bank') return null
  const offered = [
    ...(bank && !banks.some(({ phone_bank_id }) => phone_bank_id === bank.phone_bank_id) ? [bank] : []),
    ...banks,
  ]
  return (
    <Card title={t('shifts.bank')} lead={has_shift_work && t('shifts.bank_lead')} id="bank">
      {bank && !bank.is_open && <Alert kind="warning">{t('shifts.bank_shut')}</Alert>}
      {may.edit ? (
        <form method="post" action={`/events/${event.event_id}/calls/bank`}>
          <Select
            t={t}
            label={t('shifts.bank')}
            name="phone_bank_id"
            value={bank?.phone_bank_id ?? ''}
            options={[
              { value: '', label: t('shifts.bank_none') },
              ...offered.map(({ phone_bank_id, name }) => ({
                value: phone_bank_id,
                label: localized(name, t.language).text,
              })),
            ]}
          />
          <button className="btn">{t('action.save')}</button>
        </form>
      ) : (
        <p>{bank ? localized(bank.name, t.language).text : t('shifts.bank_none')}</p>
      )}
      {bank && (
        <a href={`/phonebanks/${bank.phone_bank_id}`} className="mt-3 inline-flex min-h-11 items-center">
          {t('shifts.bank_open')}
        </a>
      )}
    </Card>
  )
}

function Training({ t, training, rows }: ShiftsPageProps & { training: TrainingOfKind }) {
  const count = training.lacking.size
  const title = t('shifts.training', { name: localized(training.name, t.language).text })
  if (!rows.some(({ response }) => responseRules[response].holds_seat)) return <Alert kind="info" title={title} />
  return (
    <Alert kind={count > 0 ? 'warning' : 'success'} title={title}>
      {count > 0 ? t('shifts.lacks', { count }) : t('shifts.all_trained')}
    </Alert>
  )
}

function ShiftCard({ t, event, shift, rows, strangers, trainings }: ShiftsPageProps & { shift: Shift }) {
  const people = rows.filter(
    (row) =>
      row.attendance[shift.shift_id] !== undefined ||
      (responseRules[row.response].holds_seat && row.shift_ids.includes(shift.shift_id)),
  )
  const markOf = (row: SignupRow) => row.attendance[shift.shift_id]?.attendance
  const here = people.filter((row) => {
    const mark = markOf(row)
    return mark !== undefined && wasThere[mark]
  })
  const unknown = strangers.filter(({ shift_id }) => shift_id === shift.shift_id).map(({ name }) => name)
  return (
    <Card
      title={shiftText(t, event, shift)}
      lead={people.length > 0 && t('shifts.here_of', { here: here.length, people: people.length })}
      id={`shift-${shift.shift_id}`}
    >
      {people.length === 0 && <p>{t('shifts.nobody')}</p>}
      <ul className="divide-base-300 divide-y">
        {people.map((row) => {
          const mark = markOf(row)
          return (
            <li key={row.signup_id} className="flex flex-wrap items-center gap-x-4 gap-y-2 py-2">
              <span className="min-w-0 flex-1 basis-48">
                <a href={`/people/${row.person_id}`} className="font-semibold break-words">
                  {nameOf(row)}
                </a>{' '}
                {trainings
                  .filter(({ lacking }) => lacking.has(row.person_id))
                  .map(({ training_id, name }) => (
                    <Badge key={training_id} kind="warning">
                      {trainings.length > 1
                        ? t('shifts.untrained_in', { name: localized(name, t.language).text })
                        : t('shifts.untrained')}
                    </Badge>
                  ))}
                {row.phone && !isCostly(row.phone) && (
                  <a href={`tel:${row.phone}`} className="block text-sm whitespace-nowrap">
                    {formatPhone(row.phone)}
                  </a>
                )}
              </span>
              {mark ? (
                <Badge kind={wasThere[mark] ? 'success' : 'neutral'}>{t(`events.attendance.${mark}`)}</Badge>
              ) : (
                <>
                  <Badge>{t('shifts.not_yet')}</Badge>
                  <form method="post" action={`/events/${event.event_id}/calls/here`}>
                    <input type="hidden" name="shift" value={shift.shift_id} />
                    <button className="btn btn-sm min-h-11" name="signup" value={row.signup_id}>
                      {t('shifts.mark_here')} <span className="sr-only">{nameOf(row)}</span>
                    </button>
                  </form>
                </>
              )}
            </li>
          )
        })}
      </ul>
      {unknown.length > 0 && <p className="mt-3 text-sm">{t('shifts.strangers', { names: unknown.join(', ') })}</p>}
    </Card>
  )
}
