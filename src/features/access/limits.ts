import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Db } from '../../platform/db/db.ts'
import { networkOf } from './rules.ts'
import './tables.ts'

/**
 * How often something may be tried within a time, counted in the database so that a restart forgives nothing.
 * Per address: what a person mistypes, with room to spare. Per IP: an office of thirty behind one router.
 */
export const limits = {
  password: { address: 10, ip: 60, minutes: 15 },
  code: { address: 10, ip: 60, minutes: 15 },
  link: { address: 5, ip: 30, minutes: 60 },
  reset: { address: 5, ip: 30, minutes: 60 },
  invitation: { address: 20, ip: 60, minutes: 60 },
  /** Codes of phone banks: a host's room of callers shares one IP, and only wrong codes count. */
  join: { address: 30, ip: 30, minutes: 60 },
  setup: { address: 20, ip: 20, minutes: 15 },
} as const satisfies Record<string, { address: number; ip: number; minutes: number }>

export type Limited = keyof typeof limits

export interface Tried {
  what: Limited
  /** E-mail address or other name of what is tried. */
  address: string
  ip: string
  now: Date
}

/** Counts one try. False where the address or the IP has used up its tries: then do not even look at the password. */
export async function mayTry(owner: Db, { what, address, ip, now }: Tried): Promise<boolean> {
  const limit = limits[what]
  // Both are counted, also where the first is used up already.
  const byAddress = await countTry(owner, `${what}:address:${address.trim().toLowerCase()}`, limit.minutes, now)
  const byIp = await countTry(owner, `${what}:ip:${networkOf(ip)}`, limit.minutes, now)
  return byAddress <= limit.address && byIp <= limit.ip
}

/** A success: the address starts afresh. The IP does not, or one account of one's own would reset it. */
export async function forgiveTries(owner: Db, { what, address }: Pick<Tried, 'what' | 'address'>): Promise<void> {
  await owner
    .deleteFrom('access_try')
    .where('key', '=', hashed(`${what}:address:${address.trim().toLowerCase()}`))
    .execute()
}

/** Forgets counts that no longer count. */
export async function forgetOldTries(owner: Db, now: Date): Promise<void> {
  await owner
    .deleteFrom('access_try')
    .where('since', '<', new Date(now.getTime() - 24 * 3600_000))
    .execute()
}

async function countTry(owner: Db, key: string, minutes: number, now: Date): Promise<number> {
  const oldest = new Date(now.getTime() - minutes * 60_000)
  const counted = await owner
    .insertInto('access_try')
    .values({ key: hashed(key), tries: 1, since: now })
    .onConflict((conflict) =>
      conflict.column('key').doUpdateSet({
        tries: sql<number>`case when access_try.since <= ${oldest} then 1 else access_try.tries + 1 end`,
        since: sql<Date>`case when access_try.since <= ${oldest} then ${now} else access_try.since end`,
      }),
    )
    .returning('tries')
    .executeTakeFirstOrThrow()
  return counted.tries
}

/** Addresses people type are not kept in the clear. */
const hashed = (key: string): string => createHash('sha256').update(key).digest('hex')
