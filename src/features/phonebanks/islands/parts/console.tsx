import { useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import type { z } from 'zod'
import { dateIn } from '../../../../platform/clock.ts'
import { formatHours, formatDateTime, formatTime } from '../../../../platform/i18n/formats.ts'
import type { Language } from '../../../../platform/i18n/languages.ts'
import { allMessages, translator, type Translate } from '../../../../platform/i18n/messages.ts'
import '../../calling-rules/quiet-day-messages.ts'
import '../../console-messages.ts'
import { ReadingSettings } from '../../../scripts/walk/reading.tsx'
import type { WayOfCalling } from '../../bridge/schema.ts'
import type { CallCard, Session } from '../../schema.ts'
import { Bar } from './bar.tsx'
import { Batch } from './batch.tsx'
import { Care, stop } from './care.tsx'
import { BridgeStart, BridgeStatus } from './bridge.tsx'
import { Conversation } from './conversation.tsx'
import { DeskDrawer } from './desk-drawer.tsx'
import { Desk } from './desk.ts'
import type { DeskState } from './desk-state.ts'
import { focusNew } from './focus.ts'
import type { Server } from './server.ts'
import { useSettled } from './settled.ts'
import { forgetOffline, keepOffline, loadLetters } from '../../../../platform/ui/device/offline.ts'
import { beginsIn } from './spoken.ts'
import { openStore, type Draft } from './store.ts'
import { Notices, Status } from './strip.tsx'
import { Stuck } from './stuck.tsx'
import { resultWords, shownName } from './names.ts'

export interface ConsoleData {
  language: Language
  session: z.infer<typeof Session>
  /** Who are called beside the list, as the page was loaded. */
  newcomers?: number
}

/** What is different where nothing is real. */
interface Practice {
  server: Server
  openStore: typeof openStore
  /** Of the last result, above the next voter. */
  verdict: React.ReactNode
  /** What one hears once a voter is called, by voter id. */
  hears: ReadonlyMap<number, React.ReactNode>
  /** After the last voter. */
  over: React.ReactNode
}

/** The caller's page: one voter after another, by thumb, with or without a connection. */
export function CallConsole({ language, session, newcomers = 0, practice }: ConsoleData & { practice?: Practice }) {
  const t = useMemo(() => translator(language), [language])
  const [desk] = useState(() => new Desk(session, practice?.server))
  const state = useSyncExternalStore(desk.subscribe, desk.now)
  const isPractice = practice !== undefined
  const isBridge = state.session.phone_bank.way_of_calling === 'bridge'
  const storeOf = practice?.openStore ?? openStore
  useEffect(() => {
    const voter_id = Number(new URLSearchParams(location.search).get('called_us'))
    desk.start(storeOf, {
      called_us: voter_id && !isPractice ? { voter_id, draftOf: (card) => newDraft(card, session) } : null,
    })
    // Loaded again, the page does not take the next call of this voter for theirs.
    if (voter_id && !isPractice) history.replaceState(null, '', location.pathname)
    if (!isPractice) void keepOffline('/call/', lettersOf(session))
  }, [desk, session, storeOf, isPractice])
  const names = state.hand
    .map(({ display_name, hangul, household }) => JSON.stringify([display_name, hangul, household]))
    .join()
  useEffect(() => void loadLetters(names), [names])
  useUnloadGuard(!state.is_durable && [...state.unsent, ...state.told].some((each) => !each.is_stuck))
  useStay(state.is_offline, desk)

  if (!state.is_ready) return <Waiting title={t('console.loading')} />
  if (state.is_elsewhere) {
    return (
      <Waiting title={t('console.elsewhere')} text={t('console.elsewhere_text')}>
        <button type="button" className={primary} onClick={() => desk.start(openStore, { steal: true })}>
          {t('console.use_here')}
        </button>
      </Waiting>
    )
  }
  const [inFront] = state.hand
  const talking = inFront && state.drafts.get(inFront.voter_id)?.is_talking ? inFront : null
  return (
    <div className="mx-auto max-w-5xl text-lg">
      {practice ? practice.verdict : <Status t={t} state={state} />}
      <Bar>
        <Notices t={t} state={state} desk={desk} />
        {isBridge && <Line t={t} state={state} desk={desk} />}
        {!state.has_left && <Care t={t} state={state} desk={desk} />}
        {/* What they answer is needed at each question. */}
        {talking && practice?.hears.get(talking.voter_id)}
      </Bar>
      <div className="[&_:is(a,button,input,select,textarea,summary,[tabindex])]:scroll-mt-[var(--bar,6rem)]">
        <Stuck
          t={t}
          own={state.session.own_results}
          entries={[
            ...[...state.unsent, ...state.told].filter((each) => each.is_stuck),
            ...state.kept.stuck.map((each) => each.entry),
          ]}
          onTryAgain={(entry) => void desk.sendAgain(entry)}
          onRemove={(entry) => void desk.removeStuck(entry)}
        />
        {isBridge && !state.has_left && <BridgeStart t={t} phone_bank_id={state.session.phone_bank.phone_bank_id} />}
        <Work t={t} state={state} desk={desk} practice={practice} newcomers={newcomers} />
        <ReadingSettings t={t} />
      </div>
    </div>
  )
}

/** Every letter the page may have to show: its own words and the script. */
const lettersOf = (session: z.infer<typeof Session>): string =>
  [...new Set(JSON.stringify([...allMessages().values(), session.script.content, '●○☑☐×']))].join('')

/** Stays on the screen whatever else is there: who is on the line must be able to leave it. */
function Line({ t, state, desk }: { t: Translate; state: DeskState; desk: Desk }) {
  const { session, hand, drafts } = state
  const card = hand[0] ?? null
  return (
    <BridgeStatus
      t={t}
      phone_bank_id={session.phone_bank.phone_bank_id}
      card={card}
      has_left={state.has_left}
      onResult={(disposition) => {
        if (!card) return
        void desk.record(card, drafts.get(card.voter_id) ?? newDraft(card, session), { disposition })
      }}
    />
  )
}

const primary = 'btn btn-primary h-auto min-h-14 w-full py-3 text-lg'

interface WorkProps {
  t: Translate
  state: DeskState
  desk: Desk
  practice: Practice | undefined
  newcomers: number
}

function Work({ t, state, desk, practice, newcomers }: WorkProps) {
  const { session, hand, door, has_left } = state
  const card = hand[0]
  if (state.needs_join && door !== 'removed' && !card)
    return <Waiting title={t('console.rejoin')} text={t('console.rejoin_text')} />
  if (has_left) return <Left t={t} state={state} desk={desk} />
  if (state.editing) {
    return (
      <Conversation
        key={`edit ${state.editing.attempt_id}`}
        t={t}
        desk={desk}
        state={state}
        card={state.editing.card}
        draft={state.editing.draft}
        editing={state.editing}
      />
    )
  }
  // A conversation is finished even when the phone bank was paused or ended meanwhile.
  if (door !== 'open' && (door === 'removed' || !(card && state.drafts.get(card.voter_id)?.is_talking))) {
    const { calls } = session.tally
    const isSaved = state.unsent.length + state.told.length === 0
    return (
      <Waiting title={t(`console.door.${door}`)} text={t(`console.door.${door}_text`)}>
        {isOverFor(door) && calls > 0 && isSaved && (
          <p className="font-bold">{t('console.door_saved', { count: calls })}</p>
        )}
        {door === 'practice' && (
          <a className={`${primary} text-center`} href={`/call/${session.phone_bank.phone_bank_id}/practice`}>
            {t('console.to_practice')}
          </a>
        )}
        {door !== 'removed' && <LastCall t={t} state={state} desk={desk} />}
      </Waiting>
    )
  }
  if (!card) return practice?.over ?? <Empty t={t} state={state} desk={desk} newcomers={newcomers} />
  const draft = state.drafts.get(card.voter_id) ?? newDraft(card, session)
  return (
    <>
      {session.tally.calls === 0 && !draft.is_talking && <Hint t={t} way={session.phone_bank.way_of_calling} />}
      {!draft.is_talking && <LastCall t={t} state={state} desk={desk} />}
      {draft.started_at && !draft.is_talking && practice?.hears.get(card.voter_id)}
      <Conversation key={card.voter_id} t={t} desk={desk} state={state} card={card} draft={draft} />
      {!practice && !draft.is_talking && <Beneath t={t} state={state} desk={desk} />}
    </>
  )
}

/** What else one may do between two calls. */
function Beneath({ t, state, desk }: { t: Translate; state: DeskState; desk: Desk }) {
  return (
    <>
      <DeskDrawer t={t} state={state} desk={desk} draftOf={(each) => newDraft(each, state.session)} />
      <Batch t={t} state={state} desk={desk} />
      <p className="mt-8 text-center">
        <button type="button" className="btn min-h-12 text-base" onClick={() => stop(desk, state)}>
          {t('console.leave')}
        </button>
      </p>
    </>
  )
}

type TheLast = NonNullable<DeskState['last']>

/** Nothing more is to come here. */
const isOverFor = (door: DeskState['door']): boolean => door === 'ended' || door === 'over' || door === 'removed'

const newDraft = (card: CallCard, session: z.infer<typeof Session>): Draft => ({
  started_at: null,
  is_talking: false,
  at: 0,
  answers: {},
  note: '',
  language: beginsIn(card, session.script.content, session),
  phone: null,
})

function LastCall({ t, state, desk }: { t: Translate; state: DeskState; desk: Desk }) {
  const { last } = state
  return last && <Correctable key={last.attempt_id} t={t} state={state} desk={desk} last={last} />
}

function Correctable({ t, state, desk, last }: { t: Translate; state: DeskState; desk: Desk; last: TheLast }) {
  const isSettled = useSettled()
  return (
    <div
      inert={!isSettled}
      className="bg-base-100 border-base-300 rounded-box mb-3 flex scroll-mt-[var(--bar,6rem)] items-center gap-1 border py-1 pr-1 pl-3 text-base"
      data-last-call
    >
      <p className="min-w-0 flex-1">
        {t('console.previous', {
          name: shownName(last.card, t.language),
          result: resultWords(t, last),
        })}
      </p>
      {state.door !== 'ended' && (
        <button
          type="button"
          className="btn btn-ghost min-h-12 shrink-0 px-2 font-bold underline"
          onClick={() => void desk.edit(last)}
        >
          {t('console.edit')}
        </button>
      )}
      <button
        type="button"
        className="btn btn-ghost min-h-12 shrink-0 px-2 font-bold underline"
        onClick={() => void desk.undo()}
      >
        {t('action.undo')}
      </button>
    </div>
  )
}

function Empty({ t, state, desk, newcomers }: Pick<WorkProps, 't' | 'state' | 'desk' | 'newcomers'>) {
  const { empty, session, is_offline } = state
  const { phone_bank, organization } = session
  if (newcomers > 0 && empty?.reason === 'finished' && !is_offline)
    return (
      <Waiting title={t('console.empty_newcomers_title')} text={t('console.empty_newcomers', { count: newcomers })}>
        <a className={`${primary} text-center`} href={`/call/${phone_bank.phone_bank_id}/newcomers`}>
          {t('console.to_newcomers')}
        </a>
        <LastCall t={t} state={state} desk={desk} />
        <button type="button" className="btn min-h-12 w-full text-base" onClick={() => stop(desk, state)}>
          {t('console.leave')}
        </button>
      </Waiting>
    )
  const hours = t('console.hours', {
    hours: formatHours(t.language, phone_bank.calling_starts, phone_bank.calling_ends),
  })
  return (
    <Waiting
      title={t(is_offline || empty ? 'console.empty_title' : 'console.loading')}
      text={
        is_offline || !empty
          ? is_offline
            ? t('console.empty_offline')
            : ''
          : empty.quiet_day
            ? empty.quiet_day === 'own'
              ? t('console.empty.quiet_day_own')
              : t('console.empty.quiet_day', { day: t.dynamic(`quiet_day.${empty.quiet_day}`) })
            : t.dynamic(`console.empty.${empty.reason}`, { count: empty.count })
      }
    >
      {empty?.reason === 'outside_hours' && !empty.quiet_day && <p>{hours}</p>}
      {empty?.ready_at && !is_offline && (
        <p className="font-bold">
          {t('console.empty_ready', { when: whenReady(t, empty.ready_at, organization.time_zone, desk.time()) })}
        </p>
      )}
      {empty && !['finished', 'limit', 'quota'].includes(empty.reason) && (
        <p className="text-base">{t('console.empty_watching')}</p>
      )}
      <button type="button" className={primary} onClick={() => void desk.look()}>
        {t('console.empty_again')}
      </button>
      <LastCall t={t} state={state} desk={desk} />
      <DeskDrawer t={t} state={state} desk={desk} draftOf={(each) => newDraft(each, session)} />
      <button type="button" className="btn min-h-12 w-full text-base" onClick={() => stop(desk, state)}>
        {t('console.leave')}
      </button>
    </Waiting>
  )
}

/** Today the time alone; a later day with its date. */
function whenReady(t: Translate, ready_at: string, time_zone: string, now: Date): string {
  const at = new Date(ready_at)
  const isToday = dateIn(time_zone, at) === dateIn(time_zone, now)
  return isToday ? formatTime(t.language, at, time_zone) : formatDateTime(t.language, at, time_zone)
}

function Left({ t, state, desk }: { t: Translate; state: DeskState; desk: Desk }) {
  const unsent = [...state.unsent, ...state.told].filter((each) => !each.is_stuck).length
  const { tally } = state.session
  // Nothing of the phone bank stays on the device.
  useEffect(() => {
    if (unsent === 0) void forgetOffline('/call/')
  }, [unsent])
  return (
    <Waiting
      title={t('console.left_title', { name: state.session.caller.name })}
      text={t('console.left_text', { count: tally.calls })}
    >
      {tally.reached > 0 && <p className="font-bold">{t('console.left_talks', { count: tally.reached })}</p>}
      {unsent > 0 && <p className="font-bold">{t('console.left_unsent', { count: unsent })}</p>}
      <button
        type="button"
        className={primary}
        onClick={() => {
          void desk.comeBack()
          void keepOffline('/call/', lettersOf(state.session))
        }}
      >
        {t('console.go_on')}
      </button>
    </Waiting>
  )
}

/** Nothing to call: what it is, why, what to do. */
function Waiting({ title, text, children }: { title: string; text?: string; children?: React.ReactNode }) {
  return (
    <div className="bg-base-100 border-base-300 rounded-box mx-auto max-w-xl space-y-5 border px-5 py-10 text-center text-lg">
      <h1 key={title} ref={focusNew} tabIndex={-1} className="text-2xl font-bold text-balance outline-none">
        {title}
      </h1>
      {text && <p>{text}</p>}
      {children}
    </div>
  )
}

const hint_key = 'hanpyo-call-hint'

/** Once per device; where nothing can be kept, until it is closed. */
function Hint({ t, way }: { t: Translate; way: WayOfCalling }) {
  const [isClosed, setClosed] = useState(() => remembered(() => localStorage.getItem(hint_key) === 'seen', false))
  if (isClosed) return null
  const close = () => {
    setClosed(true)
    remembered(() => localStorage.setItem(hint_key, 'seen'), undefined)
  }
  return (
    <section className="border-accent bg-base-100 rounded-box mb-4 border-2 p-5" aria-labelledby="hint">
      <h2 id="hint" className="text-xl font-bold">
        {t('console.hint_title')}
      </h2>
      <ol className="mt-3 list-decimal space-y-2 pl-6">
        <li>{t(`console.hint_1.${way}`)}</li>
        <li>{t('console.hint_2')}</li>
        <li>{t('console.hint_3')}</li>
        <li>{t('console.hint_4')}</li>
      </ol>
      <button type="button" className="btn mt-4 min-h-12 w-full text-lg" onClick={close}>
        {t('console.hint_close')}
      </button>
    </section>
  )
}

/** localStorage throws where the browser forbids it. */
function remembered<T>(ask: () => T, otherwise: T): T {
  try {
    return ask()
  } catch {
    return otherwise
  }
}

/** The browser asks before a page is closed that alone knows a result. */
function useUnloadGuard(isNeeded: boolean): void {
  useEffect(() => {
    if (!isNeeded) return undefined
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', ask)
    return () => removeEventListener('beforeunload', ask)
  }, [isNeeded])
}

/** Without a connection other pages, and this one in the other language, are an error of the browser: one stays here. */
function useStay(isNeeded: boolean, desk: Desk): void {
  useEffect(() => {
    if (!isNeeded) return undefined
    const stay = (event: Event) => {
      const isLeaving =
        event.type === 'submit' || (event.target instanceof Element && event.target.closest('a[href^="/"]') !== null)
      if (event.defaultPrevented || !isLeaving) return
      event.preventDefault()
      desk.stay()
    }
    document.addEventListener('click', stay)
    document.addEventListener('submit', stay)
    return () => {
      document.removeEventListener('click', stay)
      document.removeEventListener('submit', stay)
    }
  }, [isNeeded, desk])
}
