import { afterPause } from './answers.ts'
import type { BulkTransport } from './transport.ts'

/*
 * A mail server that says itself that it takes nothing now (421 to whoever comes, 4xx to who we are) is asked ever later, by
 * whatever mailing, until it has taken a mail. Known while the program runs: started anew, it asks once more.
 */
const refusing = new WeakMap<BulkTransport, { times: number; until: Date }>()

/** Until when it is not asked; null: it may be. */
export function waitsUntil(transport: BulkTransport, now: Date): Date | null {
  const until = refusing.get(transport)?.until
  return until && until > now ? until : null
}

/** Whether it took nothing the last time it was asked: one mail is enough to ask anew. */
export const isRefusing = (transport: BulkTransport): boolean => refusing.has(transport)

/** It said so once more; when it is asked again. */
export function waitLonger(transport: BulkTransport, now: Date): Date {
  const times = (refusing.get(transport)?.times ?? 0) + 1
  const until = afterPause(times, now)
  refusing.set(transport, { times, until })
  return until
}

export const tookOne = (transport: BulkTransport): boolean => refusing.delete(transport)
