import { z } from 'zod'
import { callStates, type CallState } from '../../../platform/telephony/carrier.ts'
import { Disposition } from '../../contacts/schema.ts'

/** How the callers of a phone bank call. */
export const waysOfCalling = ['own_phone', 'bridge', 'practice'] as const
export const WayOfCalling = z.enum(waysOfCalling)
export type WayOfCalling = z.infer<typeof WayOfCalling>

/** Those after which nothing comes. */
export const isOver = (state: CallState): boolean => !['dialing', 'ringing', 'answered'].includes(state)

/** What a call that ended so probably was. The caller decides: a mailbox that answers looks like a person. */
export const suggestedResult: Record<CallState, Disposition | null> = {
  dialing: null,
  ringing: null,
  answered: null,
  busy: 'busy',
  no_answer: 'no_answer',
  // The carrier could not put it through: mostly a number that is no more, but not only.
  failed: 'disconnected',
  canceled: null,
  ended: null,
}

/** Why something was not done. Each has its words in the messages. */
export const bridgeProblems = [
  'not_set_up',
  'bad_caller_phone',
  'too_many_starts',
  'not_joined',
  'closed',
  'not_yours',
  'other_number',
  'costly_number',
  'suppressed',
  'outside_hours',
  'call_going_on',
  'carrier_refused',
  'carrier_silent',
  'bad_number',
  'bad_caller_id',
] as const
export const BridgeProblem = z.enum(bridgeProblems)
export type BridgeProblem = z.infer<typeof BridgeProblem>

/** The line of one caller, told to nobody else. Holds no name of the carrier's. */
export const BridgeState = z.object({
  line: z.enum(['not_set_up', 'off', 'calling', 'joined']),
  /** Why the last shift ended, when the line is off. */
  why_off: z.enum(['left', 'hung_up', 'not_reached', 'no_key']).nullable(),
  /** The last call of this shift. */
  call: z
    .object({
      bridge_call_id: z.uuid(),
      voter_id: z.number().int(),
      state: z.enum(callStates),
      suggested: Disposition.nullable(),
    })
    .nullable(),
  /** The number this caller gave at joining, while the line is off: to start with one press. */
  own_phone: z.string().nullable(),
  /** No real telephone rings. */
  is_demo: z.boolean(),
})
export type BridgeState = z.infer<typeof BridgeState>

export const BridgeAnswer = z.object({ problem: BridgeProblem.nullable(), state: BridgeState })
export type BridgeAnswer = z.infer<typeof BridgeAnswer>
