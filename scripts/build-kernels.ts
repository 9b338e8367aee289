import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import wabt from 'wabt'

/*
 * The kernels of the column store, written as WebAssembly text by the functions below and assembled by wabt. The bytes are
 * committed (`kernel-bytes.ts`), so nothing but Node is needed to run them; a test assembles again and compares.
 *
 *   node scripts/build-kernels.ts
 */

const target = join(import.meta.dirname, '../src/features/targeting/columns/kernel-bytes.ts')

/** `for (p…; n > 0; n -= 16)`: body runs once for each 128 bits; the named pointers move on. */
const each16 = (pointers: readonly string[], body: string): string => `
  (block $done (loop $next
    (br_if $done (i32.eqz (local.get $n)))
    ${body}
    ${pointers.map((name) => `(local.set $${name} (i32.add (local.get $${name}) (i32.const 16)))`).join(' ')}
    (local.set $n (i32.sub (local.get $n) (i32.const 16)))
    (br $next)))`

const load = (name: string): string => `(v128.load (local.get $${name}))`

/** dst = dst OP a, n bytes. */
const binary = (name: string, expression: string): string => `
(func (export "${name}") (param $dst i32) (param $a i32) (param $n i32)
  ${each16(['dst', 'a'], `(v128.store (local.get $dst) ${expression})`)})`

/** Adds the bytes of a v128 of counts to an i32x4 sum. */
const widen = (sum: string, bytes: string): string =>
  `(local.set $${sum} (i32x4.add (local.get $${sum}) (i32x4.extadd_pairwise_i16x8_u (i16x8.extadd_pairwise_i8x16_u (local.get $${bytes})))))`

const lanes = (sum: string): string =>
  `(i32.add (i32.add (i32x4.extract_lane 0 (local.get $${sum})) (i32x4.extract_lane 1 (local.get $${sum})))
    (i32.add (i32x4.extract_lane 2 (local.get $${sum})) (i32x4.extract_lane 3 (local.get $${sum}))))`

/** Set bits of an expression over pointers. Byte counters take 31 rounds of at most 8 before they are widened. */
const counting = (
  name: string,
  pointers: readonly string[],
  locals: string,
  before: string,
  expression: string,
): string => `
(func (export "${name}") ${pointers.map((each) => `(param $${each} i32)`).join(' ')} (param $n i32) (result i32)
  (local $sum v128) (local $bytes v128) (local $rounds i32) ${locals}
  (local.set $rounds (i32.const 31))
  ${each16(
    pointers,
    `${before}
    (local.set $bytes (i8x16.add (local.get $bytes) (i8x16.popcnt ${expression})))
    (if (i32.eqz (local.tee $rounds (i32.sub (local.get $rounds) (i32.const 1)))) (then
      ${widen('sum', 'bytes')}
      (local.set $bytes (v128.const i64x2 0 0)) (local.set $rounds (i32.const 31))))`,
  )}
  ${widen('sum', 'bytes')}
  ${lanes('sum')})`

/** dst = a OP b, n bytes. */
const ternary = (name: string, operation: 'and' | 'andnot'): string => `
(func (export "${name}") (param $dst i32) (param $a i32) (param $b i32) (param $n i32)
  ${each16(['dst', 'a', 'b'], `(v128.store (local.get $dst) (v128.${operation} ${load('a')} ${load('b')}))`)})`

/**
 * Who has another one of the set in its group: above one of them, or below one, within the group. A set spreads through 64
 * positions in six doublings and never past the last of a group.
 */
function others(): string {
  const spread = (set: string, way: 'shl' | 'shr_u', open: string): string =>
    [1, 2, 4, 8, 16, 32]
      .map(
        (by) => `
    (local.set $${set} (v128.or (local.get $${set}) (v128.and (local.get $${open}) (i64x2.${way} (local.get $${set}) (i32.const ${by})))))
    (local.set $${open} (v128.and (local.get $${open}) (i64x2.${way} (local.get $${open}) (i32.const ${by}))))`,
      )
      .join('')
  return `
(func (export "others") (param $dst i32) (param $s i32) (param $top i32) (param $inner i32) (param $n i32)
  (local $up v128) (local $down v128) (local $low v128) (local $after v128) (local $open v128)
  ${each16(
    ['dst', 's', 'top', 'inner'],
    `(local.set $up (v128.and ${load('s')} ${load('inner')}))
    (if (v128.any_true (local.get $up)) (then
    (local.set $down (local.get $up))
    ;; where the next position is of the same group, and where the one before is
    (local.set $low (v128.not ${load('top')}))
    (local.set $after (v128.not (i64x2.shl ${load('top')} (i32.const 1))))
    (local.set $open (local.get $after)) ${spread('up', 'shl', 'open')}
    (local.set $open (local.get $low)) ${spread('down', 'shr_u', 'open')}
    (v128.store (local.get $dst) (v128.and ${load('inner')} (v128.or
      (v128.and (local.get $after) (i64x2.shl (local.get $up) (i32.const 1)))
      (v128.and (local.get $low) (i64x2.shr_u (local.get $down) (i32.const 1)))))))
    (else (v128.store (local.get $dst) (v128.const i64x2 0 0))))`,
  )})`
}

