import { z } from 'zod'
import { endpoint } from '../../../platform/http/endpoint.ts'
import { BridgeAnswer, BridgeState } from './schema.ts'

/** What the caller's page asks of the bridge. Every telephone that rings begins with one of these, pressed by a person. */

export const bridgeState = endpoint({
  method: 'GET',
  path: '/call/:phone_bank/bridge',
  input: z.object({}),
  output: BridgeState,
})

/** Call me and keep me on the line. */
export const startBridge = endpoint({
  method: 'POST',
  path: '/call/:phone_bank/bridge/start',
  input: z.object({ phone: z.string().max(40), language: z.enum(['en', 'ko']) }),
  output: BridgeAnswer,
})

/** Call this voter, who is in my hand, and join us. */
export const dialVoter = endpoint({
  method: 'POST',
  path: '/call/:phone_bank/bridge/dial',
  input: z.object({ voter_id: z.int32(), ticket: z.string().max(200), phone: z.string().max(20) }),
  output: BridgeAnswer,
})

/** The voter's call is over; I stay on the line. */
export const hangUpVoter = endpoint({
  method: 'POST',
  path: '/call/:phone_bank/bridge/hang-up',
  input: z.object({}),
  output: BridgeAnswer,
})

/** I am done; my telephone is let go and my number forgotten. */
export const endBridge = endpoint({
  method: 'POST',
  path: '/call/:phone_bank/bridge/end',
  input: z.object({}),
  output: BridgeAnswer,
})
