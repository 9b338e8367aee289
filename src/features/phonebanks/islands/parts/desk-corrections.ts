import type { Disposition } from '../../../contacts/schema.ts'
import { madeCall, undoCall } from '../../endpoints.ts'
import { DeskOutbox } from './desk-outbox.ts'
import { lastOf, resultOf, type Given, type LastCall, type ResultName, type Session } from './desk-state.ts'
import { newId } from '../../../../platform/ui/device/device.ts'
import { beginsIn } from './spoken.ts'
import { inPlaceOf, type Draft, type UnsentCall } from './store.ts'
import { counted } from './tally.ts'

/** My last results, corrected or taken back. */
export abstract class DeskCorrections extends DeskOutbox {
  /** The result that is being taken back. */
  private undoing: string | null = null

  /** Opens one of my last results to be corrected. */
  async edit({ attempt_id, disposition }: Pick<LastCall, 'attempt_id' | 'disposition'>): Promise<void> {
    await this.inOrder(async () => {
      const here = [...this.state.unsent, ...this.made].find((each) => each.attempt_id === attempt_id)
      const isWaiting = this.state.unsent.some((each) => each.attempt_id === attempt_id)
      if (here && (isWaiting || this.state.is_offline)) return this.open(here)
      const answer = await this.ask(madeCall, { attempt_id })
      if (!answer.ok) {
        this.notReached(answer)
        return here ? this.open(here) : this.answerPress('edit_offline')
      }
      const { made, problem, server_time } = answer.value
      if (!made) {
        this.answerPress(problem === 'too_late' ? 'undo_too_late' : 'edit_gone')
        return this.refresh()
      }
      this.clock_off_ms = new Date(server_time).getTime() - Date.now()
      const byDevice = (at: string) => new Date(Date.parse(at) - this.clock_off_ms).toISOString()
      const { card, result_name, script_content, ...said } = made
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
        script: { version: made.script_version, content: script_content },
      })
    })
  }

  protected open({
    attempt_id,
    card,
    result,
    result_name = this.nameOf(result),
    script = this.scriptOf(result.script_version),
  }: Pick<UnsentCall, 'attempt_id' | 'card' | 'result'> & {
    result_name?: ResultName
    script?: Session['script'] | null
  }): void {
    const { answers, note, phone, follow_ups, is_inbound, started_at, language, disposition } = result
    const { call_back_at, is_call_back_mine, spoke_with, result_code } = result
    const { content } = script ?? this.state.session.script
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
          // A language barrier is about another one.
          language: disposition === 'canvassed' ? language : beginsIn(card, content, this.state.session),
          phone,
          follow_ups,
          is_inbound,
          // The answers are of this version, whatever is read by now.
          ...(script && { script }),
        },
      },
    })
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
    const script = draft.script ?? this.state.session.script
    const correction: UnsentCall = {
      attempt_id,
      order: ++this.order,
      card,
      script,
      is_stuck: false,
      was: first.disposition,
      was_spoke_with: first.spoke_with,
      first,
      result: {
        ...resultOf(card, draft, given),
        attempt_id,
        ended_at: first.ended_at,
        script_version: script.version,
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
      session: counted(this.state.session, entry, 1),
    })
    await this.keeping(this.store.putUnsent(entry))
    if (refused) await this.forget(refused)
    await this.keepHand()
    void this.tellKept(entry, this.flush())
  }

  /** A correction that may have arrived: what it corrected is recorded again, in the place of whichever of the two stands. */
  protected async bringFirstBack(correction: UnsentCall, first: UnsentCall['result']): Promise<void> {
    const { order, card, script } = correction
    const attempt_id = newId()
    const at = correction.result.instead_of?.at ?? new Date().toISOString()
    const entry: UnsentCall = {
      attempt_id,
      order,
      card,
      ...(script && { script }),
      is_stuck: false,
      was: first.disposition,
      was_spoke_with: first.spoke_with,
      result: { ...first, attempt_id, instead_of: { attempt_id: correction.attempt_id, at, or: first.attempt_id } },
    }
    this.remember(entry)
    this.change({
      last: null,
      session: counted(this.state.session, correction, -1),
      unsent: this.state.unsent.map((each) => (each.attempt_id === correction.attempt_id ? entry : each)),
    })
    await this.keeping(this.store.putUnsent(entry))
    await this.keeping(this.store.removeUnsent(correction.attempt_id))
    this.notice('edit_dropped', 'good', card)
  }

  /** Takes the last result back; the voter comes to the front again with what had been said. */
  async undo(): Promise<void> {
    const last = this.state.last
    if (!last || this.undoing === last.attempt_id) return // pressed twice
    this.undoing = last.attempt_id
    try {
      await this.inOrder(() => this.undoLast(last))
    } finally {
      this.undoing = null
    }
  }

  private async undoLast(last: LastCall): Promise<void> {
    const waiting = this.state.unsent.find((each) => each.attempt_id === last.attempt_id)
    if (waiting) {
      const mayBeThere = waiting.is_sent && !waiting.is_stuck
      const { instead_of } = waiting.result
      if (instead_of && mayBeThere && waiting.first) return this.bringFirstBack(waiting, waiting.first)
      // Only the server can say which of the two stands now.
      if (instead_of && (mayBeThere || (instead_of.or && !waiting.is_stuck))) return this.answerPress('undo_offline')
      await (mayBeThere ? this.replace(waiting, { is_undone: true }) : this.forget(waiting))
      // One that was set aside is not counted any more.
      const session = waiting.is_stuck ? this.state.session : counted(this.state.session, waiting, -1)
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
    const answer = await this.ask(undoCall, { attempt_id: last.attempt_id, holding: this.holding() })
    if (!answer.ok) {
      this.notReached(answer)
      return this.answerPress('undo_offline')
    }
    const { undone, problem, gone, turn } = answer.value
    const [back] = turn.cards
    await this.take(turn, { in_front: true })
    if (!undone && problem !== 'already_undone') return this.answerPress('undo_too_late')
    this.change({ last: null })
    this.wasHostile(last.disposition)
    if (back && last.draft) this.draft(back, last.draft)
    if (back) this.notice('undone', 'good', back)
    else this.answerPress(`undone_gone.${gone ?? 'later'}`, last.card)
    await this.refresh()
  }

  /** Takes one of the last results back; what was said in it is gone, the voter comes to the front. */
  async undoOf(recent: Session['recent'][number]): Promise<void> {
    if (this.state.last?.attempt_id !== recent.attempt_id) this.change({ last: lastOf(recent) })
    await this.undo()
  }

  /** Taken back: that the host was told and nobody calls there again is true no more. */
  protected wasHostile(disposition: Disposition): void {
    if (disposition === 'hostile') this.change({ is_shaken: false })
  }
}