/**
 * Voters of each of the eight values three bit planes spell, added to out[0..7]. Counted is who is in some of the planes at least:
 * of each value those are all of it and of whatever has more bits, which is taken off at the end. By words of 64 bits, whose
 * popcount is an instruction of the processor; that of 128 bits would be ten.
 */
function planes(): string {
  const sets = ['s', 'a', 'b', 'ab', 'c', 'ac', 'bc', 'abc']
  const counts = sets.map((set) => `(local.get $n_${set})`)
  const sum = (terms: readonly string[]): string => terms.reduce((one, other) => `(i64.add ${one} ${other})`)
  // Inclusion and exclusion: of those who have all bits of the value, who has more of them.
  const exactly = sets.map((_, value) => {
    const more = [1, 2, 3, 4, 5, 6, 7].filter((bits) => (bits & value) === 0)
    const signed = (isOdd: boolean): string[] =>
      [0, ...more].filter((bits) => ((bits & 1) + ((bits >> 1) & 1) + (bits >> 2)) % 2 === Number(isOdd)).map((bits) => counts[value | bits] ?? '') // prettier-ignore
    const taken = signed(true)
    return taken.length === 0 ? sum(signed(false)) : `(i64.sub ${sum(signed(false))} ${sum(taken)})`
  })
  const word = (offset: number): string => {
    const load = (from: string): string => `(i64.load offset=${offset} (local.get $${from}))`
    return `(local.set $s_s ${load('s')})
    (local.set $v0 ${load('p0')}) (local.set $v1 ${load('p1')}) (local.set $v2 ${load('p2')})
    (local.set $s_a (i64.and (local.get $s_s) (local.get $v0)))
    (local.set $s_b (i64.and (local.get $s_s) (local.get $v1)))
    (local.set $n_s (i64.add (local.get $n_s) (i64.popcnt (local.get $s_s))))
    (local.set $n_a (i64.add (local.get $n_a) (i64.popcnt (local.get $s_a))))
    (local.set $n_b (i64.add (local.get $n_b) (i64.popcnt (local.get $s_b))))
    (local.set $n_c (i64.add (local.get $n_c) (i64.popcnt (i64.and (local.get $s_s) (local.get $v2)))))
    (local.set $n_ac (i64.add (local.get $n_ac) (i64.popcnt (i64.and (local.get $s_a) (local.get $v2)))))
    (local.set $n_bc (i64.add (local.get $n_bc) (i64.popcnt (i64.and (local.get $s_b) (local.get $v2)))))
    (local.set $s_a (i64.and (local.get $s_a) (local.get $v1)))
    (local.set $n_ab (i64.add (local.get $n_ab) (i64.popcnt (local.get $s_a))))
    (local.set $n_abc (i64.add (local.get $n_abc) (i64.popcnt (i64.and (local.get $s_a) (local.get $v2)))))`
  }
  return `
(func (export "planes") (param $s i32) (param $p0 i32) (param $p1 i32) (param $p2 i32) (param $n i32) (param $out i32)
  (local $v0 i64) (local $v1 i64) (local $v2 i64) (local $s_s i64) (local $s_a i64) (local $s_b i64)
  ${sets.map((set) => `(local $n_${set} i64)`).join(' ')}
  ${each16(['s', 'p0', 'p1', 'p2'], `(if (v128.any_true ${load('s')}) (then ${word(0)} ${word(8)}))`)}
  ${exactly.map((count, value) => `(i32.store offset=${value * 4} (local.get $out) (i32.add (i32.load offset=${value * 4} (local.get $out)) (i32.wrap_i64 ${count})))`).join('\n  ')})`
}

/** Bits from a column: is from ≤ value ≤ from + width? n: bytes of bits written, eight values each. */
const ranges = `
(func (export "range8") (param $dst i32) (param $a i32) (param $from i32) (param $width i32) (param $n i32)
  (local $f v128) (local $w v128)
  (local.set $f (i8x16.splat (local.get $from))) (local.set $w (i8x16.splat (local.get $width)))
  (block $done (loop $next
    (br_if $done (i32.eqz (local.get $n)))
    (i32.store16 (local.get $dst) (i8x16.bitmask (i8x16.le_u (i8x16.sub (v128.load (local.get $a)) (local.get $f)) (local.get $w))))
    (local.set $dst (i32.add (local.get $dst) (i32.const 2)))
    (local.set $a (i32.add (local.get $a) (i32.const 16)))
    (local.set $n (i32.sub (local.get $n) (i32.const 2)))
    (br $next))))
(func (export "range16") (param $dst i32) (param $a i32) (param $from i32) (param $width i32) (param $n i32)
  (local $f v128) (local $w v128)
  (local.set $f (i16x8.splat (local.get $from))) (local.set $w (i16x8.splat (local.get $width)))
  (block $done (loop $next
    (br_if $done (i32.eqz (local.get $n)))
    (i32.store16 (local.get $dst) (i8x16.bitmask (i8x16.narrow_i16x8_s
      (i16x8.le_u (i16x8.sub (v128.load (local.get $a)) (local.get $f)) (local.get $w))
      (i16x8.le_u (i16x8.sub (v128.load offset=16 (local.get $a)) (local.get $f)) (local.get $w)))))
    (local.set $dst (i32.add (local.get $dst) (i32.const 2)))
    (local.set $a (i32.add (local.get $a) (i32.const 32)))
    (local.set $n (i32.sub (local.get $n) (i32.const 2)))
    (br $next))))`

