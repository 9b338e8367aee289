import { rmSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { CliProblem } from '../../platform/cli/context.ts'
import { openCluster, waitForDisk, type Cluster } from '../../platform/db/cluster.ts'
import { readMigrations } from '../../platform/db/migrate.ts'

/** Held shared by every open practice town, alone by the one that is filling it. */
const townLock = 4_817_777

/** Goes up when the town looks different, so that an older one is made anew. */
export const townVersion = 1

/** Where the made-up files of the town lie in the data folder. */
export const townFiles = (data: string): string => join(data, 'demo-files')

export interface TownState {
  /** Nothing there yet: fill it, then call `filled`. */
  is_empty: boolean
  /** What happened to the one before, for the terminal. */
  remark: string | null
  /** The town is whole; others may come in. */
  filled(): Promise<void>
  /** Gives the place back. */
  close(): Promise<void>
}

/**
 * Finds out what lies in the data folder before anything is opened there: nothing, a whole town, or half a one whose
 * making was interrupted (kill -9 leaves its row without `filled_at`), which is then cleared away. Refuses to touch an
 * installation that is not a practice town.
 */
export async function openTown(data: string, is_fresh: boolean): Promise<TownState> {
  const cluster = await openCluster(join(data, 'database'))
  const client = new pg.Client(cluster.owner('postgres'))
  try {
    await client.connect()
    client.on('error', () => undefined) // the town's lock goes with the server; the pools say what is wrong
    return await look(cluster, client, data, is_fresh)
  } catch (problem) {
    await client.end().catch(() => undefined)
    await cluster.close()
    throw problem
  }
}

async function look(cluster: Cluster, client: pg.Client, data: string, is_fresh: boolean): Promise<TownState> {
  const close = async (): Promise<void> => {
    await client.end().catch(() => undefined)
    await cluster.close()
  }
  if (await isReal(client)) {
    throw new CliProblem(
      `${data} holds a real installation. The practice town needs a folder of its own: leave HANPYO_DATA out, or name another one.`,
    )
  }
  const isAlone = await ask(client, 'select pg_try_advisory_lock($1) as it', [townLock])
  if (!isAlone) {
    if (is_fresh)
      throw new CliProblem(
        'The practice town is open in another window. Stop it there first (Ctrl-C), then run this again.',
      )
    await client.query('select pg_advisory_lock_shared($1)', [townLock]) // waits for whoever is filling it
    if ((await conditionOf(client)) === 'whole')
      return { is_empty: false, remark: null, filled: async () => undefined, close }
    throw new CliProblem('The other window that was filling the practice town was stopped. Run this again.')
  }
  const condition = await conditionOf(client)
  if (condition === 'whole' && !is_fresh) {
    await share(client)
    return { is_empty: false, remark: null, filled: async () => undefined, close }
  }
  if (condition !== 'empty') await clear(client, data)
  // Before anything else, so that a start that is killed can be told from an installation somebody means.
  await client.query(
    'create schema demo create table town (version integer not null, started_at timestamptz not null default now(), filled_at timestamptz)',
  )
  await client.query('insert into demo.town (version) values ($1)', [townVersion])
  // What a crash takes of a town that is not whole is made anew anyhow.
  await waitForDisk(client, false)
  return {
    is_empty: true,
    remark: condition === 'half' ? remarks.half : condition === 'other' ? remarks.other : null,
    async filled() {
      // All of it is on disk with this last word.
      await waitForDisk(client, true)
      await client.query('update demo.town set filled_at = now()')
      await share(client)
    },
    close,
  }
}

const remarks = {
  half: 'The last start was stopped while the town was being made, so it is made anew.',
  other: 'The town here was made by another version of Hanpyo, so it is made anew.',
}

type Condition = 'empty' | 'half' | 'other' | 'whole'

async function conditionOf(client: pg.Client): Promise<Condition> {
  if (!(await exists(client, 'demo.town'))) return 'empty'
  const { rows } = await client.query<{ version: number; is_filled: boolean }>(
    'select version, filled_at is not null as is_filled from demo.town',
  )
  const [town] = rows
  if (!town?.is_filled) return 'half'
  const applied = await client.query<{ name: string; sha256: string }>('select name, sha256 from migration')
  const known = new Map(readMigrations().map((each) => [each.name, each.sha256]))
  const isOurs = town.version === townVersion && applied.rows.every(({ name, sha256 }) => known.get(name) === sha256)
  return isOurs ? 'whole' : 'other'
}

/** Is there an organization nobody invented, or a voter file outside a practice town? */
async function isReal(client: pg.Client): Promise<boolean> {
  if (!(await exists(client, 'organization'))) return false
  if (await ask(client, 'select exists (select from organization where not is_demo) as it')) return true
  return !(await exists(client, 'demo.town')) && ask(client, 'select exists (select from voter_import) as it')
}

/** From alone to shared, without a moment in between. */
async function share(client: pg.Client): Promise<void> {
  await client.query('select pg_advisory_lock_shared($1)', [townLock])
  await client.query('select pg_advisory_unlock($1)', [townLock])
}

async function clear(client: pg.Client, data: string): Promise<void> {
  const { rows } = await client.query<{ nspname: string }>(
    `select nspname from pg_namespace where nspname not like 'pg\\_%' and nspname <> 'information_schema'`,
  )
  for (const { nspname } of rows) await client.query(`drop schema ${client.escapeIdentifier(nspname)} cascade`)
  await client.query('create schema public')
  rmSync(townFiles(data), { recursive: true, force: true })
}

const exists = (client: pg.Client, table: string): Promise<boolean> =>
  ask(client, 'select to_regclass($1) is not null as it', [table])

async function ask(client: pg.Client, sql: string, values: unknown[] = []): Promise<boolean> {
  const { rows } = await client.query<{ it: boolean }>(sql, values)
  return rows[0]?.it ?? false
}
