import type { CallResult as Answered } from '../../../../platform/http/endpoint.ts'
import { dispositionRules, isConversation, type Disposition, type SpokeWith } from '../../../contacts/schema.ts'
import {
  extendLease,
  madeCall,
  next,
  othersAtHome,
  recordCall,
  releaseCalls,
  returnCall,
  session as sessionEndpoint,
  takeMember,
  undoCall,
} from '../../endpoints.ts'
import type { CallCard, OtherAtHome, Recorded } from '../../schema.ts'
import {
  isSameLine,
  lastOf,
  ownName,
  resultOf,
  type DeskState,
  type Given,
  type LastCall,
  type Notice,
  type Noticed,
  type ResultName,
  type Returned,
  type Session,
  type TurnValue,
} from './desk-state.ts'
import { clockKept, keepClock, newId } from './device.ts'
import { isFinal, KeptResults, sendByTicket, tellByTicket } from './kept.ts'
import {
  correctionOf,
  inMemory,
  inPlaceOf,
  isTold,
  nameOnly,
  storeName,
  stuckTold,
  type DeviceStore,
  type Draft,
  type KnownTally,
  type StuckEntry,
  type UnsentCall,
  type UnsentTold,
} from './store.ts'
import { takeBatch } from '../../batches/endpoints.ts'
import type { BatchInput } from '../../batches/schema.ts'
import { tellOfVoter, untell } from '../../told/endpoints.ts'
import type { Told } from '../../told/schema.ts'
import { mostHeld } from '../../schema.ts'
import type { News } from '../../news/schema.ts'
import { theServer, type Server } from './server.ts'

/** Somebody who called the office, taken by the host for this caller. */
interface CalledUs {
  voter_id: number
  draftOf: (card: CallCard) => Draft
}

/** Lines kept in hand: the second one is for the minutes without a connection. */
const want = 2
const extend_every_ms = 60_000
const look_every_ms = 30_000
const retry_first_ms = 3_000
const retry_longest_ms = 30_000
const patience_ms = 20_000
/** A pause this long is a break. */
const break_ms = 10 * 60_000
/** How long the spoken word waits for the server's answer. */
const soon_ms = 1_000

/**
 * The caller's desk: which voters are in hand, which results are on their way. Every result is put into the device's
 * store first and then sent in order until the server confirmed it. Lives as long as the page.
 */
export class Desk {
  private state: DeskState
  private readonly listeners = new Set<() => void>()
  private readonly server: Server
  private readonly phone_bank: string
  private readonly caller_id: string
  private readonly store_name: string
  private readonly kept: KeptResults
  private store: DeviceStore = inMemory()
  /** Requests go one after another, so that what is in hand is never told twice differently. */
  private line: Promise<unknown> = Promise.resolve()
  private readonly timers = new Set<ReturnType<typeof setTimeout>>()
  private retry_ms = retry_first_ms
  private retrying: ReturnType<typeof setTimeout> | null = null
  /** Server's clock minus the device's. */
  private clock_off_ms = clockKept()
  private notice_id = 0
  private readonly read = new Set<string>()
  /** Results made on this page, so that they can be corrected without a connection. */
  private made: readonly UnsentCall[] = []
  private working_since = 0
  private worked_last = 0
  private order = 0
  /** In hand when they stopped, and not given back yet. */
  private left: readonly number[] = []
  private stopped = false
  private unlisten: (() => void) | null = null

  constructor(session: Session, server: Server = theServer) {
    this.server = server
    this.phone_bank = session.phone_bank.phone_bank_id
    this.caller_id = session.caller.caller_id
    this.store_name = storeName(this.phone_bank, this.caller_id)
    this.kept = new KeptResults(this.phone_bank, this.caller_id)
    this.state = {
      is_ready: false,
      session,
      hand: [],
      drafts: new Map(),
      lost: new Set(),
      closed: new Set(),
      unsent: [],
      told: [],
      kept: this.kept.now(),
      is_offline: false,
      is_durable: true,
      is_full: false,
      needs_join: false,
      is_elsewhere: false,
      has_left: false,
      door: session.door,
      empty: null,
      last: null,
      editing: null,
      notices: [],
      messages: [],
      is_rest_due: false,
      is_shaken: false,
    }
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }

  now = (): DeskState => this.state

  /** The server's time, as well as we know it. */
  time = (): Date => new Date(Date.now() + this.clock_off_ms)

