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

interface BarProps {
  t: Translate
  phone_bank_id: string
  /** The voter in front; null: nobody is in hand. */
  card: CallCard | null
  /** Is not asked to join any more. */
  has_left: boolean
  /** Records what the caller pressed. */
  onResult: (disposition: Disposition) => void
}

/** The caller's own line above everything: joining it, what the voter's telephone does, hanging up. */
export function BridgeBar({ t, phone_bank_id, card, has_left, onResult }: BarProps) {
  const [line, { bridge, problem, is_busy }] = useLine(phone_bank_id)
  if (!bridge || (has_left && (bridge.line === 'off' || bridge.line === 'not_set_up'))) return null
  const call = bridge.call
  const isGoing = call !== null && !isOver(call.state)
  const isOfCard = call !== null && call.voter_id === card?.voter_id
  const said = isOfCard ? t(`bridge.state.${call.state}`) : isGoing ? t('bridge.still_on') : null
  return (
    <section className="bg-base-100 border-base-300 rounded-box mb-3 border p-4" aria-labelledby="bridge">
      <h2 id="bridge" className="font-bold">
        {t('bridge.title')}
      </h2>
      {bridge.is_demo && (
        <p className="border-accent my-2 border-l-4 pl-3 text-base font-semibold">{t('bridge.demo')}</p>
      )}
      <div role="status" data-line={bridge.line} data-call={isOfCard || isGoing ? call?.state : undefined}>
        {bridge.line === 'not_set_up' && <p>{t('bridge.not_set_up')}</p>}
        {bridge.line === 'off' && bridge.why_off && (
          <p className="font-semibold">{t(`bridge.why_off.${bridge.why_off}`)}</p>
        )}
        {bridge.line === 'calling' && <p className="font-semibold">{t('bridge.calling')}</p>}
        {bridge.line === 'joined' && <p>{t('bridge.joined')}</p>}
        {bridge.line === 'joined' && said && <p className="text-xl font-bold">{said}</p>}
      </div>
      {problem && (
        <p role="alert" className="border-error my-2 border-l-4 pl-3 font-semibold" data-problem={problem}>
          {problem === 'offline' ? t('bridge.offline') : t(`bridge.problem.${problem}`)}
        </p>
      )}
      {bridge.line === 'off' && (
        <Start
          t={t}
          own_phone={bridge.own_phone}
          is_busy={is_busy}
          onStart={(phone) => void line.start(phone, t.language)}
        />
      )}
      {call?.state === 'answered' && <p className="mt-2 text-base">{t('bridge.voicemail')}</p>}
      {isGoing && (
        <button
          type="button"
          className="btn btn-error mt-3 min-h-14 w-full text-lg"
          disabled={is_busy}
          onClick={() => void line.hangUp()}
          data-hang-up
        >
          {t('bridge.hang_up')}
        </button>
      )}
      {isOfCard && call.suggested && (
        <>
          <button
            type="button"
            className="btn btn-primary mt-3 h-auto min-h-14 w-full py-2 text-lg"
            onClick={() => call.suggested && onResult(call.suggested)}
            data-suggested={call.suggested}
          >
            {t('bridge.suggest', { result: t(`console.result.${call.suggested}`) })}
          </button>
          <p className="mt-1 text-base">{t('bridge.suggest_hint')}</p>
        </>
      )}
      {(bridge.line === 'joined' || bridge.line === 'calling') && !isGoing && (
        <button
          type="button"
          className="btn btn-ghost mt-2 min-h-12 text-base underline"
          disabled={is_busy}
          onClick={() => void line.end()}
          data-end
        >
          {t('bridge.end')}
        </button>
      )}
    </section>
  )
}

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
      {bridge?.line !== 'joined' && <p className="text-base">{t('bridge.join_first')}</p>}
    </div>
  )
}