/** For each bit of `$word`, which is then 0: adds one to the count, at an offset of `$out`, of the byte the column has there. */
const countBits = (offset: number): string => `
    (block $empty${offset} (loop $bits${offset}
      (br_if $empty${offset} (i64.eqz (local.get $word)))
      (local.set $at (i32.add (local.get $out) (i32.shl
        (i32.load8_u (i32.add (local.get $a) (i32.wrap_i64 (i64.ctz (local.get $word))))) (i32.const 2))))
      (i32.store offset=${offset} (local.get $at) (i32.add (i32.load offset=${offset} (local.get $at)) (i32.const 1)))
      (local.set $word (i64.and (local.get $word) (i64.sub (local.get $word) (i64.const 1))))
      (br $bits${offset})))`

/** A walk over bitsets by 64 positions and over a column of bytes beside them. n: bytes of bits. */
const walk64 = (name: string, sets: readonly string[], locals: string, body: string): string => `
(func (export "${name}") ${sets.map((each) => `(param $${each} i32)`).join(' ')} (param $a i32) (param $n i32) (param $out i32)
  (local $word i64) (local $at i32) ${locals}
  (block $done (loop $next
    (br_if $done (i32.eqz (local.get $n)))
    ${body}
    ${sets.map((each) => `(local.set $${each} (i32.add (local.get $${each}) (i32.const 8)))`).join(' ')}
    (local.set $a (i32.add (local.get $a) (i32.const 64)))
    (local.set $n (i32.sub (local.get $n) (i32.const 8)))
    (br $next))))`

/** How often each byte of a column occurs among the set bits, added to out[0..255]; for each value of two planes. */
const histogram = walk64('histogram', ['s'], '', `(local.set $word (i64.load (local.get $s))) ${countBits(0)}`)
const pyramid = walk64(
  'pyramid',
  ['s', 'p', 'q'],
  '(local $first i64) (local $second i64) (local $bit i64)',
  `(local.set $word (i64.load (local.get $s)))
    (if (i64.ne (local.get $word) (i64.const 0)) (then
    (local.set $first (i64.load (local.get $p))) (local.set $second (i64.load (local.get $q)))
    (loop $bits
      (local.set $bit (i64.ctz (local.get $word)))
      ;; which of the four, a thousand bytes each, and the byte's count in it
      (local.set $at (i32.add (local.get $out) (i32.add
        (i32.shl (i32.wrap_i64 (i64.or
          (i64.and (i64.const 1) (i64.shr_u (local.get $first) (local.get $bit)))
          (i64.shl (i64.and (i64.const 1) (i64.shr_u (local.get $second) (local.get $bit))) (i64.const 1)))) (i32.const 10))
        (i32.shl (i32.load8_u (i32.add (local.get $a) (i32.wrap_i64 (local.get $bit)))) (i32.const 2)))))
      (i32.store (local.get $at) (i32.add (i32.load (local.get $at)) (i32.const 1)))
      (local.set $word (i64.and (local.get $word) (i64.sub (local.get $word) (i64.const 1))))
      (br_if $bits (i64.ne (local.get $word) (i64.const 0))))))`,
)

/** Set bits of each segment (bounds[i] ≤ position < bounds[i + 1]) within [from, to), added to out[i]; segments first … last - 1. */
const segments = `
(func (export "segments") (param $s i32) (param $bounds i32) (param $first i32) (param $last i32) (param $from i32) (param $to i32) (param $out i32)
  (local $a i32) (local $b i32) (local $p i32) (local $end i32) (local $sum i64) (local $bounds_at i32)
  (block $done (loop $next
    (br_if $done (i32.ge_u (local.get $first) (local.get $last)))
    (local.set $bounds_at (i32.add (local.get $bounds) (i32.shl (local.get $first) (i32.const 2))))
    (local.set $a (i32.load (local.get $bounds_at)))
    (local.set $b (i32.load offset=4 (local.get $bounds_at)))
    (if (i32.lt_u (local.get $a) (local.get $from)) (then (local.set $a (local.get $from))))
    (if (i32.gt_u (local.get $b) (local.get $to)) (then (local.set $b (local.get $to))))
    (if (i32.lt_u (local.get $a) (local.get $b)) (then
      (local.set $p (i32.add (local.get $s) (i32.shl (i32.shr_u (local.get $a) (i32.const 6)) (i32.const 3))))
      (local.set $end (i32.add (local.get $s) (i32.shl (i32.shr_u (local.get $b) (i32.const 6)) (i32.const 3))))
      ;; what stands before the segment in its first word is taken off again
      (local.set $sum (i64.sub (i64.const 0) (i64.popcnt (i64.and (i64.load (local.get $p))
        (i64.sub (i64.shl (i64.const 1) (i64.extend_i32_u (i32.and (local.get $a) (i32.const 63)))) (i64.const 1))))))
      (block $last_word (loop $words
        (br_if $last_word (i32.ge_u (local.get $p) (local.get $end)))
        (local.set $sum (i64.add (local.get $sum) (i64.popcnt (i64.load (local.get $p)))))
        (local.set $p (i32.add (local.get $p) (i32.const 8)))
        (br $words)))
      (if (i32.and (local.get $b) (i32.const 63)) (then
        (local.set $sum (i64.add (local.get $sum) (i64.popcnt (i64.and (i64.load (local.get $end))
          (i64.sub (i64.shl (i64.const 1) (i64.extend_i32_u (i32.and (local.get $b) (i32.const 63)))) (i64.const 1))))))))
      (local.set $p (i32.add (local.get $out) (i32.shl (local.get $first) (i32.const 2))))
      (i32.store (local.get $p) (i32.add (i32.load (local.get $p)) (i32.wrap_i64 (local.get $sum))))))
    (local.set $first (i32.add (local.get $first) (i32.const 1)))
    (br $next))))`

