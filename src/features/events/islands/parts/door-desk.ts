import { call } from '../../../../platform/http/endpoint.ts'
import { clockKept, keepClock, newId } from '../../../../platform/ui/device/device.ts'
import { forgetPast, inLine } from '../../../../platform/ui/device/kept.ts'
import { syncDoor } from '../../door/endpoints.ts'
import { inTheWay, nameOf, ownerOfCard, readCode, renamed, signupIn, spelledTicket, withActs, type InTheWay, type ReadCode } from '../../door/rules.ts' // prettier-ignore
import { most_acts, type DoorAct, type DoorDone, type DoorPerson, type Who } from '../../door/schema.ts'
import type { HandWay } from '../../orders/schema.ts'
import { wasThere } from '../../schema.ts'
import { merged, openDoorStore, type DoorStore, type Told, type Unsent } from './door-store.ts'

export interface DoorEvent {
  event_id: string
  /** As in addresses: of codes it is known by them whether they are for this door. */
  organization: string
  code: string
  time_zone: string
  /** When nobody needs the list any more. */
  until: string
  shifts: { shift_id: string; name: string }[]
}

/** What was read or pressed last, and what is to be said of it. */
export type Seen =
  /** `who`: by what they were known; a card is looked at by the server. */
  | { is: 'in'; signup_id: string; act_id: string; who: Who }
  | { is: 'already'; signup_id: string; since: string; by: string }
  | { is: 'in_the_way'; signup_id: string; way: InTheWay; who: Who }
  /** Not on the list of the device: the server is asked, or will be. */
  | { is: 'looking'; act_id: string }
  | { is: 'wrong'; why: 'other_event' | 'other_organization' | 'unknown' }

export interface DoorState {
  is_ready: boolean
  shift_id: string
  /** As they stand with what is not sent yet. */
  people: ReadonlyMap<string, DoorPerson>
  /** false: no list was ever received. */
  has_list: boolean
  unsent: readonly Unsent[]
  told: readonly Told[]
  seen: Seen | null
  is_offline: boolean
  is_durable: boolean
  /** Nobody is signed in here who may stand at this door. */
  needs_sign_in: boolean
  is_over: boolean
}

const patience_ms = 20_000
const look_every_ms = 20_000
/** Names that changed and people put together are no news of the event: now and then the whole list is read anew. */
const whole_every_ms = 10 * 60_000

type NewAct = DoorAct extends infer Act
  ? Act extends DoorAct
    ? Omit<Act, 'act_id' | 'at' | 'shift_id'>
    : never
  : never

/**
 * A door on a phone: whoever is let in is marked in the device's store first, then told to the server, in order, until it
 * has confirmed it. Lives as long as the page.
 */
export class DoorDesk {
  private readonly event: DoorEvent
  private state: DoorState
  private readonly listeners = new Set<() => void>()
  private readonly inOrder = inLine()
  private store: DoorStore | null = null
  private list: DoorPerson[] = []
  private after: string | null = null
  private whole_at = -Infinity
  /** What somebody left here without the list, to be seen by whoever the server gives it: names of an earlier sign-in. */
  private left: { act_ids: ReadonlySet<string>; told: readonly Told[] } = nothingLeft
  private order = 0
  private clock_off_ms = clockKept()
  private stops: (() => void)[] = []
  private heard: EventSource | null = null

  constructor(event: DoorEvent, shift_id: string) {
    this.event = event
    this.state = {
      is_ready: false,
      shift_id,
      people: new Map(),
      has_list: false,
      unsent: [],
      told: [],
      seen: null,
      is_offline: false,
      is_durable: true,
      needs_sign_in: false,
      is_over: false,
    }
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }

  now = (): DoorState => this.state

  /** The server's time, as well as we know it. */
  private time = (): Date => new Date(Date.now() + this.clock_off_ms)

  async start(): Promise<void> {
    await forgetPast(this.time())
    this.store = await openDoorStore(this.event.event_id, new Date(this.event.until))
    const [{ people, about }, unsent, told] = await Promise.all([
      this.store.list(),
      this.store.unsent(),
      this.store.told(),
    ])
    this.list = people
    this.after = about?.after ?? null
    this.order = Math.max(0, ...unsent.map((each) => each.order))
    if (!about) this.left = { act_ids: idsOf(unsent), told: told.filter(isRefused) }
    this.change({
      is_ready: true,
      has_list: about !== null,
      is_durable: this.store.is_durable,
      unsent,
      told: about ? told : told.filter((each) => !isRefused(each)),
    })
    const again = () => void this.sync()
    const timer = setInterval(again, look_every_ms)
    addEventListener('online', again)
    addEventListener('visibilitychange', again)
    this.stops = [
      () => clearInterval(timer),
      () => removeEventListener('online', again),
      () => removeEventListener('visibilitychange', again),
      () => this.heard?.close(),
    ]
    this.listen()
    await this.sync()
  }