  /** One window at a time works; where the browser has no locks (no https), each does. */
  start(
    openStore: (name: string) => Promise<DeviceStore>,
    options: { steal?: boolean; called_us?: CalledUs | null } = {},
  ): void {
    const run = async () => {
      this.stopped = false
      this.change({ is_elsewhere: false })
      this.store = await openStore(this.store_name)
      const [unsent, told, hand, drafts, known] = await Promise.all([
        this.store.unsent(),
        this.store.told(),
        this.store.hand(),
        this.store.drafts(),
        this.store.tally(),
      ])
      const isKept = (card: CallCard) => this.isStillMine(card) || drafts.get(card.voter_id)?.is_talking
      this.order = Math.max(0, ...[...unsent, ...told].map((each) => each.order))
      const { session } = this.state
      this.change({
        is_durable: this.store.is_durable,
        // The page may have come from the device, as it was before the last calls.
        session: known && known.at > session.server_time ? { ...session, tally: known.tally } : session,
        unsent,
        told,
        drafts,
        // What ran out while the page was closed is no longer ours, unless a conversation is going on.
        hand: hand.filter(isKept),
        is_ready: true,
      })
      this.countUnsent()
      const ran_out = hand.filter((card) => !isKept(card)).length
      if (ran_out > 0) this.notice('ran_out', 'warning', null, { count: ran_out })
      addEventListener('online', this.tryNow)
      document.addEventListener('visibilitychange', this.tryNow)
      this.every(
        extend_every_ms,
        () => (document.visibilityState === 'visible' || this.talkingTo() !== null) && this.extend(),
      )
      this.every(look_every_ms, () => !this.state.hand.length && this.look())
      this.kept.subscribe(() => {
        const kept = this.kept.now()
        if (kept.undo_lost > this.state.kept.undo_lost) this.notice('undo_too_late', 'warning')
        this.change({ kept })
      })
      this.every(extend_every_ms, () => this.kept.now().unsent !== 0 && void this.kept.send())
      await this.look()
      const { called_us } = options
      const caller = called_us && this.state.hand.find((card) => card.voter_id === called_us.voter_id)
      if (caller && !this.state.drafts.has(caller.voter_id)) {
        await this.bringForward(caller.voter_id)
        this.answered(caller, called_us.draftOf(caller))
      }
      await this.inOrder(() => this.refresh()) // the page may have come from the device, days old
      void this.kept.send()
      if (!this.stopped) this.unlisten = this.server.listen(this.phone_bank, (news) => void this.hear(news))
    }
    if (!('locks' in navigator)) return void run()
    const lock = { mode: 'exclusive' as const, ...(options.steal ? { steal: true } : { ifAvailable: true }) }
    void navigator.locks
      .request(this.store_name, lock, async (held) => {
        if (!held) return this.change({ is_elsewhere: true, is_ready: true })
        await run()
        await new Promise(() => {}) // held until the page goes
      })
      .catch((problem: unknown) => {
        if (!(problem instanceof DOMException && problem.name === 'AbortError')) throw problem
        // Another window took it over.
        this.stop()
        this.change({ is_elsewhere: true })
      })
  }

  private stop(): void {
    this.stopped = true
    for (const timer of this.timers) clearInterval(timer)
    this.timers.clear()
    this.unlisten?.()
    this.unlisten = null
    if (this.retrying) clearTimeout(this.retrying)
    this.retrying = null
    removeEventListener('online', this.tryNow)
    document.removeEventListener('visibilitychange', this.tryNow)
  }

  private readonly tryNow = (): void => {
    if (document.visibilityState === 'hidden') return
    if ([...this.state.unsent, ...this.state.told].some((each) => !each.is_stuck)) void this.flush()
    else if (this.state.is_offline || !this.state.hand.length) void this.look()
  }

  /** Something changed on the server: what is in hand, or whether one may call at all. */
  private async hear(news: News): Promise<void> {
    if (this.state.has_left) return
    if (this.state.hand.length) await this.extend()
    else await this.look()
    if (news === 'renew') await this.renew()
  }

  /** Asks for voters until enough are in hand; sends first what is unsent. */
  async look(): Promise<void> {
    await this.flush()
    if (this.state.has_left) {
      if (this.left.length) await this.release(this.left, 'leave', 0)
      return
    }
    await this.inOrder(async () => {
      if (this.state.has_left) return
      const answer = await this.server.call(next, this.where(), { holding: this.holding(), want }, this.patience())
      if (answer.ok) await this.take(answer.value)
      else this.notReached(answer)
    })
  }

  /** Keeps what was said so far, also through a reload. */
  draft(card: CallCard, draft: Draft): void {
    const called = this.talkingTo()
    this.change({ drafts: new Map(this.state.drafts).set(card.voter_id, draft) })
    void this.keeping(this.store.putDraft(card.voter_id, draft))
    // At once: with the telephone at the ear the page may be asleep until the end of the call.
    if (this.talkingTo() !== called) void this.extend()
  }

  /** Who is called now, from dialling on. */
  private talkingTo(): number | null {
    return this.state.hand.find(({ voter_id }) => this.state.drafts.get(voter_id)?.started_at)?.voter_id ?? null
  }

  /** Saves a result: on the device first, then with the server. */
  async record(card: CallCard, draft: Draft, given: Given): Promise<void> {
    const attempt_id = newId()
    const entry: UnsentCall = {
      attempt_id,
      order: ++this.order,
      card,
      is_stuck: false,
      is_closed: draft.no_calls === true || this.state.closed.has(card.voter_id),
      result: {
        ...resultOf(card, draft, given),
        attempt_id,
        ended_at: new Date().toISOString(), // the device's clock: the server corrects it by sent_at
        script_version: this.state.session.script.version,
      },
    }
    this.remember(entry)
    // In memory at once, so that a second press finds the voter gone.
    const drafts = new Map(this.state.drafts)
    drafts.delete(card.voter_id)
    this.change({
      hand: this.state.hand.filter(
        (each) =>
          each.voter_id !== card.voter_id &&
          // Nobody was reached: the same phone is not rung again right away for somebody else at home.
          (dispositionRules[given.disposition].reached || !isSameLine(card, each)),
      ),
      drafts,
      unsent: [...this.state.unsent, entry],
      last: { attempt_id, card, disposition: given.disposition, result_name: this.nameOf(given), draft },
      session: this.counted(entry, 1),
    })
    this.watchOverRest(given.disposition)
    await this.keeping(this.store.putUnsent(entry))
    await this.keepHand()
    void this.tellKept(entry, this.flush())
  }

