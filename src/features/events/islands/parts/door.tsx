import { useDeferredValue, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { formatMoney, formatTime } from '../../../../platform/i18n/formats.ts'
import type { Language } from '../../../../platform/i18n/languages.ts'
import { allMessages, translator, type Translate } from '../../../../platform/i18n/messages.ts'
import { forgetOffline, keepOffline, loadLetters } from '../../../../platform/ui/device/offline.ts'
import { Icon } from '../../../../platform/ui/icon.tsx'
import '../../door/messages.ts'
import { headsOf, inTheWay, isTicket, nameOf, spelledTicket } from '../../door/rules.ts'
import type { DoorPerson } from '../../door/schema.ts'
import { responseRules, wasThere } from '../../schema.ts'
import { Camera } from './camera.tsx'
import { DoorDesk, type DoorEvent, type DoorState } from './door-desk.ts'
import { loadReader } from './reading.ts'
import { SeenCard, ToldCards } from './seen.tsx'
import { WalkIn } from './walk-in.tsx'

export interface DoorData {
  language: Language
  event: DoorEvent
  shift_id: string
}

export interface Inside {
  t: Translate
  event: DoorEvent
  desk: DoorDesk
  state: DoorState
}

const loadFinding = () => import('../../door/finding-rules.ts')
export type Finding = Awaited<ReturnType<typeof loadFinding>>

/** The door on a phone: by code, by name, whoever walks in, with or without a connection. */
export function Door({ language, event, shift_id }: DoorData) {
  const t = useMemo(() => translator(language), [language])
  const [desk] = useState(() => new DoorDesk(event, shift_id))
  const state = useSyncExternalStore(desk.subscribe, desk.now)
  const [finding, setFinding] = useState<Finding | null>(null)
  const [isScanning, setScanning] = useState(false)
  const [newcomer, setNewcomer] = useState<{ names: ReturnType<Finding['namesTyped']>; number: number }>({
    names: null,
    number: 0,
  })
  useEffect(() => {
    void desk.start()
    // What the page is made of is kept once all of it is there.
    void Promise.all([loadFinding().then(setFinding), loadReader()])
      .then(() => keepOffline('/door/', letters))
      .catch(() => undefined) // offline, with an older page: names are found by their beginning
    return () => desk.stop()
  }, [desk])
  const isDone = state.is_over && state.unsent.length === 0 && state.told.length === 0
  useEffect(() => void (isDone && forgetOffline('/door/')), [isDone])
  const names = useMemo(() => [...new Set([...state.people.values()].map(nameOf).join(''))].join(''), [state.people])
  useEffect(() => void loadLetters(names), [names])
  useUnloadGuard(!state.is_durable && state.unsent.length > 0)

  const inside = { t, event, desk, state }
  if (!state.is_ready) return <p role="status">{t('door.loading')}</p>
  return (
    <div className="text-lg">
      <Status {...inside} />
      {state.is_over ? (
        <>
          <p className="mb-4 text-xl font-semibold">{t('door.over')}</p>
          <ToldCards {...inside} />
        </>
      ) : state.needs_sign_in ? null : (
        <>
          <Heads {...inside} />
          {event.shifts.length > 1 && <Shifts {...inside} />}
          <SeenCard {...inside} />
          <ToldCards {...inside} />
          <button
            type="button"
            className="btn btn-primary mb-4 h-auto min-h-16 w-full py-3 text-xl"
            onClick={() => setScanning(!isScanning)}
          >
            {t(isScanning ? 'door.scan_stop' : 'door.scan')}
          </button>
          {isScanning && (
            <div className="mb-4">
              <Camera t={t} onRead={(text) => void desk.read(text)} />
            </div>
          )}
          <Names {...inside} finding={finding} onNew={(names) => setNewcomer({ names, number: newcomer.number + 1 })} />
          <WalkIn key={newcomer.number} {...inside} finding={finding} looked_for={newcomer.names} />
        </>
      )}
    </div>
  )
}

/** Every letter of the page's own words. */
const letters = [...new Set(JSON.stringify([...allMessages().values()]))].join('')

/** A page that holds what nothing else does is not closed unawares. */
function useUnloadGuard(isNeeded: boolean): void {
  useEffect(() => {
    if (!isNeeded) return undefined
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', ask)
    return () => removeEventListener('beforeunload', ask)
  }, [isNeeded])
}

function Status({ t, state }: Inside) {
  const { unsent, is_offline, is_durable, needs_sign_in, has_list, is_over } = state
  const waiting = unsent.length
  return (
    <>
      <p
        className={`mb-2 flex items-center gap-1 text-base font-semibold ${waiting === 0 ? 'text-success' : ''}`}
        role="status"
        data-unsent={waiting}
      >
        <Icon name={waiting === 0 ? 'check' : 'clock'} size={18} />
        {waiting === 0 ? t('door.all_sent') : t('door.unsent', { count: waiting })}
      </p>
      {/* Always there: screen readers pass over a region that appears with its words already in it. */}
      <div role="status" id="connection">
        {is_offline && <Strip>{t('door.offline')}</Strip>}
        {!is_durable && <Strip>{t('door.not_durable')}</Strip>}
        {!has_list && !is_over && is_offline && <Strip>{t('door.empty')}</Strip>}
        {needs_sign_in && (
          <Strip>
            <span className="mb-3 block">
              {t('door.signed_out')} {waiting > 0 && t('door.signed_out_kept', { count: waiting })}
            </span>
            <a className="btn min-h-12 text-lg" href={`/sign-in?back=${encodeURIComponent(location.pathname)}`}>
              {t('door.sign_in_link')}
            </a>
          </Strip>
        )}
      </div>
    </>
  )
}

const Strip = ({ children }: { children: React.ReactNode }) => (
  <p className="bg-warning text-warning-content rounded-box mb-3 px-4 py-3 text-base font-semibold">{children}</p>
)

function Heads({ t, state }: Inside) {
  const heads = headsOf(state.people.values(), state.shift_id)
  const figure = (label: string, value: number) => (
    <div className="flex flex-col-reverse">
      <dt className="text-sm">{label}</dt>
      <dd className="text-3xl font-bold">{value.toLocaleString(t.language)}</dd>
    </div>
  )
  return (
    <dl
      className="bg-base-100 rounded-box border-base-300 mb-4 grid grid-cols-3 gap-2 border p-3 text-center"
      data-heads={heads.here}
    >
      {figure(t('door.here'), heads.here)}
      {figure(t('door.expected'), heads.expected)}
      {figure(t('door.walk_ins'), heads.walk_ins)}
    </dl>
  )
}

const Shifts = ({ t, event, desk, state }: Inside) => (
  <label className="mb-4 block">
    <span className="mb-1 block font-semibold">{t('door.shift')}</span>
    <select
      className="select select-lg w-full text-base"
      value={state.shift_id}
      onChange={(change) => desk.choose(change.target.value)}
    >
      {event.shifts.map(({ shift_id, name }) => (
        <option key={shift_id} value={shift_id}>
          {name}
        </option>
      ))}
    </select>
  </label>
)

const shown_at_once = 30

interface NamesProps extends Inside {
  finding: Finding | null
  /** Whoever was looked for is none of those on the list. */
  onNew: (names: ReturnType<Finding['namesTyped']>) => void
}

function Names({ finding, onNew, ...inside }: NamesProps) {
  const { t, desk, state } = inside
  const [typed, setTyped] = useState('')
  const [most, setMost] = useState(shown_at_once)
  const box = useRef<HTMLInputElement>(null)
  const asked = useDeferredValue(typed)
  const rows = useFound(asked, state.people, state.shift_id, t.language, finding)
  const code = asked.toLowerCase().replaceAll(/[\s.·-]/g, '')
  const isCode = isTicket(code)
  const names = isCode ? null : (finding?.namesTyped(asked) ?? null)
  return (
    <section className="mb-6">
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (!isCode) return
          setTyped('')
          void desk.read(code)
        }}
      >
        <label className="mb-3 block">
          <span className="mb-1 block font-semibold">{t('door.find')}</span>
          <input
            ref={box}
            type="search"
            className="input input-lg w-full"
            autoComplete="off"
            autoCapitalize="none"
            maxLength={60}
            value={typed}
            onChange={(event) => {
              setTyped(event.target.value)
              setMost(shown_at_once)
            }}
          />
        </label>
        {isCode && (
          <button className="btn btn-primary mb-3 h-auto min-h-14 w-full py-2 text-lg">
            {t('door.find_code', { code: spelledTicket(code) })}
          </button>
        )}
      </form>
      {asked.trim() && rows.length === 0 && !isCode && <p className="mb-3 font-semibold">{t('door.none_found')}</p>}
      <ul className="space-y-2">
        {rows.slice(0, most).map((person) => (
          <Row
            key={person.signup_id}
            {...inside}
            person={person}
            onMeet={(is_by_key) => {
              setTyped('')
              if (is_by_key) box.current?.focus()
            }}
          />
        ))}
      </ul>
      {rows.length > most && (
        <button type="button" className="btn mt-3 w-full" onClick={() => setMost(most + shown_at_once)}>
          {t('door.more')}
        </button>
      )}
      {names && (
        <button
          type="button"
          className="btn mt-2 h-auto min-h-14 w-full py-2 text-lg"
          onClick={() => {
            setTyped('')
            onNew(names)
          }}
        >
          {t('door.new_person', { name: asked.trim() })}
        </button>
      )}
    </section>
  )
}