  stop(): void {
    for (const each of this.stops.splice(0)) each()
  }

  /** The count of heads is sent whenever it changes: somebody came in at another door. */
  private listen(): void {
    this.heard?.close()
    this.heard = new EventSource(`/events/${this.event.event_id}/door/live?shift=${this.state.shift_id}`)
    this.heard.addEventListener('html', () => void this.sync())
  }

  choose(shift_id: string): void {
    this.change({ shift_id, seen: null })
    this.listen()
  }

  dismiss(): void {
    this.change({ seen: null })
  }

  async dismissTold(act_id: string): Promise<void> {
    this.change({ told: this.state.told.filter((each) => each.act_id !== act_id) })
    await this.store?.removeTold(act_id)
    await this.forgetIfOver()
  }

  /** What a camera read, or somebody typed. */
  async read(text: string): Promise<void> {
    const code = readCode(text, { organization: this.event.organization, event: this.event.code })
    if (code.is !== 'ticket' && code.is !== 'card') return this.change({ seen: { is: 'wrong', why: code.is } })
    const who = code.is === 'ticket' ? { ticket: code.ticket } : { person_id: code.person_id, card: code.card }
    const person = this.personOf(code)
    if (person) return this.meet(person.signup_id, 'card' in who ? who : undefined)
    const waiting = this.state.unsent.find(({ act }) => isOf(act, code))
    if (waiting) return this.change({ seen: { is: 'looking', act_id: waiting.act_id } })
    const act_id = await this.do({ kind: 'mark', who, guests: null, is_let_in: false }, (id) => ({ is: 'looking', act_id: id })) // prettier-ignore
    await this.sync()
    const told = this.state.told.find((each) => each.act_id === act_id)
    if (told && told.outcome !== 'ask' && told.outcome !== 'already') return
    if (told) await this.dismissTold(act_id)
    const signup_id = told?.signup_id ?? this.settled.get(act_id)
    if (!signup_id) return
    if (told?.outcome === 'already')
      return this.change({ seen: { is: 'already', signup_id, since: told.since ?? '', by: told.since_by ?? '' } })
    if (told) return this.meet(signup_id)
    this.change({ seen: { is: 'in', signup_id, act_id, who } })
  }

  private personOf(code: ReadCode): DoorPerson | undefined {
    const all = [...this.state.people.values()]
    if (code.is === 'ticket') return all.find(({ ticket }) => ticket === code.ticket)
    return code.is === 'card' ? ownerOfCard(all, code.person_id, this.state.shift_id) : undefined
  }

  /** Somebody on the list stands at the door. `who`: by what they are known, if not by name. */
  async meet(signup_id: string, who: Who = { signup_id }): Promise<void> {
    const person = this.state.people.get(signup_id)
    if (!person) return
    const mark = person.marks[this.state.shift_id]
    if (mark && wasThere[mark.attendance])
      return this.change({ seen: { is: 'already', signup_id, since: mark.at, by: mark.made_by } })
    const way = inTheWay(person, this.state.shift_id)
    if (way) return this.change({ seen: { is: 'in_the_way', signup_id, way, who } })
    await this.letIn(signup_id, null, who)
  }

  async letIn(signup_id: string, guests: number | null = null, who: Who = { signup_id }): Promise<void> {
    await this.do({ kind: 'mark', who, guests, is_let_in: true }, (act_id) => ({ is: 'in', signup_id, act_id, who }))
    await this.sync()
  }

  /** Beside their host: what was said of the host stays on the screen. */
  async guestIn(signup_id: string): Promise<void> {
    await this.do({ kind: 'mark', who: { signup_id }, guests: null, is_let_in: true }, () => this.state.seen)
    await this.sync()
  }

  async letInTold(act_id: string, signup_id: string): Promise<void> {
    await this.dismissTold(act_id)
    await this.letIn(signup_id)
  }

  wayOf(signup_id: string): InTheWay | null {
    const person = this.state.people.get(signup_id)
    return person ? inTheWay(person, this.state.shift_id) : null
  }

  /** `of_act`: what was done here and is undone; without it, whatever the list says of them. */
  async takeBack(signup_id: string, of_act = this.waitingFor(signup_id)): Promise<void> {
    await this.do({ kind: 'take_back', signup_id, of_act }, () => null)
    await this.sync()
  }

  /** Money in the hand of whoever stands at the door: kept and sent as everything else, and taken once. */
  async takeMoney(signup_id: string, way: HandWay): Promise<void> {
    await this.do({ kind: 'pay', signup_id, way }, () => this.state.seen)
    await this.sync()
  }

