import type { CallResult as Answered, Endpoint } from '../../../../platform/http/endpoint.ts'
import {
  ownName,
  type DeskState,
  type Given,
  type Notice,
  type Noticed,
  type ResultName,
  type Session,
} from './desk-state.ts'
import { clockKept } from '../../../../platform/ui/device/device.ts'
import { inLine } from '../../../../platform/ui/device/kept.ts'
import { KeptResults } from './kept.ts'
import { theServer, type Server } from './server.ts'
import { inMemory, storeName, type DeviceStore } from './store.ts'

const patience_ms = 20_000

/** What every part of the desk stands on: its state and who hears of it, the store of the device, the order of requests. */
export abstract class DeskCore {
  protected state: DeskState
  private readonly listeners = new Set<() => void>()
  protected readonly server: Server
  protected readonly phone_bank: string
  protected readonly caller_id: string
  protected readonly store_name: string
  protected readonly kept: KeptResults
  protected store: DeviceStore = inMemory()
  /** Requests go one after another, so that what is in hand is never told twice differently. */
  protected readonly inOrder = inLine()
  /** Server's clock minus the device's. */
  protected clock_off_ms = clockKept()
  private notice_id = 0
  /** Of what is kept on the device: it is sent as it was made. */
  protected order = 0
  protected stopped = false

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
      is_outdated: false,
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

  protected nameOf({ result_code }: Pick<Given, 'result_code'>): ResultName {
    return ownName(this.state.session, result_code)
  }

  protected ask<Input, Output>(endpoint: Endpoint<Input, Output>, input: Input): Promise<Answered<Output>> {
    // Phones of 2021 have no AbortSignal.timeout: they wait as long as their network does.
    const patience = 'timeout' in AbortSignal ? { signal: AbortSignal.timeout(patience_ms) } : {}
    return this.server.call(endpoint, { phone_bank: this.phone_bank }, input, patience)
  }

  /** A full disk is said, not fatal: what could not be kept is still in memory and sent from there. */
  protected async keeping(write: Promise<void>): Promise<void> {
    try {
      await write
    } catch {
      this.change({ is_durable: false, is_full: true })
    }
  }

  protected notice(
    key: string,
    kind: Notice['kind'],
    card: Noticed | null = null,
    more: Partial<Pick<Notice, 'disposition' | 'at' | 'count' | 'why' | 'result_name' | 'is_passing'>> = {},
  ): void {
    const others = this.state.notices.filter(
      (each) => each.kind === 'warning' && (each.key !== key || each.card?.voter_id !== card?.voter_id),
    )
    this.change({
      notices: [...others.slice(-3), { id: ++this.notice_id, key, kind, card, disposition: null, ...more }],
    })
  }

  /** Why what was just pressed did not do as one would expect. */
  protected answerPress(
    key: string,
    card: Noticed | null = null,
    more: Partial<Pick<Notice, 'at' | 'count' | 'why'>> = {},
  ): void {
    this.notice(key, 'warning', card, { ...more, is_passing: true })
  }

  /** What is left of the notices once a result is saved, so that they do not lie over the next one's buttons. */
  protected lasting(): DeskState['notices'] {
    return this.state.notices.filter((each) => !each.is_passing)
  }

  dismiss(id: number): void {
    this.change({ notices: this.state.notices.filter((each) => each.id !== id) })
  }

  protected change(changed: Partial<DeskState>): void {
    this.state = { ...this.state, ...changed }
    for (const listener of this.listeners) listener()
  }
}