/** byte = table[day], or yearly[year] where the day is 0. n: voters, a multiple of 16. */
const ages = `
(func (export "ages") (param $dst i32) (param $days i32) (param $years i32) (param $daily i32) (param $yearly i32) (param $n i32)
  (local $day i32)
  (block $done (loop $next
    (br_if $done (i32.eqz (local.get $n)))
    (local.set $day (i32.load16_u (local.get $days)))
    (i32.store8 (local.get $dst) (if (result i32) (local.get $day)
      (then (i32.load8_u (i32.add (local.get $daily) (local.get $day))))
      (else (i32.load8_u (i32.add (local.get $yearly) (i32.load8_u (local.get $years)))))))
    (local.set $dst (i32.add (local.get $dst) (i32.const 1)))
    (local.set $days (i32.add (local.get $days) (i32.const 2)))
    (local.set $years (i32.add (local.get $years) (i32.const 1)))
    (local.set $n (i32.sub (local.get $n) (i32.const 1)))
    (br $next))))`

/**
 * Bit g of the marks for each member of the set that is listed: `$l` has their bits, `$of` their groups, one after the other. Costs
 * as much as there are members. n: bytes of bits.
 */
const mark = `
(func (export "mark") (param $s i32) (param $l i32) (param $n i32) (param $of i32) (param $marks i32)
  (local $listed i64) (local $x i64) (local $g i32) (local $m i32)
  (block $done (loop $next
    (br_if $done (i32.eqz (local.get $n)))
    (local.set $listed (i64.load (local.get $l)))
    (local.set $x (i64.and (local.get $listed) (i64.load (local.get $s))))
    (block $empty (loop $bits
      (br_if $empty (i64.eqz (local.get $x)))
      ;; how many listed stand before the lowest bit
      (local.set $g (i32.load (i32.add (local.get $of) (i32.shl (i32.wrap_i64 (i64.popcnt (i64.and (local.get $listed)
        (i64.sub (i64.and (local.get $x) (i64.sub (i64.const 0) (local.get $x))) (i64.const 1))))) (i32.const 2)))))
      (local.set $m (i32.add (local.get $marks) (i32.shl (i32.shr_u (local.get $g) (i32.const 5)) (i32.const 2))))
      (i32.store (local.get $m) (i32.or (i32.load (local.get $m)) (i32.shl (i32.const 1) (i32.and (local.get $g) (i32.const 31)))))
      (local.set $x (i64.and (local.get $x) (i64.sub (local.get $x) (i64.const 1))))
      (br $bits)))
    (local.set $of (i32.add (local.get $of) (i32.shl (i32.wrap_i64 (i64.popcnt (local.get $listed))) (i32.const 2))))
    (local.set $s (i32.add (local.get $s) (i32.const 8)))
    (local.set $l (i32.add (local.get $l) (i32.const 8)))
    (local.set $n (i32.sub (local.get $n) (i32.const 8)))
    (br $next))))`

/**
 * `voterHash` of hash.ts of four ids, left in `$rest` divided by `$rests`, of which there are at most 65,536. The quotient is that
 * of Granlund and Montgomery, "Division by invariant integers using multiplication" (1994), fig. 4.1: exact for every 32 bits.
 */
const restsOf = (ids: string): string => `
    (local.set $x (v128.xor ${ids} (local.get $s)))
    (local.set $x (i32x4.mul (v128.xor (local.get $x) (i32x4.shr_u (local.get $x) (i32.const 16))) (local.get $c)))
    (local.set $x (i32x4.mul (v128.xor (local.get $x) (i32x4.shr_u (local.get $x) (i32.const 15))) (local.get $e)))
    (local.set $x (v128.xor (local.get $x) (i32x4.shr_u (local.get $x) (i32.const 16))))
    ;; the upper halves of the products
    (local.set $q (i8x16.shuffle 4 5 6 7 12 13 14 15 20 21 22 23 28 29 30 31
      (i64x2.extmul_low_i32x4_u (local.get $x) (local.get $m)) (i64x2.extmul_high_i32x4_u (local.get $x) (local.get $m))))
    (local.set $q (i32x4.shr_u (i32x4.add (local.get $q)
      (i32x4.shr_u (i32x4.sub (local.get $x) (local.get $q)) (i32.const 1))) (local.get $by)))
    (local.set $rest (v128.and (local.get $all) (i32x4.sub (local.get $x) (i32x4.mul (local.get $r) (local.get $q)))))`

