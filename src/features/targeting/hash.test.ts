import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { makeWorld } from '../../platform/testing/world.ts'
import { drawn, partOf, placeOf, saltOf, voterHash, voterHashSql } from './hash.ts'

const world = await makeWorld()

test('PostgreSQL and JavaScript put every voter in the same place', async () => {
  // The last two: ids beyond any file, and every bit set.
  for (const [first, last] of [
    [0, 20_000],
    [12_990_000, 13_000_000],
    [2_147_480_000, 2_147_483_647],
  ] as const) {
    for (const salt of [0, 1, saltOf('sample', null), saltOf('split', '가을 2026'), 0xffffffff]) {
      const { rows } = await sql<{
        hashes: number[]
      }>`select array_agg(${voterHashSql(sql`id`, salt)} order by id) as hashes
        from generate_series(${first}::integer, ${last}::integer) id`.execute(world.database.commons)
      const ours = Array.from({ length: last - first + 1 }, (_, at) => voterHash(first + at, salt))
      expect(rows[0]?.hashes.map(Number)).toEqual(ours)
    }
  }
})

test('a sample is as large as it says, a split is even, and neither hangs on the order of ids', () => {
  const ids = Array.from({ length: 100_000 }, (_, at) => 1 + at)
  for (const seed of [null, 'fall', '가을']) {
    const sampled = ids.filter((id) => placeOf(id, seed) < 1000)
    // Five standard deviations of 10% of 100,000.
    expect(Math.abs(sampled.length - 10_000)).toBeLessThan(480)
    const parts = [0, 1, 2].map((part) => ids.filter((id) => partOf(id, 3, seed) === part).length)
    for (const size of parts) expect(Math.abs(size - 33_333)).toBeLessThan(750)
    // Every second voter, as where couples are registered one after the other, is sampled alike.
    expect(Math.abs(sampled.filter((id) => id % 2 === 0).length - 5_000)).toBeLessThan(350)
  }
})

test('drawn are those of the lowest hash, also where few of many or nearly all are', () => {
  const ids = Uint32Array.from({ length: 5_000 }, (_, at) => 7 + at * 3)
  const byHash = [...ids].sort((a, b) => voterHash(a, saltOf('draw', 'fall')) - voterHash(b, saltOf('draw', 'fall')))
  for (const at_most of [1, 10, 4_990, 5_000, 9_000])
    expect([...drawn(ids, { at_most, seed: 'fall' })]).toEqual(byHash.slice(0, at_most).sort((a, b) => a - b))
  expect(drawn(new Uint32Array(), { at_most: 3, seed: null })).toHaveLength(0)
})

test('another seed is another sample; a sample and a split of one seed do not hang together', () => {
  const ids = Array.from({ length: 100_000 }, (_, at) => 1 + at)
  const both = ids.filter((id) => placeOf(id, 'fall') < 1000 && placeOf(id, 'spring') < 1000).length
  expect(Math.abs(both - 1000)).toBeLessThan(160)
  const inA = ids.filter((id) => placeOf(id, 'fall') < 1000 && partOf(id, 2, 'fall') === 0).length
  expect(Math.abs(inA - 5000)).toBeLessThan(350)
})

test('who is in which part never changes', () => {
  expect([1, 2, 3, 1000, 13_000_000].map((id) => partOf(id, 2, null))).toMatchInlineSnapshot(`
    [
      1,
      1,
      1,
      0,
      0,
    ]
  `)
  expect([1, 2, 3, 1000, 13_000_000].map((id) => voterHash(id, 0))).toMatchInlineSnapshot(`
    [
      1753845952,
      3507691905,
      1408362973,
      1407151442,
      1752698372,
    ]
  `)
})
