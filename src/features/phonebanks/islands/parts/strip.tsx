import { formatDateTime } from '../../../../platform/i18n/formats.ts'
import type { Translate } from '../../../../platform/i18n/messages.ts'
import { Icon } from '../../../../platform/ui/icon.tsx'
import { placeOf } from '../../rules.ts'
import type { Desk } from './desk.ts'
import type { DeskState, Notice } from './desk-state.ts'
import { placeOfCard } from './hours.tsx'
import { resultWords, shownName } from './names.ts'

/** My tally, and whether everything is with the server. */
export function Status({ t, state }: { t: Translate; state: DeskState }) {
  const { session, unsent, is_offline, is_outdated, is_durable, is_full, needs_join } = state
  const here = [...unsent, ...state.told]
  const waiting = here.filter((each) => !each.is_stuck).length
  const stuck = here.length - waiting
  const isAllSent = here.length === 0
  return (
    <>
      <div className="mb-2 flex flex-wrap items-center justify-between gap-x-4 gap-y-1 text-base">
        <p>{t('console.tally', { calls: session.tally.calls, reached: session.tally.reached })}</p>
        <p
          className={`flex items-center gap-1 font-semibold ${isAllSent ? 'text-success' : ''}`}
          role="status"
          data-unsent={waiting}
        >
          <Icon name={isAllSent ? 'check' : waiting ? 'clock' : 'warning'} size={18} />
          {isAllSent
            ? t('console.all_sent')
            : waiting
              ? t('console.unsent', { count: waiting })
              : t('console.not_saved', { count: stuck })}
        </p>
      </div>
      {/* Always there: screen readers pass over a region that appears with its words already in it. */}
      <div role="status" id="connection">
        {is_offline && <Strip>{t('console.offline')}</Strip>}
        {is_outdated && (
          <div className="bg-warning text-warning-content rounded-box mb-3 flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 text-base font-semibold">
            <p className="flex-1">{t('console.outdated')}</p>
            <button type="button" className="btn min-h-12" onClick={() => location.reload()}>
              {t('console.outdated_reload')}
            </button>
          </div>
        )}
        {!is_durable && <Strip>{t(is_full ? 'console.full' : 'console.not_durable')}</Strip>}
        {state.kept.saved > 0 && (
          <p className="mb-3 text-base">{t('console.kept_of_others', { count: state.kept.saved })}</p>
        )}
        {needs_join && state.door !== 'removed' && (
          <Strip>{`${t('console.rejoin')}. ${t('console.rejoin_text')}`}</Strip>
        )}
      </div>
    </>
  )
}

function Strip({ children }: { children: string }) {
  return (
    <p className="bg-warning text-warning-content rounded-box mb-3 px-4 py-3 text-base font-semibold">{children}</p>
  )
}

/** What just happened. Good news is only read out; what needs attention stays until it is closed. */
export function Notices({ t, state, desk }: { t: Translate; state: DeskState; desk: Desk }) {
  const good = state.notices.filter((notice) => notice.kind === 'good').pop()
  return (
    <>
      {/* One region that stays, new words in it each time, so that the first message is read out too. */}
      <p role="status" id="said" className="sr-only">
        {good && <span key={good.id}>{noticeWords(t, good, state)}</span>}
      </p>
      {state.notices
        .filter((notice) => notice.kind === 'warning')
        .map((notice) => (
          <div
            key={notice.id}
            role="alert"
            className="border-warning bg-base-100 rounded-box mb-3 flex items-start gap-2 border-2 py-1 pr-1 pl-4 text-base"
          >
            <p className="min-w-0 flex-1 py-2">{noticeWords(t, notice, state)}</p>
            <button
              type="button"
              className="btn btn-ghost size-12 shrink-0 p-0 text-xl"
              aria-label={t('console.dismiss')}
              onClick={() => desk.dismiss(notice.id)}
            >
              ×
            </button>
          </div>
        ))}
    </>
  )
}

/** A promised call is named by the clock where the voter lives. */
const zoneOf = ({ card }: Notice, state: DeskState): string =>
  card ? placeOf(placeOfCard(card, state)).zone : state.session.organization.time_zone

const noticeWords = (t: Translate, notice: Notice, state: DeskState): string =>
  t
    .dynamic(`console.${notice.key}`, {
      name: notice.card ? shownName(notice.card, t.language) : '',
      at: notice.at ? formatDateTime(t.language, new Date(notice.at), zoneOf(notice, state)) : '',
      count: notice.count ?? 0,
      why: notice.why ? t.dynamic(`console.empty.${notice.why.reason}`, { count: notice.why.count }) : '',
      result: notice.disposition ? resultWords(t, { ...notice, disposition: notice.disposition }) : '',
    })
    .trim()