  /** Opens one of my last results to be corrected. */
  async edit({ attempt_id, disposition }: Pick<LastCall, 'attempt_id' | 'disposition'>): Promise<void> {
    await this.inOrder(async () => {
      const here = [...this.state.unsent, ...this.made].find((each) => each.attempt_id === attempt_id)
      const isWaiting = this.state.unsent.some((each) => each.attempt_id === attempt_id)
      if (here && (isWaiting || this.state.is_offline)) return this.open(here)
      const answer = await this.server.call(madeCall, this.where(), { attempt_id }, this.patience())
      if (!answer.ok) {
        this.notReached(answer)
        return here ? this.open(here) : this.notice('edit_offline', 'warning')
      }
      const { made, problem, server_time } = answer.value
      if (!made) {
        this.notice(problem === 'too_late' ? 'undo_too_late' : 'edit_gone', 'warning')
        return this.refresh()
      }
      this.clock_off_ms = new Date(server_time).getTime() - Date.now()
      const byDevice = (at: string) => new Date(Date.parse(at) - this.clock_off_ms).toISOString()
      const { card, result_name, ...said } = made
      const { voter_id, ticket } = card
      this.open({
        attempt_id,
        card,
        result: {
          ...{ ...said, attempt_id, voter_id, ticket, disposition },
          started_at: made.started_at && byDevice(made.started_at),
          ended_at: byDevice(made.ended_at),
        },
        result_name,
      })
    })
  }

  private open({
    attempt_id,
    card,
    result,
    result_name = this.nameOf(result),
  }: Pick<UnsentCall, 'attempt_id' | 'card' | 'result'> & { result_name?: ResultName }): void {
    const { answers, note, phone, follow_ups, is_inbound, started_at, language, disposition } = result
    const { call_back_at, is_call_back_mine, spoke_with, result_code } = result
    this.change({
      editing: {
        attempt_id,
        disposition,
        result_name,
        card,
        given: { disposition, answers, result_code, language, call_back_at, is_call_back_mine, spoke_with },
        first: result,
        draft: {
          started_at,
          is_talking: true,
          at: 0,
          answers,
          note,
          language: this.spokenIn(disposition, language),
          phone,
          follow_ups,
          is_inbound,
        },
      },
    })
  }

  /** The language the script is read in: not the one a language barrier was about. */
  private spokenIn(disposition: Disposition, language: string | null): string {
    const own = this.state.session.caller.languages[0] ?? 'en'
    return disposition === 'language_barrier' ? own : (language ?? own)
  }

  private nameOf({ result_code }: Pick<Given, 'result_code'>): ResultName {
    return ownName(this.state.session, result_code)
  }

  editDraft(draft: Draft): void {
    if (this.state.editing) this.change({ editing: { ...this.state.editing, draft } })
  }

  /** The first stays as it was. */
  stopEditing(): void {
    this.change({ editing: null })
  }

  /** Saves the corrected result as any other, on the device first; the server takes the first back in the same moment. */
  async correct(given: Given): Promise<void> {
    const { editing } = this.state
    if (!editing) return
    const { card, draft, first } = editing
    const refused = this.state.unsent.find((each) => each.is_stuck && each.attempt_id === editing.attempt_id)
    if (given.disposition !== 'hostile') this.wasHostile(editing.disposition)
    const attempt_id = newId()
    const correction: UnsentCall = {
      attempt_id,
      order: ++this.order,
      card,
      is_stuck: false,
      was: first.disposition,
      was_spoke_with: first.spoke_with,
      first,
      result: {
        ...resultOf(card, draft, given),
        attempt_id,
        ended_at: first.ended_at,
        script_version: this.state.session.script.version,
        instead_of: { attempt_id: editing.attempt_id, at: new Date().toISOString() },
      },
    }
    const entry = refused ? inPlaceOf(refused, correction) : correction
    this.remember(entry)
    const drafts = new Map(this.state.drafts)
    drafts.delete(card.voter_id)
    this.change({
      editing: null,
      hand: this.state.hand.filter((each) => each.voter_id !== card.voter_id),
      drafts,
      unsent: [...this.state.unsent, entry],
      last: { attempt_id, card, disposition: given.disposition, result_name: this.nameOf(given), draft },
      session: this.counted(entry, 1),
    })
    await this.keeping(this.store.putUnsent(entry))
    if (refused) await this.forget(refused)
    await this.keepHand()
    void this.tellKept(entry, this.flush())
  }

  /** A correction that may have arrived: what it corrected is recorded again, in the place of whichever of the two stands. */
  private async bringFirstBack(correction: UnsentCall, first: UnsentCall['result']): Promise<void> {
    const { order, card } = correction
    const attempt_id = newId()
    const at = correction.result.instead_of?.at ?? new Date().toISOString()
    const entry: UnsentCall = {
      attempt_id,
      order,
      card,
      is_stuck: false,
      was: first.disposition,
      was_spoke_with: first.spoke_with,
      result: { ...first, attempt_id, instead_of: { attempt_id: correction.attempt_id, at, or: first.attempt_id } },
    }
    this.remember(entry)
    this.change({
      last: null,
      session: this.counted(correction, -1),
      unsent: this.state.unsent.map((each) => (each.attempt_id === correction.attempt_id ? entry : each)),
    })
    await this.keeping(this.store.putUnsent(entry))
    await this.keeping(this.store.removeUnsent(correction.attempt_id))
    this.notice('edit_dropped', 'good', card)
  }

  private remember(entry: UnsentCall): void {
    this.made = [...this.made.slice(-9), entry]
  }

