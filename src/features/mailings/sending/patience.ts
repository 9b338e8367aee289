import { afterPause } from './answers.ts'
import type { BulkTransport } from './transport.ts'

/*
 * A mail server that says itself that it takes nothing now is asked ever later, until it has taken a mail: by whatever mailing where
 * it says so to whoever comes (421, a greeting), by those of one sender where it says so of that one (4xx to MAIL FROM). Known while
 * the program runs: started anew, it asks once more.
 */
const refusing = new WeakMap<BulkTransport, Map<Refused, { times: number; until: Date }>>()

/** The address of a sender; null: whoever comes. */
type Refused = string | null

/** Until when it is not asked for this sender; null: it may be. */
export function waitsUntil(transport: BulkTransport, sender: string, now: Date): Date | null {
  const known = [null, sender].flatMap((whom) => refusing.get(transport)?.get(whom)?.until.getTime() ?? [])
  const until = Math.max(...known)
  return until > now.getTime() ? new Date(until) : null
}

/** Whether it took nothing the last time it was asked: one mail is enough to ask anew. */
export const isRefusing = (transport: BulkTransport, sender: string): boolean =>
  [null, sender].some((whom) => refusing.get(transport)?.has(whom))

/** It said so once more. */
export function waitLonger(transport: BulkTransport, whom: Refused, now: Date): void {
  const known = refusing.get(transport) ?? new Map<Refused, { times: number; until: Date }>()
  refusing.set(transport, known)
  const times = (known.get(whom)?.times ?? 0) + 1
  known.set(whom, { times, until: afterPause(times, now) })
}

export function tookOne(transport: BulkTransport, sender: string): void {
  for (const whom of [null, sender]) refusing.get(transport)?.delete(whom)
}
