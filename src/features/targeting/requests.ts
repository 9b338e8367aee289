import { z } from 'zod'
import { dateIn } from '../../platform/clock.ts'
import { found } from '../../platform/errors.ts'
import { actorOf, type Ctx } from '../../platform/http/room.ts'
import { log } from '../../platform/log.ts'
import { fromNow, TooSlow } from './bounded.ts'
import { countVoters } from './columns/ask.ts'
import { columnsOf } from './columns/store.ts'
import { universe, type CompiledUniverse, type Universe } from './queries.ts'

/* What the routes of this room read from a request. */

export const idIn = (text: string | undefined): string => found(z.uuid().safeParse(text).data)

/** The universe of the address, of the actor's organization. */
export async function universeOf(c: Ctx): Promise<Universe> {
  return found(await universe(c.var.db, actorOf(c).organization_id, idIn(c.req.param('universe'))))
}

export const timeZone = (c: Ctx): string => c.var.organization?.time_zone ?? 'America/New_York'
export const now = (c: Ctx): Date => c.var.installation.clock.now()
export const today = (c: Ctx): string => dateIn(timeZone(c), now(c))

/** First row of a page of a list, from the address. */
export function fromRow(c: Ctx): number {
  const from = Number(c.req.query('from') ?? 0)
  return Number.isSafeInteger(from) && from > 0 ? Math.min(from, 20_000_000) : 0
}

/** What it answers, or null where that takes longer than a page may wait. */
export async function unlessSlow<T>(c: Ctx, work: Promise<T>): Promise<T | null> {
  try {
    return await work
  } catch (problem) {
    if (!(problem instanceof TooSlow)) throw problem
    log.warn({ request_id: c.var.request_id, path: c.req.path }, 'a universe took too long to count')
    return null
  }
}

/** Counting longer than this, nobody waits for what is to be done with them. */
const patience_ms = 10_000

/** Are they so few now that the page may wait? What was counted before may be of another expression or another file. */
export async function areAtMost(c: Ctx, few: number, asked: CompiledUniverse): Promise<boolean> {
  const until = fromNow(patience_ms)
  const count = await unlessSlow(c, countVoters(columnsOf(c.var.installation), c.var.db, asked, { until }))
  return count !== null && count <= few
}
