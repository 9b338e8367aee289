import { takeBatch } from '../../batches/endpoints.ts'
import type { BatchInput } from '../../batches/schema.ts'
import { dispositionRules, type Disposition } from '../../../contacts/schema.ts'
import { next, othersAtHome, returnCall, takeMember } from '../../endpoints.ts'
import type { News } from '../../news/schema.ts'
import type { CallCard, OtherAtHome } from '../../schema.ts'
import { DeskCorrections } from './desk-corrections.ts'
import { want } from './desk-hand.ts'
import { isSameLine, resultOf, type Given, type Returned } from './desk-state.ts'
import { newId } from '../../../../platform/ui/device/device.ts'
import { keepWork, workedOn, workKept, type Worked } from './rest.ts'
import type { DeviceStore, Draft, UnsentCall } from './store.ts'
import { counted } from './tally.ts'

/** Somebody who called the office, taken by the host for this caller. */
interface CalledUs {
  voter_id: number
  draftOf: (card: CallCard) => Draft
}

const extend_every_ms = 60_000
const look_every_ms = 30_000

/**
 * The caller's desk: which voters are in hand, which results are on their way. Every result is put into the device's
 * store first and then sent in order until the server confirmed it. Lives as long as the page.
 */
export class Desk extends DeskCorrections {
  private readonly timers = new Set<ReturnType<typeof setTimeout>>()
  private unlisten: (() => void) | null = null
  private worked = workKept()

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
      const newest = unsent.filter(({ is_undone, is_stuck }) => !is_undone && !is_stuck).at(-1)
      this.change({
        is_durable: this.store.is_durable,
        // The page may have come from the device, as it was before the last calls.
        session: known && known.at > session.server_time ? { ...session, tally: known.tally } : session,
        unsent,
        told,
        drafts,
        // Made after all the server knows of.
        ...(newest && {
          last: {
            attempt_id: newest.attempt_id,
            card: newest.card,
            disposition: newest.result.disposition,
            result_name: this.nameOf(newest.result),
            draft: null,
          },
        }),
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
      this.every(look_every_ms, () => (!this.state.hand.length || this.state.needs_join) && this.look())
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
      this.listen()
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

  /** A line that was refused is asked for again seldom. */
  protected listen(): void {
    if (this.stopped) return
    this.unlisten?.()
    this.unlisten = this.server.listen(this.phone_bank, (news) => void this.hear(news))
  }

  private readonly tryNow = (): void => {
    if (document.visibilityState === 'hidden') return
    // What is unsent goes first there too; only the answer to a look says that the connection is back.
    if (this.state.needs_join || this.state.is_offline || !this.state.hand.length) void this.look()
    else if ([...this.state.unsent, ...this.state.told].some((each) => !each.is_stuck)) void this.flush()
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
      const answer = await this.ask(next, { holding: this.holding(), want })
      if (answer.ok) await this.take(answer.value)
      else this.notReached(answer)
    })
  }

  /** Saves a result: on the device first, then with the server. */
  async record(card: CallCard, draft: Draft, given: Given): Promise<void> {
    const attempt_id = newId()
    const script = draft.script ?? this.state.session.script
    const entry: UnsentCall = {
      attempt_id,
      order: ++this.order,
      card,
      script,
      is_stuck: false,
      is_closed: draft.no_calls === true || this.state.closed.has(card.voter_id),
      result: {
        ...resultOf(card, draft, given),
        attempt_id,
        ended_at: new Date().toISOString(), // the device's clock: the server corrects it by sent_at
        script_version: script.version,
      },
    }
    // An abusive home is not called any further by whoever it was abusive to.
    const spared =
      given.disposition === 'hostile'
        ? this.state.hand.filter((each) => each.voter_id !== card.voter_id && isSameLine(card, each))
        : []
    this.remember(entry)
    // In memory at once, so that a second press finds the voter gone.
    const drafts = new Map(this.state.drafts)
    drafts.delete(card.voter_id)
    this.change({
      hand: this.state.hand.filter(
        (each) =>
          each.voter_id !== card.voter_id &&
          !spared.includes(each) &&
          // Nobody was reached: the same phone is not rung again right away for somebody else at home.
          (dispositionRules[given.disposition].reached || !isSameLine(card, each)),
      ),
      drafts,
      unsent: [...this.state.unsent, entry],
      last: { attempt_id, card, disposition: given.disposition, result_name: this.nameOf(given), draft },
      session: counted(this.state.session, entry, 1),
      notices: this.lasting(),
    })
    this.watchOverRest(given.disposition, draft.started_at)
    await this.keeping(this.store.putUnsent(entry))
    await this.keepHand()
    if (spared.length)
      void this.release(
        spared.map(({ voter_id }) => voter_id),
        'skip',
        want,
      )
    void this.tellKept(entry, this.flush())
  }

