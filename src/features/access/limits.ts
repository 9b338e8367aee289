import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Db } from '../../platform/db/db.ts'
import { networkOf } from './rules.ts'
import './tables.ts'

/**
 * How often something may be tried within a time, counted in the database so that a restart forgives nothing.
 *
 * `pair`: one address from one network: what a person mistypes, with room to spare. `ip`: one network over all
 * addresses: an office of thirty behind one router. `address`: one address from everywhere. The last is wide, and a
 * browser that has signed in with the address before is not bound by it, so that a stranger's wrong tries lock nobody
 * out; it stops guessing from many networks (NIST SP 800-63B 5.2.2: no more than 100 failures in a row on one account;
 * known browsers as in OWASP "Slow Down Online Guessing Attacks with Device Cookies"; looked up 2026-11-25).
 */
export const limits = {
  password: { pair: 10, address: 100, ip: 60, minutes: 15 },
  code: { pair: 10, address: 20, ip: 60, minutes: 15 },
  /** Mails one address gets; asked for by a stranger they still lie in the mailbox of whoever it belongs to. */
  link: { pair: 5, address: 20, ip: 30, minutes: 60 },
  reset: { pair: 5, address: 20, ip: 30, minutes: 60 },
  invitation: { pair: 20, address: 20, ip: 60, minutes: 60 },
  /** Codes of phone banks: a host's room of callers shares one IP, and only wrong codes count. */
  join: { pair: 30, address: 30, ip: 30, minutes: 60 },
  /**
   * Public forms: a church's or a library's network is many people; whatever is sent counts, refused or not. Above these
   * work is asked for (`strainOf`), and a network that sends ten times as much is refused.
   */
  form: { pair: 60, address: 20_000, ip: 120, minutes: 60 },
  /** Mails asking to confirm a signature: each goes to an address a stranger may have typed. */
  form_mail: { pair: 3, address: 3, ip: 60, minutes: 60 },
  /** Sendings of one candidate's questionnaire: each draft that is kept is a line in the activity log. */
  answers: { pair: 120, address: 240, ip: 600, minutes: 60 },
  /** Links of ballots: only those that do not exist count. */
  ballot: { pair: 30, address: 2000, ip: 30, minutes: 60 },
  /** Addresses looked for in a voter guide: a library's computers are one network. */
  districts: { pair: 120, address: 20_000, ip: 240, minutes: 60 },
  setup: { pair: 20, address: 20, ip: 20, minutes: 15 },
} as const satisfies Record<string, { pair: number; address: number; ip: number; minutes: number }>

export type Limited = keyof typeof limits

export interface Tried {
  what: Limited
  /** E-mail address or other name of what is tried. */
  address: string
  ip: string
  /** Of a browser that has signed in with this address before; null: an unknown one. */
  known_browser?: string | null
  now: Date
}

/** Counts one try. False where its tries are used up: then do not even look at the password. */
export async function mayTry(owner: Db, { what, address, ip, known_browser, now }: Tried): Promise<boolean> {
  const limit = limits[what]
  const folded = address.trim().toLowerCase()
  // A browser known for this address has a count of its own: neither strangers nor its neighbours use it up.
  if (known_browser)
    return (await countTry(owner, `${what}:browser:${known_browser}`, limit.minutes, now)) <= limit.pair
  // All are counted, also where the first is used up already.
  const byPair = await countTry(owner, pairKey(what, folded, ip), limit.minutes, now)
  const byIp = await countTry(owner, `${what}:ip:${networkOf(ip)}`, limit.minutes, now)
  // Tries that are refused anyway say nothing about the address: one network alone cannot use it up.
  if (byPair > limit.pair || byIp > limit.ip) return false
  return (await countTry(owner, `${what}:address:${folded}`, limit.minutes, now)) <= limit.address
}

export type Strain = 'usual' | 'high' | 'over'

/** Counts one try in one statement, where more than usual costs work before it is refused: 'over' is ten times as much. */
export async function strainOf(owner: Db, { what, address, ip, now }: Omit<Tried, 'known_browser'>): Promise<Strain> {
  const limit = limits[what]
  const oldest = new Date(now.getTime() - limit.minutes * 60_000)
  const folded = address.trim().toLowerCase()
  const bounds = [
    { key: hashed(pairKey(what, folded, ip)), most: limit.pair, over: limit.pair * 10 },
    { key: hashed(`${what}:ip:${networkOf(ip)}`), most: limit.ip, over: limit.ip * 10 },
    // A crowd from everywhere is welcome, however many they are.
    { key: hashed(`${what}:address:${folded}`), most: limit.address, over: Infinity },
    // In one order, so that two of them never wait for each other.
  ].sort((one, other) => (one.key < other.key ? -1 : 1))
  const { rows } = await sql<{ key: string; tries: number }>`
    insert into access_try (key, tries, since) select key, 1, ${now}::timestamptz
    from unnest(${bounds.map(({ key }) => key)}::text[]) with ordinality as given(key, at) order by at
    on conflict (key) do update set
      tries = case when access_try.since <= ${oldest}::timestamptz then 1 else access_try.tries + 1 end,
      since = case when access_try.since <= ${oldest}::timestamptz then excluded.since else access_try.since end
    returning key, tries`.execute(owner)
  const triesOf = new Map(rows.map(({ key, tries }) => [key, tries]))
  const isBeyond = (bound: 'most' | 'over'): boolean =>
    bounds.some((each) => (triesOf.get(each.key) ?? 0) > each[bound])
  return isBeyond('over') ? 'over' : isBeyond('most') ? 'high' : 'usual'
}

const pairKey = (what: Limited, address: string, ip: string): string => `${what}:pair:${address}:${networkOf(ip)}`

/** A success: this browser and network start afresh with the address. The IP does not, or one account of one's own would reset it. */
export async function forgiveTries(owner: Db, { what, address, ip, known_browser }: Omit<Tried, 'now'>): Promise<void> {
  const keys = [
    pairKey(what, address.trim().toLowerCase(), ip),
    ...(known_browser ? [`${what}:browser:${known_browser}`] : []),
  ]
  await owner.deleteFrom('access_try').where('key', 'in', keys.map(hashed)).execute()
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
