import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { Db } from './db/db.ts'
import { crowdIn, inTurn, inTurnTogether } from './in-turn.ts'
import { makeWorld } from './testing/world.ts'

const world = await makeWorld()
const { owner } = world.database
await sql`create table turn_taken (nth integer primary key, tx bigint not null default txid_current())`.execute(owner)
const rows = async () =>
  (await sql<{ nth: number; tx: number }>`select nth, tx from turn_taken order by nth`.execute(owner)).rows

const takeAll = async (tx: Db, all: readonly number[]) => {
  await sql`insert into turn_taken (nth) select unnest(${[...all]}::integer[])`.execute(tx)
  return all
}

test('works of a crowd are done in their order, many in one transaction, and each is told its own answer', async () => {
  const take = (nth: number) => inTurnTogether('ours', owner, takeAll, nth)
  const answers = Promise.all(Array.from({ length: 240 }, (_, nth) => take(nth)))
  expect(crowdIn('ours')).toBeGreaterThan(200)
  expect(await answers).toEqual(Array.from({ length: 240 }, (_, nth) => nth))
  const transactions = (await rows()).map(({ tx }) => tx)
  expect(transactions).toEqual(transactions.toSorted((a, b) => a - b))
  expect(new Set(transactions).size).toBeLessThan(6)
  expect(crowdIn('ours')).toBe(0)
})

test('one that fails takes no other along, and the next crowd goes on', async () => {
  await sql`truncate turn_taken`.execute(owner)
  const take = (nth: number) => inTurnTogether('ours', owner, takeAll, nth)
  // Whoever has their turn alone waits in the same line.
  const alone = inTurn('ours', async () => (await rows()).length)
  const ended = await Promise.allSettled([1, 2, 2, 3].map(take))
  expect(await alone).toBe(0)
  expect(ended.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled'])
  await take(4)
  expect((await rows()).map(({ nth }) => nth)).toEqual([1, 2, 3, 4])
})