  /** They called us: the conversation is going on. */
  private answered(card: CallCard, draft: Draft): void {
    this.draft(card, { ...draft, is_talking: true, is_inbound: true, started_at: new Date().toISOString() })
  }

  /** Another person at this home is on the phone. */
  async takeMember(voter_id: number): Promise<void> {
    await this.inOrder(async () => {
      const answer = await this.ask(takeMember, { voter_id, holding: this.holding() })
      if (!answer.ok) return this.notReached(answer)
      await this.take(answer.value.turn, { in_front: true })
      if (answer.value.problem) this.answerPress(`member.${answer.value.problem}`)
    })
  }

  /** Who lives there without being on the list; null: not reached. */
  async othersAtHome(): Promise<readonly OtherAtHome[] | null> {
    const answer = await this.ask(othersAtHome, {})
    return answer.ok ? answer.value.others : null
  }

  /** Somebody calls back; their card comes to the front, in conversation. Answers whether they were found. */
  async returnCall(phone: string, draftOf: (card: CallCard) => Draft): Promise<Returned> {
    return this.inOrder(async () => {
      const answer = await this.ask(returnCall, { phone, holding: this.holding() })
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

  /** Voters for hours without a connection. */
  async takeBatch(lines: BatchInput['lines'], hours: BatchInput['hours']): Promise<void> {
    await this.flush()
    await this.inOrder(async () => {
      const answer = await this.ask(takeBatch, { holding: this.holding(), lines, hours })
      if (!answer.ok) {
        this.notReached(answer)
        return this.answerPress('batch_offline')
      }
      await this.take(answer.value)
      const { door, empty, leased_until } = answer.value
      const { hand } = this.state
      if (door !== 'open') return undefined // the whole page says so
      const count = hand.length
      if (count === 0) return this.answerPress('batch_none', null, { why: empty })
      const isFewer = new Set(hand.map((card) => card.phones[0]?.phone)).size < lines
      const told = { count, at: leased_until, why: isFewer ? empty : null }
      return isFewer ? this.answerPress('batch_fewer', null, told) : this.notice('batch_taken', 'good', null, told)
    })
  }

  /** My last results, as the server has them now. */
  async renew(): Promise<void> {
    await this.inOrder(() => this.refresh())
  }

  /** Gives everybody back and clears the device of them. */
  async leave(): Promise<void> {
    const voter_ids = this.state.hand.map((card) => card.voter_id)
    this.change({ hand: [], drafts: new Map(), editing: null, has_left: true })
    await this.keepHand()
    this.left = voter_ids
    this.work({ since: 0, last: 0 })
    await this.flush()
    if (!this.state.unsent.length) await this.keeping(this.store.putTally(null))
    await this.release(voter_ids, 'leave', 0)
  }

  async comeBack(): Promise<void> {
    this.left = []
    this.change({ has_left: false })
    await this.look()
    await this.renew() // what was changed meanwhile was not heard
  }

  /** Another page was wanted while there is no connection. */
  stay(): void {
    this.answerPress('offline_page')
    void this.look() // there may be one again
  }

  /** Care for who calls: after an abusive call, and after a long time without a break. */
  private watchOverRest(disposition: Disposition, started_at: string | null): void {
    const ended = Date.now()
    const began = started_at ? Date.parse(started_at) : ended
    const { rest_minutes } = this.state.session.phone_bank
    this.work(workedOn(this.worked, { began, ended }))
    this.change({
      is_shaken: disposition === 'hostile' || this.state.is_shaken,
      is_rest_due: rest_minutes > 0 && ended - this.worked.since >= rest_minutes * 60_000,
    })
  }

  private work(worked: Worked): void {
    this.worked = worked
    // In practice nobody is reminded, and nothing is kept.
    if (this.state.session.phone_bank.rest_minutes > 0) keepWork(worked)
  }

  /** Goes on calling after a reminder. */
  goOn(): void {
    this.work({ ...this.worked, since: Date.now() })
    this.change({ is_shaken: false, is_rest_due: false })
  }

  private every(milliseconds: number, work: () => unknown): void {
    this.timers.add(setInterval(work, milliseconds))
  }
}