  /** Care for who calls: after an abusive call, and after a long time without a break. */
  private watchOverRest(disposition: Disposition): void {
    const now = Date.now()
    if (now - this.worked_last > break_ms) this.working_since = now
    this.worked_last = now
    const { rest_minutes } = this.state.session.phone_bank
    this.change({
      is_shaken: disposition === 'hostile' || this.state.is_shaken,
      is_rest_due: rest_minutes > 0 && now - this.working_since >= rest_minutes * 60_000,
    })
  }

  /** Taken back: that the host was told and nobody calls there again is true no more. */
  private wasHostile(disposition: Disposition): void {
    if (disposition === 'hostile') this.change({ is_shaken: false })
  }

  /** Goes on calling after a reminder. */
  goOn(): void {
    this.working_since = Date.now()
    this.change({ is_shaken: false, is_rest_due: false })
  }

  readMessage(message_id: string): void {
    this.read.add(message_id)
    this.change({ messages: this.state.messages.filter((each) => each.message_id !== message_id) })
  }

  /** Another person at this home is on the phone. */
  async takeMember(voter_id: number): Promise<void> {
    await this.inOrder(async () => {
      const answer = await this.server.call(
        takeMember,
        this.where(),
        { voter_id, holding: this.holding() },
        this.patience(),
      )
      if (!answer.ok) return this.notReached(answer)
      await this.take(answer.value.turn, { in_front: true })
      if (answer.value.problem) this.notice(`member.${answer.value.problem}`, 'warning')
    })
  }

  /** Who lives there without being on the list; null: not reached. */
  async othersAtHome(): Promise<readonly OtherAtHome[] | null> {
    const answer = await this.server.call(othersAtHome, this.where(), {}, this.patience())
    return answer.ok ? answer.value.others : null
  }

  /** Somebody calls back; their card comes to the front, in conversation. Answers whether they were found. */
  async returnCall(phone: string, draftOf: (card: CallCard) => Draft): Promise<Returned> {
    return this.inOrder(async () => {
      const answer = await this.server.call(
        returnCall,
        this.where(),
        { phone, holding: this.holding() },
        this.patience(),
      )
      if (!answer.ok) {
        this.notReached(answer)
        return { problem: 'offline' }
      }
      const { problem, bank, turn } = answer.value
      await this.take(turn, { in_front: true })
      const [card] = turn.cards
      if (problem || !card) return { problem: problem ?? 'taken', ...(bank && { bank }) }
      this.answered(card, draftOf(card))
      return { problem: null }
    })
  }

  /** They called us: the conversation is going on. */
  private answered(card: CallCard, draft: Draft): void {
    this.draft(card, { ...draft, is_talking: true, is_inbound: true, started_at: new Date().toISOString() })
  }

  /** "Saved" only once the server has it. Without an answer soon, that it is kept here: this is read out, not shown. */
  private async tellKept({ attempt_id, card, result }: UnsentCall, sending: Promise<void>): Promise<void> {
    await Promise.race([sending, new Promise((resolve) => setTimeout(resolve, soon_ms))])
    if (this.state.last?.attempt_id !== attempt_id) return
    const isWaiting = this.state.unsent.some((each) => each.attempt_id === attempt_id)
    this.notice(isWaiting ? 'kept' : 'saved', 'good', card, {
      disposition: result.disposition,
      result_name: this.nameOf(result),
    })
  }

  /** Takes the last result back; the voter comes to the front again with what had been said. */
  async undo(): Promise<void> {
    const last = this.state.last
    if (!last) return
    await this.inOrder(async () => {
      const waiting = this.state.unsent.find((each) => each.attempt_id === last.attempt_id)
      if (waiting) {
        const mayBeThere = waiting.is_sent && !waiting.is_stuck
        const { instead_of } = waiting.result
        if (instead_of && mayBeThere && waiting.first) return this.bringFirstBack(waiting, waiting.first)
        // Only the server can say which of the two stands now.
        if (instead_of && (mayBeThere || (instead_of.or && !waiting.is_stuck)))
          return this.notice('undo_offline', 'warning')
        await (mayBeThere ? this.replace(waiting, { is_undone: true }) : this.forget(waiting))
        // One that was set aside is not counted any more.
        const session = waiting.is_stuck ? this.state.session : this.counted(waiting, -1)
        if (instead_of) {
          this.change({ last: null, session })
          return this.notice('edit_dropped', 'good', waiting.card)
        }
        this.change({
          hand: [waiting.card, ...this.state.hand],
          last: null,
          session,
        })
        if (last.draft) this.draft(waiting.card, last.draft)
        this.wasHostile(last.disposition)
        await this.keepHand()
        return this.notice('undone', 'good', waiting.card)
      }
      const answer = await this.server.call(
        undoCall,
        this.where(),
        { attempt_id: last.attempt_id, holding: this.holding() },
        this.patience(),
      )
      if (!answer.ok) {
        this.notReached(answer)
        return this.notice('undo_offline', 'warning')
      }
      const { undone, problem, turn } = answer.value
      const [back] = turn.cards
      await this.take(turn, { in_front: true })
      if (!undone && problem !== 'already_undone') return this.notice('undo_too_late', 'warning')
      this.change({ last: null })
      this.wasHostile(last.disposition)
      if (back && last.draft) this.draft(back, last.draft)
      if (back) this.notice('undone', 'good', back)
      else this.notice('undone_gone', 'warning', last.card)
      await this.refresh()
    })
  }

  /** My last results, as the server has them now. */
  async renew(): Promise<void> {
    await this.inOrder(() => this.refresh())
  }

