import { z } from 'zod'
import { endpoint } from '../../platform/http/endpoint.ts'
import {
  MadeInput,
  MadeOutput,
  NextInput,
  RecentCall,
  RecordInput,
  RecordOutput,
  ReleaseInput,
  ReturnInput,
  Session,
  TakeInput,
  TakeOutput,
  Tally,
  Turn,
  UndoInput,
  UndoOutput,
  OtherAtHome,
} from './schema.ts'

/**
 * What the caller's page asks the server, `:phone_bank` being the phone bank's id. The caller is known by cookie;
 * 401 means the link no longer opens anything: join again. 409 never happens: every answer says what is in hand now.
 * Fewer voters in hand than wanted: `turn.empty` says why and when to ask again.
 */

/** Once at the start, and again when a card's `script_version` is another. */
export const session = endpoint({
  method: 'GET',
  path: '/call/:phone_bank/session',
  input: z.object({}),
  output: Session,
})

/** Hand me voters until I have `want` lines. Also after a reload: what is already mine comes back. `want` 2-3: for working offline. */
export const next = endpoint({ method: 'POST', path: '/call/:phone_bank/next', input: NextInput, output: Turn })

/** One result with its answers, saved for good before the answer, which brings the next voter. */
export const recordCall = endpoint({
  method: 'POST',
  path: '/call/:phone_bank/calls',
  input: RecordInput,
  output: RecordOutput,
})

/** Takes one of my own results back, within the shift (12 hours). */
export const undoCall = endpoint({
  method: 'POST',
  path: '/call/:phone_bank/undo',
  input: UndoInput,
  output: UndoOutput,
})

/** One of my own results as I gave it, within the shift: the corrected one is sent with `recordCall`, as `instead_of` it. */
export const madeCall = endpoint({
  method: 'POST',
  path: '/call/:phone_bank/made',
  input: MadeInput,
  output: MadeOutput,
})

/** Sign of life, every minute or two: what I hold stays mine. Also tells of voters withdrawn meanwhile. */
export const extendLease = endpoint({
  method: 'POST',
  path: '/call/:phone_bank/extend',
  input: z.object({
    holding: NextInput.shape.holding,
    /** The voter who is called at this moment, from dialling on. */
    talking_to: z.int32().nullable().default(null),
  }),
  output: Turn,
})

/** Gives voters back: 'skip' for somebody else a little later, 'leave' at once. */
export const releaseCalls = endpoint({
  method: 'POST',
  path: '/call/:phone_bank/release',
  input: ReleaseInput,
  output: Turn,
})

/** Another person at the home in hand is on the phone: theirs becomes a card, if nobody else has them. */
export const takeMember = endpoint({
  method: 'POST',
  path: '/call/:phone_bank/take',
  input: TakeInput,
  output: TakeOutput,
})

/** Who lives with the voters in hand without being on the list. */
export const othersAtHome = endpoint({
  method: 'POST',
  path: '/call/:phone_bank/at-home',
  input: z.object({}),
  output: z.object({ others: z.array(OtherAtHome) }),
})

/** A voter calls back: found by a number the organization dialled in the last two weeks, no other. */
export const returnCall = endpoint({
  method: 'POST',
  path: '/call/:phone_bank/return',
  input: ReturnInput,
  output: TakeOutput,
})

/** My tally and my last ten results. */
export const recentCalls = endpoint({
  method: 'GET',
  path: '/call/:phone_bank/recent',
  input: z.object({}),
  output: z.object({ tally: Tally, recent: z.array(RecentCall) }),
})

/** A caller's shift: older results only a host takes back. */
const undoWithinHours = 12

/** Results recorded before cannot be taken back by their caller any more. */
export const undoableSince = (now: Date): Date => new Date(now.getTime() - undoWithinHours * 3_600_000)
