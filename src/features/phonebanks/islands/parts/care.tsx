import { formatTime } from '../../../../platform/i18n/formats.ts'
import type { Translate } from '../../../../platform/i18n/messages.ts'
import { Icon } from '../../../../platform/ui/icon.tsx'
import { lineOf } from './bridge-line.ts'
import type { Desk } from './desk.ts'
import type { DeskState } from './desk-state.ts'

interface Props {
  t: Translate
  state: DeskState
  desk: Desk
}

/** What the host says, and care for who calls: both stay until they are closed. */
export function Care({ t, state, desk }: Props) {
  const { time_zone } = state.session.organization
  const isPractice = state.session.phone_bank.way_of_calling === 'practice'
  return (
    <div role="status" id="care">
      {state.messages.map((message) => (
        <Panel key={message.message_id} icon="mail">
          {/* Beside the words where there is room: a telephone held sideways shows few lines. */}
          <div className="gap-x-4 sm:flex sm:items-end sm:justify-between">
            <div className="min-w-0">
              <p className="text-base">
                {t('console.message_from', {
                  name: message.sent_by,
                  at: formatTime(t.language, new Date(message.sent_at), time_zone),
                })}
              </p>
              <p className="mt-1 text-xl font-semibold break-words">{message.text}</p>
            </div>
            <button
              type="button"
              className="btn mt-3 min-h-12 shrink-0 text-lg"
              onClick={() => desk.readMessage(message.message_id)}
            >
              {t('console.message_read')}
            </button>
          </div>
        </Panel>
      ))}
      {state.is_shaken ? (
        <Rest
          t={t}
          desk={desk}
          state={state}
          title={t('console.shaken')}
          text={t(isPractice ? 'practice.shaken_text' : 'console.shaken_text')}
        />
      ) : (
        state.is_rest_due && (
          <Rest t={t} desk={desk} state={state} title={t('console.rest')} text={t('console.rest_text')} />
        )
      )}
    </div>
  )
}

/** Ends the call (over the bridge, the line itself), closes the voter, tells the host. */
export const HostileButton = ({ t, onHostile }: { t: Translate; onHostile: () => void }) => (
  <div className="mt-6">
    <button
      type="button"
      data-result="hostile"
      className="btn btn-outline btn-error min-h-12 text-base"
      onClick={onHostile}
    >
      {t('console.hostile')}
    </button>
    <p className="mt-1 text-sm">{t('console.hostile_text')}</p>
  </div>
)

/** Whoever stops is also let go by the line: nobody is left listening to it. */
export function stop(desk: Desk, { session }: DeskState): void {
  const { phone_bank_id, way_of_calling } = session.phone_bank
  if (way_of_calling === 'bridge') void lineOf(phone_bank_id).end()
  void desk.leave()
}

function Rest({ t, desk, state, title, text }: Props & { title: string; text: string }) {
  return (
    <Panel icon="clock">
      <p className="text-xl font-bold">{title}</p>
      <p className="mt-1">{text}</p>
      <div className="mt-3 grid gap-2 sm:grid-cols-2">
        <button
          type="button"
          className="btn btn-primary min-h-12 text-lg"
          onClick={() => {
            desk.goOn()
            stop(desk, state)
          }}
        >
          {t('console.take_break')}
        </button>
        <button type="button" className="btn min-h-12 text-lg" onClick={() => desk.goOn()}>
          {t('console.keep_calling')}
        </button>
      </div>
    </Panel>
  )
}

function Panel({ icon, children }: { icon: string; children: React.ReactNode }) {
  return (
    <section className="border-accent bg-base-100 rounded-box mb-3 flex gap-3 border-2 p-4">
      <span className="mt-0.5 shrink-0">
        <Icon name={icon} />
      </span>
      <div className="min-w-0 flex-1">{children}</div>
    </section>
  )
}