  /** Takes one of the last results back; what was said in it is gone, the voter comes to the front. */
  async undoOf(recent: Session['recent'][number]): Promise<void> {
    if (this.state.last?.attempt_id !== recent.attempt_id) this.change({ last: lastOf(recent) })
    await this.undo()
  }

  /** Brings another voter in hand to the front: they answered the phone. */
  async bringForward(voter_id: number): Promise<void> {
    const card = this.state.hand.find((each) => each.voter_id === voter_id)
    if (!card) return
    this.change({ hand: [card, ...this.state.hand.filter((each) => each !== card)] })
    await this.keepHand()
  }

  /** Gives one voter back without a result. */
  async skip(card: CallCard): Promise<void> {
    const hand = this.state.hand.filter((each) => each.voter_id !== card.voter_id)
    this.change({ hand })
    await this.keepHand()
    await this.release([card.voter_id], 'skip', want, card)
  }

  /** Gives everybody back and clears the device of them. */
  async leave(): Promise<void> {
    const voter_ids = this.state.hand.map((card) => card.voter_id)
    this.change({ hand: [], drafts: new Map(), editing: null, has_left: true })
    await this.keepHand()
    this.left = voter_ids
    await this.flush()
    if (!this.state.unsent.length) await this.keeping(this.store.putTally(null))
    await this.release(voter_ids, 'leave', 0)
  }

  async comeBack(): Promise<void> {
    this.left = []
    this.change({ has_left: false })
    await this.look()
  }

  /** Another page was wanted while there is no connection. */
  stay(): void {
    this.notice('offline_page', 'warning')
    void this.look() // there may be one again
  }

  dismiss(id: number): void {
    this.change({ notices: this.state.notices.filter((each) => each.id !== id) })
  }

  private async release(
    voter_ids: readonly number[],
    why: 'skip' | 'leave',
    wanted: number,
    after?: CallCard,
  ): Promise<void> {
    await this.inOrder(async () => {
      const input = { voter_ids: [...voter_ids], why, holding: this.holding(), want: wanted }
      const answer = await this.server.call(releaseCalls, this.where(), input, this.patience())
      // Not reached: who stopped gives them back at the next contact, else the lease runs out by itself.
      if (!answer.ok) return this.notReached(answer)
      this.left = []
      return this.take(answer.value, after ? { after } : {})
    })
  }

  private async extend(): Promise<void> {
    if (this.state.has_left || !this.state.hand.length) return
    await this.inOrder(async () => {
      const answer = await this.server.call(
        extendLease,
        this.where(),
        { holding: this.holding(), talking_to: this.talkingTo() },
        this.patience(),
      )
      if (answer.ok) await this.take(answer.value)
      else this.notReached(answer)
    })
  }

  /** Keeps something learned of a voter beside the result, on the device first, then with the server. */
  async learned(card: CallCard, told: Told): Promise<string> {
    const entry: UnsentTold = {
      told_id: newId(),
      order: ++this.order,
      card: nameOnly(card),
      told,
      told_at: new Date().toISOString(),
      is_stuck: false,
    }
    this.change({ told: [...this.state.told, entry] })
    const draft = this.state.drafts.get(card.voter_id)
    if (draft && told.kind === 'consent' && told.channel === 'phone') this.draft(card, { ...draft, no_calls: true })
    await this.keeping(this.store.putTold(entry))
    void this.flush()
    return entry.told_id
  }

  /** Takes back what was noted, on its way or saved. Answers why it could not be. */
  async unlearned(told_id: string): Promise<'offline' | 'gone' | null> {
    const found = () => this.state.told.find((each) => each.told_id === told_id)
    if (found()?.is_sent && !this.state.is_offline) await this.flush()
    return this.inOrder(async () => {
      const waiting = found()
      if (waiting) {
        // It may have arrived, though the answer did not: the server is asked when it can be.
        await (waiting.is_sent && !waiting.is_stuck
          ? this.replaceTold({ ...waiting, is_undone: true })
          : this.forgetTold(waiting))
        return null
      }
      if (this.state.is_offline) return 'offline'
      const answer = await this.server.call(untell, this.where(), { told_id }, this.patience())
      if (!answer.ok) {
        this.notReached(answer)
        return 'offline'
      }
      const { outcome, problem } = answer.value
      return outcome === 'undone' || problem === 'unknown' ? null : 'gone'
    })
  }

  /** false: the server was not reached. */
  private async flushTold(): Promise<boolean> {
    for (;;) {
      const entry = this.state.told.find((each) => !each.is_stuck && !(each.is_undone && this.state.needs_join))
      if (!entry || this.stopped) return true
      if (entry.is_undone) {
        if (await this.untell(entry)) continue
        return false
      }
      const { told_id, card, told, told_at } = entry
      // As with results: the connection may be lost after the server has it.
      if (navigator.onLine && !entry.is_sent) await this.replaceTold({ ...entry, is_sent: true })
      const input = {
        told_id,
        voter_id: card.voter_id,
        ticket: card.ticket,
        told,
        told_at,
        sent_at: new Date().toISOString(),
      }
      const known = this.state.needs_join
        ? null
        : await this.server.call(tellOfVoter, this.where(), input, this.patience())
      if (known && isShut(known)) this.change({ needs_join: true })
      const answer = known && !isShut(known) ? known : await tellByTicket(this.phone_bank, this.caller_id, entry)
      const is_refused = answer.ok ? answer.value.outcome === 'refused' : isFinal(answer)
      if (!answer.ok && !is_refused) {
        this.notReached(answer)
        return false
      }
      if (is_refused) {
        await this.replaceTold(stuckTold(entry, answer.ok ? answer.value.problem : null))
        this.notice('told_stuck', 'warning', card)
      } else {
        await this.forgetTold(entry)
      }
    }
  }

