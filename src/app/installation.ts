import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../platform/config.ts'
import { systemClock } from '../platform/clock.ts'
import { asRole, foreignAppRole } from '../platform/db/app-role.ts'
import { openCluster, type Cluster } from '../platform/db/cluster.ts'
import { openDatabase, type Database } from '../platform/db/db.ts'
import { migrate } from '../platform/db/migrate.ts'
import { checkPooler, refusePooler } from '../platform/db/pooler.ts'
import type { Installation } from '../platform/http/room.ts'
import { migrateJobs } from '../platform/jobs/jobs.ts'
import { openMailer } from '../platform/mail/mailer.ts'

export interface OpenInstallation extends Installation {
  /** What the update did, for the terminal. */
  migrated: string[]
  close(): Promise<void>
}

interface Opened {
  migrated: string[]
  database: Database
}

/** Opens data folder and database, brings both up to date. Web server, worker and CLI all start with this. */
export async function openInstallation(config: Config): Promise<OpenInstallation> {
  mkdirSync(config.data, { recursive: true })
  const cluster = config.database_url ? null : await openCluster(join(config.data, 'database'))
  const secret = keptSecret(config.data)
  try {
    const { migrated, database } = cluster ? await embedded(cluster) : await ownServer(config, secret)
    await migrateJobs(database.ownerPool)
    return {
      config,
      database,
      clock: systemClock,
      mailer: openMailer(config, database.owner),
      secret,
      url: config.url ?? `http://localhost:${config.port}`,
      migrated,
      async close() {
        await database.close()
        await cluster?.close()
      },
    }
  } catch (problem) {
    await cluster?.close()
    throw problem
  }
}

/** Made once, readable by us alone. */
function keptSecret(folder: string): string {
  const path = join(folder, 'secret')
  if (!existsSync(path)) {
    try {
      writeFileSync(path, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' })
    } catch (problem) {
      if (!existsSync(path)) throw problem // else another process of ours was first
    }
  }
  return readFileSync(path, 'utf8').trim()
}

async function embedded(cluster: Cluster): Promise<Opened> {
  const owner = cluster.owner('postgres')
  const migrated = await migrate(owner)
  return { migrated, database: openDatabase({ owner, app: cluster.app('postgres') }) }
}

/** A server of the user's, perhaps through a pooler. */
async function ownServer(config: Config, secret: string): Promise<Opened> {
  const url = config.database_url ?? ''
  const direct_url = config.database_direct_url ?? url
  const direct = { connectionString: direct_url }
  await refusePooler(direct, config.database_direct_url ? 'DATABASE_DIRECT_URL' : 'DATABASE_URL')
  const migrated = await migrate(direct)
  const role = await foreignAppRole(direct_url, secret)
  const addresses = { owner: { connectionString: url }, app: asRole(url, role) }
  if (!config.database_direct_url) return { migrated, database: openDatabase(addresses) }
  const shares_sessions = await checkPooler(addresses, direct)
  return { migrated, database: openDatabase({ ...addresses, direct, shares_sessions }) }
}
