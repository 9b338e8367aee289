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

/** A seed as 32 bits (FNV-1a over its UTF-16 units). A sample and a split of one seed do not hang together. */
export function saltOf(use: 'sample' | 'split', seed: string | null): number {
  let salt = 0x811c9dc5
  for (const unit of `${use}:${seed ?? ''}`) {
    for (let at = 0; at < unit.length; at++) salt = Math.imul(salt ^ unit.charCodeAt(at), 0x01000193)
  }
  return salt >>> 0
}

/** Of 10,000: the voter is in a sample of so many of them where this is less. */
export const placeOf = (voter_id: number, seed: string | null): number =>
  voterHash(voter_id, saltOf('sample', seed)) % 10_000

/** Part 0 to `of` - 1. */
export const partOf = (voter_id: number, of: number, seed: string | null): number =>
  voterHash(voter_id, saltOf('split', seed)) % of