  /** As `sendUndo`, of something learned. */
  private async untell(entry: UnsentTold): Promise<boolean> {
    const { told_id, card, told, told_at } = entry
    const unseen = { voter_id: card.voter_id, ticket: card.ticket, told, told_at }
    const answer = await this.server.call(untell, this.where(), { told_id, unseen }, this.patience())
    if (!answer.ok && (isShut(answer) || !isFinal(answer))) {
      this.notReached(answer)
      return isShut(answer)
    }
    await this.forgetTold(entry)
    if (answer.ok && answer.value.outcome === 'refused') this.notice('told_undo.gone', 'warning', card)
    return true
  }

  /** Voters for hours without a connection. */
  async takeBatch(lines: BatchInput['lines'], hours: BatchInput['hours']): Promise<void> {
    await this.flush()
    await this.inOrder(async () => {
      const answer = await this.server.call(
        takeBatch,
        this.where(),
        { holding: this.holding(), lines, hours },
        this.patience(),
      )
      if (!answer.ok) {
        this.notReached(answer)
        return this.notice('batch_offline', 'warning')
      }
      await this.take(answer.value)
      const { door, empty, leased_until } = answer.value
      const { hand } = this.state
      if (door !== 'open') return undefined // the whole page says so
      const count = hand.length
      if (count === 0) return this.notice('batch_none', 'warning', null, { why: empty })
      const isFewer = new Set(hand.map((card) => card.phones[0]?.phone)).size < lines
      return this.notice(isFewer ? 'batch_fewer' : 'batch_taken', isFewer ? 'warning' : 'good', null, {
        count,
        at: leased_until,
        why: isFewer ? empty : null,
      })
    })
  }

  /** Sends what is unsent, oldest first, each until the server confirmed it. */
  private flush(): Promise<void> {
    return this.inOrder(async () => {
      if (!(await this.flushTold())) return
      for (;;) {
        // A ticket takes nothing back: that waits until they have joined again.
        const entry = this.state.unsent.find((each) => !each.is_stuck && !(each.is_undone && this.state.needs_join))
        if (!entry || this.stopped) return
        if (entry.is_undone) {
          if (await this.sendUndo(entry)) continue
          return
        }
        // Before it goes: the connection may be lost after the server has it.
        if (navigator.onLine && !entry.is_sent) await this.replace(entry, { is_sent: true })
        const answer = await this.send(entry)
        if (answer.ok) {
          const { recorded, turn } = answer.value
          if (recorded.outcome === 'refused') await this.setAside(entry, recorded.problem)
          else await this.forget(entry, { is_sent: true })
          if (turn) await this.take(turn, { after: entry.card })
          this.tell(entry, recorded)
        } else if (isFinal(answer)) {
          // It will never be taken as it is; what comes after it must not wait for ever.
          await this.setAside(entry, null)
        } else {
          return this.notReached(answer)
        }
      }
    })
  }

  /** What was taken back here while its answer was missing. false: the server was not reached. */
  private async sendUndo(entry: UnsentCall): Promise<boolean> {
    const { attempt_id, card } = entry
    const { voter_id } = card
    const input = { attempt_id, voter_id, holding: this.holding().filter((each) => each !== voter_id) }
    const answer = await this.server.call(undoCall, this.where(), input, this.patience())
    if (!answer.ok && (isShut(answer) || !isFinal(answer))) {
      this.notReached(answer)
      return isShut(answer)
    }
    await this.forget(entry)
    if (answer.ok) await this.take(answer.value.turn)
    else this.notReached(answer)
    if (answer.ok && answer.value.problem === 'too_late') this.notice('undo_too_late', 'warning', card)
    return answer.ok
  }

  /** By the caller's cookie; where that opens nothing any more, by the ticket alone. */
  private async send(entry: UnsentCall): Promise<Answered<{ recorded: Recorded; turn: TurnValue | null }>> {
    if (!this.state.needs_join) {
      const result = { ...entry.result, sent_at: new Date().toISOString() }
      const holding = this.holding().filter((voter_id) => voter_id !== entry.card.voter_id)
      const wanted = this.state.has_left ? 0 : want
      const answer = await this.server.call(
        recordCall,
        this.where(),
        { result, holding, want: wanted },
        this.patience(),
      )
      if (!isShut(answer)) return answer
      this.change({ needs_join: true, is_offline: false })
    }
    const answer = await sendByTicket(this.phone_bank, this.caller_id, entry)
    return answer.ok ? { ok: true, value: { recorded: answer.value.recorded, turn: null } } : answer
  }

  /** The caller wants it tried once more. */
  async sendAgain(entry: StuckEntry): Promise<void> {
    const caller_id = this.leftBy(entry)
    if (caller_id) return this.kept.tryAgain(caller_id, entry)
    const again = { ...entry, is_stuck: false }
    if (isTold(again)) await this.replaceTold(again)
    else {
      this.change({ session: this.counted(again, 1) })
      await this.replace(again, {})
    }
    await this.flush()
  }

  /** The caller has told the host of it. */
  async removeStuck(entry: StuckEntry): Promise<void> {
    const caller_id = this.leftBy(entry)
    if (caller_id) return this.kept.remove(caller_id, entry)
    await (isTold(entry) ? this.forgetTold(entry) : this.forget(entry))
  }

