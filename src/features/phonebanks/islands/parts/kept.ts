import { call, type CallResult as Answered } from '../../../../platform/http/endpoint.ts'
import { sendKept, tellKept } from '../../kept/endpoints.ts'
import { mostHeld, type Recorded } from '../../schema.ts'
import type { ToldOutput } from '../../told/schema.ts'
import {
  callersOnDevice,
  correctionOf,
  inPlaceOf,
  isTold,
  openStore,
  storeName,
  stuckTold,
  type DeviceStore,
  type StuckEntry,
  type UnsentCall,
  type UnsentTold,
} from './store.ts'

/** Sends a result by its ticket alone, under the name it was made by. */
export const sendByTicket = (
  phone_bank: string,
  caller_id: string,
  { result }: UnsentCall,
  give_back: number[] = [],
): Promise<Answered<{ recorded: Recorded }>> =>
  call(
    sendKept,
    { phone_bank },
    {
      caller_id,
      result: { ...result, sent_at: new Date().toISOString() },
      give_back: give_back.slice(0, mostHeld),
    },
  )

/** As `sendByTicket`, of something learned. */
export const tellByTicket = (
  phone_bank: string,
  caller_id: string,
  { told_id, card, told, told_at }: UnsentTold,
): Promise<Answered<ToldOutput>> =>
  call(
    tellKept,
    { phone_bank },
    {
      caller_id,
      told: { told_id, voter_id: card.voter_id, ticket: card.ticket, told, told_at, sent_at: new Date().toISOString() },
    },
  )

/** Will it be taken when sent again? 401: not by this ticket; 422: not as it is. */
export const isFinal = (answer: Answered<unknown>): boolean =>
  !answer.ok && [401, 403, 404, 422].includes(answer.status)

export interface KeptState {
  /** null: not looked yet. */
  unsent: number | null
  saved: number
  /** Taken back here, but the server may have them: nobody can take them back any more but the host. */
  undo_lost: number
  /** What the server would not take; stays on the device until the caller removes it. */
  stuck: { caller_id: string; entry: StuckEntry }[]
}

/**
 * What callers of this phone bank left on this device under names that are theirs no more. Whoever opens the page here
 * next has it sent; the results stay those of who made them.
 */
export class KeptResults {
  private state: KeptState = { unsent: null, saved: 0, undo_lost: 0, stuck: [] }
  private readonly listeners = new Set<() => void>()
  private readonly phone_bank: string
  /** Who works on this device now: theirs is not touched. */
  private readonly except: string | null
  /** They may be let in again: what only their cookie takes back waits for that. */
  private readonly may_return: boolean
  private isAtWork = false

  constructor(phone_bank: string, except: string | null = null, may_return = false) {
    this.phone_bank = phone_bank
    this.except = except
    this.may_return = may_return
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }

  now = (): KeptState => this.state

  /** Sends everything that is to be sent. true: nothing waits any more. */
  async send(): Promise<boolean> {
    if (this.isAtWork) return false
    this.isAtWork = true
    let unsent = 0
    const stuck: KeptState['stuck'] = []
    try {
      for (const caller_id of await callersOnDevice(this.phone_bank)) {
        if (caller_id === this.except) continue
        await withLock(storeName(this.phone_bank, caller_id), async () => {
          const left = await this.sendOf(caller_id)
          unsent += left.unsent
          stuck.push(...left.stuck.map((entry) => ({ caller_id, entry })))
        })
      }
    } finally {
      this.isAtWork = false
    }
    this.change({ unsent, stuck })
    return unsent === 0
  }

  /** The caller told the host, or wrote it down. */
  async remove(caller_id: string, entry: StuckEntry): Promise<void> {
    const store = await openStore(storeName(this.phone_bank, caller_id))
    await (isTold(entry) ? store.removeTold(entry.told_id) : store.removeUnsent(entry.attempt_id))
    await this.send()
  }

  async tryAgain(caller_id: string, entry: StuckEntry): Promise<void> {
    const store = await openStore(storeName(this.phone_bank, caller_id))
    await (isTold(entry)
      ? store.putTold({ ...entry, is_stuck: false })
      : store.putUnsent({ ...entry, is_stuck: false }))
    await this.send()
  }

  private async sendOf(caller_id: string): Promise<Left> {
    const store = await openStore(storeName(this.phone_bank, caller_id))
    const give_back = (await store.hand()).map((card) => card.voter_id)
    // A ticket takes nothing back.
    for (const entry of (await store.told()).filter((each) => !each.is_stuck)) {
      if (entry.is_undone) {
        if (this.may_return) continue
        await store.removeTold(entry.told_id)
        this.change({ undo_lost: this.state.undo_lost + 1 })
        continue
      }
      const answer = await tellByTicket(this.phone_bank, caller_id, entry)
      if (answer.ok && answer.value.outcome !== 'refused') await store.removeTold(entry.told_id)
      else if (answer.ok || isFinal(answer))
        await store.putTold(stuckTold(entry, answer.ok ? answer.value.problem : 'not_yours'))
      else return leftIn(store)
    }
    for (const entry of (await store.unsent()).filter((each) => !each.is_stuck)) {
      if (entry.is_undone) {
        if (this.may_return) continue
        await store.removeUnsent(entry.attempt_id)
        this.change({ undo_lost: this.state.undo_lost + 1 })
        continue
      }
      const answer = await sendByTicket(this.phone_bank, caller_id, entry, give_back)
      const problem = answer.ok ? answer.value.recorded.problem : 'not_yours'
      if (answer.ok && answer.value.recorded.outcome !== 'refused') {
        await store.removeUnsent(entry.attempt_id)
        this.change({ saved: this.state.saved + 1 })
        continue
      }
      if (!answer.ok && !isFinal(answer)) return leftIn(store)
      const correction = correctionOf(entry, await store.unsent())
      if (!correction) {
        await store.putUnsent({ ...entry, is_stuck: true, problem })
        continue
      }
      await store.putUnsent(inPlaceOf(entry, correction))
      await store.removeUnsent(entry.attempt_id)
      return this.sendOf(caller_id)
    }
    const left = await leftIn(store)
    if (left.stuck.length === 0 && !left.is_undoing) await store.destroy()
    else await store.setHand([]) // names of voters who are in nobody's hand here
    return left
  }

  private change(changed: Partial<KeptState>): void {
    this.state = { ...this.state, ...changed }
    for (const listener of this.listeners) listener()
  }
}

interface Left {
  unsent: number
  stuck: StuckEntry[]
  /** Something waits to be taken back. */
  is_undoing: boolean
}

async function leftIn(store: DeviceStore): Promise<Left> {
  const [unsent, told] = await Promise.all([store.unsent(), store.told()])
  const all = [...unsent, ...told]
  const stuck = all.filter((each) => each.is_stuck)
  const undone = all.filter((each) => !each.is_stuck && each.is_undone)
  return { unsent: all.length - stuck.length - undone.length, stuck, is_undoing: undone.length > 0 }
}

/** Not while another window works with it; where the browser has no locks, always. */
async function withLock(name: string, work: () => Promise<void>): Promise<void> {
  if (!('locks' in navigator)) return work()
  await navigator.locks.request(name, { ifAvailable: true }, (held) => (held ? work() : undefined))
}
