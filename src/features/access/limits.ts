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
  /** Tests of an e-mail to many, of one organization: each may go to anybody. */
  trial_mail: { pair: 40, address: 80, ip: 80, minutes: 60 },
  /** Sendings of one candidate's questionnaire: each draft that is kept is a line in the activity log. */
  answers: { pair: 120, address: 240, ip: 600, minutes: 60 },
  /** Links of ballots: only those that do not exist count. */
  ballot: { pair: 30, address: 2000, ip: 30, minutes: 60 },
  /** Addresses looked for in a voter guide: a library's computers are one network. */
  districts: { pair: 120, address: 20_000, ip: 240, minutes: 60 },
  /** Papers of voter guides that are not at hand: drawing one holds up everybody for a moment. */
  paper: { pair: 60, address: 2000, ip: 60, minutes: 60 },
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
  if (known_browser) {
    const browser = `${what}:browser:${known_browser}`
    return ((await countTries(owner, what, [browser], now)).get(browser) ?? 0) <= limit.pair
  }
  // All are counted, also where the first is used up already.
  const [pair, network] = [pairKey(what, folded, ip), `${what}:ip:${networkOf(ip)}`]
  const tries = await countTries(owner, what, [pair, network], now)
  // Tries that are refused anyway say nothing about the address: one network alone cannot use it up.
  if ((tries.get(pair) ?? 0) > limit.pair || (tries.get(network) ?? 0) > limit.ip) return false
  const everywhere = `${what}:address:${folded}`
  return ((await countTries(owner, what, [everywhere], now)).get(everywhere) ?? 0) <= limit.address
}

export type Strain = 'usual' | 'high' | 'over'

/** Counts one try in one statement, where more than usual costs work before it is refused: 'over' is ten times as much. */
export async function strainOf(owner: Db, { what, address, ip, now }: Omit<Tried, 'known_browser'>): Promise<Strain> {
  const limit = limits[what]
  const folded = address.trim().toLowerCase()
  const bounds = [
    { key: pairKey(what, folded, ip), most: limit.pair, over: limit.pair * 10 },
    { key: `${what}:ip:${networkOf(ip)}`, most: limit.ip, over: limit.ip * 10 },
    // A crowd from everywhere is welcome, however many they are.
    { key: `${what}:address:${folded}`, most: limit.address, over: Infinity },
  ]
  const triesOf = await countTries(
    owner,
    what,
    bounds.map(({ key }) => key),
    now,
  )
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

/** What a crowd sends to a page of everybody: its count may forget the last second where the server falls. */
const ofCrowds: readonly Limited[] = ['form', 'form_mail']

interface Counted {
  /** By hash. */
  keys: ReadonlyMap<string, string>
  now: Date
  resolve: (tries: ReadonlyMap<string, number>) => void
  reject: (problem: unknown) => void
}

const lines = new WeakMap<Db, Map<Limited, Counted[]>>()

/** Counts one more of each; how many there are by now, by key. Those of a crowd that come meanwhile are counted together. */
function countTries(
  owner: Db,
  what: Limited,
  keys: readonly string[],
  now: Date,
): Promise<ReadonlyMap<string, number>> {
  const { promise, resolve, reject } = Promise.withResolvers<ReadonlyMap<string, number>>()
  const mine = { keys: new Map(keys.map((key) => [hashed(key), key])), now, resolve, reject }
  if (!ofCrowds.includes(what)) void countAll(owner, what, [mine])
  else {
    const byWhat = lines.get(owner) ?? new Map<Limited, Counted[]>()
    lines.set(owner, byWhat)
    const waiting = byWhat.get(what)
    if (waiting) waiting.push(mine)
    else {
      byWhat.set(what, [mine])
      void countLine(owner, what, byWhat)
    }
  }
  return promise
}

async function countLine(owner: Db, what: Limited, byWhat: Map<Limited, Counted[]>): Promise<void> {
  for (let next = byWhat.get(what)?.splice(0) ?? []; next.length > 0; next = byWhat.get(what)?.splice(0) ?? [])
    await countAll(owner, what, next)
  byWhat.delete(what)
}

/** In one statement. Each is told its own number: as if they were counted one after the other. */
async function countAll(owner: Db, what: Limited, all: readonly Counted[]): Promise<void> {
  const now = new Date(Math.max(...all.map((each) => each.now.getTime())))
  const oldest = new Date(now.getTime() - limits[what].minutes * 60_000)
  const added = new Map<string, number>()
  for (const { keys } of all) for (const hash of keys.keys()) added.set(hash, (added.get(hash) ?? 0) + 1)
  // In one order, so that two of them never wait for each other.
  const sorted = [...added].toSorted(([a], [b]) => (a < b ? -1 : 1))
  try {
    // Nobody waits for the disk where thousands count in one row.
    const { rows } = await sql<{ key: string; tries: number }>`
      with quick as materialized (
        select case when ${ofCrowds.includes(what)} then set_config('synchronous_commit', 'off', true) end as is_set)
      insert into access_try (key, tries, since) select given.key, given.tries, ${now}::timestamptz
      from quick, unnest(${sorted.map(([key]) => key)}::text[], ${sorted.map(([, tries]) => tries)}::integer[]) with ordinality as given(key, tries, at) order by given.at
      on conflict (key) do update set
        tries = case when access_try.since <= ${oldest}::timestamptz then excluded.tries else access_try.tries + excluded.tries end,
        since = case when access_try.since <= ${oldest}::timestamptz then excluded.since else access_try.since end
      returning key, tries`.execute(owner)
    const before = new Map(rows.map(({ key, tries }) => [key, tries - (added.get(key) ?? 0)]))
    for (const { keys, resolve } of all) {
      const own = new Map<string, number>()
      for (const [hash, key] of keys) {
        const tries = (before.get(hash) ?? 0) + 1
        before.set(hash, tries)
        own.set(key, tries)
      }
      resolve(own)
    }
  } catch (problem) {
    for (const { reject } of all) reject(problem)
  }
}

/** Addresses people type are not kept in the clear. */
const hashed = (key: string): string => createHash('sha256').update(key).digest('hex')
