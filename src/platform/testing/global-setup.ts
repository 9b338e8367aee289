import { createHash } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { openCluster, type Cluster } from '../db/cluster.ts'
import { migrate, readMigrations } from '../db/migrate.ts'
import { migrateJobs } from '../jobs/jobs.ts'

declare module 'vitest' {
  interface ProvidedContext {
    socket: string
    template: string
  }
}

/** Starts one PostgreSQL for the run, in HANPYO_TEST_DATA or else beside the packages, and makes the migrated template that each test file clones. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = process.env.HANPYO_TEST_DATA || join(process.cwd(), 'node_modules/.cache/hanpyo-test')
  mkdirSync(folder, { recursive: true })
  const cluster = await openCluster(folder, {
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    max_connections: '200',
    autovacuum: 'off', // of a hundred databases that live for seconds, each would be gone through every minute
  })
  const migrations = readMigrations()
  const template = `template_${createHash('sha256')
    .update(migrations.map((each) => each.sha256).join())
    .digest('hex')
    .slice(0, 16)}`
  await makeTemplate(cluster, template, migrations)
  project.provide('socket', cluster.socket)
  project.provide('template', template)
  return () => cluster.close()
}

async function makeTemplate(
  cluster: Cluster,
  template: string,
  migrations: ReturnType<typeof readMigrations>,
): Promise<void> {
  const client = new pg.Client(cluster.owner('postgres'))
  await client.connect()
  try {
    await client.query('select pg_advisory_lock(4817003)') // two runs at once: the second waits and finds it made
    // Left by runs that were killed. Without force: a clone in use by another run stays.
    const left = await client.query<{ datname: string }>(
      "select datname from pg_database where datname like 'clone\\_%' or datname like 'draft\\_%'",
    )
    for (const { datname } of left.rows) await client.query(`drop database if exists ${datname}`).catch(ignoreInUse)
    const there = await client.query('select from pg_database where datname = $1', [template])
    if (there.rowCount) return
    const draft = `draft_${template}`
    await client.query(`create database ${draft} encoding 'UTF8' template template0`)
    await migrate(cluster.owner(draft), migrations)
    const pool = new pg.Pool(cluster.owner(draft))
    await migrateJobs(pool)
    await pool.end()
    await untilUnused(client, draft)
    await client.query(`alter database ${draft} rename to ${template}`)
  } finally {
    await client.end()
  }
}

function ignoreInUse(problem: unknown): void {
  if (!(problem instanceof pg.DatabaseError && problem.code === '55006')) throw problem
}

/** A backend lives some milliseconds longer than its connection. */
async function untilUnused(client: pg.Client, database: string): Promise<void> {
  for (;;) {
    const used = await client.query('select from pg_stat_activity where datname = $1', [database])
    if (!used.rowCount) return
    await client.query('select pg_sleep(0.02)')
  }
}
