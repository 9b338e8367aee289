import type { CallResult as Answered, Endpoint } from '../../../../platform/http/endpoint.ts'
import { extendLease, releaseCalls, session as sessionEndpoint } from '../../endpoints.ts'
import { mostHeld, type CallCard } from '../../schema.ts'
import { DeskCore } from './desk-core.ts'
import { isSameLine, lastOf, type Session, type TurnValue } from './desk-state.ts'
import { keepClock } from '../../../../platform/ui/device/device.ts'
import { keepRead, messagesRead, readBy } from './messages-read.ts'
import type { Draft, KnownTally } from './store.ts'
import { counted } from './tally.ts'

/** Lines kept in hand: the second one is for the minutes without a connection. */
export const want = 2
const retry_first_ms = 3_000
const retry_longest_ms = 30_000

/** Whom this caller has in hand, as the server says. */
export abstract class DeskHand extends DeskCore {
  /** In hand when they stopped, and not given back yet. */
  protected left: readonly number[] = []
  private retry_ms = retry_first_ms
  /** Those that conversations of this page were held in. */
  private readonly scripts = new Map<number, Session['script']>()
  /** Messages of the host that were read, where the device keeps nothing. */
  private readonly read = new Set<string>()
  protected retrying: ReturnType<typeof setTimeout> | null = null

  /** Sends what is unsent. */
  protected abstract flush(): Promise<void>

  /** Asks for voters until enough are in hand; sends first what is unsent. */
  abstract look(): Promise<void>

  /** Hears of changes at once, anew. */
  protected abstract listen(): void

  /** The cookie is the phone bank's: whoever joined on this device since is somebody else, and this desk stays shut. */
  protected override async ask<Input, Output>(
    endpoint: Endpoint<Input, Output>,
    input: Input,
  ): Promise<Answered<Output>> {
    if (!this.state.needs_join) return super.ask(endpoint, input)
    const answer = await super.ask(sessionEndpoint, {})
    if (!answer.ok) return answer
    if (!this.isMine(answer.value)) return { ok: false, status: 403, problem: 'another caller' }
    this.change({ needs_join: false })
    // What only the cookie takes back has waited.
    void this.flush()
    this.listen()
    return super.ask(endpoint, input)
  }

  private readonly isMine = ({ caller }: Session): boolean => caller.caller_id === this.caller_id

  /**
   * What the server says is in hand now. `in_front`: the new cards come first. `after`: the voter just dealt with; others
   * on that line may go with them, which is no news.
   */
  protected async take(
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
    const shown = new Set(this.state.messages.map((each) => each.message_id))
    const read = new Set([...messagesRead(), ...this.read])
    const said = turn.messages.filter(({ message_id: id }) => !shown.has(id) && !read.has(readBy(this.caller_id, id)))
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
    const wasRemoved = this.state.door === 'removed' && turn.door !== 'removed'
    this.change({ hand, lost, closed, door: turn.door, empty: turn.empty, is_offline: false, is_outdated: false })
    await this.keepHand()
    if (wasRemoved) this.listen()
    if (is_old) await this.refresh()
  }

  readMessage(message_id: string): void {
    const read = readBy(this.caller_id, message_id)
    this.read.add(read)
    keepRead(read)
    this.change({ messages: this.state.messages.filter((each) => each.message_id !== message_id) })
  }

  /** Script, tally and last results anew. */
  protected async refresh(): Promise<void> {
    const answer = await this.ask(sessionEndpoint, {})
    if (!answer.ok) return this.notReached(answer)
    if (!this.isMine(answer.value)) return this.change({ needs_join: true })
    const recent = answer.value.recent.find((each) => each.can_undo)
    const session = asBefore(answer.value, this.state.session)
    this.change({ session, last: this.state.last ?? lastOf(recent) })
    this.countUnsent()
    const { server_time, tally } = answer.value
    await this.keeping(this.store.putTally(this.state.has_left ? null : { at: server_time, tally }))
  }

  /** The server's tally knows nothing of what is still here, unless it came and the answer was lost. */
  protected countUnsent(): void {
    const { recent } = this.state.session
    for (const entry of this.state.unsent) {
      if (entry.is_stuck) continue
      const isThere = recent.some(({ attempt_id }) => attempt_id === entry.attempt_id)
      if (isThere && entry.is_undone) this.change({ session: counted(this.state.session, entry, -1) })
      if (!isThere && !entry.is_undone) this.change({ session: counted(this.state.session, entry, 1) })
    }
  }

