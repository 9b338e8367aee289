import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../platform/config.ts'
import { systemClock } from '../platform/clock.ts'
import { foreignAppRole } from '../platform/db/app-role.ts'
import { openCluster } from '../platform/db/cluster.ts'
import { openDatabase } from '../platform/db/db.ts'
import { migrate } from '../platform/db/migrate.ts'
import type { Installation } from '../platform/http/room.ts'
import { migrateJobs } from '../platform/jobs/jobs.ts'
import { openMailer } from '../platform/mail/mailer.ts'

export interface OpenInstallation extends Installation {
  /** What the update did, for the terminal. */
  migrated: string[]
  close(): Promise<void>
}

/** Opens data folder and database, brings both up to date. Web server, worker and CLI all start with this. */
export async function openInstallation(config: Config): Promise<OpenInstallation> {
  mkdirSync(config.data, { recursive: true })
  const cluster = config.database_url ? null : await openCluster(join(config.data, 'database'))
  const owner = cluster ? cluster.owner('postgres') : { connectionString: config.database_url ?? '' }
  const secret = keptSecret(config.data)
  try {
    const migrated = await migrate(owner)
    const database = openDatabase({
      owner,
      app: cluster ? cluster.app('postgres') : await foreignAppRole(config.database_url ?? '', secret),
    })
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
