import type { ReactNode } from 'react'
import { formatMoney, formatTime } from '../../../../platform/i18n/formats.ts'
import { Icon } from '../../../../platform/ui/icon.tsx'
import { guestChoices, nameOf } from '../../door/rules.ts'
import { handWays } from '../../orders/schema.ts'
import { wasThere } from '../../schema.ts'
import type { Told } from './door-store.ts'
import type { Inside } from './door.tsx'

const looks = {
  good: 'bg-success text-success-content',
  known: 'bg-info text-info-content',
  care: 'bg-warning text-warning-content',
  bad: 'bg-error text-error-content',
}

function Banner({ look, title, children }: { look: keyof typeof looks; title: string; children?: ReactNode }) {
  return (
    <div className={`rounded-box mb-4 px-4 py-3 ${looks[look]}`}>
      <p className="flex items-start gap-2 text-xl font-bold break-words">
        <Icon name={look === 'good' ? 'check' : 'warning'} size={24} />
        <span className="min-w-0">{title}</span>
      </p>
      {children && <div className="mt-3 flex flex-wrap items-center gap-2">{children}</div>}
    </div>
  )
}

/** What was read or pressed last. One region that stays, so that the first message is read out too. */
export function SeenCard(inside: Inside) {
  return (
    <div role="status" id="seen" data-seen={inside.state.seen?.is ?? ''}>
      <SeenBanner {...inside} />
    </div>
  )
}

function SeenBanner(inside: Inside) {
  const { t, event, desk, state } = inside
  const { seen, people } = state
  if (!seen) return null
  const close = <Button label={t('door.close')} onPress={() => desk.dismiss()} />
  if (seen.is === 'wrong')
    return (
      <Banner look="bad" title={t(`door.wrong.${seen.why}`)}>
        {close}
      </Banner>
    )
  if (seen.is === 'looking') {
    const entry = state.unsent.find(({ act_id }) => act_id === seen.act_id)
    if (!entry) return null
    return (
      <Banner
        look="care"
        title={state.is_offline ? t('door.kept', { name: whoIn(inside, entry.act) }) : t('door.looking')}
      />
    )
  }
  const person = people.get(seen.signup_id)
  const name = person ? nameOf(person) : ''
  if (seen.is === 'already') {
    const time = formatTime(t.language, new Date(seen.since), event.time_zone)
    return (
      <Banner
        look="known"
        title={seen.by ? t('door.already_by', { name, time, by: seen.by }) : t('door.already', { name, time })}
      >
        <Owes {...inside} signup_id={seen.signup_id} />
        <NamedGuests {...inside} signup_id={seen.signup_id} />
        {close}
      </Banner>
    )
  }
  if (seen.is === 'in_the_way')
    return (
      <Banner look="care" title={t(`door.way.${seen.way}`, { name })}>
        <Button label={t('door.let_in')} onPress={() => void desk.letIn(seen.signup_id, null, seen.who)} />
        {close}
      </Banner>
    )
  const mark = person?.marks[state.shift_id]
  return (
    <Banner look={person?.minor === 'missing' ? 'care' : 'good'} title={t('door.in', { name })}>
      {person && person.minor !== 'no' && <strong>{t(`door.minor.${person.minor}`)}</strong>}
      {person && person.guests > 0 && mark && (
        <label className="flex items-center gap-2">
          {t('door.guests_here')}
          <select
            className="select text-base-content min-h-12 w-20 text-lg"
            value={mark.guests}
            onChange={(change) => void desk.changeGuests(seen, Number(change.target.value))}
          >
            {guestChoices(person.guests, mark.guests).map((count) => (
              <option key={count}>{count}</option>
            ))}
          </select>
        </label>
      )}
      <Owes {...inside} signup_id={seen.signup_id} />
      <NamedGuests {...inside} signup_id={seen.signup_id} />
      <Button label={t('action.undo')} onPress={() => void desk.takeBack(seen.signup_id, seen.act_id)} />
    </Banner>
  )
}

