import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { makeWorld } from './world.ts'

const world = await makeWorld()

test('the application role sees the organization it is set to and no other', async () => {
  const ours = await sql<{ slug: string }>`select slug from organization`.execute(
    world.database.of(world.ours.organization_id),
  )
  expect(ours.rows).toEqual([{ slug: 'ours' }])
  const nobody = await sql`select slug from organization`.execute(world.database.commons)
  expect(nobody.rows).toEqual([])
})

test('trigrams know Hangul', async () => {
  const { rows } = await sql<{ it: number }>`select cardinality(show_trgm('김영희')) as it`.execute(
    world.database.owner,
  )
  expect(rows[0]?.it).toBeGreaterThan(0)
})
