import { Kysely, PostgresDialect, type Transaction } from 'kysely'
import pg from 'pg'
import { log } from '../log.ts'
import { keepingPlans, scoped } from './scoped.ts'
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
  /** The owner's connections to PostgreSQL itself, never through a pooler: for locks held by a session, COPY, LISTEN. */
  ownerPool: pg.Pool
  /** Rows of one organization and the commons, read-only. A query that forgets its WHERE still sees no neighbour's row. */
  of(organization_id: string): Db
  /** The same rows, for work that asks the same few statements again and again; not for queries of many shapes. */
  keepingPlans(organization_id: string): Db
  /** The commons alone, through the application's role. */
  commons: Db
  /** A handle of the owner's, with connections of its own, whose bare table names mean `schema`: for libraries that know no schema. */
  inSchema(schema: string): Db
  close(): Promise<void>
}

export interface DatabaseOptions {
  /** As the owner. */
  owner: pg.ClientConfig
  /** As the application's role; by default the owner's with user `hanpyo_app`. */
  app?: pg.ClientConfig
  /** As the owner to PostgreSQL itself, where `owner` and `app` lead through a pooler. */
  direct?: pg.ClientConfig
  /** A pooler gives a session to another client after each transaction. */
  shares_sessions?: boolean
  /** Connections per pool. */
  size?: number
}

export function openDatabase({
  owner,
  app = { ...owner, user: 'hanpyo_app' },
  direct,
  shares_sessions = false,
  size = 10,
}: DatabaseOptions): Database {
  let isClosing = false
  // A pool counts as ended before its connections are: the server may stop under the last of them, as it was asked to.
  const onLost = (problem: Error): void => {
    if (!isClosing) log.warn({ problem }, 'database connection lost')
  }
  const requests = pool({ ...owner, max: size }, onLost)
  const ownerPool = direct ? pool({ ...direct, max: size }, onLost) : requests
  const appPool = pool({ ...app, max: size }, onLost)
  const handles = new Map<string, Db>()
  // Left to choose, PostgreSQL plans anew for lists of two and three, and plans longer than it answers.
  const generic = [app.options, '-c plan_cache_mode=force_generic_plan'].filter(Boolean).join(' ')
  const keepingPool = shares_sessions ? appPool : pool({ ...app, options: generic, max: size }, onLost)
  const pools = new Set([requests, ownerPool, appPool, keepingPool])

  return {
    owner: new Kysely<Tables>({ dialect: new PostgresDialect({ pool: requests }) }),
    ownerPool,
    of(organization_id) {
      let handle = handles.get(organization_id)
      if (!handle) handles.set(organization_id, (handle = scoped(appPool, organization_id, shares_sessions)))
      return handle
    },
    keepingPlans: (organization_id) => keepingPlans(keepingPool, organization_id, shares_sessions),
    commons: scoped(appPool, '', shares_sessions),
    inSchema(schema) {
      const own = pool({ ...owner, max: Math.min(size, 4) }, onLost)
      pools.add(own)
      return new Kysely<Tables>({ dialect: new PostgresDialect({ pool: own }) }).withSchema(schema)
    },
    async close() {
      isClosing = true
      await Promise.all([...pools].map((each) => each.end()))
    },
  }
}

function pool(config: pg.PoolConfig, onLost: (problem: Error) => void): pg.Pool {
  const made = new pg.Pool({ ...config, idleTimeoutMillis: 30_000 })
  // Without both, a lost connection ends the process.
  made.on('error', onLost)
  made.on('connect', (client) => void client.on('error', onLost))
  return made
}

/** Runs `work` in a transaction, or in the one `db` already is. */
export function inTransaction<T>(db: Db, work: (tx: Db) => Promise<T>): Promise<T> {
  if (db.isTransaction) return work(db)
  return db.transaction().execute((tx: Transaction<Tables>) => work(tx))
}

/**
 * The same, done once more from its beginning where PostgreSQL broke it off for another's sake (a deadlock, a conflict of
 * serializable transactions). Only for work that touches nothing but `tx`: it may run twice. Inside another transaction
 * nothing can be done again, so there it is as `inTransaction`.
 */
export async function inTransactionTwice<T>(db: Db, work: (tx: Db) => Promise<T>): Promise<T> {
  try {
    return await inTransaction(db, work)
  } catch (problem) {
    if (db.isTransaction || !isBrokenOff(problem)) throw problem
    return inTransaction(db, work)
  }
}

const isBrokenOff = (problem: unknown): boolean =>
  problem instanceof Error && 'code' in problem && (problem.code === '40P01' || problem.code === '40001')
