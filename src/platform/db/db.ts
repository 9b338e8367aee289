import { Kysely, PostgresDialect, type Transaction } from 'kysely'
import pg from 'pg'
import { log } from '../log.ts'
import type { Tables } from './tables.ts'

/** A database handle: a pool or a transaction alike. */
export type Db = Kysely<Tables>

// Dates stay 'YYYY-MM-DD' text (a Date would move by the zone); bigints are numbers while they are safe ones.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text)
pg.types.setTypeParser(pg.types.builtins.INT8, (text) => {
  const number = Number(text)
  if (!Number.isSafeInteger(number)) throw new Error(`bigint ${text} is too large for a number; select it as text`)
  return number
})
pg.types.setTypeParser(pg.types.builtins.NUMERIC, Number)

/** The handles of one database: the owner's, and one per organization behind row-level security. */
export interface Database {
  /** Superuser or owner: migrations, imports into the commons, jobs. Passes row-level security. Never for a request's own rows. */
  owner: Db
  ownerPool: pg.Pool
  /** Rows of one organization and the commons, read-only. A query that forgets its WHERE still sees no neighbour's row. */
  of(organization_id: string): Db
  /** The commons alone, through the application's role. */
  commons: Db
  /** A pool of the owner whose bare table names mean `schema`, for libraries that know no schema. Closed with the rest. */
  poolIn(schema: string): pg.Pool
  close(): Promise<void>
}

export interface DatabaseOptions {
  /** As the owner. */
  owner: pg.ClientConfig
  /** As the application's role; by default the owner's with user `hanpyo_app`. */
  app?: pg.ClientConfig
  /** Connections per pool. */
  size?: number
}

export function openDatabase({ owner, app = { ...owner, user: 'hanpyo_app' }, size = 10 }: DatabaseOptions): Database {
  const ownerPool = pool({ ...owner, max: size })
  const appPool = pool({ ...app, max: size })
  const handles = new Map<string, Db>()
  const further: pg.Pool[] = []

  return {
    owner: new Kysely<Tables>({ dialect: new PostgresDialect({ pool: ownerPool }) }),
    ownerPool,
    of(organization_id) {
      let handle = handles.get(organization_id)
      if (!handle) handles.set(organization_id, (handle = scoped(appPool, organization_id)))
      return handle
    },
    commons: scoped(appPool, ''),
    poolIn(schema) {
      const made = pool({ ...owner, max: Math.min(size, 4), options: `-c search_path=${schema}` })
      further.push(made)
      return made
    },
    async close() {
      await Promise.all([ownerPool, appPool, ...further].map((each) => each.end()))
    },
  }
}

function pool(config: pg.PoolConfig): pg.Pool {
  const made = new pg.Pool({ ...config, idleTimeoutMillis: 30_000 })
  // Without both, a lost connection ends the process.
  made.on('error', (problem) => log.warn({ problem }, 'database connection lost'))
  made.on(
    'connect',
    (client) => void client.on('error', (problem) => log.warn({ problem }, 'database connection lost')),
  )
  return made
}

/** Which organization a connection is set to, so that one already right costs no round trip. */
const setting = new WeakMap<pg.PoolClient, string>()

/** A handle all of whose connections carry the organization's id in `app.organization_id`. */
function scoped(appPool: pg.Pool, organization_id: string): Db {
  return new Kysely<Tables>({
    dialect: new PostgresDialect({
      pool: {
        options: appPool.options,
        async connect() {
          const client = await appPool.connect()
          if (setting.get(client) !== organization_id) {
            try {
              await client.query("select set_config('app.organization_id', $1, false)", [organization_id])
              setting.set(client, organization_id)
            } catch (problem) {
              client.release(true)
              throw problem
            }
          }
          return client
        },
        async end() {},
      },
    }),
  })
}

/** Runs `work` in a transaction, or in the one `db` already is. */
export function inTransaction<T>(db: Db, work: (tx: Db) => Promise<T>): Promise<T> {
  if (db.isTransaction) return work(db)
  return db.transaction().execute((tx: Transaction<Tables>) => work(tx))
}