/** The bits that a table of bytes 0 and 1 has at the rests. */
const bitsOfRests = [0, 1, 2, 3]
  .map(
    (lane) =>
      `(i32.shl (i32.load8_u (i32.add (local.get $table) (i32x4.extract_lane ${lane} (local.get $rest)))) (i32.const ${lane}))`,
  )
  .reduce((bits, each) => `(i32.or ${bits} ${each})`)

/** Bits told by the rests of the voters' hashes: `bits` of four at a time. n: bytes of bits written, eight ids each. */
const byRest = (name: string, parameters: string, locals: string, before: string, bits: string): string => `
(func (export "${name}") (param $dst i32) (param $ids i32) (param $salt i32) (param $rests i32) ${parameters} (param $n i32)
  (local $s v128) (local $c v128) (local $e v128) (local $m v128) (local $r v128) (local $all v128) (local $by i32) ${locals}
  (local $x v128) (local $q v128) (local $rest v128) (local $low i32)
  (local.set $s (i32x4.splat (local.get $salt)))
  (local.set $c (i32x4.splat (i32.const 0x7feb352d)))
  (local.set $e (i32x4.splat (i32.const 0x846ca68b)))
  (local.set $r (i32x4.splat (local.get $rests)))
  ;; digits of the highest rest; one rest is none
  (local.set $by (i32.sub (i32.const 32) (i32.clz (i32.sub (local.get $rests) (i32.const 1)))))
  (local.set $all (i32x4.splat (i32.sub (i32.const 0) (i32.ne (local.get $rests) (i32.const 1)))))
  (local.set $m (i32x4.splat (i32.wrap_i64 (i64.add (i64.const 1) (i64.div_u
    (i64.shl (i64.sub (i64.shl (i64.const 1) (i64.extend_i32_u (local.get $by))) (i64.extend_i32_u (local.get $rests))) (i64.const 32))
    (i64.extend_i32_u (local.get $rests)))))))
  (local.set $by (i32.sub (local.get $by) (i32.const 1)))
  ${before}
  (block $done (loop $next
    (br_if $done (i32.eqz (local.get $n)))
    ${restsOf('(v128.load (local.get $ids))')}
    (local.set $low ${bits})
    ${restsOf('(v128.load offset=16 (local.get $ids))')}
    (i32.store8 (local.get $dst) (i32.or (local.get $low) (i32.shl ${bits} (i32.const 4))))
    (local.set $dst (i32.add (local.get $dst) (i32.const 1)))
    (local.set $ids (i32.add (local.get $ids) (i32.const 32)))
    (local.set $n (i32.sub (local.get $n) (i32.const 1)))
    (br $next))))`

/** What the table says of the rest. */
const hashed = byRest('hashed', '(param $table i32)', '', '', bitsOfRests)

/** Is from ≤ rest ≤ from + width? */
const hashedIn = byRest(
  'hashedIn',
  '(param $from i32) (param $width i32)',
  '(local $f v128) (local $w v128)',
  '(local.set $f (i32x4.splat (local.get $from))) (local.set $w (i32x4.splat (local.get $width)))',
  '(i32x4.bitmask (i32x4.le_u (i32x4.sub (local.get $rest) (local.get $f)) (local.get $w)))',
)

/** Bit: what the table of bytes 0 and 1 says of a column of 16 bits. n: bytes of bits written. */
const table16 = `
(func (export "table16") (param $dst i32) (param $a i32) (param $table i32) (param $n i32)
  (block $done (loop $next
    (br_if $done (i32.eqz (local.get $n)))
    (i32.store8 (local.get $dst) ${[0, 1, 2, 3, 4, 5, 6, 7]
      .map(
        (bit) =>
          `(i32.shl (i32.load8_u (i32.add (local.get $table) (i32.load16_u offset=${bit * 2} (local.get $a)))) (i32.const ${bit}))`,
      )
      .reduce((bits, each) => `(i32.or ${bits} ${each})`)})
    (local.set $dst (i32.add (local.get $dst) (i32.const 1)))
    (local.set $a (i32.add (local.get $a) (i32.const 16)))
    (local.set $n (i32.sub (local.get $n) (i32.const 1)))
    (br $next))))`