  /** Whose it is, if theirs who called here before. */
  private leftBy(entry: StuckEntry): string | undefined {
    return this.state.kept.stuck.find((each) => each.entry === entry)?.caller_id
  }

  private tell(entry: UnsentCall, recorded: Recorded): void {
    if (recorded.is_call_back_too_late) this.notice('call_back_too_late', 'warning', entry.card)
    else if (recorded.call_back_at && Date.parse(recorded.call_back_at) > Date.parse(entry.result.call_back_at ?? ''))
      this.notice('call_back_moved', 'warning', entry.card, { at: recorded.call_back_at })
    else if (recorded.outcome === 'recorded' && recorded.was_lost && !entry.result.instead_of && !entry.is_closed)
      this.notice('came_late', 'warning', entry.card)
  }

  private async replace(entry: UnsentCall, changed: Partial<UnsentCall>): Promise<void> {
    const next = { ...entry, ...changed }
    this.change({ unsent: this.state.unsent.map((each) => (each.attempt_id === entry.attempt_id ? next : each)) })
    await this.keeping(this.store.putUnsent(next))
  }

  private async forget(entry: UnsentCall, { is_sent = false } = {}): Promise<void> {
    this.change({ unsent: this.state.unsent.filter((each) => each.attempt_id !== entry.attempt_id) })
    await this.keeping(
      this.store.removeUnsent(entry.attempt_id, is_sent && !this.state.has_left ? this.known() : undefined),
    )
  }

  private async replaceTold(next: UnsentTold): Promise<void> {
    this.change({ told: this.state.told.map((each) => (each.told_id === next.told_id ? next : each)) })
    await this.keeping(this.store.putTold(next))
  }

  private async forgetTold({ told_id }: UnsentTold): Promise<void> {
    this.change({ told: this.state.told.filter((each) => each.told_id !== told_id) })
    await this.keeping(this.store.removeTold(told_id))
  }

  /** Nothing is set aside where a correction of it is on its way: the two would both count when it is tried again. */
  private async setAside(entry: UnsentCall, problem: Recorded['problem']): Promise<void> {
    const correction = correctionOf(entry, this.state.unsent)
    if (correction) {
      await this.replace(inPlaceOf(entry, correction), {})
      return this.forget(entry)
    }
    this.change({ session: this.counted(entry, -1) })
    await this.replace(entry, { is_stuck: true, problem })
    this.notice('stuck', 'warning', entry.card)
  }

  /**
   * What the server says is in hand now. `in_front`: the new cards come first. `after`: the voter just dealt with; others
   * on that line may go with them, which is no news.
   */
  private async take(
    turn: TurnValue,
    { in_front = false, after }: { in_front?: boolean; after?: CallCard } = {},
  ): Promise<void> {
    this.clock_off_ms = new Date(turn.server_time).getTime() - Date.now()
    keepClock(this.clock_off_ms)
    this.retry_ms = retry_first_ms
    if (this.retrying) {
      clearTimeout(this.retrying)
      this.retrying = null
      // The line is back: what the retry would have sent goes now.
      if ([...this.state.unsent, ...this.state.told].some((each) => !each.is_stuck)) void this.flush()
    }

    const lost = new Set(this.state.lost)
    const closed = new Set(this.state.closed)
    let hand = [...this.state.hand]
    for (const { voter_id, why } of turn.withdrawn) {
      const card = hand.find((each) => each.voter_id === voter_id)
      if (!card) continue
      const draft = this.state.drafts.get(voter_id)
      if (turn.door !== 'removed' && (draft?.is_talking || draft?.no_calls)) {
        // A conversation is not broken off; its result counts.
        const isNews = !lost.has(voter_id) && !closed.has(voter_id) && !draft.no_calls
        if (isNews) this.notice(turn.door === 'ended' ? 'ended_talking' : `${why}_talking`, 'warning', card)
        if (why === 'lost') lost.add(voter_id)
        else closed.add(voter_id)
        continue
      }
      hand = hand.filter((each) => each !== card)
      if (why !== 'suppressed' && after && isSameLine(after, card)) continue
      if (turn.door === 'ended' || turn.door === 'removed') continue // the whole page says so
      this.notice({ lost: 'lost', suppressed: 'suppressed', finished: 'finished_elsewhere' }[why], 'warning', card)
    }
    const known = new Set([...this.read, ...this.state.messages.map((each) => each.message_id)])
    const said = turn.messages.filter((each) => !known.has(each.message_id))
    if (said.length) this.change({ messages: [...this.state.messages, ...said] })
    const unsent = new Set(this.state.unsent.filter((each) => !each.is_undone).map((each) => each.card.voter_id))
    const fresh = this.state.has_left ? [] : turn.cards.filter((card) => !unsent.has(card.voter_id))
    // One in hand already comes again where a number was closed: it keeps its place.
    const kept = hand.map((card) => fresh.find(({ voter_id }) => voter_id === card.voter_id) ?? card)
    const added = fresh.filter((card) => !kept.includes(card))
    for (const card of fresh) {
      lost.delete(card.voter_id)
      closed.delete(card.voter_id)
    }
    const { leased_until } = turn
    hand = (in_front ? [...added, ...kept] : [...kept, ...added]).map((card) =>
      leased_until && !lost.has(card.voter_id) && !closed.has(card.voter_id) ? { ...card, leased_until } : card,
    )
    // The page may have been opened without a connection, as it was kept some calls ago.
    const is_old =
      this.state.is_offline || hand.some((card) => card.script_version !== this.state.session.script.version)
    this.change({ hand, lost, closed, door: turn.door, empty: turn.empty, is_offline: false, needs_join: false })
    await this.keepHand()
    if (is_old) await this.refresh()
  }

