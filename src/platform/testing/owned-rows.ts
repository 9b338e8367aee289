import type pg from 'pg'

/** Tables whose rows belong to an organization. */
export async function ownedTables(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(`
    select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and a.attname = 'organization_id' and not a.attisdropped
    order by 1`)
  return rows.map((row) => row.name)
}

interface Column {
  name: string
  type: string
  is_array: boolean
  is_needed: boolean
  is_always_generated: boolean
}

/**
 * One made-up row of the organization in every table it owns, by table; nothing in them makes sense, and foreign keys
 * and checks are passed over: they are there to be seen, or not. Spoils the database for everything else.
 */
export async function fillOwnedTables(
  client: pg.ClientBase,
  organization_id: string,
): Promise<Map<string, Record<string, unknown>>> {
  const made = new Map<string, Record<string, unknown>>()
  await client.query("set session_replication_role = 'replica'") // neither foreign keys nor triggers
  try {
    for (const table of await ownedTables(client)) {
      await dropChecks(client, table)
      const columns = (await columnsOf(client, table)).filter((each) => each.is_needed && !each.is_always_generated)
      const values = columns.map((each) => (each.name === 'organization_id' ? organization_id : madeUp(each)))
      const { rows } = await client.query<Record<string, unknown>>(
        `insert into ${table} (${columns.map((each) => `"${each.name}"`).join()})
         values (${columns.map((_, index) => `$${index + 1}`).join()})
         on conflict do nothing returning *`,
        values,
      )
      const there =
        rows[0] ??
        (
          await client.query<Record<string, unknown>>(`select * from ${table} where organization_id = $1`, [
            organization_id,
          ])
        ).rows[0]
      if (!there) throw new Error(`no row of ${table} could be made up`)
      made.set(table, there)
    }
  } finally {
    await client.query("set session_replication_role = 'origin'")
  }
  return made
}

async function dropChecks(client: pg.ClientBase, table: string): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    "select conname as name from pg_constraint where conrelid = $1::regclass and contype = 'c'",
    [table],
  )
  for (const { name } of rows) await client.query(`alter table ${table} drop constraint "${name}"`)
}

async function columnsOf(client: pg.ClientBase, table: string): Promise<Column[]> {
  const { rows } = await client.query<Column>(
    `select a.attname as name, coalesce(e.typname, t.typname) as type, e.oid is not null as is_array,
       a.attname like '%\\_id' or (a.attnotnull and not a.atthasdef and a.attidentity = '') as is_needed,
       a.attidentity = 'a' or a.attgenerated <> '' as is_always_generated
     from pg_attribute a join pg_type t on t.oid = a.atttypid left join pg_type e on e.oid = t.typelem and t.typcategory = 'A'
     where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped order by a.attnum`,
    [table],
  )
  return rows
}

function madeUp({ name, type, is_array }: Column): unknown {
  if (is_array) return []
  if (type === 'uuid') return madeUpId(name)
  const made = byType[type]
  if (made === undefined) throw new Error(`column ${name}: what does one write into ${type}?`)
  return made
}

/** The same column has the same id in every table, so rows that belong together do. */
const madeUpId = (column: string): string =>
  `0c0ffee0-0000-4000-8000-${[...Buffer.from(column)]
    .reduce((sum, byte) => (sum * 31 + byte) % 0xffffffffffff, 7)
    .toString(16)
    .padStart(12, '0')}`

const byType: Record<string, unknown> = {
  text: 'made up',
  varchar: 'made up',
  bpchar: 'N',
  int2: 1,
  int4: 1,
  int8: 1,
  float4: 1,
  float8: 1,
  numeric: 1,
  bool: false,
  timestamptz: '2026-11-23T17:00:00Z',
  date: '2026-11-23',
  time: '10:00',
  interval: '1 hour',
  jsonb: '{}',
  json: '{}',
  bytea: Buffer.from('made up'),
  inet: '192.0.2.1',
  tsvector: '',
}