/** Sets the bits of positions written as `pack` in codes.ts does, those of from ≤ p < to. */
const packed = `
(func (export "packed") (param $s i32) (param $a i32) (param $end i32) (param $from i32) (param $to i32)
  (local $p i32) (local $byte i32) (local $distance i32) (local $shift i32) (local $m i32)
  (local.set $p (i32.const -1))
  (block $done (loop $next
    (br_if $done (i32.ge_u (local.get $a) (local.get $end)))
    (local.set $byte (i32.load8_u (local.get $a)))
    (local.set $a (i32.add (local.get $a) (i32.const 1)))
    (local.set $distance (i32.and (local.get $byte) (i32.const 127)))
    (local.set $shift (i32.const 7))
    (block $whole (loop $more
      (br_if $whole (i32.le_u (local.get $byte) (i32.const 127)))
      (local.set $byte (i32.load8_u (local.get $a)))
      (local.set $a (i32.add (local.get $a) (i32.const 1)))
      (local.set $distance (i32.or (local.get $distance) (i32.shl (i32.and (local.get $byte) (i32.const 127)) (local.get $shift))))
      (local.set $shift (i32.add (local.get $shift) (i32.const 7)))
      (br $more)))
    (local.set $p (i32.add (local.get $p) (local.get $distance)))
    (br_if $done (i32.ge_u (local.get $p) (local.get $to)))
    (if (i32.ge_u (local.get $p) (local.get $from)) (then
      (local.set $m (i32.add (local.get $s) (i32.shl (i32.shr_u (local.get $p) (i32.const 5)) (i32.const 2))))
      (i32.store (local.get $m) (i32.or (i32.load (local.get $m)) (i32.shl (i32.const 1) (i32.and (local.get $p) (i32.const 31)))))))
    (br $next))))`

/** As `mark`, and bit g of `$twice` where a second member is met. */
const markTwice = `
(func (export "markTwice") (param $s i32) (param $l i32) (param $n i32) (param $of i32) (param $once i32) (param $twice i32)
  (local $listed i64) (local $x i64) (local $g i32) (local $m i32) (local $bit i32) (local $known i32)
  (block $done (loop $next
    (br_if $done (i32.eqz (local.get $n)))
    (local.set $listed (i64.load (local.get $l)))
    (local.set $x (i64.and (local.get $listed) (i64.load (local.get $s))))
    (block $empty (loop $bits
      (br_if $empty (i64.eqz (local.get $x)))
      (local.set $g (i32.load (i32.add (local.get $of) (i32.shl (i32.wrap_i64 (i64.popcnt (i64.and (local.get $listed)
        (i64.sub (i64.and (local.get $x) (i64.sub (i64.const 0) (local.get $x))) (i64.const 1))))) (i32.const 2)))))
      (local.set $m (i32.shl (i32.shr_u (local.get $g) (i32.const 5)) (i32.const 2)))
      (local.set $bit (i32.shl (i32.const 1) (i32.and (local.get $g) (i32.const 31))))
      (local.set $known (i32.load (i32.add (local.get $once) (local.get $m))))
      (i32.store (i32.add (local.get $twice) (local.get $m))
        (i32.or (i32.load (i32.add (local.get $twice) (local.get $m))) (i32.and (local.get $known) (local.get $bit))))
      (i32.store (i32.add (local.get $once) (local.get $m)) (i32.or (local.get $known) (local.get $bit)))
      (local.set $x (i64.and (local.get $x) (i64.sub (local.get $x) (i64.const 1))))
      (br $bits)))
    (local.set $of (i32.add (local.get $of) (i32.shl (i32.wrap_i64 (i64.popcnt (local.get $listed))) (i32.const 2))))
    (local.set $s (i32.add (local.get $s) (i32.const 8)))
    (local.set $l (i32.add (local.get $l) (i32.const 8)))
    (local.set $n (i32.sub (local.get $n) (i32.const 8)))
    (br $next))))`

/**
 * Sets the listed who have another one of the set in their group: bit g of `$two` says there are two of it, of `$one` at least one.
 * n: bytes of bits.
 */
const spread = `
(func (export "spread") (param $dst i32) (param $s i32) (param $l i32) (param $n i32) (param $of i32) (param $one i32) (param $two i32)
  (local $listed i64) (local $members i64) (local $out i64) (local $bit i64) (local $g i32) (local $m i32)
  (block $done (loop $next
    (br_if $done (i32.eqz (local.get $n)))
    (local.set $listed (i64.load (local.get $l)))
    (local.set $members (i64.load (local.get $s)))
    (local.set $out (i64.load (local.get $dst)))
    (block $empty (loop $bits
      (br_if $empty (i64.eqz (local.get $listed)))
      (local.set $bit (i64.and (local.get $listed) (i64.sub (i64.const 0) (local.get $listed))))
      (local.set $g (i32.load (local.get $of)))
      (local.set $of (i32.add (local.get $of) (i32.const 4)))
      (local.set $m (i32.shl (i32.shr_u (local.get $g) (i32.const 5)) (i32.const 2)))
      ;; of members the map of two, of everybody else the map of one
      (local.set $out (i64.or (local.get $out) (select (local.get $bit) (i64.const 0)
        (i32.and (i32.const 1) (i32.shr_u
          (i32.load (i32.add (select (local.get $two) (local.get $one) (i64.ne (i64.const 0) (i64.and (local.get $members) (local.get $bit)))) (local.get $m)))
          (i32.and (local.get $g) (i32.const 31)))))))
      (local.set $listed (i64.xor (local.get $listed) (local.get $bit)))
      (br $bits)))
    (i64.store (local.get $dst) (local.get $out))
    (local.set $dst (i32.add (local.get $dst) (i32.const 8)))
    (local.set $s (i32.add (local.get $s) (i32.const 8)))
    (local.set $l (i32.add (local.get $l) (i32.const 8)))
    (local.set $n (i32.sub (local.get $n) (i32.const 8)))
    (br $next))))`

