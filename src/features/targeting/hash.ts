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

/** So many of them (or all, if they are fewer), ascending: those of the lowest hash. */
export function drawn(voter_ids: ArrayLike<number>, at_most: number, seed: string | null): Uint32Array {
  const salt = saltOf('draw', seed)
  // The machines we run on store the low half first: sorted by hash, then by id.
  const halves = new Uint32Array(voter_ids.length * 2)
  for (let at = 0; at < voter_ids.length; at++) {
    const voter_id = voter_ids[at] ?? 0
    halves[at * 2] = voter_id
    halves[at * 2 + 1] = voterHash(voter_id, salt)
  }
  new BigUint64Array(halves.buffer).sort()
  return Uint32Array.from({ length: Math.min(at_most, voter_ids.length) }, (_, at) => halves[at * 2] ?? 0).sort()
}

/** Part 0 to `of` - 1. */
export const partOf = (voter_id: number, of: number, seed: string | null): number =>
  voterHash(voter_id, saltOf('split', seed)) % of
