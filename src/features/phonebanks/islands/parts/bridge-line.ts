import { call, type CallResult as Answered } from '../../../../platform/http/endpoint.ts'
import { bridgeState, dialVoter, endBridge, hangUpVoter, startBridge } from '../../bridge/endpoints.ts'
import { isOver, type BridgeAnswer, type BridgeProblem, type BridgeState } from '../../bridge/schema.ts'
import type { CallCard } from '../../schema.ts'

export interface LineState {
  /** null: not asked yet. */
  bridge: BridgeState | null
  problem: BridgeProblem | 'offline' | null
  /** A press is on its way. */
  is_busy: boolean
}

const soon_ms = 1_000
const seldom_ms = 8_000

/** The caller's line over the bridge, asked for often while something rings and seldom otherwise. */
export class BridgeLine {
  private state: LineState = { bridge: null, problem: null, is_busy: false }
  private readonly listeners = new Set<() => void>()
  private readonly phone_bank: string
  private timer: ReturnType<typeof setTimeout> | null = null
  /** Answers of before a press say nothing about after it. */
  private asked = 0
  private pressed: Promise<void> = Promise.resolve()

  constructor(phone_bank: string) {
    this.phone_bank = phone_bank
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    if (this.listeners.size === 1) void this.look()
    return () => {
      this.listeners.delete(listener)
      if (this.listeners.size === 0 && this.timer) clearTimeout(this.timer)
    }
  }

  now = (): LineState => this.state

  start = (phone: string, language: 'en' | 'ko'): Promise<void> =>
    this.press(() => call(startBridge, this.where(), { phone, language }))

  dial = ({ voter_id, ticket }: CallCard, phone: string): Promise<void> =>
    this.press(() => call(dialVoter, this.where(), { voter_id, ticket, phone }))

  hangUp = (): Promise<void> => this.letGo(() => call(hangUpVoter, this.where(), {}))

  end = (): Promise<void> => this.letGo(() => call(endBridge, this.where(), {}))

  /** Whoever wants off the line gets off: it waits for a press that is on its way instead of being passed over. */
  private async letGo(ask: () => Promise<Answered<BridgeAnswer>>): Promise<void> {
    await this.pressed
    await this.press(ask)
  }

  private press(ask: () => Promise<Answered<BridgeAnswer>>): Promise<void> {
    if (!this.state.is_busy) this.pressed = this.carryOut(ask) // else a second press
    return this.pressed
  }

  private async carryOut(ask: () => Promise<Answered<BridgeAnswer>>): Promise<void> {
    this.asked++
    this.change({ is_busy: true, problem: null })
    const answer = await ask()
    this.asked++
    if (answer.ok) this.change({ bridge: answer.value.state, problem: answer.value.problem, is_busy: false })
    else this.change({ problem: 'offline', is_busy: false })
    this.again()
  }

  private async look(): Promise<void> {
    const asked = ++this.asked
    const answer = await call(bridgeState, this.where(), {})
    // The server answers again: that it did not is over.
    const problem = this.state.problem === 'offline' ? null : this.state.problem
    if (asked === this.asked && answer.ok) this.change({ bridge: answer.value, problem })
    this.again()
  }

  private again(): void {
    if (this.timer) clearTimeout(this.timer)
    this.timer = null
    if (this.listeners.size === 0) return
    const { bridge } = this.state
    const isMoving = bridge?.line === 'calling' || (bridge?.call ? !isOver(bridge.call.state) : false)
    this.timer = setTimeout(() => void this.look(), isMoving ? soon_ms : seldom_ms)
  }

  private where = () => ({ phone_bank: this.phone_bank })

  private change(changed: Partial<LineState>): void {
    this.state = { ...this.state, ...changed }
    for (const listener of this.listeners) listener()
  }
}

const lines = new Map<string, BridgeLine>()

/** One line for the page, whoever shows a part of it. */
export function lineOf(phone_bank: string): BridgeLine {
  let line = lines.get(phone_bank)
  if (!line) lines.set(phone_bank, (line = new BridgeLine(phone_bank)))
  return line
}