/** What is still to be paid, by them or for them by their host, and the money being taken. */
function Owes({ t, desk, state, signup_id }: Inside & { signup_id: string }) {
  const person = state.people.get(signup_id)
  const payer = person?.host_signup_id ? state.people.get(person.host_signup_id) : person
  if (!payer || payer.owes_cents === 0) return null
  const amount = formatMoney(payer.owes_cents)
  return (
    <div className="flex w-full flex-wrap items-center gap-2" data-owes={payer.owes_cents}>
      <strong>{t('door.owes', { amount })}</strong>
      {handWays.map((way) => (
        <Button
          key={way}
          label={t(`door.take.${way}`, { amount })}
          onPress={() => void desk.takeMoney(payer.signup_id, way)}
        />
      ))}
    </div>
  )
}

/** Guests with a name have a code of their own; standing beside their host they need none. */
function NamedGuests({ t, desk, state, signup_id }: Inside & { signup_id: string }) {
  const guests = [...state.people.values()].filter(
    ({ host_signup_id, marks }) => host_signup_id === signup_id && !isIn(marks[state.shift_id]),
  )
  if (guests.length === 0) return null
  return (
    <div role="group" aria-label={t('door.named_guests')} className="flex w-full flex-wrap items-center gap-2">
      <span>{t('door.named_guests')}:</span>
      {guests.map((guest) => (
        <Button
          key={guest.signup_id}
          label={`${nameOf(guest)} · ${t('door.mark')}`}
          onPress={() => void desk.guestIn(guest.signup_id)}
        />
      ))}
    </div>
  )
}

const isIn = (mark: { attendance: keyof typeof wasThere } | undefined): boolean =>
  mark !== undefined && wasThere[mark.attendance]

const Button = ({ label, onPress }: { label: string; onPress: () => void }) => (
  <button type="button" className="btn min-h-12 text-lg" onClick={onPress}>
    {label}
  </button>
)

function whoIn({ t, desk }: Inside, act: Told['act']): string {
  const who = desk.nameIn(act)
  if ('name' in who) return who.name
  return 'code' in who ? t('door.a_code', { code: who.code }) : t('door.a_card')
}

/** What came out otherwise than thought once there was a connection: it stays until somebody has looked at it. */
export function ToldCards(inside: Inside) {
  const { t, state } = inside
  if (state.told.length === 0) return null
  return (
    <section aria-label={t('door.told')} data-told={state.told.length}>
      {state.told.map((each) => (
        <ToldCard key={each.act_id} {...inside} told={each} />
      ))}
    </section>
  )
}

function ToldCard({ told, ...inside }: Inside & { told: Told }) {
  const { t, event, desk, state } = inside
  const { act_id, act, outcome, signup_id, since, since_by } = told
  const person = signup_id ? state.people.get(signup_id) : undefined
  const name = person ? nameOf(person) : told.name || whoIn(inside, act)
  const close = <Button label={t('door.close')} onPress={() => void desk.dismissTold(act_id)} />
  if (outcome === 'already') {
    const time = since ? formatTime(t.language, new Date(since), event.time_zone) : ''
    return (
      <Banner look="known" title={t('door.already_by', { name, time, by: since_by ?? '' })}>
        {close}
      </Banner>
    )
  }
  if (outcome === 'ask' && signup_id) {
    const way = desk.wayOf(signup_id)
    return (
      <Banner look="care" title={way ? t(`door.way.${way}`, { name }) : name}>
        <Button label={t('door.let_in')} onPress={() => void desk.letInTold(act_id, signup_id)} />
        {close}
      </Banner>
    )
  }
  const code = act.kind === 'mark' && 'ticket' in act.who ? act.who.ticket : ''
  const words = {
    unknown_code: () => t('door.wrong.unknown_code', { code }),
    other_event: () => t('door.wrong.other_event'),
    card_wrong: () => (told.name ? t('door.wrong.card_wrong_of', { name }) : t('door.wrong.card_wrong')),
    ask: () => name,
    refused: () => t('door.wrong.refused', { name }),
    paid_already: () => t('door.paid_already', { name }),
  }
  return (
    <Banner look="bad" title={words[outcome]()}>
      {close}
    </Banner>
  )
}
