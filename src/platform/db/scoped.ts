import { hash } from 'node:crypto'
import {
  Kysely,
  PostgresDialect,
  type PostgresCursor,
  type PostgresPool,
  type PostgresPoolClient,
  type PostgresQueryResult,
} from 'kysely'
import pg from 'pg'
import type { Db } from './db.ts'
import { serverPid } from './pooler.ts'
import type { Tables } from './tables.ts'

/** Which organization a connection is set to, so that one already right costs no round trip. */
const setting = new WeakMap<pg.PoolClient, string>()

/**
 * A handle all of whose queries see the rows of one organization, by `app.organization_id`. On a connection of our own the
 * setting stays with the connection. `shares_sessions`: a pooler hands the session to somebody else after each
 * transaction, so there it is set in every transaction and ends with it.
 */
export function scoped(pool: pg.Pool, organization_id: string, shares_sessions: boolean): Db {
  return over(
    pool,
    shares_sessions
      ? async () => new InTransactions(await pool.connect(), organization_id)
      : async () => ownConnection(await pool.connect(), organization_id),
  )
}

/**
 * The same, where the few statements of one work are asked again and again: each connection keeps how PostgreSQL answers them.
 * Working that out took ten times as long as answering, for the next mails of a mailing. A pooler's sessions keep nothing.
 */
export function keepingPlans(pool: pg.Pool, organization_id: string, shares_sessions: boolean): Db {
  if (shares_sessions) return scoped(pool, organization_id, shares_sessions)
  return over(pool, async () => new KeepingPlans(await ownConnection(await pool.connect(), organization_id)))
}

const over = (pool: pg.Pool, connect: PostgresPool['connect']): Db =>
  new Kysely<Tables>({
    dialect: new PostgresDialect({ pool: { options: pool.options, connect, async end() {} } }),
  })

async function ownConnection(client: pg.PoolClient, organization_id: string): Promise<pg.PoolClient> {
  if (setting.get(client) !== organization_id) {
    try {
      const { rows } = await client.query<{ pid: number }>(
        "select set_config('app.organization_id', $1, false), pg_backend_pid() as pid",
        [organization_id],
      )
      // What the start found may have changed since, as when an address leads to a pooler now.
      if (rows[0]?.pid !== serverPid(client)) {
        throw new Error('A pooler stands between Hanpyo and PostgreSQL since the start. Start Hanpyo again.')
      }
      setting.set(client, organization_id)
    } catch (problem) {
      client.release(true)
      throw problem
    }
  }
  return client
}

/** A client of a pooler: each query is in a transaction that begins with the setting. */
class InTransactions implements PostgresPoolClient {
  readonly #client: PostgresPoolClient
  readonly #set: string
  #isOpen = false
  #isBroken = false

  constructor(client: PostgresPoolClient, organization_id: string) {
    this.#client = client
    this.#set = `select set_config('app.organization_id', ${pg.escapeLiteral(organization_id)}, true)`
  }

  query<R>(text: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>>
  query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>
  query<R>(
    text: string | PostgresCursor<R>,
    parameters: readonly unknown[] = [],
  ): Promise<PostgresQueryResult<R>> | PostgresCursor<R> {
    if (typeof text !== 'string') throw new Error('cursors are not for a pooler')
    return this.#run<R>(text, parameters)
  }

  async #run<R>(text: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>> {
    if (this.#isOpen) {
      const result = await this.#client.query<R>(text, parameters)
      if (text === 'commit' || text === 'rollback') this.#isOpen = false
      return result
    }
    if (/^(begin|start transaction)\b/.test(text)) {
      const result = await this.#begin<R>(text)
      this.#isOpen = true
      return result
    }
    await this.#begin('begin')
    try {
      const result = await this.#client.query<R>(text, parameters)
      await this.#client.query('commit', [])
      return result
    } catch (problem) {
      await this.#client.query('rollback', []).catch(() => {
        this.#isBroken = true
      })
      throw problem
    }
  }

  /** Both in one round trip. */
  async #begin<R>(begin: string): Promise<PostgresQueryResult<R>> {
    try {
      return await this.#client.query<R>(`${begin}; ${this.#set}`, [])
    } catch (problem) {
      this.#isBroken = true
      throw problem
    }
  }

  release(destroy = false): void {
    // A transaction left open would be the next one's.
    this.#client.release(destroy || this.#isBroken || this.#isOpen)
  }
}

/** A client that has each statement with parameters prepared, under a name made of its text. */
class KeepingPlans implements PostgresPoolClient {
  readonly #client: pg.PoolClient

  constructor(client: pg.PoolClient) {
    this.#client = client
  }

  query<R>(text: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>>
  query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>
  query<R>(
    text: string | PostgresCursor<R>,
    parameters: readonly unknown[] = [],
  ): Promise<PostgresQueryResult<R>> | PostgresCursor<R> {
    if (typeof text !== 'string') throw new Error('plans are kept of questions alone')
    const name = parameters.length > 0 ? hash('sha256', text, 'base64url') : ''
    const asked = this.#client.query({ name, text, values: [...parameters] })
    return asked as Promise<PostgresQueryResult<R>> // pg names the command a string
  }

  release(destroy = false): void {
    this.#client.release(destroy)
  }
}
