import type { CallCard } from '../../schema.ts'
import { tellOfVoter, untell } from '../../told/endpoints.ts'
import type { Told } from '../../told/schema.ts'
import { DeskHand, isShut } from './desk-hand.ts'
import { newId } from '../../../../platform/ui/device/device.ts'
import { isFinal, tellByTicket } from './kept.ts'
import { nameOnly, stuckTold, type UnsentTold } from './store.ts'

/** What is learned of a voter beside the result: kept on the device first, then with the server, and taken back. */
export abstract class DeskTold extends DeskHand {
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
      const answer = await this.ask(untell, { told_id })
      if (!answer.ok) {
        if (isFinal(answer) && !isShut(answer)) return 'gone'
        this.notReached(answer)
        return 'offline'
      }
      const { outcome, problem } = answer.value
      return outcome === 'undone' || problem === 'unknown' ? null : 'gone'
    })
  }

  /** false: the server was not reached. */
  protected async flushTold(): Promise<boolean> {
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
      const known = this.state.needs_join ? null : await this.ask(tellOfVoter, input)
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
        const booked = answer.ok && answer.value.booked
        // That there is no seat yet is to be said to them: it stands in sight.
        if (booked === 'wait_listed') this.notice('booked_wait_listed', 'warning', card)
        else if (booked) this.notice('booked_signed_up', 'good', card)
      }
    }
  }

  /** As `sendUndo`, of something learned. */
  protected async untell(entry: UnsentTold): Promise<boolean> {
    const { told_id, card, told, told_at } = entry
    const unseen = { voter_id: card.voter_id, ticket: card.ticket, told, told_at }
    const answer = await this.ask(untell, { told_id, unseen })
    if (!answer.ok && (isShut(answer) || !isFinal(answer))) {
      this.notReached(answer)
      return isShut(answer)
    }
    await this.forgetTold(entry)
    if (!answer.ok || answer.value.outcome === 'refused') this.notice('told_undo_gone', 'warning', card)
    return true
  }

  protected async replaceTold(next: UnsentTold): Promise<void> {
    this.change({ told: this.state.told.map((each) => (each.told_id === next.told_id ? next : each)) })
    await this.keeping(this.store.putTold(next))
  }

  protected async forgetTold({ told_id }: UnsentTold): Promise<void> {
    this.change({ told: this.state.told.filter((each) => each.told_id !== told_id) })
    await this.keeping(this.store.removeTold(told_id))
  }
}