  /** What let somebody in here and is not sent yet. */
  private waitingFor(signup_id: string): string | null {
    const { unsent, people, shift_id } = this.state
    const theirs = unsent.filter(
      ({ act }) =>
        act.kind !== 'take_back' &&
        act.kind !== 'pay' &&
        act.shift_id === shift_id &&
        signupIn(act, people.values()) === signup_id,
    )
    return theirs.at(-1)?.act_id ?? null
  }

  /** More or fewer came along than was said. */
  async changeGuests({ signup_id, act_id, who }: Extract<Seen, { is: 'in' }>, guests: number): Promise<void> {
    await this.do({ kind: 'take_back', signup_id, of_act: act_id }, () => this.state.seen)
    await this.letIn(signup_id, guests, who)
  }

  async walkIn(
    said: Omit<Extract<DoorAct, { kind: 'walk_in' }>, 'kind' | 'act_id' | 'at' | 'shift_id' | 'signup_id'>,
  ): Promise<void> {
    // prettier-ignore
    const signup_id = newId()
    await this.do({ kind: 'walk_in', signup_id, ...said }, (act_id) => ({
      is: 'in',
      signup_id,
      act_id,
      who: { signup_id },
    }))
    await this.sync()
  }

  private async do(act: NewAct, seenBy: (act_id: string) => Seen | null): Promise<string> {
    const act_id = newId()
    const whole = renamed({ ...act, act_id, at: new Date().toISOString(), shift_id: this.state.shift_id }, this.ids)
    const person = this.state.people.get(signupIn(whole, this.state.people.values()) ?? '')
    const name = whole.kind === 'walk_in' ? nameOf(whole) : person ? nameOf(person) : ''
    const entry: Unsent = { act_id, order: ++this.order, act: whole, name }
    await this.keeping(this.store?.putUnsent(entry))
    this.change({ unsent: [...this.state.unsent, entry], seen: seenAfter(seenBy(act_id), [], this.ids) })
    return act_id
  }

  /** Of walk-ins who had signed up: their own by the one made here. */
  private readonly ids = new Map<string, string>()

  /** Whom the server found by a code, by act. */
  private readonly settled = new Map<string, string>()

  /** Tells what is unsent, the oldest first, and hears what is new. */
  sync(): Promise<void> {
    return this.inOrder(async () => {
      await this.closeIfOver()
      let size: number = most_acts
      for (;;) {
        const sent = this.state.unsent.slice(0, size)
        // The list is of no use any more.
        if (this.state.is_over && sent.length === 0 && this.left === nothingLeft) return
        const is_whole = performance.now() - this.whole_at > whole_every_ms && sent.length === 0
        const answer = await call(
          syncDoor,
          { event: this.event.event_id },
          { sent_at: new Date().toISOString(), after: is_whole ? null : this.after, acts: sent.map(({ act }) => act) },
          // Phones of 2021 have no AbortSignal.timeout: they wait as long as their network does.
          'timeout' in AbortSignal ? { signal: AbortSignal.timeout(patience_ms) } : {},
        )
        if (answer.ok) {
          this.clock_off_ms = Date.parse(answer.value.at) - Date.now()
          keepClock(this.clock_off_ms)
          await this.settle(sent, answer.value)
          size = most_acts
          if (this.state.unsent.length === 0) return
        } else if (answer.status === 422 && sent.length > 1) {
          size = 1 // one of them cannot be read: which?
        } else if (answer.status === 422 && sent[0]) {
          await this.setAside(sent[0])
        } else {
          if ([401, 403, 404].includes(answer.status)) return this.shut()
          return this.change({ is_offline: true })
        }
      }
    })
  }

  private async settle(
    sent: readonly Unsent[],
    { after, is_whole, people, done }: { after: string; is_whole: boolean; people: DoorPerson[]; done: readonly DoorDone[] }, // prettier-ignore
  ): Promise<void> {
    if (is_whole) this.whole_at = performance.now()
    const told = done.flatMap((each) => toldOf(each, sent))
    for (const { act_id, signup_id } of done) if (signup_id) this.settled.set(act_id, signup_id)
    for (const { act_id, signup_id } of done) {
      const act = sent.find((each) => each.act_id === act_id)?.act
      if (act?.kind === 'walk_in' && signup_id && signup_id !== act.signup_id) this.ids.set(act.signup_id, signup_id)
    }
    const gone = done.map(({ act_id }) => act_id)
    if (!this.state.is_over) {
      this.list = is_whole ? people : merged(this.list, people)
      this.after = after
      await this.keeping(this.store?.putList({ people, is_whole, about: { after } }))
    }
    // Behind the list: broken off between the two, an act is sent once more and answered as before.
    await this.keeping(this.store?.settle({ gone, told }))
    const left = this.left.told
    this.left = nothingLeft
    if (this.state.needs_sign_in) this.listen()
    this.change({
      has_list: true,
      is_offline: false,
      needs_sign_in: false,
      unsent: this.state.unsent
        .filter(({ act_id }) => !gone.includes(act_id))
        .map((entry) => ({ ...entry, act: renamed(entry.act, this.ids) })),
      told: [...left, ...this.state.told, ...told],
      seen: seenAfter(this.state.seen, told, this.ids),
    })
    await this.forgetIfOver()
  }

