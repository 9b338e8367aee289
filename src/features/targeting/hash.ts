import { sql, type RawBuilder } from 'kysely'

/*
 * Which part of a sample or a split a voter is in: decided by the voter's id and a seed, for ever, alike in PostgreSQL and in
 * JavaScript. Two rounds of multiply and shift over 32 bits ("lowbias32" of C. Wellons' hash-prospector, 2018): ids that follow
 * each other come out evenly spread.
 */

const first = 0x7feb352d
const second = 0x846ca68b

/** 0 to 2^32 - 1. */
export function voterHash(voter_id: number, salt: number): number {
  let x = (voter_id ^ salt) >>> 0
  x = Math.imul(x ^ (x >>> 16), first) >>> 0
  x = Math.imul(x ^ (x >>> 15), second) >>> 0
  return (x ^ (x >>> 16)) >>> 0
}

/** The same in SQL. The second factor stands less 2^32, so that no product leaves 64 bits; the mask takes it out again. */
export function voterHashSql(voter_id: RawBuilder<unknown>, salt: number): RawBuilder<number> {
  const mask = sql`4294967295::bigint`
  const shifted = (x: RawBuilder<unknown>, by: number): RawBuilder<unknown> =>
    sql`(${x} # (${x} >> ${sql.raw(String(by))}))`
  const start = sql`(${voter_id}::bigint # ${sql.raw(String(salt >>> 0))}::bigint)`
  const once = sql`((${shifted(start, 16)} * ${sql.raw(String(first))}::bigint) & ${mask})`
  const twice = sql`((${shifted(once, 15)} * (${sql.raw(String(second - 2 ** 32))})::bigint) & ${mask})`
  return sql<number>`${shifted(twice, 16)}`
}

/** A seed as 32 bits (FNV-1a over its UTF-16 units). Samples, splits and draws of one seed do not hang together. */
export function saltOf(use: 'sample' | 'split' | 'draw', seed: string | null): number {
  let salt = 0x811c9dc5
  for (const unit of `${use}:${seed ?? ''}`) {
    for (let at = 0; at < unit.length; at++) salt = Math.imul(salt ^ unit.charCodeAt(at), 0x01000193)
  }
  return salt >>> 0
}

/** Of 10,000: the voter is in a sample of so many of them where this is less. */
export const placeOf = (voter_id: number, seed: string | null): number =>
  voterHash(voter_id, saltOf('sample', seed)) % 10_000

/** At most so many of those who fit, at random: the same ones for the same word. */
export interface Draw {
  at_most: number
  seed: string | null
}

/** So many of them (or all, if they are fewer), ascending: those of the lowest hash, of equal ones the lower id. */
export function drawn(voter_ids: Uint32Array, { at_most, seed }: Draw): Uint32Array {
  const salt = saltOf('draw', seed)
  const wanted = Math.min(at_most, voter_ids.length)
  // Hashes are spread evenly, so hardly ever are there too few below this, and only these are sorted.
  const enough = ((wanted + 6 * Math.sqrt(wanted)) / voter_ids.length) * 2 ** 32
  let lowest = hashedBelow(voter_ids, salt, enough)
  if (lowest.length < wanted) lowest = hashedBelow(voter_ids, salt, Infinity)
  const halves = new Uint32Array(lowest.sort().buffer)
  return Uint32Array.from({ length: wanted }, (_, at) => halves[at * 2] ?? 0).sort()
}

/** The hash of each in the upper half, the id in the lower. */
function hashedBelow(voter_ids: Uint32Array, salt: number, limit: number): BigUint64Array {
  // The machines we run on store the low half first.
  let halves = new Uint32Array(1024)
  let found = 0
  for (const voter_id of voter_ids) {
    const hash = voterHash(voter_id, salt)
    if (hash >= limit) continue
    if (found * 2 === halves.length) {
      const more = new Uint32Array(halves.length * 2)
      more.set(halves)
      halves = more
    }
    halves[found * 2] = voter_id
    halves[found * 2 + 1] = hash
    found++
  }
  return new BigUint64Array(halves.buffer, 0, found)
}

/** The same in SQL: of voters `v` that fit. */
export const drawnSql = (condition: RawBuilder<boolean>, { at_most, seed }: Draw): RawBuilder<{ voter_id: number }> =>
  sql`select v.voter_id from voter_record v where ${condition}
    order by ${voterHashSql(sql`v.voter_id`, saltOf('draw', seed))}, v.voter_id limit ${at_most}`

/** Part 0 to `of` - 1. */
export const partOf = (voter_id: number, of: number, seed: string | null): number =>
  voterHash(voter_id, saltOf('split', seed)) % of
