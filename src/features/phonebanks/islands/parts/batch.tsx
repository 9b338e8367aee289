import { useState } from 'react'
import { formatTime } from '../../../../platform/i18n/formats.ts'
import type { Translate } from '../../../../platform/i18n/messages.ts'
import { batchHours, batchLines } from '../../batches/schema.ts'
import type { Desk } from './desk.ts'
import type { DeskState } from './desk-state.ts'

interface BatchProps {
  t: Translate
  state: DeskState
  desk: Desk
}

/** Going where there is no connection: voters to take along, and until when they are mine. */
export function Batch({ t, state, desk }: BatchProps) {
  const [isAsking, setAsking] = useState(false)
  const [lines, setLines] = useState<(typeof batchLines)[number]>(10)
  const [hours, setHours] = useState<(typeof batchHours)[number]>(2)
  const { hand, is_offline, is_durable, session } = state
  if (session.phone_bank.way_of_calling === 'bridge') {
    return (
      <details className="mt-6">
        <summary className="flex min-h-12 items-center text-base underline">{t('console.batch')}</summary>
        <p className="bg-base-100 border-base-300 rounded-box border p-5 text-base">{t('console.batch_bridge')}</p>
      </details>
    )
  }
  const until = [...hand.map((card) => card.leased_until)].sort()[0]
  return (
    <details className="mt-6" data-hand={hand.length}>
      <summary className="flex min-h-12 items-center text-base underline">{t('console.batch')}</summary>
      <div className="bg-base-100 border-base-300 rounded-box border p-5 text-base">
        <p>{t('console.batch_text')}</p>
        {until && (
          <p className="mt-2 font-bold">
            {t('console.batch_now', {
              count: hand.length,
              until: formatTime(t.language, new Date(until), session.organization.time_zone),
            })}
          </p>
        )}
        {!is_durable && <p className="mt-2 font-bold">{t('console.batch_not_durable')}</p>}
        <form
          className="mt-3 flex flex-wrap items-end gap-3"
          onSubmit={(event) => {
            event.preventDefault()
            if (isAsking) return
            setAsking(true)
            void desk.takeBatch(lines, hours).finally(() => setAsking(false))
          }}
        >
          <label className="flex-1 basis-32">
            <span className="mb-1 block">{t('console.batch_lines')}</span>
            <select
              className="select min-h-12 w-full text-base"
              value={lines}
              onChange={(event) => setLines(batchLines.find((each) => each === Number(event.target.value)) ?? 10)}
            >
              {batchLines.map((each) => (
                <option key={each} value={each}>
                  {t('console.batch_voters', { count: each })}
                </option>
              ))}
            </select>
          </label>
          <label className="flex-1 basis-32">
            <span className="mb-1 block">{t('console.batch_hours')}</span>
            <select
              className="select min-h-12 w-full text-base"
              value={hours}
              onChange={(event) => setHours(batchHours.find((each) => each === Number(event.target.value)) ?? 2)}
            >
              {batchHours.map((each) => (
                <option key={each} value={each}>
                  {t('console.batch_hour', { count: each })}
                </option>
              ))}
            </select>
          </label>
          <button type="submit" className="btn btn-primary min-h-12 text-base" disabled={is_offline || isAsking}>
            {t('console.batch_take')}
          </button>
        </form>
        <p className="mt-3">{t('console.batch_install')}</p>
      </div>
    </details>
  )
}
