import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'

const migrationLock = 4_817_002

/** Folder of the `NNNN_room_what.sql` files, also when the program is bundled into dist/server. */
export const migrationsFolder = join(
  import.meta.dirname,
  import.meta.dirname.endsWith('server') ? '../../migrations' : '../../../migrations',
)

export interface Migration {
  name: string
  sql: string
  sha256: string
}

export function readMigrations(folder = migrationsFolder): Migration[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => {
      const sql = readFileSync(join(folder, name), 'utf8')
      return { name, sql, sha256: createHash('sha256').update(sql).digest('hex') }
    })
}

/** Brings the database up to date; of several processes at once one does it, the others wait. Returns what was applied. */
export async function migrate(owner: pg.ClientConfig, migrations = readMigrations()): Promise<string[]> {
  const client = new pg.Client(owner)
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock])
    // Hundreds of them on the first day, each on disk before the next: what a crash takes of the last is done again.
    await client.query('set synchronous_commit = off')
    await client.query(
      'create table if not exists migration (name text primary key, sha256 text not null, applied_at timestamptz not null default now())',
    )
    const done = await client.query<{ name: string; sha256: string }>('select name, sha256 from migration')
    const applied = new Map(done.rows.map((row) => [row.name, row.sha256]))
    const names: string[] = []
    for (const { name, sql, sha256 } of migrations) {
      const before = applied.get(name)
      if (before === sha256) continue
      if (before)
        throw new Error(
          `Migration ${name} was applied with other contents. Migrations are never changed: add a new one.`,
        )
      await client.query('begin')
      try {
        await client.query(sql)
        await client.query('insert into migration (name, sha256) values ($1, $2)', [name, sha256])
        await client.query('commit')
      } catch (problem) {
        await client.query('rollback')
        throw new Error(`Migration ${name} failed: ${problem instanceof Error ? problem.message : String(problem)}`, {
          cause: problem,
        })
      }
      names.push(name)
    }
    return names
  } finally {
    await client.end()
  }
}