function useFound(
  asked: string,
  people: DoorState['people'],
  shift_id: string,
  language: Language,
  finding: Finding | null,
): DoorPerson[] {
  return useMemo(
    () => found(asked, people, { shift_id, language, finding }),
    [asked, people, shift_id, language, finding],
  )
}

/** Nothing asked: who is still expected, by name. Asked: everybody of the event, also who is in or has canceled. */
function found(
  asked: string,
  people: ReadonlyMap<string, DoorPerson>,
  { shift_id, language, finding }: { shift_id: string; language: Language; finding: Finding | null },
): DoorPerson[] {
  const collator = new Intl.Collator(language)
  const inOrder = (some: readonly DoorPerson[]) =>
    [...some].sort((a, b) => collator.compare(sortName(a, language), sortName(b, language)))
  const all = [...people.values()]
  const text = asked.trim()
  if (!text) {
    return inOrder(
      all.filter(
        ({ marks, response, shift_ids }) =>
          !marks[shift_id] && responseRules[response].holds_seat && shift_ids.includes(shift_id),
      ),
    )
  }
  const ticket = text.toLowerCase().replaceAll(/[\s.·-]/g, '')
  const owner = all.filter((person) => person.ticket === ticket)
  if (owner.length > 0) return owner
  if (!finding) return inOrder(all.filter((person) => nameOf(person).toLowerCase().includes(text.toLowerCase())))
  for (const beginnings of finding.askedKeys(text)) {
    const hits = all.filter((person) =>
      finding.keysOf(person).some((key) => beginnings.some((each) => key.startsWith(each))),
    )
    if (hits.length > 0) return inOrder(hits)
  }
  return []
}

