import { sql } from 'kysely'
import type pg from 'pg'
import { expect, test } from 'vitest'
import { makeWorld } from '../testing/world.ts'
import { inTransaction, inTransactionTwice, type Db } from './db.ts'
import { migrate, readMigrations } from './migrate.ts'

const world = await makeWorld()
const { database, ours, theirs } = world

test('connections change hands between organizations under load without mixing them', async () => {
  const seen = await Promise.all(
    Array.from({ length: 200 }, async (_, index) => {
      const { organization_id } = index % 2 ? ours : theirs
      const { rows } = await sql<{ id: string }>`select organization_id as id from organization`.execute(
        database.of(organization_id),
      )
      return rows.length === 1 && rows[0]?.id === organization_id
    }),
  )
  expect(seen.every(Boolean)).toBe(true)
})

test('where plans are kept, a connection prepares a statement once, for whichever organization asks', async () => {
  const asking = async ({ organization_id }: { organization_id: string }) => {
    const { rows } = await sql<{ id: string }>`select organization_id as id from organization where ${true}::boolean`.execute(database.keepingPlans(organization_id)) // prettier-ignore
    expect(rows).toEqual([{ id: organization_id }])
  }
  for (const organization of [ours, theirs, ours, theirs]) await asking(organization)
  const kept = await database
    .keepingPlans(ours.organization_id)
    .transaction()
    .execute(async (tx) => {
      const { rows } = await sql<{ times: number }>`select generic_plans as times from pg_prepared_statements where statement like '%as id from organization where $1%'`.execute(tx) // prettier-ignore
      return rows
    })
  expect(kept).toEqual([{ times: 4 }])
})

test('a transaction that fails leaves nothing, and one inside another is the same one', async () => {
  const db = database.of(ours.organization_id)
  const attempt = inTransaction(db, async (tx) => {
    await sql`insert into tag (organization_id, tag) values (${ours.organization_id}, 'half')`.execute(tx)
    await inTransaction(tx, async (inner) =>
      sql`insert into tag (organization_id, tag) values (${ours.organization_id}, 'done')`.execute(inner),
    )
    throw new Error('stop')
  })
  await expect(attempt).rejects.toThrow('stop')
  expect((await sql`select from tag`.execute(db)).rows).toHaveLength(0)
})

test('of two that lock each other the one broken off is done once more; a refusal is not', async () => {
  const db = database.of(ours.organization_id)
  for (const tag of ['one', 'two'])
    await sql`insert into tag (organization_id, tag) values (${ours.organization_id}, ${tag})`.execute(db)
  const take = (tx: Db, tag: string) => sql`select from tag where tag = ${tag} for update`.execute(tx)
  let runs = 0
  let bothHold = (): void => undefined
  const held = new Promise<void>((resolve) => (bothHold = resolve))
  const crossing = (first: string, second: string) =>
    inTransactionTwice(db, async (tx) => {
      await take(tx, first)
      if (++runs === 2) bothHold()
      await held
      await take(tx, second)
      return first
    })
  expect(await Promise.all([crossing('one', 'two'), crossing('two', 'one')])).toEqual(['one', 'two'])
  expect(runs).toBe(3)

  let tries = 0
  const refused = inTransactionTwice(db, async (tx) => {
    tries++
    await sql`insert into tag (organization_id, tag) values (${ours.organization_id}, 'one')`.execute(tx)
  })
  await expect(refused).rejects.toThrow('duplicate key')
  expect(tries).toBe(1)
  await sql`delete from tag`.execute(db)
})

test('a row for another organization is refused by the database', async () => {
  const foreign = sql`insert into tag (organization_id, tag) values (${theirs.organization_id}, 'spy')`.execute(
    database.of(ours.organization_id),
  )
  await expect(foreign).rejects.toThrow('row-level security')
})

test('migrations are applied once, by one of several at a time, and a changed old one stops the start', async () => {
  const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(database.owner)
  const owner: pg.ClientConfig = { ...database.ownerPool.options, database: rows[0]?.name ?? '' }
  const added = [...readMigrations(), { name: '9999_test.sql', sql: 'create table migrated_once (a int)', sha256: 'x' }]
  const results = await Promise.all([migrate(owner, added), migrate(owner, added), migrate(owner, added)])
  expect(results.flat()).toEqual(['9999_test.sql'])
  await expect(migrate(owner, [{ name: '9999_test.sql', sql: '', sha256: 'y' }])).rejects.toThrow('never changed')
  const broken = { name: '99999_broken.sql', sql: 'create table left_over (a int); select 1/0', sha256: 'z' }
  await expect(migrate(owner, [broken])).rejects.toThrow('99999_broken.sql failed: division by zero')
  const left = await sql`select from pg_class where relname = 'left_over'`.execute(database.owner)
  expect(left.rows).toHaveLength(0)
})