  /** Names are for whoever may stand at this door alone. What the server does not have yet waits until they sign in. */
  private async shut(): Promise<void> {
    const { unsent, told } = this.state
    this.list = []
    this.after = null
    this.whole_at = -Infinity
    this.left = { act_ids: idsOf(unsent), told: [...this.left.told, ...told.filter(isRefused)] }
    this.change({ is_offline: false, needs_sign_in: true, has_list: false, seen: null, told: [] })
    await this.keeping(this.store?.forgetSeen())
  }

  private async setAside({ act_id, act, name }: Unsent): Promise<void> {
    const told: Told = { act_id, act, name, outcome: 'refused', signup_id: null, since: null, since_by: null }
    await this.keeping(this.store?.settle({ gone: [act_id], told: [told] }))
    this.change({
      unsent: this.state.unsent.filter((each) => each.act_id !== act_id),
      told: [...this.state.told, told],
      seen: seenAfter(this.state.seen, [told], this.ids),
    })
    await this.forgetIfOver()
  }

  /** A full disk is said, not fatal: what could not be kept is still in memory and sent from there. */
  private async keeping(write: Promise<void> | undefined): Promise<void> {
    try {
      await write
    } catch {
      this.change({ is_durable: false })
    }
  }

  private async closeIfOver(): Promise<void> {
    if (this.state.is_over || this.time() < new Date(this.event.until)) return
    this.list = []
    this.change({ is_over: true, seen: null })
    await this.store?.forgetList()
    await this.forgetIfOver()
  }

  /** What was done here is kept for whoever has to look at it, and no longer. */
  private async forgetIfOver(): Promise<void> {
    const { is_over, unsent, told } = this.state
    if (is_over && unsent.length === 0 && told.length === 0) await this.store?.forgetActs()
  }

  /** How somebody in an act is called. */
  nameIn(act: DoorAct): { name: string } | { code: string } | { is_card: true } {
    if (act.kind === 'walk_in') return { name: nameOf(act) }
    if (act.kind === 'mark' && 'ticket' in act.who) return { code: spelledTicket(act.who.ticket) }
    if (act.kind === 'mark' && 'card' in act.who) return { is_card: true }
    const signup_id = act.kind === 'mark' && 'signup_id' in act.who ? act.who.signup_id : act.kind === 'mark' ? '' : act.signup_id // prettier-ignore
    const person = this.state.people.get(signup_id)
    return { name: person ? nameOf(person) : '' }
  }

  private change(changed: Partial<DoorState>): void {
    const next = { ...this.state, ...changed }
    const shown = next.unsent.filter(({ act_id }) => !this.left.act_ids.has(act_id))
    const people = withActs(this.list, shown.map(({ act }) => act)) // prettier-ignore
    this.state = { ...next, people }
    for (const listener of this.listeners) listener()
  }
}

const nothingLeft = { act_ids: new Set<string>(), told: [] }
const idsOf = (unsent: readonly Unsent[]): ReadonlySet<string> => new Set(unsent.map(({ act_id }) => act_id))
const isRefused = ({ outcome }: Told): boolean => outcome === 'refused'

/** Is this the act of somebody whose code was read before, and is not known yet? */
function isOf(act: DoorAct, code: ReadCode): boolean {
  if (act.kind !== 'mark') return false
  if (code.is === 'ticket') return 'ticket' in act.who && act.who.ticket === code.ticket
  return code.is === 'card' && 'card' in act.who && act.who.person_id === code.person_id
}

function toldOf({ act_id, outcome, ...rest }: DoorDone, sent: readonly Unsent[]): Told[] {
  const entry = sent.find((each) => each.act_id === act_id)
  return entry && outcome !== 'done' ? [{ ...rest, act_id, outcome, act: entry.act, name: entry.name }] : []
}

/** What came out otherwise is told by a card of its own; of a walk-in who had signed up the screen has their own id from then on. */
function seenAfter(seen: Seen | null, told: readonly Told[], ids: ReadonlyMap<string, string>): Seen | null {
  if (seen?.is !== 'in') return seen
  if (told.some(({ act_id }) => act_id === seen.act_id)) return null
  const signup_id = ids.get(seen.signup_id)
  return signup_id ? { ...seen, signup_id, who: { signup_id } } : seen
}
