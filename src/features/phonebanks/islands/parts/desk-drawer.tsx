import { useState } from 'react'
import { formatTime, typedPhone } from '../../../../platform/i18n/formats.ts'
import { localized } from '../../../../platform/i18n/languages.ts'
import type { Translate } from '../../../../platform/i18n/messages.ts'
import type { CallCard } from '../../schema.ts'
import type { Desk } from './desk.ts'
import { lastTen, type DeskState, type Returned } from './desk-state.ts'
import type { Draft } from './store.ts'
import { resultWords, shownName } from './names.ts'

interface Props {
  t: Translate
  state: DeskState
  desk: Desk
  draftOf: (card: CallCard) => Draft
}

/** Beside the next call: somebody who calls back, and my last results. */
export function DeskDrawer({ t, state, desk, draftOf }: Props) {
  return (
    <div className="mt-6 space-y-2">
      <ReturnCall t={t} desk={desk} draftOf={draftOf} />
      <LastResults t={t} state={state} desk={desk} />
    </div>
  )
}

function ReturnCall({ t, desk, draftOf }: Omit<Props, 'state'>) {
  const [phone, setPhone] = useState('')
  const [{ problem, bank }, setReturned] = useState<Returned>({ problem: null })
  return (
    <details>
      <summary className="flex min-h-12 items-center underline">{t('console.return')}</summary>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (!phone.trim().startsWith('+') && !typedPhone(phone)) return setReturned({ problem: 'incomplete' })
          void desk.returnCall(phone, draftOf).then(setReturned)
        }}
      >
        <label className="block">
          <span className="mb-1 block text-base">{t('console.return_number')}</span>
          <input
            type="tel"
            autoComplete="off"
            className="input min-h-14 w-full text-lg"
            value={phone}
            maxLength={40}
            onChange={(event) => setPhone(event.target.value)}
          />
        </label>
        {problem && (
          <p role="alert" className="text-error mt-2 font-semibold">
            {problem === 'elsewhere'
              ? t('console.return.elsewhere', { bank: localized(bank ?? {}, t.language).text })
              : t(problem === 'incomplete' ? 'console.told_wrong.phone' : `console.return.${problem}`)}
          </p>
        )}
        <button className="btn mt-2 min-h-14 w-full text-lg">{t('console.return_find')}</button>
      </form>
    </details>
  )
}

function LastResults({ t, state, desk }: Omit<Props, 'draftOf'>) {
  const { organization, tally } = state.session
  const recent = lastTen(state)
  if (recent.length === 0 && tally.calls === 0) return null
  return (
    <details
      onToggle={(event) => {
        if (event.currentTarget.open) void desk.renew()
      }}
    >
      <summary className="flex min-h-12 items-center underline">{t('console.recent')}</summary>
      <ul className="space-y-2">
        {recent.map((each) => (
          <li key={each.attempt_id} className="flex flex-wrap items-center justify-between gap-2 text-base">
            <span>
              {formatTime(t.language, new Date(each.at), organization.time_zone)} · {shownName(each, t.language)} ·{' '}
              {resultWords(t, each)}
              {each.is_waiting && ` · ${t('console.recent_waiting')}`}
            </span>
            {each.can_undo && (
              <span className="flex gap-2">
                <button
                  type="button"
                  className="btn min-h-12"
                  aria-label={t('console.recent_edit_named', { name: shownName(each, t.language) })}
                  onClick={() => void desk.edit(each)}
                >
                  {t('console.edit')}
                </button>
                <button
                  type="button"
                  className="btn min-h-12"
                  aria-label={t('console.recent_undo_named', { name: shownName(each, t.language) })}
                  onClick={() => void desk.undoOf(each)}
                >
                  {t('action.undo')}
                </button>
              </span>
            )}
          </li>
        ))}
      </ul>
      <Board t={t} state={state} />
    </details>
  )
}

/** Only where the host wants it. Sessions kept by an older page know none. */
function Board({ t, state }: Pick<Props, 't' | 'state'>) {
  const { board = [] } = state.session as Partial<DeskState['session']>
  if (board.length === 0) return null
  return (
    <section className="mt-4 text-base" aria-labelledby="board">
      <h2 id="board" className="font-bold">
        {t('console.board')}
      </h2>
      <ol className="mt-1 list-decimal space-y-1 pl-6">
        {board.map(({ name, reached }, at) => (
          // oxlint-disable-next-line no-array-index-key -- two callers may have one name
          <li key={at}>
            <strong>{name}</strong> {t('console.board_row', { count: reached })}
          </li>
        ))}
      </ol>
    </section>
  )
}
