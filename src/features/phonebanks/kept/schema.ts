import { z } from 'zod'
import { CallResult, mostHeld, Recorded } from '../schema.ts'
import { ToldInput } from '../told/schema.ts'

/** A result made under a name this browser has no cookie for any more. Its ticket says whose it is. */
export const KeptResult = z.object({
  caller_id: z.uuid(),
  result: CallResult,
  /** Voters still in that caller's hand: given back. */
  give_back: z.array(z.int32()).max(mostHeld).default([]),
})
export type KeptResult = z.infer<typeof KeptResult>

export const KeptRecorded = z.object({ recorded: Recorded })

export const KeptTold = z.object({ caller_id: z.uuid(), told: ToldInput })
