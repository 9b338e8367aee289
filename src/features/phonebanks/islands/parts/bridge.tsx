import { useState, useSyncExternalStore } from 'react'
import { formatPhone } from '../../../../platform/i18n/formats.ts'
import type { Translate } from '../../../../platform/i18n/messages.ts'
import { Icon } from '../../../../platform/ui/icon.tsx'
import type { Disposition } from '../../../contacts/schema.ts'
import '../../bridge/messages.ts'
import { isOver } from '../../bridge/schema.ts'
import type { CallCard } from '../../schema.ts'
import { lineOf, type BridgeLine, type LineState } from './bridge-line.ts'

const useLine = (phone_bank_id: string): [BridgeLine, LineState] => {
  const line = lineOf(phone_bank_id)
  return [line, useSyncExternalStore(line.subscribe, line.now)]
}

interface StatusProps {
  t: Translate
  phone_bank_id: string
  /** The voter in front; null: nobody is in hand. */
  card: CallCard | null
  /** Is not asked to join any more. */
  has_left: boolean
  /** Records what the caller pressed. */
  onResult: (disposition: Disposition) => void
}

/** What the caller's line and the voter's telephone do, and the way off: in sight wherever the page is scrolled. */
export function BridgeStatus({ t, phone_bank_id, card, has_left, onResult }: StatusProps) {
  const [line, { bridge, problem, is_busy }] = useLine(phone_bank_id)
  const isOn = bridge?.line === 'joined' || bridge?.line === 'calling'
  if (!bridge || (has_left && !isOn)) return null
  const call = bridge.call
  const isGoing = call !== null && !isOver(call.state)
  const isOfCard = call !== null && call.voter_id === card?.voter_id
  const said = isOfCard ? t(`bridge.state.${call.state}`) : isGoing ? t('bridge.still_on') : null
  const words = {
    not_set_up: null,
    off: bridge.why_off && t(`bridge.why_off.${bridge.why_off}`),
    calling: t('bridge.calling'),
    joined: said ?? t('bridge.joined'),
  }[bridge.line]
  const isShown = words !== null || problem !== null
  return (
    <div className={isShown ? 'bg-base-100 border-primary rounded-box mb-3 border-2 px-4 py-2' : ''} id="line">
      <div className="flex items-center gap-3">
        <p
          role="status"
          className="min-w-0 flex-1 font-bold"
          data-line={bridge.line}
          data-call={isOfCard || isGoing ? call?.state : undefined}
        >
          {words}
        </p>
        {isGoing ? (
          <button
            type="button"
            className="btn btn-error min-h-12 shrink-0 text-lg"
            disabled={is_busy}
            onClick={() => void line.hangUp()}
            data-hang-up
          >
            {t('bridge.hang_up')}
          </button>
        ) : (
          isOn && (
            <button
              type="button"
              className="btn btn-ghost min-h-12 shrink-0 px-2 text-base underline"
              disabled={is_busy}
              onClick={() => void line.end()}
              data-end
            >
              {t('bridge.end')}
            </button>
          )
        )}
      </div>
      {problem && (
        <p role="alert" className="border-error my-2 border-l-4 pl-3 font-semibold" data-problem={problem}>
          {problem === 'offline' ? t('bridge.offline') : t(`bridge.problem.${problem}`)}
        </p>
      )}
      {isOfCard && call.suggested && (
        <>
          <button
            type="button"
            className="btn btn-primary mt-1 h-auto min-h-12 w-full py-2 text-lg"
            onClick={() => call.suggested && onResult(call.suggested)}
            data-suggested={call.suggested}
          >
            {t('bridge.suggest', { result: t(`console.result.${call.suggested}`) })}
          </button>
          <p className="mt-1 text-base">{t('bridge.suggest_hint')}</p>
        </>
      )}
    </div>
  )
}

