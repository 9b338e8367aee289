import pg from 'pg'
import { afterAll, expect, inject, test } from 'vitest'
import { fillOwnedTables, ownedTables } from '../platform/testing/owned-rows.ts'
import { makeWorld } from '../platform/testing/world.ts'
import { sql } from 'kysely'

const world = await makeWorld()
const { rows: named } = await sql<{ name: string }>`select current_database() as name`.execute(world.database.owner)
const database = named[0]?.name ?? ''
const owner = await world.database.ownerPool.connect()
const rowsOfOurs = await fillOwnedTables(owner, world.ours.organization_id)
const tables = await ownedTables(owner)
owner.release()

/** The application's role, acting for an organization. */
const app = new pg.Client({ host: inject('socket'), user: 'hanpyo_app', database })
await app.connect()
afterAll(() => app.end())
const actFor = (organization_id: string) =>
  app.query("select set_config('app.organization_id', $1, false)", [organization_id])

/** Rows a statement touched, or the code of its refusal. */
async function outcome(statement: string, values: unknown[] = []): Promise<number | string> {
  try {
    return (await app.query(statement, values)).rowCount ?? 0
  } catch (problem) {
    if (problem instanceof pg.DatabaseError) return problem.code ?? 'refused'
    throw problem
  }
}
const refused = '42501' // insufficient privilege, which is also what a policy answers

test('the application’s role is nobody special', async () => {
  const { rows } = await app.query<Record<string, boolean>>(
    'select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles where rolname = current_user',
  )
  expect(rows).toEqual([{ rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false }])
  const { rows: owned } = await app.query(
    "select relname from pg_class where relowner = 'hanpyo_app'::regrole and relkind in ('r', 'p', 'v')",
  )
  expect(owned).toEqual([])
  expect(await outcome('set role postgres')).toBe(refused)
  expect(await outcome("set session_replication_role = 'replica'")).toBe(refused)
  expect(await outcome('create table public.mine (id integer)')).toBe(refused)
})

test('it sees no password, no session, no token to sign in with', async () => {
  for (const table of ['user', 'session', 'account', 'verification', 'twoFactor']) {
    expect(await outcome(`select from auth."${table}"`)).toBe(refused)
  }
  expect(await outcome('select from access_try')).toBe(refused)
  expect(await outcome('select from outbox_mail')).toBe(refused)
})

test('every table with an organization_id is closed by a policy', async () => {
  expect(tables.length).toBeGreaterThan(15)
  const { rows } = await world.database.ownerPool.query<{ relname: string }>(
    `select relname from pg_class where relname = any($1) and relnamespace = 'public'::regnamespace and not relrowsecurity`,
    [tables],
  )
  expect(rows).toEqual([])
})

test('a view with an organization_id shows another organization nothing', async () => {
  const { rows } = await world.database.ownerPool.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'organization_id'
      where c.relkind = 'v' and c.relnamespace = 'public'::regnamespace and has_table_privilege('hanpyo_app', c.oid, 'select')`,
  )
  const views = rows.map(({ name }) => name)
  expect(views).toEqual(
    expect.arrayContaining([
      'event_presence',
      'event_expects',
      'event_invited',
      'event_hosted',
      'event_through_partner',
      'mailed_piece',
      'service_time',
      'role_named',
    ]),
  )
  await actFor(world.theirs.organization_id)
  for (const view of views)
    expect([view, await outcome(`select from ${view} where organization_id = $1`, [world.ours.organization_id])]).toEqual([view, 0]) // prettier-ignore
})

test.each(tables)('%s: another organization can neither read, change, delete nor add', async (table) => {
  const ours = world.ours.organization_id
  await actFor(ours)
  const own = await outcome(`select from ${table} where organization_id = $1`, [ours])
  // There is a row to be seen by its owner (kinds of membership are there from the beginning), or it is closed to both.
  expect(own === refused || Number(own) > 0).toBe(true)

  for (const stranger of [world.theirs.organization_id, '']) {
    await actFor(stranger)
    expect([0, refused]).toContain(await outcome(`select from ${table} where organization_id = $1`, [ours]))
    expect([0, refused]).toContain(await outcome(`delete from ${table} where organization_id = $1`, [ours]))
    expect([0, refused]).toContain(
      await outcome(`update ${table} set organization_id = organization_id where organization_id = $1`, [ours]),
    )
    const row = JSON.stringify(rowsOfOurs.get(table))
    expect(
      await outcome(
        `insert into ${table} overriding system value select * from jsonb_populate_record(null::${table}, $1::jsonb)`,
        [row],
      ),
    ).toBe(refused)
  }
  // Nor can one give a row of one's own away.
  await actFor(ours)
  expect([refused, 0]).toContain(
    await outcome(`update ${table} set organization_id = $1 where organization_id = $2`, [
      world.theirs.organization_id,
      ours,
    ]),
  )
  expect(await outcome(`select from ${table} where organization_id = $1`, [ours])).toBe(own)
})

test('the activity log cannot be changed, by its own organization either', async () => {
  await actFor(world.ours.organization_id)
  expect(await outcome('update audit_entry set actor_name = $1', ['somebody else'])).toBe(refused)
  expect(await outcome('delete from audit_entry')).toBe(refused)
  expect(await outcome('truncate audit_entry')).toBe(refused)
})

test('views show an organization its own rows only', async () => {
  const { rows: views } = await app.query<{ name: string }>(`
    select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('v', 'm') and a.attname = 'organization_id'`)
  expect(views.map((view) => view.name)).toContain('member_account')
  for (const { name } of views) {
    await actFor(world.theirs.organization_id)
    expect([0, refused]).toContain(
      await outcome(`select from ${name} where organization_id = $1`, [world.ours.organization_id]),
    )
  }
})
