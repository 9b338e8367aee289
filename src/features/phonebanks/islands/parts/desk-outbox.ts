import type { CallResult as Answered } from '../../../../platform/http/endpoint.ts'
import { recordCall, undoCall } from '../../endpoints.ts'
import type { Recorded } from '../../schema.ts'
import { isShut, want } from './desk-hand.ts'
import type { TurnValue } from './desk-state.ts'
import { DeskTold } from './desk-told.ts'
import { isFinal, sendByTicket } from './kept.ts'
import { correctionOf, inPlaceOf, isTold, type StuckEntry, type UnsentCall } from './store.ts'
import { counted } from './tally.ts'

/** How long the spoken word waits for the server's answer. */
const soon_ms = 1_000

/** Results on their way: each stays in the store of the device until the server confirmed it. */
export abstract class DeskOutbox extends DeskTold {
  /** Results made on this page, so that they can be corrected without a connection. */
  protected made: readonly UnsentCall[] = []

  /** Sends what is unsent, oldest first, each until the server confirmed it. */
  protected flush(): Promise<void> {
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

  /** By the caller's cookie; where that opens nothing any more, by the ticket alone. */
  protected async send(entry: UnsentCall): Promise<Answered<{ recorded: Recorded; turn: TurnValue | null }>> {
    if (!this.state.needs_join) {
      const result = { ...entry.result, sent_at: new Date().toISOString() }
      const holding = this.holding().filter((voter_id) => voter_id !== entry.card.voter_id)
      const wanted = this.state.has_left ? 0 : want
      const answer = await this.ask(recordCall, { result, holding, want: wanted })
      if (!isShut(answer)) return answer
      this.change({ needs_join: true, is_offline: false })
    }
    const answer = await sendByTicket(this.phone_bank, this.caller_id, entry)
    return answer.ok ? { ok: true, value: { recorded: answer.value.recorded, turn: null } } : answer
  }

  /** What was taken back here while its answer was missing. false: the server was not reached. */
  protected async sendUndo(entry: UnsentCall): Promise<boolean> {
    const { attempt_id, card } = entry
    const { voter_id } = card
    const input = { attempt_id, voter_id, holding: this.holding().filter((each) => each !== voter_id) }
    const answer = await this.ask(undoCall, input)
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

  /** The caller wants it tried once more. */
  async sendAgain(entry: StuckEntry): Promise<void> {
    const caller_id = this.leftBy(entry)
    if (caller_id) return this.kept.tryAgain(caller_id, entry)
    const again = { ...entry, is_stuck: false }
    if (isTold(again)) await this.replaceTold(again)
    else {
      this.change({ session: counted(this.state.session, again, 1) })
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
  protected leftBy(entry: StuckEntry): string | undefined {
    return this.state.kept.stuck.find((each) => each.entry === entry)?.caller_id
  }

  protected tell(entry: UnsentCall, recorded: Recorded): void {
    if (recorded.is_call_back_too_late) this.notice('call_back_too_late', 'warning', entry.card)
    else if (recorded.call_back_at && Date.parse(recorded.call_back_at) > Date.parse(entry.result.call_back_at ?? ''))
      this.notice('call_back_moved', 'warning', entry.card, { at: recorded.call_back_at })
    else if (recorded.outcome === 'recorded' && recorded.was_lost && !entry.result.instead_of && !entry.is_closed)
      this.notice('came_late', 'warning', entry.card)
  }

  /** "Saved" only once the server has it. Without an answer soon, that it is kept here: this is read out, not shown. */
  protected async tellKept({ attempt_id, card, result }: UnsentCall, sending: Promise<void>): Promise<void> {
    await Promise.race([sending, new Promise((resolve) => setTimeout(resolve, soon_ms))])
    if (this.state.last?.attempt_id !== attempt_id) return
    const isWaiting = this.state.unsent.some((each) => each.attempt_id === attempt_id)
    this.notice(isWaiting ? 'kept' : 'saved', 'good', card, {
      disposition: result.disposition,
      result_name: this.nameOf(result),
    })
  }

  protected remember(entry: UnsentCall): void {
    this.made = [...this.made.slice(-9), entry]
  }

  protected async replace(entry: UnsentCall, changed: Partial<UnsentCall>): Promise<void> {
    const next = { ...entry, ...changed }
    this.change({ unsent: this.state.unsent.map((each) => (each.attempt_id === entry.attempt_id ? next : each)) })
    await this.keeping(this.store.putUnsent(next))
  }

  protected async forget(entry: UnsentCall, { is_sent = false } = {}): Promise<void> {
    const unsent = this.state.unsent.filter((each) => each.attempt_id !== entry.attempt_id)
    // That one is kept here is no news any more once nothing is.
    const notices = unsent.length ? this.state.notices : this.state.notices.filter(({ key }) => key !== 'kept')
    this.change({ unsent, notices })
    await this.keeping(
      this.store.removeUnsent(entry.attempt_id, is_sent && !this.state.has_left ? this.known() : undefined),
    )
  }

  /** Nothing is set aside where a correction of it is on its way: the two would both count when it is tried again. */
  protected async setAside(entry: UnsentCall, problem: Recorded['problem']): Promise<void> {
    const correction = correctionOf(entry, this.state.unsent)
    if (correction) {
      await this.replace(inPlaceOf(entry, correction), {})
      return this.forget(entry)
    }
    this.change({ session: counted(this.state.session, entry, -1) })
    await this.replace(entry, { is_stuck: true, problem })
    this.notice('stuck', 'warning', entry.card)
  }
}