/** Where the caller's own telephone is joined; gone while it is. */
export function BridgeStart({ t, phone_bank_id }: { t: Translate; phone_bank_id: string }) {
  const [line, { bridge, is_busy }] = useLine(phone_bank_id)
  if (bridge?.line !== 'off' && bridge?.line !== 'not_set_up') return null
  return (
    <section className="bg-base-100 border-base-300 rounded-box mb-3 border p-4" aria-labelledby="bridge">
      <h2 id="bridge" className="scroll-mt-[calc(var(--bar,6rem)+1rem)] font-bold">
        {t('bridge.title')}
      </h2>
      {bridge.is_demo && <DemoNote t={t} />}
      {bridge.line === 'not_set_up' ? (
        <p>{t('bridge.not_set_up')}</p>
      ) : (
        <Start
          t={t}
          own_phone={bridge.own_phone}
          is_busy={is_busy}
          onStart={(phone) => void line.start(phone, t.language)}
        />
      )}
    </section>
  )
}

const DemoNote = ({ t }: { t: Translate }) => (
  <p className="border-accent my-2 border-l-4 pl-3 text-base font-semibold">{t('bridge.demo')}</p>
)

interface StartProps {
  t: Translate
  /** Given at joining. */
  own_phone: string | null
  is_busy: boolean
  onStart: (phone: string) => void
}

function Start({ t, own_phone, is_busy, onStart }: StartProps) {
  const [phone, setPhone] = useState(own_phone ? formatPhone(own_phone) : '')
  return (
    <form
      className="mt-2"
      onSubmit={(event) => {
        event.preventDefault()
        onStart(phone)
      }}
    >
      <p>{t('bridge.off')}</p>
      <label className="mt-3 block">
        <span className="mb-1 block font-semibold">{t('bridge.phone')}</span>
        <input
          type="tel"
          autoComplete="tel"
          inputMode="tel"
          required
          maxLength={40}
          className="input min-h-14 w-full text-lg"
          value={phone}
          aria-describedby="bridge-private"
          onChange={(event) => setPhone(event.target.value)}
        />
      </label>
      <p id="bridge-private" className="mt-1 text-base">
        {t('bridge.private')}
      </p>
      <button type="submit" className="btn btn-primary mt-3 min-h-14 w-full text-lg" disabled={is_busy} data-start>
        {t('bridge.start')}
      </button>
    </form>
  )
}

interface CallProps {
  t: Translate
  phone_bank_id: string
  card: CallCard
  onDial: (phone: string) => void
}

/** In place of the telephone links: the caller's press has the voter's telephone rung. */
export function BridgeCall({ t, phone_bank_id, card, onDial }: CallProps) {
  const [line, { bridge, is_busy }] = useLine(phone_bank_id)
  const isFree = bridge?.line === 'joined' && !is_busy && !(bridge.call && !isOver(bridge.call.state))
  return (
    <div className="mt-5 grid gap-2">
      {card.phones.map(({ phone, kind }, index) => (
        <div key={phone}>
          <button
            type="button"
            className={`btn h-auto min-h-16 w-full flex-nowrap gap-3 py-3 tabular-nums ${index === 0 ? 'btn-primary text-2xl' : 'text-base'}`}
            disabled={!isFree}
            aria-label={t('console.call', { phone: formatPhone(phone) })}
            onClick={() => {
              onDial(phone)
              void line.dial(card, phone)
            }}
            data-dial={phone}
          >
            <Icon name="phone" size={24} />
            {formatPhone(phone)}
          </button>
          <p className="mt-1 text-center text-base">{t(`console.phone.${kind}`)}</p>
        </div>
      ))}
      {bridge?.line === 'off' && (
        <button
          type="button"
          className="btn min-h-12 text-base"
          onClick={() => document.querySelector('#bridge')?.scrollIntoView({ block: 'start' })}
        >
          {t('bridge.join_first')}
        </button>
      )}
      {bridge?.line === 'joined' && bridge.is_demo && <DemoNote t={t} />}
    </div>
  )
}
