import { randomBytes } from 'node:crypto'
import { accessSync, constants, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import pg from 'pg'
import { CliProblem } from '../platform/cli/context.ts'
import type { Config } from '../platform/config.ts'
import { systemClock } from '../platform/clock.ts'
import { appRoleOf, asRole, foreignAppRole, PasswordKept } from '../platform/db/app-role.ts'
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

/** Has a database been made in the data folder, or is one named by its address? */
export const isBegun = (config: Config): boolean =>
  config.database_url !== null || existsSync(join(config.data, 'database'))

/** Opens data folder and database, brings both up to date. Web server, worker and CLI all start with this. */
export async function openInstallation(config: Config): Promise<OpenInstallation> {
  makeDataFolder(config.data)
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

/** The folder for everything kept; where it cannot be made, the sentence names the variable. */
export function makeDataFolder(folder: string): void {
  try {
    makeFolder(resolve(folder))
    // Whose a folder in use is, its database says in better words.
    if (!['database', 'secret'].some((each) => existsSync(join(folder, each))))
      accessSync(folder, constants.W_OK | constants.X_OK)
  } catch (problem) {
    throw new CliProblem(
      `HANPYO_DATA="${folder}" cannot be used: ${problem instanceof Error ? problem.message : String(problem)}`,
    )
  }
}

/** Folder by folder: asked for the whole path at once, Node tries for ever in a place where nothing can be made, as /proc. */
function makeFolder(path: string): void {
  if (existsSync(path)) {
    if (!statSync(path).isDirectory()) throw new Error(`${path} is no folder`)
    return
  }
  makeFolder(dirname(path))
  try {
    mkdirSync(path)
  } catch (problem) {
    if (!existsSync(path)) throw problem // else another process of ours was first
  }
}

const addressFile = (folder: string): string => join(folder, 'address')

/** Where the web server can be opened, for links that commands and workers apart from it make. */
export const tellAddress = (folder: string, url: string): void => writeFileSync(addressFile(folder), `${url}\n`)

/** HANPYO_URL, else where the web server was last: its port may be another than the one configured here. */
export function toldAddress({ url, data }: Config): string | null {
  if (url) return url
  return existsSync(addressFile(data)) ? readFileSync(addressFile(data), 'utf8').trim() : null
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
  const name = config.database_direct_url ? 'DATABASE_DIRECT_URL' : 'DATABASE_URL'
  await refusePooler(direct, name).catch((problem: unknown) => {
    throw unreachable(problem, direct_url, name) ?? problem
  })
  await checkServer(direct_url, name)
  const migrated = await migrate(direct)
  const role = await foreignAppRole(direct_url, secret).catch((problem: unknown) => {
    if (!(problem instanceof PasswordKept)) throw problem
    const [app, as_role] = [problem.role, problem.by].map((each) => pg.escapeIdentifier(each))
    throw new CliProblem(
      `${name} leads to ${placeOf(direct_url)}, which does not let the role ${problem.role} in: it has another password than the file “secret” in ${config.data} gives it, or pg_hba.conf refuses it; and ${problem.by} may not change the password. Bring the “secret” of before back, name the role in pg_hba.conf, or as the server's superuser: alter role ${as_role} createrole; grant ${app} to ${as_role} with admin option`,
    )
  })
  const addresses = { owner: { connectionString: url }, app: asRole(url, role) }
  if (!config.database_direct_url) return { migrated, database: openDatabase(addresses) }
  const shares_sessions = await checkPooler(addresses, direct)
  return { migrated, database: openDatabase({ ...addresses, direct, shares_sessions }) }
}

/** What the server, or the way to it, says to an address that is wrong; the address is repeated without its password. */
function unreachable(problem: unknown, url: string, name: string): CliProblem | null {
  if (!(problem instanceof Error) || !('code' in problem)) return null
  const why: Record<string, string> = {
    ECONNREFUSED: 'nothing listens there. Does PostgreSQL run, and on this port?',
    ENOTFOUND: 'there is no machine of this name.',
    EAI_AGAIN: 'the name of the machine cannot be looked up.',
    ETIMEDOUT: 'it does not answer.',
    EHOSTUNREACH: 'no way leads there.',
    '28P01': 'the password is wrong.',
    '28000': 'it does not let this user in (pg_hba.conf).',
    '3D000': 'it has no database of this name.',
  }
  const said = why[String(problem.code)]
  return said ? new CliProblem(`${name} leads to ${placeOf(url)}: ${said}`) : null
}

/** Without user and password. */
function placeOf(url: string): string {
  const { hostname, port, pathname } = new URL(url)
  return `${hostname}${port && `:${port}`}${pathname}`
}

/** Refuses a server too old, a database in which names in Hangul could not be kept or found, and a role that may not set it up. */
async function checkServer(url: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<ServerKind>(
      `select current_setting('server_version') as version, current_setting('server_version_num')::integer as version_number,
         pg_encoding_to_char(encoding) as encoding, datctype as lc_ctype, datname as database, current_user as role,
         (select rolsuper or rolcreaterole from pg_roles where rolname = current_user) as may_make_roles,
         array(select rolname::text from pg_roles where rolname like 'hanpyo\\_app%') as app_roles,
         to_regnamespace('public') is not null as has_public,
         coalesce(has_schema_privilege(to_regnamespace('public'), 'create'), false) as may_make_tables,
         has_database_privilege(datname, 'create') or (exists (select from pg_extension where extname = 'pg_trgm')
           and to_regnamespace('graphile_worker') is not null) as may_make_schemas
       from pg_database where datname = current_database()`,
    )
    const faults = rows.flatMap(serverFaults)
    if (faults.length > 0)
      throw new CliProblem(
        `${name} leads to ${placeOf(url)}, which cannot be used:\n${faults.map((fault) => `  ${fault}\n`).join('')}See docs/operating.md, “Your own PostgreSQL”.`,
      )
  } finally {
    await client.end()
  }
}

interface ServerKind {
  version: string
  /** 150004 is 15.4. */
  version_number: number
  encoding: string
  lc_ctype: string
  database: string
  /** As whom we are there. */
  role: string
  may_make_roles: boolean
  /** Made at an earlier start, of this database or of others. */
  app_roles: string[]
  /** The schema of this name. */
  has_public: boolean
  may_make_tables: boolean
  /** And extensions, or those we need are there. */
  may_make_schemas: boolean
}

/** What is wrong with a server of the user's, and how it becomes right. */
export function serverFaults(server: ServerKind): string[] {
  const { version, version_number, encoding, lc_ctype, database, role } = server
  const faults: string[] = []
  if (version_number < 150_000)
    faults.push(`It is PostgreSQL ${version}; 15 or newer is needed. Upgrade the server, or name a newer one.`)
  if (encoding !== 'UTF8') faults.push(`Its encoding is ${encoding}, not UTF8. ${newDatabase}`)
  // pg_trgm asks it what a letter is, whatever the collation of the database.
  if (lc_ctype === 'C' || lc_ctype === 'POSIX')
    faults.push(`Its lc_ctype is ${lc_ctype}: the search would find no name in Hangul. ${newDatabase}`)
  const hasRoles = ['hanpyo_app', appRoleOf(database)].every((each) => server.app_roles.includes(each))
  if (!server.may_make_roles && !hasRoles)
    faults.push(
      `Its role ${role} may not make roles, and the application needs one of its own. As the server's superuser: alter role ${pg.escapeIdentifier(role)} createrole`,
    )
  const [in_database, as_role] = [pg.escapeIdentifier(database), pg.escapeIdentifier(role)]
  const lacks = [
    !server.has_public && `create schema public authorization ${as_role}`,
    server.has_public && !server.may_make_tables && `grant create on schema public to ${as_role}`,
    !server.may_make_schemas && `grant create on database ${in_database} to ${as_role}`,
  ].filter((each) => each !== false)
  if (lacks.length > 0)
    faults.push(
      `Its role ${role} may not make tables and extensions in it. As the server's superuser, connected to this database: ${lacks.join('; ')}`,
    )
  return faults
}

const newDatabase =
  "Neither can be changed afterwards: make a new database with encoding 'UTF8' lc_ctype 'C.UTF-8' template template0, and where this one holds anything, take it there with pg_dump and psql."