  /** The tally without what is on its way. */
  protected known(): KnownTally {
    const waiting = this.state.unsent.filter((each) => !each.is_stuck && !each.is_undone)
    const { tally } = waiting.reduce((session, each) => counted(session, each, -1), this.state.session)
    return { at: this.time().toISOString(), tally }
  }

  protected notReached(answer: Extract<Answered<unknown>, { ok: false }>): void {
    const hand = this.state.hand.filter((card) => {
      if (this.isStillMine(card) || this.state.drafts.get(card.voter_id)?.is_talking) return true
      this.notice('lost', 'warning', card)
      return false
    })
    const is_shut = isShut(answer)
    const is_outdated = answer.problem === 'unexpected'
    this.change({ is_outdated, is_offline: !is_shut && !is_outdated, hand, ...(is_shut && { needs_join: true }) })
    void this.keepHand()
    if (is_shut || this.retrying || this.stopped) return
    // `online` events cannot be trusted: it also tries by itself.
    this.retrying = setTimeout(() => {
      this.retrying = null
      void this.look()
    }, this.retry_ms)
    this.retry_ms = Math.min(this.retry_ms * 2, retry_longest_ms)
  }

  protected async extend(): Promise<void> {
    if (this.state.has_left || !this.state.hand.length) return
    await this.inOrder(async () => {
      const answer = await this.ask(extendLease, { holding: this.holding(), talking_to: this.talkingTo() })
      if (answer.ok) await this.take(answer.value)
      else this.notReached(answer)
    })
  }

  protected async release(
    voter_ids: readonly number[],
    why: 'skip' | 'leave',
    wanted: number,
    after?: CallCard,
  ): Promise<void> {
    await this.inOrder(async () => {
      const input = { voter_ids: [...voter_ids], why, holding: this.holding(), want: wanted }
      const answer = await this.ask(releaseCalls, input)
      // Not reached: who stopped gives them back at the next contact, else the lease runs out by itself.
      if (!answer.ok) return this.notReached(answer)
      this.left = []
      return this.take(answer.value, after ? { after } : {})
    })
  }

  /** Keeps what was said so far, also through a reload, with the words it began with: another script is of the next voter. */
  draft(card: CallCard, said: Draft): void {
    const called = this.talkingTo()
    const { script = this.state.session.script, ...rest } = said
    const isBegun = said.is_talking || Object.keys(said.answers).length > 0
    const draft: Draft = isBegun ? { ...rest, script } : rest
    if (isBegun) this.scripts.set(script.version, script)
    this.change({ drafts: new Map(this.state.drafts).set(card.voter_id, draft) })
    void this.keeping(this.store.putDraft(card.voter_id, draft))
    // At once: with the telephone at the ear the page may be asleep until the end of the call.
    if (this.talkingTo() !== called) void this.extend()
  }

  /** null: of a version this page never had. */
  protected scriptOf(version: number): Session['script'] | null {
    const { script } = this.state.session
    return script.version === version ? script : (this.scripts.get(version) ?? null)
  }

  /** Who is called now, from dialling on. */
  protected talkingTo(): number | null {
    return this.state.hand.find(({ voter_id }) => this.state.drafts.get(voter_id)?.started_at)?.voter_id ?? null
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

  /** Voters in hand, and those whose result is still on its way: the server need not hand these out again. */
  protected holding = (): number[] =>
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

  protected isStillMine = (card: CallCard): boolean => new Date(card.leased_until).getTime() > this.time().getTime()

  protected keepHand = (): Promise<void> => this.keeping(this.store.setHand(this.state.hand))
}

/** The cookie opens nothing any more. */
export const isShut = (answer: Answered<unknown>): boolean => !answer.ok && [401, 403, 404].includes(answer.status)

/** The host lets everybody practice: the door says so. Whoever is talking with a voter goes on as they began. */
const asBefore = (session: Session, before: Session): Session => ({
  ...session,
  phone_bank:
    session.phone_bank.way_of_calling === 'practice'
      ? { ...session.phone_bank, way_of_calling: before.phone_bank.way_of_calling }
      : session.phone_bank,
})