/** Of n listed groups (first position and length, which cross from one word to the next) how many have a member in the set. */
const crossings = `
(func (export "crossings") (param $s i32) (param $pairs i32) (param $n i32) (result i32)
  (local $first i32) (local $word i32) (local $sum i32)
  (block $done (loop $next
    (br_if $done (i32.eqz (local.get $n)))
    (local.set $first (i32.load (local.get $pairs)))
    (local.set $word (i32.add (local.get $s) (i32.shl (i32.shr_u (local.get $first) (i32.const 6)) (i32.const 3))))
    ;; the rest of its first word is all the group's
    (local.set $sum (i32.add (local.get $sum) (i64.ne (i64.const 0) (i64.or
      (i64.shr_u (i64.load (local.get $word)) (i64.extend_i32_u (local.get $first)))
      (i64.and (i64.load offset=8 (local.get $word)) (i64.sub
        (i64.shl (i64.const 1) (i64.extend_i32_u (i32.add (local.get $first) (i32.load offset=4 (local.get $pairs))))) (i64.const 1)))))))
    (local.set $pairs (i32.add (local.get $pairs) (i32.const 8)))
    (local.set $n (i32.sub (local.get $n) (i32.const 1)))
    (br $next)))
  (local.get $sum))`

/** Writes who of n such groups has another one of the set in it: everybody of a group with two, all but the only one of a group with one. */
const crossingOthers = `
(func (export "crossingOthers") (param $dst i32) (param $s i32) (param $pairs i32) (param $n i32)
  (local $first i32) (local $word i32) (local $high i64) (local $low i64) (local $members i64) (local $other i64) (local $count i64)
  (block $done (loop $next
    (br_if $done (i32.eqz (local.get $n)))
    (local.set $first (i32.load (local.get $pairs)))
    (local.set $word (i32.shl (i32.shr_u (local.get $first) (i32.const 6)) (i32.const 3)))
    ;; the group's positions in its first and in its second word
    (local.set $high (i64.shl (i64.const -1) (i64.extend_i32_u (local.get $first))))
    (local.set $low (i64.sub
      (i64.shl (i64.const 1) (i64.extend_i32_u (i32.add (local.get $first) (i32.load offset=4 (local.get $pairs))))) (i64.const 1)))
    (local.set $members (i64.and (local.get $high) (i64.load (i32.add (local.get $s) (local.get $word)))))
    (local.set $other (i64.and (local.get $low) (i64.load offset=8 (i32.add (local.get $s) (local.get $word)))))
    (local.set $count (i64.add (i64.popcnt (local.get $members)) (i64.popcnt (local.get $other))))
    (if (i64.ne (local.get $count) (i64.const 0)) (then
      (if (i64.eq (local.get $count) (i64.const 1)) (then
        (local.set $high (i64.xor (local.get $high) (local.get $members)))
        (local.set $low (i64.xor (local.get $low) (local.get $other)))))
      (local.set $word (i32.add (local.get $dst) (local.get $word)))
      (i64.store (local.get $word) (i64.or (i64.load (local.get $word)) (local.get $high)))
      (i64.store offset=8 (local.get $word) (i64.or (i64.load offset=8 (local.get $word)) (local.get $low)))))
    (local.set $pairs (i32.add (local.get $pairs) (i32.const 8)))
    (local.set $n (i32.sub (local.get $n) (i32.const 1)))
    (br $next))))`

/** carry = plane AND carry, plane = plane XOR carry: one digit of adding one to a counter in bit planes. */
const halfAdd = `
(func (export "halfAdd") (param $plane i32) (param $carry i32) (param $n i32)
  (local $x v128) (local $y v128)
  ${each16(
    ['plane', 'carry'],
    `(local.set $x ${load('plane')}) (local.set $y ${load('carry')})
    (v128.store (local.get $carry) (v128.and (local.get $x) (local.get $y)))
    (v128.store (local.get $plane) (v128.xor (local.get $x) (local.get $y)))`,
  )})`

/** Whose value in three bit planes is one of those `$values` has a bit for. */
const spelled = `
(func (export "spelled") (param $dst i32) (param $p i32) (param $q i32) (param $r i32) (param $values i32) (param $n i32)
  (local $x v128) (local $y v128) ${[0, 1, 2, 3, 4, 5, 6, 7].map((value) => `(local $m${value} v128)`).join(' ')}
  ${[0, 1, 2, 3, 4, 5, 6, 7].map((value) => `(local.set $m${value} (i32x4.splat (i32.sub (i32.const 0) (i32.and (i32.const 1) (i32.shr_u (local.get $values) (i32.const ${value}))))))`).join('\n  ')}
  ${each16(
    ['dst', 'p', 'q', 'r'],
    `(local.set $x ${load('p')}) (local.set $y ${load('q')})
    (v128.store (local.get $dst) (v128.bitselect
      (v128.bitselect (v128.bitselect (local.get $m7) (local.get $m6) (local.get $x)) (v128.bitselect (local.get $m5) (local.get $m4) (local.get $x)) (local.get $y))
      (v128.bitselect (v128.bitselect (local.get $m3) (local.get $m2) (local.get $x)) (v128.bitselect (local.get $m1) (local.get $m0) (local.get $x)) (local.get $y))
      ${load('r')}))`,
  )})`