const sortName = ({ first_name, last_name, name_hangul }: DoorPerson, language: Language): string =>
  (language === 'ko' && name_hangul) || `${last_name} ${first_name}`

interface RowProps extends Inside {
  person: DoorPerson
  /** The row goes: whoever pressed a key goes on typing; on a touch no keyboard comes up. */
  onMeet: (is_by_key: boolean) => void
}

function Row({ t, event, desk, state, person, onMeet }: RowProps) {
  const mark = person.marks[state.shift_id]
  const isIn = mark !== undefined && wasThere[mark.attendance]
  const way = inTheWay(person, state.shift_id)
  const host = person.host_signup_id ? state.people.get(person.host_signup_id) : undefined
  const name = nameOf(person)
  const about = [
    host && t('door.party_of', { name: nameOf(host) }),
    person.guests > 0 && t('door.party', { count: person.guests }),
    isIn && t('door.in_since', { time: formatTime(t.language, new Date(mark.at), event.time_zone) }),
    !isIn && way && t(`door.short.${way}`),
    person.owes_cents > 0 && t('door.owes', { amount: formatMoney(person.owes_cents) }),
    person.minor !== 'no' && t(`door.minor.${person.minor}`),
  ].filter(Boolean)
  return (
    <li className="bg-base-100 rounded-box border-base-300 flex items-center gap-3 border p-3">
      <div className="min-w-0 flex-1">
        <strong className="break-words">{name}</strong>
        {about.length > 0 && <span className="block text-base">{about.join(' · ')}</span>}
      </div>
      {isIn ? (
        <button type="button" className="btn btn-ghost min-h-12" onClick={() => void desk.takeBack(person.signup_id)}>
          {t('action.undo')} <span className="sr-only">{name}</span>
        </button>
      ) : (
        <button
          type="button"
          className="btn btn-primary min-h-12 text-lg"
          onClick={(press) => {
            onMeet(press.detail === 0)
            void desk.meet(person.signup_id)
          }}
        >
          {t('door.mark')} <span className="sr-only">{name}</span>
        </button>
      )}
    </li>
  )
}