  /** Script, tally and last results anew. */
  private async refresh(): Promise<void> {
    const answer = await this.server.call(sessionEndpoint, this.where(), {}, this.patience())
    if (!answer.ok) return this.notReached(answer)
    const recent = answer.value.recent.find((each) => each.can_undo)
    this.change({ session: answer.value, last: this.state.last ?? lastOf(recent) })
    this.countUnsent()
    const { server_time, tally } = answer.value
    await this.keeping(this.store.putTally(this.state.has_left ? null : { at: server_time, tally }))
  }

  /** The server's tally knows nothing of what is still here, unless it came and the answer was lost. */
  private countUnsent(): void {
    const { recent } = this.state.session
    for (const entry of this.state.unsent) {
      if (entry.is_stuck) continue
      const isThere = recent.some(({ attempt_id }) => attempt_id === entry.attempt_id)
      if (isThere && entry.is_undone) this.change({ session: this.counted(entry, -1) })
      if (!isThere && !entry.is_undone) this.change({ session: this.counted(entry, 1) })
    }
  }

  /** The tally without what is on its way. */
  private known(): KnownTally {
    const waiting = this.state.unsent.filter((each) => !each.is_stuck && !each.is_undone)
    const { tally } = waiting.reduce((session, each) => this.counted(each, -1, session), this.state.session)
    return { at: this.time().toISOString(), tally }
  }

  private notReached(answer: Extract<Answered<unknown>, { ok: false }>): void {
    const hand = this.state.hand.filter((card) => {
      if (this.isStillMine(card) || this.state.drafts.get(card.voter_id)?.is_talking) return true
      this.notice('lost', 'warning', card)
      return false
    })
    const is_shut = isShut(answer)
    this.change(is_shut ? { needs_join: true, is_offline: false, hand } : { is_offline: true, hand })
    void this.keepHand()
    if (is_shut || this.retrying || this.stopped) return
    // `online` events cannot be trusted: it also tries by itself.
    this.retrying = setTimeout(() => {
      this.retrying = null
      void this.look()
    }, this.retry_ms)
    this.retry_ms = Math.min(this.retry_ms * 2, retry_longest_ms)
  }

  private isStillMine = (card: CallCard): boolean => new Date(card.leased_until).getTime() > this.time().getTime()

  private where = () => ({ phone_bank: this.phone_bank })

  // Phones of 2021 have no AbortSignal.timeout: they wait as long as their network does.
  private patience = () => ('timeout' in AbortSignal ? { signal: AbortSignal.timeout(patience_ms) } : {})

  /** Voters in hand, and those whose result is still on its way: the server need not hand these out again. */
  private holding = (): number[] =>
    [
      ...new Set(
        [
          ...this.state.hand,
          // Whose result is corrected need not be in hand.
          ...this.state.unsent
            .filter((each) => !each.is_stuck && !each.is_undone && !each.result.instead_of)
            .map((each) => each.card),
        ].map((card) => card.voter_id),
      ),
    ].slice(0, mostHeld)

  /** The tally with this result, or without it again; a corrected one stands in the place of the first. */
  private counted(
    { result, was, was_spoke_with = null }: UnsentCall,
    by: 1 | -1,
    before = this.state.session,
  ): Session {
    const session = this.withTally(result.disposition, result.spoke_with, by, before)
    return was ? this.withTally(was, was_spoke_with, by === 1 ? -1 : 1, session) : session
  }

  private withTally(disposition: Disposition, spoke_with: SpokeWith | null, by: 1 | -1, session: Session): Session {
    const { tally } = session
    return {
      ...session,
      tally: {
        calls: tally.calls + by,
        reached: tally.reached + (isConversation(disposition, spoke_with) ? by : 0),
        answered: tally.answered + (disposition === 'canvassed' ? by : 0),
      },
    }
  }

  private keepHand = (): Promise<void> => this.keeping(this.store.setHand(this.state.hand))

  /** A full disk is said, not fatal: what could not be kept is still in memory and sent from there. */
  private async keeping(write: Promise<void>): Promise<void> {
    try {
      await write
    } catch {
      this.change({ is_durable: false, is_full: true })
    }
  }

  private inOrder<T>(work: () => Promise<T>): Promise<T> {
    const done = this.line.then(work, work)
    this.line = done.catch(() => {})
    return done
  }

  private every(milliseconds: number, work: () => unknown): void {
    this.timers.add(setInterval(work, milliseconds))
  }

  private notice(
    key: string,
    kind: Notice['kind'],
    card: Noticed | null = null,
    more: Partial<Pick<Notice, 'disposition' | 'at' | 'count' | 'why' | 'result_name'>> = {},
  ): void {
    const others = this.state.notices.filter(
      (each) => each.kind === 'warning' && (each.key !== key || each.card?.voter_id !== card?.voter_id),
    )
    this.change({
      notices: [...others.slice(-3), { id: ++this.notice_id, key, kind, card, disposition: null, ...more }],
    })
  }

  private change(changed: Partial<DeskState>): void {
    this.state = { ...this.state, ...changed }
    for (const listener of this.listeners) listener()
  }
}

/** The cookie opens nothing any more. */
const isShut = (answer: Answered<unknown>): boolean => !answer.ok && [401, 403, 404].includes(answer.status)