/** Adds n listed positions. */
const setListed = `
(func (export "setListed") (param $s i32) (param $list i32) (param $n i32)
  (local $p i32) (local $w i32)
  (block $done (loop $next
    (br_if $done (i32.eqz (local.get $n)))
    (local.set $p (i32.load (local.get $list)))
    (local.set $w (i32.add (local.get $s) (i32.shl (i32.shr_u (local.get $p) (i32.const 5)) (i32.const 2))))
    (i32.store (local.get $w) (i32.or (i32.load (local.get $w)) (i32.shl (i32.const 1) (local.get $p))))
    (local.set $list (i32.add (local.get $list) (i32.const 4)))
    (local.set $n (i32.sub (local.get $n) (i32.const 1)))
    (br $next))))`

/** How many of n listed positions are in the set. Four at a time: half of a turn is the turning. */
const isListed = (offset: number): string => `(i32.and (i32.const 1) (i32.shr_u
      (i32.load (i32.add (local.get $s) (i32.shl (i32.shr_u (local.tee $p (i32.load offset=${offset} (local.get $list))) (i32.const 5)) (i32.const 2))))
      (local.get $p)))`
const countListed = `
(func (export "countListed") (param $s i32) (param $list i32) (param $n i32) (result i32)
  (local $p i32) (local $sum i32) (local $also i32)
  (block $few (loop $next
    (br_if $few (i32.lt_u (local.get $n) (i32.const 4)))
    (local.set $sum (i32.add (i32.add (local.get $sum) ${isListed(0)}) ${isListed(4)}))
    (local.set $also (i32.add (i32.add (local.get $also) ${isListed(8)}) ${isListed(12)}))
    (local.set $list (i32.add (local.get $list) (i32.const 16)))
    (local.set $n (i32.sub (local.get $n) (i32.const 4)))
    (br $next)))
  (block $done (loop $next
    (br_if $done (i32.eqz (local.get $n)))
    (local.set $sum (i32.add (local.get $sum) ${isListed(0)}))
    (local.set $list (i32.add (local.get $list) (i32.const 4)))
    (local.set $n (i32.sub (local.get $n) (i32.const 1)))
    (br $next)))
  (i32.add (local.get $sum) (local.get $also)))`

const text = `(module
(import "store" "memory" (memory 1 65536 shared))
${binary('and', `(v128.and ${load('dst')} ${load('a')})`)}
${binary('or', `(v128.or ${load('dst')} ${load('a')})`)}
${binary('andnot', `(v128.andnot ${load('dst')} ${load('a')})`)}
${binary('xor', `(v128.xor ${load('dst')} ${load('a')})`)}
${ternary('both', 'and')}
${ternary('without', 'andnot')}
(func (export "not") (param $dst i32) (param $n i32)
  ${each16(['dst'], `(v128.store (local.get $dst) (v128.not ${load('dst')}))`)})
(func (export "copy") (param $dst i32) (param $a i32) (param $n i32) (memory.copy (local.get $dst) (local.get $a) (local.get $n)))
(func (export "fill") (param $dst i32) (param $value i32) (param $n i32) (memory.fill (local.get $dst) (local.get $value) (local.get $n)))
${counting('count', ['s'], '', '', load('s'))}
${counting('countAnd', ['s', 'a'], '', '', `(v128.and ${load('s')} ${load('a')})`)}
${counting(
  'groups',
  ['s', 'top', 'inner'],
  '(local $x v128) (local $low v128)',
  `(local.set $x (v128.and ${load('s')} ${load('inner')})) (local.set $low (v128.not ${load('top')}))`,
  '(v128.andnot (v128.or (i64x2.add (v128.and (local.get $x) (local.get $low)) (local.get $low)) (local.get $x)) (local.get $low))',
)}
${crossings}
${crossingOthers}
${halfAdd}
${spelled}
${others()}
${planes()}
${ranges}
${histogram}
${pyramid}
${countListed}
${setListed}
${mark}
${markTwice}
${spread}
${hashed}
${hashedIn}
${table16}
${packed}
${segments}
${ages}
)`

/** The bytes of the module. */
export async function assemble(): Promise<Uint8Array> {
  const { parseWat } = await wabt()
  const features = { simd: true, threads: true, bulk_memory: true }
  const module = parseWat('kernels.wat', text, features)
  try {
    // Its types leave out that the checker wants the features too.
    ;(module as { validate(features: object): void }).validate(features)
    return module.toBinary({}).buffer
  } finally {
    module.destroy()
  }
}

if (process.argv[1] === import.meta.filename) {
  const bytes = Buffer.from(await assemble()).toString('base64')
  writeFileSync(
    target,
    `/** Made by scripts/build-kernels.ts; a test makes it again and compares. */\nexport const kernelBytes =\n  '${bytes}'\n`,
  )
}
